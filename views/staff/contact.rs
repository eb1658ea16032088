//! One contact's address: why it is written to no more, what came back, and the form that mends it.
//!
//! Posted fields: `csrf`, `key`, `decision` (`correct`), `email`.

use domain::bounce::{Status, Verdict};
use domain::{ContactId, DebtorId, Moment};
use maud::{Markup, html};

use super::shell::{Section, StaffFrame, staff_page};
use crate::field::Input;
use crate::format;
use crate::parts::{self, Tone};
use crate::paths;
use crate::problem::{self, Problem};
use crate::text::returned as t;

/// What the page shows.
#[derive(Clone, Debug)]
pub struct ContactPage {
    /// Code of the supplier.
    pub supplier: String,
    /// At which debtor.
    pub debtor: DebtorId,
    /// The debtor's name.
    pub debtor_name: String,
    /// The contact.
    pub contact: ContactId,
    /// Its name, when known.
    pub name: Option<String>,
    /// Its mailbox, when known.
    pub address: Option<String>,
    /// Its telephone, when known.
    pub phone: Option<String>,
    /// Why the mailbox is written to no more: what was told, in which words, since when.
    pub dead: Option<(Verdict, String, Moment)>,
    /// What came back, newest first.
    pub reports: Vec<ReportLine>,
    /// Whether the reader may change it.
    pub may_write: bool,
    /// Idempotency key.
    pub key: String,
    /// The address as typed.
    pub typed: String,
    /// What was wrong.
    pub problems: Vec<Problem>,
}

/// One thing that came back.
#[derive(Clone, Debug)]
pub struct ReportLine {
    /// When.
    pub at: Moment,
    /// From which address.
    pub address: String,
    /// What it means.
    pub verdict: Verdict,
    /// Its status code.
    pub status: Option<Status>,
    /// The server's words.
    pub words: String,
}

/// The page.
#[must_use]
pub fn page(frame: &StaffFrame, view: &ContactPage) -> Markup {
    let lang = frame.language;
    let title = t::TITLE.of(lang);
    let body = html! {
        (problem::summary(&view.problems, lang))
        h1 { (title) span.sub { (view.debtor_name) } }
        @if let Some((verdict, words, since)) = &view.dead {
            (parts::banner(Tone::Warn, t::DEAD.of(lang), &html! {
                p { (t::verdict(*verdict).of(lang)) @if !words.is_empty() { " · " (words) } }
                p.sub {
                    (t::SINCE.of(lang)) " " (format::moment(lang, frame.zone, *since))
                }
            }))
        }
        (facts(frame, view))
        @if view.may_write { (form(frame, view)) }
        (reports(frame, view))
        p.back {
            a href=(paths::debtor(&view.supplier, view.debtor)) { (t::CUSTOMER.of(lang)) }
        }
    };
    staff_page(frame, Section::Debtors, title, &body)
}

fn facts(frame: &StaffFrame, view: &ContactPage) -> Markup {
    let lang = frame.language;
    let known = [
        (t::NAME, &view.name),
        (t::ADDRESS, &view.address),
        (t::PHONE, &view.phone),
    ];
    let known = known
        .into_iter()
        .filter_map(|(name, value)| Some((name, value.as_ref()?)));
    let rows: Vec<_> = known
        .map(|(name, value)| (name.of(lang), html! { (value) }))
        .collect();
    parts::facts(&rows)
}

fn form(frame: &StaffFrame, view: &ContactPage) -> Markup {
    let lang = frame.language;
    let input = Input::text("email", t::NEW.of(lang), &view.typed)
        .kind("email")
        .hint(t::NEW_HINT.of(lang))
        .autocomplete("off")
        .checked(&view.problems, lang);
    html! {
        form.narrow method="post" action=(paths::decide_contact(&view.supplier, view.contact))
            novalidate {
            (parts::tokens(&frame.csrf, &view.key))
            (input)
            div.actions {
                button.button name="decision" value="correct" { (t::USE.of(lang)) }
            }
        }
    }
}

fn reports(frame: &StaffFrame, view: &ContactPage) -> Markup {
    let lang = frame.language;
    let titles = [
        t::WHEN.of(lang),
        t::ADDRESS.of(lang),
        t::WHAT.of(lang),
        t::WORDS.of(lang),
    ];
    let rows = html! {
        @for one in &view.reports {
            tr {
                th scope="row" { (format::moment(lang, frame.zone, one.at)) }
                td data-l=(t::ADDRESS.of(lang)) { (one.address) }
                td data-l=(t::WHAT.of(lang)) { (t::told(lang, one.verdict, one.status)) }
                td data-l=(t::WORDS.of(lang)) { (one.words) }
            }
        }
    };
    html! {
        h2 { (t::REPORTS.of(lang)) }
        @if view.reports.is_empty() {
            p { (t::NOTHING.of(lang)) }
        } @else {
            (parts::table(&titles, &[], &rows))
        }
    }
}
