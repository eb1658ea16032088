//! A decision about a dispute that costs money is shown before it counts, and every answer is
//! confirmed after.
//!
//! The check posts `csrf`, `key`, `decision`, what was typed (`answer`, `credit`, `credited`) and
//! `step`: `confirm`, or `edit` for the form as it was.

use domain::dispute::DisputeEvent;
use domain::party::Language;
use domain::{Day, DisputeId, Money};
use maud::{Markup, html};

use super::dispute::DisputeCard;
use super::shell::{DebtorRef, Section, StaffFrame, debtor_link, staff_page};
use crate::attached;
use crate::parts::{self, Tone};
use crate::paths;
use crate::text::common as c;
use crate::text::{decision as t, staff, staff_dispute as d};

/// What is to be confirmed.
#[derive(Clone, Debug)]
pub struct Check {
    /// Whose dispute.
    pub debtor: DebtorRef,
    /// The dispute, with what was typed and the files that wait.
    pub card: DisputeCard,
    /// The button that was pressed: `accept` or `credit`.
    pub decision: String,
    /// The credit note that settles it; without one it is accepted for now.
    pub note: Option<(String, Money)>,
    /// What is left of the dispute when the credit note is of less.
    pub rest: Option<Money>,
    /// The mailbox the answer goes to, if there is one.
    pub told: Option<String>,
}

/// The page before it counts.
#[must_use]
pub fn check(frame: &StaffFrame, view: &Check) -> Markup {
    let (lang, card) = (frame.language, &view.card);
    let (title, button) = if view.note.is_some() {
        (t::SETTLE_TITLE.of(lang), t::CONFIRM_SETTLE.of(lang))
    } else {
        (t::ACCEPT_TITLE.of(lang), t::CONFIRM_ACCEPT.of(lang))
    };
    let body = html! {
        h1 { (title) }
        (parts::facts(&facts(lang, view)))
        h2 { (t::EFFECT.of(lang)) }
        ul.plain { @for line in effects(lang, view) { li { (line) } } }
        form method="post" action=(paths::answer(&view.debtor.supplier, card.id)) {
            (parts::tokens(&frame.csrf, &card.key))
            (parts::hidden("decision", &view.decision))
            (parts::hidden("answer", &card.typed.answer))
            (parts::hidden("credit", &card.typed.credit))
            (parts::hidden("credited", &card.typed.credited))
            div.actions {
                button.button name="step" value="confirm" { (button) }
                button.button.quiet name="step" value="edit" { (c::CHANGE.of(lang)) }
                a href=(paths::debtor(&view.debtor.supplier, view.debtor.id)) {
                    (t::LEAVE.of(lang))
                }
            }
        }
    };
    staff_page(frame, Section::Debtors, title, &body)
}

fn facts(lang: Language, view: &Check) -> Vec<(&'static str, Markup)> {
    let card = &view.card;
    let granted = view
        .note
        .as_ref()
        .map_or(card.amount, |(_, amount)| *amount);
    let mut facts = vec![
        (staff::DEBTOR.of(lang), debtor_link(&view.debtor)),
        (c::INVOICE.of(lang), html! { (card.number) }),
        (t::GRANTED.of(lang), parts::amount(lang, granted)),
        (
            t::NOTE.of(lang),
            html! {
                @match &view.note {
                    Some((number, _)) => { (number) }
                    None => { (t::NOTE_LATER.of(lang)) }
                }
            },
        ),
        (
            t::WORDS.of(lang),
            html! {
                @if card.typed.answer.is_empty() {
                    (t::NO_WORDS.of(lang))
                } @else {
                    span.lines { (card.typed.answer) }
                }
            },
        ),
    ];
    if !card.files.is_empty() {
        facts.push((t::FILES.of(lang), attached::names(&card.files)));
    }
    facts
}

fn effects(lang: Language, view: &Check) -> Vec<String> {
    let card = &view.card;
    let first = match &view.note {
        Some((_, amount)) => t::lowers(lang, &card.number, *amount),
        None => t::grants(lang, &card.number, card.amount),
    };
    let told = match &view.told {
        Some(mailbox) => t::told_at(lang, mailbox),
        None => t::NOT_TOLD.of(lang).to_owned(),
    };
    let rest = view.rest.map(|rest| t::rest(lang, rest));
    [Some(first), rest, Some(told)]
        .into_iter()
        .flatten()
        .collect()
}

