//! The supplier's own account at the card provider, as its sealed settings say.

use domain::SupplierId;
use secrecy::SecretString;
use serde::{Deserialize, Serialize};

use super::error::FlowError;
use crate::app::App;
use crate::payments::card::CardAccount;
use crate::store;

/// The settings as they are sealed: JSON.
#[derive(Clone, Serialize, Deserialize)]
pub struct CardSettings {
    /// `sk_live_…`, `rk_live_…` or a test key.
    pub secret_key: String,
    /// `acct_…` for direct charges on a connected account.
    pub connected: Option<String>,
    /// `whsec_…`; two while one replaces the other.
    pub webhook_secrets: Vec<String>,
    /// Whether SEPA direct debits are switched on there.
    #[serde(default)]
    pub debits: bool,
}

impl From<CardSettings> for CardAccount {
    fn from(settings: CardSettings) -> Self {
        Self {
            secret_key: SecretString::from(settings.secret_key),
            connected: settings.connected,
            webhook_secrets: settings
                .webhook_secrets
                .into_iter()
                .map(SecretString::from)
                .collect(),
            debits: settings.debits,
        }
    }
}

/// The account, if the supplier takes cards.
pub async fn load(app: &App, supplier: SupplierId) -> Result<Option<CardAccount>, FlowError> {
    let sealed = app
        .store
        .read(supplier, move |conn| store::supplier::card(conn, supplier))
        .await?;
    sealed
        .map(|json| {
            let settings: CardSettings = serde_json::from_str(&json)
                .map_err(|why| FlowError::Unusable(format!("card settings: {why}")))?;
            Ok(settings.into())
        })
        .transpose()
}

/// Seals the settings of a supplier's card account.
pub async fn set(
    app: &App,
    supplier: SupplierId,
    settings: &CardSettings,
) -> Result<(), FlowError> {
    let json = serde_json::to_string(settings)
        .map_err(|why| FlowError::Unusable(format!("card settings: {why}")))?;
    app.store
        .write(supplier, move |conn| {
            Ok(store::supplier::set_card(conn, supplier, &json)?)
        })
        .await
}
