//! A test by text message: to the number that is named, counted, paid, and written in the trail.

use acquit::flows::own_text::send_text;
use acquit::flows::sms_settings::{self, Account, Named, SmsSettings};
use domain::sms::Cap;

use super::*;
use crate::support::http_sink::{HttpSink, Reply};

const NUMBER: &str = "06 98 76 54 32";

/// A scene whose supplier sends texts by this provider.
async fn scene(backend: &str, sink: &HttpSink, texts_a_day: u32) -> Scene {
    let scene = Scene::new(backend).await;
    scene.invoice("F1", 10_000).await;
    let url = sink.url();
    let change = move |settings: &mut SmsSettings| {
        settings.account = Some(Account::Smsmode(Named {
            key: "k".into(),
            url: Some(url.clone()),
        }));
        settings.sender = "FOUR".into();
        settings.price = Some("0.06 EUR".into());
        settings.texts_a_day = texts_a_day;
    };
    sms_settings::change(&scene.world.app, scene.supplier.id, change)
        .await
        .unwrap();
    scene
}

async fn test(scene: &Scene, id: MessageId, number: &str) -> Result<(), TextError> {
    let own = Draft {
        subject: String::new(),
        body: "{{ supplier }}: un mot, {{ invoice }}, {{ amount }}. {{ link }}".to_owned(),
    };
    let slot: Slot = "reminder_1.fr.sms".parse().unwrap();
    let (app, supplier) = (&scene.world.app, &scene.supplier);
    let what = (slot, Some(own), scene.debtor.id);
    let actor = Actor::staff("a@b.example");
    send_text(app, supplier, what, (id, number), actor).await
}

const TRIED: &str = "SELECT segments || ' ' || COALESCE(CAST(price AS TEXT), '-') || ' ' ||
    COALESCE(reference, '-') || ' ' || given_by AS value FROM text_trial ORDER BY given_at, id";

const TRAIL: &str = "SELECT subject || ' ' || detail AS value FROM audit
    WHERE action = 'text.tested' ORDER BY at, id";

fn rows(scene: &Scene, sql: &str) -> Vec<String> {
    scene.world.conn().read_sql(sql).unwrap()
}

#[actix_web::test]
async fn a_test_by_text_leaves_once_is_counted_and_belongs_to_no_account() {
    for backend in backends() {
        let taken = r#"{"messageId":"m-1","body":{"messagePartCount":2}}"#;
        let sink = HttpSink::start(|_| Reply::say(201, taken)).await;
        let scene = scene(backend, &sink, 9).await;
        let id = new_id::<MessageId>();
        for _ in 0..2 {
            test(&scene, id, NUMBER).await.unwrap();
        }
        let asked = sink.asked();
        assert_eq!(asked.len(), 1, "{backend}: posted twice, sent once");
        let body = asked[0].json();
        let text = body["body"]["text"].as_str().unwrap();
        assert!(
            text.starts_with("ESSAI - Fournisseur four: un mot, facture F1, 100,00 EUR."),
            "{text}"
        );
        assert!(
            text.ends_with(&"0".repeat(33)),
            "a link that opens nothing: {text}"
        );
        assert_eq!(body["recipient"]["to"].as_str(), Some("33698765432"));
        assert_eq!(rows(&scene, TRIED), ["2 60000 m-1 staff a@b.example"]);
        assert_eq!(rows(&scene, TRAIL), ["reminder_1.fr.sms +33698765432"]);
        assert_eq!(scene.messages().await.len(), 0, "{backend}");
        let (supplier, since) = (scene.supplier.id, scene.at());
        let sums = store::text_sent::sums_since(&mut scene.world.conn(), supplier, since);
        let sums = sums.unwrap();
        assert_eq!((sums.texts, sums.segments), (1, 2), "{backend}");
        assert_eq!(sums.prices.get(&domain::Currency::EUR), Some(&60_000));
    }
}

#[actix_web::test]
async fn the_suppliers_caps_hold_for_tests_too() {
    for backend in backends() {
        let sink = HttpSink::start(|_| Reply::say(201, r#"{"messageId":"m"}"#)).await;
        let scene = scene(backend, &sink, 1).await;
        test(&scene, new_id(), NUMBER).await.unwrap();
        let capped = test(&scene, new_id(), NUMBER).await;
        assert!(
            matches!(capped, Err(TextError::Capped(Cap::Day))),
            "{backend}: {capped:?}"
        );
        assert_eq!(sink.asked().len(), 1, "{backend}");
        let (zone, now) = (scene.supplier.zone, scene.at());
        let since = zone.at_hour(zone.day(now), 0);
        let mut conn = scene.world.conn();
        let count = store::text_sent::count_since(&mut conn, scene.supplier.id, since);
        assert_eq!(
            count.unwrap(),
            1,
            "{backend}: what was not sent counts nowhere"
        );
    }
}

#[actix_web::test]
async fn a_test_that_is_refused_or_cut_off_says_so() {
    for backend in backends() {
        let sink = HttpSink::start(|_| Reply::say(402, "{}")).await;
        let scene = scene(backend, &sink, 9).await;
        for number in ["", "04 72 00 00 00", "poste 12"] {
            let wrong = test(&scene, new_id(), number).await;
            assert!(
                matches!(wrong, Err(TextError::NoMobile)),
                "{number}: {wrong:?}"
            );
        }
        assert_eq!(sink.asked(), [], "{backend}");
        let refused = test(&scene, new_id(), NUMBER).await;
        assert!(
            matches!(refused, Err(TextError::NotTaken(_))),
            "{backend}: {refused:?}"
        );
        assert_eq!(rows(&scene, TRIED), [""; 0], "{backend}");
        assert_eq!(rows(&scene, TRAIL), [""; 0], "{backend}");

        let gone = HttpSink::start(|_| Reply::Cut).await;
        let url = gone.url();
        let change = move |settings: &mut SmsSettings| {
            settings.account = Some(Account::Smsmode(Named {
                key: "k".into(),
                url: Some(url.clone()),
            }));
        };
        let (app, supplier) = (&scene.world.app, scene.supplier.id);
        sms_settings::change(app, supplier, change).await.unwrap();
        let cut = test(&scene, new_id(), NUMBER).await;
        assert!(
            matches!(cut, Err(TextError::Unknown(_))),
            "{backend}: {cut:?}"
        );
        assert_eq!(rows(&scene, TRIED), ["1 60000 - staff a@b.example"]);
        assert_eq!(rows(&scene, TRAIL).len(), 1, "{backend}");
        let none = |settings: &mut SmsSettings| settings.account = None;
        sms_settings::change(app, supplier, none).await.unwrap();
        let none = test(&scene, new_id(), NUMBER).await;
        assert!(
            matches!(none, Err(TextError::NotTaken(_))),
            "{backend}: {none:?}"
        );
    }
}
