//! What providers tell of texts, by webhook or asked for.

use acquit::flows::hooks::read_waiting;
use acquit::flows::people;
use acquit::flows::sms_settings::{OvhKeys, TwilioKeys};
use acquit::flows::text_told::{self, Called, Received, TextHookError};
use acquit::gateway::sms::sign;
use domain::bounce::Verdict;

use super::*;

const SECRET: &str = "0123456789abcdef";

async fn told(
    scene: &Scene,
    (provider, secret): (&str, &str),
    body: &str,
) -> Result<bool, TextHookError> {
    let called = Called {
        provider,
        secret,
        about: None,
    };
    let received = Received {
        url: "https://x.example",
        body: body.as_bytes(),
        signature: "",
    };
    text_told::receive(&scene.world.app, scene.supplier.id, called, received).await
}

fn status(word: &str) -> String {
    format!(r#"{{"messageId":"m-1","status":{{"value":"{word}"}}}}"#)
}

fn suppressed(scene: &Scene) -> Option<Verdict> {
    let found = store::bounce::suppressed(&mut scene.world.conn(), scene.supplier.id, NUMBER);
    found.unwrap().map(|why| why.verdict)
}

/// A text that has left.
async fn sent(scene: &Scene) -> MessageId {
    let id = remind(scene, "F1").await;
    run(&scene.world.app).await.unwrap();
    assert_eq!(state(scene, id).await, MessageState::Sent);
    id
}

#[actix_web::test]
async fn a_receipt_counts_once_however_often_it_comes() {
    for backend in backends() {
        let sink = HttpSink::start(|_| takes()).await;
        let scene = scene(backend, &sink).await;
        let id = sent(&scene).await;
        let by = ("smsmode", SECRET);
        assert!(told(&scene, by, &status("DELIVERED")).await.unwrap());
        assert!(!told(&scene, by, &status("DELIVERED")).await.unwrap());
        assert!(!told(&scene, by, &status("ENROUTE")).await.unwrap());
        read_waiting(&scene.world.app).await.unwrap();
        assert_eq!(state(&scene, id).await, MessageState::Sent, "{backend}");
        assert_eq!(
            rows(&scene, COUNTED),
            ["delivered 1 60000 m-1"],
            "{backend}"
        );
        let told_of = "SELECT verdict || ' ' || address || ' ' || source AS value FROM bounce";
        assert_eq!(rows(&scene, told_of), ["delivered +33612345678 sms"]);
        assert_eq!(suppressed(&scene), None);
    }
}

#[actix_web::test]
async fn an_undelivered_text_leaves_its_number_alone_and_asks_staff() {
    for backend in backends() {
        let sink = HttpSink::start(|_| takes()).await;
        let scene = scene(backend, &sink).await;
        let id = sent(&scene).await;
        let by = ("smsmode", SECRET);
        for _ in 0..2 {
            told(&scene, by, &status("UNDELIVERABLE")).await.unwrap();
            read_waiting(&scene.world.app).await.unwrap();
        }
        assert_eq!(state(&scene, id).await, MessageState::Failed, "{backend}");
        assert_eq!(suppressed(&scene), Some(Verdict::Hard), "{backend}");
        let owner = scene.supplier.id;
        let tasks = store::task::waiting(&mut scene.world.conn(), owner, scene.debtor.id);
        let tasks = tasks.unwrap();
        assert_eq!(tasks.len(), 1, "{backend} {tasks:?}");
        assert_eq!(tasks[0].kind, TaskKind::BadNumber);
        assert!(tasks[0].detail.starts_with(NUMBER), "{:?}", tasks[0]);
        assert_eq!(rows(&scene, COUNTED), ["failed 1 60000 m-1"]);
        // Nothing more goes there.
        let next = remind(&scene, "F2").await;
        run(&scene.world.app).await.unwrap();
        assert_eq!(state(&scene, next).await, MessageState::Cancelled);
        assert_eq!(sink.asked().len(), 1, "{backend}");
        // Staff has looked at the number: texts leave for it again.
        let staff = Actor::staff("compta@four.example");
        let (app, task) = (&scene.world.app, tasks[0].id);
        people::finish_task(app, owner, task, staff).await.unwrap();
        assert_eq!(suppressed(&scene), None, "{backend}");
        remind(&scene, "F3").await;
        run(app).await.unwrap();
        assert_eq!(sink.asked().len(), 2, "{backend}");
    }
}

#[actix_web::test]
async fn what_nobody_knew_is_settled_by_the_receipt_that_names_the_message() {
    for (word, expected) in [
        ("DELIVERED", MessageState::Sent),
        ("UNDELIVERABLE", MessageState::Failed),
    ] {
        for backend in backends() {
            let sink = HttpSink::start(|_| Reply::Cut).await;
            let scene = scene(backend, &sink).await;
            let id = remind(&scene, "F1").await;
            run(&scene.world.app).await.unwrap();
            assert_eq!(state(&scene, id).await, MessageState::Unknown);
            let called = Called {
                provider: "smsmode",
                secret: SECRET,
                about: Some(id),
            };
            let body = status(word);
            let received = Received {
                url: "https://x.example",
                body: body.as_bytes(),
                signature: "",
            };
            let (app, owner) = (&scene.world.app, scene.supplier.id);
            let kept = text_told::receive(app, owner, called, received).await;
            assert!(kept.unwrap());
            read_waiting(app).await.unwrap();
            assert_eq!(state(&scene, id).await, expected, "{backend} {word}");
        }
    }
}

#[actix_web::test]
async fn forged_and_foreign_calls_leave_no_trace() {
    for backend in backends() {
        let sink = HttpSink::start(|_| takes()).await;
        let scene = scene(backend, &sink).await;
        sent(&scene).await;
        let body = status("UNDELIVERABLE");
        for by in [("smsmode", "wrong"), ("brevo", SECRET), ("ovh", SECRET)] {
            let refused = told(&scene, by, &body).await.unwrap_err();
            assert!(matches!(refused, TextHookError::Foreign), "{by:?}");
        }
        let refused = told(&scene, ("smsmode", SECRET), "<xml>")
            .await
            .unwrap_err();
        assert!(matches!(refused, TextHookError::Form(_)));
        // Twilio's are signed besides.
        let twilio = |settings: &mut SmsSettings| {
            settings.account = Some(Account::Twilio(TwilioKeys {
                sid: "AC1".into(),
                token: "secret".into(),
                url: None,
            }));
        };
        sms_settings::change(&scene.world.app, scene.supplier.id, twilio)
            .await
            .unwrap();
        let (url, body) = ("https://p.example/x", "MessageSid=SM1&MessageStatus=failed");
        for (token, kept) in [("other", false), ("secret", true)] {
            let signature = sign(token, url, body.as_bytes());
            let called = Called {
                provider: "twilio",
                secret: SECRET,
                about: None,
            };
            let received = Received {
                url,
                body: body.as_bytes(),
                signature: &signature,
            };
            let (app, owner) = (&scene.world.app, scene.supplier.id);
            let answer = text_told::receive(app, owner, called, received).await;
            match kept {
                true => assert!(answer.unwrap(), "{backend}"),
                false => assert!(matches!(answer, Err(TextHookError::Forged)), "{backend}"),
            }
            let inbox = rows(&scene, "SELECT source AS value FROM inbox");
            assert_eq!(inbox.len(), usize::from(kept), "{backend}");
        }
        // It is of no text of ours.
        read_waiting(&scene.world.app).await.unwrap();
        let notes = rows(&scene, "SELECT note AS value FROM inbox");
        assert_eq!(notes, ["foreign"], "{backend}");
    }
}

#[actix_web::test]
async fn ovh_is_asked_what_became_of_texts() {
    for backend in backends() {
        let script = |asked: &Asked| match asked.line.contains("/outgoing/") {
            true => Reply::say(200, r#"{"id":42,"ptt":23}"#),
            false => Reply::say(200, r#"{"ids":[42],"invalidReceivers":[]}"#),
        };
        let sink = HttpSink::start(script).await;
        let scene = scene(backend, &sink).await;
        let url = sink.url();
        let ovh = move |settings: &mut SmsSettings| {
            settings.account = Some(Account::Ovh(OvhKeys {
                application: "AK".into(),
                secret: "AS".into(),
                consumer: "CK".into(),
                service: "sms-1".into(),
                url: Some(url.clone()),
            }));
        };
        sms_settings::change(&scene.world.app, scene.supplier.id, ovh)
            .await
            .unwrap();
        let id = sent(&scene).await;
        for _ in 0..2 {
            tick(&scene.world.app).await.unwrap();
        }
        assert_eq!(state(&scene, id).await, MessageState::Failed, "{backend}");
        assert_eq!(suppressed(&scene), Some(Verdict::Hard), "{backend}");
        let lines: Vec<String> = sink.asked().into_iter().map(|one| one.line).collect();
        assert_eq!(
            lines,
            ["POST /sms/sms-1/jobs", "GET /sms/sms-1/outgoing/42"],
            "{backend}: asked once more than needed"
        );
    }
}
