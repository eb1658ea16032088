//! Files of real banks and of other projects, where they are at hand: each gives what is written
//! here, or is refused for the reason written here. None of them is part of this project.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::support::entries;
use crate::payments::statements::{Entry, FILE_MAX, Item, Sums, open};

/// Beside the project, or beside the folder of its working copies.
pub(super) fn folder() -> Option<PathBuf> {
    let places = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().skip(1);
    places
        .map(|place| place.join("shared/bank-samples"))
        .find(|folder| folder.is_dir())
}

/// By name: each entry with the amounts of its transactions (R: returned), and for each statement
/// whether its balances agree; or why the file is refused.
const EXPECTED: &[(&str, &str)] = &[];

fn transactions(entry: &Entry) -> String {
    let mut text = format!("{}:", entry.ordinal);
    for row in &entry.transactions {
        let sign = if row.credit { '+' } else { '-' };
        let returned = if row.returned { "R" } else { "" };
        text.push_str(&format!(" {sign}{}{returned}", row.amount.to_decimal()));
    }
    text
}

/// Of a long file the first entries are written, the others counted.
fn verdict(bytes: &[u8]) -> String {
    let reading = match open(bytes, FILE_MAX) {
        Ok(reading) => reading,
        Err(reason) => return format!("refused: {reason}"),
    };
    let known = reading.format.known;
    let items: Vec<Item> = match reading.collect() {
        Ok(items) => items,
        Err(reason) => return format!("refused: {reason}"),
    };
    let all = entries(&items);
    let mut parts: Vec<String> = all
        .iter()
        .take(13)
        .map(|entry| transactions(entry))
        .collect();
    if all.len() > 13 {
        parts.push(format!("and {} more", all.len() - 13));
    }
    parts.extend(items.iter().filter_map(|item| match item {
        Item::Closed(summary) => Some(match summary.sums {
            Sums::Agree => "agree".to_owned(),
            Sums::Unknown => "unknown".to_owned(),
            Sums::Differ { stated, found } => format!("{stated} stated, {found} found"),
            Sums::Count { stated, found } => format!("{stated} stated, {found} found"),
        }),
        Item::Opened(_) | Item::Entry(_) => None,
    }));
    if !known {
        parts.push("ask".to_owned());
    }
    parts.join("; ")
}

#[test]
fn every_sample_gives_what_is_expected_of_it() {
    let Some(folder) = folder() else {
        println!("no samples at hand");
        return;
    };
    let mut found = BTreeMap::new();
    for kind in [
        "camt052", "camt053", "camt054", "cfonb120", "cfonb240", "mt940",
    ] {
        for file in std::fs::read_dir(folder.join(kind)).unwrap() {
            let file = file.unwrap();
            let name = file.file_name().into_string().unwrap();
            let verdict = verdict(&std::fs::read(file.path()).unwrap());
            println!("{kind}/{name}\t{verdict}");
            found.insert(format!("{kind}/{name}"), verdict);
        }
    }
    let found: Vec<(&str, &str)> = found
        .iter()
        .map(|(n, v)| (n.as_str(), v.as_str()))
        .collect();
    assert_eq!(found, EXPECTED);
}
