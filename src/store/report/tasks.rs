//! Contacts to find or to check.

use diesel::prelude::*;
use domain::party::TaskKind;
use domain::{Moment, SupplierId};

use super::texts;
use super::today::{Party, PartyColumns, party};
use crate::store::columns::text;
use crate::store::conn::Conn;
use crate::store::error::StoreError;
use crate::store::schema::{contact_task, debtor};

/// A contact to find or to check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TaskDue {
    /// Whose.
    pub party: Party,
    /// What to do.
    pub kind: TaskKind,
    /// Why.
    pub detail: String,
    /// Since when.
    pub made_at: Moment,
}

/// What is to be done about contacts, oldest first.
pub fn tasks(
    conn: &mut Conn,
    suppliers: &[SupplierId],
    limit: i64,
) -> Result<Vec<TaskDue>, StoreError> {
    let rows: Vec<(PartyColumns, String, String, i64)> = contact_task::table
        .inner_join(
            debtor::table.on(debtor::supplier_id
                .eq(contact_task::supplier_id)
                .and(debtor::id.eq(contact_task::debtor_id))),
        )
        .filter(contact_task::supplier_id.eq_any(texts(suppliers)))
        .filter(contact_task::done_at.is_null())
        .order(contact_task::id)
        .limit(limit)
        .select((
            (debtor::supplier_id, debtor::id, debtor::name),
            contact_task::kind,
            contact_task::detail,
            contact_task::made_at,
        ))
        .load(&mut conn.db)?;
    rows.into_iter()
        .map(|(of, kind, detail, made_at)| {
            Ok(TaskDue {
                party: party(of)?,
                kind: text("contact_task.kind", &kind)?,
                detail,
                made_at: Moment::from_micros(made_at),
            })
        })
        .collect()
}
