//! What is open by due day is kept right, however it is changed, and stays short.

use acquit::flows::fold_sums;
use acquit::store::open_sum;
use acquit::store::report;
use domain::{Day, Money};

use crate::support::databases::backends;
use crate::support::world::{World, paris};

/// Rows that stand for what is open.
const COUNT: &str = "SELECT CAST(COUNT(*) AS TEXT) AS value FROM open_change";

#[actix_web::test]
async fn every_change_counts_and_many_are_folded_into_one_a_day() {
    for backend in backends() {
        let world = World::new(backend, paris("2026-03-02", 10));
        let ours = world.supplier("four").await;
        let theirs = world.supplier("five").await;
        let (debtor, _) = world.debtor(&ours, "C1").await;
        let (foreign, _) = world.debtor(&theirs, "C1").await;
        let first = world.invoice(&debtor, "F1", 90_000, "2026-02-20").await;
        world.invoice(&debtor, "F2", 500, "2026-03-21").await;
        world.invoice(&foreign, "F1", 700, "2026-03-21").await;
        let mut conn = world.conn();
        let item = format!("WHERE id = '{}'", first.id);
        for _ in 0..300 {
            let sql = format!(
                "UPDATE invoice SET open = open - 7, asserted = asserted - 7 {item};
                 UPDATE invoice SET open = open + 5, asserted = asserted + 5 {item}"
            );
            conn.run_sql(&sql).unwrap();
        }
        let later = format!("UPDATE invoice SET due_on = '2026-03-09', disputed = 1 {item}");
        conn.run_sql(&later).unwrap();
        assert_eq!(conn.read_sql(COUNT).unwrap(), ["605"]);

        let today: Day = "2026-03-10".parse().unwrap();
        for _ in 0..2 {
            for supplier in [ours.id, theirs.id] {
                let drift = open_sum::disagreements(&mut conn, supplier).unwrap();
                assert_eq!(drift, Vec::<String>::new(), "{backend}");
            }
            let totals = report::totals(&mut conn, ours.id, today).unwrap();
            assert_eq!(totals[0].open, Money::eur(90_000 - 600 + 500));
            assert_eq!(totals[0].late, Money::eur(90_000 - 600));
            fold_sums::run(&world.app, ours.id).await.unwrap();
            // Two days of ours, one of theirs, which has too few to fold.
            assert_eq!(conn.read_sql(COUNT).unwrap(), ["3"], "{backend}");
        }
    }
}

#[actix_web::test]
async fn a_kept_sum_that_is_wrong_is_found() {
    for backend in backends() {
        let world = World::new(backend, paris("2026-03-02", 10));
        let ours = world.supplier("four").await;
        let (debtor, _) = world.debtor(&ours, "C1").await;
        world.invoice(&debtor, "F1", 10_000, "2026-02-20").await;
        let mut conn = world.conn();
        conn.run_sql("UPDATE open_change SET amount = 9999")
            .unwrap();
        let found = open_sum::disagreements(&mut conn, ours.id).unwrap();
        let expected = "invoice EUR due 2026-02-20: kept 9999, found 10000";
        assert_eq!(found, [expected], "{backend}");
        let why = conn.run_sql("UPDATE invoice SET opened = 1").unwrap_err();
        assert!(why.to_string().contains("never changed"), "{why}");
    }
}
