//! Money that had arrived went back: the settlement is reversed and the invoices are due again.

use domain::invoice::Share;
use domain::ledger::{Account, Entry, Line, TxKind};
use domain::party::Supplier;
use domain::payment::{Payment, PaymentEvent, PaymentState};
use domain::{Day, InvoiceId, Moment, PaymentId, SupplierId};

use super::error::FlowError;
use super::guard::{Actor, Deed, enter, note, replan};
use super::judge;
use crate::clock::new_id;
use crate::store::{self, Conn};

/// Money that went back.
#[derive(Clone, Debug)]
pub struct TakeBack {
    /// Of which payment; all of it.
    pub payment: PaymentId,
    /// The day it went.
    pub on: Day,
    /// Why, as the bank or provider says: a return reason such as `MD01`.
    pub reason: String,
    /// Who says so.
    pub actor: Actor,
}

/// Reverses the settlement of a payment; told again, nothing happens and `false` is returned.
///
/// Runs inside the caller's transaction and takes the debtor's guard first. The reminders that were
/// sent stay counted, so that reminding goes on at the level it had reached.
pub fn take_back(
    conn: &mut Conn,
    supplier: SupplierId,
    what: &TakeBack,
    now: Moment,
) -> Result<bool, FlowError> {
    let debtor = store::payment::find(conn, supplier, what.payment)?.debtor;
    let owner = enter(conn, supplier, debtor)?;
    let payment = store::payment::find(conn, supplier, what.payment)?;
    if payment.state == PaymentState::Returned {
        return Ok(false);
    }
    let next = payment.state.on(PaymentEvent::TakenBack)?;
    store::payment::set_state(conn, supplier, payment.id, payment.state, next)?;
    let due_again = reverse(conn, &payment, what, now)?;
    replan(conn, &owner, debtor, now)?;
    judge::again(conn, &owner, debtor, &due_again, now)?;
    trail(conn, &owner, &payment, what, now)?;
    Ok(true)
}

/// Books the settlement the other way round, and puts its amounts on the invoices and credit notes
/// again.
fn reverse(
    conn: &mut Conn,
    payment: &Payment,
    what: &TakeBack,
    now: Moment,
) -> Result<Vec<InvoiceId>, FlowError> {
    let (supplier, source) = (payment.supplier, payment.id.to_string());
    let booked = store::ledger::lines_of(conn, supplier, TxKind::Settlement, &source)?;
    let mut lines = Vec::with_capacity(booked.len());
    let mut due_again = Vec::new();
    for line in booked {
        let amount = line.amount.checked_neg()?;
        if let (Account::Receivable, Some(invoice)) = (line.account, line.invoice) {
            // A credit note that was deducted can be deducted again; only invoices are due again.
            if amount.is_positive() {
                due_again.push(invoice);
            }
            let amount = amount.checked_abs()?;
            store::invoice::reopen(conn, supplier, &Share { invoice, amount })?;
        }
        lines.push(Line { amount, ..line });
    }
    let entry = Entry {
        supplier,
        kind: TxKind::Reversal,
        source,
        effective_on: what.on,
        lines,
    };
    store::ledger::post(conn, new_id(), &entry, now)?;
    Ok(due_again)
}

fn trail(
    conn: &mut Conn,
    owner: &Supplier,
    payment: &Payment,
    what: &TakeBack,
    now: Moment,
) -> Result<(), FlowError> {
    let deed = Deed {
        actor: &what.actor,
        action: "payment.taken_back",
        debtor: payment.debtor,
        subject: payment.id.to_string(),
        detail: format!("{} by {}: {}", payment.amount, payment.method, what.reason),
    };
    note(conn, owner.id, now, deed)
}
