//! Answers in Stripe's shape.

use serde_json::{Value, json};

/// A status and a JSON body.
#[derive(Clone, Debug)]
pub struct Answer {
    pub status: u16,
    pub body: Value,
}

/// What an endpoint gives: an object, or a refusal.
pub type Outcome = Result<Value, Answer>;

impl From<Outcome> for Answer {
    fn from(outcome: Outcome) -> Self {
        outcome.map_or_else(|refused| refused, |body| Self { status: 200, body })
    }
}

/// An error of this status and type.
pub fn error(status: u16, kind: &str, message: &str) -> Answer {
    let body = json!({ "error": { "type": kind, "message": message } });
    Answer { status, body }
}

/// A request that names no parameter but cannot be done.
pub fn invalid(message: &str) -> Answer {
    error(400, "invalid_request_error", message)
}

/// A parameter that is missing or wrong.
pub fn invalid_param(param: &str, code: &str, message: &str) -> Answer {
    let mut answer = invalid(message);
    answer.body["error"]["param"] = json!(param);
    answer.body["error"]["code"] = json!(code);
    answer
}

/// An object that is not there, or belongs to another account.
pub fn missing(what: &str, id: &str) -> Answer {
    let message = format!("No such {what}: '{id}'");
    let mut answer = invalid_param("id", "resource_missing", &message);
    answer.status = 404;
    answer
}
