//! What an import changes in items, and the one ledger entry that explains it.

use std::collections::BTreeMap;

use domain::ledger::{Account, Entry, Line, TxKind};
use domain::{Currency, Money, MoneyError};

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
    /// What the added items leave open: each keeps its own opening, the entry tells the sum.
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
        let mut sums = self.adjusted;
        for sum in self.added.into_values() {
            add_to(&mut sums, sum)?;
            self.lines.push(line(Account::Receivable, sum));
        }
        for sum in sums.into_values() {
            self.lines.push(line(Account::Books, sum.checked_neg()?));
        }
        self.lines.retain(|line| !line.amount.is_zero());
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

/// What an account holds of no item in particular.
const fn line(account: Account, amount: Money) -> Line {
    Line {
        account,
        invoice: None,
        debtor: None,
        amount,
    }
}

fn add_to(sums: &mut BTreeMap<Currency, Money>, amount: Money) -> Result<(), MoneyError> {
    let currency = amount.currency();
    let sum = sums.entry(currency).or_insert(Money::zero(currency));
    *sum = sum.checked_add(amount)?;
    Ok(())
}
