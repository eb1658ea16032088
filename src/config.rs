//! Settings: a flag wins over the environment, the environment over the configuration file.
//!
//! Each setting has one name: `database-url` is the flag `--database-url`, the variable
//! `ACQUIT_DATABASE_URL`, the file named by `ACQUIT_DATABASE_URL_FILE`, and the key `database-url`
//! of the file. A missing or wrong one is refused at start with its form and an example.

use std::collections::BTreeMap;
use std::path::Path;

use secrecy::SecretString;

/// One setting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Setting {
    /// Its name, as a flag.
    pub name: &'static str,
    /// What it is.
    pub what: &'static str,
    /// Its form.
    pub form: &'static str,
    /// An example.
    pub example: &'static str,
    /// What holds when it is not given; none when it must be.
    pub default: Option<&'static str>,
}

const fn setting(
    name: &'static str,
    what: &'static str,
    form: &'static str,
    example: &'static str,
    default: Option<&'static str>,
) -> Setting {
    Setting {
        name,
        what,
        form,
        example,
        default,
    }
}

/// Every setting there is; `docs/configuration.md` is made from this table.
pub const SETTINGS: &[Setting] = &[
    setting(
        "database-url",
        "where everything is kept",
        "the path of a SQLite file, or postgres://user:password@host/name",
        "/var/lib/acquit/acquit.db",
        None,
    ),
    setting(
        "secret",
        "seals IBANs and signs links; without it they cannot be read again",
        "64 hexadecimal digits; give it as ACQUIT_SECRET_FILE",
        "the output of `openssl rand -hex 32`",
        None,
    ),
    setting(
        "origin",
        "the address debtors see; links begin with it",
        "https:// and a host, without a path",
        "https://paiement.example.fr",
        None,
    ),
    setting(
        "listen",
        "where to listen, behind your TLS proxy",
        "an address and a port",
        "127.0.0.1:8080",
        Some("127.0.0.1:8080"),
    ),
    setting(
        "smtp-host",
        "your mail relay; without it messages are kept and none leaves",
        "a host name",
        "smtp.example.fr",
        Some(""),
    ),
    setting("smtp-port", "its port", "1 to 65535", "587", Some("587")),
    setting(
        "smtp-security",
        "how the connection is protected",
        "starttls, tls or plain (plain only to this machine)",
        "starttls",
        Some("starttls"),
    ),
    setting(
        "smtp-user",
        "its user, if it asks for one",
        "a text",
        "acquit",
        Some(""),
    ),
    setting(
        "smtp-password",
        "its password; give it as ACQUIT_SMTP_PASSWORD_FILE",
        "a text",
        "a file that only the service can read",
        Some(""),
    ),
    setting(
        "smtp-authority",
        "an authority of your own that vouches for it; give it as ACQUIT_SMTP_AUTHORITY_FILE",
        "a certificate in PEM",
        "/etc/acquit/relay-ca.pem",
        Some(""),
    ),
    setting(
        "smtp-hello",
        "the name this machine greets the relay with",
        "a host name",
        "acquit.example.fr",
        Some("localhost"),
    ),
    setting(
        "stripe-url",
        "another address for Stripe's API: for tests",
        "http:// or https:// and a host",
        "http://127.0.0.1:12111",
        Some(""),
    ),
];

/// Why the program does not start.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ConfigError {
    /// A setting that must be given.
    #[error(
        "the setting {name} is missing: {what}. Give it as --{name}, as {variable} or as the key \
         {name} of the configuration file. Form: {form}. Example: {example}"
    )]
    Missing {
        /// Its name.
        name: &'static str,
        /// What it is.
        what: &'static str,
        /// Its environment variable.
        variable: String,
        /// Its form.
        form: &'static str,
        /// An example.
        example: &'static str,
    },
    /// A setting that cannot be read.
    #[error("the setting {name} is wrong: {why}. Form: {form}. Example: {example}")]
    Wrong {
        /// Its name.
        name: &'static str,
        /// What is wrong with it.
        why: String,
        /// Its form.
        form: &'static str,
        /// An example.
        example: &'static str,
    },
    /// A file that cannot be read.
    #[error("{path}: {why}")]
    File {
        /// Which.
        path: String,
        /// Why.
        why: String,
    },
    /// A key of the configuration file that is no setting.
    #[error("{path}: '{key}' is no setting; the settings are: {known}")]
    UnknownKey {
        /// The configuration file.
        path: String,
        /// The key.
        key: String,
        /// All names.
        known: String,
    },
}

/// Where settings come from.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    /// Flags given on the command line, by name.
    pub flags: BTreeMap<String, String>,
    /// Environment variables.
    pub environment: BTreeMap<String, String>,
    /// Keys of the configuration file.
    pub file: BTreeMap<String, String>,
}

