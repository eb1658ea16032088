//! What lateness costs, against sums made by hand.

use proptest::prelude::*;

use super::*;
use crate::invoice::ItemKind;
use crate::samples::{day, eur, invoice, usd};

fn terms() -> Terms {
    Terms {
        interest: true,
        indemnity: true,
        contract: None,
        country: country("FR"),
        added: Added::default(),
    }
}

fn cost(cents: i64, due_on: &str, until: &str, terms: &Terms) -> (i64, i64) {
    let item = invoice(1, day(due_on), eur(cents));
    let found = charges(&item, &[], terms, day(until)).unwrap();
    (found.interest.minor(), found.indemnity.minor())
}

#[test]
fn french_interest_switches_at_each_half_year_and_is_rounded_once() {
    for (name, cents, due_on, until, expected) in [
        // 30 days of 12.15 % are 119.84, 46 of 12.40 % are 187.53.
        (
            "two half-years",
            1_200_000,
            "2026-05-31",
            "2026-08-15",
            30_736,
        ),
        (
            "the first half alone",
            1_200_000,
            "2026-05-31",
            "2026-06-30",
            11_984,
        ),
        (
            "the first day of the second",
            1_200_000,
            "2026-06-30",
            "2026-07-01",
            408,
        ),
        // 182 days of 14.50 %, a leap day among them, and 184 of 14.25 %, over 365.
        ("a leap year", 100_000, "2023-12-31", "2024-12-31", 14_414),
        ("one day", 100_000, "2026-03-01", "2026-03-02", 33),
        ("the due day itself", 100_000, "2026-03-01", "2026-03-01", 0),
        ("before it is due", 100_000, "2026-03-01", "2026-02-20", 0),
        ("a cent", 1, "2026-03-01", "2026-12-31", 0),
    ] {
        let (interest, indemnity) = cost(cents, due_on, until, &terms());
        assert_eq!(interest, expected, "{name}");
        let late = day(due_on) < day(until);
        assert_eq!(indemnity, if late { 4_000 } else { 0 }, "{name}");
    }
}

#[test]
fn a_contract_sets_another_rate_for_all_days() {
    let contract = Terms {
        contract: Some(Rate(1_500)),
        ..terms()
    };
    let (interest, _) = cost(1_000_000, "2026-05-31", "2026-08-15", &contract);
    assert_eq!(interest, 31_233, "76 days of 15 %");
    let (interest, _) = cost(1_000_000, "2030-01-01", "2030-01-31", &contract);
    assert_eq!(interest, 12_329, "a contract needs no table");
}

#[test]
fn the_rate_of_a_day_is_that_of_its_half_year() {
    for (on, expected) in [
        ("2026-06-30", Some(Rate(1_215))),
        ("2026-07-01", Some(Rate(1_240))),
        ("2026-12-31", Some(Rate(1_240))),
        ("2027-01-01", None),
        ("2019-12-31", None),
    ] {
        assert_eq!(rate_on(day(on), &terms()), expected, "{on}");
    }
    let contract = Terms {
        contract: Some(Rate(900)),
        ..terms()
    };
    assert_eq!(rate_on(day("2027-01-01"), &contract), Some(Rate(900)));
}

#[test]
fn no_rate_is_guessed() {
    let last = BASES.last().unwrap();
    assert_eq!((last.year, last.half), (2026, 2));
    let (until_known, _) = cost(1_000_000, "2026-12-01", "2026-12-31", &terms());
    let (later, _) = cost(1_000_000, "2026-12-01", "2027-03-31", &terms());
    assert_eq!(until_known, later);
}

#[test]
fn a_half_year_that_came_after_the_program_is_told_and_added() {
    let (before, after) = (day("2026-12-31"), day("2027-01-01"));
    assert_eq!(terms().unknown_half(before), None);
    assert_eq!(terms().unknown_half(after), Some((2027, 1)));
    for other in [
        Terms {
            interest: false,
            ..terms()
        },
        Terms {
            contract: Some(Rate(900)),
            ..terms()
        },
        Terms::default(),
    ] {
        assert_eq!(other.unknown_half(after), None, "none is needed");
    }

    let added = Added::default().with((2027, 1), Rate(200)).unwrap();
    let knows = Terms { added, ..terms() };
    assert_eq!(knows.unknown_half(after), None);
    assert_eq!(knows.unknown_half(day("2027-07-01")), Some((2027, 2)));
    assert_eq!(rate_on(after, &knows), Some(Rate(1_200)));
    // 31 days of 12.40 %, then 31 of 12 %.
    let (interest, _) = cost(1_000_000, "2026-11-30", "2027-01-31", &knows);
    assert_eq!(interest, 20_723);
    let (interest, _) = cost(1_000_000, "2026-11-30", "2027-01-31", &terms());
    assert_eq!(interest, 10_532, "nothing is guessed");
}

