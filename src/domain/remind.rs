//! Which message a debtor account is due, if any, and why not else.
//!
//! Reminders climb one level at a time. A day without a run is caught up once: of several steps of
//! one level that have come the latest is taken, and an invoice that comes in very late starts with
//! the first, courteous reminder and keeps the scenario's gaps. A step whose conditions do not hold
//! is passed over, and the reason is noted. An account with many invoices is not written to on each
//! of their days: between two messages of our own accord lie the days of its [`Pace`], and what
//! falls due meanwhile waits for the next.

#[cfg(test)]
mod any_scenario_tests;
mod course;
mod forecast;
#[cfg(test)]
mod scenario_tests;
#[cfg(test)]
mod tests;

pub use forecast::{Coming, ahead, forecast};

use crate::day::Day;
use crate::id::InvoiceId;
use crate::message::MessageKind;
use crate::money::Money;
use crate::party::LegalMode;
use crate::scenario::{Block, Channel, Profile, Scenario};
use crate::unsent::Unsent;
use course::{Course, Turn, course};

/// An invoice that may be written about.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Candidate {
    /// Which invoice.
    pub invoice: InvoiceId,
    /// Its due day.
    pub due_on: Day,
    /// What a reminder may ask for: nothing when paid, under way, disputed or promised.
    pub remindable: Money,
    /// Why nothing is asked of it for now, if so.
    pub held: Option<Unsent>,
    /// The last step of this scenario that was handed over for it.
    pub last: Option<LastStep>,
    /// The codes of the steps that were passed over.
    pub passed: Vec<String>,
}

impl Candidate {
    fn held(&self) -> Option<Unsent> {
        let nothing = !self.remindable.is_positive();
        self.held.or_else(|| nothing.then_some(Unsent::Settled))
    }
}

/// A step that was handed over.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LastStep {
    /// The step's code in the scenario.
    pub code: String,
    /// The day it was handed over.
    pub on: Day,
}

/// How an account stands, beside its invoices.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Standing {
    /// What kind of customer it is.
    pub profile: Profile,
    /// Whether it broke a promise within a year.
    pub broke_promise: bool,
    /// What stands on it.
    pub blocks: Vec<Block>,
    /// The channels by which somebody there can be reached.
    pub reach: Vec<Channel>,
}

/// All that a decision about an account rests on, but for its invoices.
#[derive(Clone, Copy, Debug)]
pub struct Basis<'a> {
    /// Its scenario.
    pub scenario: &'a Scenario,
    /// How it stands.
    pub account: &'a Standing,
    /// What the supplier may send.
    pub mode: LegalMode,
    /// The channels that are there.
    pub ready: &'a [Channel],
    /// How often it is written to.
    pub pace: Pace,
    /// Why nothing is written to it at all, and the last day of that where it is known.
    pub held: Option<(Unsent, Option<Day>)>,
}

impl Basis<'_> {
    /// The same on another day: what holds the account may be over by then.
    fn on(&self, day: Day) -> Self {
        let holds = |(_, until): &(Unsent, Option<Day>)| until.is_none_or(|last| day <= last);
        Self {
            held: self.held.filter(holds),
            ..*self
        }
    }
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
    /// By which channel.
    pub channel: Channel,
    /// Its invoices, in the order of the candidates.
    pub items: Vec<PlannedItem>,
}

/// A step that is passed over for good, and why.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Passed {
    /// Of which invoice.
    pub invoice: InvoiceId,
    /// Which: an index into the scenario's steps.
    pub step: usize,
    /// Why.
    pub why: Unsent,
}

/// What is to be done about an account on a day.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Decision {
    /// The message that leaves.
    pub message: Option<Plan>,
    /// The message that a person is asked about.
    pub ask: Option<Plan>,
    /// What is passed over for good.
    pub passed: Vec<Passed>,
    /// Why nothing is written of these invoices today.
    pub waits: Vec<(InvoiceId, Unsent)>,
}

/// The most days that a supplier may put between two messages.
pub const GAP_DAYS_MAX: u16 = 60;

/// Days after which an account that is held without an end is looked at again.
const LOOK_AGAIN_DAYS: i64 = 7;

/// How often an account is written to of our own accord.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Pace {
    /// Days between two messages, at least. Two never leave on one day.
    pub gap_days: u16,
    /// The day of the latest that left or is about to.
    pub last: Option<Day>,
}

impl Pace {
    /// The first day on which it may be written to again, once it was.
    #[must_use]
    pub fn free_from(&self) -> Option<Day> {
        let last = self.last?;
        Some(last.plus_days(i64::from(self.gap_days.max(1))))
    }

    fn admits(&self, day: Day) -> bool {
        self.free_from().is_none_or(|from| from <= day)
    }

    fn no_sooner(&self, day: Day) -> Day {
        self.free_from().map_or(day, |from| from.max(day))
    }
}

