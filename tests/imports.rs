//! Balance files taken in, on both databases: what each difference becomes, and what stays.

mod columns;
mod differences;
mod refusals;
mod samples;
mod takeover;

use acquit::flows::FlowError;
use acquit::flows::import_balance::{ImportOrder, Imported, run};
use acquit::store::Across;
use acquit::store::Backend;
use domain::party::Supplier;
use domain::{Day, Moment, Money};

use crate::support::databases::backends;
use crate::support::dump::dump;
use crate::support::world::{World, paris};

const TITLES: &str =
    "Code client;Nom;E-mail;Type;N° pièce;Date;Date d'échéance;Devise;Montant TTC;Reste dû";

/// A morning in November.
fn start() -> Moment {
    paris("2026-11-20", 9)
}

/// A balance with the usual columns.
fn file(lines: &[&str]) -> String {
    format!("{TITLES}\n{}\n", lines.join("\n"))
}

/// A world on each database, with a supplier.
async fn worlds() -> Vec<(World, Supplier)> {
    let mut worlds = Vec::new();
    for backend in backends() {
        let world = World::new(backend, start());
        let supplier = world.supplier("boreal").await;
        worlds.push((world, supplier));
    }
    worlds
}

fn order(supplier: &Supplier, as_of: &str) -> ImportOrder {
    ImportOrder {
        supplier: supplier.id,
        file_name: "balance.csv".into(),
        as_of: as_of.parse().unwrap(),
        complete: false,
        mapping: None,
    }
}

/// Imports a file of the 20th and checks that the books agree afterwards.
async fn import(world: &World, supplier: &Supplier, text: &str) -> Imported {
    let done = take(world, order(supplier, "2026-11-20"), text)
        .await
        .unwrap();
    books_agree(world, supplier).await;
    done
}

/// Imports a file that lists everything that is open.
async fn import_complete(world: &World, supplier: &Supplier, text: &str) -> Imported {
    let mut order = order(supplier, "2026-11-20");
    order.complete = true;
    let done = take(world, order, text).await.unwrap();
    books_agree(world, supplier).await;
    done
}

async fn take(world: &World, order: ImportOrder, text: &str) -> Result<Imported, FlowError> {
    let bytes = std::io::Cursor::new(text.to_owned().into_bytes());
    run(&world.app, order, bytes).await
}

/// Every entry sums to nothing, every item is what its lines say, and every row's references are
/// there: an import writes them unchecked on SQLite.
async fn books_agree(world: &World, supplier: &Supplier) {
    let id = supplier.id;
    let report = world.app.store.report(Across::Inspection, move |conn| {
        let wrong = acquit::store::ledger::disagreements(conn, id)?;
        let drift = acquit::store::open_sum::disagreements(conn, id)?;
        Ok((wrong, drift, acquit::store::ledger::balances(conn, id)?))
    });
    let (wrong, drift, balances) = report.await.unwrap();
    assert_eq!((wrong, drift), (Vec::new(), Vec::new()));
    for (_, amount) in &balances {
        let same = balances
            .iter()
            .filter(|(_, other)| other.currency() == amount.currency());
        let sum = Money::sum(amount.currency(), same.map(|(_, amount)| *amount)).unwrap();
        assert!(sum.is_zero(), "{balances:?}");
    }
    if world.app.store.backend() == Backend::Sqlite {
        let dangling = "SELECT DISTINCT \"table\" AS value FROM pragma_foreign_key_check";
        assert_eq!(rows(world, dangling), Vec::<String>::new());
    }
}

/// A query of one text column named `value`.
fn rows(world: &World, sql: &str) -> Vec<String> {
    world.conn().read_sql(sql).unwrap()
}

/// All that an import may change, without its own record and the trail.
fn state(world: &World) -> Vec<(String, String)> {
    let mut tables = dump(&world.database.url);
    tables.retain(|(name, _)| !name.starts_with("import") && name != "audit");
    tables
}

/// The items as text: `kind number due asserted-in_transit=open/total`.
fn items(world: &World) -> Vec<String> {
    let parts = "kind || ' ' || number || ' ' || CAST(due_on AS TEXT) || ' ' || \
                 CAST(asserted AS TEXT) || '-' || CAST(in_transit AS TEXT) || '=' || \
                 CAST(open AS TEXT) || '/' || CAST(total AS TEXT)";
    rows(
        world,
        &format!("SELECT {parts} AS value FROM invoice ORDER BY number, due_on, twin"),
    )
}

fn counts(done: &Imported) -> [u64; 4] {
    [done.created, done.changed, done.unchanged, done.absent]
}

async fn data_as_of(world: &World, supplier: &Supplier) -> Option<Day> {
    let id = supplier.id;
    let found = world.app.store.read(Across::Inspection, move |conn| {
        acquit::store::supplier::find(conn, id)
    });
    found.await.unwrap().data_as_of
}
