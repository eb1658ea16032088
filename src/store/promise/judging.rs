//! Promises that are judged, or judged again.

use diesel::prelude::*;
use domain::payment::{Method, PaymentState};
use domain::promise::{Promise, PromiseState};
use domain::{Day, DebtorId, InvoiceId, SupplierId};

use super::{Row, covering, with_shares};
use crate::store::conn::Conn;
use crate::store::error::StoreError;
use crate::store::schema::{payment, promise};

/// Promises of a debtor on these invoices that were judged: for money that is taken back.
pub fn judged_on(
    conn: &mut Conn,
    supplier: SupplierId,
    debtor: DebtorId,
    invoices: &[InvoiceId],
) -> Result<Vec<Promise>, StoreError> {
    let judged = [
        PromiseState::Kept,
        PromiseState::KeptLate,
        PromiseState::PartlyKept,
        PromiseState::Broken,
    ];
    of_states(conn, (supplier, debtor), &judged, invoices)
}

/// Promises of a debtor on these invoices that money did not keep, or not whole: it may come still.
pub fn missed_on(
    conn: &mut Conn,
    supplier: SupplierId,
    debtor: DebtorId,
    invoices: &[InvoiceId],
) -> Result<Vec<Promise>, StoreError> {
    let missed = [PromiseState::PartlyKept, PromiseState::Broken];
    let mut found = of_states(conn, (supplier, debtor), &missed, invoices)?;
    found.retain(|promise| promise.plan.is_none());
    Ok(found)
}

fn of_states(
    conn: &mut Conn,
    (supplier, debtor): (SupplierId, DebtorId),
    states: &[PromiseState],
    invoices: &[InvoiceId],
) -> Result<Vec<Promise>, StoreError> {
    let states: Vec<&str> = states.iter().map(|state| state.as_str()).collect();
    let rows: Vec<Row> = promise::table
        .filter(promise::supplier_id.eq(supplier.to_string()))
        .filter(promise::debtor_id.eq(debtor.to_string()))
        .filter(promise::state.eq_any(states))
        .order(promise::id)
        .select(Row::as_select())
        .load(&mut conn.db)?;
    covering(conn, supplier, rows, invoices)
}

/// Promises that wait, of no plan, whose day is `until` or earlier; oldest day first. One whose own
/// debit is under way is left out: it is judged when that ends.
pub fn to_judge(
    conn: &mut Conn,
    supplier: SupplierId,
    until: Day,
    limit: i64,
) -> Result<Vec<Promise>, StoreError> {
    let under_way = PaymentState::ALL.iter().filter(|state| state.reserves());
    let under_way: Vec<&str> = under_way.map(|state| state.as_str()).collect();
    let debits = payment::table
        .filter(payment::supplier_id.eq(promise::supplier_id))
        .filter(payment::id.nullable().eq(promise::payment_id))
        .filter(payment::method.eq(Method::Debit.as_str()))
        .filter(payment::state.eq_any(under_way));
    let rows: Vec<Row> = promise::table
        .filter(promise::supplier_id.eq(supplier.to_string()))
        .filter(promise::state.eq(PromiseState::Made.as_str()))
        .filter(promise::plan_id.is_null())
        .filter(promise::due_on.le(until.date()))
        .filter(diesel::dsl::not(diesel::dsl::exists(debits)))
        .order((promise::due_on, promise::id))
        .limit(limit)
        .select(Row::as_select())
        .load(&mut conn.db)?;
    with_shares(conn, supplier, rows)
}
