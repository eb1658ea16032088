//! Promises and instalments are judged by the day of the money: when money comes, when their day
//! and the grace have passed, and again when money is taken back.

use std::collections::BTreeSet;

use domain::message::MessageKind;
use domain::party::Supplier;
use domain::payment::{Method, Payment, PaymentState};
use domain::plan::DEBIT_AHEAD_DAYS;
use domain::promise::{self, Came, Promise, PromiseEvent, PromiseState, grace_ends};
use domain::{Day, DebtorId, InvoiceId, Moment, Money, PlanId};

use super::error::FlowError;
use super::guard::{Actor, Deed, chosen, enter, note, replan, take};
use super::notify::{Letter, enqueue};
use super::plan_course;
use super::plan_reminders::fresh;
use super::promise::leave;
use crate::app::App;
use crate::store::invoice::Hold;
use crate::store::{self, Conn};

/// Promises or plans looked at in one go; the rest waits for the next tick.
const AT_ONCE: i64 = 1_000;

/// Payments under way of one debtor that are looked at.
const UNDER_WAY_MAX: i64 = 50;

/// Days without a reminder after a message about a missed day: one message is enough for now.
const REST_DAYS: i64 = 3;

/// Judges what waits on these invoices after money came in: called by `settle`, under the guard.
pub(super) fn after_money(
    conn: &mut Conn,
    supplier: &Supplier,
    debtor: DebtorId,
    invoices: &[InvoiceId],
    now: Moment,
) -> Result<(), FlowError> {
    let mut plans = BTreeSet::new();
    for promise in store::promise::waiting_on(conn, supplier.id, debtor, invoices)? {
        match promise.plan {
            Some(plan) => {
                plans.insert(plan);
            }
            None => {
                judge(conn, supplier, &promise, now)?;
            }
        }
    }
    for plan in plans {
        plan_course::judge(conn, supplier, plan, now)?;
    }
    better(conn, supplier, debtor, invoices, now)
}

/// Promises that were judged to be missed are judged again by the day of the money: it may have
/// come in time and be known late, or it came late and kept them late.
fn better(
    conn: &mut Conn,
    supplier: &Supplier,
    debtor: DebtorId,
    invoices: &[InvoiceId],
    now: Moment,
) -> Result<(), FlowError> {
    for promise in store::promise::missed_on(conn, supplier.id, debtor, invoices)? {
        let Some(event) = verdict(conn, supplier, &promise, now)? else {
            continue;
        };
        if let Ok(next) = promise.state.on(event) {
            store::promise::set_state(conn, supplier.id, promise.id, promise.state, next)?;
        }
    }
    Ok(())
}

/// What relied on a debit that will not come goes on without it: called when one was called off
/// with its mandate or refused by the bank, under the guard, once its amounts are free.
///
/// The day that was said stands, so the amounts wait for it as promised and are to be paid another
/// way; what has waited long enough is judged now.
pub(super) fn without_debit(
    conn: &mut Conn,
    supplier: &Supplier,
    payment: &Payment,
    now: Moment,
) -> Result<(), FlowError> {
    let ids: Vec<InvoiceId> = payment.shares.iter().map(|share| share.invoice).collect();
    let mut plans = BTreeSet::new();
    for mut promise in store::promise::waiting_on(conn, supplier.id, payment.debtor, &ids)? {
        if let Some(plan) = promise.plan {
            plans.insert(plan);
        } else if promise.payment == Some(payment.id) && stands_alone(conn, &mut promise, now)? {
            judge(conn, supplier, &promise, now)?;
        }
    }
    for plan in plans {
        plan_course::judge(conn, supplier, plan, now)?;
    }
    Ok(())
}

