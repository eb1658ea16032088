//! Whatever the scenario, the invoices and the days without a run.

use proptest::prelude::*;

use super::scenario_tests::scenario;
use super::tests::{DUE, basis, candidate, standing};
use super::*;
use crate::Id;
use crate::samples::day;
use crate::scenario::Step;

/// A scenario that passes the check, of any channels and conditions.
fn any_scenario() -> impl Strategy<Value = Scenario> {
    let kinds = [
        MessageKind::Reminder1,
        MessageKind::Reminder1,
        MessageKind::Reminder2,
        MessageKind::Reminder2,
        MessageKind::Reminder3,
    ];
    let one = (1..12_i64, 0..4_u8, 0..3_u32, 0..9_u16);
    prop::collection::vec(one, 1..=kinds.len()).prop_map(move |picked| {
        let mut offset = 0;
        let step = |(place, (gap, channels, least, rest)): (usize, (i64, u8, u32, u16))| {
            offset += gap;
            let channels = match channels {
                0 => vec![Channel::Sms],
                1 => vec![Channel::Sms, Channel::Email],
                _ => vec![Channel::Email],
            };
            let step = Step::email(kinds[place], offset).by(&channels);
            let mut step = step.named(&format!("s{place}"));
            step.when.least_amount = least;
            step.when.rest_days = rest;
            step
        };
        let mut steps = vec![Step::email(MessageKind::Notice, -7)];
        steps.extend(picked.into_iter().enumerate().map(step));
        scenario(steps)
    })
}

proptest! {
    /// Whatever the scenario, the days without a run and the invoices: of each invoice each step is
    /// taken once or passed over once with a reason, in order; an account gets one message a day at
    /// most and none before its pace allows it; and a run on the days of the next look alone does
    /// what a daily one does.
    #[test]
    fn each_step_is_taken_once_or_passed_over_with_a_reason(
        scenario in any_scenario(),
        dues in prop::collection::vec(-20..40_i64, 1..5),
        missed in prop::collection::vec(any::<bool>(), 60),
        gap_days in 0..10_u16,
    ) {
        prop_assert_eq!(crate::scenario::check(&scenario.steps), []);
        let account = standing();
        let start = day(DUE);
        let mut all: Vec<_> = (0..)
            .zip(&dues)
            .map(|(id, due)| candidate(id, start.plus_days(*due)))
            .collect();
        let mut pace = Pace { gap_days, last: None };
        let mut seen = vec![Vec::new(); all.len()];
        let mut look = start;
        for ahead in 0..500_i64 {
            let today = start.plus_days(ahead);
            let runs = usize::try_from(ahead).ok().and_then(|at| missed.get(at));
            if runs == Some(&true) {
                continue;
            }
            let found = decide(&basis(&scenario, &account, pace), &all, today);
            prop_assert!(found.is_idle() || look <= today, "{} would be skipped", today);
            if found.message.is_some() {
                let free = pace.free_from();
                prop_assert!(free.is_none_or(|free| free <= today));
            }
            for one in &found.passed {
                prop_assert!(one.why.is_final());
                seen[usize::try_from(one.invoice.bits()).unwrap()].push(one.step);
            }
            for item in found.message.iter().flat_map(|plan| &plan.items) {
                seen[usize::try_from(item.invoice.bits()).unwrap()].push(item.step);
            }
            record(&scenario, (&mut all, &mut pace), &found, today);
            let again = decide(&basis(&scenario, &account, pace), &all, today);
            prop_assert!(again.is_idle(), "twice on {}", today);
            if look <= today {
                look = next_look(&basis(&scenario, &account, pace), &all, today)
                    .unwrap_or_else(|| start.plus_days(1_000));
            }
        }
        for mut steps in seen {
            steps.sort_unstable();
            let whole: Vec<usize> = (0..scenario.steps.len()).collect();
            prop_assert_eq!(steps, whole);
        }
    }
}
