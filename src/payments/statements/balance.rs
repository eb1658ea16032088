//! Whether the sums that a statement names are those of its entries.

use domain::Money;

use super::model::{Entry, Sums};

/// A sum of entries; currencies that do not add up leave none.
#[derive(Default)]
pub(super) enum Booked {
    /// No entry yet.
    #[default]
    Nothing,
    /// Their sum.
    Sum(Money),
    /// More than one currency, or out of range.
    Unknown,
}

/// With its sign.
pub(super) fn signed(amount: Money, credit: bool) -> Option<Money> {
    if credit {
        Some(amount)
    } else {
        amount.checked_neg().ok()
    }
}

impl Booked {
    /// Adds an entry.
    pub(super) fn add(&mut self, entry: &Entry) {
        let amount = signed(entry.amount, entry.credit);
        let sum = match self {
            Self::Nothing => amount,
            Self::Sum(sum) => amount.and_then(|amount| sum.checked_add(amount).ok()),
            Self::Unknown => None,
        };
        *self = sum.map_or(Self::Unknown, Self::Sum);
    }

    /// Whether it leads from one balance to the other.
    pub(super) fn compare(&self, opening: Option<Money>, closing: Option<Money>) -> Sums {
        let (Some(opening), Some(closing)) = (opening, closing) else {
            return Sums::Unknown;
        };
        let found = match self {
            Self::Nothing => Some(opening),
            Self::Sum(sum) => opening.checked_add(*sum).ok(),
            Self::Unknown => None,
        };
        match found {
            Some(found) if found == closing => Sums::Agree,
            Some(found) if found.currency() == closing.currency() => Sums::Differ {
                stated: closing,
                found,
            },
            _ => Sums::Unknown,
        }
    }
}
