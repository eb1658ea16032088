//! Files of direct debits: who made and approved them, how they stand, and their bytes.

use diesel::prelude::*;
use domain::batch::BatchState;
use domain::{BatchId, Currency, Day, Moment, Money, SupplierId};

use super::columns::{small, text};
use super::conn::Conn;
use super::error::{StoreError, changed_one};
use super::schema::batch;

/// A file, without its bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Batch {
    /// Id.
    pub id: BatchId,
    /// The file's MsgId, unique for ever.
    pub message_id: String,
    /// When it was made.
    pub created_at: Moment,
    /// Number of debits.
    pub debits: usize,
    /// Their sum.
    pub total: Money,
    /// SHA-256 of the file, in hexadecimal.
    pub sha256: String,
    /// Where it stands.
    pub state: BatchState,
    /// Who made it, as the trail names them.
    pub maker: String,
    /// Who approved it.
    pub approver: Option<String>,
    /// When.
    pub approved_at: Option<Moment>,
    /// When it was first taken out.
    pub exported_at: Option<Moment>,
    /// Its first day of collection.
    pub first_on: Day,
    /// Its last.
    pub last_on: Day,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = batch)]
struct Row {
    id: String,
    message_id: String,
    created_at: i64,
    debits: i32,
    total: i64,
    sha256: String,
    state: String,
    maker: String,
    approver: Option<String>,
    approved_at: Option<i64>,
    exported_at: Option<i64>,
    first_on: chrono::NaiveDate,
    last_on: chrono::NaiveDate,
}

impl TryFrom<Row> for Batch {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: text("batch.id", &row.id)?,
            message_id: row.message_id,
            created_at: Moment::from_micros(row.created_at),
            debits: small("batch.debits", row.debits)?,
            total: Money::new(row.total, Currency::EUR),
            sha256: row.sha256,
            state: text("batch.state", &row.state)?,
            maker: row.maker,
            approver: row.approver,
            approved_at: row.approved_at.map(Moment::from_micros),
            exported_at: row.exported_at.map(Moment::from_micros),
            first_on: Day::from_date(row.first_on),
            last_on: Day::from_date(row.last_on),
        })
    }
}

/// Keeps a file and its bytes.
pub fn insert(
    conn: &mut Conn,
    supplier: SupplierId,
    new: &Batch,
    file: &[u8],
) -> Result<(), StoreError> {
    let debits = i32::try_from(new.debits)
        .map_err(|_| StoreError::Failed("too many debits for one file".into()))?;
    diesel::insert_into(batch::table)
        .values((
            batch::supplier_id.eq(supplier.to_string()),
            batch::id.eq(new.id.to_string()),
            batch::message_id.eq(&new.message_id),
            batch::created_at.eq(new.created_at.micros()),
            batch::debits.eq(debits),
            batch::total.eq(new.total.minor()),
            batch::sha256.eq(&new.sha256),
            batch::file.eq(file),
            batch::state.eq(new.state.as_str()),
            batch::maker.eq(&new.maker),
            batch::first_on.eq(new.first_on.date()),
            batch::last_on.eq(new.last_on.date()),
        ))
        .execute(&mut conn.db)?;
    Ok(())
}

/// One file.
pub fn find(conn: &mut Conn, supplier: SupplierId, id: BatchId) -> Result<Batch, StoreError> {
    batch::table
        .find((supplier.to_string(), id.to_string()))
        .select(Row::as_select())
        .get_result(&mut conn.db)?
        .try_into()
}

/// The file of this MsgId, which a bank's answer names.
pub fn by_message_id(
    conn: &mut Conn,
    supplier: SupplierId,
    message_id: &str,
) -> Result<Option<Batch>, StoreError> {
    batch::table
        .filter(batch::supplier_id.eq(supplier.to_string()))
        .filter(batch::message_id.eq(message_id))
        .select(Row::as_select())
        .get_result(&mut conn.db)
        .optional()?
        .map(TryInto::try_into)
        .transpose()
}

/// Its bytes: the same whenever they are asked for.
pub fn file(conn: &mut Conn, supplier: SupplierId, id: BatchId) -> Result<Vec<u8>, StoreError> {
    Ok(batch::table
        .find((supplier.to_string(), id.to_string()))
        .select(batch::file)
        .get_result(&mut conn.db)?)
}

/// The latest files, newest first.
pub fn latest(conn: &mut Conn, supplier: SupplierId, limit: i64) -> Result<Vec<Batch>, StoreError> {
    batch::table
        .filter(batch::supplier_id.eq(supplier.to_string()))
        .order(batch::id.desc())
        .limit(limit)
        .select(Row::as_select())
        .load(&mut conn.db)?
        .into_iter()
        .map(TryInto::try_into)
        .collect()
}

/// Files in a state, oldest first.
pub fn in_state(
    conn: &mut Conn,
    supplier: SupplierId,
    state: BatchState,
    limit: i64,
) -> Result<Vec<Batch>, StoreError> {
    batch::table
        .filter(batch::supplier_id.eq(supplier.to_string()))
        .filter(batch::state.eq(state.as_str()))
        .order(batch::id)
        .limit(limit)
        .select(Row::as_select())
        .load(&mut conn.db)?
        .into_iter()
        .map(TryInto::try_into)
        .collect()
}

/// Moves a file from one state to another, unless somebody did meanwhile.
pub fn set_state(
    conn: &mut Conn,
    supplier: SupplierId,
    id: BatchId,
    from: BatchState,
    to: BatchState,
) -> Result<(), StoreError> {
    let row = batch::table
        .find((supplier.to_string(), id.to_string()))
        .filter(batch::state.eq(from.as_str()));
    let rows = diesel::update(row)
        .set(batch::state.eq(to.as_str()))
        .execute(&mut conn.db)?;
    changed_one(rows)
}

/// Notes who approved a file.
pub fn set_approver(
    conn: &mut Conn,
    supplier: SupplierId,
    id: BatchId,
    approver: &str,
    at: Moment,
) -> Result<(), StoreError> {
    let rows = diesel::update(batch::table.find((supplier.to_string(), id.to_string())))
        .set((
            batch::approver.eq(approver),
            batch::approved_at.eq(at.micros()),
        ))
        .execute(&mut conn.db)?;
    changed_one(rows)
}

/// Notes when a file was first taken out.
pub fn set_exported_at(
    conn: &mut Conn,
    supplier: SupplierId,
    id: BatchId,
    at: Moment,
) -> Result<(), StoreError> {
    let rows = diesel::update(batch::table.find((supplier.to_string(), id.to_string())))
        .set(batch::exported_at.eq(at.micros()))
        .execute(&mut conn.db)?;
    changed_one(rows)
}
