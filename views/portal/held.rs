//! Payments under way that hold what is open: the way back to each, and the way out.
//!
//! Giving one up posts `csrf` and `key` to its own address.

use domain::party::Language;
use domain::payment::Method;
use domain::{Day, Moment, Money, PaymentId};
use maud::{Markup, html};

use crate::layout::{Frame, Head, portal_page};
use crate::parts::{self, Tone};
use crate::paths;
use crate::text::common as c;
use crate::text::held as t;
use crate::text::outcome as o;

/// A payment under way.
#[derive(Clone, Debug)]
pub struct Held {
    /// Which.
    pub payment: PaymentId,
    /// How much.
    pub amount: Money,
    /// The numbers of the invoices it is for.
    pub numbers: Vec<String>,
    /// How it is paid.
    pub method: Method,
    /// What can be done about it.
    pub way: Way,
    /// Idempotency key of the form that gives it up.
    pub key: String,
}

/// What can be done about a payment under way.
#[derive(Clone, Debug)]
pub enum Way {
    /// It waits on the provider's page.
    Page {
        /// The page, while it takes money.
        resume: Option<String>,
        /// Until when the amount is held; nothing once that is over.
        until: Option<Moment>,
    },
    /// Its outcome is awaited.
    Answer,
    /// The debtor's bank answers in some days: a debit that the provider makes.
    Bank,
    /// A debit on this day.
    Debit {
        /// The day.
        on: Day,
        /// Whether it can still be called off here.
        free: bool,
    },
}

/// Each of them, for a page of its own concern.
pub(crate) fn list(frame: &Frame, all: &[Held]) -> Markup {
    html! { @for one in all { (banner(frame, one)) } }
}

fn banner(frame: &Frame, held: &Held) -> Markup {
    let lang = frame.language;
    let title = match held.way {
        Way::Debit { on, .. } => t::debit(lang, held.amount, on),
        _ if held.method == Method::ProviderDebit => t::provider_debit(lang, held.amount),
        _ => t::card(lang, held.amount),
    };
    let words = html! {
        @if !held.numbers.is_empty() { p { (named(lang, &held.numbers)) } }
        (more(frame, held))
        (ways(frame, held))
    };
    parts::banner(Tone::Info, &title, &words)
}

fn named(lang: Language, numbers: &[String]) -> Markup {
    let word = if numbers.len() > 1 {
        c::INVOICES
    } else {
        c::INVOICE
    };
    html! { (word.of(lang)) " " (numbers.join(", ")) }
}

fn more(frame: &Frame, held: &Held) -> Markup {
    let lang = frame.language;
    match held.way {
        Way::Page { until, .. } => html! { p { (t::NOT_TAKEN.of(lang)) " " (free(frame, until)) } },
        Way::Answer => html! { p { (o::WAITING_LONG.of(lang)) } },
        Way::Bank => html! { p { (o::DEBIT_UNDER_WAY_MORE.of(lang)) } },
        Way::Debit { .. } => html! {},
    }
}

fn free(frame: &Frame, until: Option<Moment>) -> String {
    match until {
        Some(at) => t::until(frame.language, frame.zone, at),
        None => String::from(t::FREE_SOON.of(frame.language)),
    }
}

/// The buttons alone, for the page that says the rest itself.
pub(crate) fn ways(frame: &Frame, held: &Held) -> Markup {
    let lang = frame.language;
    let see = |words: &str| html! { a href=(paths::payment(held.payment)) { (words) } };
    html! {
        div.actions {
            @match &held.way {
                Way::Page { resume, .. } if frame.acts => {
                    @if let Some(page) = resume {
                        a.button href=(page) { (t::RESUME.of(lang)) }
                    }
                    (abandon(frame, held, t::ABANDON.of(lang)))
                }
                Way::Debit { free: true, .. } if frame.acts => {
                    (see(t::SEE_OR_CANCEL.of(lang)))
                }
                Way::Debit { .. } => { (see(t::SEE_DEBIT.of(lang))) }
                Way::Page { .. } | Way::Answer | Way::Bank => { (see(t::SEE.of(lang))) }
            }
        }
    }
}

/// The button that gives it up.
pub(crate) fn abandon(frame: &Frame, held: &Held, words: &str) -> Markup {
    html! {
        form method="post" action=(paths::abandon(held.payment)) {
            (parts::tokens(&frame.csrf, &held.key))
            button.button.quiet { (words) }
        }
    }
}

/// The page in the place of a form of which all is held.
#[must_use]
pub fn page(frame: &Frame, all: &[Held]) -> Markup {
    let lang = frame.language;
    let title = t::TITLE.of(lang);
    let body = html! {
        h1 { (title) }
        p { (t::TITLE_MORE.of(lang)) }
        (list(frame, all))
        (parts::back(lang))
    };
    portal_page(frame, &Head::of(title), &body)
}

/// Until when a page holds the amount, and the buttons, for whoever has just left it.
pub(crate) fn left(frame: &Frame, held: &Held) -> Markup {
    let until = match held.way {
        Way::Page { until, .. } => until,
        Way::Answer | Way::Bank | Way::Debit { .. } => None,
    };
    html! { p { (free(frame, until)) } (ways(frame, held)) }
}
