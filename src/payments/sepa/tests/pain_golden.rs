//! One file, compared byte for byte, with every case of `sepa.md` §2 that the writer has.

use domain::batch::FileVersion;
use domain::mandate::{Scheme, Usage};

use super::support::{debit, file, path, terms, today, validate, written};
use crate::payments::sepa::pain008::{
    Address, Amendment, DirectDebit, FormerAccount, Rest, Terms, Totals, blocks, write,
};

fn address() -> Address {
    Address {
        street: "Rue de la République".to_owned(),
        number: "12".to_owned(),
        post_code: "69002".to_owned(),
        town: "Lyon".to_owned(),
        country: "FR".to_owned(),
        lines: Vec::new(),
    }
}

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
        (
            core(),
            with("E2E-1", 120_000, |debit| {
                debit.rest.amendment = Some(Amendment {
                    account: Some(FormerAccount::Unnamed),
                    ..Amendment::default()
                });
            }),
        ),
        (
            core(),
            with("E2E-6", 700, |debit| {
                debit.rest = Rest {
                    address: Some(Address {
                        lines: vec!["Bâtiment C".to_owned()],
                        ..address()
                    }),
                    ultimate_debtor: Some("Filiale d'Été".to_owned()),
                    purpose: Some("GDDS".to_owned()),
                    amendment: Some(Amendment {
                        mandate: Some("OLD-1".parse().unwrap()),
                        creditor_id: Some("DE98ZZZ09999999999".parse().unwrap()),
                        creditor_name: Some("Ancien Nom".to_owned()),
                        account: Some(FormerAccount::Known("BE71096123456769".parse().unwrap())),
                    }),
                };
            }),
        ),
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

/// `ACQUIT_WRITE=1` writes them anew; their differences are to be read then.
#[test]
fn the_golden_files_are_written_to_the_byte() {
    for (version, german) in [(FileVersion::V08, "GBIC_5"), (FileVersion::V02, "GBIC_3")] {
        let golden = path(&format!("golden/{version}.xml"));
        let mut file = file(debits());
        file.rules.version = version;
        file.creditor_address = Some(address());
        let xml = written(&file).unwrap();
        if std::env::var_os("ACQUIT_WRITE").is_some() {
            std::fs::write(&golden, &xml).unwrap();
        }
        assert_eq!(xml, std::fs::read_to_string(&golden).unwrap(), "{version}");
        for schema in [format!("{version}.xsd"), format!("{version}_{german}.xsd")] {
            validate(&schema, std::slice::from_ref(&golden));
        }
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
        ("M-3", vec!["E2E-1", "E2E-2", "E2E-6"]),
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
        creditor_address: None,
        rules: whole.rules,
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
    let sum = domain::Money::eur(100_000_155_025);
    assert_eq!(totals, Totals { count: 6, sum });
}
