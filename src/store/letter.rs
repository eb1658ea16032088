//! Letters that were printed, and what proves that they left.

use diesel::prelude::*;
use domain::letter::LetterState;
use domain::message::MessageKind;
use domain::{Day, DebtorId, LetterBatchId, MessageId, Moment, SupplierId};

use super::columns::text;
use super::conn::{Conn, each, insert_all};
use super::error::{StoreError, changed_one};
use super::schema::{letter, letter_batch, message};

/// Letters that were printed together.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Batch {
    /// Id.
    pub id: LetterBatchId,
    /// When.
    pub made_at: Moment,
    /// By whom.
    pub made_by: String,
    /// How many.
    pub letters: i64,
}

/// One printed letter.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Letter {
    /// In which batch.
    pub batch: LetterBatchId,
    /// Of which message.
    pub message: MessageId,
    /// Its place in the batch, from 1.
    pub place: i32,
    /// What people call it.
    pub reference: String,
    /// Whether it goes as registered mail.
    pub registered: bool,
    /// The lines in its window.
    pub addressee: Vec<String>,
    /// How it stands.
    pub state: LetterState,
    /// The tracking number of registered mail.
    pub tracking: Option<String>,
    /// The day it was posted or deposited.
    pub posted_on: Option<Day>,
    /// The name of the file that proves the deposit.
    pub proof: Option<String>,
}

/// A printed letter with what its message says.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Told {
    /// The letter.
    pub letter: Letter,
    /// To which debtor.
    pub debtor: DebtorId,
    /// What it is.
    pub kind: MessageKind,
}

#[derive(Insertable)]
#[diesel(table_name = letter, treat_none_as_default_value = false)]
struct NewRow {
    supplier_id: String,
    batch_id: String,
    message_id: String,
    place: i32,
    reference: String,
    registered: bool,
    addressee: String,
    state: String,
}

/// Keeps a batch, its bytes and its letters.
pub fn insert(
    conn: &mut Conn,
    supplier: SupplierId,
    (batch, file): (&Batch, &[u8]),
    letters: &[Letter],
) -> Result<(), StoreError> {
    let values = (
        letter_batch::supplier_id.eq(supplier.to_string()),
        letter_batch::id.eq(batch.id.to_string()),
        letter_batch::made_at.eq(batch.made_at.micros()),
        letter_batch::made_by.eq(&batch.made_by),
        letter_batch::letters.eq(batch.letters),
        letter_batch::file.eq(file),
    );
    each!(conn, db => {
        diesel::insert_into(letter_batch::table).values(values).execute(db)?;
    });
    let row = |one: &Letter| NewRow {
        supplier_id: supplier.to_string(),
        batch_id: one.batch.to_string(),
        message_id: one.message.to_string(),
        place: one.place,
        reference: one.reference.clone(),
        registered: one.registered,
        addressee: one.addressee.join("\n"),
        state: one.state.to_string(),
    };
    let rows: Vec<NewRow> = letters.iter().map(row).collect();
    insert_all!(conn, letter::table, rows);
    Ok(())
}

type BatchColumns = (String, i64, String, i64);

fn batch((id, made_at, made_by, letters): BatchColumns) -> Result<Batch, StoreError> {
    Ok(Batch {
        id: text("letter_batch.id", &id)?,
        made_at: Moment::from_micros(made_at),
        made_by,
        letters,
    })
}

macro_rules! batch_columns {
    () => {
        (
            letter_batch::id,
            letter_batch::made_at,
            letter_batch::made_by,
            letter_batch::letters,
        )
    };
}

/// One batch, without its bytes.
pub fn find(conn: &mut Conn, supplier: SupplierId, id: LetterBatchId) -> Result<Batch, StoreError> {
    let found: BatchColumns = letter_batch::table
        .find((supplier.to_string(), id.to_string()))
        .select(batch_columns!())
        .get_result(&mut conn.db)?;
    batch(found)
}

/// A supplier's batches, newest first, each with how many of its letters are not posted yet.
pub fn latest(
    conn: &mut Conn,
    supplier: SupplierId,
    limit: i64,
) -> Result<Vec<(Batch, i64)>, StoreError> {
    let rows: Vec<BatchColumns> = letter_batch::table
        .filter(letter_batch::supplier_id.eq(supplier.to_string()))
        .order(letter_batch::id.desc())
        .limit(limit)
        .select(batch_columns!())
        .load(&mut conn.db)?;
    let mut found = Vec::new();
    for row in rows {
        let batch = batch(row)?;
        let open: i64 = letter::table
            .filter(letter::supplier_id.eq(supplier.to_string()))
            .filter(letter::batch_id.eq(batch.id.to_string()))
            .filter(letter::state.eq(LetterState::Printed.as_str()))
            .count()
            .get_result(&mut conn.db)?;
        found.push((batch, open));
    }
    Ok(found)
}

