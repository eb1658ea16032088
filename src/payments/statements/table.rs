//! A table of movements: CSV whose columns are known by their titles.
//!
//! No bank's table names its statement, so a row is known again by what it says and by how often
//! the file said the same before: exports that overlap book a row once, twins stay two.

mod columns;
mod split;

use std::collections::{BTreeMap, VecDeque};
use std::io::Read;

use domain::{Currency, Day, Money};
use rust_decimal::Decimal;

use self::columns::{Column, Columns};
use self::split::{separator, split};
use super::detect::Format;
use super::error::{Fault, StatementError};
use super::model::{Entry, Item, Kind, Statement, Summary, Sums, Transaction};
use super::records::Lines;
use super::source::Source;
use super::words::{reference, squeezed};

/// Lines before the titles: banks write the account and the period there.
const PREAMBLE: usize = 20;

/// Rows of one file: what they say is held as a number each.
const ROWS_MAX: usize = 2_000_000;

/// The items of a file, in its order. After an error there are no more.
pub(super) struct Table<R> {
    lines: Lines<R>,
    separator: char,
    columns: Columns,
    opened: bool,
    ready: VecDeque<Item>,
    /// How often each row's words came so far.
    seen: BTreeMap<u64, u32>,
    entries: u32,
    over: bool,
}

impl<R: Read> Table<R> {
    /// Reads up to the titles.
    pub(super) fn open(source: Source<R>) -> Result<(Self, Format), StatementError> {
        let mut lines = Lines::new(source);
        for _ in 0..PREAMBLE {
            let Some(text) = lines.next()? else { break };
            let text = text.trim_start_matches('\u{feff}');
            let Some(separator) = separator(text) else {
                continue;
            };
            let titles = split(text, separator);
            if let Some(columns) = Columns::of(&titles) {
                let shown: Vec<String> = titles.iter().map(|title| squeezed(title)).collect();
                let name = format!("CSV: {}", shown.join(";"));
                let format = Format {
                    name: name.chars().take(400).collect(),
                    known: false,
                };
                let table = Self {
                    lines,
                    separator,
                    columns,
                    opened: false,
                    ready: VecDeque::new(),
                    seen: BTreeMap::new(),
                    entries: 0,
                    over: false,
                };
                return Ok((table, format));
            }
        }
        Err(Fault::Unrecognised.at(0))
    }

    /// A whole row; a quoted value may hold line ends.
    fn row(&mut self) -> Result<Option<(String, usize)>, StatementError> {
        let Some(mut text) = self.lines.next()? else {
            return Ok(None);
        };
        let line = self.lines.line();
        while text.matches('"').count() % 2 == 1 {
            let Some(more) = self.lines.next()? else {
                break;
            };
            if text.len() + more.len() > 64 * 1024 {
                return Err(Fault::TooLong(64 * 1024).at(line));
            }
            text.push(' ');
            text.push_str(&more);
        }
        Ok(Some((text, line)))
    }

    fn advance(&mut self) -> Result<(), StatementError> {
        let Some((text, line)) = self.row()? else {
            self.over = true;
            return if self.opened {
                self.close();
                Ok(())
            } else {
                Err(Fault::NoStatement.at(self.lines.line()))
            };
        };
        let values = split(&text, self.separator);
        if values.iter().all(|value| value.trim().is_empty()) {
            return Ok(());
        }
        let row = Row {
            values: &values,
            columns: &self.columns,
        };
        let key = fingerprint(&text);
        if self.seen.len() >= ROWS_MAX {
            return Err(Fault::TooMany(ROWS_MAX, "rows").at(line));
        }
        let times = self.seen.entry(key).or_default();
        *times = times.saturating_add(1);
        let statement = format!("CSV {key:016x}");
        let entry = row
            .entry(statement, *times)
            .map_err(|fault| fault.at(line))?;
        if !self.opened {
            self.opened = true;
            self.ready.push_back(Item::Opened(Statement {
                kind: Kind::Statement,
                id: "CSV".to_owned(),
                account: row
                    .text(Column::Account)
                    .unwrap_or_else(|| "CSV".to_owned()),
                currency: None,
            }));
        }
        self.entries = self.entries.saturating_add(1);
        self.ready.extend(entry.map(Item::Entry));
        Ok(())
    }

    fn close(&mut self) {
        self.ready.push_back(Item::Closed(Summary {
            statement: "CSV".to_owned(),
            opening: None,
            closing: None,
            sums: Sums::Unknown,
            entries: self.entries,
        }));
    }
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

/// What a row says, as a number (FNV-1a).
fn fingerprint(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

/// The values of a row by their columns.
struct Row<'a> {
    values: &'a [String],
    columns: &'a Columns,
}

impl Row<'_> {
    fn raw(&self, column: Column) -> &str {
        let place = self.columns.place(column);
        let value = place.and_then(|place| self.values.get(place));
        value.map(|value| value.trim()).unwrap_or_default()
    }

