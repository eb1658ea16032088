//! One dispute as the supplier sees it: the conversation, its files, and what can be said.
//!
//! Every form posts `csrf`, `key` and `decision`: `ask`, `tell`, `accept`, `credit`, `reject` (with
//! `answer`, files as `file` and `drop`, and for a credit note `credit` and `credited`), `extend`
//! (with `until` and `answer`), `own` (with `owner`) or `take`. What costs money, `accept` and
//! `credit`, is shown first and counts with `step`. The ids of the fields end in the dispute's, as
//! a page may show several.

use domain::dispute::lines::DisputedLine;
use domain::dispute::{DisputeEvent, DisputeState, Reason};
use domain::party::Language;
use domain::{Day, DebtorId, DisputeId, Money};
use maud::{Markup, html};

use super::shell::{Section, StaffFrame, staff_page};
use crate::attached::{self, File};
use crate::conversation::{Said, Sides, conversation};
use crate::field::{self, Input};
use crate::format::money_input;
use crate::parts::{self, Tone};
use crate::paths;
use crate::portal::dispute_lines;
use crate::problem::{self, Problem};
use crate::text::report as r;
use crate::text::{labels, staff_dispute as t};

/// A dispute.
#[derive(Clone, Debug)]
pub struct DisputeCard {
    /// Id.
    pub id: DisputeId,
    /// Whose.
    pub debtor: DebtorId,
    /// The invoice's number.
    pub number: String,
    /// Why.
    pub reason: Reason,
    /// How much.
    pub amount: Money,
    /// How it stands.
    pub state: DisputeState,
    /// The day by which it should be answered.
    pub answer_by: Day,
    /// The first day to which the answer can be put off.
    pub first: Day,
    /// Who deals with it.
    pub owner: Option<String>,
    /// The credit note that settled it, and its amount.
    pub credit: Option<(String, Money)>,
    /// The lines of the invoice it is about, when they are named.
    pub lines: Vec<DisputedLine>,
    /// Credit notes of the books that may answer it, and how much of each would.
    pub notes: Vec<(String, Money)>,
    /// What was said, oldest first.
    pub said: Vec<Said>,
    /// Files that wait for the form that came back.
    pub files: Vec<File>,
    /// Idempotency key of its forms.
    pub key: String,
    /// What was typed, when a form came back.
    pub typed: Typed,
    /// What was wrong with it, at the fields that [`field_id`] names.
    pub problems: Vec<Problem>,
}

/// What was typed into the forms.
#[derive(Clone, Default, Debug)]
pub struct Typed {
    /// The words.
    pub answer: String,
    /// The credit note's number.
    pub credit: String,
    /// Its amount.
    pub credited: String,
    /// The new day of the answer.
    pub until: String,
    /// Whether the form that puts the answer off came back.
    pub extending: bool,
}

/// The id of a field of a dispute's forms.
#[must_use]
pub fn field_id(name: &str, dispute: DisputeId) -> String {
    format!("{name}-{dispute}")
}

/// The page of one dispute.
#[must_use]
pub fn page(frame: &StaffFrame, supplier: &str, card: &DisputeCard, may_answer: bool) -> Markup {
    let lang = frame.language;
    let reason = labels::reason(card.reason).of(lang);
    let title = t::title(lang, &card.number, reason, card.amount);
    let body = html! {
        p { a href=(paths::debtor(supplier, card.debtor)) { (t::BACK.of(lang)) } }
        (problem::summary(&card.problems, lang))
        h1 { (title) }
        (inside(frame, supplier, card, may_answer))
        @if may_answer { (forms(frame, supplier, card)) }
    };
    staff_page(frame, Section::Debtors, &title, &body)
}

/// A dispute that awaits something, on its debtor's page: what was said, and the way to its own
/// page, where it is answered.
pub(crate) fn open_card(
    frame: &StaffFrame,
    supplier: &str,
    card: &DisputeCard,
    may_answer: bool,
) -> Markup {
    html! {
        section.card.open {
            h2 { (heading(frame.language, supplier, card)) }
            (inside(frame, supplier, card, may_answer))
            @if may_answer {
                div.actions {
                    a.button.quiet href=(paths::answer(supplier, card.id)) {
                        (t::ANSWER_THIS.of(frame.language))
                    }
                }
            }
        }
    }
}

