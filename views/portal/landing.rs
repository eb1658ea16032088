//! The page behind a signed link: says only what the message said, and changes nothing.

use domain::message::MessageKind;
use domain::{Day, Money};
use maud::{Markup, html};

use crate::layout::{Frame, Head, portal_page};
use crate::parts;
use crate::paths;
use crate::text::portal as t;

/// What the landing page shows (level L0: nothing beyond the message).
#[derive(Clone, Debug)]
pub struct Landing {
    /// The token of the link, for the address that *Continue* posts to.
    pub token: String,
    /// The debtor's company name.
    pub debtor: String,
    /// What the message was about.
    pub kind: MessageKind,
    /// The day it was sent.
    pub sent_on: Day,
    /// The sum it named, if it named one.
    pub amount: Option<Money>,
}

/// The landing page. `frame.csrf` may be empty: there is no session yet.
#[must_use]
pub fn page(frame: &Frame, view: &Landing) -> Markup {
    let lang = frame.language;
    let title = t::LANDING_TITLE.of(lang);
    let said = t::said(
        lang,
        &frame.brand.name,
        view.kind,
        view.sent_on,
        view.amount,
    );
    let body = html! {
        h1 { (title) }
        p.lead { (view.debtor) }
        p { (said) }
        p { (t::LANDING_NEXT.of(lang)) }
        form method="post" action=(paths::link(&view.token)) {
            @if !frame.csrf.is_empty() { (parts::hidden("csrf", &frame.csrf)) }
            button.button { (t::LANDING_OPEN.of(lang)) }
        }
    };
    portal_page(frame, &Head::open(title), &body)
}
