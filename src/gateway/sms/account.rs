//! A supplier's account at a provider of text messages: what signs it in. Written as JSON, sealed.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::template;

/// The account by provider.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Account {
    /// OVHcloud, its API of version 1.
    Ovh(OvhKeys),
    /// Brevo, transactional texts.
    Brevo(Named),
    /// smsmode, its REST API of version 1.
    Smsmode(Named),
    /// Twilio.
    Twilio(TwilioKeys),
    /// Any other provider that takes one HTTP request for each text.
    Http(Template),
    /// None: texts are kept and nothing leaves.
    Nowhere,
}

/// The keys of an OVHcloud application and the name of its SMS service.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct OvhKeys {
    /// Application key.
    pub application: String,
    /// Application secret.
    pub secret: String,
    /// Consumer key.
    pub consumer: String,
    /// `sms-ab12345-1`.
    pub service: String,
    /// Another address of the interface.
    pub url: Option<String>,
}

/// One key.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Named {
    /// The key.
    pub key: String,
    /// Another address of the interface.
    pub url: Option<String>,
}

/// A Twilio account.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct TwilioKeys {
    /// Account SID.
    pub sid: String,
    /// Auth token: it signs what Twilio calls back, too.
    pub token: String,
    /// Another address of the interface.
    pub url: Option<String>,
}

/// The form of a provider that is known by its description only. In the address, headers and body
/// these stand for a text's own: `{to}`, `{to_digits}`, `{text}`, `{sender}`, `{id}`,
/// `{receipts}`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Template {
    /// `POST`, or another.
    #[serde(default = "post")]
    pub method: String,
    /// The address.
    pub url: String,
    /// Headers: name and value.
    #[serde(default)]
    pub headers: Vec<(String, String)>,
    /// A JSON document, or a form such as `to={to}&text={text}`; empty for none.
    #[serde(default)]
    pub body: String,
    /// Where the answer has the provider's id: `messages.0.id`.
    pub id: String,
    /// Whether the same `{id}` twice sends one text.
    #[serde(default)]
    pub idempotent: bool,
    /// How its receipts read.
    #[serde(default)]
    pub receipts: Option<ReceiptForm>,
}

/// Where a receipt, JSON or form, has what matters.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReceiptForm {
    /// The provider's id of the text.
    pub id: String,
    /// What became of it.
    pub status: String,
    /// Words for arrived.
    pub delivered: Vec<String>,
    /// Words for not arrived.
    pub failed: Vec<String>,
}

fn post() -> String {
    "POST".to_owned()
}

/// Why an account opens no way out.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum AccountError {
    /// A part of it is missing.
    #[error("the {0} is missing")]
    Missing(&'static str),
    /// An address that is none, or that would carry keys in the open.
    #[error("'{0}' cannot be used: an address begins with https://")]
    Address(String),
    /// A body that is neither JSON nor a form.
    #[error("the body is neither a JSON document nor a form such as to={{to}}&text={{text}}")]
    Body,
    /// A text would leave without its number or words.
    #[error("{0} stands nowhere in the address, headers or body")]
    Unnamed(&'static str),
    /// The client.
    #[error("{0}")]
    Client(String),
}

impl Account {
    /// The provider's name, as settings and addresses have it.
    #[must_use]
    pub const fn provider(&self) -> &'static str {
        match self {
            Self::Ovh(_) => "ovh",
            Self::Brevo(_) => "brevo",
            Self::Smsmode(_) => "smsmode",
            Self::Twilio(_) => "twilio",
            Self::Http(_) => "http",
            Self::Nowhere => "nowhere",
        }
    }

    /// Whether the provider tells by a webhook what became of texts.
    #[must_use]
    pub const fn calls_back(&self) -> bool {
        match self {
            Self::Brevo(_) | Self::Smsmode(_) | Self::Twilio(_) => true,
            Self::Http(template) => template.receipts.is_some(),
            // OVHcloud calls back by GET, which changes nothing here: it is asked instead.
            Self::Ovh(_) | Self::Nowhere => false,
        }
    }

    /// Whether it is asked what became of texts.
    #[must_use]
    pub const fn is_asked(&self) -> bool {
        matches!(self, Self::Ovh(_))
    }

    /// Whether everything is there that a request takes.
    pub fn check(&self) -> Result<(), AccountError> {
        let (parts, url): (Vec<(&str, &'static str)>, Option<&str>) = match self {
            Self::Ovh(keys) => (
                vec![
                    (keys.application.as_str(), "application key"),
                    (keys.secret.as_str(), "application secret"),
                    (keys.consumer.as_str(), "consumer key"),
                    (keys.service.as_str(), "name of the SMS service"),
                ],
                keys.url.as_deref(),
            ),
            Self::Brevo(named) | Self::Smsmode(named) => {
                (vec![(named.key.as_str(), "API key")], named.url.as_deref())
            }
            Self::Twilio(keys) => (
                vec![
                    (keys.sid.as_str(), "account SID"),
                    (keys.token.as_str(), "auth token"),
                ],
                keys.url.as_deref(),
            ),
            Self::Http(own) => {
                template::check(own)?;
                (vec![(own.id.as_str(), "path of the id")], Some(&own.url))
            }
            Self::Nowhere => (Vec::new(), None),
        };
        for (part, name) in parts {
            if part.trim().is_empty() || part.chars().any(char::is_control) {
                return Err(AccountError::Missing(name));
            }
        }
        url.map_or(Ok(()), is_safe)
    }
}

/// An address that may carry keys: protected, or this machine itself.
fn is_safe(url: &str) -> Result<(), AccountError> {
    let own = ["http://127.0.0.1", "http://[::1]", "http://localhost"];
    let mut own = own.iter().filter_map(|start| url.strip_prefix(start));
    let here = own.any(|rest| rest.is_empty() || rest.starts_with([':', '/']));
    if here || url.starts_with("https://") {
        return Ok(());
    }
    Err(AccountError::Address(url.chars().take(80).collect()))
}

impl fmt::Debug for Account {
    /// Without the keys.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Account({})", self.provider())
    }
}
