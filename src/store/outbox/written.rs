//! Which reminder an account had before.

use diesel::prelude::*;
use domain::message::{Message, MessageKind, MessageState};
use domain::{MessageId, Moment};

use crate::store::columns::text;
use crate::store::conn::Conn;
use crate::store::error::StoreError;
use crate::store::schema::message;

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
