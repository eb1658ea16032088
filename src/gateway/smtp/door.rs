//! Opening a connection: TCP without delay, TLS as configured, EHLO, login.

use std::fmt;

use lettre::transport::smtp::authentication::{Credentials, Mechanism};
use lettre::transport::smtp::client::{
    AsyncSmtpConnection, AsyncTokioStream, Certificate, TlsParameters,
};
use lettre::transport::smtp::extension::ClientId;
use secrecy::ExposeSecret;
use tokio::net::TcpStream;

use super::config::{Security, SetupError, SmtpConfig};
use super::reply::Failure;
use super::secured::Secured;
use super::starttls;

/// A mail server, ready to be connected to.
pub(super) struct Door {
    host: String,
    port: u16,
    protection: Protection,
    hello: ClientId,
    login: Option<Credentials>,
}

impl fmt::Debug for Door {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.host, self.port)
    }
}

enum Protection {
    Plain,
    Tls(TlsParameters),
    StartTls(TlsParameters),
}

impl Door {
    pub(super) fn new(config: SmtpConfig) -> Result<Self, SetupError> {
        let protection = match config.security {
            Security::Plain => Protection::Plain,
            Security::Tls => Protection::Tls(tls(&config)?),
            Security::StartTls => Protection::StartTls(tls(&config)?),
        };
        let near = matches!(config.host.as_str(), "localhost" | "127.0.0.1" | "::1");
        if config.login.is_some() && config.security == Security::Plain && !near {
            return Err(SetupError::PasswordInClear(config.host));
        }
        if !is_host_name(&config.hello_name) {
            return Err(SetupError::HelloName(config.hello_name));
        }
        Ok(Self {
            host: config.host,
            port: config.port,
            protection,
            hello: ClientId::Domain(config.hello_name),
            login: config.login.map(|login| {
                let password = login.password.expose_secret().to_owned();
                Credentials::new(login.user, password)
            }),
        })
    }

    /// A connection on which MAIL may follow.
    pub(super) async fn open(&self) -> Result<AsyncSmtpConnection, Failure> {
        let stream = self.stream().await?;
        let mut connection =
            AsyncSmtpConnection::connect_with_transport(stream, &self.hello).await?;
        if let Some(login) = &self.login {
            let mechanisms = [Mechanism::Plain, Mechanism::Login];
            connection.auth(&mechanisms, login).await?;
        }
        Ok(connection)
    }

    async fn stream(&self) -> Result<Box<dyn AsyncTokioStream>, Failure> {
        let mut tcp = TcpStream::connect((self.host.as_str(), self.port)).await?;
        // The text and its final dot leave in two writes; Nagle would hold the dot back 40 ms.
        tcp.set_nodelay(true)?;
        match &self.protection {
            Protection::Plain => Ok(Box::new(tcp)),
            Protection::Tls(tls) => Ok(Box::new(Secured::from_start(tcp, tls.clone()).await?)),
            Protection::StartTls(tls) => {
                starttls::ask(&mut tcp, &self.hello).await?;
                Ok(Box::new(Secured::after_greeting(tcp, tls.clone()).await?))
            }
        }
    }
}

fn tls(config: &SmtpConfig) -> Result<TlsParameters, SetupError> {
    let refused = |error: lettre::transport::smtp::Error| SetupError::Tls {
        host: config.host.clone(),
        why: error.to_string(),
    };
    let mut builder = TlsParameters::builder(config.host.clone());
    if let Some(authority) = &config.authority {
        let known = Certificate::from_pem(authority.as_bytes()).map_err(refused)?;
        builder = builder.add_root_certificate(known);
    }
    builder.build_rustls().map_err(refused)
}

fn is_host_name(text: &str) -> bool {
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_');
    (1..=255).contains(&text.len()) && text.bytes().all(fits)
}
