//! When an account was last written to of our own accord.

use diesel::prelude::*;
use domain::message::{MessageKind, MessageState};
use domain::{DebtorId, Moment, SupplierId};

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
