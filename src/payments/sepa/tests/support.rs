//! What several of these tests need: paths, xmllint, sample debits.

use std::path::{Path, PathBuf};
use std::process::Command;

use domain::batch::FileVersion;
use domain::mandate::{Scheme, Usage};
use domain::party::BankAccount;
use domain::{Day, Moment, Money};
use quick_xml::Reader;
use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::Event;

use crate::payments::sepa::pain008::{
    DirectDebit, File, Rest, Rules, Terms, WriteError, blocks, write,
};

/// A path below the project's own `tests`.
pub(super) fn path(below: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests")
        .join(below)
}

/// Validates files against a schema of `tests/schemas`.
pub(super) fn validate(schema: &str, files: &[PathBuf]) {
    let output = Command::new("xmllint")
        .args(["--noout", "--nonet", "--schema"])
        .arg(path("schemas").join(schema))
        .args(files)
        .output()
        .expect("xmllint is needed: install the package libxml2-utils");
    let words = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{schema}: {words}");
}

pub(super) fn day(text: &str) -> Day {
    text.parse().unwrap()
}

/// The day the sample files are written on, a Saturday.
pub(super) fn today() -> Day {
    day("2026-11-21")
}

pub(super) fn terms(scheme: Scheme, sequence: Usage) -> Terms {
    Terms {
        creditor: BankAccount {
            holder: "Exemple Fournitures S.A.S.".to_owned(),
            iban: "FR7630006000011234567890189".parse().unwrap(),
            bic: Some("AGRIFRPPXXX".parse().unwrap()),
            creditor_id: Some("FR72ZZZ123456".parse().unwrap()),
            debits: domain::batch::DebitProfile::default(),
        },
        scheme,
        sequence,
        collect_on: day("2026-11-25"),
    }
}

pub(super) fn debit(end_to_end_id: &str, cents: i64) -> DirectDebit {
    DirectDebit {
        end_to_end_id: end_to_end_id.to_owned(),
        amount: Money::eur(cents),
        mandate: "RUM-2026-000001".parse().unwrap(),
        signed_on: day("2026-10-02"),
        debtor_name: "Société Alpha & Fils".to_owned(),
        debtor_iban: "DE89370400440532013000".parse().unwrap(),
        debtor_bic: None,
        remittance: "Facture n° F2026-0117".to_owned(),
        rest: Rest::default(),
    }
}

pub(super) fn file(debits: Vec<(Terms, DirectDebit)>) -> File {
    File {
        message_id: "MSG-20261121-1".to_owned(),
        created_at: Moment::from_micros(1_795_255_065_987_654),
        creditor_name: "Exemple Fournitures".to_owned(),
        creditor_address: None,
        rules: Rules {
            version: FileVersion::V08,
            bics: false,
        },
        blocks: blocks("MSG-20261121-1", debits),
    }
}

pub(super) fn written(file: &File) -> Result<String, WriteError> {
    let mut bytes = Vec::new();
    write(file, today(), &mut bytes)?;
    Ok(String::from_utf8(bytes).unwrap())
}

/// The leaves of a document in its order: element and text.
pub(super) fn leaves(xml: &str) -> Vec<(String, String)> {
    let mut reader = Reader::from_str(xml);
    let mut leaves = Vec::new();
    let mut leaf: Option<String> = None;
    loop {
        match reader.read_event().unwrap() {
            Event::Start(_) => leaf = Some(String::new()),
            Event::Text(text) => leaf.iter_mut().for_each(|leaf| leaf.push_str(&text)),
            Event::GeneralRef(name) => leaf.iter_mut().for_each(|leaf| {
                leaf.push_str(resolve_xml_entity(&name).unwrap());
            }),
            Event::End(end) => {
                let name = end.local_name().as_ref().to_owned();
                leaves.extend(leaf.take().map(|text| (name, text)));
            }
            Event::Eof => return leaves,
            _ => {}
        }
    }
}
