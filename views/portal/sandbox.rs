//! The stand-in for a card provider's page: looks like one, says that it is none.
//!
//! Posted fields: `csrf`, `outcome` (`approve` or `refuse`).

use domain::Money;
use maud::{Markup, html};

use crate::layout::{Frame, Head, portal_page};
use crate::parts::{self, Tone};
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
}

/// The demonstration page.
#[must_use]
pub fn page(frame: &Frame, view: &SandboxCard) -> Markup {
    let lang = frame.language;
    let title = t::SANDBOX.of(lang);
    let facts = [
        (c::AMOUNT.of(lang), parts::amount(lang, view.amount)),
        (t::PAYEE.of(lang), html! { (frame.brand.name) }),
        (c::REFERENCE.of(lang), html! { (view.description) }),
    ];
    let body = html! {
        h1 { (title) }
        (parts::banner(Tone::Warn, t::SANDBOX_MORE.of(lang), &html! {}))
        h2 { (p::pay_amount(lang, view.amount)) }
        (parts::facts(&facts))
        form method="post" action=(view.action) {
            (parts::hidden("csrf", &frame.csrf))
            div.actions {
                button.button name="outcome" value="approve" { (t::APPROVE.of(lang)) }
                button.button.quiet name="outcome" value="refuse" { (t::REFUSE.of(lang)) }
                a href=(view.leave) { (t::LEAVE.of(lang)) }
            }
        }
    };
    portal_page(frame, &Head::open(title), &body)
}
