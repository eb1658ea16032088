//! One invoice: its facts, what can be done about it, what happened to it.

use domain::dispute::{DisputeState, Reason};
use domain::document::DocumentKind;
use domain::party::Language;
use domain::{Day, DisputeId, DocumentId, Money};
use maud::{Markup, html};

use super::account::{Row, barred};
use super::bills::{claim, status};
use super::held::{self, Held};
use crate::format;
use crate::happening::{Happening, timeline};
use crate::layout::{Frame, Head, portal_page};
use crate::parts;
use crate::paths;
use crate::text::common as c;
use crate::text::document as d;
use crate::text::invoice as t;
use crate::text::portal as p;
use crate::text::{labels, plan};

/// What the invoice page shows.
#[derive(Clone, Debug)]
pub struct InvoicePage {
    /// The invoice.
    pub row: Row,
    /// The day in the supplier's zone.
    pub today: Day,
    /// Payments of it under way.
    pub held: Vec<Held>,
    /// The disputes about it, newest first.
    pub disputes: Vec<ReportLine>,
    /// Its documents.
    pub documents: Vec<DocumentLine>,
    /// What happened to it, newest first.
    pub timeline: Vec<Happening>,
}

/// A dispute about an invoice.
#[derive(Clone, Copy, Debug)]
pub struct ReportLine {
    /// Which.
    pub id: DisputeId,
    /// Why.
    pub reason: Reason,
    /// How much.
    pub amount: Money,
    /// How it stands.
    pub state: DisputeState,
}

/// A document that can be downloaded.
#[derive(Clone, Debug)]
pub struct DocumentLine {
    /// Id.
    pub id: DocumentId,
    /// What it is.
    pub kind: DocumentKind,
    /// The name it came under.
    pub file_name: String,
    /// How many bytes.
    pub size: i64,
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
        (held::list(frame, &view.held))
        @if frame.acts { (actions(lang, view)) }
        (documents(lang, view))
        (reports(lang, &view.disputes))
        @if !view.timeline.is_empty() {
            h2 { (t::HISTORY.of(lang)) }
            (timeline(lang, frame.zone, &view.timeline))
        }
    };
    portal_page(frame, &Head::of(&title), &body)
}

fn documents(lang: Language, view: &InvoicePage) -> Markup {
    html! {
        @if !view.documents.is_empty() {
            h2 { (d::DOCUMENTS.of(lang)) }
            ul.plain {
                @for one in &view.documents {
                    li {
                        a href=(paths::document(view.row.item.id, one.id)) {
                            (d::kind(one.kind).of(lang)) " " (one.file_name)
                        }
                        " (PDF, " (format::kilobytes(lang, one.size)) ")"
                    }
                }
            }
        }
    }
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

fn reports(lang: Language, all: &[ReportLine]) -> Markup {
    html! {
        @if !all.is_empty() {
            h2 { (p::SUM_DISPUTED.of(lang)) }
            ul.plain {
                @for one in all {
                    li {
                        a href=(paths::report(one.id)) { (labels::reason(one.reason).of(lang)) }
                        ", " (parts::amount(lang, one.amount)) ", "
                        (labels::dispute_state(one.state).of(lang))
                    }
                }
            }
        }
    }
}

fn actions(lang: Language, view: &InvoicePage) -> Markup {
    let (row, item) = (&view.row, &view.row.item);
    let ahead = row.can_pay() && item.due_on >= view.today;
    html! {
        @if row.barred { (barred(lang)) }
        div.actions {
            @if row.is_asked() {
                a.button href=(paths::with_invoices(paths::PAY, [item.id])) {
                    (p::pay_amount(lang, row.payable))
                }
                a.button.quiet href=(paths::with_invoices(paths::PROMISE, [item.id])) {
                    (p::WHEN.of(lang))
                }
                a.button.quiet href=(paths::with_invoices(paths::PLAN, [item.id])) {
                    (plan::ASK.of(lang))
                }
            } @else if row.can_pay() {
                a.button.quiet href=(paths::with_invoices(paths::PAY, [item.id])) {
                    (t::PAY_ANYWAY.of(lang))
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
