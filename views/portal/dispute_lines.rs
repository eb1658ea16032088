//! The lines of an invoice that a debtor disagrees with: typed, and read back.
//!
//! Posted fields, once a row: `line_label`, `line_fault` (`domain::dispute::lines::Fault` as text),
//! `line_amount`. A row that says nothing counts for nothing.

use domain::dispute::lines::{DisputedLine, Fault};
use domain::party::Language;
use maud::{Markup, html};

use crate::field::{self, Input};
use crate::parts;
use crate::problem::Problem;
use crate::text::common as c;
use crate::text::dispute as t;

/// A row as it was typed.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub struct LineTyped {
    /// The line's name or number.
    pub label: String,
    /// What is wrong with it.
    pub fault: Option<Fault>,
    /// The amount.
    pub amount: String,
}

impl LineTyped {
    /// Whether nothing was typed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.label.is_empty() && self.amount.is_empty()
    }
}

/// The id of a row's field: the place counts from 1.
#[must_use]
pub fn line_field(name: &str, place: usize) -> String {
    format!("{name}-{place}")
}

/// The rows of the form.
pub(super) fn inputs(lang: Language, rows: &[LineTyped], problems: &[Problem]) -> Markup {
    html! {
        @for (place, row) in (1_usize..).zip(rows) {
            fieldset.field.when-lines {
                legend { (t::line(lang, place)) }
                (Input::text("line_label", t::LINE_LABEL.of(lang), &row.label)
                    .with_id(&line_field("line_label", place))
                    .checked(problems, lang))
                (fault(lang, row, place))
                (Input::amount("line_amount", t::LINE_AMOUNT.of(lang), &row.amount)
                    .with_id(&line_field("line_amount", place))
                    .checked(problems, lang))
            }
        }
    }
}

fn fault(lang: Language, row: &LineTyped, place: usize) -> Markup {
    let options: Vec<(&str, &str, bool)> = Fault::ALL
        .iter()
        .map(|one| {
            (
                one.as_str(),
                t::fault(*one).of(lang),
                row.fault == Some(*one),
            )
        })
        .collect();
    let id = line_field("line_fault", place);
    field::select(&id, "line_fault", t::LINE_FAULT.of(lang), &options)
}

/// The rows as typed, to be posted again from a check page.
pub(super) fn hidden(rows: &[LineTyped]) -> Markup {
    html! {
        @for row in rows {
            (parts::hidden("line_label", &row.label))
            (parts::hidden("line_fault", row.fault.map_or("", Fault::as_str)))
            (parts::hidden("line_amount", &row.amount))
        }
    }
}

/// The lines of a dispute, on the pages of either side; nothing when it has none.
pub(crate) fn table(lang: Language, lines: &[DisputedLine]) -> Markup {
    let titles = [
        t::LINE_LABEL.of(lang),
        t::LINE_FAULT.of(lang),
        c::AMOUNT.of(lang),
    ];
    let rows = html! {
        @for line in lines {
            tr {
                th scope="row" { (line.label) }
                td data-l=(t::LINE_FAULT.of(lang)) { (t::fault(line.fault).of(lang)) }
                td.num data-l=(c::AMOUNT.of(lang)) { (parts::amount(lang, line.amount)) }
            }
        }
    };
    html! { @if !lines.is_empty() { (parts::table(&titles, &[2], &rows)) } }
}
