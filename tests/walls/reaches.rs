//! What a store's lanes and writer show to work within a reach, one after the other on the same
//! connections. On SQLite a reach changes nothing, which is said here too.

use acquit::clock::new_id;
use acquit::flows::FlowError;
use acquit::store::{self, Across, Conn, Reach, Settings, Store, StoreError};
use domain::party::{Contact, ContactState, Debtor, Supplier};

use crate::support::databases::backends;
use crate::support::world::{World, paris};

struct Two {
    world: World,
    ours: Supplier,
    theirs: Supplier,
    debtor: Debtor,
}

/// Two suppliers; the other one has a debtor.
async fn two(backend: &str) -> Two {
    let world = World::new(backend, paris("2026-03-02", 10));
    let (ours, theirs) = (world.supplier("ours").await, world.supplier("theirs").await);
    let (debtor, _) = world.debtor(&theirs, "D1").await;
    Two {
        world,
        ours,
        theirs,
        debtor,
    }
}

impl Two {
    /// A store with one connection for each kind of work.
    fn narrow(&self, name: &str) -> Store {
        let joint = if self.world.database.url.contains('?') {
            format!("&application_name={name}")
        } else {
            String::new()
        };
        let settings = Settings {
            readers: 1,
            reports: 1,
            ..Settings::new(&format!("{}{joint}", self.world.database.url))
        };
        Store::open(&settings, &self.world.vault).unwrap()
    }
}

fn codes(conn: &mut Conn) -> Result<Vec<String>, StoreError> {
    conn.read_sql("SELECT code AS value FROM supplier ORDER BY code")
}

#[actix_web::test]
async fn a_function_asked_for_anothers_row_finds_none_within_the_reach() {
    for backend in backends() {
        let two = two(backend).await;
        let (owner, id) = (two.theirs.id, two.debtor.id);
        let find = move |conn: &mut Conn| store::debtor::find(conn, owner, id);
        let store = &two.world.app.store;
        assert_eq!(store.read(owner, find).await.unwrap().id, id);
        let found = store.read(two.ours.id, find).await;
        let reported = store.report(two.ours.id, find).await;
        for found in [found, reported] {
            match backend {
                "postgres" => assert!(matches!(found, Err(StoreError::NotFound)), "{found:?}"),
                _ => assert_eq!(found.unwrap().id, id),
            }
        }
    }
}

#[actix_web::test]
async fn a_write_for_another_supplier_is_refused_and_leaves_nothing() {
    if !backends().contains(&"postgres") {
        return;
    }
    let two = two("postgres").await;
    let (owner, debtor) = (two.theirs.id, two.debtor.id);
    let contact = Contact {
        id: new_id(),
        debtor,
        name: None,
        email: Some("compta@d1.example".into()),
        phone: None,
        language: None,
        state: ContactState::Active,
    };
    let store = &two.world.app.store;
    let add = {
        let contact = contact.clone();
        move |conn: &mut Conn| -> Result<(), FlowError> {
            Ok(store::contact::insert_many(
                conn,
                owner,
                std::slice::from_ref(&contact),
            )?)
        }
    };
    let small = store.write(two.ours.id, add.clone()).await;
    let bulk = store.write_bulk(two.ours.id, add.clone()).await;
    for written in [small, bulk] {
        let why = written.unwrap_err().to_string();
        assert!(why.contains("row-level security policy"), "{why}");
    }
    let renamed = store.write(two.ours.id, move |conn| {
        store::debtor::hold(conn, owner, debtor).map_err(FlowError::from)
    });
    assert!(matches!(
        renamed.await,
        Err(FlowError::Store(StoreError::NotFound))
    ));
    store.write(owner, add).await.unwrap();
}

#[actix_web::test]
async fn a_connection_keeps_nothing_of_the_reach_before() {
    if !backends().contains(&"postgres") {
        return;
    }
    let two = two("postgres").await;
    let store = two.narrow("walls_in_turn");
    let both = Reach::of(&[two.ours.id, two.theirs.id]);
    for _ in 0..2 {
        assert_eq!(store.read(two.ours.id, codes).await.unwrap(), ["ours"]);
        assert_eq!(store.read(two.theirs.id, codes).await.unwrap(), ["theirs"]);
        let none: [&str; 0] = [];
        assert_eq!(store.read(Reach::nobody(), codes).await.unwrap(), none);
        assert_eq!(
            store.read(both.clone(), codes).await.unwrap(),
            ["ours", "theirs"]
        );
        assert_eq!(store.report(two.ours.id, codes).await.unwrap(), ["ours"]);
        let failed = |conn: &mut Conn| conn.read_sql("SELECT nonsense");
        assert!(store.read(Across::Inspection, failed).await.is_err());
        assert_eq!(store.read(two.ours.id, codes).await.unwrap(), ["ours"]);
        // Writers say it for the transaction alone.
        for _ in 0..9 {
            let seen = |conn: &mut Conn| Ok::<_, FlowError>(codes(conn)?);
            let ours = store.write(two.ours.id, seen).await.unwrap();
            assert_eq!(ours, ["ours"]);
            let nothing = store.write(Reach::nobody(), seen).await.unwrap();
            assert_eq!(nothing, none);
        }
    }
}

#[actix_web::test]
async fn a_connection_made_again_is_told_again() {
    if !backends().contains(&"postgres") {
        return;
    }
    let two = two("postgres").await;
    let store = two.narrow("walls_made_again");
    assert_eq!(store.read(two.ours.id, codes).await.unwrap(), ["ours"]);
    let close = "SELECT CAST(COUNT(pg_terminate_backend(pid)) AS TEXT) AS value
         FROM pg_stat_activity WHERE application_name = 'walls_made_again'";
    assert_eq!(two.world.conn().read_sql(close).unwrap(), ["10"]);
    assert!(store.read(two.ours.id, codes).await.is_err());
    assert_eq!(store.read(two.ours.id, codes).await.unwrap(), ["ours"]);
}
