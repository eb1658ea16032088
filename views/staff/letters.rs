//! Letters that wait, batches of printed ones, and what became of them.
//!
//! Printing posts `csrf`, `key` and `m` for each letter chosen. A batch posts `csrf`, `key`, `deed`
//! (`post`, `hold` or `track`), `m` for each letter chosen, `on`; a provider's answer as files.

use domain::letter::LetterState;
use domain::message::MessageKind;
use domain::party::Language;
use domain::{Day, LetterBatchId, MessageId, Moment, Money};
use maud::{Markup, html};

use super::shell::{DebtorRef, Section, StaffFrame, debtor_link, staff_page};
use crate::field::Input;
use crate::format;
use crate::parts::{self, Tone};
use crate::paths;
use crate::problem::{self, Problem};
use crate::text::letters as t;
use crate::text::{common as c, labels, staff};

/// A letter that waits.
#[derive(Clone, Debug)]
pub struct Waiting {
    /// Its message.
    pub message: MessageId,
    /// To whom.
    pub debtor: DebtorRef,
    /// What it is.
    pub kind: MessageKind,
    /// What it asks for, one amount a currency.
    pub asked: Vec<Money>,
    /// Since when it waits.
    pub since: Moment,
    /// Whether it is known where to send it.
    pub has_address: bool,
}

/// Letters that were printed together.
#[derive(Clone, Debug)]
pub struct BatchLine {
    /// Which.
    pub id: LetterBatchId,
    /// When.
    pub made_at: Moment,
    /// By whom.
    pub made_by: String,
    /// How many.
    pub letters: i64,
    /// How many of them are not posted.
    pub open: i64,
}

/// The page of all letters.
#[derive(Clone, Debug)]
pub struct LettersPage {
    /// Code of the supplier.
    pub supplier: String,
    /// What waits, the longest first.
    pub waiting: Vec<Waiting>,
    /// What was printed, newest first.
    pub batches: Vec<BatchLine>,
    /// Whether the reader may print.
    pub may_write: bool,
    /// Idempotency key.
    pub key: String,
}

/// The page of all letters.
#[must_use]
pub fn page(frame: &StaffFrame, view: &LettersPage) -> Markup {
    let lang = frame.language;
    let body = html! {
        h1 { (t::TITLE.of(lang)) }
        h2 { (t::WAITING.of(lang)) " " span.count { (view.waiting.len()) } }
        @if view.waiting.is_empty() {
            p.sub { (t::NONE.of(lang)) }
        } @else if view.may_write {
            form method="post" action=(paths::letters(&view.supplier)) {
                (parts::tokens(&frame.csrf, &view.key))
                (waiting(frame, view))
                p.sub { (t::RULE.of(lang)) }
                div.actions { button.button { (t::PRINT.of(lang)) } }
            }
        } @else {
            (waiting(frame, view))
        }
        @if !view.batches.is_empty() { (batches(frame, view)) }
    };
    staff_page(frame, Section::Letters, t::TITLE.of(lang), &body)
}

fn waiting(frame: &StaffFrame, view: &LettersPage) -> Markup {
    let lang = frame.language;
    let titles = [
        staff::DEBTOR.of(lang),
        t::KIND.of(lang),
        t::SINCE.of(lang),
        c::AMOUNT.of(lang),
    ];
    let rows = html! {
        @for one in &view.waiting {
            tr {
                th scope="row" {
                    @if view.may_write { (tick(lang, one.message, &one.debtor.name)) " " }
                    (debtor_link(&one.debtor))
                }
                td data-l=(t::KIND.of(lang)) {
                    (kind(lang, one.kind))
                    @if !one.has_address {
                        " " (parts::tag(Tone::Warn, t::ADDRESS_GONE.of(lang)))
                    }
                }
                td data-l=(t::SINCE.of(lang)) {
                    (parts::date(lang, frame.zone.day(one.since)))
                }
                td.num data-l=(c::AMOUNT.of(lang)) { (amounts(lang, &one.asked)) }
            }
        }
    };
    parts::table(&titles, &[3], &rows)
}

/// A box before a letter, ticked until somebody unticks it.
fn tick(lang: Language, message: MessageId, name: &str) -> Markup {
    html! {
        input type="checkbox" name="m" value=(message) checked
            aria-label={ (t::CHOOSE.of(lang)) " – " (name) };
    }
}

