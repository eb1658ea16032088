//! Whom to call, in which order.

use domain::party::Language;
use domain::{MessageId, Money};
use maud::{Markup, html};

use super::shell::{DebtorRef, Section, StaffFrame, staff_page};
use crate::parts::{self, Tone};
use crate::paths;
use crate::text::calls as t;
use crate::text::staff;

/// A call to make.
#[derive(Clone, Debug)]
pub struct CallLine {
    /// Its message.
    pub message: MessageId,
    /// Whom.
    pub debtor: DebtorRef,
    /// The person, when known.
    pub contact: Option<String>,
    /// The number, when known.
    pub phone: Option<String>,
    /// What is overdue, one amount a currency.
    pub overdue: Vec<Money>,
    /// Days the oldest invoice is late.
    pub days: i64,
    /// Whether it broke a promise lately.
    pub broke_promise: bool,
    /// How often it was tried.
    pub tries: u16,
}

/// The list.
#[derive(Clone, Debug)]
pub struct CallsPage {
    /// Code of the supplier.
    pub supplier: String,
    /// The calls, the most pressing first.
    pub calls: Vec<CallLine>,
    /// Whether there are more than were ranked.
    pub is_cut: bool,
}

/// The list.
#[must_use]
pub fn page(frame: &StaffFrame, view: &CallsPage) -> Markup {
    let lang = frame.language;
    let body = html! {
        h1 { (t::TITLE.of(lang)) }
        p.way { a href=(paths::call_report(&view.supplier)) { (t::REPORT.of(lang)) } }
        h2 { (t::TODAY.of(lang)) " " span.count { (view.calls.len()) } }
        @if view.calls.is_empty() {
            p.sub { (t::NONE.of(lang)) }
        } @else {
            p.sub { (t::ORDER.of(lang)) @if view.is_cut { " " (t::CUT.of(lang)) } }
            (list(frame, view))
        }
    };
    staff_page(frame, Section::Calls, t::TITLE.of(lang), &body)
}

fn list(frame: &StaffFrame, view: &CallsPage) -> Markup {
    let lang = frame.language;
    let titles = [
        staff::DEBTOR.of(lang),
        t::WHY.of(lang),
        t::PHONE.of(lang),
        t::TRIES.of(lang),
        t::OVERDUE.of(lang),
    ];
    let rows = html! {
        @for one in &view.calls {
            tr {
                th scope="row" {
                    a href=(paths::call(&view.supplier, one.message)) { (one.debtor.name) }
                    @if let Some(name) = &one.contact { span.sub { (name) } }
                }
                td data-l=(t::WHY.of(lang)) { (why(lang, one)) }
                td data-l=(t::PHONE.of(lang)) { (phone(one.phone.as_deref())) }
                td.num data-l=(t::TRIES.of(lang)) { (one.tries) }
                td.num data-l=(t::OVERDUE.of(lang)) {
                    @if one.overdue.is_empty() { "–" }
                    @for (place, sum) in one.overdue.iter().enumerate() {
                        @if place > 0 { " + " }
                        (parts::amount(lang, *sum))
                    }
                }
            }
        }
    };
    parts::table(&titles, &[3, 4], &rows)
}

fn why(lang: Language, one: &CallLine) -> Markup {
    let days = match lang {
        Language::Fr => format!("{} j de retard", one.days),
        Language::En => format!("{} days late", one.days),
    };
    html! {
        @if one.broke_promise { (parts::tag(Tone::Bad, t::BROKEN.of(lang))) " " }
        @if one.days > 0 { (days) }
    }
}

/// A number that a telephone dials.
pub(super) fn phone(number: Option<&str>) -> Markup {
    html! {
        @if let Some(number) = number {
            a.nowrap href={ "tel:" (dialled(number)) } { (number) }
        }
    }
}

/// The digits alone (RFC 3966), with the sign of a country's prefix.
fn dialled(number: &str) -> String {
    let kept = |sign: &char| sign.is_ascii_digit() || *sign == '+';
    number.chars().filter(kept).collect()
}
