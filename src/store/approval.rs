//! Messages that a person is asked about before they leave.

use std::collections::BTreeMap;

use diesel::prelude::*;
use domain::approval::ApprovalState;
use domain::message::MessageKind;
use domain::scenario::Channel;
use domain::{ApprovalId, DebtorId, InvoiceId, MessageId, Moment, ScenarioId, SupplierId};

use super::columns::{optional, small, text};
use super::conn::{Conn, insert_few};
use super::error::{StoreError, changed_one};
use super::schema::{approval, approval_item};

/// A question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Approval {
    /// Id.
    pub id: ApprovalId,
    /// About whose account.
    pub debtor: DebtorId,
    /// What would be written.
    pub kind: MessageKind,
    /// By which channel.
    pub channel: Channel,
    /// By which scenario; none for the one that is built in.
    pub scenario: Option<ScenarioId>,
    /// Its version.
    pub version: u32,
    /// How it stands.
    pub state: ApprovalState,
    /// Since when.
    pub asked_at: Moment,
    /// The invoices, each with the step it would take.
    pub items: Vec<(InvoiceId, String)>,
}

type Columns = (
    String,
    String,
    String,
    String,
    Option<String>,
    i32,
    String,
    i64,
);

macro_rules! columns {
    () => {
        (
            approval::id,
            approval::debtor_id,
            approval::kind,
            approval::channel,
            approval::scenario_id,
            approval::scenario_version,
            approval::state,
            approval::asked_at,
        )
    };
}

fn read(columns: Columns, items: Vec<(InvoiceId, String)>) -> Result<Approval, StoreError> {
    let (id, debtor, kind, channel, scenario, version, state, asked_at) = columns;
    Ok(Approval {
        id: text("approval.id", &id)?,
        debtor: text("approval.debtor_id", &debtor)?,
        kind: text("approval.kind", &kind)?,
        channel: text("approval.channel", &channel)?,
        scenario: optional("approval.scenario_id", scenario.as_deref())?,
        version: small("approval.scenario_version", version)?,
        state: text("approval.state", &state)?,
        asked_at: Moment::from_micros(asked_at),
        items,
    })
}

/// Adds one.
pub fn insert(conn: &mut Conn, supplier: SupplierId, new: &Approval) -> Result<(), StoreError> {
    diesel::insert_into(approval::table)
        .values((
            approval::supplier_id.eq(supplier.to_string()),
            approval::id.eq(new.id.to_string()),
            approval::debtor_id.eq(new.debtor.to_string()),
            approval::kind.eq(new.kind.as_str()),
            approval::channel.eq(new.channel.as_str()),
            approval::scenario_id.eq(new.scenario.map(|id| id.to_string())),
            approval::scenario_version.eq(i32::try_from(new.version).unwrap_or(i32::MAX)),
            approval::state.eq(new.state.as_str()),
            approval::asked_at.eq(new.asked_at.micros()),
        ))
        .execute(&mut conn.db)?;
    let row = |(invoice, code): &(InvoiceId, String)| {
        (
            approval_item::supplier_id.eq(supplier.to_string()),
            approval_item::approval_id.eq(new.id.to_string()),
            approval_item::invoice_id.eq(invoice.to_string()),
            approval_item::code.eq(code.clone()),
        )
    };
    let rows: Vec<_> = new.items.iter().map(row).collect();
    insert_few!(conn, approval_item::table, &rows);
    Ok(())
}

fn items(
    conn: &mut Conn,
    supplier: SupplierId,
    id: &str,
) -> Result<Vec<(InvoiceId, String)>, StoreError> {
    let rows: Vec<(String, String)> = approval_item::table
        .filter(approval_item::supplier_id.eq(supplier.to_string()))
        .filter(approval_item::approval_id.eq(id))
        .order(approval_item::invoice_id)
        .select((approval_item::invoice_id, approval_item::code))
        .load(&mut conn.db)?;
    rows.into_iter()
        .map(|(id, code)| Ok((text("approval_item.invoice_id", &id)?, code)))
        .collect()
}

/// One of them.
pub fn find(conn: &mut Conn, supplier: SupplierId, id: ApprovalId) -> Result<Approval, StoreError> {
    let found: Columns = approval::table
        .find((supplier.to_string(), id.to_string()))
        .select(columns!())
        .get_result(&mut conn.db)?;
    let items = items(conn, supplier, &id.to_string())?;
    read(found, items)
}

/// Those that wait, oldest first.
pub fn waiting(
    conn: &mut Conn,
    supplier: SupplierId,
    limit: i64,
) -> Result<Vec<Approval>, StoreError> {
    let rows: Vec<Columns> = approval::table
        .filter(approval::supplier_id.eq(supplier.to_string()))
        .filter(approval::state.eq(ApprovalState::Waiting.as_str()))
        .order(approval::id)
        .limit(limit)
        .select(columns!())
        .load(&mut conn.db)?;
    let whole = |row: Columns| {
        let items = items(conn, supplier, &row.0)?;
        read(row, items)
    };
    rows.into_iter().map(whole).collect()
}

/// How many wait, of each of these suppliers that has any.
pub fn count_waiting(
    conn: &mut Conn,
    suppliers: &[SupplierId],
) -> Result<BTreeMap<SupplierId, usize>, StoreError> {
    let ids: Vec<String> = suppliers.iter().map(ToString::to_string).collect();
    let rows: Vec<(String, i64)> = approval::table
        .filter(approval::supplier_id.eq_any(ids))
        .filter(approval::state.eq(ApprovalState::Waiting.as_str()))
        .group_by(approval::supplier_id)
        .select((approval::supplier_id, diesel::dsl::count_star()))
        .load(&mut conn.db)?;
    let read = |(supplier, count): (String, i64)| {
        let supplier = text("approval.supplier_id", &supplier)?;
        Ok((supplier, usize::try_from(count).unwrap_or_default()))
    };
    rows.into_iter().map(read).collect()
}

/// The invoices of these debtors that a question waits about.
pub fn asked_of(
    conn: &mut Conn,
    supplier: SupplierId,
    debtors: &[String],
) -> Result<Vec<InvoiceId>, StoreError> {
    let ids: Vec<String> = approval::table
        .inner_join(
            approval_item::table.on(approval_item::supplier_id
                .eq(approval::supplier_id)
                .and(approval_item::approval_id.eq(approval::id))),
        )
        .filter(approval::supplier_id.eq(supplier.to_string()))
        .filter(approval::debtor_id.eq_any(debtors))
        .filter(approval::state.eq(ApprovalState::Waiting.as_str()))
        .order((approval_item::invoice_id, approval_item::approval_id))
        .select(approval_item::invoice_id)
        .load(&mut conn.db)?;
    ids.iter()
        .map(|id| text("approval_item.invoice_id", id))
        .collect()
}

/// Records the answer to one that waits; one that was answered is a [`StoreError::Conflict`].
pub fn answer(
    conn: &mut Conn,
    (supplier, id): (SupplierId, ApprovalId),
    to: ApprovalState,
    (at, by): (Moment, &str),
    message: Option<MessageId>,
) -> Result<(), StoreError> {
    let row = approval::table
        .find((supplier.to_string(), id.to_string()))
        .filter(approval::state.eq(ApprovalState::Waiting.as_str()));
    let rows = diesel::update(row)
        .set((
            approval::state.eq(to.as_str()),
            approval::answered_at.eq(Some(at.micros())),
            approval::answered_by.eq(Some(by)),
            approval::message_id.eq(message.map(|id| id.to_string())),
        ))
        .execute(&mut conn.db)?;
    changed_one(rows)
}
