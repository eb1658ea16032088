//! Turns records into rows, one after the other, knowing what came before: the customer a
//! print-out is speaking of, and the items already seen.

use std::collections::HashSet;

use domain::import::{BalanceRow, RowError, RowReason};
use domain::invoice::ItemKind;
use domain::{Currency, Money};

use super::cells::Cells;
use super::customer::{self, Customer};
use super::field::{Field, Mapping, customer_above};
use super::item;
use super::kinds::{self, Said};
use super::lines::{Line, dated, part};
use crate::tables::{Record, shortened};

/// The rows of one file.
pub(super) struct Sheet {
    mapping: Mapping,
    reading: Reading,
}

impl Sheet {
    /// A file with this mapping, this many columns, and these first cells above its titles.
    pub(super) fn new(mapping: Mapping, width: usize, titles: Vec<String>) -> Self {
        let reading = Reading {
            width,
            titles,
            ..Reading::default()
        };
        Self { mapping, reading }
    }

    /// Which column holds what.
    pub(super) const fn mapping(&self) -> &Mapping {
        &self.mapping
    }

    /// The row or error of a record; `None` for titles, totals, blanks and customers' own lines.
    pub(super) fn read(&mut self, record: Record<'_>) -> Option<Result<BalanceRow, RowError>> {
        let mapping = &self.mapping;
        self.reading.line(&Cells { record, mapping })
    }
}

/// What is remembered from line to line.
#[derive(Default)]
struct Reading {
    width: usize,
    titles: Vec<String>,
    latest: customer::Latest,
    above: Option<Customer>,
    /// A line was not understood and may have named another customer: until titles or a customer
    /// follow, items belong to nobody.
    lost: bool,
    words: Memo<Said>,
    journals: Memo<Said>,
    currencies: Memo<Option<Currency>>,
    seen: HashSet<u64>,
}

impl Reading {
    fn line(&mut self, cells: &Cells<'_>) -> Option<Result<BalanceRow, RowError>> {
        match part(cells, &self.titles) {
            Line::Item => {
                let row = self.item(cells);
                self.lost |= row.is_err() && customer_above(cells.mapping) && !dated(cells);
                return Some(row);
            }
            Line::Customer if cells.damaged() => {
                self.above = None;
                return Some(Err(cells.blame_bytes()));
            }
            Line::Customer => {
                self.above = customer::on_own_line(cells.record);
                self.lost = false;
            }
            Line::Total => self.above = None,
            Line::Other => self.lost = true,
            Line::Heading => self.lost = false,
            Line::Blank => {}
        }
        None
    }

    fn item(&mut self, cells: &Cells<'_>) -> Result<BalanceRow, RowError> {
        let width = cells.record.width();
        if cells.damaged() {
            return Err(cells.blame_bytes());
        } else if width < self.width {
            return Err(cells.blame_line(RowReason::TooFewColumns));
        } else if width > self.width {
            return Err(cells.blame_line(RowReason::TooManyColumns));
        }
        let customer = self.customer(cells)?;
        let currency = self.currency(cells, &customer.currency)?;
        let open = item::open(cells, currency)?;
        let kind = self.kind(cells, open)?;
        let row = item::row(cells, customer, kind, open)?;
        if self.seen.insert(item::identity(&row)) {
            Ok(row)
        } else {
            Err(cells.blame(Field::Number, RowReason::DuplicateLine))
        }
    }

    fn customer(&mut self, cells: &Cells<'_>) -> Result<Customer, RowError> {
        if !customer_above(cells.mapping) {
            return self.latest.in_row(cells);
        }
        let above = self.above.clone().filter(|_| !self.lost);
        above.ok_or_else(|| cells.blame_line(RowReason::CustomerMissing))
    }

    fn currency(&mut self, cells: &Cells<'_>, above: &str) -> Result<Currency, RowError> {
        let own = cells.get(Field::Currency);
        let written = if own.is_empty() { above } else { own };
        let known = self.currencies.get(written, customer::currency);
        known.ok_or_else(|| RowError {
            value: shortened(written),
            ..cells.blame(Field::Currency, RowReason::CurrencyUnknown)
        })
    }

    fn kind(&mut self, cells: &Cells<'_>, open: Money) -> Result<ItemKind, RowError> {
        let mut field = Field::Kind;
        let mut said = self.words.get(cells.get(field), kinds::from_word);
        if said == Said::Nothing {
            field = Field::Journal;
            said = self.journals.get(cells.get(field), kinds::from_journal);
        }
        let kind = kinds::decide(said, open, cells.has(Field::Debit));
        kind.ok_or_else(|| cells.blame(field, RowReason::KindUnknown))
    }
}

/// How many texts a memo keeps: the kinds, journals or currencies of an honest file.
const MEMO_MAX: usize = 64;

/// What short texts that come back on every line mean, worked out once each.
#[derive(Default)]
struct Memo<T> {
    known: Vec<(String, T)>,
}

impl<T: Copy> Memo<T> {
    fn get(&mut self, text: &str, meaning: impl Fn(&str) -> T) -> T {
        if let Some((_, known)) = self.known.iter().find(|(known, _)| known == text) {
            return *known;
        }
        let found = meaning(text);
        if self.known.len() < MEMO_MAX && text.len() < MEMO_MAX {
            self.known.push((text.to_owned(), found));
        }
        found
    }
}
