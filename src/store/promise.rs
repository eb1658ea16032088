//! Promises to pay and the invoices they cover.

mod judging;
mod telling;

use diesel::prelude::*;
use domain::invoice::Share;
use domain::payment::{Method, PaymentState};
use domain::plan::PlanState;
use domain::promise::{Promise, PromiseState};
use domain::{
    Currency, Day, DebtorId, InvoiceId, Moment, Money, PaymentId, PlanId, PromiseId, SupplierId,
};

use super::columns::{money, optional, text};
use super::conn::{Conn, each, insert_few};
use super::error::{StoreError, changed_one};
use super::schema::{payment, plan, promise, promise_share};
use super::slice::Slice;
pub use judging::{judged_on, missed_on, to_judge};
pub use telling::{to_tell, told_key};

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = promise, treat_none_as_default_value = false)]
struct Row {
    supplier_id: String,
    id: String,
    debtor_id: String,
    due_on: chrono::NaiveDate,
    currency: String,
    amount: i64,
    state: String,
    made_at: i64,
    method: Option<String>,
    payment_id: Option<String>,
    plan_id: Option<String>,
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
        method: optional("promise.method", row.method.as_deref())?,
        payment: optional("promise.payment_id", row.payment_id.as_deref())?,
        plan: optional("promise.plan_id", row.plan_id.as_deref())?,
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
        method: new.method.map(|method| method.to_string()),
        payment_id: new.payment.map(|id| id.to_string()),
        plan_id: new.plan.map(|id| id.to_string()),
    };
    each!(conn, db => diesel::insert_into(promise::table).values(&row).execute(db)?);
    insert_shares(conn, new.supplier, new.id, &new.shares)
}

fn insert_shares(
    conn: &mut Conn,
    supplier: SupplierId,
    promise: PromiseId,
    shares: &[Share],
) -> Result<(), StoreError> {
    let rows: Vec<ShareRow> = shares
        .iter()
        .map(|share| ShareRow {
            supplier_id: supplier.to_string(),
            promise_id: promise.to_string(),
            invoice_id: share.invoice.to_string(),
            amount: share.amount.minor(),
        })
        .collect();
    insert_few!(conn, promise_share::table, &rows);
    Ok(())
}

/// Puts other shares in the place of a promise's own: what is left of an instalment after money.
pub fn set_shares(
    conn: &mut Conn,
    supplier: SupplierId,
    promise: PromiseId,
    shares: &[Share],
) -> Result<(), StoreError> {
    let own = promise_share::table
        .filter(promise_share::supplier_id.eq(supplier.to_string()))
        .filter(promise_share::promise_id.eq(promise.to_string()));
    diesel::delete(own).execute(&mut conn.db)?;
    insert_shares(conn, supplier, promise, shares)
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
    slice: impl Into<Slice>,
) -> Result<Vec<Promise>, StoreError> {
    let slice = slice.into();
    let rows: Vec<Row> = promise::table
        .filter(promise::supplier_id.eq(supplier.to_string()))
        .filter(promise::debtor_id.eq(debtor.to_string()))
        .filter(promise::made_at.lt(slice.before))
        .order(promise::id.desc())
        .limit(slice.limit)
        .select(Row::as_select())
        .load(&mut conn.db)?;
    with_shares(conn, supplier, rows)
}

/// Waiting promises of a debtor that cover one of these invoices; instalments of plans too.
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
    covering(conn, supplier, rows, invoices)
}

/// The promises that a plan's instalments became, oldest first.
pub fn of_plan(
    conn: &mut Conn,
    supplier: SupplierId,
    debtor: DebtorId,
    plan: PlanId,
) -> Result<Vec<Promise>, StoreError> {
    let rows: Vec<Row> = promise::table
        .filter(promise::supplier_id.eq(supplier.to_string()))
        .filter(promise::debtor_id.eq(debtor.to_string()))
        .filter(promise::plan_id.eq(plan.to_string()))
        .order((promise::due_on, promise::id))
        .select(Row::as_select())
        .load(&mut conn.db)?;
    with_shares(conn, supplier, rows)
}

