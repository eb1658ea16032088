//! Direct debits under a mandate, from the debtor's chosen day to the money (`sepa.md` §7).

use crate::day::Day;
use crate::id::{BatchId, CollectionId, DebtorId, MandateId, PaymentId, SupplierId};
use crate::money::Money;

text_enum! {
    /// States of a collection (`reliability.md` §E).
    pub enum CollectionState {
        /// Chosen; not announced yet.
        Planned = "planned",
        /// Announced to the debtor (pre-notification).
        Notified = "notified",
        /// In a file.
        Batched = "batched",
        /// The file went to the bank.
        Submitted = "submitted",
        /// The bank took it; no money yet.
        Accepted = "accepted",
        /// Money on the account, provisional.
        Settled = "settled",
        /// Past being returned; a debtor may still ask its bank for a refund.
        Firm = "firm",
        /// Past being refunded on demand.
        Closed = "closed",
        /// The bank refused it before settlement.
        Rejected = "rejected",
        /// The debtor's bank sent it back.
        Returned = "returned",
        /// The debtor asked for the money back.
        Refunded = "refunded",
        /// The supplier gave it back.
        Reversed = "reversed",
        /// Called off before it was in a file.
        Cancelled = "cancelled",
    }
}

text_enum! {
    /// What can happen to a collection.
    pub enum CollectionEvent {
        /// The pre-notification left.
        Notify = "notify",
        /// Its day passed before a file held it: it is announced again, for another.
        Postpone = "postpone",
        /// Put in a file.
        Batch = "batch",
        /// The file was handed to the bank.
        Submit = "submit",
        /// Its file was called off before the bank had it, or by agreement with the bank.
        Release = "release",
        /// The bank accepted.
        Accept = "accept",
        /// The money arrived.
        Settle = "settle",
        /// The days for returns are over.
        Confirm = "confirm",
        /// The weeks for refunds are over.
        Close = "close",
        /// The bank refused.
        Reject = "reject",
        /// The debtor's bank returned it.
        Return = "return",
        /// The debtor was refunded.
        Refund = "refund",
        /// The supplier reversed it.
        Reverse = "reverse",
        /// Called off.
        Cancel = "cancel",
    }
}

text_enum! {
    /// How a debit ended without its money (`sepa.md` §7).
    pub enum EndKind {
        /// Refused before settlement.
        Reject = "reject",
        /// Sent back by the debtor's bank.
        Return = "return",
        /// Refunded to the debtor, on demand or because nothing authorised it.
        Refund = "refund",
        /// Given back by the supplier.
        Reversal = "reversal",
        /// Cancelled by the bank before its day, as the supplier asked.
        Cancellation = "cancellation",
    }
}

impl EndKind {
    /// What it does to a debit: nothing can be sent back that had not arrived.
    #[must_use]
    pub const fn event(self, arrived: bool) -> CollectionEvent {
        match self {
            _ if !arrived => CollectionEvent::Reject,
            Self::Reject | Self::Return => CollectionEvent::Return,
            Self::Refund => CollectionEvent::Refund,
            Self::Reversal | Self::Cancellation => CollectionEvent::Reverse,
        }
    }
}

machine!(
    "collection",
    CollectionState,
    CollectionEvent,
    [
        (Planned, Notify, Notified),
        (Planned, Cancel, Cancelled),
        (Notified, Postpone, Planned),
        (Notified, Batch, Batched),
        (Notified, Cancel, Cancelled),
        (Batched, Submit, Submitted),
        (Batched, Settle, Settled),
        (Batched, Reject, Rejected),
        (Batched, Release, Notified),
        (Submitted, Accept, Accepted),
        (Submitted, Reject, Rejected),
        (Submitted, Settle, Settled),
        (Submitted, Release, Notified),
        (Accepted, Settle, Settled),
        (Accepted, Reject, Rejected),
        (Accepted, Release, Notified),
        (Settled, Return, Returned),
        (Settled, Refund, Refunded),
        (Settled, Reverse, Reversed),
        (Settled, Confirm, Firm),
        (Firm, Return, Returned),
        (Firm, Refund, Refunded),
        (Firm, Reverse, Reversed),
        (Firm, Close, Closed),
        (Closed, Refund, Refunded),
    ]
);

impl CollectionState {
    /// Whether the bank has it: it comes or comes back, and cannot be called off here.
    #[must_use]
    pub const fn is_at_bank(self) -> bool {
        matches!(self, Self::Batched | Self::Submitted | Self::Accepted)
    }
}

/// One direct debit.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Collection {
    /// Id; its digits are the EndToEndId.
    pub id: CollectionId,
    /// Who collects.
    pub supplier: SupplierId,
    /// Who pays.
    pub debtor: DebtorId,
    /// Under which mandate.
    pub mandate: MandateId,
    /// The payment it carries.
    pub payment: PaymentId,
    /// How much.
    pub amount: Money,
    /// The day the debtor chose, moved to a bank day.
    pub collect_on: Day,
    /// Where it stands.
    pub state: CollectionState,
    /// In which file, once batched.
    pub batch: Option<BatchId>,
    /// The block of that file it is in (PmtInfId).
    pub block: Option<String>,
    /// The day on which the debtor was told.
    pub told_on: Option<Day>,
}
