//! A message whose contact left before it was sent: to whoever is written to now, or to nobody.

use acquit::flows::code::{self, Wish};
use acquit::flows::deliver::run;
use acquit::flows::people::{Details, Named, correct, not_me};
use acquit::flows::promise::{Pledge, make};
use acquit::flows::{Actor, people};
use acquit::store;
use domain::ContactId;
use domain::code::Action;
use domain::collection::CollectionState;
use domain::mandate::Usage;
use domain::message::{MessageKind, MessageState};
use domain::party::ContactState;

use super::super::debit::{collection, debit, mandate};
use super::super::{Scene, share};
use crate::support::databases::backends;

/// The contact says that it is not the right person, and names who is.
async fn leaves(scene: &Scene) -> ContactId {
    let named = Named {
        name: "Service achats".into(),
        email: "achats@c1.example".into(),
    };
    let app = &scene.world.app;
    not_me(app, scene.visitor, Some(named)).await.unwrap();
    let (supplier, debtor) = (scene.supplier.id, scene.debtor.id);
    let all = store::contact::of_debtor(&mut scene.world.conn(), supplier, debtor).unwrap();
    let proposed = all.iter().find(|one| one.state == ContactState::Proposed);
    proposed.unwrap().id
}

/// Staff has looked at whom the debtor named.
async fn accepted(scene: &Scene, contact: ContactId) {
    let (app, staff) = (&scene.world.app, Actor::staff("marie@four.example"));
    people::decide(app, scene.supplier.id, contact, true, staff)
        .await
        .unwrap();
}

async fn promised(scene: &Scene) {
    let invoice = scene.invoice("F1", 10_000).await;
    let pledge = Pledge {
        shares: vec![share(&invoice, 10_000)],
        due_on: "2026-03-12".parse().unwrap(),
        key: "a".into(),
    };
    make(&scene.world.app, scene.visitor, pledge).await.unwrap();
}

async fn code_sent(scene: &Scene) {
    let wish = Wish {
        visitor: scene.visitor,
        session: "s".into(),
        action: Action::Plan,
    };
    code::send(&scene.world.app, wish, None).await.unwrap();
}

/// State, mailbox and outcome of the first message of a kind.
async fn fate(scene: &Scene, kind: MessageKind) -> (MessageState, Option<String>, String) {
    let all = scene.messages().await;
    let found = all.into_iter().find(|sent| sent.message.kind == kind);
    let sent = found.unwrap();
    (
        sent.message.state,
        sent.recipient,
        sent.outcome.unwrap_or_default(),
    )
}

#[actix_web::test]
async fn what_was_for_one_who_left_goes_to_the_successor_or_to_nobody() {
    use MessageKind::{Code, PromiseNoted};
    use MessageState::{Cancelled, Sent};
    for (kind, succeeded, state, to, why) in [
        (PromiseNoted, true, Sent, Some("achats@c1.example"), ""),
        (PromiseNoted, false, Cancelled, None, "nobody_left"),
        (Code, true, Cancelled, None, "contact_left"),
        (Code, false, Cancelled, None, "contact_left"),
    ] {
        for backend in backends() {
            let scene = Scene::new(backend).await;
            match kind {
                Code => code_sent(&scene).await,
                _ => promised(&scene).await,
            }
            let named = leaves(&scene).await;
            if succeeded {
                accepted(&scene, named).await;
            }
            run(&scene.world.app).await.unwrap();
            let (found, recipient, outcome) = fate(&scene, kind).await;
            assert_eq!(found, state, "{backend} {kind} {succeeded}");
            assert_eq!(recipient.as_deref(), to, "{backend} {kind} {succeeded}");
            assert!(outcome.contains(why), "{backend} {kind}: {outcome}");
            let told: Vec<_> = scene.messages().await;
            let gone =
                |one: &store::outbox::Sent| one.recipient.as_deref() == Some("compta@c1.example");
            assert!(!told.iter().any(gone), "{backend}: nothing to who left");
        }
    }
}

/// A debit that nobody was told of is never collected: its announcement waits for somebody.
#[actix_web::test]
async fn the_announcement_of_a_debit_waits_for_a_successor() {
    for backend in backends() {
        let scene = Scene::new(backend).await;
        let invoice = scene.invoice("F1", 10_000).await;
        let signed = mandate(&scene, Usage::Recurring, "m").await;
        let ordered = debit(&scene, signed, &[share(&invoice, 10_000)], "d").await;
        let ordered = ordered.unwrap();
        let named = leaves(&scene).await;
        run(&scene.world.app).await.unwrap();
        let (state, _, outcome) = fate(&scene, MessageKind::DebitNotice).await;
        assert_eq!(
            (state, outcome.as_str()),
            (MessageState::Retry, "nobody_left")
        );
        assert_eq!(
            collection(&scene, ordered).await.state,
            CollectionState::Planned
        );
        accepted(&scene, named).await;
        scene.world.go_to(scene.at().plus_minutes(10));
        run(&scene.world.app).await.unwrap();
        let (state, to, _) = fate(&scene, MessageKind::DebitNotice).await;
        assert_eq!(state, MessageState::Sent, "{backend}");
        assert_eq!(to.as_deref(), Some("achats@c1.example"));
        assert_eq!(
            collection(&scene, ordered).await.state,
            CollectionState::Notified
        );
    }
}

#[actix_web::test]
async fn a_corrected_mailbox_gets_what_was_queued_for_the_old_one() {
    for backend in backends() {
        let scene = Scene::new(backend).await;
        promised(&scene).await;
        let details = Details {
            name: None,
            phone: None,
            email: Some("factures@c1.example".into()),
        };
        let app = &scene.world.app;
        correct(app, scene.visitor, details).await.unwrap();
        run(app).await.unwrap();
        let (state, to, _) = fate(&scene, MessageKind::PromiseNoted).await;
        assert_eq!(state, MessageState::Sent, "{backend}");
        assert_eq!(to.as_deref(), Some("factures@c1.example"));
    }
}
