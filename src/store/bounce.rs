//! What was told of messages after they left, and the addresses that are written to no more.

use std::collections::BTreeSet;

use diesel::prelude::*;
use domain::bounce::{Status, Verdict};
use domain::message::MessageState;
use domain::party::Contact;
use domain::{BounceId, ContactId, DebtorId, MessageId, Moment, SupplierId};

use super::columns::{optional, text};
use super::conn::{Conn, each};
use super::error::StoreError;
use super::schema::{bounce, message, suppression};
use super::slice::Slice;

/// One report.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Bounce {
    /// Id.
    pub id: BounceId,
    /// Of which debtor's account the message was.
    pub debtor: DebtorId,
    /// To whom it went.
    pub contact: ContactId,
    /// The message.
    pub message: MessageId,
    /// The mailbox, in small letters.
    pub address: String,
    /// What it means.
    pub verdict: Verdict,
    /// The status code, when one was told.
    pub status: Option<Status>,
    /// The server's or provider's own words.
    pub words: String,
    /// Who told: `smtp`, `mail`, `brevo`, `mailjet`, `ses`.
    pub source: String,
    /// What makes it the only one of its kind.
    pub event_key: String,
    /// When it was known.
    pub at: Moment,
}

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = bounce, treat_none_as_default_value = false)]
struct Row {
    supplier_id: String,
    id: String,
    debtor_id: String,
    contact_id: String,
    message_id: String,
    address: String,
    verdict: String,
    status: Option<String>,
    words: String,
    source: String,
    event_key: String,
    at: i64,
}

fn read(row: Row) -> Result<Bounce, StoreError> {
    Ok(Bounce {
        id: text("bounce.id", &row.id)?,
        debtor: text("bounce.debtor_id", &row.debtor_id)?,
        contact: text("bounce.contact_id", &row.contact_id)?,
        message: text("bounce.message_id", &row.message_id)?,
        verdict: text("bounce.verdict", &row.verdict)?,
        status: optional("bounce.status", row.status.as_deref())?,
        address: row.address,
        words: row.words,
        source: row.source,
        event_key: row.event_key,
        at: Moment::from_micros(row.at),
    })
}

/// Keeps a report; `false` when it was kept before.
pub fn insert(conn: &mut Conn, supplier: SupplierId, new: &Bounce) -> Result<bool, StoreError> {
    let row = Row {
        supplier_id: supplier.to_string(),
        id: new.id.to_string(),
        debtor_id: new.debtor.to_string(),
        contact_id: new.contact.to_string(),
        message_id: new.message.to_string(),
        address: new.address.clone(),
        verdict: new.verdict.to_string(),
        status: new.status.map(|status| status.to_string()),
        words: new.words.clone(),
        source: new.source.clone(),
        event_key: new.event_key.clone(),
        at: new.at.micros(),
    };
    let rows = each!(conn, db => {
        diesel::insert_into(bounce::table).values(&row).on_conflict_do_nothing().execute(db)?
    });
    Ok(rows == 1)
}

/// Reports about a debtor's messages, newest first.
pub fn of_debtor(
    conn: &mut Conn,
    supplier: SupplierId,
    debtor: DebtorId,
    slice: impl Into<Slice>,
) -> Result<Vec<Bounce>, StoreError> {
    let slice = slice.into();
    let rows: Vec<Row> = bounce::table
        .filter(bounce::supplier_id.eq(supplier.to_string()))
        .filter(bounce::debtor_id.eq(debtor.to_string()))
        .filter(bounce::at.lt(slice.before))
        .order(bounce::id.desc())
        .limit(slice.limit)
        .select(Row::as_select())
        .load(&mut conn.db)?;
    rows.into_iter().map(read).collect()
}

/// What was told of an address since an instant, of which messages, oldest first.
pub fn of_address(
    conn: &mut Conn,
    supplier: SupplierId,
    address: &str,
    since: Moment,
) -> Result<Vec<(MessageId, Verdict)>, StoreError> {
    let found: Vec<(String, String)> = bounce::table
        .filter(bounce::supplier_id.eq(supplier.to_string()))
        .filter(bounce::address.eq(small_letters(address)))
        .filter(bounce::at.ge(since.micros()))
        .order((bounce::at, bounce::id))
        .select((bounce::message_id, bounce::verdict))
        .load(&mut conn.db)?;
    let one = |(id, verdict): &(String, String)| {
        let verdict = text("bounce.verdict", verdict)?;
        Ok((text("bounce.message_id", id)?, verdict))
    };
    found.iter().map(one).collect()
}

/// Whether something was told of a message at this address before.
pub fn was_told(
    conn: &mut Conn,
    supplier: SupplierId,
    (debtor, message): (DebtorId, MessageId),
    address: &str,
) -> Result<bool, StoreError> {
    let found: i64 = bounce::table
        .filter(bounce::supplier_id.eq(supplier.to_string()))
        .filter(bounce::debtor_id.eq(debtor.to_string()))
        .filter(bounce::message_id.eq(message.to_string()))
        .filter(bounce::address.eq(small_letters(address)))
        .count()
        .get_result(&mut conn.db)?;
    Ok(found > 0)
}

