//! The countries whose accounts SEPA reaches, and how their account numbers are written.
//!
//! The list is EPC409-09 v8.0 (`sepa.md` §3); the forms are the IBAN registry's. Which numbers are
//! good is decided by the registry; this table says what is wrong with a bad one.

use super::BankError;

/// A SEPA country.
pub(super) struct Country {
    code: &'static str,
    /// The part after the check digits: counts of digits (n), capitals (a) or both (c).
    bban: &'static str,
    /// Inside the European Economic Area, where the BIC may be left out.
    pub(super) eea: bool,
}

const fn eea(code: &'static str, bban: &'static str) -> Country {
    let eea = true;
    Country { code, bban, eea }
}

const fn other(code: &'static str, bban: &'static str) -> Country {
    let eea = false;
    Country { code, bban, eea }
}

/// All 42, by code.
pub(super) const COUNTRIES: &[Country] = &[
    other("AD", "8n12c"),
    other("AL", "8n16c"),
    eea("AT", "16n"),
    eea("BE", "12n"),
    eea("BG", "4a6n8c"),
    other("CH", "5n12c"),
    eea("CY", "8n16c"),
    eea("CZ", "20n"),
    eea("DE", "18n"),
    eea("DK", "14n"),
    eea("EE", "16n"),
    eea("ES", "20n"),
    eea("FI", "14n"),
    eea("FR", "10n11c2n"),
    other("GB", "4a14n"),
    other("GI", "4a15c"),
    eea("GR", "7n16c"),
    eea("HR", "17n"),
    eea("HU", "24n"),
    eea("IE", "4a14n"),
    eea("IS", "22n"),
    eea("IT", "1a10n12c"),
    eea("LI", "5n12c"),
    eea("LT", "16n"),
    eea("LU", "3n13c"),
    eea("LV", "4a13c"),
    other("MC", "10n11c2n"),
    other("MD", "20c"),
    other("ME", "18n"),
    other("MK", "3n10c2n"),
    eea("MT", "4a5n18c"),
    eea("NL", "4a10n"),
    eea("NO", "11n"),
    eea("PL", "24n"),
    eea("PT", "21n"),
    eea("RO", "4a16c"),
    other("RS", "18n"),
    eea("SE", "20n"),
    eea("SI", "15n"),
    eea("SK", "20n"),
    other("SM", "1a10n12c"),
    other("VA", "18n"),
];

/// The SEPA country with this code.
pub(super) fn country(code: &str) -> Option<&'static Country> {
    let letters = |code: &str| code.as_bytes().try_into().map(u16::from_be_bytes);
    let wanted = letters(code).ok()?;
    let place = COUNTRIES.binary_search_by(|one| letters(one.code).unwrap_or(0).cmp(&wanted));
    COUNTRIES.get(place.ok()?)
}

impl Country {
    /// The class of each character after the check digits: `n`, `a` or `c`.
    pub(super) fn classes(&self) -> String {
        let mut classes = String::with_capacity(30);
        let mut count = 0_usize;
        for letter in self.bban.chars() {
            match letter
                .to_digit(10)
                .and_then(|digit| usize::try_from(digit).ok())
            {
                Some(digit) => count = count * 10 + digit,
                None => classes.extend(std::iter::repeat_n(letter, std::mem::take(&mut count))),
            }
        }
        classes
    }

    /// Names what is wrong with a number of this country: its length, else a character.
    pub(super) fn check(&self, number: &str) -> Result<(), BankError> {
        let classes = format!("aann{}", self.classes());
        if number.len() != classes.len() {
            return Err(BankError::Length {
                country: self.code.to_owned(),
                expected: classes.len(),
                found: number.len(),
            });
        }
        super::expect_form(number, &classes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check97;

    fn with_digits(country: &Country, bban: &str) -> String {
        format!(
            "{}{}{bban}",
            country.code,
            check97::digits(country.code, bban)
        )
    }

    fn registry_takes(number: &str) -> bool {
        number.parse::<::iban::Iban>().is_ok()
    }

    #[test]
    fn there_are_42_sepa_countries_30_of_them_in_the_eea() {
        assert_eq!(COUNTRIES.len(), 42);
        assert_eq!(COUNTRIES.iter().filter(|country| country.eea).count(), 30);
        assert!(COUNTRIES.windows(2).all(|pair| pair[0].code < pair[1].code));
        for code in ["AL", "MD", "ME", "MK", "RS"] {
            assert!(country(code).is_some(), "{code}");
        }
        for code in ["FO", "GL", "TN", "TR", "XK", "GG"] {
            assert!(country(code).is_none(), "{code}");
        }
    }

    /// The registry is asked about every country, every place and both kinds of character.
    #[test]
    fn the_table_agrees_with_the_registry_place_by_place() {
        for country in COUNTRIES {
            let good = country.classes().replace('n', "1").replace(['a', 'c'], "X");
            let number = with_digits(country, &good);
            assert!(registry_takes(&number), "{number}");
            for (place, letter) in (0..good.len()).flat_map(|p| [(p, "7"), (p, "Q")]) {
                let mut tried = good.clone();
                tried.replace_range(place..=place, letter);
                let number = with_digits(country, &tried);
                assert_eq!(
                    country.check(&number).is_ok(),
                    registry_takes(&number),
                    "{number}"
                );
            }
            for wrong in [format!("{good}1"), good.replacen(['1', 'X'], "", 1)] {
                let number = with_digits(country, &wrong);
                assert!(!registry_takes(&number));
                assert!(matches!(
                    country.check(&number),
                    Err(BankError::Length { .. })
                ));
            }
        }
    }
}
