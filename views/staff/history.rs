//! What happened to a debtor and what was written to it: on its page the newest, with what is to
//! come; the older parts on pages of their own.

use domain::party::Language;
use domain::scenario::Channel;
use domain::sms::Price;
use domain::{MessageId, Moment};
use maud::{Markup, html};

use super::ahead;
use super::debtor::{DebtorPage, folded};
use super::shell::{DebtorRef, Section, StaffFrame, debtor_link, staff_page};
use crate::format;
use crate::happening::{Happening, timeline};
use crate::parts;
use crate::paths;
use crate::text::{staff as t, texting};

/// A message that left or was about to.
#[derive(Clone, Debug)]
pub struct SentLine {
    /// Id.
    pub id: MessageId,
    /// When it left, or was last tried.
    pub at: Moment,
    /// To which mailbox.
    pub to: String,
    /// Its subject; of a text message, all it says but its link.
    pub subject: String,
    /// Of a text message, its segments and what they cost.
    pub counted: Option<(i64, Option<Price>)>,
    /// By which way.
    pub channel: Channel,
}

/// What kind of file an exact copy is.
const fn ending(channel: Channel) -> &'static str {
    match channel {
        Channel::Email => ".eml",
        Channel::Letter => ".pdf",
        Channel::Sms | Channel::Call => ".txt",
    }
}

/// What happened to a debtor before.
#[derive(Clone, Debug)]
pub struct OlderPage {
    /// To whom.
    pub debtor: DebtorRef,
    /// What happened, newest first.
    pub timeline: Vec<Happening>,
    /// Messages of that time of which a copy is kept.
    pub messages: Vec<SentLine>,
    /// The address of what happened before that.
    pub older: Option<String>,
}

/// Happenings and messages shown at once; the rest unfolds.
const HAPPENINGS: usize = 20;
const MESSAGES: usize = 10;

/// What happened and what was written, the newest first.
pub(super) fn happened(frame: &StaffFrame, view: &DebtorPage) -> Markup {
    let lang = frame.language;
    html! {
        (ahead::section(frame, &view.ahead))
        section.part #history {
            h2 { (t::HISTORY.of(lang)) }
            @if view.timeline.is_empty() { p.sub { (t::NO_HISTORY.of(lang)) } }
            (folded(lang, &view.timeline, HAPPENINGS, |all| timeline(lang, frame.zone, all)))
            (older_link(lang, view.older.as_deref()))
        }
        @if !view.messages.is_empty() {
            section.part #messages {
                h2 { (t::SENT.of(lang)) }
                (folded(lang, &view.messages, MESSAGES, |all| messages(frame, all)))
            }
        }
    }
}

fn older_link(lang: Language, older: Option<&str>) -> Markup {
    html! {
        @if let Some(older) = older {
            p { a rel="next" href=(older) { (t::OLDER.of(lang)) span aria-hidden="true" { " ›" } } }
        }
    }
}

/// The page of what happened before.
#[must_use]
pub fn older(frame: &StaffFrame, view: &OlderPage) -> Markup {
    let lang = frame.language;
    let title = t::HISTORY.of(lang);
    let body = html! {
        p.back { span aria-hidden="true" { "‹ " } (debtor_link(&view.debtor)) }
        h1 { (title) span.sub { (view.debtor.name) } }
        @if view.timeline.is_empty() { p.sub { (t::NO_HISTORY.of(lang)) } }
        section.part #history { (timeline(lang, frame.zone, &view.timeline)) }
        (older_link(lang, view.older.as_deref()))
        @if !view.messages.is_empty() {
            section.part #messages {
                h2 { (t::SENT.of(lang)) }
                (messages(frame, &view.messages))
            }
        }
    };
    staff_page(frame, Section::Debtors, title, &body)
}

fn messages(frame: &StaffFrame, all: &[SentLine]) -> Markup {
    let lang = frame.language;
    let titles = [
        t::SUBJECT.of(lang),
        t::TO.of(lang),
        t::WHEN.of(lang),
        t::EXACT_COPY.of(lang),
    ];
    let rows = html! {
        @for one in all {
            tr {
                th scope="row" {
                    (one.subject)
                    @if let Some((segments, cost)) = one.counted {
                        span.sub { (texting::counted(lang, segments, cost)) }
                    }
                }
                td data-l=(t::TO.of(lang)) { (one.to) }
                td data-l=(t::WHEN.of(lang)) { (format::moment(lang, frame.zone, one.at)) }
                td {
                    a href=(paths::decide(one.id))
                        aria-label={ (t::EXACT_COPY.of(lang)) " – " (one.subject) } {
                        (ending(one.channel))
                    }
                }
            }
        }
    };
    parts::table(&titles, &[], &rows)
}
