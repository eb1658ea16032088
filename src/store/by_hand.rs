//! Messages that staff sends: letters and calls. They wait in the outbox like all others, and no
//! delivery job takes them.

use std::collections::BTreeMap;

use diesel::prelude::*;
use domain::invoice::Invoice;
use domain::message::{Message, MessageState};
use domain::scenario::Channel;
use domain::{MessageId, Moment, SupplierId};

use super::columns::text;
use super::conn::Conn;
use super::error::{StoreError, changed_one};
use super::outbox::{Copy, Row};
use super::schema::{debtor, message};

const WAITING: [&str; 2] = [MessageState::Due.as_str(), MessageState::Retry.as_str()];

/// What waits to be done by a channel at this instant, the longest due first.
pub fn waiting(
    conn: &mut Conn,
    (supplier, channel): (SupplierId, Channel),
    now: Moment,
    limit: i64,
) -> Result<Vec<Message>, StoreError> {
    message::table
        .filter(message::state.eq_any(WAITING))
        .filter(message::channel.eq(channel.as_str()))
        .filter(message::supplier_id.eq(supplier.to_string()))
        .filter(message::due_at.le(now.micros()))
        .order((message::due_at, message::id))
        .limit(limit)
        .select(Row::as_select())
        .load::<Row>(&mut conn.db)?
        .into_iter()
        .map(TryInto::try_into)
        .collect()
}

/// What these messages are about, as it is now.
pub fn asked(
    conn: &mut Conn,
    supplier: SupplierId,
    messages: &[Message],
) -> Result<BTreeMap<MessageId, Vec<Invoice>>, StoreError> {
    let ids: Vec<String> = messages.iter().map(|one| one.id.to_string()).collect();
    let mut found: BTreeMap<MessageId, Vec<Invoice>> = BTreeMap::new();
    for (id, item) in super::invoice::of_messages(conn, supplier, &ids)? {
        found
            .entry(text("message.id", &id)?)
            .or_default()
            .push(item);
    }
    Ok(found)
}

/// What staff has decided or done about a message.
#[derive(Clone, Debug)]
pub struct Done {
    /// The state it has now.
    pub to: MessageState,
    /// In words.
    pub outcome: String,
    /// When.
    pub at: Moment,
    /// When it is due again, for one that waits.
    pub due_at: Option<Moment>,
    /// Whether this was an attempt to reach somebody.
    pub counts: bool,
}

/// Records it; a message that changed since it was read is a [`StoreError::Conflict`].
pub fn record(conn: &mut Conn, of: &Message, done: &Done) -> Result<(), StoreError> {
    let tried = i32::from(of.attempts).saturating_add(i32::from(done.counts));
    let row = message::table
        .find((of.supplier.to_string(), of.id.to_string()))
        .filter(message::state.eq(of.state.as_str()))
        .filter(message::fence.eq(of.fence));
    let rows = diesel::update(row)
        .set((
            message::state.eq(done.to.as_str()),
            message::fence.eq(message::fence + 1_i64),
            message::attempts.eq(tried),
            message::lease_until.eq(None::<i64>),
            message::outcome.eq(&done.outcome),
            message::done_at.eq(Some(done.at.micros())),
            message::due_at.eq(done.due_at.unwrap_or(of.due_at).micros()),
        ))
        .execute(&mut conn.db)?;
    changed_one(rows)
}

/// Marks a message as leaving under the guard's epoch, and keeps its copy. No lease: people take
/// the time they take.
pub fn start(conn: &mut Conn, of: &Message, copy: &Copy, epoch: i64) -> Result<(), StoreError> {
    let row = message::table
        .find((of.supplier.to_string(), of.id.to_string()))
        .filter(message::state.eq(of.state.as_str()))
        .filter(message::fence.eq(of.fence));
    let rows = diesel::update(row)
        .set((
            message::state.eq(MessageState::Data.as_str()),
            message::fence.eq(message::fence + 1_i64),
            message::attempts.eq(message::attempts + 1),
            message::lease_until.eq(None::<i64>),
            message::guard_epoch.eq(Some(epoch)),
            message::recipient.eq(&copy.recipient),
            message::subject.eq(&copy.subject),
            message::copy.eq(&copy.bytes),
        ))
        .execute(&mut conn.db)?;
    changed_one(rows)
}

/// What waits for staff at accounts that changed since it was last looked at.
pub fn unseen(
    conn: &mut Conn,
    supplier: SupplierId,
    limit: i64,
) -> Result<Vec<Message>, StoreError> {
    let by_hand = [Channel::Letter.as_str(), Channel::Call.as_str()];
    let changed = message::guard_epoch
        .is_null()
        .or(message::guard_epoch.ne(debtor::epoch.nullable()));
    message::table
        .inner_join(
            debtor::table.on(debtor::supplier_id
                .eq(message::supplier_id)
                .and(debtor::id.eq(message::debtor_id))),
        )
        .filter(message::state.eq_any(WAITING))
        .filter(message::channel.eq_any(by_hand))
        .filter(message::supplier_id.eq(supplier.to_string()))
        .filter(changed)
        // As the index has them: by the id SQLite would read all that was ever written.
        .order((
            message::state,
            message::channel,
            message::due_at,
            message::id,
        ))
        .limit(limit)
        .select(Row::as_select())
        .load::<Row>(&mut conn.db)?
        .into_iter()
        .map(TryInto::try_into)
        .collect()
}

/// Notes that these messages are still wanted of their accounts as they are now, whose guards the
/// caller holds.
pub fn seen(conn: &mut Conn, supplier: SupplierId, of: &[Message]) -> Result<(), StoreError> {
    let ids: Vec<String> = of.iter().map(|one| one.id.to_string()).collect();
    let epoch = debtor::table
        .filter(debtor::supplier_id.eq(message::supplier_id))
        .filter(debtor::id.eq(message::debtor_id))
        .select(debtor::epoch);
    let rows = message::table
        .filter(message::supplier_id.eq(supplier.to_string()))
        .filter(message::id.eq_any(ids))
        .filter(message::state.eq_any(WAITING));
    let rows = diesel::update(rows)
        .set(message::guard_epoch.eq(epoch.single_value()))
        .execute(&mut conn.db)?;
    match rows == of.len() {
        true => Ok(()),
        false => Err(StoreError::Conflict),
    }
}
