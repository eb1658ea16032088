//! What a line of a file is: an item, or one of the lines that print-outs put around items.

use super::cells::Cells;
use super::customer::on_own_line;
use super::field::Field;
use super::titles::fold;

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

const DATES: &[Field] = &[Field::Issued, Field::Due];
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
    let above = cells.mapping.customer_above();
    let telling = if above { DATES } else { OF_ITEMS };
    if cells.any(telling) {
        return if is_header(cells) {
            Line::Heading
        } else {
            Line::Item
        };
    }
    let first = cells.record.cell(0);
    let Some(text) = cells.record.cells().find(|cell| !cell.is_empty()) else {
        return Line::Blank;
    };
    if titles.iter().any(|title| title == first) {
        Line::Heading
    } else if is_carried(text) {
        Line::Blank
    } else if above && is_total(text) && !names_a_customer(cells) {
        Line::Total
    } else if !above && cells.record.cells().any(is_total) {
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
    !cells.any(DATES) && on_own_line(cells.record).is_some()
}

/// A company may be called Total: its line has a name beside the code, and no amount.
fn names_a_customer(cells: &Cells<'_>) -> bool {
    !cells.any(AMOUNTS) && on_own_line(cells.record).is_some()
}

fn is_header(cells: &Cells<'_>) -> bool {
    let due = cells.mapping.column(Field::Due);
    due.is_some_and(|column| cells.record.cell(column.index) == column.title)
}

fn is_total(text: &str) -> bool {
    let folded = fold(text);
    let mut words = folded.split(' ');
    match (words.next(), words.next()) {
        (Some("total" | "totaux" | "subtotal"), _) => true,
        (Some("sous" | "ss" | "sub" | "grand"), Some("total")) => true,
        _ => false,
    }
}

fn is_carried(text: &str) -> bool {
    ["report", "a reporter", "carried forward"].contains(&fold(text).as_str())
}
