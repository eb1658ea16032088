//! Contacts of debtors.

use std::collections::BTreeMap;

use diesel::prelude::*;
use domain::party::{Contact, ContactState, Language};
use domain::{ContactId, DebtorId, Moment, SupplierId};

use super::columns::{optional, text};
use super::conn::{Conn, each, insert_all};
use super::error::{StoreError, changed_one};
use super::schema::contact;

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = contact, treat_none_as_default_value = false)]
struct Row {
    supplier_id: String,
    id: String,
    debtor_id: String,
    name: Option<String>,
    email: Option<String>,
    phone: Option<String>,
    state: String,
    language: Option<String>,
}

impl TryFrom<Row> for Contact {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: text("contact.id", &row.id)?,
            debtor: text("contact.debtor_id", &row.debtor_id)?,
            name: row.name,
            email: row.email,
            phone: row.phone,
            state: text::<ContactState>("contact.state", &row.state)?,
            language: optional::<Language>("contact.language", row.language.as_deref())?,
        })
    }
}

/// Adds contacts.
pub fn insert_many(
    conn: &mut Conn,
    supplier: SupplierId,
    new: &[Contact],
) -> Result<(), StoreError> {
    let rows: Vec<Row> = new
        .iter()
        .map(|contact| Row {
            supplier_id: supplier.to_string(),
            id: contact.id.to_string(),
            debtor_id: contact.debtor.to_string(),
            name: contact.name.clone(),
            email: contact.email.clone(),
            phone: contact.phone.clone(),
            state: contact.state.to_string(),
            language: contact.language.map(|language| language.to_string()),
        })
        .collect();
    insert_all!(conn, contact::table, rows);
    Ok(())
}

/// One contact.
pub fn find(conn: &mut Conn, supplier: SupplierId, id: ContactId) -> Result<Contact, StoreError> {
    contact::table
        .find((supplier.to_string(), id.to_string()))
        .select(Row::as_select())
        .get_result(&mut conn.db)?
        .try_into()
}

/// These contacts by their ids; the missing ones are left out.
pub fn find_many(
    conn: &mut Conn,
    supplier: SupplierId,
    ids: &[ContactId],
) -> Result<BTreeMap<ContactId, Contact>, StoreError> {
    let mut found = BTreeMap::new();
    for some in ids.chunks(500) {
        let texts: Vec<String> = some.iter().map(ToString::to_string).collect();
        let rows: Vec<Row> = contact::table
            .filter(contact::supplier_id.eq(supplier.to_string()))
            .filter(contact::id.eq_any(texts))
            .order(contact::id)
            .select(Row::as_select())
            .load(&mut conn.db)?;
        for row in rows {
            let one: Contact = row.try_into()?;
            found.insert(one.id, one);
        }
    }
    Ok(found)
}

/// A debtor's contacts, oldest first.
pub fn of_debtor(
    conn: &mut Conn,
    supplier: SupplierId,
    debtor: DebtorId,
) -> Result<Vec<Contact>, StoreError> {
    let rows: Vec<Row> = each!(conn, db => {
        contact::table
            .filter(contact::supplier_id.eq(supplier.to_string()))
            .filter(contact::debtor_id.eq(debtor.to_string()))
            .order(contact::id)
            .select(Row::as_select())
            .load(db)?
    });
    rows.into_iter().map(TryInto::try_into).collect()
}

/// A debtor's contacts, oldest first, each with the instant its mailbox was last set by anybody but
/// the supplier's books.
pub fn with_age(
    conn: &mut Conn,
    supplier: SupplierId,
    debtor: DebtorId,
) -> Result<Vec<(Contact, Moment)>, StoreError> {
    let rows: Vec<(Row, i64)> = contact::table
        .filter(contact::supplier_id.eq(supplier.to_string()))
        .filter(contact::debtor_id.eq(debtor.to_string()))
        .order(contact::id)
        .select((Row::as_select(), contact::known_at))
        .load(&mut conn.db)?;
    rows.into_iter()
        .map(|(row, known_at)| Ok((row.try_into()?, Moment::from_micros(known_at))))
        .collect()
}

