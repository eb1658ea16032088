//! What waits for staff to do by hand, counted.

use std::collections::BTreeMap;

use diesel::dsl::{count_star, exists};
use diesel::prelude::*;
use domain::invoice::ItemKind;
use domain::message::MessageState;
use domain::scenario::Channel;
use domain::{Moment, SupplierId};

use super::texts;
use crate::store::approval;
use crate::store::columns::text;
use crate::store::conn::Conn;
use crate::store::error::StoreError;
use crate::store::schema::{invoice, message, message_invoice};

/// How much of what staff does by hand waits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ByHand {
    /// Calls to make.
    pub calls: usize,
    /// Letters to print.
    pub to_print: usize,
    /// Printed letters to post.
    pub to_post: usize,
    /// Messages to approve.
    pub to_approve: usize,
}

/// Counts it for each of these suppliers that has any. As in the lists of calls and letters, what
/// asks for nothing any more counts not, though it is called off only at the next look.
pub fn by_hand(
    conn: &mut Conn,
    suppliers: &[SupplierId],
    now: Moment,
) -> Result<BTreeMap<SupplierId, ByHand>, StoreError> {
    let waits = [
        MessageState::Due.as_str(),
        MessageState::Retry.as_str(),
        MessageState::Data.as_str(),
    ];
    let channels = [Channel::Letter.as_str(), Channel::Call.as_str()];
    let asked = message_invoice::table
        .inner_join(
            invoice::table.on(invoice::supplier_id
                .eq(message_invoice::supplier_id)
                .and(invoice::id.eq(message_invoice::invoice_id))),
        )
        .filter(message_invoice::supplier_id.eq(message::supplier_id))
        .filter(message_invoice::message_id.eq(message::id))
        .filter(invoice::kind.eq(ItemKind::Invoice.as_str()))
        .filter(invoice::open.gt(invoice::reserved + invoice::disputed + invoice::promised));
    // What is printed is to be posted or held back, whatever became of it.
    let printed = message::state.eq(MessageState::Data.as_str());
    let rows: Vec<(String, String, String, i64)> = message::table
        .filter(message::state.eq_any(waits))
        .filter(message::channel.eq_any(channels))
        .filter(message::supplier_id.eq_any(texts(suppliers)))
        .filter(message::due_at.le(now.micros()))
        .filter(printed.or(exists(asked)))
        .group_by((message::supplier_id, message::channel, message::state))
        .select((
            message::supplier_id,
            message::channel,
            message::state,
            count_star(),
        ))
        .load(&mut conn.db)?;
    let mut found: BTreeMap<SupplierId, ByHand> = BTreeMap::new();
    for (supplier, channel, state, count) in rows {
        let own = found.entry(text("message.supplier_id", &supplier)?);
        let own = own.or_default();
        let count = usize::try_from(count).unwrap_or_default();
        let channel: Channel = text("message.channel", &channel)?;
        let state: MessageState = text("message.state", &state)?;
        match (channel, state) {
            (Channel::Call, _) => own.calls += count,
            (_, MessageState::Data) => own.to_post += count,
            _ => own.to_print += count,
        }
    }
    for (supplier, count) in approval::count_waiting(conn, suppliers)? {
        found.entry(supplier).or_default().to_approve = count;
    }
    Ok(found)
}
