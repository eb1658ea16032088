//! The parts of an import that need no database.

mod matching;
mod reading;

use domain::import::BalanceRow;
use domain::invoice::ItemKind;
use domain::{Day, Money};

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

/// An invoice row in euros.
fn row(number: &str, due: &str, open: i64) -> BalanceRow {
    BalanceRow {
        line: 2,
        debtor_code: "C1".into(),
        debtor_name: "Un".into(),
        email: None,
        phone: None,
        postal: None,
        kind: ItemKind::Invoice,
        number: number.into(),
        order_ref: None,
        issued_on: day("2026-01-01"),
        due_on: day(due),
        total: Money::eur(open),
        open: Money::eur(open),
    }
}
