//! When an account was last written to of our own accord, and by which message.

use diesel::prelude::*;
use domain::message::{Message, MessageKind, MessageState};
use domain::{DebtorId, MessageId, Moment, SupplierId};

use crate::store::columns::text;
use crate::store::conn::Conn;
use crate::store::error::StoreError;
use crate::store::schema::message;

/// When the latest message of our own accord left, or is to leave: what went nowhere counts not.
pub fn last_written(
    conn: &mut Conn,
    supplier: SupplierId,
    debtor: DebtorId,
) -> Result<Option<Moment>, StoreError> {
    let own = MessageKind::ALL.iter().filter(|kind| kind.keeps_hours());
    let own: Vec<&str> = own.map(|kind| kind.as_str()).collect();
    let nowhere = [
        MessageState::Cancelled,
        MessageState::Failed,
        MessageState::Abandoned,
    ];
    let found: Vec<(String, i64, Option<i64>)> = message::table
        .filter(message::supplier_id.eq(supplier.to_string()))
        .filter(message::debtor_id.eq(debtor.to_string()))
        .filter(message::kind.eq_any(own))
        .filter(message::state.ne_all(nowhere.map(MessageState::as_str)))
        .order(message::id.desc())
        .limit(1)
        .select((message::state, message::due_at, message::done_at))
        .load(&mut conn.db)?;
    Ok(found.first().map(|(state, due_at, done_at)| {
        let sent = done_at.filter(|_| state == MessageState::Sent.as_str());
        Moment::from_micros(sent.unwrap_or(*due_at))
    }))
}

/// The latest reminder to the account before this one that left, not longer ago than this: mail
/// programs show the two together.
pub fn reminded_before(
    conn: &mut Conn,
    this: &Message,
    since: Moment,
) -> Result<Option<MessageId>, StoreError> {
    let reminders = MessageKind::ALL.iter().filter(|kind| kind.is_reminder());
    let reminders: Vec<&str> = reminders.map(|kind| kind.as_str()).collect();
    let found: Vec<String> = message::table
        .filter(message::supplier_id.eq(this.supplier.to_string()))
        .filter(message::debtor_id.eq(this.debtor.to_string()))
        .filter(message::kind.eq_any(reminders))
        .filter(message::state.eq(MessageState::Sent.as_str()))
        .filter(message::done_at.ge(since.micros()))
        .filter(message::id.lt(this.id.to_string()))
        .order(message::id.desc())
        .limit(1)
        .select(message::id)
        .load(&mut conn.db)?;
    let first = found.first().map(|id| text("message.id", id));
    first.transpose()
}
