//! The account that a supplier is paid on, and its change: asked for by one, agreed to by another,
//! shown two days later.
//!
//! A wish posts `csrf`, `key`, `holder`, `iban`, `bic`, `password`; a decision posts `csrf`, `key`,
//! `decision` (`approve` or `withdraw`) and, to approve, `password`.

use domain::account_change::ChangeState;
use domain::bank::{Bic, Iban};
use domain::{AccountChangeId, Moment};
use maud::{Markup, html};

use super::shell::{Section, StaffFrame, staff_page};
use crate::field::Input;
use crate::format;
use crate::parts::{self, Tone};
use crate::paths;
use crate::problem::{self, Problem};
use crate::text::account as t;
use crate::text::common as c;
use crate::text::mandate as m;

/// The page.
#[derive(Clone, Debug)]
pub struct AccountPage {
    /// Code of the supplier.
    pub supplier: String,
    /// Holder, IBAN and BIC that are shown, if any.
    pub current: Option<(String, Iban, Option<Bic>)>,
    /// The change under way.
    pub pending: Option<Pending>,
    /// Changes that came to an end, newest first.
    pub past: Vec<Past>,
    /// What was typed: holder, IBAN, BIC.
    pub typed: [String; 3],
    /// What was wrong with it.
    pub problems: Vec<Problem>,
    /// A change could not be asked for or decided, for things have moved on.
    pub notice: Option<Notice>,
    /// Whether the reader may change anything.
    pub may_write: bool,
    /// Idempotency key.
    pub key: String,
}

/// Why nothing was done.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Notice {
    /// Another change is under way.
    Two,
    /// The change is no longer what it was.
    MovedOn,
    /// It takes another person.
    SamePerson,
}

/// A change under way.
#[derive(Clone, Debug)]
pub struct Pending {
    /// Id.
    pub id: AccountChangeId,
    /// Holder of the new account.
    pub holder: String,
    /// The new account.
    pub iban: Iban,
    /// Its BIC, when given.
    pub bic: Option<Bic>,
    /// How it stands.
    pub state: ChangeState,
    /// Who asked, and when.
    pub made: (String, Moment),
    /// Who agreed, and when.
    pub approved: Option<(String, Moment)>,
    /// When it is shown.
    pub shown_from: Option<Moment>,
    /// Whether the reader asked for it.
    pub own: bool,
}

/// A change that came to an end.
#[derive(Clone, Debug)]
pub struct Past {
    /// Last four characters.
    pub last_four: String,
    /// How it ended.
    pub state: ChangeState,
    /// Who ended it, and when.
    pub ended: (String, Moment),
}

/// The page.
#[must_use]
pub fn page(frame: &StaffFrame, view: &AccountPage) -> Markup {
    let lang = frame.language;
    let title = t::TITLE.of(lang);
    let body = html! {
        (problem::summary(&view.problems, lang))
        h1 { (title) }
        @if let Some(notice) = view.notice { (said(frame, notice)) }
        @match &view.current {
            Some((holder, iban, bic)) => (account(frame, holder, iban, bic.as_ref(), Vec::new())),
            None => p { (t::NONE.of(lang)) },
        }
        @match &view.pending {
            Some(pending) => (under_way(frame, view, pending)),
            None if view.may_write => (wish(frame, view)),
            None => {}
        }
        @if !view.past.is_empty() { (past(frame, &view.past)) }
        p.back { a href=(paths::bank(&view.supplier)) { (t::TO_BANK.of(lang)) } }
    };
    staff_page(frame, Section::Imports, title, &body)
}

fn said(frame: &StaffFrame, notice: Notice) -> Markup {
    let words = match notice {
        Notice::Two => t::TWO,
        Notice::MovedOn => t::MOVED_ON,
        Notice::SamePerson => t::OWN,
    };
    parts::banner(Tone::Warn, words.of(frame.language), &html! {})
}

