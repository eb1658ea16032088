//! How suppliers' messages leave: sealed, because passwords and signing keys are in it.

use diesel::prelude::*;
use domain::SupplierId;

use super::conn::{Conn, each};
use super::error::{StoreError, corrupt};
use super::schema::supplier_mail;

const PURPOSE: &str = "supplier.mail";

/// Seals the settings (JSON, as the caller wrote it).
pub fn set(conn: &mut Conn, supplier: SupplierId, settings: &str) -> Result<(), StoreError> {
    let sealed = conn.vault.seal(PURPOSE, settings);
    let sealed = sealed.map_err(|why| StoreError::Failed(why.to_string()))?;
    let values = (
        supplier_mail::supplier_id.eq(supplier.to_string()),
        supplier_mail::sealed.eq(&sealed),
    );
    each!(conn, db => {
        diesel::insert_into(supplier_mail::table)
            .values(values)
            .on_conflict(supplier_mail::supplier_id)
            .do_update()
            .set(supplier_mail::sealed.eq(&sealed))
            .execute(db)?
    });
    Ok(())
}

/// The settings, where there are any.
pub fn find(conn: &mut Conn, supplier: SupplierId) -> Result<Option<String>, StoreError> {
    let sealed: Option<Vec<u8>> = supplier_mail::table
        .find(supplier.to_string())
        .select(supplier_mail::sealed)
        .get_result(&mut conn.db)
        .optional()?;
    let opened = sealed.map(|bytes| conn.vault.open(PURPOSE, &bytes));
    opened.transpose().map_err(corrupt("supplier_mail.sealed"))
}
