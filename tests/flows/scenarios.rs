//! Scenarios of a supplier's own, approval, hours and the fuse: what a planning does of them, and
//! what it leaves in the trace.

use acquit::clock::new_id;
use acquit::flows::dry_run::MANY;
use acquit::flows::scenario::ScenarioError;
use acquit::flows::{Actor, FlowError, approve, dry_run, pause, plan_reminders, scenario};
use acquit::gateway::email::Mailer;
use acquit::jobs::tick;
use acquit::store::{self, Across, StoreError};
use domain::approval::ApprovalEvent;
use domain::message::MessageKind;
use domain::scenario::{Profile, Recipe, Step};
use domain::{Day, ScenarioId};

use super::{MONDAY, Scene, share};
use crate::support::databases::backends;
use crate::support::world::paris;

pub(super) fn day(text: &str) -> Day {
    text.parse().unwrap()
}

pub(super) fn actor() -> Actor {
    Actor::staff("compta@four.example")
}

impl Scene {
    /// Goes to a day with a balance of the day.
    pub(super) async fn on_balance(&self, on: &str) {
        self.go_to(on);
        let (supplier, as_of) = (self.supplier.id, day(on));
        let set = move |conn: &mut _| Ok(store::supplier::set_data_as_of(conn, supplier, as_of)?);
        self.world.write(set).await;
    }

    pub(super) async fn fresh(&self) -> domain::party::Supplier {
        let id = self.supplier.id;
        let find = move |conn: &mut _| store::supplier::find(conn, id);
        let read = self.world.app.store.read(Across::Inspection, find);
        read.await.unwrap()
    }

    /// A scenario of these steps, in use for ordinary customers.
    pub(super) async fn follows(&self, steps: Vec<Step>) -> ScenarioId {
        let (app, owner) = (&self.world.app, self.fresh().await);
        let id: ScenarioId = new_id();
        let new = (id, "Le nôtre".to_owned(), Recipe::Standard);
        scenario::create(app, owner.id, new, actor()).await.unwrap();
        let saved = scenario::save(app, owner.id, (id, 1), (steps, true), actor());
        let version = saved.await.unwrap();
        let used = scenario::activate(app, &owner, (id, version), None, actor());
        used.await.unwrap();
        let wish = (Profile::Standard, Some(id));
        let given = scenario::assign(app, &owner, wish, None, actor());
        given.await.unwrap();
        id
    }

    pub(super) async fn plans(&self) -> plan_reminders::Planned {
        let supplier = self.fresh().await;
        let planned = plan_reminders::run(&self.world.app, &supplier).await;
        planned.unwrap()
    }

    pub(super) fn rows(&self, sql: &str) -> Vec<String> {
        self.world.conn().read_sql(sql).unwrap()
    }
}

/// What was taken and passed over, with scenario and version.
pub(super) const TRACE: &str = "SELECT code || ' ' || scenario_version || ' ' || channel || ' '
    || CASE WHEN scenario_id IS NULL THEN 'built in' ELSE 'own' END AS value
    FROM reminder_step ORDER BY done_on, code";
const PASSED: &str = "SELECT code || ' ' || reason AS value FROM step_passed ORDER BY code";

#[actix_web::test]
async fn the_planner_follows_the_scenario_of_the_profile_and_leaves_its_trace() {
    for backend in backends() {
        let scene = Scene::on(backend, "2026-02-20", Mailer::Mailbox).await;
        scene
            .world
            .invoice(&scene.debtor, "F1", 10_000, "2026-03-03")
            .await;
        let mut steps = Recipe::Resend.steps();
        steps[5].when.least_amount = 101;
        scene.on_balance("2026-02-20").await;
        scene.follows(steps).await;
        for offset in -12..40 {
            let today = day("2026-03-03").plus_days(offset);
            scene.on_balance(&today.to_string()).await;
            tick(&scene.world.app).await.unwrap();
        }
        let taken = [
            "notice 2 email own",
            "reminder_1 2 email own",
            "reminder_2 2 email own",
        ];
        assert_eq!(scene.rows(TRACE), taken, "{backend}");
        let passed = [
            "call_1 unreachable",
            "call_2 unreachable",
            "reminder_3 amount_small",
        ];
        assert_eq!(scene.rows(PASSED), passed, "{backend}");
    }
}

#[actix_web::test]
async fn a_profile_has_its_own_scenario_and_others_keep_the_built_in_one() {
    for backend in backends() {
        let scene = Scene::on(backend, MONDAY, Mailer::Mailbox).await;
        scene
            .world
            .invoice(&scene.debtor, "F1", 10_000, "2026-02-26")
            .await;
        scene.on_balance(MONDAY).await;
        scene
            .follows(vec![Step::email(MessageKind::Reminder1, 30)])
            .await;
        assert_eq!(
            scene.plans().await.messages,
            0,
            "{backend}: at 30 days only"
        );
        let whose = (scene.supplier.id, scene.debtor.id);
        let key = pause::set_profile(&scene.world.app, whose, Profile::Key, actor());
        key.await.unwrap();
        assert_eq!(scene.plans().await.messages, 1, "{backend}");
        assert_eq!(scene.rows(TRACE), ["reminder_1 1 email built in"]);
    }
}

