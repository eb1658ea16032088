//! All rows of all tables as text, to see whether anything was written.

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::{Nullable, Text};
use diesel::{PgConnection, SqliteConnection, sql_query};

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = Nullable<Text>)]
    value: Option<String>,
}

const SQLITE_TABLES: &str = "SELECT name AS value FROM sqlite_master WHERE type = 'table'
    AND name NOT LIKE 'sqlite_%' ORDER BY name";
const POSTGRES_TABLES: &str = "SELECT tablename::text AS value FROM pg_tables
    WHERE schemaname = current_schema() ORDER BY tablename";

/// What stands between two rows.
pub const BETWEEN: char = '\u{1e}';

/// Every table of a database: its name, then its rows in a fixed order.
pub fn dump(url: &str) -> Vec<(String, String)> {
    if url.starts_with("postgres") {
        postgres(&mut PgConnection::establish(url).unwrap())
    } else {
        sqlite(&mut SqliteConnection::establish(url).unwrap())
    }
}

fn postgres(db: &mut PgConnection) -> Vec<(String, String)> {
    db.batch_execute("SET acquit.suppliers = 'all'").unwrap();
    let tables: Vec<Line> = sql_query(POSTGRES_TABLES).load(db).unwrap();
    let tables = tables.into_iter().filter_map(|line| line.value);
    tables
        .map(|table| {
            let rows = format!(
                "SELECT string_agg(t::text, chr(30) ORDER BY t::text) AS value FROM \"{table}\" t"
            );
            let rows: Line = sql_query(rows).get_result(db).unwrap();
            (table, rows.value.unwrap_or_default())
        })
        .collect()
}

fn sqlite(db: &mut SqliteConnection) -> Vec<(String, String)> {
    db.batch_execute("PRAGMA busy_timeout = 10000").unwrap();
    let tables: Vec<Line> = sql_query(SQLITE_TABLES).load(db).unwrap();
    let tables = tables.into_iter().filter_map(|line| line.value);
    tables
        .map(|table| {
            let columns = format!(
                "SELECT group_concat('quote(\"' || name || '\")', ' || ''|'' || ') AS value
                 FROM pragma_table_info('{table}')"
            );
            let columns: Line = sql_query(columns).get_result(db).unwrap();
            let rows = format!(
                "SELECT group_concat(line, char(30)) AS value FROM
                 (SELECT {} AS line FROM \"{table}\" ORDER BY line)",
                columns.value.unwrap()
            );
            let rows: Line = sql_query(rows).get_result(db).unwrap();
            (table, rows.value.unwrap_or_default())
        })
        .collect()
}
