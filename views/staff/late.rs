//! What lateness of one invoice costs, and the form that gives it up.
//!
//! Posted fields: `csrf`, `key`, `reason`.

use domain::late::{ChargeKind, Charges, Rate};
use domain::{Day, DebtorId, InvoiceId, Moment};
use maud::{Markup, html};

use super::shell::{Section, StaffFrame, staff_page};
use crate::field;
use crate::parts::{self, Tone};
use crate::paths;
use crate::problem::{self, Problem};
use crate::text::common as c;
use crate::text::document as d;
use crate::text::{labels, late as t};

/// What the page shows.
#[derive(Clone, Debug)]
pub struct LatePage {
    /// Code of the supplier.
    pub supplier: String,
    /// Whose invoice.
    pub debtor: DebtorId,
    /// Which.
    pub invoice: InvoiceId,
    /// Its number.
    pub number: String,
    /// The day it fell due.
    pub due_on: Day,
    /// What is due today, where the supplier charges anything.
    pub due: Option<Charges>,
    /// The rate of today, when it is known.
    pub rate: Option<Rate>,
    /// Who gave it up, why, when.
    pub waived: Option<(String, String, Moment)>,
    /// Whether the reader may give it up.
    pub may_write: bool,
    /// Idempotency key.
    pub key: String,
    /// The reason as typed.
    pub reason: String,
    /// What was wrong.
    pub problems: Vec<Problem>,
}

/// The page.
#[must_use]
pub fn page(frame: &StaffFrame, view: &LatePage) -> Markup {
    let lang = frame.language;
    let title = t::TITLE.of(lang);
    let body = html! {
        (problem::summary(&view.problems, lang))
        h1 { (title) span.sub { (view.number) } }
        @match (&view.waived, &view.due) {
            (Some((by, why, at)), _) => {
                (parts::banner(Tone::Info, t::WAIVED.of(lang), &html! {
                    p { (why) }
                    p.sub { (t::by_at(lang, frame.zone, by, *at)) }
                }))
            }
            (None, None) => { p { (t::NOT_CHARGED.of(lang)) } }
            (None, Some(due)) => {
                (facts(frame, view, due))
                @if view.may_write { (form(frame, view)) }
            }
        }
        p.back { a href=(paths::debtor(&view.supplier, view.debtor)) { (d::CUSTOMER.of(lang)) } }
    };
    staff_page(frame, Section::Debtors, title, &body)
}

fn facts(frame: &StaffFrame, view: &LatePage, due: &Charges) -> Markup {
    let lang = frame.language;
    let rate = view.rate.map_or_else(
        || t::UNKNOWN.of(lang).to_owned(),
        |rate| t::percent(lang, rate),
    );
    let mut rows = vec![(c::DUE.of(lang), parts::date(lang, view.due_on))];
    for kind in ChargeKind::ALL {
        let name = labels::charge(*kind).of(lang);
        rows.push((name, parts::amount(lang, due.of(*kind))));
    }
    rows.push((t::RATE.of(lang), html! { (rate) }));
    html! {
        h2 { (t::DUE_NOW.of(lang)) }
        (parts::facts(&rows))
    }
}

fn form(frame: &StaffFrame, view: &LatePage) -> Markup {
    let lang = frame.language;
    let wrong = problem::at(&view.problems, "reason", lang);
    let label = (t::REASON.of(lang), Some(t::REASON_HINT.of(lang)));
    html! {
        h2 { (t::WAIVE.of(lang)) }
        form.narrow method="post" action=(paths::late(&view.supplier, view.invoice)) novalidate {
            (parts::tokens(&frame.csrf, &view.key))
            (field::area_as("reason", "reason", label, &view.reason, wrong.as_deref()))
            div.actions { button.button { (t::WAIVE.of(lang)) } }
        }
    }
}