/// A promise whose debit is gone holds its amounts by itself; one of which other money has paid or
/// taken a part meanwhile ends, as there is nothing left to wait for as it was said.
fn stands_alone(conn: &mut Conn, promise: &mut Promise, now: Moment) -> Result<bool, FlowError> {
    let whose = (promise.supplier, promise.debtor);
    match chosen(conn, whose, &promise.shares, |invoice| invoice.payable()) {
        Ok(_) => {}
        Err(FlowError::TooMuch { .. } | FlowError::NothingOpen) => {
            leave(conn, promise, PromiseEvent::Cancel, now)?;
            return Ok(false);
        }
        Err(why) => return Err(why),
    }
    promise.method = None;
    promise.payment = None;
    store::promise::set_way(conn, promise)?;
    take(conn, promise.supplier, &promise.shares, Hold::Promised)?;
    Ok(true)
}

/// Judges again what money kept that was taken back: called by `take_back`, under the guard.
pub(super) fn again(
    conn: &mut Conn,
    supplier: &Supplier,
    debtor: DebtorId,
    invoices: &[InvoiceId],
    now: Moment,
) -> Result<(), FlowError> {
    let mut plans: BTreeSet<PlanId> = BTreeSet::new();
    for mut promise in store::promise::judged_on(conn, supplier.id, debtor, invoices)? {
        if let Some(plan) = promise.plan {
            plans.insert(plan);
            continue;
        }
        wait_again(conn, &mut promise)?;
        judge(conn, supplier, &promise, now)?;
    }
    for plan in plans {
        plan_course::again(conn, supplier, plan, now)?;
    }
    Ok(())
}

/// A judged promise waits as if it had not been.
pub(super) fn wait_again(conn: &mut Conn, promise: &mut Promise) -> Result<(), FlowError> {
    let next = promise.state.on(PromiseEvent::Rejudge)?;
    store::promise::set_state(conn, promise.supplier, promise.id, promise.state, next)?;
    promise.state = next;
    if promise.holds() {
        take(conn, promise.supplier, &promise.shares, Hold::Promised)?;
    }
    Ok(())
}

fn judge(
    conn: &mut Conn,
    supplier: &Supplier,
    promise: &Promise,
    now: Moment,
) -> Result<Option<PromiseEvent>, FlowError> {
    let verdict = verdict(conn, supplier, promise, now)?;
    if let Some(event) = verdict {
        leave(conn, promise, event, now)?;
    }
    if verdict == Some(PromiseEvent::NotPaid) {
        tell_broken(conn, supplier, promise, now)?;
    }
    Ok(verdict)
}

/// What is to be said of a promise today, by the days of the money.
fn verdict(
    conn: &mut Conn,
    supplier: &Supplier,
    promise: &Promise,
    now: Moment,
) -> Result<Option<PromiseEvent>, FlowError> {
    let (today, grace) = (supplier.zone.day(now), grace_ends(promise.due_on));
    let made_on = supplier.zone.day(promise.made_at);
    let came = Came {
        in_time: received(conn, promise, (made_on, grace))?,
        by_now: received(conn, promise, (made_on, grace.max(today)))?,
        under_way: today > grace && is_under_way(conn, promise)?,
    };
    Ok(promise::judge(promise, &came, today))
}

fn received(conn: &mut Conn, promise: &Promise, days: (Day, Day)) -> Result<Money, FlowError> {
    let (supplier, since) = (promise.supplier, promise.made_at);
    let mut paid = Money::zero(promise.amount.currency());
    for share in &promise.shares {
        let came = store::ledger::received_on(conn, supplier, share, since, days)?;
        paid = paid.checked_add(came.least(share.amount)?)?;
    }
    Ok(paid)
}

/// Whether a bank has still to answer for money of a promise: its own debit, or one by the payment
/// provider that the debtor agreed to.
fn is_under_way(conn: &mut Conn, promise: &Promise) -> Result<bool, FlowError> {
    let (supplier, debtor) = (promise.supplier, promise.debtor);
    let all = store::payment::holding(conn, supplier, debtor, UNDER_WAY_MAX)?;
    let touches = |payment: &Payment| {
        let mut own = promise.shares.iter();
        own.any(|share| {
            payment
                .shares
                .iter()
                .any(|one| one.invoice == share.invoice)
        })
    };
    Ok(all.iter().any(|(payment, _)| match payment.method {
        Method::Debit => promise.payment == Some(payment.id),
        Method::ProviderDebit => payment.state == PaymentState::Processing && touches(payment),
        _ => false,
    }))
}