    fn text(&self, column: Column) -> Option<String> {
        reference(&squeezed(self.raw(column)))
    }

    /// The entry; none for a row whose amount is nothing.
    fn entry(&self, statement: String, ordinal: u32) -> Result<Option<Entry>, Fault> {
        let raw = self.raw(Column::Day);
        let booked_on = day(raw).ok_or_else(|| {
            Fault::record("date", raw, "is no day: write 31/12/2026 or 2026-12-31")
        })?;
        let (amount, credit) = self.amount()?;
        if amount.is_zero() {
            return Ok(None);
        }
        let transaction = Transaction {
            end_to_end_id: self.text(Column::Reference),
            text: squeezed(self.raw(Column::Words)),
            counterparty_name: self.text(Column::Name),
            counterparty_iban: self.text(Column::Iban),
            ..Transaction::plain(amount, credit)
        };
        Ok(Some(Entry {
            statement,
            ordinal,
            booked_on,
            amount,
            credit,
            bank_ref: None,
            undivided: false,
            transactions: vec![transaction],
        }))
    }

    fn amount(&self) -> Result<(Money, bool), Fault> {
        let currency = match self.raw(Column::Currency) {
            "" | "€" => Currency::EUR,
            code => code
                .to_ascii_uppercase()
                .parse()
                .map_err(|why| Fault::record("currency", code, why))?,
        };
        let read = |column: Column| -> Result<Option<Decimal>, Fault> {
            let raw = self.raw(column);
            if raw.is_empty() {
                return Ok(None);
            }
            let found = decimal(raw);
            let bad = || Fault::record("amount", raw, "is no amount: write 1234,56 or 1234.56");
            found.map(Some).ok_or_else(bad)
        };
        let (credit, debit) = (read(Column::Credit)?, read(Column::Debit)?);
        let signed = match (read(Column::Amount)?, credit, debit) {
            (Some(amount), ..) => amount,
            (None, Some(credit), debit) if debit.is_none_or(|debit| debit.is_zero()) => {
                credit.abs()
            }
            (None, credit, Some(debit)) if credit.is_none_or(|credit| credit.is_zero()) => {
                -debit.abs()
            }
            _ => return Err(Fault::record("amount", "", "is missing")),
        };
        let credit = !signed.is_sign_negative();
        let amount = Money::from_decimal(signed.abs(), currency)
            .map_err(|why| Fault::record("amount", &signed.to_string(), why))?;
        Ok((amount, credit))
    }
}

/// `1 234,56`, `1.234,56`, `1,234.56`, `-12`: the last comma or dot is the decimal sign when at
/// most two digits follow it.
fn decimal(raw: &str) -> Option<Decimal> {
    let kept = |letter: &char| !letter.is_whitespace() && !matches!(letter, '€' | '\'' | '’');
    let text: String = raw.chars().filter(kept).collect();
    let (negative, text) = match text.strip_prefix(['-', '−']) {
        Some(rest) => (true, rest.to_owned()),
        None => (false, text.trim_start_matches('+').to_owned()),
    };
    let last = text.rfind([',', '.']);
    let split = last.filter(|at| text.len() - at <= 3);
    let (whole, part) = match split {
        Some(at) => (text.get(..at)?, text.get(at + 1..)?),
        None => (text.as_str(), ""),
    };
    let digits: String = whole
        .chars()
        .filter(|letter| !",.".contains(*letter))
        .collect();
    let plain = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if digits.is_empty() || digits.len() > 18 || !plain(&digits) || !plain(part) {
        return None;
    }
    let part = if part.is_empty() { "0" } else { part };
    let sign = if negative { "-" } else { "" };
    format!("{sign}{digits}.{part}").parse().ok()
}

/// `31/12/2026`, `31.12.26`, `2026-12-31`, `20261231`; days come before months.
fn day(raw: &str) -> Option<Day> {
    let first = raw.split([' ', 'T']).next()?;
    let parts: Vec<&str> = first.split(['/', '.', '-']).collect();
    let number = |text: &str| -> Option<u32> {
        let plain = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        plain.then(|| text.parse().ok()).flatten()
    };
    let (year, month, day) = match parts.as_slice() {
        [year, month, day] if year.len() == 4 => (number(year)?, number(month)?, number(day)?),
        [day, month, year] if year.len() == 4 => (number(year)?, number(month)?, number(day)?),
        [day, month, year] if year.len() == 2 => {
            (2000 + number(year)?, number(month)?, number(day)?)
        }
        [whole] if whole.len() == 8 => {
            let part = |from: usize, to: usize| whole.get(from..to).and_then(number);
            (part(0, 4)?, part(4, 6)?, part(6, 8)?)
        }
        _ => return None,
    };
    Day::new(i32::try_from(year).ok()?, month, day)
}
