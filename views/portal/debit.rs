//! A direct debit under a signed mandate: checked before it is ordered, told after.
//!
//! What it tells is the pre-notification's content: amount, day, creditor identifier, mandate
//! reference (`sepa.md` §6).

use domain::bank::{CreditorId, MandateRef};
use domain::payment::Method;
use domain::{Day, Money};
use maud::{Markup, html};

use super::chosen;
use super::pay::PayForm;
use crate::layout::{Frame, Head, portal_page};
use crate::parts::{self, Tone};
use crate::paths;
use crate::text::common as c;
use crate::text::pay as t;

/// One direct debit.
#[derive(Clone, Debug)]
pub struct DebitFacts {
    /// How much.
    pub amount: Money,
    /// The bank day it is made on.
    pub collect_on: Day,
    /// Last four characters of the debited IBAN.
    pub last_four: String,
    /// The mandate.
    pub reference: MandateRef,
    /// Who collects.
    pub creditor_id: CreditorId,
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

/// The receipt.
#[must_use]
pub fn receipt(frame: &Frame, facts: &DebitFacts) -> Markup {
    let lang = frame.language;
    let title = t::DEBIT_DONE.of(lang);
    let lead = t::will_debit(lang, facts.amount, facts.collect_on);
    let body = html! {
        h1 { (title) }
        (parts::banner(Tone::Ok, &lead, &html! {}))
        (said(frame, facts))
        (parts::back(lang))
    };
    portal_page(frame, &Head::of(title), &body)
}

fn said(frame: &Frame, facts: &DebitFacts) -> Markup {
    let lang = frame.language;
    parts::facts(&[
        (c::AMOUNT.of(lang), parts::amount(lang, facts.amount)),
        (t::DEBIT_DAY.of(lang), parts::date(lang, facts.collect_on)),
        (t::ACCOUNT.of(lang), html! { "•••• " (facts.last_four) }),
        (t::MANDATE_REF.of(lang), html! { (facts.reference) }),
        (t::CREDITOR_ID.of(lang), html! { (facts.creditor_id) }),
    ])
}
