//! Choosing how to pay: amounts, total, method.
//!
//! Posted fields: those of `chosen`, `spread` (one amount to be spread over the invoices), `method`
//! (`domain::payment::Method` as text, or the id of a kept card), `keep`, `debit_on`, `total` (the
//! minor units the button showed) and `step` (`pay` or `recount`). Without scripts the button
//! cannot follow the amounts: when their sum is not `total`, show the page again with `recounted`,
//! so that nobody pays an amount that the button did not name.

use domain::party::Language;
use domain::payment::Method;
use domain::saved_card::CardFace;
use domain::{CardId, Day, Money};
use maud::{Markup, Render, html};

use super::chosen::{self, Chosen, Credit, Late};
use super::code::{self, CodeAsk};
use super::held::{self, Held};
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
    /// It moves this at most.
    AtMost(Money),
}

/// A mandate that a debit can be made under at once.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct MandateBrief {
    /// The unique mandate reference.
    pub reference: String,
    /// Last four characters of the IBAN.
    pub last_four: String,
}

/// A card that the provider keeps for whoever reads the form.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CardBrief {
    /// Which card.
    pub id: CardId,
    /// What it is known by.
    pub name: String,
    /// When it expires: `08/2028`.
    pub expires: String,
}

impl CardBrief {
    /// A card by what the provider says of it.
    #[must_use]
    pub fn new(lang: Language, id: CardId, face: &CardFace) -> Self {
        Self {
            id,
            name: t::ending_in(lang, &face.brand, &face.last_four),
            expires: face.expires.to_string(),
        }
    }
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
    /// Payments under way that hold a part of these invoices.
    pub held: Vec<Held>,
    /// What is to pay: invoices and ticked charges less credit notes.
    pub total: Money,
    /// What the credit notes settle alone, when they leave nothing to pay.
    pub covered: Option<Money>,
    /// Whether the total differs from what the button showed before.
    pub recounted: bool,
    /// Idempotency key.
    pub key: String,
    /// The chosen method.
    pub method: Option<Method>,
    /// Cards of the visitor's own that one click pays with.
    pub cards: Vec<CardBrief>,
    /// The one of them that was chosen.
    pub saved: Option<CardId>,
    /// Whether the visitor wants its card kept; none where it cannot be.
    pub keep: Option<bool>,
    /// Card payment.
    pub card: Offer,
    /// Direct debit.
    pub debit: Offer,
    /// Who makes it: the supplier's bank, on the chosen day, or its payment provider.
    pub debit_by: Method,
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

impl PayForm {
    /// Whether there is a sum that a button can name: no amount is in doubt, and it is not nothing.
    fn has_sum(&self) -> bool {
        let amount = |one: &Problem| one.field == "spread" || one.field.starts_with("a_");
        let some = self.total.is_positive() || self.covered.is_some();
        some && !self.problems.iter().any(amount)
    }
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
        (held::list(frame, &form.held))
        @if form.recounted && form.has_sum() {
            (parts::banner(Tone::Info, t::RECOUNTED.of(lang), &html! {}))
        }
        form.narrow method="post" action=(paths::PAY) novalidate {
            (parts::tokens(&frame.csrf, &form.key))
            (chosen::fields(lang, &form.chosen, &form.problems))
            (chosen::credits(lang, &form.credits, &form.problems))
            (chosen::lateness(lang, &form.lateness))
            @if form.chosen.len() > 1 { (spread(lang, form)) }
            (total(lang, form))
            (parts::hidden("total", &form.total.minor().to_string()))
            @if form.covered.is_some() {
                p { (t::COVERED.of(lang)) }
            } @else {
                (methods(lang, form))
                @if let Some(keep) = form.keep { (keep_card(lang, keep)) }
                @if form.debit == Offer::Open && form.debit_by == Method::Debit {
                    (debit_day(lang, form))
                }
            }
            (send(lang, form))
        }
    };
    portal_page(frame, &Head::form(title, !form.problems.is_empty()), &body)
}

fn total(lang: Language, form: &PayForm) -> Markup {
    html! {
        @if form.has_sum() {
            div.total {
                p { (c::TOTAL.of(lang)) " " strong.amount { (parts::amount(lang, form.total)) } }
                button.button.quiet name="step" value="recount" { (t::RECOUNT.of(lang)) }
            }
        }
    }
}

