//! Many messages at once.

use diesel::prelude::*;
use domain::message::{Message, MessageState};
use domain::{InvoiceId, MessageId, SupplierId};

use super::{NewMessage, Row};
use crate::store::conn::{Conn, insert_all};
use crate::store::error::StoreError;
use crate::store::schema::{message, message_invoice};

#[derive(Insertable)]
#[diesel(table_name = message, treat_none_as_default_value = false)]
struct NewRow {
    supplier_id: String,
    id: String,
    debtor_id: String,
    contact_id: String,
    kind: String,
    channel: String,
    state: String,
    dedup: String,
    due_at: i64,
    about: String,
}

#[derive(Insertable)]
#[diesel(table_name = message_invoice, treat_none_as_default_value = false)]
struct InvoiceRow {
    supplier_id: String,
    message_id: String,
    invoice_id: String,
}

/// Adds messages whose keys are new; one that is not is a [`StoreError::Conflict`].
pub fn enqueue_many(conn: &mut Conn, new: &[NewMessage]) -> Result<(), StoreError> {
    let row = |one: &NewMessage| NewRow {
        supplier_id: one.supplier.to_string(),
        id: one.id.to_string(),
        debtor_id: one.debtor.to_string(),
        contact_id: one.contact.to_string(),
        kind: one.kind.to_string(),
        channel: one.channel.to_string(),
        state: MessageState::Due.to_string(),
        dedup: one.dedup.clone(),
        due_at: one.due_at.micros(),
        about: one.about.clone(),
    };
    let rows: Vec<NewRow> = new.iter().map(row).collect();
    insert_all!(conn, message::table, rows);
    let listed = |one: &NewMessage| {
        let (supplier, message) = (one.supplier.to_string(), one.id.to_string());
        let row = move |invoice: &InvoiceId| InvoiceRow {
            supplier_id: supplier.clone(),
            message_id: message.clone(),
            invoice_id: invoice.to_string(),
        };
        one.invoices.iter().map(row).collect::<Vec<_>>()
    };
    let rows: Vec<InvoiceRow> = new.iter().flat_map(listed).collect();
    insert_all!(conn, message_invoice::table, rows);
    Ok(())
}

/// These messages as they are now; the missing ones are left out.
pub fn find_many(
    conn: &mut Conn,
    supplier: SupplierId,
    ids: &[MessageId],
) -> Result<Vec<Message>, StoreError> {
    let texts: Vec<String> = ids.iter().map(ToString::to_string).collect();
    message::table
        .filter(message::supplier_id.eq(supplier.to_string()))
        .filter(message::id.eq_any(texts))
        .order(message::id)
        .select(Row::as_select())
        .load::<Row>(&mut conn.db)?
        .into_iter()
        .map(TryInto::try_into)
        .collect()
}
