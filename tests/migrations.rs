//! The tables of both databases: there and back, alike, and as the queries were written for.

mod opening;
mod shape;

use std::collections::BTreeSet;
use std::sync::Arc;

use acquit::store::{Across, Backend, Conn, Role, migrate};
use acquit::vault::Vault;

use crate::support::databases::{Database, backends};
use crate::support::source::root;

fn vault() -> Arc<Vault> {
    Arc::new(Vault::new([7; 32]))
}

fn connect(database: &Database) -> Conn {
    Conn::open(&database.url, vault(), Role::Writer, Across::Inspection).unwrap()
}

/// Everything a migration makes, by kind and name; what the database and diesel make is left out.
fn objects(conn: &mut Conn) -> BTreeSet<String> {
    let query = match conn.backend() {
        Backend::Sqlite => {
            "SELECT type || ' ' || name AS value FROM sqlite_schema
             WHERE name NOT LIKE 'sqlite_%' AND name NOT LIKE '%diesel%'"
        }
        Backend::Postgres => {
            "SELECT 'table ' || tablename AS value FROM pg_tables
               WHERE schemaname = current_schema() AND tablename NOT LIKE '%diesel%'
             UNION ALL SELECT 'index ' || indexname FROM pg_indexes
               WHERE schemaname = current_schema() AND tablename NOT LIKE '%diesel%'
             UNION ALL SELECT 'function ' || proname FROM pg_proc p
               JOIN pg_namespace n ON n.oid = p.pronamespace AND n.nspname = current_schema()
             UNION ALL SELECT 'trigger ' || tgname FROM pg_trigger t
               JOIN pg_class c ON c.oid = t.tgrelid
               JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = current_schema()
               WHERE NOT tgisinternal
             UNION ALL SELECT 'policy of ' || tablename FROM pg_policies
               WHERE schemaname = current_schema()"
        }
    };
    conn.read_sql(query).unwrap().into_iter().collect()
}

#[test]
fn the_way_back_leaves_nothing_and_the_way_there_is_the_same_again() {
    for backend in backends() {
        let database = Database::empty(backend, &vault());
        let mut conn = connect(&database);
        assert!(migrate::pending(&mut conn).unwrap());
        let first = migrate::up(&mut conn).unwrap();
        let made = objects(&mut conn);
        assert!(made.contains("table invoice") && made.contains("trigger ledger_line_kept"));
        assert_eq!(made.contains("policy of invoice"), backend == "postgres");
        assert!(!migrate::pending(&mut conn).unwrap());
        assert_eq!(migrate::up(&mut conn).unwrap(), Vec::<String>::new());
        migrate::down(&mut conn).unwrap();
        assert_eq!(objects(&mut conn), BTreeSet::new(), "{backend}");
        assert_eq!(migrate::up(&mut conn).unwrap(), first);
        assert_eq!(objects(&mut conn), made, "{backend}");
    }
}

#[test]
fn both_databases_have_the_same_migrations() {
    let names = |backend: &str| -> BTreeSet<String> {
        let folder = root().join("migrations").join(backend);
        let entries = std::fs::read_dir(folder).unwrap();
        let name = |entry: std::io::Result<std::fs::DirEntry>| entry.unwrap().file_name();
        entries
            .map(|entry| name(entry).into_string().unwrap())
            .collect()
    };
    assert!(!names("sqlite").is_empty());
    assert_eq!(names("sqlite"), names("postgres"));
}
