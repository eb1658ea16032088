//! One good and one bad file of each shape that accounting software writes.

use std::fs;
use std::path::Path;

use super::super::field::customer_above;
use super::{Read, preview, read_all};

fn file(name: &str) -> Vec<u8> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/balances");
    fs::read(folder.join(name)).unwrap()
}

/// Every row on a line: what a person would check against the file.
fn listed(read: &Read) -> Vec<String> {
    let rows = read.rows.iter();
    rows.map(|row| {
        format!(
            "{} {}|{} {} {} {} {} of {}",
            row.line,
            row.debtor_code,
            row.kind,
            row.number,
            row.issued_on,
            row.due_on,
            row.open,
            row.total.to_decimal()
        )
    })
    .collect()
}

/// The customers' names, in the file's order.
fn names(read: &Read) -> Vec<&str> {
    let mut names: Vec<_> = read
        .rows
        .iter()
        .map(|row| row.debtor_name.as_str())
        .collect();
    names.dedup();
    names
}

#[test]
fn due_dates_with_debit_credit_and_currency() {
    let read = read_all(&file("due-dates-semicolon-cp1252.csv"));
    assert_eq!(read.refused(), []);
    assert_eq!(
        listed(&read),
        [
            "2 007|invoice F-101 2026-09-02 2026-10-02 1200.50 EUR of 1200.50",
            "3 007|invoice F-102 2026-09-02 2026-10-02 300.00 EUR of 300.00",
            "4 007|invoice F-102 2026-09-02 2026-11-01 300.00 EUR of 300.00",
            "5 007|credit_note A-9 2026-09-10 2026-09-10 45.25 EUR of 45.25",
            "6 007|receipt 2026-09-15 2026-09-15 2026-09-15 100.00 EUR of 100.00",
            "7 B12|invoice F-101 2026-09-05 2026-11-05 0.99 EUR of 0.99",
            "8 US1|invoice F-103 2026-09-01 2026-10-01 1000.00 USD of 1000.00",
            "9 US1|credit_note A-10 2026-09-01 2026-09-01 50.00 USD of 50.00",
        ]
    );
    assert_eq!(
        names(&read),
        ["Crémerie \"La Vachette\"", "Œuvres d’Ys", "Blue Mesa Inc"]
    );
    assert_eq!(read.rows[0].order_ref.as_deref(), Some("CDE 8"));
}

#[test]
fn quoted_items_with_a_total_line() {
    let read = read_all(&file("items-quoted-utf8-bom.csv"));
    assert_eq!(read.refused(), []);
    assert_eq!(
        listed(&read),
        [
            "2 C1|invoice 26-1 2026-09-01 2026-10-01 1000.00 EUR of 1200.00",
            "3 C1|credit_note 26-2 2026-09-02 2026-09-02 30.00 EUR of 30.00",
            "4 C2|invoice 26-3 2026-09-03 2026-10-03 50.00 EUR of 50.00",
            "5 C2|receipt VIR0409 2026-09-04 2026-09-04 5.00 EUR of 5.00",
            "6 C2|receipt VIR0409 2026-09-04 2026-09-04 7.00 EUR of 7.00",
        ]
    );
    assert_eq!(
        names(&read),
        ["Au \"Bon\" Coin; Frères", "Total Fioul Plaine"]
    );
    assert_eq!(
        read.rows[0].email.as_deref(),
        Some("compta@bon-coin.example")
    );
    assert_eq!(read.rows[0].phone.as_deref(), Some("01 99 00 12 34"));
    assert_eq!(read.rows[2].email, None);
}

#[test]
fn a_print_out_with_customers_above_their_items() {
    let read = read_all(&file("print-out-tabs-utf16le.csv"));
    assert_eq!(read.refused(), []);
    assert_eq!(
        listed(&read),
        [
            "5 0001|invoice F1 2026-10-01 2026-10-31 1000.00 EUR of 1000.00",
            "6 0001|invoice F2 2026-11-01 2026-12-31 250.00 EUR of 250.00",
            "12 0001|credit_note A3 2026-11-02 2026-11-02 50.00 EUR of 50.00",
            "16 TOTAL|invoice F1 2026-10-01 2026-10-31 80.00 CHF of 80.00",
            "17 TOTAL|receipt R5 2026-10-05 2026-10-05 8.00 CHF of 8.00",
        ]
    );
    assert_eq!(names(&read), ["Durand & Fils", "Total Bois SARL"]);
}

