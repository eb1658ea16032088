//! Pages that only say something: expired link, refusal, fault, done.

use domain::party::Language;
use maud::{Markup, html};

use crate::layout::{self, Frame, Head, portal_page};
use crate::parts;
use crate::paths;
use crate::text::Text;
use crate::text::outcome as t;

/// The page of an expired link, and, word for word, of an unknown one: it cannot say whose it was.
/// `token` is what stood in the address; posting to it sends a fresh link to the contact on file,
/// if there is one.
#[must_use]
pub fn expired(lang: Language, token: &str) -> Markup {
    layout::plain_page(lang, t::EXPIRED.of(lang), &expired_body(lang, token))
}

fn expired_body(lang: Language, token: &str) -> Markup {
    html! {
        h1 { (t::EXPIRED.of(lang)) }
        p { (t::EXPIRED_MORE.of(lang)) }
        form method="post" action=(paths::renew(token)) {
            button.button { (t::RENEW.of(lang)) }
        }
    }
}

/// The answer to that request, the same whether or not a link was sent.
#[must_use]
pub fn renewed(lang: Language) -> Markup {
    let title = t::RENEWED.of(lang);
    let body = html! { h1 { (title) } p { (t::RENEWED_MORE.of(lang)) } };
    layout::plain_page(lang, title, &body)
}

/// Refusals and faults, by HTTP status.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Fault {
    /// 400, and what else says that a request cannot be read.
    Unreadable,
    /// 413.
    TooLarge,
    /// 403.
    Forbidden,
    /// 403, with an access that allows to look only.
    ViewOnly,
    /// 404.
    NotFound,
    /// 429.
    TooMany,
    /// 500.
    Internal,
    /// 503.
    Busy,
}

impl Fault {
    /// Title, and what to do.
    pub(crate) const fn words(self) -> (Text, Text) {
        match self {
            Self::Unreadable => (t::UNREADABLE, t::UNREADABLE_MORE),
            Self::TooLarge => (t::TOO_LARGE, t::TOO_LARGE_MORE),
            Self::Forbidden => (t::FORBIDDEN, t::FORBIDDEN_MORE),
            Self::ViewOnly => (t::VIEW_ONLY, t::VIEW_ONLY_MORE),
            Self::NotFound => (t::NOT_FOUND, t::NOT_FOUND_MORE),
            Self::TooMany => (t::TOO_MANY, t::TOO_MANY_MORE),
            Self::Internal => (t::FAULT, t::FAULT_MORE),
            Self::Busy => (t::BUSY, t::BUSY_MORE),
        }
    }
}

/// A refusal or fault within a session, with the correlation id that the log has too.
#[must_use]
pub fn fault(frame: &Frame, fault: Fault, incident: &str) -> Markup {
    let lang = frame.language;
    let (title, _) = fault.words();
    let title = title.of(lang);
    let body = html! { (fault_body(lang, fault, incident)) (parts::back(lang)) };
    portal_page(frame, &Head::of(title), &body)
}

/// The same before the supplier is known: no brand, no contact.
#[must_use]
pub fn plain_fault(language: Language, fault: Fault, incident: &str) -> Markup {
    let (title, _) = fault.words();
    layout::plain_page(
        language,
        title.of(language),
        &fault_body(language, fault, incident),
    )
}

pub(crate) fn fault_body(lang: Language, fault: Fault, incident: &str) -> Markup {
    let (title, more) = fault.words();
    html! {
        h1 { (title.of(lang)) }
        p { (more.of(lang)) }
        (parts::facts(&[(t::INCIDENT.of(lang), html! { span.num { (incident) } })]))
    }
}

/// An action that met an account that had moved on.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Done {
    /// The same form was sent before: its effect stands, once.
    AlreadyRecorded,
    /// Nothing is left of the chosen invoices: paid or under way meanwhile.
    NothingLeft,
    /// Insolvency proceedings bar their payment.
    Barred,
}

/// Says that there is nothing more to do.
#[must_use]
pub fn done(frame: &Frame, done: Done) -> Markup {
    let lang = frame.language;
    let (title, more) = match done {
        Done::AlreadyRecorded => (t::ALREADY, t::ALREADY_MORE),
        Done::NothingLeft => (t::NOTHING_LEFT, t::NOTHING_LEFT_MORE),
        Done::Barred => (t::BARRED, t::BARRED_MORE),
    };
    let body = html! {
        h1 { (title.of(lang)) }
        p { (more.of(lang)) }
        (parts::back(lang))
    };
    portal_page(frame, &Head::of(title.of(lang)), &body)
}
