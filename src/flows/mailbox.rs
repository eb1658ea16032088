//! Looking into the demonstration mailbox, where messages are kept instead of sent.

use domain::MessageId;
use domain::scenario::Channel;
use views::mail::HIDDEN;

use super::error::FlowError;
use crate::app::App;
use crate::gateway::read_mail::{self, Readable};
use crate::store::mailbox::Kept;
use crate::store::{self, Across};

/// Messages on one page.
const PAGE: usize = 50;

/// One page of kept messages, newest first, and the id the next page goes on from.
pub async fn list(
    app: &App,
    before: Option<MessageId>,
) -> Result<(Vec<Kept>, Option<MessageId>), FlowError> {
    search(app, String::new(), before).await
}

/// The same of those to a mailbox or company that holds `wanted`.
pub async fn search(
    app: &App,
    wanted: String,
    before: Option<MessageId>,
) -> Result<(Vec<Kept>, Option<MessageId>), FlowError> {
    let limit = i64::try_from(PAGE).unwrap_or(i64::MAX).saturating_add(1);
    let mut found = app
        .store
        .read(Across::Mailbox, move |conn| {
            store::mailbox::page(conn, &wanted, before, limit)
        })
        .await?;
    let more = found.len() > PAGE;
    found.truncate(PAGE);
    let next = found.last().filter(|_| more).map(|kept| kept.id);
    Ok((found, next))
}

/// A text message, which is nothing but its words.
fn plain(copy: &[u8]) -> Readable {
    let text = String::from_utf8_lossy(copy).into_owned();
    Readable {
        headers: Vec::new(),
        html: read_mail::as_html(&text),
        text,
    }
}

/// One kept message, taken apart.
pub async fn open(app: &App, id: MessageId) -> Result<(Kept, Readable), FlowError> {
    let now = app.now();
    let (kept, copy, digits) = app
        .store
        .read(Across::Mailbox, move |conn| {
            let (kept, copy) = store::mailbox::find(conn, id)?;
            let digits = store::mailbox::digits(conn, id, now)?;
            Ok((kept, copy, digits))
        })
        .await?;
    let why = || FlowError::Unusable(format!("{id}: the kept copy is no message"));
    let mut readable = match kept.channel {
        Channel::Sms => plain(&copy),
        _ => read_mail::read(&copy).ok_or_else(why)?,
    };
    // No copy holds a code; here nothing was sent, so whoever looks must find it.
    if let Some(digits) = digits {
        readable.text = readable.text.replace(HIDDEN, &digits);
        readable.html = readable.html.replace(HIDDEN, &digits);
    }
    Ok((kept, readable))
}
