//! What a dispute holds of its invoice, from its declaration to its end.

use acquit::flows::dispute::{Declaration, answer, declare};
use acquit::flows::{Actor, FlowError};
use acquit::store::{self, StoreError};
use domain::dispute::{DisputeEvent, DisputeState, Reason};
use domain::invoice::Invoice;
use domain::{DisputeId, Money};

use super::Scene;
use crate::support::databases::backends;

fn declaration(invoice: &Invoice, cents: Option<i64>, key: &str) -> Declaration {
    Declaration {
        invoice: invoice.id,
        reason: Reason::Price,
        amount: cents.map(Money::eur),
        text: "The price is not the agreed one".into(),
        key: key.into(),
    }
}

async fn say(scene: &Scene, with: Declaration) -> Result<DisputeId, FlowError> {
    declare(&scene.world.app, scene.visitor, with).await
}

#[actix_web::test]
async fn no_more_is_disputed_than_is_open() {
    for backend in backends() {
        let scene = Scene::new(backend).await;
        let invoice = scene.invoice("F1", 10_000).await;
        let first = say(&scene, declaration(&invoice, Some(4_000), "a"))
            .await
            .unwrap();
        let again = say(&scene, declaration(&invoice, Some(9_000), "a"))
            .await
            .unwrap();
        assert_eq!(again, first, "the same form");
        assert_eq!(
            scene.now(invoice.id).await.remindable(),
            Ok(Money::eur(6_000))
        );

        for cents in [0, -5] {
            let none = say(&scene, declaration(&invoice, Some(cents), "none")).await;
            assert!(matches!(none, Err(FlowError::NothingOpen)), "{none:?}");
        }
        let more = say(&scene, declaration(&invoice, Some(6_001), "b")).await;
        let left = Money::eur(6_000);
        assert!(matches!(more, Err(FlowError::TooMuch { left: told, .. }) if told == left));

        say(&scene, declaration(&invoice, None, "c")).await.unwrap();
        assert_eq!(scene.now(invoice.id).await.disputed, Money::eur(10_000));
        let nothing = say(&scene, declaration(&invoice, None, "d")).await;
        assert!(
            matches!(nothing, Err(FlowError::NothingOpen)),
            "{nothing:?}"
        );
        assert_eq!(scene.outbox().await, ["dispute_received due"; 2]);
    }
}

#[actix_web::test]
async fn nobody_disputes_another_account() {
    for backend in backends() {
        let scene = Scene::new(backend).await;
        let (stranger, _) = scene.world.debtor(&scene.supplier, "C2").await;
        let theirs = scene
            .world
            .invoice(&stranger, "G1", 500, "2026-02-20")
            .await;
        let refused = say(&scene, declaration(&theirs, None, "a")).await;
        let hidden = matches!(refused, Err(FlowError::Store(StoreError::NotFound)));
        assert!(hidden, "{refused:?}");
    }
}

/// The amounts of the disputes that suspend, which the invoice must hold.
async fn suspended(scene: &Scene) -> i64 {
    let (supplier, debtor) = (scene.supplier.id, scene.debtor.id);
    let find = move |conn: &mut _| store::dispute::of_debtor(conn, supplier, debtor, 100);
    let all = scene.world.app.store.read(find).await.unwrap();
    let held = all.iter().filter(|one| one.state.suspends());
    held.map(|one| one.amount.minor()).sum()
}

#[actix_web::test]
async fn an_answer_keeps_frees_or_takes_the_amount() {
    use DisputeEvent::{Accept, Answer, AskMore, Reject, Reopen, Withdraw};
    use DisputeState as State;
    for backend in backends() {
        let scene = Scene::new(backend).await;
        let invoice = scene.invoice("F1", 10_000).await;
        say(&scene, declaration(&invoice, Some(1_000), "other"))
            .await
            .unwrap();
        let id = say(&scene, declaration(&invoice, Some(4_000), "a"))
            .await
            .unwrap();
        for (event, state, disputed) in [
            (AskMore, State::InfoNeeded, 5_000),
            (Answer, State::Open, 5_000),
            (Reject, State::Rejected, 1_000),
            (Reopen, State::Open, 5_000),
            (Withdraw, State::Withdrawn, 1_000),
            (Reopen, State::Open, 5_000),
            (Accept, State::Accepted, 5_000),
            (Reopen, State::Open, 5_000),
        ] {
            let staff = Actor::staff("marie@four.example");
            let app = &scene.world.app;
            let found = answer(app, scene.supplier.id, id, event, staff.clone()).await;
            assert_eq!(found.unwrap(), state, "{event}");
            let held = scene.now(invoice.id).await.disputed;
            assert_eq!(held, Money::eur(disputed), "{event}");
            assert_eq!(suspended(&scene).await, disputed, "{event}");
            if state != State::InfoNeeded {
                let no_edge = answer(app, scene.supplier.id, id, Answer, staff).await;
                assert!(
                    matches!(no_edge, Err(FlowError::Refused(_))),
                    "{event}: {no_edge:?}"
                );
            }
        }
    }
}
