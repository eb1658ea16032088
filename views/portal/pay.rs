//! Choosing how to pay: amounts, total, method.
//!
//! Posted fields: those of `chosen`, `spread` (one amount to be spread over the invoices), `method`
//! (`domain::payment::Method` as text), `debit_on`, `total` (the minor units the button showed) and
//! `step` (`pay` or `recount`). Without scripts the button cannot follow the amounts: when their
//! sum is not `total`, show the page again with `recounted`, so that nobody pays an amount that the
//! button did not name.

use domain::party::Language;
use domain::payment::Method;
use domain::{Day, Money};
use maud::{Markup, Render, html};

use super::chosen::{self, Chosen, Credit, Late};
use crate::field::{self, Choice, Input};
use crate::layout::{Frame, Head, portal_page};
use crate::parts::{self, Tone};
use crate::paths;
use crate::problem::{self, Problem};
use crate::text::common as c;
use crate::text::pay as t;
use crate::text::{portal, promise};

/// Whether a method can be used here, and if not, why.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Offer {
    /// It can.
    Open,
    /// The supplier has not set it up.
    NotOffered,
    /// It only moves euros.
    EuroOnly,
}

/// A mandate that a debit can be made under at once.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct MandateBrief {
    /// The unique mandate reference.
    pub reference: String,
    /// Last four characters of the IBAN.
    pub last_four: String,
}

/// The form, fresh or as it came back.
#[derive(Clone, Debug)]
pub struct PayForm {
    /// The chosen invoices, all of one currency.
    pub chosen: Vec<Chosen>,
    /// Credit notes of that currency, ticked or not.
    pub credits: Vec<Credit>,
    /// What the lateness of these invoices cost, where the supplier charges it.
    pub lateness: Vec<Late>,
    /// One amount to be spread over the invoices, as typed; empty once it is spread.
    pub spread: String,
    /// What is to pay: invoices and ticked charges less credit notes.
    pub total: Money,
    /// Whether the total differs from what the button showed before.
    pub recounted: bool,
    /// Idempotency key.
    pub key: String,
    /// The chosen method.
    pub method: Option<Method>,
    /// Card payment.
    pub card: Offer,
    /// Direct debit.
    pub debit: Offer,
    /// Transfer.
    pub transfer: Offer,
    /// The mandate on file, if one is active.
    pub mandate: Option<MandateBrief>,
    /// The day of the debit as typed.
    pub debit_on: String,
    /// First and last day that a debit can be made on.
    pub debit_days: (Day, Day),
    /// What was wrong with it.
    pub problems: Vec<Problem>,
}

/// The form.
#[must_use]
pub fn page(frame: &Frame, form: &PayForm) -> Markup {
    let lang = frame.language;
    let title = t::TITLE.of(lang);
    let body = html! {
        (parts::back(lang))
        (problem::summary(&form.problems, lang))
        h1 { (title) }
        @if form.recounted { (parts::banner(Tone::Info, t::RECOUNTED.of(lang), &html! {})) }
        form.narrow method="post" action=(paths::PAY) novalidate {
            (parts::tokens(&frame.csrf, &form.key))
            (chosen::fields(lang, &form.chosen, &form.problems))
            (chosen::credits(lang, &form.credits, &form.problems))
            (chosen::lateness(lang, &form.lateness))
            @if form.chosen.len() > 1 { (spread(lang, form)) }
            div.total {
                p { (c::TOTAL.of(lang)) " " strong.amount { (parts::amount(lang, form.total)) } }
                button.button.quiet name="step" value="recount" { (t::RECOUNT.of(lang)) }
            }
            (parts::hidden("total", &form.total.minor().to_string()))
            (methods(lang, form))
            @if form.debit == Offer::Open { (debit_day(lang, form)) }
            div.actions {
                button.button name="step" value="pay" { (portal::pay_amount(lang, form.total)) }
                a href=(paths::ACCOUNT) { (c::CANCEL.of(lang)) }
            }
        }
    };
    portal_page(frame, &Head::form(title, !form.problems.is_empty()), &body)
}

/// One amount for all: without scripts the button below shows what it comes to.
fn spread(lang: Language, form: &PayForm) -> Markup {
    Input::amount("spread", t::SPREAD.of(lang), &form.spread)
        .hint(t::SPREAD_HINT.of(lang))
        .optional(lang)
        .checked(&form.problems, lang)
        .render()
}

fn methods(lang: Language, form: &PayForm) -> Markup {
    let debit_hint = form.mandate.as_ref().map_or_else(
        || String::from(t::DEBIT_SIGN.of(lang)),
        |mandate| t::with_mandate(lang, &mandate.reference, &mandate.last_four),
    );
    let choice = |method: Method, name: &str, hint: &str, offer: Offer| Choice {
        value: method.as_str(),
        label: html! {
            (name)
            span.sub { (why_not(lang, offer).unwrap_or(hint)) }
        },
        chosen: form.method == Some(method) && offer == Offer::Open,
        enabled: offer == Offer::Open,
    };
    let choices = [
        choice(
            Method::Card,
            t::CARD.of(lang),
            t::CARD_HINT.of(lang),
            form.card,
        ),
        choice(Method::Debit, t::DEBIT.of(lang), &debit_hint, form.debit),
        choice(
            Method::Transfer,
            t::TRANSFER.of(lang),
            t::TRANSFER_HINT.of(lang),
            form.transfer,
        ),
    ];
    let wrong = problem::at(&form.problems, "method", lang);
    field::radios("method", t::HOW.of(lang), wrong.as_deref(), &choices)
}

fn why_not(lang: Language, offer: Offer) -> Option<&'static str> {
    match offer {
        Offer::Open => None,
        Offer::NotOffered => Some(t::NOT_OFFERED.of(lang)),
        Offer::EuroOnly => Some(t::EURO_ONLY.of(lang)),
    }
}

fn debit_day(lang: Language, form: &PayForm) -> Markup {
    let (first, last) = form.debit_days;
    let hint = format!(
        "{} {}",
        t::DEBIT_DAY_HINT.of(lang),
        promise::limits(lang, first, last)
    );
    let range = (first.to_string(), last.to_string());
    html! {
        div.when-debit { (Input::day("debit_on", t::DEBIT_DAY.of(lang), &form.debit_on, range)
            .hint(hint)
            .checked(&form.problems, lang)) }
    }
}
