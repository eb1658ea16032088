//! Messages against a mail server that answers by script, and senders that lose their lease.

mod leases;
mod successor;
mod texts;
mod thread;

use acquit::flows::deliver::{Delivered, decide, run};
use acquit::flows::promise::{Pledge, make};
use acquit::flows::{Actor, FlowError};
use domain::MessageId;
use domain::message::{MessageEvent, MessageState};

use super::{Scene, share};
use crate::support::databases::backends;
use crate::support::mail_sink::{Answer, MailSink};

/// A scene whose only message is that a promise was noted.
async fn scene(backend: &str, sink: &MailSink) -> Scene {
    let scene = Scene::with(backend, sink.mailer()).await;
    let invoice = scene.invoice("F1", 10_000).await;
    let pledge = Pledge {
        shares: vec![share(&invoice, 10_000)],
        due_on: "2026-03-12".parse().unwrap(),
        key: "a".into(),
    };
    make(&scene.world.app, scene.visitor, pledge).await.unwrap();
    scene
}

async fn state(scene: &Scene) -> MessageState {
    scene.messages().await[0].message.state
}

async fn staff_says(
    scene: &Scene,
    id: MessageId,
    event: MessageEvent,
) -> Result<MessageState, FlowError> {
    let staff = Actor::staff("marie@four.example");
    decide(&scene.world.app, scene.supplier.id, id, event, staff).await
}

#[actix_web::test]
async fn each_answer_of_the_server_has_its_outcome() {
    use MessageState::{Failed, Retry, Sent, Unknown};
    for (answer, expected, texts, said) in [
        (Answer::Accept, Sent, 1, "queued"),
        (Answer::AtRecipient("450 busy"), Retry, 0, "busy"),
        (
            Answer::AtRecipient("550 no such user"),
            Failed,
            0,
            "no such user",
        ),
        (Answer::AtDot("451 later"), Retry, 1, "later"),
        (Answer::AtDot("550 spam"), Failed, 1, "spam"),
        (Answer::CutAfterDot, Unknown, 1, ""),
    ] {
        for backend in backends() {
            let sink = MailSink::start(move |_| answer).await;
            let scene = scene(backend, &sink).await;
            for _ in 0..2 {
                run(&scene.world.app).await.unwrap();
            }
            let message = &scene.messages().await[0];
            assert_eq!(message.message.state, expected, "{backend} {answer:?}");
            assert_eq!(sink.texts().len(), texts, "{answer:?}: sent again at once");
            let outcome = message.outcome.as_deref().unwrap();
            assert!(outcome.contains(said), "{answer:?}: {outcome}");
            assert_eq!(message.recipient.is_some(), texts > 0, "{answer:?}");
        }
    }
}

#[actix_web::test]
async fn a_deferred_message_waits_and_goes_out_as_it_was() {
    for backend in backends() {
        let tried = std::sync::atomic::AtomicUsize::new(0);
        let sink = MailSink::start(move |_| {
            match tried.fetch_add(1, std::sync::atomic::Ordering::SeqCst) {
                0 => Answer::AtDot("451 later"),
                _ => Answer::Accept,
            }
        })
        .await;
        let scene = scene(backend, &sink).await;
        run(&scene.world.app).await.unwrap();
        let now = scene.at();
        assert_eq!(
            scene.messages().await[0].message.due_at,
            now.plus_minutes(5)
        );
        for (minutes, texts) in [(4, 1), (5, 2), (60, 2)] {
            scene.world.go_to(now.plus_minutes(minutes));
            run(&scene.world.app).await.unwrap();
            assert_eq!(
                sink.texts().len(),
                texts,
                "{backend} after {minutes} minutes"
            );
        }
        let texts = sink.texts();
        let id = texts[0].header("Message-ID").unwrap();
        assert_eq!(texts[1].header("Message-ID"), Some(id));
        assert_eq!(state(&scene).await, MessageState::Sent);
    }
}

#[actix_web::test]
async fn a_message_nobody_knows_about_waits_for_a_human() {
    for backend in backends() {
        let tried = std::sync::atomic::AtomicUsize::new(0);
        let sink = MailSink::start(move |_| {
            match tried.fetch_add(1, std::sync::atomic::Ordering::SeqCst) {
                0 => Answer::CutAfterDot,
                _ => Answer::Accept,
            }
        })
        .await;
        let scene = scene(backend, &sink).await;
        let delivered = run(&scene.world.app).await.unwrap();
        let unknown = Delivered {
            unknown: 1,
            ..Delivered::default()
        };
        assert_eq!(delivered, unknown);
        scene.go_to("2026-03-06");
        run(&scene.world.app).await.unwrap();
        assert_eq!(sink.texts().len(), 1, "{backend}: sent again by itself");

        let id = scene.messages().await[0].message.id;
        let refused = staff_says(&scene, id, MessageEvent::Claim).await;
        assert!(matches!(refused, Err(FlowError::Refused(_))), "{refused:?}");
        let again = staff_says(&scene, id, MessageEvent::SendAgain).await;
        assert_eq!(again.unwrap(), MessageState::Due);
        run(&scene.world.app).await.unwrap();
        let texts = sink.texts();
        assert_eq!(texts.len(), 2);
        assert_eq!(texts[0].header("Message-ID"), texts[1].header("Message-ID"));
        assert_eq!(state(&scene).await, MessageState::Sent);
    }
}

#[actix_web::test]
async fn twelve_refusals_are_enough() {
    let sink = MailSink::start(|_| Answer::AtRecipient("450 busy")).await;
    let scene = scene("sqlite", &sink).await;
    let mut tries = 0;
    while state(&scene).await != MessageState::Failed {
        tries += run(&scene.world.app).await.unwrap().retry + 1;
        scene.world.go_to(scene.messages().await[0].message.due_at);
        assert!(tries < 40, "still trying");
    }
    assert_eq!(scene.messages().await[0].message.attempts, 12);
    let id = scene.messages().await[0].message.id;
    let given_up = staff_says(&scene, id, MessageEvent::GiveUp).await;
    assert_eq!(given_up.unwrap(), MessageState::Abandoned);
}
