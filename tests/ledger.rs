//! The database itself guards the ledger: whoever writes past the program is refused as well.

mod open_sums;
mod sums;

use acquit::store::{Backend, Conn};
use domain::party::Supplier;

use crate::support::databases::backends;
use crate::support::world::{World, paris};

/// A world with one invoice in its ledger, and one entry written by hand as it should be.
async fn world(backend: &str) -> (World, Supplier) {
    let world = World::new(backend, paris("2026-03-02", 10));
    let supplier = world.supplier("four").await;
    let (debtor, _) = world.debtor(&supplier, "C1").await;
    world.invoice(&debtor, "F1", 12_000, "2026-02-20").await;
    let good = entry(
        &supplier,
        "txn_good",
        "bank:1",
        &[("EUR", 500), ("EUR", -500)],
    );
    world.conn().run_sql(&good).unwrap();
    let audit = format!(
        "INSERT INTO audit (supplier_id, id, at, actor, action, subject, detail)
         VALUES ('{}', 'aud_good', 0, 'staff', 'looked', '', '')",
        supplier.id
    );
    world.conn().run_sql(&audit).unwrap();
    (world, supplier)
}

fn tx(supplier: &Supplier, id: &str, source: &str) -> String {
    format!(
        "INSERT INTO ledger_tx VALUES
         ('{}', '{id}', 'settlement', '{source}', '2026-03-02', 0);",
        supplier.id
    )
}

fn line(supplier: &Supplier, id: &str, n: usize, (currency, amount): (&str, i64)) -> String {
    format!(
        "INSERT INTO ledger_line VALUES
         ('{}', '{id}', {n}, 'bank', NULL, NULL, '{currency}', {amount});",
        supplier.id
    )
}

fn seal(supplier: &Supplier, id: &str) -> String {
    format!(
        "INSERT INTO ledger_seal VALUES ('{}', '{id}');",
        supplier.id
    )
}

fn transaction(statements: &str) -> String {
    format!("BEGIN; {statements} COMMIT;")
}

fn entry(supplier: &Supplier, id: &str, source: &str, lines: &[(&str, i64)]) -> String {
    let mut all = tx(supplier, id, source);
    for (n, amount) in lines.iter().enumerate() {
        all += &line(supplier, id, n, *amount);
    }
    transaction(&(all + &seal(supplier, id)))
}

/// Every row of the tables that are never changed.
fn rows(conn: &mut Conn) -> Vec<String> {
    let query = "SELECT 'tx ' || id || kind || source || effective_on || recorded_at AS value
           FROM ledger_tx
         UNION ALL SELECT 'line ' || tx_id || n || account || currency || amount FROM ledger_line
         UNION ALL SELECT 'seal ' || tx_id FROM ledger_seal
         UNION ALL SELECT 'audit ' || id || at || actor || action || subject || detail FROM audit
         ORDER BY 1";
    conn.read_sql(query).unwrap()
}

/// Expects a refusal in one of these words, after which everything is as it was.
fn refused(conn: &mut Conn, sql: &str, words: &[&str]) {
    let before = rows(conn);
    let why = conn.run_sql(sql).expect_err(sql).to_string();
    // What failed may have left the transaction open.
    let _ = conn.run_sql("ROLLBACK");
    assert!(words.iter().any(|word| why.contains(word)), "{sql}\n{why}");
    assert_eq!(rows(conn), before, "{sql}");
}

const KEYS: [&str; 2] = [
    "FOREIGN KEY constraint failed",
    "violates foreign key constraint",
];
/// How a row that exists already is reported.
const TAKEN: [&str; 1] = ["changed meanwhile"];

