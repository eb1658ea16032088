//! The walls between suppliers on PostgreSQL, tried with SQL that goes around the store.
//!
//! That every page, job and command works within its reach is shown by all other tests: the tests'
//! login is no superuser.

mod plans;
mod reaches;
mod role;

use std::sync::Arc;

use acquit::clock::new_id;
use acquit::store::{Across, Conn, Reach, Role};
use acquit::vault::Vault;
use domain::SupplierId;

use crate::support::databases::{Database, backends, owner};

/// Tables that hold nothing of a supplier, and why.
const OPEN: &[(&str, &str)] = &[
    ("__diesel_schema_migrations", "which migrations were run"),
    ("lease", "which node does which job"),
];

/// Tables without a supplier that only work for the whole installation may read.
const OF_INSTALLATION: &[&str] = &["staff_user"];

fn vault() -> Arc<Vault> {
    Arc::new(Vault::new([7; 32]))
}

fn connect(database: &Database, reach: impl Into<Reach>) -> Conn {
    Conn::open(&database.url, vault(), Role::Writer, reach).unwrap()
}

fn one(conn: &mut Conn, sql: &str) -> String {
    conn.read_sql(sql).unwrap().remove(0)
}

/// A table, the column that says whose a row is, and its columns with their types.
struct Table {
    name: String,
    key: Option<String>,
    columns: Vec<(String, String)>,
}

/// Every table there is, as the database lists them.
fn tables(conn: &mut Conn) -> Vec<Table> {
    let names = conn.read_sql(
        "SELECT table_name::text AS value FROM information_schema.tables
         WHERE table_schema = current_schema() AND table_type = 'BASE TABLE' ORDER BY 1",
    );
    let of = |name: String| {
        let columns = conn.read_sql(&format!(
            "SELECT column_name || ' ' || data_type AS value FROM information_schema.columns
             WHERE table_schema = current_schema() AND table_name = '{name}'
             ORDER BY ordinal_position"
        ));
        let split = |column: &String| {
            let (name, kind) = column.split_once(' ').unwrap();
            (name.to_owned(), kind.to_owned())
        };
        let columns: Vec<_> = columns.unwrap().iter().map(split).collect();
        let key = columns
            .iter()
            .map(|(column, _)| column.as_str())
            .find(|column| *column == "supplier_id" || (name == "supplier" && *column == "id"))
            .map(str::to_owned);
        Table { name, key, columns }
    };
    names.unwrap().into_iter().map(of).collect()
}

impl Table {
    /// A row of a supplier: made up, for only whose it is matters here.
    fn row_of(&self, supplier: SupplierId) -> String {
        let value = |kind: &str| match kind {
            "text" => format!("'{supplier}'"),
            "bytea" => format!("convert_to('{supplier}', 'UTF8')"),
            "bigint" | "integer" => "1".to_owned(),
            "date" => "DATE '2026-03-02'".to_owned(),
            "boolean" => "TRUE".to_owned(),
            other => panic!("{}: a value of type {other} is needed", self.name),
        };
        let names: Vec<_> = self.columns.iter().map(|(name, _)| quoted(name)).collect();
        let values: Vec<_> = self.columns.iter().map(|(_, kind)| value(kind)).collect();
        format!(
            "INSERT INTO {} ({}) VALUES ({})",
            quoted(&self.name),
            names.join(", "),
            values.join(", ")
        )
    }

    fn count(&self, conn: &mut Conn, which: &str) -> String {
        let name = quoted(&self.name);
        one(
            conn,
            &format!("SELECT COUNT(*)::text AS value FROM {name} {which}"),
        )
    }

    /// How many rows a change reaches.
    fn reached(&self, conn: &mut Conn, change: &str) -> String {
        one(
            conn,
            &format!(
                "WITH reached AS ({change} RETURNING 1)
                 SELECT COUNT(*)::text AS value FROM reached"
            ),
        )
    }
}

fn quoted(name: &str) -> String {
    format!("\"{name}\"")
}

/// Refused by the wall, not by anything else.
fn refused(conn: &mut Conn, sql: &str) {
    let why = conn.run_sql(sql).expect_err(sql).to_string();
    assert!(why.contains("row-level security policy"), "{sql}: {why}");
}

/// All tables with a row of each of these suppliers, put there by the server's owner; references,
/// triggers and checks are out of the way.
fn furnished(suppliers: &[SupplierId]) -> (Database, Vec<Table>) {
    let database = Database::migrated("postgres", &vault());
    let mut conn = connect(&database, Reach::nobody());
    let schema = one(&mut conn, "SELECT current_schema()::text AS value");
    let mut owner = owner(&vault());
    owner
        .run_sql(&format!(
            "SET search_path = {schema};
             DO $$ DECLARE one RECORD; BEGIN
               FOR one IN SELECT conrelid::regclass AS of, conname FROM pg_constraint
                 WHERE connamespace = current_schema()::regnamespace AND contype = 'c' LOOP
                 EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', one.of, one.conname);
               END LOOP;
               FOR one IN SELECT tablename FROM pg_tables WHERE schemaname = current_schema() LOOP
                 EXECUTE format('ALTER TABLE %I DISABLE TRIGGER ALL', one.tablename);
               END LOOP;
             END $$"
        ))
        .unwrap();
    let all = tables(&mut conn);
    for table in all.iter().filter(|table| !is_open(&table.name)) {
        for supplier in suppliers {
            owner.run_sql(&table.row_of(*supplier)).unwrap();
        }
    }
    (database, all)
}

