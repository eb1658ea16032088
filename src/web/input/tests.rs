//! Amounts and days in every spelling a debtor may use.

use domain::party::Language::{self, En, Fr};
use domain::{Currency, Money};
use proptest::prelude::*;
use views::format::{money, money_input};
use views::problem::Wrong;

use super::{amount, day, is_mailbox};

const UNREADABLE: Result<i64, Wrong> = Err(Wrong::AmountUnreadable);

fn cents(language: Language, typed: &str) -> Result<i64, Wrong> {
    amount(language, Currency::EUR, typed).map(Money::minor)
}

#[test]
fn amounts_are_read_as_their_readers_write_them() {
    for (language, typed, expected) in [
        (Fr, "1234,56", Ok(123_456)),
        (Fr, "1 234,56", Ok(123_456)),
        (Fr, "1\u{202f}234,56\u{a0}€", Ok(123_456)),
        (Fr, "1.234,56", Ok(123_456)),
        (Fr, "1,234.56", Ok(123_456)),
        (Fr, "1234.5", Ok(123_450)),
        (Fr, "1.234", UNREADABLE),
        (Fr, "1,234", UNREADABLE),
        (Fr, "1.234.567", Ok(123_456_700)),
        (En, "1,234.56", Ok(123_456)),
        (En, "1,234", Ok(123_400)),
        (En, "€1,234,567.80", Ok(123_456_780)),
        (En, "EUR 12", Ok(1_200)),
        (En, "1.234", UNREADABLE),
        (En, "12,34.56", UNREADABLE),
        (En, "1234,56", Ok(123_456)),
        (Fr, "douze", UNREADABLE),
        (Fr, "1,2,3", UNREADABLE),
        (Fr, "1e3", UNREADABLE),
        (Fr, "12 USD", UNREADABLE),
        (Fr, ",50", UNREADABLE),
        (Fr, "99999999999999999999", UNREADABLE),
        (Fr, "", Err(Wrong::AmountMissing)),
        (Fr, " \u{202f}", Err(Wrong::AmountMissing)),
        (Fr, "0,00", Err(Wrong::AmountNotPositive)),
        (Fr, "-5", Err(Wrong::AmountNotPositive)),
        (Fr, "\u{2212}5,00", Err(Wrong::AmountNotPositive)),
    ] {
        assert_eq!(cents(language, typed), expected, "{language} {typed}");
    }
}

#[test]
fn decimals_are_those_of_the_currency() {
    let minor = |code: &str, typed| {
        let currency: Currency = code.parse().unwrap();
        amount(Fr, currency, typed).map(Money::minor)
    };
    assert_eq!(minor("TND", "1,234"), Ok(1_234));
    assert_eq!(minor("JPY", "1 234"), Ok(1_234));
    assert_eq!(minor("JPY", "12,5"), UNREADABLE);
    assert_eq!(minor("USD", "12 €"), UNREADABLE);
}

#[test]
fn days_are_read_in_both_spellings() {
    for typed in ["2026-11-30", " 30/11/2026 ", "30.11.2026"] {
        assert_eq!(day(typed).unwrap().to_string(), "2026-11-30", "{typed}");
    }
    assert_eq!(day("1/2/2027").unwrap().to_string(), "2027-02-01");
    assert_eq!(day(" "), Err(Wrong::DayMissing));
    for typed in [
        "30/11/26",
        "31/11/2026",
        "30/11",
        "30/11/2026/1",
        "demain",
        "-1/2/2026",
    ] {
        assert_eq!(day(typed), Err(Wrong::DayUnreadable), "{typed}");
    }
}

proptest! {
    /// What our own pages show and prefill is read back as it was.
    #[test]
    fn what_we_write_we_read(minor in 1..99_999_999_999_i64, english in any::<bool>()) {
        let language = if english { En } else { Fr };
        let sum = Money::eur(minor);
        prop_assert_eq!(cents(language, &money(language, sum)), Ok(minor));
        prop_assert_eq!(cents(language, &money_input(language, sum)), Ok(minor));
    }

    #[test]
    fn any_text_is_looked_at(typed in ".{0,60}") {
        let _ = cents(Fr, &typed);
        let _ = day(&typed);
    }
}

#[test]
fn a_mailbox_has_a_name_and_a_host() {
    for text in ["a@b.fr", "prénom.nom@exemple.fr", "a+b@c.d.example"] {
        assert!(is_mailbox(text), "{text}");
    }
    for text in [
        "",
        "a",
        "a@",
        "@b.fr",
        "a@b",
        "a@.fr",
        "a@b.",
        "a b@c.fr",
        "a@b.fr,c@d.fr",
        "a@b@c.fr",
    ] {
        assert!(!is_mailbox(text), "{text}");
    }
}
