//! A bank file is taken: kept whole, read to its end, then booked, or left for a person to look at.
//!
//! Nothing of a file that cannot be read is booked. Sums that do not agree, versions that are not
//! known, tables whose columns nobody confirmed and money that another format told already wait for
//! a person's confirmation. Read again, a file books nothing again.

mod back;
mod book;
pub mod columns;
mod credit;
mod debits;
mod finder;
mod same;
mod survey;

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::statement::{FileEvent, FileState};
use domain::{BankFileId, Currency, Money, SupplierId};

use self::book::Booking;
use self::survey::Survey;
use super::error::FlowError;
use super::guard::Actor;
use crate::app::App;
use crate::clock::new_id;
use crate::payments::statements::{self, FILE_MAX, Profile};
use crate::store::bank::{BankFile, Reading};
use crate::store::{self, Conn, StoreError};
use crate::vault;

pub(super) use self::book::{assign, suspend_again};

/// What a file led to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Booked {
    /// The file.
    pub file: BankFileId,
    /// Where it stands.
    pub state: FileState,
    /// Why it waits, in the operator's words; empty when it does not.
    pub reason: String,
    /// Movements booked now.
    pub movements: usize,
    /// Of these, matched to a payment or debtor.
    pub matched: usize,
    /// Movements that were booked before, or told by another message.
    pub known: usize,
    /// Money received that belongs to nobody known, by currency.
    pub unmatched: BTreeMap<Currency, Money>,
    /// Statements whose opening and entries do not make their closing balance.
    pub unbalanced: Vec<String>,
}

impl Booked {
    fn of(file: BankFileId, state: FileState, survey: &Survey) -> Self {
        Self {
            file,
            state,
            reason: survey.reasons.join("\n"),
            movements: 0,
            matched: 0,
            known: 0,
            unmatched: BTreeMap::new(),
            unbalanced: survey.unbalanced.clone(),
        }
    }
}

/// Takes a file: refused whole if a part cannot be read, left waiting if a person should look at
/// it, else booked. A file that was taken before stands as it did.
pub async fn run(
    app: &App,
    supplier: SupplierId,
    name: &str,
    bytes: Vec<u8>,
) -> Result<Booked, FlowError> {
    let size = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    if size > FILE_MAX {
        let why = statements::Fault::TooLarge(FILE_MAX);
        return Err(FlowError::Unusable(format!("{name}: {why}")));
    }
    let plain = name.chars().filter(|letter| !letter.is_control());
    let short: String = plain.take(200).collect();
    let bytes = Arc::new(bytes);
    let own = known_reading(app, supplier, &bytes).await?;
    let surveyed = survey::survey(app, supplier, &bytes, own).await?;
    let (state, survey) = match surveyed {
        Ok(survey) if survey.reasons.is_empty() => (FileState::Booking, survey),
        Ok(survey) => (FileState::Waiting, survey),
        Err(why) => (FileState::Refused, Survey::refused(&why)),
    };
    let (file, before) = keep(
        app,
        supplier,
        (&short, Arc::clone(&bytes)),
        (state, &survey),
    )
    .await?;
    let state = before.unwrap_or(state);
    match state {
        FileState::Refused => Err(FlowError::Unusable(format!(
            "{name}: {}",
            survey.reasons.join("; ")
        ))),
        FileState::Waiting | FileState::Discarded => Ok(Booked::of(file, state, &survey)),
        // Taken when tables were read by their titles alone: what it told is booked.
        FileState::Imported if survey.is_table_of_nobody() => Ok(Booked::of(file, state, &survey)),
        FileState::Booking | FileState::Imported => {
            let booked = Booked::of(file, FileState::Imported, &survey);
            let how = (survey.profile.as_ref(), state);
            book(app, supplier, &bytes, (booked, how)).await
        }
    }
}

/// How the table of these bytes was read, if it was taken before: it is read alike for ever.
async fn known_reading(
    app: &App,
    supplier: SupplierId,
    bytes: &[u8],
) -> Result<Option<Profile>, FlowError> {
    let sha256 = vault::sha256(bytes);
    let asked = move |conn: &mut Conn| {
        let Some(file) = store::bank::known_file(conn, supplier, &sha256)? else {
            return Ok(None);
        };
        match store::bank::reading(conn, supplier, file) {
            Ok(reading) => Ok(reading.read_by),
            Err(StoreError::NotFound) => Ok(None),
            Err(why) => Err(why),
        }
    };
    let read_by = app.store.read(supplier, asked).await?;
    Ok(read_by.and_then(|text| text.parse().ok()))
}

/// A person says that what was understood of a waiting file is right: it is booked.
pub async fn confirm(
    app: &App,
    supplier: SupplierId,
    file: BankFileId,
    by: &Actor,
) -> Result<Booked, FlowError> {
    let bytes = body(app, supplier, file).await?;
    let survey = match survey::survey(app, supplier, &bytes, None).await? {
        Ok(survey) => survey,
        Err(why) => {
            step(app, supplier, (file, FileEvent::Refuse), None).await?;
            return Err(FlowError::Unusable(why.to_string()));
        }
    };
    if survey.is_table_of_nobody() {
        return Err(FlowError::Unusable(survey.reasons.join("; ")));
    }
    confirmed(app, supplier, (file, bytes, survey), by).await
}

/// Its bytes.
async fn body(
    app: &App,
    supplier: SupplierId,
    file: BankFileId,
) -> Result<Arc<Vec<u8>>, FlowError> {
    let asked = move |conn: &mut Conn| store::bank::body(conn, supplier, file);
    Ok(Arc::new(app.store.report(supplier, asked).await?))
}

