//! One file of direct debits: who made and approved it, its debits, what can be decided.
//!
//! The decision posts `csrf`, `key` and `decision` (`approve`, `export` or `cancel`).

use domain::Moment;
use domain::batch::BatchState;
use maud::{Markup, html};

use super::debits::{DebitLine, FileLine, Refused, days, debits, refusal, tone};
use super::shell::{Section, StaffFrame, staff_page};
use crate::format;
use crate::parts;
use crate::paths;
use crate::text::common as c;
use crate::text::debits as t;
use crate::text::recall;

/// One file with its debits.
#[derive(Clone, Debug)]
pub struct BatchPage {
    /// Code of the supplier.
    pub supplier: String,
    /// The file.
    pub file: FileLine,
    /// The name the bank knows it by.
    pub message_id: String,
    /// Who made it.
    pub maker: String,
    /// Who approved it, and when.
    pub approved: Option<(String, Moment)>,
    /// When it was first taken out.
    pub exported_at: Option<Moment>,
    /// Its fingerprint.
    pub sha256: String,
    /// Its debits, the first ones.
    pub debits: Vec<DebitLine>,
    /// Whether the bytes may be handed out.
    pub is_out: bool,
    /// Whether a file that is out may still be called off.
    pub in_time: bool,
    /// Whether the reader may decide.
    pub may_write: bool,
    /// Idempotency key.
    pub key: String,
    /// What was wrong.
    pub refused: Option<Refused>,
}

/// One file.
#[must_use]
pub fn page(frame: &StaffFrame, view: &BatchPage) -> Markup {
    let lang = frame.language;
    let title = t::FILE.of(lang);
    let body = html! {
        h1 { (title) span.sub { (view.message_id) } }
        (refusal(frame, view.refused.as_ref()))
        (facts(frame, view))
        @if view.is_out {
            @let bytes = paths::batch_file(&view.supplier, view.file.id);
            p { a href=(bytes) { (t::DOWNLOAD.of(lang)) } }
            p {
                a href=(paths::recalls(&view.supplier, view.file.id)) { (recall::LINK.of(lang)) }
            }
        }
        @if view.may_write { (decision(frame, view)) }
        h2 { (t::count(lang, view.file.debits)) }
        @if !view.debits.is_empty() { (debits(frame, &view.debits)) }
        @if view.debits.len() < view.file.debits && !view.debits.is_empty() {
            p.sub { (t::MORE.of(lang)) }
        }
        p.back { a href=(paths::debits(&view.supplier)) { (t::BACK.of(lang)) } }
    };
    staff_page(frame, Section::Debits, title, &body)
}

fn facts(frame: &StaffFrame, view: &BatchPage) -> Markup {
    let lang = frame.language;
    let moment = |at| format::moment(lang, frame.zone, at);
    let state = view.file.state;
    let mut rows = vec![
        (
            c::STATUS.of(lang),
            parts::tag(tone(state), t::state(state).of(lang)),
        ),
        (t::DAYS.of(lang), days(frame, view.file.days)),
        (t::SUM.of(lang), parts::amount(lang, view.file.total)),
        (
            t::MADE_BY.of(lang),
            html! { (view.maker) ", " (moment(view.file.created_at)) },
        ),
    ];
    if let Some((approver, at)) = &view.approved {
        let by = html! { (approver) ", " (moment(*at)) };
        rows.push((t::APPROVED_BY.of(lang), by));
    }
    if let Some(at) = view.exported_at {
        rows.push((t::EXPORTED.of(lang), html! { (moment(at)) }));
    }
    rows.push((t::CHECKSUM.of(lang), html! { code.long { (view.sha256) } }));
    parts::facts(&rows)
}

fn decision(frame: &StaffFrame, view: &BatchPage) -> Markup {
    let lang = frame.language;
    let (next, cancel) = match view.file.state {
        BatchState::Draft => (Some(("approve", t::APPROVE)), Some(t::CANCEL)),
        BatchState::Approved => (Some(("export", t::EXPORT)), Some(t::CANCEL)),
        BatchState::Exported if view.in_time => (None, Some(t::CANCEL_OUT)),
        _ => return html! {},
    };
    html! {
        form method="post" action=(paths::batch(&view.supplier, view.file.id)) {
            (parts::tokens(&frame.csrf, &view.key))
            @if cancel.is_some() { p.hint { (t::CANCEL_HINT.of(lang)) } }
            div.actions {
                @if let Some((decision, words)) = next {
                    button.button name="decision" value=(decision) { (words.of(lang)) }
                }
                @if let Some(words) = cancel {
                    button.button.quiet name="decision" value="cancel" { (words.of(lang)) }
                }
            }
        }
    }
}
