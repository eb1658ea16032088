//! Bank statements of every format that is read, as one stream of statements and entries.
//!
//! Bytes and values only: nothing here knows the database, the network or the clock. A file is read
//! once from its beginning to its end; memory holds the entry at hand, whatever the file's length.

mod balance;
mod camt;
mod cfonb;
mod detect;
mod error;
mod model;
mod mt940;
mod records;
mod source;
mod table;
mod words;

use std::io::{Cursor, Read};

use camt::Camt;
use cfonb::Cfonb;
pub use detect::Format;
use detect::{LOOKED_AT, Shape, shape};
pub use error::{Fault, StatementError};
pub use model::{Entry, Item, Kind, Statement, Summary, Sums, Transaction};
use mt940::Mt940;
use source::{Source, Utf16};
use table::Table;
pub use table::{BankField, Columns, Forms, Look, Profile};

/// Bytes of a file that are read.
pub const FILE_MAX: u64 = 256 * 1024 * 1024;

type Input<'a> = Box<dyn Read + 'a>;

/// A statement file being read.
pub struct Reading<'a> {
    /// What it is.
    pub format: Format,
    items: Items<'a>,
}

enum Items<'a> {
    Camt(Box<Camt<Input<'a>>>),
    Cfonb(Cfonb<Input<'a>>),
    Mt940(Mt940<Input<'a>>),
    Table(Table<Input<'a>>),
}

impl Iterator for Reading<'_> {
    type Item = Result<Item, StatementError>;

    fn next(&mut self) -> Option<Self::Item> {
        match &mut self.items {
            Items::Camt(items) => items.next(),
            Items::Cfonb(items) => items.next(),
            Items::Mt940(items) => items.next(),
            Items::Table(items) => items.next(),
        }
    }
}

/// Starts reading a file of at most `max` bytes: finds out what it is by its content. The columns
/// of a table are guessed.
pub fn open<'a>(file: impl Read + 'a, max: u64) -> Result<Reading<'a>, StatementError> {
    open_by(file, max, None)
}

/// What a table's columns seem to hold; none when the file is of another format, or no table of
/// movements.
pub fn look(file: impl Read, max: u64) -> Result<Option<Look>, StatementError> {
    let (shape, whole) = begun(file)?;
    match shape {
        Shape::Table => table::look(Source::new(whole, max, false)),
        _ => Ok(None),
    }
}

/// The same bytes, and their shape.
fn begun<'a>(mut file: impl Read + 'a) -> Result<(Shape, Input<'a>), StatementError> {
    let mut beginning = Vec::with_capacity(LOOKED_AT);
    let looked_at = u64::try_from(LOOKED_AT).unwrap_or(u64::MAX);
    let mut first = file.by_ref().take(looked_at);
    first
        .read_to_end(&mut beginning)
        .map_err(|why| Fault::Read(why.to_string()).at(0))?;
    let shape = shape(&beginning);
    Ok((shape, Box::new(Cursor::new(beginning).chain(file))))
}

/// Starts reading a file; the columns of a table are those of the profile, where there is one.
pub fn open_by<'a>(
    file: impl Read + 'a,
    max: u64,
    profile: Option<&Profile>,
) -> Result<Reading<'a>, StatementError> {
    let (shape, whole) = begun(file)?;
    let plain = |strict| Source::new(whole, max, strict);
    match shape {
        Shape::Empty => Err(Fault::Empty.at(0)),
        Shape::Cfonb240 => Err(Fault::Cfonb240.at(1)),
        Shape::Xml => camt(plain(true)),
        Shape::Utf16 { big } => {
            let text: Input<'a> = Box::new(Utf16::new(plain(false), big));
            camt(Source::new(text, max, true))
        }
        Shape::Cfonb120 => Ok(Reading {
            format: named("CFONB120"),
            items: Items::Cfonb(Cfonb::new(plain(false))),
        }),
        Shape::Mt940 => Ok(Reading {
            format: named("MT940"),
            items: Items::Mt940(Mt940::new(plain(false))),
        }),
        Shape::Table => {
            let (table, format) = Table::open(plain(false), profile)?;
            Ok(Reading {
                format,
                items: Items::Table(table),
            })
        }
    }
}

fn named(name: &str) -> Format {
    Format {
        name: name.to_owned(),
        known: true,
    }
}

fn camt(source: Source<Input<'_>>) -> Result<Reading<'_>, StatementError> {
    let (items, format) = Camt::open(source)?;
    Ok(Reading {
        format,
        items: Items::Camt(Box::new(items)),
    })
}

#[cfg(test)]
mod tests;
