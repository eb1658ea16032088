//! Texts of a supplier's own: their versions, and which of them are used.

use std::collections::BTreeMap;

use diesel::prelude::*;
use domain::message::Message;
use domain::own_text::{Draft, Slot};
use domain::{MessageId, Moment, SupplierId, TextId};

use super::columns::{small, text};
use super::conn::{Conn, each};
use super::error::{StoreError, changed_one};
use super::schema::{message, own_text, own_text_use};

/// A version of a text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OwnText {
    /// Id: messages name it.
    pub id: TextId,
    /// Where it stands.
    pub slot: Slot,
    /// Its number there, from 1.
    pub version: u32,
    /// The words.
    pub draft: Draft,
    /// When it was written.
    pub made_at: Moment,
    /// By whom.
    pub made_by: String,
}

/// A text that is used.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Used {
    /// Which version.
    pub text: OwnText,
    /// The first time that it could not be used, and why.
    pub failed: Option<(Moment, String)>,
}

type Columns = (
    String,
    String,
    String,
    String,
    i32,
    String,
    String,
    i64,
    String,
);

macro_rules! columns {
    () => {
        (
            own_text::id,
            own_text::kind,
            own_text::language,
            own_text::channel,
            own_text::version,
            own_text::subject,
            own_text::body,
            own_text::made_at,
            own_text::made_by,
        )
    };
}

fn read(columns: Columns) -> Result<OwnText, StoreError> {
    let (id, kind, language, channel, version, subject, body, made_at, made_by) = columns;
    Ok(OwnText {
        id: text("own_text.id", &id)?,
        slot: text("own_text.kind", &format!("{kind}.{language}.{channel}"))?,
        version: small("own_text.version", version)?,
        draft: Draft { subject, body },
        made_at: Moment::from_micros(made_at),
        made_by,
    })
}

macro_rules! of_slot {
    ($table:ident, $supplier:expr, $slot:expr) => {
        $table::table
            .filter($table::supplier_id.eq($supplier.to_string()))
            .filter($table::kind.eq($slot.kind.as_str()))
            .filter($table::language.eq($slot.language.as_str()))
            .filter($table::channel.eq($slot.channel.as_str()))
    };
}

/// The versions of one place, newest first.
pub fn versions(
    conn: &mut Conn,
    supplier: SupplierId,
    slot: Slot,
) -> Result<Vec<OwnText>, StoreError> {
    of_slot!(own_text, supplier, slot)
        .order((own_text::version.desc(), own_text::id))
        .select(columns!())
        .load::<Columns>(&mut conn.db)?
        .into_iter()
        .map(read)
        .collect()
}

/// One version.
pub fn find(conn: &mut Conn, supplier: SupplierId, id: TextId) -> Result<OwnText, StoreError> {
    let found: Columns = own_text::table
        .find((supplier.to_string(), id.to_string()))
        .select(columns!())
        .get_result(&mut conn.db)?;
    read(found)
}

/// Adds a version.
pub fn insert(conn: &mut Conn, supplier: SupplierId, new: &OwnText) -> Result<(), StoreError> {
    let values = (
        own_text::supplier_id.eq(supplier.to_string()),
        own_text::id.eq(new.id.to_string()),
        own_text::kind.eq(new.slot.kind.as_str()),
        own_text::language.eq(new.slot.language.as_str()),
        own_text::channel.eq(new.slot.channel.as_str()),
        own_text::version.eq(i32::try_from(new.version).unwrap_or(i32::MAX)),
        own_text::subject.eq(&new.draft.subject),
        own_text::body.eq(&new.draft.body),
        own_text::made_at.eq(new.made_at.micros()),
        own_text::made_by.eq(&new.made_by),
    );
    each!(conn, db => diesel::insert_into(own_text::table).values(values).execute(db)?);
    Ok(())
}

type UsedColumns = (Columns, Option<i64>, Option<String>);

fn read_used((columns, at, why): UsedColumns) -> Result<Used, StoreError> {
    Ok(Used {
        text: read(columns)?,
        failed: at.map(|at| (Moment::from_micros(at), why.unwrap_or_default())),
    })
}

