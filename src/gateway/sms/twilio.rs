//! Twilio: `POST /2010-04-01/Accounts/{sid}/Messages.json`, a form, with the account's SID and
//! token as user and password.

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use domain::Moment;
use domain::bounce::Verdict;
use domain::sms::Price;

use super::form::Form;
use super::json::{Json, form};
use super::{Order, Outcome, Taken, TwilioKeys};
use crate::gateway::wire::Call;

const URL: &str = "https://api.twilio.com";

pub(super) struct Twilio(TwilioKeys);

impl Twilio {
    pub(super) const fn new(keys: TwilioKeys) -> Self {
        Self(keys)
    }

    fn call(&self, method: &str, path: &str, body: String) -> Call {
        let base = self.0.url.as_deref().unwrap_or(URL).trim_end_matches('/');
        let sid = &self.0.sid;
        let login = STANDARD.encode(format!("{sid}:{}", self.0.token));
        let basic = format!("Basic {login}");
        let headers = [
            ("Accept", "application/json"),
            ("Authorization", basic.as_str()),
            ("Content-Type", "application/x-www-form-urlencoded"),
        ];
        let url = format!("{base}/2010-04-01/Accounts/{sid}{path}.json");
        Call::new(method, url, &headers, body)
    }
}

impl fmt::Debug for Twilio {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Twilio({})", self.0.sid)
    }
}

/// What an error code says of the number, the text or the account; what is not listed says of the
/// text that it is refused.
pub(super) fn fate(code: u16) -> Option<Verdict> {
    Some(match code {
        // No number, none that takes texts, none that exists, a landline.
        21211 | 21217 | 21614 | 30005 | 30006 => Verdict::Hard,
        // Its holder answered STOP.
        21610 => Verdict::Complaint,
        // Off or out of reach; a failure that is not explained.
        30001..=30003 | 30008 | 30017 => Verdict::Soft,
        30004 | 30007 | 30010 | 21612 | 21617 => Verdict::Refused,
        _ => return None,
    })
}

/// Errors that are mended on the account: the country is not open to it, the sender is not its own,
/// it is suspended or has nothing left.
const ABOUT_ACCOUNT: &[u16] = &[
    20003, 20005, 20429, 21212, 21408, 21606, 21611, 21659, 21660, 30002, 63038,
];

impl Form for Twilio {
    fn offer(&self, order: &Order) -> Result<Call, String> {
        let fields = [
            ("To", Some(order.to.as_str())),
            ("From", Some(order.sender.as_str())),
            ("Body", Some(order.text.as_str())),
            ("StatusCallback", order.receipts.as_deref()),
        ];
        let body = form(
            fields
                .iter()
                .filter_map(|(name, value)| Some((*name, (*value)?))),
        );
        Ok(self.call("POST", "/Messages", body))
    }

    fn taken(&self, answer: &Json) -> Option<Outcome> {
        if let Some(code) = answer.number("error_code") {
            let words = answer.first(&["error_message", "error_code"]);
            return Some(Outcome::Refused(
                fate(code).unwrap_or(Verdict::Refused),
                words,
            ));
        }
        let price = answer.text("price").zip(answer.text("price_unit"));
        Some(Outcome::Accepted(Taken {
            reference: answer.text("sid")?,
            segments: answer.number("num_segments").filter(|count| *count > 0),
            price: price.and_then(|(amount, unit)| Price::told(&amount, &unit)),
        }))
    }

    fn refused(&self, answer: &Json) -> Option<Outcome> {
        let code = answer.number("code")?;
        let words = format!("{code} {}", self.words(answer));
        if ABOUT_ACCOUNT.contains(&code) {
            return Some(Outcome::Deferred(words));
        }
        fate(code).map(|verdict| Outcome::Refused(verdict, words))
    }

    fn words(&self, answer: &Json) -> String {
        answer.first(&["message", "code"])
    }

    fn greeting(&self, _at: Moment) -> Option<Call> {
        Some(self.call("GET", "", String::new()))
    }

    fn greeted(&self, answer: &Json) -> String {
        let name = answer.text("friendly_name").unwrap_or_default();
        let status = answer.text("status").unwrap_or_default();
        format!("{name} {status}")
    }
}
