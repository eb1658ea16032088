//! A table's beginning: where its titles stand, what its columns seem to hold, and how days and
//! amounts are written. Titles tell first, the first rows the rest; a person has the last word.

use domain::Currency;
use domain::bank::Iban;

use super::field::{BankField, Columns};
use super::profile::{Forms, Profile};
use crate::tables::{
    Column, Decimal, Layout, Order, Sample, amount_as, day_as, layout, shortened, tidy,
};

/// How many lines the titles may be below the top: banks write the account and the period there.
const PREAMBLE: usize = 40;

/// Rows that are looked at.
const ROWS: usize = 40;

/// Rows that are shown, of which a page may leave out empty cells.
const EXAMPLES: usize = 12;

/// Columns that are looked at: no bank writes more.
const COLUMNS_MAX: usize = 100;

/// What a table's beginning tells.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Look {
    /// Every column title, spaces collapsed.
    pub titles: Vec<String>,
    /// The cells of the first rows.
    pub examples: Vec<Vec<String>>,
    /// How it seems to be read; may lack what a statement cannot do without. Its account is the
    /// one named above the titles, or empty.
    pub guess: Profile,
}

impl Look {
    /// The name under which its format is shown and known.
    #[must_use]
    pub fn format(&self) -> String {
        let name = format!("CSV: {}", self.titles.join(";"));
        name.chars().take(400).collect()
    }
}

/// Where a table's titles are.
pub(super) struct Found {
    pub(super) layout: Layout,
    /// Records above the titles.
    pub(super) above: usize,
    pub(super) look: Look,
    /// Whether day and amount were known by their titles.
    known: bool,
}

/// Finds the titles of a table of movements in its beginning; `last` says that nothing follows.
pub(super) fn find(sample: &str, last: bool) -> Option<Found> {
    let found = [b';', b'\t', b','].into_iter().filter_map(|separator| {
        let layout = layout(sample, last, separator);
        titles(Sample::new(sample, last, layout))
    });
    let rank = |found: &Found| (found.known, found.look.titles.len());
    found.reduce(|one, other| {
        if rank(&other) > rank(&one) {
            other
        } else {
            one
        }
    })
}

fn titles(mut records: Sample<'_>) -> Option<Found> {
    let layout = records.layout;
    let mut above: Vec<Vec<String>> = Vec::new();
    for place in 0..=PREAMBLE {
        let cells = cells(&mut records)?;
        let columns = Columns::guess(&cells);
        if columns.missing().is_empty() {
            let look = look(cells, &above, rows(&mut records));
            return Some(Found {
                layout,
                above: place,
                look,
                known: true,
            });
        }
        if is_movement(&cells) {
            return unknown(layout, above, (cells, records));
        }
        above.push(cells);
    }
    None
}

