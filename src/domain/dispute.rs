//! Disputes: what blocks an invoice, who must answer, what was said, how it ended.

pub mod lines;

use crate::day::{Day, Moment};
use crate::id::{DebtorId, DisputeId, InvoiceId, RemarkId, SupplierId};
use crate::invoice::Invoice;
use crate::money::{Money, MoneyError};

/// Days after an answer within which the debtor may open the dispute again.
pub const REOPEN_DAYS: i64 = 60;

/// Characters of a remark, of either side.
pub const REMARK_CHARS_MAX: usize = 2000;

/// Characters of the name or role of who deals with a dispute.
pub const OWNER_CHARS_MAX: usize = 80;

/// Characters of a credit note's number.
pub const NUMBER_CHARS_MAX: usize = 40;

text_enum! {
    /// The four classes of causes; derived from the reason, never asked.
    pub enum Category {
        /// Billing and paperwork.
        Administrative = "administrative",
        /// Delivery.
        Logistic = "logistic",
        /// Price and terms.
        Commercial = "commercial",
        /// The product or service itself.
        Technical = "technical",
    }
}

text_enum! {
    /// What a debtor can say blocks an invoice.
    pub enum Reason {
        /// The invoice never arrived.
        NotReceived = "not_received",
        /// The purchase order number is missing.
        OrderNumberMissing = "order_number_missing",
        /// The delivery note is missing.
        DeliveryNoteMissing = "delivery_note_missing",
        /// Already paid, says the debtor.
        AlreadyPaid = "already_paid",
        /// A credit note was announced and is not on the account.
        CreditNoteAwaited = "credit_note_awaited",
        /// Late, incomplete or damaged delivery.
        Delivery = "delivery",
        /// Items are missing.
        MissingItems = "missing_items",
        /// The price is not the agreed one.
        Price = "price",
        /// Commercial terms were not honoured.
        Terms = "terms",
        /// The product or service does not work or conform.
        Quality = "quality",
        /// After-sales service is pending.
        AfterSales = "after_sales",
        /// Anything else; the text says what.
        Other = "other",
    }
}

impl Reason {
    /// The class this cause belongs to.
    #[must_use]
    pub const fn category(self) -> Category {
        match self {
            Self::NotReceived
            | Self::OrderNumberMissing
            | Self::DeliveryNoteMissing
            | Self::AlreadyPaid
            | Self::CreditNoteAwaited
            | Self::Other => Category::Administrative,
            Self::Delivery | Self::MissingItems => Category::Logistic,
            Self::Price | Self::Terms => Category::Commercial,
            Self::Quality | Self::AfterSales => Category::Technical,
        }
    }

    /// Whether it can be true of this invoice: one that carries an order number misses none.
    #[must_use]
    pub const fn fits(self, invoice: &Invoice) -> bool {
        !matches!(self, Self::OrderNumberMissing) || invoice.order_ref.is_none()
    }
}

text_enum! {
    /// States of a dispute (`reliability.md` §E).
    pub enum DisputeState {
        /// Declared; the supplier must answer.
        Open = "open",
        /// The supplier asked the debtor for something.
        InfoNeeded = "info_needed",
        /// The supplier agreed; a credit note follows.
        Accepted = "accepted",
        /// The supplier disagreed and said why.
        Rejected = "rejected",
        /// A credit note settled it.
        Credited = "credited",
        /// The debtor took it back.
        Withdrawn = "withdrawn",
    }
}

text_enum! {
    /// What can happen to a dispute.
    pub enum DisputeEvent {
        /// The supplier asks for more.
        AskMore = "ask_more",
        /// The debtor answers what was asked.
        Answer = "answer",
        /// The debtor adds something without being asked.
        Add = "add",
        /// The supplier says or sends something, and decides nothing.
        Tell = "tell",
        /// The supplier needs more time.
        Extend = "extend",
        /// The supplier agrees.
        Accept = "accept",
        /// The supplier agrees, and this credit note settles it.
        Credit = "credit",
        /// The supplier's books took it off the invoice, without a credit note of their own.
        Deduct = "deduct",
        /// The supplier disagrees.
        Reject = "reject",
        /// The debtor takes it back.
        Withdraw = "withdraw",
        /// The debtor opens it again.
        Reopen = "reopen",
    }
}

machine!(
    "dispute",
    DisputeState,
    DisputeEvent,
    [
        (Open, AskMore, InfoNeeded),
        (Open, Add, Open),
        (Open, Tell, Open),
        (Open, Extend, Open),
        (Open, Accept, Accepted),
        (Open, Credit, Credited),
        (Open, Reject, Rejected),
        (Open, Withdraw, Withdrawn),
        (InfoNeeded, Answer, Open),
        (InfoNeeded, Tell, InfoNeeded),
        (InfoNeeded, Extend, InfoNeeded),
        (InfoNeeded, Accept, Accepted),
        (InfoNeeded, Credit, Credited),
        (InfoNeeded, Reject, Rejected),
        (InfoNeeded, Withdraw, Withdrawn),
        (Accepted, Add, Accepted),
        (Accepted, Tell, Accepted),
        (Accepted, Credit, Credited),
        (Accepted, Deduct, Credited),
        (Accepted, Reopen, Open),
        (Rejected, Tell, Rejected),
        (Rejected, Reopen, Open),
        (Withdrawn, Reopen, Open),
    ]
);

