//! Mail and webhooks about our messages come in: kept as they came, read afterwards.

use domain::message::Message;
use domain::{InboxId, MessageId, Moment, SupplierId};

use super::bounced::{self, Applied, Source};
use super::error::FlowError;
use super::guard::{Actor, note_of};
use super::{mail_settings, replied, text_told};
use crate::app::App;
use crate::clock::new_id;
use crate::gateway::mail_events::sns::Asked;
pub use crate::gateway::mail_events::sns::SnsError;
use crate::gateway::mail_events::{self, EventError, MailEvent, Provider};
use crate::gateway::read_mail::{Came, Incoming, Told, incoming};
use crate::store::inbox::Event;
use crate::store::{self, Across, Conn, StoreError, report};
use crate::vault;

/// What an event of the inbox came from: mail, else a provider's name.
pub(super) const MAIL: &str = "mail";

/// What became of a mail that came in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Received {
    /// It is about a message of ours and was read.
    Read(&'static str),
    /// It is kept and will be read again later.
    Later,
    /// It was read before.
    Known,
    /// It is about no message of ours.
    Foreign,
    /// It is no mail.
    Unreadable,
}

/// Takes a mail as it came: a report about a message, or an answer to one.
pub async fn receive(app: &App, bytes: Vec<u8>) -> Result<Received, FlowError> {
    let Some(mail) = incoming(&bytes) else {
        return Ok(Received::Unreadable);
    };
    if mail.what == Came::Automatic {
        return Ok(Received::Read("automatic"));
    }
    let Some(supplier) = whose(app, &mail).await? else {
        return Ok(Received::Foreign);
    };
    let event = Event {
        id: new_id::<InboxId>(),
        supplier,
        source: MAIL.to_owned(),
        event_id: vault::sha256(&bytes),
        body: bytes,
    };
    if !keep(app, &event).await? {
        return Ok(Received::Known);
    }
    match read(app, &event).await {
        Ok(note) => {
            let id = event.id;
            let done = move |conn: &mut Conn| Ok(store::inbox::done(conn, supplier, id, note)?);
            let written: Result<(), FlowError> = app.store.write(supplier, done).await;
            written?;
            Ok(Received::Read(note))
        }
        // It waits in the inbox, where the jobs find it.
        Err(why) => {
            tracing::warn!(%why, "a mail is read again later");
            Ok(Received::Later)
        }
    }
}

async fn keep(app: &App, event: &Event) -> Result<bool, FlowError> {
    let (kept, now) = (event.clone(), app.now());
    let insert = move |conn: &mut Conn| Ok(store::inbox::insert(conn, &kept, now)?);
    app.store.write(event.supplier, insert).await
}

/// The supplier whose message a mail is about.
async fn whose(app: &App, mail: &Incoming) -> Result<Option<SupplierId>, FlowError> {
    let (about, what) = (mail.about.clone(), mail.what.clone());
    let find = move |conn: &mut Conn| {
        let all = store::supplier::list(conn)?;
        let ids: Vec<SupplierId> = all.iter().map(|one| one.id).collect();
        for id in about {
            match report::supplier_of_message(conn, &ids, id) {
                Err(StoreError::NotFound) => {}
                found => return found.map(Some),
            }
        }
        let mut boxes = Vec::new();
        for id in ids {
            boxes.push((id, store::supplier_mail::find(conn, id)?));
        }
        Ok(replied::owner(boxes, &what))
    };
    Ok(app.store.report(Across::Inbox, find).await?)
}

