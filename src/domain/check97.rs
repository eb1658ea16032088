//! Check digits modulo 97 (ISO 7064), which IBAN, creditor identifier and RF reference share.

/// The remainder modulo 97 of capitals and digits read as one number, A = 10 to Z = 35.
///
/// Other characters count as nothing: callers have refused them before.
pub(crate) fn remainder(text: &str) -> u32 {
    text.chars()
        .filter_map(|letter| letter.to_digit(36))
        .fold(0, |rest, value| {
            let shift = if value < 10 { 10 } else { 100 };
            (rest * shift + value) % 97
        })
}

/// The two check digits, 02 to 98, of `body` with `prefix` moved behind it.
pub(crate) fn digits(prefix: &str, body: &str) -> String {
    format!("{:02}", 98 - remainder(&format!("{body}{prefix}00")))
}

/// Capitals and digits of a text as people write them: other characters that separate are dropped.
pub(crate) fn compact(text: &str, separator: fn(char) -> bool) -> String {
    text.chars()
        .filter(|letter| !separator(*letter))
        .map(|letter| letter.to_ascii_uppercase())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_of_known_identifiers() {
        for (prefix, body, expected) in [
            ("FR", "20041010050500013M02606", "14"),
            ("RF", "539007547034", "18"),
            ("DE", "09999999999", "98"),
            ("FR", "123456", "72"),
        ] {
            assert_eq!(digits(prefix, body), expected, "{prefix} {body}");
        }
    }

    #[test]
    fn a_number_with_its_digits_leaves_one() {
        assert_eq!(remainder("539007547034RF18"), 1);
        assert_eq!(remainder(""), 0);
    }
}
