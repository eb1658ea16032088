//! Sums, bounds and progress of plans.

use proptest::prelude::*;

use super::*;
use crate::id::{Id, InvoiceId};
use crate::samples::{day, eur, usd};

fn parts(all: &[(&str, i64)]) -> Vec<Part> {
    let part = |(on, cents): &(&str, i64)| Part {
        due_on: day(on),
        amount: eur(*cents),
    };
    all.iter().map(part).collect()
}

fn share(invoice: u128, cents: i64) -> Share {
    Share {
        invoice: InvoiceId::from_bits(invoice),
        amount: eur(cents),
    }
}

#[test]
fn equal_parts_sum_to_the_cent_with_the_rest_on_the_first() {
    for (total, count, expected) in [
        (10_000, 1, vec![10_000]),
        (10_000, 3, vec![3_334, 3_333, 3_333]),
        (10_001, 4, vec![2_501, 2_500, 2_500, 2_500]),
        (1, 2, vec![1, 0]),
    ] {
        let found = equal(eur(total), count).unwrap();
        let found: Vec<i64> = found.into_iter().map(Money::minor).collect();
        assert_eq!(found, expected, "{total} in {count}");
    }
}

#[test]
fn instalments_are_checked_one_by_one() {
    let (total, first) = (eur(10_000), day("2026-03-03"));
    let good = parts(&[("2026-03-03", 4_000), ("2026-04-03", 6_000)]);
    assert_eq!(check(&good, total, first), Ok(()));
    let last = first.plus_days(DAYS_MAX);
    let outside = |place, from: &str| PlanError::Outside {
        place,
        first: day(from),
        last,
    };
    for (given, expected) in [
        (vec![], PlanError::Count),
        (parts(&[("2026-03-02", 10_000)]), outside(0, "2026-03-03")),
        (
            parts(&[("2026-03-09", 4_000), ("2026-03-09", 6_000)]),
            outside(1, "2026-03-10"),
        ),
        (parts(&[("2027-03-05", 10_000)]), outside(0, "2026-03-03")),
        (
            parts(&[("2026-03-09", 0), ("2026-03-10", 10_000)]),
            PlanError::Nothing(0),
        ),
        (
            parts(&[("2026-03-09", 4_000), ("2026-03-10", 5_999)]),
            PlanError::Sum {
                found: eur(9_999),
                wanted: total,
            },
        ),
    ] {
        assert_eq!(check(&given, total, first), Err(expected), "{given:?}");
    }
    let thirteen: Vec<Part> = (0..13)
        .map(|place| Part {
            due_on: first.plus_days(place),
            amount: eur(1),
        })
        .collect();
    assert_eq!(check(&thirteen, eur(13), first), Err(PlanError::Count));
    assert!(matches!(
        check(&good, usd(10_000), first),
        Err(PlanError::Money(_))
    ));
}

#[test]
fn a_supplier_accepts_within_its_bounds_alone() {
    let bounds = Bounds {
        parts_max: 3,
        days_max: 60,
        first_percent_min: 30,
        total_max: eur(10_000),
    };
    let today = day("2026-03-02");
    let accepts = |all: &[(&str, i64)]| {
        let parts = parts(all);
        let total = eur(all.iter().map(|(_, cents)| cents).sum());
        bounds.accept(&parts, total, today)
    };
    assert!(
        accepts(&[("2026-05-01", 10_000)]),
        "a delay has no first part"
    );
    assert!(accepts(&[("2026-03-10", 3_000), ("2026-05-01", 7_000)]));
    for (why, asked) in [
        ("too late", vec![("2026-05-02", 10_000)]),
        ("too much", vec![("2026-04-01", 10_001)]),
        (
            "too little at first",
            vec![("2026-03-10", 2_999), ("2026-04-01", 7_001)],
        ),
        (
            "too many",
            vec![
                ("2026-03-10", 4_000),
                ("2026-03-11", 2_000),
                ("2026-03-12", 2_000),
                ("2026-03-13", 2_000),
            ],
        ),
        ("nothing", vec![]),
    ] {
        assert!(!accepts(&asked), "{why}");
    }
    let dollars = [Part {
        due_on: day("2026-03-10"),
        amount: usd(100),
    }];
    assert!(!bounds.accept(&dollars, usd(100), today));
    let never = Bounds {
        parts_max: 0,
        ..bounds
    };
    assert!(!never.accept(&parts(&[("2026-03-10", 100)]), eur(100), today));
}

