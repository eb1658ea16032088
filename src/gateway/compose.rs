//! From a message in the outbox to the bytes that leave (RFC 5322).
//!
//! The same message always gives the same bytes, so an attempt repeated after a refusal carries the
//! same Message-ID and receivers can tell it is the same.

use std::time::{Duration, SystemTime};

use domain::{MessageId, Moment};
use lettre::message::header::{ContentTransferEncoding, ContentType, Header};
use lettre::message::header::{HeaderName, HeaderValue};
use lettre::message::{Body, Mailbox, Message, MultiPart, SinglePart};
use views::mail::Rendered;

use crate::gateway::dkim::DkimSigner;
use crate::gateway::mail_events::Provider;

/// The last second of year 9999, the last that a Date header can say.
const SECONDS_MAX: u64 = 253_402_300_799;

/// Who writes to whom, when, under which id.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Letterhead<'a> {
    /// The message in the outbox; its digits make the Message-ID.
    pub id: MessageId,
    /// The message this one follows up, which mail programs then show together.
    pub follows: Option<MessageId>,
    /// The instant of the Date header.
    pub at: Moment,
    /// The supplier's trade name.
    pub sender_name: &'a str,
    /// The mailbox messages come from.
    pub sender: &'a str,
    /// The mailbox a human reads.
    pub reply_to: &'a str,
    /// The person written to, when known.
    pub to_name: Option<&'a str>,
    /// The mailbox written to.
    pub to: &'a str,
    /// The provider that is to give the message's id back in what it tells of it.
    pub provider: Option<Provider>,
}

/// Why no message could be made.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum ComposeError {
    /// A value with line breaks or other control characters would add headers of its own.
    #[error("{field} has a line break or control character in it: '{value}'")]
    Control {
        /// Which header.
        field: &'static str,
        /// The value, with what is invisible made visible.
        value: String,
    },
    /// Not an e-mail address.
    #[error("{field} is no e-mail address: '{value}'; write it as name@example.org")]
    Address {
        /// Which header.
        field: &'static str,
        /// The value.
        value: String,
    },
    /// An instant before 1970 or after 9999.
    #[error("{0:?} cannot be the date of a message")]
    Date(Moment),
    /// What the mail library refused.
    #[error("the message cannot be built: {0}")]
    Build(String),
}

/// The Message-ID of a message: `<digits@domain of the sender>`.
pub fn message_id(id: MessageId, sender: &str) -> Result<String, ComposeError> {
    let address: lettre::Address = parse("From", sender)?;
    Ok(format!("<{}@{}>", digits(id), address.domain()))
}

/// Why a mailbox cannot be written to, if it cannot.
#[must_use]
pub fn unusable(mailbox: &str) -> Option<ComposeError> {
    parse("To", mailbox).err()
}

/// A whole message: headers, text part, HTML part, and the signature of each signer.
pub fn rfc822(
    head: &Letterhead<'_>,
    content: &Rendered,
    signers: &[DkimSigner],
) -> Result<Vec<u8>, ComposeError> {
    let message = message(head, content)?.formatted();
    let Ok(text) = std::str::from_utf8(&message) else {
        return Err(ComposeError::Build("the message is not ASCII".to_owned()));
    };
    let mut signed = String::new();
    for signer in signers {
        let header = signer.header(text, head.at);
        let failed = || ComposeError::Build("the signing key failed".to_owned());
        signed.push_str(&header.ok_or_else(failed)?);
    }
    if signed.is_empty() {
        return Ok(message);
    }
    signed.push_str(text);
    Ok(signed.into_bytes())
}

