//! The reminders of a supplier: its scenarios, who follows which, when it writes, pauses of all.
//!
//! Posted fields: `csrf`, `key`, `deed` (`create`, `assign`, `rhythm`, `pause`, `resume`) and those
//! of the deed; `said` is the number of messages that was confirmed.

use domain::hours::Rhythm;
use domain::pause::{Pause, PauseReason};
use domain::scenario::{Profile, Recipe};
use domain::{Day, PauseId, ScenarioId};
use maud::{Markup, Render, html};

use super::shell::{Section, StaffFrame, staff_page};
use crate::field::{self, Input};
use crate::parts::{self, Tone};
use crate::paths;
use crate::problem::{self, Problem};
use crate::text::{own_text, reminders as t};

/// A scenario in the list.
#[derive(Clone, Debug)]
pub struct Line {
    /// Which.
    pub id: ScenarioId,
    /// Its name.
    pub name: String,
    /// Its newest version.
    pub latest: u32,
    /// The version in use.
    pub active: Option<u32>,
}

/// What a person has to confirm.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Many {
    /// How many messages would leave today.
    pub count: usize,
    /// By what.
    pub deed: ToConfirm,
}

/// What would have many messages leave.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ToConfirm {
    /// A profile gets a scenario; none is the one that is built in.
    Assign(Profile, Option<ScenarioId>),
    /// A pause of all ends.
    Resume(PauseId),
}

/// What the page shows.
#[derive(Clone, Debug)]
pub struct ScenariosPage {
    /// Code of the supplier.
    pub supplier: String,
    /// Today there.
    pub today: Day,
    /// Its scenarios.
    pub scenarios: Vec<Line>,
    /// Who follows which.
    pub assigned: Vec<(Profile, ScenarioId)>,
    /// When it writes.
    pub rhythm: Rhythm,
    /// Pauses of all.
    pub pauses: Vec<Pause>,
    /// How many messages await approval.
    pub waiting: usize,
    /// Whether the reader may change anything.
    pub may_write: bool,
    /// What was typed as a name.
    pub name: String,
    /// What is to be confirmed.
    pub many: Option<Many>,
    /// What was wrong.
    pub problems: Vec<Problem>,
    /// Idempotency key.
    pub key: String,
}

impl ScenariosPage {
    fn has(&self, profile: Profile) -> Option<&Line> {
        let own = self.assigned.iter().find(|(who, _)| *who == profile)?;
        self.scenarios.iter().find(|line| line.id == own.1)
    }
}

/// The page.
#[must_use]
pub fn page(frame: &StaffFrame, view: &ScenariosPage) -> Markup {
    let lang = frame.language;
    let body = html! {
        (problem::summary(&view.problems, lang))
        h1 { (t::TITLE.of(lang)) }
        @if let Some(many) = &view.many { (confirm(frame, view, *many)) }
        (paused(frame, view))
        nav.jump aria-label=(t::TITLE.of(lang)) {
            ul {
                li { a href=(paths::dry_run(&view.supplier)) { (t::DRY_RUN.of(lang)) } }
                li { a href=(paths::texts(&view.supplier)) { (own_text::TITLE.of(lang)) } }
                li {
                    a href=(paths::approvals(&view.supplier)) {
                        (t::APPROVALS.of(lang)) " " span.count { (view.waiting) }
                    }
                }
            }
        }
        div.sides {
            section.card { (scenarios(frame, view)) }
            section.card { (who(frame, view)) }
        }
        @if view.may_write {
            div.sides {
                section.card { (rhythm(frame, view)) }
                section.card { (pause(frame, view)) }
            }
        }
    };
    staff_page(frame, Section::Reminders, t::TITLE.of(lang), &body)
}

