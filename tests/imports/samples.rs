//! Balances made elsewhere, imported whole: the database must hold what their manifests state.
//!
//! They stand beside the project, not in it: in the folder that `ACQUIT_BALANCES` names, or in
//! `shared/accounting-samples/balances` of a folder above. Where they are absent, this says so.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::*;

fn samples() -> Vec<PathBuf> {
    let named = std::env::var_os("ACQUIT_BALANCES").map(PathBuf::from);
    let folders = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors();
    let mut places = folders.map(|folder| folder.join("shared/accounting-samples/balances"));
    let Some(folder) = named.or_else(|| places.find(|place| place.is_dir())) else {
        println!("no shared/accounting-samples above this folder: nothing to compare");
        return Vec::new();
    };
    let files = std::fs::read_dir(folder).unwrap();
    let files = files.map(|entry| entry.unwrap().path());
    let mut files: Vec<_> = files
        .filter(|path| path.extension().is_some_and(|ending| ending == "csv"))
        .collect();
    files.sort();
    files
}

#[actix_web::test]
async fn every_sample_is_in_the_database_as_its_manifest_states() {
    for path in samples() {
        let manifest = std::fs::read_to_string(path.with_extension("manifest.json")).unwrap();
        let manifest: Value = serde_json::from_str(&manifest).unwrap();
        let as_of: Day = manifest["as_of"].as_str().unwrap().parse().unwrap();
        for (world, supplier) in worlds().await {
            compare(&world, &supplier, &path, as_of, &manifest).await;
        }
    }
}

async fn compare(world: &World, supplier: &Supplier, path: &Path, as_of: Day, manifest: &Value) {
    let name = path.display();
    let order = order(supplier, &as_of.to_string());
    let source = std::fs::File::open(path).unwrap();
    let done = run(&world.app, order, source).await.unwrap();
    books_agree(world, supplier).await;
    let truth = manifest["truth"]["by_currency"].as_object().unwrap();
    let truth: BTreeMap<&str, &str> = truth
        .iter()
        .map(|(currency, sums)| (currency.as_str(), sums["total_open"].as_str().unwrap()))
        .collect();
    let stored = rows(
        world,
        "SELECT currency || ' ' || CAST(SUM(CASE kind WHEN 'invoice' THEN open ELSE -open END) \
         AS TEXT) AS value FROM invoice GROUP BY currency ORDER BY currency",
    );
    let told: Vec<String> = truth
        .iter()
        .map(|(currency, sum)| format!("{currency} {}", sum.replace('.', "")))
        .collect();
    let plain: Vec<String> = told.iter().map(|line| without_zeros(line)).collect();
    assert_eq!(stored, plain, "{name}");
    let given = done.totals.iter();
    let given: BTreeMap<String, String> = given
        .map(|(currency, sum)| (currency.to_string(), sum.to_decimal().to_string()))
        .collect();
    let truth = truth
        .iter()
        .map(|(c, s)| ((*c).to_owned(), (*s).to_owned()));
    assert_eq!(given, truth.collect(), "{name}");
    let bad = manifest["bad_lines"].as_array().unwrap().len();
    assert_eq!(done.rows_bad, u64::try_from(bad).unwrap(), "{name}");
    let (id, before) = (supplier.id, state(world));
    let again = ImportOrder {
        supplier: id,
        file_name: "again".into(),
        as_of,
        complete: true,
        mapping: None,
    };
    let source = std::fs::File::open(path).unwrap();
    let again = run(&world.app, again, source).await.unwrap();
    assert_eq!(
        (again.created, again.changed, again.absent),
        (0, 0, 0),
        "{name}"
    );
    assert_eq!(state(world), before, "{name}");
}

/// `EUR -00705` as `EUR -705`.
fn without_zeros(line: &str) -> String {
    let (currency, sum) = line.split_once(' ').unwrap();
    format!("{currency} {}", sum.parse::<i64>().unwrap())
}
