//! The recipes, the default, and what is refused.

use super::*;

#[test]
fn the_french_default_has_four_dates_and_codes() {
    let scenario = Scenario::french_default();
    let steps: Vec<_> = scenario
        .steps
        .iter()
        .map(|step| (step.code.as_str(), step.offset_days))
        .collect();
    let expected = [
        ("notice", -7),
        ("reminder_1", 3),
        ("reminder_2", 10),
        ("reminder_3", 20),
    ];
    assert_eq!(steps, expected);
    assert!(scenario.steps.iter().all(|step| step.kind.is_reminder()));
    assert!(scenario.thanks);
}

#[test]
fn every_recipe_may_be_used_and_begins_courteous() {
    for recipe in Recipe::ALL {
        let steps = recipe.steps();
        assert_eq!(check(&steps), [], "{recipe}");
        assert!(steps[0].is_notice(), "{recipe}");
        assert_eq!(steps[1].kind, MessageKind::Reminder1, "{recipe}");
    }
    let call = &Recipe::Resend.steps()[2];
    assert_eq!(
        (call.offset_days, &call.channels[..]),
        (4, &[Channel::Call][..])
    );
}

#[test]
fn what_makes_no_sense_is_refused_at_its_step() {
    type Change = fn(&mut Vec<Step>);
    let changes: &[(Fault, usize, Change)] = &[
        (Fault::Empty, 0, Vec::clear),
        (Fault::TooMany, STEPS_MAX, |steps| {
            *steps = vec![steps[1].clone(); STEPS_MAX + 1];
        }),
        (Fault::Offset, 5, |steps| steps[5].offset_days = 366),
        (Fault::Offset, 0, |steps| steps[0].offset_days = -61),
        (Fault::Side, 0, |steps| {
            steps[0].kind = MessageKind::Reminder1
        }),
        (Fault::Side, 1, |steps| steps[1].kind = MessageKind::Notice),
        (Fault::SameDay, 2, |steps| steps[2].offset_days = 2),
        (Fault::Softer, 3, |steps| {
            steps[3].kind = MessageKind::Reminder1
        }),
        (Fault::SameCode, 2, |steps| {
            steps[2].code = "reminder_1".into()
        }),
        (Fault::NoChannel, 1, |steps| steps[1].channels.clear()),
        (Fault::ChannelTwice, 1, |steps| {
            steps[1].channels.push(Channel::Email);
        }),
        (Fault::Unapproved, 5, |steps| steps[5].approval = false),
        (Fault::Abrupt, 0, |steps| *steps = vec![steps[5].clone()]),
        (Fault::Condition, 1, |steps| {
            steps[1].when.least_amount = LEAST_MAX + 1;
        }),
        (Fault::Condition, 1, |steps| {
            steps[1].when.rest_days = REST_MAX + 1;
        }),
        (Fault::Kind, 1, |steps| steps[1].kind = MessageKind::Thanks),
    ];
    for (fault, place, change) in changes {
        let mut steps = Recipe::Firm.steps();
        change(&mut steps);
        let found = check(&steps);
        assert!(found.contains(&(*place, *fault)), "{fault}: {found:?}");
    }
    let refused: Vec<Fault> = changes.iter().map(|(fault, ..)| *fault).collect();
    assert!(Fault::ALL.iter().all(|fault| refused.contains(fault)));
}

#[test]
fn each_legal_mode_sends_what_it_may() {
    use LegalMode::{OutsourcedReminder, OwnAccount, ThirdParty};
    for (mode, kind, may) in [
        (OwnAccount, MessageKind::FormalNotice, true),
        (OwnAccount, MessageKind::Notice, true),
        (OutsourcedReminder, MessageKind::Notice, true),
        (OutsourcedReminder, MessageKind::Reminder3, true),
        (OutsourcedReminder, MessageKind::FormalNotice, false),
        (ThirdParty, MessageKind::Notice, false),
        (ThirdParty, MessageKind::Reminder1, false),
        (ThirdParty, MessageKind::FormalNotice, false),
        (ThirdParty, MessageKind::Thanks, true),
    ] {
        assert_eq!(allowed(mode, kind), may, "{mode} {kind}");
    }
}

#[test]
fn a_free_code_is_nobodys() {
    let kind = MessageKind::Reminder1;
    assert_eq!(Scenario::free_code(&[], kind), "reminder_1");
    let taken = ["reminder_1", "reminder_1_2"];
    assert_eq!(Scenario::free_code(&taken, kind), "reminder_1_3");
}