fn confirm(frame: &StaffFrame, view: &ScenariosPage, many: Many) -> Markup {
    let lang = frame.language;
    let (words, deed) = match many.deed {
        ToConfirm::Assign(profile, scenario) => {
            let scenario = scenario.map(|id| id.to_string()).unwrap_or_default();
            let deed = html! {
                (parts::hidden("deed", "assign"))
                (parts::hidden("profile", profile.as_str()))
                (parts::hidden("scenario", &scenario))
            };
            (t::many(lang, many.count), deed)
        }
        ToConfirm::Resume(pause) => {
            let deed = html! {
                (parts::hidden("deed", "resume"))
                (parts::hidden("pause", &pause.to_string()))
            };
            (t::many_resumed(lang, many.count), deed)
        }
    };
    parts::banner(
        Tone::Warn,
        t::CONFIRM_TITLE.of(lang),
        &html! {
            p { (words) }
            form method="post" action=(paths::reminders(&view.supplier)) {
                (parts::tokens(&frame.csrf, &view.key))
                (deed)
                (parts::hidden("said", &many.count.to_string()))
                div.actions {
                    button.button { (t::yes(lang, many.count)) }
                    a.button.quiet href=(paths::reminders(&view.supplier)) { (t::CANCEL.of(lang)) }
                }
            }
        },
    )
}

fn paused(frame: &StaffFrame, view: &ScenariosPage) -> Markup {
    let lang = frame.language;
    html! {
        @for one in &view.pauses {
            (parts::banner(Tone::Warn, t::PAUSED_ALL.of(lang), &html! {
                p {
                    (t::pause_reason(one.reason).of(lang))
                    @if !one.note.is_empty() { " · " (one.note) }
                    " · " (t::PAUSE_UNTIL.of(lang)) " " (parts::date(lang, one.until))
                }
                @if view.may_write {
                    form method="post" action=(paths::reminders(&view.supplier)) {
                        (parts::tokens(&frame.csrf, &view.key))
                        (parts::hidden("deed", "resume"))
                        (parts::hidden("pause", &one.id.to_string()))
                        button.button.quiet { (t::PAUSE_END.of(lang)) }
                    }
                }
            }))
        }
    }
}

fn scenarios(frame: &StaffFrame, view: &ScenariosPage) -> Markup {
    let lang = frame.language;
    html! {
        h2 { (t::SCENARIOS.of(lang)) }
        @if view.scenarios.is_empty() { p.sub { (t::NO_SCENARIO.of(lang)) } }
        ul.plain {
            @for one in &view.scenarios {
                li {
                    a href=(paths::scenario(&view.supplier, one.id)) { (one.name) } " "
                    @match one.active {
                        None => { (parts::tag(Tone::Calm, t::DRAFT.of(lang))) }
                        Some(active) => {
                            (parts::tag(Tone::Ok, t::IN_USE.of(lang))) " "
                            @if active != one.latest {
                                (parts::tag(Tone::Warn, t::NEWER.of(lang)))
                            }
                        }
                    }
                }
            }
        }
        @if view.may_write { details open[view.scenarios.is_empty()] {
            summary { (t::CREATE.of(lang)) }
            (create(frame, view))
        } }
    }
}

fn create(frame: &StaffFrame, view: &ScenariosPage) -> Markup {
    let lang = frame.language;
    let options: Vec<(&str, &str, bool)> = Recipe::ALL
        .iter()
        .map(|one| (one.as_str(), t::recipe(*one).of(lang), false))
        .collect();
    html! {
        form.narrow method="post" action=(paths::reminders(&view.supplier)) novalidate {
            (parts::tokens(&frame.csrf, &view.key))
            (parts::hidden("deed", "create"))
            (Input::text("name", t::NAME.of(lang), &view.name)
                .autocomplete("off").checked(&view.problems, lang))
            (field::select("recipe", "recipe", t::RECIPE.of(lang), &options))
            button.button { (t::CREATE_IT.of(lang)) }
        }
    }
}

fn who(frame: &StaffFrame, view: &ScenariosPage) -> Markup {
    let lang = frame.language;
    html! {
        h2 { (t::WHO_HAS.of(lang)) }
        dl.facts {
            @for profile in Profile::ALL {
                div {
                    dt { (t::profile(*profile).of(lang)) }
                    dd {
                        @match view.has(*profile) {
                            Some(line) => {
                                a href=(paths::scenario(&view.supplier, line.id)) { (line.name) }
                            }
                            None => { (t::BUILT_IN.of(lang)) }
                        }
                    }
                }
            }
        }
        @if view.may_write { (assign(frame, view)) }
    }
}

