//! Preferences: language, own details, who else has access, and the way out for the wrong person.
//!
//! Every form posts `csrf`, `key` and `act`: `language` (`language`), `details` (`name`, `phone`,
//! `email`), `leave` (`successor`, `successor_email`), `forward` (`colleague`, `colleague_email`,
//! `scope`) or `take_back` (`what`: the id of a link, an access or a kept card).

use domain::mandate::MandateState;
use domain::party::{Language, Scope};
use domain::saved_card::CardFace;
use domain::{CardId, Day, ForwardId, LinkId, MandateId};
use maud::{Markup, html};

use super::code::{self, CodeAsk};
use super::pay::MandateBrief;
use super::revoke;
use crate::field::{self, Choice, Input};
use crate::format;
use crate::layout::{Frame, Head, portal_page};
use crate::parts::{self, Tone};
use crate::paths;
use crate::problem::{self, Problem};
use crate::text::common as c;
use crate::text::mandate as m;
use crate::text::outcome as o;
use crate::text::people as t;

/// What the page shows.
#[derive(Clone, Debug, Default)]
pub struct Preferences {
    /// Idempotency key.
    pub key: String,
    /// Whether something was just saved.
    pub saved: bool,
    /// Name, telephone and mailbox, as known or as typed.
    pub details: [String; 3],
    /// The successor's name and mailbox, as typed.
    pub successor: [String; 2],
    /// The colleague's name and mailbox, as typed.
    pub colleague: [String; 2],
    /// Whether this visitor may pass its access on: not with one that was passed on.
    pub own: bool,
    /// Links of this contact that still open: the day each was sent, and whether it is this one.
    pub links: Vec<(LinkId, Day, bool)>,
    /// Accesses passed on: to whom, and what for.
    pub forwards: Vec<(ForwardId, String, Scope)>,
    /// Whether the supplier debits accounts.
    pub debits: bool,
    /// The debtor's mandates, newest first.
    pub mandates: Vec<(MandateId, MandateBrief, MandateState)>,
    /// Cards that the provider keeps for this contact, and whether each has expired.
    pub cards: Vec<(CardId, CardFace, bool)>,
    /// What was wrong.
    pub problems: Vec<Problem>,
}

/// The page.
#[must_use]
pub fn page(frame: &Frame, view: &Preferences) -> Markup {
    let lang = frame.language;
    let title = t::TITLE.of(lang);
    let body = html! {
        (parts::back(lang))
        (problem::summary(&view.problems, lang))
        h1 { (title) }
        @if view.saved { (parts::banner(Tone::Ok, t::SAVED.of(lang), &html! {})) }
        @if frame.acts { (language(frame, view)) } @else { p { (o::VIEW_ONLY.of(lang)) } }
        @if view.debits || !view.mandates.is_empty() { (mandates(lang, view)) }
        @if frame.acts && view.own {
            (details(frame, view))
            (cards(frame, view))
            (forward(frame, view))
            (accesses(frame, view))
            (leave(frame, view))
        }
    };
    portal_page(frame, &Head::form(title, !view.problems.is_empty()), &body)
}

fn form(frame: &Frame, view: &Preferences, act: &str, fields: &Markup) -> Markup {
    html! {
        form.narrow method="post" action=(paths::PREFERENCES) novalidate {
            (parts::tokens(&frame.csrf, &view.key))
            (parts::hidden("act", act))
            (fields)
        }
    }
}

fn language(frame: &Frame, view: &Preferences) -> Markup {
    let lang = frame.language;
    let choice = |value: Language, label: &str| Choice {
        value: value.as_str(),
        label: html! { (label) },
        chosen: value == lang,
        enabled: true,
    };
    let choices = [
        choice(Language::Fr, "Français"),
        choice(Language::En, "English"),
    ];
    let fields = html! {
        (field::radios("language", t::LANGUAGE.of(lang), None, &choices))
        div.actions { button.button.quiet { (t::SAVE.of(lang)) } }
    };
    form(frame, view, "language", &fields)
}

fn details(frame: &Frame, view: &Preferences) -> Markup {
    let lang = frame.language;
    let [name, phone, email] = &view.details;
    let fields = html! {
        (Input::text("name", t::NAME.of(lang), name)
            .optional(lang).autocomplete("name").checked(&view.problems, lang))
        (Input::text("phone", t::PHONE.of(lang), phone)
            .kind("tel").optional(lang).autocomplete("tel").checked(&view.problems, lang))
        (Input::text("email", t::EMAIL.of(lang), email)
            .kind("email").autocomplete("email").checked(&view.problems, lang))
        div.actions { button.button.quiet { (t::SAVE.of(lang)) } }
    };
    html! {
        h2 { (t::DETAILS.of(lang)) }
        p.sub { (t::DETAILS_MORE.of(lang)) }
        (form(frame, view, "details", &fields))
    }
}

