//! smsmode, REST API of version 1: `POST /sms/v1/messages` with the header `X-Api-Key`.

use std::fmt;

use domain::Moment;
use domain::bounce::Verdict;
use domain::sms::Price;
use serde_json::json;

use super::form::Form;
use super::json::Json;
use super::{Named, Order, Outcome, Taken};
use crate::gateway::wire::Call;

const URL: &str = "https://rest.smsmode.com";

pub(super) struct Smsmode(Named);

impl Smsmode {
    pub(super) const fn new(named: Named) -> Self {
        Self(named)
    }

    fn call(&self, method: &str, body: String) -> Call {
        let base = self.0.url.as_deref().unwrap_or(URL).trim_end_matches('/');
        let headers = [
            ("Accept", "application/json"),
            ("Content-Type", "application/json"),
            ("X-Api-Key", self.0.key.as_str()),
        ];
        Call::new(method, format!("{base}/sms/v1/messages"), &headers, body)
    }
}

impl fmt::Debug for Smsmode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Smsmode")
    }
}

/// What the provider takes, where it tells.
pub(super) fn price(answer: &Json) -> Option<Price> {
    Price::told(
        &answer.text("price.amount")?,
        &answer.text("price.currency")?,
    )
}

impl Form for Smsmode {
    fn offer(&self, order: &Order) -> Result<Call, String> {
        let mut body = json!({
            "recipient": { "to": order.to.digits() },
            "body": { "text": order.text },
            "from": order.sender.as_str(),
            "refClient": order.id.to_string(),
        });
        if let (Some(url), Some(fields)) = (&order.receipts, body.as_object_mut()) {
            fields.insert("callbackUrlStatus".to_owned(), url.as_str().into());
        }
        Ok(self.call("POST", body.to_string()))
    }

    fn taken(&self, answer: &Json) -> Option<Outcome> {
        Some(Outcome::Accepted(Taken {
            reference: answer.text("messageId")?,
            segments: answer.number("body.messagePartCount"),
            price: price(answer),
        }))
    }

    fn refused(&self, answer: &Json) -> Option<Outcome> {
        let words = self.words(answer);
        let number = words.to_lowercase().contains("recipient");
        number.then_some(Outcome::Refused(Verdict::Hard, words))
    }

    fn words(&self, answer: &Json) -> String {
        answer.first(&["detail", "message", "title"])
    }

    fn greeting(&self, _at: Moment) -> Option<Call> {
        Some(self.call("GET", String::new()))
    }

    fn greeted(&self, _answer: &Json) -> String {
        "the key opens the account".to_owned()
    }
}
