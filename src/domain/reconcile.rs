//! What a balance file changes in what is known of one invoice.
//!
//! A file is an assertion as of a date (design promise 8, `reliability.md` §E). A payment made
//! here lowers what is open at once; when the books show it later, the lower assertion is explained
//! by it and it is not subtracted again.

use crate::money::{Money, MoneyError};

/// What is known of an invoice: `open` is `asserted` less `in_transit`, and never negative.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Known {
    /// The open amount that the supplier's books last asserted.
    pub asserted: Money,
    /// Money received here that the books have not shown yet.
    pub in_transit: Money,
    /// What is left to pay.
    pub open: Money,
}

/// What a new assertion makes of it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Change {
    /// The open amount that the books assert now.
    pub asserted: Money,
    /// Money received here that this assertion still does not show.
    pub in_transit: Money,
    /// What is left to pay.
    pub open: Money,
    /// What the file alone changed in `open`: to be booked against the books' account.
    pub adjustment: Money,
}

impl Change {
    /// What is known of the invoice from now on.
    #[must_use]
    pub const fn known(&self) -> Known {
        Known {
            asserted: self.asserted,
            in_transit: self.in_transit,
            open: self.open,
        }
    }
}

/// Takes an assertion of the books, a magnitude; the same one again changes nothing.
///
/// A lower one is first explained by money in transit, and only beyond that lowers what is open.
/// A higher one raises it.
pub fn assert_open(known: &Known, asserted: Money) -> Result<Option<Change>, MoneyError> {
    let lowered = known.asserted.checked_sub(asserted)?;
    if lowered.is_zero() {
        return Ok(None);
    }
    let explained = lowered.at_least_zero().least(known.in_transit)?;
    let in_transit = known.in_transit.checked_sub(explained)?;
    let open = asserted.checked_sub(in_transit)?;
    Ok(Some(Change {
        asserted,
        in_transit,
        open,
        adjustment: open.checked_sub(known.open)?,
    }))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::samples::{eur, usd};

    fn known(asserted: i64, in_transit: i64) -> Known {
        Known {
            asserted: eur(asserted),
            in_transit: eur(in_transit),
            open: eur(asserted - in_transit),
        }
    }

    #[test]
    fn an_assertion_is_explained_by_money_in_transit_first() {
        for (name, known, asserted, expected) in [
            ("the same again", known(100, 0), 100, None),
            ("the same, paid here since", known(100, 60), 100, None),
            (
                "the books show our payment",
                known(100, 60),
                40,
                Some((0, 40, 0)),
            ),
            (
                "they show part of it",
                known(100, 60),
                70,
                Some((30, 40, 0)),
            ),
            (
                "they show more than it",
                known(100, 60),
                30,
                Some((0, 30, -10)),
            ),
            ("paid elsewhere", known(100, 0), 25, Some((0, 25, -75))),
            ("all paid, all here", known(100, 100), 0, Some((0, 0, 0))),
            ("raised", known(100, 60), 130, Some((60, 70, 30))),
            ("back from nothing", known(0, 0), 80, Some((0, 80, 80))),
        ] {
            let found = assert_open(&known, eur(asserted)).unwrap();
            let expected = expected.map(|(in_transit, open, adjustment)| Change {
                asserted: eur(asserted),
                in_transit: eur(in_transit),
                open: eur(open),
                adjustment: eur(adjustment),
            });
            assert_eq!(found, expected, "{name}");
        }
    }

    #[test]
    fn currencies_do_not_mix() {
        assert!(assert_open(&known(100, 0), usd(100)).is_err());
    }

    /// The invoice after the assertion.
    fn after(known: Known, asserted: i64) -> Known {
        let change = assert_open(&known, eur(asserted)).unwrap();
        change.map_or(known, |change| change.known())
    }

    proptest! {
        #[test]
        fn what_is_open_stays_explained(
            books in 0..1_000_i64, paid in 0..1_000_i64, asserted in 0..1_000_i64,
        ) {
            let before = known(books, paid.min(books));
            let after = after(before, asserted);
            prop_assert_eq!(after.asserted.checked_sub(after.in_transit), Ok(after.open));
            prop_assert!(!after.open.is_negative() && !after.in_transit.is_negative());
            let change = assert_open(&before, eur(asserted)).unwrap();
            let adjustment = change.map_or(eur(0), |change| change.adjustment);
            prop_assert_eq!(before.open.checked_add(adjustment), Ok(after.open));
        }

        #[test]
        fn asserting_twice_is_asserting_once(
            books in 0..1_000_i64, paid in 0..1_000_i64, asserted in 0..1_000_i64,
        ) {
            let once = after(known(books, paid.min(books)), asserted);
            prop_assert_eq!(assert_open(&once, eur(asserted)), Ok(None));
        }

        /// Payments made here, then shown by the books one file after another, are subtracted once.
        #[test]
        fn a_payment_is_never_subtracted_twice(
            total in 0..1_000_i64, paid in 0..1_000_i64,
            shown in prop::collection::vec(0..1_000_i64, 0..6),
        ) {
            let paid = paid.min(total);
            let mut shown: Vec<_> = shown.into_iter().map(|part| part.min(paid)).collect();
            shown.sort_unstable();
            let last = shown.into_iter().fold(known(total, paid), |k, part| after(k, total - part));
            prop_assert_eq!(last.open, eur(total - paid));
        }
    }
}
