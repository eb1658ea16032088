//! Stripe webhooks: signature first, then a tolerant reading.
//!
//! An event is only a hint that something moved; what moved is asked from Stripe afterwards. So
//! nothing but names is read here, and an event of a kind or API version unknown here is still
//! an event. The scheme is public: docs.stripe.com/webhooks, "verify manually".

use domain::{Moment, PaymentId};
use hmac::{Hmac, KeyInit, Mac};
use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;
use sha2::Sha256;

use super::stripe::{METADATA_CARD, METADATA_PAYMENT};
use crate::vault::hex;

/// Largest event body, in bytes; Stripe's own are a few kilobytes.
pub const BODY_MAX: usize = 1024 * 1024;

/// How far, in seconds, the time of signing may be from ours, before or after.
pub const TOLERANCE_SECONDS: i64 = 300;

/// Why a webhook is not believed or not understood.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum WebhookError {
    /// The body exceeds [`BODY_MAX`].
    #[error("the event is larger than 1 MiB")]
    TooLarge,
    /// The `Stripe-Signature` header is not of the form `t=…,v1=…`.
    #[error("the signature header is malformed")]
    Header,
    /// No signature was made with a secret of the account over this body.
    #[error("no signature matches: the secret is wrong or the event was altered")]
    Forged,
    /// Truly signed, but more than [`TOLERANCE_SECONDS`] away: perhaps an old event replayed.
    #[error("the event was signed more than five minutes from now")]
    Stale,
    /// Truly signed, but no JSON event with an id, a type and a mode.
    #[error("the body is no Stripe event")]
    Unreadable,
}

/// What an event says about itself. Anything further is fetched.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct StripeEvent {
    /// `evt_…`: the same when Stripe delivers it again.
    pub id: String,
    /// For example `checkout.session.completed`.
    pub kind: String,
    /// The connected account (`acct_…`) it happened on, if not the key's own.
    pub account: Option<String>,
    /// Whether real money moved.
    pub livemode: bool,
    /// Id of the object it is about; some objects have none.
    pub object_id: Option<String>,
    /// Kind of that object, for example `checkout.session`.
    pub object_kind: Option<String>,
    /// Our payment, when the object names one.
    pub payment: Option<PaymentId>,
    /// Whether the object says that a kept card is paid with.
    pub kept_card: bool,
    /// The Payment Intent (`pi_…`) that the object belongs to, as refunds and disputes do.
    pub intent: Option<String>,
}

impl StripeEvent {
    /// What to ask the provider after, when it tells how a payment stands: its page, or the
    /// payment itself when it was made with a kept card.
    #[must_use]
    pub fn payment_ref(&self) -> Option<&str> {
        let told = match self.object_kind.as_deref() {
            Some("checkout.session") => true,
            Some("payment_intent") => self.kept_card,
            _ => false,
        };
        self.object_id.as_deref().filter(|_| told)
    }

    /// The card that changed or was forgotten, if that is what it tells of.
    #[must_use]
    pub fn card_ref(&self) -> Option<&str> {
        let told = self.object_kind.as_deref() == Some("payment_method");
        self.object_id.as_deref().filter(|_| told)
    }

    /// The payment of which money goes back, or may, if that is what it tells of.
    #[must_use]
    pub fn goes_back(&self) -> Option<&str> {
        let kinds = [
            "charge.refunded",
            "charge.refund.",
            "charge.dispute.",
            "refund.",
        ];
        let told = kinds.iter().any(|kind| self.kind.starts_with(kind));
        self.intent.as_deref().filter(|_| told)
    }
}

/// A webhook as it goes over the wire.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Webhook {
    /// The event, as signed.
    pub body: Vec<u8>,
    /// The `Stripe-Signature` header.
    pub signature: String,
}

