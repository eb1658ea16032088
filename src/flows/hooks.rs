//! Webhooks: the signature first, then the raw body is kept, then 200; reading comes later.

use domain::{AuditId, InboxId, Moment, SupplierId};

use super::error::FlowError;
use super::guard::Actor;
use super::money_back::{self, Compared};
use super::refresh_card::{Refreshed, refresh};
use super::{card_account, incoming, saved_card};
use crate::app::App;
use crate::clock::new_id;
use crate::payments::stripe_event::{self, StripeEvent, WebhookError};
use crate::store::audit::Trace;
use crate::store::inbox::{Event, Waiting};
use crate::store::{self, Across};

/// The source of card events; those of mails have others.
const STRIPE: &str = "stripe";

/// Why a webhook was turned away. It is logged and changes nothing.
#[derive(Debug, thiserror::Error)]
pub enum HookError {
    /// Forged, old, too large or unreadable.
    #[error(transparent)]
    Bad(#[from] WebhookError),
    /// For another account than the supplier's own, or from the other mode (test or live).
    #[error("the event is for another account")]
    Foreign,
    /// It could not be kept; the provider will send it again.
    #[error(transparent)]
    Flow(#[from] FlowError),
}

/// Keeps an event that was signed with the supplier's secret; `false` when it was kept before.
pub async fn receive_stripe(
    app: &App,
    supplier: SupplierId,
    signature: &str,
    body: Vec<u8>,
) -> Result<bool, HookError> {
    let account = card_account::load(app, supplier)
        .await?
        .ok_or(HookError::Foreign)?;
    let now = app.now();
    stripe_event::verify(&account.webhook_secrets, signature, &body, now)?;
    let event = stripe_event::read(&body)?;
    if !belongs(&event, account.connected.as_deref()) {
        return Err(HookError::Foreign);
    }
    let kept = Event {
        id: new_id(),
        supplier,
        source: STRIPE.to_owned(),
        event_id: event.id,
        body,
    };
    let stored: Result<bool, FlowError> = app
        .store
        .write(supplier, move |conn| {
            Ok(store::inbox::insert(conn, &kept, now)?)
        })
        .await;
    Ok(stored?)
}

fn belongs(event: &StripeEvent, connected: Option<&str>) -> bool {
    match (connected, event.account.as_deref()) {
        (Some(ours), Some(theirs)) => ours == theirs,
        (Some(_), None) => false,
        (None, _) => true,
    }
}

/// Minutes to wait after the n-th try, the last for all that follow.
const AGAIN_MINUTES: &[i64] = &[5, 5, 5, 15, 30, 60];

/// Days for which an event is tried. What it tells of has come to an end within them or never will:
/// after that a person is asked, who can have it read again or settle it by other means.
pub const TRIED_DAYS: i64 = 3;

/// Reads the events that wait; one that cannot be read now is put off, and in the end left to a
/// person, but not lost. Returns how many were read.
pub async fn read_waiting(app: &App) -> Result<usize, FlowError> {
    let now = app.now();
    let waiting = app
        .store
        .report(Across::Inbox, move |conn| {
            store::inbox::waiting(conn, now, 200)
        })
        .await?;
    let mut count = 0;
    for one in waiting {
        let (supplier, id) = (one.event.supplier, one.event.id);
        match read(app, &one.event).await {
            Ok(note) => {
                app.store
                    .write(supplier, move |conn| {
                        Ok::<_, FlowError>(store::inbox::done(conn, supplier, id, note)?)
                    })
                    .await?;
                count += 1;
            }
            Err(why) => put_off(app, &one, now, why.to_string()).await?,
        }
    }
    Ok(count)
}

async fn put_off(app: &App, one: &Waiting, now: Moment, why: String) -> Result<(), FlowError> {
    let (supplier, id) = (one.event.supplier, one.event.id);
    let over = one.received_at.plus_days(TRIED_DAYS) <= now;
    tracing::warn!(event = %one.event.event_id, why, over, "the event could not be read");
    let minutes = AGAIN_MINUTES.get(one.attempts).or(AGAIN_MINUTES.last());
    let until = now.plus_minutes(minutes.copied().unwrap_or_default());
    app.store
        .write(supplier, move |conn| {
            let noted = if over {
                store::inbox::set_aside(conn, supplier, id, &why)
            } else {
                store::inbox::put_off(conn, supplier, id, until, &why)
            };
            Ok(noted?)
        })
        .await
}

/// What a person decides about an event that could not be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// It is read again, once: what stood in the way is mended.
    Again,
    /// It was settled by other means.
    Close,
}

/// Records the decision; one that came too late changes nothing.
pub async fn decide(
    app: &App,
    supplier: SupplierId,
    id: InboxId,
    (decision, actor): (Decision, Actor),
) -> Result<(), FlowError> {
    let now = app.now();
    app.store
        .write(supplier, move |conn| {
            let (done, action) = match decision {
                Decision::Again => (store::inbox::again(conn, supplier, id, now)?, "event.again"),
                Decision::Close => (store::inbox::close(conn, supplier, id)?, "event.closed"),
            };
            if !done {
                return Ok(());
            }
            let trace = Trace {
                id: new_id::<AuditId>(),
                at: now,
                actor: actor.words().to_owned(),
                action: action.to_owned(),
                debtor: None,
                subject: id.to_string(),
                detail: String::new(),
            };
            Ok(store::audit::insert(conn, supplier, &trace)?)
        })
        .await
}

async fn read(app: &App, event: &Event) -> Result<&'static str, FlowError> {
    if event.source != STRIPE {
        return incoming::read(app, event).await;
    }
    let Ok(content) = stripe_event::read(&event.body) else {
        return Ok("unreadable");
    };
    if let Some(charge) = content.goes_back() {
        return Ok(
            match money_back::compare(app, event.supplier, charge).await? {
                Compared::Booked => "booked",
                Compared::Unchanged => "unchanged",
                Compared::Foreign => "foreign",
            },
        );
    }
    if let Some(card) = content.card_ref() {
        let ours = saved_card::look_after(app, event.supplier, card).await?;
        return Ok(if ours { "looked after" } else { "foreign" });
    }
    let Some(provider_ref) = content.payment_ref() else {
        return Ok("no page");
    };
    Ok(
        match refresh(app, event.supplier, provider_ref, content.payment).await? {
            Refreshed::Settled => "settled",
            Refreshed::Unchanged => "unchanged",
            Refreshed::Ended => "ended",
            Refreshed::Foreign => "foreign",
        },
    )
}

/// Asks after every payment under way whose page is known: what a lost webhook would have told.
pub async fn poll(app: &App, supplier: SupplierId) -> Result<(), FlowError> {
    use domain::payment::{Method, PaymentState};
    let states = [
        PaymentState::RequiresAction,
        PaymentState::Processing,
        PaymentState::Unknown,
    ];
    let methods = [Method::Card, Method::ProviderDebit];
    let open = app
        .store
        .report(supplier, move |conn| {
            store::payment::in_states(conn, supplier, (&states, &methods), 500)
        })
        .await?;
    for payment in &open {
        if let Some(provider_ref) = &payment.provider_ref {
            refresh(app, supplier, provider_ref, Some(payment.id)).await?;
        }
    }
    Ok(())
}
