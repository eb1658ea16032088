//! Balance files as accounting software writes them, read into rows.
//!
//! The beginning tells the layout and the columns ([`probe`], [`field`]), and each record becomes a
//! row or an error ([`sheet`], [`item`]). Reads once, forward, in bounded memory but for eight
//! bytes an item to find repeated lines. Knows no database and never guesses an amount, a date or a
//! customer.

mod cells;
mod customer;
mod explain;
mod field;
mod item;
mod kinds;
mod lines;
mod look;
pub mod mandates;
mod probe;
mod sheet;
#[cfg(test)]
mod tests;
mod titles;
mod values;

use std::io::{self, Read};

use domain::import::{BalanceRow, RowError, RowReason};

pub use crate::tables::{Column, Holds, MappingError};
pub use explain::Explained;
pub use field::{Field, Mapping};
pub use look::{Look, look};

use crate::tables::{Records, Step, Text, shortened};
use probe::probe;
use sheet::Sheet;

/// Rows that a preview reads.
const PREVIEW_ROWS: usize = 10;

/// Why a file cannot be read as a balance at all.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// The bytes could not be read.
    #[error("the file could not be read to its end: {0}; nothing of it should be kept")]
    Read(#[from] io::Error),
    /// No text in it.
    #[error("the file is empty: export the balance again")]
    Empty,
    /// A NUL byte: no text file, or UTF-16 without its mark.
    #[error(
        "line {line} holds a NUL byte, so this is no text file: export the balance as CSV in \
         UTF-8 (a spreadsheet file must be saved as CSV first)"
    )]
    Nul {
        /// Physical line, from 1.
        line: usize,
    },
    /// The columns were not recognised.
    #[error(transparent)]
    Mapping(#[from] MappingError),
}

/// What a file looks like, to be confirmed before it is imported.
#[derive(Debug)]
pub struct Preview {
    /// Encoding, by its WHATWG name.
    pub encoding: &'static str,
    /// The character between fields.
    pub separator: char,
    /// Every column title, spaces collapsed.
    pub headers: Vec<String>,
    /// Which column holds what.
    pub mapping: Mapping,
    /// The first ten rows, good or refused.
    pub rows: Vec<Result<BalanceRow, RowError>>,
}

/// Looks at a file's beginning: reads no more than it needs for ten rows.
pub fn preview(bytes: impl Read) -> Result<Preview, FileError> {
    let mut reader = read(bytes, None)?;
    let rows = reader.by_ref().take(PREVIEW_ROWS).collect();
    let preview = Preview {
        encoding: reader.records.encoding(),
        separator: char::from(reader.records.separator()),
        headers: reader.headers.clone(),
        mapping: reader.mapping().clone(),
        rows,
    };
    reader.finish().map(|()| preview)
}

/// Opens a balance file. With a saved profile its columns are taken, else they are recognised.
pub fn read<R: Read>(source: R, profile: Option<&Mapping>) -> Result<BalanceReader<R>, FileError> {
    let text = Text::open(source)?;
    let sample = text.window();
    if sample.trim().is_empty() {
        return Err(FileError::Empty);
    }
    if let Some((before, _)) = sample.split_once('\0') {
        let line = before.matches('\n').count() + 1;
        return Err(FileError::Nul { line });
    }
    let found = probe(sample, text.ended(), profile)?;
    let mut records = Records::new(text, found.layout);
    for _ in 0..=found.above {
        records.advance()?;
    }
    let width = found.headers.len();
    Ok(BalanceReader {
        records,
        sheet: Sheet::new(found.mapping, width, found.titles),
        headers: found.headers,
        broken: None,
    })
}

/// The rows of a balance file, in its order: paid documents too, with nothing open.
///
/// When the iterator ends, ask [`BalanceReader::finish`] whether the file did.
pub struct BalanceReader<R> {
    records: Records<R>,
    sheet: Sheet,
    headers: Vec<String>,
    broken: Option<io::Error>,
}

impl<R> BalanceReader<R> {
    /// Which column holds what.
    pub const fn mapping(&self) -> &Mapping {
        self.sheet.mapping()
    }

    /// Every column title, spaces collapsed.
    pub fn headers(&self) -> &[String] {
        &self.headers
    }

    /// `Err` when reading broke off before the file's end: the rows given are not the whole file.
    pub fn finish(self) -> Result<(), FileError> {
        self.broken.map_or(Ok(()), |error| Err(error.into()))
    }
}

impl<R: Read> Iterator for BalanceReader<R> {
    type Item = Result<BalanceRow, RowError>;

    fn next(&mut self) -> Option<Self::Item> {
        while self.broken.is_none() {
            let step = self.records.advance();
            let record = self.records.current();
            match step {
                Ok(Step::Record) => {
                    if let Some(row) = self.sheet.read(record) {
                        return Some(row);
                    }
                }
                Ok(Step::TooLong) => {
                    return Some(Err(RowError {
                        line: record.line,
                        column: None,
                        value: shortened(record.whole()),
                        reason: RowReason::TooLong,
                    }));
                }
                Ok(Step::End) => return None,
                Err(error) => self.broken = Some(error),
            }
        }
        None
    }
}