/// An address as it is compared. Servers may tell small from large letters before the `@`; none
/// that a business writes to does.
#[must_use]
pub fn small_letters(address: &str) -> String {
    address.trim().to_lowercase()
}

/// Why an address is written to no more.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Suppressed {
    /// What was told of it.
    pub verdict: Verdict,
    /// In whose words.
    pub words: String,
    /// Since when.
    pub since: Moment,
}

/// Writes to an address no more; `false` when that was so before.
pub fn suppress(
    conn: &mut Conn,
    supplier: SupplierId,
    address: &str,
    why: &Suppressed,
) -> Result<bool, StoreError> {
    let values = (
        suppression::supplier_id.eq(supplier.to_string()),
        suppression::address.eq(small_letters(address)),
        suppression::verdict.eq(why.verdict.as_str()),
        suppression::words.eq(&why.words),
        suppression::since.eq(why.since.micros()),
    );
    let rows = each!(conn, db => {
        diesel::insert_into(suppression::table).values(values).on_conflict_do_nothing().execute(db)?
    });
    Ok(rows == 1)
}

/// Writes to an address again; `false` when nothing stood in the way.
pub fn lift(conn: &mut Conn, supplier: SupplierId, address: &str) -> Result<bool, StoreError> {
    let row = suppression::table.find((supplier.to_string(), small_letters(address)));
    Ok(diesel::delete(row).execute(&mut conn.db)? == 1)
}

/// Why an address is written to no more, if it is not.
pub fn suppressed(
    conn: &mut Conn,
    supplier: SupplierId,
    address: &str,
) -> Result<Option<Suppressed>, StoreError> {
    let found: Option<(String, String, i64)> = suppression::table
        .find((supplier.to_string(), small_letters(address)))
        .select((suppression::verdict, suppression::words, suppression::since))
        .get_result(&mut conn.db)
        .optional()?;
    let why = found.map(|(verdict, words, since)| {
        Ok(Suppressed {
            verdict: text("suppression.verdict", &verdict)?,
            words,
            since: Moment::from_micros(since),
        })
    });
    why.transpose()
}

/// Contacts without those whose address is written to no more.
pub fn reached(
    conn: &mut Conn,
    supplier: SupplierId,
    mut contacts: Vec<Contact>,
) -> Result<Vec<Contact>, StoreError> {
    let dead = dead(conn, supplier, &contacts)?;
    contacts.retain(|one| {
        !one.email
            .as_deref()
            .is_some_and(|email| is_dead(&dead, email))
    });
    Ok(contacts)
}

/// The same contacts, without the mailboxes from which mail came back: by telephone they may be
/// reached still.
pub fn without_dead(
    conn: &mut Conn,
    supplier: SupplierId,
    mut contacts: Vec<Contact>,
) -> Result<Vec<Contact>, StoreError> {
    let dead = dead(conn, supplier, &contacts)?;
    for contact in &mut contacts {
        contact.email = contact.email.take().filter(|email| !is_dead(&dead, email));
    }
    Ok(contacts)
}

fn is_dead(dead: &BTreeSet<String>, email: &str) -> bool {
    dead.contains(&small_letters(email))
}

fn dead(
    conn: &mut Conn,
    supplier: SupplierId,
    contacts: &[Contact],
) -> Result<BTreeSet<String>, StoreError> {
    let emails = contacts.iter().filter_map(|one| one.email.as_deref());
    let addresses: Vec<String> = emails.map(small_letters).collect();
    if addresses.is_empty() {
        return Ok(BTreeSet::new());
    }
    let found: Vec<String> = suppression::table
        .filter(suppression::supplier_id.eq(supplier.to_string()))
        .filter(suppression::address.eq_any(addresses))
        .order(suppression::address)
        .select(suppression::address)
        .load(&mut conn.db)?;
    Ok(found.into_iter().collect())
}

/// Messages to a contact that came back since an instant and stand as failed.
pub fn failed_of(
    conn: &mut Conn,
    supplier: SupplierId,
    (debtor, contact): (DebtorId, ContactId),
    since: Moment,
) -> Result<Vec<MessageId>, StoreError> {
    let told = bounce::table
        .filter(bounce::supplier_id.eq(supplier.to_string()))
        .filter(bounce::debtor_id.eq(debtor.to_string()))
        .filter(bounce::at.ge(since.micros()))
        .select(bounce::message_id);
    let ids: Vec<String> = message::table
        .filter(message::supplier_id.eq(supplier.to_string()))
        .filter(message::debtor_id.eq(debtor.to_string()))
        .filter(message::contact_id.eq(contact.to_string()))
        .filter(message::state.eq(MessageState::Failed.as_str()))
        .filter(message::id.eq_any(told))
        .order(message::id)
        .select(message::id)
        .load(&mut conn.db)?;
    ids.iter().map(|id| text("message.id", id)).collect()
}
