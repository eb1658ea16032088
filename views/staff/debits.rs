//! Direct debits: what waits for a file, the files, and one file with its debits.
//!
//! `paths::debits` is posted `csrf` and `key` to make a file; `paths::batch` the same with
//! `decision` (`approve`, `export` or `cancel`); `paths::debit_answers` is sent the parts `csrf`,
//! `key` and `file`.

use domain::batch::BatchState;
use domain::reason_code::Action;
use domain::{BatchId, Day, Moment, Money};
use maud::{Markup, html};

use super::shell::{DebtorRef, Section, StaffFrame, debtor_link, staff_page};
use crate::field::Input;
use crate::format;
use crate::parts::{self, Tone};
use crate::paths;
use crate::text::common as c;
use crate::text::{bank_reason, debits as t, staff};

/// One debit.
#[derive(Clone, Debug)]
pub struct DebitLine {
    /// Whose.
    pub debtor: DebtorRef,
    /// How much.
    pub amount: Money,
    /// On which day.
    pub collect_on: Day,
    /// Reference of its mandate.
    pub mandate: String,
}

/// One file.
#[derive(Clone, Debug)]
pub struct FileLine {
    /// Id.
    pub id: BatchId,
    /// How it stands.
    pub state: BatchState,
    /// When it was made.
    pub created_at: Moment,
    /// Its first and last day of collection.
    pub days: (Day, Day),
    /// Number of debits.
    pub debits: usize,
    /// Their sum.
    pub total: Money,
}

/// A debit that ended without its money.
#[derive(Clone, Debug)]
pub struct ReturnLine {
    /// Whose.
    pub debtor: DebtorRef,
    /// How much.
    pub amount: Money,
    /// The day it counts from.
    pub day: Day,
    /// The bank's code.
    pub reason: String,
    /// The bank's words.
    pub text: String,
    /// What followed.
    pub action: Action,
    /// What the bank took for it.
    pub fee: Money,
}

/// A mandate that ends soon unless it is used.
#[derive(Clone, Debug)]
pub struct EndingLine {
    /// Whose, by the name of the account's holder.
    pub debtor: DebtorRef,
    /// Its reference.
    pub mandate: String,
    /// The day it ends.
    pub ends_on: Day,
}

/// What an answer of the bank led to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Answered {
    /// Debits taken, refused, and refusals that were known before.
    pub counts: (usize, usize, usize),
    /// What it names that is no debit of the file.
    pub unknown: Vec<String>,
}

/// What went wrong with what was asked.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Refused {
    /// Its maker cannot approve it.
    SamePerson,
    /// Too late for the bank.
    TooLate,
    /// A debit is no longer wanted.
    Unwanted,
    /// Values of debits break rules: debtor, field, value and rule, line by line.
    Rules(Vec<String>),
    /// A bank's answer that cannot be read, and why.
    Answer(String),
    /// No file came.
    NoAnswer,
}

/// The list.
#[derive(Clone, Debug)]
pub struct DebitsPage {
    /// Code of the supplier.
    pub supplier: String,
    /// Announced debits that are near, first ones first.
    pub waiting: Vec<DebitLine>,
    /// Whether there are more of them.
    pub more: bool,
    /// How many of them were announced for a day that has passed.
    pub past: usize,
    /// The latest files.
    pub files: Vec<FileLine>,
    /// What debtors' banks still refund on demand.
    pub refundable: Money,
    /// The latest refusals and returns.
    pub returns: Vec<ReturnLine>,
    /// Mandates that end soon.
    pub ending: Vec<EndingLine>,
    /// After an upload: what it led to.
    pub answered: Option<Answered>,
    /// Whether the reader may make one.
    pub may_write: bool,
    /// Whether one person alone works with debits.
    pub alone: bool,
    /// Idempotency key.
    pub key: String,
    /// What was wrong.
    pub refused: Option<Refused>,
}

