//! Forms that were handled already, by the key each carries: sent twice, done once.

use diesel::prelude::*;
use domain::{DebtorId, Moment, SupplierId};

use super::conn::{Conn, each};
use super::error::StoreError;
use super::schema::request_key;

/// What the form with this key led to, if it was handled: the id of what it made.
pub fn outcome(
    conn: &mut Conn,
    supplier: SupplierId,
    debtor: DebtorId,
    key: &str,
) -> Result<Option<String>, StoreError> {
    let key = (supplier.to_string(), debtor.to_string(), key.to_owned());
    Ok(each!(conn, db => {
        request_key::table.find(key).select(request_key::outcome).get_result(db).optional()?
    }))
}

/// Notes what the form with this key led to, in the transaction that did it.
pub fn keep(
    conn: &mut Conn,
    supplier: SupplierId,
    debtor: DebtorId,
    key: &str,
    outcome: &str,
    at: Moment,
) -> Result<(), StoreError> {
    let values = (
        request_key::supplier_id.eq(supplier.to_string()),
        request_key::debtor_id.eq(debtor.to_string()),
        request_key::key.eq(key),
        request_key::outcome.eq(outcome),
        request_key::at.eq(at.micros()),
    );
    each!(conn, db => diesel::insert_into(request_key::table).values(values).execute(db)?);
    Ok(())
}
