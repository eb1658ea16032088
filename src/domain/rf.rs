//! Structured creditor references, ISO 11649: `RF` + 2 check digits + up to 21 characters.

use std::fmt;
use std::str::FromStr;

use crate::bank::{BankError, expect_form, in_fours};
use crate::check97;

/// The longest reference, with `RF` and check digits.
const LENGTH_MAX: usize = 25;

/// The shortest one: a payload of one character.
const LENGTH_MIN: usize = 5;

/// More than these are no text of a payer's.
const FOUND_MAX: usize = 16;

/// A structured creditor reference, in capitals without spaces, check digits verified.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct RfReference(String);

impl RfReference {
    /// Puts `RF` and check digits before a payload of 1 to 21 capitals and digits.
    ///
    /// ```text
    /// 539007547034 → RF18539007547034
    /// ```
    pub fn new(payload: &str) -> Result<Self, BankError> {
        expect_form(payload, "c")?;
        check_length(payload.len() + 4, payload)?;
        let digits = check97::digits("RF", payload);
        Ok(Self(format!("RF{digits}{payload}")))
    }

    /// Without spaces, as files carry it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// In groups of four, as printed.
    #[must_use]
    pub fn grouped(&self) -> String {
        in_fours(&self.0)
    }

    /// From capitals and digits without anything between them.
    fn from_compact(compact: &str) -> Result<Self, BankError> {
        let payload = compact.get(4..).unwrap_or_default();
        if compact.get(..2) != Some("RF") {
            return Err(refused(compact));
        }
        expect_form(compact, "aannc")?;
        check_length(compact.len(), compact)?;
        if compact.get(2..4) == Some(&check97::digits("RF", payload)) {
            Ok(Self(compact.to_owned()))
        } else {
            Err(BankError::CheckDigits)
        }
    }
}

fn refused(value: &str) -> BankError {
    let form = "RF, 2 check digits and 1 to 21 capitals and digits";
    BankError::form("RF reference", form, value)
}

fn check_length(length: usize, value: &str) -> Result<(), BankError> {
    if (LENGTH_MIN..=LENGTH_MAX).contains(&length) {
        Ok(())
    } else {
        Err(refused(value))
    }
}

impl FromStr for RfReference {
    type Err = BankError;

    /// Spaces and small letters are welcome.
    fn from_str(text: &str) -> Result<Self, BankError> {
        Self::from_compact(&check97::compact(text, char::is_whitespace))
    }
}

impl fmt::Display for RfReference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// References with valid check digits in text that a payer typed, the likeliest first.
///
/// Payers group them oddly, glue words to their front and go on writing after them. So one may
/// start anywhere but ends where a word ends: first the word that is one, then runs of words, the
/// longest first. By chance one run in 97 fits, such as a reference and the word of thanks after
/// it: all that fit are given, and the caller takes the one it knows.
#[must_use]
pub fn find_in(text: &str) -> Vec<RfReference> {
    let (compact, ends) = words(text);
    compact
        .match_indices("RF")
        .flat_map(|(start, _)| starting_at(&compact, start, &ends))
        .take(FOUND_MAX)
        .collect()
}

/// The text's capitals and digits, and the places in them where a word has ended.
fn words(text: &str) -> (String, Vec<usize>) {
    let mut compact = String::with_capacity(text.len());
    let mut ends = Vec::new();
    for word in text.split(|letter: char| !letter.is_ascii_alphanumeric()) {
        compact.push_str(&word.to_ascii_uppercase());
        ends.push(compact.len());
    }
    ends.dedup();
    (compact, ends)
}

