//! What comes back of messages, by mail and by webhook, and what follows for address and account.

mod otherwise;
mod replies;
mod sns;

use acquit::flows::deliver::run;
use acquit::flows::incoming::{MailHookError, Received, receive, receive_event};
use acquit::flows::mail_settings::{self, MailSettings, Provider};
use acquit::flows::promise::{Pledge, make};
use acquit::flows::{Actor, contact_address, hooks};
use acquit::store;
use acquit::store::task::ContactTask;
use domain::bounce::Verdict;
use domain::message::MessageState;
use domain::party::TaskKind;
use domain::{ContactId, MessageId};

use super::{Scene, share};
use crate::support::databases::backends;
use crate::support::mail_sink::{Answer, MailSink};

/// The mailbox of a scene's contact.
const OWN: &str = "compta@c1.example";

/// A message that has left.
async fn sent(scene: &Scene) -> MessageId {
    let number = scene.messages().await.len() + 1;
    let invoice = scene.invoice(&format!("F{number}"), 10_000).await;
    let pledge = Pledge {
        shares: vec![share(&invoice, 10_000)],
        due_on: "2026-03-12".parse().unwrap(),
        key: format!("k{number}"),
    };
    make(&scene.world.app, scene.visitor, pledge).await.unwrap();
    run(&scene.world.app).await.unwrap();
    let all = scene.messages().await;
    all.last().unwrap().message.id
}

/// A delivery report about a message.
fn dsn(id: MessageId, fields: &str) -> Vec<u8> {
    let digits = id.to_string().replace("msg_", "");
    format!(
        "From: MAILER-DAEMON@mx.example\r\nTo: rebonds+{digits}@four.example\r\n\
         Content-Type: multipart/report; boundary=b\r\n\r\n\
         --b\r\nContent-Type: message/delivery-status\r\n\r\n\
         Reporting-MTA: dns; mx.example\r\n\r\n{fields}\r\n--b--\r\n"
    )
    .into_bytes()
}

fn failed(recipient: &str, status: &str) -> String {
    format!("Final-Recipient: rfc822; {recipient}\r\nAction: failed\r\nStatus: {status}\r\n")
}

async fn told(scene: &Scene, mail: Vec<u8>) -> Received {
    receive(&scene.world.app, mail).await.unwrap()
}

async fn state(scene: &Scene, id: MessageId) -> MessageState {
    let all = scene.messages().await;
    let found = all.into_iter().find(|one| one.message.id == id);
    found.unwrap().message.state
}

fn tasks(scene: &Scene) -> Vec<ContactTask> {
    let (supplier, debtor) = (scene.supplier.id, scene.debtor.id);
    store::task::waiting(&mut scene.world.conn(), supplier, debtor).unwrap()
}

fn suppressed(scene: &Scene, address: &str) -> Option<Verdict> {
    let found = store::bounce::suppressed(&mut scene.world.conn(), scene.supplier.id, address);
    found.unwrap().map(|why| why.verdict)
}

/// Adds a second contact at the debtor.
async fn colleague(scene: &Scene, mailbox: &str) -> ContactId {
    let contact = domain::party::Contact {
        id: acquit::clock::new_id(),
        debtor: scene.debtor.id,
        name: None,
        email: Some(mailbox.into()),
        phone: None,
        language: None,
        state: domain::party::ContactState::Active,
    };
    let (owner, id) = (scene.supplier.id, contact.id);
    let insert = move |conn: &mut store::Conn| {
        Ok(store::contact::insert_many(
            conn,
            owner,
            std::slice::from_ref(&contact),
        )?)
    };
    scene.world.write(insert).await;
    id
}

#[actix_web::test]
async fn a_hard_bounce_suppresses_asks_staff_and_nothing_more_goes_there() {
    for backend in backends() {
        let sink = MailSink::start(|_| Answer::Accept).await;
        let scene = Scene::with(backend, sink.mailer()).await;
        let id = sent(&scene).await;
        let mail = dsn(id, &failed(OWN, "5.1.1"));
        assert_eq!(told(&scene, mail.clone()).await, Received::Read("counted"));
        assert_eq!(told(&scene, mail).await, Received::Known);
        assert_eq!(state(&scene, id).await, MessageState::Failed, "{backend}");
        assert_eq!(suppressed(&scene, "Compta@C1.example"), Some(Verdict::Hard));
        let waiting = tasks(&scene);
        assert_eq!(waiting.len(), 1, "{waiting:?}");
        assert_eq!(waiting[0].kind, TaskKind::BadAddress);
        assert_eq!(waiting[0].contact, Some(scene.visitor.contact));
        let before = sink.texts().len();
        sent(&scene).await;
        assert_eq!(sink.texts().len(), before, "{backend}: written to again");
    }
}