impl DisputeState {
    /// Whether the disputed amount is kept out of reminders.
    #[must_use]
    pub const fn suspends(self) -> bool {
        matches!(self, Self::Open | Self::InfoNeeded | Self::Accepted)
    }

    /// Whether an answer is still owed, by either side.
    #[must_use]
    pub const fn waits(self) -> bool {
        matches!(self, Self::Open | Self::InfoNeeded)
    }
}

impl DisputeEvent {
    /// Whose it is to say.
    #[must_use]
    pub const fn author(self) -> Author {
        match self {
            Self::AskMore
            | Self::Tell
            | Self::Extend
            | Self::Accept
            | Self::Credit
            | Self::Deduct
            | Self::Reject => Author::Supplier,
            Self::Answer | Self::Add | Self::Withdraw | Self::Reopen => Author::Debtor,
        }
    }

    /// Whether it gives the debtor money: whoever says it is asked first.
    #[must_use]
    pub const fn grants(self) -> bool {
        matches!(self, Self::Accept | Self::Credit)
    }

    /// Whether it says nothing without words or a file.
    #[must_use]
    pub const fn needs_words(self) -> bool {
        !matches!(
            self,
            Self::Accept | Self::Credit | Self::Deduct | Self::Withdraw
        )
    }

    /// Whether the dispute has its answer with it, or needs none any more.
    #[must_use]
    pub const fn ends(self) -> bool {
        matches!(
            self,
            Self::Accept | Self::Credit | Self::Deduct | Self::Reject | Self::Withdraw
        )
    }

    /// Whether the supplier's days begin anew with it.
    #[must_use]
    pub const fn restarts(self) -> bool {
        matches!(self, Self::Answer | Self::Reopen)
    }
}

text_enum! {
    /// Which side says something.
    pub enum Author {
        /// The debtor's person behind a link.
        Debtor = "debtor",
        /// The supplier's staff.
        Supplier = "supplier",
    }
}

/// Something said about a dispute after it was declared; never changed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Remark {
    /// Id.
    pub id: RemarkId,
    /// About which dispute.
    pub dispute: DisputeId,
    /// By which side.
    pub author: Author,
    /// What happened to the dispute with it.
    pub event: DisputeEvent,
    /// The words; may be empty where the event says it all.
    pub text: String,
    /// When.
    pub at: Moment,
}

/// A credit note that settled a dispute.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CreditNote {
    /// Its number in the supplier's books.
    pub number: String,
    /// How much of the invoice it took.
    pub amount: Money,
}

/// A dispute about all or part of one invoice.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Dispute {
    /// Id.
    pub id: DisputeId,
    /// Whose invoice.
    pub supplier: SupplierId,
    /// Who disputes.
    pub debtor: DebtorId,
    /// Which invoice.
    pub invoice: InvoiceId,
    /// Why.
    pub reason: Reason,
    /// How much of the invoice.
    pub amount: Money,
    /// The debtor's own words.
    pub text: String,
    /// Where it stands.
    pub state: DisputeState,
    /// When it was declared.
    pub declared_at: Moment,
    /// The day by which the supplier says it will answer.
    pub answer_by: Day,
    /// Who deals with it, by name or role, as the supplier tells the debtor.
    pub owner: Option<String>,
    /// When it was answered or withdrawn, unless it is open again.
    pub answered_at: Option<Moment>,
    /// The credit note that settled it.
    pub credit: Option<CreditNote>,
}

impl Dispute {
    /// The last instant at which the debtor may open it again; none when it is not answered.
    #[must_use]
    pub fn reopens_until(&self) -> Option<Moment> {
        let answered = self.state.on(DisputeEvent::Reopen).is_ok();
        let at = self.answered_at.unwrap_or(self.declared_at);
        answered.then(|| at.plus_days(REOPEN_DAYS))
    }

    /// Whether the debtor may open it again now.
    #[must_use]
    pub fn may_reopen(&self, now: Moment) -> bool {
        self.reopens_until().is_some_and(|until| now <= until)
    }

    /// How much of its invoice would be disputed if it were opened again: no more than is open and
    /// not disputed otherwise.
    pub fn reopened_amount(&self, invoice: &Invoice) -> Result<Money, MoneyError> {
        let own = if self.state.suspends() {
            self.amount
        } else {
            Money::zero(self.amount.currency())
        };
        let others = invoice.disputed.checked_sub(own)?;
        let left = invoice.open.checked_sub(others)?.at_least_zero();
        self.amount.least(left)
    }
}

#[cfg(test)]
mod tests;
