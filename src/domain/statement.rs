//! Where a bank file stands, and where the money of a movement is.

text_enum! {
    /// States of a bank file.
    pub enum FileState {
        /// A person must say whether what was understood is right.
        Waiting = "waiting",
        /// Being booked; cut off, it is gone on with when it comes again.
        Booking = "booking",
        /// All of it is booked.
        Imported = "imported",
        /// It cannot be read; nothing of it was booked.
        Refused = "refused",
        /// A person said that it is not to be booked.
        Discarded = "discarded",
    }
}

text_enum! {
    /// What happens to a bank file.
    pub enum FileEvent {
        /// A person said that what was understood is right.
        Confirm = "confirm",
        /// A person said that it is not to be booked.
        Discard = "discard",
        /// It cannot be read after all.
        Refuse = "refuse",
        /// The last movement is booked.
        Finish = "finish",
    }
}

machine!(
    "bank_file",
    FileState,
    FileEvent,
    [
        (Waiting, Confirm, Booking),
        (Waiting, Discard, Discarded),
        (Waiting, Refuse, Refused),
        (Booking, Finish, Imported),
    ]
);

text_enum! {
    /// Where the money of a movement is.
    pub enum Standing {
        /// With nobody known: in suspense, or a debit that a person must look at.
        Nobody = "none",
        /// With a file of direct debits.
        Batch = "batch",
        /// With a direct debit.
        Collection = "collection",
        /// With the direct debit of a mandate.
        Mandate = "mandate",
        /// With an account, by a reference.
        Reference = "reference",
        /// With an account, by the number of an invoice.
        Number = "number",
        /// With an account, by a person's decision.
        Staff = "staff",
        /// Gone back to a debtor's bank.
        Returned = "returned",
        /// Kept by the bank for its services.
        Fee = "fee",
        /// Another payment of the supplier: no business of ours.
        Ignored = "ignored",
        /// Told before by another message: counted there.
        Same = "same",
        /// Told by a notice without any reference: counted when the statement tells it.
        Noted = "noted",
        /// Told as a whole before; its parts are counted now.
        Divided = "divided",
    }
}

impl Standing {
    /// Whether the money is on a debtor's account by a match that can be undone.
    #[must_use]
    pub const fn is_undoable(self) -> bool {
        matches!(self, Self::Reference | Self::Number | Self::Staff)
    }
}
