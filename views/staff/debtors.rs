//! The debtors of a supplier, searched and paged by key, so that each page costs the same.

use domain::{Day, Money};
use maud::{Markup, html};

use super::shell::{DebtorRef, Section, StaffFrame, debtor_link, staff_page};
use crate::field::Input;
use crate::parts;
use crate::paths;
use crate::text::common as c;
use crate::text::staff as t;

/// What the list shows.
#[derive(Clone, Debug)]
pub struct Debtors {
    /// Code of the supplier.
    pub supplier: String,
    /// What was searched; empty for all.
    pub query: String,
    /// One page.
    pub rows: Vec<DebtorLine>,
    /// Address of the next page, when there is one.
    pub next: Option<String>,
}

/// One debtor.
#[derive(Clone, Debug)]
pub struct DebtorLine {
    /// Which.
    pub debtor: DebtorRef,
    /// The account code.
    pub code: String,
    /// Open sums, one per currency.
    pub open: Vec<Money>,
    /// Late sums, one per currency.
    pub late: Vec<Money>,
    /// The oldest due date of what is open.
    pub oldest: Option<Day>,
}

/// The list.
#[must_use]
pub fn page(frame: &StaffFrame, view: &Debtors) -> Markup {
    let lang = frame.language;
    let title = t::DEBTORS.of(lang);
    let body = html! {
        h1 { (title) }
        form.bar method="get" action=(paths::debtors(&view.supplier)) role="search" {
            (Input::text("q", t::SEARCH.of(lang), &view.query).kind("search").autocomplete("off"))
            button.button.quiet { (t::FIND.of(lang)) }
        }
        @if view.rows.is_empty() {
            p { (t::NONE_FOUND.of(lang)) }
        } @else {
            (table(frame, view))
        }
        @if let Some(next) = &view.next {
            p { a rel="next" href=(next) { (t::NEXT.of(lang)) span aria-hidden="true" { " ›" } } }
        }
    };
    staff_page(frame, Section::Debtors, title, &body)
}

fn table(frame: &StaffFrame, view: &Debtors) -> Markup {
    let lang = frame.language;
    let titles = [
        t::DEBTOR.of(lang),
        c::NUMBER.of(lang),
        t::OPEN.of(lang),
        t::LATE.of(lang),
        t::OLDEST.of(lang),
    ];
    let sums = |title: &str, all: &[Money]| {
        html! {
            td.num data-l=(title) {
                @for sum in all { span.each { (parts::amount(lang, *sum)) } }
            }
        }
    };
    let rows = html! {
        @for line in &view.rows {
            tr {
                th scope="row" { (debtor_link(&line.debtor)) }
                td data-l=(c::NUMBER.of(lang)) { (line.code) }
                (sums(t::OPEN.of(lang), &line.open))
                (sums(t::LATE.of(lang), &line.late))
                td data-l=(t::OLDEST.of(lang)) {
                    @if let Some(day) = line.oldest { (parts::date(lang, day)) }
                }
            }
        }
    };
    parts::table(&titles, &[2, 3], &rows)
}
