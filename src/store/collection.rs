//! Direct debits.

mod listed;

use diesel::prelude::*;
use domain::collection::{Collection, CollectionState};
use domain::{
    BatchId, CollectionId, Currency, Day, DebtorId, MandateId, Money, PaymentId, SupplierId,
};

use super::columns::{optional, text};
use super::conn::Conn;
use super::error::{StoreError, changed_one};
use super::schema::collection;
pub use listed::{Listed, Listing, listed, refundable};

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
    told_on: Option<chrono::NaiveDate>,
    block_id: Option<String>,
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
            told_on: row.told_on.map(Day::from_date),
            block: row.block_id,
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
        told_on: new.told_on.map(Day::date),
        block_id: new.block.clone(),
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

/// Notes the day on which the debtor was told.
pub fn set_told_on(
    conn: &mut Conn,
    supplier: SupplierId,
    id: CollectionId,
    day: Day,
) -> Result<(), StoreError> {
    let rows = diesel::update(collection::table.find((supplier.to_string(), id.to_string())))
        .set(collection::told_on.eq(day.date()))
        .execute(&mut conn.db)?;
    changed_one(rows)
}

/// The debits of a file, from after this one on.
pub fn of_batch(
    conn: &mut Conn,
    supplier: SupplierId,
    batch: BatchId,
    after: Option<CollectionId>,
    limit: i64,
) -> Result<Vec<Collection>, StoreError> {
    collection::table
        .filter(collection::supplier_id.eq(supplier.to_string()))
        .filter(collection::batch_id.eq(batch.to_string()))
        .filter(collection::id.gt(after.map(|id| id.to_string()).unwrap_or_default()))
        .order(collection::id)
        .limit(limit)
        .select(Row::as_select())
        .load(&mut conn.db)?
        .into_iter()
        .map(TryInto::try_into)
        .collect()
}

/// The debits of a block, by its PmtInfId, from after this one on.
pub fn of_block(
    conn: &mut Conn,
    supplier: SupplierId,
    block: &str,
    after: Option<CollectionId>,
    limit: i64,
) -> Result<Vec<Collection>, StoreError> {
    collection::table
        .filter(collection::supplier_id.eq(supplier.to_string()))
        .filter(collection::block_id.eq(block))
        .filter(collection::id.gt(after.map(|id| id.to_string()).unwrap_or_default()))
        .order(collection::id)
        .limit(limit)
        .select(Row::as_select())
        .load(&mut conn.db)?
        .into_iter()
        .map(TryInto::try_into)
        .collect()
}

/// Moves every debit of a file that is in one state to another.
pub fn advance_batch(
    conn: &mut Conn,
    supplier: SupplierId,
    batch: BatchId,
    from: CollectionState,
    to: CollectionState,
) -> Result<usize, StoreError> {
    let rows = collection::table
        .filter(collection::supplier_id.eq(supplier.to_string()))
        .filter(collection::batch_id.eq(batch.to_string()))
        .filter(collection::state.eq(from.as_str()));
    Ok(diesel::update(rows)
        .set(collection::state.eq(to.as_str()))
        .execute(&mut conn.db)?)
}

/// Whether a debit of a file is in this state.
pub fn any_in_batch(
    conn: &mut Conn,
    supplier: SupplierId,
    batch: BatchId,
    state: CollectionState,
) -> Result<bool, StoreError> {
    let found: Option<String> = collection::table
        .filter(collection::supplier_id.eq(supplier.to_string()))
        .filter(collection::batch_id.eq(batch.to_string()))
        .filter(collection::state.eq(state.as_str()))
        .select(collection::id)
        .limit(1)
        .get_result(&mut conn.db)
        .optional()?;
    Ok(found.is_some())
}

/// Takes a collection out of its file.
pub fn leave_batch(
    conn: &mut Conn,
    supplier: SupplierId,
    id: CollectionId,
) -> Result<(), StoreError> {
    let rows = diesel::update(collection::table.find((supplier.to_string(), id.to_string())))
        .set((
            collection::batch_id.eq(None::<String>),
            collection::block_id.eq(None::<String>),
        ))
        .execute(&mut conn.db)?;
    changed_one(rows)
}

/// Gives a debit another day, of which the debtor is not told yet.
pub fn set_day(
    conn: &mut Conn,
    supplier: SupplierId,
    id: CollectionId,
    day: Day,
) -> Result<(), StoreError> {
    let rows = diesel::update(collection::table.find((supplier.to_string(), id.to_string())))
        .set((
            collection::collect_on.eq(day.date()),
            collection::told_on.eq(None::<chrono::NaiveDate>),
        ))
        .execute(&mut conn.db)?;
    changed_one(rows)
}

/// Puts a collection in a file, for the day the file says, in the block of this PmtInfId.
pub fn set_batch(
    conn: &mut Conn,
    supplier: SupplierId,
    id: CollectionId,
    (batch, block): (BatchId, &str),
    collect_on: Day,
) -> Result<(), StoreError> {
    let rows = diesel::update(collection::table.find((supplier.to_string(), id.to_string())))
        .set((
            collection::batch_id.eq(batch.to_string()),
            collection::block_id.eq(block),
            collection::collect_on.eq(collect_on.date()),
        ))
        .execute(&mut conn.db)?;
    changed_one(rows)
}
