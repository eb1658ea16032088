//! Balance files that wait for their columns to be confirmed.

use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::Binary;
use domain::{ImportId, Moment, SupplierId};

use super::conn::Conn;
use super::error::StoreError;
use super::schema::upload;

/// Bytes of a file's beginning that are read to look at its columns.
const BEGINNING: &str = "substr(body, 1, 1048576)";

/// A file as it was given.
#[derive(Clone, Debug)]
pub struct Upload {
    /// Id.
    pub id: ImportId,
    /// Its name, as given.
    pub file_name: String,
    /// Its bytes, or the first of them.
    pub body: Vec<u8>,
}

/// Keeps a file; those of the supplier that were kept before `old` go.
pub fn insert(
    conn: &mut Conn,
    supplier: SupplierId,
    new: &Upload,
    at: Moment,
    old: Moment,
) -> Result<(), StoreError> {
    let forgotten = upload::table
        .filter(upload::supplier_id.eq(supplier.to_string()))
        .filter(upload::uploaded_at.lt(old.micros()));
    diesel::delete(forgotten).execute(&mut conn.db)?;
    diesel::insert_into(upload::table)
        .values((
            upload::supplier_id.eq(supplier.to_string()),
            upload::id.eq(new.id.to_string()),
            upload::file_name.eq(&new.file_name),
            upload::body.eq(&new.body),
            upload::uploaded_at.eq(at.micros()),
        ))
        .execute(&mut conn.db)?;
    Ok(())
}

/// A file with its first megabyte: enough to look at its columns.
pub fn beginning(
    conn: &mut Conn,
    supplier: SupplierId,
    id: ImportId,
) -> Result<Upload, StoreError> {
    let (file_name, body) = upload::table
        .find((supplier.to_string(), id.to_string()))
        .select((upload::file_name, sql::<Binary>(BEGINNING)))
        .get_result(&mut conn.db)?;
    Ok(Upload {
        id,
        file_name,
        body,
    })
}

/// A whole file.
pub fn find(conn: &mut Conn, supplier: SupplierId, id: ImportId) -> Result<Upload, StoreError> {
    let (file_name, body) = upload::table
        .find((supplier.to_string(), id.to_string()))
        .select((upload::file_name, upload::body))
        .get_result(&mut conn.db)?;
    Ok(Upload {
        id,
        file_name,
        body,
    })
}

/// Removes a file once it is imported; nothing when it is gone already.
pub fn remove(conn: &mut Conn, supplier: SupplierId, id: ImportId) -> Result<(), StoreError> {
    diesel::delete(upload::table.find((supplier.to_string(), id.to_string())))
        .execute(&mut conn.db)?;
    Ok(())
}
