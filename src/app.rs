//! What every flow is given: the storage, the clock, the ways out.

use std::num::NonZeroUsize;
use std::sync::Arc;

use domain::Moment;
use secrecy::ExposeSecret;

use crate::clock::Clock;
use crate::config::{Config, ConfigError, SmtpSettings, wrong};
use crate::gateway::email::Mailer;
use crate::gateway::link::{LinkKeyError, LinkKeys};
use crate::gateway::mail_events::sns::Sns;
use crate::gateway::outlet::Outlets;
use crate::gateway::smtp::{Login, Security, SetupError, SmtpConfig, SmtpMailer};
use crate::payments::card::CardGateway;
use crate::payments::sandbox::SandboxGateway;
use crate::payments::stripe::StripeGateway;
use crate::store::{Settings, Store, StoreError};
use crate::vault::{Vault, VaultError};

/// The running application.
pub struct App {
    /// Where everything is kept.
    pub store: Store,
    /// What time it is.
    pub clock: Clock,
    /// How mails leave.
    pub mailer: Mailer,
    /// How those of suppliers with a way of their own do.
    pub outlets: Outlets,
    /// Who checks what Amazon SNS brings.
    pub sns: Sns,
    /// Hosted card pages.
    pub cards: Arc<dyn CardGateway>,
    /// Keys of the signed links.
    pub links: LinkKeys,
    /// Keys for sessions and sealed columns.
    pub vault: Arc<Vault>,
    /// The portal's origin, such as `https://portail.example.fr`: links and return addresses are
    /// made from it, never from what a request says.
    pub origin: String,
}

/// Why the application does not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// A setting.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The secret.
    #[error(transparent)]
    Vault(#[from] VaultError),
    /// The keys of the links.
    #[error(transparent)]
    Links(#[from] LinkKeyError),
    /// The mail relay.
    #[error(transparent)]
    Smtp(#[from] SetupError),
}

/// The vault that the configured secret opens.
pub fn vault(config: &Config) -> Result<Arc<Vault>, StartError> {
    let secret = config.secret.expose_secret();
    Ok(Arc::new(
        Vault::from_hex(secret).map_err(|why| wrong("secret", why))?,
    ))
}

impl App {
    /// From the settings; `sandbox` replaces Stripe where no money must move.
    pub fn open(
        config: &Config,
        clock: Clock,
        sandbox: Option<Arc<SandboxGateway>>,
    ) -> Result<Self, StartError> {
        let vault = vault(config)?;
        let cards: Arc<dyn CardGateway> = match sandbox {
            Some(sandbox) => sandbox,
            None => Arc::new(StripeGateway::new(config.stripe_url.clone())),
        };
        Ok(Self {
            store: Store::open(&Settings::new(&config.database_url), &vault)?,
            clock,
            mailer: config.smtp.as_ref().map_or(Ok(Mailer::Mailbox), mailer)?,
            outlets: Outlets::default(),
            sns: Sns::default(),
            cards,
            links: LinkKeys::new(&[('a', vault.key("link.v1"))])?,
            vault,
            origin: config.origin.clone(),
        })
    }

    /// What time it is.
    #[must_use]
    pub fn now(&self) -> Moment {
        self.clock.now()
    }
}

/// Connections kept open to the mail relay.
const SMTP_CONNECTIONS: NonZeroUsize = NonZeroUsize::MIN.saturating_add(7);

fn mailer(settings: &SmtpSettings) -> Result<Mailer, StartError> {
    let login = settings.login.as_ref().map(|(user, password)| Login {
        user: user.clone(),
        password: password.clone(),
    });
    Ok(Mailer::Smtp(SmtpMailer::new(SmtpConfig {
        host: settings.host.clone(),
        port: settings.port,
        security: Security::named(&settings.security),
        hello_name: settings.hello.clone(),
        login,
        authority: settings.authority.clone(),
        connections_max: SMTP_CONNECTIONS,
        command_limit: SmtpConfig::COMMAND_LIMIT,
        final_limit: SmtpConfig::FINAL_LIMIT,
    })?))
}