/// Checks that one of the secrets signed exactly this body, at most five minutes from `now`.
///
/// Comparison takes the same time wherever signatures differ. Several signatures are tried and
/// so are several secrets: both exist while a secret is being replaced.
pub fn verify(
    secrets: &[SecretString],
    header: &str,
    body: &[u8],
    now: Moment,
) -> Result<(), WebhookError> {
    if body.len() > BODY_MAX {
        return Err(WebhookError::TooLarge);
    }
    let header = Header::read(header).ok_or(WebhookError::Header)?;
    // Anyone can sign with an empty secret, so one left blank in the settings signs nothing.
    let usable = |secret: &&SecretString| !secret.expose_secret().is_empty();
    let signed = secrets.iter().filter(usable).any(|secret| {
        let mac = mac(secret, header.time, body);
        let matches = |signature: &[u8; 32]| mac.clone().verify_slice(signature).is_ok();
        header.signatures.iter().any(matches)
    });
    if !signed {
        return Err(WebhookError::Forged);
    }
    if header.seconds.abs_diff(now.seconds()) > TOLERANCE_SECONDS.unsigned_abs() {
        return Err(WebhookError::Stale);
    }
    Ok(())
}

/// The `Stripe-Signature` header for a body signed now, as Stripe would send it.
#[must_use]
pub fn sign(secret: &SecretString, body: &[u8], now: Moment) -> String {
    let time = now.seconds().to_string();
    let digest = mac(secret, &time, body).finalize().into_bytes();
    format!("t={time},v1={}", hex(&digest))
}

/// Reads an event whose signature was verified; ignores whatever it does not know.
pub fn read(body: &[u8]) -> Result<StripeEvent, WebhookError> {
    if body.len() > BODY_MAX {
        return Err(WebhookError::TooLarge);
    }
    let event: Value = serde_json::from_slice(body).map_err(|_| WebhookError::Unreadable)?;
    let text = |path: &str| Some(event.pointer(path)?.as_str()?.to_owned());
    let required = |path| text(path).ok_or(WebhookError::Unreadable);
    let livemode = event.get("livemode").and_then(Value::as_bool);
    Ok(StripeEvent {
        id: required("/id")?,
        kind: required("/type")?,
        account: text("/account"),
        livemode: livemode.ok_or(WebhookError::Unreadable)?,
        object_id: text("/data/object/id"),
        object_kind: text("/data/object/object"),
        payment: event.pointer("/data/object").and_then(payment),
        kept_card: text(&format!("/data/object/metadata/{METADATA_CARD}")).is_some(),
        intent: text("/data/object/payment_intent"),
    })
}

/// Objects made by others than us may carry any reference: what is no payment id is none.
fn payment(object: &Value) -> Option<PaymentId> {
    let metadata = object.get("metadata");
    let written = [
        metadata.and_then(|map| map.get(METADATA_PAYMENT)),
        object.get("client_reference_id"),
    ];
    written
        .into_iter()
        .flatten()
        .find_map(|value| value.as_str()?.parse().ok())
}

/// The signature covers the time as it was written, a full stop and the body.
#[expect(
    clippy::expect_used,
    reason = "HMAC takes keys of any length (RFC 2104 §2)"
)]
fn mac(secret: &SecretString, time: &str, body: &[u8]) -> Hmac<Sha256> {
    let key = secret.expose_secret().as_bytes();
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("any length is accepted");
    mac.update(time.as_bytes());
    mac.update(b".");
    mac.update(body);
    mac
}

/// The parts of a signature header; schemes other than `v1` are ignored, as Stripe asks.
struct Header<'a> {
    time: &'a str,
    seconds: i64,
    signatures: Vec<[u8; 32]>,
}

impl<'a> Header<'a> {
    fn read(text: &'a str) -> Option<Self> {
        let (mut time, mut signatures) = (None, Vec::new());
        for part in text.split(',') {
            match part.trim().split_once('=')? {
                ("t", _) if time.is_some() => return None,
                ("t", value) => time = Some(value),
                ("v1", value) => signatures.push(digest(value)?),
                _ => {}
            }
        }
        let time = time?;
        let found = !signatures.is_empty();
        found.then_some(Self {
            time,
            seconds: time.parse().ok()?,
            signatures,
        })
    }
}

/// 64 hexadecimal digits.
fn digest(text: &str) -> Option<[u8; 32]> {
    let mut bytes = [0; 32];
    if text.len() != 64 {
        return None;
    }
    for (byte, pair) in bytes.iter_mut().zip(text.as_bytes().chunks(2)) {
        let digits = std::str::from_utf8(pair).ok()?;
        let plain = digits.bytes().all(|digit| digit.is_ascii_hexdigit());
        *byte = plain.then(|| u8::from_str_radix(digits, 16).ok())??;
    }
    Some(bytes)
}

#[cfg(test)]
mod tests;
