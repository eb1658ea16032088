//! Where one invoice stands in its scenario, and which of the steps has its turn.

use std::collections::BTreeMap;

use super::{Basis, Candidate, LastStep};
use crate::day::Day;
use crate::message::MessageKind;
use crate::money::{Currency, Money};
use crate::party::LegalMode;
use crate::scenario::{self, Behaviour, Block, Channel, Scenario, Step};
use crate::unsent::Unsent;

/// What an invoice is due today.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Course {
    /// Steps that are passed over for good.
    pub(super) passed: Vec<(usize, Unsent)>,
    /// What has its turn after them.
    pub(super) turn: Turn,
}

/// What has its turn.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Turn {
    /// This step, by this channel.
    Take(usize, Channel),
    /// Nothing, for now.
    Wait(Unsent),
}

/// What an account owes by currency, as far as it may be asked for.
pub(super) struct Balances(BTreeMap<Currency, i128>);

impl Balances {
    pub(super) fn of(candidates: &[Candidate]) -> Self {
        let mut sums = BTreeMap::new();
        for one in candidates {
            let sum = sums.entry(one.remindable.currency()).or_insert(0_i128);
            *sum += i128::from(one.remindable.minor());
        }
        Self(sums)
    }

    fn reaches(&self, units: u32, currency: Currency) -> bool {
        let sum = self.0.get(&currency).copied().unwrap_or_default();
        units == 0 || sum >= least(units, currency)
    }
}

/// Whole units in minor ones.
fn least(units: u32, currency: Currency) -> i128 {
    i128::from(units) * 10_i128.pow(currency.exponent())
}

/// What the invoice is due today.
pub(super) fn course(
    basis: &Basis<'_>,
    candidate: &Candidate,
    balances: &Balances,
    today: Day,
) -> Course {
    let mut found = Course {
        passed: Vec::new(),
        turn: Turn::Wait(Unsent::NotDue),
    };
    if let Some(why) = candidate.held() {
        found.turn = Turn::Wait(why);
        return found;
    }
    let steps = &basis.scenario.steps;
    let place = Place::of(steps, candidate);
    if place.next >= steps.len() {
        found.turn = Turn::Wait(Unsent::Done);
    }
    let mut over = Vec::new();
    for (index, step) in steps.iter().enumerate().skip(place.next) {
        if step.is_notice() && today > candidate.due_on {
            over.push((index, Unsent::Overtaken));
            continue;
        }
        if place.opens(candidate, step) > today || !found.gives_way(steps, step) {
            break;
        }
        match admits(basis, candidate, balances, (step, today)) {
            Ok(channel) => found.take(index, channel),
            Err(why) if why.is_final() => found.passed.push((index, why)),
            Err(why) => {
                if !matches!(found.turn, Turn::Take(..)) {
                    found.turn = Turn::Wait(why);
                }
                break;
            }
        }
    }
    found.after(over)
}

impl Course {
    /// Notices whose day is over are passed over with the first step that comes after them: by
    /// themselves they are nothing to look at an account for.
    fn after(mut self, over: Vec<(usize, Unsent)>) -> Self {
        if matches!(self.turn, Turn::Take(..)) || !self.passed.is_empty() {
            self.passed.splice(0..0, over);
        }
        self
    }

    /// Whether a step that has come may take the turn of the one that has it: of one level the
    /// latest goes, and a notice gives way to whatever comes after it. The next level waits.
    fn gives_way(&self, steps: &[Step], to: &Step) -> bool {
        let Turn::Take(has, _) = self.turn else {
            return true;
        };
        let has = steps.get(has);
        has.is_none_or(|has| has.is_notice() || has.kind == to.kind)
    }

    fn take(&mut self, step: usize, channel: Channel) {
        if let Turn::Take(before, _) = self.turn {
            self.passed.push((before, Unsent::Overtaken));
        }
        self.turn = Turn::Take(step, channel);
    }
}

/// Where an invoice stands.
struct Place {
    /// The first step that it has neither taken nor passed over.
    next: usize,
    /// The last level it took: the step's offset, and the day.
    level: Option<(i64, Day)>,
}

impl Place {
    fn of(steps: &[Step], candidate: &Candidate) -> Self {
        let last = candidate.last.as_ref();
        let taken = last.and_then(|last| taken(steps, candidate.due_on, last));
        let by_code = |code: &String| steps.iter().position(|step| step.code == *code);
        let passed = candidate.passed.iter().filter_map(by_code).max();
        let step = taken.and_then(|taken| steps.get(taken));
        let level = step.zip(last).filter(|(step, _)| !step.is_notice());
        Self {
            next: taken.max(passed).map_or(0, |done| done + 1),
            level: level.map(|(step, last)| (step.offset_days, last.on)),
        }
    }

