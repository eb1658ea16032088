//! What an import changes in items, and the one ledger entry that explains it.

use std::collections::BTreeMap;

use domain::ledger::{Account, Entry, Line, TxKind};
use domain::{Currency, Money, MoneyError};

use super::Job;
use crate::clock::new_id;
use crate::flows::error::FlowError;
use crate::store::asserted::{KnownItem, NewItem};
use crate::store::ledger::Added;
use crate::store::{self, Conn};

/// Items to be added and changed.
#[derive(Default)]
pub(super) struct Changes<'a> {
    new: Vec<NewItem<'a>>,
    changed: Vec<KnownItem>,
    /// What the added items leave open.
    added: BTreeMap<Currency, Money>,
    /// The lines of changed items.
    lines: Vec<Line>,
    /// What these sum to.
    adjusted: BTreeMap<Currency, Money>,
}

impl<'a> Changes<'a> {
    /// Adds an item.
    pub(super) fn add(&mut self, new: NewItem<'a>) -> Result<(), MoneyError> {
        self.new.push(new);
        let amount = new.row.kind.signed(new.row.open)?;
        add_to(&mut self.added, amount)
    }

    /// Changes an item; `adjustment` is by how much the books alone changed what is open of it.
    /// The item tells its debtor, so the line does not.
    pub(super) fn change(&mut self, item: KnownItem, adjustment: Money) -> Result<(), MoneyError> {
        let (id, kind) = (item.id, item.kind);
        self.changed.push(item);
        if adjustment.is_zero() {
            return Ok(());
        }
        let amount = kind.signed(adjustment)?;
        self.lines.push(Line {
            account: Account::Receivable,
            invoice: Some(id),
            debtor: None,
            amount,
        });
        add_to(&mut self.adjusted, amount)
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
        let added = self.added_items();
        let mut sums = self.adjusted;
        for sum in self.added.into_values() {
            add_to(&mut sums, sum)?;
        }
        for sum in sums.into_values().filter(|sum| !sum.is_zero()) {
            self.lines.push(Line {
                account: Account::Books,
                invoice: None,
                debtor: None,
                amount: sum.checked_neg()?,
            });
        }
        let entry = Entry {
            supplier: job.supplier.id,
            kind: TxKind::Import,
            source: format!("{}:{number}", job.id),
            effective_on: job.as_of,
            lines: self.lines,
        };
        match added {
            Some(added) => store::ledger::post_added(conn, new_id(), &entry, &added, job.now)?,
            None if entry.lines.is_empty() => {}
            None => store::ledger::post(conn, new_id(), &entry, job.now)?,
        }
        Ok(())
    }

    /// The run of added items. Their ids are made one after the other as the file is read, and no
    /// two imports of a supplier go on at once.
    fn added_items(&self) -> Option<Added> {
        let ids = self.new.iter().map(|item| item.id);
        Some(Added {
            first: ids.clone().min()?,
            last: ids.max()?,
            count: self.new.len(),
            sums: self.added.values().copied().collect(),
        })
    }
}

fn add_to(sums: &mut BTreeMap<Currency, Money>, amount: Money) -> Result<(), MoneyError> {
    let currency = amount.currency();
    let sum = sums.entry(currency).or_insert(Money::zero(currency));
    *sum = sum.checked_add(amount)?;
    Ok(())
}
