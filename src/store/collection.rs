//! Direct debits and the files they went to the bank in.

use diesel::prelude::*;
use domain::collection::{Collection, CollectionState};
use domain::{
    BatchId, CollectionId, Currency, Day, DebtorId, MandateId, Moment, Money, PaymentId, SupplierId,
};

use super::columns::{optional, text};
use super::conn::Conn;
use super::error::{StoreError, changed_one};
use super::schema::{batch, collection};

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = collection, treat_none_as_default_value = false)]
struct Row {
    supplier_id: String,
    id: String,
    debtor_id: String,
    mandate_id: String,
    payment_id: String,
    amount: i64,
    collect_on: chrono::NaiveDate,
    state: String,
    batch_id: Option<String>,
}

impl TryFrom<Row> for Collection {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: text("collection.id", &row.id)?,
            supplier: text("collection.supplier_id", &row.supplier_id)?,
            debtor: text("collection.debtor_id", &row.debtor_id)?,
            mandate: text("collection.mandate_id", &row.mandate_id)?,
            payment: text("collection.payment_id", &row.payment_id)?,
            // Direct debits are in euros only (EPC rulebooks).
            amount: Money::new(row.amount, Currency::EUR),
            collect_on: Day::from_date(row.collect_on),
            state: text::<CollectionState>("collection.state", &row.state)?,
            batch: optional("collection.batch_id", row.batch_id.as_deref())?,
        })
    }
}

/// Adds a collection.
pub fn insert(conn: &mut Conn, new: &Collection) -> Result<(), StoreError> {
    let row = Row {
        supplier_id: new.supplier.to_string(),
        id: new.id.to_string(),
        debtor_id: new.debtor.to_string(),
        mandate_id: new.mandate.to_string(),
        payment_id: new.payment.to_string(),
        amount: new.amount.minor(),
        collect_on: new.collect_on.date(),
        state: new.state.to_string(),
        batch_id: new.batch.map(|id| id.to_string()),
    };
    diesel::insert_into(collection::table)
        .values(&row)
        .execute(&mut conn.db)?;
    Ok(())
}

/// One collection.
pub fn find(
    conn: &mut Conn,
    supplier: SupplierId,
    id: CollectionId,
) -> Result<Collection, StoreError> {
    collection::table
        .find((supplier.to_string(), id.to_string()))
        .select(Row::as_select())
        .get_result(&mut conn.db)?
        .try_into()
}

/// The collection that carries a payment.
pub fn of_payment(
    conn: &mut Conn,
    supplier: SupplierId,
    payment: PaymentId,
) -> Result<Collection, StoreError> {
    collection::table
        .filter(collection::supplier_id.eq(supplier.to_string()))
        .filter(collection::payment_id.eq(payment.to_string()))
        .select(Row::as_select())
        .get_result(&mut conn.db)?
        .try_into()
}

/// A debtor's collections, newest first.
pub fn of_debtor(
    conn: &mut Conn,
    supplier: SupplierId,
    debtor: DebtorId,
    limit: i64,
) -> Result<Vec<Collection>, StoreError> {
    collection::table
        .filter(collection::supplier_id.eq(supplier.to_string()))
        .filter(collection::debtor_id.eq(debtor.to_string()))
        .order(collection::id.desc())
        .limit(limit)
        .select(Row::as_select())
        .load(&mut conn.db)?
        .into_iter()
        .map(TryInto::try_into)
        .collect()
}

/// The collections of one of a debtor's mandates, oldest first.
pub fn of_mandate(
    conn: &mut Conn,
    supplier: SupplierId,
    debtor: DebtorId,
    mandate: MandateId,
) -> Result<Vec<Collection>, StoreError> {
    collection::table
        .filter(collection::supplier_id.eq(supplier.to_string()))
        .filter(collection::debtor_id.eq(debtor.to_string()))
        .filter(collection::mandate_id.eq(mandate.to_string()))
        .order(collection::id)
        .select(Row::as_select())
        .load(&mut conn.db)?
        .into_iter()
        .map(TryInto::try_into)
        .collect()
}

/// Whether a mandate of the debtor carries a collection that was not called off or refused.
pub fn carries_any(
    conn: &mut Conn,
    supplier: SupplierId,
    debtor: DebtorId,
    mandate: MandateId,
) -> Result<bool, StoreError> {
    let ended = [CollectionState::Cancelled, CollectionState::Rejected];
    let carried: Option<String> = collection::table
        .filter(collection::supplier_id.eq(supplier.to_string()))
        .filter(collection::debtor_id.eq(debtor.to_string()))
        .filter(collection::mandate_id.eq(mandate.to_string()))
        .filter(collection::state.ne_all(ended.map(|state| state.as_str())))
        .select(collection::id)
        .get_result(&mut conn.db)
        .optional()?;
    Ok(carried.is_some())
}

/// Collections in a state to be collected on `until` or earlier, by day.
pub fn in_state_until(
    conn: &mut Conn,
    supplier: SupplierId,
    state: CollectionState,
    until: Day,
) -> Result<Vec<Collection>, StoreError> {
    collection::table
        .filter(collection::supplier_id.eq(supplier.to_string()))
        .filter(collection::state.eq(state.as_str()))
        .filter(collection::collect_on.le(until.date()))
        .order((collection::collect_on, collection::id))
        .select(Row::as_select())
        .load(&mut conn.db)?
        .into_iter()
        .map(TryInto::try_into)
        .collect()
}

/// Moves a collection from one state to another, unless somebody did meanwhile.
pub fn set_state(
    conn: &mut Conn,
    supplier: SupplierId,
    id: CollectionId,
    from: CollectionState,
    to: CollectionState,
) -> Result<(), StoreError> {
    let row = collection::table
        .find((supplier.to_string(), id.to_string()))
        .filter(collection::state.eq(from.as_str()));
    let rows = diesel::update(row)
        .set(collection::state.eq(to.as_str()))
        .execute(&mut conn.db)?;
    changed_one(rows)
}

/// Puts a collection in a file, for the day the file says.
pub fn set_batch(
    conn: &mut Conn,
    supplier: SupplierId,
    id: CollectionId,
    batch: BatchId,
    collect_on: Day,
) -> Result<(), StoreError> {
    let rows = diesel::update(collection::table.find((supplier.to_string(), id.to_string())))
        .set((
            collection::batch_id.eq(batch.to_string()),
            collection::collect_on.eq(collect_on.date()),
        ))
        .execute(&mut conn.db)?;
    changed_one(rows)
}

/// A direct-debit file as it was handed out; asked for again, the bytes are the same.
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
    /// The file.
    pub file: Vec<u8>,
}

/// Keeps a file.
pub fn insert_batch(conn: &mut Conn, supplier: SupplierId, new: &Batch) -> Result<(), StoreError> {
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
            batch::file.eq(&new.file),
        ))
        .execute(&mut conn.db)?;
    Ok(())
}
