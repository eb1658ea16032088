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

/// An event that waits to be read, and how long it has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// The event.
    pub event: Event,
    /// When it came.
    pub received_at: Moment,
    /// How often it was put off.
    pub attempts: usize,
}

/// States of an event: to be read, read, or left to a person after many tries.
const NEW: &str = "new";
const DONE: &str = "done";
const STUCK: &str = "stuck";

/// Keeps an event; `false` when it was kept before.
pub fn insert(conn: &mut Conn, new: &Event, at: Moment) -> Result<bool, StoreError> {
    let values = (
        inbox::supplier_id.eq(new.supplier.to_string()),
        inbox::id.eq(new.id.to_string()),
        inbox::source.eq(&new.source),
        inbox::event_id.eq(&new.event_id),
        inbox::body.eq(&new.body),
        inbox::received_at.eq(at.micros()),
        inbox::state.eq(NEW),
        inbox::next_at.eq(at.micros()),
        inbox::attempts.eq(0),
    );
    let rows = each!(conn, db => {
        diesel::insert_into(inbox::table).values(values).on_conflict_do_nothing().execute(db)?
    });
    Ok(rows == 1)
}

/// Events that wait to be read, of all suppliers, oldest first.
pub fn waiting(conn: &mut Conn, now: Moment, limit: i64) -> Result<Vec<Waiting>, StoreError> {
    type Columns = (String, String, String, String, Vec<u8>, i64, i32);
    let rows: Vec<Columns> = inbox::table
        .filter(inbox::state.eq(NEW))
        .filter(inbox::next_at.le(now.micros()))
        .order((inbox::next_at, inbox::id))
        .limit(limit)
        .select((
            inbox::supplier_id,
            inbox::id,
            inbox::source,
            inbox::event_id,
            inbox::body,
            inbox::received_at,
            inbox::attempts,
        ))
        .load(&mut conn.db)?;
    rows.into_iter()
        .map(|(supplier, id, source, event_id, body, at, attempts)| {
            let event = Event {
                id: text("inbox.id", &id)?,
                supplier: text("inbox.supplier_id", &supplier)?,
                source,
                event_id,
                body,
            };
            Ok(Waiting {
                event,
                received_at: Moment::from_micros(at),
                attempts: usize::try_from(attempts).unwrap_or_default(),
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
        .set((inbox::state.eq(DONE), inbox::note.eq(note)))
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

/// Leaves an event to a person; what stood in the way is kept.
pub fn set_aside(
    conn: &mut Conn,
    supplier: SupplierId,
    id: InboxId,
    why: &str,
) -> Result<(), StoreError> {
    let rows = diesel::update(inbox::table.find((supplier.to_string(), id.to_string())))
        .set((inbox::state.eq(STUCK), inbox::note.eq(why)))
        .execute(&mut conn.db)?;
    changed_one(rows)
}

/// Has an event that was left to a person read again; `false` when none was.
pub fn again(
    conn: &mut Conn,
    supplier: SupplierId,
    id: InboxId,
    now: Moment,
) -> Result<bool, StoreError> {
    let row = inbox::table.find((supplier.to_string(), id.to_string()));
    let rows = diesel::update(row.filter(inbox::state.eq(STUCK)))
        .set((inbox::state.eq(NEW), inbox::next_at.eq(now.micros())))
        .execute(&mut conn.db)?;
    Ok(rows == 1)
}

/// Marks an event that was left to a person as settled by other means; `false` when none was.
pub fn close(conn: &mut Conn, supplier: SupplierId, id: InboxId) -> Result<bool, StoreError> {
    let row = inbox::table.find((supplier.to_string(), id.to_string()));
    let rows = diesel::update(row.filter(inbox::state.eq(STUCK)))
        .set(inbox::state.eq(DONE))
        .execute(&mut conn.db)?;
    Ok(rows == 1)
}

/// An event that a person is to deal with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stuck {
    /// Id.
    pub id: InboxId,
    /// Whose webhook address it came to.
    pub supplier: SupplierId,
    /// The provider's own id of the event.
    pub event_id: String,
    /// When it came.
    pub received_at: Moment,
    /// What stood in the way the last time.
    pub why: String,
}

/// Events that were left to a person, the oldest first.
pub fn stuck(
    conn: &mut Conn,
    suppliers: &[SupplierId],
    limit: i64,
) -> Result<Vec<Stuck>, StoreError> {
    let suppliers: Vec<String> = suppliers.iter().map(ToString::to_string).collect();
    let rows: Vec<(String, String, String, i64, Option<String>)> = inbox::table
        .filter(inbox::supplier_id.eq_any(suppliers))
        .filter(inbox::state.eq(STUCK))
        .order((inbox::next_at, inbox::id))
        .limit(limit)
        .select((
            inbox::supplier_id,
            inbox::id,
            inbox::event_id,
            inbox::received_at,
            inbox::note,
        ))
        .load(&mut conn.db)?;
    rows.into_iter()
        .map(|(supplier, id, event_id, at, why)| {
            Ok(Stuck {
                id: text("inbox.id", &id)?,
                supplier: text("inbox.supplier_id", &supplier)?,
                event_id,
                received_at: Moment::from_micros(at),
                why: why.unwrap_or_default(),
            })
        })
        .collect()
}
