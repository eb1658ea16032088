//! A promised day, or that of an instalment, is told once more some days before.

use domain::message::MessageKind;
use domain::party::Supplier;
use domain::promise::{Promise, PromiseState};
use domain::{Day, Moment};

use super::error::FlowError;
use super::guard::enter;
use super::notify::{Letter, enqueue};
use super::plan_reminders::fresh;
use crate::app::App;
use crate::store::{self, Conn};

/// Promises looked at in one go; the rest waits for the next tick.
const AT_ONCE: i64 = 1_000;

/// Puts what is to be told today in the outbox, once a promise; returns how many. A missed day is
/// caught up until the day itself. On a balance that is too old nothing is said: it may be paid.
pub async fn run(app: &App, supplier: &Supplier) -> Result<usize, FlowError> {
    let now = app.now();
    let (id, today) = (supplier.id, supplier.zone.day(now));
    if !fresh(supplier, today) {
        return Ok(0);
    }
    let near = app
        .store
        .report(id, move |conn| {
            let days = i64::from(store::rhythm::find(conn, id)?.notice_days);
            let between = (today.plus_days(1), today.plus_days(days));
            let found = store::promise::to_tell(conn, id, between, AT_ONCE)?;
            Ok(found.into_iter().map(move |one| (one, days)))
        })
        .await?;
    let mut told = 0;
    for (promise, days) in near {
        if !in_advance(&promise, supplier, days) {
            continue;
        }
        let owner = supplier.clone();
        let telling = app
            .store
            .write(id, move |conn| tell(conn, &owner, &promise, (today, now)));
        told += usize::from(telling.await?);
    }
    Ok(told)
}

/// Whether it was made before the day on which it is told again: who has just promised knows.
fn in_advance(promise: &Promise, supplier: &Supplier, days: i64) -> bool {
    supplier.zone.day(promise.made_at) < promise.due_on.plus_days(-days)
}

fn tell(
    conn: &mut Conn,
    owner: &Supplier,
    found: &Promise,
    (today, now): (Day, Moment),
) -> Result<bool, FlowError> {
    enter(conn, owner.id, found.debtor)?;
    let promise = store::promise::find(conn, owner.id, found.id)?;
    if promise.state != PromiseState::Made || promise.due_on <= today {
        return Ok(false);
    }
    let letter = Letter {
        debtor: promise.debtor,
        kind: MessageKind::PromiseSoon,
        about: promise.id.to_string(),
        dedup: store::promise::told_key(promise.id),
        invoices: promise.shares.iter().map(|share| share.invoice).collect(),
    };
    Ok(enqueue(conn, owner, letter, now)?.is_some())
}
