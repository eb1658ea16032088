//! The demonstration mailbox: kept copies of all suppliers. The only reads without a supplier that
//! a page makes; their routes exist in demonstrations alone.

use diesel::prelude::*;
use domain::scenario::Channel;
use domain::{CodeId, MessageId, Moment, SupplierId};

use super::columns::text;
use super::conn::Conn;
use super::debtor::literal;
use super::error::StoreError;
use super::schema::{debtor, message};

/// A kept copy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// Id.
    pub id: MessageId,
    /// The debtor's company name.
    pub company: String,
    /// The mailbox it went to.
    pub recipient: String,
    /// Its subject.
    pub subject: String,
    /// When it left, or was due.
    pub at: Moment,
    /// By which way.
    pub channel: Channel,
}

type Columns = (
    String,
    String,
    Option<String>,
    Option<String>,
    i64,
    Option<i64>,
    String,
);

fn kept(columns: Columns) -> Result<Kept, StoreError> {
    let (id, company, recipient, subject, due_at, done_at, channel) = columns;
    Ok(Kept {
        id: text("message.id", &id)?,
        company,
        recipient: recipient.unwrap_or_default(),
        subject: subject.unwrap_or_default(),
        at: Moment::from_micros(done_at.unwrap_or(due_at)),
        channel: text("message.channel", &channel)?,
    })
}

macro_rules! kept_columns {
    () => {
        (
            message::id,
            debtor::name,
            message::recipient,
            message::subject,
            message::due_at,
            message::done_at,
            message::channel,
        )
    };
}

/// Joins the debtor of a message.
macro_rules! with_debtor {
    () => {
        message::table.inner_join(
            debtor::table.on(debtor::supplier_id
                .eq(message::supplier_id)
                .and(debtor::id.eq(message::debtor_id))),
        )
    };
}

/// Kept copies, newest first, older than a given one, to a mailbox or company that holds `search`.
pub fn page(
    conn: &mut Conn,
    search: &str,
    before: Option<MessageId>,
    limit: i64,
) -> Result<Vec<Kept>, StoreError> {
    let mut query = with_debtor!()
        .filter(message::copy.is_not_null())
        .order(message::id.desc())
        .limit(limit)
        .select(kept_columns!())
        .into_boxed();
    if !search.is_empty() {
        let wanted = format!("%{}%", literal(&search.to_lowercase()));
        let company = debtor::search.like(wanted.clone()).escape('\\');
        // Mailboxes are written in small letters nearly always; a LIKE of SQLite knows no others.
        let mailbox = message::recipient.like(wanted).escape('\\');
        query = query.filter(company.nullable().or(mailbox));
    }
    if let Some(before) = before {
        query = query.filter(message::id.lt(before.to_string()));
    }
    query
        .load::<Columns>(&mut conn.db)?
        .into_iter()
        .map(kept)
        .collect()
}

/// The digits of a code that a message holds and that can still be typed.
pub fn digits(conn: &mut Conn, id: MessageId, now: Moment) -> Result<Option<String>, StoreError> {
    let (supplier, about): (String, String) = message::table
        .filter(message::id.eq(id.to_string()))
        .select((message::supplier_id, message::about))
        .get_result(&mut conn.db)?;
    let Ok(code) = about.parse::<CodeId>() else {
        return Ok(None);
    };
    let supplier: SupplierId = text("message.supplier_id", &supplier)?;
    let found = super::code::digits(conn, supplier, code, now)?;
    Ok(found.map(|(digits, _)| digits))
}

/// One kept copy and its bytes.
pub fn find(conn: &mut Conn, id: MessageId) -> Result<(Kept, Vec<u8>), StoreError> {
    let (columns, copy): (Columns, Option<Vec<u8>>) = with_debtor!()
        .filter(message::id.eq(id.to_string()))
        .select((kept_columns!(), message::copy))
        .get_result(&mut conn.db)?;
    Ok((kept(columns)?, copy.ok_or(StoreError::NotFound)?))
}
