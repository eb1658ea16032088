//! Which day brings which message, by table, property and simulation.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::Id;
use crate::samples::{day, eur};

pub(super) const DUE: &str = "2026-03-01";

pub(super) fn candidate(id: u128, due_on: Day) -> Candidate {
    Candidate {
        invoice: InvoiceId::from_bits(id),
        due_on,
        remindable: eur(100),
        held: None,
        last: None,
        passed: Vec::new(),
    }
}

/// An account like most, reached by e-mail.
pub(super) fn standing() -> Standing {
    Standing {
        profile: Profile::Standard,
        broke_promise: false,
        blocks: Vec::new(),
        reach: vec![Channel::Email],
    }
}

pub(super) fn basis<'a>(scenario: &'a Scenario, account: &'a Standing, pace: Pace) -> Basis<'a> {
    Basis {
        scenario,
        account,
        mode: LegalMode::OwnAccount,
        ready: &[Channel::Email],
        pace,
        held: None,
    }
}

pub(super) fn last(code: &str, on: Day) -> Option<LastStep> {
    let code = code.to_owned();
    Some(LastStep { code, on })
}

/// The plan of an account that was not written to lately.
fn plan(scenario: &Scenario, candidates: &[Candidate], today: Day) -> Option<Plan> {
    plan_at(scenario, candidates, Pace::default(), today)
}

fn plan_at(scenario: &Scenario, candidates: &[Candidate], pace: Pace, today: Day) -> Option<Plan> {
    decide(&basis(scenario, &standing(), pace), candidates, today).message
}

/// The same for the next look.
fn next_look(scenario: &Scenario, candidates: &[Candidate], today: Day) -> Option<Day> {
    next_at(scenario, candidates, Pace::default(), today)
}

fn next_at(scenario: &Scenario, candidates: &[Candidate], pace: Pace, today: Day) -> Option<Day> {
    super::next_look(&basis(scenario, &standing(), pace), candidates, today)
}

/// What a recorded plan leaves behind.
pub(super) fn record(scenario: &Scenario, candidates: &mut [Candidate], plan: &Plan, today: Day) {
    for item in &plan.items {
        let done = candidates.iter_mut().find(|c| c.invoice == item.invoice);
        done.unwrap().last = last(&scenario.steps[item.step].code, today);
    }
}

/// Runs the plan on these days after the due date; gives the days on which steps went out.
fn run(candidate: &Candidate, offsets: impl IntoIterator<Item = i64>) -> Vec<(i64, usize)> {
    let scenario = Scenario::french_default();
    let mut all = [candidate.clone()];
    let mut sent = Vec::new();
    for offset in offsets {
        let today = candidate.due_on.plus_days(offset);
        if let Some(plan) = plan(&scenario, &all, today) {
            record(&scenario, &mut all, &plan, today);
            sent.push((offset, plan.items[0].step));
            assert_eq!(
                plan_at(&scenario, &all, Pace::default(), today),
                None,
                "twice on {offset}"
            );
        }
    }
    sent
}

#[test]
fn a_daily_run_keeps_the_four_dates() {
    let invoice = candidate(1, day(DUE));
    assert_eq!(run(&invoice, -30..60), [(-7, 0), (3, 1), (10, 2), (20, 3)]);
}

#[test]
fn missed_days_are_caught_up_once() {
    let invoice = candidate(1, day(DUE));
    for (name, days, expected) in [
        ("notice a day late", vec![-8, -6, -5, 0, 1], vec![(-6, 0)]),
        ("notice on the due day", vec![-8, 0, 1, 2], vec![(0, 0)]),
        ("no notice once late", vec![-8, 1, 2, 3], vec![(3, 1)]),
        (
            "a reminder late",
            vec![5, 6, 10, 11, 12],
            vec![(5, 1), (12, 2)],
        ),
        (
            "the gap is kept",
            vec![3, 12, 20, 21, 22],
            vec![(3, 1), (12, 2), (22, 3)],
        ),
        (
            "no level is left out",
            vec![3, 40, 41, 49, 50],
            vec![(3, 1), (40, 2), (50, 3)],
        ),
    ] {
        assert_eq!(run(&invoice, days), expected, "{name}");
    }
}

#[test]
fn a_first_import_of_a_late_invoice_starts_courteous() {
    let invoice = candidate(1, day(DUE));
    assert_eq!(run(&invoice, 90..150), [(90, 1), (97, 2), (107, 3)]);
}

#[test]
fn an_invoice_with_nothing_to_remind_is_left_alone() {
    for cents in [0, -1] {
        let mut disputed = candidate(1, day(DUE));
        disputed.remindable = eur(cents);
        assert_eq!(run(&disputed, -30..60), []);
    }
}

