//! Messages that a person is asked about before they leave: formal notices, and whatever else a
//! supplier's scenario marks.

text_enum! {
    /// How the question stands.
    pub enum ApprovalState {
        /// Nobody has answered.
        Waiting = "waiting",
        /// Somebody said yes: the message is on its way.
        Approved = "approved",
        /// Somebody said no: its steps are passed over.
        Declined = "declined",
        /// Nothing was left to ask for when somebody answered.
        Lapsed = "lapsed",
    }
}

text_enum! {
    /// What can happen to it.
    pub enum ApprovalEvent {
        /// A person says yes.
        Approve = "approve",
        /// A person says no.
        Decline = "decline",
        /// What it asks for was paid, disputed or promised.
        Lapse = "lapse",
    }
}

machine!(
    "approval",
    ApprovalState,
    ApprovalEvent,
    [
        (Waiting, Approve, Approved),
        (Waiting, Decline, Declined),
        (Waiting, Lapse, Lapsed),
    ]
);
