//! Messages that go to a mailbox of their own, and not to their contact's.

use diesel::prelude::*;
use domain::{MessageId, SupplierId};

use crate::store::conn::Conn;
use crate::store::error::{StoreError, changed_one};
use crate::store::schema::message;

/// Says to which mailbox a message goes, where that is not its contact's.
pub fn address(
    conn: &mut Conn,
    supplier: SupplierId,
    id: MessageId,
    mailbox: &str,
) -> Result<(), StoreError> {
    let row = message::table.find((supplier.to_string(), id.to_string()));
    let rows = diesel::update(row)
        .set(message::recipient.eq(Some(mailbox)))
        .execute(&mut conn.db)?;
    changed_one(rows)
}

/// The mailbox a message goes to, once that was said.
pub fn addressed(
    conn: &mut Conn,
    supplier: SupplierId,
    id: MessageId,
) -> Result<Option<String>, StoreError> {
    Ok(message::table
        .find((supplier.to_string(), id.to_string()))
        .select(message::recipient)
        .get_result(&mut conn.db)?)
}
