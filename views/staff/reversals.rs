//! Card money that went back, or may: what finance should know of without looking for it.

use domain::reversal::{Cause, ReversalState};
use domain::{Day, Money};
use maud::{Markup, html};

use super::shell::{DebtorRef, StaffFrame, debtor_link};
use crate::parts::{self, Tone};
use crate::text::{common as c, reversal as t, staff, staff_dispute as d};

/// One refund or contested payment.
#[derive(Clone, Debug)]
pub struct ReversalLine {
    /// Whose.
    pub debtor: DebtorRef,
    /// Why.
    pub cause: Cause,
    /// How it stands.
    pub state: ReversalState,
    /// How much.
    pub amount: Money,
    /// Since when.
    pub since: Day,
}

/// The list; nothing where nothing went.
pub(super) fn section(frame: &StaffFrame, all: &[ReversalLine]) -> Markup {
    let lang = frame.language;
    let titles = [
        staff::DEBTOR.of(lang),
        c::STATUS.of(lang),
        c::AMOUNT.of(lang),
        d::SINCE.of(lang),
    ];
    let tone = |state: ReversalState| match state {
        ReversalState::Pending | ReversalState::Gone => Tone::Warn,
        ReversalState::Kept => Tone::Ok,
        ReversalState::CameBack => Tone::Bad,
    };
    let rows = html! {
        @for line in all {
            tr {
                th scope="row" { (debtor_link(&line.debtor)) }
                td { (parts::tag(tone(line.state), t::words(line.cause, line.state).of(lang))) }
                td.num data-l=(c::AMOUNT.of(lang)) { (parts::amount(lang, line.amount)) }
                td data-l=(d::SINCE.of(lang)) { (parts::date(lang, line.since)) }
            }
        }
    };
    let table = parts::table(&titles, &[2], &rows);
    html! {
        @if !all.is_empty() { (super::today::list(t::TITLE.of(lang), "", all.len(), &table)) }
    }
}