/// The button names the sum; while there is none, it adds up and pays nothing.
fn send(lang: Language, form: &PayForm) -> Markup {
    html! {
        div.actions {
            @if !form.has_sum() {
                button.button name="step" value="recount" { (t::RECOUNT.of(lang)) }
            } @else {
                button.button name="step" value="pay" {
                    @match form.covered {
                        Some(gross) => { (t::settle_by_credits(lang, gross)) }
                        None => { (portal::pay_amount(lang, form.total)) }
                    }
                }
            }
            a href=(paths::ACCOUNT) { (c::CANCEL.of(lang)) }
        }
    }
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
    let debit_hint = match &form.mandate {
        _ if form.debit_by == Method::ProviderDebit => t::PROVIDER_DEBIT_HINT.of(lang).to_owned(),
        Some(mandate) => t::with_mandate(lang, &mandate.reference, &mandate.last_four),
        None => t::DEBIT_SIGN.of(lang).to_owned(),
    };
    let choice = |method: Method, name: &str, hint: &str, offer: Offer| Choice {
        value: method.as_str(),
        label: html! {
            (name)
            span.sub { (why_not(lang, offer).unwrap_or_else(|| hint.to_owned())) }
        },
        chosen: form.method == Some(method) && form.saved.is_none() && offer == Offer::Open,
        enabled: offer == Offer::Open,
    };
    let ids: Vec<String> = form.cards.iter().map(|card| card.id.to_string()).collect();
    let saved = form.cards.iter().zip(&ids).map(|(card, id)| Choice {
        value: id,
        label: html! {
            (card.name)
            span.sub { (t::saved_hint(lang, &card.expires)) }
        },
        chosen: form.saved == Some(card.id),
        enabled: true,
    });
    let card = match form.cards.is_empty() {
        true => t::CARD,
        false => t::OTHER_CARD,
    };
    let other = [
        choice(
            Method::Card,
            card.of(lang),
            t::CARD_HINT.of(lang),
            form.card,
        ),
        choice(form.debit_by, t::DEBIT.of(lang), &debit_hint, form.debit),
        choice(
            Method::Transfer,
            t::TRANSFER.of(lang),
            t::TRANSFER_HINT.of(lang),
            form.transfer,
        ),
    ];
    let choices: Vec<Choice<'_>> = saved.chain(other).collect();
    let wrong = problem::at(&form.problems, "method", lang);
    field::radios("method", t::HOW.of(lang), wrong.as_deref(), &choices)
}

fn why_not(lang: Language, offer: Offer) -> Option<String> {
    match offer {
        Offer::Open => None,
        Offer::NotOffered => Some(t::NOT_OFFERED.of(lang).to_owned()),
        Offer::EuroOnly => Some(t::EURO_ONLY.of(lang).to_owned()),
        Offer::AtMost(most) => Some(t::debit_at_most(lang, most)),
    }
}

/// Never ticked unless the debtor did.
fn keep_card(lang: Language, ticked: bool) -> Markup {
    html! {
        div.choices.when-card {
            label.choice {
                input type="checkbox" name="keep" value="yes" checked[ticked];
                span { (t::KEEP.of(lang)) span.sub { (t::KEEP_HINT.of(lang)) } }
            }
        }
    }
}

/// The check before a card is kept: a code says who agrees. Posts the payment form again.
#[must_use]
pub fn keep_check(frame: &Frame, form: &PayForm, ask: &CodeAsk) -> Markup {
    let lang = frame.language;
    let title = t::KEEP_CHECK.of(lang);
    let body = html! {
        (problem::summary(&ask.problems, lang))
        h1 { (title) }
        p { (t::KEEP_TERMS.of(lang)) }
        form.narrow method="post" action=(paths::PAY) novalidate {
            (parts::tokens(&frame.csrf, &form.key))
            (chosen::carried(&form.chosen))
            (chosen::carried_credits(&form.credits))
            (chosen::carried_lateness(&form.lateness))
            (parts::hidden("method", Method::Card.as_str()))
            (parts::hidden("keep", "yes"))
            (parts::hidden("total", &form.total.minor().to_string()))
            (code::part(lang, ask))
            (parts::confirm_or_change(lang, &portal::pay_amount(lang, form.total)))
            div.actions { (code::again(lang, ask)) }
        }
    };
    portal_page(frame, &Head::form(title, !ask.problems.is_empty()), &body)
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
