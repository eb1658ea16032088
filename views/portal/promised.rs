//! A promise that was made: what was said, how it stands, and the ways to change it.
//!
//! Posted fields: `csrf`, `key`, `step` (`check`, then `confirm`): taking it back.

use domain::party::Language;
use domain::payment::Method;
use domain::promise::PromiseState;
use domain::{Day, Moment, Money, PaymentId, PlanId, PromiseId};
use maud::{Markup, html};

use super::transfer::{self, TransferPage};
use crate::calendar::{self, Event};
use crate::layout::{Frame, Head, portal_page};
use crate::parts::{self, Tone};
use crate::paths;
use crate::text::common as c;
use crate::text::promise as t;
use crate::text::{labels, plan};

/// What the page shows.
#[derive(Clone, Debug)]
pub struct Promised {
    /// Which promise.
    pub id: PromiseId,
    /// How much.
    pub amount: Money,
    /// For which day.
    pub due_on: Day,
    /// How it stands.
    pub state: PromiseState,
    /// When it was made.
    pub made_at: Moment,
    /// How it is to be paid.
    pub method: Option<Method>,
    /// The payment that was prepared for it.
    pub payment: Option<PaymentId>,
    /// Numbers of its invoices.
    pub numbers: Vec<String>,
    /// The transfer to make, while it is awaited.
    pub transfer: Option<TransferPage>,
    /// The plan it is an instalment of.
    pub plan: Option<PlanId>,
    /// Where it can be changed.
    pub change: Option<String>,
    /// Whether it can be taken back.
    pub can_withdraw: bool,
    /// Whether taking it back came too late.
    pub too_late: bool,
    /// Idempotency key.
    pub key: String,
}

/// The page.
#[must_use]
pub fn page(frame: &Frame, view: &Promised) -> Markup {
    let lang = frame.language;
    let waits = view.state == PromiseState::Made;
    let title = if waits { t::NOTED } else { t::PAGE }.of(lang);
    let body = html! {
        (parts::back(lang))
        h1 { (title) }
        @if view.too_late { (parts::banner(Tone::Warn, t::TOO_LATE.of(lang), &html! {})) }
        (banner(lang, view))
        (said(lang, view))
        @if waits { (actions(frame, view)) }
        @if let (true, Some(transfer)) = (waits, &view.transfer) {
            h2 { (labels::method(Method::Transfer).of(lang)) }
            (transfer::details(lang, transfer))
        }
    };
    portal_page(frame, &Head::of(title), &body)
}

fn banner(lang: Language, view: &Promised) -> Markup {
    let (tone, words) = match view.state {
        PromiseState::Made => {
            let more = html! {
                @if view.method != Some(Method::Debit) { p { (t::REMEMBER.of(lang)) } }
            };
            let noted = t::noted(lang, view.amount, view.due_on);
            return parts::banner(Tone::Ok, &noted, &more);
        }
        PromiseState::Kept => (Tone::Ok, t::KEPT),
        PromiseState::KeptLate => (Tone::Ok, t::KEPT_LATE),
        PromiseState::PartlyKept => (Tone::Warn, t::PARTLY),
        PromiseState::Broken => (Tone::Bad, t::BROKEN),
        PromiseState::Superseded => (Tone::Info, t::REPLACED),
        PromiseState::Cancelled => (Tone::Info, t::WITHDRAWN),
    };
    parts::banner(tone, words.of(lang), &html! {})
}

fn said(lang: Language, view: &Promised) -> Markup {
    let how = view.method.map_or(t::OTHERWISE, labels::method);
    parts::facts(&[
        (t::DAY.of(lang), parts::date(lang, view.due_on)),
        (c::AMOUNT.of(lang), parts::amount(lang, view.amount)),
        (c::INVOICES.of(lang), html! { (view.numbers.join(", ")) }),
        (t::BY.of(lang), html! { (how.of(lang)) }),
    ])
}

fn actions(frame: &Frame, view: &Promised) -> Markup {
    let lang = frame.language;
    html! {
        div.actions {
            a.button.quiet href=(paths::calendar(view.id)) { (t::CALENDAR.of(lang)) }
            @if let (true, Some(address)) = (frame.acts, &view.change) {
                a.button.quiet href=(address) { (t::CHANGE.of(lang)) }
            }
            @if let (Some(Method::Debit), Some(id)) = (view.method, view.payment) {
                a href=(paths::payment(id)) { (labels::method(Method::Debit).of(lang)) }
            }
            @if let Some(id) = view.plan {
                a href=(paths::plan(id)) { (plan::SEE.of(lang)) }
            }
        }
        @if frame.acts && view.can_withdraw {
            form method="post" action=(paths::promise(view.id)) {
                (parts::tokens(&frame.csrf, &view.key))
                div.actions {
                    button.button.quiet name="step" value="check" { (t::WITHDRAW.of(lang)) }
                }
            }
        }
    }
}

/// The check before it is taken back.
#[must_use]
pub fn check(frame: &Frame, view: &Promised) -> Markup {
    let lang = frame.language;
    let title = t::WITHDRAW_TITLE.of(lang);
    let body = html! {
        h1 { (title) }
        (said(lang, view))
        p { (t::WITHDRAW_MORE.of(lang)) }
        form method="post" action=(paths::promise(view.id)) {
            (parts::tokens(&frame.csrf, &view.key))
            div.actions {
                button.button name="step" value="confirm" { (t::WITHDRAW.of(lang)) }
                a href=(paths::promise(view.id)) { (c::CANCEL.of(lang)) }
            }
        }
    };
    portal_page(frame, &Head::of(title), &body)
}

/// Its day for the debtor's calendar.
#[must_use]
pub fn day(frame: &Frame, view: &Promised) -> String {
    let lang = frame.language;
    let reference = view.transfer.as_ref().map(|one| one.reference.clone());
    let lines = [Some(view.numbers.join(", ")), reference];
    calendar::file(&Event {
        uid: view.id.to_string(),
        publisher: frame.brand.name.clone(),
        made_at: view.made_at,
        on: view.due_on,
        summary: t::calendar_title(lang, view.amount, &frame.brand.name),
        description: lines.into_iter().flatten().collect::<Vec<_>>().join("\n"),
    })
}
