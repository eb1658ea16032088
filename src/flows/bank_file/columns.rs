//! The columns of a bank's table, put right and confirmed by a person: then the file is booked, and
//! tables of the same titles are read alike by themselves.

use std::sync::Arc;

use domain::statement::FileState;
use domain::{BankFileId, Day, Money, SupplierId};

use super::survey::{self, Survey};
use super::{Booked, body, confirmed};
use crate::app::App;
use crate::flows::error::FlowError;
use crate::flows::guard::Actor;
use crate::payments::statements::{self, Entry, FILE_MAX};
pub use crate::payments::statements::{BankField, Columns, Forms, Look, Profile};
use crate::store::bank::Reading;
use crate::store::{self, Conn};
pub use crate::tables::{Column, Holds, Mapping, MappingError};

/// Whether files of this format have columns.
#[must_use]
pub fn is_table(format: &str) -> bool {
    format.starts_with("CSV:")
}

/// A table and how it is read as far as is known.
#[derive(Clone, Debug)]
pub struct Sheet {
    /// What became of the file.
    pub file: Reading,
    /// Its beginning.
    pub look: Look,
    /// How it was read or seems to be read.
    pub profile: Profile,
}

impl Sheet {
    /// Whether it still waits for a person's word.
    #[must_use]
    pub fn waits(&self) -> bool {
        self.file.state == FileState::Waiting
    }

    /// Whether all of it is booked.
    #[must_use]
    pub fn is_booked(&self) -> bool {
        self.file.state == FileState::Imported
    }
}

/// A table's columns; none for a file of another format.
pub async fn sheet(
    app: &App,
    supplier: SupplierId,
    id: BankFileId,
) -> Result<Option<Sheet>, FlowError> {
    let asked = move |conn: &mut Conn| store::bank::reading(conn, supplier, id);
    let file = app.store.read(supplier, asked).await?;
    if !is_table(&file.format) {
        return Ok(None);
    }
    let bytes = body(app, supplier, id).await?;
    let Ok(Some(look)) = statements::look(bytes.as_slice(), FILE_MAX) else {
        return Ok(None);
    };
    let known = file.read_by.as_ref().and_then(|text| text.parse().ok());
    Ok(Some(Sheet {
        profile: known.unwrap_or_else(|| look.guess.clone()),
        file,
        look,
    }))
}

/// A movement as it was understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The booking day.
    pub booked_on: Day,
    /// With its sign.
    pub amount: Money,
    /// Who is on the other side, and its account.
    pub name: Option<String>,
    /// Its account.
    pub iban: Option<String>,
    /// A reference of the payer.
    pub reference: Option<String>,
    /// What the payer wrote.
    pub text: String,
}

impl Line {
    fn of(entry: Entry) -> Option<Self> {
        let amount = if entry.credit {
            Some(entry.amount)
        } else {
            entry.amount.checked_neg().ok()
        };
        let part = entry.transactions.into_iter().next()?;
        Some(Self {
            booked_on: entry.booked_on,
            amount: amount?,
            name: part.counterparty_name,
            iban: part.counterparty_iban,
            reference: part.end_to_end_id,
            text: part.text,
        })
    }
}

/// What a table says when it is read in some way.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Understood {
    /// Its first movements.
    pub first: Vec<Line>,
    /// How many it has.
    pub movements: i64,
    /// Sums received, by currency.
    pub received: Vec<Money>,
    /// Sums paid, by currency.
    pub paid: Vec<Money>,
    /// First and last day.
    pub days: Option<(Day, Day)>,
    /// Why it cannot be read in this way.
    pub wrong: Option<String>,
    /// What else a person should look at.
    pub reasons: Vec<String>,
}

/// Reads a table to its end in this way; books nothing.
pub async fn understand(
    app: &App,
    supplier: SupplierId,
    id: BankFileId,
    profile: Profile,
) -> Result<Understood, FlowError> {
    let bytes = body(app, supplier, id).await?;
    let survey = read(app, supplier, (&bytes, profile)).await?;
    let wrong = survey.broken.then(|| survey.reasons.join("; "));
    Ok(Understood {
        reasons: if wrong.is_none() {
            survey.reasons
        } else {
            Vec::new()
        },
        wrong,
        first: survey.first.into_iter().filter_map(Line::of).collect(),
        movements: survey.movements,
        received: survey.received,
        paid: survey.paid,
        days: survey.days,
    })
}

async fn read(
    app: &App,
    supplier: SupplierId,
    (bytes, profile): (&Arc<Vec<u8>>, Profile),
) -> Result<Survey, FlowError> {
    let read = survey::survey(app, supplier, bytes, Some(profile)).await?;
    read.map_err(|why| FlowError::Unusable(why.to_string()))
}

/// A person says that a waiting table is read in this way: it is booked, and so are the next of its
/// titles and account.
pub async fn confirm(
    app: &App,
    supplier: SupplierId,
    (id, profile): (BankFileId, Profile),
    by: &Actor,
) -> Result<Booked, FlowError> {
    let bytes = body(app, supplier, id).await?;
    let survey = read(app, supplier, (&bytes, profile)).await?;
    confirmed(app, supplier, (id, bytes, survey), by).await
}

/// Tables of these titles wait for a person again. What was booked stays.
pub async fn forget(app: &App, supplier: SupplierId, look: &Look) -> Result<(), FlowError> {
    let key = survey::titles_key(look);
    app.store
        .write(supplier, move |conn| {
            Ok(store::bank::forget_table(conn, supplier, &key)?)
        })
        .await
}
