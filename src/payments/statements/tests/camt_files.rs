//! The same account day in version 02 and version 08 reads the same.

use domain::Money;

use super::support::{day, entries, items, path, validate};
use crate::payments::statements::{Entry, Item, Kind, Statement, Summary, Sums, Transaction};

fn transaction(cents: i64) -> Transaction {
    Transaction::plain(Money::eur(cents), true)
}

fn party(name: &str, iban: &str, transaction: Transaction) -> Transaction {
    Transaction {
        counterparty_name: Some(name.to_owned()),
        counterparty_iban: Some(iban.to_owned()),
        ..transaction
    }
}

fn entry(ordinal: u32, cents: i64, bank_ref: &str, transactions: Vec<Transaction>) -> Entry {
    Entry {
        statement: "STMT-2026-224".to_owned(),
        ordinal,
        booked_on: day("2026-11-20"),
        amount: Money::eur(cents),
        credit: transactions[0].credit,
        bank_ref: Some(bank_ref.to_owned()).filter(|text| !text.is_empty()),
        undivided: bank_ref.is_empty(),
        transactions,
    }
}

fn some(text: &str) -> Option<String> {
    Some(text.to_owned())
}

fn collected(cents: i64, number: u32) -> Transaction {
    Transaction {
        end_to_end_id: Some(format!("COL-{number}")),
        mandate: Some(format!("RUM-{number}")),
        payment_info_id: some("MSG-1-1"),
        ..transaction(cents)
    }
}

fn returned() -> Transaction {
    Transaction {
        credit: false,
        instructed: Some(Money::eur(5_000)),
        end_to_end_id: some("COL-0"),
        mandate: some("RUM-9"),
        text: "Facture F2026-0042".to_owned(),
        returned: true,
        return_reason: some("AC04"),
        ..transaction(5_300)
    }
}

fn expected() -> Vec<Entry> {
    let alpha = "FR1420041010050500013M02606";
    let structured = Transaction {
        creditor_references: vec!["RF18539007547034".to_owned()],
        ..transaction(120_000)
    };
    let in_text = Transaction {
        end_to_end_id: some("PAYER-77"),
        text: "Reglement de vos factures, cf. RF18539007547034 merci".to_owned(),
        ..transaction(34_320)
    };
    let batch = Transaction {
        payment_info_id: some("MSG-1-2"),
        text: "Remise de prelevements".to_owned(),
        ..transaction(80_000)
    };
    let first = party("Durand & Fils", alpha, structured);
    let second = party("Client Bêta GmbH", "DE89370400440532013000", in_text);
    let rows = vec![
        party("Client Alpha SARL", alpha, collected(100_000, 1)),
        party("Client Gamma", "BE71096123456769", collected(50_000, 2)),
    ];
    let back = party("Client Delta SA", "LU280019400644750000", returned());
    vec![
        entry(1, 120_000, "BK-1", vec![first]),
        entry(2, 34_320, "BK-2", vec![second]),
        entry(4, 150_000, "BK-4", rows),
        entry(5, 5_300, "BK-5", vec![back]),
        entry(6, 80_000, "", vec![batch]),
    ]
}

#[test]
fn both_versions_give_the_same_statement_and_entries() {
    for version in ["02", "08"] {
        let file = path(&format!("data/camt053/own.001.{version}.xml"));
        validate(
            &format!("camt.053.001.{version}.xsd"),
            std::slice::from_ref(&file),
        );
        let items = items(&std::fs::read(&file).unwrap()).unwrap();
        let opened = Statement {
            kind: Kind::Statement,
            id: "STMT-2026-224".to_owned(),
            account: "FR7630006000011234567890189".to_owned(),
            currency: Some(domain::Currency::EUR),
        };
        assert_eq!(items.first(), Some(&Item::Opened(opened)));
        let found: Vec<Entry> = entries(&items).into_iter().cloned().collect();
        assert_eq!(found, expected(), "version {version}");
        let closed = Summary {
            statement: "STMT-2026-224".to_owned(),
            opening: Some(Money::eur(10_000)),
            closing: Some(Money::eur(389_020)),
            sums: Sums::Agree,
            entries: 5,
        };
        assert_eq!(items.last(), Some(&Item::Closed(closed)));
    }
}
