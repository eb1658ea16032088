//! Bank identifiers: IBAN, BIC, SEPA creditor identifier, mandate reference (`sepa.md` §2–3).
//!
//! Each is read once, at the border, and is right from then on. Nothing here asks a bank.

mod iban;
mod sepa;
#[cfg(test)]
mod tests;

use std::fmt;
use std::str::FromStr;

pub use iban::Iban;

use crate::check97;

/// Why a bank identifier was refused, in words a person can act on.
///
/// No message holds a whole account number: messages end in logs.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BankError {
    /// The country has no IBAN.
    #[error("'{0}' is no country with IBANs: they start with two letters such as FR")]
    Country(String),
    /// Wrong length for the country.
    #[error("an account number of {country} has {expected} characters, this one has {found}")]
    Length {
        /// Two letters.
        country: String,
        /// What the registry says.
        expected: usize,
        /// What was given.
        found: usize,
    },
    /// The country is known, but does not write its account numbers this way.
    #[error("account numbers of {0} are not written like this: copy it from a bank document")]
    Structure(String),
    /// A character that the format has no place for.
    #[error("'{found}' at place {place} (spaces not counted) is not allowed there")]
    Character {
        /// The character.
        found: char,
        /// From 1, without spaces.
        place: usize,
    },
    /// The check digits do not fit: a digit is wrong or two are swapped.
    #[error("the check digits do not fit: a character is wrong or two are swapped")]
    CheckDigits,
    /// The last two digits of a French account number, its RIB key, do not fit.
    #[error("the RIB key (last two digits) does not fit: copy the number from a bank document")]
    RibKey,
    /// Not of the identifier's form.
    #[error("'{value}' is no {kind}: {form}")]
    Form {
        /// Which identifier.
        kind: &'static str,
        /// What was given.
        value: String,
        /// What it should look like.
        form: &'static str,
    },
}

impl BankError {
    pub(crate) fn form(kind: &'static str, form: &'static str, value: &str) -> Self {
        let value = value.chars().take(40).collect();
        Self::Form { kind, value, form }
    }
}

/// Whether a character is of a class: `n` digit, `a` capital, `c` either.
fn fits(letter: char, class: char) -> bool {
    match class {
        'n' => letter.is_ascii_digit(),
        'a' => letter.is_ascii_uppercase(),
        _ => letter.is_ascii_digit() || letter.is_ascii_uppercase(),
    }
}

/// Names the first character that is not of its class; the last class holds for all that follow.
pub(crate) fn expect_form(text: &str, classes: &str) -> Result<(), BankError> {
    let last = classes.chars().last().unwrap_or('c');
    let classes = classes.chars().chain(std::iter::repeat(last));
    match text
        .chars()
        .zip(classes)
        .position(|(l, class)| !fits(l, class))
    {
        None => Ok(()),
        Some(place) => Err(BankError::Character {
            found: text.chars().nth(place).unwrap_or_default(),
            place: place + 1,
        }),
    }
}

/// In groups of four, as printed.
pub(crate) fn in_fours(text: &str) -> String {
    let mut grouped = String::with_capacity(text.len() + text.len() / 4);
    for (place, letter) in text.chars().enumerate() {
        if place > 0 && place.is_multiple_of(4) {
            grouped.push(' ');
        }
        grouped.push(letter);
    }
    grouped
}

macro_rules! code_type {
    ($(#[$meta:meta])* $name:ident) => {
        $(#[$meta])*
        #[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
        pub struct $name(String);

        impl $name {
            /// As written in files.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

code_type!(/** A bank identifier code, 8 or 11 characters (ISO 9362). */ Bic);
code_type!(/** A SEPA creditor identifier (ICS), check digits verified (EPC262-08). */ CreditorId);
code_type!(/** A unique mandate reference (RUM), at most 35 characters. */ MandateRef);

impl FromStr for Bic {
    type Err = BankError;

    /// The form that pain.008.001.08 takes; spaces and small letters are welcome.
    fn from_str(text: &str) -> Result<Self, BankError> {
        let compact = check97::compact(text, char::is_whitespace);
        if !matches!(compact.len(), 8 | 11) {
            let form = "it has 8 or 11 characters, for example BNPAFRPP";
            return Err(BankError::form("BIC", form, &compact));
        }
        expect_form(&compact, "ccccaac")?;
        Ok(Self(compact))
    }
}

impl FromStr for CreditorId {
    type Err = BankError;

    /// Spaces, punctuation and small letters are welcome. The business code (places 5 to 7) is
    /// free and has no part in the check digits.
    fn from_str(text: &str) -> Result<Self, BankError> {
        let compact = check97::compact(text, |l| l.is_whitespace() || l.is_ascii_punctuation());
        expect_form(&compact, "aannc")?;
        let country = compact.get(..2).unwrap_or_default();
        let (fits, form) = match country {
            "FR" => (compact.len() == 13, "a French one has 13 characters"),
            "DE" => (compact.len() == 18, "a German one has 18 characters"),
            _ => (
                (8..=35).contains(&compact.len()),
                "it has 8 to 35 characters",
            ),
        };
        if !fits {
            return Err(BankError::form("creditor identifier", form, &compact));
        }
        let national = compact.get(7..).unwrap_or_default();
        if compact.get(2..4) == Some(&check97::digits(country, national)) {
            Ok(Self(compact))
        } else {
            Err(BankError::CheckDigits)
        }
    }
}

impl FromStr for MandateRef {
    type Err = BankError;

    /// Taken as it is, never transliterated: it is the key banks send back (`sepa.md` §2).
    fn from_str(text: &str) -> Result<Self, BankError> {
        let text = text.trim();
        let allowed = |l: char| l.is_ascii_alphanumeric() || "+?/:().,'-".contains(l);
        if let Some(place) = text.chars().position(|letter| !allowed(letter)) {
            let found = text.chars().nth(place).unwrap_or_default();
            let place = place + 1;
            return Err(BankError::Character { found, place });
        }
        let slashes = text.starts_with('/') || text.ends_with('/') || text.contains("//");
        if slashes || !(1..=35).contains(&text.len()) {
            let form = "1 to 35 characters, no '/' at either end, no '//'";
            return Err(BankError::form("mandate reference", form, text));
        }
        Ok(Self(text.to_owned()))
    }
}
