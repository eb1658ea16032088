//! How a card payment ended. A debtor always reads whether money was taken.

use domain::payment::PaymentState;
use domain::{Money, PaymentId};
use maud::{Markup, html};

use crate::layout::{Frame, Head, portal_page};
use crate::parts::{self, Tone};
use crate::paths;
use crate::text::Text;
use crate::text::common as c;
use crate::text::document as d;
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
    /// How often this page has looked, from `n` in the address; 0 at first.
    pub round: u8,
}

/// The page that a debtor returns to from the card provider.
#[must_use]
pub fn page(frame: &Frame, view: &CardReturn) -> Markup {
    match view.state {
        PaymentState::Created
        | PaymentState::RequiresAction
        | PaymentState::Processing
        | PaymentState::Unknown => waiting(frame, view),
        PaymentState::Succeeded => {
            let lead = t::received(frame.language, view.amount);
            ended(frame, view, t::CONFIRMED, (Tone::Ok, &lead), false)
        }
        PaymentState::Failed => failed(frame, view, t::DECLINED),
        PaymentState::Cancelled => failed(frame, view, t::GIVEN_UP),
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
            div.actions { a.button href=(paths::ACCOUNT) { (t::TRY_AGAIN.of(lang)) } }
        } @else {
            (parts::back(lang))
        }
    };
    portal_page(frame, &Head::of(title), &body)
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
            (parts::back(lang))
        }
    };
    portal_page(frame, &head, &body)
}

fn facts(frame: &Frame, view: &CardReturn) -> Markup {
    let lang = frame.language;
    parts::facts(&[
        (c::AMOUNT.of(lang), parts::amount(lang, view.amount)),
        (c::REFERENCE.of(lang), html! { span.num { (view.payment) } }),
    ])
}
