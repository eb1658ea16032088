//! Amounts at the borders of their range and of their currencies.

use proptest::prelude::*;

use super::*;

fn currency(code: &str) -> Currency {
    code.parse().unwrap()
}

fn read(text: &str, code: &str) -> Result<Money, MoneyError> {
    Money::from_decimal(text.parse().unwrap(), currency(code))
}

#[test]
fn currencies_have_their_own_decimals() {
    for (code, digits) in [("EUR", 2), ("JPY", 0), ("XPF", 0), ("TND", 3), ("HUF", 2)] {
        assert_eq!(currency(code).exponent(), digits, "{code}");
        assert_eq!(currency(code).to_string(), code);
    }
    for code in ["", "EU", "EURO", "eur", "XXX", "€", "E€"] {
        let refused = code.parse::<Currency>();
        assert_eq!(refused, Err(MoneyError::UnknownCurrency(code.to_owned())));
    }
}

#[test]
fn each_currency_is_listed_once() {
    let mut codes = [TWO_DIGITS, NO_DIGITS, THREE_DIGITS].concat();
    let count = codes.len();
    codes.sort_unstable();
    codes.dedup();
    assert_eq!(codes.len(), count);
}

#[test]
fn decimals_become_minor_units_or_are_refused() {
    for (text, code, minor) in [
        ("12.3", "EUR", 1_230),
        ("12.3000", "EUR", 1_230),
        ("-0.01", "EUR", -1),
        ("0", "EUR", 0),
        ("-0.00", "EUR", 0),
        ("1500", "JPY", 1_500),
        ("1500.0", "JPY", 1_500),
        ("1.234", "TND", 1_234),
        ("92233720368547758.07", "EUR", i64::MAX),
        ("-92233720368547758.08", "EUR", i64::MIN),
        ("9223372036854775807", "XOF", i64::MAX),
    ] {
        let money = read(text, code);
        assert_eq!(
            money,
            Ok(Money::new(minor, currency(code))),
            "{text} {code}"
        );
    }
    for (text, code, digits) in [
        ("12.345", "EUR", 2),
        ("0.5", "JPY", 0),
        ("1.2345", "TND", 3),
    ] {
        let refused = Err(MoneyError::TooFine(text.to_owned(), digits));
        assert_eq!(read(text, code), refused);
    }
    for text in [
        "92233720368547758.08",
        "-92233720368547758.09",
        "79228162514264337593543950335",
    ] {
        assert_eq!(read(text, "EUR"), Err(MoneyError::TooLarge), "{text}");
    }
}

#[test]
fn amounts_are_written_with_their_decimals() {
    for (minor, code, text) in [
        (123_450, "EUR", "1234.50 EUR"),
        (-5, "EUR", "-0.05 EUR"),
        (7, "JPY", "7 JPY"),
        (7, "TND", "0.007 TND"),
        (i64::MIN, "EUR", "-92233720368547758.08 EUR"),
    ] {
        assert_eq!(Money::new(minor, currency(code)).to_string(), text);
    }
}

#[test]
fn sums_that_leave_the_range_are_refused() {
    let (most, least) = (Money::eur(i64::MAX), Money::eur(i64::MIN));
    let one = Money::eur(1);
    assert_eq!(most.checked_add(one), Err(MoneyError::TooLarge));
    assert_eq!(least.checked_sub(one), Err(MoneyError::TooLarge));
    assert_eq!(least.checked_neg(), Err(MoneyError::TooLarge));
    assert_eq!(least.checked_abs(), Err(MoneyError::TooLarge));
    assert_eq!(most.checked_neg().and_then(Money::checked_abs), Ok(most));
    assert_eq!(
        Money::sum(Currency::EUR, [most, one]),
        Err(MoneyError::TooLarge)
    );
    assert_eq!(Money::sum(Currency::EUR, []), Ok(Money::eur(0)));
}

#[test]
fn currencies_do_not_mix() {
    let (euro, yen) = (Money::eur(1), Money::new(1, currency("JPY")));
    let mixed = Err(MoneyError::Mixed(Currency::EUR, currency("JPY")));
    assert_eq!(euro.checked_add(yen), mixed);
    assert_eq!(euro.checked_sub(yen), mixed);
    assert_eq!(euro.least(yen), mixed);
    assert_eq!(Money::sum(Currency::EUR, [euro, yen]), mixed);
    assert_ne!(euro, yen);
}

#[test]
fn splitting_gives_the_rest_to_the_first() {
    let split = |cents, parts| -> Vec<i64> {
        let all = Money::eur(cents).split_even(parts);
        all.into_iter().map(Money::minor).collect()
    };
    assert_eq!(split(100, 3), [34, 33, 33]);
    assert_eq!(split(-100, 3), [-34, -33, -33]);
    assert_eq!(split(2, 4), [1, 1, 0, 0]);
    assert_eq!(split(5, 1), [5]);
    assert_eq!(split(5, 0), [0_i64; 0]);
    assert_eq!(split(i64::MIN, 2), [i64::MIN / 2; 2]);
}

proptest! {
    #[test]
    fn a_split_adds_up_and_is_even(cents in any::<i64>(), parts in 1..50_u32) {
        let money = Money::eur(cents);
        let split = money.split_even(parts);
        prop_assert_eq!(split.len(), usize::try_from(parts).unwrap());
        prop_assert_eq!(Money::sum(Currency::EUR, split.iter().copied()), Ok(money));
        let minors = || split.iter().map(|part| part.minor());
        prop_assert!(minors().max().unwrap() - minors().min().unwrap() <= 1);
    }

    #[test]
    fn decimals_round_trip(
        minor in any::<i64>(), code in prop::sample::select(vec!["EUR", "JPY", "TND"]),
    ) {
        let money = Money::new(minor, currency(code));
        prop_assert_eq!(Money::from_decimal(money.to_decimal(), currency(code)), Ok(money));
    }

    #[test]
    fn what_is_added_can_be_taken_off(a in any::<i64>(), b in any::<i64>()) {
        let (first, second) = (Money::eur(a), Money::eur(b));
        match first.checked_add(second) {
            Ok(sum) => {
                prop_assert_eq!(i128::from(sum.minor()), i128::from(a) + i128::from(b));
                prop_assert_eq!(sum.checked_sub(second), Ok(first));
                prop_assert_eq!(second.checked_add(first), Ok(sum));
            }
            Err(error) => {
                prop_assert_eq!(error, MoneyError::TooLarge);
                prop_assert!(a.checked_add(b).is_none());
            }
        }
        prop_assert_eq!(first.least(second), Ok(Money::eur(a.min(b))));
        prop_assert_eq!(first.at_least_zero(), Money::eur(a.max(0)));
    }
}
