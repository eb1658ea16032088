//! Each column by name, type and whether it may be empty: in both databases and in the queries.

use std::collections::BTreeMap;

use acquit::store::{Backend, Conn};

use super::{connect, vault};
use crate::support::databases::{Database, backends};
use crate::support::source::root;

/// Type and nullability by `table.column`, in the words of the queries: `Nullable<Text>`.
type Shape = BTreeMap<String, String>;

/// What the queries call a type that a database names so.
fn called(declared: &str) -> &'static str {
    match declared.to_lowercase().as_str() {
        "text" => "Text",
        "bigint" => "BigInt",
        "integer" => "Integer",
        "blob" | "bytea" => "Binary",
        "date" => "Date",
        "boolean" => "Bool",
        other => panic!("no query has a column of the type {other}"),
    }
}

/// The columns of a database, from its own catalogue.
fn of_database(conn: &mut Conn) -> Shape {
    let query = match conn.backend() {
        Backend::Sqlite => {
            "SELECT t.name || '.' || c.name || ' ' || c.type || ' '
               || CASE c.\"notnull\" WHEN 1 THEN 'full' ELSE 'empty' END AS value
             FROM sqlite_schema t, pragma_table_info(t.name) c
             WHERE t.type = 'table' AND t.name NOT LIKE '%diesel%'
               AND t.name NOT LIKE 'sqlite_%'"
        }
        Backend::Postgres => {
            "SELECT table_name || '.' || column_name || ' ' || data_type || ' '
               || CASE is_nullable WHEN 'NO' THEN 'full' ELSE 'empty' END AS value
             FROM information_schema.columns
             WHERE table_schema = current_schema() AND table_name NOT LIKE '%diesel%'"
        }
    };
    let rows = conn.read_sql(query).unwrap();
    rows.iter().map(|row| column(row)).collect()
}

fn column(row: &str) -> (String, String) {
    let words: Vec<&str> = row.split(' ').collect();
    let [name, declared, filled] = words[..] else {
        panic!("unexpected column: {row}");
    };
    let called = called(declared);
    let shape = match filled {
        "full" => called.to_owned(),
        _ => format!("Nullable<{called}>"),
    };
    (name.to_owned(), shape)
}

/// The columns that the queries were written for.
fn of_queries() -> Shape {
    let files = std::fs::read_dir(root().join("src/store/schema")).unwrap();
    let read = |file: std::io::Result<std::fs::DirEntry>| {
        std::fs::read_to_string(file.unwrap().path()).unwrap()
    };
    let text: String = files.map(read).collect();
    let mut table = "";
    let mut found = Shape::new();
    for line in text.lines().map(str::trim) {
        if let Some((name, shape)) = line.split_once(" -> ") {
            let column = format!("{table}.{name}");
            found.insert(column, shape.trim_end_matches(',').to_owned());
        } else if let Some((name, rest)) = line.split_once(" (")
            && rest.ends_with('{')
        {
            table = name;
        }
    }
    found
}

/// What only one of the two has, or has otherwise.
fn differences(one: &Shape, other: &Shape) -> Vec<String> {
    let only = |from: &Shape, to: &Shape| -> Vec<String> {
        let differs = from
            .iter()
            .filter(|(name, shape)| to.get(*name) != Some(shape));
        differs
            .map(|(name, shape)| format!("{name}: {shape}"))
            .collect()
    };
    [only(one, other), only(other, one)].concat()
}

#[test]
fn the_queries_and_both_databases_have_the_same_columns() {
    let queries = of_queries();
    assert!(queries.len() > 150, "{} columns were read", queries.len());
    assert_eq!(queries["debtor.plan_on"], "Nullable<Date>");
    for backend in backends() {
        let database = Database::migrated(backend, &vault());
        let found = of_database(&mut connect(&database));
        let none: [&str; 0] = [];
        assert_eq!(differences(&queries, &found), none, "{backend}");
    }
}

#[test]
fn a_column_that_is_missing_or_of_another_type_is_named() {
    let mut other = of_queries();
    other.insert("debtor.plan_on".into(), "Date".into());
    other.remove("invoice.open");
    assert_eq!(
        differences(&of_queries(), &other),
        [
            "debtor.plan_on: Nullable<Date>",
            "invoice.open: BigInt",
            "debtor.plan_on: Date"
        ]
    );
}
