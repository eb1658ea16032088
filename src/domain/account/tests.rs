//! What an account adds up to.

use super::*;
use crate::samples::{day, eur, invoice, usd};

#[test]
fn items_are_added_up_by_currency() {
    let (late, later) = (day("2026-01-31"), day("2026-03-31"));
    let mut credit = invoice(5, late, eur(500));
    credit.kind = ItemKind::CreditNote;
    let mut receipt = invoice(6, late, eur(250));
    receipt.kind = ItemKind::Receipt;
    let items = [
        Invoice {
            disputed: eur(40),
            ..invoice(1, late, eur(1_000))
        },
        Invoice {
            reserved: eur(200),
            promised: eur(30),
            ..invoice(2, late, eur(2_000))
        },
        Invoice {
            reserved: eur(4_000),
            ..invoice(3, later, eur(4_000))
        },
        invoice(4, late, usd(70)),
        credit,
        receipt,
    ];
    let sums = totals(&items, day("2026-03-01")).unwrap();
    let euros = sums[&Currency::EUR];
    assert_eq!(
        euros,
        Totals {
            open: eur(7_000),
            late: eur(3_000),
            credits: eur(750),
            processing: eur(4_200),
            late_processing: eur(200),
            disputed: eur(40),
            promised: eur(30),
        }
    );
    assert_eq!(euros.net(), Ok(eur(6_250)));
    // A payment of the invoice that is not due leaves the late ones to be paid.
    assert_eq!(euros.payable_late(), Ok(eur(2_800)));
    assert_eq!(sums.len(), 2);
    assert_eq!(sums[&usd(0).currency()].open, usd(70));
}

#[test]
fn parts_never_exceed_what_is_open() {
    let paid_meanwhile = Invoice {
        open: eur(10),
        reserved: eur(50),
        disputed: eur(50),
        promised: eur(50),
        ..invoice(1, day("2026-01-31"), eur(100))
    };
    let other = invoice(2, day("2026-01-31"), eur(100));
    let sums = totals([&paid_meanwhile, &other], day("2026-03-01")).unwrap();
    let euros = sums[&Currency::EUR];
    assert_eq!(
        (euros.processing, euros.disputed, euros.promised),
        (eur(10), eur(10), eur(10))
    );
    assert_eq!(euros.payable_late(), Ok(eur(100)));
}

#[test]
fn the_due_day_itself_is_not_late_and_an_empty_account_has_no_sums() {
    let item = invoice(1, day("2026-03-01"), eur(100));
    let sums = totals([&item], day("2026-03-01")).unwrap();
    assert!(sums[&Currency::EUR].late.is_zero());
    assert!(totals([], day("2026-03-01")).unwrap().is_empty());
    let huge = invoice(2, day("2026-03-01"), eur(i64::MAX));
    assert_eq!(
        totals([&item, &huge], day("2026-03-01")),
        Err(MoneyError::TooLarge)
    );
}
