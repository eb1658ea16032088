//! How a file was read: whether it is booked, waits for a person, or was refused.

use diesel::prelude::*;
use domain::statement::FileState;
use domain::{BankFileId, Day, Moment, SupplierId};

use crate::store::columns::text;
use crate::store::conn::Conn;
use crate::store::error::{StoreError, changed_one};
use crate::store::schema::{bank_entry, bank_reading};

pub use domain::statement::FileState as ReadingState;

/// A file and what became of it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Reading {
    /// The file.
    pub file: BankFileId,
    /// Its name, as given.
    pub name: String,
    /// When it came.
    pub received_at: Moment,
    /// Where it stands.
    pub state: FileState,
    /// The format it was read as.
    pub format: String,
    /// Why it waits or was refused; empty when neither.
    pub reason: String,
    /// Statements in it.
    pub statements: i64,
    /// Movements in it.
    pub movements: i64,
    /// Movements that were booked.
    pub booked: i64,
    /// Who confirmed it.
    pub confirmed_by: Option<String>,
    /// How a table was read, as `statements::Profile` writes itself.
    pub read_by: Option<String>,
}

type Columns = (
    String,
    String,
    i64,
    String,
    String,
    String,
    i64,
    i64,
    i64,
    Option<String>,
    Option<String>,
);

macro_rules! columns {
    () => {
        (
            bank_reading::file_id,
            bank_reading::file_name,
            bank_reading::received_at,
            bank_reading::state,
            bank_reading::format,
            bank_reading::reason,
            bank_reading::statements,
            bank_reading::movements,
            bank_reading::booked,
            bank_reading::confirmed_by,
            bank_reading::read_by,
        )
    };
}

fn read(row: Columns) -> Result<Reading, StoreError> {
    let (file, name, at, state, format, reason, statements, movements, booked, by, read_by) = row;
    Ok(Reading {
        file: text("bank_reading.file_id", &file)?,
        name,
        received_at: Moment::from_micros(at),
        state: text("bank_reading.state", &state)?,
        format,
        reason,
        statements,
        movements,
        booked,
        confirmed_by: by,
        read_by,
    })
}

/// Notes how a new file was read.
pub fn insert(conn: &mut Conn, supplier: SupplierId, new: &Reading) -> Result<(), StoreError> {
    diesel::insert_into(bank_reading::table)
        .values((
            bank_reading::supplier_id.eq(supplier.to_string()),
            bank_reading::file_id.eq(new.file.to_string()),
            bank_reading::file_name.eq(&new.name),
            bank_reading::received_at.eq(new.received_at.micros()),
            bank_reading::state.eq(new.state.as_str()),
            bank_reading::format.eq(&new.format),
            bank_reading::reason.eq(&new.reason),
            bank_reading::statements.eq(new.statements),
            bank_reading::movements.eq(new.movements),
            bank_reading::booked.eq(new.booked),
            bank_reading::confirmed_by.eq(&new.confirmed_by),
            bank_reading::read_by.eq(&new.read_by),
        ))
        .execute(&mut conn.db)?;
    Ok(())
}

/// One file's.
pub fn find(conn: &mut Conn, supplier: SupplierId, id: BankFileId) -> Result<Reading, StoreError> {
    let row: Columns = bank_reading::table
        .find((supplier.to_string(), id.to_string()))
        .select(columns!())
        .get_result(&mut conn.db)?;
    read(row)
}

/// A supplier's files, newest first.
pub fn list(conn: &mut Conn, supplier: SupplierId, limit: i64) -> Result<Vec<Reading>, StoreError> {
    let rows: Vec<Columns> = bank_reading::table
        .filter(bank_reading::supplier_id.eq(supplier.to_string()))
        .order((
            bank_reading::received_at.desc(),
            bank_reading::file_id.desc(),
        ))
        .limit(limit)
        .select(columns!())
        .load(&mut conn.db)?;
    rows.into_iter().map(read).collect()
}

/// Moves a file from one state to another, and says who confirmed it.
pub fn set_state(
    conn: &mut Conn,
    supplier: SupplierId,
    id: BankFileId,
    (from, to): (FileState, FileState),
    by: Option<&str>,
) -> Result<(), StoreError> {
    let row = bank_reading::table
        .find((supplier.to_string(), id.to_string()))
        .filter(bank_reading::state.eq(from.as_str()));
    let rows = diesel::update(row)
        .set((
            bank_reading::state.eq(to.as_str()),
            by.map(|by| bank_reading::confirmed_by.eq(by)),
        ))
        .execute(&mut conn.db)?;
    changed_one(rows)
}

/// Notes how a table is read, and how many movements that makes.
pub fn set_read_by(
    conn: &mut Conn,
    supplier: SupplierId,
    id: BankFileId,
    (read_by, movements): (&str, i64),
) -> Result<(), StoreError> {
    let rows = diesel::update(bank_reading::table.find((supplier.to_string(), id.to_string())))
        .set((
            bank_reading::read_by.eq(read_by),
            bank_reading::movements.eq(movements),
        ))
        .execute(&mut conn.db)?;
    changed_one(rows)
}

/// Adds to what was booked of a file.
pub fn end(
    conn: &mut Conn,
    supplier: SupplierId,
    id: BankFileId,
    booked: i64,
) -> Result<(), StoreError> {
    let rows = diesel::update(bank_reading::table.find((supplier.to_string(), id.to_string())))
        .set(bank_reading::booked.eq(bank_reading::booked + booked))
        .execute(&mut conn.db)?;
    changed_one(rows)
}

/// Whether a person confirmed a file of this format before.
pub fn confirmed_before(
    conn: &mut Conn,
    supplier: SupplierId,
    format: &str,
) -> Result<bool, StoreError> {
    let found: Option<String> = bank_reading::table
        .filter(bank_reading::supplier_id.eq(supplier.to_string()))
        .filter(bank_reading::format.eq(format))
        .filter(bank_reading::state.eq(FileState::Imported.as_str()))
        .filter(bank_reading::confirmed_by.is_not_null())
        .select(bank_reading::file_id)
        .limit(1)
        .get_result(&mut conn.db)
        .optional()?;
    Ok(found.is_some())
}

/// A file that told movements of this account between these days in another format, if any: the
/// same money under other names.
pub fn other_format(
    conn: &mut Conn,
    supplier: SupplierId,
    (account, format): (&str, &str),
    (first, last): (Day, Day),
) -> Result<Option<String>, StoreError> {
    let family = format.get(..4).unwrap_or(format);
    Ok(bank_entry::table
        .inner_join(
            bank_reading::table.on(bank_reading::supplier_id
                .eq(bank_entry::supplier_id)
                .and(bank_reading::file_id.eq(bank_entry::file_id))),
        )
        .filter(bank_entry::supplier_id.eq(supplier.to_string()))
        .filter(bank_entry::account.eq(account))
        .filter(bank_entry::booked_on.between(first.date(), last.date()))
        .filter(bank_reading::format.not_like(format!("{family}%")))
        .select(bank_reading::file_name)
        .order(bank_entry::key)
        .limit(1)
        .get_result(&mut conn.db)
        .optional()?)
}
