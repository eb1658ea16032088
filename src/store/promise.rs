//! Promises to pay and the invoices they cover.

use diesel::prelude::*;
use domain::invoice::Share;
use domain::promise::{Promise, PromiseState};
use domain::{Currency, Day, DebtorId, InvoiceId, Moment, Money, PromiseId, SupplierId};

use super::columns::{money, text};
use super::conn::{Conn, each, insert_few};
use super::error::{StoreError, changed_one};
use super::schema::{promise, promise_share};

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = promise)]
struct Row {
    supplier_id: String,
    id: String,
    debtor_id: String,
    due_on: chrono::NaiveDate,
    currency: String,
    amount: i64,
    state: String,
    made_at: i64,
}

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = promise_share, treat_none_as_default_value = false)]
struct ShareRow {
    supplier_id: String,
    promise_id: String,
    invoice_id: String,
    amount: i64,
}

fn read(row: Row, shares: Vec<Share>) -> Result<Promise, StoreError> {
    Ok(Promise {
        id: text("promise.id", &row.id)?,
        supplier: text("promise.supplier_id", &row.supplier_id)?,
        debtor: text("promise.debtor_id", &row.debtor_id)?,
        due_on: Day::from_date(row.due_on),
        amount: money(row.amount, &row.currency)?,
        state: text::<PromiseState>("promise.state", &row.state)?,
        made_at: Moment::from_micros(row.made_at),
        shares,
    })
}

fn share(row: &ShareRow, currency: Currency) -> Result<Share, StoreError> {
    let invoice = text::<InvoiceId>("promise_share.invoice_id", &row.invoice_id)?;
    Ok(Share {
        invoice,
        amount: Money::new(row.amount, currency),
    })
}

/// Puts the shares of several promises beside them.
fn with_shares(
    conn: &mut Conn,
    supplier: SupplierId,
    rows: Vec<Row>,
) -> Result<Vec<Promise>, StoreError> {
    let ids: Vec<&str> = rows.iter().map(|row| row.id.as_str()).collect();
    let shares: Vec<ShareRow> = promise_share::table
        .filter(promise_share::supplier_id.eq(supplier.to_string()))
        .filter(promise_share::promise_id.eq_any(ids))
        .order((promise_share::promise_id, promise_share::invoice_id))
        .select(ShareRow::as_select())
        .load(&mut conn.db)?;
    rows.into_iter()
        .map(|row| {
            let currency: Currency = text("promise.currency", &row.currency)?;
            let own = shares.iter().filter(|share| share.promise_id == row.id);
            let own = own
                .map(|row| share(row, currency))
                .collect::<Result<_, _>>()?;
            read(row, own)
        })
        .collect()
}

/// Adds a promise.
pub fn insert(conn: &mut Conn, new: &Promise) -> Result<(), StoreError> {
    let supplier_id = new.supplier.to_string();
    let row = Row {
        supplier_id: supplier_id.clone(),
        id: new.id.to_string(),
        debtor_id: new.debtor.to_string(),
        due_on: new.due_on.date(),
        currency: new.amount.currency().to_string(),
        amount: new.amount.minor(),
        state: new.state.to_string(),
        made_at: new.made_at.micros(),
    };
    let shares: Vec<ShareRow> = new
        .shares
        .iter()
        .map(|share| ShareRow {
            supplier_id: supplier_id.clone(),
            promise_id: row.id.clone(),
            invoice_id: share.invoice.to_string(),
            amount: share.amount.minor(),
        })
        .collect();
    each!(conn, db => diesel::insert_into(promise::table).values(&row).execute(db)?);
    insert_few!(conn, promise_share::table, &shares);
    Ok(())
}

/// One promise.
pub fn find(conn: &mut Conn, supplier: SupplierId, id: PromiseId) -> Result<Promise, StoreError> {
    let rows: Vec<Row> = promise::table
        .find((supplier.to_string(), id.to_string()))
        .select(Row::as_select())
        .load(&mut conn.db)?;
    with_shares(conn, supplier, rows)?
        .into_iter()
        .next()
        .ok_or(StoreError::NotFound)
}

/// A debtor's promises, newest first.
pub fn of_debtor(
    conn: &mut Conn,
    supplier: SupplierId,
    debtor: DebtorId,
    limit: i64,
) -> Result<Vec<Promise>, StoreError> {
    let rows: Vec<Row> = promise::table
        .filter(promise::supplier_id.eq(supplier.to_string()))
        .filter(promise::debtor_id.eq(debtor.to_string()))
        .order(promise::id.desc())
        .limit(limit)
        .select(Row::as_select())
        .load(&mut conn.db)?;
    with_shares(conn, supplier, rows)
}

/// Waiting promises of a debtor that cover one of these invoices.
pub fn waiting_on(
    conn: &mut Conn,
    supplier: SupplierId,
    debtor: DebtorId,
    invoices: &[InvoiceId],
) -> Result<Vec<Promise>, StoreError> {
    let rows: Vec<Row> = each!(conn, db => {
        promise::table
            .filter(promise::supplier_id.eq(supplier.to_string()))
            .filter(promise::debtor_id.eq(debtor.to_string()))
            .filter(promise::state.eq(PromiseState::Made.as_str()))
            .order(promise::id)
            .select(Row::as_select())
            .load(db)?
    });
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let mut found = with_shares(conn, supplier, rows)?;
    found.retain(|promise| {
        promise
            .shares
            .iter()
            .any(|share| invoices.contains(&share.invoice))
    });
    Ok(found)
}

/// Promises in a state whose day is `until` or earlier, oldest day first.
pub fn in_state_until(
    conn: &mut Conn,
    supplier: SupplierId,
    state: PromiseState,
    until: Day,
    limit: i64,
) -> Result<Vec<Promise>, StoreError> {
    let rows: Vec<Row> = promise::table
        .filter(promise::supplier_id.eq(supplier.to_string()))
        .filter(promise::state.eq(state.as_str()))
        .filter(promise::due_on.le(until.date()))
        .order((promise::due_on, promise::id))
        .limit(limit)
        .select(Row::as_select())
        .load(&mut conn.db)?;
    with_shares(conn, supplier, rows)
}

/// Moves a promise from one state to another, unless somebody did meanwhile.
pub fn set_state(
    conn: &mut Conn,
    supplier: SupplierId,
    id: PromiseId,
    from: PromiseState,
    to: PromiseState,
) -> Result<(), StoreError> {
    let row = promise::table
        .find((supplier.to_string(), id.to_string()))
        .filter(promise::state.eq(from.as_str()));
    let rows = diesel::update(row)
        .set(promise::state.eq(to.as_str()))
        .execute(&mut conn.db)?;
    changed_one(rows)
}
