//! What becomes of printed letters.

use std::io::Read;

use domain::letter::{Deposit, LetterEvent, check_day, tracking};
use domain::message::MessageEvent;
use domain::{Day, LetterBatchId, MessageId, Moment, SupplierId};

use crate::app::App;
use crate::flows::by_hand::after;
use crate::flows::error::FlowError;
use crate::flows::guard::{Actor, Deed, note};
use crate::store::by_hand::Done;
use crate::store::letter::{Letter, Told};
use crate::store::{self, Conn};
use crate::tables;

/// Says on which day these letters of a batch were posted; all that can be when none is named.
/// Registered ones are not: their provider says so. Told again, nothing happens.
pub async fn post(
    app: &App,
    (supplier, batch): (SupplierId, LetterBatchId),
    (chosen, on): (Vec<MessageId>, Day),
    actor: Actor,
) -> Result<usize, FlowError> {
    let now = app.now();
    app.store
        .write(supplier, move |conn| {
            day(conn, (supplier, batch), (on, now))?;
            let mut posted = 0;
            for one in open(conn, (supplier, batch), &chosen)? {
                if one.letter.registered {
                    continue;
                }
                let letter = Letter {
                    posted_on: Some(on),
                    ..one.letter.clone()
                };
                sent(conn, supplier, (&one, letter), (now, &actor))?;
                posted += 1;
            }
            Ok(posted)
        })
        .await
}

/// Says that these letters were not posted: each waits for another batch.
pub async fn hold_back(
    app: &App,
    (supplier, batch): (SupplierId, LetterBatchId),
    chosen: Vec<MessageId>,
    actor: Actor,
) -> Result<usize, FlowError> {
    let now = app.now();
    app.store
        .write(supplier, move |conn| {
            let found = open(conn, (supplier, batch), &chosen)?;
            for one in &found {
                let mut letter = one.letter.clone();
                letter.state = letter.state.on(LetterEvent::HoldBack)?;
                store::letter::advance(conn, supplier, one.letter.state, &letter)?;
                let message = store::outbox::find(conn, supplier, letter.message)?;
                let done = Done {
                    to: after(message.state, &[MessageEvent::Deferred])?,
                    outcome: "not posted".to_owned(),
                    at: now,
                    due_at: Some(now),
                    counts: false,
                };
                store::by_hand::record(conn, &message, &done)?;
                told(conn, supplier, (one, "letter.held", ""), (now, &actor))?;
            }
            Ok(found.len())
        })
        .await
}

/// Takes what a provider of registered mail tells: each letter it names counts as sent. Told
/// again, nothing happens; refused whole when one of them is none of the batch.
pub async fn track(
    app: &App,
    (supplier, batch): (SupplierId, LetterBatchId),
    deposits: Vec<Deposit>,
    actor: Actor,
) -> Result<usize, TrackingFault> {
    let now = app.now();
    app.store
        .write(supplier, move |conn| {
            let all = store::letter::of_batch(conn, supplier, batch)?;
            let mut sent_now = 0;
            for deposit in &deposits {
                let named = |one: &&Told| one.letter.reference == deposit.reference;
                let unknown = || TrackingFault::Reference(deposit.reference.clone());
                let one = all.iter().find(named).ok_or_else(unknown)?;
                if one.letter.tracking.as_ref() == Some(&deposit.tracking) {
                    continue;
                }
                day(conn, (supplier, batch), (deposit.on, now))?;
                let letter = Letter {
                    posted_on: Some(deposit.on),
                    tracking: Some(deposit.tracking.clone()),
                    ..one.letter.clone()
                };
                sent(conn, supplier, (one, letter), (now, &actor))?;
                sent_now += 1;
            }
            Ok(sent_now)
        })
        .await
}

/// A file that proves the deposit of one letter.
#[derive(Clone, Debug)]
pub struct Proof {
    /// Its name.
    pub name: String,
    /// All of it: a PDF.
    pub bytes: Vec<u8>,
}

/// Keeps proofs of deposit: each is of the letter whose reference its name begins with.
pub async fn prove(
    app: &App,
    (supplier, batch): (SupplierId, LetterBatchId),
    proofs: Vec<Proof>,
    actor: Actor,
) -> Result<(), TrackingFault> {
    let now = app.now();
    app.store
        .write(supplier, move |conn| {
            let all = store::letter::of_batch(conn, supplier, batch)?;
            for proof in &proofs {
                if !domain::document::is_pdf(&proof.bytes) {
                    return Err(TrackingFault::NotPdf(proof.name.clone()));
                }
                let named = |one: &&Told| proof.name.starts_with(&one.letter.reference);
                let unknown = || TrackingFault::Reference(proof.name.clone());
                let one = all.iter().find(named).ok_or_else(unknown)?;
                let kept = (proof.name.as_str(), proof.bytes.as_slice());
                store::letter::prove(conn, supplier, &one.letter, kept)?;
                told(
                    conn,
                    supplier,
                    (one, "letter.proved", &proof.name),
                    (now, &actor),
                )?;
            }
            Ok(())
        })
        .await
}

