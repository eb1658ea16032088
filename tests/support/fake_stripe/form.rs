//! Form-encoded parameters with nested brackets, as Stripe's API takes them.

use std::collections::BTreeMap;

use actix_web::web::Query;
use serde_json::{Map, Value};

use super::answer::{Answer, invalid, invalid_param};

/// The parameters of a request: full bracketed name to value.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Form(BTreeMap<String, String>);

impl Form {
    /// Decodes a body or query.
    pub fn parse(text: &str) -> Result<Self, Answer> {
        let pairs = Query::<Vec<(String, String)>>::from_query(text)
            .map_err(|_| invalid("Invalid form encoding"))?;
        let mut all = BTreeMap::new();
        for (name, value) in pairs.into_inner() {
            if all.insert(name.clone(), value).is_some() {
                return Err(invalid(&format!("Parameter given twice: {name}")));
            }
        }
        Ok(Self(all))
    }

    /// Refuses any parameter outside these names; a name ending in `[]` admits any key there.
    pub fn only(&self, names: &[&str]) -> Result<(), Answer> {
        let known = |given: &str| {
            names.iter().any(|name| match name.strip_suffix("[]") {
                Some(group) => key_in(group, given).is_some(),
                None => given == *name,
            })
        };
        match self.0.keys().find(|given| !known(given)) {
            Some(given) => Err(invalid_param(
                given,
                "parameter_unknown",
                &format!("Received unknown parameter: {given}"),
            )),
            None => Ok(()),
        }
    }

    /// A parameter that may be left out; an empty one counts as left out.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0
            .get(name)
            .map(String::as_str)
            .filter(|v| !v.is_empty())
    }

    /// A parameter that must be there.
    pub fn required(&self, name: &str) -> Result<&str, Answer> {
        self.get(name).ok_or_else(|| {
            let message = format!("Missing required param: {name}.");
            invalid_param(name, "parameter_missing", &message)
        })
    }

    /// A whole number that may be left out.
    pub fn integer(&self, name: &str) -> Result<Option<i64>, Answer> {
        let wrong = |text: &str| {
            let message = format!("Invalid integer: {text}");
            invalid_param(name, "parameter_invalid_integer", &message)
        };
        self.get(name)
            .map(|text| text.parse().map_err(|_| wrong(text)))
            .transpose()
    }

    /// A whole number that must be there.
    pub fn required_integer(&self, name: &str) -> Result<i64, Answer> {
        self.required(name)?;
        Ok(self.integer(name)?.unwrap_or_default())
    }

    /// The keys and values of `group[…]`, as a JSON object.
    pub fn group(&self, group: &str) -> Map<String, Value> {
        self.0
            .iter()
            .filter_map(|(name, value)| Some((key_in(group, name)?, value.clone().into())))
            .collect()
    }
}

/// `metadata[payment]` has the key `payment` in `metadata`; deeper names have none.
fn key_in(group: &str, name: &str) -> Option<String> {
    let key = name
        .strip_prefix(group)?
        .strip_prefix('[')?
        .strip_suffix(']')?;
    (!key.contains(['[', ']'])).then(|| key.to_owned())
}
