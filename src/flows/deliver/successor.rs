//! A message whose contact is not written to any more: it goes to whoever is now, or nowhere.

use domain::message::{Message, MessageEvent, MessageKind, MessageState, Withheld};
use domain::party::{Contact, ContactState};
use domain::scenario::Channel;

use super::ends::{defer, report};
use crate::app::App;
use crate::flows::error::FlowError;
use crate::flows::guard::{Actor, Deed, enter, note};
use crate::flows::notify::{addressee, find_contact};
use crate::flows::{plan_reminders, reach};
use crate::store::{self, Conn, StoreError};

/// A claimed message that is given back.
const BACK: (MessageState, MessageState) = (MessageState::Claimed, MessageState::Due);

/// Whether the contact is still as it was when the message was composed, under the guard: one who
/// left or has another mailbox or number meanwhile is a conflict, and the message is looked at
/// again.
pub(super) fn still_there(
    conn: &mut Conn,
    message: &Message,
    read: &Contact,
) -> Result<(), FlowError> {
    let contact = store::contact::find(conn, message.supplier, message.contact)?;
    let address = match message.channel {
        Channel::Sms => contact.phone == read.phone,
        _ => contact.email == read.email,
    };
    if contact.state == read.state && address {
        Ok(())
    } else {
        Err(StoreError::Conflict.into())
    }
}

/// Gives a message that was claimed to the contact who is written to now. What was for the one who
/// left alone, or finds nobody, is called off with the reason. The announcement of a debit waits
/// for somebody instead: a debit that nobody was told of is never collected.
pub(super) async fn find(app: &App, message: Message) -> Result<MessageState, FlowError> {
    let (held, now) = (message.clone(), app.now());
    let found: Result<Option<MessageState>, FlowError> = app
        .store
        .write(message.supplier, move |conn| {
            let (owner, debtor) = (held.supplier, held.debtor);
            enter(conn, owner, debtor)?;
            let contacts = reach::contacts(conn, (owner, debtor), held.channel)?;
            let asked = contacts.iter().find(|one| one.id == held.contact);
            if asked.is_some_and(|one| one.state == ContactState::Active) {
                store::outbox::readdress(conn, &held, BACK, held.contact, now)?;
                return Ok(Some(MessageState::Due));
            }
            let next = match held.channel {
                Channel::Email => addressee(contacts),
                _ => contacts
                    .into_iter()
                    .find(|one| one.state == ContactState::Active),
            };
            let next = next.filter(|_| !held.kind.is_personal());
            let (state, detail) = match next {
                Some(next) => {
                    store::outbox::readdress(conn, &held, BACK, next.id, now)?;
                    (MessageState::Due, next.id.to_string())
                }
                None => {
                    find_contact(conn, owner, debtor, now)?;
                    if held.kind == MessageKind::DebitNotice {
                        return Ok(None);
                    }
                    let why = why(held.kind).as_str();
                    let (from, silence) = (MessageState::Claimed, MessageEvent::Silence);
                    let report = report(&held, from, silence, why, now)?;
                    store::outbox::record(conn, &held, &report)?;
                    // By another channel somebody may be reached still.
                    if held.channel != Channel::Email && held.kind.is_step() {
                        plan_reminders::again(conn, &held, now)?;
                    }
                    (report.to, why.to_owned())
                }
            };
            let deed = Deed {
                actor: &Actor::job("deliver"),
                action: "message.readdressed",
                debtor,
                subject: held.id.to_string(),
                detail,
            };
            note(conn, owner, now, deed)?;
            Ok(Some(state))
        })
        .await;
    match found? {
        Some(state) => Ok(state),
        None => defer(app, &message, Withheld::NobodyLeft.as_str()).await,
    }
}

const fn why(kind: MessageKind) -> Withheld {
    if kind.is_personal() {
        Withheld::ContactLeft
    } else {
        Withheld::NobodyLeft
    }
}
