//! Amounts as software prints them. An amount that can be read two ways is refused, unless a person
//! said which sign is the decimal one.

use domain::{Currency, Money};

/// Signs that group thousands: point, comma, spaces of four widths, apostrophes of two shapes.
const GROUPING: [char; 8] = [
    '.', ',', ' ', '\u{a0}', '\u{202f}', '\u{2009}', '\'', '\u{2019}',
];

/// Largest amount that is believed, in minor units: a slipped column must not make sums overflow.
const AMOUNT_MAX: i64 = 1_000_000_000_000_000;

/// Reads an amount: `1 234,56`, `1.234,56`, `1234.56`, `(12,50)`, `12,50-`, `12,50 €`.
///
/// `None` when it is no number, has more decimals than the currency, is larger than any invoice,
/// or could mean two numbers (`1.234`).
pub(crate) fn parse(text: &str, currency: Currency) -> Option<Money> {
    read(text, currency, halves)
}

/// The same where the decimal sign is known: `1.234` is then no riddle.
pub(crate) fn parse_as(text: &str, currency: Currency, decimal: Decimal) -> Option<Money> {
    read(text, currency, |number, _| {
        let whole_and_rest = number.split_once(decimal.sign());
        let (whole, decimals) = whole_and_rest.unwrap_or((number, ""));
        let whole = if whole.is_empty() { "0" } else { whole };
        (!decimals.is_empty() || whole_and_rest.is_none()).then_some((whole, decimals))
    })
}

/// The sign between an amount's whole part and its decimals.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub enum Decimal {
    /// `1.234,56`.
    #[default]
    Comma,
    /// `1,234.56`.
    Point,
}

impl Decimal {
    const fn sign(self) -> char {
        match self {
            Self::Comma => ',',
            Self::Point => '.',
        }
    }
}

fn read<'a>(
    text: &'a str,
    currency: Currency,
    halves: impl Fn(&'a str, usize) -> Option<(&'a str, &'a str)>,
) -> Option<Money> {
    let (number, negative) = unsigned(text.trim(), currency)?;
    let wanted = usize::try_from(currency.exponent()).ok()?;
    let (whole, decimals) = halves(number, wanted)?;
    let minor = with_decimals(grouped(whole)?, decimals, wanted)?;
    if minor > AMOUNT_MAX {
        return None;
    }
    let signed = if negative {
        minor.checked_neg()?
    } else {
        minor
    };
    Some(Money::new(signed, currency))
}

/// Strips one minus sign (before, after, or as parentheses) and the currency's own sign.
fn unsigned(text: &str, currency: Currency) -> Option<(&str, bool)> {
    let digit = |c: char| c.is_ascii_digit();
    if text.starts_with(digit) && text.ends_with(digit) {
        return Some((text, false));
    }
    let bare = without_currency(text, currency);
    let minus = ['-', '\u{2212}'];
    let (rest, negative) = if let Some(open) = bare.strip_prefix('(') {
        (open.strip_suffix(')')?, true)
    } else if let Some(rest) = bare
        .strip_prefix(minus)
        .or_else(|| bare.strip_suffix(minus))
    {
        (rest, true)
    } else {
        (bare.strip_prefix('+').unwrap_or(bare), false)
    };
    let rest = without_currency(rest.trim(), currency);
    let number = rest.starts_with(|c: char| c.is_ascii_digit() || matches!(c, ',' | '.'));
    number.then_some((rest, negative))
}

fn without_currency(text: &str, currency: Currency) -> &str {
    let sign = if currency == Currency::EUR {
        "€"
    } else {
        currency.code()
    };
    [sign, currency.code()]
        .into_iter()
        .fold(text, |text, sign| {
            let text = text.strip_suffix(sign).unwrap_or(text).trim_end();
            text.strip_prefix(sign).unwrap_or(text).trim_start()
        })
}

/// Parts a number at its decimal sign.
///
/// The last point or comma is the decimal sign when it stands once. Standing alone before exactly
/// three digits it may as well group thousands: refused, unless the currency's number of decimals
/// tells.
fn halves(number: &str, wanted: usize) -> Option<(&str, &str)> {
    let Some(at) = number.rfind(['.', ',']) else {
        return Some((number, ""));
    };
    let (whole, tail) = number.split_at_checked(at)?;
    let sign = tail.chars().next()?;
    let decimals = tail.get(1..)?;
    if whole.contains(sign) {
        return Some((number, ""));
    }
    let plain = !whole.contains(GROUPING);
    if plain && decimals.len() == 3 && (1..=3).contains(&whole.len()) {
        return match wanted {
            0 => Some((number, "")),
            3 => Some((whole, decimals)),
            _ => None,
        };
    }
    (!decimals.is_empty()).then_some((whole, decimals))
}