#[test]
fn one_message_groups_what_is_due_under_the_most_advanced_step() {
    let scenario = Scenario::french_default();
    let today = day("2026-03-11");
    let mut second = candidate(1, day(DUE));
    second.last = last("reminder_1", day("2026-03-04"));
    let not_yet = candidate(4, day("2026-03-10"));
    let mut disputed = candidate(5, day(DUE));
    disputed.remindable = eur(0);
    let first = candidate(2, day("2026-03-08"));
    let notice = candidate(3, day("2026-03-18"));
    let mut all = [second, first, notice, not_yet, disputed];
    let found = plan(&scenario, &all, today).unwrap();
    assert_eq!(found.kind, MessageKind::Reminder2);
    let steps: Vec<_> = found
        .items
        .iter()
        .map(|i| (i.invoice.bits(), i.step))
        .collect();
    assert_eq!(steps, [(1, 2), (2, 1), (3, 0)]);
    record(&scenario, &mut all, &found, today);
    assert_eq!(plan(&scenario, &all, today), None);
}

#[test]
fn the_last_level_is_the_end() {
    let scenario = Scenario::french_default();
    let mut invoice = candidate(1, day(DUE));
    invoice.last = last("reminder_3", day("2026-03-21"));
    assert_eq!(plan(&scenario, &[invoice], day("2027-03-01")), None);
    assert_eq!(plan(&scenario, &[], day(DUE)), None);
}

#[test]
fn a_lost_code_counts_as_the_step_its_day_had_reached() {
    let scenario = Scenario::french_default();
    for (on, today, step) in [
        ("2026-03-12", "2026-03-21", None),
        ("2026-03-12", "2026-03-22", Some(3)),
        ("2026-02-23", "2026-03-04", Some(1)),
        ("2026-03-25", "2026-12-01", None),
    ] {
        let mut invoice = candidate(1, day(DUE));
        invoice.last = last("old_name", day(on));
        let found = plan(&scenario, &[invoice], day(today));
        assert_eq!(found.map(|plan| plan.items[0].step), step, "{on} {today}");
    }
}

#[test]
fn of_two_notices_the_later_one_follows_or_overtakes() {
    let mut scenario = Scenario::french_default();
    let mut early = scenario.steps[0].clone();
    early.code = "early_notice".to_owned();
    early.offset_days = -14;
    scenario.steps.insert(0, early);
    let step = |last: Option<LastStep>, offset: i64| {
        let mut invoice = candidate(1, day(DUE));
        invoice.last = last;
        let found = plan(&scenario, &[invoice], day(DUE).plus_days(offset));
        found.map(|plan| plan.items[0].step)
    };
    assert_eq!(step(None, -14), Some(0));
    assert_eq!(step(last("early_notice", day("2026-02-15")), -8), None);
    assert_eq!(step(last("early_notice", day("2026-02-15")), -7), Some(1));
    assert_eq!(step(None, -5), Some(1));
    assert_eq!(step(last("notice", day("2026-02-24")), -4), None);
}

proptest! {
    /// Sixty days with missed runs and disputes that come and go, for several invoices.
    #[test]
    fn each_step_goes_out_at_most_once_in_order_and_with_its_gaps(
        dues in prop::collection::vec(-40..70_i64, 1..5),
        ticks in prop::collection::vec((any::<bool>(), 0..5_usize), 60),
    ) {
        let scenario = Scenario::french_default();
        let start = day(DUE);
        let due_days = dues.iter().map(|offset| start.plus_days(*offset));
        let mut all: Vec<_> = (0..).zip(due_days).map(|(id, due)| candidate(id, due)).collect();
        let mut sent: BTreeMap<InvoiceId, Vec<(Day, usize)>> = BTreeMap::new();
        for (ahead, (runs, disputed)) in (0..).zip(ticks) {
            let today = start.plus_days(ahead);
            for (place, invoice) in all.iter_mut().enumerate() {
                invoice.remindable = eur(if place == disputed { 0 } else { 100 });
            }
            let Some(plan) = plan(&scenario, &all, today).filter(|_| runs) else { continue };
            record(&scenario, &mut all, &plan, today);
            for item in &plan.items {
                let silent = all.get(disputed).map(|invoice| invoice.invoice);
                prop_assert_ne!(Some(item.invoice), silent);
                sent.entry(item.invoice).or_default().push((today, item.step));
            }
        }
        for invoice in &all {
            let steps = sent.remove(&invoice.invoice).unwrap_or_default();
            check_course(&scenario, invoice.due_on, &steps)?;
        }
    }
}

/// An invoice somewhere in its course, or with a code that the scenario has lost.
fn any_candidate() -> impl Strategy<Value = Candidate> {
    let codes = [
        "notice",
        "reminder_1",
        "reminder_2",
        "reminder_3",
        "old_name",
    ];
    let step = (prop::sample::select(codes.to_vec()), -50..1_i64);
    (-60..60_i64, prop::option::of(step)).prop_map(|(due, step)| {
        let mut found = candidate(1, day(DUE).plus_days(due));
        found.last = step.and_then(|(code, ago)| last(code, day(DUE).plus_days(ago)));
        found
    })
}

