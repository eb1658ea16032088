//! OVHcloud, API of version 1: `POST /sms/{service}/jobs`, each request signed with `$1$` and the
//! SHA-1 of secret, consumer key, method, address, body and time.

use std::fmt;

use domain::Moment;
use domain::bounce::Verdict;
use ring::digest::{SHA1_FOR_LEGACY_USE_ONLY, digest};
use serde_json::json;

use super::form::Form;
use super::json::Json;
use super::{Order, Outcome, OvhKeys, Taken};
use crate::gateway::read_mail::Told;
use crate::gateway::wire::Call;

const URL: &str = "https://eu.api.ovh.com/1.0";

/// Minutes for which the text is offered to a phone that is off: two days.
const VALID_MINUTES: u32 = 2_880;

pub(super) struct Ovh(OvhKeys);

impl Ovh {
    pub(super) const fn new(keys: OvhKeys) -> Self {
        Self(keys)
    }

    fn call(&self, method: &str, path: &str, body: String, at: Moment) -> Call {
        let base = self.0.url.as_deref().unwrap_or(URL).trim_end_matches('/');
        let url = format!("{base}/sms/{}{path}", self.0.service);
        let time = at.seconds().to_string();
        let parts = [
            self.0.secret.as_str(),
            &self.0.consumer,
            method,
            &url,
            &body,
            &time,
        ];
        let hash = digest(&SHA1_FOR_LEGACY_USE_ONLY, parts.join("+").as_bytes());
        let hash: String = hash
            .as_ref()
            .iter()
            .map(|one| format!("{one:02x}"))
            .collect();
        let signature = format!("$1${hash}");
        let headers = [
            ("Content-Type", "application/json;charset=utf-8"),
            ("X-Ovh-Application", self.0.application.as_str()),
            ("X-Ovh-Consumer", &self.0.consumer),
            ("X-Ovh-Timestamp", &time),
            ("X-Ovh-Signature", &signature),
        ];
        Call::new(method, url, &headers, body)
    }
}

impl fmt::Debug for Ovh {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Ovh({})", self.0.service)
    }
}

impl Form for Ovh {
    fn offer(&self, order: &Order) -> Result<Call, String> {
        let body = json!({
            "charset": "UTF-8",
            "class": "phoneDisplay",
            "coding": "7bit",
            "message": order.text,
            // What is asked for is no advertising: no word on how to stop it, at any hour.
            "noStopClause": true,
            "priority": "high",
            "receivers": [order.to.as_str()],
            "sender": order.sender.as_str(),
            "senderForResponse": false,
            "validityPeriod": VALID_MINUTES,
        });
        Ok(self.call("POST", "/jobs", body.to_string(), order.at))
    }

    fn taken(&self, answer: &Json) -> Option<Outcome> {
        if let Some(reference) = answer.text("ids.0") {
            return Some(Outcome::Accepted(Taken {
                reference,
                ..Taken::default()
            }));
        }
        let invalid = answer.count("invalidReceivers") > 0;
        let words = "the provider calls the number invalid".to_owned();
        invalid.then_some(Outcome::Refused(Verdict::Hard, words))
    }

    fn words(&self, answer: &Json) -> String {
        answer.first(&["message", "errorCode", "class"])
    }

    fn greeting(&self, at: Moment) -> Option<Call> {
        Some(self.call("GET", "", String::new(), at))
    }

    fn greeted(&self, answer: &Json) -> String {
        let left = answer.text("creditsLeft").unwrap_or_default();
        format!("{}: {left} credits left", self.0.service)
    }

    fn question(&self, reference: &str, at: Moment) -> Option<Call> {
        let plain = reference.bytes().all(|one| one.is_ascii_digit());
        let path = format!("/outgoing/{reference}");
        plain.then(|| self.call("GET", &path, String::new(), at))
    }

    /// By its code of what happened (PTT); one that waits says nothing yet.
    fn answered(&self, answer: &Json) -> Option<Told> {
        let code = answer.number("ptt")?;
        let (verdict, words) = FATES
            .iter()
            .find(|(codes, ..)| codes.contains(&code))
            .map(|(_, verdict, words)| (*verdict, *words))?;
        Some(Told {
            recipient: None,
            verdict,
            status: None,
            words: format!("{words} (PTT {code})"),
        })
    }
}

/// The codes that end a text. Others are of texts under way.
const FATES: &[(&[u16], Verdict, &str)] = &[
    (&[4], Verdict::Delivered, "delivered"),
    (&[5], Verdict::Hard, "not delivered, no reason given"),
    (&[23], Verdict::Hard, "the number is invalid or barred"),
    (&[27], Verdict::Hard, "the handset takes no texts"),
    (&[73], Verdict::Hard, "the ported number is out of reach"),
    (&[8], Verdict::Soft, "expired before the phone was reached"),
    (&[21], Verdict::Soft, "the subscriber has no credit"),
    (&[24], Verdict::Soft, "the phone was off or out of reach"),
    (&[25, 39], Verdict::Soft, "a failure of the operator"),
    (&[26], Verdict::Soft, "the phone was full or busy"),
    (&[74], Verdict::Soft, "the phone was abroad"),
    (
        &[20, 28, 29, 33],
        Verdict::Refused,
        "the operator refused the text",
    ),
    (
        &[76, 202],
        Verdict::Refused,
        "the operator takes no texts of this account",
    ),
];
