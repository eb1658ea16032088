//! Accesses that contacts gave to colleagues.

use diesel::prelude::*;
use domain::party::Scope;
use domain::{ContactId, DebtorId, ForwardId, Moment, SupplierId};

use super::columns::text;
use super::conn::{Conn, each};
use super::error::{StoreError, changed_one};
use super::schema::forward;

/// An access that was passed on.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Forward {
    /// Id.
    pub id: ForwardId,
    /// To whose account.
    pub debtor: DebtorId,
    /// By whom.
    pub contact: ContactId,
    /// To whom, as typed.
    pub name: String,
    /// To which mailbox.
    pub email: String,
    /// What may be done with it.
    pub scope: Scope,
    /// When.
    pub made_at: Moment,
    /// When it was taken back.
    pub revoked_at: Option<Moment>,
}

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = forward, treat_none_as_default_value = false)]
struct Row {
    supplier_id: String,
    id: String,
    debtor_id: String,
    contact_id: String,
    name: String,
    email: String,
    scope: String,
    made_at: i64,
    revoked_at: Option<i64>,
}

impl TryFrom<Row> for Forward {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: text("forward.id", &row.id)?,
            debtor: text("forward.debtor_id", &row.debtor_id)?,
            contact: text("forward.contact_id", &row.contact_id)?,
            scope: text::<Scope>("forward.scope", &row.scope)?,
            name: row.name,
            email: row.email,
            made_at: Moment::from_micros(row.made_at),
            revoked_at: row.revoked_at.map(Moment::from_micros),
        })
    }
}

/// Adds one.
pub fn insert(conn: &mut Conn, supplier: SupplierId, new: &Forward) -> Result<(), StoreError> {
    let row = Row {
        supplier_id: supplier.to_string(),
        id: new.id.to_string(),
        debtor_id: new.debtor.to_string(),
        contact_id: new.contact.to_string(),
        name: new.name.clone(),
        email: new.email.clone(),
        scope: new.scope.to_string(),
        made_at: new.made_at.micros(),
        revoked_at: new.revoked_at.map(Moment::micros),
    };
    each!(conn, db => diesel::insert_into(forward::table).values(&row).execute(db)?);
    Ok(())
}

/// One of them.
pub fn find(conn: &mut Conn, supplier: SupplierId, id: ForwardId) -> Result<Forward, StoreError> {
    forward::table
        .find((supplier.to_string(), id.to_string()))
        .select(Row::as_select())
        .get_result(&mut conn.db)?
        .try_into()
}

/// Those of a contact, newest first.
pub fn of_contact(
    conn: &mut Conn,
    supplier: SupplierId,
    contact: ContactId,
    limit: i64,
) -> Result<Vec<Forward>, StoreError> {
    forward::table
        .filter(forward::supplier_id.eq(supplier.to_string()))
        .filter(forward::contact_id.eq(contact.to_string()))
        .order(forward::id.desc())
        .limit(limit)
        .select(Row::as_select())
        .load::<Row>(&mut conn.db)?
        .into_iter()
        .map(TryInto::try_into)
        .collect()
}

/// Takes one back; one that was taken back is a [`StoreError::Conflict`].
pub fn revoke(
    conn: &mut Conn,
    supplier: SupplierId,
    id: ForwardId,
    at: Moment,
) -> Result<(), StoreError> {
    let row = forward::table
        .find((supplier.to_string(), id.to_string()))
        .filter(forward::revoked_at.is_null());
    let rows = diesel::update(row)
        .set(forward::revoked_at.eq(Some(at.micros())))
        .execute(&mut conn.db)?;
    changed_one(rows)
}
