//! Whether an IBAN that somebody sent is the supplier's: against letters that swap the account.
//!
//! Posted fields: `csrf`, `key`, `iban`. Nothing is kept of what was typed.

use maud::{Markup, html};

use crate::field::Input;
use crate::layout::{Frame, Head, portal_page};
use crate::parts::{self, Tone};
use crate::paths;
use crate::problem::{self, Problem};
use crate::text::check_iban as t;

/// What the page shows.
#[derive(Clone, Debug)]
pub struct CheckIban {
    /// What was typed.
    pub iban: String,
    /// What was wrong with it.
    pub problems: Vec<Problem>,
    /// What was found.
    pub found: Option<Found>,
    /// Idempotency key.
    pub key: String,
}

/// Whose account it is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Found {
    /// The supplier's, under this exact holder name.
    Ours(String),
    /// Another's: the name and the telephone number to call.
    NotOurs(String, String),
}

/// The page.
#[must_use]
pub fn page(frame: &Frame, view: &CheckIban) -> Markup {
    let lang = frame.language;
    let title = t::TITLE.of(lang);
    let body = html! {
        (parts::back(lang))
        (problem::summary(&view.problems, lang))
        h1 { (title) }
        @match &view.found {
            Some(Found::Ours(holder)) => {
                (parts::banner(Tone::Ok, t::OURS.of(lang), &html! {
                    p { (t::ours(lang, holder)) }
                }))
            }
            Some(Found::NotOurs(name, phone)) => {
                (parts::banner(Tone::Bad, t::NOT_OURS.of(lang), &html! {
                    p { (t::not_ours(lang, name, phone)) }
                }))
            }
            None => {}
        }
        p { (t::LEAD.of(lang)) }
        form.narrow method="post" action=(paths::CHECK_IBAN) novalidate {
            (parts::tokens(&frame.csrf, &view.key))
            (Input::text("iban", "IBAN", &view.iban)
                .autocomplete("off")
                .checked(&view.problems, lang))
            div.actions { button.button { (t::CHECK.of(lang)) } }
        }
    };
    portal_page(frame, &Head::form(title, !view.problems.is_empty()), &body)
}
