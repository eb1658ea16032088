//! Asking for a delay or a plan: the form and the check.
//!
//! Posted fields: those of `chosen`, `reason`, `count`, `d_1`… and `p_1`… (day and amount of each
//! instalment), `for` (what the instalments were made for: count and total), `now` (pay the first
//! at once), `way` (`debit` or `other`), `step`, and those of `code`. Without scripts the
//! instalments cannot follow count and total: when `for` no longer fits, the page comes again with
//! fresh ones.

use domain::party::Language;
use domain::payment::Method;
use domain::plan::{NOTICE_DAYS, Part};
use domain::{Day, Money};
use maud::{Markup, html};

use super::chosen::{self, Chosen};
use super::code::{self, CodeAsk};
use super::pay::MandateBrief;
use super::promise::OTHER;
use crate::brand::Brand;
use crate::field::{self, Choice, Input};
use crate::layout::{Frame, Head, portal_page};
use crate::parts::{self, Tone};
use crate::paths;
use crate::problem::{self, Problem};
use crate::text::common as c;
use crate::text::{labels, pay, plan as t};

/// Instalments a debtor can ask for, at most.
pub const COUNT_MAX: usize = 6;

/// The form, fresh or as it came back.
#[derive(Clone, Debug)]
pub struct PlanForm {
    /// The chosen invoices.
    pub chosen: Vec<Chosen>,
    /// Sum of the amounts.
    pub total: Money,
    /// Idempotency key.
    pub key: String,
    /// Why, as typed.
    pub reason: String,
    /// Day and amount of each instalment, as typed.
    pub rows: Vec<(String, String)>,
    /// Whether they are other than what the page showed before.
    pub recounted: bool,
    /// Whether the first is paid at once.
    pub now: bool,
    /// The mandate under which instalments can be debited.
    pub mandate: Option<MandateBrief>,
    /// Whether they are.
    pub debit: bool,
    /// First and last day of an instalment.
    pub days: (Day, Day),
    /// What was wrong with it.
    pub problems: Vec<Problem>,
}

impl PlanForm {
    /// What the instalments are made for.
    #[must_use]
    pub fn made_for(&self) -> String {
        format!("{}:{}", self.rows.len(), self.total.minor())
    }

    /// The mandate under which they are debited.
    #[must_use]
    pub fn debited(&self) -> Option<&MandateBrief> {
        self.mandate.as_ref().filter(|_| self.debit)
    }
}

/// Name of the field with the day of an instalment, counted from 1.
#[must_use]
pub fn day_field(n: usize) -> String {
    format!("d_{n}")
}

/// Name of the field with its amount.
#[must_use]
pub fn amount_field(n: usize) -> String {
    format!("p_{n}")
}

/// The form.
#[must_use]
pub fn page(frame: &Frame, form: &PlanForm) -> Markup {
    let lang = frame.language;
    let title = t::ASK.of(lang);
    let why = format!("{} {}", t::WHY.of(lang), c::OPTIONAL.of(lang));
    let body = html! {
        (parts::back(lang))
        (problem::summary(&form.problems, lang))
        h1 { (title) }
        @if form.recounted { (parts::banner(Tone::Info, t::RECOUNTED.of(lang), &html! {})) }
        form.narrow method="post" action=(paths::PLAN) novalidate {
            (parts::tokens(&frame.csrf, &form.key))
            (parts::hidden("for", &form.made_for()))
            (chosen::fields(lang, &form.chosen, &form.problems))
            (count(lang, form))
            div.total {
                p { (c::TOTAL.of(lang)) " " strong.amount { (parts::amount(lang, form.total)) } }
                button.button.quiet name="step" value="recount" { (t::RECOUNT.of(lang)) }
            }
            (schedule(lang, form))
            (ways(lang, form))
            (field::tick("now", &html! { (t::FIRST_NOW.of(lang)) }, form.now, None))
            (field::area("reason", &why, &form.reason,
                problem::at(&form.problems, "reason", lang).as_deref()))
            div.actions {
                button.button name="step" value="check" { (c::CONTINUE.of(lang)) }
                a href=(paths::ACCOUNT) { (c::CANCEL.of(lang)) }
            }
        }
    };
    portal_page(frame, &Head::form(title, !form.problems.is_empty()), &body)
}

fn count(lang: Language, form: &PlanForm) -> Markup {
    let names: Vec<String> = (1..=COUNT_MAX).map(|n| n.to_string()).collect();
    let choices: Vec<Choice<'_>> = names
        .iter()
        .zip(1_usize..)
        .map(|(name, n)| Choice {
            value: name,
            label: html! { (t::times(lang, n)) },
            chosen: form.rows.len() == n,
            enabled: true,
        })
        .collect();
    html! { div.few { (field::radios("count", t::COUNT.of(lang), None, &choices)) } }
}

