//! The writing lane: an answer means a commit, and one writer's failure is not its neighbour's.

use acquit::flows::FlowError;
use acquit::store::{self, Across, Conn, Settings, Store, StoreError};
use domain::party::Supplier;
use futures_util::future::join_all;

use crate::support::databases::backends;
use crate::support::world::{World, paris};

async fn world(backend: &str) -> (World, Supplier) {
    let world = World::new(backend, paris("2026-03-02", 10));
    let supplier = world.supplier("four").await;
    (world, supplier)
}

/// Notes a key, so that what was committed can be counted.
fn keep(conn: &mut Conn, supplier: &Supplier, key: &str) -> Result<(), FlowError> {
    let (debtor, at) = (domain::Id::from_bits(1), paris("2026-03-02", 10));
    Ok(store::request::keep(
        conn,
        supplier.id,
        debtor,
        key,
        "done",
        at,
    )?)
}

fn kept(world: &World) -> Vec<String> {
    let query = "SELECT key AS value FROM request_key ORDER BY key";
    world.conn().read_sql(query).unwrap()
}

#[actix_web::test]
async fn a_failed_write_leaves_nothing_and_its_neighbours_stay() {
    for backend in backends() {
        let (world, ours) = world(backend).await;
        let writes = (0..60).map(|number| {
            let ours = ours.clone();
            world.app.store.write(Across::Inspection, move |conn| {
                keep(conn, &ours, &format!("{number:02}"))?;
                match number % 3 {
                    1 => Err(FlowError::NothingOpen),
                    2 => panic!("a fault, on purpose"),
                    _ => Ok(number),
                }
            })
        });
        for (number, answer) in join_all(writes).await.into_iter().enumerate() {
            match (number % 3, answer) {
                (0, Ok(told)) => assert_eq!(told, number),
                (1, Err(FlowError::NothingOpen)) => {}
                (2, Err(FlowError::Store(StoreError::Failed(why)))) => {
                    assert_eq!(why, "a fault in the program");
                }
                (_, other) => panic!("{backend} {number}: {other:?}"),
            }
        }
        let whole: Vec<String> = (0..60).step_by(3).map(|n| format!("{n:02}")).collect();
        assert_eq!(kept(&world), whole, "{backend}");
    }
}

/// PostgreSQL gives a transaction up at the first failed statement, even one nobody minded.
#[actix_web::test]
async fn a_write_that_was_not_committed_is_never_called_done() {
    for backend in backends() {
        let (world, ours) = world(backend).await;
        let answer: Result<(), FlowError> = world
            .app
            .store
            .write(Across::Inspection, move |conn| {
                keep(conn, &ours, "one")?;
                let twice = keep(conn, &ours, "one");
                assert!(matches!(twice, Err(FlowError::Store(StoreError::Conflict))));
                Ok(())
            })
            .await;
        let committed = !kept(&world).is_empty();
        assert_eq!(answer.is_ok(), committed, "{backend}: {answer:?}");
    }
}

/// An entry without its seal is only found at the commit, which others share.
#[actix_web::test]
async fn a_fault_found_at_the_commit_is_not_the_neighbours() {
    for backend in backends() {
        let (world, ours) = world(backend).await;
        let writes = (0..60).map(|number| {
            let ours = ours.clone();
            let unsealed = format!(
                "INSERT INTO ledger_tx VALUES
                 ('{}', 'txn_{number}', 'settlement', '{number}', '2026-03-02', 0)",
                ours.id
            );
            world.app.store.write(Across::Inspection, move |conn| {
                if number == 30 {
                    conn.run_sql(&unsealed)?;
                }
                keep(conn, &ours, &format!("{number:02}"))
            })
        });
        let answers: Vec<Result<(), FlowError>> = join_all(writes).await;
        for (number, answer) in answers.iter().enumerate() {
            assert_eq!(
                answer.is_ok(),
                number != 30,
                "{backend} {number}: {answer:?}"
            );
        }
        assert_eq!(kept(&world).len(), 59, "{backend}");
    }
}

