//! Debits asked back from the bank: which of a file, and one request.
//!
//! The form posts `csrf`, `key`, `kind` (`cancellation` or `reversal`), `reason`, and `debit` for
//! each debit; the decision on a request posts `csrf`, `key` and `decision` (`approve`, `export` or
//! `cancel`).

use domain::recall::{RecallKind, RecallOutcome, RecallReason, RecallState};
use domain::{BatchId, CollectionId, Moment, RecallId};
use maud::{Markup, html};

use super::debits::DebitLine;
use super::shell::{Section, StaffFrame, debtor_link, staff_page};
use crate::field;
use crate::format;
use crate::parts::{self, Tone};
use crate::paths;
use crate::text::Text;
use crate::text::common as c;
use crate::text::debits as d;
use crate::text::recall as t;
use crate::text::staff;

/// A debit that can be asked for.
#[derive(Clone, Debug)]
pub struct Choice {
    /// Its id, as posted.
    pub id: CollectionId,
    /// The debit.
    pub line: DebitLine,
}

/// What was wrong with what was asked.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Wrong {
    /// No debit was ticked, or none of them can be asked for any more.
    NoneChosen,
    /// Its maker cannot approve it.
    SamePerson,
    /// The bank would not take it any more.
    TooLate,
}

/// A request in a list.
#[derive(Clone, Debug)]
pub struct RecallLine {
    /// Id.
    pub id: RecallId,
    /// What is asked for.
    pub kind: RecallKind,
    /// How it stands.
    pub state: RecallState,
    /// When it was made.
    pub created_at: Moment,
    /// How many debits.
    pub debits: usize,
}

/// A debit that was asked for.
#[derive(Clone, Debug)]
pub struct Recalled {
    /// The debit.
    pub line: DebitLine,
    /// What the bank said, or what came before.
    pub outcome: Option<RecallOutcome>,
    /// The bank's code, when it ended otherwise.
    pub reason: Option<String>,
}

/// Which debits of a file.
#[derive(Clone, Debug)]
pub struct AskPage {
    /// Code of the supplier.
    pub supplier: String,
    /// The file.
    pub batch: BatchId,
    /// The name the bank knows it by.
    pub message_id: String,
    /// What can still be cancelled.
    pub cancellable: Vec<Choice>,
    /// What can be given back.
    pub reversible: Vec<Choice>,
    /// The last debit that was looked at, when there are more.
    pub more: Option<CollectionId>,
    /// Earlier requests, newest first.
    pub requests: Vec<RecallLine>,
    /// Whether the reader may ask.
    pub may_write: bool,
    /// Idempotency key.
    pub key: String,
    /// What was wrong.
    pub wrong: Option<Wrong>,
}

/// The page of a file.
#[must_use]
pub fn ask(frame: &StaffFrame, view: &AskPage) -> Markup {
    let lang = frame.language;
    let title = t::TITLE.of(lang);
    let nothing = view.cancellable.is_empty() && view.reversible.is_empty();
    let body = html! {
        h1 { (title) span.sub { (view.message_id) } }
        (wrong(frame, view.wrong))
        @if nothing { p { (t::NOTHING.of(lang)) } }
        @if view.may_write {
            (form(frame, view, RecallKind::Cancellation, &view.cancellable))
            (form(frame, view, RecallKind::Reversal, &view.reversible))
        }
        (next(frame, &paths::recalls(&view.supplier, view.batch), view.more))
        @if !view.requests.is_empty() {
            h2 { (t::REQUESTS.of(lang)) }
            (requests(frame, view))
        }
        p.back { a href=(paths::batch(&view.supplier, view.batch)) { (d::FILE.of(lang)) } }
    };
    staff_page(frame, Section::Debits, title, &body)
}

