//! What a line of a file is: an item, or one of the lines that print-outs put around items.

use super::cells::Cells;
use super::customer::on_own_line;
use super::field::{Field, customer_above};
use crate::tables::{self, NotADay, fold};

/// A line's part in the file.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Line {
    /// An open item, good or bad.
    Item,
    /// The column titles again, or a page title known from the top of the file.
    Heading,
    /// A subtotal or grand total.
    Total,
    /// A customer on a line of his own.
    Customer,
    /// Nothing but separators, or a sum carried over to the next page.
    Blank,
    /// None of these.
    Other,
}

const OF_ITEMS: &[Field] = &[
    Field::Issued,
    Field::Due,
    Field::Number,
    Field::Kind,
    Field::Journal,
];
const AMOUNTS: &[Field] = &[Field::Open, Field::Debit, Field::Credit];

/// Tells a line's part; `titles` are the first cells of the lines above the column titles.
pub(super) fn part(cells: &Cells<'_>, titles: &[String]) -> Line {
    let above = customer_above(cells.mapping);
    let item = if above {
        dated(cells)
    } else {
        cells.any(OF_ITEMS)
    };
    let first = cells.record.cell(0);
    let mut filled = cells.record.cells().filter(|cell| !cell.is_empty());
    if is_header(cells) {
        Line::Heading
    } else if item {
        Line::Item
    } else if titles.iter().any(|title| title == first) {
        Line::Heading
    } else if filled.next().is_none_or(is_carried) || filled.next().is_some_and(is_carried) {
        Line::Blank
    } else if sums_up(cells) {
        Line::Total
    } else if !above || cells.any(AMOUNTS) {
        Line::Item
    } else if on_own_line(cells.record).is_some() {
        Line::Customer
    } else {
        Line::Other
    }
}

/// Whether a print-out's first line after the titles is a customer's.
pub(super) fn opens_with_customer(cells: &Cells<'_>) -> bool {
    !dated(cells) && on_own_line(cells.record).is_some()
}

/// Whether some date can be read, be it one that the calendar lacks.
pub(super) fn dated(cells: &Cells<'_>) -> bool {
    let mut dates = [Field::Issued, Field::Due].into_iter();
    dates.any(|field| !matches!(tables::day(cells.get(field)), Err(NotADay::NoDate)))
}

/// A line without dates or number that says "total". In a print-out it must begin so, and a company
/// may be called Total: its line has a name beside the code, and no amount.
fn sums_up(cells: &Cells<'_>) -> bool {
    let mut filled = cells.record.cells().filter(|cell| !cell.is_empty());
    if customer_above(cells.mapping) {
        let names_a_customer = !cells.any(AMOUNTS) && on_own_line(cells.record).is_some();
        filled.next().is_some_and(is_total) && !names_a_customer
    } else {
        filled.any(is_total)
    }
}

fn is_header(cells: &Cells<'_>) -> bool {
    let due = cells.mapping.column(Field::Due);
    due.is_some_and(|column| cells.record.cell(column.index) == column.title)
}

fn is_total(text: &str) -> bool {
    let folded = fold(text);
    let mut words = folded.split(' ');
    let first = words.next().unwrap_or_default();
    ["total", "totaux", "subtotal"].contains(&first)
        || (["sous", "ss", "sub", "grand"].contains(&first) && words.next() == Some("total"))
}

fn is_carried(text: &str) -> bool {
    ["report", "a reporter", "carried forward"].contains(&fold(text).as_str())
}