/// How the instalments are paid, where there is a choice.
fn ways(lang: Language, form: &PlanForm) -> Markup {
    let Some(mandate) = &form.mandate else {
        return html! {};
    };
    let hint = pay::with_mandate(lang, &mandate.reference, &mandate.last_four);
    let choices = [
        Choice {
            value: "debit",
            label: html! {
                (labels::method(Method::Debit).of(lang))
                span.sub { (t::BY_DEBIT.of(lang)) " " (hint) }
            },
            chosen: form.debit,
            enabled: true,
        },
        Choice {
            value: OTHER,
            label: html! { (t::BY_MYSELF.of(lang)) },
            chosen: !form.debit,
            enabled: true,
        },
    ];
    field::radios("way", pay::HOW.of(lang), None, &choices)
}

fn schedule(lang: Language, form: &PlanForm) -> Markup {
    let range = (form.days.0.to_string(), form.days.1.to_string());
    html! {
        @for ((day, amount), n) in form.rows.iter().zip(1_usize..) {
            fieldset.field {
                legend { (t::nth(lang, n)) }
                div.pair {
                    (Input::day(&day_field(n), t::DAY.of(lang), day, range.clone())
                        .checked(&form.problems, lang))
                    (Input::amount(&amount_field(n), c::AMOUNT.of(lang), amount)
                        .checked(&form.problems, lang))
                }
            }
        }
    }
}

/// The check before it is sent, with the terms, and with the code that proves who acknowledges
/// them, once it was sent.
#[must_use]
pub fn check(frame: &Frame, form: &PlanForm, parts: &[Part], ask: Option<&CodeAsk>) -> Markup {
    let lang = frame.language;
    let title = t::CHECK_TITLE.of(lang);
    let what = terms(
        lang,
        &frame.brand,
        &numbers(form),
        (form.total, parts),
        form.debited(),
    );
    let send = html! {
        form.narrow method="post" action=(paths::PLAN) novalidate {
            (parts::tokens(&frame.csrf, &form.key))
            (parts::hidden("for", &form.made_for()))
            (chosen::carried(&form.chosen))
            (parts::hidden("count", &form.rows.len().to_string()))
            @for ((day, amount), n) in form.rows.iter().zip(1_usize..) {
                (parts::hidden(&day_field(n), day))
                (parts::hidden(&amount_field(n), amount))
            }
            (parts::hidden("reason", &form.reason))
            @if form.now { (parts::hidden("now", "yes")) }
            (parts::hidden("way", if form.debit { "debit" } else { OTHER }))
            @if let Some(ask) = ask { (code::part(lang, ask)) }
            (parts::confirm_or_change(lang, t::SEND.of(lang)))
            @if let Some(ask) = ask { div.actions { (code::again(lang, ask)) } }
        }
    };
    let body = code::check_page(lang, title, ask, (&what, &send));
    let wrong = ask.is_some_and(|ask| !ask.problems.is_empty());
    let head = Head::form(code::check_title(lang, title, ask), wrong);
    portal_page(frame, &head, &body)
}

/// Numbers of the chosen invoices.
#[must_use]
pub fn numbers(form: &PlanForm) -> Vec<String> {
    form.chosen.iter().map(|one| one.number.clone()).collect()
}

/// What is asked for and what is acknowledged with it: shown, and kept as evidence word for word.
#[must_use]
pub fn terms(
    lang: Language,
    brand: &Brand,
    numbers: &[String],
    (total, parts): (Money, &[Part]),
    debited: Option<&MandateBrief>,
) -> Markup {
    let rows = html! {
        @for (part, n) in parts.iter().zip(1_usize..) {
            tr {
                th scope="row" { (t::nth(lang, n)) }
                td data-l=(t::DAY.of(lang)) { (parts::date(lang, part.due_on)) }
                td.num data-l=(c::AMOUNT.of(lang)) { (parts::amount(lang, part.amount)) }
            }
        }
    };
    let titles = [t::INSTALMENTS.of(lang), t::DAY.of(lang), c::AMOUNT.of(lang)];
    html! {
        (parts::facts(&[
            (c::INVOICES.of(lang), html! { (numbers.join(", ")) }),
            (c::TOTAL.of(lang), parts::amount(lang, total)),
        ]))
        (parts::table(&titles, &[2], &rows))
        h2 { (t::TERMS.of(lang)) }
        div.legal {
            @for words in t::terms(lang, &brand.name, total, NOTICE_DAYS) { p { (words) } }
            @if let Some(mandate) = debited {
                p { (t::debited(lang, &mandate.reference, &mandate.last_four)) }
            }
        }
    }
}
