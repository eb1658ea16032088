//! A debtor's account: what is open, late, credited and under way, each currency apart.

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use crate::day::Day;
use crate::invoice::{Invoice, ItemKind};
use crate::money::{Currency, Money, MoneyError};

/// The sums of an account in one currency.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Totals {
    /// Open invoices.
    pub open: Money,
    /// Open invoices whose due date has passed.
    pub late: Money,
    /// Credit notes and receipts that are not allocated.
    pub credits: Money,
    /// Part of the open invoices that payments under way have taken.
    pub processing: Money,
    /// Part of the late invoices that payments under way have taken.
    pub late_processing: Money,
    /// Part of the open invoices that is disputed.
    pub disputed: Money,
    /// Part of the open invoices that is promised.
    pub promised: Money,
}

impl Totals {
    fn zero(currency: Currency) -> Self {
        let zero = Money::zero(currency);
        Self {
            open: zero,
            late: zero,
            credits: zero,
            processing: zero,
            late_processing: zero,
            disputed: zero,
            promised: zero,
        }
    }

    fn add(&mut self, item: &Invoice, today: Day) -> Result<(), MoneyError> {
        if item.kind != ItemKind::Invoice {
            self.credits = self.credits.checked_add(item.open)?;
            return Ok(());
        }
        // A balance file may have lowered `open` below what was reserved, disputed or promised.
        let part = |amount: Money| amount.least(item.open);
        self.open = self.open.checked_add(item.open)?;
        self.processing = self.processing.checked_add(part(item.reserved)?)?;
        self.disputed = self.disputed.checked_add(part(item.disputed)?)?;
        self.promised = self.promised.checked_add(part(item.promised)?)?;
        if item.is_late(today) {
            self.late = self.late.checked_add(item.open)?;
            self.late_processing = self.late_processing.checked_add(part(item.reserved)?)?;
        }
        Ok(())
    }

    /// Open invoices less credits: what the debtor owes in the end.
    pub fn net(&self) -> Result<Money, MoneyError> {
        self.open.checked_sub(self.credits)
    }

    /// What of the late invoices can be paid now: what payments under way leave of them.
    pub fn payable_late(&self) -> Result<Money, MoneyError> {
        self.late.checked_sub(self.late_processing)
    }
}

/// Adds up items by currency.
pub fn totals<'a, I>(items: I, today: Day) -> Result<BTreeMap<Currency, Totals>, MoneyError>
where
    I: IntoIterator<Item = &'a Invoice>,
{
    let mut sums = BTreeMap::new();
    for item in items {
        let currency = item.currency();
        sums.entry(currency)
            .or_insert_with(|| Totals::zero(currency))
            .add(item, today)?;
    }
    Ok(sums)
}
