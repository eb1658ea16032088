//! A mandate is revoked: what was ordered under it and is in no file yet is called off, and the
//! debtor is told what to pay otherwise.
//!
//! Signing binds the company and asks for a code; revoking only takes an authority back, so whoever
//! may act on the account may do it, and the mail tells the contact on file.

use std::collections::BTreeSet;

use domain::collection::{Collection, CollectionState};
use domain::invoice::Invoice;
use domain::mandate::{Mandate, MandateEvent, MandateState};
use domain::message::MessageKind;
use domain::party::Supplier;
use domain::{Day, DebtorId, InvoiceId, MandateId, Moment, Money, MoneyError, SupplierId};

use super::call_off;
use super::error::FlowError;
use super::guard::{Actor, Deed, enter, note};
use super::judge::rest;
use super::notify::{Letter, enqueue};
use crate::app::App;
use crate::store::{self, Conn, StoreError};

/// Revokes a debtor's mandate; asked twice, done once.
pub async fn revoke(
    app: &App,
    (supplier, debtor): (SupplierId, DebtorId),
    id: MandateId,
    actor: Actor,
) -> Result<(), FlowError> {
    let now = app.now();
    app.store
        .write(supplier, move |conn| {
            let owner = enter(conn, supplier, debtor)?;
            let mandate = store::mandate::find(conn, supplier, id)?;
            if mandate.debtor != debtor {
                return Err(StoreError::NotFound.into());
            }
            if mandate.state == MandateState::Revoked {
                return Ok(());
            }
            record(conn, &owner, &mandate, &actor, now)
        })
        .await
}

fn record(
    conn: &mut Conn,
    owner: &Supplier,
    mandate: &Mandate,
    actor: &Actor,
    now: Moment,
) -> Result<(), FlowError> {
    let next = mandate.state.on(MandateEvent::Revoke)?;
    store::mandate::set_state(conn, owner.id, mandate.id, mandate.state, next)?;
    // Before anything is judged: a plan orders no debit anew.
    store::plan::forget_mandate(conn, owner.id, mandate.debtor, mandate.id)?;
    let invoices = call_off::under(conn, owner, mandate, now)?;
    let letter = Letter {
        debtor: mandate.debtor,
        kind: MessageKind::MandateRevoked,
        about: mandate.id.to_string(),
        dedup: format!("mandate_revoked:{}", mandate.id),
        invoices: invoices.iter().copied().collect(),
    };
    if enqueue(conn, owner, letter, now)?.is_some() && !invoices.is_empty() {
        rest(conn, owner, mandate.debtor, now)?;
    }
    let deed = Deed {
        actor,
        action: "mandate.revoked",
        debtor: mandate.debtor,
        subject: mandate.id.to_string(),
        detail: mandate.reference.to_string(),
    };
    note(conn, owner.id, now, deed)
}

/// A mandate and what was ordered under it.
#[derive(Clone, Debug)]
pub struct Ordered {
    /// The mandate.
    pub mandate: Mandate,
    /// Its debits, oldest first.
    pub debits: Vec<Collection>,
    /// What is left to pay of those that were called off, and the day it was promised for.
    pub instead: Vec<(Option<Day>, Money)>,
    /// The invoices of which something can be paid.
    pub payable: Vec<InvoiceId>,
}

/// Reads it; another debtor's is not found.
pub fn look(
    conn: &mut Conn,
    (supplier, debtor): (SupplierId, DebtorId),
    id: MandateId,
) -> Result<Ordered, StoreError> {
    let mandate = store::mandate::find(conn, supplier, id)?;
    if mandate.debtor != debtor {
        return Err(StoreError::NotFound);
    }
    let debits = store::collection::of_mandate(conn, supplier, debtor, id)?;
    let mut ids = BTreeSet::new();
    for debit in &debits {
        if debit.state == CollectionState::Cancelled {
            let payment = store::payment::find(conn, supplier, debit.payment)?;
            ids.extend(payment.shares.iter().map(|share| share.invoice));
        }
    }
    let ids: Vec<InvoiceId> = ids.into_iter().collect();
    let items = store::invoice::find_many(conn, supplier, debtor, &ids)?;
    let failed = |why: MoneyError| StoreError::Failed(why.to_string());
    let mut payable = Vec::new();
    for item in &items {
        if item.payable().map_err(failed)?.is_positive() {
            payable.push(item.id);
        }
    }
    let mut instead = Vec::from_iter(free(&items).map_err(failed)?);
    for promise in store::promise::waiting_on(conn, supplier, debtor, &ids)? {
        let amounts = promise.shares.iter().map(|share| share.amount);
        let waits = Money::sum(promise.amount.currency(), amounts).map_err(failed)?;
        if promise.holds() && waits.is_positive() {
            instead.push((Some(promise.due_on), waits));
        }
    }
    Ok(Ordered {
        mandate,
        debits,
        instead,
        payable,
    })
}

/// What nobody has said anything about: it is to pay now. Debits are in euros.
fn free(items: &[Invoice]) -> Result<Option<(Option<Day>, Money)>, MoneyError> {
    let mut sum = Money::eur(0);
    for item in items {
        sum = sum.checked_add(item.remindable()?.at_least_zero())?;
    }
    Ok(sum.is_positive().then_some((None, sum)))
}
