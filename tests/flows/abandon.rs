//! A debtor gives up what is under way: a card page, or a debit that is in no file yet.

use acquit::flows::abandon;
use acquit::flows::promise::{Pledge, Way, make_by};
use domain::mandate::Usage;
use domain::payment::{Payment, PaymentState};
use domain::promise::PromiseState;

use super::debit::mandate;
use super::deduct::Case;
use super::*;
use crate::support::databases::backends;

async fn payments(scene: &Scene) -> Vec<Payment> {
    let (supplier, debtor) = (scene.supplier.id, scene.debtor.id);
    let find = move |conn: &mut _| store::payment::of_debtor(conn, supplier, debtor, 50);
    let store = &scene.world.app.store;
    store.read(Across::Inspection, find).await.unwrap()
}

async fn give_up(scene: &Scene, id: PaymentId) -> Result<(), FlowError> {
    abandon::payment(&scene.world.app, scene.visitor, id).await
}

#[actix_web::test]
async fn a_page_on_which_was_paid_already_is_settled_instead() {
    for backend in backends() {
        let case = Case::new(backend).await;
        let what = vec![share(&case.first, 60_000)];
        let paid = case.card(what.into(), "paid").await.unwrap();
        let known = payments(&case.scene).await[0].provider_ref.clone().unwrap();
        // The provider has the money; no event has told us.
        let _event = case.cards.pay(&known, true, case.scene.world.app.now());
        give_up(&case.scene, paid).await.unwrap();
        let now = &payments(&case.scene).await[0];
        assert_eq!(now.state, PaymentState::Succeeded, "{backend}");
        let item = case.scene.now(case.first.id).await;
        assert_eq!((item.open.minor(), item.reserved.minor()), (0, 0));
    }
}

#[actix_web::test]
async fn a_page_that_is_given_up_takes_no_money_and_frees_its_amounts() {
    for backend in backends() {
        let case = Case::new(backend).await;
        let what = vec![share(&case.first, 60_000)];
        let left = case.card(what.into(), "left").await.unwrap();
        for _ in 0..2 {
            give_up(&case.scene, left).await.unwrap();
            let now = &payments(&case.scene).await[0];
            assert_eq!(now.state, PaymentState::Cancelled, "{backend}");
            let item = case.scene.now(case.first.id).await;
            assert_eq!((item.open.minor(), item.reserved.minor()), (60_000, 0));
        }
        let known = payments(&case.scene).await[0].provider_ref.clone().unwrap();
        let page = case.cards.page(&known).unwrap();
        assert_eq!(page.outcome, acquit::payments::card::CardOutcome::Expired);
    }
}

#[actix_web::test]
async fn a_promise_outlives_the_debit_that_was_to_keep_it() {
    for backend in backends() {
        let scene = Scene::new(backend).await;
        let invoice = scene.invoice("F1", 10_000).await;
        let signed = mandate(&scene, Usage::Recurring, "m").await;
        let pledge = Pledge {
            shares: vec![share(&invoice, 10_000)],
            due_on: "2026-03-16".parse().unwrap(),
            key: "p".into(),
        };
        let app = &scene.world.app;
        let made = make_by(app, scene.visitor, pledge, Way::Debit(signed), None);
        let id = made.await.unwrap();
        give_up(&scene, payments(&scene).await[0].id).await.unwrap();
        let supplier = scene.supplier.id;
        let find = move |conn: &mut _| store::promise::find(conn, supplier, id);
        let now = app.store.read(Across::Inspection, find).await.unwrap();
        let stands = (now.state, now.method, now.payment);
        assert_eq!(stands, (PromiseState::Made, None, None), "{backend}");
        let item = scene.now(invoice.id).await;
        assert_eq!((item.reserved.minor(), item.promised.minor()), (0, 10_000));
    }
}

#[actix_web::test]
async fn a_debit_of_a_plan_is_its_plans() {
    for backend in backends() {
        let case = plan_debits::Case::new(backend).await;
        let ordered = payments(&case.scene).await;
        assert_eq!(ordered.len(), 1, "{backend}: the first is near");
        let refused = give_up(&case.scene, ordered[0].id).await;
        assert!(matches!(refused, Err(FlowError::TooLate)), "{refused:?}");
        assert_eq!(payments(&case.scene).await[0].state, ordered[0].state);
    }
}
