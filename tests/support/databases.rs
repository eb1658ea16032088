//! Throw-away databases: a SQLite file always, a PostgreSQL schema when a server is named.

use std::sync::Arc;

use acquit::store::{Conn, Role, Settings, Store, migrate};
use acquit::vault::Vault;

/// A fresh database that goes away with the test.
pub struct Database {
    /// Its address.
    pub url: String,
    _folder: tempfile::TempDir,
}

/// The names of the databases every test runs on. Under CI a missing PostgreSQL is a failure.
pub fn backends() -> Vec<&'static str> {
    if std::env::var("ACQUIT_TEST_PG").is_ok() {
        return vec!["sqlite", "postgres"];
    }
    assert!(
        std::env::var("CI").is_err(),
        "ACQUIT_TEST_PG is not set: run tests/run"
    );
    vec!["sqlite"]
}

impl Database {
    /// An empty database.
    pub fn empty(backend: &str, vault: &Arc<Vault>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = if backend == "postgres" {
            postgres(vault)
        } else {
            folder.path().join("acquit.db").to_str().unwrap().to_owned()
        };
        Self {
            url,
            _folder: folder,
        }
    }

    /// A database with all tables.
    pub fn migrated(backend: &str, vault: &Arc<Vault>) -> Self {
        let database = Self::empty(backend, vault);
        let mut conn = Conn::open(&database.url, Arc::clone(vault), Role::Writer).unwrap();
        migrate::up(&mut conn).unwrap();
        database
    }

    /// The store on it.
    pub fn store(&self, vault: &Arc<Vault>) -> Store {
        Store::open(&Settings::new(&self.url), vault).unwrap()
    }
}

/// A schema of its own, so that tests run beside each other on one server.
fn postgres(vault: &Arc<Vault>) -> String {
    let server = std::env::var("ACQUIT_TEST_PG").unwrap();
    let name = acquit::clock::new_id::<domain::TxId>().to_string();
    let mut conn = Conn::open(&server, Arc::clone(vault), Role::Writer).unwrap();
    conn.run_sql(&format!("CREATE SCHEMA {name}")).unwrap();
    let joint = if server.contains('?') { '&' } else { '?' };
    format!("{server}{joint}options=-csearch_path%3D{name}")
}