/// Those that are over: one line each.
pub(crate) fn closed(lang: Language, supplier: &str, all: &[DisputeCard]) -> Markup {
    html! {
        ul.plain {
            @for card in all {
                li {
                    (heading(lang, supplier, card)) " "
                    (parts::tag(Tone::Calm, labels::dispute_state(card.state).of(lang)))
                }
            }
        }
    }
}

fn heading(lang: Language, supplier: &str, card: &DisputeCard) -> Markup {
    let reason = labels::reason(card.reason).of(lang);
    html! {
        a href=(paths::answer(supplier, card.id)) {
            (t::title(lang, &card.number, reason, card.amount))
        }
    }
}

fn inside(frame: &StaffFrame, supplier: &str, card: &DisputeCard, may_answer: bool) -> Markup {
    let lang = frame.language;
    let file = |id| paths::staff_file(supplier, id);
    let us = frame.supplier.as_ref().map_or("", |one| one.name.as_str());
    let sides = Sides {
        debtor: r::CUSTOMER.of(lang),
        supplier: us,
        file: &file,
    };
    let tone = if card.state.suspends() {
        Tone::Warn
    } else {
        Tone::Calm
    };
    html! {
        p {
            (parts::tag(tone, labels::dispute_state(card.state).of(lang)))
            @if card.state.waits() { " " (t::by(lang, card.answer_by)) }
            @if let Some((number, amount)) = &card.credit {
                " " (t::credited(lang, number, *amount))
            }
            " · "
            @match &card.owner {
                Some(owner) => { (t::OWNER_SHORT.of(lang)) " " (owner) }
                None => { (t::UNOWNED_YET.of(lang)) }
            }
        }
        (dispute_lines::table(lang, &card.lines))
        (conversation(lang, frame.zone, &sides, &card.said))
        (notes(frame, supplier, card, may_answer))
    }
}

/// Who deals with it, in a list; while nobody does, the way to say who.
pub(super) fn owner(
    lang: Language,
    supplier: &str,
    dispute: DisputeId,
    owner: Option<&str>,
) -> Markup {
    html! {
        @match owner {
            Some(owner) => { (owner) }
            None => {
                a href={ (paths::answer(supplier, dispute)) "#" (field_id("owner", dispute)) } {
                    (t::UNOWNED.of(lang))
                }
            }
        }
    }
}

/// Credit notes that came with an import: each settles the dispute by one button.
fn notes(frame: &StaffFrame, supplier: &str, card: &DisputeCard, may_answer: bool) -> Markup {
    let lang = frame.language;
    let decision = if card.state.waits() {
        "accept"
    } else {
        "credit"
    };
    html! {
        @if !card.notes.is_empty() {
            p { strong { (t::NOTES.of(lang)) } }
        }
        @for (number, amount) in &card.notes {
            form method="post" action=(paths::answer(supplier, card.id)) {
                (parts::tokens(&frame.csrf, &card.key))
                (parts::hidden("credit", number))
                (parts::hidden("credited", &money_input(lang, *amount)))
                p { (t::credited(lang, number, *amount)) }
                @if may_answer {
                    div.actions {
                        button.button.quiet name="decision" value=(decision) {
                            (t::settle_by(lang, number))
                        }
                    }
                }
            }
        }
    }
}

fn forms(frame: &StaffFrame, supplier: &str, card: &DisputeCard) -> Markup {
    let admits = |event: DisputeEvent| card.state.on(event).is_ok();
    html! {
        @if admits(DisputeEvent::Tell) { (answer(frame, supplier, card)) }
        @if admits(DisputeEvent::Extend) { (extend(frame, supplier, card)) }
        @if card.state.suspends() { (own(frame, supplier, card)) }
    }
}

