//! How a supplier's messages leave and what comes back of them: its own relay, its signing keys,
//! the mailbox for reports, the one for answers, its provider. Kept sealed.

use domain::SupplierId;
use serde::{Deserialize, Serialize};

use super::error::FlowError;
use crate::app::App;
pub use crate::gateway::mail_events::Provider;
use crate::store::{self, Conn};

/// The settings, as they are sealed: JSON. What is not set is as for the whole installation.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct MailSettings {
    /// Its own mail relay.
    pub relay: Option<Relay>,
    /// Keys that sign its messages.
    pub keys: Vec<SigningKey>,
    /// The mailbox that reports about its messages come to; each message adds its own digits to
    /// the part before the `@`.
    pub return_path: Option<String>,
    /// The mailbox that answers come to, when Acquit is to read them.
    pub replies_to: Option<String>,
    /// The provider whose webhooks tell what became of messages.
    pub provider: Option<Provider>,
    /// What the address of those webhooks ends in.
    pub hook_secret: Option<String>,
}

/// A mail relay.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Relay {
    /// Host name.
    pub host: String,
    /// Port.
    pub port: u16,
    /// `starttls`, `tls` or `plain`.
    pub security: String,
    /// User and password, if it asks for them.
    pub login: Option<(String, String)>,
    /// The name it is greeted with.
    pub hello: String,
}

/// A key that signs messages.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SigningKey {
    /// The domain that vouches.
    pub domain: String,
    /// The name of its public key in the domain's DNS.
    pub selector: String,
    /// `rsa` or `ed25519`.
    pub kind: String,
    /// The private key: PEM, or the seed in base64.
    pub key: String,
}

impl std::fmt::Debug for Relay {
    /// Without the password.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Relay({}:{})", self.host, self.port)
    }
}

impl std::fmt::Debug for SigningKey {
    /// Without the key.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "SigningKey({}._domainkey.{})",
            self.selector, self.domain
        )
    }
}

/// Reads the settings of a supplier.
pub(super) fn read(conn: &mut Conn, supplier: SupplierId) -> Result<MailSettings, FlowError> {
    let json = store::supplier_mail::find(conn, supplier)?;
    parse(json.as_deref())
}

pub(super) fn parse(json: Option<&str>) -> Result<MailSettings, FlowError> {
    let Some(json) = json else {
        return Ok(MailSettings::default());
    };
    serde_json::from_str(json).map_err(|why| FlowError::Unusable(format!("mail settings: {why}")))
}

/// The settings of a supplier.
pub async fn load(app: &App, supplier: SupplierId) -> Result<MailSettings, FlowError> {
    let find = move |conn: &mut Conn| store::supplier_mail::find(conn, supplier);
    let json = app.store.report(supplier, find).await?;
    parse(json.as_deref())
}

/// Changes the settings of a supplier, those that are not named staying as they are.
pub async fn change(
    app: &App,
    supplier: SupplierId,
    change: impl Fn(&mut MailSettings) + Send + 'static,
) -> Result<MailSettings, FlowError> {
    app.store
        .write(supplier, move |conn| {
            let mut settings = read(conn, supplier)?;
            change(&mut settings);
            let json = serde_json::to_string(&settings)
                .map_err(|why| FlowError::Unusable(format!("mail settings: {why}")))?;
            store::supplier_mail::set(conn, supplier, &json)?;
            Ok(settings)
        })
        .await
}
