//! What is written to one customer: its profile, the days to come, pauses, insolvency.
//!
//! Posted fields: `csrf`, `key`, `deed` (`profile`, `pause`, `resume`, `insolvency`) and those of
//! the deed.

use domain::insolvency::{Insolvency, InsolvencyKind};
use domain::message::MessageKind;
use domain::pause::{Pause, PauseKind};
use domain::scenario::{Channel, Profile, Step};
use domain::unsent::Unsent;
use domain::{Day, DebtorId, InvoiceId};
use maud::{Markup, html};

use super::scenario::timeline;
use super::scenarios::reasons;
use super::shell::{Section, StaffFrame, staff_page};
use crate::field::{self, Input};
use crate::parts::{self, Tone};
use crate::paths;
use crate::problem::{self, Problem};
use crate::text::document as d;
use crate::text::{labels, reminders as t, unsent};

/// What a day brings.
#[derive(Clone, Debug)]
pub enum Brings {
    /// A message leaves.
    Message(MessageKind, Channel),
    /// A person is asked about one.
    Asked(MessageKind, Channel),
    /// A step is passed over.
    Passed(MessageKind, Unsent),
}

/// A day to come.
#[derive(Clone, Debug)]
pub struct DayLine {
    /// The day it leaves.
    pub on: Day,
    /// What.
    pub what: Brings,
    /// The numbers of its invoices.
    pub numbers: Vec<String>,
}

/// What the page shows.
#[derive(Clone, Debug)]
pub struct RemindersPage {
    /// Code of the supplier.
    pub supplier: String,
    /// Which customer.
    pub debtor: DebtorId,
    /// Its name.
    pub name: String,
    /// Today there.
    pub today: Day,
    /// What kind of customer it is.
    pub profile: Profile,
    /// The scenario it follows, by name; none for the one that is built in.
    pub scenario: Option<String>,
    /// Its steps.
    pub steps: Vec<Step>,
    /// The days to come.
    pub days: Vec<DayLine>,
    /// Invoices of which nothing is written today, and why.
    pub waits: Vec<(String, Unsent)>,
    /// Open invoices that can be paused.
    pub invoices: Vec<(InvoiceId, String)>,
    /// Pauses that hold, with the number of the invoice they are of.
    pub pauses: Vec<(Pause, Option<String>)>,
    /// Proceedings, if any.
    pub insolvency: Option<Insolvency>,
    /// Whether the reader may change anything.
    pub may_write: bool,
    /// What was wrong.
    pub problems: Vec<Problem>,
    /// Idempotency key.
    pub key: String,
}

/// The page.
#[must_use]
pub fn page(frame: &StaffFrame, view: &RemindersPage) -> Markup {
    let lang = frame.language;
    let body = html! {
        (problem::summary(&view.problems, lang))
        h1 { (t::PLANNED.of(lang)) span.sub { (view.name) } }
        @if let Some(found) = &view.insolvency { (insolvent(frame, *found)) }
        div.sides {
            section.card { (days(frame, view)) }
            section.card { (scenario(frame, view)) }
        }
        div.sides {
            section.card { (pauses(frame, view)) }
            @if view.may_write { section.card { (insolvency(frame, view)) } }
        }
        p.back { a href=(paths::debtor(&view.supplier, view.debtor)) { (d::CUSTOMER.of(lang)) } }
    };
    staff_page(frame, Section::Debtors, t::PLANNED.of(lang), &body)
}

fn insolvent(frame: &StaffFrame, found: Insolvency) -> Markup {
    let lang = frame.language;
    parts::banner(
        Tone::Bad,
        t::insolvency(found.kind).of(lang),
        &html! {
            p { (t::INSOLVENCY_HINT.of(lang)) }
            @if let Some(by) = found.declare_by() {
                p { (t::DECLARE_BY.of(lang)) " " (parts::date(lang, by)) }
            }
        },
    )
}

fn days(frame: &StaffFrame, view: &RemindersPage) -> Markup {
    let lang = frame.language;
    html! {
        h2 { (t::NEXT_DAYS.of(lang)) }
        p.sub { (t::NEXT_HINT.of(lang)) }
        @if view.days.is_empty() { p { (t::NOTHING_PLANNED.of(lang)) } }
        ol.course {
            @for day in &view.days {
                li {
                    strong { (parts::date(lang, day.on)) }
                    span { (brings(frame, &day.what)) span.sub.each { (day.numbers.join(", ")) } }
                }
            }
        }
        @if !view.waits.is_empty() {
            h2 { (t::HELD_NOW.of(lang)) }
            dl.facts {
                @for (number, why) in &view.waits {
                    div { dt { (number) } dd { (unsent::why(*why).of(lang)) } }
                }
            }
        }
    }
}

fn brings(frame: &StaffFrame, what: &Brings) -> Markup {
    let lang = frame.language;
    let kind = |kind: MessageKind| labels::message_kind(kind).of(lang);
    html! {
        @match what {
            Brings::Message(one, channel) => {
                (kind(*one)) ", " (t::channel(*channel).of(lang))
            }
            Brings::Asked(one, channel) => {
                (kind(*one)) ", " (t::channel(*channel).of(lang)) " "
                (parts::tag(Tone::Warn, t::AFTER_APPROVAL.of(lang)))
            }
            Brings::Passed(one, why) => {
                (kind(*one)) " " (parts::tag(Tone::Calm, unsent::why(*why).of(lang)))
            }
        }
    }
}

