//! Suppliers: the tenants.

use diesel::prelude::*;
use domain::bank::{Bic, CreditorId, Iban};
use domain::batch::DebitProfile;
use domain::party::{BankAccount, Supplier};
use domain::{Day, SupplierId};

use super::columns::{optional, small, text};
use super::conn::{Conn, each};
use super::error::{StoreError, changed_one, corrupt};
use super::schema::supplier;

const IBAN_PURPOSE: &str = "supplier.iban";
const CARD_PURPOSE: &str = "supplier.card";

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = supplier, treat_none_as_default_value = false)]
pub(super) struct Row {
    id: String,
    code: String,
    name: String,
    address: String,
    accent: String,
    sender: String,
    contact_email: String,
    contact_phone: String,
    language: String,
    zone: String,
    legal_mode: String,
    bank_holder: Option<String>,
    bank_iban_sealed: Option<Vec<u8>>,
    bank_bic: Option<String>,
    creditor_id: Option<String>,
    debit_profile: Option<String>,
    promise_days_max: i32,
    data_age_days_max: i32,
    data_as_of: Option<chrono::NaiveDate>,
}

fn bank(conn: &Conn, row: &Row) -> Result<Option<BankAccount>, StoreError> {
    let (Some(holder), Some(sealed)) = (&row.bank_holder, &row.bank_iban_sealed) else {
        return Ok(None);
    };
    let iban = conn
        .vault
        .open(IBAN_PURPOSE, sealed)
        .map_err(corrupt("supplier.bank_iban"))?;
    Ok(Some(BankAccount {
        holder: holder.clone(),
        iban: text("supplier.bank_iban", &iban)?,
        bic: optional::<Bic>("supplier.bank_bic", row.bank_bic.as_deref())?,
        creditor_id: optional::<CreditorId>("supplier.creditor_id", row.creditor_id.as_deref())?,
        debits: optional::<DebitProfile>("supplier.debit_profile", row.debit_profile.as_deref())?
            .unwrap_or_default(),
    }))
}

pub(super) fn read(conn: &Conn, row: Row) -> Result<Supplier, StoreError> {
    Ok(Supplier {
        id: text("supplier.id", &row.id)?,
        bank: bank(conn, &row)?,
        accent: text("supplier.accent", &row.accent)?,
        language: text("supplier.language", &row.language)?,
        zone: text("supplier.zone", &row.zone)?,
        legal_mode: text("supplier.legal_mode", &row.legal_mode)?,
        promise_days_max: small("supplier.promise_days_max", row.promise_days_max)?,
        data_age_days_max: small("supplier.data_age_days_max", row.data_age_days_max)?,
        data_as_of: row.data_as_of.map(Day::from_date),
        code: row.code,
        name: row.name,
        address: row.address,
        sender: row.sender,
        contact_email: row.contact_email,
        contact_phone: row.contact_phone,
    })
}

fn seal(conn: &Conn, purpose: &str, plain: &str) -> Result<Vec<u8>, StoreError> {
    conn.vault
        .seal(purpose, plain)
        .map_err(|why| StoreError::Failed(why.to_string()))
}

/// Adds a supplier; its code must be new.
pub fn insert(conn: &mut Conn, new: &Supplier) -> Result<(), StoreError> {
    let account = new.bank.as_ref();
    let sealed = account
        .map(|bank| seal(conn, IBAN_PURPOSE, bank.iban.as_str()))
        .transpose()?;
    let row = Row {
        id: new.id.to_string(),
        code: new.code.clone(),
        name: new.name.clone(),
        address: new.address.clone(),
        accent: new.accent.to_string(),
        sender: new.sender.clone(),
        contact_email: new.contact_email.clone(),
        contact_phone: new.contact_phone.clone(),
        language: new.language.to_string(),
        zone: new.zone.name().to_owned(),
        legal_mode: new.legal_mode.to_string(),
        bank_holder: account.map(|bank| bank.holder.clone()),
        bank_iban_sealed: sealed,
        bank_bic: account
            .and_then(|bank| bank.bic.as_ref())
            .map(ToString::to_string),
        creditor_id: account
            .and_then(|bank| bank.creditor_id.as_ref())
            .map(ToString::to_string),
        debit_profile: account.map(|bank| bank.debits.to_string()),
        promise_days_max: i32::from(new.promise_days_max),
        data_age_days_max: i32::from(new.data_age_days_max),
        data_as_of: new.data_as_of.map(Day::date),
    };
    diesel::insert_into(supplier::table)
        .values(&row)
        .execute(&mut conn.db)?;
    Ok(())
}

/// Sets the account that the supplier is paid on.
pub fn set_account(
    conn: &mut Conn,
    id: SupplierId,
    (holder, iban, bic): (&str, &Iban, Option<&Bic>),
) -> Result<(), StoreError> {
    let sealed = seal(conn, IBAN_PURPOSE, iban.as_str())?;
    let rows = diesel::update(supplier::table.filter(supplier::id.eq(id.to_string())))
        .set((
            supplier::bank_holder.eq(holder),
            supplier::bank_iban_sealed.eq(sealed),
            supplier::bank_bic.eq(bic.map(ToString::to_string)),
        ))
        .execute(&mut conn.db)?;
    changed_one(rows)
}

