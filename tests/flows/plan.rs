//! Delays and plans: bounds, offers, money that pays the instalments in their order, and the end.

use acquit::flows::judge;
use acquit::flows::plan::{Reply, Request, ask, reply};
use acquit::flows::plan_answer::{Answer, answer};
use acquit::flows::promise::{Pledge, make};
use acquit::flows::{Actor, FlowError, plan_reminders, supplier_bounds};
use acquit::store::{self, Across};
use domain::invoice::Share;
use domain::plan::{Bounds, Part, Plan, PlanError, PlanState};
use domain::promise::{Promise, PromiseState};
use domain::{Money, PlanId};

use super::{Scene, share};
use crate::support::databases::backends;

fn part(on: &str, cents: i64) -> Part {
    Part {
        due_on: on.parse().unwrap(),
        amount: Money::eur(cents),
    }
}

fn request(shares: &[Share], parts: &[Part], key: &str) -> Request {
    Request {
        shares: shares.to_vec(),
        parts: parts.to_vec(),
        reason: "Trésorerie".into(),
        terms: "Je reconnais devoir cette somme.".into(),
        key: key.into(),
    }
}

async fn asked(scene: &Scene, request: Request) -> Result<PlanId, FlowError> {
    ask(&scene.world.app, scene.visitor, request).await
}

pub(super) async fn plan(scene: &Scene, id: PlanId) -> Plan {
    let supplier = scene.supplier.id;
    let find = move |conn: &mut _| store::plan::find(conn, supplier, id);
    scene
        .world
        .app
        .store
        .read(Across::Inspection, find)
        .await
        .unwrap()
}

async fn promises(scene: &Scene, id: PlanId) -> Vec<Promise> {
    let (supplier, debtor) = (scene.supplier.id, scene.debtor.id);
    let find = move |conn: &mut _| store::promise::of_plan(conn, supplier, debtor, id);
    scene
        .world
        .app
        .store
        .read(Across::Inspection, find)
        .await
        .unwrap()
}

async fn states(scene: &Scene, id: PlanId) -> Vec<PromiseState> {
    let all = promises(scene, id).await;
    all.into_iter().map(|promise| promise.state).collect()
}

async fn answered(scene: &Scene, id: PlanId, with: Answer) -> Result<PlanState, FlowError> {
    let said = (Actor::staff("marie@four.example"), "Bonjour".to_owned());
    answer(&scene.world.app, scene.supplier.id, id, with, said).await
}

/// Judges on a day, with a balance of that day.
pub(super) async fn judge_on(scene: &Scene, day: &str) {
    scene.go_to(day);
    let of_today = format!("UPDATE supplier SET data_as_of = '{day}'");
    scene.world.conn().run_sql(&of_today).unwrap();
    let id = scene.supplier.id;
    let find = move |conn: &mut _| store::supplier::find(conn, id);
    let supplier = scene
        .world
        .app
        .store
        .read(Across::Inspection, find)
        .await
        .unwrap();
    judge::due(&scene.world.app, supplier.clone())
        .await
        .unwrap();
    plan_reminders::run(&scene.world.app, &supplier)
        .await
        .unwrap();
}

/// Kinds of messages without those that only answer.
async fn written(scene: &Scene) -> Vec<String> {
    let all = scene.outbox().await.into_iter();
    all.map(|line| line.replace(" due", "")).collect()
}

