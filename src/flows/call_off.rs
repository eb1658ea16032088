//! Debits are called off before they go to the bank: those for what was paid another way meanwhile,
//! so that no euro is asked for twice by us, and those whose mandate is revoked.

use std::collections::BTreeSet;

use domain::collection::CollectionEvent;
use domain::invoice::Invoice;
use domain::mandate::Mandate;
use domain::party::Supplier;
use domain::payment::{Method, Payment, PaymentEvent};
use domain::{DebtorId, InvoiceId, Moment, SupplierId};

use super::error::FlowError;
use super::guard::enter;
use super::judge;
use super::pay_by_card::advance;
use crate::app::App;
use crate::store::{self, Conn};

/// Payments looked at in one go; the rest waits for the next file.
const AT_ONCE: i64 = 1_000;

/// Calls off the supplier's debits that money has overtaken; those in a file are the bank's.
pub(super) async fn debits(app: &App, supplier: SupplierId) -> Result<(), FlowError> {
    let now = app.now();
    let found = app
        .store
        .report(supplier, move |conn| {
            store::payment::overtaken(conn, Some(supplier), Method::Debit, AT_ONCE)
        })
        .await?;
    for payment in found {
        app.store
            .write(supplier, move |conn| call_off(conn, &payment, now))
            .await?;
    }
    Ok(())
}

fn call_off(conn: &mut Conn, found: &Payment, now: Moment) -> Result<(), FlowError> {
    let supplier = found.supplier;
    let owner = enter(conn, supplier, found.debtor)?;
    let payment = store::payment::find(conn, supplier, found.id)?;
    let collection = store::collection::of_payment(conn, supplier, payment.id)?;
    let Ok(next) = collection.state.on(CollectionEvent::Cancel) else {
        return Ok(());
    };
    // The one called off before it may have freed enough.
    if !overtaken(conn, &payment)? {
        return Ok(());
    }
    store::collection::set_state(conn, supplier, collection.id, collection.state, next)?;
    advance(conn, &payment, PaymentEvent::Abandoned, now)?;
    // An instalment that it was to pay holds what is left of it again, or is debited for that.
    let ids: Vec<_> = payment.shares.iter().map(|share| share.invoice).collect();
    judge::after_money(conn, &owner, found.debtor, &ids, now)
}

/// Calls off the debit that was ordered with a promise; one in a file is the bank's already.
pub(super) fn ordered(conn: &mut Conn, payment: &Payment, now: Moment) -> Result<(), FlowError> {
    let supplier = payment.supplier;
    let collection = store::collection::of_payment(conn, supplier, payment.id)?;
    let next = collection.state.on(CollectionEvent::Cancel);
    let next = next.map_err(|_| FlowError::TooLate)?;
    store::collection::set_state(conn, supplier, collection.id, collection.state, next)?;
    advance(conn, payment, PaymentEvent::Abandoned, now)
}

/// Calls off what was ordered under a mandate and is in no file yet, and gives the invoices that
/// were to be paid by it; what relied on it goes on without.
pub(super) fn under(
    conn: &mut Conn,
    owner: &Supplier,
    mandate: &Mandate,
    now: Moment,
) -> Result<BTreeSet<InvoiceId>, FlowError> {
    let all = store::collection::of_mandate(conn, owner.id, mandate.debtor, mandate.id)?;
    let mut stopped = Vec::new();
    for collection in all {
        if collection.state.on(CollectionEvent::Cancel).is_ok() {
            let payment = store::payment::find(conn, owner.id, collection.payment)?;
            ordered(conn, &payment, now)?;
            stopped.push(payment);
        }
    }
    let mut invoices = BTreeSet::new();
    for payment in stopped {
        judge::without_debit(conn, owner, &payment, now)?;
        invoices.extend(payment.shares.iter().map(|share| share.invoice));
    }
    Ok(invoices)
}

/// Calls off what a debtor's insolvency bars and no file holds yet: called under the guard, once it
/// is noted. What a file holds has it refused.
pub(super) fn barred(
    conn: &mut Conn,
    owner: &Supplier,
    debtor: DebtorId,
    now: Moment,
) -> Result<(), FlowError> {
    for collection in store::collection::of_debtor(conn, owner.id, debtor, AT_ONCE)? {
        if collection.state.on(CollectionEvent::Cancel).is_err() {
            continue;
        }
        let payment = store::payment::find(conn, owner.id, collection.payment)?;
        if is_barred(conn, &payment)? {
            ordered(conn, &payment, now)?;
            judge::without_debit(conn, owner, &payment, now)?;
        }
    }
    Ok(())
}

/// Whether it is not to be collected any more: more is held of one of its invoices than is left, or
/// one is from before the opening of insolvency proceedings.
pub(super) fn overtaken(conn: &mut Conn, payment: &Payment) -> Result<bool, FlowError> {
    let ids: Vec<_> = payment.shares.iter().map(|share| share.invoice).collect();
    let invoices = store::invoice::find_many(conn, payment.supplier, payment.debtor, &ids)?;
    let more = |item: &Invoice| item.reserved.minor() > item.open.minor();
    Ok(invoices.iter().any(more) || is_barred(conn, payment)?)
}

/// Whether it pays an invoice from before the opening of insolvency proceedings.
pub(super) fn is_barred(conn: &mut Conn, payment: &Payment) -> Result<bool, FlowError> {
    let (supplier, debtor) = (payment.supplier, payment.debtor);
    let Some(opened) = store::pause::insolvency_of(conn, supplier, debtor)? else {
        return Ok(false);
    };
    let ids: Vec<_> = payment.shares.iter().map(|share| share.invoice).collect();
    let invoices = store::invoice::find_many(conn, supplier, debtor, &ids)?;
    Ok(invoices.iter().any(|item| opened.bars(item)))
}
