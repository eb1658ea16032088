//! News from the card provider that could not be booked: a person has it read again or settles it.
//!
//! Posted fields: `csrf`, `key`, `decision` (`again` or `close`).

use domain::{Day, InboxId};
use maud::{Markup, html};

use super::shell::{StaffFrame, SupplierRef};
use crate::parts;
use crate::paths;
use crate::text::{reversal as t, staff};

/// One event.
#[derive(Clone, Debug)]
pub struct StuckLine {
    /// Which.
    pub id: InboxId,
    /// To whom it came.
    pub supplier: SupplierRef,
    /// The provider's own id of it.
    pub event: String,
    /// The day it came.
    pub since: Day,
    /// What stood in the way, as the log says it.
    pub why: String,
    /// Whether the reader may decide.
    pub may_decide: bool,
    /// Idempotency key of its form.
    pub key: String,
}

/// The list; nothing where nothing is stuck.
pub(super) fn section(frame: &StaffFrame, all: &[StuckLine]) -> Markup {
    let lang = frame.language;
    let titles = [
        t::EVENT.of(lang),
        staff::SUPPLIER.of(lang),
        t::CAME.of(lang),
        t::WHY.of(lang),
        staff::DECISION.of(lang),
    ];
    let rows = html! {
        @for line in all {
            tr {
                th scope="row" { (line.event) }
                td data-l=(staff::SUPPLIER.of(lang)) { (line.supplier.name) }
                td data-l=(t::CAME.of(lang)) { (parts::date(lang, line.since)) }
                td data-l=(t::WHY.of(lang)) { (line.why) }
                td { @if line.may_decide { (form(frame, line)) } }
            }
        }
    };
    let table = html! {
        p.sub { (t::STUCK_LEAD.of(lang)) }
        (parts::table(&titles, &[], &rows))
    };
    html! {
        @if !all.is_empty() { (super::today::list(t::STUCK.of(lang), "", all.len(), &table)) }
    }
}

fn form(frame: &StaffFrame, line: &StuckLine) -> Markup {
    let lang = frame.language;
    let named = |words: &str| format!("{words} – {}", line.event);
    let (again, close) = (t::AGAIN.of(lang), t::CLOSE.of(lang));
    html! {
        form method="post" action=(paths::stuck_event(&line.supplier.code, line.id)) {
            (parts::tokens(&frame.csrf, &line.key))
            div.actions {
                button.button.quiet name="decision" value="again" aria-label=(named(again)) {
                    (again)
                }
                button.button.quiet name="decision" value="close" aria-label=(named(close)) {
                    (close)
                }
            }
        }
    }
}
