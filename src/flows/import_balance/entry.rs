//! What an import changes in items, and the one ledger entry that explains it.

use std::collections::BTreeMap;

use domain::invoice::ItemKind;
use domain::ledger::{Account, Entry, Line, TxKind};
use domain::{Currency, InvoiceId, Money, MoneyError};

use super::Job;
use crate::clock::new_id;
use crate::flows::error::FlowError;
use crate::store::asserted::{KnownItem, NewItem};
use crate::store::{self, Conn};

/// Items to be added and changed.
#[derive(Default)]
pub(super) struct Changes<'a> {
    new: Vec<NewItem<'a>>,
    changed: Vec<KnownItem>,
    lines: Vec<Line>,
    sums: BTreeMap<Currency, Money>,
}

impl<'a> Changes<'a> {
    /// Adds an item.
    pub(super) fn add(&mut self, new: NewItem<'a>) -> Result<(), MoneyError> {
        self.new.push(new);
        self.book(new.id, new.row.kind, new.row.open)
    }

    /// Changes an item; `adjustment` is by how much the books alone changed what is open of it.
    pub(super) fn change(&mut self, item: KnownItem, adjustment: Money) -> Result<(), MoneyError> {
        let (id, kind) = (item.id, item.kind);
        self.changed.push(item);
        self.book(id, kind, adjustment)
    }

    /// The item's side of the entry. The item tells its debtor, so the line does not.
    fn book(&mut self, id: InvoiceId, kind: ItemKind, amount: Money) -> Result<(), MoneyError> {
        if amount.is_zero() {
            return Ok(());
        }
        let amount = kind.signed(amount)?;
        let currency = amount.currency();
        let sum = self.sums.entry(currency).or_insert(Money::zero(currency));
        *sum = sum.checked_add(amount)?;
        self.lines.push(Line {
            account: Account::Receivable,
            invoice: Some(id),
            debtor: None,
            amount,
        });
        Ok(())
    }

    /// Writes all of it: items and one entry against the books, the import's `number`-th.
    pub(super) fn record(
        mut self,
        conn: &mut Conn,
        job: &Job,
        number: u64,
    ) -> Result<(), FlowError> {
        store::asserted::insert_many(conn, job.supplier.id, &self.new)?;
        for item in &self.changed {
            store::asserted::update(conn, job.supplier.id, item)?;
        }
        for sum in self.sums.into_values().filter(|sum| !sum.is_zero()) {
            self.lines.push(Line {
                account: Account::Books,
                invoice: None,
                debtor: None,
                amount: sum.checked_neg()?,
            });
        }
        if self.lines.is_empty() {
            return Ok(());
        }
        let entry = Entry {
            supplier: job.supplier.id,
            kind: TxKind::Import,
            source: format!("{}:{number}", job.id),
            effective_on: job.as_of,
            lines: self.lines,
        };
        Ok(store::ledger::post(conn, new_id(), &entry, job.now)?)
    }
}
