//! One file, compared byte for byte, with every case of `sepa.md` §2 that the writer has.

use domain::mandate::{Scheme, Usage};

use super::support::{debit, file, path, terms, today, validate, written};
use crate::payments::sepa::pain008::{DirectDebit, Terms, Totals, blocks, write};

fn debits() -> Vec<(Terms, DirectDebit)> {
    let core = || terms(Scheme::Core, Usage::Recurring);
    let mut own_bank = terms(Scheme::Core, Usage::Recurring);
    own_bank.creditor.bic = None;
    own_bank.creditor.iban = "DE89370400440532013000".parse().unwrap();
    own_bank.creditor.creditor_id = Some("DE98ZZZ09999999999".parse().unwrap());
    let with = |id: &str, cents: i64, change: fn(&mut DirectDebit)| {
        let mut debit = debit(id, cents);
        change(&mut debit);
        debit
    };
    vec![
        (
            terms(Scheme::B2b, Usage::Recurring),
            debit("E2E-4", 99_999_999_999),
        ),
        (
            core(),
            with("E2E-2", 34_320, |debit| {
                debit.debtor_name = "Müller <Søhne> d'Été".to_owned();
                debit.debtor_bic = Some("COBADEFFXXX".parse().unwrap());
                debit.remittance = "RF18 5390 0754 7034".to_owned();
            }),
        ),
        (core(), debit("E2E-1", 120_000)),
        (terms(Scheme::Core, Usage::OneOff), debit("E2E-3", 1)),
        (
            own_bank,
            with("E2E-5", 5, |debit| {
                debit.mandate = "RUM+2026/07(A)".parse().unwrap();
                debit.remittance = "RF19539007547034".to_owned();
            }),
        ),
    ]
}

#[test]
fn the_golden_file_is_written_to_the_byte() {
    let golden = path("golden/pain.008.001.08.xml");
    let xml = written(&file(debits())).unwrap();
    assert_eq!(xml, std::fs::read_to_string(&golden).unwrap());
    for schema in ["pain.008.001.08.xsd", "pain.008.001.08_GBIC_5.xsd"] {
        validate(schema, std::slice::from_ref(&golden));
    }
}

#[test]
fn the_order_of_the_debits_changes_nothing() {
    let mut turned = debits();
    turned.reverse();
    let bytes = |debits| written(&file(debits)).unwrap();
    assert_eq!(bytes(turned), bytes(debits()));
}

#[test]
fn blocks_are_one_for_each_set_of_terms() {
    let blocks = blocks("M", debits());
    let found: Vec<(&str, Vec<&str>)> = blocks
        .iter()
        .map(|block| {
            let ids = block
                .debits
                .iter()
                .map(|debit| debit.end_to_end_id.as_str());
            (block.id.as_str(), ids.collect())
        })
        .collect();
    let expected = [
        ("M-1", vec!["E2E-5"]),
        ("M-2", vec!["E2E-3"]),
        ("M-3", vec!["E2E-1", "E2E-2"]),
        ("M-4", vec!["E2E-4"]),
    ];
    assert_eq!(found, expected);
}

#[test]
fn debits_may_come_from_a_function() {
    let whole = file(debits());
    let streamed = crate::payments::sepa::pain008::File {
        message_id: whole.message_id.clone(),
        created_at: whole.created_at,
        creditor_name: whole.creditor_name.clone(),
        blocks: whole
            .blocks
            .iter()
            .map(|block| crate::payments::sepa::pain008::Block {
                id: block.id.clone(),
                terms: block.terms.clone(),
                debits: || block.debits.iter().cloned(),
            })
            .collect(),
    };
    let mut bytes = Vec::new();
    let totals = write(&streamed, today(), &mut bytes).unwrap();
    assert_eq!(String::from_utf8(bytes).unwrap(), written(&whole).unwrap());
    let sum = domain::Money::eur(100_000_154_325);
    assert_eq!(totals, Totals { count: 5, sum });
}
