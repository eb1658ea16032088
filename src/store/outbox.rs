//! Messages on their way out. Every change names the state and the fence it starts from, so a
//! sender that lost its lease changes nothing.

mod addressed;
mod many;
mod written;

use std::collections::BTreeSet;

use diesel::prelude::*;
use domain::message::{Message, MessageKind, MessageState};
use domain::scenario::Channel;
use domain::{ContactId, DebtorId, InvoiceId, MessageId, Moment, SupplierId};

use super::columns::{small, text};
use super::conn::{Conn, Db, each, insert_few};
use super::error::{StoreError, changed_one};
use super::schema::{message, message_invoice};
use super::slice::Slice;
pub use addressed::{address, addressed};
pub use many::{enqueue_many, find_many};
pub use written::reminded_before;

#[derive(Queryable, Selectable)]
#[diesel(table_name = message)]
pub(super) struct Row {
    supplier_id: String,
    id: String,
    debtor_id: String,
    contact_id: String,
    kind: String,
    channel: String,
    state: String,
    due_at: i64,
    attempts: i32,
    fence: i64,
    about: String,
}

impl TryFrom<Row> for Message {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: text("message.id", &row.id)?,
            supplier: text("message.supplier_id", &row.supplier_id)?,
            debtor: text("message.debtor_id", &row.debtor_id)?,
            contact: text("message.contact_id", &row.contact_id)?,
            kind: text::<MessageKind>("message.kind", &row.kind)?,
            channel: text("message.channel", &row.channel)?,
            state: text::<MessageState>("message.state", &row.state)?,
            due_at: Moment::from_micros(row.due_at),
            attempts: small("message.attempts", row.attempts)?,
            fence: row.fence,
            about: row.about,
        })
    }
}

/// A message to be sent.
#[derive(Clone, Debug)]
pub struct NewMessage {
    /// Id.
    pub id: MessageId,
    /// In whose name.
    pub supplier: SupplierId,
    /// To which debtor.
    pub debtor: DebtorId,
    /// To whom there.
    pub contact: ContactId,
    /// What about.
    pub kind: MessageKind,
    /// By which way.
    pub channel: Channel,
    /// What makes it the only one of its kind: a second one of the same key is not added.
    pub dedup: String,
    /// Not before.
    pub due_at: Moment,
    /// The id of what it is about, besides the account.
    pub about: String,
    /// The invoices it is about.
    pub invoices: Vec<InvoiceId>,
}

/// Adds a message; `false` when one with its key exists.
pub fn enqueue(conn: &mut Conn, new: &NewMessage) -> Result<bool, StoreError> {
    let supplier_id = new.supplier.to_string();
    let values = (
        message::supplier_id.eq(&supplier_id),
        message::id.eq(new.id.to_string()),
        message::debtor_id.eq(new.debtor.to_string()),
        message::contact_id.eq(new.contact.to_string()),
        message::kind.eq(new.kind.as_str()),
        message::channel.eq(new.channel.as_str()),
        message::state.eq(MessageState::Due.as_str()),
        message::dedup.eq(&new.dedup),
        message::due_at.eq(new.due_at.micros()),
        message::about.eq(&new.about),
    );
    let invoices: Vec<_> = new
        .invoices
        .iter()
        .map(|invoice| {
            (
                message_invoice::supplier_id.eq(supplier_id.clone()),
                message_invoice::message_id.eq(new.id.to_string()),
                message_invoice::invoice_id.eq(invoice.to_string()),
            )
        })
        .collect();
    let added = each!(conn, db => {
        diesel::insert_into(message::table).values(values).on_conflict_do_nothing().execute(db)?
    });
    if added == 1 {
        insert_few!(conn, message_invoice::table, &invoices);
    }
    Ok(added == 1)
}