#[actix_web::test]
async fn within_the_bounds_a_plan_runs_at_once_and_beyond_it_waits() {
    for backend in backends() {
        let scene = Scene::new(backend).await;
        let invoice = scene.invoice("F1", 10_000).await;
        let other = scene.invoice("F2", 10_000).await;
        let soon = [part("2026-03-16", 3_000), part("2026-04-30", 7_000)];
        let good = request(&[share(&invoice, 10_000)], &soon, "a");
        let id = asked(&scene, good.clone()).await.unwrap();
        assert_eq!(asked(&scene, good).await.unwrap(), id, "the same form");
        assert_eq!(plan(&scene, id).await.state, PlanState::Active);
        assert_eq!(states(&scene, id).await, [PromiseState::Made; 2]);
        assert_eq!(scene.now(invoice.id).await.promised, Money::eur(10_000));
        let late = [part("2026-06-30", 10_000)];
        let waits = asked(&scene, request(&[share(&other, 10_000)], &late, "b"))
            .await
            .unwrap();
        assert_eq!(plan(&scene, waits).await.state, PlanState::Proposed);
        assert_eq!(scene.now(other.id).await.promised, Money::eur(10_000));
        assert_eq!(written(&scene).await, ["plan_accepted", "plan_received"]);
        let never = Bounds {
            parts_max: 0,
            days_max: 60,
            first_percent_min: 30,
            total_max: Money::eur(500_000),
        };
        supplier_bounds::set(&scene.world.app, scene.supplier.id, never)
            .await
            .unwrap();
        let again = request(&[share(&other, 10_000)], &[part("2026-03-20", 10_000)], "c");
        let again = asked(&scene, again).await.unwrap();
        assert_eq!(plan(&scene, again).await.state, PlanState::Proposed);
        assert_eq!(plan(&scene, waits).await.state, PlanState::Replaced);
        assert_eq!(scene.now(other.id).await.promised, Money::eur(10_000));
    }
}

#[actix_web::test]
async fn what_makes_no_plan_changes_nothing() {
    for backend in backends() {
        let scene = Scene::new(backend).await;
        let invoice = scene.invoice("F1", 10_000).await;
        let all = [share(&invoice, 10_000)];
        for (name, shares, parts) in [
            ("a cent short", &all[..], vec![part("2026-03-16", 9_999)]),
            ("yesterday", &all[..], vec![part("2026-03-01", 10_000)]),
            ("no instalment", &all[..], vec![]),
            (
                "too much",
                &[share(&invoice, 10_001)],
                vec![part("2026-03-16", 10_001)],
            ),
        ] {
            let before = scene.now(invoice.id).await;
            let refused = asked(&scene, request(shares, &parts, name)).await;
            let why = refused.unwrap_err();
            let expected = matches!(why, FlowError::Plan(_)) || name == "too much";
            assert!(expected, "{name}: {why}");
            assert_eq!(scene.now(invoice.id).await, before, "{name}");
        }
        let running = request(&all, &[part("2026-03-16", 10_000)], "runs");
        let id = asked(&scene, running).await.unwrap();
        let twice = request(&all, &[part("2026-03-17", 10_000)], "twice");
        let refused = asked(&scene, twice).await.unwrap_err();
        assert!(matches!(refused, FlowError::OnPlan(plan) if plan == id));
        let pledge = Pledge {
            shares: all.to_vec(),
            due_on: "2026-03-20".parse().unwrap(),
            key: "p".into(),
        };
        let refused = make(&scene.world.app, scene.visitor, pledge).await;
        assert!(matches!(refused, Err(FlowError::OnPlan(_))));
    }
}

