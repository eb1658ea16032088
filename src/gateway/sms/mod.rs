//! How text messages leave: one request to a provider for each, and what it answers.
//!
//! A provider's form is a [`Form`](form::Form): it says what is asked and reads the answer, without
//! a network. One place speaks HTTP. What happened after the request was written and before its
//! answer was read is told as it is: nobody knows, and a human decides.

mod account;
mod brevo;
mod form;
mod http;
mod json;
mod nowhere;
mod ovh;
mod receipt;
mod smsmode;
mod template;
#[cfg(test)]
mod tests;
mod twilio;

use std::fmt::Debug;
use std::sync::Arc;

use async_trait::async_trait;
use domain::bounce::Verdict;
use domain::phone::Phone;
use domain::sms::{Price, Sender};
use domain::{MessageId, Moment};

pub use account::{Account, AccountError, Named, OvhKeys, ReceiptForm, Template, TwilioKeys};
pub use receipt::{Receipt, ReceiptError, Received, is_signed, read, sign};

use crate::gateway::read_mail::Told;
pub use crate::gateway::wire::Limits;
use crate::gateway::wire::Wire;

/// One text to be sent.
#[derive(Clone, Debug)]
pub struct Order {
    /// The message; named to providers that take a reference along.
    pub id: MessageId,
    /// To which number.
    pub to: Phone,
    /// From whom.
    pub sender: Sender,
    /// The text, spelled in the GSM alphabet.
    pub text: String,
    /// Now: signatures carry it.
    pub at: Moment,
    /// Where the provider is to tell what became of it.
    pub receipts: Option<String>,
}

/// What a provider says of a text it took.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Taken {
    /// Its own id of the text.
    pub reference: String,
    /// How many segments it counts.
    pub segments: Option<u16>,
    /// What it takes for all of them.
    pub price: Option<Price>,
}

/// How the handing over ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The provider took responsibility.
    Accepted(Taken),
    /// Not now: nothing was taken, and it may be offered again.
    Deferred(String),
    /// Never, and what that says of the number.
    Refused(Verdict, String),
    /// The request was written and no clear answer came: it may have left or not.
    CutOff(String),
}

/// A way for text messages to leave.
#[async_trait]
pub trait Texter: Debug + Send + Sync {
    /// Offers a text, once.
    async fn send(&self, order: &Order) -> Outcome;

    /// Asks the provider how the account stands, without sending anything: says what it answers.
    async fn greet(&self, at: Moment) -> Result<String, String>;

    /// Asks what became of a text, of a provider that tells it by being asked; none when it has
    /// nothing to say yet.
    async fn follow(&self, reference: &str, at: Moment) -> Option<Told>;
}

/// The way out that an account opens.
pub fn texter(account: &Account, limits: Limits) -> Result<Arc<dyn Texter>, AccountError> {
    account.check()?;
    let wire = Wire::new(limits).map_err(AccountError::Client)?;
    Ok(match account {
        Account::Ovh(keys) => Arc::new(http::Over::new(wire, ovh::Ovh::new(keys.clone()))),
        Account::Brevo(key) => Arc::new(http::Over::new(wire, brevo::Brevo::new(key.clone()))),
        Account::Smsmode(key) => {
            Arc::new(http::Over::new(wire, smsmode::Smsmode::new(key.clone())))
        }
        Account::Twilio(keys) => Arc::new(http::Over::new(wire, twilio::Twilio::new(keys.clone()))),
        Account::Http(template) => {
            Arc::new(http::Over::new(wire, template::Own::new(template.clone())))
        }
        Account::Nowhere => Arc::new(nowhere::Nowhere),
    })
}
