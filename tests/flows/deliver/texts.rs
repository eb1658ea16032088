//! Text messages: at most once by themselves, silenced like mails, capped, and what is told of
//! them.

mod told;

use std::sync::{Arc, Mutex};

use acquit::clock::new_id;
use acquit::flows::deliver::{Delivered, run};
use acquit::flows::promise::{Pledge, make};
use acquit::flows::sms_settings::{self, Account, Named, SmsSettings};
use acquit::flows::{Actor, scenario};
use acquit::jobs::tick;
use acquit::store::outbox::{self, NewMessage, Sent};
use acquit::store::{self, Conn};
use domain::invoice::Invoice;
use domain::message::{MessageKind, MessageState};
use domain::party::TaskKind;
use domain::scenario::{Channel, Profile, Recipe, Step};
use domain::sms::{Cap, measure};
use domain::{MessageId, ScenarioId};

use super::super::{MONDAY, Scene, share};
use crate::support::databases::backends;
use crate::support::http_sink::{Asked, HttpSink, Reply};
use crate::support::world::ORIGIN;

const NUMBER: &str = "+33612345678";

/// A scene whose contact has a mobile number, and whose supplier sends texts by this provider.
async fn scene(backend: &str, sink: &HttpSink) -> Scene {
    let scene = Scene::new(backend).await;
    phone(&scene, "06 12 34 56 78").await;
    set(&scene, sink.url(), |_| {}).await;
    scene
}

async fn phone(scene: &Scene, number: &str) {
    let (owner, id, number) = (scene.supplier.id, scene.visitor.contact, number.to_owned());
    let change = move |conn: &mut Conn| {
        let mut contact = store::contact::find(conn, owner, id)?;
        contact.phone = Some(number.clone());
        Ok(store::contact::set_details(conn, owner, &contact, None)?)
    };
    scene.world.write(change).await;
}

async fn set(scene: &Scene, url: String, more: impl Fn(&mut SmsSettings) + Send + 'static) {
    let change = move |settings: &mut SmsSettings| {
        settings.account = Some(Account::Smsmode(Named {
            key: "k".into(),
            url: Some(url.clone()),
        }));
        settings.sender = "FOUR".into();
        settings.hook_secret = Some("0123456789abcdef".into());
        settings.price = Some("0.06 EUR".into());
        more(settings);
    };
    sms_settings::change(&scene.world.app, scene.supplier.id, change)
        .await
        .unwrap();
}

