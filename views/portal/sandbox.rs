//! The stand-in for a card provider's page: looks like one, says that it is none.
//!
//! Posted fields: `csrf`, `outcome` (`approve` or `refuse`; of a debit that was agreed to `pays`,
//! `refuses` or `takes_back`).

use domain::Money;
use maud::{Markup, html};

use crate::layout::{Frame, Head, portal_page};
use crate::parts::{self, Tone};
use crate::text::Text;
use crate::text::common as c;
use crate::text::outcome as t;
use crate::text::portal as p;

/// What the demonstration page shows.
#[derive(Clone, Debug)]
pub struct SandboxCard {
    /// Where the answer is posted.
    pub action: String,
    /// How much.
    pub amount: Money,
    /// What for, as a provider would show it.
    pub description: String,
    /// Where the way back without paying leads.
    pub leave: String,
    /// What can happen to it next.
    pub buttons: Vec<Outcome>,
    /// Whether it is a direct debit.
    pub debit: bool,
}

/// What can happen to it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Outcome {
    /// The debtor agrees.
    Approve,
    /// The debtor or its bank does not.
    Refuse,
    /// Days later, the debtor's bank pays a debit.
    Pays,
    /// Or it refuses.
    Refuses,
    /// Weeks later, it takes back what it paid.
    TakesBack,
}

impl Outcome {
    const fn says(self) -> (&'static str, Text) {
        match self {
            Self::Approve => ("approve", t::APPROVE),
            Self::Refuse => ("refuse", t::REFUSE),
            Self::Pays => ("pays", t::BANK_PAYS),
            Self::Refuses => ("refuses", t::BANK_REFUSES),
            Self::TakesBack => ("takes_back", t::BANK_TAKES_BACK),
        }
    }
}

/// The demonstration page.
#[must_use]
pub fn page(frame: &Frame, view: &SandboxCard) -> Markup {
    let lang = frame.language;
    let title = if view.debit {
        t::SANDBOX_DEBIT_TITLE
    } else {
        t::SANDBOX
    }
    .of(lang);
    let facts = [
        (c::AMOUNT.of(lang), parts::amount(lang, view.amount)),
        (t::PAYEE.of(lang), html! { (frame.brand.name) }),
        (c::REFERENCE.of(lang), html! { (view.description) }),
    ];
    let body = html! {
        h1 { (title) }
        (parts::banner(Tone::Warn, t::SANDBOX_MORE.of(lang), &html! {
            @if view.debit { p { (t::SANDBOX_DEBIT.of(lang)) } }
        }))
        h2 { (p::pay_amount(lang, view.amount)) }
        (parts::facts(&facts))
        form method="post" action=(view.action) {
            (parts::hidden("csrf", &frame.csrf))
            div.actions {
                @for (place, one) in view.buttons.iter().enumerate() {
                    @let (value, words) = one.says();
                    button.button.quiet[place > 0] name="outcome" value=(value) {
                        (words.of(lang))
                    }
                }
                a href=(view.leave) { (t::LEAVE.of(lang)) }
            }
        }
    };
    portal_page(frame, &Head::open(title), &body)
}