fn assign(frame: &StaffFrame, view: &ScenariosPage) -> Markup {
    let lang = frame.language;
    let profiles: Vec<(&str, &str, bool)> = Profile::ALL
        .iter()
        .map(|one| (one.as_str(), t::profile(*one).of(lang), false))
        .collect();
    let used = view.scenarios.iter().filter(|one| one.active.is_some());
    let named: Vec<(String, &str)> = used.map(|one| (one.id.to_string(), &*one.name)).collect();
    let mut options = vec![("", t::BUILT_IN.of(lang), false)];
    options.extend(named.iter().map(|(id, name)| (id.as_str(), *name, false)));
    html! {
        form.bar method="post" action=(paths::reminders(&view.supplier)) {
            (parts::tokens(&frame.csrf, &view.key))
            (parts::hidden("deed", "assign"))
            (field::select("profile", "profile", t::PROFILE.of(lang), &profiles))
            (field::select("scenario", "scenario", t::SCENARIO.of(lang), &options))
            button.button { (t::ASSIGN.of(lang)) }
        }
    }
}

fn rhythm(frame: &StaffFrame, view: &ScenariosPage) -> Markup {
    let (lang, own) = (frame.language, &view.rhythm);
    let number = |name: &'static str, label: &'static str, value: String| {
        Input::text(name, label, &value)
            .inputmode("numeric")
            .checked(&view.problems, lang)
            .render()
    };
    html! {
        h2 { (t::RHYTHM.of(lang)) }
        p.sub { (t::RHYTHM_HINT.of(lang)) }
        form.narrow method="post" action=(paths::reminders(&view.supplier)) novalidate {
            (parts::tokens(&frame.csrf, &view.key))
            (parts::hidden("deed", "rhythm"))
            fieldset.field {
                legend { (t::DAYS.of(lang)) }
                div.choices {
                    @for (place, day) in t::WEEKDAYS.iter().enumerate() {
                        label.choice {
                            input type="checkbox" name="days" value=(place)
                                checked[own.days >> place & 1 == 1];
                            span { (day.of(lang)) }
                        }
                    }
                }
            }
            (number("first_hour", t::FIRST_HOUR.of(lang), own.first_hour.to_string()))
            (number("closing_hour", t::CLOSING_HOUR.of(lang), own.closing_hour.to_string()))
            (number("gap_days", t::GAP.of(lang), own.gap_days.to_string()))
            (number("daily_max", t::DAILY_MAX.of(lang), own.daily_max.to_string()))
            (number("notice_days", t::NOTICE_DAYS.of(lang), own.notice_days.to_string()))
            button.button { (t::SAVE.of(lang)) }
        }
    }
}

fn pause(frame: &StaffFrame, view: &ScenariosPage) -> Markup {
    let lang = frame.language;
    let range = (
        view.today.to_string(),
        view.today.plus_days(366).to_string(),
    );
    html! {
        h2 { (t::PAUSE_ALL.of(lang)) }
        form.narrow method="post" action=(paths::reminders(&view.supplier)) novalidate {
            (parts::tokens(&frame.csrf, &view.key))
            (parts::hidden("deed", "pause"))
            (reasons(frame))
            (Input::text("note", t::PAUSE_NOTE.of(lang), "").checked(&view.problems, lang))
            (Input::day("until", t::PAUSE_UNTIL.of(lang), "", range).checked(&view.problems, lang))
            button.button.quiet { (t::PAUSE_DO.of(lang)) }
        }
    }
}

/// Why something is paused.
pub(super) fn reasons(frame: &StaffFrame) -> Markup {
    let lang = frame.language;
    let options: Vec<(&str, &str, bool)> = PauseReason::ALL
        .iter()
        .map(|one| (one.as_str(), t::pause_reason(*one).of(lang), false))
        .collect();
    field::select("reason", "reason", t::PAUSE_REASON.of(lang), &options)
}
