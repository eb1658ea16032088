//! Messages leave: at most once by themselves, never silently lost.
//!
//! Claim; compose for the account as it is; be heard by the mail server up to the recipient; then,
//! in one transaction and under the account's guard, mark the message as leaving; only then give
//! the text. A payment, dispute or promise committed before the mark silences a reminder; a crash
//! after it leaves a message whose fate a human decides.

mod outlet;
mod refused;
mod successor;
mod text;

use std::sync::Arc;

use domain::message::{
    ATTEMPTS_MAX, Message, MessageEvent, MessageKind, MessageState, RETRY_MINUTES,
};
use domain::party::ContactState;
use domain::{LinkId, Moment};
use futures_util::StreamExt;

use super::debit;
use super::error::FlowError;
use super::letter::{self, Material};
use super::plan_reminders;
use crate::app::App;
use crate::clock::new_id;
use crate::gateway::compose::unusable;
use crate::gateway::email::{Outcome, SendError};
use crate::gateway::link::LinkToken;
use crate::store::link::Link;
use crate::store::outbox::{Copy, Report};
use crate::store::{self, Across, Conn, StoreError};
use crate::vault;
use outlet::Open;
pub use outlet::{OutletError, outlet, way_out};
use text::Page;

/// Minutes a claim lasts: longer than the longest wait for a mail server's last word.
const LEASE_MINUTES: i64 = 20;

/// Messages claimed at once.
const CLAIM: i64 = 64;

/// Messages on their way at the same time.
const AT_ONCE: usize = 8;

/// Days a link opens.
const LINK_DAYS: i64 = 90;

/// What a delivery did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Delivered {
    /// Taken by the mail server.
    pub sent: usize,
    /// No longer wanted.
    pub cancelled: usize,
    /// To be tried again.
    pub retry: usize,
    /// Refused for good.
    pub failed: usize,
    /// Cut off: a human decides.
    pub unknown: usize,
}

impl Delivered {
    fn count(&mut self, state: MessageState) {
        match state {
            MessageState::Sent => self.sent += 1,
            MessageState::Cancelled => self.cancelled += 1,
            MessageState::Failed => self.failed += 1,
            MessageState::Unknown => self.unknown += 1,
            _ => self.retry += 1,
        }
    }
}

/// Sends what is due until nothing is.
pub async fn run(app: &Arc<App>) -> Result<Delivered, FlowError> {
    let mut delivered = Delivered::default();
    let now = app.now();
    let ended: Result<_, FlowError> = app
        .store
        .write(Across::Delivery, move |conn| {
            Ok(store::outbox::end_leases(conn, now)?)
        })
        .await;
    let (_, unknown) = ended?;
    delivered.unknown += unknown;
    loop {
        let (now, until) = (app.now(), app.now().plus_minutes(LEASE_MINUTES));
        let claimed: Result<_, FlowError> = app
            .store
            .write(Across::Delivery, move |conn| {
                Ok(store::outbox::claim(conn, now, until, CLAIM)?)
            })
            .await;
        let claimed = claimed?;
        if claimed.is_empty() {
            return Ok(delivered);
        }
        let outlets = outlet::open(app, &claimed).await?;
        let sending = claimed
            .into_iter()
            .map(|message| send(app, &outlets, message));
        let mut results = futures_util::stream::iter(sending).buffer_unordered(AT_ONCE);
        while let Some(state) = results.next().await {
            match state {
                Ok(state) => delivered.count(state),
                // The message stays claimed; its lease gives it back.
                Err(why) => tracing::error!(%why, "a message was not handled to its end"),
            }
        }
    }
}

async fn send(app: &App, outlets: &Open, message: Message) -> Result<MessageState, FlowError> {
    let (wanted, now) = (message.clone(), app.now());
    let (material, dead) = app
        .store
        .report(message.supplier, move |conn| {
            let material = letter::gather(conn, &wanted, now)?;
            let dead = address_is_dead(conn, &material)?;
            Ok((material, dead))
        })
        .await?;
    if material.contact.state != ContactState::Active || dead {
        return successor::find(app, message).await;
    }
    let (zone, rhythm) = (material.supplier.zone, material.rhythm);
    if message.kind.keeps_hours() && !rhythm.is_open(zone, app.now()) {
        let morning = rhythm.next_opening(zone, app.now());
        let words = "waits for business hours";
        return end_or_wait(
            app,
            &message,
            (MessageEvent::LeaseEnded, words),
            Some(morning),
        )
        .await;
    }
    if !letter::still_wanted(message.kind, &material)? {
        let why = "nothing is left to ask for";
        return end(app, &message, MessageEvent::Silence, why).await;
    }
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
    let copy = match page.compose(&message, &material, &recipient) {
        Ok(copy) => copy,
        Err(why) => return refuse(app, &message, &why.to_string()).await,
    };
    hand_over(&page, message, &material, copy).await
}

/// Whether mail to the contact's own mailbox came back before.
fn address_is_dead(conn: &mut Conn, material: &Material) -> Result<bool, StoreError> {
    let own = material.contact.email.as_deref();
    let Some(own) = own.filter(|_| material.recipient.is_none()) else {
        return Ok(false);
    };
    let found = store::bounce::suppressed(conn, material.supplier.id, own)?;
    Ok(found.is_some())
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
    match mark(app, &message, material, page.token, copy).await {
        Ok(()) => finish(app, (message, &recipient), prepared.transmit(&bytes).await).await,
        // The account changed since it was read: look again.
        Err(FlowError::Store(StoreError::Conflict)) => {
            let why = "the account changed";
            end(app, &message, MessageEvent::LeaseEnded, why).await
        }
        Err(why) => Err(why),
    }
}

