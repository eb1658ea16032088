//! The pages of an import in both languages.

use domain::import::{RowError, RowReason};
use domain::{Id, ImportId, Money};
use views::problem::{Problem, Wrong};
use views::staff::{columns, import_result, imports};

use crate::samples::{TODAY, at, day};
use crate::staff::both;

#[test]
fn imports_are_confirmed_and_explained() {
    let column = |place, title: &str, field: Option<&str>, example: &str| columns::FileColumn {
        place,
        title: title.into(),
        field: field.map(Into::into),
        examples: vec![example.into()],
    };
    let view = imports::Columns {
        supplier: "boreal".into(),
        id: ImportId::from_bits(1),
        key: "key-7".into(),
        file: "balance-2026-11.csv".into(),
        as_of: "2026-11-20".into(),
        today: day(TODAY),
        complete: true,
        columns: vec![
            column(0, "Compte tiers", Some("code"), "C-1042"),
            column(1, "Pièce", Some("number"), "FA-2026-0117"),
            column(2, "Remarque", None, "<b>"),
        ],
        problems: vec![Problem::new("c1", Wrong::ColumnMissing("due".into()))],
    };
    both("columns", |frame| imports::columns(frame, &view));
    let view = import_result::ImportResult {
        supplier: "boreal".into(),
        file: "balance-2026-11.csv".into(),
        as_of: day("2026-11-20"),
        rows_good: 412,
        rows_refused: 2,
        items: Some(import_result::Items {
            new: 31,
            changed: 8,
            settled: 19,
        }),
        totals: vec![Money::eur(48_215_950)],
        refused: vec![
            RowError {
                line: 17,
                column: Some("Échéance".into()),
                value: "30/02/2026".into(),
                reason: RowReason::DueDateImpossible,
            },
            RowError {
                line: 90,
                column: None,
                value: "C-1;FA".into(),
                reason: RowReason::TooFewColumns,
            },
        ],
    };
    both("import-result", |frame| import_result::page(frame, &view));
}

#[test]
fn an_upload_comes_back_with_errors() {
    let view = imports::Upload {
        supplier: "boreal".into(),
        key: "key-8".into(),
        as_of: "2026-11-20".into(),
        today: day(TODAY),
        complete: true,
        may_import: true,
        problems: vec![Problem::new("file", Wrong::FileMissing)],
        recent: vec![imports::RecentImport {
            id: ImportId::from_bits(1),
            at: at("2026-11-20", 8),
            file: "balance-2026-11.csv".into(),
            as_of: day("2026-11-19"),
            rows: (412, 2),
        }],
    };
    both("upload", |frame| imports::page(frame, &view));
}