#[actix_web::test]
async fn the_supplier_accepts_refuses_or_counters_and_the_debtor_replies() {
    for backend in backends() {
        for (name, said, replied, ends, held) in [
            ("accepted", Answer::Accept, None, PlanState::Active, 10_000),
            ("refused", Answer::Refuse, None, PlanState::Refused, 0),
            (
                "countered",
                Answer::Counter(vec![part("2026-03-20", 10_000)]),
                None,
                PlanState::Countered,
                0,
            ),
            (
                "agreed",
                Answer::Counter(vec![part("2026-03-20", 10_000)]),
                Some(Reply::Agree("Conditions".into())),
                PlanState::Active,
                10_000,
            ),
            (
                "declined",
                Answer::Counter(vec![part("2026-03-20", 10_000)]),
                Some(Reply::Refuse),
                PlanState::Refused,
                0,
            ),
        ] {
            let scene = Scene::new(backend).await;
            let invoice = scene.invoice("F1", 10_000).await;
            let late = [part("2026-06-30", 10_000)];
            let id = asked(&scene, request(&[share(&invoice, 10_000)], &late, "a"))
                .await
                .unwrap();
            answered(&scene, id, said.clone()).await.unwrap();
            assert!(answered(&scene, id, said).await.is_err(), "{name} twice");
            if let Some(replied) = replied {
                let (app, visitor) = (&scene.world.app, scene.visitor);
                for _ in 0..2 {
                    let state = reply(app, visitor, id, replied.clone()).await.unwrap();
                    assert_eq!(state, ends, "{name}");
                }
            }
            let found = plan(&scene, id).await;
            assert_eq!((found.state, found.words.as_str()), (ends, "Bonjour"));
            assert_eq!(
                scene.now(invoice.id).await.promised,
                Money::eur(held),
                "{name}"
            );
            let offered = name != "accepted" && name != "refused";
            let due_on = found.parts[0].part.due_on.to_string();
            let expected = if offered { "2026-03-20" } else { "2026-06-30" };
            assert_eq!(due_on, expected, "{name}");
        }
    }
}

#[actix_web::test]
async fn a_first_payment_before_the_answer_counts() {
    for backend in backends() {
        let scene = Scene::new(backend).await;
        let invoice = scene.invoice("F1", 10_000).await;
        let parts = [part("2026-03-02", 4_000), part("2026-06-30", 6_000)];
        let id = asked(&scene, request(&[share(&invoice, 10_000)], &parts, "a"))
            .await
            .unwrap();
        let transfer = scene.announce(&[share(&invoice, 4_000)]).await.unwrap();
        scene.go_to("2026-03-04");
        scene.receive(transfer, 4_000, "2026-03-04").await;
        answered(&scene, id, Answer::Accept).await.unwrap();
        assert_eq!(
            states(&scene, id).await,
            [PromiseState::Kept, PromiseState::Made],
            "{backend}"
        );
        assert_eq!(scene.now(invoice.id).await.promised, Money::eur(6_000));
    }
}

#[actix_web::test]
async fn a_counter_offer_must_make_the_whole() {
    for backend in backends() {
        let scene = Scene::new(backend).await;
        let invoice = scene.invoice("F1", 10_000).await;
        let late = [part("2026-06-30", 10_000)];
        let id = asked(&scene, request(&[share(&invoice, 10_000)], &late, "a"))
            .await
            .unwrap();
        let short = Answer::Counter(vec![part("2026-03-20", 9_000)]);
        let why = answered(&scene, id, short).await.unwrap_err();
        assert!(
            matches!(why, FlowError::Plan(PlanError::Sum { .. })),
            "{why}"
        );
        let found = plan(&scene, id).await;
        assert_eq!((found.state, found.round), (PlanState::Proposed, 0));
        assert_eq!(scene.now(invoice.id).await.promised, Money::eur(10_000));
    }
}

/// A plan of 4,000 and 6,000 on an invoice of 7,000 and one of 3,000.
async fn running(scene: &Scene) -> (PlanId, [domain::InvoiceId; 2]) {
    let (one, two) = (
        scene.invoice("F1", 7_000).await,
        scene.invoice("F2", 3_000).await,
    );
    let shares = [share(&one, 7_000), share(&two, 3_000)];
    let parts = [part("2026-03-12", 4_000), part("2026-04-13", 6_000)];
    let id = asked(scene, request(&shares, &parts, "run")).await.unwrap();
    (id, [one.id, two.id])
}