/// Titles that are not known: the last line of the first movement's width that could be titles.
fn unknown(
    layout: Layout,
    mut above: Vec<Vec<String>>,
    (first, mut records): (Vec<String>, Sample<'_>),
) -> Option<Found> {
    let could_be = |line: &Vec<String>| {
        let filled = line.iter().filter(|cell| !cell.is_empty()).count();
        line.len() == first.len() && filled >= 2 && !line.iter().any(|cell| is_day(cell))
    };
    let place = above.iter().rposition(could_be)?;
    let mut below = above.split_off(place).into_iter();
    let titles = below.next()?;
    let mut all: Vec<Vec<String>> = below.collect();
    all.push(first);
    all.extend(rows(&mut records));
    Some(Found {
        layout,
        above: place,
        look: look(titles, &above, all),
        known: false,
    })
}

fn cells(records: &mut Sample<'_>) -> Option<Vec<String>> {
    let record = records.advance()?;
    Some(record.cells().take(COLUMNS_MAX).map(tidy).collect())
}

fn rows(records: &mut Sample<'_>) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    while rows.len() < ROWS
        && let Some(cells) = cells(records)
    {
        if cells.iter().any(|cell| !cell.is_empty()) {
            rows.push(cells);
        }
    }
    rows
}

fn look(titles: Vec<String>, above: &[Vec<String>], rows: Vec<Vec<String>>) -> Look {
    let mut columns = Columns::guess(&titles);
    // Balances and remarks between the movements tell nothing of the columns.
    let movements: Vec<&Vec<String>> = rows.iter().filter(|row| is_movement(row)).collect();
    let movements = Rows(&movements);
    movements.complete(&mut columns, &titles);
    let guess = Profile {
        forms: movements.forms(&columns),
        columns,
        account: account(above).unwrap_or_default(),
    };
    let shown = rows.iter().take(EXAMPLES);
    Look {
        examples: shown
            .map(|row| row.iter().map(|cell| shortened(cell)).collect())
            .collect(),
        titles,
        guess,
    }
}

/// The account that the lines above the titles name.
fn account(above: &[Vec<String>]) -> Option<String> {
    let mut cells = above.iter().flatten();
    cells.find_map(|cell| {
        let own = cell.rsplit(':').next().unwrap_or_default();
        let iban: Iban = own.trim().parse().ok()?;
        Some(iban.as_str().to_owned())
    })
}

fn is_day(cell: &str) -> bool {
    let orders = [Order::DayFirst, Order::MonthFirst, Order::YearFirst];
    orders.into_iter().any(|order| day_as(cell, order).is_ok())
}

fn is_amount(cell: &str) -> bool {
    let mut read = [Decimal::Comma, Decimal::Point].into_iter();
    read.any(|decimal| amount_as(cell, Currency::EUR, decimal).is_some())
}

fn is_movement(cells: &[String]) -> bool {
    let day = cells.iter().position(|cell| is_day(cell));
    let amount = |(place, cell): (usize, &String)| Some(place) != day && is_amount(cell);
    day.is_some() && cells.iter().enumerate().any(amount)
}

/// Notes the first free column that fits, unless the titles named one.
fn take(columns: &mut Columns, titles: &[String], field: BankField, fits: impl Fn(usize) -> bool) {
    if columns.has(field) {
        return;
    }
    let free = |place: &usize| !columns.uses(*place) && fits(*place);
    let found = (0..titles.len()).find(free);
    if let Some((index, title)) = found.and_then(|at| Some((at, titles.get(at)?))) {
        let title = title.clone();
        columns.add(field, Column { title, index });
    }
}

/// The first rows, for what titles do not tell.
struct Rows<'a>(&'a [&'a Vec<String>]);

impl Rows<'_> {
    /// The filled cells of a column.
    fn column(&self, place: usize) -> impl Iterator<Item = &str> {
        let cells = self.0.iter().filter_map(move |row| row.get(place));
        cells.map(String::as_str).filter(|cell| !cell.is_empty())
    }

    fn all(&self, place: usize, fits: impl Fn(&str) -> bool) -> bool {
        let mut cells = self.column(place).peekable();
        cells.peek().is_some() && cells.all(fits)
    }

    /// Finds in the rows what the titles did not name.
    fn complete(&self, columns: &mut Columns, titles: &[String]) {
        use BankField as B;
        for field in [B::Day, B::ValueDay] {
            take(columns, titles, field, |place| self.all(place, is_day));
        }
        if !columns.missing().is_empty() {
            self.amounts(columns, titles);
        }
        let iban = |cell: &str| cell.parse::<Iban>().is_ok();
        take(columns, titles, B::Iban, |place| self.all(place, iban));
        let code = |cell: &str| cell.len() == 3 && cell.parse::<Currency>().is_ok();
        take(columns, titles, B::Currency, |place| self.all(place, code));
        let free = (0..titles.len()).filter(|place| !columns.uses(*place));
        let longest = free.max_by_key(|place| self.column(*place).map(str::len).sum::<usize>());
        take(columns, titles, B::Words, |place| Some(place) == longest);
    }

    /// Two columns of amounts of which each row fills one are debit and credit, in this order as
    /// banks have it; else the first column of amounts is the amount. Numbers without decimals may
    /// be anything: they count when nothing else does.
    fn amounts(&self, columns: &mut Columns, titles: &[String]) {
        let free = (0..titles.len()).filter(|place| !columns.uses(*place));
        let all: Vec<usize> = free.filter(|place| self.all(*place, is_amount)).collect();
        let fine = |place: &usize| self.column(*place).any(|cell| cell.contains([',', '.']));
        let mut found: Vec<usize> = all.iter().copied().filter(fine).collect();
        if found.is_empty() {
            found = all;
        }
        let pair = |one, other| {
            let mut rows = self.0.iter();
            rows.all(|row| filled(row, one) != filled(row, other))
        };
        if let [one, other, ..] = *found.as_slice()
            && pair(one, other)
        {
            take(columns, titles, BankField::Debit, |place| place == one);
            take(columns, titles, BankField::Credit, |place| place == other);
        } else if let Some(first) = found.first() {
            take(columns, titles, BankField::Amount, |place| place == *first);
        }
    }

    /// How days and amounts are written in the columns that hold them.
    fn forms(&self, columns: &Columns) -> Forms {
        use BankField as B;
        let places = |fields: &'static [B]| {
            let found = fields.iter().filter_map(|field| columns.column(*field));
            found.map(|column| column.index).collect::<Vec<_>>()
        };
        let (days, amounts) = (
            places(&[B::Day, B::ValueDay]),
            places(&[B::Amount, B::Debit, B::Credit]),
        );
        let fit = |places: &[usize], fits: &dyn Fn(&str) -> bool| {
            let cells = places.iter().flat_map(|place| self.column(*place));
            cells.filter(|cell| fits(cell)).count()
        };
        let order = [Order::DayFirst, Order::MonthFirst, Order::YearFirst];
        let order = best(order, |order| {
            fit(&days, &|cell| day_as(cell, order).is_ok())
        });
        let decimal = best([Decimal::Comma, Decimal::Point], |decimal| {
            let read = |cell: &str| amount_as(cell, Currency::EUR, decimal).is_some();
            fit(&amounts, &read)
        });
        Forms {
            days: order,
            decimal,
            reversed: false,
        }
    }
}

fn filled(row: &[String], place: usize) -> bool {
    row.get(place).is_some_and(|cell| !cell.is_empty())
}

/// The first of those that fit most.
fn best<T: Copy + Default>(all: impl IntoIterator<Item = T>, fits: impl Fn(T) -> usize) -> T {
    let mut found: Option<(T, usize)> = None;
    for one in all {
        let count = fits(one);
        if found.is_none_or(|(_, most)| count > most) {
            found = Some((one, count));
        }
    }
    found.map(|(one, _)| one).unwrap_or_default()
}