fn message(head: &Letterhead<'_>, content: &Rendered) -> Result<Message, ComposeError> {
    without_controls("Subject", &content.subject)?;
    let mut builder = Message::builder()
        .from(mailbox("From", Some(head.sender_name), head.sender)?)
        .to(mailbox("To", head.to_name, head.to)?)
        .reply_to(mailbox("Reply-To", Some(head.sender_name), head.reply_to)?)
        .subject(&content.subject)
        .date(date(head.at)?)
        .message_id(Some(message_id(head.id, head.sender)?))
        .header(AutoSubmitted)
        .header(lettre::message::header::MIME_VERSION_1_0);
    if let Some(provider) = head.provider {
        let name = HeaderName::new_from_ascii_str(provider.id_header());
        builder = builder.raw_header(HeaderValue::new(name, provider.id_value(head.id)));
    }
    if let Some(first) = head.follows {
        let first = message_id(first, head.sender)?;
        builder = builder.in_reply_to(first.clone()).references(first);
    }
    let (content_type, body) = alternatives(head.id, content)?;
    let body = Body::dangerous_pre_encoded(body, ContentTransferEncoding::SevenBit);
    builder
        .header(content_type)
        .body(body)
        .map_err(|error| ComposeError::Build(error.to_string()))
}

/// Text and HTML, encoded, and the header that tells them apart. That header goes on the message
/// itself: lettre's own multipart keeps it out of reach of the signature.
fn alternatives(id: MessageId, content: &Rendered) -> Result<(ContentType, Vec<u8>), ComposeError> {
    let parts = MultiPart::alternative()
        .boundary(format!("part-{}", digits(id)))
        .singlepart(SinglePart::plain(clean(&content.text)))
        .singlepart(SinglePart::html(clean(&content.html)));
    let incomplete = || ComposeError::Build("the parts have no header".to_owned());
    let content_type = parts.headers().get().ok_or_else(incomplete)?;
    let formatted = parts.formatted();
    let end = formatted.windows(4).position(|bytes| bytes == b"\r\n\r\n");
    let body = end.and_then(|end| formatted.get(end + 4..));
    Ok((content_type, body.ok_or_else(incomplete)?.to_vec()))
}

/// One kind of line end and no other control character: lettre lets a lone CR through, which some
/// servers take for a line end (SMTP smuggling).
fn clean(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    text.replace(
        |letter: char| letter.is_control() && letter != '\n' && letter != '\t',
        " ",
    )
}

/// The digits of a message's id: what its Message-ID and its return path carry.
pub(super) fn digits(id: MessageId) -> String {
    let text = id.to_string();
    text.split_once('_')
        .map_or_else(|| text.clone(), |(_, digits)| digits.to_owned())
}

fn date(at: Moment) -> Result<SystemTime, ComposeError> {
    let seconds = u64::try_from(at.seconds()).ok();
    seconds
        .filter(|seconds| *seconds <= SECONDS_MAX)
        .map(|seconds| SystemTime::UNIX_EPOCH + Duration::from_secs(seconds))
        .ok_or(ComposeError::Date(at))
}

fn mailbox(
    field: &'static str,
    name: Option<&str>,
    address: &str,
) -> Result<Mailbox, ComposeError> {
    let name = name.filter(|name| !name.is_empty());
    if let Some(name) = name {
        without_controls(field, name)?;
    }
    Ok(Mailbox::new(
        name.map(ToOwned::to_owned),
        parse(field, address)?,
    ))
}

fn parse(field: &'static str, address: &str) -> Result<lettre::Address, ComposeError> {
    without_controls(field, address)?;
    address.parse().map_err(|_| ComposeError::Address {
        field,
        value: address.to_owned(),
    })
}

fn without_controls(field: &'static str, value: &str) -> Result<(), ComposeError> {
    if value.chars().any(char::is_control) {
        let value = value.escape_debug().to_string();
        return Err(ComposeError::Control { field, value });
    }
    Ok(())
}

/// Keeps out-of-office programs from answering (RFC 3834).
#[derive(Clone, Copy)]
struct AutoSubmitted;

impl Header for AutoSubmitted {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self)
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "auto-generated".to_owned())
    }
}

#[cfg(test)]
mod tests;