/// Reads a whole number whose thousands may be grouped, by one sign throughout.
fn grouped(whole: &str) -> Option<i64> {
    let Some(sign) = whole.chars().find(|c| GROUPING.contains(c)) else {
        return digits(whole, 0);
    };
    let mut groups = whole.split(sign);
    let first = groups
        .next()
        .filter(|group| (1..=3).contains(&group.len()))?;
    groups.try_fold(digits(first, 0)?, |sum, group| {
        (group.len() == 3).then_some(())?;
        digits(group, sum)
    })
}

fn with_decimals(whole: i64, decimals: &str, wanted: usize) -> Option<i64> {
    let kept = decimals.get(..wanted.min(decimals.len()))?;
    let rest = decimals.get(kept.len()..)?;
    if !rest.bytes().all(|digit| digit == b'0') {
        return None;
    }
    let sum = digits(kept, whole)?;
    (kept.len()..wanted).try_fold(sum, |sum, _| sum.checked_mul(10))
}

/// Appends decimal digits to a number.
fn digits(text: &str, start: i64) -> Option<i64> {
    text.bytes().try_fold(start, |sum, byte| {
        byte.is_ascii_digit().then_some(())?;
        sum.checked_mul(10)?.checked_add(i64::from(byte - b'0'))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn euros(text: &str) -> Option<i64> {
        parse(text, Currency::EUR).map(Money::minor)
    }

    #[test]
    fn readable_amounts() {
        for (text, cents) in [
            ("0", 0),
            ("12", 1_200),
            ("12,5", 1_250),
            (",50", 50),
            ("527,36", 52_736),
            ("3638.90", 363_890),
            ("1 234,56", 123_456),
            ("1\u{a0}234\u{a0}567,89", 123_456_789),
            ("1\u{202f}234,56", 123_456),
            ("1.234,56", 123_456),
            ("1,234.56", 123_456),
            ("1.234.567", 123_456_700),
            ("1'234.50", 123_450),
            ("1\u{2019}234.50", 123_450),
            ("(8\u{202f}726,05)", -872_605),
            ("12,50-", -1_250),
            ("-1\u{a0}649,88", -164_988),
            ("\u{2212}7,14", -714),
            ("+3,00", 300),
            ("12,50 €", 1_250),
            ("- 12,50 EUR", -1_250),
            ("12.500000", 1_250),
            ("1234", 123_400),
        ] {
            assert_eq!(euros(text), Some(cents), "{text}");
        }
    }

    #[test]
    fn a_known_decimal_sign_leaves_no_riddle() {
        let read = |text, decimal| parse_as(text, Currency::EUR, decimal).map(Money::minor);
        let (comma, point) = (Decimal::Comma, Decimal::Point);
        for (text, decimal, cents) in [
            ("1.234", comma, Some(123_400)),
            ("1,234", point, Some(123_400)),
            ("1.234,5", comma, Some(123_450)),
            ("-1 234,50 €", comma, Some(-123_450)),
            (",5", comma, Some(50)),
            ("12.50", point, Some(1_250)),
            ("12.50", comma, None),
            ("12,", comma, None),
            ("1,2,3", comma, None),
            ("", comma, None),
        ] {
            assert_eq!(read(text, decimal), cents, "{text}");
        }
    }

    #[test]
    fn unreadable_and_ambiguous_amounts() {
        for text in [
            "",
            "-",
            "12O,5O",
            "1,234,56",
            "#REF!",
            "1.23E+04",
            "n/c",
            "1.234",
            "1,234",
            "12,345",
            "12,",
            "1 2345,00",
            "12 34",
            "1.234 567,00",
            "--5",
            "(5",
            "(-5)",
            "-5-",
            "5 $",
            "0x10",
            "1e3",
            "10000000000000,01",
            "99999999999999999999",
            "٣",
            "12,50 USD",
        ] {
            assert_eq!(euros(text), None, "{text}");
        }
    }

    #[test]
    fn decimals_follow_the_currency() {
        let read = |text, code: &str| parse(text, code.parse().unwrap()).map(Money::minor);
        assert_eq!(read("1,234", "JPY"), Some(1_234));
        assert_eq!(read("1234,5", "JPY"), None);
        assert_eq!(read("1,234", "TND"), Some(1_234));
        assert_eq!(read("12.50 USD", "USD"), Some(1_250));
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in "\\PC{0,24}") {
            let _ = euros(&text);
        }

        #[test]
        fn what_is_printed_is_read_back(cents in -99_999_999_999_i64..99_999_999_999) {
            let money = Money::eur(cents);
            let point = money.to_decimal().to_string();
            prop_assert_eq!(euros(&point), Some(cents));
            prop_assert_eq!(euros(&point.replace('.', ",")), Some(cents));
        }
    }
}
