//! Letters and calls that wait for staff are called off once nothing is left to ask for.

use std::collections::BTreeSet;

use domain::message::{Message, MessageEvent, MessageState};
use domain::{DebtorId, MessageId, Moment, SupplierId};

use super::error::FlowError;
use super::letter::asks;
use super::plan_reminders::{self, HeldBack};
use crate::app::App;
use crate::store::by_hand::Done;
use crate::store::{self, Conn};

/// Messages looked at in one transaction.
const SOME: i64 = 50;

/// Why a message was called off.
const NOTHING: &str = "nothing is left to ask for";

/// Looks again at what waits for staff at accounts that changed; gives how many were called off.
pub async fn silence(app: &App, supplier: SupplierId) -> Result<usize, FlowError> {
    let (now, mut silenced) = (app.now(), 0);
    loop {
        let look = move |conn: &mut Conn| store::by_hand::unseen(conn, supplier, SOME);
        let found = app.store.report(supplier, look).await?;
        let all = found.len();
        if all == 0 {
            return Ok(silenced);
        }
        let judged: Result<usize, FlowError> = app
            .store
            .write(supplier, move |conn| judge(conn, supplier, &found, now))
            .await;
        silenced += judged?;
        if i64::try_from(all).unwrap_or(i64::MAX) < SOME {
            return Ok(silenced);
        }
    }
}

/// Calls off those of these messages that ask for nothing any more, and notes that the others are
/// still wanted; gives how many were called off. What staff sends are steps of scenarios: their
/// invoices alone decide.
fn judge(
    conn: &mut Conn,
    supplier: SupplierId,
    found: &[Message],
    now: Moment,
) -> Result<usize, FlowError> {
    // A bank file or an import may hold some of these guards and wait for others.
    store::bank::turn(conn, supplier)?;
    let debtors: BTreeSet<DebtorId> = found.iter().map(|one| one.debtor).collect();
    let debtors: Vec<DebtorId> = debtors.into_iter().collect();
    store::debtor::hold_many(conn, supplier, &debtors)?;
    let ids: Vec<MessageId> = found.iter().map(|one| one.id).collect();
    let mut waiting = store::outbox::find_many(conn, supplier, &ids)?;
    // One that was printed or called meanwhile is not judged by what it was.
    waiting.retain(|one| found.contains(one));
    let today = store::supplier::find(conn, supplier)?.zone.day(now);
    let held = HeldBack::read(conn, supplier, &debtors, today)?;
    let mut asked = store::by_hand::asked(conn, supplier, &waiting)?;
    let (mut wanted, mut silenced) = (Vec::new(), 0);
    for message in waiting {
        let mut invoices = asked.remove(&message.id).unwrap_or_default();
        held.keep(message.debtor, &mut invoices);
        if asks(&invoices)? {
            wanted.push(message);
        } else {
            call_off(conn, &message, now)?;
            silenced += 1;
        }
    }
    store::by_hand::seen(conn, supplier, &wanted)?;
    Ok(silenced)
}

/// Calls off a message that waits; its steps may be taken again.
pub(super) fn call_off(conn: &mut Conn, message: &Message, now: Moment) -> Result<(), FlowError> {
    let done = Done {
        to: message.state.on(MessageEvent::Silence)?,
        outcome: NOTHING.to_owned(),
        at: now,
        due_at: None,
        counts: false,
    };
    store::by_hand::record(conn, message, &done)?;
    if message.kind.is_step() {
        plan_reminders::again(conn, message, now)?;
    }
    Ok(())
}

/// The state after these events, one after the other.
pub(super) fn after(
    state: MessageState,
    events: &[MessageEvent],
) -> Result<MessageState, FlowError> {
    let mut state = state;
    for event in events {
        state = state.on(*event)?;
    }
    Ok(state)
}
