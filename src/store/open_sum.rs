//! What is open of a supplier, by due day, as the sum of its changes.
//!
//! Every change is a row of its own, so that no two writers meet at one; the database writes it
//! whenever an item's open amount or due day changes (migration 0014). A page reads the sums
//! without looking at items, however many there are.

use std::collections::BTreeMap;

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Nullable, Text};
use domain::{Currency, Day, SupplierId};

use super::asserted::NewItem;
use super::columns::QuickDay;
use super::conn::{Conn, each, insert_all};
use super::error::StoreError;
use super::schema::open_change;

#[derive(Insertable)]
#[diesel(table_name = open_change, treat_none_as_default_value = false)]
struct ChangeRow {
    supplier_id: String,
    currency: String,
    kind: &'static str,
    due_on: QuickDay,
    amount: i64,
}

/// Counts items that are being added.
pub(super) fn add(
    conn: &mut Conn,
    supplier: SupplierId,
    new: &[NewItem<'_>],
) -> Result<(), StoreError> {
    let mut sums: BTreeMap<(Currency, &'static str, Day), i64> = BTreeMap::new();
    for item in new {
        let open = item.row.open;
        let key = (open.currency(), item.row.kind.as_str(), item.row.due_on);
        let sum = sums.entry(key).or_default();
        *sum = sum.checked_add(open.minor()).ok_or_else(too_large)?;
    }
    let rows: Vec<ChangeRow> = sums
        .into_iter()
        .filter(|(_, amount)| *amount != 0)
        .map(|((currency, kind, due_on), amount)| ChangeRow {
            supplier_id: supplier.to_string(),
            currency: currency.code().to_owned(),
            kind,
            due_on: QuickDay(due_on),
            amount,
        })
        .collect();
    insert_all!(conn, open_change::table, rows);
    Ok(())
}

fn too_large() -> StoreError {
    StoreError::Failed("what is open of one day is more than can be counted".into())
}

/// Rows from which on folding is worth it.
const MANY: i64 = 500;

/// Folds the changes into one row a due day, when there are many.
pub fn fold(conn: &mut Conn, supplier: SupplierId) -> Result<(), StoreError> {
    let count: i64 = open_change::table
        .filter(open_change::supplier_id.eq(supplier.to_string()))
        .count()
        .get_result(&mut conn.db)?;
    if count < MANY {
        return Ok(());
    }
    match conn.backend() {
        super::Backend::Sqlite => fold_alone(conn, supplier),
        super::Backend::Postgres => fold_among_others(conn, supplier),
    }
}

#[derive(QueryableByName)]
struct LastRow {
    #[diesel(sql_type = Nullable<BigInt>)]
    last: Option<i64>,
}

const SUMS: &str = "INSERT INTO open_change (supplier_id, currency, kind, due_on, amount)
SELECT supplier_id, currency, kind, due_on, CAST(SUM(amount) AS BIGINT)";
const BY_DAY: &str = "GROUP BY supplier_id, currency, kind, due_on HAVING SUM(amount) <> 0";

/// On SQLite nobody else writes meanwhile: the sums go in behind what they stand for.
fn fold_alone(conn: &mut Conn, supplier: SupplierId) -> Result<(), StoreError> {
    let supplier = supplier.to_string();
    let last: LastRow =
        diesel::sql_query("SELECT MAX(rowid) AS last FROM open_change WHERE supplier_id = $1")
            .bind::<Text, _>(&supplier)
            .get_result(&mut conn.db)?;
    diesel::sql_query(format!(
        "{SUMS} FROM open_change WHERE supplier_id = $1 {BY_DAY}"
    ))
    .bind::<Text, _>(&supplier)
    .execute(&mut conn.db)?;
    diesel::sql_query("DELETE FROM open_change WHERE supplier_id = $1 AND rowid <= $2")
        .bind::<Text, _>(&supplier)
        .bind::<BigInt, _>(last.last.unwrap_or_default())
        .execute(&mut conn.db)?;
    Ok(())
}

/// On PostgreSQL what others add meanwhile is neither summed nor removed.
fn fold_among_others(conn: &mut Conn, supplier: SupplierId) -> Result<(), StoreError> {
    let sql = format!(
        "WITH gone AS (DELETE FROM open_change WHERE supplier_id = $1 RETURNING *)
         {SUMS} FROM gone {BY_DAY}"
    );
    each!(conn, db => diesel::sql_query(&sql).bind::<Text, _>(supplier.to_string()).execute(db)?);
    Ok(())
}

#[derive(QueryableByName)]
struct DriftRow {
    #[diesel(sql_type = Text)]
    of: String,
    #[diesel(sql_type = BigInt)]
    kept: i64,
    #[diesel(sql_type = BigInt)]
    found: i64,
}

/// The kept sums that are not what the items sum to, in words: none, unless something is wrong.
/// Reads everything: for `doctor` and tests.
pub fn disagreements(conn: &mut Conn, supplier: SupplierId) -> Result<Vec<String>, StoreError> {
    let rows: Vec<DriftRow> = diesel::sql_query(
        "SELECT kind || ' ' || currency || ' due ' || due_on AS of,
                CAST(SUM(kept) AS BIGINT) AS kept, CAST(SUM(found) AS BIGINT) AS found
         FROM (SELECT kind, currency, due_on, amount AS kept, 0 AS found
               FROM open_change WHERE supplier_id = $1
               UNION ALL
               SELECT kind, currency, due_on, 0, open FROM invoice WHERE supplier_id = $2) AS sums
         GROUP BY kind, currency, due_on HAVING SUM(kept) <> SUM(found)
         ORDER BY kind, currency, due_on",
    )
    .bind::<Text, _>(supplier.to_string())
    .bind::<Text, _>(supplier.to_string())
    .load(&mut conn.db)?;
    let words = |row: DriftRow| format!("{}: kept {}, found {}", row.of, row.kept, row.found);
    Ok(rows.into_iter().map(words).collect())
}
