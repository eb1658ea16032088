//! A mandate is revoked: its debits are called off, each euro is free or promised again, and the
//! debtor is told what to pay otherwise.

use acquit::flows::promise::{Pledge, Way, make_by};
use acquit::flows::revoke_mandate::{look, revoke};
use acquit::flows::{Actor, FlowError, deliver, mailbox};
use acquit::store::{self, Across, StoreError};
use domain::collection::CollectionState;
use domain::mandate::{MandateState, Usage};
use domain::promise::PromiseState;
use domain::{MandateId, Money};

use super::debit::{collection, debit, file, mandate};
use super::plan::judge_on;
use super::plan_debits::Case;
use super::{Scene, share};
use crate::support::databases::backends;

async fn revoked(scene: &Scene, id: MandateId) -> Result<(), FlowError> {
    let whose = (scene.supplier.id, scene.debtor.id);
    let actor = Actor::visitor(&scene.visitor);
    revoke(&scene.world.app, whose, id, actor).await
}

/// The mail about it, in one line.
async fn told(scene: &Scene) -> String {
    let app = &scene.world.app;
    while deliver::run(app).await.unwrap().sent > 0 {}
    let (kept, _) = mailbox::list(app, None).await.unwrap();
    let about = kept.iter().find(|one| one.subject.contains("révoqué"));
    let (_, read) = mailbox::open(app, about.unwrap().id).await.unwrap();
    read.text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[actix_web::test]
async fn a_debit_that_was_ordered_is_called_off_and_its_invoice_is_free() {
    for backend in backends() {
        let scene = Scene::new(backend).await;
        let invoice = scene.invoice("F1", 10_000).await;
        let signed = mandate(&scene, Usage::Recurring, "m").await;
        let part = [share(&invoice, 4_000)];
        let ordered = debit(&scene, signed, &part, "a").await.unwrap();
        for _ in 0..2 {
            revoked(&scene, signed).await.unwrap();
        }
        assert_eq!(
            collection(&scene, ordered).await.state,
            CollectionState::Cancelled
        );
        let now = scene.now(invoice.id).await;
        assert_eq!(
            (now.reserved.minor(), now.promised.minor()),
            (0, 0),
            "{backend}"
        );
        assert_eq!(file(&scene).await, None);
        let again = debit(&scene, signed, &[share(&invoice, 4_000)], "b").await;
        assert!(matches!(again, Err(FlowError::NotOffered(_))), "{again:?}");
        let words = told(&scene).await;
        for part in ["révoqué", "À régler maintenant", "100,00 €", "F1"] {
            assert!(words.contains(part), "{backend} {part}: {words}");
        }
        let outbox = scene.outbox().await;
        let notice = outbox.iter().find(|one| one.starts_with("debit_notice"));
        assert_eq!(
            notice.unwrap(),
            "debit_notice cancelled",
            "nothing announces it"
        );
        let mails = outbox
            .iter()
            .filter(|one| one.starts_with("mandate_revoked"));
        assert_eq!(mails.count(), 1, "{outbox:?}");
        scene.books();
    }
}

#[actix_web::test]
async fn a_debit_at_the_bank_stays_and_the_mail_says_so() {
    for backend in backends() {
        let scene = Scene::new(backend).await;
        let invoice = scene.invoice("F1", 10_000).await;
        let signed = mandate(&scene, Usage::Recurring, "m").await;
        let part = [share(&invoice, 4_000)];
        let sent = debit(&scene, signed, &part, "a").await.unwrap();
        deliver::run(&scene.world.app).await.unwrap();
        assert!(file(&scene).await.is_some());
        let part = [share(&invoice, 6_000)];
        let later = debit(&scene, signed, &part, "b").await.unwrap();
        revoked(&scene, signed).await.unwrap();
        assert_eq!(
            collection(&scene, sent).await.state,
            CollectionState::Batched
        );
        assert_eq!(
            collection(&scene, later).await.state,
            CollectionState::Cancelled
        );
        assert_eq!(
            scene.now(invoice.id).await.reserved,
            Money::eur(4_000),
            "{backend}"
        );
        let words = told(&scene).await;
        assert!(words.contains("Le prélèvement de 40,00 €"), "{words}");
        assert!(words.contains("À régler maintenant : 60,00 €"), "{words}");
    }
}

#[actix_web::test]
async fn a_promise_by_debit_keeps_its_day_and_is_to_be_paid_otherwise() {
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
        revoked(&scene, signed).await.unwrap();
        let supplier = scene.supplier.id;
        let find = move |conn: &mut _| store::promise::find(conn, supplier, id);
        let now = app.store.read(Across::Inspection, find).await.unwrap();
        assert_eq!(
            (now.state, now.method, now.payment),
            (PromiseState::Made, None, None)
        );
        let item = scene.now(invoice.id).await;
        assert_eq!(
            (item.reserved.minor(), item.promised.minor()),
            (0, 10_000),
            "{backend}"
        );
        let words = told(&scene).await;
        assert!(
            words.contains("Attendu : 100,00 € le 16/03/2026"),
            "{words}"
        );
        assert!(!words.contains("À régler maintenant"), "{words}");
        // It is kept by other money like any promise.
        let transfer = scene.announce(&[share(&invoice, 10_000)]).await;
        let transfer = transfer.unwrap();
        scene.go_to("2026-03-16");
        assert!(scene.receive(transfer, 10_000, "2026-03-16").await);
        let find = move |conn: &mut _| store::promise::find(conn, supplier, id);
        let kept = app.store.read(Across::Inspection, find).await.unwrap();
        assert_eq!(kept.state, PromiseState::Kept);
        scene.books();
    }
}

