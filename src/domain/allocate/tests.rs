//! Where money goes, by table and by property.

use proptest::prelude::*;

use super::*;
use crate::Id;
use crate::late::ChargeKind;
use crate::samples::{day, eur, invoice, usd};

fn share(id: u128, amount: Money) -> Share {
    let invoice = InvoiceId::from_bits(id);
    Share { invoice, amount }
}

fn account() -> Vec<Invoice> {
    let mut credit = invoice(9, day("2026-01-01"), eur(5_000));
    credit.kind = ItemKind::CreditNote;
    vec![
        invoice(1, day("2026-03-31"), eur(10_000)),
        invoice(2, day("2026-01-31"), eur(20_000)),
        invoice(3, day("2026-02-28"), eur(30_000)),
        invoice(4, day("2026-01-01"), usd(40_000)),
        credit,
    ]
}

fn shares(all: &[(u128, i64)]) -> Vec<Share> {
    all.iter()
        .map(|(id, cents)| share(*id, eur(*cents)))
        .collect()
}

fn check(amount: i64, designated: &[(u128, i64)], expected: &[(u128, i64)], unapplied: i64) {
    let found = allocate(eur(amount), &shares(designated), &account()).unwrap();
    assert_eq!(found.shares, shares(expected), "{amount} {designated:?}");
    assert_eq!(found.unapplied, eur(unapplied), "{amount} {designated:?}");
}

#[test]
fn without_designation_the_oldest_goes_first() {
    check(0, &[], &[], 0);
    check(20_000, &[], &[(2, 20_000)], 0);
    check(25_000, &[], &[(2, 20_000), (3, 5_000)], 0);
    check(61_000, &[], &[(2, 20_000), (3, 30_000), (1, 10_000)], 1_000);
    check(-5_000, &[], &[], -5_000);
}

#[test]
fn the_debtor_decides_and_what_is_left_stays_unapplied() {
    check(10_000, &[(1, 10_000)], &[(1, 10_000)], 0);
    check(4_000, &[(1, 4_000)], &[(1, 4_000)], 0);
    // Less came than was designated, then more.
    check(
        25_000,
        &[(3, 20_000), (2, 20_000)],
        &[(3, 20_000), (2, 5_000)],
        0,
    );
    check(12_000, &[(1, 10_000)], &[(1, 10_000)], 2_000);
    // The invoice was paid in part meanwhile.
    check(12_000, &[(1, 12_000)], &[(1, 10_000)], 2_000);
    check(9_000, &[(1, 4_000), (1, 9_000)], &[(1, 9_000)], 0);
}

#[test]
fn what_is_no_open_invoice_in_the_currency_takes_nothing() {
    let (gone, credit_note, dollars) = (77, 9, 4);
    for id in [gone, credit_note, dollars] {
        check(5_000, &[(id, 5_000)], &[], 5_000);
    }
    let designated = [share(1, usd(5_000))];
    let found = allocate(eur(5_000), &designated, &account()).unwrap();
    assert_eq!(found.unapplied, eur(5_000));
}

#[test]
fn reservations_do_not_keep_money_out() {
    let mut item = invoice(1, day("2026-01-31"), eur(100));
    item.reserved = eur(100);
    let found = allocate(eur(100), &[], &[item]).unwrap();
    assert_eq!(found.shares, [share(1, eur(100))]);
}

#[test]
fn equal_due_days_go_by_number_then_id() {
    let mut items: Vec<_> = (1..=3)
        .map(|id| invoice(id, day("2026-01-31"), eur(100)))
        .collect();
    items[0].number = "F2".to_owned();
    items[1].number = "F2".to_owned();
    items[2].number = "F1".to_owned();
    items.reverse();
    let found = allocate(eur(250), &[], &items).unwrap();
    assert_eq!(
        found.shares,
        [share(3, eur(100)), share(1, eur(100)), share(2, eur(50))]
    );
}

/// The account of [`account`] with 50.00 of credit note 9 and 20.00 of credit note 8.
fn with_credits() -> Vec<Invoice> {
    let mut other = invoice(8, day("2026-01-01"), eur(2_000));
    other.kind = ItemKind::CreditNote;
    let mut items = account();
    items.push(other);
    items
}

/// Items and cents.
type Parts<'a> = &'a [(u128, i64)];

/// Invoices, credits and the rest that money and designated credits come to.
type Expected<'a> = (Parts<'a>, Parts<'a>, i64);

fn settles(
    name: &str,
    amount: i64,
    (designated, credits): (Parts<'_>, Parts<'_>),
    expected: Expected<'_>,
) {
    let designation = Designation {
        shares: shares(designated),
        credits: shares(credits),
        charges: Vec::new(),
    };
    let found = settle(eur(amount), &designation, &with_credits(), &[]).unwrap();
    let (paid, used, unapplied) = expected;
    assert_eq!(found.shares, shares(paid), "{name}");
    assert_eq!(found.credits, shares(used), "{name}");
    assert_eq!(found.unapplied, eur(unapplied), "{name}");
}

