//! Opens a supplier's own way out by its settings.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::num::NonZeroUsize;
use std::sync::Arc;

use domain::SupplierId;
use domain::message::Message;
use secrecy::SecretString;

use crate::app::App;
use crate::flows::error::FlowError;
use crate::flows::mail_settings::{MailSettings, Relay, SigningKey, parse};
use crate::gateway::dkim::{DkimError, DkimKey, DkimSigner};
use crate::gateway::email::Mailer;
use crate::gateway::outlet::Outlet;
use crate::gateway::smtp::{Login, Security, SetupError, SmtpConfig, SmtpMailer};
use crate::store::{self, Conn};

/// Connections kept open to one supplier's relay.
const CONNECTIONS: NonZeroUsize = NonZeroUsize::MIN.saturating_add(7);

/// Why a supplier's settings open no way out.
#[derive(Debug, thiserror::Error)]
pub enum OutletError {
    /// The relay.
    #[error(transparent)]
    Relay(#[from] SetupError),
    /// A signing key.
    #[error(transparent)]
    Key(#[from] DkimError),
}

/// The ways out of the suppliers of some messages; those that do not open say why.
pub(super) type Open = BTreeMap<SupplierId, Result<Arc<Outlet>, String>>;

/// Opens what these messages need.
pub(super) async fn open(app: &App, messages: &[Message]) -> Result<Open, FlowError> {
    let mut all = Open::new();
    for supplier in messages.iter().map(|message| message.supplier) {
        if let Entry::Vacant(one) = all.entry(supplier) {
            one.insert(of(app, supplier).await?);
        }
    }
    Ok(all)
}

async fn of(app: &App, supplier: SupplierId) -> Result<Result<Arc<Outlet>, String>, FlowError> {
    let find = move |conn: &mut Conn| store::supplier_mail::find(conn, supplier);
    let json = app.store.report(supplier, find).await?.unwrap_or_default();
    let make = || outlet_of(&json).map_err(|why| why.to_string());
    Ok(app.outlets.get(supplier, &json, make))
}

/// The way out of one supplier.
pub async fn way_out(app: &App, supplier: SupplierId) -> Result<Arc<Outlet>, FlowError> {
    of(app, supplier).await?.map_err(FlowError::Unusable)
}

fn outlet_of(json: &str) -> Result<Outlet, FlowError> {
    let settings = parse(Some(json).filter(|json| !json.is_empty()))?;
    outlet(&settings).map_err(|why| FlowError::Unusable(why.to_string()))
}

/// The way out that settings describe.
pub fn outlet(settings: &MailSettings) -> Result<Outlet, OutletError> {
    let signers = settings.keys.iter().map(signer).collect::<Result<_, _>>()?;
    Ok(Outlet {
        mailer: settings.relay.as_ref().map(mailer).transpose()?,
        signers,
        return_path: settings.return_path.clone(),
        replies_to: settings.replies_to.clone(),
        provider: settings.provider,
    })
}

fn signer(key: &SigningKey) -> Result<DkimSigner, DkimError> {
    let secret = SecretString::from(key.key.clone());
    let kind = if key.kind == "ed25519" {
        DkimKey::Ed25519(secret)
    } else {
        DkimKey::Rsa(secret)
    };
    DkimSigner::new(&key.domain, &key.selector, &kind)
}

fn mailer(relay: &Relay) -> Result<Mailer, SetupError> {
    let login = relay.login.as_ref().map(|(user, password)| Login {
        user: user.clone(),
        password: SecretString::from(password.clone()),
    });
    Ok(Mailer::Smtp(SmtpMailer::new(SmtpConfig {
        host: relay.host.clone(),
        port: relay.port,
        security: Security::named(&relay.security),
        hello_name: relay.hello.clone(),
        login,
        authority: None,
        connections_max: CONNECTIONS,
        command_limit: SmtpConfig::COMMAND_LIMIT,
        final_limit: SmtpConfig::FINAL_LIMIT,
    })?))
}