#[actix_web::test]
async fn money_pays_the_instalments_whichever_invoice_it_reached() {
    for backend in backends() {
        let scene = Scene::new(backend).await;
        let (id, [one, two]) = running(&scene).await;
        let whole = scene.now(two).await;
        let transfer = scene.announce(&[share(&whole, 3_000)]).await.unwrap();
        scene.go_to("2026-03-10");
        scene.receive(transfer, 3_000, "2026-03-10").await;
        let made = [PromiseState::Made; 2];
        assert_eq!(states(&scene, id).await, made, "3,000 of the first 4,000");
        let held = (scene.now(one).await.promised, scene.now(two).await.promised);
        assert_eq!(held, (Money::eur(7_000), Money::eur(0)), "{backend}");
        let whole = scene.now(one).await;
        let transfer = scene.announce(&[share(&whole, 7_000)]).await.unwrap();
        scene.receive(transfer, 1_000, "2026-03-12").await;
        assert_eq!(
            states(&scene, id).await,
            [PromiseState::Kept, PromiseState::Made]
        );
        assert_eq!(scene.now(one).await.promised, Money::eur(6_000));
        let whole = scene.now(one).await;
        let transfer = scene.announce(&[share(&whole, 6_000)]).await.unwrap();
        scene.go_to("2026-04-10");
        scene.receive(transfer, 6_000, "2026-04-10").await;
        assert_eq!(states(&scene, id).await, [PromiseState::Kept; 2]);
        assert_eq!(plan(&scene, id).await.state, PlanState::Done);
        assert_eq!(scene.now(one).await.promised, Money::eur(0));
    }
}

#[actix_web::test]
async fn a_missed_instalment_is_told_once_and_ends_the_plan_after_the_notice() {
    for backend in backends() {
        let scene = Scene::new(backend).await;
        let (id, [one, _]) = running(&scene).await;
        judge_on(&scene, "2026-03-16").await;
        assert_eq!(written(&scene).await, ["plan_accepted"], "in the grace");
        for day in ["2026-03-17", "2026-03-18", "2026-03-25"] {
            judge_on(&scene, day).await;
            assert_eq!(plan(&scene, id).await.state, PlanState::Active, "{day}");
            let told = ["plan_accepted", "plan_missed"];
            assert_eq!(written(&scene).await, told, "{backend} {day}");
            assert_eq!(scene.now(one).await.promised, Money::eur(7_000));
        }
        judge_on(&scene, "2026-03-26").await;
        assert_eq!(plan(&scene, id).await.state, PlanState::Defaulted);
        assert_eq!(
            states(&scene, id).await,
            [PromiseState::Broken, PromiseState::Cancelled]
        );
        assert_eq!(scene.now(one).await.promised, Money::eur(0));
        let last = written(&scene).await.pop().unwrap();
        assert!(
            last.starts_with("reminder"),
            "reminders begin again: {last}"
        );
    }
}

#[actix_web::test]
async fn money_after_the_notice_was_given_keeps_the_plan_alive() {
    for backend in backends() {
        let scene = Scene::new(backend).await;
        let (id, [one, _]) = running(&scene).await;
        judge_on(&scene, "2026-03-17").await;
        let whole = scene.now(one).await;
        let transfer = scene.announce(&[share(&whole, 4_000)]).await.unwrap();
        scene.go_to("2026-03-20");
        scene.receive(transfer, 4_000, "2026-03-20").await;
        judge_on(&scene, "2026-03-30").await;
        assert_eq!(plan(&scene, id).await.state, PlanState::Active);
        assert_eq!(
            states(&scene, id).await,
            [PromiseState::Broken, PromiseState::Made],
            "late, but paid"
        );
        assert_eq!(scene.now(one).await.promised, Money::eur(3_000));
    }
}

#[actix_web::test]
async fn the_supplier_ends_a_plan() {
    for backend in backends() {
        let scene = Scene::new(backend).await;
        let (id, [one, two]) = running(&scene).await;
        let state = answered(&scene, id, Answer::End).await.unwrap();
        assert_eq!(state, PlanState::Cancelled);
        assert!(answered(&scene, id, Answer::End).await.is_err());
        assert_eq!(states(&scene, id).await, [PromiseState::Cancelled; 2]);
        for invoice in [one, two] {
            assert_eq!(scene.now(invoice).await.promised, Money::eur(0));
        }
    }
}