/// The bytes of a batch, as they were printed.
pub fn file(
    conn: &mut Conn,
    supplier: SupplierId,
    id: LetterBatchId,
) -> Result<Vec<u8>, StoreError> {
    Ok(letter_batch::table
        .find((supplier.to_string(), id.to_string()))
        .select(letter_batch::file)
        .get_result(&mut conn.db)?)
}

type LetterColumns = (
    (String, String, i32, String, bool, String, String),
    (Option<String>, Option<chrono::NaiveDate>, Option<String>),
    (String, String),
);

macro_rules! letter_columns {
    () => {
        (
            (
                letter::batch_id,
                letter::message_id,
                letter::place,
                letter::reference,
                letter::registered,
                letter::addressee,
                letter::state,
            ),
            (letter::tracking, letter::posted_on, letter::proof_name),
            (message::debtor_id, message::kind),
        )
    };
}

fn told((own, proved, about): LetterColumns) -> Result<Told, StoreError> {
    let (batch, message, place, reference, registered, addressee, state) = own;
    let (tracking, posted_on, proof) = proved;
    Ok(Told {
        debtor: text("message.debtor_id", &about.0)?,
        kind: text("message.kind", &about.1)?,
        letter: Letter {
            batch: text("letter.batch_id", &batch)?,
            message: text("letter.message_id", &message)?,
            place,
            reference,
            registered,
            addressee: addressee.lines().map(str::to_owned).collect(),
            state: text("letter.state", &state)?,
            tracking,
            posted_on: posted_on.map(Day::from_date),
            proof,
        },
    })
}

/// The letters of a batch, as they lie in it.
pub fn of_batch(
    conn: &mut Conn,
    supplier: SupplierId,
    id: LetterBatchId,
) -> Result<Vec<Told>, StoreError> {
    letter::table
        .inner_join(
            message::table.on(message::supplier_id
                .eq(letter::supplier_id)
                .and(message::id.eq(letter::message_id))),
        )
        .filter(letter::supplier_id.eq(supplier.to_string()))
        .filter(letter::batch_id.eq(id.to_string()))
        .order((letter::place, letter::message_id))
        .select(letter_columns!())
        .load::<LetterColumns>(&mut conn.db)?
        .into_iter()
        .map(told)
        .collect()
}

/// What proves that the letters of these messages left, where anything does.
pub fn posted(
    conn: &mut Conn,
    supplier: SupplierId,
    messages: &[String],
) -> Result<Vec<Told>, StoreError> {
    letter::table
        .inner_join(
            message::table.on(message::supplier_id
                .eq(letter::supplier_id)
                .and(message::id.eq(letter::message_id))),
        )
        .filter(letter::supplier_id.eq(supplier.to_string()))
        .filter(letter::message_id.eq_any(messages))
        .filter(letter::state.eq(LetterState::Posted.as_str()))
        .order((letter::message_id, letter::batch_id))
        .select(letter_columns!())
        .load::<LetterColumns>(&mut conn.db)?
        .into_iter()
        .map(told)
        .collect()
}

macro_rules! row {
    ($supplier:expr, $of:expr) => {
        letter::table.find((
            $supplier.to_string(),
            $of.batch.to_string(),
            $of.message.to_string(),
        ))
    };
}

/// Records what became of a printed letter; one that is no longer what it was is a
/// [`StoreError::Conflict`].
pub fn advance(
    conn: &mut Conn,
    supplier: SupplierId,
    from: LetterState,
    to: &Letter,
) -> Result<(), StoreError> {
    let rows = diesel::update(row!(supplier, to).filter(letter::state.eq(from.as_str())))
        .set((
            letter::state.eq(to.state.as_str()),
            letter::tracking.eq(&to.tracking),
            letter::posted_on.eq(to.posted_on.map(Day::date)),
        ))
        .execute(&mut conn.db)?;
    changed_one(rows)
}

/// Keeps the file that proves the deposit of a letter.
pub fn prove(
    conn: &mut Conn,
    supplier: SupplierId,
    of: &Letter,
    (name, bytes): (&str, &[u8]),
) -> Result<(), StoreError> {
    let rows = diesel::update(row!(supplier, of))
        .set((
            letter::proof_name.eq(Some(name)),
            letter::proof.eq(Some(bytes)),
        ))
        .execute(&mut conn.db)?;
    changed_one(rows)
}

/// The file that proves the deposit of a letter.
pub fn proof(
    conn: &mut Conn,
    supplier: SupplierId,
    (batch, message): (LetterBatchId, MessageId),
) -> Result<Vec<u8>, StoreError> {
    let found: Option<Vec<u8>> = letter::table
        .find((supplier.to_string(), batch.to_string(), message.to_string()))
        .select(letter::proof)
        .get_result(&mut conn.db)?;
    found.ok_or(StoreError::NotFound)
}
