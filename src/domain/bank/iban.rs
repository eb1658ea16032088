//! International bank account numbers (ISO 13616): read, verified, shown in part.

use std::fmt;
use std::str::FromStr;

use super::{BankError, expect_form, sepa};
use crate::check97;

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

    /// Whether SEPA transfers and direct debits reach this country's accounts (`sepa.md` §3).
    #[must_use]
    pub fn is_sepa(&self) -> bool {
        sepa::country(self.country()).is_some()
    }

    /// Whether banks want the BIC beside it: SEPA countries outside the EEA (`sepa.md` §3).
    #[must_use]
    pub fn needs_bic(&self) -> bool {
        sepa::country(self.country()).is_some_and(|country| !country.eea)
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
        super::in_fours(&self.0)
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

    /// Spaces, hyphens and small letters are welcome. Characters come first, then the country,
    /// its length and form, the check digits, and for France the bank's own key.
    fn from_str(text: &str) -> Result<Self, BankError> {
        let compact = check97::compact(text, |letter| letter.is_whitespace() || letter == '-');
        expect_form(&compact, "aannc")?;
        let country = compact.get(..2).unwrap_or_default();
        let given = compact.get(2..4).unwrap_or_default();
        let bban = compact.get(4..).unwrap_or_default();
        check_registry(country, &compact)?;
        if given != check97::digits(country, bban) {
            return Err(BankError::CheckDigits);
        }
        if country == "FR" {
            check_rib_key(bban)?;
        }
        Ok(Self(compact))
    }
}

/// Asks the registry about country and form alone, by giving it the check digits it wants.
fn check_registry(country: &str, number: &str) -> Result<(), BankError> {
    let bban = number.get(4..).unwrap_or_default();
    let candidate = format!("{country}{}{bban}", check97::digits(country, bban));
    if candidate.parse::<::iban::Iban>().is_ok() {
        return Ok(());
    }
    if let Some(known) = sepa::country(country) {
        known.check(number)?;
    } else if !is_registered(country) {
        return Err(BankError::Country(country.to_owned()));
    }
    Err(BankError::Structure(country.to_owned()))
}

/// Whether the registry has the country, found out with a number of the least form.
fn is_registered(country: &str) -> bool {
    let candidate = format!("{country}{}0", check97::digits(country, "0"));
    matches!(
        candidate.parse::<::iban::Iban>(),
        Ok(_) | Err(::iban::ParseIbanError::InvalidBban(_))
    )
}

/// The key at the end of a French account number: 97 − (89·bank + 15·branch + 3·account) mod 97,
/// with letters of the account counted as digits (`sepa.md` §3).
fn check_rib_key(bban: &str) -> Result<(), BankError> {
    let part = |from: usize, to: usize| {
        let digits = bban.chars().skip(from).take(to - from).map(rib_digit);
        digits.fold(0, |rest, digit| (rest * 10 + digit) % 97)
    };
    let expected = 97 - (89 * part(0, 5) + 15 * part(5, 10) + 3 * part(10, 21)) % 97;
    let key = bban.get(21..).unwrap_or_default();
    if key == format!("{expected:02}") {
        Ok(())
    } else {
        Err(BankError::RibKey)
    }
}

/// A–I and J–R count 1 to 9, S–Z count 2 to 9.
fn rib_digit(letter: char) -> u32 {
    match letter.to_digit(36).unwrap_or_default() {
        digit @ 0..=9 => digit,
        value @ 10..=18 => value - 9,
        value @ 19..=27 => value - 18,
        value => value - 26,
    }
}