/// Notes the confirmation of what was understood, and how a table is read; then books it.
async fn confirmed(
    app: &App,
    supplier: SupplierId,
    (file, bytes, survey): (BankFileId, Arc<Vec<u8>>, Survey),
    by: &Actor,
) -> Result<Booked, FlowError> {
    if survey.broken {
        return Err(FlowError::Unusable(survey.reasons.join("; ")));
    }
    let (by, now) = (by.words().to_owned(), app.now());
    let (movements, read_by) = (survey.movements, survey.reading());
    app.store
        .write(supplier, move |conn| {
            let from = store::bank::reading(conn, supplier, file)?.state;
            let to = from.on(FileEvent::Confirm)?;
            store::bank::set_state(conn, supplier, file, (from, to), Some(&by))?;
            if let Some(read_by) = &read_by {
                let how = (read_by.reading.as_str(), movements);
                store::bank::set_read_by(conn, supplier, file, how)?;
                store::bank::save_table(conn, supplier, read_by, (by.as_str(), now))?;
            }
            Ok::<_, FlowError>(())
        })
        .await?;
    let mut booked = Booked::of(file, FileState::Imported, &survey);
    booked.reason = String::new();
    let how = (survey.profile.as_ref(), FileState::Booking);
    book(app, supplier, &bytes, (booked, how)).await
}

/// A person says that a waiting file is not to be booked.
pub async fn discard(
    app: &App,
    supplier: SupplierId,
    file: BankFileId,
    by: &Actor,
) -> Result<(), FlowError> {
    step(
        app,
        supplier,
        (file, FileEvent::Discard),
        Some(by.words().to_owned()),
    )
    .await
}

async fn step(
    app: &App,
    supplier: SupplierId,
    (file, event): (BankFileId, FileEvent),
    by: Option<String>,
) -> Result<(), FlowError> {
    app.store
        .write(supplier, move |conn| {
            let from = store::bank::reading(conn, supplier, file)?.state;
            let to = from.on(event)?;
            Ok(store::bank::set_state(
                conn,
                supplier,
                file,
                (from, to),
                by.as_deref(),
            )?)
        })
        .await
}

/// Keeps the file and how it was read; if it was taken before, tells how it stood.
async fn keep(
    app: &App,
    supplier: SupplierId,
    (name, bytes): (&str, Arc<Vec<u8>>),
    (state, survey): (FileState, &Survey),
) -> Result<(BankFileId, Option<FileState>), FlowError> {
    let now = app.now();
    let new = BankFile {
        id: new_id(),
        name: name.to_owned(),
        sha256: vault::sha256(&bytes),
        body: bytes,
    };
    let reading = Reading {
        file: new.id,
        name: name.to_owned(),
        received_at: now,
        state,
        format: survey.format.clone(),
        reason: survey.reasons.join("\n"),
        statements: survey.statements,
        movements: survey.movements,
        booked: 0,
        confirmed_by: None,
        read_by: survey.profile.as_ref().map(Profile::to_string),
    };
    app.store
        .write(supplier, move |conn| {
            let known = store::bank::known_file(conn, supplier, &new.sha256)?;
            let file = match known {
                Some(file) => file,
                None => store::bank::insert_file(conn, supplier, &new, now)?,
            };
            match store::bank::reading(conn, supplier, file) {
                Ok(before) => Ok((file, Some(before.state))),
                // Kept by an earlier version of the program, which did not note how it was read.
                Err(StoreError::NotFound) => {
                    let reading = Reading {
                        file,
                        ..reading.clone()
                    };
                    store::bank::insert_reading(conn, supplier, &reading)?;
                    Ok::<_, FlowError>((file, None))
                }
                Err(why) => Err(why.into()),
            }
        })
        .await
}

/// Books all movements that are not booked yet, some at a time.
async fn book(
    app: &App,
    supplier: SupplierId,
    bytes: &[u8],
    (mut booked, (profile, state)): (Booked, (Option<&Profile>, FileState)),
) -> Result<Booked, FlowError> {
    let file = booked.file;
    let mut booking = Booking::new(app, supplier, file).await?;
    for item in statements::open_by(bytes, FILE_MAX, profile).map_err(unusable)? {
        if let Some(done) = booking.take(item.map_err(unusable)?).await? {
            add(&mut booked, &done)?;
        }
    }
    add(&mut booked, &booking.flush().await?)?;
    let count = i64::try_from(booked.movements).unwrap_or(i64::MAX);
    app.store
        .write(supplier, move |conn: &mut Conn| {
            store::bank::end(conn, supplier, file, count)?;
            if state == FileState::Booking {
                let to = state.on(FileEvent::Finish)?;
                store::bank::set_state(conn, supplier, file, (state, to), None)?;
            }
            Ok::<_, FlowError>(())
        })
        .await?;
    Ok(booked)
}

fn unusable(why: statements::StatementError) -> FlowError {
    FlowError::Unusable(why.to_string())
}

fn add(booked: &mut Booked, done: &book::Done) -> Result<(), FlowError> {
    booked.movements += done.movements;
    booked.matched += done.matched;
    booked.known += done.known;
    for amount in &done.unmatched {
        let currency = amount.currency();
        let sum = booked
            .unmatched
            .entry(currency)
            .or_insert(Money::zero(currency));
        *sum = sum.checked_add(*amount)?;
    }
    Ok(())
}