/// Takes messages that are due and that a machine sends, of all suppliers, under a lease: for the
/// delivery job. What another node is taking at this moment is left to it.
pub fn claim(
    conn: &mut Conn,
    now: Moment,
    lease_until: Moment,
    limit: i64,
) -> Result<Vec<Message>, StoreError> {
    let waiting = [MessageState::Due.as_str(), MessageState::Retry.as_str()];
    let due = message::table
        .filter(message::state.eq_any(waiting))
        .filter(message::channel.eq_any(Channel::BY_MACHINE.iter().map(|one| one.as_str())))
        .filter(message::due_at.le(now.micros()))
        .order((message::due_at, message::id))
        .limit(limit)
        .select((message::supplier_id, message::id));
    let keys: Vec<(String, String)> = match &mut conn.db {
        Db::Pg(db) => due.for_update().skip_locked().load(db)?,
        Db::Sqlite(db) => due.load(db)?,
    };
    let (suppliers, ids): (BTreeSet<String>, Vec<String>) = keys.into_iter().unzip();
    // Both columns of the key: by the id alone the whole table would be read.
    let taken = || {
        message::table
            .filter(message::supplier_id.eq_any(suppliers.clone()))
            .filter(message::id.eq_any(ids.clone()))
    };
    diesel::update(taken())
        .set((
            message::state.eq(MessageState::Claimed.as_str()),
            message::fence.eq(message::fence + 1_i64),
            message::attempts.eq(message::attempts + 1),
            message::lease_until.eq(Some(lease_until.micros())),
        ))
        .execute(&mut conn.db)?;
    let rows: Vec<Row> = taken()
        .order((message::due_at, message::id))
        .select(Row::as_select())
        .load(&mut conn.db)?;
    rows.into_iter().map(TryInto::try_into).collect()
}

/// What ended leases leave behind: claimed messages wait again, those whose text had started are
/// unknown and wait for a human. Returns how many of each.
pub fn end_leases(conn: &mut Conn, now: Moment) -> Result<(usize, usize), StoreError> {
    let ended = |state: MessageState| {
        message::table
            .filter(message::state.eq(state.as_str()))
            .filter(message::lease_until.lt(now.micros()))
    };
    let again = diesel::update(ended(MessageState::Claimed))
        .set((
            message::state.eq(MessageState::Due.as_str()),
            message::fence.eq(message::fence + 1_i64),
        ))
        .execute(&mut conn.db)?;
    let unknown = diesel::update(ended(MessageState::Data))
        .set((
            message::state.eq(MessageState::Unknown.as_str()),
            message::fence.eq(message::fence + 1_i64),
            message::outcome.eq("the sender stopped while the text was on its way"),
        ))
        .execute(&mut conn.db)?;
    Ok((again, unknown))
}

/// What left, exactly: kept as evidence before it leaves.
#[derive(Clone, Debug)]
pub struct Copy {
    /// The mailbox it goes to.
    pub recipient: String,
    /// Its subject.
    pub subject: String,
    /// All of it, as handed to the mail server.
    pub bytes: Vec<u8>,
}

/// The row of a message, if it is in this state and the caller's claim is the latest.
macro_rules! held {
    ($of:expr, $state:expr) => {
        message::table
            .filter(message::supplier_id.eq($of.supplier.to_string()))
            .filter(message::id.eq($of.id.to_string()))
            .filter(message::state.eq($state.as_str()))
            .filter(message::fence.eq($of.fence))
    };
}

/// Marks a claimed message as leaving under the guard's epoch, and keeps its copy.
pub fn start_data(
    conn: &mut Conn,
    of: &Message,
    copy: &Copy,
    epoch: i64,
) -> Result<(), StoreError> {
    let rows = diesel::update(held!(of, MessageState::Claimed))
        .set((
            message::state.eq(MessageState::Data.as_str()),
            message::guard_epoch.eq(Some(epoch)),
            message::recipient.eq(&copy.recipient),
            message::subject.eq(&copy.subject),
            message::copy.eq(&copy.bytes),
        ))
        .execute(&mut conn.db)?;
    changed_one(rows)
}

/// Has a message that the caller holds go to another contact, as soon as it is taken again.
pub fn readdress(
    conn: &mut Conn,
    of: &Message,
    (from, to): (MessageState, MessageState),
    contact: ContactId,
    at: Moment,
) -> Result<(), StoreError> {
    let rows = diesel::update(held!(of, from))
        .set((
            message::state.eq(to.as_str()),
            message::contact_id.eq(contact.to_string()),
            message::due_at.eq(at.micros()),
        ))
        .execute(&mut conn.db)?;
    changed_one(rows)
}

/// What a sender reports of a message it holds.
#[derive(Clone, Debug)]
pub struct Report {
    /// The state it had.
    pub from: MessageState,
    /// The state it has now.
    pub to: MessageState,
    /// What the mail server said, or why it stopped.
    pub outcome: String,
    /// When.
    pub at: Moment,
    /// When to try again, for a message that waits.
    pub due_at: Option<Moment>,
}

