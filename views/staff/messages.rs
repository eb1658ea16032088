//! Messages that nobody but a human can decide on (design promise 4).
//!
//! The decision posts `csrf`, `key` and `decision` (`again` or `give_up`).

use domain::message::{MessageKind, MessageState};
use domain::{MessageId, Moment};
use maud::{Markup, html};

use super::shell::{DebtorRef, Section, StaffFrame, debtor_link, staff_page};
use super::texting::{self, TextsLine};
use crate::format;
use crate::parts::{self, Tone};
use crate::paths;
use crate::text::common as c;
use crate::text::{happening, labels, staff as t};

/// One message.
#[derive(Clone, Debug)]
pub struct MessageLine {
    /// Id.
    pub id: MessageId,
    /// About whom.
    pub debtor: DebtorRef,
    /// What about.
    pub kind: MessageKind,
    /// Unknown or failed.
    pub state: MessageState,
    /// To which mailbox.
    pub to: String,
    /// When it was last tried.
    pub at: Moment,
    /// How often.
    pub attempts: u16,
    /// Whether a copy is kept: its text had started to leave.
    pub copied: bool,
    /// Whether the reader may decide.
    pub may_decide: bool,
    /// Idempotency key of its form.
    pub key: String,
}

/// The list, oldest first, and what the month's text messages cost.
#[must_use]
pub fn page(frame: &StaffFrame, lines: &[MessageLine], texts: &[TextsLine]) -> Markup {
    let lang = frame.language;
    let title = t::MESSAGES.of(lang);
    let titles = [
        t::DEBTOR.of(lang),
        t::MESSAGE.of(lang),
        t::TO.of(lang),
        t::WHEN.of(lang),
        t::TRIES.of(lang),
        c::STATUS.of(lang),
        t::DECISION.of(lang),
    ];
    let rows = html! { @for line in lines { (row(frame, line)) } };
    let body = html! {
        h1 { (title) }
        @if lines.is_empty() {
            p { (t::NO_MESSAGES.of(lang)) }
        } @else {
            p { (t::MESSAGES_LEAD.of(lang)) }
            (parts::table(&titles, &[4], &rows))
        }
        (texting::section(lang, texts))
    };
    staff_page(frame, Section::Messages, title, &body)
}

fn row(frame: &StaffFrame, line: &MessageLine) -> Markup {
    let lang = frame.language;
    let tone = match line.state {
        MessageState::Unknown => Tone::Warn,
        _ => Tone::Bad,
    };
    html! {
        tr {
            th scope="row" { (debtor_link(&line.debtor)) }
            td {
                (labels::message_kind(line.kind).of(lang))
                @if line.copied {
                    span.sub { a href=(paths::decide(line.id)) { (t::EXACT_COPY.of(lang)) } }
                }
            }
            td data-l=(t::TO.of(lang)) { (line.to) }
            td data-l=(t::WHEN.of(lang)) { (format::moment(lang, frame.zone, line.at)) }
            td.num data-l=(t::TRIES.of(lang)) { (line.attempts) }
            td { (parts::tag(tone, happening::message_state(line.state).of(lang))) }
            td {
                @if line.may_decide { (decision(frame, line)) }
            }
        }
    }
}

fn decision(frame: &StaffFrame, line: &MessageLine) -> Markup {
    let lang = frame.language;
    html! {
        form.pair method="post" action=(paths::decide(line.id)) {
            (parts::tokens(&frame.csrf, &line.key))
            button.button.small name="decision" value="again" { (t::SEND_AGAIN.of(lang)) }
            button.button.small.quiet name="decision" value="give_up" { (t::GIVE_UP.of(lang)) }
        }
    }
}
