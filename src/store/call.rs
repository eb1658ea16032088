//! Calls that staff made.

use std::collections::BTreeMap;

use diesel::prelude::*;
use domain::call::Call;
use domain::{CallId, Day, DebtorId, Moment, Money, SupplierId};

use super::columns::{money, optional, text};
use super::conn::{Conn, insert_all};
use super::error::StoreError;
use super::schema::{call, call_item};
use super::slice::Slice;

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = call, treat_none_as_default_value = false)]
struct Row {
    supplier_id: String,
    id: String,
    debtor_id: String,
    contact_id: Option<String>,
    message_id: Option<String>,
    outcome: String,
    reason: Option<String>,
    note: String,
    promised: Option<i64>,
    promised_currency: Option<String>,
    promised_on: Option<chrono::NaiveDate>,
    next_at: Option<i64>,
    made_at: i64,
    made_by: String,
}

#[derive(Insertable)]
#[diesel(table_name = call_item, treat_none_as_default_value = false)]
struct ItemRow {
    supplier_id: String,
    call_id: String,
    invoice_id: String,
    amount: i64,
    currency: String,
}

impl TryFrom<Row> for Call {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        let promised = row.promised.zip(row.promised_currency);
        let promised = promised
            .map(|(minor, currency)| money(minor, &currency))
            .transpose()?;
        Ok(Self {
            id: text("call.id", &row.id)?,
            debtor: text("call.debtor_id", &row.debtor_id)?,
            contact: optional("call.contact_id", row.contact_id.as_deref())?,
            message: optional("call.message_id", row.message_id.as_deref())?,
            outcome: text("call.outcome", &row.outcome)?,
            reason: optional("call.reason", row.reason.as_deref())?,
            note: row.note,
            promised: promised.zip(row.promised_on.map(Day::from_date)),
            next_at: row.next_at.map(Moment::from_micros),
            at: Moment::from_micros(row.made_at),
            by: row.made_by,
            argued: Vec::new(),
        })
    }
}

/// Adds one; one that was noted under this id is a [`StoreError::Conflict`].
pub fn insert(conn: &mut Conn, supplier: SupplierId, new: &Call) -> Result<(), StoreError> {
    let row = Row {
        supplier_id: supplier.to_string(),
        id: new.id.to_string(),
        debtor_id: new.debtor.to_string(),
        contact_id: new.contact.map(|id| id.to_string()),
        message_id: new.message.map(|id| id.to_string()),
        outcome: new.outcome.to_string(),
        reason: new.reason.map(|reason| reason.to_string()),
        note: new.note.clone(),
        promised: new.promised.map(|(amount, _)| amount.minor()),
        promised_currency: new
            .promised
            .map(|(amount, _)| amount.currency().to_string()),
        promised_on: new.promised.map(|(_, day)| day.date()),
        next_at: new.next_at.map(Moment::micros),
        made_at: new.at.micros(),
        made_by: new.by.clone(),
    };
    diesel::insert_into(call::table)
        .values(&row)
        .execute(&mut conn.db)?;
    let item = |(invoice, amount): &(domain::InvoiceId, Money)| ItemRow {
        supplier_id: supplier.to_string(),
        call_id: new.id.to_string(),
        invoice_id: invoice.to_string(),
        amount: amount.minor(),
        currency: amount.currency().to_string(),
    };
    let items: Vec<ItemRow> = new.argued.iter().map(item).collect();
    insert_all!(conn, call_item::table, items);
    Ok(())
}

/// One call.
pub fn find(conn: &mut Conn, supplier: SupplierId, id: CallId) -> Result<Call, StoreError> {
    let row: Row = call::table
        .find((supplier.to_string(), id.to_string()))
        .select(Row::as_select())
        .get_result(&mut conn.db)?;
    let mut found = vec![row.try_into()?];
    argue(conn, supplier, &mut found)?;
    found.pop().ok_or(StoreError::NotFound)
}

/// Whether a call of this id was noted.
pub fn is_known(conn: &mut Conn, supplier: SupplierId, id: CallId) -> Result<bool, StoreError> {
    match find(conn, supplier, id) {
        Ok(_) => Ok(true),
        Err(StoreError::NotFound) => Ok(false),
        Err(why) => Err(why),
    }
}

/// A debtor's calls, newest first.
pub fn of_debtor(
    conn: &mut Conn,
    supplier: SupplierId,
    debtor: DebtorId,
    slice: impl Into<Slice>,
) -> Result<Vec<Call>, StoreError> {
    let slice = slice.into();
    let rows: Vec<Row> = call::table
        .filter(call::supplier_id.eq(supplier.to_string()))
        .filter(call::debtor_id.eq(debtor.to_string()))
        .filter(call::made_at.lt(slice.before))
        .order(call::id.desc())
        .limit(slice.limit)
        .select(Row::as_select())
        .load(&mut conn.db)?;
    let calls: Result<Vec<Call>, StoreError> = rows.into_iter().map(TryInto::try_into).collect();
    let mut calls = calls?;
    argue(conn, supplier, &mut calls)?;
    Ok(calls)
}

/// The calls made from one instant until before another, oldest first.
pub fn between(
    conn: &mut Conn,
    supplier: SupplierId,
    (from, until): (Moment, Moment),
    limit: i64,
) -> Result<Vec<Call>, StoreError> {
    let rows: Vec<Row> = call::table
        .filter(call::supplier_id.eq(supplier.to_string()))
        .filter(call::made_at.ge(from.micros()))
        .filter(call::made_at.lt(until.micros()))
        .order((call::made_at, call::id))
        .limit(limit)
        .select(Row::as_select())
        .load(&mut conn.db)?;
    let calls: Result<Vec<Call>, StoreError> = rows.into_iter().map(TryInto::try_into).collect();
    let mut calls = calls?;
    argue(conn, supplier, &mut calls)?;
    Ok(calls)
}

/// Puts the invoices that were argued to their calls.
fn argue(conn: &mut Conn, supplier: SupplierId, calls: &mut [Call]) -> Result<(), StoreError> {
    let mut found: BTreeMap<String, Vec<(domain::InvoiceId, Money)>> = BTreeMap::new();
    for some in calls.chunks(500) {
        let ids: Vec<String> = some.iter().map(|one| one.id.to_string()).collect();
        let rows: Vec<(String, String, i64, String)> = call_item::table
            .filter(call_item::supplier_id.eq(supplier.to_string()))
            .filter(call_item::call_id.eq_any(ids))
            .order((call_item::call_id, call_item::invoice_id))
            .select((
                call_item::call_id,
                call_item::invoice_id,
                call_item::amount,
                call_item::currency,
            ))
            .load(&mut conn.db)?;
        for (id, invoice, amount, currency) in rows {
            let invoice = text("call_item.invoice_id", &invoice)?;
            let item = (invoice, money(amount, &currency)?);
            found.entry(id).or_default().push(item);
        }
    }
    for one in calls {
        one.argued = found.remove(&one.id.to_string()).unwrap_or_default();
    }
    Ok(())
}
