//! SEPA mandates; the account number is sealed.

use diesel::prelude::*;
use domain::bank::{Bic, CreditorId, MandateRef};
use domain::mandate::{Mandate, MandateState, Scheme, Usage};
use domain::{Day, DebtorId, MandateId, Moment, SupplierId};

use super::columns::{optional, text};
use super::conn::Conn;
use super::error::{StoreError, changed_one, corrupt};
use super::schema::{collection, mandate};

const IBAN_PURPOSE: &str = "mandate.iban";

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = mandate, treat_none_as_default_value = false)]
struct Row {
    supplier_id: String,
    id: String,
    debtor_id: String,
    reference: String,
    creditor_id: String,
    scheme: String,
    usage: String,
    state: String,
    holder: String,
    iban_sealed: Vec<u8>,
    bic: Option<String>,
    signed_on: Option<chrono::NaiveDate>,
    signatory: Option<String>,
    evidence: String,
    created_at: i64,
}

fn read(conn: &Conn, row: Row) -> Result<Mandate, StoreError> {
    let iban = conn
        .vault
        .open(IBAN_PURPOSE, &row.iban_sealed)
        .map_err(corrupt("mandate.iban"))?;
    Ok(Mandate {
        id: text("mandate.id", &row.id)?,
        supplier: text("mandate.supplier_id", &row.supplier_id)?,
        debtor: text("mandate.debtor_id", &row.debtor_id)?,
        reference: text("mandate.reference", &row.reference)?,
        creditor_id: text("mandate.creditor_id", &row.creditor_id)?,
        scheme: text::<Scheme>("mandate.scheme", &row.scheme)?,
        usage: text::<Usage>("mandate.usage", &row.usage)?,
        state: text::<MandateState>("mandate.state", &row.state)?,
        holder: row.holder,
        iban: text("mandate.iban", &iban)?,
        bic: optional::<Bic>("mandate.bic", row.bic.as_deref())?,
        signed_on: row.signed_on.map(Day::from_date),
        signatory: row.signatory,
        created_at: Moment::from_micros(row.created_at),
    })
}

/// Adds a mandate with the evidence of its signature (JSON).
pub fn insert(conn: &mut Conn, new: &Mandate, evidence: &str) -> Result<(), StoreError> {
    let sealed = conn
        .vault
        .seal(IBAN_PURPOSE, new.iban.as_str())
        .map_err(|why| StoreError::Failed(why.to_string()))?;
    let row = Row {
        supplier_id: new.supplier.to_string(),
        id: new.id.to_string(),
        debtor_id: new.debtor.to_string(),
        reference: new.reference.to_string(),
        creditor_id: new.creditor_id.to_string(),
        scheme: new.scheme.to_string(),
        usage: new.usage.to_string(),
        state: new.state.to_string(),
        holder: new.holder.clone(),
        iban_sealed: sealed,
        bic: new.bic.as_ref().map(ToString::to_string),
        signed_on: new.signed_on.map(Day::date),
        signatory: new.signatory.clone(),
        evidence: evidence.to_owned(),
        created_at: new.created_at.micros(),
    };
    diesel::insert_into(mandate::table)
        .values(&row)
        .execute(&mut conn.db)?;
    Ok(())
}

/// One mandate.
pub fn find(conn: &mut Conn, supplier: SupplierId, id: MandateId) -> Result<Mandate, StoreError> {
    let row = mandate::table
        .find((supplier.to_string(), id.to_string()))
        .select(Row::as_select())
        .get_result(&mut conn.db)?;
    read(conn, row)
}

/// What proves a mandate's signature (JSON).
pub fn evidence(
    conn: &mut Conn,
    supplier: SupplierId,
    id: MandateId,
) -> Result<String, StoreError> {
    Ok(mandate::table
        .find((supplier.to_string(), id.to_string()))
        .select(mandate::evidence)
        .get_result(&mut conn.db)?)
}

/// A debtor's mandates, newest first.
pub fn of_debtor(
    conn: &mut Conn,
    supplier: SupplierId,
    debtor: DebtorId,
) -> Result<Vec<Mandate>, StoreError> {
    let rows: Vec<Row> = mandate::table
        .filter(mandate::supplier_id.eq(supplier.to_string()))
        .filter(mandate::debtor_id.eq(debtor.to_string()))
        .order(mandate::id.desc())
        .select(Row::as_select())
        .load(&mut conn.db)?;
    rows.into_iter().map(|row| read(conn, row)).collect()
}

