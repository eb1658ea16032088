//! What providers call back with: what became of a text.
//!
//! Fields that are missing or new are passed over. Twilio signs what it calls with; the others know
//! an address that nobody else does.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use domain::MessageId;
use domain::bounce::Verdict;
use domain::sms::Price;
use ring::hmac;

use super::account::{Account, ReceiptForm};
use super::json::{Json, fields};
use super::{smsmode, twilio};
use crate::gateway::read_mail::Told;

/// Something told of one text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt {
    /// The provider's own id of it.
    pub reference: Option<String>,
    /// The message, where the provider gives back what it was told.
    pub about: Option<MessageId>,
    /// What it says.
    pub told: Told,
    /// How many segments were counted.
    pub segments: Option<u16>,
    /// What was taken for them.
    pub price: Option<Price>,
}

/// Why a call is not understood.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("no receipt of this provider")]
pub struct ReceiptError;

/// What was called: its exact address and body, and its signature where there is one.
#[derive(Clone, Copy, Debug)]
pub struct Received<'a> {
    /// The address as the provider knows it.
    pub url: &'a str,
    /// The body.
    pub body: &'a [u8],
    /// `X-Twilio-Signature`.
    pub signature: &'a str,
}

/// Whether a call is the provider's own: its signature fits, or it signs none.
#[must_use]
pub fn is_signed(account: &Account, received: &Received<'_>) -> bool {
    let Account::Twilio(keys) = account else {
        return true;
    };
    let Ok(given) = STANDARD.decode(received.signature) else {
        return false;
    };
    let key = hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, keys.token.as_bytes());
    match signed(received.url, received.body) {
        Some(text) => hmac::verify(&key, text.as_bytes(), &given).is_ok(),
        None => false,
    }
}

/// The signature that Twilio writes to a call, for tests and tools.
#[must_use]
pub fn sign(token: &str, url: &str, body: &[u8]) -> String {
    let key = hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, token.as_bytes());
    let text = signed(url, body).unwrap_or_default();
    STANDARD.encode(hmac::sign(&key, text.as_bytes()))
}

/// The address, then each field's name and value, sorted by name.
fn signed(url: &str, body: &[u8]) -> Option<String> {
    let mut all = fields(body)?;
    all.sort();
    let mut text = url.to_owned();
    for (name, value) in all {
        text.push_str(&name);
        text.push_str(&value);
    }
    Some(text)
}

/// Reads a call: what it says that matters.
pub fn read(account: &Account, body: &[u8]) -> Result<Vec<Receipt>, ReceiptError> {
    match account {
        Account::Twilio(_) => from_twilio(body),
        Account::Brevo(_) => each(body, brevo),
        Account::Smsmode(_) => each(body, from_smsmode),
        Account::Http(template) => {
            let form = template.receipts.as_ref().ok_or(ReceiptError)?;
            own(form, body)
        }
        Account::Ovh(_) | Account::Nowhere => Err(ReceiptError),
    }
}

fn each(body: &[u8], one: impl Fn(&Json) -> Option<Receipt>) -> Result<Vec<Receipt>, ReceiptError> {
    let document = Json::read(body);
    if !document.is_some() {
        return Err(ReceiptError);
    }
    Ok(document.each().iter().filter_map(one).collect())
}

fn receipt(reference: Option<String>, verdict: Verdict, words: &str) -> Receipt {
    Receipt {
        reference,
        about: None,
        told: Told {
            recipient: None,
            verdict,
            status: None,
            words: words.chars().take(300).collect(),
        },
        segments: None,
        price: None,
    }
}

/// `msg_status` is `sent`, `delivered`, `soft_bounce` or `hard_bounce`, and a few more.
fn brevo(event: &Json) -> Option<Receipt> {
    let status = event.first(&["msg_status", "event"]).to_lowercase();
    let verdict = match status.replace('_', "").as_str() {
        "delivered" => Verdict::Delivered,
        "hardbounce" | "hardbounces" => Verdict::Hard,
        "softbounce" | "softbounces" => Verdict::Soft,
        "rejected" | "skip" | "blocked" => Verdict::Refused,
        "blacklisted" | "unsubscribed" | "unsubscribe" => Verdict::Complaint,
        _ => return None,
    };
    let words = event.first(&["description", "reason", "bounce_type"]);
    let words = format!("{status} {words}");
    let mut found = receipt(event.text("messageId"), verdict, words.trim_end());
    found.about = event.text("tag").and_then(|tag| tag.parse().ok());
    found.segments = event.number("sms_count");
    Some(found)
}

fn from_smsmode(event: &Json) -> Option<Receipt> {
    let status = event.text("status.value").or(event.text("status"))?;
    let verdict = match status.to_uppercase().as_str() {
        "DELIVERED" | "READ" => Verdict::Delivered,
        "UNDELIVERABLE" | "UNDELIVERED" | "INVALID" => Verdict::Hard,
        "EXPIRED" => Verdict::Soft,
        "REJECTED" | "BLOCKED" => Verdict::Refused,
        _ => return None,
    };
    let detail = event.first(&["status.detail", "status.description"]);
    let words = format!("{status} {detail}");
    let mut found = receipt(event.text("messageId"), verdict, words.trim_end());
    found.about = event.text("refClient").and_then(|id| id.parse().ok());
    found.segments = event.number("body.messagePartCount");
    found.price = smsmode::price(event);
    Some(found)
}

fn from_twilio(body: &[u8]) -> Result<Vec<Receipt>, ReceiptError> {
    let all = fields(body).ok_or(ReceiptError)?;
    let field = |wanted: &str| {
        let found = all.iter().find(|(name, _)| name == wanted);
        found.map(|(_, value)| value.as_str()).unwrap_or_default()
    };
    let status = match field("MessageStatus") {
        "" => field("SmsStatus"),
        status => status,
    };
    let code = field("ErrorCode");
    let verdict = match status {
        "" => return Err(ReceiptError),
        "delivered" | "read" => Verdict::Delivered,
        "undelivered" | "failed" => {
            let told = code.parse().ok().and_then(twilio::fate);
            // A code that is not known is about the text; no code at all, about the number.
            told.unwrap_or(if code.is_empty() {
                Verdict::Hard
            } else {
                Verdict::Refused
            })
        }
        _ => return Ok(Vec::new()),
    };
    let sid = Some(field("MessageSid"));
    let sid = sid.filter(|sid| !sid.is_empty()).map(str::to_owned);
    let words = format!("{status} {code}");
    Ok(vec![receipt(sid, verdict, words.trim_end())])
}

fn own(form: &ReceiptForm, body: &[u8]) -> Result<Vec<Receipt>, ReceiptError> {
    let judge = |id: Option<String>, status: Option<String>| {
        let (id, status) = (id?, status?);
        let is = |words: &[String]| words.iter().any(|one| one.eq_ignore_ascii_case(&status));
        let verdict = match (is(&form.delivered), is(&form.failed)) {
            (true, _) => Verdict::Delivered,
            (_, true) => Verdict::Hard,
            _ => return None,
        };
        Some(receipt(Some(id), verdict, &status))
    };
    if Json::read(body).is_some() {
        return each(body, |event| {
            judge(event.text(&form.id), event.text(&form.status))
        });
    }
    let all = fields(body).filter(|all| all.iter().any(|(name, _)| *name == form.id));
    let all = all.ok_or(ReceiptError)?;
    let field = |wanted: &String| {
        let found = all.iter().find(|(name, _)| name == wanted);
        found.map(|(_, value)| value.clone())
    };
    Ok(judge(field(&form.id), field(&form.status))
        .into_iter()
        .collect())
}
