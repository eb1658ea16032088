//! Letters and calls that wait for staff are called off once nothing is left to ask for.

use domain::SupplierId;
use domain::message::{Message, MessageEvent, MessageState};

use super::error::FlowError;
use super::letter::{gather, still_wanted};
use super::plan_reminders;
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
        let judged: Result<usize, FlowError> = app
            .store
            .write(supplier, move |conn| {
                // A bank file or an import may hold some of these guards and wait for others.
                store::bank::turn(conn, supplier)?;
                let mut silenced = 0;
                for (message, _) in &found {
                    silenced += usize::from(judge(conn, message, now)?);
                }
                Ok(silenced)
            })
            .await;
        silenced += judged?;
        if i64::try_from(all).unwrap_or(i64::MAX) < SOME {
            return Ok(silenced);
        }
    }
}

/// Calls a message off, or notes that it is still wanted; `true` when it was called off.
fn judge(conn: &mut Conn, message: &Message, now: domain::Moment) -> Result<bool, FlowError> {
    let epoch = store::debtor::hold(conn, message.supplier, message.debtor)?;
    let fresh = store::outbox::find(conn, message.supplier, message.id)?;
    if fresh != *message {
        return Ok(false);
    }
    let material = gather(conn, message, now)?;
    if still_wanted(message.kind, &material)? {
        store::by_hand::seen(conn, message, epoch)?;
        return Ok(false);
    }
    call_off(conn, message, now)?;
    Ok(true)
}

/// Calls off a message that waits; its steps may be taken again.
pub(super) fn call_off(
    conn: &mut Conn,
    message: &Message,
    now: domain::Moment,
) -> Result<(), FlowError> {
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
