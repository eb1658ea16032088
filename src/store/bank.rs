//! Bank statements as they came, and the movements read from them.

use diesel::prelude::*;
use domain::{BankFileId, Day, Moment, Money, PaymentId, SupplierId};

use super::columns::{money, optional};
use super::conn::{Conn, each};
use super::error::{StoreError, changed_one};
use super::schema::{bank_entry, bank_file};

/// A statement file.
#[derive(Clone, Debug)]
pub struct BankFile {
    /// Id.
    pub id: BankFileId,
    /// Its name, as given.
    pub name: String,
    /// SHA-256 in hexadecimal.
    pub sha256: String,
    /// Its bytes.
    pub body: Vec<u8>,
}

/// Keeps a file; gives the id under which the same bytes were kept before, if they were.
pub fn insert_file(
    conn: &mut Conn,
    supplier: SupplierId,
    new: &BankFile,
    at: Moment,
) -> Result<BankFileId, StoreError> {
    let known: Option<String> = bank_file::table
        .filter(bank_file::supplier_id.eq(supplier.to_string()))
        .filter(bank_file::sha256.eq(&new.sha256))
        .select(bank_file::id)
        .get_result(&mut conn.db)
        .optional()?;
    if let Some(id) = optional("bank_file.id", known.as_deref())? {
        return Ok(id);
    }
    diesel::insert_into(bank_file::table)
        .values((
            bank_file::supplier_id.eq(supplier.to_string()),
            bank_file::id.eq(new.id.to_string()),
            bank_file::file_name.eq(&new.name),
            bank_file::sha256.eq(&new.sha256),
            bank_file::body.eq(&new.body),
            bank_file::received_at.eq(at.micros()),
        ))
        .execute(&mut conn.db)?;
    Ok(new.id)
}

/// One movement of a statement.
#[derive(Clone, Debug)]
pub struct Movement {
    /// Account, statement, place: the same movement always has the same key.
    pub key: String,
    /// From which file.
    pub file: BankFileId,
    /// The bank's booking day.
    pub booked_on: Day,
    /// Received positive, paid out negative.
    pub amount: Money,
    /// What the payer wrote.
    pub text: String,
    /// Who paid, as the bank says.
    pub counterparty: Option<String>,
    /// How it was matched: `reference`, `collection`, `none`, `ignored`.
    pub matching: &'static str,
    /// The payment it became, if any.
    pub payment: Option<PaymentId>,
}

/// Books a movement; `false` when it was booked before.
pub fn insert_movement(
    conn: &mut Conn,
    supplier: SupplierId,
    new: &Movement,
) -> Result<bool, StoreError> {
    let values = (
        bank_entry::supplier_id.eq(supplier.to_string()),
        bank_entry::key.eq(&new.key),
        bank_entry::file_id.eq(new.file.to_string()),
        bank_entry::booked_on.eq(new.booked_on.date()),
        bank_entry::currency.eq(new.amount.currency().to_string()),
        bank_entry::amount.eq(new.amount.minor()),
        bank_entry::text.eq(&new.text),
        bank_entry::counterparty.eq(&new.counterparty),
        bank_entry::matching.eq(new.matching),
        bank_entry::payment_id.eq(new.payment.map(|id| id.to_string())),
    );
    let rows = each!(conn, db => {
        diesel::insert_into(bank_entry::table).values(values).on_conflict_do_nothing().execute(db)?
    });
    Ok(rows == 1)
}

/// Says how a movement was matched, once that is decided.
pub fn set_matching(
    conn: &mut Conn,
    supplier: SupplierId,
    key: &str,
    matching: &'static str,
    payment: Option<PaymentId>,
) -> Result<(), StoreError> {
    let row = bank_entry::table.find((supplier.to_string(), key.to_owned()));
    let rows = diesel::update(row)
        .set((
            bank_entry::matching.eq(matching),
            bank_entry::payment_id.eq(payment.map(|id| id.to_string())),
        ))
        .execute(&mut conn.db)?;
    changed_one(rows)
}

/// A movement nobody could match.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unmatched {
    /// Its key.
    pub key: String,
    /// Booking day.
    pub booked_on: Day,
    /// How much.
    pub amount: Money,
    /// What the payer wrote.
    pub text: String,
    /// Who paid, as the bank says.
    pub counterparty: Option<String>,
}

/// Money received that belongs to nobody known, oldest first.
pub fn unmatched(
    conn: &mut Conn,
    supplier: SupplierId,
    limit: i64,
) -> Result<Vec<Unmatched>, StoreError> {
    type Columns = (
        String,
        chrono::NaiveDate,
        String,
        i64,
        String,
        Option<String>,
    );
    let rows: Vec<Columns> = bank_entry::table
        .filter(bank_entry::supplier_id.eq(supplier.to_string()))
        .filter(bank_entry::matching.eq("none"))
        .order((bank_entry::booked_on, bank_entry::key))
        .limit(limit)
        .select((
            bank_entry::key,
            bank_entry::booked_on,
            bank_entry::currency,
            bank_entry::amount,
            bank_entry::text,
            bank_entry::counterparty,
        ))
        .load(&mut conn.db)?;
    rows.into_iter()
        .map(|(key, booked_on, currency, minor, text, counterparty)| {
            let amount = money(minor, &currency)?;
            Ok(Unmatched {
                key,
                booked_on: Day::from_date(booked_on),
                amount,
                text,
                counterparty,
            })
        })
        .collect()
}
