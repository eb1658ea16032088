//! Why nothing is written of an invoice or to an account: one list of reasons for the planner, its
//! trace and the pages that show it.

text_enum! {
    /// Why a step is not taken.
    pub enum Unsent {
        /// None of the steps that are left has come.
        NotDue = "not_due",
        /// All steps were taken or passed over.
        Done = "done",
        /// Nothing is left to ask for.
        Settled = "settled",
        /// A payment is under way.
        UnderWay = "under_way",
        /// It is disputed.
        Disputed = "disputed",
        /// It is promised, or on a plan.
        Promised = "promised",
        /// Less is asked for than the step is worth.
        AmountSmall = "amount_small",
        /// The account owes less than the step is worth.
        BalanceSmall = "balance_small",
        /// The step is for other profiles.
        Profile = "profile",
        /// The step is for accounts that behave otherwise.
        Behaviour = "behaviour",
        /// Something of the account is disputed.
        AccountDisputed = "account_disputed",
        /// Something of the account is promised.
        AccountPromised = "account_promised",
        /// The account pays by a plan.
        OnPlan = "on_plan",
        /// The account has a mandate, under which it is collected.
        Mandate = "mandate",
        /// The account was written to too lately for this step.
        Rested = "rested",
        /// None of the step's channels is there yet.
        NoChannel = "no_channel",
        /// Nobody there can be reached by the step's channels, though by others.
        Unreachable = "unreachable",
        /// Nobody there can be reached at all.
        NoContact = "no_contact",
        /// The supplier's legal mode does not allow it.
        LegalMode = "legal_mode",
        /// A later step has come before it was taken.
        Overtaken = "overtaken",
        /// A person said no to it.
        Declined = "declined",
        /// It waits for a person to say yes.
        AwaitsApproval = "awaits_approval",
        /// Another message of the account goes first.
        OtherFirst = "other_first",
        /// The account was written to too lately.
        Gap = "gap",
        /// Its mailbox has had all the messages of a day.
        Fuse = "fuse",
        /// The invoice is paused.
        PausedInvoice = "paused_invoice",
        /// The account is paused.
        PausedDebtor = "paused_debtor",
        /// The supplier is paused.
        PausedSupplier = "paused_supplier",
        /// The account is outside the audience.
        Excluded = "excluded",
        /// It is from before the opening of insolvency proceedings.
        Insolvent = "insolvent",
        /// The supplier's balance is too old.
        StaleData = "stale_data",
    }
}

impl Unsent {
    /// Whether the step is passed over for good: it is noted, and the next one has its turn. What
    /// is not final waits.
    #[must_use]
    pub const fn is_final(self) -> bool {
        matches!(
            self,
            Self::AmountSmall
                | Self::BalanceSmall
                | Self::Profile
                | Self::Behaviour
                | Self::AccountDisputed
                | Self::AccountPromised
                | Self::OnPlan
                | Self::Mandate
                | Self::NoChannel
                | Self::Unreachable
                | Self::LegalMode
                | Self::Overtaken
                | Self::Declined
        )
    }

    /// Whether a person or the law holds it back.
    #[must_use]
    pub const fn is_held(self) -> bool {
        matches!(
            self,
            Self::AwaitsApproval
                | Self::PausedInvoice
                | Self::PausedDebtor
                | Self::PausedSupplier
                | Self::Excluded
                | Self::Insolvent
                | Self::LegalMode
        )
    }

    /// Whether it says that nothing was to be done, and not that something was held back.
    #[must_use]
    pub const fn is_quiet(self) -> bool {
        matches!(self, Self::NotDue | Self::Done | Self::Settled)
    }
}
