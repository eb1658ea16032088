//! Money arrived: the one way in which a payment succeeds, whatever its method.

use domain::allocate;
use domain::invoice::Invoice;
use domain::late::Charge;
use domain::ledger::{Account, Entry, Line, TxKind};
use domain::message::MessageKind;
use domain::party::Supplier;
use domain::payment::{Method, Payment, PaymentEvent, PaymentState};
use domain::{Day, InvoiceId, Moment, Money, PaymentId, SupplierId};

use super::error::FlowError;
use super::guard::{Actor, Deed, enter, give_back, note, replan};
use super::notify::{Letter, enqueue};
use super::{judge, late};
use crate::clock::new_id;
use crate::store::invoice::Hold;
use crate::store::{self, Conn};

/// Money that arrived for a payment.
#[derive(Clone, Debug)]
pub struct Receipt {
    /// For which payment.
    pub payment: PaymentId,
    /// How much.
    pub amount: Money,
    /// The day it counts from.
    pub on: Day,
    /// Where it stands now: in transit or on the bank account.
    pub account: Account,
    /// Who says so.
    pub actor: Actor,
}

/// Records the money and shares it out; told again, nothing happens and `false` is returned.
///
/// Runs inside the caller's transaction and takes the debtor's guard first.
pub fn settle(
    conn: &mut Conn,
    supplier: SupplierId,
    receipt: &Receipt,
    now: Moment,
) -> Result<bool, FlowError> {
    let debtor = store::payment::find(conn, supplier, receipt.payment)?.debtor;
    let owner = enter(conn, supplier, debtor)?;
    let payment = store::payment::find(conn, supplier, receipt.payment)?;
    // What went back since had arrived before.
    if matches!(
        payment.state,
        PaymentState::Succeeded | PaymentState::Returned
    ) {
        return Ok(false);
    }
    let next = payment.state.on(PaymentEvent::Confirmed)?;
    release(conn, &payment)?;
    let paid = share_out(conn, &payment, receipt, now)?;
    store::payment::set_state(conn, supplier, payment.id, payment.state, next)?;
    // Credit notes alone settle what was recorded.
    let came = match payment.method {
        Method::Credit => payment.amount,
        Method::Card | Method::ProviderDebit | Method::Debit | Method::Transfer => receipt.amount,
    };
    store::payment::set_received(conn, supplier, payment.id, came, receipt.on)?;
    replan(conn, &owner, debtor, now)?;
    judge::after_money(conn, &owner, debtor, &paid, now)?;
    // A debtor's bank may still send a debit of ours back: it is thanked for once that is over. The
    // provider says that a debit of its own succeeded when the money is there.
    if payment.method != Method::Debit {
        thank(conn, &owner, &payment, paid, now)?;
    }
    let deed = Deed {
        actor: &receipt.actor,
        action: "payment.settled",
        debtor,
        subject: payment.id.to_string(),
        detail: format!("{came} by {}", payment.method),
    };
    note(conn, supplier, now, deed)?;
    Ok(true)
}

/// Gives back what a payment under way held of its invoices, when it held anything.
pub(super) fn release(conn: &mut Conn, payment: &Payment) -> Result<(), FlowError> {
    if holds(payment) {
        let what = payment.designation();
        give_back(conn, payment.supplier, what.held(), Hold::Reserved)?;
    }
    Ok(())
}

/// A transfer is announced, not under way: it holds nothing until it arrives. Credit notes alone
/// settle as they are recorded.
fn holds(payment: &Payment) -> bool {
    match payment.method {
        Method::Card | Method::ProviderDebit | Method::Debit => payment.state.reserves(),
        Method::Transfer | Method::Credit => false,
    }
}

/// Books the money and the credit notes, takes them off the invoices, and books what is paid for
/// lateness; gives the invoices that were reached.
fn share_out(
    conn: &mut Conn,
    payment: &Payment,
    receipt: &Receipt,
    now: Moment,
) -> Result<Vec<InvoiceId>, FlowError> {
    let (supplier, what) = (payment.supplier, payment.designation());
    let items = if what.shares.is_empty() {
        store::invoice::open_of_debtor(conn, supplier, payment.debtor)?
    } else {
        let ids: Vec<InvoiceId> = what.held().map(|share| share.invoice).collect();
        store::invoice::find_many(conn, supplier, payment.debtor, &ids)?
    };
    let due = lateness(conn, payment, &items, now)?;
    let settled = allocate::settle(receipt.amount, &what, &items, &due)?;
    let mut lines = Vec::new();
    if !receipt.amount.is_zero() {
        lines.push(line(receipt.account, None, payment, receipt.amount));
    }
    for share in &settled.shares {
        let off = share.amount.checked_neg()?;
        lines.push(line(Account::Receivable, Some(share.invoice), payment, off));
    }
    for credit in &settled.credits {
        let (note, used) = (Some(credit.invoice), credit.amount);
        lines.push(line(Account::Receivable, note, payment, used));
    }
    for charge in &settled.charges {
        let (account, off) = (
            Account::of_charge(charge.kind),
            charge.amount.checked_neg()?,
        );
        lines.push(line(account, Some(charge.invoice), payment, off));
    }
    if settled.unapplied.is_positive() {
        let rest = settled.unapplied.checked_neg()?;
        lines.push(line(Account::Unapplied, None, payment, rest));
    }
    let entry = Entry {
        supplier,
        kind: TxKind::Settlement,
        source: payment.id.to_string(),
        effective_on: receipt.on,
        lines,
    };
    store::ledger::post(conn, new_id(), &entry, now)?;
    for share in settled.shares.iter().chain(&settled.credits) {
        store::invoice::apply(conn, supplier, share)?;
    }
    Ok(settled.shares.iter().map(|share| share.invoice).collect())
}

/// What is due now of the lateness that a payment was also meant for.
fn lateness(
    conn: &mut Conn,
    payment: &Payment,
    items: &[Invoice],
    now: Moment,
) -> Result<Vec<Charge>, FlowError> {
    if payment.charges.is_empty() {
        return Ok(Vec::new());
    }
    let today = store::supplier::find(conn, payment.supplier)?.zone.day(now);
    let when = (today, Some(payment.id));
    Ok(late::lines(conn, payment.supplier, items, when)?)
}

fn line(account: Account, invoice: Option<InvoiceId>, payment: &Payment, amount: Money) -> Line {
    Line {
        account,
        invoice,
        debtor: Some(payment.debtor),
        amount,
    }
}

/// Says that the money came, once a payment, unless the account's scenario does not.
pub(super) fn thank(
    conn: &mut Conn,
    owner: &Supplier,
    payment: &Payment,
    paid: Vec<InvoiceId>,
    now: Moment,
) -> Result<(), FlowError> {
    if !store::scenario::thanks(conn, owner.id, payment.debtor)? {
        return Ok(());
    }
    let letter = Letter {
        debtor: payment.debtor,
        kind: MessageKind::Thanks,
        about: payment.id.to_string(),
        dedup: format!("thanks:{}", payment.id),
        invoices: paid,
    };
    enqueue(conn, owner, letter, now)?;
    Ok(())
}
