//! A message came back, or its recipient wants none: its address is left alone, somebody is asked
//! to find a better one, and what had to be said goes to whoever else is there.

mod otherwise;

use std::collections::BTreeSet;

use domain::bounce::{SOFT_DAYS, SOFT_MAX, Verdict};
use domain::message::{Message, MessageEvent, MessageState};
use domain::party::TaskKind;
use domain::scenario::Channel;
use domain::{BounceId, MessageId, Moment, SupplierId, TaskId};

use super::error::FlowError;
use super::guard::{Actor, Deed, enter, note};
use super::notify::whoever_is_reached;
use super::reach;
use crate::clock::new_id;
use crate::gateway::read_mail::Told;
use crate::store::bounce::{Bounce, Suppressed, small_letters};
use crate::store::outbox::Report;
use crate::store::task::ContactTask;
use crate::store::{self, Conn, StoreError};

/// Who told it, and what keeps it from being counted twice.
#[derive(Clone, Debug)]
pub(super) struct Source {
    pub name: &'static str,
    pub key: String,
}

/// What became of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Applied {
    /// It counts.
    Counted,
    /// It was told before.
    Known,
}

/// Records what a server on the way or a provider tells of a message that left.
pub(super) fn apply(
    conn: &mut Conn,
    (supplier, id): (SupplierId, MessageId),
    told: &Told,
    source: &Source,
    now: Moment,
) -> Result<Applied, FlowError> {
    let debtor = store::outbox::find(conn, supplier, id)?.debtor;
    enter(conn, supplier, debtor)?;
    let message = store::outbox::find(conn, supplier, id)?;
    // The sender has not noted yet how its own exchange ended: a little later it has.
    if message.state == MessageState::Data {
        return Err(StoreError::Conflict.into());
    }
    let address = mailbox(conn, &message, told)?;
    let other = told.recipient.as_deref().map(small_letters);
    let other = other.filter(|named| *named != address);
    if let Some(other) = &other
        && store::bounce::was_told(conn, supplier, (debtor, id), other)?
    {
        // It went there first, came back, and has gone to somebody else since.
        return Ok(Applied::Known);
    }
    let told = for_own_address(told, other.is_none());
    let news = (address.as_str(), &told, source);
    if !keep(conn, &message, news, now)? {
        return Ok(Applied::Known);
    }
    let event = match told.verdict {
        _ if other.is_some() => None,
        Verdict::Delivered => Some(MessageEvent::ProvedSent),
        verdict if verdict.ends_message() => Some(MessageEvent::Bounced),
        _ => None,
    };
    let next = event.and_then(|event| message.state.on(event).ok());
    if let Some(to) = next {
        let report = Report {
            from: message.state,
            to,
            outcome: told.words.clone(),
            at: now,
            due_at: None,
        };
        store::outbox::record(conn, &message, &report)?;
    }
    let failed = next == Some(MessageState::Failed);
    consequences(conn, &message, news, (failed, now))?;
    Ok(Applied::Counted)
}

/// Records that the mail server itself refused a message, which its sender has noted as failed.
/// Gives the state it has then: it may go to somebody else.
pub(super) fn refused_at_once(
    conn: &mut Conn,
    message: &Message,
    (address, told): (&str, &Told),
    now: Moment,
) -> Result<MessageState, FlowError> {
    let name = match message.channel {
        Channel::Sms => "sms",
        _ => "smtp",
    };
    let source = Source {
        name,
        key: format!("{name}:{}:{}", message.id, message.attempts),
    };
    let address = small_letters(address);
    let news = (address.as_str(), told, &source);
    keep(conn, message, news, now)?;
    consequences(conn, message, news, (true, now))
}

type News<'a> = (&'a str, &'a Told, &'a Source);

/// The mailbox it went to.
fn mailbox(conn: &mut Conn, message: &Message, told: &Told) -> Result<String, FlowError> {
    let kept = store::outbox::addressed(conn, message.supplier, message.id)?;
    let contact = store::contact::find(conn, message.supplier, message.contact)?;
    let found = kept.or(contact.email).or_else(|| told.recipient.clone());
    Ok(small_letters(&found.unwrap_or_default()))
}

/// What is told of another mailbox, one that ours passes mail on to, says less of ours: it is
/// counted, but is no reason to write there no more.
fn for_own_address(told: &Told, own: bool) -> Told {
    let mut told = told.clone();
    if told.verdict == Verdict::Hard && !own {
        told.verdict = Verdict::Soft;
    }
    told
}