fn form(frame: &StaffFrame, view: &AskPage, kind: RecallKind, choices: &[Choice]) -> Markup {
    let lang = frame.language;
    if choices.is_empty() {
        return html! {};
    }
    let (title, hint, button) = match kind {
        RecallKind::Cancellation => (t::CANCEL_DEBITS, t::CANCEL_HINT, t::ASK_CANCEL),
        RecallKind::Reversal => (t::REVERSE_DEBITS, t::REVERSE_HINT, t::ASK_REVERSE),
    };
    let reasons = RecallReason::ALL.iter();
    let reasons: Vec<(&str, &str, bool)> = reasons
        .map(|one| (one.as_str(), t::reason(*one).of(lang), false))
        .collect();
    let list = format!("debits-{kind}");
    html! {
        h2 { (title.of(lang)) }
        form.narrow method="post" action=(paths::recalls(&view.supplier, view.batch)) {
            (parts::tokens(&frame.csrf, &view.key))
            (parts::hidden("kind", kind.as_str()))
            p.hint { (hint.of(lang)) }
            fieldset.field id=(list) {
                legend { (t::WHICH.of(lang)) }
                div.choices { @for one in choices { (choice(frame, one)) } }
            }
            (field::select(&format!("reason-{kind}"), "reason", t::WHY.of(lang), &reasons))
            div.actions { button.button { (button.of(lang)) } }
        }
    }
}

fn choice(frame: &StaffFrame, one: &Choice) -> Markup {
    let (lang, line) = (frame.language, &one.line);
    html! {
        label.choice {
            input type="checkbox" name="debit" value=(one.id);
            span {
                (line.debtor.name) ", " (parts::amount(lang, line.amount))
                span.sub { (parts::date(lang, line.collect_on)) ", " (line.mandate) }
            }
        }
    }
}

fn requests(frame: &StaffFrame, view: &AskPage) -> Markup {
    let lang = frame.language;
    let titles = [
        d::MADE.of(lang),
        t::REQUEST.of(lang),
        c::STATUS.of(lang),
        d::DEBITS.of(lang),
    ];
    let rows = html! {
        @for one in &view.requests {
            tr {
                th scope="row" {
                    a href=(paths::recall(&view.supplier, one.id)) {
                        (format::moment(lang, frame.zone, one.created_at))
                    }
                }
                td data-l=(t::REQUEST.of(lang)) { (t::kind(one.kind).of(lang)) }
                td data-l=(c::STATUS.of(lang)) { (state(frame, one.state)) }
                td.num data-l=(d::DEBITS.of(lang)) { (one.debits) }
            }
        }
    };
    parts::table(&titles, &[3], &rows)
}

fn state(frame: &StaffFrame, state: RecallState) -> Markup {
    let tone = match state {
        RecallState::Draft => Tone::Warn,
        RecallState::Approved | RecallState::Exported => Tone::Info,
        RecallState::Answered => Tone::Ok,
        RecallState::Cancelled => Tone::Calm,
    };
    parts::tag(tone, t::state(state).of(frame.language))
}

fn wrong(frame: &StaffFrame, wrong: Option<Wrong>) -> Markup {
    let lang = frame.language;
    let (title, more): (Text, Text) = match wrong {
        None => return html! {},
        Some(Wrong::NoneChosen) => (t::NONE_CHOSEN, t::NONE_CHOSEN_MORE),
        Some(Wrong::SamePerson) => (d::SAME_PERSON, d::SAME_PERSON_MORE),
        Some(Wrong::TooLate) => (t::TOO_LATE, t::TOO_LATE_MORE),
    };
    parts::banner(Tone::Bad, title.of(lang), &html! { p { (more.of(lang)) } })
}

/// One request with its debits.
#[derive(Clone, Debug)]
pub struct RecallPage {
    /// Code of the supplier.
    pub supplier: String,
    /// The request.
    pub request: RecallLine,
    /// Why it is asked.
    pub reason: RecallReason,
    /// The file its debits were in, and the name the bank knows that by.
    pub batch: (BatchId, String),
    /// The name the bank knows it by.
    pub message_id: String,
    /// Who made it.
    pub maker: String,
    /// Who approved it.
    pub approver: Option<String>,
    /// When it was first taken out.
    pub exported_at: Option<Moment>,
    /// Its fingerprint.
    pub sha256: String,
    /// Its debits, a page of them.
    pub debits: Vec<Recalled>,
    /// The last of them, when there are more.
    pub more: Option<CollectionId>,
    /// Whether the reader may decide.
    pub may_write: bool,
    /// Idempotency key.
    pub key: String,
    /// What was wrong.
    pub wrong: Option<Wrong>,
}

