//! A step that came back and that nobody else gets by mail: it is free again when one of its other
//! channels reaches somebody, and the next planning takes that one.

use domain::Moment;
use domain::message::{Message, MessageEvent, MessageState};
use domain::scenario::{Channel, Scenario};

use crate::flows::error::FlowError;
use crate::flows::guard::{Actor, Deed, note};
use crate::flows::{plan_reminders, reach};
use crate::store::outbox::Report;
use crate::store::{self, Conn, StoreError};

/// Why a message that came back is given up.
const TAKEN_OTHERWISE: &str = "came back: planned by another channel";

/// Frees the steps of a message that failed, if they can be taken another way. Gives the state it
/// has then: what is planned anew is not sent again by hand.
pub(super) fn plan(
    conn: &mut Conn,
    message: &Message,
    now: Moment,
) -> Result<MessageState, FlowError> {
    let failed = MessageState::Failed;
    if !message.kind.is_step() || !has_another_way(conn, message)? {
        return Ok(failed);
    }
    plan_reminders::again(conn, message, now)?;
    let to = failed.on(MessageEvent::GiveUp)?;
    let report = Report {
        from: failed,
        to,
        outcome: TAKEN_OTHERWISE.to_owned(),
        at: now,
        due_at: None,
    };
    store::outbox::record(conn, message, &report)?;
    let deed = Deed {
        actor: &Actor::job("bounced"),
        action: "message.otherwise",
        debtor: message.debtor,
        subject: message.id.to_string(),
        detail: message.kind.to_string(),
    };
    note(conn, message.supplier, now, deed)?;
    Ok(to)
}

/// Whether a step of this message may go by another channel that is there and reaches somebody.
fn has_another_way(conn: &mut Conn, message: &Message) -> Result<bool, StoreError> {
    let reached = reach::find(conn, message.supplier, message.debtor)?;
    let ready = reach::ready(conn, message.supplier)?;
    let open = |channel: &Channel| {
        *channel != message.channel && ready.contains(channel) && reached.contains_key(channel)
    };
    let usual = Scenario::french_default();
    let mut steps = store::step::of_messages(conn, message.supplier, &[message.id])?;
    for (code, of) in steps.remove(&message.id).unwrap_or_default() {
        let own = match of {
            Some((id, version)) => Some(store::scenario::version(
                conn,
                message.supplier,
                id,
                version,
            )?),
            None => None,
        };
        let steps = &own.as_ref().unwrap_or(&usual).steps;
        let step = steps.iter().find(|step| step.code == code);
        if step.is_some_and(|step| step.channels.iter().any(open)) {
            return Ok(true);
        }
    }
    Ok(false)
}