/// The texts that are used, in the order of their places.
pub fn in_use(conn: &mut Conn, supplier: SupplierId) -> Result<Vec<Used>, StoreError> {
    let named = own_text::supplier_id
        .eq(own_text_use::supplier_id)
        .and(own_text::id.eq(own_text_use::text_id));
    own_text_use::table
        .inner_join(own_text::table.on(named))
        .filter(own_text_use::supplier_id.eq(supplier.to_string()))
        .order((
            own_text_use::kind,
            own_text_use::language,
            own_text_use::channel,
            own_text::id,
        ))
        .select((
            columns!(),
            own_text_use::failed_at,
            own_text_use::failed_why,
        ))
        .load::<UsedColumns>(&mut conn.db)?
        .into_iter()
        .map(read_used)
        .collect()
}

/// The text that is used in one place, if it is the supplier's own.
pub fn used(
    conn: &mut Conn,
    supplier: SupplierId,
    slot: Slot,
) -> Result<Option<OwnText>, StoreError> {
    let id: Option<String> = each!(conn, db => {
        of_slot!(own_text_use, supplier, slot)
            .select(own_text_use::text_id)
            .get_result(db)
            .optional()?
    });
    let id = id.map(|id| text("own_text_use.text_id", &id)).transpose()?;
    id.map(|id| find(conn, supplier, id)).transpose()
}

/// Has this version used in its place, or the text that is built in.
pub fn set_used(
    conn: &mut Conn,
    supplier: SupplierId,
    slot: Slot,
    version: Option<TextId>,
) -> Result<(), StoreError> {
    diesel::delete(of_slot!(own_text_use, supplier, slot)).execute(&mut conn.db)?;
    if let Some(id) = version {
        let values = (
            own_text_use::supplier_id.eq(supplier.to_string()),
            own_text_use::kind.eq(slot.kind.as_str()),
            own_text_use::language.eq(slot.language.as_str()),
            own_text_use::channel.eq(slot.channel.as_str()),
            own_text_use::text_id.eq(id.to_string()),
        );
        each!(conn, db => diesel::insert_into(own_text_use::table).values(values).execute(db)?);
    }
    Ok(())
}

/// Notes that a text could not be used; `true` when that is news.
pub fn failed(
    conn: &mut Conn,
    supplier: SupplierId,
    id: TextId,
    (why, at): (&str, Moment),
) -> Result<bool, StoreError> {
    let row = own_text_use::table
        .filter(own_text_use::supplier_id.eq(supplier.to_string()))
        .filter(own_text_use::text_id.eq(id.to_string()))
        .filter(own_text_use::failed_at.is_null());
    let rows = diesel::update(row)
        .set((
            own_text_use::failed_at.eq(Some(at.micros())),
            own_text_use::failed_why.eq(Some(why)),
        ))
        .execute(&mut conn.db)?;
    Ok(rows > 0)
}

/// How many of the texts in use failed.
pub fn failing(conn: &mut Conn, supplier: SupplierId) -> Result<usize, StoreError> {
    let count: i64 = own_text_use::table
        .filter(own_text_use::supplier_id.eq(supplier.to_string()))
        .filter(own_text_use::failed_at.is_not_null())
        .count()
        .get_result(&mut conn.db)?;
    Ok(usize::try_from(count).unwrap_or(usize::MAX))
}

/// Notes in which version a message was written.
pub fn name(conn: &mut Conn, of: &Message, id: TextId) -> Result<(), StoreError> {
    let row = message::table.find((of.supplier.to_string(), of.id.to_string()));
    let rows = diesel::update(row)
        .set(message::text_id.eq(Some(id.to_string())))
        .execute(&mut conn.db)?;
    changed_one(rows)
}

/// The versions that these messages were written in; those in the built-in words are left out.
pub fn of_messages(
    conn: &mut Conn,
    supplier: SupplierId,
    messages: &[MessageId],
) -> Result<BTreeMap<MessageId, OwnText>, StoreError> {
    let named = own_text::supplier_id
        .eq(message::supplier_id)
        .and(own_text::id.nullable().eq(message::text_id));
    let mut found = BTreeMap::new();
    for some in messages.chunks(500) {
        let ids: Vec<String> = some.iter().map(ToString::to_string).collect();
        let rows: Vec<(String, Columns)> = message::table
            .inner_join(own_text::table.on(named))
            .filter(message::supplier_id.eq(supplier.to_string()))
            .filter(message::id.eq_any(ids))
            .order(message::id)
            .select((message::id, columns!()))
            .load(&mut conn.db)?;
        for (id, columns) in rows {
            found.insert(text("message.id", &id)?, read(columns)?);
        }
    }
    Ok(found)
}