    /// The first day a step may be taken: its own day, and no sooner after the level before than
    /// the scenario puts between the two.
    fn opens(&self, candidate: &Candidate, step: &Step) -> Day {
        let own = candidate.due_on.plus_days(step.offset_days);
        let rested = self
            .level
            .map(|(offset, on)| on.plus_days(step.offset_days - offset));
        rested.map_or(own, |rested| own.max(rested))
    }
}

/// Which step was taken last. A code that the scenario has lost counts as the step that its day had
/// reached, so that a changed scenario neither starts over nor falls silent.
fn taken(steps: &[Step], due_on: Day, last: &LastStep) -> Option<usize> {
    let by_code = steps.iter().position(|step| step.code == last.code);
    let reached = |step: &Step| due_on.plus_days(step.offset_days) <= last.on;
    by_code.or_else(|| steps.iter().rposition(reached))
}

/// The channel by which a step that has come is taken, or why it is not.
fn admits(
    basis: &Basis<'_>,
    candidate: &Candidate,
    balances: &Balances,
    (step, today): (&Step, Day),
) -> Result<Channel, Unsent> {
    lawful(basis.mode, step.kind)?;
    worth(candidate.remindable, step, balances)?;
    fits(basis, step)?;
    let rest = i64::from(step.when.rest_days);
    let rested = |last: Day| last.plus_days(rest) <= today;
    if !basis.pace.last.is_none_or(rested) {
        return Err(Unsent::Rested);
    }
    channel(basis, step)
}

fn lawful(mode: LegalMode, kind: MessageKind) -> Result<(), Unsent> {
    let allowed = scenario::allowed(mode, kind);
    allowed.then_some(()).ok_or(Unsent::LegalMode)
}

fn worth(asked: Money, step: &Step, balances: &Balances) -> Result<(), Unsent> {
    let (when, currency) = (&step.when, asked.currency());
    if i128::from(asked.minor()) < least(when.least_amount, currency) {
        return Err(Unsent::AmountSmall);
    }
    let owes = balances.reaches(when.least_balance, currency);
    owes.then_some(()).ok_or(Unsent::BalanceSmall)
}

fn fits(basis: &Basis<'_>, step: &Step) -> Result<(), Unsent> {
    let (when, account) = (&step.when, basis.account);
    if !when.profiles.is_empty() && !when.profiles.contains(&account.profile) {
        return Err(Unsent::Profile);
    }
    let behaves = match when.behaviour {
        Behaviour::Any => true,
        Behaviour::Kept => !account.broke_promise,
        Behaviour::Broken => account.broke_promise,
    };
    if !behaves {
        return Err(Unsent::Behaviour);
    }
    let stands = |block: &&Block| account.blocks.contains(block);
    match when.unless.iter().find(stands) {
        None => Ok(()),
        Some(Block::Dispute) => Err(Unsent::AccountDisputed),
        Some(Block::Promise) => Err(Unsent::AccountPromised),
        Some(Block::Plan) => Err(Unsent::OnPlan),
        Some(Block::Mandate) => Err(Unsent::Mandate),
    }
}

/// The first of the step's channels that is there and by which somebody can be reached.
fn channel(basis: &Basis<'_>, step: &Step) -> Result<Channel, Unsent> {
    let ready = |one: &&Channel| basis.ready.contains(one);
    let mut there = step.channels.iter().filter(ready).peekable();
    if there.peek().is_none() {
        return Err(Unsent::NoChannel);
    }
    let reach = &basis.account.reach;
    let at_all = reach.iter().any(|one| ready(&one));
    let why = if at_all {
        Unsent::Unreachable
    } else {
        Unsent::NoContact
    };
    there.find(|one| reach.contains(one)).copied().ok_or(why)
}

/// The first day after today on which the invoice could have a step to take.
pub(super) fn next_of(scenario: &Scenario, candidate: &Candidate, today: Day) -> Option<Day> {
    let (steps, tomorrow) = (&scenario.steps, today.plus_days(1));
    let place = Place::of(steps, candidate);
    let day = |step: &Step| {
        let day = place.opens(candidate, step).max(tomorrow);
        (!step.is_notice() || day <= candidate.due_on).then_some(day)
    };
    steps.iter().skip(place.next).filter_map(day).min()
}
