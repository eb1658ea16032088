//! Balances made elsewhere, each with a manifest that states the truth about it.
//!
//! They stand beside the project, not in it: in the folder that `ACQUIT_BALANCES` names, or in
//! `shared/accounting-samples/balances` of a folder above. Where they are absent, this says so and
//! compares nothing.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use domain::Day;
use domain::invoice::ItemKind;
use serde_json::Value;

use super::{Read, read_all};

#[test]
fn every_sample_agrees_with_its_manifest() {
    let Some(folder) = samples() else {
        println!("no shared/accounting-samples above this folder: nothing to compare");
        return;
    };
    let mut compared = 0;
    for entry in fs::read_dir(&folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|ending| ending == "csv") {
            compare(&path);
            compared += 1;
        }
    }
    assert!(compared > 0, "{} holds no CSV file", folder.display());
    println!("{compared} samples compared");
}

fn samples() -> Option<PathBuf> {
    if let Some(named) = std::env::var_os("ACQUIT_BALANCES") {
        return Some(named.into());
    }
    let folders = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors();
    let mut places = folders.map(|folder| folder.join("shared/accounting-samples/balances"));
    places.find(|place| place.is_dir())
}

fn compare(path: &Path) {
    let manifest = fs::read_to_string(path.with_extension("manifest.json")).unwrap();
    let manifest: Value = serde_json::from_str(&manifest).unwrap();
    let read = read_all(&fs::read(path).unwrap());
    let name = path.display();

    let bad = manifest["bad_lines"].as_array().unwrap().iter();
    let bad: Vec<_> = bad
        .map(|b| (b["line"].as_u64().unwrap(), b["reason"].as_str().unwrap()))
        .collect();
    assert_eq!(read.refused(), bad, "{name}");

    let truth = &manifest["truth"];
    assert_eq!(read.open(), told(truth, "total_open"), "{name}: open");
    let as_of: Day = manifest["as_of"].as_str().unwrap().parse().unwrap();
    let overdue = read.sum(|row| {
        let late = row.kind == ItemKind::Invoice && row.due_on < as_of;
        if late { row.open.minor() } else { 0 }
    });
    assert_eq!(overdue, told(truth, "overdue_invoices"), "{name}: overdue");
    for (count, field) in counts(&read) {
        assert_eq!(Some(count), truth[field].as_u64(), "{name}: {field}");
    }
}

fn told(truth: &Value, field: &str) -> BTreeMap<String, String> {
    let sums = truth["by_currency"].as_object().unwrap().iter();
    sums.map(|(currency, sum)| (currency.clone(), sum[field].as_str().unwrap().to_owned()))
        .collect()
}

fn counts(read: &Read) -> Vec<(u64, &'static str)> {
    let of = |kind| read.rows.iter().filter(move |row| row.kind == kind);
    let open = || of(ItemKind::Invoice).filter(|row| !row.open.is_zero());
    let customers: BTreeSet<_> = read.rows.iter().map(|row| &row.debtor_code).collect();
    let numbers: BTreeSet<_> = open().map(|row| (&row.debtor_code, &row.number)).collect();
    let settled = of(ItemKind::Invoice).count() - open().count();
    [
        (read.rows.len(), "good_item_lines"),
        (customers.len(), "customers"),
        (numbers.len(), "open_invoices"),
        (open().count(), "open_invoice_lines"),
        (of(ItemKind::CreditNote).count(), "credit_notes"),
        (of(ItemKind::Receipt).count(), "unallocated_receipts"),
        (settled, "settled_invoices"),
    ]
    .into_iter()
    .map(|(count, field)| (u64::try_from(count).unwrap(), field))
    .collect()
}
