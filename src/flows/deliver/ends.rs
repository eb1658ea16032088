//! How a sender's hold on a message ends: given up, put off, or told what became of it.

use domain::Moment;
use domain::message::{
    ATTEMPTS_MAX, Message, MessageEvent, MessageKind, MessageState, RETRY_MINUTES,
};

use crate::app::App;
use crate::flows::debit;
use crate::flows::error::FlowError;
use crate::flows::plan_reminders;
use crate::store::outbox::Report;
use crate::store::{self, Conn};

/// Gives a message up: it cannot be sent, now or later.
pub(super) async fn refuse(
    app: &App,
    message: &Message,
    why: &str,
) -> Result<MessageState, FlowError> {
    end(app, message, MessageEvent::RefusedForGood, why).await
}

/// Records what became of a message, and what follows when it has left.
pub(super) fn record(conn: &mut Conn, message: &Message, report: &Report) -> Result<(), FlowError> {
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

pub(super) async fn defer(
    app: &App,
    message: &Message,
    text: &str,
) -> Result<MessageState, FlowError> {
    let event = if message.attempts >= ATTEMPTS_MAX {
        MessageEvent::RefusedForGood
    } else {
        MessageEvent::Deferred
    };
    end(app, message, event, text).await
}

/// Ends a message that was claimed and whose text never started.
pub(super) async fn end(
    app: &App,
    message: &Message,
    event: MessageEvent,
    text: &str,
) -> Result<MessageState, FlowError> {
    end_or_wait(app, message, (event, text), None).await
}

/// The same, or has it wait until then.
pub(super) async fn end_or_wait(
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

pub(super) fn report(
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
