//! Conditions, channels, approval and passing over, by table.

use super::Unsent as U;
use super::tests::{DUE, basis, candidate, last, standing};
use super::*;
use crate::samples::{day, eur, usd};
use crate::scenario::{Behaviour, Conditions, Recipe, Step};

pub(super) fn scenario(steps: Vec<Step>) -> Scenario {
    Scenario {
        steps,
        ..Scenario::french_default()
    }
}

/// What becomes of a reminder of this step on its day, with all of the account as usual but for
/// what `change` changes.
fn became(
    step: Step,
    change: impl Fn(&mut Standing, &mut Basis<'_>, &mut Candidate),
) -> Result<Channel, Unsent> {
    let scenario = scenario(vec![step]);
    let (mut account, mut invoice) = (standing(), candidate(1, day(DUE)));
    let blank = standing();
    change(
        &mut account,
        &mut basis(&scenario, &blank, Pace::default()),
        &mut invoice,
    );
    let mut own = basis(&scenario, &account, Pace::default());
    change(&mut standing(), &mut own, &mut invoice);
    let found = decide(&own, &[invoice], day(DUE).plus_days(5));
    if let Some(plan) = found.message.or(found.ask) {
        return Ok(plan.channel);
    }
    let passed = found.passed.iter().map(|one| one.why);
    Err(passed
        .chain(found.waits.iter().map(|one| one.1))
        .next()
        .unwrap())
}

fn step(change: impl Fn(&mut Conditions)) -> Step {
    let mut step = Step::email(MessageKind::Reminder1, 3);
    change(&mut step.when);
    step
}

type Change = fn(&mut Standing, &mut Basis<'_>, &mut Candidate);
type Row = (fn(&mut Conditions), Change, Option<U>);

fn usual(_: &mut Standing, _: &mut Basis<'_>, _: &mut Candidate) {}

/// A condition, how the account differs, and what does not hold then.
const ROWS: &[Row] = &[
    (|when| when.least_amount = 1, usual, None),
    (|when| when.least_amount = 2, usual, Some(U::AmountSmall)),
    (|when| when.least_balance = 1, usual, None),
    (|when| when.least_balance = 2, usual, Some(U::BalanceSmall)),
    (
        |when| when.profiles = vec![Profile::Key],
        usual,
        Some(U::Profile),
    ),
    (
        |when| when.profiles = vec![Profile::Key],
        |account, _, _| account.profile = Profile::Key,
        None,
    ),
    (|when| when.behaviour = Behaviour::Kept, usual, None),
    (
        |when| when.behaviour = Behaviour::Kept,
        |account, _, _| account.broke_promise = true,
        Some(U::Behaviour),
    ),
    (
        |when| when.behaviour = Behaviour::Broken,
        usual,
        Some(U::Behaviour),
    ),
    (
        |when| when.unless = vec![Block::Dispute],
        |account, _, _| account.blocks = vec![Block::Dispute],
        Some(U::AccountDisputed),
    ),
    (
        |when| when.unless = vec![Block::Promise],
        |account, _, _| account.blocks = vec![Block::Promise],
        Some(U::AccountPromised),
    ),
    (
        |when| when.unless = vec![Block::Plan],
        |account, _, _| account.blocks = vec![Block::Plan],
        Some(U::OnPlan),
    ),
    (
        |when| when.unless = vec![Block::Mandate],
        |account, _, _| account.blocks = vec![Block::Mandate],
        Some(U::Mandate),
    ),
    (
        |when| when.unless = vec![Block::Mandate],
        |account, _, _| account.blocks = vec![Block::Plan],
        None,
    ),
    (
        |when| when.rest_days = 5,
        |_, basis, _| basis.pace.last = Some(day(DUE)),
        None,
    ),
    (
        |when| when.rest_days = 6,
        |_, basis, _| basis.pace.last = Some(day(DUE)),
        Some(U::Rested),
    ),
    (
        |_| (),
        |account, _, _| account.reach.clear(),
        Some(U::NoContact),
    ),
    (
        |_| (),
        |_, basis, _| basis.ready = &[Channel::Call],
        Some(U::NoChannel),
    ),
    (
        |_| (),
        |_, basis, _| basis.mode = LegalMode::ThirdParty,
        Some(U::LegalMode),
    ),
    (
        |_| (),
        |_, basis, _| basis.held = Some((U::PausedDebtor, None)),
        Some(U::PausedDebtor),
    ),
    (
        |_| (),
        |_, _, one| one.held = Some(U::Disputed),
        Some(U::Disputed),
    ),
    (
        |_| (),
        |_, _, one| one.remindable = eur(0),
        Some(U::Settled),
    ),
    (
        |_| (),
        |_, basis, _| {
            let last = Some(day(DUE));
            basis.pace = Pace { gap_days: 6, last };
        },
        Some(U::Gap),
    ),
    (
        |_| (),
        |_, _, one| one.due_on = day(DUE).plus_days(3),
        Some(U::NotDue),
    ),
    (
        |_| (),
        |_, _, one| one.passed = vec!["reminder_1".into()],
        Some(U::Done),
    ),
];

#[test]
fn each_condition_holds_or_says_which_one_did_not() {
    for (place, (when, change, expected)) in ROWS.iter().enumerate() {
        let found = became(step(when), change);
        assert_eq!(found.err(), *expected, "row {place}");
    }
}

#[test]
fn the_first_channel_that_is_there_and_reaches_somebody_is_taken() {
    use Channel::{Call, Email, Letter, Sms};
    let ready: &[&[Channel]] = &[&[Email], &[Email, Sms, Letter, Call]];
    for (channels, reach, ready, expected) in [
        (vec![Email, Sms], vec![Email, Sms], ready[1], Ok(Email)),
        (vec![Email, Sms], vec![Sms], ready[1], Ok(Sms)),
        (vec![Sms, Email], vec![Email, Sms], ready[0], Ok(Email)),
        (
            vec![Email, Sms],
            vec![Sms],
            ready[0],
            Err(Unsent::NoContact),
        ),
        (
            vec![Sms, Letter],
            vec![Sms],
            ready[0],
            Err(Unsent::NoChannel),
        ),
        (vec![Call], vec![], ready[1], Err(Unsent::NoContact)),
        (vec![Call], vec![Email], ready[1], Err(Unsent::Unreachable)),
    ] {
        let step = step(|_| ()).by(&channels);
        let found = became(step, |account, basis, _| {
            account.reach.clone_from(&reach);
            basis.ready = ready;
        });
        assert_eq!(found, expected, "{channels:?} {reach:?}");
    }
}

/// What each day of a course brings, in words; `tick` says which days there is a run.
fn course(steps: Vec<Step>, ready: &[Channel], tick: impl Fn(i64) -> bool) -> Vec<String> {
    let (scenario, account) = (scenario(steps), standing());
    let (mut all, mut pace) = ([candidate(1, day(DUE))], Pace::default());
    let mut said = Vec::new();
    for offset in (-12..70).filter(|offset| tick(*offset)) {
        let today = day(DUE).plus_days(offset);
        let own = Basis {
            ready,
            ..basis(&scenario, &account, pace)
        };
        let found = decide(&own, &all, today);
        let code = |step: usize| scenario.steps[step].code.as_str();
        for one in &found.passed {
            said.push(format!("{offset} {} {}", code(one.step), one.why));
        }
        for (word, plan) in [("sent", &found.message), ("asked", &found.ask)] {
            for item in plan.iter().flat_map(|plan| &plan.items) {
                said.push(format!("{offset} {} {word}", code(item.step)));
            }
        }
        record(&scenario, (&mut all, &mut pace), &found, today);
    }
    said
}

#[test]
fn a_step_without_its_channel_is_passed_over_and_holds_up_nothing() {
    let steps = Recipe::steps;
    let expected = [
        "-7 notice sent",
        "3 reminder_1 sent",
        "4 call_1 no_channel",
        "12 reminder_2 sent",
        "13 call_2 no_channel",
        "20 reminder_3 sent",
    ];
    assert_eq!(
        course(steps(Recipe::Resend), &[Channel::Email], |_| true),
        expected
    );
    let called = course(
        steps(Recipe::Resend),
        &[Channel::Email, Channel::Call],
        |_| true,
    );
    assert_eq!(called[2..4], ["4 call_1 unreachable", "12 reminder_2 sent"]);
}

#[test]
fn of_one_level_the_latest_is_taken_after_missed_days() {
    let mut steps = Recipe::Resend.steps();
    for step in &mut steps {
        step.channels = vec![Channel::Email];
    }
    let missed = course(steps, &[Channel::Email], |offset| {
        !(-9..=5).contains(&offset)
    });
    let expected = [
        "6 notice overtaken",
        "6 reminder_1 overtaken",
        "6 call_1 sent",
        "14 reminder_2 sent",
        "15 call_2 sent",
        "22 reminder_3 sent",
    ];
    assert_eq!(missed, expected);
}

#[test]
fn a_formal_notice_is_asked_about_alone_and_then_waited_for() {
    let steps = vec![
        Step::email(MessageKind::Reminder1, 3),
        Step::email(MessageKind::FormalNotice, 30),
    ];
    let said = course(steps, &[Channel::Email], |_| true);
    assert_eq!(said, ["3 reminder_1 sent", "30 formal_notice asked"]);
}

#[test]
fn a_message_and_a_question_may_come_of_one_day_but_never_two_messages() {
    let scenario = scenario(Recipe::Firm.steps());
    let mut formal = candidate(1, day(DUE).plus_days(-40));
    formal.last = last("reminder_3", day(DUE).plus_days(-20));
    let dollars = Candidate {
        remindable: usd(100),
        ..candidate(2, day(DUE).plus_days(-5))
    };
    let account = standing();
    let own = basis(&scenario, &account, Pace::default());
    let found = decide(&own, &[formal.clone(), dollars], day(DUE));
    let (message, ask) = (found.message.unwrap(), found.ask.unwrap());
    assert_eq!(
        (message.kind, message.items.len()),
        (MessageKind::Reminder1, 1)
    );
    assert_eq!(
        (ask.kind, ask.items[0].invoice),
        (MessageKind::FormalNotice, formal.invoice)
    );
}

#[test]
fn what_goes_another_way_waits_for_a_day_of_its_own() {
    let steps = vec![
        Step::email(MessageKind::Reminder1, 3),
        Step::email(MessageKind::Reminder2, 10).by(&[Channel::Call]),
    ];
    let scenario = scenario(steps);
    let mut second = candidate(1, day(DUE));
    second.last = last("reminder_1", day(DUE).plus_days(3));
    let first = candidate(2, day(DUE).plus_days(7));
    let mut account = standing();
    account.reach.push(Channel::Call);
    let own = Basis {
        ready: &[Channel::Email, Channel::Call],
        ..basis(&scenario, &account, Pace::default())
    };
    let found = decide(&own, &[second, first.clone()], day(DUE).plus_days(10));
    let message = found.message.unwrap();
    assert_eq!((message.channel, message.items.len()), (Channel::Call, 1));
    assert_eq!(found.waits, [(first.invoice, Unsent::OtherFirst)]);
}

#[test]
fn an_account_that_is_held_is_looked_at_again_when_that_ends() {
    let (scenario, account) = (Scenario::french_default(), standing());
    let all = [candidate(1, day(DUE))];
    let held = |until: Option<&str>| Basis {
        held: Some((Unsent::Excluded, until.map(day))),
        ..basis(&scenario, &account, Pace::default())
    };
    let today = day(DUE).plus_days(3);
    assert!(decide(&held(None), &all, today).is_idle());
    assert_eq!(next_look(&held(None), &all, today), Some(day("2026-03-11")));
    let until = held(Some("2026-03-20"));
    assert_eq!(next_look(&until, &all, today), Some(day("2026-03-21")));
    assert_eq!(ahead(&held(None), &all, today), None);
    let (on, plan) = ahead(&until, &all, today).unwrap();
    assert_eq!((on, plan.kind), (day("2026-03-21"), MessageKind::Reminder1));
}

#[test]
fn a_forecast_says_what_each_day_will_bring() {
    let (scenario, account) = (scenario(Recipe::Resend.steps()), standing());
    let own = basis(
        &scenario,
        &account,
        Pace {
            gap_days: 7,
            last: None,
        },
    );
    let all = [candidate(1, day(DUE)), candidate(2, day(DUE).plus_days(2))];
    let last = day(DUE).plus_days(60);
    let found = forecast(&own, &all, (day(DUE).plus_days(-20), last), |day| day);
    let told: Vec<_> = found
        .iter()
        .filter_map(|one| {
            Some((
                one.on.to_string(),
                one.decision.message.as_ref()?.items.len(),
            ))
        })
        .collect();
    let days: Vec<&str> = told.iter().map(|(on, _)| on.as_str()).collect();
    assert_eq!(
        days,
        [
            "2026-02-22",
            "2026-03-01",
            "2026-03-08",
            "2026-03-17",
            "2026-03-25"
        ]
    );
    let both: Vec<usize> = told.iter().map(|(_, count)| *count).collect();
    assert_eq!(both, [1, 1, 2, 2, 2]);
}