/// Records what became of a message the caller holds.
pub fn record(conn: &mut Conn, of: &Message, report: &Report) -> Result<(), StoreError> {
    let rows = diesel::update(held!(of, report.from))
        .set((
            message::state.eq(report.to.as_str()),
            message::outcome.eq(&report.outcome),
            message::done_at.eq(Some(report.at.micros())),
            message::due_at.eq(report.due_at.unwrap_or(of.due_at).micros()),
        ))
        .execute(&mut conn.db)?;
    changed_one(rows)
}

/// A message as staff see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sent {
    /// The message.
    pub message: Message,
    /// Its subject, once composed.
    pub subject: Option<String>,
    /// The mailbox, once composed.
    pub recipient: Option<String>,
    /// What became of it.
    pub outcome: Option<String>,
    /// When that was known.
    pub done_at: Option<Moment>,
}

type SentColumns = (
    Row,
    Option<String>,
    Option<String>,
    Option<String>,
    Option<i64>,
);

fn sent((row, subject, recipient, outcome, done_at): SentColumns) -> Result<Sent, StoreError> {
    let done_at = done_at.map(Moment::from_micros);
    Ok(Sent {
        message: row.try_into()?,
        subject,
        recipient,
        outcome,
        done_at,
    })
}

macro_rules! sent_columns {
    () => {
        (
            Row::as_select(),
            message::subject,
            message::recipient,
            message::outcome,
            message::done_at,
        )
    };
}

/// A debtor's messages, the latest made first; how old one is says when it left or is to leave.
pub fn of_debtor(
    conn: &mut Conn,
    supplier: SupplierId,
    debtor: DebtorId,
    slice: impl Into<Slice>,
) -> Result<Vec<Sent>, StoreError> {
    let slice = slice.into();
    let over = message::done_at.lt(slice.before);
    let waiting = message::done_at
        .is_null()
        .and(message::due_at.lt(slice.before));
    message::table
        .filter(message::supplier_id.eq(supplier.to_string()))
        .filter(message::debtor_id.eq(debtor.to_string()))
        .filter(over.or(waiting))
        .order(message::id.desc())
        .limit(slice.limit)
        .select(sent_columns!())
        .load::<SentColumns>(&mut conn.db)?
        .into_iter()
        .map(sent)
        .collect()
}

/// A supplier's messages in a state, newest first.
pub fn in_state(
    conn: &mut Conn,
    supplier: SupplierId,
    state: MessageState,
    limit: i64,
) -> Result<Vec<Sent>, StoreError> {
    message::table
        .filter(message::supplier_id.eq(supplier.to_string()))
        .filter(message::state.eq(state.as_str()))
        .order(message::id.desc())
        .limit(limit)
        .select(sent_columns!())
        .load::<SentColumns>(&mut conn.db)?
        .into_iter()
        .map(sent)
        .collect()
}

/// One message, for a decision about it.
pub fn find(conn: &mut Conn, supplier: SupplierId, id: MessageId) -> Result<Message, StoreError> {
    message::table
        .find((supplier.to_string(), id.to_string()))
        .select(Row::as_select())
        .get_result(&mut conn.db)?
        .try_into()
}

/// The exact copy of a message that left or was about to.
pub fn copy(
    conn: &mut Conn,
    supplier: SupplierId,
    id: MessageId,
) -> Result<Option<Vec<u8>>, StoreError> {
    Ok(message::table
        .find((supplier.to_string(), id.to_string()))
        .select(message::copy)
        .get_result(&mut conn.db)?)
}

/// The invoices a message is about.
pub fn invoices(
    conn: &mut Conn,
    supplier: SupplierId,
    id: MessageId,
) -> Result<Vec<InvoiceId>, StoreError> {
    let ids: Vec<String> = message_invoice::table
        .filter(message_invoice::supplier_id.eq(supplier.to_string()))
        .filter(message_invoice::message_id.eq(id.to_string()))
        .order(message_invoice::invoice_id)
        .select(message_invoice::invoice_id)
        .load(&mut conn.db)?;
    ids.iter()
        .map(|id| text("message_invoice.invoice_id", id))
        .collect()
}
