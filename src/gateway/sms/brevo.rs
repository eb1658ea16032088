//! Brevo: `POST /v3/transactionalSMS/send` with the header `api-key`.

use std::fmt;

use domain::Moment;
use domain::bounce::Verdict;
use serde_json::json;

use super::form::Form;
use super::json::Json;
use super::{Named, Order, Outcome, Taken};
use crate::gateway::wire::Call;

const URL: &str = "https://api.brevo.com";

pub(super) struct Brevo(Named);

impl Brevo {
    pub(super) const fn new(named: Named) -> Self {
        Self(named)
    }

    fn call(&self, method: &str, path: &str, body: String) -> Call {
        let base = self.0.url.as_deref().unwrap_or(URL).trim_end_matches('/');
        let headers = [
            ("Accept", "application/json"),
            ("Content-Type", "application/json"),
            ("api-key", self.0.key.as_str()),
        ];
        Call::new(method, format!("{base}/v3/{path}"), &headers, body)
    }
}

impl fmt::Debug for Brevo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Brevo")
    }
}

impl Form for Brevo {
    fn offer(&self, order: &Order) -> Result<Call, String> {
        let mut body = json!({
            "sender": order.sender.as_str(),
            "recipient": order.to.digits(),
            "content": order.text,
            "type": "transactional",
            "unicodeEnabled": false,
            "tag": order.id.to_string(),
        });
        if let (Some(url), Some(fields)) = (&order.receipts, body.as_object_mut()) {
            fields.insert("webUrl".to_owned(), url.as_str().into());
        }
        Ok(self.call("POST", "transactionalSMS/send", body.to_string()))
    }

    fn taken(&self, answer: &Json) -> Option<Outcome> {
        Some(Outcome::Accepted(Taken {
            reference: answer.text("messageId")?,
            segments: answer.number("smsCount"),
            price: None,
        }))
    }

    fn refused(&self, answer: &Json) -> Option<Outcome> {
        let words = self.words(answer);
        let number = words.to_lowercase().contains("phone number");
        number.then_some(Outcome::Refused(Verdict::Hard, words))
    }

    fn words(&self, answer: &Json) -> String {
        answer.first(&["message", "code"])
    }

    fn greeting(&self, _at: Moment) -> Option<Call> {
        Some(self.call("GET", "account", String::new()))
    }

    fn greeted(&self, answer: &Json) -> String {
        answer.first(&["companyName", "email"])
    }
}
