//! What the tables hold, as text, to be compared before and after.

use diesel::prelude::*;
use diesel::sql_types::Text;

use crate::support::world::World;

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = Text)]
    line: String,
}

/// Rows of a query that gives one text column named `line`.
pub fn rows(world: &World, sql: &str) -> Vec<String> {
    let url = &world.database.url;
    let query = diesel::sql_query(sql);
    let rows: Vec<Row> = if url.starts_with("postgres") {
        query
            .load(&mut PgConnection::establish(url).unwrap())
            .unwrap()
    } else {
        query
            .load(&mut SqliteConnection::establish(url).unwrap())
            .unwrap()
    };
    rows.into_iter().map(|row| row.line).collect()
}

/// The tables that an import writes to, but for its own record and the trail.
const TABLES: &[(&str, &str)] = &[
    ("supplier", "id name data_as_of"),
    (
        "debtor",
        "id code name search language reference epoch plan_on",
    ),
    ("contact", "id debtor_id name email phone"),
    (
        "invoice",
        "id debtor_id kind number twin order_ref issued_on due_on currency total open asserted \
         in_transit reserved disputed promised",
    ),
    ("ledger_tx", "id kind source effective_on recorded_at"),
    (
        "ledger_line",
        "tx_id n account invoice_id debtor_id currency amount",
    ),
    ("ledger_seal", "tx_id"),
];

/// Everything in these tables.
#[derive(Debug, PartialEq, Eq)]
pub struct Dump(Vec<String>);

impl Dump {
    pub fn of(world: &World) -> Self {
        let mut lines = Vec::new();
        for (table, columns) in TABLES {
            let parts = columns.split_whitespace();
            let parts: Vec<_> = parts
                .map(|column| format!("COALESCE(CAST({column} AS TEXT), '-')"))
                .collect();
            let line = format!("'{table} ' || {}", parts.join(" || '|' || "));
            let sql = format!("SELECT {line} AS line FROM {table} ORDER BY 1");
            lines.extend(rows(world, &sql));
        }
        Self(lines)
    }
}
