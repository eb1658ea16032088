//! SMTP: a small pool of kept-open connections that tells when the text starts.
//!
//! The protocol is lettre's; connecting, pooling and judging replies is ours: its pool neither
//! separates the recipient from the text nor sets `TCP_NODELAY` (21 messages a second, not 1,000).

mod config;
mod door;
mod pool;
mod reply;
mod secured;
mod starttls;
#[cfg(test)]
mod tests;

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use lettre::Address;
use lettre::transport::smtp::client::AsyncSmtpConnection;
use lettre::transport::smtp::commands::{Data, Mail, Rcpt, Rset};

pub use config::{Login, Security, SetupError, SmtpConfig};
use door::Door;
use pool::{Pool, Seat};
use reply::Failure;

use crate::gateway::email::{Outcome, Prepared, SendError};

/// A kept-open connection that does not answer RSET within this is dead.
const PROBE_LIMIT: Duration = Duration::from_secs(10);

/// How long the server may take.
#[derive(Clone, Copy, Debug)]
struct Limits {
    command: Duration,
    text: Duration,
}

/// Hands messages to one mail server over at most a fixed number of connections.
#[derive(Debug)]
pub struct SmtpMailer {
    door: Door,
    limits: Limits,
    pool: Arc<Pool>,
}

impl SmtpMailer {
    /// Checks the configuration; connects only when the first message is prepared.
    pub fn new(config: SmtpConfig) -> Result<Self, SetupError> {
        let limits = Limits {
            command: config.command_limit,
            // Writing a text takes no longer than a command may.
            text: config.command_limit + config.final_limit,
        };
        let pool = Pool::new(config.connections_max);
        let door = Door::new(config)?;
        Ok(Self { door, limits, pool })
    }

    /// Opens a connection as for a message, and keeps it for the first one.
    pub async fn greet(&self) -> Result<String, SendError> {
        let mut seat = self.pool.seat().await;
        let connection = self.connection(&mut seat).await?;
        seat.keep(connection);
        Ok(format!("{:?} lets us in", self.door))
    }

    /// Connects if needed and announces sender and recipient; nothing of the message is said.
    pub async fn prepare(&self, from: &str, to: &str) -> Result<Prepared, SendError> {
        let (from, to) = (address(from)?, address(to)?);
        let mut seat = self.pool.seat().await;
        let mut connection = self.connection(&mut seat).await?;
        let said = within(self.limits.command, announce(&mut connection, from, to)).await;
        if said.as_ref().err().is_none_or(Failure::keeps_connection) {
            seat.keep(connection);
        }
        said.map_err(Failure::before_text)?;
        let limits = self.limits;
        Ok(Exchange { seat, limits }.into())
    }

    /// A kept-open connection that still answers, or a new one.
    async fn connection(&self, seat: &mut Seat) -> Result<AsyncSmtpConnection, SendError> {
        let probe = PROBE_LIMIT.min(self.limits.command);
        while let Some(mut kept) = seat.take() {
            // RSET also forgets a recipient that was announced and then dropped.
            if within(probe, command(&mut kept, Rset)).await.is_ok() {
                return Ok(kept);
            }
        }
        within(self.limits.command, self.door.open())
            .await
            .map_err(Failure::while_connecting)
    }
}

/// A recipient the server accepted, on a connection of its own.
#[derive(Debug)]
pub struct Exchange {
    seat: Seat,
    limits: Limits,
}

impl Exchange {
    /// DATA, the text, and the reply after the final dot.
    pub(super) async fn transmit(mut self, message: &[u8]) -> Outcome {
        let Some(mut connection) = self.seat.take() else {
            return Failure::Lost("the connection was closed".to_owned()).before_dot();
        };
        if let Err(failure) = within(self.limits.command, start(&mut connection)).await {
            if failure.keeps_connection() {
                self.seat.keep(connection);
            }
            return failure.before_dot();
        }
        let text = async { reply::done(connection.message(message).await?) };
        match within(self.limits.text, text).await {
            Ok(reply) => {
                self.seat.keep(connection);
                Outcome::Accepted { reply }
            }
            Err(failure) => {
                if failure.keeps_connection() {
                    self.seat.keep(connection);
                }
                failure.after_dot()
            }
        }
    }
}

fn address(text: &str) -> Result<Address, SendError> {
    let refused = |why: &str| SendError::Refused {
        code: None,
        text: format!("'{}' {why}", text.escape_debug()),
    };
    if !text.is_ascii() {
        return Err(refused("has letters outside ASCII: few servers take them"));
    }
    text.parse()
        .map_err(|_| refused("is no e-mail address: write it as name@example.org"))
}

async fn command<C: std::fmt::Display>(
    connection: &mut AsyncSmtpConnection,
    command: C,
) -> Result<(), Failure> {
    reply::done(connection.command(command).await?).map(drop)
}

async fn announce(
    connection: &mut AsyncSmtpConnection,
    from: Address,
    to: Address,
) -> Result<(), Failure> {
    command(connection, Mail::new(Some(from), Vec::new())).await?;
    command(connection, Rcpt::new(to, Vec::new())).await
}

async fn start(connection: &mut AsyncSmtpConnection) -> Result<(), Failure> {
    reply::go_ahead(&connection.command(Data).await?)
}

async fn within<T>(
    limit: Duration,
    exchange: impl Future<Output = Result<T, Failure>>,
) -> Result<T, Failure> {
    tokio::time::timeout(limit, exchange)
        .await
        .unwrap_or_else(|_| Err(Failure::silence(limit)))
}
