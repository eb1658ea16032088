//! A provider known by its description only: an address, headers and a body in which a text's own
//! stand where they are named.
//!
//! Values go where the form is known, never into bare text: into the strings of a JSON document,
//! the fields of a form, the parts of an address. So none can add a field of its own.

use std::fmt;

use serde_json::Value;

use super::form::Form;
use super::json::{Json, encoded};
use super::{AccountError, Order, Outcome, Taken, Template};
use crate::gateway::wire::Call;

pub(super) struct Own(Template);

impl Own {
    pub(super) const fn new(template: Template) -> Self {
        Self(template)
    }
}

impl fmt::Debug for Own {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Http")
    }
}

/// Whether a template makes requests that say what they must.
pub(super) fn check(template: &Template) -> Result<(), AccountError> {
    let body = template.body.trim();
    let is_json = body.starts_with(['{', '[']);
    if is_json && serde_json::from_str::<Value>(body).is_err() {
        return Err(AccountError::Body);
    }
    if !is_json && !body.is_empty() && !body.split('&').all(|pair| pair.contains('=')) {
        return Err(AccountError::Body);
    }
    let headers = template.headers.iter().map(|(_, value)| value.as_str());
    let all: Vec<&str> = headers.chain([template.url.as_str(), body]).collect();
    let named = |names: &[&str]| {
        let mut places = all.iter();
        places.any(|place| names.iter().any(|name| place.contains(name)))
    };
    if !named(&["{to}", "{to_digits}"]) {
        return Err(AccountError::Unnamed("{to}"));
    }
    if !named(&["{text}"]) {
        return Err(AccountError::Unnamed("{text}"));
    }
    if template.idempotent && !named(&["{id}"]) {
        return Err(AccountError::Unnamed("{id}"));
    }
    Ok(())
}

/// A template with a text's own in it, each written as the place asks.
fn filled(template: &str, order: &Order, write: impl Fn(&str) -> String) -> String {
    let id = order.id.to_string();
    let own = [
        ("to", order.to.as_str()),
        ("to_digits", order.to.digits()),
        ("text", order.text.as_str()),
        ("sender", order.sender.as_str()),
        ("id", id.as_str()),
        ("receipts", order.receipts.as_deref().unwrap_or_default()),
    ];
    let named = |text: &'_ str| {
        let name = text.split('}').next()?;
        let found = own.iter().find(|(own, _)| *own == name)?;
        Some((name.len().saturating_add(1), found.1))
    };
    let mut out = String::with_capacity(template.len());
    let mut rest = template;
    // From left to right, so that a value that looks like a name is not filled again.
    while let Some((before, behind)) = rest.split_once('{') {
        out.push_str(before);
        rest = match named(behind) {
            Some((skipped, value)) => {
                out.push_str(&write(value));
                behind.get(skipped..).unwrap_or_default()
            }
            None => {
                out.push('{');
                behind
            }
        };
    }
    out.push_str(rest);
    out
}

/// The strings of a JSON document, filled.
fn in_json(value: &mut Value, order: &Order) {
    match value {
        Value::String(text) => *text = filled(text, order, str::to_owned),
        Value::Array(all) => all.iter_mut().for_each(|one| in_json(one, order)),
        Value::Object(fields) => fields.values_mut().for_each(|one| in_json(one, order)),
        _ => {}
    }
}

fn body(template: &Template, order: &Order) -> Result<(String, Option<&'static str>), String> {
    let body = template.body.trim();
    if body.starts_with(['{', '[']) {
        let mut value: Value = serde_json::from_str(body).map_err(|why| why.to_string())?;
        in_json(&mut value, order);
        return Ok((value.to_string(), Some("application/json")));
    }
    let form = (!body.is_empty()).then_some("application/x-www-form-urlencoded");
    Ok((filled(body, order, encoded), form))
}

impl Form for Own {
    fn offer(&self, order: &Order) -> Result<Call, String> {
        let (body, kind) = body(&self.0, order)?;
        let header = |(name, value): &(String, String)| {
            let value = filled(value, order, |value| value.replace(['\r', '\n'], " "));
            (name.clone(), value)
        };
        let mut headers: Vec<_> = self.0.headers.iter().map(header).collect();
        let named = |headers: &[(String, String)]| {
            let mut names = headers.iter();
            names.any(|(name, _)| name.eq_ignore_ascii_case("content-type"))
        };
        if let Some(kind) = kind.filter(|_| !named(&headers)) {
            headers.push(("Content-Type".to_owned(), kind.to_owned()));
        }
        Ok(Call {
            method: self.0.method.clone(),
            url: filled(&self.0.url, order, encoded),
            headers,
            body,
        })
    }

    fn taken(&self, answer: &Json) -> Option<Outcome> {
        Some(Outcome::Accepted(Taken {
            reference: answer.text(&self.0.id)?,
            ..Taken::default()
        }))
    }

    fn words(&self, answer: &Json) -> String {
        answer.first(&["message", "detail", "title", "error.message", "error"])
    }

    fn is_idempotent(&self) -> bool {
        self.0.idempotent
    }
}
