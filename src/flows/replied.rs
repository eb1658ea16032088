//! An answer by mail goes to the debtor's file, where staff reads it.

use domain::message::Message;
use domain::party::{Contact, TaskKind};
use domain::{ContactId, DebtorId, ReplyId, SupplierId, TaskId};

use super::error::FlowError;
use super::guard::{Actor, Deed, note};
use super::mail_settings;
use crate::app::App;
use crate::clock::new_id;
use crate::gateway::read_mail::{Came, Letter};
use crate::store::bounce::small_letters;
use crate::store::inbox::Event;
use crate::store::reply::Reply;
use crate::store::task::ContactTask;
use crate::store::{self, Conn};

/// The supplier whose mailbox for answers a letter came to.
pub(super) fn owner(boxes: Vec<(SupplierId, Option<String>)>, what: &Came) -> Option<SupplierId> {
    let Came::Letter(letter) = what else {
        return None;
    };
    let to: Vec<String> = letter
        .to
        .iter()
        .map(|mailbox| small_letters(mailbox))
        .collect();
    let is_own = |settings: &Option<String>| {
        let settings = mail_settings::parse(settings.as_deref()).unwrap_or_default();
        let own = settings.replies_to.as_deref().map(small_letters);
        own.is_some_and(|own| to.contains(&own))
    };
    let found = boxes.into_iter().find(|(_, settings)| is_own(settings));
    found.map(|(supplier, _)| supplier)
}

/// Puts a letter into the file of the debtor whose message it answers, or whose mailbox it came
/// from; one that fits nobody, or several, is left to a person.
pub(super) async fn file(
    app: &App,
    event: &Event,
    (message, letter): (Option<Message>, Letter),
) -> Result<&'static str, FlowError> {
    let (event, now) = (event.clone(), app.now());
    app.store
        .write(event.supplier, move |conn| {
            let supplier = event.supplier;
            let debtor = match &message {
                Some(message) => message.debtor,
                None => debtor_of(conn, supplier, &letter)?,
            };
            let contacts = store::contact::of_debtor(conn, supplier, debtor)?;
            let reply = Reply {
                id: new_id::<ReplyId>(),
                debtor,
                contact: writer(&contacts, &letter),
                message: message.as_ref().map(|message| message.id),
                sender: letter.from.clone(),
                subject: letter.subject.clone(),
                text: letter.text.clone(),
                event_key: event.event_id.clone(),
                at: now,
            };
            if !store::reply::insert(conn, supplier, &reply)? {
                return Ok("known");
            }
            let task = ContactTask {
                id: new_id::<TaskId>(),
                debtor,
                contact: reply.contact,
                kind: TaskKind::Reply,
                detail: format!("{} · {}", reply.sender, reply.subject),
                made_at: now,
            };
            store::task::insert(conn, supplier, &task)?;
            let deed = Deed {
                actor: &Actor::job("receive"),
                action: "mail.answered",
                debtor,
                subject: reply.id.to_string(),
                detail: String::new(),
            };
            note(conn, supplier, now, deed)?;
            Ok("answer")
        })
        .await
}

fn debtor_of(
    conn: &mut Conn,
    supplier: SupplierId,
    letter: &Letter,
) -> Result<DebtorId, FlowError> {
    let from = small_letters(&letter.from);
    let mut found = store::contact::debtors_of_mailbox(conn, supplier, &from)?.into_iter();
    match (found.next(), found.next()) {
        (Some(debtor), None) => Ok(debtor),
        (None, _) => Err(FlowError::Unusable(format!(
            "a mail from {from} answers no message of ours and nobody has that mailbox"
        ))),
        (Some(_), Some(_)) => Err(FlowError::Unusable(format!(
            "a mail from {from} answers no message of ours and several accounts have that mailbox"
        ))),
    }
}

fn writer(contacts: &[Contact], letter: &Letter) -> Option<ContactId> {
    let from = small_letters(&letter.from);
    let own = |one: &&Contact| one.email.as_deref().map(small_letters).as_ref() == Some(&from);
    contacts.iter().find(own).map(|contact| contact.id)
}
