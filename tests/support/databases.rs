//! Throw-away databases: a SQLite file always, a PostgreSQL schema when a server is named.

use std::sync::Arc;

use acquit::store::{Across, Conn, Reach, Role, Settings, Store, migrate};
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
        let vault = Arc::clone(vault);
        let mut conn = Conn::open(&database.url, vault, Role::Writer, Reach::nobody()).unwrap();
        migrate::up(&mut conn).unwrap();
        database
    }

    /// The store on it.
    pub fn store(&self, vault: &Arc<Vault>) -> Store {
        Store::open(&Settings::new(&self.url), vault).unwrap()
    }
}

/// The login that the tests' Acquit has: no superuser, so that the walls between suppliers stand.
const LOGIN: &str = "acquit_walled";

/// The server's address as its owner, from whom nothing is hidden.
pub fn server() -> String {
    std::env::var("ACQUIT_TEST_PG").unwrap()
}

/// The owner's connection to a server.
pub fn owner(vault: &Arc<Vault>) -> Conn {
    Conn::open(
        &server(),
        Arc::clone(vault),
        Role::Writer,
        Across::Inspection,
    )
    .unwrap()
}

/// The address with another login and password.
pub fn with_login(url: &str, name: &str, password: &str) -> String {
    let (_, host) = url.rsplit_once('@').unwrap();
    format!("postgres://{name}:{password}@{host}")
}

/// A schema of its own, so that tests run beside each other on one server.
fn postgres(vault: &Arc<Vault>) -> String {
    let server = server();
    let name = acquit::clock::new_id::<domain::TxId>().to_string();
    let mut owner = owner(vault);
    let (login, _) = server.rsplit_once('@').unwrap();
    let (_, password) = login.rsplit_once(':').unwrap();
    // Tests that begin at once all try; one succeeds.
    let login = format!(
        "DO $$ BEGIN CREATE ROLE {LOGIN} LOGIN PASSWORD '{password}';
         EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$"
    );
    owner.run_sql(&login).unwrap();
    let schema = format!("CREATE SCHEMA {name} AUTHORIZATION {LOGIN}");
    owner.run_sql(&schema).unwrap();
    let walled = with_login(&server, LOGIN, password);
    let joint = if walled.contains('?') { '&' } else { '?' };
    format!("{walled}{joint}options=-csearch_path%3D{name}")
}
