//! One scenario: its timeline, its steps to change, and bringing it into use. Each save is a new
//! version.
//!
//! Posted fields: `csrf`, `key`, `deed` (`save` or `activate`), `version`, `said`, `thanks`, and of
//! the n-th step, with `.n` behind each name: `code`, `offset`, `kind`, `channels`, `least_amount`,
//! `least_balance`, `rest_days`, `behaviour`, `profiles`, `unless`, `approval`, `remove`.

use domain::ScenarioId;
use domain::message::MessageKind;
use domain::scenario::{Behaviour, Block, Channel, Profile, Step};
use maud::{Markup, html};

use super::shell::{Section, StaffFrame, staff_page};
use crate::field::{self, Input};
use crate::parts::{self, Tone};
use crate::paths;
use crate::problem::{self, Problem};
use crate::text::{labels, reminders as t};

/// A step as it stands in the form.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct StepForm {
    /// Its stable code; empty for a new step.
    pub code: String,
    /// Days from the due day.
    pub offset: String,
    /// Its level.
    pub kind: MessageKind,
    /// Its channels.
    pub channels: Vec<Channel>,
    /// The least amount of the invoice.
    pub least_amount: String,
    /// The least balance of the account.
    pub least_balance: String,
    /// Days since the last message.
    pub rest_days: String,
    /// How the account behaved.
    pub behaviour: Behaviour,
    /// For these profiles only.
    pub profiles: Vec<Profile>,
    /// What it keeps away from.
    pub unless: Vec<Block>,
    /// Whether a person says yes first.
    pub approval: bool,
}

impl StepForm {
    /// A step as it is stored.
    #[must_use]
    pub fn of(step: &Step) -> Self {
        let unless_none = |value: u32| match value {
            0 => String::new(),
            value => value.to_string(),
        };
        Self {
            code: step.code.clone(),
            offset: step.offset_days.to_string(),
            kind: step.kind,
            channels: step.channels.clone(),
            least_amount: unless_none(step.when.least_amount),
            least_balance: unless_none(step.when.least_balance),
            rest_days: unless_none(step.when.rest_days.into()),
            behaviour: step.when.behaviour,
            profiles: step.when.profiles.clone(),
            unless: step.when.unless.clone(),
            approval: step.approval,
        }
    }

    /// A step still to be written.
    #[must_use]
    pub fn blank() -> Self {
        let mut blank = Self::of(&Step::email(MessageKind::Reminder1, 0));
        blank.code.clear();
        blank.offset.clear();
        blank
    }

    fn has_conditions(&self) -> bool {
        let plain = Self {
            code: self.code.clone(),
            offset: self.offset.clone(),
            kind: self.kind,
            channels: self.channels.clone(),
            approval: self.approval,
            ..Self::blank()
        };
        *self != plain
    }
}

/// What the page shows.
#[derive(Clone, Debug)]
pub struct ScenarioPage {
    /// Code of the supplier.
    pub supplier: String,
    /// Which.
    pub id: ScenarioId,
    /// Its name.
    pub name: String,
    /// The version that is shown.
    pub version: u32,
    /// The version in use.
    pub active: Option<u32>,
    /// The profiles that follow it.
    pub profiles: Vec<Profile>,
    /// The steps as they are stored.
    pub steps: Vec<Step>,
    /// The steps as they stand in the form.
    pub form: Vec<StepForm>,
    /// Whether payments are thanked for.
    pub thanks: bool,
    /// How many messages would leave today, when that is to be confirmed.
    pub many: Option<usize>,
    /// Whether somebody has saved it meanwhile.
    pub changed: bool,
    /// Whether the reader may change it.
    pub may_write: bool,
    /// What was wrong.
    pub problems: Vec<Problem>,
    /// Idempotency key.
    pub key: String,
}

/// Orders of channels that can be chosen.
pub const CHANNELS: &[&[Channel]] = &[
    &[Channel::Email],
    &[Channel::Email, Channel::Sms],
    &[Channel::Email, Channel::Sms, Channel::Letter],
    &[Channel::Email, Channel::Sms, Channel::Letter, Channel::Call],
    &[Channel::Email, Channel::Letter],
    &[Channel::Sms],
    &[Channel::Sms, Channel::Email],
    &[Channel::Letter],
    &[Channel::Letter, Channel::Email],
    &[Channel::Call],
    &[Channel::Call, Channel::Email],
];

