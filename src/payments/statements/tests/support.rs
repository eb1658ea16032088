//! What several of these tests need.

use std::path::{Path, PathBuf};
use std::process::Command;

use domain::Day;

use crate::payments::statements::{Entry, FILE_MAX, Item, StatementError, open};

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

/// All items of a statement file.
pub(super) fn items(bytes: &[u8]) -> Result<Vec<Item>, String> {
    read(bytes).map_err(|error| error.to_string())
}

fn read(bytes: &[u8]) -> Result<Vec<Item>, StatementError> {
    open(bytes, FILE_MAX)?.collect()
}

pub(super) fn entries(items: &[Item]) -> Vec<&Entry> {
    fn entry(item: &Item) -> Option<&Entry> {
        match item {
            Item::Entry(entry) => Some(entry),
            Item::Opened(_) | Item::Closed(_) => None,
        }
    }
    items.iter().filter_map(entry).collect()
}
