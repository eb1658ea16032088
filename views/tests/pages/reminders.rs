//! Scenarios, dry run, approvals and pauses, in both languages.

use domain::hours::Rhythm;
use domain::insolvency::{Insolvency, InsolvencyKind};
use domain::late::ChargeKind;
use domain::message::MessageKind;
use domain::party::Language;
use domain::pause::{Pause, PauseKind, PauseReason};
use domain::scenario::{Block, Channel, Fault, Profile, Recipe};
use domain::unsent::Unsent;
use domain::{ApprovalId, DebtorId, Id, InvoiceId, Money, PauseId, ScenarioId};
use views::problem::{Problem, ReminderWrong, Wrong};
use views::staff::approvals::{self, ApprovalsPage, Question};
use views::staff::dry_run::{self, DryRunPage, Gets};
use views::staff::reminders::{self, Brings, DayLine, RemindersPage};
use views::staff::scenario::{self, ScenarioPage, StepForm};
use views::staff::scenarios::{self, Line, Many, ScenariosPage, ToConfirm};

use crate::samples::{TODAY, at, day};
use crate::staff::{both, delmas, frame};

fn pause(invoice: bool) -> Pause {
    Pause {
        id: PauseId::from_bits(1),
        debtor: Some(DebtorId::from_bits(1)),
        invoice: invoice.then_some(InvoiceId::from_bits(1)),
        kind: PauseKind::Pause,
        reason: PauseReason::Other,
        note: "Avoir <12> à venir".into(),
        until: day("2026-12-04"),
        made_at: at("2026-11-20", 9),
        by: "staff compta@boreal.example".into(),
        ended_at: None,
    }
}

#[test]
fn scenarios_are_listed_with_who_follows_them() {
    let line = |id, name: &str, active| Line {
        id: ScenarioId::from_bits(id),
        name: name.into(),
        latest: 3,
        active,
    };
    let mut view = ScenariosPage {
        supplier: "boreal".into(),
        today: day(TODAY),
        scenarios: vec![
            line(1, "Ferme <1>", Some(3)),
            line(2, "Souple", Some(2)),
            line(3, "Essai", None),
        ],
        assigned: vec![
            (Profile::Late, ScenarioId::from_bits(1)),
            (Profile::Key, ScenarioId::from_bits(2)),
        ],
        rhythm: Rhythm::default(),
        pauses: vec![pause(false)],
        waiting: 2,
        may_write: true,
        name: String::new(),
        many: Some(Many {
            count: 5_000,
            deed: ToConfirm::Assign(Profile::Standard, Some(ScenarioId::from_bits(1))),
        }),
        problems: Vec::new(),
        key: "key".into(),
    };
    both("scenarios", |frame| scenarios::page(frame, &view));
    let shown = scenarios::page(&frame(Language::Fr), &view).0;
    assert!(shown.contains("Oui, 5\u{202f}000 messages peuvent partir"));
    view.many = Some(Many {
        count: 5_000,
        deed: ToConfirm::Resume(PauseId::from_bits(1)),
    });
    both("scenarios-resume", |frame| scenarios::page(frame, &view));
    view.may_write = false;
    let shown = scenarios::page(&frame(Language::Fr), &view).0;
    assert_eq!(
        shown.matches("<form").count(),
        2,
        "signing out, and no word of a change but one"
    );
}

#[test]
fn a_scenario_is_a_timeline_and_a_form() {
    let steps = Recipe::Firm.steps();
    let mut form: Vec<StepForm> = steps.iter().map(StepForm::of).collect();
    form[1].least_amount = "50".into();
    form[1].unless = vec![Block::Plan];
    form.push(StepForm::blank());
    let wrong = Wrong::Reminder(ReminderWrong::Step(Fault::SameDay));
    let view = ScenarioPage {
        supplier: "boreal".into(),
        id: ScenarioId::from_bits(1),
        name: "Ferme <1>".into(),
        version: 4,
        active: Some(3),
        profiles: vec![Profile::Late],
        steps,
        form,
        thanks: true,
        many: Some(5_000),
        changed: true,
        may_write: true,
        problems: vec![Problem::new("offset.2", wrong)],
        key: "key".into(),
    };
    both("scenario", |frame| scenario::page(frame, &view));
}

