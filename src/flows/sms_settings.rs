//! How a supplier's text messages leave: its account at a provider, from whom they say they are,
//! how many a day and for how much a month. Kept sealed.

use std::sync::Arc;

use domain::sms::{Caps, LINK_MAX, Price, Sender, SenderError};
use domain::{MessageId, SupplierId};
use serde::{Deserialize, Serialize};

use super::error::FlowError;
use crate::app::App;
pub use crate::gateway::sms::{Account, Named, OvhKeys, Template, TwilioKeys};
use crate::gateway::sms::{Limits, Texter, texter};
use crate::store::{self, Conn};

/// The settings, as they are sealed: JSON.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(default)]
pub struct SmsSettings {
    /// The account; without one no text leaves.
    pub account: Option<Account>,
    /// The sender's name.
    pub sender: String,
    /// Texts a day, at most.
    pub texts_a_day: u32,
    /// Money a month, at most: `100 EUR`.
    pub spend_a_month: Option<String>,
    /// What a segment costs where the provider does not tell: `0.065 EUR`.
    pub price: Option<String>,
    /// A shorter address that leads to the portal: links in texts begin with it.
    pub short_origin: Option<String>,
    /// What the address of the provider's webhooks ends in.
    pub hook_secret: Option<String>,
}

impl Default for SmsSettings {
    fn default() -> Self {
        let caps = Caps::default();
        Self {
            account: None,
            sender: String::new(),
            texts_a_day: caps.texts_a_day,
            spend_a_month: caps.spend_a_month.map(|most| most.to_string()),
            price: None,
            short_origin: None,
            hook_secret: None,
        }
    }
}

impl SmsSettings {
    /// What may leave.
    #[must_use]
    pub fn caps(&self) -> Caps {
        let most = self.spend_a_month.as_deref();
        Caps {
            texts_a_day: self.texts_a_day,
            spend_a_month: most.and_then(|most| most.parse().ok()),
        }
    }

    /// What a segment costs, where that was said.
    #[must_use]
    pub fn price(&self) -> Option<Price> {
        self.price.as_deref()?.parse().ok()
    }

    /// What a link in a text begins with.
    #[must_use]
    pub fn link_origin<'a>(&'a self, origin: &'a str) -> &'a str {
        self.short_origin.as_deref().unwrap_or(origin)
    }

    /// Whether links leave room for every text in one segment.
    #[must_use]
    pub fn links_fit(&self, origin: &str) -> bool {
        link_chars(self.link_origin(origin)) <= LINK_MAX
    }

    /// Where the provider is to tell what became of a text: it knows the address alone.
    #[must_use]
    pub fn hook(&self, origin: &str, supplier: SupplierId) -> Option<String> {
        let account = self.account.as_ref().filter(|one| one.calls_back())?;
        let secret = self.hook_secret.as_ref()?;
        let provider = account.provider();
        Some(format!("{origin}/hooks/sms/{supplier}/{provider}/{secret}"))
    }

    /// The same for one message.
    pub(super) fn hook_of(
        &self,
        origin: &str,
        (supplier, message): (SupplierId, MessageId),
    ) -> Option<String> {
        let hook = self.hook(origin, supplier)?;
        Some(format!("{hook}/{message}"))
    }
}

/// Characters of a link that begins like this.
#[must_use]
pub const fn link_chars(origin: &str) -> usize {
    origin.len() + "/l/".len() + crate::gateway::link::TOKEN_CHARS
}

/// An open way out.
#[derive(Clone, Debug)]
pub struct Way {
    /// The settings it was made from.
    pub settings: SmsSettings,
    /// Its account.
    pub account: Account,
    /// From whom.
    pub sender: Sender,
    /// Who takes the texts.
    pub texter: Arc<dyn Texter>,
}

/// The way out that settings describe, or why there is none.
pub fn way(settings: SmsSettings) -> Result<Way, String> {
    let none = "no provider of text messages is set up";
    let account = settings.account.clone().ok_or(none)?;
    let sender: Sender = settings
        .sender
        .parse()
        .map_err(|why: SenderError| why.to_string())?;
    let prices = [&settings.price, &settings.spend_a_month];
    for price in prices.into_iter().flatten() {
        price.parse::<Price>().map_err(|why| why.to_string())?;
    }
    let texter = texter(&account, Limits::default()).map_err(|why| why.to_string())?;
    Ok(Way {
        settings,
        account,
        sender,
        texter,
    })
}

pub(super) fn parse(json: Option<&str>) -> Result<SmsSettings, FlowError> {
    let Some(json) = json else {
        return Ok(SmsSettings::default());
    };
    serde_json::from_str(json).map_err(|why| FlowError::Unusable(format!("sms settings: {why}")))
}

/// The settings of a supplier.
pub async fn load(app: &App, supplier: SupplierId) -> Result<SmsSettings, FlowError> {
    let find = move |conn: &mut Conn| store::texter::find(conn, supplier);
    let json = app.store.report(supplier, find).await?;
    parse(json.as_deref())
}

/// Changes the settings of a supplier, those that are not named staying as they are. Without an
/// account there is nothing left to keep.
pub async fn change(
    app: &App,
    supplier: SupplierId,
    change: impl Fn(&mut SmsSettings) + Send + 'static,
) -> Result<SmsSettings, FlowError> {
    app.store
        .write(supplier, move |conn| {
            let json = store::texter::find(conn, supplier)?;
            let mut settings = parse(json.as_deref())?;
            change(&mut settings);
            if settings.account.is_none() {
                store::texter::remove(conn, supplier)?;
                return Ok(settings);
            }
            let json = serde_json::to_string(&settings)
                .map_err(|why| FlowError::Unusable(format!("sms settings: {why}")))?;
            store::texter::set(conn, supplier, &json)?;
            Ok(settings)
        })
        .await
}