fn forward(frame: &Frame, view: &Preferences) -> Markup {
    let lang = frame.language;
    let [name, email] = &view.colleague;
    let choice = |scope: Scope| Choice {
        value: scope.as_str(),
        label: html! { (t::scope(scope).of(lang)) },
        chosen: scope == Scope::View,
        enabled: true,
    };
    let choices = [choice(Scope::View), choice(Scope::Act)];
    let fields = html! {
        (Input::text("colleague", t::COLLEAGUE.of(lang), name).checked(&view.problems, lang))
        (Input::text("colleague_email", t::COLLEAGUE_EMAIL.of(lang), email)
            .kind("email").checked(&view.problems, lang))
        (field::radios("scope", t::SCOPE.of(lang), None, &choices))
        div.actions { button.button.quiet { (t::SEND.of(lang)) } }
    };
    html! {
        h2 { (t::FORWARD.of(lang)) }
        p.sub { (t::FORWARD_MORE.of(lang)) }
        (form(frame, view, "forward", &fields))
    }
}

fn accesses(frame: &Frame, view: &Preferences) -> Markup {
    let lang = frame.language;
    html! {
        @if !view.forwards.is_empty() || !view.links.is_empty() {
            h2 { (t::ACCESSES.of(lang)) }
            @for (id, name, scope) in &view.forwards {
                @let label = format!("{name} ({})", t::scope(*scope).of(lang));
                (access(frame, view, &id.to_string(), &label))
            }
            @if !view.links.is_empty() { (links(frame, view)) }
        }
    }
}

fn cards(frame: &Frame, view: &Preferences) -> Markup {
    let lang = frame.language;
    html! {
        @if !view.cards.is_empty() {
            h2 { (t::CARDS.of(lang)) }
            p.sub { (t::CARDS_MORE.of(lang)) }
            @for (id, face, past) in &view.cards {
                (access(frame, view, &id.to_string(), &t::kept_card(lang, face, *past)))
            }
        }
    }
}

/// A year of reminders is many links: they are there for whoever looks.
fn links(frame: &Frame, view: &Preferences) -> Markup {
    let lang = frame.language;
    html! {
        details {
            summary { (t::LINKS.of(lang)) " (" (view.links.len()) ")" }
            @for (id, day, current) in &view.links {
                @let since = format!("{} {}", t::OWN_LINK.of(lang), format::day(lang, *day));
                @if *current {
                    p { (since) " (" (t::THIS_LINK.of(lang)) ")" }
                } @else {
                    (access(frame, view, &id.to_string(), &since))
                }
            }
        }
    }
}

fn access(frame: &Frame, view: &Preferences, id: &str, label: &str) -> Markup {
    let lang = frame.language;
    let fields = html! {
        (parts::hidden("what", id))
        div.line {
            p { (label) }
            button.button.quiet aria-label={ (t::TAKE_BACK.of(lang)) " – " (label) } {
                (t::TAKE_BACK.of(lang))
            }
        }
    };
    form(frame, view, "take_back", &fields)
}

fn mandates(lang: Language, view: &Preferences) -> Markup {
    html! {
        h2 #mandates { (m::MANDATES.of(lang)) }
        @if view.mandates.is_empty() { p.sub { (m::NONE.of(lang)) } }
        ul.plain {
            @for (id, brief, state) in &view.mandates {
                li {
                    a href=(paths::mandate(*id)) { (brief.reference) }
                    " · •••• " (brief.last_four) " " (revoke::standing(lang, *state))
                }
            }
        }
    }
}

fn leave(frame: &Frame, view: &Preferences) -> Markup {
    let lang = frame.language;
    let [name, email] = &view.successor;
    let fields = html! {
        (Input::text("successor", t::SUCCESSOR.of(lang), name)
            .optional(lang).checked(&view.problems, lang))
        (Input::text("successor_email", t::SUCCESSOR_EMAIL.of(lang), email)
            .kind("email").optional(lang).checked(&view.problems, lang))
        div.actions { button.button.quiet { (t::LEAVE.of(lang)) } }
    };
    html! {
        h2 { (t::NOT_ME.of(lang)) }
        p.sub { (t::NOT_ME_MORE.of(lang)) }
        (form(frame, view, "leave", &fields))
    }
}

/// Asks for the code that a change needs; `carried` are the fields of its form.
#[must_use]
pub fn check(frame: &Frame, carried: &[(String, String)], ask: &CodeAsk) -> Markup {
    let lang = frame.language;
    let title = t::CHECK.of(lang);
    let body = html! {
        (problem::summary(&ask.problems, lang))
        h1 { (title) }
        form.narrow method="post" action=(paths::PREFERENCES) novalidate {
            (parts::hidden("csrf", &frame.csrf))
            @for (name, value) in carried { (parts::hidden(name, value)) }
            (code::part(lang, ask))
            div.actions {
                @if !ask.targets.is_empty() {
                    button.button name="step" value="confirm" { (c::CONTINUE.of(lang)) }
                }
                (code::again(lang, ask))
                a href=(paths::PREFERENCES) { (c::CANCEL.of(lang)) }
            }
        }
    };
    portal_page(frame, &Head::form(title, !ask.problems.is_empty()), &body)
}

/// Said to whoever left: the session has ended with its link.
#[must_use]
pub fn left(frame: &Frame) -> Markup {
    let lang = frame.language;
    let body = html! {
        h1 { (t::LEFT.of(lang)) }
        p { (t::LEFT_MORE.of(lang)) }
    };
    portal_page(frame, &Head::open(t::LEFT.of(lang)), &body)
}