#[actix_web::test]
async fn what_came_back_goes_to_whoever_else_is_there_under_its_own_id() {
    for backend in backends() {
        let sink = MailSink::start(|_| Answer::Accept).await;
        let scene = Scene::with(backend, sink.mailer()).await;
        let id = sent(&scene).await;
        colleague(&scene, "achats@c1.example").await;
        told(&scene, dsn(id, &failed(OWN, "5.1.1"))).await;
        assert_eq!(state(&scene, id).await, MessageState::Due, "{backend}");
        run(&scene.world.app).await.unwrap();
        let texts = sink.texts();
        let to: Vec<&str> = texts.iter().map(|text| text.to.as_str()).collect();
        assert_eq!(to, [OWN, "achats@c1.example"]);
        assert_eq!(texts[0].header("Message-ID"), texts[1].header("Message-ID"));
        assert_eq!(state(&scene, id).await, MessageState::Sent);
        // Somebody else tells of the first address, late: the second one is none the worse.
        told(&scene, dsn(id, &failed(OWN, "5.1.0"))).await;
        assert_eq!(state(&scene, id).await, MessageState::Sent, "{backend}");
        let told = "SELECT address AS value FROM bounce";
        assert_eq!(scene.world.conn().read_sql(told).unwrap(), [OWN]);
    }
}

#[actix_web::test]
async fn each_report_has_its_consequence() {
    use MessageState::{Failed, Sent};
    for (fields, ends, dead, asked) in [
        (failed(OWN, "5.1.1"), Failed, true, true),
        (failed(OWN, "5.2.2"), Failed, false, false),
        (failed(OWN, "5.7.1"), Failed, false, false),
        (failed(OWN, "4.4.7"), Failed, false, false),
        // Our mailbox passes mail on to several: one of them being gone says less of ours.
        (failed("autre@c1.example", "5.1.1"), Sent, false, false),
        (
            "Action: delayed\r\nStatus: 4.4.1\r\n".into(),
            Sent,
            false,
            false,
        ),
        (
            "Action: delivered\r\nStatus: 2.0.0\r\n".into(),
            Sent,
            false,
            false,
        ),
    ] {
        for backend in backends() {
            let scene = Scene::new(backend).await;
            let id = sent(&scene).await;
            told(&scene, dsn(id, &fields)).await;
            assert_eq!(state(&scene, id).await, ends, "{backend} {fields}");
            assert_eq!(suppressed(&scene, OWN).is_some(), dead, "{fields}");
            assert_eq!(!tasks(&scene).is_empty(), asked, "{fields}");
        }
    }
}

#[actix_web::test]
async fn the_third_soft_bounce_in_a_row_counts_as_dead() {
    for backend in backends() {
        let scene = Scene::new(backend).await;
        for status in ["5.2.2", "4.4.7"] {
            let id = sent(&scene).await;
            told(&scene, dsn(id, &failed(OWN, status))).await;
        }
        let id = sent(&scene).await;
        told(&scene, dsn(id, "Action: delivered\r\nStatus: 2.0.0\r\n")).await;
        for _ in 0..2 {
            let id = sent(&scene).await;
            told(&scene, dsn(id, &failed(OWN, "5.2.2"))).await;
        }
        assert_eq!(
            suppressed(&scene, OWN),
            None,
            "{backend}: something arrived between"
        );
        let id = sent(&scene).await;
        told(&scene, dsn(id, &failed(OWN, "5.2.2"))).await;
        assert_eq!(suppressed(&scene, OWN), Some(Verdict::Soft), "{backend}");
    }
}

#[actix_web::test]
async fn a_report_proves_what_was_unknown() {
    for (fields, ends) in [
        (
            "Action: delivered\r\nStatus: 2.0.0\r\n".to_owned(),
            MessageState::Sent,
        ),
        (failed(OWN, "5.1.1"), MessageState::Failed),
    ] {
        for backend in backends() {
            let sink = MailSink::start(|_| Answer::CutAfterDot).await;
            let scene = Scene::with(backend, sink.mailer()).await;
            let id = sent(&scene).await;
            assert_eq!(state(&scene, id).await, MessageState::Unknown);
            told(&scene, dsn(id, &fields)).await;
            assert_eq!(state(&scene, id).await, ends, "{backend}");
        }
    }
}

#[actix_web::test]
async fn a_corrected_address_lifts_it_and_gets_what_did_not_arrive() {
    for backend in backends() {
        let sink = MailSink::start(|_| Answer::Accept).await;
        let scene = Scene::with(backend, sink.mailer()).await;
        let id = sent(&scene).await;
        told(&scene, dsn(id, &failed(OWN, "5.1.1"))).await;
        for (address, texts) in [("compta@c1-groupe.example", 2), (OWN, 2)] {
            let actor = Actor::staff("marie@four.example");
            let (app, owner) = (&scene.world.app, scene.supplier.id);
            let contact = scene.visitor.contact;
            contact_address::correct(app, owner, contact, address.into(), actor)
                .await
                .unwrap();
            assert_eq!(tasks(&scene), []);
            run(app).await.unwrap();
            assert_eq!(sink.texts().len(), texts, "{backend} {address}");
        }
        assert_eq!(sink.texts()[1].to, "compta@c1-groupe.example");
        assert_eq!(suppressed(&scene, OWN), None, "given again: it works again");
    }
}

