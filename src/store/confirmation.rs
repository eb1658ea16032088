//! What debtors said of invoices before they fell due. Rows are never changed.

use diesel::prelude::*;
use domain::confirmation::{Answers, Confirmation};
use domain::{Day, DebtorId, Moment, SupplierId};

use super::columns::text;
use super::conn::Conn;
use super::error::StoreError;
use super::schema::confirmation;
use super::slice::Slice;

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = confirmation, treat_none_as_default_value = false)]
struct Row {
    supplier_id: String,
    id: String,
    debtor_id: String,
    invoice_id: String,
    at: i64,
    received: Option<bool>,
    recorded: Option<bool>,
    conform: Option<bool>,
    pays_on: Option<chrono::NaiveDate>,
}

/// Adds an answer.
pub fn insert(conn: &mut Conn, new: &Confirmation) -> Result<(), StoreError> {
    let row = Row {
        supplier_id: new.supplier.to_string(),
        id: new.id.to_string(),
        debtor_id: new.debtor.to_string(),
        invoice_id: new.invoice.to_string(),
        at: new.at.micros(),
        received: new.answers.received,
        recorded: new.answers.recorded,
        conform: new.answers.conform,
        pays_on: new.answers.pays_on.map(Day::date),
    };
    diesel::insert_into(confirmation::table)
        .values(&row)
        .execute(&mut conn.db)?;
    Ok(())
}

/// What a debtor said of its invoices, newest first.
pub fn of_debtor(
    conn: &mut Conn,
    supplier: SupplierId,
    debtor: DebtorId,
    slice: impl Into<Slice>,
) -> Result<Vec<Confirmation>, StoreError> {
    let slice = slice.into();
    let rows: Vec<Row> = confirmation::table
        .filter(confirmation::supplier_id.eq(supplier.to_string()))
        .filter(confirmation::debtor_id.eq(debtor.to_string()))
        .filter(confirmation::at.lt(slice.before))
        .order(confirmation::id.desc())
        .limit(slice.limit)
        .select(Row::as_select())
        .load(&mut conn.db)?;
    rows.into_iter()
        .map(|row| {
            Ok(Confirmation {
                id: text("confirmation.id", &row.id)?,
                supplier: text("confirmation.supplier_id", &row.supplier_id)?,
                debtor: text("confirmation.debtor_id", &row.debtor_id)?,
                invoice: text("confirmation.invoice_id", &row.invoice_id)?,
                at: Moment::from_micros(row.at),
                answers: Answers {
                    received: row.received,
                    recorded: row.recorded,
                    conform: row.conform,
                    pays_on: row.pays_on.map(Day::from_date),
                },
            })
        })
        .collect()
}
