//! The debtor has an amount debited on a day it chooses, under a mandate it signed.

use domain::collection::{Collection, CollectionEvent, CollectionState};
use domain::designation::Designation;
use domain::mandate::{Mandate, MandateState, Usage};
use domain::message::MessageKind;
use domain::party::Supplier;
use domain::payment::{Method, Payment, PaymentEvent, PaymentState};
use domain::{CollectionId, Currency, Day, DebtorId, MandateId, Moment, SupplierId, target};

use super::error::FlowError;
use super::guard::{Actor, Deed, Visitor, designated, enter, note, replan, take, worthwhile};
use super::notify::{Letter, enqueue};
use crate::app::App;
use crate::clock::new_id;
use crate::store::invoice::Hold;
use crate::store::{self, Conn};

/// How far ahead a debtor may put a debit, in days.
pub const AHEAD_DAYS_MAX: i64 = 60;

/// What the debtor asks for.
#[derive(Clone, Debug)]
pub struct DebitOrder {
    /// Under which mandate.
    pub mandate: MandateId,
    /// Which invoices and credit notes, and how much of each; euros.
    pub what: Designation,
    /// The day the debtor chose.
    pub collect_on: Day,
    /// The form's key: sent twice, done once.
    pub key: String,
}

/// The first day that can still be chosen. One more bank day than the bank asks for, so that the
/// announcement always leaves before the file does.
#[must_use]
pub fn first_day(supplier: &Supplier, now: Moment) -> Day {
    let profile = supplier.bank.as_ref().map(|bank| bank.debits);
    let profile = profile.unwrap_or_default();
    let told = supplier.zone.day(now);
    let first = target::next_bank_day(profile.earliest(supplier.zone, now));
    profile.collection_day(first, told, first)
}

/// Plans the debit, holds the amounts, and announces it to the debtor.
pub async fn order(
    app: &App,
    visitor: Visitor,
    order: DebitOrder,
) -> Result<CollectionId, FlowError> {
    let now = app.now();
    app.store
        .write(visitor.supplier, move |conn| {
            record(conn, &visitor, &order, now)
        })
        .await
}

/// The body of [`order`], for flows that sign a mandate and order a debit in one go.
pub(super) fn record(
    conn: &mut Conn,
    visitor: &Visitor,
    order: &DebitOrder,
    now: Moment,
) -> Result<CollectionId, FlowError> {
    let (supplier_id, debtor) = (visitor.supplier, visitor.debtor);
    let supplier = enter(conn, supplier_id, debtor)?;
    if let Some(done) = store::request::outcome(conn, supplier_id, debtor, &order.key)? {
        return done.parse().map_err(|_| FlowError::NothingOpen);
    }
    let what = (&order.what, supplier.zone.day(now));
    worthwhile(conn, (supplier_id, debtor), what)?;
    let by = (debtor, &Actor::visitor(visitor));
    let collection = place(conn, &supplier, by, order, now)?;
    let subject = collection.id.to_string();
    store::request::keep(conn, supplier_id, debtor, &order.key, &subject, now)?;
    Ok(collection.id)
}

/// Plans the debit under the guard, whatever form asked for it.
pub(super) fn place(
    conn: &mut Conn,
    supplier: &Supplier,
    (debtor, actor): (DebtorId, &Actor),
    order: &DebitOrder,
    now: Moment,
) -> Result<Collection, FlowError> {
    let supplier_id = supplier.id;
    let mandate = usable(conn, (supplier_id, debtor), order.mandate)?;
    let collect_on = check_day(supplier, order.collect_on, now)?;
    let what = (&order.what, supplier.zone.day(now));
    let (amount, _) = designated(conn, (supplier_id, debtor), what)?;
    if amount.currency() != Currency::EUR {
        return Err(FlowError::NotOffered(Method::Debit));
    }
    let payment = Payment {
        id: new_id(),
        supplier: supplier_id,
        debtor,
        method: Method::Debit,
        state: PaymentState::Created.on(PaymentEvent::Submitted)?,
        amount,
        provider_ref: None,
        created_at: now,
        expires_at: None,
        effective_on: None,
        shares: order.what.shares.clone(),
        credits: order.what.credits.clone(),
        charges: order.what.charges.clone(),
    };
    let collection = Collection {
        id: new_id(),
        supplier: supplier_id,
        debtor,
        mandate: mandate.id,
        payment: payment.id,
        amount,
        collect_on,
        state: CollectionState::Planned,
        batch: None,
        block: None,
        told_on: None,
    };
    store::payment::insert(conn, &payment, None)?;
    store::collection::insert(conn, &collection)?;
    take(conn, supplier_id, order.what.held(), Hold::Reserved)?;
    replan(conn, supplier, debtor, now)?;
    announce(conn, supplier, &collection, &payment, now)?;
    let deed = Deed {
        actor,
        action: "debit.ordered",
        debtor,
        subject: collection.id.to_string(),
        detail: format!("{amount} on {collect_on}, mandate {}", mandate.reference),
    };
    note(conn, supplier_id, now, deed)?;
    Ok(collection)
}

