//! Which message a debtor account is due, if any.
//!
//! Reminders climb one level at a time. A day without a run is caught up once, and an invoice that
//! comes in very late starts with the first, courteous reminder and keeps the scenario's gaps. An
//! account with many invoices is not written to on each of their days: between two messages of our
//! own accord lie the days of its [`Pace`], and what falls due meanwhile waits for the next.

#[cfg(test)]
mod tests;

use crate::day::Day;
use crate::id::InvoiceId;
use crate::message::MessageKind;
use crate::money::Money;
use crate::scenario::{Scenario, Step};

/// An invoice that may be written about.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Candidate {
    /// Which invoice.
    pub invoice: InvoiceId,
    /// Its due day.
    pub due_on: Day,
    /// What a reminder may ask for: nothing when paid, under way, disputed or promised.
    pub remindable: Money,
    /// The last step of this scenario that was handed over for it.
    pub last: Option<LastStep>,
}

/// A step that was handed over.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LastStep {
    /// The step's code in the scenario.
    pub code: String,
    /// The day it was handed over.
    pub on: Day,
}

/// An invoice in a message.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct PlannedItem {
    /// Which invoice.
    pub invoice: InvoiceId,
    /// Its step: an index into the scenario's steps.
    pub step: usize,
}

/// One message to one account, with everything that is due for it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Plan {
    /// The template: that of the most advanced step.
    pub kind: MessageKind,
    /// Its invoices, in the order of the candidates.
    pub items: Vec<PlannedItem>,
}

/// The most days that a supplier may put between two messages.
pub const GAP_DAYS_MAX: u16 = 60;

/// How often an account is written to of our own accord.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Pace {
    /// Days between two messages, at least.
    pub gap_days: u16,
    /// The day of the latest that left or is about to.
    pub last: Option<Day>,
}

impl Pace {
    /// The first day on which it may be written to again, once it was.
    #[must_use]
    pub fn free_from(&self) -> Option<Day> {
        let last = self.last?;
        Some(last.plus_days(i64::from(self.gap_days)))
    }

    fn admits(&self, day: Day) -> bool {
        self.free_from().is_none_or(|from| from <= day)
    }

    fn no_sooner(&self, day: Day) -> Day {
        self.free_from().map_or(day, |from| from.max(day))
    }
}

/// The message that the account is due today, if any of its invoices has a step to take and it was
/// not written to too lately.
///
/// Once the steps are recorded as done, the same day plans nothing more.
#[must_use]
pub fn plan(scenario: &Scenario, candidates: &[Candidate], pace: Pace, today: Day) -> Option<Plan> {
    if !pace.admits(today) {
        return None;
    }
    let items: Vec<PlannedItem> = candidates
        .iter()
        .filter(|candidate| candidate.remindable.is_positive())
        .filter_map(|candidate| {
            let step = due_step(&scenario.steps, candidate, today)?;
            let invoice = candidate.invoice;
            Some(PlannedItem { invoice, step })
        })
        .collect();
    let furthest = items.iter().map(|item| item.step).max()?;
    let kind = scenario.steps.get(furthest)?.kind;
    Some(Plan { kind, items })
}

fn due_step(steps: &[Step], candidate: &Candidate, today: Day) -> Option<usize> {
    let last = candidate.last.as_ref();
    let done = last.and_then(|last| done_step(steps, candidate.due_on, last));
    after_due(steps, candidate, done, today)
        .or_else(|| before_due(steps, candidate.due_on, done, today))
}

/// Where the invoice stands in the scenario. A code that the scenario has lost counts as the step
/// that its day had reached, so that a changed scenario neither starts over nor falls silent.
fn done_step(steps: &[Step], due_on: Day, last: &LastStep) -> Option<usize> {
    let by_code = steps.iter().position(|step| step.code == last.code);
    let reached = |step: &Step| due_on.plus_days(step.offset_days) <= last.on;
    by_code.or_else(|| steps.iter().rposition(reached))
}

/// The latest notice whose day has come, as long as the invoice is not late. A notice that was
/// overtaken by a later one is not sent any more.
fn before_due(steps: &[Step], due_on: Day, done: Option<usize>, today: Day) -> Option<usize> {
    if today > due_on {
        return None;
    }
    let come = |step: &Step| step.offset_days < 0 && due_on.plus_days(step.offset_days) <= today;
    let latest = steps.iter().rposition(come)?;
    (done.is_none_or(|done| latest > done)).then_some(latest)
}

/// The next level, when its day has come.
fn after_due(
    steps: &[Step],
    candidate: &Candidate,
    done: Option<usize>,
    today: Day,
) -> Option<usize> {
    let (level, from) = next_level(steps, candidate, done)?;
    (from <= today).then_some(level)
}

/// The next level and the first day it may be taken: its own day, and no sooner after the level
/// before than the scenario puts between the two.
fn next_level(steps: &[Step], candidate: &Candidate, done: Option<usize>) -> Option<(usize, Day)> {
    let first = steps.iter().position(|step| step.offset_days >= 0)?;
    let before = done.filter(|done| *done >= first);
    let next = before.map_or(first, |before| before + 1);
    let offset = steps.get(next)?.offset_days;
    let own = candidate.due_on.plus_days(offset);
    let rested = match (before.and_then(|before| steps.get(before)), &candidate.last) {
        (Some(before), Some(last)) => last.on.plus_days(offset - before.offset_days),
        _ => own,
    };
    Some((next, own.max(rested)))
}

/// The first day after today on which any of these invoices could have a step to take, if it stays
/// as it is. What is disputed or promised today counts too: it may be free again by then.
#[must_use]
pub fn next_look(
    scenario: &Scenario,
    candidates: &[Candidate],
    pace: Pace,
    today: Day,
) -> Option<Day> {
    candidates
        .iter()
        .filter_map(|candidate| next_of(&scenario.steps, candidate, today))
        .min()
        .map(|day| pace.no_sooner(day))
}

/// Looks into the days to come before nothing is said of them.
const LOOKS: usize = 40;

/// The next message and its day, if all stays as it is: what staff may tell the debtor.
#[must_use]
pub fn ahead(
    scenario: &Scenario,
    candidates: &[Candidate],
    pace: Pace,
    today: Day,
) -> Option<(Day, Plan)> {
    let asked = candidates.iter().filter(|one| one.remindable.is_positive());
    let asked: Vec<Candidate> = asked.cloned().collect();
    let later = |day: &Day| next_look(scenario, &asked, pace, *day);
    std::iter::successors(Some(today), later)
        .take(LOOKS)
        .find_map(|day| Some((day, plan(scenario, &asked, pace, day)?)))
}

fn next_of(steps: &[Step], candidate: &Candidate, today: Day) -> Option<Day> {
    let (due_on, last) = (candidate.due_on, candidate.last.as_ref());
    let done = last.and_then(|last| done_step(steps, due_on, last));
    let tomorrow = today.plus_days(1);
    let level = next_level(steps, candidate, done).map(|(_, from)| from.max(tomorrow));
    let notice = steps
        .iter()
        .skip(done.map_or(0, |done| done + 1))
        .filter(|step| step.offset_days < 0)
        .map(|step| due_on.plus_days(step.offset_days).max(tomorrow))
        .find(|day| *day <= due_on);
    level.into_iter().chain(notice).min()
}
