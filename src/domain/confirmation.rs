//! What a debtor says of an invoice before it falls due: the supplier learns early what would
//! otherwise block the payment.

use crate::day::{Day, Moment};
use crate::dispute::Reason;
use crate::id::{ConfirmationId, DebtorId, InvoiceId, SupplierId};

/// Three answers and a day, as given at one moment; a later one does not change an earlier one.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Confirmation {
    /// Id.
    pub id: ConfirmationId,
    /// Whose invoice.
    pub supplier: SupplierId,
    /// Who answers.
    pub debtor: DebtorId,
    /// About which invoice.
    pub invoice: InvoiceId,
    /// When.
    pub at: Moment,
    /// What.
    pub answers: Answers,
}

/// The answers; what was not answered is not known.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub struct Answers {
    /// Whether the invoice arrived.
    pub received: Option<bool>,
    /// Whether it is in the debtor's books.
    pub recorded: Option<bool>,
    /// Whether it is as ordered and delivered.
    pub conform: Option<bool>,
    /// When it will be paid: told, not promised.
    pub pays_on: Option<Day>,
}

impl Answers {
    /// Whether anything was answered at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// What blocks the invoice by these answers, if anything: the reason of a dispute. That an
    /// invoice is not recorded yet blocks nothing before it is due.
    #[must_use]
    pub const fn blocks(&self) -> Option<Reason> {
        match (self.received, self.conform) {
            (Some(false), _) => Some(Reason::NotReceived),
            (_, Some(false)) => Some(Reason::Quality),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_no_names_what_blocks() {
        let answers = |received, recorded, conform| Answers {
            received,
            recorded,
            conform,
            pays_on: None,
        };
        for (given, expected) in [
            (answers(None, None, None), None),
            (answers(Some(true), Some(true), Some(true)), None),
            (answers(Some(true), Some(false), None), None),
            (answers(Some(false), None, None), Some(Reason::NotReceived)),
            (
                answers(Some(true), None, Some(false)),
                Some(Reason::Quality),
            ),
            (
                answers(Some(false), None, Some(false)),
                Some(Reason::NotReceived),
            ),
        ] {
            assert_eq!(given.blocks(), expected, "{given:?}");
        }
        assert!(Answers::default().is_empty());
        assert!(!answers(None, Some(false), None).is_empty());
    }
}
