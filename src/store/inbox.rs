//! Webhooks as they came: kept first, read later.

use diesel::prelude::*;
use domain::{InboxId, Moment, SupplierId};

use super::columns::text;
use super::conn::{Conn, each};
use super::error::{StoreError, changed_one};
use super::schema::inbox;

/// A received event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// Id.
    pub id: InboxId,
    /// Whose webhook address it came to.
    pub supplier: SupplierId,
    /// The provider: `stripe`.
    pub source: String,
    /// The provider's own id of the event.
    pub event_id: String,
    /// The bytes that were signed.
    pub body: Vec<u8>,
}

/// Keeps an event; `false` when it was kept before.
pub fn insert(conn: &mut Conn, new: &Event, at: Moment) -> Result<bool, StoreError> {
    let values = (
        inbox::supplier_id.eq(new.supplier.to_string()),
        inbox::id.eq(new.id.to_string()),
        inbox::source.eq(&new.source),
        inbox::event_id.eq(&new.event_id),
        inbox::body.eq(&new.body),
        inbox::received_at.eq(at.micros()),
        inbox::state.eq("new"),
        inbox::next_at.eq(at.micros()),
        inbox::attempts.eq(0),
    );
    let rows = each!(conn, db => {
        diesel::insert_into(inbox::table).values(values).on_conflict_do_nothing().execute(db)?
    });
    Ok(rows == 1)
}

/// Events that wait to be read, of all suppliers, oldest first.
pub fn waiting(conn: &mut Conn, now: Moment, limit: i64) -> Result<Vec<Event>, StoreError> {
    let rows: Vec<(String, String, String, String, Vec<u8>)> = inbox::table
        .filter(inbox::state.eq("new"))
        .filter(inbox::next_at.le(now.micros()))
        .order((inbox::next_at, inbox::id))
        .limit(limit)
        .select((
            inbox::supplier_id,
            inbox::id,
            inbox::source,
            inbox::event_id,
            inbox::body,
        ))
        .load(&mut conn.db)?;
    rows.into_iter()
        .map(|(supplier, id, source, event_id, body)| {
            Ok(Event {
                id: text("inbox.id", &id)?,
                supplier: text("inbox.supplier_id", &supplier)?,
                source,
                event_id,
                body,
            })
        })
        .collect()
}

/// Marks an event as read, with a word on what it led to. Reading it twice is harmless.
pub fn done(
    conn: &mut Conn,
    supplier: SupplierId,
    id: InboxId,
    note: &str,
) -> Result<(), StoreError> {
    let rows = diesel::update(inbox::table.find((supplier.to_string(), id.to_string())))
        .set((inbox::state.eq("done"), inbox::note.eq(note)))
        .execute(&mut conn.db)?;
    changed_one(rows)
}

/// Puts an event off; what stood in the way is kept.
pub fn put_off(
    conn: &mut Conn,
    supplier: SupplierId,
    id: InboxId,
    until: Moment,
    why: &str,
) -> Result<(), StoreError> {
    let rows = diesel::update(inbox::table.find((supplier.to_string(), id.to_string())))
        .set((
            inbox::next_at.eq(until.micros()),
            inbox::attempts.eq(inbox::attempts + 1),
            inbox::note.eq(why),
        ))
        .execute(&mut conn.db)?;
    changed_one(rows)
}
