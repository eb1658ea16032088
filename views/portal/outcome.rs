//! How a payment at the provider ended. A debtor always reads whether money was taken.

use domain::party::Language;
use domain::payment::{Method, PaymentState};
use domain::{Money, PaymentId};
use maud::{Markup, html};

use super::held::{self, Held};
use crate::layout::{Frame, Head, portal_page};
use crate::parts::{self, Tone};
use crate::paths;
use crate::text::Text;
use crate::text::common as c;
use crate::text::document as d;
use crate::text::held as h;
use crate::text::outcome as t;

/// Seconds between two looks at a payment that is under way.
pub const REFRESH_SECONDS: u8 = 5;

/// How often the page looks again by itself; then it leaves it to a link.
pub const REFRESH_ROUNDS: u8 = 6;

/// What the return page shows.
#[derive(Clone, Debug)]
pub struct CardReturn {
    /// Which payment.
    pub payment: PaymentId,
    /// Where it stands.
    pub state: PaymentState,
    /// How much.
    pub amount: Money,
    /// How; credit notes alone move no money.
    pub method: Method,
    /// Whether the debtor left the provider's page before paying.
    pub left: bool,
    /// The way back to it and the way out, while it is under way.
    pub held: Option<Held>,
    /// What the debtor may call it by: `RF18 5390 …`.
    pub reference: String,
    /// How much of it went back since, when any did.
    pub gone: Option<Money>,
    /// How often this page has looked, from `n` in the address; 0 at first.
    pub round: u8,
    /// Where the debtor's bank asks for a confirmation, while it does.
    pub confirm_at: Option<String>,
    /// Where the same can be paid again, another way if need be.
    pub again: String,
}

/// The page that a debtor returns to from the card provider.
#[must_use]
pub fn page(frame: &Frame, view: &CardReturn) -> Markup {
    let debit = view.method == Method::ProviderDebit;
    match view.state {
        PaymentState::Processing if debit => {
            let lead = t::DEBIT_UNDER_WAY_MORE.of(frame.language);
            ended(frame, view, t::DEBIT_UNDER_WAY, (Tone::Info, lead), false)
        }
        PaymentState::Failed if debit => failed(frame, view, t::DEBIT_REFUSED),
        PaymentState::Created
        | PaymentState::RequiresAction
        | PaymentState::Processing
        | PaymentState::Unknown => waiting(frame, view),
        PaymentState::Succeeded if view.method == Method::Credit => {
            let lead = t::set_off(frame.language, view.amount);
            ended(frame, view, t::SET_OFF, (Tone::Ok, &lead), false)
        }
        PaymentState::Returned if view.method == Method::Credit => {
            let lead = t::UNDONE_MORE.of(frame.language);
            ended(frame, view, t::UNDONE, (Tone::Warn, lead), false)
        }
        PaymentState::Succeeded => {
            let lead = t::received(frame.language, view.amount);
            ended(frame, view, t::CONFIRMED, (Tone::Ok, &lead), false)
        }
        PaymentState::Failed => failed(frame, view, t::DECLINED),
        PaymentState::Cancelled => {
            let (title, lead) = match view.method {
                Method::Debit => (t::DEBIT_CANCELLED, t::DEBIT_CANCELLED_MORE),
                _ => (t::ABANDONED, t::ABANDONED_MORE),
            };
            ended(
                frame,
                view,
                title,
                (Tone::Info, lead.of(frame.language)),
                true,
            )
        }
        PaymentState::Expired => failed(frame, view, t::TIMED_OUT),
        PaymentState::Returned => {
            let lead = t::TAKEN_BACK_MORE.of(frame.language);
            ended(frame, view, t::TAKEN_BACK, (Tone::Warn, lead), true)
        }
    }
}

fn failed(frame: &Frame, view: &CardReturn, why: Text) -> Markup {
    let lead = why.of(frame.language);
    ended(frame, view, t::FAILED, (Tone::Bad, lead), true)
}