/// The page.
#[must_use]
pub fn page(frame: &StaffFrame, view: &ScenarioPage) -> Markup {
    let lang = frame.language;
    let body = html! {
        (problem::summary(&view.problems, lang))
        h1 { (view.name) span.sub { (t::version(view.version)) } }
        p {
            @if view.active == Some(view.version) {
                (parts::tag(Tone::Ok, t::IN_USE.of(lang)))
            } @else if view.active.is_some() {
                (parts::tag(Tone::Warn, t::NEWER.of(lang)))
            } @else {
                (parts::tag(Tone::Calm, t::DRAFT.of(lang)))
            }
            @for profile in &view.profiles {
                " " (parts::tag(Tone::Info, t::profile(*profile).of(lang)))
            }
        }
        @if view.changed {
            (parts::banner(Tone::Warn, t::SAVED_MEANWHILE.of(lang), &html! {}))
        }
        @if let Some(count) = view.many { (confirm(frame, view, count)) }
        section.part {
            h2 { (t::TIMELINE.of(lang)) }
            (timeline(frame, &view.steps))
        }
        @if view.may_write {
            @if view.active != Some(view.version) && view.many.is_none() { (use_it(frame, view)) }
            (form(frame, view))
        }
        p.back { a href=(paths::reminders(&view.supplier)) { (t::TITLE.of(lang)) } }
    };
    staff_page(frame, Section::Reminders, &view.name, &body)
}

/// The steps by their days, the due day among them.
pub(super) fn timeline(frame: &StaffFrame, steps: &[Step]) -> Markup {
    let lang = frame.language;
    let (before, after): (Vec<&Step>, Vec<&Step>) = steps.iter().partition(|step| step.is_notice());
    html! {
        ol.course {
            @for step in before { (mark(frame, step)) }
            li.due { strong { (t::offset(lang, 0)) } span { (t::DUE_DAY.of(lang)) } }
            @for step in after { (mark(frame, step)) }
        }
    }
}

fn mark(frame: &StaffFrame, step: &Step) -> Markup {
    let lang = frame.language;
    html! {
        li {
            strong { (t::offset(lang, step.offset_days)) }
            span {
                (labels::message_kind(step.kind).of(lang))
                span.sub.each { (t::channels(lang, &step.channels)) }
                @if step.approval { span.sub.each { (t::AFTER_APPROVAL.of(lang)) } }
            }
        }
    }
}

fn confirm(frame: &StaffFrame, view: &ScenarioPage, count: usize) -> Markup {
    let lang = frame.language;
    parts::banner(
        Tone::Warn,
        t::CONFIRM_TITLE.of(lang),
        &html! {
            p { (t::many(lang, count)) }
            form method="post" action=(paths::scenario(&view.supplier, view.id)) {
                (parts::tokens(&frame.csrf, &view.key))
                (parts::hidden("deed", "activate"))
                (parts::hidden("version", &view.version.to_string()))
                (parts::hidden("said", &count.to_string()))
                div.actions {
                    button.button { (t::yes(lang, count)) }
                    a.button.quiet href=(paths::scenario(&view.supplier, view.id)) {
                        (t::CANCEL.of(lang))
                    }
                }
            }
        },
    )
}

fn use_it(frame: &StaffFrame, view: &ScenarioPage) -> Markup {
    let lang = frame.language;
    let run = format!("{}?scenario={}", paths::dry_run(&view.supplier), view.id);
    html! {
        form method="post" action=(paths::scenario(&view.supplier, view.id)) {
            (parts::tokens(&frame.csrf, &view.key))
            (parts::hidden("deed", "activate"))
            (parts::hidden("version", &view.version.to_string()))
            @if view.profiles.is_empty() { p.sub { (t::ACTIVATE_NONE.of(lang)) } }
            div.actions {
                button.button { (t::ACTIVATE.of(lang)) }
                @if !view.profiles.is_empty() {
                    a.button.quiet href=(run) { (t::TRY_IT.of(lang)) }
                }
            }
        }
    }
}

