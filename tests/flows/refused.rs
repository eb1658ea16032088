//! A debit that the bank refuses: what relied on it is judged at once, and nothing is tried twice.

use acquit::flows::Actor;
use acquit::flows::promise::{Pledge, Way, make_by};
use acquit::flows::returned::{Returned, returned};
use acquit::store::{self, Across};
use domain::collection::{CollectionState, EndKind};
use domain::mandate::Usage;
use domain::payment::PaymentState;
use domain::promise::{Promise, PromiseState};
use domain::{CollectionId, Money};

use super::debit::{collection, file, mandate};
use super::plan::judge_on;
use super::plan_debits::Case;
use super::{Scene, share};
use crate::support::databases::backends;

/// The bank says no.
async fn refused(scene: &Scene, id: CollectionId) -> bool {
    let (supplier, now) = (scene.supplier.id, scene.at());
    let what = Returned {
        collection: id,
        kind: EndKind::Reject,
        reason: "AC04".into(),
        text: String::new(),
        day: scene.supplier.zone.day(now),
        fee: Money::eur(0),
        actor: Actor::job("bank"),
    };
    let write = move |conn: &mut _| returned(conn, supplier, &what, now);
    let store = &scene.world.app.store;
    let done = store.write(Across::Inspection, write).await.unwrap();
    done.is_some()
}

#[actix_web::test]
async fn an_instalment_whose_debit_is_refused_is_promised_again_at_once() {
    for backend in backends() {
        let case = Case::new(backend).await;
        case.to_the_bank().await;
        assert_eq!(case.held().await, (10_000, 4_000, 6_000));
        let id = case.collections().await.remove(0).id;
        assert!(refused(&case.scene, id).await);
        assert_eq!(case.held().await, (10_000, 0, 10_000), "{backend}: no tick");
        assert!(!refused(&case.scene, id).await, "told twice");
        judge_on(&case.scene, "2026-03-04").await;
        assert_eq!(case.held().await, (10_000, 0, 10_000));
        assert_eq!(case.debits().await, [(4_000, CollectionState::Rejected)]);
        case.transfer(4_000, "2026-03-12").await;
        let made = [PromiseState::Kept, PromiseState::Made];
        assert_eq!(case.promises().await, made, "{backend}");
        case.scene.books();
    }
}

#[actix_web::test]
async fn a_promise_whose_debit_is_refused_waits_for_other_money_or_is_broken() {
    for backend in backends() {
        for (on, state, promised) in [
            ("2026-03-09", PromiseState::Made, 10_000),
            ("2026-03-12", PromiseState::Broken, 0),
        ] {
            let scene = Scene::new(backend).await;
            let invoice = scene.invoice("F1", 10_000).await;
            let signed = mandate(&scene, Usage::Recurring, "m").await;
            let pledge = Pledge {
                shares: vec![share(&invoice, 10_000)],
                due_on: "2026-03-09".parse().unwrap(),
                key: "p".into(),
            };
            let app = &scene.world.app;
            let made = make_by(app, scene.visitor, pledge, Way::Debit(signed), None);
            let promise = made.await.unwrap();
            acquit::flows::deliver::run(app).await.unwrap();
            assert!(file(&scene).await.is_some());
            let payment = found(&scene, promise).await.payment.unwrap();
            let supplier = scene.supplier.id;
            let of = move |conn: &mut _| store::collection::of_payment(conn, supplier, payment);
            let id = app.store.read(Across::Inspection, of).await.unwrap().id;
            scene.go_to(on);
            assert!(refused(&scene, id).await);
            assert_eq!(
                collection(&scene, id).await.state,
                CollectionState::Rejected
            );
            let now = found(&scene, promise).await;
            assert_eq!((now.state, now.method), (state, None), "{backend} {on}");
            let item = scene.now(invoice.id).await;
            assert_eq!(
                (item.reserved.minor(), item.promised.minor()),
                (0, promised)
            );
            let paid = move |conn: &mut _| store::payment::find(conn, supplier, payment);
            let paid = app.store.read(Across::Inspection, paid).await.unwrap();
            assert_eq!(paid.state, PaymentState::Failed);
            scene.books();
        }
    }
}

async fn found(scene: &Scene, id: domain::PromiseId) -> Promise {
    let supplier = scene.supplier.id;
    let find = move |conn: &mut _| store::promise::find(conn, supplier, id);
    let store = &scene.world.app.store;
    store.read(Across::Inspection, find).await.unwrap()
}
