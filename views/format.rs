//! Amounts and days as French and English readers write them.

use domain::party::Language;
use domain::{Currency, Day, Money};

const NO_BREAK: char = '\u{a0}';
const NARROW: char = '\u{202f}';
const MINUS: char = '\u{2212}';

const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];

/// `7 160,00 €` in French (with spaces that do not break), `€7,160.00` in English.
#[must_use]
pub fn money(language: Language, amount: Money) -> String {
    let plain = amount.to_decimal().abs().to_string();
    let (whole, cents) = plain.split_once('.').unwrap_or((plain.as_str(), ""));
    let euro = amount.currency() == Currency::EUR;
    let currency = amount.currency();
    let code = currency.code();
    let (separator, point) = match language {
        Language::Fr => (NARROW, ','),
        Language::En => (',', '.'),
    };
    let mut digits = grouped(whole, separator);
    if !cents.is_empty() {
        digits.push(point);
        digits.push_str(cents);
    }
    let text = match (language, euro) {
        (Language::Fr, true) => format!("{digits}{NO_BREAK}€"),
        (Language::Fr, false) => format!("{digits}{NO_BREAK}{code}"),
        (Language::En, true) => format!("€{digits}"),
        (Language::En, false) => format!("{code}{NO_BREAK}{digits}"),
    };
    if amount.is_negative() {
        format!("{MINUS}{text}")
    } else {
        text
    }
}

fn grouped(whole: &str, separator: char) -> String {
    let mut text = String::with_capacity(whole.len() * 2);
    for (place, digit) in whole.chars().enumerate() {
        if place > 0 && (whole.len() - place).is_multiple_of(3) {
            text.push(separator);
        }
        text.push(digit);
    }
    text
}

/// `02/12/2026` in French, `2 Dec 2026` in English.
#[must_use]
pub fn day(language: Language, day: Day) -> String {
    match language {
        Language::Fr => format!("{:02}/{:02}/{}", day.day(), day.month(), day.year()),
        Language::En => format!("{} {}", day_short(language, day), day.year()),
    }
}

/// `02/12` in French, `2 Dec` in English: where the year is beyond doubt.
#[must_use]
pub fn day_short(language: Language, day: Day) -> String {
    match language {
        Language::Fr => format!("{:02}/{:02}", day.day(), day.month()),
        Language::En => {
            let place = usize::try_from(day.month())
                .unwrap_or_default()
                .wrapping_sub(1);
            let month = MONTHS.get(place).copied().unwrap_or_default();
            format!("{} {month}", day.day())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_read_as_in_each_language() {
        for (amount, french, english) in [
            (Money::eur(716_000), "7\u{202f}160,00\u{a0}€", "€7,160.00"),
            (Money::eur(5), "0,05\u{a0}€", "€0.05"),
            (
                Money::eur(-100_000_000),
                "−1\u{202f}000\u{202f}000,00\u{a0}€",
                "−€1,000,000.00",
            ),
            (
                Money::new(99_900, "CHF".parse().unwrap()),
                "999,00\u{a0}CHF",
                "CHF\u{a0}999.00",
            ),
            (
                Money::new(1500, "JPY".parse().unwrap()),
                "1\u{202f}500\u{a0}JPY",
                "JPY\u{a0}1,500",
            ),
        ] {
            assert_eq!(money(Language::Fr, amount), french);
            assert_eq!(money(Language::En, amount), english);
        }
    }

    #[test]
    fn days_read_as_in_each_language() {
        let second = Day::new(2026, 12, 2).unwrap();
        assert_eq!(day(Language::Fr, second), "02/12/2026");
        assert_eq!(day(Language::En, second), "2 Dec 2026");
        assert_eq!(day_short(Language::Fr, second), "02/12");
        assert_eq!(day_short(Language::En, second), "2 Dec");
    }
}
