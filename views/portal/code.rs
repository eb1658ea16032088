//! The code that proves who acts: a part of the check page of what needs it, or a page of its own.
//!
//! Posted fields: `code`, `code_to` (a contact's id), `step` (`confirm`, or `resend` for another
//! code); the page of its own posts `next` too.

use domain::ContactId;
use domain::party::Language;
use maud::{Markup, html};

use crate::field::{self, Choice, Input};
use crate::layout::{Frame, Head, portal_page};
use crate::parts::{self, Tone};
use crate::paths;
use crate::problem::{self, Problem};
use crate::text::code as t;

/// Asks for a code.
#[derive(Clone, Debug, Default)]
pub struct CodeAsk {
    /// The mailbox the code went to, masked; none when none was sent.
    pub sent_to: Option<String>,
    /// Who may get it.
    pub targets: Vec<(ContactId, String)>,
    /// Who was chosen.
    pub chosen: Option<ContactId>,
    /// What was wrong, at the field `code`.
    pub problems: Vec<Problem>,
}

/// The fields, within a form whose main button confirms.
pub(crate) fn part(lang: Language, ask: &CodeAsk) -> Markup {
    html! {
        @if ask.targets.is_empty() {
            (parts::banner(Tone::Bad, t::NOBODY.of(lang), &html! {}))
        } @else {
            @if let Some(masked) = &ask.sent_to {
                (parts::banner(Tone::Info, &t::sent_to(lang, masked), &html! {}))
            }
            (Input::text("code", t::CODE.of(lang), "")
                .inputmode("numeric")
                .autocomplete("one-time-code")
                .hint(t::NOT_ARRIVED.of(lang))
                .checked(&ask.problems, lang))
            (recipients(lang, ask))
        }
    }
}

/// A check page: what is to be confirmed, then the form that confirms it. Once a code was sent the
/// form comes first: on a phone it would else stand far below what was read already.
pub(crate) fn check_page(
    lang: Language,
    title: &str,
    ask: Option<&CodeAsk>,
    (what, form): (&Markup, &Markup),
) -> Markup {
    let problems: &[Problem] = ask.map_or(&[], |ask| &ask.problems);
    html! {
        (problem::summary(problems, lang))
        @if ask.is_some() {
            h1 { (t::TITLE.of(lang)) }
            (form)
            h2 { (t::WHAT.of(lang)) }
            (what)
        } @else {
            h1 { (title) }
            (what)
            (form)
        }
    }
}

/// The title that goes with it.
pub(crate) fn check_title<'a>(lang: Language, title: &'a str, ask: Option<&CodeAsk>) -> &'a str {
    if ask.is_some() {
        t::TITLE.of(lang)
    } else {
        title
    }
}

/// The choice of who gets it, where there is one, and the button for another code.
fn recipients(lang: Language, ask: &CodeAsk) -> Markup {
    let values: Vec<String> = ask.targets.iter().map(|(id, _)| id.to_string()).collect();
    let choices: Vec<Choice<'_>> = ask
        .targets
        .iter()
        .zip(&values)
        .enumerate()
        .map(|(place, ((id, masked), value))| Choice {
            value,
            label: html! { (masked) },
            chosen: ask.chosen.map_or(place == 0, |chosen| chosen == *id),
            enabled: true,
        })
        .collect();
    html! {
        @if choices.len() > 1 { (field::radios("code_to", t::SEND_TO.of(lang), None, &choices)) }
    }
}

/// The button for another code.
pub(crate) fn again(lang: Language, ask: &CodeAsk) -> Markup {
    html! {
        @if !ask.targets.is_empty() {
            button.button.quiet name="step" value="resend" { (t::AGAIN.of(lang)) }
        }
    }
}

/// The page before a document that needs a code: at first without one sent.
#[must_use]
pub fn page(frame: &Frame, next: &str, ask: Option<&CodeAsk>) -> Markup {
    let lang = frame.language;
    let problems: &[Problem] = ask.map_or(&[], |ask| &ask.problems);
    let body = html! {
        (parts::back(lang))
        (problem::summary(problems, lang))
        h1 { (t::TITLE.of(lang)) }
        p { (t::LEAD.of(lang)) }
        form.narrow method="post" action=(paths::CODE) novalidate {
            (parts::hidden("csrf", &frame.csrf))
            (parts::hidden("next", next))
            @match ask {
                None => {
                    div.actions {
                        button.button name="step" value="resend" { (t::SEND.of(lang)) }
                    }
                }
                Some(ask) => {
                    (part(lang, ask))
                    div.actions {
                        @if !ask.targets.is_empty() {
                            button.button name="step" value="confirm" { (t::CONFIRM.of(lang)) }
                        }
                        (again(lang, ask))
                    }
                }
            }
        }
    };
    portal_page(
        frame,
        &Head::form(t::TITLE.of(lang), !problems.is_empty()),
        &body,
    )
}