/// The contacts of several debtors, oldest first.
pub fn of_debtors(
    conn: &mut Conn,
    supplier: SupplierId,
    debtors: &[DebtorId],
) -> Result<Vec<Contact>, StoreError> {
    let mut found = Vec::new();
    for some in debtors.chunks(500) {
        let ids: Vec<String> = some.iter().map(ToString::to_string).collect();
        let rows: Vec<Row> = contact::table
            .filter(contact::supplier_id.eq(supplier.to_string()))
            .filter(contact::debtor_id.eq_any(ids))
            // By the id alone SQLite would read all of the supplier's, which are in that order.
            .order((contact::debtor_id, contact::id))
            .select(Row::as_select())
            .load(&mut conn.db)?;
        for row in rows {
            found.push(row.try_into()?);
        }
    }
    Ok(found)
}

/// The debtors of which a contact has this mailbox, three at most.
pub fn debtors_of_mailbox(
    conn: &mut Conn,
    supplier: SupplierId,
    mailbox: &str,
) -> Result<Vec<DebtorId>, StoreError> {
    let ids: Vec<String> = contact::table
        .filter(contact::supplier_id.eq(supplier.to_string()))
        .filter(contact::email.eq(mailbox))
        .order(contact::debtor_id)
        .select(contact::debtor_id)
        .distinct()
        .limit(3)
        .load(&mut conn.db)?;
    ids.iter().map(|id| text("contact.debtor_id", id)).collect()
}

/// Gives a contact a mailbox; one that has a mailbox by now is a [`StoreError::Conflict`].
pub fn add_email(
    conn: &mut Conn,
    supplier: SupplierId,
    id: ContactId,
    email: &str,
) -> Result<(), StoreError> {
    let row = contact::table.find((supplier.to_string(), id.to_string()));
    let rows = diesel::update(row.filter(contact::email.is_null()))
        .set(contact::email.eq(email))
        .execute(&mut conn.db)?;
    changed_one(rows)
}

/// Adds somebody a debtor named, known from now on.
pub fn propose(
    conn: &mut Conn,
    supplier: SupplierId,
    new: &Contact,
    at: Moment,
) -> Result<(), StoreError> {
    insert_many(conn, supplier, std::slice::from_ref(new))?;
    let row = contact::table.find((supplier.to_string(), new.id.to_string()));
    let rows = diesel::update(row)
        .set(contact::known_at.eq(at.micros()))
        .execute(&mut conn.db)?;
    changed_one(rows)
}

/// Replaces name, telephone and mailbox; `known_at` is given when the mailbox is another.
pub fn set_details(
    conn: &mut Conn,
    supplier: SupplierId,
    new: &Contact,
    known_at: Option<Moment>,
) -> Result<(), StoreError> {
    let row = || contact::table.find((supplier.to_string(), new.id.to_string()));
    let rows = diesel::update(row())
        .set((
            contact::name.eq(&new.name),
            contact::email.eq(&new.email),
            contact::phone.eq(&new.phone),
        ))
        .execute(&mut conn.db)?;
    if let Some(at) = known_at {
        diesel::update(row())
            .set(contact::known_at.eq(at.micros()))
            .execute(&mut conn.db)?;
    }
    changed_one(rows)
}

/// Sets the language a contact chose.
pub fn set_language(
    conn: &mut Conn,
    supplier: SupplierId,
    id: ContactId,
    language: Language,
) -> Result<(), StoreError> {
    let row = contact::table.find((supplier.to_string(), id.to_string()));
    let rows = diesel::update(row)
        .set(contact::language.eq(Some(language.as_str())))
        .execute(&mut conn.db)?;
    changed_one(rows)
}

/// Sets whether a contact is written to.
pub fn set_state(
    conn: &mut Conn,
    supplier: SupplierId,
    id: ContactId,
    state: ContactState,
) -> Result<(), StoreError> {
    let row = contact::table.find((supplier.to_string(), id.to_string()));
    let rows = diesel::update(row)
        .set(contact::state.eq(state.as_str()))
        .execute(&mut conn.db)?;
    changed_one(rows)
}
