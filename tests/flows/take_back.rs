//! Money that went back: booked the other way round, due again, and judged again.

use acquit::flows::Actor;
use acquit::flows::plan::{Request, ask};
use acquit::flows::promise::{Pledge, make};
use acquit::flows::take_back::{TakeBack, take_back};
use acquit::store::{self, Across};
use domain::ledger::Account;
use domain::payment::PaymentState;
use domain::plan::{Part, PlanState};
use domain::promise::PromiseState;
use domain::{Money, PaymentId};

use super::plan::{judge_on, plan};
use super::{Scene, share};
use crate::support::databases::backends;

/// Tells that a payment went back on a day.
async fn returned(scene: &Scene, payment: PaymentId, on: &str) -> bool {
    let (supplier, now) = (scene.supplier.id, scene.at());
    let what = TakeBack {
        payment,
        on: on.parse().unwrap(),
        reason: "MD01".into(),
        actor: Actor::job("test"),
    };
    let back = move |conn: &mut _| take_back(conn, supplier, &what, now);
    scene
        .world
        .app
        .store
        .write(Across::Inspection, back)
        .await
        .unwrap()
}

async fn promise_state(scene: &Scene, id: domain::PromiseId) -> PromiseState {
    let supplier = scene.supplier.id;
    let find = move |conn: &mut _| store::promise::find(conn, supplier, id);
    scene
        .world
        .app
        .store
        .read(Across::Inspection, find)
        .await
        .unwrap()
        .state
}

#[actix_web::test]
async fn a_return_is_booked_once_and_the_invoice_is_due_again() {
    for backend in backends() {
        let scene = Scene::new(backend).await;
        let invoice = scene.invoice("F1", 10_000).await;
        let transfer = scene.announce(&[share(&invoice, 10_000)]).await.unwrap();
        scene.receive(transfer, 12_000, "2026-03-02").await;
        assert_eq!(scene.now(invoice.id).await.open, Money::eur(0));
        scene.go_to("2026-03-09");
        assert!(returned(&scene, transfer, "2026-03-09").await);
        assert!(!returned(&scene, transfer, "2026-03-09").await, "{backend}");
        assert_eq!(scene.now(invoice.id).await.open, Money::eur(10_000));
        let expected = [(Account::Receivable, 10_000)];
        assert_eq!(
            scene.books(),
            expected,
            "nothing on the bank, nothing unapplied"
        );
        let supplier = scene.supplier.id;
        let find = move |conn: &mut _| store::payment::find(conn, supplier, transfer);
        let payment = scene
            .world
            .app
            .store
            .read(Across::Inspection, find)
            .await
            .unwrap();
        assert_eq!(payment.state, PaymentState::Returned);
        let debtor = scene.debtor.id;
        let trail = move |conn: &mut _| store::audit::of_debtor(conn, supplier, debtor, 9);
        let trail = scene
            .world
            .app
            .store
            .read(Across::Inspection, trail)
            .await
            .unwrap();
        assert!(trail[0].action == "payment.taken_back" && trail[0].detail.contains("MD01"));
    }
}

/// The books have shown the payment before it came back: what they assert next decides.
#[actix_web::test]
async fn a_return_that_the_books_have_seen_paid_is_due_all_the_same() {
    for backend in backends() {
        let scene = Scene::new(backend).await;
        let invoice = scene.invoice("F1", 10_000).await;
        let transfer = scene.announce(&[share(&invoice, 6_000)]).await.unwrap();
        scene.receive(transfer, 6_000, "2026-03-02").await;
        let shown = "UPDATE invoice SET asserted = 4000, in_transit = 0";
        scene.world.conn().run_sql(shown).unwrap();
        assert!(returned(&scene, transfer, "2026-03-09").await);
        assert_eq!(scene.now(invoice.id).await.open, Money::eur(10_000));
        assert_eq!(scene.books(), [(Account::Receivable, 10_000)], "{backend}");
    }
}