#[test]
fn credit_notes_pay_beside_money() {
    let both: (Parts<'_>, Parts<'_>) = (&[(1, 10_000)], &[(9, 5_000), (8, 2_000)]);
    for (name, amount, expected) in [
        (
            "as designated",
            3_000,
            (&[(1, 10_000)][..], &[(9, 5_000), (8, 2_000)][..], 0),
        ),
        (
            "less money than announced",
            1_000,
            (&[(1, 8_000)], &[(9, 5_000), (8, 2_000)], 0),
        ),
        (
            "as if without the last credit note",
            5_000,
            (&[(1, 10_000)], &[(9, 5_000)], 0),
        ),
        ("as if without any", 10_000, (&[(1, 10_000)], &[], 0)),
        (
            "more than there is to pay",
            11_000,
            (&[(1, 10_000)], &[], 1_000),
        ),
        (
            "part of a credit note stays",
            4_999,
            (&[(1, 10_000)], &[(9, 5_000), (8, 1)], 0),
        ),
    ] {
        settles(name, amount, both, expected);
    }
    let invoice_or_dollars = (&[(1, 10_000)][..], &[(1, 5_000), (4, 5_000)][..]);
    settles(
        "no credit note",
        100,
        invoice_or_dollars,
        (&[(1, 100)], &[], 0),
    );
    let twice = (&[(1, 10_000)][..], &[(9, 4_000), (9, 4_000)][..]);
    settles(
        "one note twice",
        100,
        twice,
        (&[(1, 4_100)], &[(9, 4_000)], 0),
    );
}

#[test]
fn a_credit_note_that_others_hold_is_left_to_them() {
    let mut items = with_credits();
    items[4].reserved = eur(3_500);
    let designated = Designation {
        shares: shares(&[(1, 10_000)]),
        credits: shares(&[(9, 5_000)]),
        charges: Vec::new(),
    };
    let found = settle(eur(5_000), &designated, &items, &[]).unwrap();
    assert_eq!(found.credits, shares(&[(9, 1_500)]));
    assert_eq!(found.shares, shares(&[(1, 6_500)]));
}

#[test]
fn lateness_is_paid_after_the_invoices_and_once() {
    let charge = |kind, cents| Charge {
        invoice: InvoiceId::from_bits(1),
        kind,
        amount: eur(cents),
    };
    let (interest, indemnity) = (ChargeKind::Interest, ChargeKind::Indemnity);
    let due = [charge(interest, 300), charge(indemnity, 4_000)];
    let designated = Designation {
        shares: shares(&[(1, 10_000)]),
        credits: shares(&[(9, 5_000)]),
        charges: due.to_vec(),
    };
    for (name, amount, paid, used, unapplied) in [
        ("as designated", 9_300, vec![due[0], due[1]], 5_000, 0),
        (
            "less",
            8_000,
            vec![due[0], charge(indemnity, 2_700)],
            5_000,
            0,
        ),
        ("the invoice alone", 5_000, vec![], 5_000, 0),
        (
            "without the credit note",
            14_300,
            vec![due[0], due[1]],
            0,
            0,
        ),
        ("more", 14_400, vec![due[0], due[1]], 0, 100),
    ] {
        let found = settle(eur(amount), &designated, &with_credits(), &due).unwrap();
        assert_eq!(found.charges, paid, "{name}");
        let credits: i64 = found.credits.iter().map(|one| one.amount.minor()).sum();
        assert_eq!(credits, used, "{name}");
        assert_eq!(found.unapplied, eur(unapplied), "{name}");
        assert_eq!(found.shares, shares(&[(1, 10_000)]), "{name}");
    }
    // Paid or given up meanwhile: what was meant for it stays the debtor's.
    let found = settle(eur(9_300), &designated, &with_credits(), &due[..1]).unwrap();
    assert_eq!(found.charges, [due[0]]);
    assert_eq!(
        (found.credits, found.unapplied),
        (shares(&[(9, 1_000)]), eur(0))
    );
}

#[test]
fn a_sum_is_spread_over_what_can_be_paid_now() {
    let mut items = account();
    items[1].reserved = eur(15_000);
    let found = spread(eur(36_000), &items).unwrap();
    assert_eq!(found.shares, shares(&[(2, 5_000), (3, 30_000), (1, 1_000)]));
    assert_eq!(found.unapplied, eur(0));
    let found = spread(eur(50_000), &items).unwrap();
    assert_eq!(found.unapplied, eur(5_000));
}

