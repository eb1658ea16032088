//! Handing a message over, in two steps with room between them.
//!
//! `prepare` goes as far as the recipient's acceptance; nothing has been said yet. The caller then
//! records that the text is about to start, and only then calls `transmit`. Whatever breaks before
//! that record may be tried again; what breaks after it is told as it is, never guessed.

use crate::gateway::smtp::{Exchange, SmtpMailer};

/// Why a message could not be started. Nothing of it was said to the server.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum SendError {
    /// Not now: the server is away, busy or misconfigured (4xx, or no connection).
    #[error("not now: {}", reply(code, text))]
    Deferred {
        /// The server's reply code, if it gave one.
        code: Option<u16>,
        /// Its words, or what happened to the connection.
        text: String,
    },
    /// Never: the server refuses this sender or recipient (5xx), or the address is none.
    #[error("refused: {}", reply(code, text))]
    Refused {
        /// The server's reply code, if it was asked.
        code: Option<u16>,
        /// Its words, or what is wrong with the address.
        text: String,
    },
}

/// How the handing over ended.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Outcome {
    /// The server took responsibility (RFC 5321 §6.1); these were its words.
    Accepted {
        /// The reply after the final dot, often with the server's queue id.
        reply: String,
    },
    /// The server did not take it now; it may be offered again.
    Deferred {
        /// The server's reply code, if it gave one.
        code: Option<u16>,
        /// Its words, or what happened before the text started.
        text: String,
    },
    /// The server will never take it.
    Refused {
        /// The server's reply code.
        code: Option<u16>,
        /// Its words.
        text: String,
    },
    /// The connection was lost between the start of the text and the final reply: the message may
    /// have arrived or not (RFC 1047). Only a human or a relay's log can tell.
    CutOff {
        /// What happened.
        why: String,
    },
}

fn reply(code: &Option<u16>, text: &str) -> String {
    code.map_or_else(|| text.to_owned(), |code| format!("{code} {text}"))
}

/// Where messages go.
#[derive(Debug)]
pub enum Mailer {
    /// To a mail server.
    Smtp(SmtpMailer),
    /// Nowhere: everything is accepted and nothing leaves. For demonstrations, where the outbox
    /// itself is the mailbox to look into.
    Mailbox,
}

impl Mailer {
    /// Connects, protects the connection and signs in, without a message: says to whom.
    pub async fn greet(&self) -> Result<String, SendError> {
        match self {
            Self::Smtp(smtp) => smtp.greet().await,
            Self::Mailbox => Ok("none is set up: messages are kept and none leaves".to_owned()),
        }
    }

    /// Announces sender and recipient. Addresses are bare: `billing@example.org`.
    pub async fn prepare(&self, from: &str, to: &str) -> Result<Prepared, SendError> {
        match self {
            Self::Smtp(smtp) => smtp.prepare(from, to).await,
            Self::Mailbox => Ok(Prepared(Route::Mailbox)),
        }
    }
}

/// A recipient the server has accepted. Dropping it unsent keeps the connection fit for others.
#[derive(Debug)]
#[must_use = "a prepared message has not been sent"]
pub struct Prepared(Route);

#[derive(Debug)]
enum Route {
    Smtp(Box<Exchange>),
    Mailbox,
}

impl From<Exchange> for Prepared {
    fn from(exchange: Exchange) -> Self {
        Self(Route::Smtp(Box::new(exchange)))
    }
}

impl Prepared {
    /// Gives the text, an RFC 5322 message with CRLF line ends, and waits for the final reply.
    pub async fn transmit(self, message: &[u8]) -> Outcome {
        match self.0 {
            Route::Smtp(exchange) => exchange.transmit(message).await,
            Route::Mailbox => Outcome::Accepted {
                reply: "kept in the outbox, not sent".to_owned(),
            },
        }
    }
}
