//! What debtors' people answered by mail.

use diesel::prelude::*;
use domain::{ContactId, DebtorId, MessageId, Moment, ReplyId, SupplierId};

use super::columns::{optional, text};
use super::conn::{Conn, each};
use super::error::StoreError;
use super::schema::reply;
use super::slice::Slice;

/// One answer.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Reply {
    /// Id.
    pub id: ReplyId,
    /// Whose file it belongs to.
    pub debtor: DebtorId,
    /// Who wrote, when the mailbox is one on file.
    pub contact: Option<ContactId>,
    /// The message it answers, when it says so.
    pub message: Option<MessageId>,
    /// From which mailbox.
    pub sender: String,
    /// Its subject.
    pub subject: String,
    /// Its words.
    pub text: String,
    /// What makes it the only one of its kind.
    pub event_key: String,
    /// When it came.
    pub at: Moment,
}

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = reply, treat_none_as_default_value = false)]
struct Row {
    supplier_id: String,
    id: String,
    debtor_id: String,
    contact_id: Option<String>,
    message_id: Option<String>,
    sender: String,
    subject: String,
    text: String,
    event_key: String,
    at: i64,
}

fn read(row: Row) -> Result<Reply, StoreError> {
    Ok(Reply {
        id: text("reply.id", &row.id)?,
        debtor: text("reply.debtor_id", &row.debtor_id)?,
        contact: optional("reply.contact_id", row.contact_id.as_deref())?,
        message: optional("reply.message_id", row.message_id.as_deref())?,
        sender: row.sender,
        subject: row.subject,
        text: row.text,
        event_key: row.event_key,
        at: Moment::from_micros(row.at),
    })
}

/// Keeps an answer; `false` when it was kept before.
pub fn insert(conn: &mut Conn, supplier: SupplierId, new: &Reply) -> Result<bool, StoreError> {
    let row = Row {
        supplier_id: supplier.to_string(),
        id: new.id.to_string(),
        debtor_id: new.debtor.to_string(),
        contact_id: new.contact.map(|id| id.to_string()),
        message_id: new.message.map(|id| id.to_string()),
        sender: new.sender.clone(),
        subject: new.subject.clone(),
        text: new.text.clone(),
        event_key: new.event_key.clone(),
        at: new.at.micros(),
    };
    let rows = each!(conn, db => {
        diesel::insert_into(reply::table).values(&row).on_conflict_do_nothing().execute(db)?
    });
    Ok(rows == 1)
}

/// What a debtor's people answered, newest first.
pub fn of_debtor(
    conn: &mut Conn,
    supplier: SupplierId,
    debtor: DebtorId,
    slice: impl Into<Slice>,
) -> Result<Vec<Reply>, StoreError> {
    let slice = slice.into();
    let rows: Vec<Row> = reply::table
        .filter(reply::supplier_id.eq(supplier.to_string()))
        .filter(reply::debtor_id.eq(debtor.to_string()))
        .filter(reply::at.lt(slice.before))
        .order(reply::id.desc())
        .limit(slice.limit)
        .select(Row::as_select())
        .load(&mut conn.db)?;
    rows.into_iter().map(read).collect()
}
