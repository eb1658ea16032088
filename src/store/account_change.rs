//! Changes of the account that a supplier is paid on; the account number is sealed.

use diesel::prelude::*;
use domain::account_change::ChangeState;
use domain::bank::{Bic, Iban};
use domain::{AccountChangeId, Moment, SupplierId};

use super::columns::{optional, text};
use super::conn::{Conn, each};
use super::error::{StoreError, changed_one, corrupt};
use super::schema::account_change;

const IBAN_PURPOSE: &str = "account_change.iban";

/// A change of account.
#[derive(Clone, Debug)]
pub struct Change {
    /// Id.
    pub id: AccountChangeId,
    /// Whose.
    pub supplier: SupplierId,
    /// The exact account-holder name.
    pub holder: String,
    /// The new account.
    pub iban: Iban,
    /// Its BIC, when given.
    pub bic: Option<Bic>,
    /// How it stands.
    pub state: ChangeState,
    /// Who asked for it, in the trail's words, and when.
    pub made: (String, Moment),
    /// Who agreed, and when.
    pub approved: Option<(String, Moment)>,
    /// Who stopped it or put it into effect, and when.
    pub ended: Option<(String, Moment)>,
    /// The last state that all the staff were written about.
    pub told: Option<ChangeState>,
}

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = account_change, treat_none_as_default_value = false)]
struct Row {
    supplier_id: String,
    id: String,
    holder: String,
    iban_sealed: Vec<u8>,
    last_four: String,
    bic: Option<String>,
    state: String,
    maker: String,
    made_at: i64,
    approver: Option<String>,
    approved_at: Option<i64>,
    ended_by: Option<String>,
    ended_at: Option<i64>,
    told: Option<String>,
}

fn by(who: Option<String>, at: Option<i64>) -> Option<(String, Moment)> {
    Some((who?, Moment::from_micros(at?)))
}

fn read(conn: &Conn, row: Row) -> Result<Change, StoreError> {
    let iban = conn
        .vault
        .open(IBAN_PURPOSE, &row.iban_sealed)
        .map_err(corrupt("account_change.iban"))?;
    Ok(Change {
        id: text("account_change.id", &row.id)?,
        supplier: text("account_change.supplier_id", &row.supplier_id)?,
        iban: text("account_change.iban", &iban)?,
        bic: optional::<Bic>("account_change.bic", row.bic.as_deref())?,
        state: text("account_change.state", &row.state)?,
        made: (row.maker, Moment::from_micros(row.made_at)),
        approved: by(row.approver, row.approved_at),
        ended: by(row.ended_by, row.ended_at),
        told: optional("account_change.told", row.told.as_deref())?,
        holder: row.holder,
    })
}

/// Adds a change. A second one beside one that is still open is a conflict.
pub fn insert(conn: &mut Conn, new: &Change) -> Result<(), StoreError> {
    let sealed = conn.vault.seal(IBAN_PURPOSE, new.iban.as_str());
    let row = Row {
        supplier_id: new.supplier.to_string(),
        id: new.id.to_string(),
        holder: new.holder.clone(),
        iban_sealed: sealed.map_err(|why| StoreError::Failed(why.to_string()))?,
        last_four: new.iban.last_four().to_owned(),
        bic: new.bic.as_ref().map(ToString::to_string),
        state: new.state.to_string(),
        maker: new.made.0.clone(),
        made_at: new.made.1.micros(),
        approver: None,
        approved_at: None,
        ended_by: None,
        ended_at: None,
        told: None,
    };
    diesel::insert_into(account_change::table)
        .values(&row)
        .execute(&mut conn.db)?;
    Ok(())
}

/// One change.
pub fn find(
    conn: &mut Conn,
    supplier: SupplierId,
    id: AccountChangeId,
) -> Result<Change, StoreError> {
    let row = account_change::table
        .find((supplier.to_string(), id.to_string()))
        .select(Row::as_select())
        .get_result(&mut conn.db)?;
    read(conn, row)
}

/// A supplier's changes, newest first.
pub fn latest(
    conn: &mut Conn,
    supplier: SupplierId,
    limit: i64,
) -> Result<Vec<Change>, StoreError> {
    let rows: Vec<Row> = account_change::table
        .filter(account_change::supplier_id.eq(supplier.to_string()))
        .order(account_change::id.desc())
        .limit(limit)
        .select(Row::as_select())
        .load(&mut conn.db)?;
    rows.into_iter().map(|row| read(conn, row)).collect()
}

/// Moves a change on; a conflict when somebody else has done so.
pub fn set_state(
    conn: &mut Conn,
    change: &Change,
    next: ChangeState,
    (who, at): (&str, Moment),
) -> Result<(), StoreError> {
    let row = account_change::table
        .filter(account_change::supplier_id.eq(change.supplier.to_string()))
        .filter(account_change::id.eq(change.id.to_string()))
        .filter(account_change::state.eq(change.state.as_str()));
    let state = account_change::state.eq(next.as_str());
    let rows = each!(conn, db => match next {
        ChangeState::Waiting => diesel::update(row)
            .set((
                state,
                account_change::approver.eq(who),
                account_change::approved_at.eq(at.micros()),
            ))
            .execute(db)?,
        _ => diesel::update(row)
            .set((
                state,
                account_change::ended_by.eq(who),
                account_change::ended_at.eq(at.micros()),
            ))
            .execute(db)?,
    });
    changed_one(rows)
}

/// Notes the state that all the staff were written about.
pub fn set_told(conn: &mut Conn, change: &Change) -> Result<(), StoreError> {
    let row = account_change::table
        .filter(account_change::supplier_id.eq(change.supplier.to_string()))
        .filter(account_change::id.eq(change.id.to_string()));
    let rows = diesel::update(row)
        .set(account_change::told.eq(change.state.as_str()))
        .execute(&mut conn.db)?;
    changed_one(rows)
}
