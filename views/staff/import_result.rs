//! What an import did, and the rows it refused: where, what, why.

use domain::import::RowError;
use domain::{Day, Money};
use maud::{Markup, html};

use super::shell::{Section, StaffFrame, staff_page};
use crate::parts::{self, Tone};
use crate::paths;
use crate::text::common as c;
use crate::text::{import as t, staff};

/// What the page shows.
#[derive(Clone, Debug)]
pub struct ImportResult {
    /// Code of the supplier.
    pub supplier: String,
    /// The file's name.
    pub file: String,
    /// The day of its data.
    pub as_of: Day,
    /// Rows that were good.
    pub rows_good: u64,
    /// Rows that were refused; `refused` may hold only the first of them.
    pub rows_refused: u64,
    /// What became of the items, where that was kept.
    pub items: Option<Items>,
    /// Open sums of the file, one per currency.
    pub totals: Vec<Money>,
    /// Refused rows, by line.
    pub refused: Vec<RowError>,
}

/// What an import did to the items.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Items {
    /// Not known before.
    pub new: u64,
    /// Of which amounts or days changed.
    pub changed: u64,
    /// Settled now.
    pub settled: u64,
}

/// The page.
#[must_use]
pub fn page(frame: &StaffFrame, view: &ImportResult) -> Markup {
    let lang = frame.language;
    let title = t::RESULT.of(lang);
    let tone = if view.rows_refused == 0 {
        Tone::Ok
    } else {
        Tone::Warn
    };
    let refused = t::refused_count(lang, view.rows_refused);
    let body = html! {
        h1 { (title) span.sub { (view.file) } }
        (parts::banner(tone, &refused, &html! {}))
        (counts(frame, view))
        @if !view.refused.is_empty() {
            h2 { (t::REFUSED.of(lang)) }
            p { (t::REFUSED_LEAD.of(lang)) }
            (refused_rows(frame, &view.refused))
        }
        div.actions {
            a.button href=(paths::debtors(&view.supplier)) { (staff::DEBTORS.of(lang)) }
            a.button.quiet href=(paths::imports(&view.supplier)) { (t::TITLE.of(lang)) }
        }
    };
    staff_page(frame, Section::Imports, title, &body)
}

fn counts(frame: &StaffFrame, view: &ImportResult) -> Markup {
    let lang = frame.language;
    let number = |count: u64| html! { span.num { (count) } };
    let mut rows = vec![
        (t::AS_OF.of(lang), parts::date(lang, view.as_of)),
        (t::ROWS_GOOD.of(lang), number(view.rows_good)),
    ];
    if let Some(items) = view.items {
        rows.push((t::ITEMS_NEW.of(lang), number(items.new)));
        rows.push((t::ITEMS_CHANGED.of(lang), number(items.changed)));
        rows.push((t::ITEMS_SETTLED.of(lang), number(items.settled)));
    }
    if !view.totals.is_empty() {
        let totals = html! {
            @for sum in &view.totals { span.each { (parts::amount(lang, *sum)) } }
        };
        rows.push((t::TOTALS.of(lang), totals));
    }
    parts::facts(&rows)
}

fn refused_rows(frame: &StaffFrame, all: &[RowError]) -> Markup {
    let lang = frame.language;
    let titles = [
        t::LINE.of(lang),
        c::COLUMN.of(lang),
        t::VALUE.of(lang),
        t::WHY.of(lang),
    ];
    let rows = html! {
        @for row in all {
            tr {
                th scope="row" { (t::LINE.of(lang)) " " (row.line) }
                td data-l=(c::COLUMN.of(lang)) {
                    (row.column.as_deref().unwrap_or(t::WHOLE_LINE.of(lang)))
                }
                td data-l=(t::VALUE.of(lang)) { code { (row.value) } }
                td { (t::reason(row.reason).of(lang)) }
            }
        }
    };
    parts::table(&titles, &[], &rows)
}
