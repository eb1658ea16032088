//! Direct debits that ended without their money: why, what followed, what it cost.

use diesel::prelude::*;
use domain::collection::EndKind;
use domain::reason_code::Action;
use domain::{CollectionId, Currency, Day, DebtorId, Moment, Money, SupplierId};

use super::columns::{optional, text};
use super::conn::Conn;
use super::error::{StoreError, changed_one};
use super::schema::{collection, debit_return, debtor};

/// How one debit ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DebitReturn {
    /// Which debit.
    pub collection: CollectionId,
    /// Refused, sent back, refunded or given back.
    pub kind: EndKind,
    /// The bank's code; empty when it gave none.
    pub reason: String,
    /// What followed.
    pub action: Action,
    /// The bank's words.
    pub text: String,
    /// The day it counts from.
    pub day: Day,
    /// What the bank took for it, in euros.
    pub fee: Money,
    /// When it was told.
    pub at: Moment,
    /// The debit that took its place.
    pub retried_by: Option<CollectionId>,
}

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = debit_return, treat_none_as_default_value = false)]
struct Row {
    supplier_id: String,
    collection_id: String,
    kind: String,
    reason: String,
    action: String,
    text: String,
    day: chrono::NaiveDate,
    fee: i64,
    at: i64,
    retried_by: Option<String>,
}

impl TryFrom<Row> for DebitReturn {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        Ok(Self {
            collection: text("debit_return.collection_id", &row.collection_id)?,
            kind: text("debit_return.kind", &row.kind)?,
            reason: row.reason,
            action: text("debit_return.action", &row.action)?,
            text: row.text,
            day: Day::from_date(row.day),
            fee: Money::new(row.fee, Currency::EUR),
            at: Moment::from_micros(row.at),
            retried_by: optional("debit_return.retried_by", row.retried_by.as_deref())?,
        })
    }
}

/// Adds how a debit ended; one ends once.
pub fn insert(conn: &mut Conn, supplier: SupplierId, new: &DebitReturn) -> Result<(), StoreError> {
    let row = Row {
        supplier_id: supplier.to_string(),
        collection_id: new.collection.to_string(),
        kind: new.kind.to_string(),
        reason: new.reason.clone(),
        action: new.action.to_string(),
        text: new.text.clone(),
        day: new.day.date(),
        fee: new.fee.minor(),
        at: new.at.micros(),
        retried_by: new.retried_by.map(|id| id.to_string()),
    };
    diesel::insert_into(debit_return::table)
        .values(&row)
        .execute(&mut conn.db)?;
    Ok(())
}

/// How a debit ended, if it did.
pub fn find(
    conn: &mut Conn,
    supplier: SupplierId,
    id: CollectionId,
) -> Result<Option<DebitReturn>, StoreError> {
    debit_return::table
        .find((supplier.to_string(), id.to_string()))
        .select(Row::as_select())
        .get_result(&mut conn.db)
        .optional()?
        .map(TryInto::try_into)
        .transpose()
}

/// How many debits of the same money failed before this one.
pub fn earlier(
    conn: &mut Conn,
    supplier: SupplierId,
    id: CollectionId,
) -> Result<usize, StoreError> {
    let before: i64 = debit_return::table
        .filter(debit_return::supplier_id.eq(supplier.to_string()))
        .filter(debit_return::retried_by.eq(id.to_string()))
        .count()
        .get_result(&mut conn.db)?;
    Ok(usize::try_from(before).unwrap_or(usize::MAX))
}

/// Notes the debit that takes the place of one that failed.
pub fn set_retried_by(
    conn: &mut Conn,
    supplier: SupplierId,
    id: CollectionId,
    next: CollectionId,
) -> Result<(), StoreError> {
    let row = debit_return::table.find((supplier.to_string(), id.to_string()));
    let rows = diesel::update(row)
        .set(debit_return::retried_by.eq(next.to_string()))
        .execute(&mut conn.db)?;
    changed_one(rows)
}

/// Notes that something else followed than what the reason asks for.
pub fn set_action(
    conn: &mut Conn,
    supplier: SupplierId,
    id: CollectionId,
    action: Action,
) -> Result<(), StoreError> {
    let row = debit_return::table.find((supplier.to_string(), id.to_string()));
    let rows = diesel::update(row)
        .set(debit_return::action.eq(action.as_str()))
        .execute(&mut conn.db)?;
    changed_one(rows)
}

/// Notes a fee that was told later than the rest.
pub fn set_fee(
    conn: &mut Conn,
    supplier: SupplierId,
    id: CollectionId,
    fee: Money,
) -> Result<(), StoreError> {
    let row = debit_return::table.find((supplier.to_string(), id.to_string()));
    let rows = diesel::update(row)
        .set(debit_return::fee.eq(fee.minor()))
        .execute(&mut conn.db)?;
    changed_one(rows)
}

/// The latest ones with debtor, name and amount, newest first.
pub fn latest(
    conn: &mut Conn,
    supplier: SupplierId,
    limit: i64,
) -> Result<Vec<(DebitReturn, DebtorId, String, Money)>, StoreError> {
    let rows: Vec<(Row, String, String, i64)> = debit_return::table
        .inner_join(
            collection::table.on(collection::supplier_id
                .eq(debit_return::supplier_id)
                .and(collection::id.eq(debit_return::collection_id))),
        )
        .inner_join(
            debtor::table.on(debtor::supplier_id
                .eq(collection::supplier_id)
                .and(debtor::id.eq(collection::debtor_id))),
        )
        .filter(debit_return::supplier_id.eq(supplier.to_string()))
        .order((debit_return::day.desc(), debit_return::collection_id.desc()))
        .limit(limit)
        .select((
            Row::as_select(),
            debtor::id,
            debtor::name,
            collection::amount,
        ))
        .load(&mut conn.db)?;
    let read = |(row, debtor, name, amount): (Row, String, String, i64)| {
        let debtor = text("collection.debtor_id", &debtor)?;
        Ok((
            row.try_into()?,
            debtor,
            name,
            Money::new(amount, Currency::EUR),
        ))
    };
    rows.into_iter().map(read).collect()
}
