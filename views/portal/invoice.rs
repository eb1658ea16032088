//! One invoice: its facts, what can be done about it, what happened to it.

use domain::Day;
use domain::party::Language;
use maud::{Markup, html};

use super::account::{Row, claim, status};
use crate::happening::{Happening, timeline};
use crate::layout::{Frame, Head, portal_page};
use crate::parts;
use crate::paths;
use crate::text::common as c;
use crate::text::invoice as t;
use crate::text::plan;
use crate::text::portal as p;

/// What the invoice page shows.
#[derive(Clone, Debug)]
pub struct InvoicePage {
    /// The invoice.
    pub row: Row,
    /// The day in the supplier's zone.
    pub today: Day,
    /// What happened to it, newest first.
    pub timeline: Vec<Happening>,
}

/// The page of one invoice.
#[must_use]
pub fn page(frame: &Frame, view: &InvoicePage) -> Markup {
    let lang = frame.language;
    let title = t::title(lang, &view.row.item.number);
    let body = html! {
        (parts::back(lang))
        h1 { (title) }
        p { (status(lang, view.today, &view.row)) (claim(lang, &view.row)) }
        (facts(lang, &view.row))
        (actions(lang, view))
        @if !view.timeline.is_empty() {
            h2 { (t::HISTORY.of(lang)) }
            (timeline(lang, frame.zone, &view.timeline))
        }
    };
    portal_page(frame, &Head::of(&title), &body)
}

fn facts(lang: Language, row: &Row) -> Markup {
    let item = &row.item;
    let mut rows = vec![
        (c::OPEN.of(lang), parts::amount(lang, item.open)),
        (t::INVOICED.of(lang), parts::amount(lang, item.total)),
        (c::ISSUED.of(lang), parts::date(lang, item.issued_on)),
        (c::DUE.of(lang), parts::date(lang, item.due_on)),
    ];
    if let Some(order) = &item.order_ref {
        rows.push((c::ORDER.of(lang), html! { (order) }));
    }
    parts::facts(&rows)
}

fn actions(lang: Language, view: &InvoicePage) -> Markup {
    let (row, item) = (&view.row, &view.row.item);
    let ahead = row.can_pay() && item.due_on >= view.today;
    html! {
        div.actions {
            @if row.can_pay() {
                a.button href=(paths::with_invoices(paths::PAY, [item.id])) {
                    (p::pay_amount(lang, row.payable))
                }
                a.button.quiet href=(paths::with_invoices(paths::PROMISE, [item.id])) {
                    (p::WHEN.of(lang))
                }
                a.button.quiet href=(paths::with_invoices(paths::PLAN, [item.id])) {
                    (plan::ASK.of(lang))
                }
            }
            @if ahead {
                a.button.quiet href=(paths::confirm(item.id)) { (plan::CONFIRM_LINK.of(lang)) }
            }
            @if row.can_dispute() {
                a.button.quiet href=(paths::dispute(item.id)) { (p::REPORT.of(lang)) }
            }
        }
    }
}