/// Settings under which a provider's webhooks are taken.
async fn provider(scene: &Scene, provider: Provider) {
    let set = move |settings: &mut MailSettings| {
        settings.provider = Some(provider);
        settings.hook_secret = Some("geheim".into());
    };
    mail_settings::change(&scene.world.app, scene.supplier.id, set)
        .await
        .unwrap();
}

#[actix_web::test]
async fn a_complaint_by_webhook_ends_the_mail_and_has_somebody_call() {
    for backend in backends() {
        let scene = Scene::new(backend).await;
        provider(&scene, Provider::Brevo).await;
        let id = sent(&scene).await;
        let body = format!(r#"{{"event":"spam","email":"{OWN}","X-Mailin-custom":"{id}"}}"#);
        let post = |secret: &'static str, name: &'static str| {
            let (app, body) = (&scene.world.app, body.clone().into_bytes());
            receive_event(app, scene.supplier.id, (name, secret), body)
        };
        for (secret, name) in [("falsch", "brevo"), ("geheim", "ses"), ("", "brevo")] {
            let refused = post(secret, name).await;
            assert!(
                matches!(refused, Err(MailHookError::Foreign)),
                "{refused:?}"
            );
        }
        assert!(post("geheim", "brevo").await.unwrap());
        assert!(!post("geheim", "brevo").await.unwrap(), "kept twice");
        assert_eq!(hooks::read_waiting(&scene.world.app).await.unwrap(), 1);
        assert_eq!(
            state(&scene, id).await,
            MessageState::Sent,
            "{backend}: it did arrive"
        );
        assert_eq!(suppressed(&scene, OWN), Some(Verdict::Complaint));
        assert_eq!(tasks(&scene)[0].kind, TaskKind::Complained);
    }
}

#[actix_web::test]
async fn a_refusal_by_the_relay_itself_counts_like_a_report() {
    for (answer, dead) in [
        (Answer::AtRecipient("550 5.1.1 no such user"), true),
        (Answer::AtDot("550 5.1.1 no such user"), true),
        (Answer::AtRecipient("550 5.7.1 not allowed"), false),
        (Answer::AtDot("552 5.3.4 too big"), false),
    ] {
        for backend in backends() {
            let sink = MailSink::start(move |_| answer).await;
            let scene = Scene::with(backend, sink.mailer()).await;
            let id = sent(&scene).await;
            assert_eq!(
                state(&scene, id).await,
                MessageState::Failed,
                "{backend} {answer:?}"
            );
            assert_eq!(suppressed(&scene, OWN).is_some(), dead, "{answer:?}");
            assert_eq!(tasks(&scene).len(), usize::from(dead), "{answer:?}");
        }
    }
}

#[actix_web::test]
async fn an_address_that_is_none_asks_staff_and_holds_nobody_up() {
    for address in [
        "compta@c1.example\r\nBcc: x@y.example",
        "compta@c1..example",
        "compta",
    ] {
        for backend in backends() {
            let sink = MailSink::start(|_| Answer::Accept).await;
            let scene = Scene::with(backend, sink.mailer()).await;
            let (other, contact) = scene.world.debtor(&scene.supplier, "C2").await;
            let (_, visitor) = scene.world.link(&other, &contact).await;
            let invoice = scene.world.invoice(&other, "G1", 5_000, "2026-02-20").await;
            let pledge = Pledge {
                shares: vec![share(&invoice, 5_000)],
                due_on: "2026-03-12".parse().unwrap(),
                key: "g".into(),
            };
            let bad = address.replace('\'', "");
            let update = format!("UPDATE contact SET email = '{bad}' WHERE email = '{OWN}'");
            scene.world.conn().run_sql(&update).unwrap();
            make(&scene.world.app, visitor, pledge).await.unwrap();
            let id = sent(&scene).await;
            assert_eq!(
                state(&scene, id).await,
                MessageState::Failed,
                "{backend} {address:?}"
            );
            let kinds: Vec<TaskKind> = tasks(&scene).iter().map(|task| task.kind).collect();
            assert_eq!(kinds, [TaskKind::BadAddress], "{address:?}");
            assert_eq!(sink.texts().len(), 1, "{backend}: the other message left");
        }
    }
}

#[actix_web::test]
async fn what_is_not_ours_is_left_alone() {
    for backend in backends() {
        let scene = Scene::new(backend).await;
        sent(&scene).await;
        let foreign = dsn(acquit::clock::new_id(), &failed(OWN, "5.1.1"));
        assert_eq!(told(&scene, foreign).await, Received::Foreign);
        assert_eq!(told(&scene, Vec::new()).await, Received::Unreadable);
        let automatic = b"From: a@b.example\r\nAuto-Submitted: auto-replied\r\n\r\nAway\r\n";
        assert_eq!(
            told(&scene, automatic.to_vec()).await,
            Received::Read("automatic")
        );
        assert_eq!(
            scene
                .world
                .conn()
                .read_sql("SELECT id AS value FROM inbox")
                .unwrap()
                .len(),
            0
        );
        assert_eq!(suppressed(&scene, OWN), None);
    }
}
