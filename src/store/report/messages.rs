//! Messages whose fate a human decides.

use diesel::prelude::*;
use domain::message::{MessageKind, MessageState};
use domain::{MessageId, Moment, SupplierId};

use super::texts;
use super::today::Party;
use crate::store::columns::{small, text};
use crate::store::conn::Conn;
use crate::store::error::StoreError;
use crate::store::schema::{contact, debtor, message};

/// The states that only a human ends.
const UNDECIDED: [&str; 2] = [
    MessageState::Unknown.as_str(),
    MessageState::Failed.as_str(),
];

/// A message to decide on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ToDecide {
    /// Id.
    pub id: MessageId,
    /// About whom.
    pub party: Party,
    /// What about.
    pub kind: MessageKind,
    /// Unknown or failed.
    pub state: MessageState,
    /// The mailbox it went to, or would have.
    pub to: Option<String>,
    /// When it was last tried.
    pub at: Moment,
    /// How often.
    pub attempts: u16,
    /// Whether a copy is kept.
    pub copied: bool,
}

/// How many messages of these suppliers await a decision.
pub fn to_decide(conn: &mut Conn, suppliers: &[SupplierId]) -> Result<usize, StoreError> {
    let count: i64 = message::table
        .filter(message::state.eq_any(UNDECIDED))
        .filter(message::supplier_id.eq_any(texts(suppliers)))
        .count()
        .get_result(&mut conn.db)?;
    Ok(usize::try_from(count).unwrap_or_default())
}

/// These messages, oldest first.
pub fn messages_to_decide(
    conn: &mut Conn,
    suppliers: &[SupplierId],
    limit: i64,
) -> Result<Vec<ToDecide>, StoreError> {
    let rows: Vec<Row> = message::table
        .inner_join(
            debtor::table.on(debtor::supplier_id
                .eq(message::supplier_id)
                .and(debtor::id.eq(message::debtor_id))),
        )
        .inner_join(
            contact::table.on(contact::supplier_id
                .eq(message::supplier_id)
                .and(contact::id.eq(message::contact_id))),
        )
        .filter(message::state.eq_any(UNDECIDED))
        .filter(message::supplier_id.eq_any(texts(suppliers)))
        .order(message::id)
        .limit(limit)
        .select((
            (
                message::id,
                message::kind,
                message::state,
                message::due_at,
                message::done_at,
                message::attempts,
            ),
            (message::recipient, message::copy.is_not_null()),
            (debtor::supplier_id, debtor::id, debtor::name),
            contact::email,
        ))
        .load(&mut conn.db)?;
    rows.into_iter().map(read).collect()
}

type Row = (
    (String, String, String, i64, Option<i64>, i32),
    (Option<String>, bool),
    (String, String, String),
    Option<String>,
);

fn read((own, (recipient, copied), of, email): Row) -> Result<ToDecide, StoreError> {
    let (id, kind, state, due_at, done_at, attempts) = own;
    let (supplier, debtor, name) = of;
    Ok(ToDecide {
        id: text("message.id", &id)?,
        party: Party {
            supplier: text("debtor.supplier_id", &supplier)?,
            debtor: text("debtor.id", &debtor)?,
            name,
        },
        kind: text("message.kind", &kind)?,
        state: text("message.state", &state)?,
        to: recipient.or(email),
        at: Moment::from_micros(done_at.unwrap_or(due_at)),
        attempts: small("message.attempts", attempts)?,
        copied,
    })
}

/// Which of these suppliers a message belongs to, if any.
pub fn supplier_of_message(
    conn: &mut Conn,
    suppliers: &[SupplierId],
    id: MessageId,
) -> Result<SupplierId, StoreError> {
    let found: String = message::table
        .filter(message::supplier_id.eq_any(texts(suppliers)))
        .filter(message::id.eq(id.to_string()))
        .select(message::supplier_id)
        .get_result(&mut conn.db)?;
    text("message.supplier_id", &found)
}
