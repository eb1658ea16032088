//! Balance files: upload, then the columns to confirm before anything is imported.
//!
//! Upload posts (multipart) `csrf`, `key`, `file`, `as_of` (`YYYY-MM-DD`), `complete` (`yes`).
//! The columns post `csrf`, `key`, `as_of`, `complete` and `c<place>` = stable name of the field or
//! empty.

use domain::party::Language;
use domain::{Day, ImportId, Moment};
use maud::{Markup, html};

use super::columns::{self, FileColumn};
use super::shell::{Section, StaffFrame, staff_page};
use crate::field::{self, Input};
use crate::format;
use crate::parts;
use crate::paths;
use crate::problem::{self, Problem};
use crate::text::bank;
use crate::text::common as c;
use crate::text::import as t;

/// The first day that data can be of.
pub const FIRST_DAY: &str = "2000-01-01";

/// The upload page.
#[derive(Clone, Debug)]
pub struct Upload {
    /// Code of the supplier.
    pub supplier: String,
    /// Idempotency key.
    pub key: String,
    /// The day of the data, as typed.
    pub as_of: String,
    /// The last day that is accepted: today.
    pub today: Day,
    /// Whether the file is said to be complete.
    pub complete: bool,
    /// Whether the reader may import.
    pub may_import: bool,
    /// What was wrong.
    pub problems: Vec<Problem>,
    /// What was imported lately, newest first.
    pub recent: Vec<RecentImport>,
}

/// An import of the past.
#[derive(Clone, Debug)]
pub struct RecentImport {
    /// Id.
    pub id: ImportId,
    /// When.
    pub at: Moment,
    /// The file's name.
    pub file: String,
    /// The day of its data.
    pub as_of: Day,
    /// Rows imported and refused.
    pub rows: (u64, u64),
}

/// The upload form and what was imported lately.
#[must_use]
pub fn page(frame: &StaffFrame, view: &Upload) -> Markup {
    let lang = frame.language;
    let title = t::TITLE.of(lang);
    let body = html! {
        (problem::summary(&view.problems, lang))
        h1 { (title) }
        p { a href=(paths::bank(&view.supplier)) { (bank::TITLE.of(lang)) } }
        @if view.may_import { (upload_form(frame, view)) }
        @if !view.recent.is_empty() {
            h2 { (t::RECENT.of(lang)) }
            (recent(frame, view))
        }
    };
    staff_page(frame, Section::Imports, title, &body)
}

fn upload_form(frame: &StaffFrame, view: &Upload) -> Markup {
    let lang = frame.language;
    html! {
        form.narrow method="post" action=(paths::imports(&view.supplier))
            enctype="multipart/form-data" novalidate {
            (parts::tokens(&frame.csrf, &view.key))
            (Input::text("file", t::FILE.of(lang), "")
                .kind("file")
                .hint(t::FILE_HINT.of(lang))
                .checked(&view.problems, lang))
            (state(lang, (&view.as_of, view.complete), view.today, &view.problems))
            div.actions { button.button { (t::READ.of(lang)) } }
        }
    }
}

/// The day of the data, and whether the file holds every open item.
fn state(
    lang: Language,
    (as_of, complete): (&str, bool),
    today: Day,
    problems: &[Problem],
) -> Markup {
    let range = (FIRST_DAY.to_owned(), today.to_string());
    let label = html! {
        (t::COMPLETE.of(lang)) span.sub { (t::COMPLETE_HINT.of(lang)) }
    };
    html! {
        (Input::day("as_of", t::AS_OF.of(lang), as_of, range).checked(problems, lang))
        (field::tick("complete", &label, complete, None))
    }
}

fn recent(frame: &StaffFrame, view: &Upload) -> Markup {
    let lang = frame.language;
    let titles = [
        c::DATE.of(lang),
        t::FILE.of(lang),
        t::AS_OF.of(lang),
        t::ROWS_GOOD.of(lang),
        t::ROWS_REFUSED.of(lang),
    ];
    let rows = html! {
        @for one in &view.recent {
            tr {
                th scope="row" {
                    a href=(paths::import(&view.supplier, one.id)) {
                        (format::moment(lang, frame.zone, one.at))
                    }
                }
                td { (one.file) }
                td data-l=(t::AS_OF.of(lang)) { (parts::date(lang, one.as_of)) }
                td.num data-l=(t::ROWS_GOOD.of(lang)) { (one.rows.0) }
                td.num data-l=(t::ROWS_REFUSED.of(lang)) { (one.rows.1) }
            }
        }
    };
    parts::table(&titles, &[3, 4], &rows)
}

/// The columns to confirm.
#[derive(Clone, Debug)]
pub struct Columns {
    /// Code of the supplier.
    pub supplier: String,
    /// The import.
    pub id: ImportId,
    /// Idempotency key.
    pub key: String,
    /// The file's name.
    pub file: String,
    /// The day of the data, as typed.
    pub as_of: String,
    /// The last day that is accepted: today.
    pub today: Day,
    /// Whether the file is said to be complete.
    pub complete: bool,
    /// Its columns, in the file's order.
    pub columns: Vec<FileColumn>,
    /// What was wrong.
    pub problems: Vec<Problem>,
}

/// The page where the recognised columns are confirmed or put right.
#[must_use]
pub fn columns(frame: &StaffFrame, view: &Columns) -> Markup {
    let lang = frame.language;
    let title = t::COLUMNS.of(lang);
    let body = html! {
        (problem::summary(&view.problems, lang))
        h1 { (title) span.sub { (view.file) } }
        p { (t::COLUMNS_LEAD.of(lang)) }
        form method="post" action=(paths::import(&view.supplier, view.id)) novalidate {
            (parts::tokens(&frame.csrf, &view.key))
            (columns::table(lang, &view.columns, t::FIELDS, &view.problems))
            (state(lang, (&view.as_of, view.complete), view.today, &view.problems))
            div.actions {
                button.button { (t::IMPORT.of(lang)) }
                a href=(paths::imports(&view.supplier)) { (c::CANCEL.of(lang)) }
            }
        }
    };
    staff_page(frame, Section::Imports, title, &body)
}