/// The list of files and what waits for the next.
#[must_use]
pub fn page(frame: &StaffFrame, view: &DebitsPage) -> Markup {
    let lang = frame.language;
    let title = t::TITLE.of(lang);
    let body = html! {
        h1 { (title) }
        (refusal(frame, view.refused.as_ref()))
        @if let Some(done) = &view.answered { (answered(frame, done)) }
        h2 { (t::TO_COLLECT.of(lang)) }
        @if view.waiting.is_empty() {
            p { (t::NOTHING.of(lang)) }
        } @else {
            (debits(frame, &view.waiting))
            @if view.more { p.sub { (t::MORE.of(lang)) } }
            @if view.past > 0 {
                (parts::banner(Tone::Warn, &t::past(lang, view.past), &html! {
                    p { (t::PAST_MORE.of(lang)) }
                }))
            }
            @if view.may_write { (prepare(frame, view)) }
        }
        h2 { (t::FILES.of(lang)) }
        @if view.files.is_empty() {
            p { (t::NO_FILES.of(lang)) }
        } @else {
            (files(frame, view))
            @if view.refundable.is_positive() {
                (parts::facts(&[(t::REFUNDABLE.of(lang), parts::amount(lang, view.refundable))]))
            }
            @if view.may_write { (upload(frame, view)) }
        }
        @if !view.returns.is_empty() {
            h2 { (t::RETURNS.of(lang)) }
            (returns(frame, view))
        }
        @if !view.ending.is_empty() {
            h2 { (t::ENDING.of(lang)) }
            p { (t::ENDING_MORE.of(lang)) }
            (ending(frame, view))
        }
    };
    staff_page(frame, Section::Debits, title, &body)
}

fn prepare(frame: &StaffFrame, view: &DebitsPage) -> Markup {
    let lang = frame.language;
    let hint = if view.alone {
        t::PREPARE_ALONE
    } else {
        t::PREPARE_HINT
    };
    html! {
        form method="post" action=(paths::debits(&view.supplier)) {
            (parts::tokens(&frame.csrf, &view.key))
            p.hint { (hint.of(lang)) }
            div.actions { button.button { (t::PREPARE.of(lang)) } }
        }
    }
}

fn answered(frame: &StaffFrame, done: &Answered) -> Markup {
    let lang = frame.language;
    let (taken, refused, known) = done.counts;
    let more = html! {
        p { (t::answered(lang, taken, refused, known)) }
        @if !done.unknown.is_empty() {
            p { (t::UNKNOWN.of(lang)) }
            ul { @for name in &done.unknown { li { (name) } } }
        }
    };
    let tone = if done.unknown.is_empty() {
        Tone::Ok
    } else {
        Tone::Warn
    };
    parts::banner(tone, t::ANSWERED.of(lang), &more)
}

fn upload(frame: &StaffFrame, view: &DebitsPage) -> Markup {
    let lang = frame.language;
    html! {
        h3 { (t::ANSWER.of(lang)) }
        form.narrow method="post" action=(paths::debit_answers(&view.supplier))
            enctype="multipart/form-data" {
            (parts::tokens(&frame.csrf, &view.key))
            (Input::text("file", t::ANSWER_FILE.of(lang), "")
                .kind("file").hint(t::ANSWER_HINT.of(lang)))
            div.actions { button.button.quiet { (t::READ.of(lang)) } }
        }
    }
}

fn returns(frame: &StaffFrame, view: &DebitsPage) -> Markup {
    let lang = frame.language;
    let titles = [
        staff::DEBTOR.of(lang),
        staff::WHEN.of(lang),
        t::REASON.of(lang),
        t::FOLLOWED.of(lang),
        t::FEE.of(lang),
        c::AMOUNT.of(lang),
    ];
    let rows = html! {
        @for line in &view.returns {
            tr {
                th scope="row" { (debtor_link(&line.debtor)) }
                td data-l=(staff::WHEN.of(lang)) { (parts::date(lang, line.day)) }
                td data-l=(t::REASON.of(lang)) { (why(frame, line)) }
                td data-l=(t::FOLLOWED.of(lang)) {
                    (bank_reason::action(line.action).of(lang))
                    @if let Some(letter) = line.action.letter() { " (" (letter) ")" }
                }
                td.num data-l=(t::FEE.of(lang)) { (parts::amount(lang, line.fee)) }
                td.num data-l=(c::AMOUNT.of(lang)) { (parts::amount(lang, line.amount)) }
            }
        }
    };
    parts::table(&titles, &[4, 5], &rows)
}

