//! A debtor says when it will pay; the promise is judged by the day of the money.

use domain::invoice::Share;
use domain::message::MessageKind;
use domain::party::Supplier;
use domain::promise::{self, GRACE_DAYS, Promise, PromiseEvent, PromiseState};
use domain::{Day, InvoiceId, Moment, Money, PromiseId};

use super::error::FlowError;
use super::guard::{Actor, Deed, Visitor, chosen, enter, give_back, note, replan, sum, take};
use super::notify::{Letter, enqueue};
use crate::app::App;
use crate::clock::new_id;
use crate::store::invoice::Hold;
use crate::store::{self, Conn};

/// What the debtor promises.
#[derive(Clone, Debug)]
pub struct Pledge {
    /// Which invoices, and how much of each.
    pub shares: Vec<Share>,
    /// The day.
    pub due_on: Day,
    /// The form's key: sent twice, done once.
    pub key: String,
}

/// Records a promise; an earlier one on the same invoices is replaced by it.
pub async fn make(app: &App, visitor: Visitor, pledge: Pledge) -> Result<PromiseId, FlowError> {
    let now = app.now();
    app.store
        .write(move |conn| record(conn, &visitor, &pledge, now))
        .await
}

fn record(
    conn: &mut Conn,
    visitor: &Visitor,
    pledge: &Pledge,
    now: Moment,
) -> Result<PromiseId, FlowError> {
    let (supplier_id, debtor) = (visitor.supplier, visitor.debtor);
    let supplier = enter(conn, supplier_id, debtor)?;
    if let Some(done) = store::request::outcome(conn, supplier_id, debtor, &pledge.key)? {
        return done.parse().map_err(|_| FlowError::NothingOpen);
    }
    let today = replan(conn, &supplier, debtor, now)?;
    promise::check_day(pledge.due_on, today, supplier.promise_days_max)?;
    let ids: Vec<InvoiceId> = pledge.shares.iter().map(|share| share.invoice).collect();
    for earlier in store::promise::waiting_on(conn, supplier_id, debtor, &ids)? {
        leave(conn, &earlier, PromiseEvent::Replace)?;
    }
    let invoices = chosen(conn, (supplier_id, debtor), &pledge.shares, |invoice| {
        invoice.payable()
    })?;
    let new = Promise {
        id: new_id(),
        supplier: supplier_id,
        debtor,
        due_on: pledge.due_on,
        amount: sum(&pledge.shares)?,
        state: PromiseState::Made,
        made_at: now,
        shares: pledge.shares.clone(),
    };
    store::promise::insert(conn, &new)?;
    take(conn, supplier_id, &new.shares, Hold::Promised)?;
    let subject = new.id.to_string();
    store::request::keep(conn, supplier_id, debtor, &pledge.key, &subject, now)?;
    tell(conn, &supplier, &new, now)?;
    let numbers: Vec<&str> = invoices
        .iter()
        .map(|invoice| invoice.number.as_str())
        .collect();
    let deed = Deed {
        actor: &Actor::visitor(visitor),
        action: "promise.made",
        debtor,
        subject,
        detail: format!(
            "{} on {} for {}",
            new.amount,
            new.due_on,
            numbers.join(", ")
        ),
    };
    note(conn, supplier_id, now, deed)?;
    Ok(new.id)
}

fn tell(conn: &mut Conn, supplier: &Supplier, new: &Promise, now: Moment) -> Result<(), FlowError> {
    let letter = Letter {
        debtor: new.debtor,
        kind: MessageKind::PromiseNoted,
        about: new.id.to_string(),
        dedup: format!("promise_noted:{}", new.id),
        invoices: new.shares.iter().map(|share| share.invoice).collect(),
    };
    enqueue(conn, supplier, letter, now)?;
    Ok(())
}

/// Ends the waiting of a promise: its amounts are free for reminders again.
fn leave(conn: &mut Conn, promise: &Promise, event: PromiseEvent) -> Result<(), FlowError> {
    let next = promise.state.on(event)?;
    store::promise::set_state(conn, promise.supplier, promise.id, promise.state, next)?;
    give_back(conn, promise.supplier, &promise.shares, Hold::Promised)
}

/// Judges the waiting promises on these invoices after money came in: called by `settle`, under
/// the guard.
pub(super) fn judge_after_money(
    conn: &mut Conn,
    supplier: &Supplier,
    debtor: domain::DebtorId,
    invoices: &[InvoiceId],
    today: Day,
) -> Result<(), FlowError> {
    for promise in store::promise::waiting_on(conn, supplier.id, debtor, invoices)? {
        judge(conn, supplier, &promise, today)?;
    }
    Ok(())
}

fn judge(
    conn: &mut Conn,
    supplier: &Supplier,
    promise: &Promise,
    today: Day,
) -> Result<Option<PromiseEvent>, FlowError> {
    let since = promise.made_at;
    let from = supplier.zone.day(since);
    let days = (from, promise.due_on.plus_days(GRACE_DAYS));
    let mut paid = Money::zero(promise.amount.currency());
    for share in &promise.shares {
        let came = store::ledger::received_on(conn, supplier.id, share, since, days)?;
        paid = paid.checked_add(came.least(share.amount)?)?;
    }
    let verdict = promise::judge(promise, paid, today);
    if let Some(event) = verdict {
        leave(conn, promise, event)?;
    }
    Ok(verdict)
}

/// Judges the promises whose day and grace have passed; returns how many.
pub async fn judge_due(app: &App, supplier: Supplier) -> Result<usize, FlowError> {
    let now = app.now();
    let today = supplier.zone.day(now);
    let until = today.plus_days(-GRACE_DAYS - 1);
    let id = supplier.id;
    let due = app
        .store
        .report(move |conn| {
            store::promise::in_state_until(conn, id, PromiseState::Made, until, 1_000)
        })
        .await?;
    let count = due.len();
    for promise in due {
        let supplier = supplier.clone();
        app.store
            .write(move |conn| judge_one(conn, &supplier, &promise, now))
            .await?;
    }
    Ok(count)
}

fn judge_one(
    conn: &mut Conn,
    supplier: &Supplier,
    promise: &Promise,
    now: Moment,
) -> Result<(), FlowError> {
    enter(conn, supplier.id, promise.debtor)?;
    let today = replan(conn, supplier, promise.debtor, now)?;
    let Some(event) = judge(conn, supplier, promise, today)? else {
        return Ok(());
    };
    let deed = Deed {
        actor: &Actor::job("promises"),
        action: "promise.judged",
        debtor: promise.debtor,
        subject: promise.id.to_string(),
        detail: event.to_string(),
    };
    note(conn, supplier.id, now, deed)
}
