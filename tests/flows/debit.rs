//! A direct debit, from the debtor's order to the file: only what was announced goes to the bank.

use acquit::flows::collect::Made;
use acquit::flows::debit::{DebitOrder, first_day, order};
use acquit::flows::deliver::{decide, run};
use acquit::flows::mandate::{Signature, sign};
use acquit::flows::{Actor, FlowError, collect};
use acquit::store::{self, Across};
use domain::batch::{DebitProfile, FileVersion};
use domain::collection::{Collection, CollectionState};
use domain::invoice::Share;
use domain::mandate::Usage;
use domain::message::{MessageEvent, MessageKind};
use domain::{CollectionId, Day, MandateId, Money};

use super::{Scene, share};
use crate::support::databases::backends;
use crate::support::mail_sink::{Answer, MailSink};

pub(super) async fn mandate(scene: &Scene, usage: Usage, key: &str) -> MandateId {
    let signature = Signature {
        holder: "SOCIETE C1".into(),
        iban: "FR1420041010050500013M02606".parse().unwrap(),
        bic: None,
        usage,
        signatory: "Ana Costa".into(),
        place: "Lyon".into(),
        wording: "Mandat de prélèvement SEPA".into(),
        address: "192.0.2.1".into(),
        agent: "test".into(),
        key: key.into(),
    };
    sign(&scene.world.app, scene.visitor, signature)
        .await
        .unwrap()
}

/// Orders a debit for the first day the bank can do.
pub(super) async fn debit(
    scene: &Scene,
    mandate: MandateId,
    shares: &[Share],
    key: &str,
) -> Result<CollectionId, FlowError> {
    let order_of = DebitOrder {
        mandate,
        what: shares.to_vec().into(),
        collect_on: first_day(&scene.supplier, scene.at()),
        key: key.into(),
    };
    order(&scene.world.app, scene.visitor, order_of).await
}

pub(super) async fn collection(scene: &Scene, id: CollectionId) -> Collection {
    let supplier = scene.supplier.id;
    let find = move |conn: &mut _| store::collection::find(conn, supplier, id);
    scene
        .world
        .app
        .store
        .read(Across::Inspection, find)
        .await
        .unwrap()
}

pub(super) async fn file(scene: &Scene) -> Option<Made> {
    collect::run(&scene.world.app, scene.supplier.id, Actor::job("test"))
        .await
        .unwrap()
}

#[actix_web::test]
async fn only_an_announced_debit_goes_into_a_file_and_only_once() {
    for backend in backends() {
        let tried = std::sync::atomic::AtomicUsize::new(0);
        let sink = MailSink::start(move |_| {
            match tried.fetch_add(1, std::sync::atomic::Ordering::SeqCst) {
                0 | 1 => Answer::AtRecipient("450 busy"),
                _ => Answer::Accept,
            }
        })
        .await;
        let scene = Scene::with(backend, sink.mailer()).await;
        let invoice = scene.invoice("F1", 10_000).await;
        let mandate = mandate(&scene, Usage::Recurring, "m").await;
        let id = debit(&scene, mandate, &[share(&invoice, 4_000)], "a")
            .await
            .unwrap();
        assert_eq!(collection(&scene, id).await.state, CollectionState::Planned);
        assert_eq!(file(&scene).await, None);
        run(&scene.world.app).await.unwrap();
        assert_eq!(
            collection(&scene, id).await.state,
            CollectionState::Planned,
            "deferred"
        );
        assert_eq!(file(&scene).await, None);

        scene.world.go_to(scene.at().plus_minutes(10));
        run(&scene.world.app).await.unwrap();
        assert_eq!(
            collection(&scene, id).await.state,
            CollectionState::Notified
        );
        let made = file(&scene).await.expect("an announced debit");
        assert_eq!(
            (made.batch.debits, made.batch.total),
            (1, Money::eur(4_000))
        );
        let text = String::from_utf8(made.file.clone()).unwrap();
        let held = collection(&scene, id).await;
        assert!(text.contains(&collect::end_to_end_id(&held)) && text.contains("40.00"));
        assert_eq!(
            (held.state, held.batch),
            (CollectionState::Batched, Some(made.batch.id))
        );
        assert_eq!(file(&scene).await, None, "{backend}: twice in a file");
        assert_eq!(scene.now(invoice.id).await.reserved, Money::eur(4_000));
    }
}

