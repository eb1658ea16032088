//! What providers' webhooks say of messages (Brevo, Mailjet, Amazon SES by SNS), each in its form.
//!
//! Fields that are missing or new are passed over: providers add some without a word. A message is
//! told by the id that `compose` gave them along, since some write a Message-ID of their own.

pub mod sns;

use domain::MessageId;
use domain::bounce::{Deed, Verdict, report, status_in};
use serde_json::Value;

use super::read_mail::Told;

/// A provider whose webhooks are read.
#[derive(Clone, Copy, PartialEq, Eq, Debug, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Provider {
    /// Brevo.
    Brevo,
    /// Mailjet.
    Mailjet,
    /// Amazon SES, through SNS.
    Ses,
}

impl Provider {
    /// All of them, by name.
    pub const ALL: [(&'static str, Self); 3] = [
        ("brevo", Self::Brevo),
        ("mailjet", Self::Mailjet),
        ("ses", Self::Ses),
    ];

    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        let found = Self::ALL.iter().find(|(_, one)| *one == self);
        found.map_or("provider", |(name, _)| name)
    }

    /// The provider of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        let found = Self::ALL.iter().find(|(own, _)| *own == name);
        found.map(|(_, provider)| *provider)
    }

    /// The header in which it takes an id along and gives it back in its webhooks.
    #[must_use]
    pub const fn id_header(self) -> &'static str {
        match self {
            Self::Brevo => "X-Mailin-custom",
            Self::Mailjet => "X-MJ-CustomID",
            Self::Ses => "X-SES-MESSAGE-TAGS",
        }
    }

    /// The id as its header takes it.
    #[must_use]
    pub fn id_value(self, id: MessageId) -> String {
        match self {
            Self::Ses => format!("{SES_TAG}={id}"),
            _ => id.to_string(),
        }
    }
}

const SES_TAG: &str = "message";

/// One event about one recipient.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct MailEvent {
    /// The message, when it says which.
    pub about: Option<MessageId>,
    /// What it says.
    pub told: Told,
}

/// Why a webhook is not understood.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum EventError {
    /// Not JSON, or not in the provider's form.
    #[error("no event of this provider: {0}")]
    Form(String),
}

/// Reads a webhook: what it says that matters, in its order.
pub fn read(provider: Provider, body: &[u8]) -> Result<Vec<MailEvent>, EventError> {
    let value: Value =
        serde_json::from_slice(body).map_err(|why| EventError::Form(why.to_string()))?;
    match provider {
        Provider::Brevo => Ok(each(&value, brevo)),
        Provider::Mailjet => Ok(each(&value, mailjet)),
        Provider::Ses => ses(&value),
    }
}

/// An event, or a list of them.
fn each(value: &Value, one: impl Fn(&Value) -> Option<MailEvent>) -> Vec<MailEvent> {
    match value {
        Value::Array(all) => all.iter().filter_map(one).collect(),
        single => one(single).into_iter().collect(),
    }
}

fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value.get(name).and_then(Value::as_str).unwrap_or_default()
}

fn told(recipient: &str, verdict: Verdict, words: &str) -> Told {
    let line: Vec<&str> = words.split_whitespace().collect();
    Told {
        recipient: Some(recipient.to_owned()).filter(|one| one.contains('@')),
        verdict,
        status: status_in(words),
        words: line
            .join(" ")
            .chars()
            .filter(|one| !one.is_control())
            .take(300)
            .collect(),
    }
}

/// An id of ours: alone, or as the digits of a Message-ID.
fn id(value: &str) -> Option<MessageId> {
    let digits = value.trim().trim_start_matches('<').split('@').next()?;
    let whole = value.trim().parse().ok();
    whole.or_else(|| format!("msg_{digits}").parse().ok())
}

fn brevo(event: &Value) -> Option<MailEvent> {
    let verdict = match text(event, "event") {
        // A blocked address is one that bounced or complained there before.
        "hard_bounce" | "invalid_email" | "blocked" => Verdict::Hard,
        "soft_bounce" => Verdict::Soft,
        "spam" | "complaint" | "unsubscribed" => Verdict::Complaint,
        "error" => Verdict::Refused,
        "deferred" => Verdict::Delayed,
        "delivered" => Verdict::Delivered,
        _ => return None,
    };
    let words = match text(event, "reason") {
        "" => text(event, "event"),
        reason => reason,
    };
    Some(MailEvent {
        about: id(text(event, "X-Mailin-custom")).or_else(|| id(text(event, "message-id"))),
        told: told(text(event, "email"), verdict, words),
    })
}