impl Sources {
    /// Reads a configuration file (TOML, one `name = "value"` a line).
    pub fn read_file(&mut self, path: &Path) -> Result<(), ConfigError> {
        let shown = path.display().to_string();
        let wrong = |why: String| ConfigError::File {
            path: shown.clone(),
            why,
        };
        let text = std::fs::read_to_string(path).map_err(|why| wrong(why.to_string()))?;
        let keys: BTreeMap<String, String> =
            toml::from_str(&text).map_err(|why| wrong(why.to_string()))?;
        for key in keys.keys() {
            if !SETTINGS.iter().any(|setting| setting.name == key) {
                let known: Vec<&str> = SETTINGS.iter().map(|setting| setting.name).collect();
                let (path, key, known) = (shown, key.clone(), known.join(", "));
                return Err(ConfigError::UnknownKey { path, key, known });
            }
        }
        self.file = keys;
        Ok(())
    }

    /// A setting's value, from the strongest source that has it.
    pub fn get(&self, name: &str) -> Result<String, ConfigError> {
        let Some(setting) = SETTINGS.iter().find(|setting| setting.name == name) else {
            let why = "no such setting".to_owned();
            return Err(ConfigError::File {
                path: name.to_owned(),
                why,
            });
        };
        if let Some(value) = self.flags.get(name) {
            return Ok(value.clone());
        }
        let variable = variable(name);
        if let Some(value) = self.environment.get(&variable) {
            return Ok(value.clone());
        }
        if let Some(path) = self.environment.get(&format!("{variable}_FILE")) {
            let read = std::fs::read_to_string(path);
            let wrong = |why: std::io::Error| ConfigError::File {
                path: path.clone(),
                why: why.to_string(),
            };
            return Ok(read.map_err(wrong)?.trim().to_owned());
        }
        let value = self.file.get(name).cloned();
        value
            .or_else(|| setting.default.map(str::to_owned))
            .ok_or_else(|| missing(setting))
    }
}

fn variable(name: &str) -> String {
    format!("ACQUIT_{}", name.replace('-', "_").to_uppercase())
}

fn missing(setting: &Setting) -> ConfigError {
    ConfigError::Missing {
        name: setting.name,
        what: setting.what,
        variable: variable(setting.name),
        form: setting.form,
        example: setting.example,
    }
}

/// A setting that cannot be read, and why.
pub fn wrong(name: &str, why: impl ToString) -> ConfigError {
    let known = SETTINGS.iter().find(|setting| setting.name == name);
    ConfigError::Wrong {
        name: known.map_or("setting", |setting| setting.name),
        why: why.to_string(),
        form: known.map_or("", |setting| setting.form),
        example: known.map_or("", |setting| setting.example),
    }
}

/// The settings, read.
#[derive(Clone, Debug)]
pub struct Config {
    /// Path of a SQLite file, or `postgres://…`.
    pub database_url: String,
    /// 64 hexadecimal digits.
    pub secret: SecretString,
    /// `https://…`, without a path.
    pub origin: String,
    /// Where to listen.
    pub listen: std::net::SocketAddr,
    /// The mail relay, if there is one.
    pub smtp: Option<SmtpSettings>,
    /// Another address for Stripe's API.
    pub stripe_url: Option<String>,
}

/// The mail relay.
#[derive(Clone, Debug)]
pub struct SmtpSettings {
    /// Host name.
    pub host: String,
    /// Port.
    pub port: u16,
    /// `starttls`, `tls` or `plain`.
    pub security: String,
    /// User and password, if it asks for them.
    pub login: Option<(String, SecretString)>,
    /// An authority of one's own that vouches for it, in PEM.
    pub authority: Option<String>,
    /// The name this machine greets it with.
    pub hello: String,
}

impl Config {
    /// Reads every setting.
    pub fn read(sources: &Sources) -> Result<Self, ConfigError> {
        let origin = sources.get("origin")?;
        let host = origin
            .strip_prefix("https://")
            .or(origin.strip_prefix("http://"));
        if host.is_none_or(|host| host.is_empty() || host.contains(['/', ' ', '?', '#'])) {
            return Err(wrong("origin", format!("'{origin}'")));
        }
        let listen = sources.get("listen")?;
        let stripe_url = sources.get("stripe-url")?;
        Ok(Self {
            database_url: sources.get("database-url")?,
            secret: SecretString::from(sources.get("secret")?),
            origin,
            listen: listen
                .parse()
                .map_err(|_| wrong("listen", format!("'{listen}'")))?,
            smtp: smtp(sources)?,
            stripe_url: Some(stripe_url).filter(|url| !url.is_empty()),
        })
    }
}

fn smtp(sources: &Sources) -> Result<Option<SmtpSettings>, ConfigError> {
    let host = sources.get("smtp-host")?;
    if host.is_empty() {
        return Ok(None);
    }
    let port = sources.get("smtp-port")?;
    let security = sources.get("smtp-security")?;
    if !["starttls", "tls", "plain"].contains(&security.as_str()) {
        return Err(wrong("smtp-security", format!("'{security}'")));
    }
    let user = sources.get("smtp-user")?;
    let password = SecretString::from(sources.get("smtp-password")?);
    Ok(Some(SmtpSettings {
        host,
        port: port
            .parse()
            .map_err(|_| wrong("smtp-port", format!("'{port}'")))?,
        security,
        login: (!user.is_empty()).then_some((user, password)),
        authority: Some(sources.get("smtp-authority")?).filter(|pem| !pem.is_empty()),
        hello: sources.get("smtp-hello")?,
    }))
}

#[cfg(test)]
mod tests;