fn answer(frame: &StaffFrame, supplier: &str, card: &DisputeCard) -> Markup {
    let (lang, typed) = (frame.language, &card.typed);
    let [words, credit, credited] =
        ["answer", "credit", "credited"].map(|name| field_id(name, card.id));
    let text = if typed.extending { "" } else { &typed.answer };
    let wrong = problem::at(&card.problems, &words, lang);
    let decides = card.state.on(DisputeEvent::Credit).is_ok();
    let hint = decides.then_some(t::ANSWER_HINT.of(lang));
    html! {
        form method="post" action=(paths::answer(supplier, card.id))
            enctype="multipart/form-data" novalidate {
            (parts::tokens(&frame.csrf, &card.key))
            (field::area_as(&words, "answer", (t::ANSWER.of(lang), hint),
                text, wrong.as_deref()))
            (attached::inputs_as(&field_id("file", card.id), lang, &card.files, &card.problems))
            @if decides {
                (Input::text("credit", t::CREDIT.of(lang), &typed.credit)
                    .with_id(&credit)
                    .hint(t::CREDIT_HINT.of(lang))
                    .optional(lang)
                    .checked(&card.problems, lang))
                (Input::amount("credited", t::CREDIT_AMOUNT.of(lang), &typed.credited)
                    .with_id(&credited)
                    .hint(t::CREDIT_AMOUNT_HINT.of(lang))
                    .optional(lang)
                    .checked(&card.problems, lang))
            }
            div.actions {
                @if card.state.waits() {
                    button.button name="decision" value="accept" { (t::ACCEPT.of(lang)) }
                } @else if decides {
                    button.button name="decision" value="credit" { (t::SETTLE.of(lang)) }
                }
                @if card.state.waits() {
                    button.button.quiet name="decision" value="reject" { (t::REJECT.of(lang)) }
                }
                @if card.state == DisputeState::Open {
                    button.button.quiet name="decision" value="ask" { (t::ASK.of(lang)) }
                }
                button.button.quiet name="decision" value="tell" { (t::TELL.of(lang)) }
            }
        }
    }
}

fn extend(frame: &StaffFrame, supplier: &str, card: &DisputeCard) -> Markup {
    let (lang, typed) = (frame.language, &card.typed);
    let [until, why] = ["until", "why"].map(|name| field_id(name, card.id));
    let text = if typed.extending { &typed.answer } else { "" };
    let wrong = problem::at(&card.problems, &why, lang);
    let range = (card.first.to_string(), card.first.plus_days(90).to_string());
    html! {
        details open[typed.extending] {
            summary { (t::EXTEND_MORE.of(lang)) }
            form method="post" action=(paths::answer(supplier, card.id)) novalidate {
                (parts::tokens(&frame.csrf, &card.key))
                (Input::day("until", t::UNTIL.of(lang), &typed.until, range)
                    .with_id(&until)
                    .checked(&card.problems, lang))
                (field::area_as(&why, "answer", (t::WHY_LATE.of(lang), None), text,
                    wrong.as_deref()))
                div.actions {
                    button.button.quiet name="decision" value="extend" { (t::EXTEND.of(lang)) }
                }
            }
        }
    }
}

fn own(frame: &StaffFrame, supplier: &str, card: &DisputeCard) -> Markup {
    let lang = frame.language;
    let id = field_id("owner", card.id);
    let owner = card.owner.as_deref().unwrap_or_default();
    html! {
        form method="post" action=(paths::answer(supplier, card.id)) novalidate {
            (parts::tokens(&frame.csrf, &card.key))
            (Input::text("owner", t::OWNER.of(lang), owner)
                .with_id(&id)
                .optional(lang)
                .checked(&card.problems, lang))
            div.actions {
                button.button.quiet name="decision" value="own" { (t::ASSIGN.of(lang)) }
                @if card.owner.is_none() {
                    button.button.quiet name="decision" value="take" { (t::TAKE.of(lang)) }
                }
            }
        }
    }
}
