//! Part of a file as a flat list of its leaves, and the values read from them.
//!
//! Leaves are known by the hash of their path, and their texts stand in one buffer that is used
//! again: a statement has millions of them.

use std::str::FromStr;

use domain::{Currency, Day, Money};
use rust_decimal::Decimal;

use crate::payments::statements::error::BadField;

/// A path below the element at hand: `/Refs/EndToEndId`.
pub(super) type Path = u64;

/// The path of nothing: the element itself.
pub(super) const ROOT: Path = 0xcbf2_9ce4_8422_2325;

/// Adds text to a path (FNV-1a).
pub(super) const fn extend(mut path: Path, text: &[u8]) -> Path {
    let mut rest = text;
    while let [byte, tail @ ..] = rest {
        // A byte widens without loss; `From` is not yet const.
        path ^= u64::from_le_bytes([*byte, 0, 0, 0, 0, 0, 0, 0]);
        path = path.wrapping_mul(0x0000_0100_0000_01b3);
        rest = tail;
    }
    path
}

/// The path that this text writes.
pub(super) const fn path(text: &str) -> Path {
    extend(ROOT, text.as_bytes())
}

/// Leaves by path, in the file's order.
#[derive(Default)]
pub(super) struct Fields {
    text: String,
    leaves: Vec<Leaf>,
    /// Paths of elements that hold others.
    branches: Vec<Path>,
}

struct Leaf {
    path: Path,
    text: (usize, usize),
    currency: Option<(usize, usize)>,
}

impl Fields {
    /// Forgets all, and keeps the room.
    pub(super) fn clear(&mut self) {
        self.text.clear();
        self.leaves.clear();
        self.branches.clear();
    }

    /// Where the next text will stand.
    pub(super) const fn end(&self) -> usize {
        self.text.len()
    }

    /// Adds to the text at the end.
    pub(super) fn push(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// Forgets text that is no leaf's.
    pub(super) fn cut(&mut self, from: usize) {
        self.text.truncate(from);
    }

    /// Notes an element that holds others.
    pub(super) fn branch(&mut self, path: Path) {
        self.branches.push(path);
    }

    /// Makes what stands from `from` on a leaf; empty ones say nothing and are left out.
    pub(super) fn leaf(&mut self, path: Path, from: usize, currency: Option<(usize, usize)>) {
        let whole = self.text.get(from..).unwrap_or_default();
        let start = from + whole.len() - whole.trim_start().len();
        let end = start + whole.trim().len();
        if start < end {
            self.leaves.push(Leaf {
                path,
                text: (start, end),
                currency,
            });
        }
    }

    fn part(&self, (from, to): (usize, usize)) -> &str {
        self.text.get(from..to).unwrap_or_default()
    }

    /// Every leaf at a path.
    pub(super) fn all(&self, path: Path) -> impl Iterator<Item = &str> {
        let found = self.leaves.iter().filter(move |leaf| leaf.path == path);
        found.map(|leaf| self.part(leaf.text))
    }

    /// The first leaf at the first of these paths that has one.
    pub(super) fn first(&self, paths: &[Path]) -> Option<&str> {
        paths.iter().find_map(|path| self.all(*path).next())
    }

    /// Like [`Self::first`], as an own text.
    pub(super) fn text(&self, paths: &[Path]) -> Option<String> {
        self.first(paths).map(str::to_owned)
    }

    /// An identifier, unless it is the bank's word for "none".
    pub(super) fn reference(&self, paths: &[Path]) -> Option<String> {
        let none = ["NOTPROVIDED", "NONREF", "NOTAVAIL"];
        self.first(paths)
            .filter(|text| !none.iter().any(|word| text.eq_ignore_ascii_case(word)))
            .map(str::to_owned)
    }

    /// Whether anything stands at or below a path.
    pub(super) fn has(&self, path: Path) -> bool {
        self.branches.contains(&path) || self.leaves.iter().any(|leaf| leaf.path == path)
    }

    /// The amount at a path, if there is a leaf; refused when it cannot be read to the cent.
    pub(super) fn amount(
        &self,
        path: Path,
        field: &'static str,
    ) -> Result<Option<Money>, BadField> {
        let Some(leaf) = self.leaves.iter().find(|leaf| leaf.path == path) else {
            return Ok(None);
        };
        let (currency, text) = (self.currency_of(leaf), self.part(leaf.text));
        let bad = |reason: &dyn ToString| {
            let value = format!("{} {text}", currency.unwrap_or_default());
            BadField::new(field, &value, reason.to_string())
        };
        let currency: Currency = currency
            .unwrap_or_default()
            .parse()
            .map_err(|why| bad(&why))?;
        if let Some(minor) = two_decimals(text).filter(|_| currency == Currency::EUR) {
            return Ok(Some(Money::new(minor, currency)));
        }
        let decimal = decimal(text).ok_or_else(|| bad(&"is no amount: digits and one dot"))?;
        Money::from_decimal(decimal, currency)
            .map(Some)
            .map_err(|why| bad(&why))
    }

    /// The currency of the amount at a path.
    pub(super) fn currency(&self, path: Path) -> Option<&str> {
        let leaf = self.leaves.iter().find(|leaf| leaf.path == path)?;
        self.currency_of(leaf)
    }

    fn currency_of(&self, leaf: &Leaf) -> Option<&str> {
        leaf.currency.map(|place| self.part(place).trim())
    }

    /// `CdtDbtInd` at a path, if there is one: whether it says credit.
    pub(super) fn credit(&self, path: Path) -> Result<Option<bool>, BadField> {
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
    pub(super) fn day(&self, paths: &[Path], field: &'static str) -> Result<Option<Day>, BadField> {
        let Some(text) = self.first(paths) else {
            return Ok(None);
        };
        day(text)
            .map(Some)
            .ok_or_else(|| BadField::new(field, text, "is no day"))
    }
}

/// The day that a text begins with: `2026-11-20`.
fn day(text: &str) -> Option<Day> {
    let number = |from: usize, to: usize| -> Option<u32> {
        let digits = text.get(from..to)?;
        let plain = digits.bytes().all(|byte| byte.is_ascii_digit());
        plain.then(|| digits.parse().ok()).flatten()
    };
    if text.get(4..5) != Some("-") || text.get(7..8) != Some("-") {
        return None;
    }
    let year = i32::try_from(number(0, 4)?).ok()?;
    Day::new(year, number(5, 7)?, number(8, 10)?)
}

/// An amount with two decimals, as nearly all are written, in minor units.
fn two_decimals(text: &str) -> Option<i64> {
    let (whole, cents) = text.split_at_checked(text.len().checked_sub(3)?)?;
    let cents = cents.strip_prefix('.')?;
    let plain = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || whole.len() > 15 || !plain(whole) || !plain(cents) {
        return None;
    }
    let (whole, cents): (i64, i64) = (whole.parse().ok()?, cents.parse().ok()?);
    whole.checked_mul(100)?.checked_add(cents)
}

/// A schema decimal: digits with at most one dot, no sign, exponent or grouping.
fn decimal(text: &str) -> Option<Decimal> {
    let plain = text
        .bytes()
        .all(|byte| byte.is_ascii_digit() || byte == b'.');
    plain.then(|| Decimal::from_str(text).ok()).flatten()
}