/// A server that was away has closed every connection: the next use finds a new one.
#[actix_web::test]
async fn connections_that_the_server_closed_are_made_again() {
    if !backends().contains(&"postgres") {
        return;
    }
    let (world, ours) = world("postgres").await;
    let url = format!("{}&application_name=closed_by_test", world.database.url);
    let store = Store::open(&Settings::new(&url), &world.vault).unwrap();
    let read = |conn: &mut Conn| conn.read_sql("SELECT 'here' AS value");
    store.read(Across::Inspection, read).await.unwrap();
    let close = "SELECT CAST(COUNT(pg_terminate_backend(pid)) AS TEXT) AS value
         FROM pg_stat_activity WHERE application_name = 'closed_by_test'";
    let closed = world.conn().read_sql(close).unwrap();
    assert_eq!(closed, ["14"], "8 writers, 4 for pages, 2 for reports");

    // A write begins with a statement that may be said again; nothing was done before it.
    for number in 0..20 {
        let ours = ours.clone();
        let write = move |conn: &mut Conn| keep(conn, &ours, &format!("{number:02}"));
        store.write(Across::Inspection, write).await.unwrap();
    }
    assert_eq!(kept(&world).len(), 20);
    // A read finds out by failing: once for each connection at most.
    let mut failed = 0;
    for _ in 0..20 {
        failed += usize::from(store.read(Across::Inspection, read).await.is_err());
    }
    assert!((1..=4).contains(&failed), "{failed} reads failed");
    store.read(Across::Inspection, read).await.unwrap();
}

#[actix_web::test]
async fn references_are_checked_again_after_a_bulk_write() {
    for backend in backends() {
        let (world, ours) = world(backend).await;
        let stray = "INSERT INTO ledger_seal (supplier_id, tx_id) VALUES ('nobody', 'ltx_none');
             INSERT INTO contact (supplier_id, id, debtor_id) VALUES ('nobody', 'con_1', 'deb_1')";
        let bulk = {
            let ours = ours.clone();
            let work = move |conn: &mut Conn| keep(conn, &ours, "bulk");
            world.app.store.write_bulk(Across::Inspection, work)
        };
        let ours_too = ours.clone();
        let small = world.app.store.write(Across::Inspection, move |conn| {
            keep(conn, &ours_too, "small")
        });
        let (bulk, small) = futures_util::future::join(bulk, small).await;
        bulk.unwrap();
        small.unwrap();
        let failed = world
            .app
            .store
            .write_bulk(Across::Inspection, |_| Err::<(), _>(FlowError::NothingOpen));
        assert!(matches!(failed.await, Err(FlowError::NothingOpen)));
        let stray = world.app.store.write(Across::Inspection, move |conn| {
            Ok::<_, FlowError>(conn.run_sql(stray)?)
        });
        assert!(stray.await.is_err(), "{backend}");
        assert_eq!(kept(&world), ["bulk", "small"], "{backend}");
    }
}

#[actix_web::test]
async fn a_read_cut_off_by_a_fault_does_not_spoil_the_next() {
    for backend in backends() {
        let (world, supplier) = world(backend).await;
        for _ in 0..16 {
            let read = |_: &mut Conn| -> Result<(), StoreError> { panic!("a fault, on purpose") };
            let cut_off = world.app.store.read(supplier.id, read).await;
            assert!(cut_off.is_err(), "{backend}");
        }
        // More than there are connections: each of them was cut off.
        for _ in 0..16 {
            let id = supplier.id;
            let find = move |conn: &mut Conn| store::supplier::find(conn, id);
            let found = world.app.store.read(supplier.id, find).await;
            assert_eq!(found.unwrap().id, id, "{backend}");
        }
    }
}

#[test]
fn sqlite_is_built_to_plan_a_statement_once() {
    let world = World::new("sqlite", paris("2026-03-02", 10));
    let query = "SELECT compile_options AS value FROM pragma_compile_options";
    let options: Vec<String> = world.conn().read_sql(query).unwrap();
    for wanted in ["ENABLE_QPSG", "THREADSAFE=2"] {
        assert!(
            options.iter().any(|one| one == wanted),
            "{wanted}: {options:?}"
        );
    }
}