fn starting_at(compact: &str, start: usize, ends: &[usize]) -> Vec<RfReference> {
    let read = |end: &usize| RfReference::from_compact(compact.get(start..*end)?).ok();
    let mut later = ends.iter().skip_while(|end| **end <= start + 1);
    let first = later.next();
    let reachable: Vec<_> = later
        .take_while(|end| **end <= start + LENGTH_MAX)
        .collect();
    first
        .into_iter()
        .chain(reachable.into_iter().rev())
        .filter_map(read)
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const KNOWN: &str = "RF18539007547034";

    #[test]
    fn check_digits_are_made_and_verified() {
        let made = RfReference::new("539007547034").unwrap();
        assert_eq!(made.as_str(), KNOWN);
        assert_eq!(made.grouped(), "RF18 5390 0754 7034");
        assert_eq!("rf18 5390 0754 7034".parse(), Ok(made));
        let swapped = "RF18539007547043".parse::<RfReference>();
        assert_eq!(swapped, Err(BankError::CheckDigits));
    }

    #[test]
    fn other_forms_are_refused() {
        for payload in ["", "2026-001", "facture", "é", "1234567890123456789012"] {
            assert!(RfReference::new(payload).is_err(), "{payload}");
        }
        for text in [
            "",
            "RF",
            "RF18",
            "FR18539007547034",
            "RFA8539007547034",
            "RF18é",
        ] {
            assert!(text.parse::<RfReference>().is_err(), "{text}");
        }
        assert!(RfReference::new("123456789012345678901").is_ok());
    }

    #[test]
    fn a_reference_is_found_as_payers_type_it() {
        for text in [
            KNOWN,
            "rf18 5390 0754 7034",
            "Facture 2026-001 RF18 5390 0754 7034",
            "RF18.5390.0754.7034 merci",
            "RF18539007547034 facture 2026-001 du 3 mai",
            "REGLT RF1853900 754 7034",
            "ref:RF18-539007547034/BOREAL",
            "FACT12RF18539007547034",
            "votre réf RF18\n5390\n0754\n7034",
            "RF99 faux RF18539007547034",
        ] {
            let found = find_in(text);
            assert_eq!(
                found.first().map(RfReference::as_str),
                Some(KNOWN),
                "{text}"
            );
        }
    }

    /// RF831003 and RF8310031094 both fit: the payer's spaces tell which one was meant.
    #[test]
    fn of_two_that_fit_one_word_wins_else_the_longest_run() {
        for (text, expected) in [
            ("RF831003 1094", "RF831003"),
            ("RF83 1003 1094", "RF8310031094"),
            ("RF8310031094", "RF8310031094"),
            ("RF83 1003 / 1094 merci", "RF8310031094"),
        ] {
            let found = find_in(text);
            assert_eq!(
                found.first().map(RfReference::as_str),
                Some(expected),
                "{text}"
            );
        }
    }

    /// RF18539007547034MA fits as well: the bank's customer wrote MA after it.
    #[test]
    fn a_run_that_fits_by_chance_stands_beside_the_reference() {
        let found = find_in("RF18 5390 0754 7034 MA");
        let found: Vec<&str> = found.iter().map(RfReference::as_str).collect();
        assert_eq!(found, ["RF18539007547034MA", KNOWN]);
    }

    #[test]
    fn nothing_is_found_where_there_is_nothing() {
        for text in [
            "",
            "RF",
            "RF18",
            "RF18 5390 0754 7035",
            "PERF 2026",
            "virement du 3 mai",
        ] {
            assert_eq!(find_in(text), [], "{text}");
        }
    }

    proptest! {
        #[test]
        fn what_is_made_is_read_again(payload in "[0-9A-Z]{1,21}") {
            let made = RfReference::new(&payload).unwrap();
            prop_assert_eq!(made.grouped().parse(), Ok(made.clone()));
            prop_assert!(made.as_str().len() <= LENGTH_MAX);
        }

        /// However the payer cuts it, it is found.
        #[test]
        fn any_grouping_is_found(
            payload in "[0-9]{1,21}", cuts in prop::collection::vec(1..9_usize, 25),
        ) {
            let made = RfReference::new(&payload).unwrap();
            let mut text = "Virement ".to_owned();
            let mut cuts = cuts.into_iter();
            let mut left = cuts.next().unwrap();
            for letter in made.as_str().chars() {
                if left == 0 {
                    text.push_str(" - ");
                    left = cuts.next().unwrap();
                }
                text.push(letter);
                left -= 1;
            }
            prop_assert!(find_in(&text).contains(&made), "{}", text);
        }

        /// Nor does what follows hide it, whatever it comes to together with it.
        #[test]
        fn a_word_after_it_hides_nothing(payload in "[0-9]{8,15}", word in "[a-z]{1,10}") {
            let made = RfReference::new(&payload).unwrap();
            let text = format!("facture {} {word}", made.grouped().to_lowercase());
            prop_assert!(find_in(&text).contains(&made), "{}", text);
        }

        #[test]
        fn any_text_is_searched(text in ".{0,150}") {
            let _ = find_in(&text);
        }
    }
}
