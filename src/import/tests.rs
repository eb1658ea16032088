//! Whole files, read as an importer reads them.

mod samples;
mod shapes;
mod streams;

use std::collections::BTreeMap;

use domain::Money;
use domain::import::{BalanceRow, RowError};
use domain::invoice::ItemKind;

use super::*;

/// A whole file, read to its end.
struct Read {
    rows: Vec<BalanceRow>,
    errors: Vec<RowError>,
}

fn read_all(bytes: &[u8]) -> Read {
    let mut reader = read(bytes, None).unwrap();
    let mut all = Read {
        rows: Vec::new(),
        errors: Vec::new(),
    };
    for row in reader.by_ref() {
        match row {
            Ok(row) => all.rows.push(row),
            Err(error) => all.errors.push(error),
        }
    }
    reader.finish().unwrap();
    all
}

impl Read {
    /// What is open per currency, as decimal text: invoices less credit notes and receipts.
    fn open(&self) -> BTreeMap<String, String> {
        self.sum(|row| match row.kind {
            ItemKind::Invoice => row.open.minor(),
            ItemKind::CreditNote | ItemKind::Receipt => -row.open.minor(),
        })
    }

    fn sum(&self, minor: impl Fn(&BalanceRow) -> i64) -> BTreeMap<String, String> {
        let mut sums = BTreeMap::new();
        for row in &self.rows {
            *sums.entry(row.open.currency()).or_insert(0) += minor(row);
        }
        let decimal = |(currency, minor)| Money::new(minor, currency).to_decimal().to_string();
        sums.into_iter()
            .map(|sum| (sum.0.code().to_owned(), decimal(sum)))
            .collect()
    }

    /// Line and reason of each refused row.
    fn refused(&self) -> Vec<(u64, &'static str)> {
        let refused = self.errors.iter();
        refused.map(|e| (e.line, e.reason.as_str())).collect()
    }
}