fn is_open(name: &str) -> bool {
    OPEN.iter().any(|(open, _)| *open == name)
}

#[test]
fn a_new_table_is_walled_or_said_to_hold_nothing_of_a_supplier() {
    if !backends().contains(&"postgres") {
        return;
    }
    let database = Database::migrated("postgres", &vault());
    let mut conn = connect(&database, Reach::nobody());
    let all = tables(&mut conn);
    assert!(all.len() > 35, "{} tables were found", all.len());
    for Table { name, key, .. } in all {
        let walled = format!(
            "SELECT (relrowsecurity AND relforcerowsecurity)::text AS value FROM pg_class
             WHERE oid = '{name}'::regclass"
        );
        let expected = key.is_some() || OF_INSTALLATION.contains(&name.as_str());
        assert!(
            expected != is_open(&name),
            "{name}: say what it holds, in OPEN or OF_INSTALLATION"
        );
        assert_eq!(
            one(&mut conn, &walled),
            expected.to_string(),
            "{name}: its migration on PostgreSQL must say: SELECT wall('{name}');"
        );
    }
}

#[test]
fn one_supplier_meets_nothing_of_anothers_in_any_table() {
    if !backends().contains(&"postgres") {
        return;
    }
    let (ours, theirs): (SupplierId, SupplierId) = (new_id(), new_id());
    let (database, all) = furnished(&[ours, theirs]);
    let mut conn = connect(&database, ours);
    let mut tried = 0;
    for table in &all {
        let Some(key) = table.key.as_deref().map(quoted) else {
            continue;
        };
        let name = quoted(&table.name);
        let of_theirs = format!("WHERE {key} = '{theirs}'");
        assert_eq!(table.count(&mut conn, ""), "1", "{name}: our own row only");
        assert_eq!(table.count(&mut conn, &of_theirs), "0", "{name}");
        for change in [
            format!("UPDATE {name} SET {key} = {key} {of_theirs}"),
            format!("DELETE FROM {name} {of_theirs}"),
        ] {
            assert_eq!(table.reached(&mut conn, &change), "0", "{change}");
        }
        refused(&mut conn, &table.row_of(theirs));
        refused(&mut conn, &format!("UPDATE {name} SET {key} = '{theirs}'"));
        let all_rows = format!("DELETE FROM {name}");
        assert_eq!(
            table.reached(&mut conn, &all_rows),
            "1",
            "{name}: only ours"
        );
        tried += 1;
    }
    assert!(tried > 35, "{tried} tables were tried");
    let mut conn = connect(&database, theirs);
    for table in all.iter().filter(|table| table.key.is_some()) {
        assert_eq!(table.count(&mut conn, ""), "1", "{}", table.name);
    }
}

#[test]
fn users_are_for_work_of_the_whole_installation() {
    if !backends().contains(&"postgres") {
        return;
    }
    let ours: SupplierId = new_id();
    let (database, all) = furnished(&[ours]);
    for name in OF_INSTALLATION {
        let table = all.iter().find(|table| table.name == *name).unwrap();
        let mut conn = connect(&database, ours);
        assert_eq!(table.count(&mut conn, ""), "0");
        let gone = format!("DELETE FROM {name}");
        assert_eq!(table.reached(&mut conn, &gone), "0");
        refused(&mut conn, &table.row_of(new_id()));
        let mut conn = connect(&database, Across::SignIn);
        assert_eq!(table.count(&mut conn, ""), "1");
    }
}

#[test]
fn a_connection_that_was_told_nothing_sees_nothing() {
    if !backends().contains(&"postgres") {
        return;
    }
    let suppliers: [SupplierId; 3] = [new_id(), new_id(), new_id()];
    let (database, all) = furnished(&suppliers);
    let expected = [
        (Reach::nobody(), "0"),
        (Reach::from(suppliers[0]), "1"),
        (Reach::of(&suppliers[1..]), "2"),
        (Reach::from(Across::Inspection), "3"),
    ];
    for (reach, rows) in expected {
        let mut conn = connect(&database, reach.clone());
        for table in all.iter().filter(|table| table.key.is_some()) {
            assert_eq!(
                table.count(&mut conn, ""),
                rows,
                "{reach:?}: {}",
                table.name
            );
        }
        if rows == "0" {
            conn.run_sql("RESET acquit.suppliers").unwrap();
            for table in all.iter().filter(|table| table.key.is_some()) {
                assert_eq!(table.count(&mut conn, ""), "0", "never set: {}", table.name);
                refused(&mut conn, &table.row_of(new_id()));
            }
        }
    }
}
