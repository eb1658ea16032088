//! Contacts to find or to check: what staff has to do before anybody can be written to.

use domain::Day;
use domain::party::TaskKind;
use maud::{Markup, html};

use super::shell::{DebtorRef, StaffFrame, debtor_link};
use crate::parts;
use crate::text::people as t;
use crate::text::staff;

/// One thing to do.
#[derive(Clone, Debug)]
pub struct TaskLine {
    /// At which debtor.
    pub debtor: DebtorRef,
    /// What.
    pub kind: TaskKind,
    /// Why, where the kind does not say all.
    pub detail: String,
    /// Since when.
    pub since: Day,
}

/// The list; nothing where there is nothing to do.
pub(super) fn section(frame: &StaffFrame, all: &[TaskLine]) -> Markup {
    let lang = frame.language;
    let titles = [staff::DEBTOR.of(lang), t::TODO.of(lang), t::SINCE.of(lang)];
    let rows = html! {
        @for line in all {
            tr {
                th scope="row" { (debtor_link(&line.debtor)) }
                td data-l=(t::TODO.of(lang)) {
                    (t::task(line.kind).of(lang))
                    @if !line.detail.is_empty() { span.sub { (line.detail) } }
                }
                td data-l=(t::SINCE.of(lang)) { (parts::date(lang, line.since)) }
            }
        }
    };
    let table = parts::table(&titles, &[], &rows);
    html! {
        @if !all.is_empty() { (super::today::list(t::TASKS.of(lang), "", all.len(), &table)) }
    }
}
