//! How an invoice stands and what may be asked for.

use super::*;
use crate::samples::{day, eur, invoice, usd};

/// 100.00 EUR due on 1 March with these parts reserved, disputed and promised, in cents.
fn parts(reserved: i64, disputed: i64, promised: i64) -> Invoice {
    Invoice {
        reserved: eur(reserved),
        disputed: eur(disputed),
        promised: eur(promised),
        ..invoice(1, day("2026-03-01"), eur(10_000))
    }
}

#[test]
fn parts_are_taken_off_and_never_below_nothing() {
    for (item, payable, remindable) in [
        (parts(0, 0, 0), 10_000, 10_000),
        (parts(4_000, 0, 0), 6_000, 6_000),
        (parts(0, 4_000, 1_000), 10_000, 5_000),
        (parts(4_000, 4_000, 4_000), 6_000, 0),
        (parts(12_000, 0, 0), 0, 0),
        (parts(0, 10_000, 10_000), 10_000, 0),
    ] {
        assert_eq!(item.payable(), Ok(eur(payable)), "{item:?}");
        assert_eq!(item.remindable(), Ok(eur(remindable)), "{item:?}");
    }
}

#[test]
fn nobody_is_asked_to_pay_a_credit_note() {
    for kind in [ItemKind::CreditNote, ItemKind::Receipt] {
        let item = Invoice {
            kind,
            ..parts(0, 0, 0)
        };
        assert_eq!(item.payable(), Ok(eur(0)));
        assert_eq!(item.remindable(), Ok(eur(0)));
        assert!(!item.is_late(day("2027-01-01")));
    }
}

#[test]
fn one_word_says_how_an_invoice_stands() {
    let (due, after) = (day("2026-03-01"), day("2026-03-02"));
    let settled = Invoice {
        open: eur(0),
        ..parts(0, 10_000, 0)
    };
    for (item, today, expected) in [
        (settled, after, Standing::Settled),
        (parts(0, 0, 0), due, Standing::NotDue),
        (parts(0, 0, 0), after, Standing::Late),
        (parts(10_000, 0, 0), after, Standing::Processing),
        (parts(9_999, 0, 0), after, Standing::Late),
        (parts(0, 10_000, 0), after, Standing::Disputed),
        (parts(6_000, 4_000, 0), after, Standing::Disputed),
        (parts(0, 10_000, 10_000), after, Standing::Disputed),
        (parts(0, 0, 10_000), after, Standing::Promised),
        (parts(3_000, 3_000, 4_000), due, Standing::Promised),
        (parts(3_000, 3_000, 3_999), due, Standing::NotDue),
        (parts(12_000, 0, 0), after, Standing::Processing),
    ] {
        assert_eq!(item.standing(today), expected, "{item:?}");
        let asks = matches!(expected, Standing::Late | Standing::NotDue);
        assert_eq!(item.remindable().unwrap().is_positive(), asks, "{item:?}");
    }
}

#[test]
fn parts_of_another_currency_are_an_error() {
    let item = Invoice {
        reserved: usd(1),
        ..parts(0, 0, 0)
    };
    assert!(item.payable().is_err() && item.remindable().is_err());
}
