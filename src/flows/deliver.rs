//! Messages leave: at most once by themselves, never silently lost.
//!
//! Claim; compose for the account as it is; be heard by the mail server up to the recipient; then,
//! in one transaction and under the account's guard, mark the message as leaving; only then give
//! the text. A payment, dispute or promise committed before the mark silences a reminder; a crash
//! after it leaves a message whose fate a human decides. A text message is one request, and nothing
//! of it is said before the mark.

mod ends;
mod leaving;
mod mail;
mod outlet;
mod refused;
mod successor;
mod text;
mod texts;

use std::sync::Arc;

use domain::message::{Message, MessageEvent, MessageState};
use domain::party::ContactState;
use domain::scenario::Channel;
use futures_util::StreamExt;

use super::error::FlowError;
use super::letter;
use crate::app::App;
use crate::store::{self, Across};
use ends::{end, end_or_wait, record, report};
pub use outlet::{OutletError, outlet, way_out};
pub(super) use texts::reached;

/// Minutes a claim lasts: longer than the longest wait for a mail server's last word.
const LEASE_MINUTES: i64 = 20;

/// Messages claimed at once.
const CLAIM: i64 = 64;

/// Messages on their way at the same time.
const AT_ONCE: usize = 8;

/// What a delivery did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Delivered {
    /// Taken by the mail server or provider.
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
        let ways = Ways::open(app, &claimed).await?;
        let sending = claimed.into_iter().map(|message| send(app, &ways, message));
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

/// The ways out that some messages need.
struct Ways {
    outlets: outlet::Open,
    texters: texts::Open,
}

impl Ways {
    async fn open(app: &App, messages: &[Message]) -> Result<Self, FlowError> {
        Ok(Self {
            outlets: outlet::open(app, messages).await?,
            texters: texts::open(app, messages).await?,
        })
    }
}

async fn send(app: &App, ways: &Ways, message: Message) -> Result<MessageState, FlowError> {
    let (wanted, now) = (message.clone(), app.now());
    let (material, dead) = app
        .store
        .report(message.supplier, move |conn| {
            let material = letter::gather(conn, &wanted, now)?;
            let dead = match wanted.channel {
                Channel::Sms => texts::number_is_dead(conn, &material)?,
                _ => mail::address_is_dead(conn, &material)?,
            };
            Ok((material, dead))
        })
        .await?;
    if material.contact.state != ContactState::Active || dead {
        return successor::find(app, message).await;
    }
    let (zone, rhythm) = (material.supplier.zone, material.rhythm);
    if message.kind.keeps_hours() && !rhythm.is_open(zone, app.now()) {
        let morning = rhythm.next_opening(zone, app.now());
        let waits = (MessageEvent::LeaseEnded, "waits for business hours");
        return end_or_wait(app, &message, waits, Some(morning)).await;
    }
    if !letter::still_wanted(message.kind, &material)? {
        let why = "nothing is left to ask for";
        return end(app, &message, MessageEvent::Silence, why).await;
    }
    match message.channel {
        Channel::Sms => texts::send(app, &ways.texters, (message, &material)).await,
        _ => mail::send(app, &ways.outlets, (message, &material)).await,
    }
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