fn kind(lang: Language, kind: MessageKind) -> Markup {
    html! {
        (labels::message_kind(kind).of(lang))
        @if domain::letter::is_registered(kind) {
            " " (parts::tag(Tone::Info, t::REGISTERED.of(lang)))
        }
    }
}

fn amounts(lang: Language, all: &[Money]) -> Markup {
    html! {
        @for (place, sum) in all.iter().enumerate() {
            @if place > 0 { " + " }
            (parts::amount(lang, *sum))
        }
    }
}

fn batches(frame: &StaffFrame, view: &LettersPage) -> Markup {
    let lang = frame.language;
    let titles = [
        t::MADE.of(lang),
        t::BY.of(lang),
        t::COUNT.of(lang),
        t::TO_POST.of(lang),
    ];
    let rows = html! {
        @for one in &view.batches {
            tr {
                th scope="row" {
                    a href=(paths::letter_batch(&view.supplier, one.id)) {
                        (format::moment(lang, frame.zone, one.made_at))
                    }
                }
                td data-l=(t::BY.of(lang)) { (one.made_by) }
                td.num data-l=(t::COUNT.of(lang)) { (one.letters) }
                td.num data-l=(t::TO_POST.of(lang)) {
                    @if one.open > 0 {
                        (parts::tag(Tone::Warn, &one.open.to_string()))
                    } @else {
                        (parts::tag(Tone::Ok, "0"))
                    }
                }
            }
        }
    };
    html! {
        h2 { (t::BATCHES.of(lang)) }
        (parts::table(&titles, &[2, 3], &rows))
    }
}

/// One printed letter.
#[derive(Clone, Debug)]
pub struct LetterLine {
    /// Its message.
    pub message: MessageId,
    /// To whom.
    pub debtor: DebtorRef,
    /// Its place among the others.
    pub place: i32,
    /// What it is.
    pub kind: MessageKind,
    /// What people call it.
    pub reference: String,
    /// The lines in its window.
    pub addressee: Vec<String>,
    /// How it stands.
    pub state: LetterState,
    /// The day it was posted.
    pub posted_on: Option<Day>,
    /// Its tracking number.
    pub tracking: Option<String>,
    /// Whether a file proves its deposit.
    pub has_proof: bool,
    /// Whether nothing is left to ask for.
    pub is_obsolete: bool,
}

/// The page of one batch.
#[derive(Clone, Debug)]
pub struct BatchPage {
    /// Code of the supplier.
    pub supplier: String,
    /// The batch.
    pub batch: BatchLine,
    /// Its letters, as they lie in it.
    pub letters: Vec<LetterLine>,
    /// The day of posting, as typed.
    pub on: String,
    /// Between which days that is.
    pub range: (Day, Day),
    /// Why a provider's file was not taken.
    pub refused: Option<String>,
    /// What was wrong.
    pub problems: Vec<Problem>,
    /// Whether the reader may note anything.
    pub may_write: bool,
    /// Idempotency key.
    pub key: String,
}

/// The page of one batch.
#[must_use]
pub fn batch(frame: &StaffFrame, view: &BatchPage) -> Markup {
    let lang = frame.language;
    let title = t::BATCH.of(lang);
    let waits = |one: &&LetterLine| one.state == LetterState::Printed;
    let registered = |one: &&LetterLine| domain::letter::is_registered(one.kind);
    let by_hand = view
        .letters
        .iter()
        .filter(waits)
        .any(|one| !registered(&one));
    let tracked = view.letters.iter().any(|one| registered(&one));
    let count = t::count(lang, view.letters.len());
    let body = html! {
        (problem::summary(&view.problems, lang))
        h1 { (title) span.sub { (count) } }
        @if let Some(why) = &view.refused {
            (parts::banner(Tone::Bad, t::REFUSED.of(lang), &html! { p { (why) } }))
        }
        p.sub {
            (t::MADE.of(lang)) " " (format::moment(lang, frame.zone, view.batch.made_at))
            " · " (view.batch.made_by)
        }
        @if view.may_write {
            ul.plain {
                li {
                    a href=(paths::letter_file(&view.supplier, view.batch.id)) {
                        (t::PDF.of(lang))
                    }
                }
                li {
                    a href=(paths::letter_folder(&view.supplier, view.batch.id)) {
                        (t::FOLDER.of(lang))
                    }
                }
            }
        }
        @let action = paths::letter_batch(&view.supplier, view.batch.id);
        @if view.may_write && view.letters.iter().any(|one| waits(&one)) {
            form method="post" action=(action) novalidate {
                (parts::tokens(&frame.csrf, &view.key))
                (letters(lang, view))
                (posting(lang, view, by_hand))
            }
        } @else {
            (letters(lang, view))
        }
        @if view.may_write && tracked { (tracking(frame, view, &action)) }
        p.back { a href=(paths::letters(&view.supplier)) { (t::BACK.of(lang)) } }
    };
    staff_page(frame, Section::Letters, title, &body)
}

