//! Saying when one will pay: the form and the check. `promised` shows what was recorded.
//!
//! Posted fields: those of `chosen`, `day` (`YYYY-MM-DD`; a French `30/11/2026` may be typed where
//! the browser has no date picker), `way` (`transfer`, `debit` or `other`), `replaces` (the promise
//! that is changed) and `step`.

use domain::party::Language;
use domain::payment::Method;
use domain::{Day, Money, PromiseId};
use maud::{Markup, html};

use super::chosen::{self, Chosen};
use super::pay::MandateBrief;
use crate::field::{self, Choice, Input};
use crate::layout::{Frame, Head, portal_page};
use crate::parts;
use crate::paths;
use crate::problem::{self, Problem};
use crate::text::common as c;
use crate::text::{labels, pay, promise as t};

/// The form, empty or as it came back.
#[derive(Clone, Debug)]
pub struct PromiseForm {
    /// The chosen invoices.
    pub chosen: Vec<Chosen>,
    /// Idempotency key.
    pub key: String,
    /// The day as typed.
    pub day: String,
    /// The first day that is accepted.
    pub first: Day,
    /// The last day that is accepted.
    pub last: Day,
    /// Whether a transfer can be expected.
    pub transfer: bool,
    /// The mandate a debit can be ordered under.
    pub mandate: Option<MandateBrief>,
    /// How it will be paid; none is another way.
    pub way: Option<Method>,
    /// The promise that is changed.
    pub replaces: Option<PromiseId>,
    /// What was wrong with it.
    pub problems: Vec<Problem>,
}

/// The form.
#[must_use]
pub fn page(frame: &Frame, form: &PromiseForm) -> Markup {
    let lang = frame.language;
    let title = t::TITLE.of(lang);
    let range = (form.first.to_string(), form.last.to_string());
    let body = html! {
        (parts::back(lang))
        (problem::summary(&form.problems, lang))
        h1 { (title) }
        form.narrow method="post" action=(paths::PROMISE) novalidate {
            (parts::tokens(&frame.csrf, &form.key))
            (chosen::fields(lang, &form.chosen, &form.problems))
            (Input::day("day", t::DAY.of(lang), &form.day, range)
                .hint(t::limits(lang, form.first, form.last))
                .checked(&form.problems, lang))
            (ways(lang, form))
            (replaces(form))
            div.actions {
                button.button name="step" value="check" { (c::CONTINUE.of(lang)) }
                a href=(paths::ACCOUNT) { (c::CANCEL.of(lang)) }
            }
        }
    };
    portal_page(frame, &Head::form(title, !form.problems.is_empty()), &body)
}

/// The check before it counts.
#[must_use]
pub fn check(frame: &Frame, form: &PromiseForm, total: Money, due_on: Day) -> Markup {
    let lang = frame.language;
    let title = t::CHECK_TITLE.of(lang);
    let body = html! {
        h1 { (title) }
        (said(frame, form, total, due_on))
        p { (if form.way == Some(Method::Debit) { t::NOTE_DEBIT } else { t::NOTE }.of(lang)) }
        form method="post" action=(paths::PROMISE) {
            (parts::tokens(&frame.csrf, &form.key))
            (chosen::carried(&form.chosen))
            (parts::hidden("day", &form.day))
            (parts::hidden("way", form.way.map_or(OTHER, Method::as_str)))
            (replaces(form))
            (parts::confirm_or_change(lang, t::SEND.of(lang)))
        }
    };
    portal_page(frame, &Head::of(title), &body)
}

/// The way that is neither a transfer nor a debit, as posted.
pub const OTHER: &str = "other";

fn replaces(form: &PromiseForm) -> Markup {
    html! {
        @if let Some(id) = form.replaces { (parts::hidden("replaces", &id.to_string())) }
    }
}

fn ways(lang: Language, form: &PromiseForm) -> Markup {
    let choice = |value, name, hint: &str, method: Option<Method>| Choice {
        value,
        label: html! { (name) span.sub { (hint) } },
        chosen: form.way == method,
        enabled: true,
    };
    let mut choices = Vec::new();
    if form.transfer {
        let (name, hint) = (labels::method(Method::Transfer), t::BY_TRANSFER);
        let method = Some(Method::Transfer);
        choices.push(choice("transfer", name.of(lang), hint.of(lang), method));
    }
    if let Some(mandate) = &form.mandate {
        let name = labels::method(Method::Debit);
        let hint = pay::with_mandate(lang, &mandate.reference, &mandate.last_four);
        choices.push(choice("debit", name.of(lang), &hint, Some(Method::Debit)));
    }
    if choices.is_empty() {
        return html! {};
    }
    choices.push(choice(OTHER, t::OTHERWISE.of(lang), "", None));
    field::radios("way", pay::HOW.of(lang), None, &choices)
}

fn said(frame: &Frame, form: &PromiseForm, total: Money, due_on: Day) -> Markup {
    let lang = frame.language;
    let numbers: Vec<&str> = form.chosen.iter().map(|one| one.number.as_str()).collect();
    let how = form.way.map_or(t::OTHERWISE, labels::method);
    parts::facts(&[
        (t::DAY.of(lang), parts::date(lang, due_on)),
        (c::AMOUNT.of(lang), parts::amount(lang, total)),
        (c::INVOICES.of(lang), html! { (numbers.join(", ")) }),
        (t::BY.of(lang), html! { (how.of(lang)) }),
    ])
}
