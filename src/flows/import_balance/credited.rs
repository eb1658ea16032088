//! Credit notes that the books name after a dispute was settled by them here (ADR 6): what was
//! counted already is taken off them at once, so that it is not counted twice.

use domain::invoice::{ItemKind, Share};
use domain::ledger::{Account, Entry, Line, TxKind};
use domain::{DebtorId, InvoiceId, Money};

use super::Job;
use super::reading::Asserted;
use crate::clock::new_id;
use crate::flows::error::FlowError;
use crate::store::{self, Conn};

/// A credit note that the books name for the first time.
pub(super) struct NewNote {
    id: InvoiceId,
    debtor: DebtorId,
    number: String,
    open: Money,
}

impl NewNote {
    /// That of a row, if it is one and has something open.
    pub(super) fn of(one: &Asserted, debtor: DebtorId) -> Option<Self> {
        let counts = one.row.kind == ItemKind::CreditNote && one.row.open.is_positive();
        counts.then(|| Self {
            id: one.id,
            debtor,
            number: one.row.number.clone(),
            open: one.row.open,
        })
    }
}

/// Takes off new credit notes what disputes were credited by them.
pub(super) fn count(conn: &mut Conn, job: &Job, notes: &[NewNote]) -> Result<(), FlowError> {
    if notes.is_empty() {
        return Ok(());
    }
    let numbers: Vec<&str> = notes.iter().map(|note| note.number.as_str()).collect();
    let credited = store::dispute::credited(conn, job.supplier.id, &numbers)?;
    for note in notes {
        let mut used = Money::zero(note.open.currency());
        for (debtor, number, amount) in &credited {
            let same = *debtor == note.debtor && *number == note.number;
            if same && amount.currency() == used.currency() {
                used = used.checked_add(*amount)?;
            }
        }
        let used = used.least(note.open)?;
        if used.is_positive() {
            take_off(conn, job, note, used)?;
        }
    }
    Ok(())
}

fn take_off(conn: &mut Conn, job: &Job, note: &NewNote, used: Money) -> Result<(), FlowError> {
    let line = |account, invoice, amount| Line {
        account,
        invoice,
        debtor: Some(note.debtor),
        amount,
    };
    let entry = Entry {
        supplier: job.supplier.id,
        kind: TxKind::Credit,
        source: note.id.to_string(),
        effective_on: job.as_of,
        lines: vec![
            line(Account::Receivable, Some(note.id), used),
            line(Account::CreditNote, None, used.checked_neg()?),
        ],
    };
    store::ledger::post(conn, new_id(), &entry, job.now)?;
    let share = Share {
        invoice: note.id,
        amount: used,
    };
    Ok(store::invoice::apply(conn, job.supplier.id, &share)?)
}