#[actix_web::test]
async fn an_announcement_that_staff_know_arrived_counts() {
    for backend in backends() {
        let sink = MailSink::start(|_| Answer::CutAfterDot).await;
        let scene = Scene::with(backend, sink.mailer()).await;
        let invoice = scene.invoice("F1", 10_000).await;
        let mandate = mandate(&scene, Usage::Recurring, "m").await;
        let id = debit(&scene, mandate, &[share(&invoice, 4_000)], "a")
            .await
            .unwrap();
        run(&scene.world.app).await.unwrap();
        assert_eq!(
            file(&scene).await,
            None,
            "nobody knows whether it was announced"
        );
        let messages = scene.messages().await;
        let mut notices = messages.iter().map(|sent| &sent.message);
        let notice = notices.find(|message| message.kind == MessageKind::DebitNotice);
        let (ours, staff) = (scene.supplier.id, Actor::staff("marie@four.example"));
        let (app, event) = (&scene.world.app, MessageEvent::ProvedSent);
        decide(app, ours, notice.unwrap().id, event, staff)
            .await
            .unwrap();
        assert_eq!(
            collection(&scene, id).await.state,
            CollectionState::Notified
        );
        assert!(file(&scene).await.is_some(), "{backend}");
    }
}

#[actix_web::test]
async fn a_day_the_bank_cannot_do_is_refused() {
    for backend in backends() {
        let scene = Scene::new(backend).await;
        let invoice = scene.invoice("F1", 10_000).await;
        let mandate = mandate(&scene, Usage::Recurring, "m").await;
        let first = first_day(&scene.supplier, scene.at());
        assert_eq!(first, "2026-03-06".parse::<Day>().unwrap());
        for (day, moved_to) in [
            (first.plus_days(-1), None),
            (first, Some("2026-03-06")),
            (first.plus_days(1), Some("2026-03-09")),
            ("2026-05-02".parse().unwrap(), None),
        ] {
            let order_of = DebitOrder {
                mandate,
                what: vec![share(&invoice, 1_000)].into(),
                collect_on: day,
                key: day.to_string(),
            };
            let ordered = order(&scene.world.app, scene.visitor, order_of).await;
            let found = match ordered {
                Ok(id) => Some(collection(&scene, id).await.collect_on.to_string()),
                Err(FlowError::OutsideLimits(_)) => None,
                Err(other) => panic!("{day}: {other}"),
            };
            assert_eq!(found.as_deref(), moved_to, "{backend} {day}");
        }
    }
}

/// What was paid otherwise in the meantime is not collected as well.
#[actix_web::test]
async fn a_debit_whose_invoice_was_paid_meanwhile_is_called_off() {
    for backend in backends() {
        let scene = Scene::new(backend).await;
        let (paid, other) = (
            scene.invoice("F1", 10_000).await,
            scene.invoice("F2", 500).await,
        );
        let mandate = mandate(&scene, Usage::Recurring, "m").await;
        let transfer = scene.announce(&[share(&paid, 10_000)]).await.unwrap();
        let gone = debit(&scene, mandate, &[share(&paid, 10_000)], "a")
            .await
            .unwrap();
        let kept = debit(&scene, mandate, &[share(&other, 500)], "b")
            .await
            .unwrap();
        run(&scene.world.app).await.unwrap();
        scene.receive(transfer, 10_000, "2026-03-02").await;

        let made = file(&scene).await.expect("the other debit");
        assert_eq!(
            (made.batch.debits, made.batch.total),
            (1, Money::eur(500)),
            "{backend}"
        );
        assert_eq!(
            collection(&scene, gone).await.state,
            CollectionState::Cancelled
        );
        assert_eq!(
            collection(&scene, kept).await.state,
            CollectionState::Batched
        );
        assert_eq!(scene.now(paid.id).await.reserved, Money::eur(0));
        assert_eq!(file(&scene).await, None);
    }
}