fn ended(
    frame: &Frame,
    view: &CardReturn,
    title: Text,
    (tone, lead): (Tone, &str),
    again: bool,
) -> Markup {
    let lang = frame.language;
    let title = title.of(lang);
    let body = html! {
        h1 { (title) }
        (parts::banner(tone, lead, &html! {}))
        (facts(frame, view))
        @if view.state == PaymentState::Succeeded {
            p { a href=(paths::receipt(view.payment)) { (d::RECEIPT_PDF.of(lang)) } }
        }
        @if again && frame.acts {
            (once_more(lang, view))
        } @else {
            (parts::back(lang))
        }
    };
    portal_page(frame, &Head::of(title), &body)
}

/// The same again, or, for what was given up on purpose, another way.
fn once_more(lang: Language, view: &CardReturn) -> Markup {
    if view.state == PaymentState::Cancelled {
        return html! {
            div.actions { a.button.quiet href=(view.again) { (t::PAY_ELSE.of(lang)) } }
            (parts::back(lang))
        };
    }
    html! {
        p { (t::OTHER_WAYS.of(lang)) }
        div.actions { a.button href=(view.again) { (t::TRY_AGAIN.of(lang)) } }
    }
}

fn waiting(frame: &Frame, view: &CardReturn) -> Markup {
    let lang = frame.language;
    let patient = view.round < REFRESH_ROUNDS;
    let title = if patient { t::WAITING } else { t::UNKNOWN }.of(lang);
    let more = if patient {
        t::WAITING_MORE
    } else {
        t::WAITING_LONG
    }
    .of(lang);
    let next = paths::payment_again(view.payment, view.round.saturating_add(1));
    let head = Head {
        refresh: patient.then_some((REFRESH_SECONDS, next)),
        ..Head::of(title)
    };
    let asked = view
        .confirm_at
        .as_ref()
        .filter(|_| view.round == 0 && frame.acts);
    if let Some(bank) = asked {
        return confirmation(frame, view, bank);
    }
    if let Some(held) = view.held.as_ref().filter(|_| view.left) {
        return unfinished(frame, view, held);
    }
    let body = html! {
        h1 { (title) }
        (parts::banner(Tone::Info, more, &html! {}))
        (facts(frame, view))
        @if !patient {
            div.actions {
                a.button.quiet href=(paths::payment_again(view.payment, view.round)) {
                    (t::ASK_AGAIN.of(lang))
                }
            }
            @if let Some(held) = &view.held { (held::list(frame, std::slice::from_ref(held))) }
            (parts::back(lang))
        }
    };
    portal_page(frame, &head, &body)
}

/// The debtor left the provider's page: it can go back there, or be rid of it.
fn unfinished(frame: &Frame, view: &CardReturn, held: &Held) -> Markup {
    let lang = frame.language;
    let title = t::UNFINISHED.of(lang);
    let body = html! {
        h1 { (title) }
        (parts::banner(Tone::Info, t::GIVEN_UP.of(lang), &html! {}))
        (facts(frame, view))
        (held::left(frame, held))
        (parts::back(lang))
    };
    portal_page(frame, &Head::of(title), &body)
}

/// The debtor came back before its bank had its answer: it can go on there.
fn confirmation(frame: &Frame, view: &CardReturn, bank: &str) -> Markup {
    let lang = frame.language;
    let title = t::CONFIRM_AT_BANK.of(lang);
    let body = html! {
        h1 { (title) }
        (parts::banner(Tone::Info, t::CONFIRM_MORE.of(lang), &html! {}))
        (facts(frame, view))
        div.actions {
            a.button href=(bank) { (t::CONFIRM.of(lang)) }
            a href=(paths::payment_again(view.payment, 1)) { (t::ASK_AGAIN.of(lang)) }
            @if let Some(held) = &view.held {
                (held::abandon(frame, held, h::ABANDON.of(lang)))
            }
        }
        (parts::back(lang))
    };
    portal_page(frame, &Head::of(title), &body)
}

fn facts(frame: &Frame, view: &CardReturn) -> Markup {
    let lang = frame.language;
    let mut rows = vec![
        (c::AMOUNT.of(lang), parts::amount(lang, view.amount)),
        (
            c::REFERENCE.of(lang),
            html! { span.num { (view.reference) } },
        ),
    ];
    if let Some(gone) = view.gone {
        rows.insert(1, (d::GIVEN_BACK.of(lang), parts::amount(lang, gone)));
    }
    parts::facts(&rows)
}