fn account(
    frame: &StaffFrame,
    holder: &str,
    iban: &Iban,
    bic: Option<&Bic>,
    more: Vec<(&'static str, Markup)>,
) -> Markup {
    let lang = frame.language;
    let mut facts = vec![
        (t::HOLDER_NOW.of(lang), html! { (holder) }),
        ("IBAN", html! { span.num { (iban.grouped()) } }),
    ];
    if let Some(bic) = bic {
        facts.push((t::BIC.of(lang), html! { (bic) }));
    }
    facts.extend(more);
    parts::facts(&facts)
}

fn under_way(frame: &StaffFrame, view: &AccountPage, pending: &Pending) -> Markup {
    let lang = frame.language;
    let moment = |at| format::moment(lang, frame.zone, at);
    let who = |(by, at): &(String, Moment)| html! { (by) ", " (moment(*at)) };
    let tag = parts::tag(Tone::Warn, t::state(pending.state).of(lang));
    let mut more = vec![
        (c::STATUS.of(lang), tag),
        (t::ASKED_BY.of(lang), who(&pending.made)),
    ];
    if let Some(approved) = &pending.approved {
        more.push((t::APPROVED_BY.of(lang), who(approved)));
    }
    if let Some(at) = pending.shown_from {
        more.push((t::SHOWN_FROM.of(lang), html! { (moment(at)) }));
    }
    html! {
        h2 { (t::PENDING.of(lang)) }
        section.card {
            (account(frame, &pending.holder, &pending.iban, pending.bic.as_ref(), more))
            @if view.may_write { (decision(frame, view, pending)) }
        }
    }
}

fn decision(frame: &StaffFrame, view: &AccountPage, pending: &Pending) -> Markup {
    let lang = frame.language;
    let action = paths::account_change(&view.supplier, pending.id);
    let mine = pending.state == ChangeState::Proposed && pending.own;
    html! {
        @if mine { p { (t::OWN.of(lang)) } }
        @if pending.state == ChangeState::Proposed && !pending.own {
            form.narrow method="post" action=(action) novalidate {
                (parts::tokens(&frame.csrf, &view.key))
                (password(frame, &view.problems))
                div.actions {
                    button.button name="decision" value="approve" { (t::APPROVE.of(lang)) }
                }
            }
        }
        form method="post" action=(action) {
            (parts::tokens(&frame.csrf, &view.key))
            div.actions {
                button.button.quiet name="decision" value="withdraw" { (t::STOP.of(lang)) }
            }
        }
    }
}

fn password(frame: &StaffFrame, problems: &[Problem]) -> Markup {
    let lang = frame.language;
    html! {
        (Input::text("password", t::PASSWORD.of(lang), "")
            .kind("password")
            .hint(t::PASSWORD_HINT.of(lang))
            .autocomplete("current-password")
            .checked(problems, lang))
    }
}

fn wish(frame: &StaffFrame, view: &AccountPage) -> Markup {
    let lang = frame.language;
    let [holder, iban, bic] = &view.typed;
    html! {
        h2 { (t::CHANGE.of(lang)) }
        p { (t::RULE.of(lang)) }
        form.narrow method="post" action=(paths::account_of(&view.supplier)) novalidate {
            (parts::tokens(&frame.csrf, &view.key))
            (Input::text("holder", t::HOLDER.of(lang), holder)
                .hint(t::HOLDER_HINT.of(lang))
                .autocomplete("off")
                .checked(&view.problems, lang))
            (Input::text("iban", "IBAN", iban)
                .hint(m::IBAN_HINT.of(lang))
                .autocomplete("off")
                .checked(&view.problems, lang))
            (Input::text("bic", t::BIC.of(lang), bic)
                .autocomplete("off")
                .optional(lang)
                .checked(&view.problems, lang))
            (password(frame, &view.problems))
            div.actions { button.button { (t::ASK.of(lang)) } }
        }
    }
}

fn past(frame: &StaffFrame, changes: &[Past]) -> Markup {
    let lang = frame.language;
    html! {
        h2 { (t::PAST.of(lang)) }
        ul {
            @for change in changes {
                @let (by, at) = &change.ended;
                @let on = format::moment(lang, frame.zone, *at);
                li {
                    (parts::tag(tone(change.state), t::state(change.state).of(lang))) " "
                    (t::ended(lang, &change.last_four, by, &on))
                }
            }
        }
    }
}

const fn tone(state: ChangeState) -> Tone {
    match state {
        ChangeState::Done => Tone::Ok,
        ChangeState::Withdrawn => Tone::Calm,
        ChangeState::Proposed | ChangeState::Waiting => Tone::Warn,
    }
}
