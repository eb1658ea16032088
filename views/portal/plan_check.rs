//! The check before a debtor takes an offer, declines it, or takes its own request back.
//!
//! Posted fields: `csrf`, `key`, `decision`, `step` (`confirm`, or `resend` for another code) and
//! those of `code`.

use domain::party::Language;
use domain::plan::{Part, PlanState};
use maud::{Markup, html};

use super::code::{self, CodeAsk};
use super::plan::{PlanPage, whole};
use super::plan_form::terms;
use crate::layout::{Frame, Head, portal_page};
use crate::parts;
use crate::paths;
use crate::text::Text;
use crate::text::plan as t;

/// What a debtor decides about an offer or its own request.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Decision {
    /// It takes the offer.
    Agree,
    /// It does not.
    Refuse,
    /// It takes its request back.
    Cancel,
}

impl Decision {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Agree, Self::Refuse, Self::Cancel];

    /// As posted.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Agree => "agree",
            Self::Refuse => "refuse",
            Self::Cancel => "cancel",
        }
    }

    /// Whether it is the debtor's to decide on a plan that stands like this: only the supplier
    /// refuses what the debtor asked for, and ends what runs.
    #[must_use]
    pub const fn fits(self, state: PlanState) -> bool {
        match self {
            Self::Agree | Self::Refuse => matches!(state, PlanState::Countered),
            Self::Cancel => matches!(state, PlanState::Proposed),
        }
    }

    /// Whether a code has to prove who decides.
    ///
    /// What commits the company beyond what it already owes does (`ux.md` §A: a plan is agreed, a
    /// mandate signed, a contact changed by somebody known, not by whoever holds a forwarded link).
    /// What only withdraws an offer, or declines one, leaves the account as the invoices have it:
    /// a code there would protect nobody and keep an honest debtor from saying no. The same goes
    /// for a promise that is taken back and a mandate that is revoked.
    #[must_use]
    pub const fn commits(self) -> bool {
        match self {
            Self::Agree => true,
            Self::Refuse | Self::Cancel => false,
        }
    }

    /// Title, what follows from it, and the button.
    const fn words(self) -> (Text, Option<Text>, Text) {
        match self {
            Self::Agree => (t::AGREE_TITLE, None, t::AGREE),
            Self::Refuse => (t::DECLINE_TITLE, Some(t::DECLINE_MORE), t::DECLINE_OFFER),
            Self::Cancel => (t::WITHDRAW_TITLE, Some(t::WITHDRAW_MORE), t::WITHDRAW),
        }
    }
}

/// The check; with the code that proves who agrees, once it was sent.
#[must_use]
pub fn page(frame: &Frame, view: &PlanPage, decision: Decision, ask: Option<&CodeAsk>) -> Markup {
    let lang = frame.language;
    let (title, more, button) = decision.words();
    let title = title.of(lang);
    let what = html! {
        @if decision == Decision::Agree {
            @let offered: Vec<Part> = view.lines.iter().map(|line| line.part).collect();
            @let mandate = view.mandate.as_ref();
            (terms(lang, &frame.brand, &view.numbers, (view.amount, &offered), mandate))
        } @else {
            (whole(lang, view))
        }
        @if let Some(more) = more { p { (more.of(lang)) } }
    };
    let form = html! {
        form.narrow method="post" action=(paths::plan(view.id)) novalidate {
            (parts::tokens(&frame.csrf, &view.key))
            (parts::hidden("decision", decision.as_str()))
            @if let Some(ask) = ask { (code::part(lang, ask)) }
            (ways_on(lang, view, button))
            @if let Some(ask) = ask { div.actions { (code::again(lang, ask)) } }
        }
    };
    let body = code::check_page(lang, title, ask, (&what, &form));
    let wrong = ask.is_some_and(|ask| !ask.problems.is_empty());
    let head = Head::form(code::check_title(lang, title, ask), wrong);
    portal_page(frame, &head, &body)
}

fn ways_on(lang: Language, view: &PlanPage, button: Text) -> Markup {
    html! {
        div.actions {
            button.button name="step" value="confirm" { (button.of(lang)) }
            a href=(paths::plan(view.id)) { (t::LEAVE_AS_IS.of(lang)) }
        }
    }
}
