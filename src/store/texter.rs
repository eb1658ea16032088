//! How suppliers' text messages leave: sealed, because keys are in it. Whether they wait, and for
//! which cap, stands beside it.

use diesel::prelude::*;
use domain::sms::Cap;
use domain::{Moment, SupplierId};

use super::columns::text;
use super::conn::{Conn, Db, each};
use super::error::{StoreError, corrupt};
use super::schema::supplier_texter;

const PURPOSE: &str = "supplier.texter";

/// Seals the settings (JSON, as the caller wrote it).
pub fn set(conn: &mut Conn, supplier: SupplierId, settings: &str) -> Result<(), StoreError> {
    let sealed = conn.vault.seal(PURPOSE, settings);
    let sealed = sealed.map_err(|why| StoreError::Failed(why.to_string()))?;
    let values = (
        supplier_texter::supplier_id.eq(supplier.to_string()),
        supplier_texter::sealed.eq(&sealed),
    );
    each!(conn, db => {
        diesel::insert_into(supplier_texter::table)
            .values(values)
            .on_conflict(supplier_texter::supplier_id)
            .do_update()
            .set(supplier_texter::sealed.eq(&sealed))
            .execute(db)?
    });
    Ok(())
}

/// Takes the way out away.
pub fn remove(conn: &mut Conn, supplier: SupplierId) -> Result<(), StoreError> {
    let row = supplier_texter::table.find(supplier.to_string());
    diesel::delete(row).execute(&mut conn.db)?;
    Ok(())
}

/// The settings, where there are any.
pub fn find(conn: &mut Conn, supplier: SupplierId) -> Result<Option<String>, StoreError> {
    let sealed: Option<Vec<u8>> = supplier_texter::table
        .find(supplier.to_string())
        .select(supplier_texter::sealed)
        .get_result(&mut conn.db)
        .optional()?;
    let opened = sealed.map(|bytes| conn.vault.open(PURPOSE, &bytes));
    opened
        .transpose()
        .map_err(corrupt("supplier_texter.sealed"))
}

/// Whether the supplier has a way to send texts.
pub fn is_set(conn: &mut Conn, supplier: SupplierId) -> Result<bool, StoreError> {
    let found: i64 = supplier_texter::table
        .find(supplier.to_string())
        .count()
        .get_result(&mut conn.db)?;
    Ok(found > 0)
}

/// Holds the supplier's caps until the transaction ends, so that two senders count one after the
/// other. On SQLite the one writer is the lock.
pub fn hold(conn: &mut Conn, supplier: SupplierId) -> Result<(), StoreError> {
    let row = supplier_texter::table
        .find(supplier.to_string())
        .select(supplier_texter::supplier_id);
    if let Db::Pg(db) = &mut conn.db {
        row.for_update().get_result::<String>(db)?;
    }
    Ok(())
}

/// Notes that texts wait until then for a cap; `false` when that was noted before.
pub fn wait(
    conn: &mut Conn,
    supplier: SupplierId,
    (cap, until): (Cap, Moment),
) -> Result<bool, StoreError> {
    let new = supplier_texter::table.find(supplier.to_string()).filter(
        supplier_texter::held_until
            .is_null()
            .or(supplier_texter::held_until.lt(until.micros()))
            .or(supplier_texter::held_by.ne(cap.as_str())),
    );
    let rows = diesel::update(new)
        .set((
            supplier_texter::held_until.eq(Some(until.micros())),
            supplier_texter::held_by.eq(Some(cap.as_str())),
        ))
        .execute(&mut conn.db)?;
    Ok(rows == 1)
}

/// Of these suppliers those whose texts wait now, for which cap, and until when.
pub fn waiting(
    conn: &mut Conn,
    suppliers: &[SupplierId],
    now: Moment,
) -> Result<Vec<(SupplierId, Cap, Moment)>, StoreError> {
    let ids: Vec<String> = suppliers.iter().map(ToString::to_string).collect();
    let rows: Vec<(String, Option<String>, Option<i64>)> = supplier_texter::table
        .filter(supplier_texter::supplier_id.eq_any(ids))
        .filter(supplier_texter::held_until.gt(now.micros()))
        .order(supplier_texter::supplier_id)
        .select((
            supplier_texter::supplier_id,
            supplier_texter::held_by,
            supplier_texter::held_until,
        ))
        .load(&mut conn.db)?;
    let one = |(id, cap, until): (String, Option<String>, Option<i64>)| {
        Ok((
            text("supplier_texter.supplier_id", &id)?,
            text("supplier_texter.held_by", &cap.unwrap_or_default())?,
            Moment::from_micros(until.unwrap_or_default()),
        ))
    };
    rows.into_iter().map(one).collect()
}