#[actix_web::test]
async fn reminders_go_on_where_they_were() {
    for backend in backends() {
        let scene = Scene::new(backend).await;
        let invoice = scene.invoice("F1", 10_000).await;
        judge_on(&scene, "2026-03-02").await;
        assert_eq!(scene.outbox().await, ["reminder_1 due"]);
        let transfer = scene.announce(&[share(&invoice, 10_000)]).await.unwrap();
        scene.receive(transfer, 10_000, "2026-03-03").await;
        judge_on(&scene, "2026-03-30").await;
        assert_eq!(scene.outbox().await.len(), 2, "the thank-you");
        assert!(returned(&scene, transfer, "2026-03-30").await);
        judge_on(&scene, "2026-03-30").await;
        let last = scene.outbox().await.pop().unwrap();
        assert_eq!(last, "reminder_2 due", "{backend}");
    }
}

#[actix_web::test]
async fn a_promise_that_returned_money_had_kept_is_judged_again() {
    for (returned_on, expected, told) in [
        ("2026-03-13", PromiseState::Made, 0),
        ("2026-03-20", PromiseState::Broken, 1),
    ] {
        for backend in backends() {
            let scene = Scene::new(backend).await;
            let invoice = scene.invoice("F1", 10_000).await;
            let pledge = Pledge {
                shares: vec![share(&invoice, 10_000)],
                due_on: "2026-03-12".parse().unwrap(),
                key: "a".into(),
            };
            let id = make(&scene.world.app, scene.visitor, pledge).await.unwrap();
            let transfer = scene.announce(&[share(&invoice, 10_000)]).await.unwrap();
            scene.go_to("2026-03-11");
            scene.receive(transfer, 10_000, "2026-03-11").await;
            assert_eq!(promise_state(&scene, id).await, PromiseState::Kept);
            judge_on(&scene, returned_on).await;
            assert!(returned(&scene, transfer, returned_on).await);
            assert_eq!(promise_state(&scene, id).await, expected, "{backend}");
            let held = if expected == PromiseState::Made {
                10_000
            } else {
                0
            };
            assert_eq!(scene.now(invoice.id).await.promised, Money::eur(held));
            let broken = scene.outbox().await;
            let broken = broken
                .iter()
                .filter(|one| one.starts_with("promise_broken"));
            assert_eq!(broken.count(), told, "{backend} {returned_on}");
        }
    }
}

#[actix_web::test]
async fn a_plan_that_was_done_runs_again() {
    for backend in backends() {
        let scene = Scene::new(backend).await;
        let invoice = scene.invoice("F1", 10_000).await;
        let part = |on: &str, cents| Part {
            due_on: on.parse().unwrap(),
            amount: Money::eur(cents),
        };
        let request = Request {
            shares: vec![share(&invoice, 10_000)],
            parts: vec![part("2026-03-12", 4_000), part("2026-04-13", 6_000)],
            reason: String::new(),
            terms: "…".into(),
            key: "a".into(),
        };
        let id = ask(&scene.world.app, scene.visitor, request).await.unwrap();
        let first = scene.announce(&[share(&invoice, 4_000)]).await.unwrap();
        let second = scene.announce(&[share(&invoice, 6_000)]).await.unwrap();
        scene.go_to("2026-03-11");
        scene.receive(first, 4_000, "2026-03-11").await;
        scene.receive(second, 6_000, "2026-03-11").await;
        assert_eq!(plan(&scene, id).await.state, PlanState::Done);
        assert!(returned(&scene, second, "2026-03-11").await);
        assert_eq!(plan(&scene, id).await.state, PlanState::Active);
        assert_eq!(scene.now(invoice.id).await.promised, Money::eur(6_000));
        assert!(returned(&scene, first, "2026-03-11").await);
        assert_eq!(scene.now(invoice.id).await.promised, Money::eur(10_000));
    }
}