#[test]
fn a_dry_run_says_who_gets_what_and_why_others_do_not() {
    let gets = |kind, asked| Gets {
        debtor: DebtorId::from_bits(1),
        name: "Transports <Delmas>".into(),
        kind,
        channel: Channel::Email,
        invoices: 3,
        asked,
    };
    let view = DryRunPage {
        supplier: "boreal".into(),
        on: day(TODAY),
        range: (day(TODAY), day(TODAY).plus_days(60)),
        instead: Some("Ferme <1>".into()),
        leaves_at: at("2026-11-23", 9),
        accounts: 12_340,
        messages: vec![(MessageKind::Reminder1, 4_990), (MessageKind::Notice, 10)],
        waits: vec![(Unsent::NotDue, 31_000), (Unsent::Disputed, 12)],
        passed: vec![(Unsent::NoChannel, 7)],
        gets: vec![
            gets(MessageKind::Reminder1, false),
            gets(MessageKind::FormalNotice, true),
        ],
        held: vec![(DebtorId::from_bits(2), "Quai <4>".into(), Unsent::Gap)],
        shown: 2,
        problems: Vec::new(),
    };
    both("dry-run", |frame| dry_run::page(frame, &view));
}

#[test]
fn a_formal_notice_is_approved_with_its_breakdown() {
    let question = Question {
        id: ApprovalId::from_bits(1),
        debtor: delmas(),
        kind: MessageKind::FormalNotice,
        asked_at: at("2026-11-20", 9),
        invoices: vec![("FA <117>".into(), Money::eur(1_200_000))],
        charges: vec![
            (ChargeKind::Interest, Money::eur(30_736)),
            (ChargeKind::Indemnity, Money::eur(4_000)),
        ],
        total: vec![Money::eur(1_234_736)],
    };
    let view = ApprovalsPage {
        supplier: "boreal".into(),
        questions: vec![question],
        may_write: true,
        key: "key".into(),
    };
    both("approvals", |frame| approvals::page(frame, &view));
}

#[test]
fn a_customers_days_to_come_pauses_and_proceedings() {
    let line = |on: &str, what| DayLine {
        on: day(on),
        what,
        numbers: vec!["FA <117>".into(), "FA-118".into()],
    };
    let view = RemindersPage {
        supplier: "boreal".into(),
        debtor: DebtorId::from_bits(1),
        name: "Transports <Delmas>".into(),
        today: day(TODAY),
        profile: Profile::Late,
        scenario: Some("Ferme <1>".into()),
        steps: Recipe::Firm.steps(),
        days: vec![
            line(
                "2026-11-23",
                Brings::Message(MessageKind::Reminder1, Channel::Email),
            ),
            line(
                "2026-11-30",
                Brings::Passed(MessageKind::Reminder2, Unsent::NoChannel),
            ),
            line(
                "2026-12-21",
                Brings::Asked(MessageKind::FormalNotice, Channel::Letter),
            ),
        ],
        waits: vec![("FA-119".into(), Unsent::Disputed)],
        invoices: vec![(InvoiceId::from_bits(1), "FA <117>".into())],
        pauses: vec![(pause(true), Some("FA <117>".into())), (pause(false), None)],
        insolvency: Some(Insolvency {
            kind: InsolvencyKind::Receivership,
            judged_on: day("2026-11-10"),
            published_on: Some(day("2026-11-19")),
        }),
        may_write: true,
        problems: vec![Problem::new("note", Wrong::Reminder(ReminderWrong::Note))],
        key: "key".into(),
    };
    both("reminders", |frame| reminders::page(frame, &view));
}
