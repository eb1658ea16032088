//! What must be known about a mail server.

use std::num::NonZeroUsize;
use std::time::Duration;

use secrecy::SecretString;

/// How the connection is protected.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Security {
    /// TLS from the first byte (RFC 8314), usually port 465.
    Tls,
    /// TLS by STARTTLS (RFC 3207), usually port 587. Without it nothing is sent.
    StartTls,
    /// In clear: for a relay on this machine or a trusted network.
    Plain,
}

impl Security {
    /// The protection of this name: `tls`, `plain`, and STARTTLS for every other.
    #[must_use]
    pub fn named(name: &str) -> Self {
        match name {
            "tls" => Self::Tls,
            "plain" => Self::Plain,
            _ => Self::StartTls,
        }
    }
}

/// Name and password for the server.
#[derive(Clone, Debug)]
pub struct Login {
    /// User name.
    pub user: String,
    /// Password.
    pub password: SecretString,
}

/// A mail server and how to use it.
#[derive(Clone, Debug)]
pub struct SmtpConfig {
    /// Host name; with TLS also the name its certificate must carry.
    pub host: String,
    /// Port.
    pub port: u16,
    /// Protection of the connection.
    pub security: Security,
    /// How this machine names itself in EHLO (RFC 5321 §4.1.1.1).
    pub hello_name: String,
    /// Name and password, when the server asks for them.
    pub login: Option<Login>,
    /// An authority of the operator's own (PEM) that vouches for the server, besides those that
    /// the system trusts.
    pub authority: Option<String>,
    /// Connections open at once, kept for the next message.
    pub connections_max: NonZeroUsize,
    /// How long connecting or any one reply before the text may take; RFC 5321 §4.5.3.2 wants
    /// 5 minutes.
    pub command_limit: Duration,
    /// How long the reply after the final dot may take; RFC 5321 §4.5.3.2.6 wants 10 minutes,
    /// because giving up sooner makes duplicates.
    pub final_limit: Duration,
}

impl SmtpConfig {
    /// The time RFC 5321 gives a server for a command.
    pub const COMMAND_LIMIT: Duration = Duration::from_secs(300);
    /// The time RFC 5321 gives a server for its final reply.
    pub const FINAL_LIMIT: Duration = Duration::from_secs(600);
}

/// Why a mail server's settings cannot be used.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum SetupError {
    /// Anyone on the way could read the password.
    #[error(
        "the password for {0} would travel in clear: use TLS or STARTTLS, or leave the login out"
    )]
    PasswordInClear(String),
    /// EHLO takes a host name.
    #[error("'{0}' is no host name for EHLO: write it as mail.example.org")]
    HelloName(String),
    /// The certificates or the host name cannot be used.
    #[error("TLS to {host} cannot be set up: {why}")]
    Tls {
        /// The server.
        host: String,
        /// What the TLS library says.
        why: String,
    },
}
