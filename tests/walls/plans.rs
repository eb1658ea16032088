//! The walls do not stand in the way of an index: what a page or a job asks is answered by the same
//! keys as without them, and whose rows may be seen is asked once a statement, not once a row.

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::Text;

use super::vault;
use crate::support::databases::{Database, backends};

#[derive(QueryableByName)]
struct Step {
    #[diesel(sql_type = Text, column_name = "QUERY PLAN")]
    text: String,
}

fn plan(db: &mut PgConnection, query: &str) -> String {
    let steps = diesel::sql_query(format!("EXPLAIN (COSTS OFF) SELECT {query}"));
    let steps: Vec<Step> = steps.load(db).unwrap();
    let lines: Vec<String> = steps.into_iter().map(|step| step.text).collect();
    lines.join("\n")
}

/// Ten suppliers with 50 debtors each, with ten invoices each: fewer are read whole.
const ROWS: &str = "SET acquit.suppliers = 'all';
INSERT INTO supplier (id, code, name, address, accent, sender, contact_email, contact_phone,
    language, zone, legal_mode, promise_days_max, data_age_days_max)
  SELECT 's' || s, s, s, '', '', '', '', '', 'fr', '', '', 1, 1 FROM generate_series(1, 10) s;
INSERT INTO debtor (supplier_id, id, code, name, search, reference)
  SELECT 's' || s, 'd' || d, d, d, d, d FROM generate_series(1, 10) s, generate_series(1, 50) d;
INSERT INTO invoice (supplier_id, id, debtor_id, kind, number, issued_on, due_on, currency,
    total, open, asserted, in_transit)
  SELECT 's' || s, 'i' || d * 100 + i, 'd' || d, 'invoice', i, '2026-01-01', '2026-03-02', 'EUR',
    9, 9, 9, 0
  FROM generate_series(1, 10) s, generate_series(1, 50) d, generate_series(1, 10) i;
ANALYZE supplier, debtor, invoice";

/// Questions, and the columns by which an index must answer them.
fn questions() -> Vec<(String, &'static [&'static str])> {
    let account: &[&str] = &["supplier_id", "debtor_id"];
    let mut all: Vec<(String, &'static [&'static str])> = Vec::new();
    for table in [
        "contact", "dispute", "promise", "plan", "payment", "mandate", "message",
    ] {
        all.push((
            format!(
                "* FROM {table} WHERE supplier_id = 'a' AND debtor_id = 'b' ORDER BY id LIMIT 9"
            ),
            account,
        ));
    }
    all.extend([
        (
            "* FROM invoice WHERE supplier_id = 's1' AND debtor_id = 'd1' AND open > 0
             ORDER BY due_on, number, id LIMIT 500"
                .to_owned(),
            account,
        ),
        (
            "* FROM invoice WHERE supplier_id = 's1' AND id IN ('i101', 'i102') FOR UPDATE"
                .to_owned(),
            &["supplier_id", "id"],
        ),
        (
            "* FROM debtor WHERE supplier_id = 's1' AND search > 'm' ORDER BY search, id LIMIT 50"
                .to_owned(),
            &["supplier_id", "search"],
        ),
        (
            "id FROM debtor WHERE supplier_id = 's1' AND plan_on <= '2026-03-02'
             ORDER BY plan_on, id LIMIT 100"
                .to_owned(),
            &["supplier_id", "plan_on"],
        ),
        (
            "supplier_id, id FROM message WHERE state IN ('due', 'retry') AND due_at <= 9
             ORDER BY due_at, id LIMIT 64 FOR UPDATE SKIP LOCKED"
                .to_owned(),
            &["state", "due_at"],
        ),
        ("* FROM link WHERE hash = '\\x00'".to_owned(), &["hash"]),
        (
            "SUM(open) FROM invoice WHERE supplier_id = ANY (ARRAY['s1', 's2']) AND open > 0
             AND currency = 'EUR'"
                .to_owned(),
            &["supplier_id", "currency"],
        ),
    ]);
    all
}

#[test]
fn what_is_asked_behind_the_walls_is_answered_by_an_index() {
    if !backends().contains(&"postgres") {
        return;
    }
    let database = Database::migrated("postgres", &vault());
    let mut db = PgConnection::establish(&database.url).unwrap();
    db.batch_execute(ROWS).unwrap();
    // The other tables are empty: reading them whole would be cheaper than any index.
    db.batch_execute("SET enable_seqscan = off").unwrap();
    for (query, columns) in questions() {
        let found = plan(&mut db, &query);
        let by_index = found
            .lines()
            .filter(|line| line.trim_start().starts_with("Index Cond:"))
            .any(|line| {
                columns
                    .iter()
                    .all(|column| line.contains(&format!("({column} ")))
            });
        assert!(by_index, "{query}\n{found}");
        assert!(found.contains("hashed SubPlan"), "{query}\n{found}");
        let filters = found.lines().filter(|line| line.contains("Filter:"));
        let asked = filters.filter(|line| line.contains("current_setting"));
        assert_eq!(asked.count(), 0, "{query}\n{found}");
    }
}
