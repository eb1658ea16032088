//! What came of the calls of a day or a week: what a campaign is judged by.

use domain::call::{Cause, Outcome};
use domain::{Day, Moment, Money};
use maud::{Markup, html};

use super::shell::{DebtorRef, Section, StaffFrame, debtor_link, staff_page};
use crate::field::{Input, select};
use crate::format;
use crate::parts;
use crate::paths;
use crate::text::calls as t;
use crate::text::{common as c, staff};

/// How many, and how much of each currency.
pub type Sum = (usize, Vec<Money>);

/// One call.
#[derive(Clone, Debug)]
pub struct MadeLine {
    /// When.
    pub at: Moment,
    /// With which account.
    pub debtor: DebtorRef,
    /// What came of it.
    pub outcome: Outcome,
    /// What was argued, one amount a currency.
    pub argued: Vec<Money>,
    /// What was said.
    pub note: String,
    /// By whom.
    pub by: String,
    /// When it is called next.
    pub next_at: Option<Moment>,
}

/// The report.
#[derive(Clone, Debug)]
pub struct ReportPage {
    /// Code of the supplier.
    pub supplier: String,
    /// From which day.
    pub from: Day,
    /// To which day.
    pub to: Day,
    /// The address of the same as CSV.
    pub csv: String,
    /// Calls made.
    pub made: usize,
    /// Of which somebody was reached.
    pub reached: usize,
    /// Invoices argued.
    pub argued: Sum,
    /// Promises.
    pub promises: Sum,
    /// Refusals, with what was argued.
    pub refusals: Sum,
    /// Why nothing is paid: each with the invoices that were argued.
    pub causes: Vec<(Cause, Sum)>,
    /// What came of the calls.
    pub outcomes: Vec<(Outcome, usize)>,
    /// Calls that are planned.
    pub next_calls: usize,
    /// Each call, oldest first.
    pub calls: Vec<MadeLine>,
    /// Whether there were more.
    pub is_cut: bool,
}

/// The report.
#[must_use]
pub fn page(frame: &StaffFrame, view: &ReportPage) -> Markup {
    let lang = frame.language;
    let title = t::REPORT.of(lang);
    let span = match view.from == view.to {
        true => format::day(lang, view.from),
        false => format!(
            "{} – {}",
            format::day(lang, view.from),
            format::day(lang, view.to)
        ),
    };
    let body = html! {
        h1 { (title) span.sub { (span) } }
        (choice(frame, view))
        @if view.made == 0 {
            p.sub { (t::NO_CALLS.of(lang)) }
        } @else {
            (figures(frame, view))
            (causes(frame, view))
            (outcomes(frame, view))
            (calls(frame, view))
            p.way { a href=(view.csv) { (t::CSV.of(lang)) } }
        }
        p.back { a href=(paths::calls(&view.supplier)) { (t::BACK.of(lang)) } }
    };
    staff_page(frame, Section::Calls, title, &body)
}

fn choice(frame: &StaffFrame, view: &ReportPage) -> Markup {
    let lang = frame.language;
    let day = view.to.to_string();
    let week = view.from != view.to;
    let spans = [
        ("day", t::SPAN_DAY.of(lang), !week),
        ("week", t::SPAN_WEEK.of(lang), week),
    ];
    html! {
        form.filter method="get" action=(paths::call_report(&view.supplier)) {
            (Input::text("day", t::SPAN_DAY.of(lang), &day).kind("date"))
            (select("span", "span", t::SPAN.of(lang), &spans))
            button.button.quiet { (t::SHOW.of(lang)) }
        }
    }
}

fn sum(frame: &StaffFrame, (count, amounts): &Sum) -> Markup {
    html! {
        (count)
        @for amount in amounts { " · " (parts::amount(frame.language, *amount)) }
    }
}

fn figures(frame: &StaffFrame, view: &ReportPage) -> Markup {
    let lang = frame.language;
    parts::facts(&[
        (t::MADE.of(lang), html! { (view.made) }),
        (t::REACHED.of(lang), html! { (view.reached) }),
        (t::ARGUED.of(lang), sum(frame, &view.argued)),
        (t::PROMISES.of(lang), sum(frame, &view.promises)),
        (t::REFUSALS.of(lang), sum(frame, &view.refusals)),
        (t::NEXT_CALLS.of(lang), html! { (view.next_calls) }),
    ])
}

fn causes(frame: &StaffFrame, view: &ReportPage) -> Markup {
    let lang = frame.language;
    let titles = [t::CATEGORY.of(lang), t::NUMBER.of(lang), c::AMOUNT.of(lang)];
    let rows = html! {
        @for (cause, (count, amounts)) in &view.causes {
            tr {
                th scope="row" { (t::cause(*cause).of(lang)) }
                td.num data-l=(t::NUMBER.of(lang)) { (count) }
                td.num data-l=(c::AMOUNT.of(lang)) {
                    @for (place, amount) in amounts.iter().enumerate() {
                        @if place > 0 { " + " }
                        (parts::amount(lang, *amount))
                    }
                }
            }
        }
    };
    html! {
        @if !view.causes.is_empty() {
            h2 { (t::REASONS.of(lang)) }
            (parts::table(&titles, &[1, 2], &rows))
        }
    }
}

fn outcomes(frame: &StaffFrame, view: &ReportPage) -> Markup {
    let lang = frame.language;
    let titles = [t::RESULT.of(lang), t::NUMBER.of(lang)];
    let rows = html! {
        @for (outcome, count) in &view.outcomes {
            tr {
                th scope="row" { (t::outcome(*outcome).of(lang)) }
                td.num data-l=(t::NUMBER.of(lang)) { (count) }
            }
        }
    };
    html! {
        h2 { (t::RESULT.of(lang)) }
        (parts::table(&titles, &[1], &rows))
    }
}

fn calls(frame: &StaffFrame, view: &ReportPage) -> Markup {
    let lang = frame.language;
    let titles = [
        t::WHEN.of(lang),
        staff::DEBTOR.of(lang),
        t::RESULT.of(lang),
        t::NOTE.of(lang),
        t::ARGUED.of(lang),
    ];
    let rows = html! {
        @for one in &view.calls {
            tr {
                th scope="row" { (format::moment(lang, frame.zone, one.at)) }
                td data-l=(staff::DEBTOR.of(lang)) { (debtor_link(&one.debtor)) }
                td data-l=(t::RESULT.of(lang)) {
                    (t::outcome(one.outcome).of(lang))
                    @if let Some(at) = one.next_at {
                        span.sub { (t::NEXT.of(lang)) " " (format::moment(lang, frame.zone, at)) }
                    }
                }
                td data-l=(t::NOTE.of(lang)) { (one.note) }
                td.num data-l=(t::ARGUED.of(lang)) {
                    @for (place, amount) in one.argued.iter().enumerate() {
                        @if place > 0 { " + " }
                        (parts::amount(lang, *amount))
                    }
                }
            }
        }
    };
    html! {
        h2 { (t::EACH.of(lang)) @if view.is_cut { " · " (t::MANY.of(lang)) } }
        (parts::table(&titles, &[4], &rows))
    }
}