fn form(frame: &StaffFrame, view: &ScenarioPage) -> Markup {
    let lang = frame.language;
    html! {
        section.part {
            h2 { (t::STEPS.of(lang)) }
            form method="post" action=(paths::scenario(&view.supplier, view.id)) novalidate {
                (parts::tokens(&frame.csrf, &view.key))
                (parts::hidden("version", &view.version.to_string()))
                @for (n, step) in view.form.iter().enumerate() {
                    fieldset.card {
                        legend {
                            @if step.code.is_empty() { (t::NEW_STEP.of(lang)) }
                            @else { (t::step(lang, n + 1)) }
                        }
                        (fields(frame, view, n, step))
                    }
                }
                (field::tick("thanks", &html! { (t::THANKS.of(lang)) }, view.thanks, None))
                div.actions {
                    button.button name="deed" value="save" { (t::SAVE_VERSION.of(lang)) }
                }
            }
        }
    }
}

fn fields(frame: &StaffFrame, view: &ScenarioPage, n: usize, step: &StepForm) -> Markup {
    let lang = frame.language;
    let name = |field: &str| format!("{field}.{n}");
    let (offset, kind, channels) = (name("offset"), name("kind"), name("channels"));
    let kinds: Vec<(&str, &str, bool)> = MessageKind::ALL
        .iter()
        .filter(|one| one.is_step())
        .map(|one| {
            (
                one.as_str(),
                labels::message_kind(*one).of(lang),
                *one == step.kind,
            )
        })
        .collect();
    let orders: Vec<(String, String, bool)> = CHANNELS
        .iter()
        .map(|order| {
            (
                words(order),
                t::channels(lang, order),
                **order == *step.channels,
            )
        })
        .collect();
    let orders: Vec<(&str, &str, bool)> = orders
        .iter()
        .map(|(value, words, chosen)| (value.as_str(), words.as_str(), *chosen))
        .collect();
    html! {
        (parts::hidden(&name("code"), &step.code))
        div.bar {
            (Input::text(&offset, t::STEP_OFFSET.of(lang), &step.offset)
                .inputmode("numeric").checked(&view.problems, lang))
            (field::select(&kind, &kind, t::STEP_KIND.of(lang), &kinds))
            (field::select(&channels, &channels, t::STEP_CHANNELS.of(lang), &orders))
        }
        div.choices {
            (tick(&name("approval"), t::APPROVAL.of(lang), "yes", step.approval))
            @if !step.code.is_empty() {
                (tick(&name("remove"), t::REMOVE.of(lang), "yes", false))
            }
        }
        details open[step.has_conditions()] {
            summary { (t::CONDITIONS.of(lang)) }
            (conditions(frame, view, n, step))
        }
    }
}

fn conditions(frame: &StaffFrame, view: &ScenarioPage, n: usize, step: &StepForm) -> Markup {
    let lang = frame.language;
    let name = |field: &str| format!("{field}.{n}");
    let (amount, balance) = (name("least_amount"), name("least_balance"));
    let (rest, behaves) = (name("rest_days"), name("behaviour"));
    let behaviours: Vec<(&str, &str, bool)> = Behaviour::ALL
        .iter()
        .map(|one| {
            (
                one.as_str(),
                t::behaviour(*one).of(lang),
                *one == step.behaviour,
            )
        })
        .collect();
    let input = |id: &str, label: &'static str, value: &str| {
        html! {
            (Input::text(id, label, value).inputmode("numeric").checked(&view.problems, lang))
        }
    };
    html! {
        div.bar {
            (input(&amount, t::LEAST_AMOUNT.of(lang), &step.least_amount))
            (input(&balance, t::LEAST_BALANCE.of(lang), &step.least_balance))
            (input(&rest, t::REST_DAYS.of(lang), &step.rest_days))
            (field::select(&behaves, &behaves, t::BEHAVIOUR.of(lang), &behaviours))
        }
        fieldset.field {
            legend { (t::UNLESS.of(lang)) }
            div.choices {
                @for one in Block::ALL {
                    @let on = step.unless.contains(one);
                    (tick(&name("unless"), t::block(*one).of(lang), one.as_str(), on))
                }
            }
        }
        fieldset.field {
            legend { (t::ONLY_PROFILES.of(lang)) }
            div.choices {
                @for one in Profile::ALL {
                    @let on = step.profiles.contains(one);
                    (tick(&name("profiles"), t::profile(*one).of(lang), one.as_str(), on))
                }
            }
        }
    }
}

fn tick(name: &str, label: &str, value: &str, on: bool) -> Markup {
    html! {
        label.choice {
            input type="checkbox" name=(name) value=(value) checked[on];
            span { (label) }
        }
    }
}

/// An order of channels as it is posted.
fn words(channels: &[Channel]) -> String {
    let words: Vec<&str> = channels.iter().map(|one| one.as_str()).collect();
    words.join(",")
}
