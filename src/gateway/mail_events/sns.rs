//! Amazon SNS, which brings the events of SES: what it signs, by which certificate, and what it
//! asks.
//!
//! The certificate is fetched from an address that the message itself names, so only addresses of
//! SNS are fetched from. A signature says that SNS wrote the message; that it was written for this
//! supplier, the secret address it came to says.

mod signature;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::fmt::Debug;
use std::sync::{Arc, Mutex, PoisonError};

use async_trait::async_trait;
use serde_json::Value;

use crate::gateway::wire::{Answer, Call, Limits, Wire};
use signature::{Certificate, Version};

/// Certificates that are kept; SNS changes its own about once a year.
const KEPT_MAX: usize = 16;

/// Where certificates and confirmations are fetched.
#[async_trait]
pub trait Web: Debug + Send + Sync {
    /// What an address answers when all is well.
    async fn get(&self, url: &str) -> Result<Vec<u8>, String>;
}

/// The web as it is.
#[derive(Debug)]
struct Outside;

#[async_trait]
impl Web for Outside {
    async fn get(&self, url: &str) -> Result<Vec<u8>, String> {
        let wire = Wire::new(Limits::default())?;
        let call = Call::new("GET", url.to_owned(), &[], String::new());
        match wire.ask(call).await {
            Answer::Said(200, body) => Ok(body),
            Answer::Said(status, _) => Err(format!("it answered {status}")),
            Answer::NotReached(why) | Answer::Lost(why) => Err(why),
        }
    }
}

/// What a message of SNS is for, once its signature holds.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Asked {
    /// It brings an event.
    Event,
    /// It asks whether this topic is to come here.
    Subscribe(String),
    /// This topic comes here no more.
    Ended(String),
}

/// Why a message of SNS is turned away.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum SnsError {
    /// Not in the form of SNS.
    #[error("no message of SNS: {0}")]
    Form(String),
    /// Nobody knows who wrote it.
    #[error("not signed by SNS: {0}")]
    Forged(&'static str),
    /// An address of SNS did not answer; it may later.
    #[error("{0} could not be fetched: {1}")]
    Unreached(&'static str, String),
}

/// Who checks what SNS brings.
#[derive(Debug)]
pub struct Sns {
    web: Arc<dyn Web>,
    known: Mutex<BTreeMap<String, Arc<Certificate>>>,
}

impl Default for Sns {
    fn default() -> Self {
        Self::new(Arc::new(Outside))
    }
}

impl Sns {
    /// With another web than the one outside.
    #[must_use]
    pub fn new(web: Arc<dyn Web>) -> Self {
        Self {
            web,
            known: Mutex::default(),
        }
    }

    /// Takes a message whose signature holds. A subscription that is asked for is confirmed.
    pub async fn take(&self, body: &[u8]) -> Result<Asked, SnsError> {
        let message: Value =
            serde_json::from_slice(body).map_err(|why| SnsError::Form(why.to_string()))?;
        self.check(&message).await?;
        let topic = text(&message, "TopicArn").to_owned();
        match text(&message, "Type") {
            "SubscriptionConfirmation" => {
                self.confirm(text(&message, "SubscribeURL")).await?;
                Ok(Asked::Subscribe(topic))
            }
            "UnsubscribeConfirmation" => Ok(Asked::Ended(topic)),
            _ => Ok(Asked::Event),
        }
    }

    async fn check(&self, message: &Value) -> Result<(), SnsError> {
        let signed = signed(message).ok_or(SnsError::Forged("it is of no kind that is signed"))?;
        let version = Version::named(text(message, "SignatureVersion"));
        let version = version.ok_or(SnsError::Forged("its signature is of no known version"))?;
        let url = text(message, "SigningCertURL");
        if !is_certificate(url) {
            return Err(SnsError::Forged("its certificate is not at SNS"));
        }
        let certificate = self.certificate(url).await?;
        match certificate.holds(version, &signed, text(message, "Signature")) {
            true => Ok(()),
            false => Err(SnsError::Forged("its signature does not hold")),
        }
    }

    async fn certificate(&self, url: &str) -> Result<Arc<Certificate>, SnsError> {
        if let Some(known) = self.kept().get(url) {
            return Ok(Arc::clone(known));
        }
        let unreached = |why: String| SnsError::Unreached("the certificate", why);
        let bytes = self.web.get(url).await.map_err(unreached)?;
        let read = Certificate::read(&bytes).map_err(unreached)?;
        let certificate = Arc::new(read);
        let mut kept = self.kept();
        if kept.len() >= KEPT_MAX {
            kept.clear();
        }
        kept.insert(url.to_owned(), Arc::clone(&certificate));
        Ok(certificate)
    }

    fn kept(&self) -> std::sync::MutexGuard<'_, BTreeMap<String, Arc<Certificate>>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn confirm(&self, url: &str) -> Result<(), SnsError> {
        if path_at_sns(url).is_none() {
            return Err(SnsError::Forged("its confirmation is not at SNS"));
        }
        let unreached = |why: String| SnsError::Unreached("the confirmation", why);
        self.web.get(url).await.map(drop).map_err(unreached)
    }
}

fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value.get(name).and_then(Value::as_str).unwrap_or_default()
}

/// What is signed: names and values of some fields, each on a line, by name. A field that a kind
/// must have and this message has not makes it unsigned.
fn signed(message: &Value) -> Option<String> {
    let fields: &[&str] = match text(message, "Type") {
        "Notification" => &[
            "Message",
            "MessageId",
            "Subject",
            "Timestamp",
            "TopicArn",
            "Type",
        ],
        "SubscriptionConfirmation" | "UnsubscribeConfirmation" => &[
            "Message",
            "MessageId",
            "SubscribeURL",
            "Timestamp",
            "Token",
            "TopicArn",
            "Type",
        ],
        _ => return None,
    };
    let mut signed = String::new();
    for name in fields {
        match message.get(*name) {
            Some(Value::String(value)) => {
                for line in [*name, value] {
                    signed.push_str(line);
                    signed.push('\n');
                }
            }
            None | Some(Value::Null) if *name == "Subject" => {}
            _ => return None,
        }
    }
    Some(signed)
}

/// Whether a certificate may be fetched there.
fn is_certificate(url: &str) -> bool {
    let plain = |sign: char| sign.is_ascii_alphanumeric() || "-_./".contains(sign);
    path_at_sns(url).is_some_and(|path| path.ends_with(".pem") && path.chars().all(plain))
}

/// The path of an address of SNS, with its query: `https://sns.REGION.amazonaws.com/…`, in China
/// `….amazonaws.com.cn/…`. No port, no user, nothing else before the path.
fn path_at_sns(url: &str) -> Option<&str> {
    let (host, path) = url.strip_prefix("https://")?.split_once('/')?;
    let region = host.strip_prefix("sns.")?;
    let region = region.strip_suffix(".cn").unwrap_or(region);
    let region = region.strip_suffix(".amazonaws.com")?;
    let letter = |sign: char| sign.is_ascii_lowercase() || sign.is_ascii_digit() || sign == '-';
    let is_region = !region.is_empty() && region.chars().all(letter);
    (is_region
        && path
            .chars()
            .all(|sign| sign.is_ascii_graphic() && sign != '\\'))
    .then_some(path)
}