fn invoices() -> impl Strategy<Value = Vec<Invoice>> {
    let one = (0..60_i64, 0..50_000_i64, any::<bool>());
    prop::collection::vec(one, 0..12).prop_map(|all| {
        let items = all
            .into_iter()
            .enumerate()
            .map(|(place, (late, open, dollars))| {
                let open = if dollars { usd(open) } else { eur(open) };
                let id = u128::try_from(place).unwrap();
                invoice(id, day("2026-01-01").plus_days(late), open)
            });
        items.collect()
    })
}

fn designation() -> impl Strategy<Value = Vec<Share>> {
    let one = (0..14_u128, 0..60_000_i64);
    prop::collection::vec(one.prop_map(|(id, cents)| share(id, eur(cents))), 0..6)
}

proptest! {
    /// Money and credits used come to what the invoices got and the rest, and no item gives or
    /// takes more than it has.
    #[test]
    fn settling_is_exact(
        cents in 1..400_000_i64, designated in designation(), credits in designation(),
        open in invoices(), notes in prop::collection::vec(any::<bool>(), 12),
    ) {
        let open: Vec<Invoice> = open.into_iter().zip(notes).map(|(item, note)| {
            let kind = if note { ItemKind::CreditNote } else { ItemKind::Invoice };
            Invoice { kind, reserved: Money::new(item.open.minor() / 3, item.currency()), ..item }
        }).collect();
        let of = Designation { shares: designated, credits, charges: Vec::new() };
        let found = settle(eur(cents), &of, &open, &[]).unwrap();
        let sum = |all: &[Share]| all.iter().map(|share| share.amount.minor()).sum::<i64>();
        prop_assert_eq!(
            cents + sum(&found.credits),
            sum(&found.shares) + found.unapplied.minor()
        );
        prop_assert!(!found.unapplied.is_negative());
        prop_assert!(found.credits.is_empty() || found.unapplied.is_zero());
        for (at, credit) in found.credits.iter().enumerate() {
            let item = open.iter().find(|item| item.id == credit.invoice).unwrap();
            prop_assert!(item.kind == ItemKind::CreditNote && credit.amount.is_positive());
            prop_assert!(credit.amount.minor() <= item.creditable().unwrap().minor());
            prop_assert!(found.credits[..at].iter().all(|one| one.invoice != credit.invoice));
        }
        for share in &found.shares {
            let item = open.iter().find(|item| item.id == share.invoice).unwrap();
            prop_assert!(share.amount.minor() <= item.open.minor());
        }
    }

    #[test]
    fn nothing_is_lost_and_nothing_is_overpaid(
        cents in -100..400_000_i64, designated in designation(), open in invoices(),
    ) {
        let found = allocate(eur(cents), &designated, &open).unwrap();
        let shared = found.shares.iter().map(|share| share.amount);
        let shared = Money::sum(crate::Currency::EUR, shared).unwrap();
        prop_assert_eq!(shared.checked_add(found.unapplied), Ok(eur(cents)));
        for (place, share) in found.shares.iter().enumerate() {
            let item = open.iter().find(|item| item.id == share.invoice).unwrap();
            prop_assert!(share.amount.is_positive());
            prop_assert!(share.amount.minor() <= item.open.minor());
            prop_assert_eq!(share.amount.currency(), item.currency());
            prop_assert!(found.shares[..place].iter().all(|s| s.invoice != share.invoice));
        }
    }

    #[test]
    fn the_designation_is_respected(
        cents in 0..400_000_i64, designated in designation(), open in invoices(),
    ) {
        prop_assume!(!designated.is_empty());
        let found = allocate(eur(cents), &designated, &open).unwrap();
        for share in &found.shares {
            let wanted: i64 = designated.iter().filter(|d| d.invoice == share.invoice)
                .map(|d| d.amount.minor()).sum();
            prop_assert!(share.amount.minor() <= wanted);
        }
    }

    #[test]
    fn the_order_of_the_list_does_not_matter(
        cents in 0..400_000_i64, designated in designation(),
        (open, shuffled) in invoices().prop_flat_map(|o| (Just(o.clone()), Just(o).prop_shuffle())),
    ) {
        let found = allocate(eur(cents), &designated, &open);
        prop_assert_eq!(found, allocate(eur(cents), &designated, &shuffled));
    }

    /// Without a designation, money is left over only when every invoice is paid.
    #[test]
    fn surplus_means_all_is_paid(cents in 0..400_000_i64, open in invoices()) {
        let found = allocate(eur(cents), &[], &open).unwrap();
        let paid = found.shares.iter().filter(|share| {
            open.iter().any(|item| item.id == share.invoice && item.open == share.amount)
        });
        let euros = open.iter().filter(|item| item.currency() == crate::Currency::EUR);
        let payable = euros.filter(|item| item.open.is_positive());
        let all_paid = paid.count() == payable.count();
        prop_assert!(found.unapplied.is_zero() || all_paid);
    }
}