#[actix_web::test]
async fn a_one_off_mandate_carries_one_debit() {
    for backend in backends() {
        let scene = Scene::new(backend).await;
        let invoice = scene.invoice("F1", 10_000).await;
        let mandate = mandate(&scene, Usage::OneOff, "m").await;
        debit(&scene, mandate, &[share(&invoice, 4_000)], "a")
            .await
            .unwrap();
        let second = debit(&scene, mandate, &[share(&invoice, 1_000)], "b").await;
        assert!(
            matches!(second, Err(FlowError::NotOffered(_))),
            "{backend}: {second:?}"
        );
        run(&scene.world.app).await.unwrap();
        assert_eq!(file(&scene).await.unwrap().batch.debits, 1);
    }
}

/// 36 months after the later of signature and last collection, and not a day before.
#[actix_web::test]
async fn a_mandate_ends_after_three_years_without_use() {
    for backend in backends() {
        let scene = Scene::new(backend).await;
        let invoice = scene.invoice("F1", 10_000).await;
        let used = mandate(&scene, Usage::Recurring, "used").await;
        mandate(&scene, Usage::Recurring, "unused").await;
        debit(&scene, used, &[share(&invoice, 4_000)], "a")
            .await
            .unwrap();
        run(&scene.world.app).await.unwrap();
        file(&scene).await.unwrap();
        let ended = async |day: &str| {
            scene.go_to(day);
            acquit::flows::mandate_age::run(&scene.world.app, scene.supplier.id)
                .await
                .unwrap()
        };
        assert_eq!(ended("2029-03-01").await, 0, "{backend}");
        assert_eq!(ended("2029-03-02").await, 1, "the one never used");
        assert_eq!(ended("2029-03-05").await, 0);
        assert_eq!(ended("2029-03-06").await, 1, "collected on 6 March 2026");
        assert_eq!(ended("2029-03-07").await, 0);
    }
}

/// The debtor keeps the days agreed since it was told, and a bank day is not moved before the one
/// announced.
#[actix_web::test]
async fn a_debit_waits_until_its_notice_has_run() {
    for backend in backends() {
        for (notice_days, expected) in [(1, "2026-03-06"), (4, "2026-03-06"), (10, "2026-03-12")] {
            let scene = Scene::new(backend).await;
            let invoice = scene.invoice("F1", 10_000).await;
            let mandate = mandate(&scene, Usage::Recurring, "m").await;
            let id = debit(&scene, mandate, &[share(&invoice, 4_000)], "a")
                .await
                .unwrap();
            let profile = DebitProfile {
                notice_days,
                version: FileVersion::V02,
                ..DebitProfile::default()
            };
            acquit::flows::batch::set_profile(&scene.world.app, scene.supplier.id, profile)
                .await
                .unwrap();
            assert_eq!(file(&scene).await, None, "nobody was told");
            run(&scene.world.app).await.unwrap();
            let made = file(&scene).await.unwrap();
            let xml = String::from_utf8(made.file).unwrap();
            let day = format!("<ReqdColltnDt>{expected}</ReqdColltnDt>");
            assert!(xml.contains(&day), "{backend} {notice_days}: {xml}");
            assert!(
                xml.contains("pain.008.001.02"),
                "the version its bank takes"
            );
            let held = collection(&scene, id).await;
            assert_eq!(held.collect_on.to_string(), expected);
            assert_eq!(held.block, Some(format!("{}-1", made.batch.message_id)));
        }
    }
}
