//! By e-mail: heard by the mail server up to the recipient, marked, and only then given.

use domain::message::{ATTEMPTS_MAX, Message, MessageEvent, MessageState};

use super::ends::{defer, end, record, refuse, report};
use super::leaving::Leaving;
use super::outlet::Open;
use super::refused;
use super::text::Page;
use crate::app::App;
use crate::flows::error::FlowError;
use crate::flows::letter::Material;
use crate::gateway::compose::unusable;
use crate::gateway::email::{Outcome, SendError};
use crate::store::outbox::Copy;
use crate::store::{self, Conn, StoreError};
use crate::vault;

/// Whether mail to the contact's own mailbox came back before.
pub(super) fn address_is_dead(conn: &mut Conn, material: &Material) -> Result<bool, StoreError> {
    let own = material.contact.email.as_deref();
    let Some(own) = own.filter(|_| material.recipient.is_none()) else {
        return Ok(false);
    };
    let found = store::bounce::suppressed(conn, material.supplier.id, own)?;
    Ok(found.is_some())
}

/// Sends what is wanted to whom it is for.
pub(super) async fn send(
    app: &App,
    outlets: &Open,
    (message, material): (Message, &Material),
) -> Result<MessageState, FlowError> {
    let outlet = match outlets.get(&message.supplier) {
        Some(Ok(outlet)) => outlet,
        Some(Err(why)) => return defer(app, &message, why).await,
        None => return defer(app, &message, "no way out").await,
    };
    let recipient = material.recipient.clone();
    let Some(recipient) = recipient.or_else(|| material.contact.email.clone()) else {
        return refuse(app, &message, "the contact has no mailbox").await;
    };
    if let Some(why) = unusable(&recipient) {
        let told = refused::told(&recipient, (None, &why.to_string()), false);
        return refused::give_up(app, &message, MessageState::Claimed, (&recipient, told)).await;
    }
    let token = app.links.mint(vault::random()?);
    let page = Page {
        app,
        outlet,
        token: &token,
    };
    let copy = match page.compose(&message, material, &recipient) {
        Ok(copy) => copy,
        Err(why) => return refuse(app, &message, &why.to_string()).await,
    };
    hand_over(&page, message, material, copy).await
}

/// From the mail server's word on the recipient to its last one.
async fn hand_over(
    page: &Page<'_>,
    message: Message,
    material: &Material,
    copy: Copy,
) -> Result<MessageState, FlowError> {
    let app = page.app;
    let sender = &material.supplier.sender;
    let sender = page.outlet.envelope_sender(message.id, sender);
    let mailer = page.outlet.mailer.as_ref().unwrap_or(&app.mailer);
    let prepared = match mailer.prepare(&sender, &copy.recipient).await {
        Ok(prepared) => prepared,
        Err(SendError::Deferred { text, .. }) => return defer(app, &message, &text).await,
        Err(SendError::Refused { code, text }) => {
            let told = refused::told(&copy.recipient, (code, &text), false);
            let of = (copy.recipient.as_str(), told);
            return refused::give_up(app, &message, MessageState::Claimed, of).await;
        }
    };
    let (bytes, recipient) = (copy.bytes.clone(), copy.recipient.clone());
    let copy = page.kept(&message, material, copy)?;
    let leaving = Leaving::new(&message, material, page.token, app.now());
    let marked = app
        .store
        .write(message.supplier, move |conn| leaving.mark(conn, &copy))
        .await;
    match marked {
        Ok(()) => finish(app, (message, &recipient), prepared.transmit(&bytes).await).await,
        // The account changed since it was read: look again.
        Err(FlowError::Store(StoreError::Conflict)) => {
            let why = "the account changed";
            end(app, &message, MessageEvent::LeaseEnded, why).await
        }
        Err(why) => Err(why),
    }
}

async fn finish(
    app: &App,
    (message, recipient): (Message, &str),
    outcome: Outcome,
) -> Result<MessageState, FlowError> {
    let (event, text) = match outcome {
        Outcome::Accepted { reply } => (MessageEvent::Accepted, reply),
        // Put off so often that it is given up, like a recipient that is never taken.
        Outcome::Deferred { text, .. } if message.attempts >= ATTEMPTS_MAX => {
            (MessageEvent::RefusedForGood, text)
        }
        Outcome::Deferred { text, .. } => (MessageEvent::Deferred, text),
        Outcome::Refused { code, text } => {
            let told = refused::told(recipient, (code, &text), true);
            let of = (recipient, told);
            return refused::give_up(app, &message, MessageState::Data, of).await;
        }
        Outcome::CutOff { why } => (MessageEvent::CutOff, why),
    };
    let report = report(&message, MessageState::Data, event, &text, app.now())?;
    let to = report.to;
    let written: Result<(), FlowError> = app
        .store
        .write(message.supplier, move |conn| {
            record(conn, &message, &report)
        })
        .await;
    written?;
    Ok(to)
}