fn scenario(frame: &StaffFrame, view: &RemindersPage) -> Markup {
    let lang = frame.language;
    let profiles: Vec<(&str, &str, bool)> = Profile::ALL
        .iter()
        .map(|one| {
            (
                one.as_str(),
                t::profile(*one).of(lang),
                *one == view.profile,
            )
        })
        .collect();
    let name = view.scenario.as_deref().unwrap_or(t::BUILT_IN.of(lang));
    html! {
        h2 { (name) }
        p.sub { (t::profile(view.profile).of(lang)) }
        (timeline(frame, &view.steps))
        @if view.may_write {
            form.bar method="post" action=(paths::debtor_reminders(&view.supplier, view.debtor)) {
                (parts::tokens(&frame.csrf, &view.key))
                (parts::hidden("deed", "profile"))
                (field::select("profile", "profile", t::PROFILE.of(lang), &profiles))
                button.button.quiet { (t::CHANGE_PROFILE.of(lang)) }
            }
        }
    }
}

fn pauses(frame: &StaffFrame, view: &RemindersPage) -> Markup {
    let lang = frame.language;
    html! {
        h2 { (t::PAUSES.of(lang)) }
        @if view.pauses.is_empty() { p.sub { (t::NO_PAUSES.of(lang)) } }
        ul.plain {
            @for (one, number) in &view.pauses {
                li {
                    (t::pause_kind(one.kind).of(lang)) " · "
                    (number.as_deref().unwrap_or(t::WHOLE_ACCOUNT.of(lang))) " · "
                    (t::pause_reason(one.reason).of(lang))
                    @if !one.note.is_empty() { " · " (one.note) }
                    " · " (t::PAUSE_UNTIL.of(lang)) " " (parts::date(lang, one.until))
                    @if view.may_write { (resume(frame, view, one)) }
                }
            }
        }
        @if view.may_write { (pause(frame, view)) }
    }
}

fn resume(frame: &StaffFrame, view: &RemindersPage, one: &Pause) -> Markup {
    html! {
        form method="post" action=(paths::debtor_reminders(&view.supplier, view.debtor)) {
            (parts::tokens(&frame.csrf, &view.key))
            (parts::hidden("deed", "resume"))
            (parts::hidden("pause", &one.id.to_string()))
            button.link { (t::PAUSE_END.of(frame.language)) }
        }
    }
}

fn pause(frame: &StaffFrame, view: &RemindersPage) -> Markup {
    let lang = frame.language;
    let kinds: Vec<(&str, &str, bool)> = PauseKind::ALL
        .iter()
        .map(|one| (one.as_str(), t::pause_kind(*one).of(lang), false))
        .collect();
    let named: Vec<(String, &str)> = view
        .invoices
        .iter()
        .map(|(id, number)| (id.to_string(), number.as_str()))
        .collect();
    let mut whats = vec![("", t::WHOLE_ACCOUNT.of(lang), true)];
    whats.extend(
        named
            .iter()
            .map(|(id, number)| (id.as_str(), *number, false)),
    );
    let last = view.today.plus_days(PauseKind::Exclusion.days_max());
    let range = (view.today.to_string(), last.to_string());
    html! {
        form.narrow method="post" action=(paths::debtor_reminders(&view.supplier, view.debtor))
            novalidate {
            (parts::tokens(&frame.csrf, &view.key))
            (parts::hidden("deed", "pause"))
            (field::select("kind", "kind", t::PAUSE_KIND.of(lang), &kinds))
            (field::select("invoice", "invoice", t::PAUSE_WHAT.of(lang), &whats))
            (reasons(frame))
            (Input::text("note", t::PAUSE_NOTE.of(lang), "").checked(&view.problems, lang))
            (Input::day("until", t::PAUSE_UNTIL.of(lang), "", range).checked(&view.problems, lang))
            button.button { (t::PAUSE_DO.of(lang)) }
        }
    }
}

fn insolvency(frame: &StaffFrame, view: &RemindersPage) -> Markup {
    let lang = frame.language;
    let now = view.insolvency;
    let mut kinds = vec![("", t::INSOLVENCY_NONE.of(lang), now.is_none())];
    kinds.extend(InsolvencyKind::ALL.iter().map(|one| {
        let chosen = now.is_some_and(|now| now.kind == *one);
        (one.as_str(), t::insolvency(*one).of(lang), chosen)
    }));
    let day = |day: Option<Day>| day.map(|day| day.to_string()).unwrap_or_default();
    let (judged, published) = (
        day(now.map(|now| now.judged_on)),
        day(now.and_then(|now| now.published_on)),
    );
    let range = || {
        let first = view.today.plus_days(-3_660);
        (first.to_string(), view.today.to_string())
    };
    html! {
        h2 { (t::INSOLVENCY.of(lang)) }
        form.narrow method="post" action=(paths::debtor_reminders(&view.supplier, view.debtor))
            novalidate {
            (parts::tokens(&frame.csrf, &view.key))
            (parts::hidden("deed", "insolvency"))
            (field::select("proceedings", "proceedings", t::INSOLVENCY_KIND.of(lang), &kinds))
            (Input::day("judged_on", t::JUDGED_ON.of(lang), &judged, range())
                .checked(&view.problems, lang))
            (Input::day("published_on", t::PUBLISHED_ON.of(lang), &published, range())
                .optional(lang).checked(&view.problems, lang))
            button.button.quiet { (t::SAVE.of(lang)) }
        }
    }
}
