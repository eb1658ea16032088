//! Disputes for which an import brought something that may answer them: staff decide.

use domain::{Day, DisputeId, Money};
use maud::{Markup, html};

use super::shell::{DebtorRef, StaffFrame, debtor_link};
use crate::parts;
use crate::paths;
use crate::text::common as c;
use crate::text::{staff, staff_dispute as t};

/// One such dispute.
#[derive(Clone, Debug)]
pub struct UnsureLine {
    /// Whose.
    pub debtor: DebtorRef,
    /// Which dispute.
    pub dispute: DisputeId,
    /// The disputed invoice's number.
    pub number: String,
    /// How much is disputed.
    pub amount: Money,
    /// Since when.
    pub since: Day,
}

/// The list; nothing where there is nothing to decide.
pub(super) fn section(frame: &StaffFrame, all: &[UnsureLine]) -> Markup {
    let lang = frame.language;
    let titles = [
        staff::DEBTOR.of(lang),
        t::DISPUTE.of(lang),
        c::AMOUNT.of(lang),
        t::SINCE.of(lang),
    ];
    let rows = html! {
        @for line in all {
            tr {
                th scope="row" { (debtor_link(&line.debtor)) }
                td data-l=(t::DISPUTE.of(lang)) {
                    a href=(paths::answer(&line.debtor.supplier, line.dispute)) { (line.number) }
                }
                td.num data-l=(c::AMOUNT.of(lang)) { (parts::amount(lang, line.amount)) }
                td data-l=(t::SINCE.of(lang)) { (parts::date(lang, line.since)) }
            }
        }
    };
    let table = parts::table(&titles, &[2], &rows);
    html! {
        @if !all.is_empty() { (super::today::list(t::TO_MATCH.of(lang), "", all.len(), &table)) }
    }
}
