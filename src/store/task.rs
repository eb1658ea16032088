//! What staff has to do about contacts.

use diesel::prelude::*;
use domain::party::TaskKind;
use domain::{ContactId, DebtorId, Moment, SupplierId, TaskId};

use super::columns::{optional, text};
use super::conn::{Conn, each};
use super::error::{StoreError, changed_one};
use super::schema::contact_task;

/// One task.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ContactTask {
    /// Id.
    pub id: TaskId,
    /// At which debtor.
    pub debtor: DebtorId,
    /// About whom, when it is about one contact.
    pub contact: Option<ContactId>,
    /// What to do.
    pub kind: TaskKind,
    /// Why, in a mail server's words or a colleague's; empty where the kind says all.
    pub detail: String,
    /// Since when.
    pub made_at: Moment,
}

type Columns = (String, String, Option<String>, String, String, i64);

macro_rules! columns {
    () => {
        (
            contact_task::id,
            contact_task::debtor_id,
            contact_task::contact_id,
            contact_task::kind,
            contact_task::detail,
            contact_task::made_at,
        )
    };
}

fn read(columns: Columns) -> Result<ContactTask, StoreError> {
    let (id, debtor, contact, kind, detail, made_at) = columns;
    Ok(ContactTask {
        id: text("contact_task.id", &id)?,
        debtor: text("contact_task.debtor_id", &debtor)?,
        contact: optional("contact_task.contact_id", contact.as_deref())?,
        kind: text::<TaskKind>("contact_task.kind", &kind)?,
        detail,
        made_at: Moment::from_micros(made_at),
    })
}

/// Adds one.
pub fn insert(conn: &mut Conn, supplier: SupplierId, new: &ContactTask) -> Result<(), StoreError> {
    let values = (
        contact_task::supplier_id.eq(supplier.to_string()),
        contact_task::id.eq(new.id.to_string()),
        contact_task::debtor_id.eq(new.debtor.to_string()),
        contact_task::contact_id.eq(new.contact.map(|id| id.to_string())),
        contact_task::kind.eq(new.kind.as_str()),
        contact_task::detail.eq(&new.detail),
        contact_task::made_at.eq(new.made_at.micros()),
    );
    each!(conn, db => diesel::insert_into(contact_task::table).values(values).execute(db)?);
    Ok(())
}

/// Those of a debtor that wait, oldest first.
pub fn waiting(
    conn: &mut Conn,
    supplier: SupplierId,
    debtor: DebtorId,
) -> Result<Vec<ContactTask>, StoreError> {
    contact_task::table
        .filter(contact_task::supplier_id.eq(supplier.to_string()))
        .filter(contact_task::debtor_id.eq(debtor.to_string()))
        .filter(contact_task::done_at.is_null())
        .order(contact_task::id)
        .select(columns!())
        .load::<Columns>(&mut conn.db)?
        .into_iter()
        .map(read)
        .collect()
}

/// One of them, and whether it is done.
pub fn find(
    conn: &mut Conn,
    supplier: SupplierId,
    id: TaskId,
) -> Result<(ContactTask, bool), StoreError> {
    let (columns, done_at): (Columns, Option<i64>) = contact_task::table
        .find((supplier.to_string(), id.to_string()))
        .select((columns!(), contact_task::done_at))
        .get_result(&mut conn.db)?;
    Ok((read(columns)?, done_at.is_some()))
}

/// Marks one as done; one that was done is a [`StoreError::Conflict`].
pub fn done(
    conn: &mut Conn,
    supplier: SupplierId,
    id: TaskId,
    at: Moment,
) -> Result<(), StoreError> {
    let row = contact_task::table
        .find((supplier.to_string(), id.to_string()))
        .filter(contact_task::done_at.is_null());
    let rows = diesel::update(row)
        .set(contact_task::done_at.eq(Some(at.micros())))
        .execute(&mut conn.db)?;
    changed_one(rows)
}
