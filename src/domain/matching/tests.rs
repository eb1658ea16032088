//! The order of clues, what is certain and what is not, and where each cent goes, as tables.

use proptest::prelude::*;

use super::*;
use crate::id::{Id, SupplierId};
use crate::samples::{day, eur, usd};

fn invoice(id: u128, debtor: u128, number: &str, open: i64, due: &str) -> Invoice {
    Invoice {
        id: InvoiceId::from_bits(id),
        supplier: SupplierId::from_bits(1),
        debtor: DebtorId::from_bits(debtor),
        kind: ItemKind::Invoice,
        number: number.to_owned(),
        order_ref: None,
        issued_on: day("2026-01-01"),
        due_on: day(due),
        total: eur(open),
        open: eur(open),
        reserved: eur(0),
        disputed: eur(0),
        promised: eur(0),
    }
}

fn account() -> Vec<Invoice> {
    vec![
        invoice(1, 7, "F2026-0117", 10_000, "2026-03-01"),
        invoice(2, 7, "F2026-0118", 5_000, "2026-03-10"),
        invoice(3, 7, "F2026-0119", 2_500, "2026-03-20"),
    ]
}

fn ids(all: &[u128]) -> Vec<InvoiceId> {
    all.iter().map(|id| InvoiceId::from_bits(*id)).collect()
}

/// Batch, id, mandate, references (structured, then typed: each once), numbers, payer.
#[test]
fn clues_are_followed_in_the_order_of_the_norm() {
    let said = Said {
        batch: Some("MSG-1".into()),
        end_to_end: Some("E2E".into()),
        mandate: Some("RUM".into()),
        references: vec!["RF18539007547034".into(), "no reference".into()],
        text: "facture F2026-0117 RF18 5390 0754 7034 RF83 1003".into(),
    };
    let kinds: Vec<&str> = lookups(&said)
        .iter()
        .map(|lookup| match lookup {
            Lookup::Batch(_) => "batch",
            Lookup::Collection(_) => "collection",
            Lookup::Mandate(_) => "mandate",
            Lookup::Reference(_) => "reference",
            Lookup::Numbers(_) => "numbers",
            Lookup::Payer => "payer",
        })
        .collect();
    assert_eq!(
        kinds,
        [
            "batch",
            "collection",
            "mandate",
            "reference",
            "reference",
            "numbers",
            "payer"
        ]
    );
    assert_eq!(lookups(&Said::default()), [Lookup::Payer]);
    let in_text = Said {
        text: "rf18-5390 0754 7034".into(),
        ..Said::default()
    };
    let reference = "RF18539007547034".parse().unwrap();
    assert_eq!(lookups(&in_text)[0], Lookup::Reference(reference));
}

#[test]
fn numbers_are_found_however_they_are_typed() {
    for (text, number) in [
        ("facture F2026-0117 merci", "F20260117"),
        ("FACTURE F 2026 0117", "F20260117"),
        ("Fact.F2026/0117,F2026/0118", "F20260118"),
        ("inv no 4711", "4711"),
        ("f2026.0117", "F20260117"),
        ("ref #FA-98-1", "FA981"),
    ] {
        let found = numbers_in(text);
        assert!(found.iter().any(|one| one == number), "{text}: {found:?}");
    }
    for text in ["", "merci beaucoup", "a 1 b", "€€€"] {
        assert_eq!(numbers_in(text), Vec::<String>::new(), "{text}");
    }
    let long = "A1 ".repeat(5_000);
    assert!(numbers_in(&long).len() <= 200);
}

#[test]
fn named_invoices_are_certain_of_one_account_only() {
    let all = account();
    let certain = |of: &[usize]| {
        let ids = of.iter().map(|at| all[*at].id).collect();
        Named::Certain(DebtorId::from_bits(7), ids)
    };
    assert_eq!(named(eur(1), &[]).unwrap(), Named::Nothing);
    assert_eq!(named(eur(1), &all[..1]).unwrap(), certain(&[0]));
    assert_eq!(named(eur(15_000), &all[..2]).unwrap(), certain(&[0, 1]));
    // A short number is certain when the amount fits, else it may be chance.
    let short = [invoice(9, 7, "117", 4_000, "2026-03-01")];
    let of = |ids| Named::Certain(DebtorId::from_bits(7), ids);
    assert_eq!(named(eur(4_000), &short).unwrap(), of(ids(&[9])));
    let suggestion = |debtor, invoice: &[u128]| Suggestion {
        debtor: DebtorId::from_bits(debtor),
        invoices: ids(invoice),
        clue: Clue::Number,
    };
    assert_eq!(
        named(eur(3_999), &short).unwrap(),
        Named::Perhaps(vec![suggestion(7, &[9])])
    );
    // One number at two accounts: the one that comes to the amount, if only one does.
    let mut two = vec![
        all[0].clone(),
        invoice(8, 6, "F2026-0117", 700, "2026-03-01"),
    ];
    assert_eq!(
        named(eur(700), &two).unwrap(),
        Named::Certain(DebtorId::from_bits(6), ids(&[8]))
    );
    let both = Named::Perhaps(vec![suggestion(6, &[8]), suggestion(7, &[1])]);
    assert_eq!(named(eur(9), &two).unwrap(), both);
    two[1].open = eur(10_000);
    assert_eq!(named(eur(10_000), &two).unwrap(), both);
}

