//! How a supplier's messages leave and what comes back of them.

use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::Args;

use super::{say, supplier as find};
use crate::app::App;
use crate::flows::deliver::outlet;
use crate::flows::mail_settings::{self, MailSettings, Provider, Relay, SigningKey};
use crate::vault;

/// How its messages leave; what is not named stays as it is.
#[derive(Args)]
pub(super) struct MailArgs {
    /// Code of the supplier
    #[arg(long)]
    code: String,
    /// Host of its own relay
    #[arg(long)]
    relay: Option<String>,
    /// Port of it
    #[arg(long, default_value_t = 587)]
    port: u16,
    /// How the connection to it is protected
    #[arg(long, value_parser = ["starttls", "tls", "plain"], default_value = "starttls")]
    security: String,
    /// User of it
    #[arg(long, requires = "password_file")]
    user: Option<String>,
    /// File with its password
    #[arg(long)]
    password_file: Option<PathBuf>,
    /// The name it is greeted with
    #[arg(long, default_value = "localhost")]
    hello: String,
    /// Use the installation's relay again
    #[arg(long, conflicts_with = "relay")]
    no_relay: bool,
    /// File with a private key that signs its messages (DKIM): RSA in PEM, or the seed of an
    /// Ed25519 key in base64; it replaces the key of the same selector
    #[arg(long, requires_all = ["key_domain", "key_selector"])]
    key_file: Option<PathBuf>,
    /// The domain that vouches for it
    #[arg(long)]
    key_domain: Option<String>,
    /// The name of the public key in that domain's DNS
    #[arg(long)]
    key_selector: Option<String>,
    /// Sign no more
    #[arg(long, conflicts_with = "key_file")]
    no_keys: bool,
    /// Mailbox that delivery reports come to; its server must take name+anything@domain too
    #[arg(long)]
    return_path: Option<String>,
    /// Mailbox that answers come to, to be read here: the Reply-To of its messages
    #[arg(long)]
    replies_to: Option<String>,
    /// The provider whose webhooks tell what became of messages
    #[arg(long, value_parser = ["brevo", "mailjet", "ses"])]
    provider: Option<String>,
}

/// What is read from files.
struct Secrets {
    password: String,
    key: String,
    hook: String,
}

/// Sets it, and says how things stand.
pub(super) async fn set(app: &App, args: MailArgs) -> anyhow::Result<()> {
    let owner = find(app, &args.code).await?;
    let secrets = Secrets {
        password: content(args.password_file.as_deref())?,
        key: content(args.key_file.as_deref())?,
        hook: vault::hex(&vault::random::<16>()?),
    };
    let mut tried = mail_settings::load(app, owner.id).await?;
    apply(&mut tried, &args, &secrets);
    outlet(&tried).context("nothing was changed")?;
    let change = move |settings: &mut MailSettings| apply(settings, &args, &secrets);
    let settings = mail_settings::change(app, owner.id, change).await?;
    for line in lines(&settings) {
        say(&line)?;
    }
    if let (Some(provider), Some(secret)) = (settings.provider, &settings.hook_secret) {
        let (origin, name) = (&app.origin, provider.name());
        say(&format!(
            "webhook {origin}/hooks/mail/{}/{name}/{secret}",
            owner.id
        ))?;
    }
    Ok(())
}

fn content(path: Option<&Path>) -> anyhow::Result<String> {
    let Some(path) = path else {
        return Ok(String::new());
    };
    let text = std::fs::read_to_string(path).with_context(|| path.display().to_string())?;
    Ok(text.trim().to_owned())
}

fn apply(settings: &mut MailSettings, args: &MailArgs, secrets: &Secrets) {
    if args.no_relay {
        settings.relay = None;
    }
    if let Some(host) = &args.relay {
        settings.relay = Some(Relay {
            host: host.clone(),
            port: args.port,
            security: args.security.clone(),
            login: args
                .user
                .clone()
                .map(|user| (user, secrets.password.clone())),
            hello: args.hello.clone(),
        });
    }
    if args.no_keys {
        settings.keys.clear();
    }
    if let (Some(domain), Some(selector)) = (&args.key_domain, &args.key_selector) {
        settings
            .keys
            .retain(|key| (&key.domain, &key.selector) != (domain, selector));
        let pem = secrets.key.starts_with("-----");
        settings.keys.push(SigningKey {
            domain: domain.clone(),
            selector: selector.clone(),
            kind: if pem { "rsa" } else { "ed25519" }.to_owned(),
            key: secrets.key.clone(),
        });
    }
    if let Some(mailbox) = &args.return_path {
        settings.return_path = mailbox_or_none(mailbox);
    }
    if let Some(mailbox) = &args.replies_to {
        settings.replies_to = mailbox_or_none(mailbox);
    }
    if let Some(provider) = args.provider.as_deref().and_then(Provider::named) {
        settings.provider = Some(provider);
        settings
            .hook_secret
            .get_or_insert_with(|| secrets.hook.clone());
    }
}

/// An empty text takes the mailbox away.
fn mailbox_or_none(mailbox: &str) -> Option<String> {
    Some(mailbox.trim().to_owned()).filter(|mailbox| !mailbox.is_empty())
}

/// How things stand, without what is secret.
fn lines(settings: &MailSettings) -> Vec<String> {
    let relay = settings.relay.as_ref().map_or_else(
        || "relay of the installation".to_owned(),
        |relay| format!("relay {}:{} ({})", relay.host, relay.port, relay.security),
    );
    let keys = settings.keys.iter().map(|key| {
        format!(
            "signed by {}._domainkey.{} ({})",
            key.selector, key.domain, key.kind
        )
    });
    let path = settings
        .return_path
        .as_ref()
        .map(|path| format!("reports to {path}"));
    let replies = settings
        .replies_to
        .as_ref()
        .map(|mailbox| format!("answers to {mailbox}"));
    let mut all = vec![relay];
    all.extend(keys.chain(path).chain(replies));
    all
}