#[actix_web::test]
async fn an_entry_that_is_not_whole_is_refused() {
    for backend in backends() {
        let (world, ours) = world(backend).await;
        let mut conn = world.conn();
        let sum = ["does not sum to zero"];
        for lines in [
            &[("EUR", 100), ("EUR", -99)][..],
            &[("EUR", 100), ("USD", -100)],
            &[],
        ] {
            refused(&mut conn, &entry(&ours, "txn_bad", "bank:2", lines), &sum);
        }
        let both = line(&ours, "txn_bad", 0, ("EUR", 1)) + &line(&ours, "txn_bad", 1, ("EUR", -1));
        let unsealed = tx(&ours, "txn_bad", "bank:2") + &both;
        refused(&mut conn, &transaction(&unsealed), &KEYS);
        let headless = both.clone() + &seal(&ours, "txn_bad");
        refused(&mut conn, &transaction(&headless), &KEYS);
        refused(&mut conn, &seal(&ours, "txn_bad"), &sum);
        let nothing = entry(&ours, "txn_bad", "bank:2", &[("EUR", 0)]);
        refused(
            &mut conn,
            &nothing,
            &["CHECK constraint", "check constraint"],
        );
    }
}

#[actix_web::test]
async fn the_same_fact_is_booked_once() {
    for backend in backends() {
        let (world, ours) = world(backend).await;
        let again = entry(&ours, "txn_more", "bank:1", &[("EUR", 500), ("EUR", -500)]);
        refused(&mut world.conn(), &again, &TAKEN);
        let same = entry(&ours, "txn_good", "bank:2", &[]);
        refused(&mut world.conn(), &same, &TAKEN);
    }
}

#[actix_web::test]
async fn what_is_booked_is_neither_changed_nor_added_to_nor_removed() {
    for backend in backends() {
        let (world, ours) = world(backend).await;
        let mut conn = world.conn();
        let late = line(&ours, "txn_good", 7, ("EUR", 1));
        refused(&mut conn, &late, &["the entry is sealed"]);
        for (table, column) in [
            ("ledger_tx", "source"),
            ("ledger_line", "account"),
            ("ledger_seal", "tx_id"),
            ("audit", "actor"),
        ] {
            let never = ["never changed", "never removed"];
            let update = format!("UPDATE {table} SET {column} = 'bent'");
            refused(&mut conn, &update, &never);
            refused(&mut conn, &format!("DELETE FROM {table}"), &never);
            if conn.backend() == Backend::Postgres {
                let empty = format!("TRUNCATE {table} CASCADE");
                refused(&mut conn, &empty, &never);
            }
        }
    }
}

/// SQLite removes the rows that a REPLACE meets without asking the triggers, unless told to.
#[actix_web::test]
async fn replacing_counts_as_removing() {
    let (world, ours) = world("sqlite").await;
    let mut conn = world.conn();
    let replace = |sql: String| sql.replace("INSERT INTO", "INSERT OR REPLACE INTO");
    for sql in [
        tx(&ours, "txn_good", "bank:9"),
        tx(&ours, "txn_more", "bank:1"),
        line(&ours, "txn_good", 0, ("EUR", 1)),
        seal(&ours, "txn_good"),
        format!(
            "INSERT INTO audit (supplier_id, id, at, actor, action, subject, detail)
             VALUES ('{}', 'aud_good', 0, 'nobody', '', '', '')",
            ours.id
        ),
    ] {
        refused(&mut conn, &replace(sql), &["never", "sealed"]);
    }
}

/// A snapshot taken before an entry was sealed does not see the seal.
#[actix_web::test]
async fn an_old_snapshot_opens_no_entry() {
    if !backends().contains(&"postgres") {
        return;
    }
    let (world, ours) = world("postgres").await;
    let (mut old, mut conn) = (world.conn(), world.conn());
    old.run_sql("BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT count(*) FROM ledger_seal")
        .unwrap();
    let fresh = entry(&ours, "txn_new", "bank:3", &[("EUR", 5), ("EUR", -5)]);
    conn.run_sql(&fresh).unwrap();
    let before = rows(&mut conn);
    let late = line(&ours, "txn_new", 7, ("EUR", 1));
    let why = old.run_sql(&late).unwrap_err().to_string();
    assert!(why.contains("READ COMMITTED"), "{why}");
    old.run_sql("COMMIT").unwrap();
    assert_eq!(rows(&mut conn), before);
}
