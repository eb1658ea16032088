//! Whether a scenario makes sense: each fault names its step.

use super::{Channel, Step};
use crate::message::MessageKind;

/// The most steps.
pub const STEPS_MAX: usize = 12;

/// The earliest a notice goes out.
pub const OFFSET_MIN: i64 = -60;

/// The latest a step is taken by its own day.
pub const OFFSET_MAX: i64 = 365;

/// The most that a condition on amounts asks for, in whole units.
pub const LEAST_MAX: u32 = 10_000_000;

/// The most days of rest a step asks for.
pub const REST_MAX: u16 = 90;

text_enum! {
    /// What is wrong with a step.
    pub enum Fault {
        /// There is no step at all.
        Empty = "empty",
        /// There are too many.
        TooMany = "too_many",
        /// Its day is too far off.
        Offset = "offset",
        /// A notice after the due day, or a reminder before it.
        Side = "side",
        /// It is on another's day.
        SameDay = "same_day",
        /// It is less firm than one before it.
        Softer = "softer",
        /// Another has its code.
        SameCode = "same_code",
        /// It has no channel.
        NoChannel = "no_channel",
        /// It names a channel twice.
        ChannelTwice = "channel_twice",
        /// A formal notice that nobody approves.
        Unapproved = "unapproved",
        /// A formal notice without a reminder before it.
        Abrupt = "abrupt",
        /// A condition is out of bounds.
        Condition = "condition",
        /// Its kind is not one that a scenario sends.
        Kind = "kind",
    }
}

/// What is wrong with these steps, each with its place; nothing when they may be used. They are
/// taken to be in the order of their days.
#[must_use]
pub fn check(steps: &[Step]) -> Vec<(usize, Fault)> {
    if steps.is_empty() {
        return vec![(0, Fault::Empty)];
    }
    if steps.len() > STEPS_MAX {
        return vec![(STEPS_MAX, Fault::TooMany)];
    }
    let place = |(place, step): (usize, &Step)| {
        let before = steps.get(..place).unwrap_or_default();
        let found = alone(step).or_else(|| after(step, before));
        found.map(|fault| (place, fault))
    };
    steps.iter().enumerate().filter_map(place).collect()
}

/// What is wrong with a step by itself.
fn alone(step: &Step) -> Option<Fault> {
    let when = &step.when;
    let notice = step.kind == MessageKind::Notice;
    let twice = |(place, one): (usize, &Channel)| {
        let before = step.channels.get(..place).unwrap_or_default();
        before.contains(one)
    };
    let faults = [
        (!step.kind.is_step(), Fault::Kind),
        (
            !(OFFSET_MIN..=OFFSET_MAX).contains(&step.offset_days),
            Fault::Offset,
        ),
        (notice != step.is_notice(), Fault::Side),
        (step.channels.is_empty(), Fault::NoChannel),
        (
            step.channels.iter().enumerate().any(twice),
            Fault::ChannelTwice,
        ),
        (
            step.kind.needs_approval() && !step.approval,
            Fault::Unapproved,
        ),
        (
            when.least_amount > LEAST_MAX
                || when.least_balance > LEAST_MAX
                || when.rest_days > REST_MAX,
            Fault::Condition,
        ),
    ];
    let found = faults.into_iter().find(|(wrong, _)| *wrong);
    found.map(|(_, fault)| fault)
}

/// What is wrong with it after those before it.
fn after(step: &Step, before: &[Step]) -> Option<Fault> {
    let last = before.last();
    let reminds = |one: &Step| !one.is_notice();
    let formal = step.kind == MessageKind::FormalNotice;
    let faults = [
        (
            last.is_some_and(|last| last.offset_days >= step.offset_days),
            Fault::SameDay,
        ),
        (
            last.is_some_and(|last| last.kind > step.kind),
            Fault::Softer,
        ),
        (
            before.iter().any(|one| one.code == step.code),
            Fault::SameCode,
        ),
        (formal && !before.iter().any(reminds), Fault::Abrupt),
    ];
    let found = faults.into_iter().find(|(wrong, _)| *wrong);
    found.map(|(_, fault)| fault)
}
