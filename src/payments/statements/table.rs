//! A table of movements: CSV whose columns are told by a profile, or guessed for a person to look
//! at.
//!
//! No bank's table names its statement, so a row is known again by what it says and by how often
//! the file said the same before: exports that overlap book a row once, twins stay two.

mod field;
mod look;
mod profile;
mod row;

use std::collections::{BTreeMap, VecDeque};
use std::io::Read;

pub use field::{BankField, Columns};
pub use look::Look;
pub use profile::{Forms, Profile};

use self::row::{Row, fingerprint};
use super::detect::Format;
use super::error::{Fault, StatementError};
use super::model::{Item, Kind, Statement, Summary, Sums};
use super::source::Source;
use crate::tables::{RECORD_MAX, Records, Step, Text};

/// Rows of one file: what they say is held as a number each.
const ROWS_MAX: usize = 2_000_000;

/// What stands for the account where nothing tells it.
const NO_ACCOUNT: &str = "CSV";

/// The items of a file, in its order. After an error there are no more.
pub(super) struct Table<R> {
    records: Records<Source<R>>,
    profile: Profile,
    /// How many titles there are.
    width: usize,
    /// The account of the statement that is open.
    open: Option<String>,
    ready: VecDeque<Item>,
    /// How often each row's words came so far.
    seen: BTreeMap<u64, u32>,
    entries: u32,
    over: bool,
}

/// Looks at a table's beginning; none when nothing of it looks like movements.
pub(super) fn look<R: Read>(source: Source<R>) -> Result<Option<Look>, StatementError> {
    let text = opened(source)?;
    Ok(look::find(text.window(), text.ended()).map(|found| found.look))
}

fn opened<R: Read>(source: Source<R>) -> Result<Text<Source<R>>, StatementError> {
    Text::open(source).map_err(|why| Fault::of(why).at(0))
}

impl<R: Read> Table<R> {
    /// Reads up to the titles. Without a profile, the columns are those that were guessed.
    pub(super) fn open(
        source: Source<R>,
        profile: Option<&Profile>,
    ) -> Result<(Self, Format), StatementError> {
        let text = opened(source)?;
        let found = look::find(text.window(), text.ended());
        let found = found.ok_or_else(|| Fault::Unrecognised.at(0))?;
        let format = Format {
            name: found.look.format(),
            known: profile.is_some(),
        };
        let line = found.above + 1;
        let profile = located(&found.look, profile).map_err(|fault| fault.at(line))?;
        let mut records = Records::new(text, found.layout);
        for _ in 0..=found.above {
            records.advance().map_err(|why| Fault::of(why).at(line))?;
        }
        let table = Self {
            records,
            profile,
            width: found.look.titles.len(),
            open: None,
            ready: VecDeque::new(),
            seen: BTreeMap::new(),
            entries: 0,
            over: false,
        };
        Ok((table, format))
    }

    fn advance(&mut self) -> Result<(), StatementError> {
        let step = self.records.advance();
        let record = self.records.current();
        let line = usize::try_from(record.line).unwrap_or(usize::MAX);
        match step {
            Err(why) => return Err(Fault::of(why).at(line)),
            Ok(Step::TooLong) => return Err(Fault::TooLong(RECORD_MAX).at(line)),
            Ok(Step::End) => {
                self.over = true;
                return self.end(line);
            }
            Ok(Step::Record) => {}
        }
        let row = Row {
            record,
            profile: &self.profile,
            width: self.width,
        };
        if row.is_left_out() {
            return Ok(());
        }
        let movement = row.movement().map_err(|fault| fault.at(line))?;
        let key = fingerprint(&row, &movement);
        let account = row.account().unwrap_or_else(|| NO_ACCOUNT.to_owned());
        if self.seen.len() >= ROWS_MAX {
            return Err(Fault::TooMany(ROWS_MAX, "rows").at(line));
        }
        let times = self.seen.entry(key).or_default();
        *times = times.saturating_add(1);
        let entry = movement.entry(format!("CSV {key:016x}"), *times);
        self.turn_to(account);
        self.entries = self.entries.saturating_add(1);
        self.ready.extend(entry.map(Item::Entry));
        Ok(())
    }

    /// A statement for each run of rows of one account.
    fn turn_to(&mut self, account: String) {
        if self.open.as_deref() == Some(account.as_str()) {
            return;
        }
        self.close();
        self.ready.push_back(Item::Opened(Statement {
            kind: Kind::Statement,
            id: "CSV".to_owned(),
            account: account.clone(),
            currency: None,
        }));
        self.open = Some(account);
    }

    fn close(&mut self) {
        if self.open.take().is_some() {
            self.ready.push_back(Item::Closed(Summary {
                statement: "CSV".to_owned(),
                opening: None,
                closing: None,
                sums: Sums::Unknown,
                entries: std::mem::take(&mut self.entries),
            }));
        }
    }

    fn end(&mut self, line: usize) -> Result<(), StatementError> {
        if self.open.is_none() {
            return Err(Fault::NoStatement.at(line));
        }
        self.close();
        Ok(())
    }
}

/// The profile on this file's columns, or the guess when that is complete.
fn located(look: &Look, profile: Option<&Profile>) -> Result<Profile, Fault> {
    let Some(profile) = profile else {
        let missing = look.guess.columns.missing();
        return if missing.is_empty() {
            Ok(look.guess.clone())
        } else {
            Err(Fault::Columns(missing.join(", ")))
        };
    };
    let columns = profile.columns.locate(&look.titles);
    Ok(Profile {
        columns: columns.map_err(|why| Fault::Columns(why.to_string()))?,
        ..profile.clone()
    })
}

impl<R: Read> Iterator for Table<R> {
    type Item = Result<Item, StatementError>;

    fn next(&mut self) -> Option<Self::Item> {
        while self.ready.is_empty() && !self.over {
            if let Err(error) = self.advance() {
                self.over = true;
                return Some(Err(error));
            }
        }
        self.ready.pop_front().map(Ok)
    }
}
