//! Telephone numbers as people type them, and which of them take text messages.
//!
//! A number is kept in its international form (E.164). The countries of the SEPA area are known
//! with what their mobile numbers begin with; a number of any other kind is called, never texted.

mod plans;
#[cfg(test)]
mod tests;

use std::fmt;
use std::str::FromStr;

use plans::{OVERSEAS, PLANS, Plan};

/// Digits of an international number, at least and at most.
const DIGITS: std::ops::RangeInclusive<usize> = 8..=15;

/// A number in its international form: `+33612345678`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Phone(String);

/// A text that is no telephone number.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("'{0}' is no telephone number: write it as 06 12 34 56 78 or +32 470 12 34 56")]
pub struct PhoneError(String);

impl Phone {
    /// `+` and digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The digits alone, as some providers want them.
    #[must_use]
    pub fn digits(&self) -> &str {
        self.0.trim_start_matches('+')
    }

    /// Whether it is known to be a mobile number.
    #[must_use]
    pub fn is_mobile(&self) -> bool {
        plan(self.digits()).is_some_and(|(plan, national)| plan.is_mobile(national))
    }
}

/// The plan of the country that a number's digits begin with, and what follows its code.
fn plan(digits: &str) -> Option<(&'static Plan, &str)> {
    let fits = |plan: &'static Plan| Some((plan, digits.strip_prefix(plan.code)?));
    PLANS.iter().find_map(fits)
}

impl FromStr for Phone {
    type Err = PhoneError;

    /// Reads a number with or without its country; without, it is French.
    fn from_str(typed: &str) -> Result<Self, PhoneError> {
        let refused = || PhoneError(typed.chars().take(30).collect());
        let bare = bare(typed).ok_or_else(refused)?;
        let digits = match bare.strip_prefix('+').or(bare.strip_prefix("00")) {
            Some(abroad) => international(abroad),
            None => french(&bare),
        };
        let digits = digits.filter(|digits| DIGITS.contains(&digits.len()));
        digits
            .map(|digits| Self(format!("+{digits}")))
            .ok_or_else(refused)
    }
}

impl fmt::Display for Phone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A leading plus and the digits, without what people put between them; none when there is more.
fn bare(typed: &str) -> Option<String> {
    let mut text = typed.trim().replace("(0)", "");
    let scheme = text.get(..4).filter(|one| one.eq_ignore_ascii_case("tel:"));
    if scheme.is_some() {
        text = text.chars().skip(4).collect();
    }
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        let between = letter.is_whitespace() || ".-/()‐‑–\u{2060}\u{200b}".contains(letter);
        match letter {
            '+' if out.is_empty() => out.push('+'),
            '0'..='9' => out.push(letter),
            _ if between => {}
            _ => return None,
        }
    }
    Some(out)
}

/// Digits behind a plus: checked against the country's plan when it is known.
fn international(digits: &str) -> Option<String> {
    let Some((plan, national)) = plan(digits) else {
        return (!digits.starts_with('0')).then(|| digits.to_owned());
    };
    let national = match national.strip_prefix('0') {
        Some(rest) if plan.drops_zero => rest,
        _ => national,
    };
    let fits = plan.lengths.contains(&national.len());
    fits.then(|| overseas(plan.code, national))
}

/// A number without its country: French, with its zero, or with the plus that a spreadsheet took.
fn french(digits: &str) -> Option<String> {
    let national = digits.strip_prefix('0').or(digits.strip_prefix("33"))?;
    let fits = national.len() == 9 && !national.starts_with('0');
    fits.then(|| overseas("33", national))
}

/// What is dialled overseas like a number of mainland France belongs to another code.
fn overseas(code: &str, national: &str) -> String {
    let mut own = OVERSEAS.iter().filter(|_| code == "33");
    let found = own.find(|(begins, _)| national.starts_with(begins));
    let code = found.map_or(code, |(_, code)| code);
    format!("{code}{national}")
}