/// The page of one request.
#[must_use]
pub fn page(frame: &StaffFrame, view: &RecallPage) -> Markup {
    let lang = frame.language;
    let title = t::REQUEST.of(lang);
    let out = matches!(
        view.request.state,
        RecallState::Exported | RecallState::Answered
    );
    let body = html! {
        h1 { (title) span.sub { (view.message_id) } }
        (wrong(frame, view.wrong))
        (facts(frame, view))
        @if out && view.may_write {
            @let bytes = paths::recall_file(&view.supplier, view.request.id);
            p { a href=(bytes) { (d::DOWNLOAD.of(lang)) } }
        }
        @if view.may_write { (decision(frame, view)) }
        h2 { (t::WHICH.of(lang)) }
        (debits(frame, view))
        (next(frame, &paths::recall(&view.supplier, view.request.id), view.more))
        p.back {
            a href=(paths::recalls(&view.supplier, view.batch.0)) { (t::REQUESTS.of(lang)) }
        }
    };
    staff_page(frame, Section::Debits, title, &body)
}

/// The way to the debits after this one.
fn next(frame: &StaffFrame, path: &str, after: Option<CollectionId>) -> Markup {
    html! {
        @if let Some(last) = after {
            p { a href=(format!("{path}?after={last}")) { (t::MORE.of(frame.language)) } }
        }
    }
}

fn facts(frame: &StaffFrame, view: &RecallPage) -> Markup {
    let lang = frame.language;
    let moment = |at| format::moment(lang, frame.zone, at);
    let file = html! {
        a href=(paths::batch(&view.supplier, view.batch.0)) { (view.batch.1) }
    };
    let mut rows = vec![
        (c::STATUS.of(lang), state(frame, view.request.state)),
        (
            t::REQUEST.of(lang),
            html! { (t::kind(view.request.kind).of(lang)) },
        ),
        (t::WHY.of(lang), html! { (t::reason(view.reason).of(lang)) }),
        (t::OF_FILE.of(lang), file),
        (
            d::MADE_BY.of(lang),
            html! { (view.maker) ", " (moment(view.request.created_at)) },
        ),
    ];
    if let Some(approver) = &view.approver {
        rows.push((d::APPROVED_BY.of(lang), html! { (approver) }));
    }
    if let Some(at) = view.exported_at {
        rows.push((d::EXPORTED.of(lang), html! { (moment(at)) }));
    }
    rows.push((d::CHECKSUM.of(lang), html! { code.long { (view.sha256) } }));
    parts::facts(&rows)
}

fn decision(frame: &StaffFrame, view: &RecallPage) -> Markup {
    let lang = frame.language;
    let (next, words) = match view.request.state {
        RecallState::Draft => ("approve", d::APPROVE),
        RecallState::Approved => ("export", d::EXPORT),
        _ => return html! {},
    };
    html! {
        form method="post" action=(paths::recall(&view.supplier, view.request.id)) {
            (parts::tokens(&frame.csrf, &view.key))
            div.actions {
                button.button name="decision" value=(next) { (words.of(lang)) }
                button.button.quiet name="decision" value="cancel" { (t::CALL_OFF.of(lang)) }
            }
        }
    }
}

fn debits(frame: &StaffFrame, view: &RecallPage) -> Markup {
    let lang = frame.language;
    let titles = [
        staff::DEBTOR.of(lang),
        d::DAYS.of(lang),
        d::MANDATE.of(lang),
        t::SAID.of(lang),
        c::AMOUNT.of(lang),
    ];
    let rows = html! {
        @for Recalled { line, outcome, reason } in &view.debits {
            tr {
                th scope="row" { (debtor_link(&line.debtor)) }
                td data-l=(d::DAYS.of(lang)) { (parts::date(lang, line.collect_on)) }
                td data-l=(d::MANDATE.of(lang)) { (line.mandate) }
                td data-l=(t::SAID.of(lang)) {
                    (outcome.map_or(t::NOT_SAID, t::outcome).of(lang))
                    @if let Some(code) = reason { " (" (code) ")" }
                }
                td.num data-l=(c::AMOUNT.of(lang)) { (parts::amount(lang, line.amount)) }
            }
        }
    };
    parts::table(&titles, &[4], &rows)
}