fn mailjet(event: &Value) -> Option<MailEvent> {
    let hard = event
        .get("hard_bounce")
        .and_then(Value::as_bool)
        .unwrap_or_default();
    let verdict = match text(event, "event") {
        "bounce" if hard => Verdict::Hard,
        "bounce" => Verdict::Soft,
        "blocked" => mailjet_block(text(event, "error_related_to"), text(event, "error")),
        "spam" | "unsub" => Verdict::Complaint,
        "sent" => Verdict::Delivered,
        _ => return None,
    };
    let words = ["error_related_to", "error", "comment"].map(|name| text(event, name));
    let words: Vec<&str> = words.into_iter().filter(|one| !one.is_empty()).collect();
    Some(MailEvent {
        about: id(text(event, "CustomID")),
        told: told(text(event, "email"), verdict, &words.join(", ")),
    })
}

/// Why Mailjet did not even try: its table of errors.
fn mailjet_block(about: &str, error: &str) -> Verdict {
    match (about, error) {
        ("recipient", "quota exceeded") => Verdict::Soft,
        ("recipient", _) | ("domain", "invalid domain" | "no mail host") => Verdict::Hard,
        ("domain", _) => Verdict::Soft,
        ("mailjet", "preblocked") => Verdict::Hard,
        _ => Verdict::Refused,
    }
}

fn ses(value: &Value) -> Result<Vec<MailEvent>, EventError> {
    if text(value, "Type") != "Notification" {
        return Ok(Vec::new());
    }
    // A topic may have something else to say than events.
    let inner: Result<Value, _> = serde_json::from_str(text(value, "Message"));
    Ok(inner.map(|event| ses_event(&event)).unwrap_or_default())
}

fn ses_event(event: &Value) -> Vec<MailEvent> {
    let about = event.get("mail").and_then(ses_message);
    let kind = match text(event, "notificationType") {
        "" => text(event, "eventType"),
        kind => kind,
    };
    let (part, list) = match kind {
        "Bounce" => ("bounce", "bouncedRecipients"),
        "Complaint" => ("complaint", "complainedRecipients"),
        "Delivery" => ("delivery", "recipients"),
        "DeliveryDelay" => ("deliveryDelay", "delayedRecipients"),
        _ => return Vec::new(),
    };
    let Some(part) = event.get(part) else {
        return Vec::new();
    };
    let recipients = part.get(list).and_then(Value::as_array);
    let recipients = recipients.map(Vec::as_slice).unwrap_or_default();
    let told = recipients.iter().map(|one| ses_told(kind, part, one));
    told.map(|told| MailEvent { about, told }).collect()
}

fn ses_told(kind: &str, part: &Value, recipient: &Value) -> Told {
    let address = recipient
        .as_str()
        .unwrap_or_else(|| text(recipient, "emailAddress"));
    let words = match text(recipient, "diagnosticCode") {
        "" => [
            text(part, "bounceSubType"),
            text(part, "complaintFeedbackType"),
        ]
        .concat(),
        words => words.to_owned(),
    };
    let status = text(recipient, "status").parse().ok();
    let verdict = match (kind, text(part, "bounceType")) {
        ("Bounce", "Permanent") => Verdict::Hard,
        ("Bounce", "Transient") => Verdict::Soft,
        ("Bounce", _) => report(Deed::Failed, status, &words),
        ("Complaint", _) => Verdict::Complaint,
        ("Delivery", _) => Verdict::Delivered,
        _ => Verdict::Delayed,
    };
    let told = told(address, verdict, &words);
    Told {
        status: status.or(told.status),
        ..told
    }
}

/// The message of ours, by the tag or by its headers: SES writes a Message-ID of its own.
fn ses_message(mail: &Value) -> Option<MessageId> {
    let tags = mail.get("tags").and_then(|tags| tags.get(SES_TAG));
    let tag = tags.and_then(|list| list.get(0)).and_then(Value::as_str);
    if let Some(found) = tag.and_then(id) {
        return Some(found);
    }
    let headers = mail.get("headers").and_then(Value::as_array)?;
    let own = headers
        .iter()
        .filter(|one| text(one, "name").eq_ignore_ascii_case("message-id"));
    own.filter_map(|one| id(text(one, "value"))).next()
}

#[cfg(test)]
mod tests;
