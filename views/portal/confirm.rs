//! What a debtor says of an invoice before it falls due.
//!
//! Posted fields: `received`, `recorded`, `conform` (`yes` or `no`), `pays_on`.

use domain::invoice::Invoice;
use maud::{Markup, html};

use crate::field::{self, Choice, Input};
use crate::layout::{Frame, Head, portal_page};
use crate::parts;
use crate::paths;
use crate::problem::{self, Problem};
use crate::text::common as c;
use crate::text::plan as t;
use crate::text::{Text, invoice};

/// The form, empty or as it came back.
#[derive(Clone, Debug)]
pub struct ConfirmForm {
    /// The invoice.
    pub item: Invoice,
    /// Idempotency key.
    pub key: String,
    /// Whether it arrived.
    pub received: Option<bool>,
    /// Whether it is recorded.
    pub recorded: Option<bool>,
    /// Whether it is right.
    pub conform: Option<bool>,
    /// The day of payment as typed.
    pub pays_on: String,
    /// First and last day of payment.
    pub days: (domain::Day, domain::Day),
    /// What was wrong with it.
    pub problems: Vec<Problem>,
}

/// The form.
#[must_use]
pub fn page(frame: &Frame, form: &ConfirmForm) -> Markup {
    let lang = frame.language;
    let title = t::CONFIRM_TITLE.of(lang);
    let ask = |name, question: Text, answer: Option<bool>| {
        let choice = |value, label: Text, says| Choice {
            value,
            label: html! { (label.of(lang)) },
            chosen: answer == Some(says),
            enabled: true,
        };
        let wrong = problem::at(&form.problems, name, lang);
        let choices = [choice("yes", t::YES, true), choice("no", t::NO, false)];
        let asked = field::radios(name, question.of(lang), wrong.as_deref(), &choices);
        html! { div.few { (asked) } }
    };
    let range = (form.days.0.to_string(), form.days.1.to_string());
    let body = html! {
        (parts::back(lang))
        (problem::summary(&form.problems, lang))
        h1 { (title) span.sub { (invoice::title(lang, &form.item.number)) } }
        (parts::facts(&[
            (c::OPEN.of(lang), parts::amount(lang, form.item.open)),
            (c::DUE.of(lang), parts::date(lang, form.item.due_on)),
        ]))
        form.narrow method="post" action=(paths::confirm(form.item.id)) novalidate {
            (parts::tokens(&frame.csrf, &form.key))
            (ask("received", t::RECEIVED, form.received))
            (ask("recorded", t::RECORDED, form.recorded))
            (ask("conform", t::CONFORM, form.conform))
            (Input::day("pays_on", t::PAYS_ON.of(lang), &form.pays_on, range)
                .hint(t::PAYS_HINT.of(lang))
                .optional(lang)
                .checked(&form.problems, lang))
            div.actions {
                button.button { (t::CONFIRM_SEND.of(lang)) }
                a href=(paths::invoice(form.item.id)) { (c::CANCEL.of(lang)) }
            }
        }
    };
    portal_page(frame, &Head::form(title, !form.problems.is_empty()), &body)
}