fn takes() -> Reply {
    Reply::say(201, r#"{"messageId":"m-1","body":{"messagePartCount":1}}"#)
}

/// Puts a first reminder about an invoice in the outbox, by text.
async fn remind(scene: &Scene, number: &str) -> MessageId {
    let invoice = scene.invoice(number, 10_000).await;
    let message = NewMessage {
        id: new_id(),
        supplier: scene.supplier.id,
        debtor: scene.debtor.id,
        contact: scene.visitor.contact,
        kind: MessageKind::Reminder1,
        channel: Channel::Sms,
        dedup: format!("sms:{number}"),
        due_at: scene.at(),
        about: String::new(),
        invoices: vec![invoice.id],
    };
    let id = message.id;
    let insert = move |conn: &mut Conn| Ok(outbox::enqueue(conn, &message)?);
    scene.world.write(insert).await;
    id
}

async fn found(scene: &Scene, id: MessageId) -> Sent {
    let all = scene.messages().await;
    all.into_iter().find(|one| one.message.id == id).unwrap()
}

async fn state(scene: &Scene, id: MessageId) -> MessageState {
    found(scene, id).await.message.state
}

/// The invoice that a message is about.
async fn invoice_of(scene: &Scene, id: MessageId) -> Invoice {
    let found = outbox::invoices(&mut scene.world.conn(), scene.supplier.id, id).unwrap();
    scene.now(found[0]).await
}

/// What was counted, as `fate segments price reference`.
const COUNTED: &str = "SELECT fate || ' ' || segments || ' ' || COALESCE(CAST(price AS TEXT), '-')
    || ' ' || COALESCE(reference, '-') AS value FROM text_sent ORDER BY given_at, message_id";

fn rows(scene: &Scene, sql: &str) -> Vec<String> {
    scene.world.conn().read_sql(sql).unwrap()
}

#[actix_web::test]
async fn a_step_by_text_leaves_once_and_its_copy_is_kept() {
    for backend in backends() {
        let sink = HttpSink::start(|_| takes()).await;
        let scene = scene(backend, &sink).await;
        let id = remind(&scene, "F1").await;
        for _ in 0..3 {
            run(&scene.world.app).await.unwrap();
        }
        let asked = sink.asked();
        assert_eq!(asked.len(), 1, "{backend}");
        let text = asked[0].json()["body"]["text"].as_str().unwrap().to_owned();
        assert!(text.starts_with("Fournisseur four: sauf erreur, facture F1 (100,00 EUR)"));
        assert_eq!(measure(&text).segments, 1);
        let token = text.rsplit_once("/l/").unwrap().1;
        let hook = asked[0].json()["callbackUrlStatus"]
            .as_str()
            .unwrap()
            .to_owned();
        let supplier = scene.supplier.id;
        let expected = format!("{ORIGIN}/hooks/sms/{supplier}/smsmode/0123456789abcdef/{id}");
        assert_eq!(hook, expected);
        let sent = found(&scene, id).await;
        assert_eq!(sent.message.state, MessageState::Sent, "{backend}");
        assert_eq!(sent.recipient.as_deref(), Some(NUMBER));
        let shown = sent.subject.unwrap();
        assert!(shown.ends_with("/l/…") && !shown.contains(token), "{shown}");
        let copy = outbox::copy(&mut scene.world.conn(), supplier, id).unwrap();
        assert_eq!(copy.unwrap(), text.as_bytes(), "{backend}");
        assert_eq!(
            rows(&scene, COUNTED),
            ["under_way 1 60000 m-1"],
            "{backend}"
        );
        let links = "SELECT message_id AS value FROM link WHERE message_id IS NOT NULL";
        assert_eq!(rows(&scene, links), [id.to_string()]);
    }
}

#[actix_web::test]
async fn each_answer_of_the_provider_has_its_outcome() {
    use MessageState::{Failed, Retry, Sent, Unknown};
    for (reply, expected, counted, dead) in [
        (takes(), Sent, 1, false),
        (Reply::say(429, "{}"), Retry, 0, false),
        (Reply::say(402, "{}"), Retry, 0, false),
        (Reply::say(400, r#"{"detail":"text"}"#), Failed, 0, false),
        (
            Reply::say(400, r#"{"detail":"bad recipient"}"#),
            Failed,
            0,
            true,
        ),
        (Reply::say(500, "{}"), Unknown, 1, false),
        (Reply::Cut, Unknown, 1, false),
    ] {
        for backend in backends() {
            let answer = reply.clone();
            let sink = HttpSink::start(move |_| answer.clone()).await;
            let scene = scene(backend, &sink).await;
            let id = remind(&scene, "F1").await;
            for _ in 0..2 {
                run(&scene.world.app).await.unwrap();
            }
            assert_eq!(state(&scene, id).await, expected, "{backend} {reply:?}");
            assert_eq!(sink.asked().len(), 1, "{backend} {reply:?}: asked again");
            assert_eq!(rows(&scene, COUNTED).len(), counted, "{backend} {reply:?}");
            let owner = scene.supplier.id;
            let gone = store::bounce::suppressed(&mut scene.world.conn(), owner, NUMBER);
            assert_eq!(gone.unwrap().is_some(), dead, "{backend} {reply:?}");
            let tasks =
                store::task::waiting(&mut scene.world.conn(), owner, scene.debtor.id).unwrap();
            let asks = tasks.iter().any(|task| task.kind == TaskKind::BadNumber);
            assert_eq!(asks, dead, "{backend} {reply:?}");
        }
    }
}

#[actix_web::test]
async fn a_refusal_for_now_is_tried_again_later() {
    for backend in backends() {
        let busy = Arc::new(Mutex::new(true));
        let open = Arc::clone(&busy);
        let script = move |_: &Asked| match *open.lock().unwrap() {
            true => Reply::say(503, "{}"),
            false => takes(),
        };
        let sink = HttpSink::start(script).await;
        let scene = scene(backend, &sink).await;
        let id = remind(&scene, "F1").await;
        run(&scene.world.app).await.unwrap();
        assert_eq!(state(&scene, id).await, MessageState::Retry);
        *busy.lock().unwrap() = false;
        scene.world.go_to(scene.at().plus_minutes(6));
        run(&scene.world.app).await.unwrap();
        assert_eq!(state(&scene, id).await, MessageState::Sent, "{backend}");
        assert_eq!(sink.asked().len(), 2);
        assert_eq!(
            rows(&scene, COUNTED),
            ["under_way 1 60000 m-1"],
            "{backend}"
        );
    }
}

/// A sender that dies between the request and its answer: what it had marked is listed, never sent
/// again by itself.
#[actix_web::test]
async fn a_crash_between_request_and_answer_is_left_to_a_person() {
    for backend in backends() {
        let sink = HttpSink::start(|_| Reply::Wait).await;
        let scene = scene(backend, &sink).await;
        let id = remind(&scene, "F1").await;
        let app = Arc::clone(&scene.world.app);
        let sender = actix_web::rt::spawn(async move { run(&app).await.map(|_| ()) });
        while sink.asked().is_empty() {
            tokio::task::yield_now().await;
        }
        sender.abort();
        assert!(sender.await.is_err());
        assert_eq!(state(&scene, id).await, MessageState::Data, "{backend}");
        for minutes in [1, 21] {
            scene.world.go_to(scene.at().plus_minutes(minutes));
            run(&scene.world.app).await.unwrap();
        }
        assert_eq!(state(&scene, id).await, MessageState::Unknown, "{backend}");
        assert_eq!(sink.asked().len(), 1, "{backend}: sent again by itself");
        let owner = [scene.supplier.id];
        let listed = store::report::messages_to_decide(&mut scene.world.conn(), &owner, 10);
        assert_eq!(listed.unwrap().len(), 1);
    }
}

/// What silences a reminder before the mark; the provider is never asked.
#[actix_web::test]
async fn a_payment_or_promise_before_the_mark_silences_it() {
    for backend in backends() {
        let sink = HttpSink::start(|_| takes()).await;
        let scene = scene(backend, &sink).await;
        let paid = remind(&scene, "F1").await;
        let invoice = invoice_of(&scene, paid).await;
        let payment = scene.announce(&[share(&invoice, 10_000)]).await.unwrap();
        assert!(scene.receive(payment, 10_000, MONDAY).await);
        run(&scene.world.app).await.unwrap();
        assert_eq!(state(&scene, paid).await, MessageState::Cancelled);
        let promised = remind(&scene, "F2").await;
        let invoice = invoice_of(&scene, promised).await;
        let pledge = Pledge {
            shares: vec![share(&invoice, 10_000)],
            due_on: "2026-03-12".parse().unwrap(),
            key: "a".into(),
        };
        make(&scene.world.app, scene.visitor, pledge).await.unwrap();
        run(&scene.world.app).await.unwrap();
        assert_eq!(state(&scene, promised).await, MessageState::Cancelled);
        assert_eq!(sink.asked(), [], "{backend}");
        assert!(rows(&scene, COUNTED).is_empty());
    }
}

#[actix_web::test]
async fn the_days_cap_holds_and_the_rest_leaves_the_next_morning() {
    for backend in backends() {
        let sink = HttpSink::start(|_| takes()).await;
        let scene = scene(backend, &sink).await;
        set(&scene, sink.url(), |settings| settings.texts_a_day = 2).await;
        for number in ["F1", "F2", "F3", "F4"] {
            remind(&scene, number).await;
        }
        for _ in 0..3 {
            run(&scene.world.app).await.unwrap();
        }
        assert_eq!(sink.asked().len(), 2, "{backend}");
        let owner = [scene.supplier.id];
        let waits = store::texter::waiting(&mut scene.world.conn(), &owner, scene.at()).unwrap();
        let [(_, Cap::Day, until)] = waits[..] else {
            panic!("{waits:?}")
        };
        let trail = "SELECT detail AS value FROM audit WHERE action = 'texts.capped'";
        assert_eq!(rows(&scene, trail), ["day"], "{backend}: told once");
        scene.world.go_to(until);
        let waits = store::texter::waiting(&mut scene.world.conn(), &owner, until).unwrap();
        assert_eq!(waits, []);
        let delivered = run(&scene.world.app).await.unwrap();
        assert_eq!(delivered.sent, 2, "{backend} {delivered:?}");
        assert_eq!(sink.asked().len(), 4);
        assert_eq!(scene.supplier.zone.day(until).to_string(), "2026-03-03");
    }
}

#[actix_web::test]
async fn the_months_money_holds_until_the_next_month() {
    for backend in backends() {
        let sink = HttpSink::start(|_| takes()).await;
        let scene = scene(backend, &sink).await;
        let most = |settings: &mut SmsSettings| settings.spend_a_month = Some("0.12 EUR".into());
        set(&scene, sink.url(), most).await;
        for number in ["F1", "F2", "F3"] {
            remind(&scene, number).await;
        }
        let delivered = run(&scene.world.app).await.unwrap();
        assert_eq!((delivered.sent, delivered.retry), (2, 1), "{backend}");
        let owner = [scene.supplier.id];
        let waits = store::texter::waiting(&mut scene.world.conn(), &owner, scene.at()).unwrap();
        let [(_, Cap::Month, until)] = waits[..] else {
            panic!("{waits:?}")
        };
        assert_eq!(scene.supplier.zone.day(until).to_string(), "2026-04-01");
        scene.world.go_to(until);
        assert_eq!(run(&scene.world.app).await.unwrap().sent, 1, "{backend}");
    }
}

#[actix_web::test]
async fn a_number_for_no_texts_is_never_asked_of_a_provider() {
    for backend in backends() {
        let sink = HttpSink::start(|_| takes()).await;
        let scene = scene(backend, &sink).await;
        for number in ["04 72 00 00 00", "poste 12", ""] {
            phone(&scene, number).await;
            let id = remind(&scene, &format!("F{number}")).await;
            run(&scene.world.app).await.unwrap();
            assert_eq!(state(&scene, id).await, MessageState::Cancelled, "{number}");
        }
        assert_eq!(sink.asked(), [], "{backend}");
    }
}

#[actix_web::test]
async fn without_a_provider_texts_wait_and_say_why() {
    for backend in backends() {
        let sink = HttpSink::start(|_| takes()).await;
        let scene = scene(backend, &sink).await;
        let none = |settings: &mut SmsSettings| settings.account = None;
        sms_settings::change(&scene.world.app, scene.supplier.id, none)
            .await
            .unwrap();
        let id = remind(&scene, "F1").await;
        let delivered = run(&scene.world.app).await.unwrap();
        let expected = Delivered {
            retry: 1,
            ..Delivered::default()
        };
        assert_eq!(delivered, expected, "{backend}");
        let why = found(&scene, id).await.outcome.unwrap();
        assert_eq!(why, "no provider of text messages is set up");
    }
}

/// A step that goes by mail, or by text to whoever has no mailbox.
#[actix_web::test]
async fn a_step_goes_by_text_to_whoever_has_no_mailbox() {
    for backend in backends() {
        let sink = HttpSink::start(|_| takes()).await;
        let scene = scene(backend, &sink).await;
        let (app, owner) = (&scene.world.app, scene.supplier.id);
        let mut step = Step::email(MessageKind::Reminder1, 3);
        step.channels = vec![Channel::Email, Channel::Sms];
        let id: ScenarioId = new_id();
        let staff = || Actor::staff("compta@four.example");
        let new = (id, "Le nôtre".to_owned(), Recipe::Standard);
        scenario::create(app, owner, new, staff()).await.unwrap();
        let steps = (vec![step], true);
        let version = scenario::save(app, owner, (id, 1), steps, staff()).await;
        scene.on_balance(MONDAY).await;
        let supplier = scene.fresh().await;
        let chosen = (id, version.unwrap());
        scenario::activate(app, &supplier, chosen, None, staff())
            .await
            .unwrap();
        let wish = (Profile::Standard, Some(id));
        scenario::assign(app, &supplier, wish, None, staff())
            .await
            .unwrap();
        let without = "UPDATE contact SET email = NULL";
        scene.world.conn().run_sql(without).unwrap();
        scene.invoice("F1", 10_000).await;
        for _ in 0..2 {
            tick(app).await.unwrap();
        }
        assert_eq!(sink.asked().len(), 1, "{backend}");
        let trace = "SELECT code || ' ' || channel AS value FROM reminder_step";
        assert_eq!(rows(&scene, trace), ["reminder_1 sms"], "{backend}");
        assert_eq!(scene.outbox().await, ["reminder_1 sent"], "{backend}");
    }
}
