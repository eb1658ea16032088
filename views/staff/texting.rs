//! What a supplier's text messages count and cost, and when they wait.

use domain::party::Language;
use domain::sms::{Cap, Price};
use domain::{Moment, Zone};
use maud::{Markup, html};

use super::shell::SupplierRef;
use crate::format;
use crate::parts::{self, Tone};
use crate::text::{staff as s, texting as t};

/// The text messages of one supplier in the current month.
#[derive(Clone, Debug)]
pub struct TextsLine {
    /// Whose.
    pub supplier: SupplierRef,
    /// How many.
    pub texts: i64,
    /// Their segments.
    pub segments: i64,
    /// What they cost, a sum for each currency.
    pub cost: Vec<Price>,
    /// Whether the cost of some is not known.
    pub in_part: bool,
}

/// The sums of the month, where any text was sent.
pub(super) fn section(lang: Language, lines: &[TextsLine]) -> Markup {
    let titles = [
        s::SUPPLIER.of(lang),
        t::TEXTS.of(lang),
        t::SEGMENTS.of(lang),
        t::COST.of(lang),
    ];
    let count = |number: i64| format::count(lang, usize::try_from(number).unwrap_or_default());
    let rows = html! {
        @for line in lines {
            tr {
                th scope="row" { (line.supplier.name) }
                td.num data-l=(t::TEXTS.of(lang)) { (count(line.texts)) }
                td.num data-l=(t::SEGMENTS.of(lang)) { (count(line.segments)) }
                td.num data-l=(t::COST.of(lang)) {
                    @for cost in &line.cost { span.each { (t::price(lang, *cost)) } }
                    @if line.in_part { span.sub { (t::NO_COST.of(lang)) } }
                }
            }
        }
    };
    html! {
        @if !lines.is_empty() {
            section.part #texts {
                h2 { (t::TITLE.of(lang)) }
                (parts::table(&titles, &[1, 2, 3], &rows))
            }
        }
    }
}

/// Tells that texts wait because a cap was reached.
pub(super) fn wait(
    lang: Language,
    zone: Zone,
    supplier: &SupplierRef,
    wait: Option<(Cap, Moment)>,
) -> Markup {
    html! {
        @if let Some((cap, until)) = wait {
            @let title = t::wait(lang, zone, (&supplier.name, cap, until));
            (parts::banner(Tone::Warn, &title, &html! {
                p { (t::WAIT_LEAD.of(lang)) }
                p { code { (t::command(&supplier.code)) } }
            }))
        }
    }
}
