//! The audit trail: who did what, when. Rows are never changed.

use diesel::prelude::*;
use domain::{AuditId, DebtorId, Moment, SupplierId};

use super::columns::{optional, text};
use super::conn::{Conn, each};
use super::error::StoreError;
use super::schema::audit;
use super::slice::Slice;

/// One entry of the trail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trace {
    /// Id.
    pub id: AuditId,
    /// When.
    pub at: Moment,
    /// Who: a staff member's mailbox, `link lnk_… (mailbox)`, or the job's name.
    pub actor: String,
    /// What was done: a stable word such as `dispute.declared`.
    pub action: String,
    /// On whose account.
    pub debtor: Option<DebtorId>,
    /// The id of the thing it was done to.
    pub subject: String,
    /// What a person wants to know besides, in words.
    pub detail: String,
}

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = audit, treat_none_as_default_value = false)]
struct Row {
    supplier_id: String,
    id: String,
    at: i64,
    actor: String,
    action: String,
    debtor_id: Option<String>,
    subject: String,
    detail: String,
}

/// Adds an entry.
pub fn insert(conn: &mut Conn, supplier: SupplierId, new: &Trace) -> Result<(), StoreError> {
    let row = Row {
        supplier_id: supplier.to_string(),
        id: new.id.to_string(),
        at: new.at.micros(),
        actor: new.actor.clone(),
        action: new.action.clone(),
        debtor_id: new.debtor.map(|id| id.to_string()),
        subject: new.subject.clone(),
        detail: new.detail.clone(),
    };
    each!(conn, db => diesel::insert_into(audit::table).values(&row).execute(db)?);
    Ok(())
}

/// What of these kinds was done on a debtor's account, newest first.
pub fn told(
    conn: &mut Conn,
    supplier: SupplierId,
    debtor: DebtorId,
    actions: &[&str],
    slice: Slice,
) -> Result<Vec<Trace>, StoreError> {
    let rows: Vec<Row> = audit::table
        .filter(audit::supplier_id.eq(supplier.to_string()))
        .filter(audit::debtor_id.eq(debtor.to_string()))
        .filter(audit::action.eq_any(actions))
        .filter(audit::at.lt(slice.before))
        .order(audit::id.desc())
        .limit(slice.limit)
        .select(Row::as_select())
        .load(&mut conn.db)?;
    rows.into_iter().map(read).collect()
}

/// What happened on a debtor's account, newest first.
pub fn of_debtor(
    conn: &mut Conn,
    supplier: SupplierId,
    debtor: DebtorId,
    limit: i64,
) -> Result<Vec<Trace>, StoreError> {
    let rows: Vec<Row> = audit::table
        .filter(audit::supplier_id.eq(supplier.to_string()))
        .filter(audit::debtor_id.eq(debtor.to_string()))
        .order(audit::id.desc())
        .limit(limit)
        .select(Row::as_select())
        .load(&mut conn.db)?;
    rows.into_iter().map(read).collect()
}

fn read(row: Row) -> Result<Trace, StoreError> {
    Ok(Trace {
        id: text("audit.id", &row.id)?,
        at: Moment::from_micros(row.at),
        actor: row.actor,
        action: row.action,
        debtor: optional("audit.debtor_id", row.debtor_id.as_deref())?,
        subject: row.subject,
        detail: row.detail,
    })
}
