//! What is to be written to a debtor, when, and why not: apart from what happened.

use domain::message::MessageKind;
use domain::party::Language;
use domain::unsent::Unsent;
use domain::{Day, Moment};
use maud::{Markup, html};

use super::shell::StaffFrame;
use crate::format;
use crate::parts::{self, Tone};
use crate::text::{ahead as t, labels};

/// What is to come.
#[derive(Clone, Default, Debug)]
pub struct Ahead {
    /// Messages that wait to leave.
    pub waiting: Vec<WaitingLine>,
    /// The next reminder, if all stays as it is.
    pub next: Option<NextLine>,
    /// Open invoices that are not reminded of.
    pub paused: Vec<PausedLine>,
    /// Whether the supplier's data is too old for any reminder.
    pub stale: bool,
    /// The address of the page about this customer's reminders.
    pub more: Option<String>,
}

impl Ahead {
    /// How many lines say something.
    pub(super) const fn count(&self) -> usize {
        let next = if self.next.is_some() { 1 } else { 0 };
        self.waiting.len() + next + self.paused.len()
    }
}

/// A message that waits.
#[derive(Clone, Debug)]
pub struct WaitingLine {
    /// What about.
    pub kind: MessageKind,
    /// When it is to leave.
    pub at: Moment,
    /// Whether it was refused for now, and is tried again.
    pub again: bool,
    /// Why it will not leave, as the account stands.
    pub withheld: Option<Pause>,
}

/// The next reminder.
#[derive(Clone, Debug)]
pub struct NextLine {
    /// Which.
    pub kind: MessageKind,
    /// Its day.
    pub on: Day,
    /// The numbers of its invoices.
    pub numbers: Vec<String>,
}

/// An invoice that is not reminded of.
#[derive(Clone, Debug)]
pub struct PausedLine {
    /// Its number.
    pub number: String,
    /// Why.
    pub why: Pause,
}

/// Why nothing is asked for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Pause {
    /// It is disputed, and should be answered by this day; none once it was accepted.
    Disputed(Option<Day>),
    /// It is promised for this day.
    Promised(Day),
    /// It is on a plan, whose next instalment is due on this day.
    OnPlan(Day),
    /// Time was asked for.
    PlanAsked,
    /// A payment is under way.
    Paying,
    /// Nothing is open of it.
    Settled,
    /// It is held back for another reason.
    Held(Unsent),
}

/// The list.
pub(super) fn section(frame: &StaffFrame, view: &Ahead) -> Markup {
    let lang = frame.language;
    html! {
        section.part #ahead {
            h2 { (t::TITLE.of(lang)) }
            @if view.stale { p { (parts::tag(Tone::Bad, t::STALE.of(lang))) } }
            @if view.waiting.is_empty() && view.next.is_none() {
                p.sub { (t::NOTHING.of(lang)) }
            }
            ul.plain {
                @for one in &view.waiting { li { (waiting(frame, one)) } }
                @if let Some(next) = &view.next { li { (upcoming(lang, next, view.stale)) } }
                @for one in &view.paused {
                    li {
                        (t::not_reminded(lang, &one.number)) " "
                        (parts::tag(Tone::Calm, &t::why(lang, one.why)))
                    }
                }
            }
            @if let Some(address) = &view.more { p { a href=(address) { (t::MORE.of(lang)) } } }
        }
    }
}

fn waiting(frame: &StaffFrame, one: &WaitingLine) -> Markup {
    let lang = frame.language;
    let kind = labels::message_kind(one.kind).of(lang);
    html! {
        (kind) " "
        @match one.withheld {
            Some(why) => {
                (parts::tag(Tone::Calm, &t::will_not_leave(lang, why)))
            }
            None => {
                @let at = format::moment(lang, frame.zone, one.at);
                (parts::tag(Tone::Info, &t::leaves(lang, &at)))
                @if one.again { " " (parts::tag(Tone::Warn, t::AGAIN.of(lang))) }
            }
        }
    }
}

fn upcoming(lang: Language, next: &NextLine, stale: bool) -> Markup {
    let kind = labels::message_kind(next.kind).of(lang);
    html! {
        (kind) " "
        @if !stale {
            (parts::tag(Tone::Info, &t::planned(lang, &format::day(lang, next.on)))) " "
        }
        span.sub { (next.numbers.join(", ")) }
    }
}