fn ending(frame: &StaffFrame, view: &DebitsPage) -> Markup {
    let lang = frame.language;
    let titles = [
        staff::DEBTOR.of(lang),
        t::MANDATE.of(lang),
        t::ENDS_ON.of(lang),
    ];
    let rows = html! {
        @for line in &view.ending {
            tr {
                th scope="row" { (debtor_link(&line.debtor)) }
                td data-l=(t::MANDATE.of(lang)) { (line.mandate) }
                td data-l=(t::ENDS_ON.of(lang)) { (parts::date(lang, line.ends_on)) }
            }
        }
    };
    parts::table(&titles, &[], &rows)
}

/// The reason in plain words where there are any, with the code and what the bank wrote.
fn why(frame: &StaffFrame, line: &ReturnLine) -> Markup {
    let plain = bank_reason::reason(&line.reason);
    html! {
        (line.reason)
        @if let Some(words) = plain { ", " (words.of(frame.language)) }
        @if !line.text.is_empty() { span.sub { " " (line.text) } }
    }
}

pub(super) fn debits(frame: &StaffFrame, lines: &[DebitLine]) -> Markup {
    let lang = frame.language;
    let titles = [
        staff::DEBTOR.of(lang),
        t::DAYS.of(lang),
        t::MANDATE.of(lang),
        c::AMOUNT.of(lang),
    ];
    let rows = html! {
        @for line in lines {
            tr {
                th scope="row" { (debtor_link(&line.debtor)) }
                td data-l=(t::DAYS.of(lang)) { (parts::date(lang, line.collect_on)) }
                td data-l=(t::MANDATE.of(lang)) { (line.mandate) }
                td.num data-l=(c::AMOUNT.of(lang)) { (parts::amount(lang, line.amount)) }
            }
        }
    };
    parts::table(&titles, &[3], &rows)
}

pub(super) const fn tone(state: BatchState) -> Tone {
    match state {
        BatchState::Draft => Tone::Warn,
        BatchState::Approved
        | BatchState::Exported
        | BatchState::Accepted
        | BatchState::Settled => Tone::Info,
        BatchState::Firm | BatchState::Closed => Tone::Ok,
        BatchState::Rejected => Tone::Bad,
        BatchState::Cancelled => Tone::Calm,
    }
}

pub(super) fn days(frame: &StaffFrame, (first, last): (Day, Day)) -> Markup {
    let lang = frame.language;
    html! {
        (parts::date(lang, first))
        @if last != first { " – " (parts::date(lang, last)) }
    }
}

fn files(frame: &StaffFrame, view: &DebitsPage) -> Markup {
    let lang = frame.language;
    let titles = [
        t::MADE.of(lang),
        c::STATUS.of(lang),
        t::DAYS.of(lang),
        t::DEBITS.of(lang),
        t::SUM.of(lang),
    ];
    let rows = html! {
        @for file in &view.files {
            tr {
                th scope="row" {
                    a href=(paths::batch(&view.supplier, file.id)) {
                        (format::moment(lang, frame.zone, file.created_at))
                    }
                }
                td data-l=(c::STATUS.of(lang)) {
                    (parts::tag(tone(file.state), t::state(file.state).of(lang)))
                }
                td data-l=(t::DAYS.of(lang)) { (days(frame, file.days)) }
                td.num data-l=(t::DEBITS.of(lang)) { (file.debits) }
                td.num data-l=(t::SUM.of(lang)) { (parts::amount(lang, file.total)) }
            }
        }
    };
    parts::table(&titles, &[3, 4], &rows)
}

pub(super) fn refusal(frame: &StaffFrame, refused: Option<&Refused>) -> Markup {
    let lang = frame.language;
    let (title, more) = match refused {
        None => return html! {},
        Some(Refused::SamePerson) => (t::SAME_PERSON, t::SAME_PERSON_MORE),
        Some(Refused::TooLate) => (t::TOO_LATE, t::TOO_LATE_MORE),
        Some(Refused::Unwanted) => (t::UNWANTED, t::UNWANTED_MORE),
        Some(Refused::Rules(lines)) => {
            let lines = html! { ul { @for line in lines { li { (line) } } } };
            return parts::banner(Tone::Bad, t::NOT_MADE.of(lang), &lines);
        }
        Some(Refused::NoAnswer) => (t::NOT_READ, t::NO_ANSWER),
        Some(Refused::Answer(why)) => {
            return parts::banner(Tone::Bad, t::NOT_READ.of(lang), &html! { p { (why) } });
        }
    };
    parts::banner(Tone::Bad, title.of(lang), &html! { p { (more.of(lang)) } })
}
