//! Promises whose day is told once more before it comes.

use diesel::dsl::{exists, not};
use diesel::prelude::*;
use domain::payment::Method;
use domain::promise::{Promise, PromiseState};
use domain::{Day, PromiseId, SupplierId};

use super::{Row, with_shares};
use crate::store::conn::Conn;
use crate::store::error::StoreError;
use crate::store::schema::{message, promise};

const KEY: &str = "promise_soon:";

/// The key of the message that tells of this promise.
#[must_use]
pub fn told_key(id: PromiseId) -> String {
    format!("{KEY}{id}")
}

/// Promises that wait for a day between these and were not told of again, soonest first. One that
/// is debited is announced by its debit.
pub fn to_tell(
    conn: &mut Conn,
    supplier: SupplierId,
    (from, until): (Day, Day),
    limit: i64,
) -> Result<Vec<Promise>, StoreError> {
    let key = KEY
        .into_sql::<diesel::sql_types::Text>()
        .concat(promise::id);
    let told = message::table
        .filter(message::supplier_id.eq(promise::supplier_id))
        .filter(message::dedup.eq(key));
    let debit = Method::Debit.as_str();
    let rows: Vec<Row> = promise::table
        .filter(promise::supplier_id.eq(supplier.to_string()))
        .filter(promise::state.eq(PromiseState::Made.as_str()))
        .filter(promise::due_on.ge(from.date()))
        .filter(promise::due_on.le(until.date()))
        .filter(promise::method.is_null().or(promise::method.ne(debit)))
        .filter(not(exists(told)))
        .order((promise::due_on, promise::id))
        .limit(limit)
        .select(Row::as_select())
        .load(&mut conn.db)?;
    with_shares(conn, supplier, rows)
}