#[test]
fn money_pays_the_first_instalment_first() {
    let amounts = [eur(3_000), eur(3_000), eur(4_000)];
    for (received, expected) in [
        (0, [0, 0, 0]),
        (-5, [0, 0, 0]),
        (2_000, [2_000, 0, 0]),
        (5_000, [3_000, 2_000, 0]),
        (99_999, [3_000, 3_000, 4_000]),
    ] {
        let found = paid_of(&amounts, eur(received)).unwrap();
        let found: Vec<i64> = found.into_iter().map(Money::minor).collect();
        assert_eq!(found, expected, "{received}");
    }
}

#[test]
fn instalments_are_spread_over_the_invoices_in_their_order() {
    let shares = [share(1, 5_000), share(2, 2_500), share(3, 2_500)];
    let found = spread(&shares, &[eur(3_000), eur(3_000), eur(4_000)]).unwrap();
    assert_eq!(
        found,
        [
            vec![share(1, 3_000)],
            vec![share(1, 2_000), share(2, 1_000)],
            vec![share(2, 1_500), share(3, 2_500)],
        ]
    );
}

#[test]
fn an_instalment_is_missed_after_the_grace_and_over_after_the_notice() {
    let one = |missed: Option<&str>| Instalment {
        part: Part {
            due_on: day("2026-03-10"),
            amount: eur(1_000),
        },
        promise: None,
        missed_on: missed.map(day),
    };
    let grace = day("2026-03-12");
    for (missed, in_time, so_far, today, expected) in [
        (None, 1_000, 1_000, "2026-03-05", Look::Kept),
        (None, 400, 400, "2026-03-12", Look::Waits),
        (None, 400, 400, "2026-03-13", Look::Missed),
        (Some("2026-03-13"), 400, 999, "2026-03-21", Look::Waits),
        (Some("2026-03-13"), 400, 999, "2026-03-22", Look::Over),
        (
            Some("2026-03-13"),
            400,
            1_000,
            "2026-03-22",
            Look::Late { partly: true },
        ),
        (None, 0, 1_000, "2026-03-20", Look::Late { partly: false }),
    ] {
        let found = look(&one(missed), eur(in_time), eur(so_far), grace, day(today));
        assert_eq!(found, expected, "{missed:?} {in_time} {so_far} {today}");
    }
}

proptest! {
    #[test]
    fn no_cent_is_lost(total in 1..10_000_000_i64, count in 1..=12_usize, first in 0..100_i64) {
        let amounts = equal(eur(total), count).unwrap();
        let sum: i64 = amounts.iter().map(|amount| amount.minor()).sum();
        prop_assert_eq!(sum, total);
        let cut = total * first / 100;
        let mut shares = vec![share(2, total - cut)];
        if cut > 0 {
            shares.insert(0, share(1, cut));
        }
        let spread = spread(&shares, &amounts).unwrap();
        for (own, amount) in spread.iter().zip(&amounts) {
            let sum: i64 = own.iter().map(|share| share.amount.minor()).sum();
            prop_assert_eq!(sum, amount.minor());
        }
        for whole in &shares {
            let of = spread.iter().flatten().filter(|one| one.invoice == whole.invoice);
            prop_assert_eq!(of.map(|one| one.amount.minor()).sum::<i64>(), whole.amount.minor());
        }
    }
}
