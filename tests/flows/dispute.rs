//! What a dispute holds of its invoice, from its declaration to its end.

use acquit::clock::new_id;
use acquit::flows::dispute::{Declaration, Reply, Speech, answer, assign, declare, speak};
use acquit::flows::{Actor, FlowError};
use acquit::store::{self, Across, StoreError};
use domain::dispute::{Author, Dispute, DisputeEvent, DisputeState, Reason};
use domain::invoice::Invoice;
use domain::{DisputeId, Money, RemarkId};

use super::{Scene, share};
use crate::support::databases::backends;
use crate::support::world::paris;

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
    let all = scene
        .world
        .app
        .store
        .read(Across::Inspection, find)
        .await
        .unwrap();
    let held = all.iter().filter(|one| one.state.suspends());
    held.map(|one| one.amount.minor()).sum()
}

/// What happens to a dispute, said by whoever's it is to say.
async fn happen(
    scene: &Scene,
    id: DisputeId,
    event: DisputeEvent,
    text: &str,
) -> Result<DisputeState, FlowError> {
    let (app, text) = (&scene.world.app, text.to_owned());
    if event.author() == Author::Debtor {
        let key = new_id::<RemarkId>().to_string();
        return speak(app, scene.visitor, id, Speech { event, text, key }).await;
    }
    answer(app, scene.supplier.id, id, reply(event, &text)).await
}

fn reply(event: DisputeEvent, text: &str) -> Reply {
    Reply {
        event,
        text: text.to_owned(),
        credit: None,
        until: Some("2026-03-20".parse().unwrap()),
        actor: Actor::staff("marie@four.example"),
    }
}

async fn find(scene: &Scene, id: DisputeId) -> Dispute {
    let supplier = scene.supplier.id;
    let find = move |conn: &mut _| store::dispute::find(conn, supplier, id);
    scene
        .world
        .app
        .store
        .read(Across::Inspection, find)
        .await
        .unwrap()
}

#[actix_web::test]
async fn an_answer_keeps_frees_or_takes_the_amount() {
    use DisputeEvent::{Accept, Add, Answer, AskMore, Extend, Reject, Reopen, Withdraw};
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
            (Add, State::Open, 5_000),
            (Extend, State::Open, 5_000),
            (AskMore, State::InfoNeeded, 5_000),
            (Answer, State::Open, 5_000),
            (Reject, State::Rejected, 1_000),
            (Reopen, State::Open, 5_000),
            (Withdraw, State::Withdrawn, 1_000),
            (Reopen, State::Open, 5_000),
            (Accept, State::Accepted, 5_000),
            (Reopen, State::Open, 5_000),
        ] {
            let found = happen(&scene, id, event, "Voici pourquoi").await;
            assert_eq!(found.unwrap(), state, "{event}");
            let held = scene.now(invoice.id).await.disputed;
            assert_eq!(held, Money::eur(disputed), "{event}");
            assert_eq!(suspended(&scene).await, disputed, "{event}");
            if state != State::InfoNeeded {
                let no_edge = happen(&scene, id, Answer, "x").await;
                assert!(
                    matches!(no_edge, Err(FlowError::Refused(_))),
                    "{event}: {no_edge:?}"
                );
            }
        }
        assert_eq!(
            scene.outbox().await,
            [
                "dispute_received due",
                "dispute_received due",
                "dispute_delayed due",
                "dispute_question due",
                "dispute_answer due",
                "dispute_received due",
                "dispute_received due",
                "dispute_answer due",
                "dispute_received due",
            ]
        );
    }
}

#[actix_web::test]
async fn what_needs_words_is_not_said_without_and_nothing_changes_then() {
    for backend in backends() {
        let scene = Scene::new(backend).await;
        let invoice = scene.invoice("F1", 10_000).await;
        let id = say(&scene, declaration(&invoice, None, "a")).await.unwrap();
        for event in [
            DisputeEvent::AskMore,
            DisputeEvent::Extend,
            DisputeEvent::Reject,
            DisputeEvent::Add,
        ] {
            let silent = happen(&scene, id, event, "").await;
            assert!(matches!(silent, Err(FlowError::WordsMissing)), "{event}");
        }
        let mut early = reply(DisputeEvent::Extend, "Plus long");
        early.until = Some("2026-03-02".parse().unwrap());
        let early = answer(&scene.world.app, scene.supplier.id, id, early).await;
        assert!(matches!(early, Err(FlowError::TooEarly(_))), "{early:?}");
        let found = find(&scene, id).await;
        assert_eq!(found.state, DisputeState::Open);
        assert_eq!(found.answer_by, "2026-03-09".parse().unwrap());
        assert_eq!(scene.outbox().await, ["dispute_received due"]);
        let said = "SELECT COUNT(*) || '' AS value FROM dispute_remark";
        assert_eq!(scene.world.conn().read_sql(said).unwrap(), ["0"]);
    }
}

