//! How a bank's tables are read, as a person confirmed it.

use diesel::prelude::*;
use domain::{Moment, SupplierId};

use crate::store::conn::{Conn, each};
use crate::store::error::StoreError;
use crate::store::schema::bank_table;

/// Accounts whose tables have the same titles.
const ALIKE_MAX: i64 = 100;

/// A confirmed reading.
#[derive(Queryable, Clone, PartialEq, Eq, Debug)]
pub struct TableReading {
    /// The hash of the titles.
    pub titles_key: String,
    /// The account.
    pub account: String,
    /// How it is read, as `statements::Profile` writes itself.
    pub reading: String,
}

/// Saves how tables of these titles and this account are read, in the place of what was before.
pub fn save(
    conn: &mut Conn,
    supplier: SupplierId,
    new: &TableReading,
    (by, at): (&str, Moment),
) -> Result<(), StoreError> {
    let key = (
        bank_table::supplier_id,
        bank_table::titles_key,
        bank_table::account,
    );
    let reading = (
        bank_table::reading.eq(&new.reading),
        bank_table::made_by.eq(by),
        bank_table::made_at.eq(at.micros()),
    );
    each!(conn, db => {
        diesel::insert_into(bank_table::table)
            .values((
                bank_table::supplier_id.eq(supplier.to_string()),
                bank_table::titles_key.eq(&new.titles_key),
                bank_table::account.eq(&new.account),
                reading,
            ))
            .on_conflict(key)
            .do_update()
            .set(reading)
            .execute(db)?;
    });
    Ok(())
}

/// How tables of these titles are read, for each account.
pub fn of_titles(
    conn: &mut Conn,
    supplier: SupplierId,
    titles_key: &str,
) -> Result<Vec<TableReading>, StoreError> {
    Ok(bank_table::table
        .filter(bank_table::supplier_id.eq(supplier.to_string()))
        .filter(bank_table::titles_key.eq(titles_key))
        .order(bank_table::account)
        .limit(ALIKE_MAX)
        .select((
            bank_table::titles_key,
            bank_table::account,
            bank_table::reading,
        ))
        .load(&mut conn.db)?)
}

/// Tables of these titles are asked about again.
pub fn forget(conn: &mut Conn, supplier: SupplierId, titles_key: &str) -> Result<(), StoreError> {
    let own = bank_table::table
        .filter(bank_table::supplier_id.eq(supplier.to_string()))
        .filter(bank_table::titles_key.eq(titles_key));
    diesel::delete(own).execute(&mut conn.db)?;
    Ok(())
}
