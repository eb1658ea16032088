//! Messages that their address, the mail server or the provider refuses: given up, with what
//! follows for the address.

use domain::bounce::{Verdict, refusal, status_in};
use domain::message::{Message, MessageEvent, MessageState};
use domain::scenario::Channel;

use super::ends::report;
use crate::app::App;
use crate::flows::error::FlowError;
use crate::flows::{bounced, guard};
use crate::gateway::read_mail::Told;
use crate::store;

/// Letters kept of a server's words.
const WORDS_MAX: usize = 300;

/// What a refusal says. Without a code it is the address itself that cannot be used; one that
/// comes after the text and gives no reason is taken to mean the text.
pub(super) fn told(recipient: &str, (code, text): (Option<u16>, &str), after_text: bool) -> Told {
    let status = status_in(text);
    let verdict = match code {
        None => Verdict::Hard,
        Some(code) if after_text && status.is_none() && code >= 500 => Verdict::Refused,
        Some(code) => refusal(status, Some(code)),
    };
    let shown = code.map_or_else(|| text.to_owned(), |code| format!("{code} {text}"));
    Told {
        recipient: Some(recipient.to_owned()),
        verdict,
        status,
        words: shown.chars().take(WORDS_MAX).collect(),
    }
}

/// Gives a message up that was refused, and does what follows: the address is left alone when it
/// is dead, staff is asked, and the message goes to whoever else is there.
pub(super) async fn give_up(
    app: &App,
    message: &Message,
    from: MessageState,
    (recipient, told): (&str, Told),
) -> Result<MessageState, FlowError> {
    let now = app.now();
    let failed = report(
        message,
        from,
        MessageEvent::RefusedForGood,
        &told.words,
        now,
    )?;
    let (message, recipient) = (message.clone(), recipient.to_owned());
    app.store
        .write(message.supplier, move |conn| {
            guard::enter(conn, message.supplier, message.debtor)?;
            store::outbox::record(conn, &message, &failed)?;
            if message.channel == Channel::Sms {
                store::text_sent::remove(conn, &message)?;
            }
            bounced::refused_at_once(conn, &message, (&recipient, &told), now)
        })
        .await
}