#[actix_web::test]
async fn a_plan_goes_on_without_its_debits() {
    for backend in backends() {
        let case = Case::new(backend).await;
        let signed = case.collections().await.remove(0).mandate;
        assert_eq!(case.held().await, (10_000, 4_000, 6_000));
        revoked(&case.scene, signed).await.unwrap();
        assert_eq!(case.debits().await, [(4_000, CollectionState::Cancelled)]);
        assert_eq!(case.held().await, (10_000, 0, 10_000), "{backend}");
        let plan = super::plan::plan(&case.scene, case.plan).await;
        assert_eq!(plan.mandate, None);
        judge_on(&case.scene, "2026-03-24").await;
        assert_eq!(
            case.debits().await.len(),
            1,
            "{backend}: none is ordered anew"
        );
        let words = told(&case.scene).await;
        assert!(words.contains("Attendu : 40,00 € le 12/03/2026"), "{words}");
        assert!(words.contains("Attendu : 60,00 € le 13/04/2026"), "{words}");
    }
}

#[actix_web::test]
async fn what_other_money_overtook_is_promised_no_more() {
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
        // A part was paid in the books meanwhile: all that was debited no longer fits.
        let less = "UPDATE invoice SET asserted = 7000, open = 7000";
        scene.world.conn().run_sql(less).unwrap();
        revoked(&scene, signed).await.unwrap();
        let supplier = scene.supplier.id;
        let find = move |conn: &mut _| store::promise::find(conn, supplier, id);
        let now = app.store.read(Across::Inspection, find).await.unwrap();
        assert_eq!(now.state, PromiseState::Cancelled, "{backend}");
        let item = scene.now(invoice.id).await;
        assert_eq!((item.reserved.minor(), item.promised.minor()), (0, 0));
        let whose = (supplier, scene.debtor.id);
        let look = move |conn: &mut _| look(conn, whose, signed);
        let seen = app.store.read(Across::Inspection, look).await.unwrap();
        assert_eq!(seen.instead, [(None, Money::eur(7_000))]);
    }
}

#[actix_web::test]
async fn only_an_own_mandate_that_is_in_force_is_revoked() {
    for backend in backends() {
        let scene = Scene::new(backend).await;
        let signed = mandate(&scene, Usage::Recurring, "m").await;
        let (other, contact) = scene.world.debtor(&scene.supplier, "C2").await;
        let (_, visitor) = scene.world.link(&other, &contact).await;
        let theirs = Scene {
            debtor: other,
            visitor,
            ..scene
        };
        let hidden = revoked(&theirs, signed).await;
        let not_found = matches!(hidden, Err(FlowError::Store(StoreError::NotFound)));
        assert!(not_found, "{backend}: {hidden:?}");
        let used = "UPDATE mandate SET state = 'consumed'";
        theirs.world.conn().run_sql(used).unwrap();
        let supplier = theirs.supplier.id;
        let find = move |conn: &mut _| store::mandate::find(conn, supplier, signed);
        let store = &theirs.world.app.store;
        let found = store.read(Across::Inspection, find).await.unwrap();
        assert_eq!(found.state, MandateState::Consumed);
        let whose = (supplier, found.debtor);
        let late = revoke(&theirs.world.app, whose, signed, Actor::job("test")).await;
        assert!(matches!(late, Err(FlowError::Refused(_))), "{late:?}");
    }
}