#[test]
fn invoices_that_come_to_the_amount() {
    let all = account();
    for (amount, expected) in [
        (eur(5_000), ids(&[2])),
        (eur(15_000), ids(&[1, 2])),
        (eur(17_500), ids(&[1, 2, 3])),
        (eur(7_500), Vec::new()),
        (eur(20_000), Vec::new()),
        (usd(5_000), Vec::new()),
    ] {
        assert_eq!(fitting(amount, &all), expected, "{amount}");
    }
}

/// Amount, stated, shares, rest, fit.
type Case = (i64, &'static [u128], &'static [(u128, i64)], i64, Fit);

const CASES: &[Case] = &[
    (10_000, &[1], &[(1, 10_000)], 0, Fit::Exact),
    (15_000, &[2, 1], &[(1, 10_000), (2, 5_000)], 0, Fit::Grouped),
    (4_000, &[2], &[(2, 4_000)], 0, Fit::Part),
    (12_000, &[3, 1], &[(1, 10_000), (3, 2_000)], 0, Fit::Part),
    // More than was stated goes on to the oldest of the others.
    (6_000, &[2], &[(2, 5_000), (1, 1_000)], 0, Fit::Over),
    (
        20_000,
        &[3],
        &[(3, 2_500), (1, 10_000), (2, 5_000)],
        2_500,
        Fit::Over,
    ),
    (12_000, &[], &[(1, 10_000), (2, 2_000)], 0, Fit::Account),
    (
        18_000,
        &[],
        &[(1, 10_000), (2, 5_000), (3, 2_500)],
        500,
        Fit::Account,
    ),
    // An invoice that is not open any more was not stated.
    (1_000, &[99], &[(1, 1_000)], 0, Fit::Account),
];

#[test]
fn stated_invoices_first_then_the_oldest() {
    for (amount, stated, shares, rest, fit) in CASES {
        let found = share_out(eur(*amount), &ids(stated), &account()).unwrap();
        let expected = Sharing {
            shares: shares
                .iter()
                .map(|(id, cents)| Share {
                    invoice: InvoiceId::from_bits(*id),
                    amount: eur(*cents),
                })
                .collect(),
            rest: eur(*rest),
            fit: *fit,
        };
        assert_eq!(found, expected, "{amount} {stated:?}");
    }
}

#[test]
fn names_are_compared_without_forms_and_accents() {
    for (one, two) in [
        ("Transports Delmas SARL", "TRANSPORTS DELMAS"),
        (
            "Société Générale d'Éclairage S.A.",
            "SOCIETE GENERALE DECLAIRAGE",
        ),
        ("Durand & Fils", "DURAND ET FILS SAS"),
    ] {
        assert_eq!(name_key(one), name_key(two), "{one}");
    }
    assert_ne!(name_key("Delmas"), name_key("Delmont"));
    assert_eq!(name_key("SARL"), "");
}

proptest! {
    /// No cent is lost or made, whatever is stated.
    #[test]
    fn shares_and_rest_come_to_the_amount(
        amount in 1_i64..50_000, stated in prop::collection::vec(0_u128..5, 0..4),
    ) {
        let found = share_out(eur(amount), &ids(&stated), &account()).unwrap();
        let shared: i64 = found.shares.iter().map(|share| share.amount.minor()).sum();
        prop_assert_eq!(shared + found.rest.minor(), amount);
        for share in &found.shares {
            let open = account().into_iter().find(|one| one.id == share.invoice).unwrap().open;
            prop_assert!(share.amount.is_positive() && share.amount.minor() <= open.minor());
        }
        let mut once: Vec<InvoiceId> = found.shares.iter().map(|share| share.invoice).collect();
        once.sort();
        once.dedup();
        prop_assert_eq!(once.len(), found.shares.len());
    }

    #[test]
    fn any_text_is_searched(text in ".{0,200}") {
        let _ = numbers_in(&text);
        let _ = name_key(&text);
    }
}
