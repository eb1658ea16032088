//! Which steps of the scenario were taken or passed over for which invoice.

use std::collections::BTreeMap;

use diesel::prelude::*;
use domain::remind::LastStep;
use domain::scenario::Channel;
use domain::unsent::Unsent;
use domain::{Day, InvoiceId, MessageId, ScenarioId, SupplierId};

use super::columns::{optional, small, text};
use super::conn::{Conn, insert_all};
use super::error::StoreError;
use super::schema::{message_invoice, reminder_step, step_passed};

/// Which step of which scenario.
#[derive(Clone, Debug)]
pub struct Named<'a> {
    /// Of which invoice.
    pub invoice: InvoiceId,
    /// The step's code.
    pub code: &'a str,
    /// The scenario; none for the one that is built in.
    pub scenario: Option<ScenarioId>,
    /// Its version.
    pub version: u32,
    /// On which day.
    pub on: Day,
}

/// A returned payment would start another.
const CYCLE: i32 = 1;

#[derive(Insertable)]
#[diesel(table_name = reminder_step, treat_none_as_default_value = false)]
struct TakenRow {
    supplier_id: String,
    invoice_id: String,
    cycle: i32,
    code: String,
    scenario_version: i32,
    message_id: String,
    done_on: chrono::NaiveDate,
    scenario_id: Option<String>,
    channel: String,
}

#[derive(Insertable)]
#[diesel(table_name = step_passed, treat_none_as_default_value = false)]
struct PassedRow {
    supplier_id: String,
    invoice_id: String,
    cycle: i32,
    code: String,
    scenario_id: Option<String>,
    scenario_version: i32,
    reason: String,
    passed_on: chrono::NaiveDate,
}

fn number(version: u32) -> i32 {
    i32::try_from(version).unwrap_or(i32::MAX)
}

/// Notes steps that were taken in messages by a channel; one that was taken before is a
/// [`StoreError::Conflict`], which undoes the message.
pub fn insert_many(
    conn: &mut Conn,
    supplier: SupplierId,
    new: &[(Named<'_>, MessageId, Channel)],
) -> Result<(), StoreError> {
    let rows: Vec<TakenRow> = new
        .iter()
        .map(|(step, message, channel)| TakenRow {
            supplier_id: supplier.to_string(),
            invoice_id: step.invoice.to_string(),
            cycle: CYCLE,
            code: step.code.to_owned(),
            scenario_version: number(step.version),
            message_id: message.to_string(),
            done_on: step.on.date(),
            scenario_id: step.scenario.map(|id| id.to_string()),
            channel: channel.to_string(),
        })
        .collect();
    insert_all!(conn, reminder_step::table, rows);
    Ok(())
}

/// Notes steps that were passed over, and why.
pub fn pass_many(
    conn: &mut Conn,
    supplier: SupplierId,
    new: &[(Named<'_>, Unsent)],
) -> Result<(), StoreError> {
    let rows: Vec<PassedRow> = new
        .iter()
        .map(|(step, why)| PassedRow {
            supplier_id: supplier.to_string(),
            invoice_id: step.invoice.to_string(),
            cycle: CYCLE,
            code: step.code.to_owned(),
            scenario_id: step.scenario.map(|id| id.to_string()),
            scenario_version: number(step.version),
            reason: why.to_string(),
            passed_on: step.on.date(),
        })
        .collect();
    insert_all!(conn, step_passed::table, rows);
    Ok(())
}

/// Takes back the steps of a message that did not leave: their turn comes again.
pub fn forget(conn: &mut Conn, supplier: SupplierId, of: MessageId) -> Result<(), StoreError> {
    let listed = message_invoice::table
        .filter(message_invoice::supplier_id.eq(supplier.to_string()))
        .filter(message_invoice::message_id.eq(of.to_string()))
        .select(message_invoice::invoice_id);
    let steps = reminder_step::table
        .filter(reminder_step::supplier_id.eq(supplier.to_string()))
        .filter(reminder_step::invoice_id.eq_any(listed))
        .filter(reminder_step::message_id.eq(of.to_string()));
    diesel::delete(steps).execute(&mut conn.db)?;
    Ok(())
}

/// A step that was taken: its code, its scenario and version; none for the scenario that is built
/// in.
pub type Taken = (String, Option<(ScenarioId, u32)>);

/// The steps of these messages, of those that have any.
pub fn of_messages(
    conn: &mut Conn,
    supplier: SupplierId,
    messages: &[MessageId],
) -> Result<BTreeMap<MessageId, Vec<Taken>>, StoreError> {
    let mut found: BTreeMap<MessageId, Vec<Taken>> = BTreeMap::new();
    for some in messages.chunks(500) {
        let ids: Vec<String> = some.iter().map(ToString::to_string).collect();
        // By the invoices of the message: of them alone there is an index.
        let named = reminder_step::supplier_id
            .eq(message_invoice::supplier_id)
            .and(reminder_step::invoice_id.eq(message_invoice::invoice_id))
            .and(reminder_step::message_id.eq(message_invoice::message_id));
        let rows: Vec<(String, String, Option<String>, i32)> = message_invoice::table
            .inner_join(reminder_step::table.on(named))
            .filter(message_invoice::supplier_id.eq(supplier.to_string()))
            .filter(message_invoice::message_id.eq_any(ids))
            .order((
                message_invoice::message_id,
                reminder_step::code,
                reminder_step::invoice_id,
            ))
            .select((
                message_invoice::message_id,
                reminder_step::code,
                reminder_step::scenario_id,
                reminder_step::scenario_version,
            ))
            .load(&mut conn.db)?;
        for (message, code, id, version) in rows {
            let id = optional("reminder_step.scenario_id", id.as_deref())?;
            let version = small("reminder_step.scenario_version", version)?;
            found
                .entry(text("reminder_step.message_id", &message)?)
                .or_default()
                .push((code, id.map(|id| (id, version))));
        }
    }
    Ok(found)
}

/// What was done of an invoice's scenario.
#[derive(Clone, Debug, Default)]
pub struct Course {
    /// The latest step that was taken.
    pub last: Option<LastStep>,
    /// The codes that were passed over.
    pub passed: Vec<String>,
}

/// What was done of each of these invoices, as far as anything was.
pub fn courses(
    conn: &mut Conn,
    supplier: SupplierId,
    invoices: &[InvoiceId],
) -> Result<BTreeMap<InvoiceId, Course>, StoreError> {
    let mut found: BTreeMap<InvoiceId, Course> = BTreeMap::new();
    for some in invoices.chunks(500) {
        let ids: Vec<String> = some.iter().map(ToString::to_string).collect();
        let taken: Vec<(String, String, chrono::NaiveDate)> = reminder_step::table
            .filter(reminder_step::supplier_id.eq(supplier.to_string()))
            .filter(reminder_step::invoice_id.eq_any(&ids))
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
        for (id, code, on) in taken {
            let own = found.entry(text("reminder_step.invoice_id", &id)?);
            let on = Day::from_date(on);
            own.or_default().last = Some(LastStep { code, on });
        }
        let passed: Vec<(String, String)> = step_passed::table
            .filter(step_passed::supplier_id.eq(supplier.to_string()))
            .filter(step_passed::invoice_id.eq_any(&ids))
            .order((step_passed::invoice_id, step_passed::code))
            .select((step_passed::invoice_id, step_passed::code))
            .load(&mut conn.db)?;
        for (id, code) in passed {
            let own = found.entry(text("step_passed.invoice_id", &id)?);
            own.or_default().passed.push(code);
        }
    }
    Ok(found)
}