fn covering(
    conn: &mut Conn,
    supplier: SupplierId,
    rows: Vec<Row>,
    invoices: &[InvoiceId],
) -> Result<Vec<Promise>, StoreError> {
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

/// Plans that run and are debited, of which an instalment between two days has no debit yet.
pub fn plans_to_debit(
    conn: &mut Conn,
    supplier: SupplierId,
    (from, until): (Day, Day),
    limit: i64,
) -> Result<Vec<(PlanId, DebtorId)>, StoreError> {
    let debited = plan::table
        .filter(plan::supplier_id.eq(supplier.to_string()))
        .filter(plan::state.eq(PlanState::Active.as_str()))
        .filter(plan::mandate_id.is_not_null())
        .select(plan::id.nullable());
    let rows: Vec<(Option<String>, String)> = promise::table
        .filter(promise::supplier_id.eq(supplier.to_string()))
        .filter(promise::state.eq(PromiseState::Made.as_str()))
        .filter(promise::due_on.ge(from.date()))
        .filter(promise::due_on.le(until.date()))
        .filter(promise::payment_id.is_null())
        .filter(promise::plan_id.eq_any(debited))
        .order((promise::due_on, promise::id))
        .limit(limit)
        .select((promise::plan_id, promise::debtor_id))
        .load(&mut conn.db)?;
    plans(&rows)
}

/// Plans of which an instalment waits whose debit has come to an end, whatever the end was.
pub fn plans_past_debit(
    conn: &mut Conn,
    supplier: SupplierId,
    limit: i64,
) -> Result<Vec<(PlanId, DebtorId)>, StoreError> {
    let under_way = PaymentState::ALL.iter().filter(|state| state.reserves());
    let under_way: Vec<&str> = under_way.map(|state| state.as_str()).collect();
    let ended = payment::table
        .filter(payment::supplier_id.eq(promise::supplier_id))
        .filter(payment::id.nullable().eq(promise::payment_id))
        .filter(payment::state.ne_all(under_way));
    let rows: Vec<(Option<String>, String)> = promise::table
        .filter(promise::supplier_id.eq(supplier.to_string()))
        .filter(promise::state.eq(PromiseState::Made.as_str()))
        .filter(promise::method.eq(Method::Debit.as_str()))
        .filter(promise::plan_id.is_not_null())
        .filter(diesel::dsl::exists(ended))
        .order((promise::due_on, promise::id))
        .limit(limit)
        .select((promise::plan_id, promise::debtor_id))
        .load(&mut conn.db)?;
    plans(&rows)
}

fn plans(rows: &[(Option<String>, String)]) -> Result<Vec<(PlanId, DebtorId)>, StoreError> {
    let mut plans = Vec::with_capacity(rows.len());
    for (id, debtor) in rows {
        let debtor = text("promise.debtor_id", debtor)?;
        if let Some(id) = optional("promise.plan_id", id.as_deref())? {
            plans.push((id, debtor));
        }
    }
    Ok(plans)
}

/// Sets how a promise is to be kept, and the payment that was prepared for it.
pub fn set_way(conn: &mut Conn, of: &Promise) -> Result<(), StoreError> {
    let row = promise::table.find((of.supplier.to_string(), of.id.to_string()));
    let rows = diesel::update(row)
        .set((
            promise::method.eq(of.method.map(|method| method.to_string())),
            promise::payment_id.eq(of.payment.map(|id| id.to_string())),
        ))
        .execute(&mut conn.db)?;
    changed_one(rows)
}

/// The promise that a payment was ordered with.
pub fn of_payment(
    conn: &mut Conn,
    supplier: SupplierId,
    debtor: DebtorId,
    payment: PaymentId,
) -> Result<Option<Promise>, StoreError> {
    let id: Option<String> = promise::table
        .filter(promise::supplier_id.eq(supplier.to_string()))
        .filter(promise::debtor_id.eq(debtor.to_string()))
        .filter(promise::payment_id.eq(payment.to_string()))
        .select(promise::id)
        .order(promise::id.desc())
        .limit(1)
        .get_result(&mut conn.db)
        .optional()?;
    id.map(|id| find(conn, supplier, text("promise.id", &id)?))
        .transpose()
}

/// Moves a promise to another day: that of the debit which is to keep it.
pub fn set_due_on(
    conn: &mut Conn,
    supplier: SupplierId,
    id: PromiseId,
    day: Day,
) -> Result<(), StoreError> {
    let rows = diesel::update(promise::table.find((supplier.to_string(), id.to_string())))
        .set(promise::due_on.eq(day.date()))
        .execute(&mut conn.db)?;
    changed_one(rows)
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
