//! Files of real banks and of other projects, where they are at hand: each gives what is written
//! here, or is refused for the reason written here. None of them is part of this project.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::support::{entries, items};
use crate::payments::sepa::camt053::{Entry, Item};

/// Beside the project, or beside the folder of its working copies.
fn folder() -> Option<PathBuf> {
    let places = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().skip(1);
    places
        .map(|place| place.join("shared/bank-samples/camt053"))
        .find(|folder| folder.is_dir())
}

/// By name: each entry with the amounts of its transactions (R: returned), and for each statement
/// whether its balances agree; or why the file is refused.
const EXPECTED: &[(&str, &str)] = &[
    (
        "bsp-camt053_duplicate_same_day.xml",
        "1: -4.50; 2: -4.50; unbalanced",
    ),
    (
        "bsp-camt053_garbled_amount.xml",
        "refused: statement 'GOLDEN-GARBLED', entry 1: Amt 'EUR 12..34' is no amount: \
         digits and one dot",
    ),
    (
        "bsp-camt053_multicurrency.xml",
        "1: +1250.50; 2: -500.25; 1: -99.99; balanced; balanced",
    ),
    (
        "genkgo-camt053.v2.minimal.ultimate.xml",
        "1: +8.85; unbalanced",
    ),
    ("genkgo-camt053.v2.minimal.xml", "1: +8.85; unbalanced"),
    (
        "genkgo-camt053.v2.multi.statement.xml",
        "1: +8.85; 1: -7.00; balanced; balanced",
    ),
    (
        "genkgo-camt053.v2.with-account-name.xml",
        "1: +8.85; unbalanced",
    ),
    (
        "genkgo-camt053.v2.wrong.xml",
        "refused: the file holds no bank statement",
    ),
    ("genkgo-camt053.v4.xml", "1: +8.85; unbalanced"),
    ("genkgo-camt53.only-Dt-with-DtTm.xml", "unbalanced"),
    ("oca-camt053-no-ntry.xml", "balanced"),
    (
        "oca-camt053.xml",
        "1: -754.25; 2: -564.05R -100.00R; 3: +1405.31; unbalanced",
    ),
    ("oca-return-camt053-unpaid.xml", "1: -100.00R; unbalanced"),
    (
        "viafintech-053-valid_example.xml",
        "1: -2.00; 2: -3.00; 3: +1.00; 4: -3.50 -2.50; balanced",
    ),
    (
        "viafintech-053-valid_example_v4.xml",
        "1: -24.00; 2: -328.75; 3: -200.80; 4: -638.15; 5: -24.00; 6: -35.72; 7: +100.00 \
         +50.00 +200.00 +50.00 +100.00 +200.00 +50.00 +100.00 +50.00 +100.00; 8: +50.00 \
         +20.00 +100.00 +100.00 +30.00 +50.00 +20.00 +250.00; 9: +20.00R +40.00R \
         +50.00R; 10: +15.00 +9.00; 11: +56.56; 12: -6.00R; 13: -15.53R; balanced",
    ),
    (
        "viafintech-053-valid_example_v8.xml",
        "1: +474.40; 2: +88.85; 3: -20.97; unbalanced",
    ),
    (
        "viafintech-053-valid_example_with_datetime.xml",
        "refused: 'urn:iso:std:iso:20022:tech:xsd:camt.053.001.10' is not read: export \
         the statement as camt.053, version 02 to 08",
    ),
    (
        "viafintech-053-valid_example_with_debit.xml",
        "1: -2.00; 2: -3.00; 3: +1.00; 4: -3.50 -2.50; unbalanced",
    ),
    (
        "viafintech-053-valid_example_with_instdamt.xml",
        "1: +4500.00; unbalanced",
    ),
    (
        "viafintech-general-invalid_namespace.xml",
        "refused: the file holds no bank statement",
    ),
];

fn transactions(entry: &Entry) -> String {
    let mut text = format!("{}:", entry.ordinal);
    for row in &entry.transactions {
        let sign = if row.credit { '+' } else { '-' };
        let returned = if row.returned { "R" } else { "" };
        text.push_str(&format!(" {sign}{}{returned}", row.amount.to_decimal()));
    }
    text
}

fn verdict(bytes: &[u8]) -> String {
    let items = match items(bytes) {
        Ok(items) => items,
        Err(reason) => return format!("refused: {reason}"),
    };
    let mut parts: Vec<String> = entries(&items).into_iter().map(transactions).collect();
    parts.extend(items.iter().filter_map(|item| match item {
        Item::Closed(summary) if summary.balanced => Some("balanced".to_owned()),
        Item::Closed(_) => Some("unbalanced".to_owned()),
        Item::Opened(_) | Item::Entry(_) => None,
    }));
    parts.join("; ")
}

#[test]
fn every_sample_gives_what_is_expected_of_it() {
    let Some(folder) = folder() else {
        println!("no samples at hand");
        return;
    };
    let mut found = BTreeMap::new();
    for file in std::fs::read_dir(folder).unwrap() {
        let file = file.unwrap();
        let name = file.file_name().into_string().unwrap();
        let verdict = verdict(&std::fs::read(file.path()).unwrap());
        println!("{name:<50} {verdict}");
        found.insert(name, verdict);
    }
    let found: Vec<(&str, &str)> = found
        .iter()
        .map(|(n, v)| (n.as_str(), v.as_str()))
        .collect();
    assert_eq!(found, EXPECTED);
}
