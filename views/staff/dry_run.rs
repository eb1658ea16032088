//! What a planning of a day would do: who gets what and when, who does not and why, with counts.

use domain::message::MessageKind;
use domain::scenario::Channel;
use domain::unsent::Unsent;
use domain::{Day, DebtorId, Moment};
use maud::{Markup, html};

use super::shell::{DebtorRef, Section, StaffFrame, debtor_link, staff_page};
use crate::field::Input;
use crate::format;
use crate::parts;
use crate::paths;
use crate::problem::{self, Problem};
use crate::text::{labels, reminders as t, unsent};

/// Somebody who gets a message.
#[derive(Clone, Debug)]
pub struct Gets {
    /// Who.
    pub debtor: DebtorId,
    /// The name.
    pub name: String,
    /// What.
    pub kind: MessageKind,
    /// How.
    pub channel: Channel,
    /// About how many invoices.
    pub invoices: usize,
    /// Whether a person is asked first.
    pub asked: bool,
}

/// What the page shows.
#[derive(Clone, Debug)]
pub struct DryRunPage {
    /// Code of the supplier.
    pub supplier: String,
    /// The day that is tried.
    pub on: Day,
    /// The first and the last day that can be tried.
    pub range: (Day, Day),
    /// The scenario that is tried in the place of what is in use, by name.
    pub instead: Option<String>,
    /// When what is sent leaves.
    pub leaves_at: Moment,
    /// Accounts with something open.
    pub accounts: usize,
    /// Messages by kind.
    pub messages: Vec<(MessageKind, usize)>,
    /// Invoices without a message, by reason.
    pub waits: Vec<(Unsent, usize)>,
    /// Steps passed over, by reason.
    pub passed: Vec<(Unsent, usize)>,
    /// Who gets what.
    pub gets: Vec<Gets>,
    /// Who does not, and why.
    pub held: Vec<(DebtorId, String, Unsent)>,
    /// Lines shown of each list, at most.
    pub shown: usize,
    /// What was wrong with the day.
    pub problems: Vec<Problem>,
}

/// The page.
#[must_use]
pub fn page(frame: &StaffFrame, view: &DryRunPage) -> Markup {
    let lang = frame.language;
    let count: usize = view.messages.iter().map(|(_, count)| count).sum();
    let body = html! {
        (problem::summary(&view.problems, lang))
        h1 {
            (t::DRY_RUN.of(lang))
            @if let Some(name) = &view.instead { span.sub { (name) } }
        }
        p.sub { (t::DRY_RUN_HINT.of(lang)) }
        (day_form(frame, view))
        p.lead { (t::would(lang, (count, view.accounts))) }
        @if count > 0 {
            p {
                (t::LEAVES.of(lang)) " "
                (format::moment(lang, frame.zone, view.leaves_at))
                @for (kind, count) in &view.messages {
                    " · " (labels::message_kind(*kind).of(lang)) " "
                    span.count { (format::count(lang, *count)) }
                }
            }
        }
        section.part { h2 { (t::GETS.of(lang)) } (gets(frame, view)) }
        div.sides {
            section.card { h2 { (t::BY_REASON.of(lang)) } (reasons(frame, &view.waits)) }
            @if !view.passed.is_empty() {
                section.card { h2 { (t::PASSED.of(lang)) } (reasons(frame, &view.passed)) }
            }
        }
        section.part { h2 { (t::GETS_NOT.of(lang)) } (held(frame, view)) }
        p.back { a href=(paths::reminders(&view.supplier)) { (t::TITLE.of(lang)) } }
    };
    staff_page(frame, Section::Reminders, t::DRY_RUN.of(lang), &body)
}

fn day_form(frame: &StaffFrame, view: &DryRunPage) -> Markup {
    let lang = frame.language;
    let (on, (from, to)) = (view.on.to_string(), view.range);
    let range = (from.to_string(), to.to_string());
    html! {
        form.bar method="get" action=(paths::dry_run(&view.supplier)) {
            (Input::day("day", t::DRY_RUN_DAY.of(lang), &on, range).checked(&view.problems, lang))
            button.button.quiet { (t::DRY_RUN_DO.of(lang)) }
        }
    }
}

fn gets(frame: &StaffFrame, view: &DryRunPage) -> Markup {
    let lang = frame.language;
    if view.gets.is_empty() {
        return html! { p.sub { (t::NOBODY.of(lang)) } };
    }
    let titles = [
        t::CUSTOMER.of(lang),
        t::WHAT.of(lang),
        t::HOW.of(lang),
        t::INVOICES.of(lang),
    ];
    let rows = html! {
        @for one in &view.gets {
            tr {
                th scope="row" { (link(view, one.debtor, &one.name)) }
                td {
                    span.each { (labels::message_kind(one.kind).of(lang)) }
                    @if one.asked { span.sub.each { (t::AFTER_APPROVAL.of(lang)) } }
                }
                td data-l=(t::HOW.of(lang)) { (t::channel(one.channel).of(lang)) }
                td.num data-l=(t::INVOICES.of(lang)) { (one.invoices) }
            }
        }
    };
    html! {
        (parts::table(&titles, &[3], &rows))
        @if view.gets.len() >= view.shown { p.sub { (t::FIRST_HUNDRED.of(lang)) } }
    }
}

fn held(frame: &StaffFrame, view: &DryRunPage) -> Markup {
    let lang = frame.language;
    if view.held.is_empty() {
        return html! { p.sub { (t::NOBODY.of(lang)) } };
    }
    let rows = html! {
        @for (debtor, name, why) in &view.held {
            tr {
                th scope="row" { (link(view, *debtor, name)) }
                td { (unsent::why(*why).of(lang)) }
            }
        }
    };
    html! {
        (parts::table(&[t::CUSTOMER.of(lang), t::WHY.of(lang)], &[], &rows))
        @if view.held.len() >= view.shown { p.sub { (t::FIRST_HUNDRED.of(lang)) } }
    }
}

fn link(view: &DryRunPage, id: DebtorId, name: &str) -> Markup {
    debtor_link(&DebtorRef {
        supplier: view.supplier.clone(),
        id,
        name: name.to_owned(),
    })
}

fn reasons(frame: &StaffFrame, all: &[(Unsent, usize)]) -> Markup {
    let lang = frame.language;
    html! {
        dl.facts {
            @for (why, count) in all {
                div {
                    dt { (unsent::why(*why).of(lang)) }
                    dd.num { (format::count(lang, *count)) }
                }
            }
        }
    }
}
