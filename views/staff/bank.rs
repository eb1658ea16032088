//! Bank files: upload, what became of each, and those that wait for a decision.
//!
//! Upload posts (multipart) `csrf`, `key`, `file`. A decision posts `csrf`, `key` and `decision`
//! (`confirm` or `discard`) to the file's address; a table's columns are confirmed there.

use domain::statement::FileState;
use domain::{BankFileId, Moment};
use maud::{Markup, html};

use super::shell::{Section, StaffFrame, staff_page};
use crate::field::Input;
use crate::format;
use crate::parts::{self, Tone};
use crate::paths;
use crate::problem::{self, Problem};
use crate::text::account as a;
use crate::text::bank as t;
use crate::text::bank_columns as columns;
use crate::text::common as c;

/// The page.
#[derive(Clone, Debug)]
pub struct BankPage {
    /// Code of the supplier.
    pub supplier: String,
    /// Idempotency key.
    pub key: String,
    /// Whether the reader may change anything.
    pub may_write: bool,
    /// What was wrong with the upload.
    pub problems: Vec<Problem>,
    /// The files, newest first.
    pub files: Vec<FileLine>,
}

/// A file.
#[derive(Clone, Debug)]
pub struct FileLine {
    /// Id.
    pub id: BankFileId,
    /// Its name.
    pub name: String,
    /// When it came.
    pub at: Moment,
    /// Where it stands.
    pub state: FileState,
    /// Whether it is a table, whose columns can be looked at.
    pub is_table: bool,
    /// The format it was read as.
    pub format: String,
    /// Why it waits or was refused, in the reader's words.
    pub reasons: Vec<String>,
    /// Movements in it, and those booked.
    pub movements: (i64, i64),
    /// Who decided.
    pub decided_by: Option<String>,
}

/// The upload form and the files.
#[must_use]
pub fn page(frame: &StaffFrame, view: &BankPage) -> Markup {
    let lang = frame.language;
    let title = t::TITLE.of(lang);
    let body = html! {
        (problem::summary(&view.problems, lang))
        h1 { (title) }
        p { a href=(paths::bank_money(&view.supplier)) { (t::TO_MONEY.of(lang)) } }
        p { a href=(paths::account_of(&view.supplier)) { (a::LINK.of(lang)) } }
        @if view.may_write { (upload(frame, view)) }
        h2 { (t::FILES.of(lang)) }
        @if view.files.is_empty() {
            p { (t::NO_FILES.of(lang)) }
        }
        @for file in &view.files { (card(frame, view, file)) }
    };
    staff_page(frame, Section::Imports, title, &body)
}

fn upload(frame: &StaffFrame, view: &BankPage) -> Markup {
    let lang = frame.language;
    html! {
        form.narrow method="post" action=(paths::bank(&view.supplier))
            enctype="multipart/form-data" novalidate {
            (parts::tokens(&frame.csrf, &view.key))
            (Input::text("file", t::FILE.of(lang), "")
                .kind("file")
                .hint(t::LEAD.of(lang))
                .checked(&view.problems, lang))
            div.actions { button.button { (t::TAKE.of(lang)) } }
        }
    }
}

const fn tone(state: FileState) -> Tone {
    match state {
        FileState::Imported => Tone::Ok,
        FileState::Waiting | FileState::Booking => Tone::Warn,
        FileState::Refused => Tone::Bad,
        FileState::Discarded => Tone::Calm,
    }
}

/// The way to a table's columns: to be checked, or as they were read.
fn columns_of(frame: &StaffFrame, view: &BankPage, file: &FileLine, waits: bool) -> Markup {
    let lang = frame.language;
    let words = if waits {
        columns::CHECK
    } else {
        columns::COLUMNS
    };
    html! {
        a.button[waits] href=(paths::bank_file(&view.supplier, file.id))
            aria-label={ (words.of(lang)) " – " (file.name) } { (words.of(lang)) }
    }
}

fn card(frame: &StaffFrame, view: &BankPage, file: &FileLine) -> Markup {
    let lang = frame.language;
    let mut facts = vec![
        (
            c::DATE.of(lang),
            html! { (format::moment(lang, frame.zone, file.at)) },
        ),
        (t::FORMAT.of(lang), html! { (file.format) }),
        (t::MOVEMENTS.of(lang), html! { (file.movements.0) }),
        (t::BOOKED.of(lang), html! { (file.movements.1) }),
    ];
    if let Some(by) = &file.decided_by {
        facts.push((t::CONFIRMED_BY.of(lang), html! { (by) }));
    }
    html! {
        section.card {
            h3 { (file.name) " " (parts::tag(tone(file.state), t::state(file.state).of(lang))) }
            (parts::facts(&facts))
            @for reason in &file.reasons { p lang="en" { (reason) } }
            @let waits = view.may_write && file.state == FileState::Waiting;
            @if file.is_table && file.state == FileState::Imported {
                p { (columns_of(frame, view, file, false)) }
            }
            @if waits {
                form method="post" action=(paths::bank_file(&view.supplier, file.id)) {
                    (parts::tokens(&frame.csrf, &view.key))
                    div.actions {
                        @if file.is_table {
                            (columns_of(frame, view, file, true))
                        } @else {
                            button.button name="decision" value="confirm"
                                aria-label={ (t::CONFIRM.of(lang)) " – " (file.name) } {
                                (t::CONFIRM.of(lang))
                            }
                        }
                        button.button.quiet name="decision" value="discard"
                            aria-label={ (t::DISCARD.of(lang)) " – " (file.name) } {
                            (t::DISCARD.of(lang))
                        }
                    }
                }
            }
        }
    }
}