proptest! {
    /// The days that planning skips are days on which it would have done nothing, and the day it
    /// waits for is not too early either.
    #[test]
    fn the_next_look_is_the_next_day_with_something_to_do(
        invoices in prop::collection::vec(any_candidate(), 1..4),
    ) {
        let (scenario, today) = (Scenario::french_default(), day(DUE));
        let next = next_look(&scenario, &invoices, today);
        let last_day = next.unwrap_or_else(|| today.plus_days(400));
        let between = (1..today.days_until(last_day)).map(|ahead| today.plus_days(ahead));
        for skipped in between {
            prop_assert_eq!(plan(&scenario, &invoices, skipped), None, "{} is skipped", skipped);
        }
        if let Some(next) = next {
            prop_assert!(next > today);
            prop_assert!(plan(&scenario, &invoices, next).is_some(), "{} is too early", next);
        }
    }
}

proptest! {
    /// Whatever the days of its invoices: an account is written to no sooner than its pace allows,
    /// each invoice still takes all its levels in order, a run on the days of the next look alone
    /// does the same as a daily one, and what is told ahead comes so.
    #[test]
    fn an_account_is_not_written_to_more_often_than_its_pace(
        dues in prop::collection::vec(-20..60_i64, 1..9),
        gap_days in 0..15_u16,
    ) {
        let scenario = Scenario::french_default();
        let start = day(DUE);
        let due_days = dues.iter().map(|offset| start.plus_days(*offset));
        let mut all: Vec<_> = (0..).zip(due_days).map(|(id, due)| candidate(id, due)).collect();
        let mut sent: BTreeMap<InvoiceId, Vec<(Day, usize)>> = BTreeMap::new();
        let mut pace = Pace { gap_days, last: None };
        let (mut look, mut told) = (start, None);
        for today in (0..400).map(|ahead| start.plus_days(ahead)) {
            let found = plan_at(&scenario, &all, pace, today);
            prop_assert!(found.is_none() || look <= today, "{} would be skipped", today);
            prop_assert!(told.is_none_or(|(day, _)| today <= day), "told for a day that is over");
            if let Some(plan) = found {
                let now = Some((today, plan.kind));
                prop_assert!(told.is_none() || told == now, "told otherwise: {:?}", told);
                let before = pace.last.map_or(gap_days.into(), |last| last.days_until(today));
                prop_assert!(before >= i64::from(gap_days), "{} days after", before);
                record(&scenario, &mut all, &plan, today);
                pace.last = Some(today);
                for item in &plan.items {
                    sent.entry(item.invoice).or_default().push((today, item.step));
                }
            }
            if look <= today {
                look = next_at(&scenario, &all, pace, today).unwrap_or(start);
            }
            let account = standing();
            let coming = ahead(&basis(&scenario, &account, pace), &all, today);
            told = coming.map(|(day, plan)| (day, plan.kind));
        }
        for invoice in &all {
            let steps = sent.remove(&invoice.invoice).unwrap_or_default();
            check_course(&scenario, invoice.due_on, &steps)?;
            prop_assert_eq!(steps.last().map(|(_, step)| *step), Some(3), "a level is missing");
        }
    }
}

#[test]
fn invoices_of_many_days_are_asked_for_together_once_a_week() {
    let scenario = Scenario::french_default();
    // One falls due every third day: without a pace each would have mails of its own.
    let mut all: Vec<_> = (0..10)
        .map(|n| candidate(n, day(DUE).plus_days(3 * i64::try_from(n).unwrap())))
        .collect();
    let count = |gap_days: u16, all: &mut Vec<Candidate>| {
        let mut pace = Pace {
            gap_days,
            last: None,
        };
        let days = (-10..60).map(|ahead| day(DUE).plus_days(ahead));
        let sent = days.filter(|today| {
            let Some(plan) = plan_at(&scenario, all, pace, *today) else {
                return false;
            };
            record(&scenario, all, &plan, *today);
            pace.last = Some(*today);
            true
        });
        sent.count()
    };
    let mut alike = all.clone();
    assert_eq!(count(0, &mut alike), 39);
    assert_eq!(count(7, &mut all), 10);
}

fn check_course(
    scenario: &Scenario,
    due_on: Day,
    sent: &[(Day, usize)],
) -> Result<(), TestCaseError> {
    let offset = |step: usize| scenario.steps[step].offset_days;
    for (on, step) in sent {
        prop_assert!(due_on.plus_days(offset(*step)) <= *on, "too early");
        prop_assert!(offset(*step) >= 0 || *on <= due_on, "a notice of the past");
    }
    for pair in sent.windows(2) {
        let ((before, from), (on, to)) = (pair[0], pair[1]);
        prop_assert_eq!(to, from + 1, "a level twice or left out");
        let gap = before.days_until(on);
        prop_assert!(
            offset(from) < 0 || gap >= offset(to) - offset(from),
            "too soon after"
        );
    }
    prop_assert!(
        sent.first().is_none_or(|(_, step)| *step <= 1),
        "starts with the first"
    );
    Ok(())
}
