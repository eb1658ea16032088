//! Disputes.

use diesel::prelude::*;
use domain::dispute::{Dispute, DisputeState, Reason};
use domain::{Day, DebtorId, DisputeId, Moment, SupplierId};

use super::columns::{money, text};
use super::conn::Conn;
use super::error::{StoreError, changed_one};
use super::schema::dispute;

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = dispute)]
struct Row {
    supplier_id: String,
    id: String,
    debtor_id: String,
    invoice_id: String,
    reason: String,
    currency: String,
    amount: i64,
    text: String,
    state: String,
    declared_at: i64,
    answer_by: chrono::NaiveDate,
}

impl TryFrom<Row> for Dispute {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: text("dispute.id", &row.id)?,
            supplier: text("dispute.supplier_id", &row.supplier_id)?,
            debtor: text("dispute.debtor_id", &row.debtor_id)?,
            invoice: text("dispute.invoice_id", &row.invoice_id)?,
            reason: text::<Reason>("dispute.reason", &row.reason)?,
            amount: money(row.amount, &row.currency)?,
            text: row.text,
            state: text::<DisputeState>("dispute.state", &row.state)?,
            declared_at: Moment::from_micros(row.declared_at),
            answer_by: Day::from_date(row.answer_by),
        })
    }
}

/// Adds a dispute.
pub fn insert(conn: &mut Conn, new: &Dispute) -> Result<(), StoreError> {
    let row = Row {
        supplier_id: new.supplier.to_string(),
        id: new.id.to_string(),
        debtor_id: new.debtor.to_string(),
        invoice_id: new.invoice.to_string(),
        reason: new.reason.to_string(),
        currency: new.amount.currency().to_string(),
        amount: new.amount.minor(),
        text: new.text.clone(),
        state: new.state.to_string(),
        declared_at: new.declared_at.micros(),
        answer_by: new.answer_by.date(),
    };
    diesel::insert_into(dispute::table)
        .values(&row)
        .execute(&mut conn.db)?;
    Ok(())
}

/// One dispute.
pub fn find(conn: &mut Conn, supplier: SupplierId, id: DisputeId) -> Result<Dispute, StoreError> {
    dispute::table
        .find((supplier.to_string(), id.to_string()))
        .select(Row::as_select())
        .get_result(&mut conn.db)?
        .try_into()
}

/// A debtor's disputes, newest first.
pub fn of_debtor(
    conn: &mut Conn,
    supplier: SupplierId,
    debtor: DebtorId,
    limit: i64,
) -> Result<Vec<Dispute>, StoreError> {
    dispute::table
        .filter(dispute::supplier_id.eq(supplier.to_string()))
        .filter(dispute::debtor_id.eq(debtor.to_string()))
        .order(dispute::id.desc())
        .limit(limit)
        .select(Row::as_select())
        .load(&mut conn.db)?
        .into_iter()
        .map(TryInto::try_into)
        .collect()
}

/// Disputes in a state, by the day an answer is owed.
pub fn in_state(
    conn: &mut Conn,
    supplier: SupplierId,
    state: DisputeState,
    limit: i64,
) -> Result<Vec<Dispute>, StoreError> {
    dispute::table
        .filter(dispute::supplier_id.eq(supplier.to_string()))
        .filter(dispute::state.eq(state.as_str()))
        .order((dispute::answer_by, dispute::id))
        .limit(limit)
        .select(Row::as_select())
        .load(&mut conn.db)?
        .into_iter()
        .map(TryInto::try_into)
        .collect()
}

/// Moves a dispute from one state to another, unless somebody did meanwhile.
pub fn set_state(
    conn: &mut Conn,
    supplier: SupplierId,
    id: DisputeId,
    from: DisputeState,
    to: DisputeState,
) -> Result<(), StoreError> {
    let row = dispute::table
        .find((supplier.to_string(), id.to_string()))
        .filter(dispute::state.eq(from.as_str()));
    let rows = diesel::update(row)
        .set(dispute::state.eq(to.as_str()))
        .execute(&mut conn.db)?;
    changed_one(rows)
}
