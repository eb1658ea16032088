//! Small objects for the tests of this package.

use crate::id::{DebtorId, Id, InvoiceId, SupplierId};
use crate::invoice::{Invoice, ItemKind};
use crate::{Day, Money};

/// Euro cents.
pub(crate) fn eur(cents: i64) -> Money {
    Money::eur(cents)
}

/// The amount in US dollar cents.
pub(crate) fn usd(cents: i64) -> Money {
    Money::new(cents, "USD".parse().unwrap())
}

/// A day written as 2026-11-30.
pub(crate) fn day(text: &str) -> Day {
    text.parse().unwrap()
}

/// An invoice with nothing reserved, disputed or promised, wholly open.
pub(crate) fn invoice(id: u128, due_on: Day, open: Money) -> Invoice {
    let zero = Money::zero(open.currency());
    Invoice {
        id: InvoiceId::from_bits(id),
        supplier: SupplierId::from_bits(1),
        debtor: DebtorId::from_bits(1),
        kind: ItemKind::Invoice,
        number: format!("F{id:03}"),
        order_ref: None,
        issued_on: due_on.plus_days(-30),
        due_on,
        total: open,
        open,
        reserved: zero,
        disputed: zero,
        promised: zero,
    }
}
