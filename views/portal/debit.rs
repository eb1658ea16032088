//! A direct debit under a signed mandate: checked before it is ordered, told after.
//!
//! What it tells is the pre-notification's content: amount, day, creditor identifier, mandate
//! reference (`sepa.md` §6).

use domain::bank::{CreditorId, MandateRef};
use domain::late::ChargeKind;
use domain::party::Language;
use domain::payment::Method;
use domain::{Day, Money};
use maud::{Markup, html};

use super::chosen;
use super::held::{self, Held, Way};
use super::pay::PayForm;
use crate::layout::{Frame, Head, portal_page};
use crate::parts::{self, Tone};
use crate::paths;
use crate::text::common as c;
use crate::text::held as h;
use crate::text::pay as t;

/// One direct debit.
#[derive(Clone, Debug)]
pub struct DebitFacts {
    /// How much.
    pub amount: Money,
    /// What it pays: each invoice by its number, credit notes and charges after them.
    pub lines: Vec<(String, Money)>,
    /// The bank day it is made on.
    pub collect_on: Day,
    /// Last four characters of the debited IBAN.
    pub last_four: String,
    /// The mandate.
    pub reference: MandateRef,
    /// Who collects.
    pub creditor_id: CreditorId,
}

/// How a charge for lateness is named beside its invoice.
#[must_use]
pub fn charge_name(lang: Language, kind: ChargeKind, number: &str) -> String {
    t::lateness_of(lang, kind, number)
}

/// The check: posts the payment form again with `step=confirm`, or `step=edit`.
#[must_use]
pub fn check(frame: &Frame, form: &PayForm, facts: &DebitFacts) -> Markup {
    let lang = frame.language;
    let title = t::DEBIT_CHECK.of(lang);
    let body = html! {
        h1 { (title) }
        (said(frame, facts))
        form method="post" action=(paths::PAY) {
            (parts::tokens(&frame.csrf, &form.key))
            (chosen::carried(&form.chosen))
            (chosen::carried_credits(&form.credits))
            (chosen::carried_lateness(&form.lateness))
            (parts::hidden("method", Method::Debit.as_str()))
            (parts::hidden("debit_on", &form.debit_on))
            (parts::hidden("total", &form.total.minor().to_string()))
            (parts::confirm_or_change(lang, t::DEBIT_ORDER.of(lang)))
        }
    };
    portal_page(frame, &Head::of(title), &body)
}

/// The receipt, with the way out as long as there is one.
#[must_use]
pub fn receipt(frame: &Frame, facts: &DebitFacts, held: &Held) -> Markup {
    let lang = frame.language;
    let title = t::DEBIT_DONE.of(lang);
    let lead = t::will_debit(lang, facts.amount, facts.collect_on);
    let body = html! {
        h1 { (title) }
        (parts::banner(Tone::Ok, &lead, &html! {}))
        (said(frame, facts))
        @if !frame.acts {
        } @else if matches!(held.way, Way::Debit { free: true, .. }) {
            p { (h::CANCEL_HINT.of(lang)) }
            div.actions { (held::abandon(frame, held, h::CANCEL_DEBIT.of(lang))) }
        } @else {
            p { (h::AT_BANK.of(lang)) }
        }
        (parts::back(lang))
    };
    portal_page(frame, &Head::of(title), &body)
}

fn said(frame: &Frame, facts: &DebitFacts) -> Markup {
    let lang = frame.language;
    parts::facts(&[
        (c::AMOUNT.of(lang), parts::amount(lang, facts.amount)),
        (c::INVOICES.of(lang), lines(frame, &facts.lines)),
        (t::DEBIT_DAY.of(lang), parts::date(lang, facts.collect_on)),
        (t::ACCOUNT.of(lang), html! { "•••• " (facts.last_four) }),
        (t::MANDATE_REF.of(lang), html! { (facts.reference) }),
        (t::CREDITOR_ID.of(lang), html! { (facts.creditor_id) }),
    ])
}

fn lines(frame: &Frame, all: &[(String, Money)]) -> Markup {
    html! {
        ul.plain {
            @for (name, amount) in all {
                li { (name) ", " (parts::amount(frame.language, *amount)) }
            }
        }
    }
}