#[actix_web::test]
async fn a_formal_notice_leaves_only_once_a_person_has_said_yes() {
    let steps = || {
        vec![
            Step::email(MessageKind::Reminder1, 3),
            Step::email(MessageKind::FormalNotice, 30),
        ]
    };
    for backend in backends() {
        for yes in [true, false] {
            let scene = Scene::on(backend, "2026-02-23", Mailer::Mailbox).await;
            scene
                .world
                .invoice(&scene.debtor, "F1", 10_000, "2026-02-20")
                .await;
            scene.on_balance("2026-02-23").await;
            scene.follows(steps()).await;
            tick(&scene.world.app).await.unwrap();
            scene.on_balance("2026-03-23").await;
            for _ in 0..2 {
                tick(&scene.world.app).await.unwrap();
            }
            assert_eq!(scene.outbox().await, ["reminder_1 sent"], "{backend}");
            let waiting = scene.rows("SELECT id AS value FROM approval WHERE state = 'waiting'");
            let [id] = waiting.try_into().unwrap();
            let id = id.parse().unwrap();
            let (app, supplier) = (&scene.world.app, scene.supplier.id);
            let event = approve::answer(app, supplier, id, (yes, actor()))
                .await
                .unwrap();
            tick(app).await.unwrap();
            if yes {
                assert_eq!(event, ApprovalEvent::Approve);
                assert_eq!(scene.outbox().await[1], "formal_notice sent", "{backend}");
                let mail = scene.newest_mail().await.replace('\n', " ");
                for words in ["mise en demeure", "100,00\u{a0}€", "31/03/2026"] {
                    assert!(mail.contains(words), "{backend}: {words} in {mail}");
                }
            } else {
                assert_eq!(scene.rows(PASSED), ["formal_notice declined"], "{backend}");
                assert_eq!(scene.outbox().await, ["reminder_1 sent"], "{backend}");
            }
            let twice = approve::answer(app, supplier, id, (true, actor())).await;
            assert!(
                matches!(twice, Err(FlowError::Refused(_))),
                "{backend}: {twice:?}"
            );
            scene.on_balance("2026-04-30").await;
            tick(app).await.unwrap();
            let asked = scene.rows("SELECT id AS value FROM approval");
            assert_eq!(asked.len(), 1, "{backend}: asked once");
        }
    }
}

#[actix_web::test]
async fn what_would_mail_many_accounts_today_waits_for_the_number_to_be_said() {
    for backend in backends() {
        let scene = Scene::on(backend, MONDAY, Mailer::Mailbox).await;
        for n in 0..=MANY {
            let (debtor, _) = scene.world.debtor(&scene.supplier, &format!("D{n}")).await;
            scene
                .world
                .invoice(&debtor, &format!("F{n}"), 10_000, "2026-02-20")
                .await;
        }
        scene.on_balance(MONDAY).await;
        let (app, owner) = (&scene.world.app, scene.fresh().await);
        let id: ScenarioId = new_id();
        let new = (id, "Ferme".to_owned(), Recipe::Firm);
        scenario::create(app, owner.id, new.clone(), actor())
            .await
            .unwrap();
        scenario::create(app, owner.id, new, actor()).await.unwrap();
        let again = (new_id(), "Ferme".to_owned(), Recipe::Gentle);
        let named = scenario::create(app, owner.id, again, actor()).await;
        assert!(matches!(named, Err(ScenarioError::Name)), "{backend}");
        // Nobody follows it: it may be brought into use.
        scenario::activate(app, &owner, (id, 1), None, actor())
            .await
            .unwrap();
        let wish = (Profile::Standard, Some(id));
        let many = MANY + 1;
        for said in [None, Some(MANY)] {
            let given = scenario::assign(app, &owner, wish, said, actor()).await;
            let Err(ScenarioError::Flow(FlowError::Many(count))) = given else {
                panic!("{backend}: {given:?}");
            };
            assert_eq!(count, many, "{backend}");
        }
        scenario::assign(app, &owner, wish, Some(many), actor())
            .await
            .unwrap();
        let mut changed = Recipe::Firm.steps();
        changed[1].offset_days = 3;
        let saved = scenario::save(app, owner.id, (id, 1), (changed.clone(), true), actor());
        assert_eq!(saved.await.unwrap(), 2);
        let late = scenario::save(app, owner.id, (id, 1), (changed.clone(), false), actor()).await;
        assert!(matches!(late, Err(ScenarioError::Changed)), "{backend}");
        changed[1].offset_days = 400;
        let faulty = scenario::save(app, owner.id, (id, 2), (changed, true), actor()).await;
        assert!(matches!(faulty, Err(ScenarioError::Faults(_))), "{backend}");
        let used = scenario::activate(app, &owner, (id, 2), None, actor()).await;
        let unsaid = matches!(used, Err(ScenarioError::Flow(FlowError::Many(_))));
        assert!(unsaid, "{backend}: {used:?}");

        let tried = dry_run::run(app, &owner, day(MONDAY), None).await.unwrap();
        assert_eq!((tried.accounts, tried.count()), (many, many), "{backend}");
        assert_eq!(tried.gets.len(), many.min(dry_run::SHOWN_MAX));
        assert_eq!(tried.leaves_at, paris(MONDAY, 10));
        assert_eq!(
            scene.plans().await.messages,
            many,
            "{backend}: as it was said"
        );
        let after = dry_run::run(app, &owner, day(MONDAY), None).await.unwrap();
        assert_eq!(after.count(), 0, "{backend}");
    }
}

