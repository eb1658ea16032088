//! Codes that prove who acts: a keyed hash of each, and the digits sealed until they were sent.

use diesel::prelude::*;
use domain::code::{Action, TRIES_MAX};
use domain::{CodeId, ContactId, DebtorId, Moment, SupplierId};

use super::columns::text;
use super::conn::Conn;
use super::error::{StoreError, changed_one, corrupt};
use super::schema::code;

const PURPOSE: &str = "code.digits";

/// A code that is about to be sent.
#[derive(Clone)]
pub struct NewCode {
    /// Id.
    pub id: CodeId,
    /// On whose account.
    pub debtor: DebtorId,
    /// To whom.
    pub contact: ContactId,
    /// The session it counts in.
    pub session: String,
    /// What for.
    pub action: Action,
    /// Its keyed hash.
    pub hash: Vec<u8>,
    /// The digits: sealed until they were sent.
    pub digits: String,
    /// When it was made.
    pub made_at: Moment,
    /// Until when it can be typed.
    pub expires_at: Moment,
}

/// A code as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// Id.
    pub id: CodeId,
    /// To whom it went.
    pub contact: ContactId,
    /// Its keyed hash.
    pub hash: Vec<u8>,
    /// Until when it can be typed.
    pub expires_at: Moment,
}

/// Keeps a code.
pub fn insert(conn: &mut Conn, supplier: SupplierId, new: &NewCode) -> Result<(), StoreError> {
    let sealed = conn
        .vault
        .seal(PURPOSE, &new.digits)
        .map_err(|why| StoreError::Failed(why.to_string()))?;
    diesel::insert_into(code::table)
        .values((
            code::supplier_id.eq(supplier.to_string()),
            code::id.eq(new.id.to_string()),
            code::debtor_id.eq(new.debtor.to_string()),
            code::contact_id.eq(new.contact.to_string()),
            code::session.eq(&new.session),
            code::action.eq(new.action.as_str()),
            code::hash.eq(&new.hash),
            code::sealed.eq(Some(sealed)),
            code::made_at.eq(new.made_at.micros()),
            code::expires_at.eq(new.expires_at.micros()),
            code::tries.eq(0),
        ))
        .execute(&mut conn.db)?;
    Ok(())
}

/// How many were made for a contact since an instant.
pub fn count_since(
    conn: &mut Conn,
    supplier: SupplierId,
    contact: ContactId,
    since: Moment,
) -> Result<i64, StoreError> {
    Ok(code::table
        .filter(code::supplier_id.eq(supplier.to_string()))
        .filter(code::contact_id.eq(contact.to_string()))
        .filter(code::made_at.gt(since.micros()))
        .count()
        .get_result(&mut conn.db)?)
}

type Columns = (String, String, Vec<u8>, i64, Option<i64>);

/// The last code of a session for an action, unless it was used.
pub fn last(
    conn: &mut Conn,
    supplier: SupplierId,
    session: &str,
    action: Action,
) -> Result<Option<Kept>, StoreError> {
    let found: Option<Columns> = code::table
        .filter(code::supplier_id.eq(supplier.to_string()))
        .filter(code::session.eq(session))
        .filter(code::action.eq(action.as_str()))
        .order(code::id.desc())
        .limit(1)
        .select((
            code::id,
            code::contact_id,
            code::hash,
            code::expires_at,
            code::used_at,
        ))
        .load(&mut conn.db)?
        .pop();
    let Some((id, contact, hash, expires_at, None)) = found else {
        return Ok(None);
    };
    Ok(Some(Kept {
        id: text("code.id", &id)?,
        contact: text("code.contact_id", &contact)?,
        hash,
        expires_at: Moment::from_micros(expires_at),
    }))
}

/// Counts one try; the tries that are left after it, or none when there was none left. Two tries at
/// once are counted one after the other.
pub fn count_try(
    conn: &mut Conn,
    supplier: SupplierId,
    id: CodeId,
) -> Result<Option<u16>, StoreError> {
    let key = (supplier.to_string(), id.to_string());
    let row = code::table
        .find(key.clone())
        .filter(code::tries.lt(i32::from(TRIES_MAX)))
        .filter(code::used_at.is_null());
    let rows = diesel::update(row)
        .set(code::tries.eq(code::tries + 1))
        .execute(&mut conn.db)?;
    if rows == 0 {
        return Ok(None);
    }
    let tries: i32 = code::table
        .find(key)
        .select(code::tries)
        .get_result(&mut conn.db)?;
    let used = u16::try_from(tries).unwrap_or(TRIES_MAX);
    Ok(Some(TRIES_MAX.saturating_sub(used)))
}

/// Marks a code as used: it proves one thing once.
pub fn use_up(
    conn: &mut Conn,
    supplier: SupplierId,
    id: CodeId,
    at: Moment,
) -> Result<(), StoreError> {
    let row = code::table
        .find((supplier.to_string(), id.to_string()))
        .filter(code::used_at.is_null());
    let rows = diesel::update(row)
        .set((
            code::used_at.eq(Some(at.micros())),
            code::sealed.eq(None::<Vec<u8>>),
        ))
        .execute(&mut conn.db)?;
    changed_one(rows)
}

/// The digits of a code that can still be typed, and what it is for.
pub fn digits(
    conn: &mut Conn,
    supplier: SupplierId,
    id: CodeId,
    now: Moment,
) -> Result<Option<(String, Action)>, StoreError> {
    let (sealed, action): (Option<Vec<u8>>, String) = code::table
        .find((supplier.to_string(), id.to_string()))
        .filter(code::expires_at.gt(now.micros()))
        .select((code::sealed, code::action))
        .get_result(&mut conn.db)
        .optional()?
        .unwrap_or_default();
    let Some(sealed) = sealed else {
        return Ok(None);
    };
    let digits = conn
        .vault
        .open(PURPOSE, &sealed)
        .map_err(corrupt("code.sealed"))?;
    Ok(Some((digits, text("code.action", &action)?)))
}

/// Forgets the digits of all suppliers' codes that have ended: for the job that tidies up.
pub fn forget(conn: &mut Conn, now: Moment) -> Result<usize, StoreError> {
    let ended = code::table
        .filter(code::sealed.is_not_null())
        .filter(code::expires_at.le(now.micros()));
    Ok(diesel::update(ended)
        .set(code::sealed.eq(None::<Vec<u8>>))
        .execute(&mut conn.db)?)
}
