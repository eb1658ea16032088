//! Saying when one will pay: the form, the check, the receipt.
//!
//! Posted fields: those of `chosen`, `day` (`YYYY-MM-DD`; a French `30/11/2026` may be typed where
//! the browser has no date picker) and `step`.

use domain::{Day, Money};
use maud::{Markup, html};

use super::chosen::{self, Chosen};
use crate::field::Input;
use crate::layout::{Frame, Head, portal_page};
use crate::parts::{self, Tone};
use crate::paths;
use crate::problem::{self, Problem};
use crate::text::common as c;
use crate::text::promise as t;

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
        p { (t::NOTE.of(lang)) }
        form method="post" action=(paths::PROMISE) {
            (parts::tokens(&frame.csrf, &form.key))
            (chosen::carried(&form.chosen))
            (parts::hidden("day", &form.day))
            (parts::confirm_or_change(lang, t::SEND.of(lang)))
        }
    };
    portal_page(frame, &Head::of(title), &body)
}

/// The receipt.
#[must_use]
pub fn receipt(frame: &Frame, form: &PromiseForm, total: Money, due_on: Day) -> Markup {
    let lang = frame.language;
    let title = t::NOTED.of(lang);
    let body = html! {
        h1 { (title) }
        (parts::banner(Tone::Ok, &t::noted(lang, total, due_on),
            &html! { p { (t::REMEMBER.of(lang)) } }))
        (said(frame, form, total, due_on))
        (parts::back(lang))
    };
    portal_page(frame, &Head::of(title), &body)
}

fn said(frame: &Frame, form: &PromiseForm, total: Money, due_on: Day) -> Markup {
    let lang = frame.language;
    let numbers: Vec<&str> = form.chosen.iter().map(|one| one.number.as_str()).collect();
    parts::facts(&[
        (t::DAY.of(lang), parts::date(lang, due_on)),
        (c::AMOUNT.of(lang), parts::amount(lang, total)),
        (c::INVOICES.of(lang), html! { (numbers.join(", ")) }),
    ])
}
