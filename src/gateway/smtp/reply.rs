//! What a reply or its absence means, by the point that was reached.

use std::time::Duration;

use lettre::transport::smtp::Error;
use lettre::transport::smtp::response::Response;

use crate::gateway::email::{Outcome, SendError};

/// The server will close the connection (RFC 5321 §3.8).
const CLOSING: u16 = 421;
const GO_AHEAD: u16 = 354;
const TEXT_MAX: usize = 300;

/// What went wrong in an exchange.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Failure {
    /// The server said no, in so many words.
    No { code: u16, text: String },
    /// No reply that could be understood: the connection must not be used again.
    Lost(String),
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        let text = one_line(&cause(&error));
        match error.status() {
            Some(code) => Self::No {
                code: code.into(),
                text,
            },
            None => Self::Lost(text),
        }
    }
}

/// The innermost cause: lettre wraps its own errors once or twice.
fn cause(error: &Error) -> String {
    let mut innermost: &dyn std::error::Error = error;
    while let Some(source) = innermost.source() {
        innermost = source;
    }
    innermost.to_string()
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        Self::Lost(error.to_string())
    }
}

impl Failure {
    pub(super) fn silence(limit: Duration) -> Self {
        Self::Lost(format!("no reply within {} s", limit.as_secs()))
    }

    /// Whether the connection is still in step after this.
    pub(super) fn keeps_connection(&self) -> bool {
        matches!(self, Self::No { code, .. } if *code != CLOSING)
    }

    fn split(self) -> (Option<u16>, String) {
        match self {
            Self::No { code, text } => (Some(code), text),
            Self::Lost(why) => (None, why),
        }
    }

    /// While connecting the server speaks about us, not about the message: even a 5xx (a wrong
    /// password, a blocked address) is no reason to give the message up.
    pub(super) fn while_connecting(self) -> SendError {
        let (code, text) = self.split();
        SendError::Deferred { code, text }
    }

    /// In reply to sender or recipient.
    pub(super) fn before_text(self) -> SendError {
        let (code, text) = self.split();
        if code.is_some_and(is_permanent) {
            SendError::Refused { code, text }
        } else {
            SendError::Deferred { code, text }
        }
    }

    /// In reply to DATA: without a go-ahead there is no text to be accepted.
    pub(super) fn before_dot(self) -> Outcome {
        match self.before_text() {
            SendError::Refused { code, text } => Outcome::Refused { code, text },
            SendError::Deferred { code, text } => Outcome::Deferred { code, text },
        }
    }

    /// After the text started: only a reply in so many words tells what became of it.
    pub(super) fn after_dot(self) -> Outcome {
        match self {
            Self::No { .. } => self.before_dot(),
            Self::Lost(why) => Outcome::CutOff { why },
        }
    }
}

fn is_permanent(code: u16) -> bool {
    code >= 500
}

/// The words of a 2xx reply; a 3xx here means that replies and commands are out of step.
pub(super) fn done(response: Response) -> Result<String, Failure> {
    let code = u16::from(response.code());
    let text = one_line(&response.message().collect::<Vec<_>>().join(" "));
    if (200..300).contains(&code) {
        Ok(text)
    } else {
        Err(Failure::Lost(format!("unexpected reply {code} {text}")))
    }
}

/// 354, and nothing else, lets the text start.
pub(super) fn go_ahead(response: &Response) -> Result<(), Failure> {
    if response.has_code(GO_AHEAD) {
        Ok(())
    } else {
        let code = u16::from(response.code());
        Err(Failure::Lost(format!("unexpected reply {code} to DATA")))
    }
}

/// A server's words, fit for one line of a log or a page.
fn one_line(text: &str) -> String {
    text.chars()
        .map(|letter| if letter.is_control() { ' ' } else { letter })
        .take(TEXT_MAX)
        .collect::<String>()
        .trim()
        .to_owned()
}