/// What was done about a dispute.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Deed {
    /// This was said to the debtor.
    Said(DisputeEvent),
    /// Somebody, or nobody, deals with it now.
    Owned,
    /// Nothing: somebody else was faster.
    Late,
}

/// A dispute after an answer, as the storage has it.
#[derive(Clone, Debug)]
pub struct Done {
    /// What was done.
    pub deed: Deed,
    /// The invoice's number.
    pub number: String,
    /// How much is, or was, disputed.
    pub amount: Money,
    /// The credit note that settled it.
    pub credit: Option<(String, Money)>,
    /// The day by which it should be answered.
    pub answer_by: Day,
    /// Who deals with it.
    pub owner: Option<String>,
    /// Whether the debtor has a mailbox that the answer goes to.
    pub told: bool,
}

/// The confirmation, on the debtor's page.
pub(super) fn done(lang: Language, one: &Done) -> Markup {
    let number = one.number.as_str();
    let title = match one.deed {
        Deed::Owned => t::owned(lang, number, one.owner.as_deref()),
        Deed::Late => {
            let title = t::MEANWHILE.of(lang);
            return parts::banner(Tone::Warn, title, &html! {});
        }
        Deed::Said(event) => match (event, &one.credit) {
            (DisputeEvent::Credit, Some((note, amount))) => {
                t::credited(lang, (note, *amount), number)
            }
            (DisputeEvent::Accept, _) => t::accepted(lang, number, one.amount),
            (DisputeEvent::Reject, _) => t::rejected(lang, number, one.amount),
            (DisputeEvent::AskMore, _) => t::asked(lang, number),
            (DisputeEvent::Extend, _) => t::extended(lang, number, one.answer_by),
            _ => t::said(lang, number),
        },
    };
    let also = match one.deed {
        Deed::Said(DisputeEvent::Accept) => Some(t::AWAITS_NOTE),
        Deed::Said(DisputeEvent::Reject) => Some(t::REMINDED),
        _ => None,
    };
    let told = if one.told { t::TOLD } else { t::NOT_TOLD };
    let words = html! {
        @if one.deed != Deed::Owned {
            p { (told.of(lang)) @if let Some(also) = also { " " (also.of(lang)) } }
        }
    };
    parts::banner(Tone::Ok, &title, &words)
}

/// A credit note that was promised and is not in the books yet.
#[derive(Clone, Debug)]
pub struct CreditLine {
    /// To whom.
    pub debtor: DebtorRef,
    /// The accepted dispute.
    pub dispute: DisputeId,
    /// The invoice's number.
    pub number: String,
    /// How much.
    pub amount: Money,
    /// Since when.
    pub since: Day,
    /// Who deals with it.
    pub owner: Option<String>,
}

/// The list, oldest first; nothing where none is owed.
pub(super) fn to_issue(frame: &StaffFrame, today: Day, all: &[CreditLine]) -> Markup {
    let lang = frame.language;
    let titles = [
        staff::DEBTOR.of(lang),
        c::INVOICE.of(lang),
        c::AMOUNT.of(lang),
        t::ACCEPTED_SINCE.of(lang),
        d::OWNER_SHORT.of(lang),
    ];
    let rows = html! {
        @for line in all {
            tr {
                th scope="row" { (debtor_link(&line.debtor)) }
                td data-l=(c::INVOICE.of(lang)) {
                    a href=(paths::answer(&line.debtor.supplier, line.dispute)) { (line.number) }
                }
                td.num data-l=(c::AMOUNT.of(lang)) { (parts::amount(lang, line.amount)) }
                td data-l=(t::ACCEPTED_SINCE.of(lang)) {
                    (staff::days_ago(lang, line.since.days_until(today)))
                }
                td data-l=(d::OWNER_SHORT.of(lang)) {
                    (super::dispute::owner(lang, &line.debtor.supplier, line.dispute,
                        line.owner.as_deref()))
                }
            }
        }
    };
    let table = parts::table(&titles, &[2], &rows);
    html! {
        @if !all.is_empty() {
            (super::today::list(t::TO_ISSUE.of(lang), "", all.len(), &table))
        }
    }
}