fn letters(lang: Language, view: &BatchPage) -> Markup {
    let titles = [
        t::ADDRESSEE.of(lang),
        t::REFERENCE.of(lang),
        t::KIND.of(lang),
        c::STATUS.of(lang),
    ];
    let rows = html! {
        @for one in &view.letters {
            tr {
                th scope="row" {
                    @if view.may_write && one.state == LetterState::Printed {
                        (tick(lang, one.message, &one.debtor.name)) " "
                    }
                    (one.place) ". " (debtor_link(&one.debtor))
                    span.sub {
                        @for (place, line) in one.addressee.iter().skip(1).enumerate() {
                            @if place > 0 { ", " }
                            (line)
                        }
                    }
                }
                td data-l=(t::REFERENCE.of(lang)) { span.num { (one.reference) } }
                td data-l=(t::KIND.of(lang)) { (kind(lang, one.kind)) }
                td data-l=(c::STATUS.of(lang)) { (standing(lang, view, one)) }
            }
        }
    };
    parts::table(&titles, &[], &rows)
}

fn standing(lang: Language, view: &BatchPage, one: &LetterLine) -> Markup {
    let tone = match one.state {
        LetterState::Printed => Tone::Info,
        LetterState::Posted => Tone::Ok,
        LetterState::Held => Tone::Calm,
    };
    html! {
        (parts::tag(tone, t::state(one.state).of(lang)))
        @if let Some(day) = one.posted_on { " " (parts::date(lang, day)) }
        @if one.is_obsolete && one.state == LetterState::Printed {
            " " (parts::tag(Tone::Warn, t::OBSOLETE.of(lang)))
        }
        @if let Some(number) = &one.tracking { span.sub { (t::TRACKING.of(lang)) " " (number) } }
        @if one.has_proof && view.may_write {
            " "
            a href=(paths::letter_proof(&view.supplier, view.batch.id, one.message)) {
                (t::PROOF.of(lang))
            }
        }
    }
}

fn posting(lang: Language, view: &BatchPage, by_hand: bool) -> Markup {
    let (first, last) = view.range;
    html! {
        h2 { (t::POST_TITLE.of(lang)) }
        p.sub { (t::POST_RULE.of(lang)) }
        @if by_hand {
            (Input::day(
                "on",
                t::POSTED_ON.of(lang),
                &view.on,
                (first.to_string(), last.to_string()),
            )
            .checked(&view.problems, lang))
        }
        div.actions {
            @if by_hand {
                button.button name="deed" value="post" { (t::POST.of(lang)) }
            }
            button.button.quiet name="deed" value="hold" { (t::HOLD.of(lang)) }
        }
    }
}

fn tracking(frame: &StaffFrame, view: &BatchPage, action: &str) -> Markup {
    let lang = frame.language;
    html! {
        h2 { (t::TRACK_TITLE.of(lang)) }
        form.narrow method="post" action=(action) enctype="multipart/form-data" novalidate {
            (parts::tokens(&frame.csrf, &view.key))
            (parts::hidden("deed", "track"))
            (Input::text("file", t::TRACK_FILE.of(lang), "")
                .files(".csv,text/csv,.pdf,application/pdf")
                .hint(t::TRACK_HINT.of(lang))
                .checked(&view.problems, lang))
            div.actions { button.button { (t::TRACK.of(lang)) } }
        }
    }
}
