//! The lines that a dispute names; never changed.

use diesel::prelude::*;
use domain::dispute::lines::{DisputedLine, Fault};
use domain::{DisputeId, Money, SupplierId};

use super::columns::{money, text};
use super::conn::{Conn, insert_few};
use super::error::StoreError;
use super::schema::dispute_line;

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = dispute_line)]
struct Row {
    supplier_id: String,
    dispute_id: String,
    n: i32,
    label: String,
    fault: String,
    currency: String,
    amount: i64,
}

/// Keeps the lines of a new dispute, in their order.
pub fn insert(
    conn: &mut Conn,
    supplier: SupplierId,
    dispute: DisputeId,
    lines: &[DisputedLine],
) -> Result<(), StoreError> {
    if lines.is_empty() {
        return Ok(());
    }
    let numbered = lines.iter().zip(1_i32..);
    let rows: Vec<Row> = numbered
        .map(|(line, n)| Row {
            supplier_id: supplier.to_string(),
            dispute_id: dispute.to_string(),
            n,
            label: line.label.clone(),
            fault: line.fault.to_string(),
            currency: line.amount.currency().to_string(),
            amount: line.amount.minor(),
        })
        .collect();
    insert_few!(conn, dispute_line::table, &rows);
    Ok(())
}

/// The lines of a dispute; none when it is about an amount alone.
pub fn of_dispute(
    conn: &mut Conn,
    supplier: SupplierId,
    dispute: DisputeId,
) -> Result<Vec<DisputedLine>, StoreError> {
    let rows: Vec<Row> = dispute_line::table
        .filter(dispute_line::supplier_id.eq(supplier.to_string()))
        .filter(dispute_line::dispute_id.eq(dispute.to_string()))
        .order(dispute_line::n)
        .select(Row::as_select())
        .load(&mut conn.db)?;
    rows.into_iter()
        .map(|row| {
            let amount: Money = money(row.amount, &row.currency)?;
            Ok(DisputedLine {
                label: row.label,
                fault: text::<Fault>("dispute_line.fault", &row.fault)?,
                amount,
            })
        })
        .collect()
}