/// Mandates in use that were neither signed nor collected under since this day, oldest first, with
/// the last day of collection.
pub fn unused_since(
    conn: &mut Conn,
    supplier: SupplierId,
    day: Day,
    limit: i64,
) -> Result<Vec<(Mandate, Option<Day>)>, StoreError> {
    let in_use = [MandateState::Active, MandateState::Suspended];
    let later = collection::table
        .filter(collection::supplier_id.eq(mandate::supplier_id))
        .filter(collection::debtor_id.eq(mandate::debtor_id))
        .filter(collection::mandate_id.eq(mandate::id))
        .filter(collection::batch_id.is_not_null())
        .filter(collection::collect_on.gt(day.date()));
    let rows: Vec<Row> = mandate::table
        .filter(mandate::supplier_id.eq(supplier.to_string()))
        .filter(mandate::state.eq_any(in_use.map(|state| state.as_str())))
        .filter(mandate::signed_on.le(day.date()))
        .filter(
            mandate::used_on
                .is_null()
                .or(mandate::used_on.le(day.date())),
        )
        .filter(diesel::dsl::not(diesel::dsl::exists(later)))
        .order((mandate::signed_on, mandate::id))
        .limit(limit)
        .select(Row::as_select())
        .load(&mut conn.db)?;
    let mut found = Vec::with_capacity(rows.len());
    for row in rows {
        let last: Option<chrono::NaiveDate> = collection::table
            .filter(collection::supplier_id.eq(&row.supplier_id))
            .filter(collection::debtor_id.eq(&row.debtor_id))
            .filter(collection::mandate_id.eq(&row.id))
            .filter(collection::batch_id.is_not_null())
            .select(diesel::dsl::max(collection::collect_on))
            .get_result(&mut conn.db)?;
        let before: Option<chrono::NaiveDate> = mandate::table
            .find((&row.supplier_id, &row.id))
            .select(mandate::used_on)
            .get_result(&mut conn.db)?;
        found.push((read(conn, row)?, last.max(before).map(Day::from_date)));
    }
    Ok(found)
}

/// Whose mandate has this reference, if it is here.
pub fn owner_of(
    conn: &mut Conn,
    supplier: SupplierId,
    creditor: &CreditorId,
    reference: &MandateRef,
) -> Result<Option<DebtorId>, StoreError> {
    let found: Option<String> = mandate::table
        .filter(mandate::supplier_id.eq(supplier.to_string()))
        .filter(mandate::creditor_id.eq(creditor.to_string()))
        .filter(mandate::reference.eq(reference.to_string()))
        .select(mandate::debtor_id)
        .get_result(&mut conn.db)
        .optional()?;
    optional("mandate.debtor_id", found.as_deref())
}

/// Notes the last day of collection under a mandate before it was taken over.
pub fn set_used_on(
    conn: &mut Conn,
    supplier: SupplierId,
    id: MandateId,
    day: Day,
) -> Result<(), StoreError> {
    let rows = diesel::update(mandate::table.find((supplier.to_string(), id.to_string())))
        .set(mandate::used_on.eq(day.date()))
        .execute(&mut conn.db)?;
    changed_one(rows)
}

/// Writes what may change of a mandate: its reference, whom it is for, and the account.
pub fn amend(conn: &mut Conn, changed: &Mandate) -> Result<(), StoreError> {
    let sealed = conn
        .vault
        .seal(IBAN_PURPOSE, changed.iban.as_str())
        .map_err(|why| StoreError::Failed(why.to_string()))?;
    let key = (changed.supplier.to_string(), changed.id.to_string());
    let rows = diesel::update(mandate::table.find(key))
        .set((
            mandate::reference.eq(changed.reference.to_string()),
            mandate::creditor_id.eq(changed.creditor_id.to_string()),
            mandate::iban_sealed.eq(sealed),
            mandate::bic.eq(changed.bic.as_ref().map(ToString::to_string)),
        ))
        .execute(&mut conn.db)?;
    changed_one(rows)
}

/// Moves a mandate from one state to another, unless somebody did meanwhile.
pub fn set_state(
    conn: &mut Conn,
    supplier: SupplierId,
    id: MandateId,
    from: MandateState,
    to: MandateState,
) -> Result<(), StoreError> {
    let row = mandate::table
        .find((supplier.to_string(), id.to_string()))
        .filter(mandate::state.eq(from.as_str()));
    let rows = diesel::update(row)
        .set(mandate::state.eq(to.as_str()))
        .execute(&mut conn.db)?;
    changed_one(rows)
}