/// Why what a provider tells is not taken.
#[derive(Debug, thiserror::Error)]
pub enum TrackingFault {
    /// A line of the file.
    #[error("line {line}: {why}")]
    Line {
        /// Which.
        line: u64,
        /// Why.
        why: String,
    },
    /// The file is no table.
    #[error("the file is not a table of reference, tracking number and day of deposit: {0}")]
    Unreadable(String),
    /// No letter of the batch has it.
    #[error("no letter of this batch has the reference '{0}'")]
    Reference(String),
    /// A proof is no PDF.
    #[error("{0} is no PDF")]
    NotPdf(String),
    /// The day, the state, the storage.
    #[error(transparent)]
    Flow(#[from] FlowError),
}

impl From<store::StoreError> for TrackingFault {
    fn from(why: store::StoreError) -> Self {
        Self::Flow(why.into())
    }
}

/// Reads a provider's table: reference, tracking number, day of deposit; its first line is titles.
pub fn read_deposits(source: impl Read) -> Result<Vec<Deposit>, TrackingFault> {
    let broken = |why: &dyn std::fmt::Display| TrackingFault::Unreadable(why.to_string());
    let mut text = String::new();
    let mut source = source.take(BYTES_MAX);
    source
        .read_to_string(&mut text)
        .map_err(|why| broken(&why))?;
    let text = text.trim_start_matches('\u{feff}');
    let separator = if text.lines().next().is_some_and(|line| line.contains(';')) {
        ';'
    } else {
        ','
    };
    let mut deposits = Vec::new();
    for (line, row) in (1..).zip(text.lines()).skip(1) {
        if row.trim().is_empty() {
            continue;
        }
        deposits.push(deposit(row, separator).map_err(|why| TrackingFault::Line { line, why })?);
    }
    Ok(deposits)
}

/// Bytes of such a table, at most.
const BYTES_MAX: u64 = 1_000_000;

fn deposit(row: &str, separator: char) -> Result<Deposit, String> {
    let mut cells = row
        .split(separator)
        .map(|cell| cell.trim().trim_matches('"'));
    let (Some(reference), Some(number), Some(day)) = (cells.next(), cells.next(), cells.next())
    else {
        return Err("three columns are expected: reference, tracking number, day".to_owned());
    };
    Ok(Deposit {
        reference: reference.to_uppercase(),
        tracking: tracking(number).map_err(|why| why.to_string())?,
        on: tables::day(day).map_err(|_| format!("'{day}' is no day: write it as 2026-11-23"))?,
    })
}

/// Those of the letters named that can still be posted, in their order.
fn open(
    conn: &mut Conn,
    (supplier, batch): (SupplierId, LetterBatchId),
    chosen: &[MessageId],
) -> Result<Vec<Told>, FlowError> {
    let mut found = store::letter::of_batch(conn, supplier, batch)?;
    found.retain(|one| {
        let named = chosen.is_empty() || chosen.contains(&one.letter.message);
        named && one.letter.state.on(LetterEvent::Post).is_ok()
    });
    Ok(found)
}

fn day(
    conn: &mut Conn,
    (supplier, batch): (SupplierId, LetterBatchId),
    (on, now): (Day, Moment),
) -> Result<(), FlowError> {
    let zone = store::supplier::find(conn, supplier)?.zone;
    let printed = zone.day(store::letter::find(conn, supplier, batch)?.made_at);
    check_day(on, printed, zone.day(now)).map_err(|why| FlowError::Unusable(why.to_string()))
}

/// Counts a letter as sent: what proves it stands in its row.
fn sent(
    conn: &mut Conn,
    supplier: SupplierId,
    (one, mut letter): (&Told, Letter),
    (now, actor): (Moment, &Actor),
) -> Result<(), FlowError> {
    letter.state = letter.state.on(LetterEvent::Post)?;
    store::letter::advance(conn, supplier, one.letter.state, &letter)?;
    let message = store::outbox::find(conn, supplier, letter.message)?;
    let day = letter.posted_on.map(|day| day.to_string());
    let mut outcome = format!("posted on {}", day.unwrap_or_default());
    if let Some(number) = &letter.tracking {
        outcome = format!("{outcome} as {number}");
    }
    let done = Done {
        to: after(message.state, &[MessageEvent::Accepted])?,
        outcome: outcome.clone(),
        at: now,
        due_at: None,
        counts: false,
    };
    store::by_hand::record(conn, &message, &done)?;
    told(
        conn,
        supplier,
        (one, "letter.posted", &outcome),
        (now, actor),
    )
}

fn told(
    conn: &mut Conn,
    supplier: SupplierId,
    (one, action, detail): (&Told, &str, &str),
    (now, actor): (Moment, &Actor),
) -> Result<(), FlowError> {
    let deed = Deed {
        actor,
        action,
        debtor: one.debtor,
        subject: one.letter.message.to_string(),
        detail: detail.to_owned(),
    };
    note(conn, supplier, now, deed)
}
