//! Part of a file as a flat list of its leaves, and the values read from them.

use std::str::FromStr;

use domain::{Currency, Day, Money};
use rust_decimal::Decimal;

use super::error::BadField;

/// Leaves by path, in the file's order: `/Refs/EndToEndId` → `E2E-1`.
#[derive(Default)]
pub(super) struct Fields {
    leaves: Vec<Leaf>,
}

struct Leaf {
    path: String,
    text: String,
    currency: Option<String>,
}

impl Fields {
    /// Adds a leaf; empty ones say nothing and are left out.
    pub(super) fn push(&mut self, path: &str, text: &str, currency: Option<String>) {
        if !text.is_empty() {
            self.leaves.push(Leaf {
                path: path.to_owned(),
                text: text.to_owned(),
                currency,
            });
        }
    }

    /// Every leaf at a path.
    pub(super) fn all(&self, path: &str) -> impl Iterator<Item = &str> {
        let found = self.leaves.iter().filter(move |leaf| leaf.path == path);
        found.map(|leaf| leaf.text.as_str())
    }

    /// The first leaf at the first of these paths that has one.
    pub(super) fn first(&self, paths: &[&str]) -> Option<&str> {
        paths.iter().find_map(|path| self.all(path).next())
    }

    /// Like [`Self::first`], as an own text.
    pub(super) fn text(&self, paths: &[&str]) -> Option<String> {
        self.first(paths).map(str::to_owned)
    }

    /// An identifier, unless it is the bank's word for "none".
    pub(super) fn reference(&self, paths: &[&str]) -> Option<String> {
        let none = ["NOTPROVIDED", "NONREF", "NOTAVAIL"];
        self.text(paths)
            .filter(|text| !none.iter().any(|word| text.eq_ignore_ascii_case(word)))
    }

    /// Whether anything stands at or below a path.
    pub(super) fn has(&self, path: &str) -> bool {
        self.leaves.iter().any(|leaf| {
            let rest = leaf.path.strip_prefix(path);
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        })
    }

    /// The amount at a path, if there is a leaf; refused when it cannot be read to the cent.
    pub(super) fn amount(
        &self,
        path: &str,
        field: &'static str,
    ) -> Result<Option<Money>, BadField> {
        let Some(leaf) = self.leaves.iter().find(|leaf| leaf.path == path) else {
            return Ok(None);
        };
        let currency = leaf.currency.as_deref().unwrap_or_default();
        let value = format!("{currency} {}", leaf.text);
        let currency: Currency = currency
            .parse()
            .map_err(|error| BadField::new(field, &value, error))?;
        let decimal = decimal(&leaf.text)
            .ok_or_else(|| BadField::new(field, &value, "is no amount: digits and one dot"))?;
        Money::from_decimal(decimal, currency)
            .map(Some)
            .map_err(|error| BadField::new(field, &value, error))
    }

    /// The currency of the amount at a path.
    pub(super) fn currency(&self, path: &str) -> Option<&str> {
        let leaf = self.leaves.iter().find(|leaf| leaf.path == path)?;
        leaf.currency.as_deref()
    }

    /// `CdtDbtInd` at a path, if there is one: whether it says credit.
    pub(super) fn credit(&self, path: &str) -> Result<Option<bool>, BadField> {
        match self.all(path).next() {
            None => Ok(None),
            Some("CRDT") => Ok(Some(true)),
            Some("DBIT") => Ok(Some(false)),
            Some(other) => Err(BadField::new(
                "CdtDbtInd",
                other,
                "is neither CRDT nor DBIT",
            )),
        }
    }

    /// The day at a path that holds a day or an instant, as the bank wrote it: no zone is applied.
    pub(super) fn day(&self, paths: &[&str], field: &'static str) -> Result<Option<Day>, BadField> {
        let Some(text) = self.first(paths) else {
            return Ok(None);
        };
        let day: String = text.chars().take(10).collect();
        day.parse()
            .map(Some)
            .map_err(|_| BadField::new(field, text, "is no day"))
    }
}

/// A schema decimal: digits with at most one dot, no sign, exponent or grouping.
fn decimal(text: &str) -> Option<Decimal> {
    let plain = text
        .bytes()
        .all(|byte| byte.is_ascii_digit() || byte == b'.');
    plain.then(|| Decimal::from_str(text).ok()).flatten()
}
