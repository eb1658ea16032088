//! Bank statements as they came, how they were read, and the movements read from them.

mod collected;
mod movement;
mod open_items;
mod reading;
mod suggestion;
mod table;
mod told;

use std::sync::Arc;

use diesel::prelude::*;
use domain::{BankFileId, Moment, SupplierId};

pub use collected::{Collected, of_file, under_mandate};
pub use movement::{
    Credit, Movement, Outcome, Paid, Unmatched, add_part, find, insert_movement, look, paid_lately,
    parts_of, set_outcome, unapplied, undo, unmatched,
};
pub use open_items::{DebtorName, OpenItem, debtor_names, open_items, paid_from};
pub use reading::{
    Reading, ReadingState, confirmed_before, end, find as reading, insert as insert_reading,
    list as readings, other_format, set_read_by, set_state,
};
pub use suggestion::{Suggested, forget as forget_suggestions, of_movements, suggest};
pub use table::{TableReading, forget as forget_table, of_titles as tables_of, save as save_table};
pub use told::{Teller, Told, told_by_others, whole_of};

use super::columns::optional;
use super::conn::Conn;
use super::error::StoreError;
use super::schema::bank_file;

/// A statement file.
#[derive(Clone, Debug)]
pub struct BankFile {
    /// Id.
    pub id: BankFileId,
    /// Its name, as given.
    pub name: String,
    /// SHA-256 in hexadecimal.
    pub sha256: String,
    /// Its bytes.
    pub body: Arc<Vec<u8>>,
}

/// The file of these bytes, if it was kept before.
pub fn known_file(
    conn: &mut Conn,
    supplier: SupplierId,
    sha256: &str,
) -> Result<Option<BankFileId>, StoreError> {
    let known: Option<String> = bank_file::table
        .filter(bank_file::supplier_id.eq(supplier.to_string()))
        .filter(bank_file::sha256.eq(sha256))
        .select(bank_file::id)
        .get_result(&mut conn.db)
        .optional()?;
    optional("bank_file.id", known.as_deref())
}

/// Keeps a file; gives the id under which the same bytes were kept before, if they were.
pub fn insert_file(
    conn: &mut Conn,
    supplier: SupplierId,
    new: &BankFile,
    at: Moment,
) -> Result<BankFileId, StoreError> {
    if let Some(id) = known_file(conn, supplier, &new.sha256)? {
        return Ok(id);
    }
    diesel::insert_into(bank_file::table)
        .values((
            bank_file::supplier_id.eq(supplier.to_string()),
            bank_file::id.eq(new.id.to_string()),
            bank_file::file_name.eq(&new.name),
            bank_file::sha256.eq(&new.sha256),
            bank_file::body.eq(new.body.as_slice()),
            bank_file::received_at.eq(at.micros()),
        ))
        .execute(&mut conn.db)?;
    Ok(new.id)
}

/// A file's bytes.
pub fn body(conn: &mut Conn, supplier: SupplierId, id: BankFileId) -> Result<Vec<u8>, StoreError> {
    Ok(bank_file::table
        .find((supplier.to_string(), id.to_string()))
        .select(bank_file::body)
        .get_result(&mut conn.db)?)
}

/// Waits for one's turn to book the supplier's bank files, until the transaction ends: two files
/// that tell of the same money must see each other. On SQLite the one writer is the lock.
pub fn turn(conn: &mut Conn, supplier: SupplierId) -> Result<(), StoreError> {
    if let super::conn::Db::Pg(db) = &mut conn.db {
        super::schema::supplier::table
            .find(supplier.to_string())
            .select(super::schema::supplier::id)
            .for_no_key_update()
            .get_result::<String>(db)?;
    }
    Ok(())
}
