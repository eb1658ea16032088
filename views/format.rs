//! Amounts, days and instants as people of each language write them.

use domain::party::Language;
use domain::{Currency, Day, Moment, Money, Zone};

/// Narrow no-break space: groups digits in French.
const NARROW: char = '\u{202f}';
/// No-break space: before the currency in French, after the code in English.
const FIXED: char = '\u{a0}';
/// The minus sign; a hyphen would be torn from its number at a line's end.
const MINUS: char = '\u{2212}';

/// `7 160,00 €` or `€7,160.00`; other currencies by their ISO 4217 code.
#[must_use]
pub fn money(language: Language, amount: Money) -> String {
    let digits = grouped(language, amount);
    let sign = if amount.is_negative() {
        String::from(MINUS)
    } else {
        String::new()
    };
    let currency = amount.currency();
    match (language, currency == Currency::EUR) {
        (Language::Fr, true) => format!("{sign}{digits}{FIXED}€"),
        (Language::Fr, false) => format!("{sign}{digits}{FIXED}{currency}"),
        (Language::En, true) => format!("{sign}€{digits}"),
        (Language::En, false) => format!("{sign}{currency}{FIXED}{digits}"),
    }
}

/// The amount for a form field: no grouping, no currency, the language's decimal sign.
#[must_use]
pub fn money_input(language: Language, amount: Money) -> String {
    let text = amount.to_decimal().to_string();
    match language {
        Language::Fr => text.replace('.', ","),
        Language::En => text,
    }
}

fn grouped(language: Language, amount: Money) -> String {
    let (group, decimal) = match language {
        Language::Fr => (NARROW, ','),
        Language::En => (',', '.'),
    };
    let text = amount.to_decimal().abs().to_string();
    let (whole, minor) = text.split_once('.').unwrap_or((&text, ""));
    let mut out = String::with_capacity(text.len().saturating_mul(2));
    for (place, digit) in whole.chars().enumerate() {
        let left = whole.len().saturating_sub(place);
        if place > 0 && left.is_multiple_of(3) {
            out.push(group);
        }
        out.push(digit);
    }
    if !minor.is_empty() {
        out.push(decimal);
        out.push_str(minor);
    }
    out
}

/// `120 Ko` or `120 KB`: how large a file is, never nothing.
#[must_use]
pub fn kilobytes(language: Language, bytes: i64) -> String {
    let count = bytes.max(1).saturating_add(999).div_euclid(1000);
    match language {
        Language::Fr => format!("{count}{FIXED}Ko"),
        Language::En => format!("{count}{FIXED}KB"),
    }
}

/// `26/11/2026` or `26 Nov 2026`.
#[must_use]
pub fn day(language: Language, day: Day) -> String {
    let (date, month, year) = (day.day(), day.month(), day.year());
    match language {
        Language::Fr => format!("{date:02}/{month:02}/{year}"),
        Language::En => format!("{date}{FIXED}{}{FIXED}{year}", english_month(month)),
    }
}

/// `26/11` or `26 Nov`: where the year goes without saying.
#[must_use]
pub fn day_short(language: Language, day: Day) -> String {
    let (date, month) = (day.day(), day.month());
    match language {
        Language::Fr => format!("{date:02}/{month:02}"),
        Language::En => format!("{date}{FIXED}{}", english_month(month)),
    }
}

/// `26/11/2026 à 9 h 05` or `26 Nov 2026, 09:05`, by the clock of the supplier's zone.
#[must_use]
pub fn moment(language: Language, zone: Zone, at: Moment) -> String {
    let (hour, minute) = zone.hour_minute(at);
    let date = day(language, zone.day(at));
    match language {
        Language::Fr => format!("{date} à {hour}{FIXED}h{FIXED}{minute:02}"),
        Language::En => format!("{date}, {hour:02}:{minute:02}"),
    }
}

const fn english_month(month: u32) -> &'static str {
    match month {
        1 => "Jan",
        2 => "Feb",
        3 => "Mar",
        4 => "Apr",
        5 => "May",
        6 => "Jun",
        7 => "Jul",
        8 => "Aug",
        9 => "Sep",
        10 => "Oct",
        11 => "Nov",
        _ => "Dec",
    }
}

/// A count with its thousands apart: « 5 000 », "5,000".
#[must_use]
pub fn count(language: Language, number: usize) -> String {
    let apart = match language {
        Language::Fr => '\u{202f}',
        Language::En => ',',
    };
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + 2);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            out.push(apart);
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_read_as_each_language_writes_them() {
        let yen = "JPY".parse().unwrap();
        let cases = [
            (Money::eur(716_000), "7\u{202f}160,00\u{a0}€", "€7,160.00"),
            (Money::eur(5), "0,05\u{a0}€", "€0.05"),
            (Money::eur(99_999), "999,99\u{a0}€", "€999.99"),
            (
                Money::eur(-100_000),
                "−1\u{202f}000,00\u{a0}€",
                "−€1,000.00",
            ),
            (
                Money::new(1_234_567, yen),
                "1\u{202f}234\u{202f}567\u{a0}JPY",
                "JPY\u{a0}1,234,567",
            ),
        ];
        for (amount, french, english) in cases {
            assert_eq!(money(Language::Fr, amount), french);
            assert_eq!(money(Language::En, amount), english);
        }
    }

    #[test]
    fn amounts_in_fields_are_plain() {
        assert_eq!(money_input(Language::Fr, Money::eur(716_000)), "7160,00");
        assert_eq!(money_input(Language::En, Money::eur(716_005)), "7160.05");
    }

    #[test]
    fn days_and_instants() {
        let date = Day::new(2026, 11, 6).unwrap();
        assert_eq!(day(Language::Fr, date), "06/11/2026");
        assert_eq!(day(Language::En, date), "6\u{a0}Nov\u{a0}2026");
        assert_eq!(day_short(Language::Fr, date), "06/11");
        assert_eq!(day_short(Language::En, date), "6\u{a0}Nov");
        let at = Zone::PARIS.at_hour(date, 9).plus_minutes(5);
        assert_eq!(
            moment(Language::Fr, Zone::PARIS, at),
            "06/11/2026 à 9\u{a0}h\u{a0}05"
        );
        assert_eq!(
            moment(Language::En, Zone::PARIS, at),
            "6\u{a0}Nov\u{a0}2026, 09:05"
        );
    }
}
