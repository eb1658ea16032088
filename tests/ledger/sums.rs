//! What the ledger sums to, and how a bent invoice is found.

use std::collections::BTreeMap;

use acquit::clock::new_id;
use acquit::store::{self, Across, StoreError};
use domain::ledger::{Account, Entry, Line, TxKind};
use domain::party::Supplier;
use domain::{Currency, Money};

use crate::support::databases::backends;
use crate::support::world::{World, paris};

fn usd(cents: i64) -> Money {
    Money::new(cents, "USD".parse().unwrap())
}

fn entry(supplier: &Supplier, source: &str, lines: &[(Account, Money)]) -> Entry {
    let line = |(account, amount): &(Account, Money)| Line {
        account: *account,
        invoice: None,
        debtor: None,
        amount: *amount,
    };
    Entry {
        supplier: supplier.id,
        kind: TxKind::Settlement,
        source: source.into(),
        effective_on: "2026-03-02".parse().unwrap(),
        lines: lines.iter().map(line).collect(),
    }
}

async fn post(world: &World, entry: Entry) -> Result<(), StoreError> {
    let now = world.app.now();
    world
        .app
        .store
        .write(Across::Inspection, move |conn| {
            store::ledger::post(conn, new_id(), &entry, now)
        })
        .await
}

#[actix_web::test]
async fn balances_sum_to_nothing_in_each_currency() {
    for backend in backends() {
        let world = World::new(backend, paris("2026-03-02", 10));
        let (ours, other) = (world.supplier("four").await, world.supplier("other").await);
        for (supplier, cents) in [(&ours, 10_000), (&other, 77)] {
            let (debtor, _) = world.debtor(supplier, "C1").await;
            world.invoice(&debtor, "F1", cents, "2026-02-20").await;
        }
        let mixed = [
            (Account::Bank, Money::eur(300)),
            (Account::Suspense, Money::eur(-300)),
            (Account::Bank, usd(40)),
            (Account::Unapplied, usd(-40)),
        ];
        post(&world, entry(&ours, "bank:1", &mixed)).await.unwrap();
        let again = post(&world, entry(&ours, "bank:1", &mixed)).await;
        assert!(matches!(again, Err(StoreError::Conflict)), "{again:?}");

        let balances = store::ledger::balances(&mut world.conn(), ours.id).unwrap();
        assert_eq!(
            balances,
            [
                (Account::Bank, Money::eur(300)),
                (Account::Bank, usd(40)),
                (Account::Books, Money::eur(-10_000)),
                (Account::Receivable, Money::eur(10_000)),
                (Account::Suspense, Money::eur(-300)),
                (Account::Unapplied, usd(-40)),
            ]
        );
        let mut sums: BTreeMap<Currency, i64> = BTreeMap::new();
        for (_, amount) in balances {
            *sums.entry(amount.currency()).or_default() += amount.minor();
        }
        assert!(sums.values().all(|sum| *sum == 0), "{sums:?}");
    }
}

#[actix_web::test]
async fn a_bent_invoice_is_found() {
    for backend in backends() {
        let world = World::new(backend, paris("2026-03-02", 10));
        let ours = world.supplier("four").await;
        let (debtor, _) = world.debtor(&ours, "C1").await;
        let bent = world.invoice(&debtor, "F1", 10_000, "2026-02-20").await;
        world.invoice(&debtor, "F2", 500, "2026-02-21").await;
        let mut conn = world.conn();
        let found = store::ledger::disagreements(&mut conn, ours.id).unwrap();
        assert_eq!(found, []);

        let bend = |set: &str| format!("UPDATE invoice SET {set} WHERE id = '{}'", bent.id);
        for set in [
            "open = open - 1",
            "open = -1, asserted = -1",
            "reserved = -1",
        ] {
            conn.run_sql(&bend(set)).unwrap_err();
        }
        conn.run_sql(&bend("open = 9999, asserted = 9999")).unwrap();
        let found = store::ledger::disagreements(&mut conn, ours.id).unwrap();
        assert_eq!(found, [(bent.id, Money::eur(9_999), Money::eur(10_000))]);
    }
}
