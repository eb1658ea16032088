//! Bank identifiers: IBAN, BIC, SEPA creditor identifier, mandate reference (`sepa.md` §2–3).

use std::fmt;
use std::str::FromStr;

/// Why a bank identifier was refused, in words a person can act on.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BankError {
    /// The country has no IBAN.
    #[error("'{0}' starts with no country that has IBANs")]
    Country(String),
    /// Wrong length for the country.
    #[error("an IBAN of {country} has {expected} characters, this one has {found}")]
    Length {
        /// Two letters.
        country: String,
        /// What the registry says.
        expected: usize,
        /// What was given.
        found: usize,
    },
    /// A character that the format has no place for.
    #[error("'{found}' at place {place} is not allowed there")]
    Character {
        /// The character.
        found: char,
        /// From 1.
        place: usize,
    },
    /// The check digits do not fit: a digit is wrong or two are swapped.
    #[error("the check digits do not fit: a character is wrong or two are swapped")]
    CheckDigits,
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

/// An international bank account number, without spaces, in capitals, check digits verified.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Iban(String);

impl Iban {
    /// Without spaces.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Two letters.
    #[must_use]
    pub fn country(&self) -> &str {
        self.0.get(..2).unwrap_or_default()
    }

    /// The last four characters: all that is shown of it.
    #[must_use]
    pub fn last_four(&self) -> &str {
        self.0
            .get(self.0.len().saturating_sub(4)..)
            .unwrap_or_default()
    }

    /// In groups of four, as printed.
    #[must_use]
    pub fn grouped(&self) -> String {
        let mut text = String::with_capacity(42);
        for (place, letter) in self.0.chars().enumerate() {
            if place > 0 && place.is_multiple_of(4) {
                text.push(' ');
            }
            text.push(letter);
        }
        text
    }
}

impl fmt::Debug for Iban {
    /// Never the whole number: it would end in a log.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}…{}", self.country(), self.last_four())
    }
}

impl FromStr for Iban {
    type Err = BankError;

    fn from_str(text: &str) -> Result<Self, BankError> {
        let compact: String = text
            .chars()
            .filter(|letter| !letter.is_whitespace() && *letter != '-')
            .map(|letter| letter.to_ascii_uppercase())
            .collect();
        compact
            .parse::<iban::Iban>()
            .map(|_| Self(compact))
            .map_err(|_| BankError::CheckDigits)
    }
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

code_type!(/** A bank identifier code, 8 or 11 characters. */ Bic);
code_type!(/** A SEPA creditor identifier (ICS), check digits verified. */ CreditorId);
code_type!(/** A unique mandate reference (RUM), at most 35 characters. */ MandateRef);

impl FromStr for Bic {
    type Err = BankError;

    fn from_str(text: &str) -> Result<Self, BankError> {
        Ok(Self(text.trim().to_ascii_uppercase()))
    }
}

impl FromStr for CreditorId {
    type Err = BankError;

    fn from_str(text: &str) -> Result<Self, BankError> {
        Ok(Self(text.trim().to_ascii_uppercase()))
    }
}

impl FromStr for MandateRef {
    type Err = BankError;

    fn from_str(text: &str) -> Result<Self, BankError> {
        Ok(Self(text.trim().to_owned()))
    }
}
