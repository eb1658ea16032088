//! Imports of balance files: which, how far, and the rows they refused.
//!
//! One import of a supplier goes on at a time. A newer one takes over from an older one that is
//! still running or was killed: the older one finds out before it writes again.

use diesel::prelude::*;
use domain::import::RowError;
use domain::{Day, ImportId, Moment, SupplierId};

use super::conn::{Conn, Db, each};
use super::error::{StoreError, changed_one};
use super::schema::{import, import_error};

/// An import that begins.
#[derive(Clone, Debug)]
pub struct NewImport {
    /// Id.
    pub id: ImportId,
    /// The file's name, as given.
    pub file_name: String,
    /// The day of which the file speaks.
    pub as_of: Day,
    /// Whether what the file leaves out is closed.
    pub complete: bool,
}

/// How many rows an import has taken and refused so far.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Rows {
    /// Taken.
    pub good: u64,
    /// Refused.
    pub bad: u64,
}

/// Waits until no other import of the supplier is in the middle of a write.
pub fn quiesce(conn: &mut Conn, supplier: SupplierId) -> Result<(), StoreError> {
    let unfinished = import::table
        .filter(import::supplier_id.eq(supplier.to_string()))
        .filter(import::finished_at.is_null())
        .order(import::id)
        .select(import::id);
    if let Db::Pg(db) = &mut conn.db {
        unfinished.for_update().load::<String>(db)?;
    }
    Ok(())
}

/// Notes that an import begins; older ones may not write any more.
pub fn insert(
    conn: &mut Conn,
    supplier: SupplierId,
    new: &NewImport,
    at: Moment,
) -> Result<(), StoreError> {
    diesel::insert_into(import::table)
        .values((
            import::supplier_id.eq(supplier.to_string()),
            import::id.eq(new.id.to_string()),
            import::file_name.eq(&new.file_name),
            import::sha256.eq(""),
            import::as_of.eq(new.as_of.date()),
            import::complete.eq(new.complete),
            import::started_at.eq(at.micros()),
        ))
        .execute(&mut conn.db)?;
    Ok(())
}

/// Notes how far an import has come and keeps others from beginning until the transaction ends.
/// `false` when a newer one has begun: this one must stop.
pub fn advance(
    conn: &mut Conn,
    supplier: SupplierId,
    id: ImportId,
    rows: Rows,
) -> Result<bool, StoreError> {
    let count = |rows: u64| i64::try_from(rows).unwrap_or(i64::MAX);
    let changed = diesel::update(import::table.find((supplier.to_string(), id.to_string())))
        .set((
            import::rows_good.eq(count(rows.good)),
            import::rows_bad.eq(count(rows.bad)),
        ))
        .execute(&mut conn.db)?;
    changed_one(changed)?;
    let newest: Option<String> = import::table
        .filter(import::supplier_id.eq(supplier.to_string()))
        .select(diesel::dsl::max(import::id))
        .get_result(&mut conn.db)?;
    Ok(newest == Some(id.to_string()))
}

/// Notes that an import is done, and the SHA-256 of what it read, in hexadecimal.
pub fn finish(
    conn: &mut Conn,
    supplier: SupplierId,
    id: ImportId,
    sha256: &str,
    at: Moment,
) -> Result<(), StoreError> {
    let rows = diesel::update(import::table.find((supplier.to_string(), id.to_string())))
        .set((
            import::sha256.eq(sha256),
            import::finished_at.eq(Some(at.micros())),
        ))
        .execute(&mut conn.db)?;
    changed_one(rows)
}

/// Keeps refused rows.
pub fn insert_errors(
    conn: &mut Conn,
    supplier: SupplierId,
    id: ImportId,
    new: &[RowError],
) -> Result<(), StoreError> {
    let rows: Vec<_> = new
        .iter()
        .map(|error| {
            (
                import_error::supplier_id.eq(supplier.to_string()),
                import_error::import_id.eq(id.to_string()),
                import_error::line.eq(i64::try_from(error.line).unwrap_or(i64::MAX)),
                import_error::column_title.eq(error.column.clone()),
                import_error::value.eq(error.value.clone()),
                import_error::reason.eq(error.reason.as_str()),
            )
        })
        .collect();
    each!(conn, db => {
        for some in rows.chunks(500) {
            diesel::insert_into(import_error::table).values(some.to_vec()).execute(db)?;
        }
    });
    Ok(())
}