#[test]
fn a_ledger_with_a_running_balance() {
    let read = read_all(&file("ledger-tabs-cp1252.csv"));
    assert_eq!(read.refused(), []);
    assert_eq!(
        listed(&read),
        [
            "2 4110001|invoice 2601 2026-09-01 2026-10-01 2500.00 EUR of 2500.00",
            "3 4110001|credit_note 2602 2026-09-02 2026-10-02 100.00 EUR of 100.00",
            "4 4110001|receipt VIR05 2026-09-05 2026-09-05 400.00 EUR of 400.00",
            "6 4110002|invoice 2603 2026-09-03 2026-10-03 60.00 EUR of 60.00",
        ]
    );
    assert_eq!(names(&read), ["Hôtel du Cap", "Gîte \"Le Nid\""]);
}

#[test]
fn documents_known_by_siren_or_name() {
    let read = read_all(&file("documents-commas-utf8.csv"));
    assert_eq!(read.refused(), []);
    assert_eq!(
        listed(&read),
        [
            "2 990079196|invoice INV-1 2026-09-01 2026-10-01 20.00 EUR of 120.00",
            "4 990079196|invoice INV-2 2026-09-02 2026-10-02 0.00 EUR of 80.00",
            "5 990079196|credit_note CN-3 2026-09-03 2026-09-03 5.50 EUR of 5.50",
            "6 Kiosk Zürich AG|invoice INV-4 2026-09-04 2026-10-04 10.00 CHF of 10.00",
            "7 Kiosk Zürich AG|receipt PAY-5 2026-09-05 2026-09-05 1.00 CHF of 1.00",
        ]
    );
    assert_eq!(names(&read), ["Café Nord", "Kiosk Zürich AG"]);
    assert_eq!(read.rows[0].email.as_deref(), Some("ap@nord.example"));
}

/// Each bad file and the lines of it that must be refused.
const BAD: [(&str, &[(u64, &str)]); 5] = [
    (
        "due-dates-semicolon-cp1252-bad.csv",
        &[
            (3, "due_date_impossible"),
            (4, "due_date_text"),
            (5, "due_date_missing"),
            (6, "issue_date_unreadable"),
            (7, "number_missing"),
            (8, "amount_missing"),
            (9, "amount_unreadable"),
            (10, "debit_and_credit"),
            (11, "currency_unknown"),
            (12, "customer_missing"),
            (13, "too_many_columns"),
            (14, "too_few_columns"),
            (15, "kind_unknown"),
            (16, "duplicate_line"),
            (17, "amount_missing"),
        ],
    ),
    (
        "items-quoted-utf8-bom-bad.csv",
        &[
            (3, "bad_bytes"),
            (4, "kind_unknown"),
            (5, "amount_unreadable"),
            (6, "amount_unreadable"),
            (8, "too_few_columns"),
        ],
    ),
    (
        "print-out-tabs-utf16le-bad.csv",
        &[
            (6, "too_many_columns"),
            (7, "too_few_columns"),
            (9, "customer_missing"),
            (12, "currency_unknown"),
            (17, "customer_missing"),
            (20, "kind_unknown"),
            (21, "customer_missing"),
            (22, "bad_bytes"),
            (23, "customer_missing"),
        ],
    ),
    (
        "ledger-tabs-cp1252-bad.csv",
        &[
            (3, "due_date_impossible"),
            (4, "amount_unreadable"),
            (5, "customer_missing"),
            (6, "duplicate_line"),
            (7, "due_date_missing"),
        ],
    ),
    (
        "documents-commas-utf8-bad.csv",
        &[
            (2, "currency_unknown"),
            (3, "amount_missing"),
            (5, "customer_missing"),
            (6, "bad_bytes"),
            (7, "too_many_columns"),
            (9, "due_date_impossible"),
        ],
    ),
];

#[test]
fn exactly_the_bad_lines_are_refused() {
    for (name, bad) in BAD {
        assert_eq!(read_all(&file(name)).refused(), bad, "{name}");
    }
}

#[test]
fn a_refused_row_names_its_column_as_the_file_does() {
    let read = read_all(&file("due-dates-semicolon-cp1252-bad.csv"));
    let error = &read.errors[6];
    assert_eq!(error.column.as_deref(), Some("Débit"));
    assert_eq!(error.value, "2O,00");
}

#[test]
fn a_preview_shows_what_was_understood() {
    let shown = preview(&file("print-out-tabs-utf16le.csv")[..]).unwrap();
    assert_eq!((shown.encoding, shown.separator), ("UTF-16LE", '\t'));
    assert_eq!((shown.headers.len(), shown.rows.len()), (9, 5));
    assert!(customer_above(&shown.mapping));
    let shown = preview(&file("documents-commas-utf8.csv")[..]).unwrap();
    assert_eq!((shown.encoding, shown.separator), ("UTF-8", ','));
}
