//! Disputes: what blocks an invoice, who must answer, how it ended.

use crate::day::{Day, Moment};
use crate::id::{DebtorId, DisputeId, InvoiceId, SupplierId};
use crate::money::Money;

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
        /// The debtor took it back.
        Withdrawn = "withdrawn",
    }
}

text_enum! {
    /// What can happen to a dispute.
    pub enum DisputeEvent {
        /// The supplier asks for more.
        AskMore = "ask_more",
        /// The debtor answers.
        Answer = "answer",
        /// The supplier agrees.
        Accept = "accept",
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
        (Open, Accept, Accepted),
        (Open, Reject, Rejected),
        (Open, Withdraw, Withdrawn),
        (InfoNeeded, Answer, Open),
        (InfoNeeded, Accept, Accepted),
        (InfoNeeded, Reject, Rejected),
        (InfoNeeded, Withdraw, Withdrawn),
        (Accepted, Reopen, Open),
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
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_reason_belongs_to_one_category() {
        let reasons = |category: Category| -> Vec<&str> {
            let all = Reason::ALL
                .iter()
                .filter(|reason| reason.category() == category);
            all.map(|reason| reason.as_str()).collect()
        };
        let administrative = [
            "not_received",
            "order_number_missing",
            "delivery_note_missing",
            "already_paid",
            "credit_note_awaited",
            "other",
        ];
        assert_eq!(reasons(Category::Administrative), administrative);
        assert_eq!(reasons(Category::Logistic), ["delivery", "missing_items"]);
        assert_eq!(reasons(Category::Commercial), ["price", "terms"]);
        assert_eq!(reasons(Category::Technical), ["quality", "after_sales"]);
    }

    #[test]
    fn an_unanswered_or_accepted_dispute_suspends() {
        let suspends = DisputeState::ALL.iter().filter(|state| state.suspends());
        let names: Vec<_> = suspends.map(|state| state.as_str()).collect();
        assert_eq!(names, ["open", "info_needed", "accepted"]);
    }
}