/// Sets what the supplier's bank asks of direct debits.
pub fn set_debit_profile(
    conn: &mut Conn,
    id: SupplierId,
    profile: &DebitProfile,
) -> Result<(), StoreError> {
    let rows = diesel::update(supplier::table.filter(supplier::id.eq(id.to_string())))
        .set(supplier::debit_profile.eq(profile.to_string()))
        .execute(&mut conn.db)?;
    changed_one(rows)
}

/// One supplier.
pub fn find(conn: &mut Conn, id: SupplierId) -> Result<Supplier, StoreError> {
    let row = each!(conn, db => {
        supplier::table
            .filter(supplier::id.eq(id.to_string()))
            .select(Row::as_select())
            .get_result(db)?
    });
    read(conn, row)
}

/// The supplier of this code, for the command line.
pub fn find_by_code(conn: &mut Conn, code: &str) -> Result<Supplier, StoreError> {
    let row = supplier::table
        .filter(supplier::code.eq(code))
        .select(Row::as_select())
        .get_result(&mut conn.db)?;
    read(conn, row)
}

/// All suppliers, by code: for jobs, which work for each in turn.
pub fn list(conn: &mut Conn) -> Result<Vec<Supplier>, StoreError> {
    let rows: Vec<Row> = supplier::table
        .order((supplier::code, supplier::id))
        .select(Row::as_select())
        .load(&mut conn.db)?;
    rows.into_iter().map(|row| read(conn, row)).collect()
}

/// Notes the day of the latest complete import.
pub fn set_data_as_of(conn: &mut Conn, id: SupplierId, day: Day) -> Result<(), StoreError> {
    let rows = diesel::update(supplier::table.filter(supplier::id.eq(id.to_string())))
        .set(supplier::data_as_of.eq(day.date()))
        .execute(&mut conn.db)?;
    changed_one(rows)
}

/// Whether documents ask for a code first.
pub fn code_for_documents(conn: &mut Conn, id: SupplierId) -> Result<bool, StoreError> {
    Ok(supplier::table
        .filter(supplier::id.eq(id.to_string()))
        .select(supplier::code_for_documents)
        .get_result(&mut conn.db)?)
}

/// Says whether documents ask for a code first.
pub fn set_code_for_documents(
    conn: &mut Conn,
    id: SupplierId,
    asked: bool,
) -> Result<(), StoreError> {
    let rows = diesel::update(supplier::table.filter(supplier::id.eq(id.to_string())))
        .set(supplier::code_for_documents.eq(asked))
        .execute(&mut conn.db)?;
    changed_one(rows)
}

/// The least that a payment in part comes to, in whole units of its currency.
pub fn part_min(conn: &mut Conn, id: SupplierId) -> Result<u16, StoreError> {
    let units: i32 = supplier::table
        .filter(supplier::id.eq(id.to_string()))
        .select(supplier::part_min)
        .get_result(&mut conn.db)?;
    small("supplier.part_min", units)
}

/// Sets the least that a payment in part comes to.
pub fn set_part_min(conn: &mut Conn, id: SupplierId, units: u16) -> Result<(), StoreError> {
    let rows = diesel::update(supplier::table.filter(supplier::id.eq(id.to_string())))
        .set(supplier::part_min.eq(i32::from(units)))
        .execute(&mut conn.db)?;
    changed_one(rows)
}

/// Sets the days between two messages of our own accord to one account.
pub fn set_message_gap_days(conn: &mut Conn, id: SupplierId, days: u16) -> Result<(), StoreError> {
    let rows = diesel::update(supplier::table.filter(supplier::id.eq(id.to_string())))
        .set(supplier::message_gap_days.eq(i32::from(days)))
        .execute(&mut conn.db)?;
    changed_one(rows)
}

/// Seals the card account's settings (JSON, as the caller wrote it).
pub fn set_card(conn: &mut Conn, id: SupplierId, settings: &str) -> Result<(), StoreError> {
    let sealed = seal(conn, CARD_PURPOSE, settings)?;
    let rows = diesel::update(supplier::table.filter(supplier::id.eq(id.to_string())))
        .set(supplier::card_sealed.eq(sealed))
        .execute(&mut conn.db)?;
    changed_one(rows)
}

/// The card account's settings, if the supplier takes cards.
pub fn card(conn: &mut Conn, id: SupplierId) -> Result<Option<String>, StoreError> {
    let sealed: Option<Vec<u8>> = supplier::table
        .filter(supplier::id.eq(id.to_string()))
        .select(supplier::card_sealed)
        .get_result(&mut conn.db)?;
    sealed
        .map(|bytes| {
            conn.vault
                .open(CARD_PURPOSE, &bytes)
                .map_err(corrupt("supplier.card_sealed"))
        })
        .transpose()
}
