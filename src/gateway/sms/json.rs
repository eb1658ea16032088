//! An answer as JSON, read by the path of a field; whatever is missing is empty.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use serde_json::Value;

/// A document, or nothing where the bytes are none.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Json(Value);

impl Json {
    pub(super) fn read(bytes: &[u8]) -> Self {
        Self(serde_json::from_slice(bytes).unwrap_or_default())
    }

    /// The field at a path of names and numbers: `messages.0.id`.
    fn at(&self, path: &str) -> Option<&Value> {
        let mut found = &self.0;
        for name in path.split('.') {
            found = match found {
                Value::Array(all) => all.get(name.parse::<usize>().ok()?)?,
                other => other.get(name)?,
            };
        }
        Some(found)
    }

    /// A text or number there, as text.
    pub(super) fn text(&self, path: &str) -> Option<String> {
        match self.at(path)? {
            Value::String(text) => Some(text.clone()).filter(|text| !text.is_empty()),
            Value::Number(number) => Some(number.to_string()),
            _ => None,
        }
    }

    /// A whole number there, written as one or as text.
    pub(super) fn number(&self, path: &str) -> Option<u16> {
        self.text(path)?.parse().ok()
    }

    /// How many there are in a list.
    pub(super) fn count(&self, path: &str) -> usize {
        let list = self.at(path).and_then(Value::as_array);
        list.map_or(0, Vec::len)
    }

    /// The documents of a list, or the one that this is.
    pub(super) fn each(self) -> Vec<Self> {
        match self.0 {
            Value::Array(all) => all.into_iter().map(Self).collect(),
            one => vec![Self(one)],
        }
    }

    /// Whether there is a document.
    pub(super) fn is_some(&self) -> bool {
        !self.0.is_null()
    }

    /// The first of these fields that says something.
    pub(super) fn first(&self, paths: &[&str]) -> String {
        let found = paths.iter().find_map(|path| self.text(path));
        found.unwrap_or_default()
    }
}

/// Fields as a form carries them (`application/x-www-form-urlencoded`).
pub(super) fn form<'a>(fields: impl IntoIterator<Item = (&'a str, &'a str)>) -> String {
    let pair = |(name, value)| format!("{}={}", encoded(name), encoded(value));
    let all: Vec<String> = fields.into_iter().map(pair).collect();
    all.join("&")
}

/// All but the unreserved characters (RFC 3986 §2.3).
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// A value within an address or a form.
pub(super) fn encoded(text: &str) -> String {
    utf8_percent_encode(text, RESERVED).to_string()
}

/// The fields of a form, in their order; none when it is not one.
pub(super) fn fields(bytes: &[u8]) -> Option<Vec<(String, String)>> {
    let text = std::str::from_utf8(bytes).ok()?;
    let pairs = text.split('&').filter(|pair| !pair.is_empty());
    let field = |pair: &str| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        Some((decoded(name)?, decoded(value)?))
    };
    pairs.map(field).collect()
}

fn decoded(text: &str) -> Option<String> {
    let spaced = text.replace('+', " ");
    let bytes = percent_decode_str(&spaced).decode_utf8().ok()?;
    Some(bytes.into_owned())
}