/// Why a provider's webhook was turned away.
#[derive(Debug, thiserror::Error)]
pub enum MailHookError {
    /// Another secret than the supplier's, or a supplier without one.
    #[error("the address is not this supplier's")]
    Foreign,
    /// Not in the provider's form.
    #[error(transparent)]
    Form(#[from] EventError),
    /// Not from Amazon SNS, or nobody can tell now.
    #[error(transparent)]
    Sns(#[from] SnsError),
    /// It could not be kept; the provider sends it again.
    #[error(transparent)]
    Flow(#[from] FlowError),
}

/// Keeps a provider's webhook that came to the supplier's secret address; `false` when it was kept
/// before, or says nothing that matters.
pub async fn receive_event(
    app: &App,
    supplier: SupplierId,
    (provider, secret): (&str, &str),
    body: Vec<u8>,
) -> Result<bool, MailHookError> {
    let settings = mail_settings::load(app, supplier).await?;
    let named = Provider::named(provider).filter(|one| settings.provider == Some(*one));
    let known = settings
        .hook_secret
        .as_deref()
        .is_some_and(|own| same(app, own, secret));
    let Some(named) = named.filter(|_| known) else {
        return Err(MailHookError::Foreign);
    };
    if named == Provider::Ses && !is_event(app, supplier, &body).await? {
        return Ok(false);
    }
    if mail_events::read(named, &body)?.is_empty() {
        return Ok(false);
    }
    let event = Event {
        id: new_id::<InboxId>(),
        supplier,
        source: provider.to_owned(),
        event_id: vault::sha256(&body),
        body,
    };
    Ok(keep(app, &event).await?)
}

/// Whether a message of SNS, whose signature holds, brings an event; what it says of its topic is
/// written in the trail.
async fn is_event(app: &App, supplier: SupplierId, body: &[u8]) -> Result<bool, MailHookError> {
    let (action, topic) = match app.sns.take(body).await? {
        Asked::Event => return Ok(true),
        Asked::Subscribe(topic) => ("mail.subscribed", topic),
        Asked::Ended(topic) => ("mail.unsubscribed", topic),
    };
    let now = app.now();
    let note = move |conn: &mut Conn| {
        let what = (action, String::new(), topic.clone());
        note_of(conn, supplier, (now, &Actor::job("sns")), what)
    };
    let written: Result<(), FlowError> = app.store.write(supplier, note).await;
    written?;
    Ok(false)
}

/// Compares secrets by their keyed hashes, so that the time it takes tells nothing.
fn same(app: &App, own: &str, given: &str) -> bool {
    let purpose = "mail.hook";
    app.vault
        .mac_fits(purpose, given, &app.vault.mac(purpose, own))
}

/// Reads an event that was kept: what it says of messages is counted, once.
pub(super) async fn read(app: &App, event: &Event) -> Result<&'static str, FlowError> {
    if event.source == MAIL {
        return read_mail(app, event).await;
    }
    if event.source.starts_with(text_told::SOURCE) {
        return text_told::read(app, event).await;
    }
    let Some(provider) = Provider::named(&event.source) else {
        return Ok("unknown source");
    };
    let Ok(all) = mail_events::read(provider, &event.body) else {
        return Ok("unreadable");
    };
    let told = all
        .into_iter()
        .filter_map(|MailEvent { about, told }| Some((about?, told)));
    count(app, event, provider.name(), told.collect()).await
}

async fn read_mail(app: &App, event: &Event) -> Result<&'static str, FlowError> {
    let Some(mail) = incoming(&event.body) else {
        return Ok("unreadable");
    };
    let message = known(app, event.supplier, mail.about).await?;
    match mail.what {
        Came::Report(told) => {
            let Some(message) = message else {
                return Ok("foreign");
            };
            let all = told.into_iter().map(|told| (message.id, told));
            count(app, event, MAIL, all.collect()).await
        }
        Came::Letter(letter) => replied::file(app, event, (message, letter)).await,
        Came::Automatic => Ok("automatic"),
    }
}

/// The first of these messages that the supplier has.
async fn known(
    app: &App,
    supplier: SupplierId,
    about: Vec<MessageId>,
) -> Result<Option<Message>, FlowError> {
    let find = move |conn: &mut Conn| {
        for id in about {
            match store::outbox::find(conn, supplier, id) {
                Err(StoreError::NotFound) => {}
                found => return found.map(Some),
            }
        }
        Ok(None)
    };
    Ok(app.store.report(supplier, find).await?)
}

/// Counts what is told of messages, each in a transaction of its own.
async fn count(
    app: &App,
    event: &Event,
    source: &'static str,
    all: Vec<(MessageId, Told)>,
) -> Result<&'static str, FlowError> {
    let (supplier, now): (SupplierId, Moment) = (event.supplier, app.now());
    let mut note = "foreign";
    for (number, (id, told)) in all.into_iter().enumerate() {
        let key = format!("{source}:{}:{number}", event.event_id);
        let source = Source { name: source, key };
        let apply = move |conn: &mut Conn| match bounced::apply(
            conn,
            (supplier, id),
            &told,
            &source,
            now,
        ) {
            Err(FlowError::Store(StoreError::NotFound)) => Ok(None),
            done => done.map(Some),
        };
        let done: Result<Option<Applied>, FlowError> = app.store.write(supplier, apply).await;
        match done? {
            Some(Applied::Counted) => note = "counted",
            Some(Applied::Known) if note == "foreign" => note = "known",
            _ => {}
        }
    }
    Ok(note)
}
