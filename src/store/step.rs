//! Which steps of the scenario were taken for which invoice.

use std::collections::BTreeMap;

use diesel::prelude::*;
use domain::remind::LastStep;
use domain::{Day, InvoiceId, MessageId, SupplierId};

use super::columns::text;
use super::conn::{Conn, each};
use super::error::StoreError;
use super::schema::reminder_step;

/// A step taken for an invoice.
#[derive(Clone, Debug)]
pub struct NewStep {
    /// Which invoice.
    pub invoice: InvoiceId,
    /// The step's code.
    pub code: String,
    /// The scenario's version.
    pub version: u32,
    /// In which message.
    pub message: MessageId,
    /// On which day.
    pub on: Day,
}

/// Notes steps; one that was taken before is a [`StoreError::Conflict`], which undoes the message.
pub fn insert_many(
    conn: &mut Conn,
    supplier: SupplierId,
    new: &[NewStep],
) -> Result<(), StoreError> {
    let rows: Vec<_> = new
        .iter()
        .map(|step| {
            (
                reminder_step::supplier_id.eq(supplier.to_string()),
                reminder_step::invoice_id.eq(step.invoice.to_string()),
                reminder_step::cycle.eq(1),
                reminder_step::code.eq(step.code.clone()),
                reminder_step::scenario_version.eq(i32::try_from(step.version).unwrap_or(i32::MAX)),
                reminder_step::message_id.eq(step.message.to_string()),
                reminder_step::done_on.eq(step.on.date()),
            )
        })
        .collect();
    each!(conn, db => {
        for some in rows.chunks(500) {
            diesel::insert_into(reminder_step::table).values(some.to_vec()).execute(db)?;
        }
    });
    Ok(())
}

/// The latest step of each of these invoices.
pub fn last_of(
    conn: &mut Conn,
    supplier: SupplierId,
    invoices: &[InvoiceId],
) -> Result<BTreeMap<InvoiceId, LastStep>, StoreError> {
    let ids: Vec<String> = invoices.iter().map(ToString::to_string).collect();
    let rows: Vec<(String, String, chrono::NaiveDate)> = reminder_step::table
        .filter(reminder_step::supplier_id.eq(supplier.to_string()))
        .filter(reminder_step::invoice_id.eq_any(ids))
        .order((
            reminder_step::done_on,
            reminder_step::message_id,
            reminder_step::invoice_id,
        ))
        .select((
            reminder_step::invoice_id,
            reminder_step::code,
            reminder_step::done_on,
        ))
        .load(&mut conn.db)?;
    let mut last = BTreeMap::new();
    for (id, code, on) in rows {
        let id = text("reminder_step.invoice_id", &id)?;
        last.insert(
            id,
            LastStep {
                code,
                on: Day::from_date(on),
            },
        );
    }
    Ok(last)
}