/// What is to be done about the account today.
///
/// Once it is recorded as done, the same day decides nothing more.
#[must_use]
pub fn decide(basis: &Basis<'_>, candidates: &[Candidate], today: Day) -> Decision {
    let mut decision = Decision::default();
    if let Some((why, _)) = basis.held {
        decision.waits = candidates.iter().map(|one| (one.invoice, why)).collect();
        return decision;
    }
    let balances = course::Balances::of(candidates);
    let (mut due, mut asked) = (Vec::new(), Vec::new());
    for candidate in candidates {
        let found = course(basis, candidate, &balances, today);
        match free(basis, &found, today) {
            Some(why) => decision.waits.push((candidate.invoice, why)),
            None => {
                decision.note(candidate.invoice, &found);
                match found.turn {
                    Turn::Take(step, channel) if needs_approval(basis, step) => {
                        asked.push((candidate.invoice, step, channel));
                    }
                    Turn::Take(step, channel) => due.push((candidate.invoice, step, channel)),
                    Turn::Wait(why) => decision.waits.push((candidate.invoice, why)),
                }
            }
        }
    }
    decision.message = decision.one(basis.scenario, &due);
    decision.ask = decision.one_kind(basis.scenario, &asked);
    decision
}

/// Why a step that has come is not taken now, with all it would pass over.
fn free(basis: &Basis<'_>, found: &Course, today: Day) -> Option<Unsent> {
    let acts = matches!(found.turn, Turn::Take(..)) || !found.passed.is_empty();
    (acts && !basis.pace.admits(today)).then_some(Unsent::Gap)
}

fn needs_approval(basis: &Basis<'_>, step: usize) -> bool {
    let step = basis.scenario.steps.get(step);
    step.is_some_and(|step| step.approval)
}

type Due = (InvoiceId, usize, Channel);

impl Decision {
    fn note(&mut self, invoice: InvoiceId, found: &Course) {
        let passed = found.passed.iter();
        self.passed.extend(passed.map(|(step, why)| Passed {
            invoice,
            step: *step,
            why: *why,
        }));
    }

    /// One message: the most advanced step says what and how; what goes another way waits.
    fn one(&mut self, scenario: &Scenario, due: &[Due]) -> Option<Plan> {
        let (_, furthest, channel) = due.iter().max_by_key(|(_, step, _)| *step)?;
        let kind = scenario.steps.get(*furthest)?.kind;
        let alike = |one: &Due| one.2 == *channel;
        Some(self.grouped(kind, *channel, due, alike))
    }

    /// One message of the most advanced kind alone: what a person says yes to is said by itself.
    fn one_kind(&mut self, scenario: &Scenario, due: &[Due]) -> Option<Plan> {
        let (_, furthest, channel) = due.iter().max_by_key(|(_, step, _)| *step)?;
        let kind = scenario.steps.get(*furthest)?.kind;
        let same = |step: usize| scenario.steps.get(step).is_some_and(|one| one.kind == kind);
        let alike = |one: &Due| one.2 == *channel && same(one.1);
        Some(self.grouped(kind, *channel, due, alike))
    }

    fn grouped(
        &mut self,
        kind: MessageKind,
        channel: Channel,
        due: &[Due],
        alike: impl Fn(&Due) -> bool,
    ) -> Plan {
        let (with, other): (Vec<&Due>, Vec<&Due>) = due.iter().partition(|one| alike(one));
        let waits = other.iter().map(|one| (one.0, Unsent::OtherFirst));
        self.waits.extend(waits);
        let items = with.iter().map(|(invoice, step, _)| PlannedItem {
            invoice: *invoice,
            step: *step,
        });
        Plan {
            kind,
            channel,
            items: items.collect(),
        }
    }

    /// Whether nothing at all is done.
    #[must_use]
    pub const fn is_idle(&self) -> bool {
        self.message.is_none() && self.ask.is_none() && self.passed.is_empty()
    }
}

/// Writes what was decided into the candidates and the pace, as recording it would.
pub fn record(
    scenario: &Scenario,
    (candidates, pace): (&mut [Candidate], &mut Pace),
    decision: &Decision,
    today: Day,
) {
    let code = |step: usize| scenario.steps.get(step).map(|step| step.code.clone());
    let mut change = |invoice: InvoiceId, change: &dyn Fn(&mut Candidate)| {
        let own = candidates.iter_mut().find(|one| one.invoice == invoice);
        own.into_iter().for_each(change);
    };
    for one in &decision.passed {
        if let Some(code) = code(one.step) {
            change(one.invoice, &|own| own.passed.push(code.clone()));
        }
    }
    for item in decision.message.iter().flat_map(|plan| &plan.items) {
        if let Some(code) = code(item.step) {
            change(item.invoice, &|own| {
                let code = code.clone();
                own.last = Some(LastStep { code, on: today });
            });
        }
    }
    for item in decision.ask.iter().flat_map(|plan| &plan.items) {
        change(item.invoice, &|own| own.held = Some(Unsent::AwaitsApproval));
    }
    if decision.message.is_some() {
        pace.last = Some(today);
    }
}

/// The first day after today on which any of these invoices could have a step to take, if it stays
/// as it is. What is disputed or promised today counts too: it may be free again by then.
#[must_use]
pub fn next_look(basis: &Basis<'_>, candidates: &[Candidate], today: Day) -> Option<Day> {
    let next = candidates
        .iter()
        .filter_map(|candidate| course::next_of(basis.scenario, candidate, today))
        .min()
        .map(|day| basis.pace.no_sooner(day))?;
    let Some((_, until)) = basis.held else {
        return Some(next);
    };
    let again = until.map_or_else(|| today.plus_days(LOOK_AGAIN_DAYS), |day| day.plus_days(1));
    Some(next.max(again))
}