/// Gives a message up: it cannot be sent, now or later.
async fn refuse(app: &App, message: &Message, why: &str) -> Result<MessageState, FlowError> {
    end(app, message, MessageEvent::RefusedForGood, why).await
}

/// The commit after which the message counts as leaving. Under the guard: an account that changed
/// since it was read is a conflict.
async fn mark(
    app: &App,
    message: &Message,
    material: &Material,
    token: &LinkToken,
    copy: Copy,
) -> Result<(), FlowError> {
    let now = app.now();
    let (message, epoch, hash) = (message.clone(), material.epoch, token.hash());
    let (contact, wording) = (material.contact.clone(), material.wording.clone());
    let link = Link {
        id: new_id::<LinkId>(),
        supplier: message.supplier,
        debtor: message.debtor,
        contact: message.contact,
        message: Some(message.id),
        created_at: now,
        expires_at: now.plus_days(LINK_DAYS),
        revoked: false,
        scope: material.access().0,
        forward: material.access().1,
    };
    app.store
        .write(message.supplier, move |conn| {
            let current = store::debtor::hold(conn, message.supplier, message.debtor)?;
            successor::still_there(conn, &message, &contact)?;
            // A debit called off meanwhile is not announced either.
            let follows = message.kind.is_reminder() || message.kind == MessageKind::DebitNotice;
            if follows && current != epoch {
                return Err(StoreError::Conflict.into());
            }
            store::outbox::start_data(conn, &message, &copy, current)?;
            letter::own::note(conn, &message, &wording, now)?;
            if !text::has_no_link(message.kind) {
                store::link::insert(conn, &hash, &link)?;
            }
            Ok(())
        })
        .await
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

/// Records what became of a message, and what follows when it has left.
fn record(conn: &mut Conn, message: &Message, report: &Report) -> Result<(), FlowError> {
    store::outbox::record(conn, message, report)?;
    if report.to == MessageState::Sent && message.kind == MessageKind::DebitNotice {
        let id = message
            .about
            .parse()
            .map_err(|why: domain::IdError| FlowError::Unusable(why.to_string()))?;
        debit::announced(conn, message.supplier, id, report.at)?;
    }
    Ok(())
}

async fn defer(app: &App, message: &Message, text: &str) -> Result<MessageState, FlowError> {
    let event = if message.attempts >= ATTEMPTS_MAX {
        MessageEvent::RefusedForGood
    } else {
        MessageEvent::Deferred
    };
    end(app, message, event, text).await
}

/// Ends a message that was claimed and whose text never started.
async fn end(
    app: &App,
    message: &Message,
    event: MessageEvent,
    text: &str,
) -> Result<MessageState, FlowError> {
    end_or_wait(app, message, (event, text), None).await
}

/// The same, or has it wait until then.
async fn end_or_wait(
    app: &App,
    message: &Message,
    (event, text): (MessageEvent, &str),
    until: Option<Moment>,
) -> Result<MessageState, FlowError> {
    let mut report = report(message, MessageState::Claimed, event, text, app.now())?;
    report.due_at = until.or(report.due_at);
    let (message, to) = (message.clone(), report.to);
    let written: Result<(), FlowError> = app
        .store
        .write(message.supplier, move |conn| {
            store::outbox::record(conn, &message, &report)?;
            if report.to == MessageState::Cancelled && message.kind.is_step() {
                plan_reminders::again(conn, &message, report.at)?;
            }
            Ok(())
        })
        .await;
    written.map(|()| to)
}

fn report(
    message: &Message,
    from: MessageState,
    event: MessageEvent,
    text: &str,
    now: Moment,
) -> Result<Report, FlowError> {
    let to = from.on(event)?;
    let tried = usize::from(message.attempts.saturating_sub(1));
    let wait = RETRY_MINUTES
        .get(tried)
        .or(RETRY_MINUTES.last())
        .copied()
        .unwrap_or(60);
    let due_at = (to == MessageState::Retry).then(|| now.plus_minutes(wait));
    Ok(Report {
        from,
        to,
        outcome: text.to_owned(),
        at: now,
        due_at,
    })
}

/// What a human decides about a message whose fate is unknown, or that failed.
pub async fn decide(
    app: &App,
    supplier: domain::SupplierId,
    id: domain::MessageId,
    event: MessageEvent,
    actor: super::Actor,
) -> Result<MessageState, FlowError> {
    let now = app.now();
    app.store
        .write(supplier, move |conn| {
            let message = store::outbox::find(conn, supplier, id)?;
            let mut report = report(&message, message.state, event, "decided by staff", now)?;
            report.due_at = (report.to == MessageState::Due).then_some(now);
            record(conn, &message, &report)?;
            let deed = super::guard::Deed {
                actor: &actor,
                action: "message.decided",
                debtor: message.debtor,
                subject: id.to_string(),
                detail: report.to.to_string(),
            };
            super::guard::note(conn, supplier, now, deed)?;
            Ok(report.to)
        })
        .await
}