#[actix_web::test]
async fn days_owner_and_the_way_back_follow_what_was_said() {
    use DisputeEvent::{Answer, AskMore, Extend, Reject, Reopen};
    for backend in backends() {
        let scene = Scene::new(backend).await;
        let invoice = scene.invoice("F1", 10_000).await;
        let id = say(&scene, declaration(&invoice, Some(4_000), "a"))
            .await
            .unwrap();
        let by = async || find(&scene, id).await.answer_by.to_string();
        assert_eq!(by().await, "2026-03-09");
        happen(&scene, id, Extend, "L'expert passe vendredi")
            .await
            .unwrap();
        assert_eq!(by().await, "2026-03-20");
        happen(&scene, id, AskMore, "Une photo ?").await.unwrap();
        scene.go_to("2026-03-23");
        happen(&scene, id, Answer, "La voici").await.unwrap();
        assert_eq!(by().await, "2026-03-30", "its days begin anew");
        let staff = Actor::staff("marie@four.example");
        let (app, supplier) = (&scene.world.app, scene.supplier.id);
        assign(app, supplier, id, "Quai 4".into(), staff.clone())
            .await
            .unwrap();
        assert_eq!(find(&scene, id).await.owner.as_deref(), Some("Quai 4"));
        assign(app, supplier, id, String::new(), staff)
            .await
            .unwrap();
        assert_eq!(find(&scene, id).await.owner, None);

        happen(&scene, id, Reject, "Conforme").await.unwrap();
        assert_eq!(find(&scene, id).await.answered_at, Some(scene.at()));
        // Half of the invoice is paid meanwhile: no more than the rest can be disputed again.
        let paid = scene.announce(&[share(&invoice, 7_000)]).await.unwrap();
        assert!(scene.receive(paid, 7_000, "2026-03-24").await);
        scene.go_to("2026-05-23");
        let late = happen(&scene, id, Reopen, "Toujours faux").await;
        assert!(matches!(late, Err(FlowError::ClosedForGood)), "{late:?}");
        scene.go_to("2026-05-22");
        happen(&scene, id, Reopen, "Toujours faux").await.unwrap();
        let found = find(&scene, id).await;
        assert_eq!(found.amount, Money::eur(3_000));
        assert_eq!((found.answered_at, found.state), (None, DisputeState::Open));
        assert_eq!(scene.now(invoice.id).await.disputed, Money::eur(3_000));
    }
}

#[actix_web::test]
async fn each_side_says_its_own_and_a_form_counts_once() {
    for backend in backends() {
        let scene = Scene::new(backend).await;
        let invoice = scene.invoice("F1", 10_000).await;
        let id = say(&scene, declaration(&invoice, None, "a")).await.unwrap();
        let (app, supplier) = (&scene.world.app, scene.supplier.id);
        let speech = |event, key: &str| Speech {
            event,
            text: "x".into(),
            key: key.into(),
        };
        let accepted = speak(app, scene.visitor, id, speech(DisputeEvent::Accept, "b")).await;
        assert!(accepted.is_err(), "{accepted:?}");
        let withdrawn = answer(app, supplier, id, reply(DisputeEvent::Withdraw, "x")).await;
        assert!(withdrawn.is_err(), "{withdrawn:?}");

        let (stranger, contact) = scene.world.debtor(&scene.supplier, "C2").await;
        let (_, stranger) = scene.world.link(&stranger, &contact).await;
        let theirs = speak(app, stranger, id, speech(DisputeEvent::Withdraw, "c")).await;
        let hidden = matches!(theirs, Err(FlowError::Store(StoreError::NotFound)));
        assert!(hidden, "{theirs:?}");

        for _ in 0..2 {
            let added = speak(app, scene.visitor, id, speech(DisputeEvent::Add, "d")).await;
            assert_eq!(added.unwrap(), DisputeState::Open);
        }
        let said = "SELECT author || ' ' || event AS value FROM dispute_remark";
        assert_eq!(scene.world.conn().read_sql(said).unwrap(), ["debtor add"]);
    }
}

#[actix_web::test]
async fn what_the_supplier_says_reaches_the_debtor_by_mail_at_once() {
    use DisputeEvent::{Answer, AskMore, Extend, Reject};
    for backend in backends() {
        let scene = Scene::new(backend).await;
        let invoice = scene.invoice("F1", 10_000).await;
        let id = say(&scene, declaration(&invoice, None, "a")).await.unwrap();
        let (app, supplier) = (&scene.world.app, scene.supplier.id);
        let staff = Actor::staff("marie@four.example");
        assign(app, supplier, id, "Quai 4".into(), staff)
            .await
            .unwrap();
        // At night: what answers the debtor does not wait for business hours.
        scene.world.go_to(paris("2026-03-02", 23));
        for (event, words) in [
            (Extend, "L'expert passe jeudi"),
            (AskMore, "Une photo du carton ?"),
            (Answer, "La voici"),
            (Reject, "Le bon est signé"),
        ] {
            happen(&scene, id, event, words).await.unwrap();
        }
        acquit::flows::deliver::run(app).await.unwrap();
        let sent = scene.messages().await;
        let subjects: Vec<String> = sent
            .iter()
            .map(|one| one.subject.clone().unwrap().replace('\u{a0}', " "))
            .collect();
        assert_eq!(
            subjects,
            [
                "Votre signalement est enregistré : facture F1",
                "Réponse à votre signalement retardée : facture F1",
                "Une précision, s’il vous plaît : facture F1",
                "Réponse à votre signalement : facture F1",
            ]
        );
        for (one, words) in sent.iter().zip([
            "Quai 4",
            "L'expert passe jeudi",
            "Une photo du carton",
            "Le bon est signé",
        ]) {
            let message = one.message.id;
            let read = move |conn: &mut _| store::outbox::copy(conn, supplier, message);
            let copy = app.store.read(Across::Inspection, read).await.unwrap();
            let mail = acquit::gateway::read_mail::read(&copy.unwrap()).unwrap();
            assert!(mail.text.contains(words), "{words}: {}", mail.text);
        }
    }
}