/// A debtor's mandate, if a debit can be ordered under it.
pub(super) fn usable(
    conn: &mut Conn,
    (supplier, debtor): (SupplierId, DebtorId),
    id: MandateId,
) -> Result<Mandate, FlowError> {
    let mandate = store::mandate::find(conn, supplier, id)?;
    if mandate.debtor != debtor {
        return Err(store::StoreError::NotFound.into());
    }
    let used_up = mandate.usage == Usage::OneOff
        && store::collection::carries_any(conn, supplier, debtor, mandate.id)?;
    if mandate.state != MandateState::Active || used_up {
        return Err(FlowError::NotOffered(Method::Debit));
    }
    Ok(mandate)
}

/// The chosen day, moved to a bank day, if the bank can do it.
fn check_day(supplier: &Supplier, chosen: Day, now: Moment) -> Result<Day, FlowError> {
    let first = first_day(supplier, now);
    let day = target::bank_day_from(chosen);
    let last = supplier.zone.day(now).plus_days(AHEAD_DAYS_MAX);
    if day < first || chosen > last {
        return Err(domain::promise::OutsideLimits { first, last }.into());
    }
    Ok(day)
}

/// A debit whose day has passed before a file held it gets the first day that can still be done,
/// and is announced anew: nothing is collected on a day that the debtor was not told of. A promise
/// that it is to keep goes with it, for the delay is not the debtor's.
pub(super) fn postpone(
    conn: &mut Conn,
    supplier: &Supplier,
    (id, debtor): (CollectionId, DebtorId),
    now: Moment,
) -> Result<(), FlowError> {
    enter(conn, supplier.id, debtor)?;
    let mut debit = store::collection::find(conn, supplier.id, id)?;
    let mandate = store::mandate::find(conn, supplier.id, debit.mandate)?;
    let Ok(next) = debit.state.on(CollectionEvent::Postpone) else {
        return Ok(());
    };
    if mandate.state != MandateState::Active {
        return Ok(());
    }
    let day = first_day(supplier, now);
    store::collection::set_state(conn, supplier.id, id, debit.state, next)?;
    store::collection::set_day(conn, supplier.id, id, day)?;
    let payment = store::payment::find(conn, supplier.id, debit.payment)?;
    let promise = store::promise::of_payment(conn, supplier.id, debtor, payment.id)?;
    if let Some(promise) = promise.filter(|one| one.is_open()) {
        store::promise::set_due_on(conn, supplier.id, promise.id, day)?;
    }
    let detail = format!("{} from {} to {day}", debit.amount, debit.collect_on);
    debit.collect_on = day;
    announce(conn, supplier, &debit, &payment, now)?;
    let deed = Deed {
        actor: &Actor::job("debits"),
        action: "debit.postponed",
        debtor,
        subject: id.to_string(),
        detail,
    };
    note(conn, supplier.id, now, deed)
}

fn announce(
    conn: &mut Conn,
    supplier: &Supplier,
    collection: &Collection,
    payment: &Payment,
    now: Moment,
) -> Result<(), FlowError> {
    let letter = Letter {
        debtor: collection.debtor,
        kind: MessageKind::DebitNotice,
        about: collection.id.to_string(),
        dedup: format!("debit_notice:{}:{}", collection.id, collection.collect_on),
        invoices: payment.shares.iter().map(|share| share.invoice).collect(),
    };
    enqueue(conn, supplier, letter, now)?;
    Ok(())
}

/// The announcement left: from now on the debit may go into a file, and the days agreed between
/// the two are counted. Called by `deliver`.
pub(super) fn announced(
    conn: &mut Conn,
    supplier: SupplierId,
    id: CollectionId,
    now: Moment,
) -> Result<(), FlowError> {
    let collection = store::collection::find(conn, supplier, id)?;
    if collection.state == CollectionState::Planned {
        let next = collection.state.on(CollectionEvent::Notify)?;
        store::collection::set_state(conn, supplier, id, collection.state, next)?;
        let told_on = store::supplier::find(conn, supplier)?.zone.day(now);
        store::collection::set_told_on(conn, supplier, id, told_on)?;
    }
    Ok(())
}