/// Says once that the promised money did not come. On a balance that is too old nothing is said:
/// it may have come.
fn tell_broken(
    conn: &mut Conn,
    supplier: &Supplier,
    promise: &Promise,
    now: Moment,
) -> Result<(), FlowError> {
    if !fresh(supplier, supplier.zone.day(now)) {
        return Ok(());
    }
    let letter = Letter {
        debtor: promise.debtor,
        kind: MessageKind::PromiseBroken,
        about: promise.id.to_string(),
        dedup: format!("promise_broken:{}", promise.id),
        invoices: promise.shares.iter().map(|share| share.invoice).collect(),
    };
    if enqueue(conn, supplier, letter, now)?.is_some() {
        rest(conn, supplier, promise.debtor, now)?;
    }
    Ok(())
}

/// The account has been written to: reminders wait a little.
pub(super) fn rest(
    conn: &mut Conn,
    supplier: &Supplier,
    debtor: DebtorId,
    now: Moment,
) -> Result<(), FlowError> {
    let day = supplier.zone.day(now).plus_days(REST_DAYS);
    Ok(store::debtor::set_plan_on(
        conn,
        supplier.id,
        debtor,
        Some(day),
    )?)
}

/// Judges the promises and plans whose day and grace have passed, and the plans of which a debit is
/// to be ordered; returns how many.
pub async fn due(app: &App, supplier: Supplier) -> Result<usize, FlowError> {
    let now = app.now();
    // The grace is of bank days, so some that are read here still have time.
    let until = supplier
        .zone
        .day(now)
        .plus_days(-promise::GRACE_BANK_DAYS - 1);
    let today = supplier.zone.day(now);
    let near = (today, today.plus_days(DEBIT_AHEAD_DAYS));
    let id = supplier.id;
    let (promises, plans) = app
        .store
        .report(id, move |conn| {
            let due = store::promise::to_judge(conn, id, until, AT_ONCE)?;
            let mut plans = store::plan::due(conn, id, until, AT_ONCE)?;
            plans.extend(store::promise::plans_to_debit(conn, id, near, AT_ONCE)?);
            plans.extend(store::promise::plans_past_debit(conn, id, AT_ONCE)?);
            plans.sort_unstable();
            plans.dedup();
            Ok((due, plans))
        })
        .await?;
    let mut count = plans.len();
    for promise in promises {
        let supplier = supplier.clone();
        let judged = app
            .store
            .write(supplier.id, move |conn| {
                judge_one(conn, &supplier, &promise, now)
            })
            .await?;
        count += usize::from(judged);
    }
    for (plan, debtor) in plans {
        let supplier = supplier.clone();
        let judged: Result<(), FlowError> = app
            .store
            .write(supplier.id, move |conn| {
                enter(conn, supplier.id, debtor)?;
                plan_course::judge(conn, &supplier, plan, now)
            })
            .await;
        judged?;
    }
    Ok(count)
}

fn judge_one(
    conn: &mut Conn,
    supplier: &Supplier,
    found: &Promise,
    now: Moment,
) -> Result<bool, FlowError> {
    enter(conn, supplier.id, found.debtor)?;
    let promise = store::promise::find(conn, supplier.id, found.id)?;
    if promise.state != PromiseState::Made || supplier.zone.day(now) <= grace_ends(promise.due_on) {
        return Ok(false);
    }
    if verdict(conn, supplier, &promise, now)?.is_none() {
        return Ok(false);
    }
    replan(conn, supplier, promise.debtor, now)?;
    let Some(event) = judge(conn, supplier, &promise, now)? else {
        return Ok(false);
    };
    let deed = Deed {
        actor: &Actor::job("promises"),
        action: "promise.judged",
        debtor: promise.debtor,
        subject: promise.id.to_string(),
        detail: event.to_string(),
    };
    note(conn, supplier.id, now, deed)?;
    Ok(true)
}