#[actix_web::test]
async fn an_operator_sends_no_formal_notice_and_a_collector_nothing_by_scenario() {
    for backend in backends() {
        for (mode, planned, passed) in [
            ("outsourced_reminder", 0, vec!["formal_notice legal_mode"]),
            ("third_party", 0, Vec::new()),
            ("own_account", 0, Vec::new()),
        ] {
            let scene = Scene::on(backend, "2026-02-23", Mailer::Mailbox).await;
            scene
                .world
                .invoice(&scene.debtor, "F1", 10_000, "2026-02-20")
                .await;
            scene.on_balance("2026-02-23").await;
            let steps = vec![
                Step::email(MessageKind::Reminder1, 3),
                Step::email(MessageKind::FormalNotice, 30),
            ];
            scene.follows(steps).await;
            let set = format!("UPDATE supplier SET legal_mode = '{mode}'");
            scene.world.conn().run_sql(&set).unwrap();
            let first = scene.plans().await.messages;
            assert_eq!(
                first,
                usize::from(mode != "third_party"),
                "{backend} {mode}"
            );
            scene.on_balance("2026-03-24").await;
            let then = scene.plans().await;
            assert_eq!(then.messages, planned, "{backend} {mode}");
            assert_eq!(
                then.asked,
                usize::from(mode == "own_account"),
                "{backend} {mode}"
            );
            assert_eq!(scene.rows(PASSED), passed, "{backend} {mode}");
        }
    }
}

impl Scene {
    /// The newest mail's text.
    async fn newest_mail(&self) -> String {
        let (kept, _) = acquit::flows::mailbox::list(&self.world.app, None)
            .await
            .unwrap();
        let id = kept.first().unwrap().id;
        let (_, read) = acquit::flows::mailbox::open(&self.world.app, id)
            .await
            .unwrap();
        read.text
    }
}

#[actix_web::test]
async fn a_payment_is_thanked_for_unless_the_scenario_does_not() {
    for backend in backends() {
        for thanks in [true, false] {
            let scene = Scene::on(backend, MONDAY, Mailer::Mailbox).await;
            let invoice = scene.invoice("F1", 10_000).await;
            let id = scene.follows(Recipe::Gentle.steps()).await;
            let (app, owner) = (&scene.world.app, scene.fresh().await);
            let steps = (Recipe::Gentle.steps(), thanks);
            let saved = scenario::save(app, owner.id, (id, 2), steps, actor()).await;
            let which = (id, saved.unwrap());
            scenario::activate(app, &owner, which, None, actor())
                .await
                .unwrap();
            let payment = scene.announce(&[share(&invoice, 10_000)]).await.unwrap();
            scene.receive(payment, 10_000, MONDAY).await;
            let expected: &[&str] = if thanks { &["thanks due"] } else { &[] };
            assert_eq!(scene.outbox().await, expected, "{backend}");
        }
    }
}

#[actix_web::test]
async fn a_scenario_of_another_supplier_is_not_there() {
    for backend in backends() {
        let scene = Scene::on(backend, MONDAY, Mailer::Mailbox).await;
        let id = scene.follows(Recipe::Gentle.steps()).await;
        let other = scene.world.supplier("autre").await;
        let app = &scene.world.app;
        let saved = scenario::save(
            app,
            other.id,
            (id, 2),
            (Recipe::Firm.steps(), true),
            actor(),
        );
        let missing = saved.await;
        let none = |why: &ScenarioError| {
            matches!(
                why,
                ScenarioError::Flow(FlowError::Store(StoreError::NotFound))
            )
        };
        assert!(missing.as_ref().is_err_and(none), "{backend}: {missing:?}");
    }
}
