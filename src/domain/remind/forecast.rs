//! What is to come of an account, if all stays as it is.

use super::{Basis, Candidate, Decision, Plan, decide, next_look, record};
use crate::day::Day;

/// Looks into the days to come before nothing is said of them.
const LOOKS: usize = 40;

/// What a day brings.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Coming {
    /// The day.
    pub on: Day,
    /// What is decided then.
    pub decision: Decision,
}

/// The next message and its day, if all stays as it is: what staff may tell the debtor.
#[must_use]
pub fn ahead(basis: &Basis<'_>, candidates: &[Candidate], today: Day) -> Option<(Day, Plan)> {
    if basis.held.is_some_and(|(_, until)| until.is_none()) {
        return None;
    }
    let asked = candidates.iter().filter(|one| one.held().is_none());
    let asked: Vec<Candidate> = asked.cloned().collect();
    let later = |day: &Day| next_look(basis, &asked, *day);
    std::iter::successors(Some(today), later)
        .take(LOOKS)
        .find_map(|day| {
            let found = decide(&basis.on(day), &asked, day);
            Some((day, found.message.or(found.ask)?))
        })
}

/// All days up to the last on which something is decided, each as the ones before leave the
/// account. `leaves` says on which day leaves what is decided on one.
#[must_use]
pub fn forecast(
    basis: &Basis<'_>,
    candidates: &[Candidate],
    (today, last): (Day, Day),
    leaves: impl Fn(Day) -> Day,
) -> Vec<Coming> {
    let (mut own, mut pace) = (candidates.to_vec(), basis.pace);
    let (mut found, mut day) = (Vec::new(), Some(today));
    while let Some(today) = day.filter(|day| *day <= last) {
        let now = Basis {
            pace,
            ..basis.on(today)
        };
        let decision = decide(&now, &own, today);
        record(basis.scenario, (&mut own, &mut pace), &decision, today);
        if decision.message.is_some() {
            pace.last = Some(leaves(today));
        }
        day = next_look(&Basis { pace, ..now }, &own, today);
        if !decision.is_idle() {
            found.push(Coming {
                on: today,
                decision,
            });
        }
    }
    found
}