fn keep(
    conn: &mut Conn,
    message: &Message,
    (address, told, source): News<'_>,
    now: Moment,
) -> Result<bool, FlowError> {
    let new = Bounce {
        id: new_id::<BounceId>(),
        debtor: message.debtor,
        contact: message.contact,
        message: message.id,
        address: address.to_owned(),
        verdict: told.verdict,
        status: told.status,
        words: told.words.clone(),
        source: source.name.to_owned(),
        event_key: source.key.clone(),
        at: now,
    };
    if !store::bounce::insert(conn, message.supplier, &new)? {
        return Ok(false);
    }
    let status = told
        .status
        .map_or_else(String::new, |one| format!(" {one}"));
    let deed = Deed {
        actor: &Actor::job(source.name),
        action: "message.told",
        debtor: message.debtor,
        subject: message.id.to_string(),
        detail: format!("{}{status}", told.verdict),
    };
    note(conn, message.supplier, now, deed)?;
    Ok(true)
}

/// Suppresses the address, asks staff, and sends to somebody else what did not arrive.
fn consequences(
    conn: &mut Conn,
    message: &Message,
    (address, told, _): News<'_>,
    (failed, now): (bool, Moment),
) -> Result<MessageState, FlowError> {
    let state = if failed {
        MessageState::Failed
    } else {
        message.state
    };
    let dead = told.verdict.suppresses() || too_often(conn, message, (address, told), now)?;
    if !dead {
        return Ok(state);
    }
    let why = Suppressed {
        verdict: told.verdict,
        words: told.words.clone(),
        since: now,
    };
    store::bounce::suppress(conn, message.supplier, address, &why)?;
    let kind = match (message.channel, told.verdict) {
        (Channel::Sms, _) => TaskKind::BadNumber,
        (_, Verdict::Complaint) => TaskKind::Complained,
        _ => TaskKind::BadAddress,
    };
    ask_staff(
        conn,
        message,
        (kind, format!("{address} · {}", told.words)),
        now,
    )?;
    if failed {
        return elsewhere(conn, message, now);
    }
    Ok(state)
}

/// Whether an address refused so often in a row that it counts as dead.
fn too_often(
    conn: &mut Conn,
    message: &Message,
    (address, told): (&str, &Told),
    now: Moment,
) -> Result<bool, FlowError> {
    if told.verdict != Verdict::Soft {
        return Ok(false);
    }
    let since = now.plus_days(-SOFT_DAYS);
    let all = store::bounce::of_address(conn, message.supplier, address, since)?;
    let latest = all.iter().rev();
    let latest = latest.take_while(|(_, verdict)| *verdict != Verdict::Delivered);
    let soft = latest.filter(|(_, verdict)| *verdict == Verdict::Soft);
    // Two who tell of one message count once.
    let messages: BTreeSet<MessageId> = soft.map(|(id, _)| *id).collect();
    Ok(messages.len() >= SOFT_MAX)
}

fn ask_staff(
    conn: &mut Conn,
    message: &Message,
    (kind, detail): (TaskKind, String),
    now: Moment,
) -> Result<(), FlowError> {
    let mut waiting = store::task::waiting(conn, message.supplier, message.debtor)?.into_iter();
    if waiting.any(|task| task.kind == kind && task.contact == Some(message.contact)) {
        return Ok(());
    }
    let task = ContactTask {
        id: new_id::<TaskId>(),
        debtor: message.debtor,
        contact: Some(message.contact),
        kind,
        detail,
        made_at: now,
    };
    Ok(store::task::insert(conn, message.supplier, &task)?)
}

/// Gives a message that failed to whoever else is there. Where nobody is, a step may go another
/// way; what was for its contact alone stays as it is.
fn elsewhere(conn: &mut Conn, message: &Message, now: Moment) -> Result<MessageState, FlowError> {
    let (supplier, debtor) = (message.supplier, message.debtor);
    let next = match message.channel {
        Channel::Email => whoever_is_reached(conn, supplier, debtor)?.map(|one| one.id),
        other => reach::find(conn, supplier, debtor)?
            .remove(&other)
            .map(|(id, _)| id),
    };
    let Some(next) = next.filter(|_| !message.kind.is_personal()) else {
        return otherwise::plan(conn, message, now);
    };
    let to = MessageState::Failed.on(MessageEvent::SendAgain)?;
    store::outbox::readdress(conn, message, (MessageState::Failed, to), next, now)?;
    let deed = Deed {
        actor: &Actor::job("bounced"),
        action: "message.readdressed",
        debtor,
        subject: message.id.to_string(),
        detail: next.to_string(),
    };
    note(conn, supplier, now, deed)?;
    Ok(to)
}