#[test]
fn what_was_added_is_kept_corrected_and_given_up_for_the_table() {
    let added = Added::default().with((2027, 1), Rate(200)).unwrap();
    let added = added.with((2027, 2), Rate(190)).unwrap();
    let added = added.with((2027, 1), Rate(210)).unwrap();
    assert_eq!(added.to_string(), "2027-1=210 2027-2=190");
    assert_eq!("2027-1=210 2027-2=190".parse(), Ok(added));
    assert_eq!(
        "2026-2=999 2027-1=210 2027-2=190".parse(),
        Ok(added),
        "the table knows better"
    );
    assert_eq!("".parse(), Ok(Added::default()));
    for wrong in ["2027-3=200", "2027-1=3001", "2027=200", "a-1=2", "2027-1=x"] {
        assert!(wrong.parse::<Added>().is_err(), "{wrong}");
    }
    let known = Added::default().with((2026, 2), Rate(100)).unwrap_err();
    assert_eq!(known.to_string(), "the rate of 2026-2 is known: 2.40 %");
    let full = (2027..2031).flat_map(|year| [(year, 1), (year, 2)]);
    let full = full.fold(Added::default(), |all, half| {
        all.with(half, Rate(1)).unwrap()
    });
    assert_eq!(full.with((2031, 1), Rate(1)), Err(AddedError::Full));
}

#[test]
fn the_table_has_every_half_year_once_with_its_source() {
    let mut expected = (2020, 1);
    for base in BASES {
        assert_eq!((base.year, base.half), expected);
        assert!(!base.source.is_empty());
        expected = if base.half == 1 {
            (base.year, 2)
        } else {
            (base.year + 1, 1)
        };
    }
    assert!(COUNTRIES.iter().all(|one| !one.source.is_empty()));
    assert_eq!(country("XX"), None);
}

/// Twelve thousand, 30 days in the first half of 2026 and 46 in the second, by each country's law.
#[test]
fn each_country_has_its_own_margin_on_the_same_base() {
    let known = COUNTRIES.iter().map(|one| one.code);
    let expected = [("FR", 30_736, 4_000), ("ES", 25_739, 4_000)];
    assert!(known.eq(expected.iter().map(|(code, ..)| *code)));
    for (code, interest, indemnity) in expected {
        let terms = Terms {
            country: country(code),
            ..terms()
        };
        let found = cost(1_200_000, "2026-05-31", "2026-08-15", &terms);
        assert_eq!(found, (interest, indemnity), "{code}");
    }
}

#[test]
fn what_was_paid_late_cost_interest_until_it_was_paid() {
    let item = invoice(1, day("2026-05-31"), eur(600_000));
    let paid = [
        (day("2026-06-30"), eur(600_000)),
        (day("2026-09-01"), eur(5)),
    ];
    let found = charges(&item, &paid, &terms(), day("2026-08-15")).unwrap();
    // Half of the first vector for all days, half of it for the first 30.
    assert_eq!(found.interest, eur(15_368 + 5_992));
    let settled = Invoice {
        open: eur(0),
        ..item.clone()
    };
    let found = charges(&settled, &paid, &terms(), day("2026-08-15")).unwrap();
    assert_eq!((found.interest, found.indemnity), (eur(5_992), eur(4_000)));
    let in_time = [(day("2026-05-31"), eur(600_000))];
    let found = charges(&settled, &in_time, &terms(), day("2026-08-15")).unwrap();
    assert!(found.interest.is_zero() && found.indemnity.is_zero());
}

#[test]
fn only_late_claims_cost_something_and_only_when_switched_on() {
    let today = day("2026-08-15");
    let item = invoice(1, day("2026-05-31"), eur(100_000));
    let nothing = |item: &Invoice, terms: &Terms| {
        let found = charges(item, &[], terms, today).unwrap();
        assert!(found.interest.is_zero() && found.indemnity.is_zero());
    };
    nothing(&item, &Terms::default());
    assert!(!Terms::default().charges());
    let elsewhere = Terms {
        country: None,
        ..terms()
    };
    nothing(&item, &elsewhere);
    for kind in [ItemKind::CreditNote, ItemKind::Receipt] {
        let other = Invoice {
            kind,
            ..item.clone()
        };
        nothing(&other, &terms());
    }
    let disputed = Invoice {
        disputed: item.open,
        ..item.clone()
    };
    nothing(&disputed, &terms());
    let dollars = invoice(2, day("2026-05-31"), usd(100_000));
    let found = charges(&dollars, &[], &terms(), today).unwrap();
    assert!(found.interest.is_positive() && found.indemnity.is_zero());
    for (interest, indemnity) in [(true, false), (false, true)] {
        let one = Terms {
            interest,
            indemnity,
            ..terms()
        };
        let found = charges(&item, &[], &one, today).unwrap();
        assert_eq!(found.interest.is_positive(), interest);
        assert_eq!(found.indemnity.is_positive(), indemnity);
        assert!(one.charges());
    }
}

proptest! {
    /// Whatever the days, a later day never costs less and nothing is ever below nothing.
    #[test]
    fn interest_only_grows(cents in 1..100_000_000_i64, late in 0..4_000_i64, more in 0..400_i64) {
        let item = invoice(1, day("2021-02-10"), eur(cents));
        let of = |days: i64| {
            charges(&item, &[], &terms(), item.due_on.plus_days(days)).unwrap().interest.minor()
        };
        prop_assert!(of(late) >= 0 && of(late + more) >= of(late));
    }
}
