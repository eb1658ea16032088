//! Pauses and insolvency: what is planned, what is on its way, and what may be paid.

use acquit::clock::new_id;
use acquit::flows::dry_run::MANY;
use acquit::flows::pause::Asked;
use acquit::flows::{Actor, FlowError, batch, deliver, dry_run, pause};
use acquit::gateway::email::Mailer;
use acquit::jobs::tick;
use domain::InvoiceId;
use domain::collection::CollectionState;
use domain::insolvency::{Insolvency, InsolvencyKind};
use domain::pause::{PauseKind, PauseReason};
use domain::unsent::Unsent;

use super::debit::file;
use super::plan::judge_on;
use super::plan_debits::Case;
use super::scenarios::{TRACE, actor, day};
use super::{MONDAY, Scene, share};
use crate::support::databases::backends;

impl Scene {
    async fn pause(&self, invoice: Option<InvoiceId>, until: &str) -> domain::PauseId {
        let id = new_id();
        let asked = Asked {
            debtor: Some(self.debtor.id),
            invoice,
            kind: PauseKind::Pause,
            reason: PauseReason::Talks,
            note: String::new(),
            until: day(until),
        };
        let (app, supplier) = (&self.world.app, self.supplier.id);
        let begun = pause::begin(app, supplier, (id, asked), actor());
        begun.await.unwrap();
        id
    }
}

#[actix_web::test]
async fn a_pause_stops_what_is_planned_and_what_is_on_its_way_and_then_it_goes_on() {
    for backend in backends() {
        // On a Saturday a message is planned that would leave on Monday.
        let scene = Scene::on(backend, "2026-03-07", Mailer::Mailbox).await;
        let invoice = scene
            .world
            .invoice(&scene.debtor, "F1", 10_000, "2026-03-03")
            .await;
        scene.on_balance("2026-03-07").await;
        assert_eq!(scene.plans().await.messages, 1);
        let pause_id = scene.pause(None, "2026-03-12").await;
        scene.on_balance("2026-03-09").await;
        let sent = deliver::run(&scene.world.app).await.unwrap();
        assert_eq!((sent.sent, sent.cancelled), (0, 1), "{backend}");
        assert_eq!(
            scene.rows(TRACE),
            Vec::<String>::new(),
            "its step is free again"
        );
        for on in ["2026-03-09", "2026-03-10", "2026-03-12"] {
            scene.on_balance(on).await;
            assert_eq!(scene.plans().await.messages, 0, "{backend} {on}");
        }
        scene.on_balance("2026-03-13").await;
        tick(&scene.world.app).await.unwrap();
        assert_eq!(
            scene.outbox().await,
            ["reminder_1 cancelled", "reminder_1 sent"]
        );
        let app = &scene.world.app;
        for _ in 0..2 {
            let ended = pause::end(app, &scene.supplier, (pause_id, None), actor());
            ended.await.unwrap();
        }

        // Of one invoice alone, the other is asked for.
        let other = scene
            .world
            .invoice(&scene.debtor, "F2", 10_000, "2026-03-03")
            .await;
        scene.pause(Some(other.id), "2026-04-30").await;
        scene.on_balance("2026-03-25").await;
        tick(app).await.unwrap();
        let asked = "SELECT invoice_id AS value FROM message_invoice ORDER BY message_id";
        assert_eq!(
            scene.rows(asked),
            vec![invoice.id.to_string(); 3],
            "{backend}"
        );
        let fresh = scene.fresh().await;
        let tried = dry_run::run(app, &fresh, day("2026-03-25"), None).await;
        let waits = tried.unwrap().waits;
        assert_eq!(waits.get(&Unsent::PausedInvoice), Some(&1), "{backend}");
    }
}

#[actix_web::test]
async fn a_pause_needs_an_end_within_reason_and_words_for_another_reason() {
    for backend in backends() {
        let scene = Scene::on(backend, MONDAY, Mailer::Mailbox).await;
        let (app, supplier) = (&scene.world.app, scene.supplier.id);
        let asked = |reason, note: &str, until: &str| Asked {
            debtor: None,
            invoice: None,
            kind: PauseKind::Pause,
            reason,
            note: note.to_owned(),
            until: day(until),
        };
        for (reason, note, until, fine) in [
            (PauseReason::Other, "", "2026-03-10", false),
            (PauseReason::Talks, "", "2026-03-01", false),
            (PauseReason::Talks, "", "2028-03-01", false),
            (PauseReason::Other, "inventaire", "2026-03-10", true),
        ] {
            let begun = pause::begin(
                app,
                supplier,
                (new_id(), asked(reason, note, until)),
                actor(),
            );
            assert_eq!(begun.await.is_ok(), fine, "{backend} {reason} {until}");
        }
        // The supplier is paused now: nothing is planned until the day after.
        scene
            .world
            .invoice(&scene.debtor, "F1", 10_000, "2026-02-20")
            .await;
        for (on, messages) in [("2026-03-10", 0), ("2026-03-11", 1)] {
            scene.on_balance(on).await;
            assert_eq!(scene.plans().await.messages, messages, "{backend} {on}");
        }
    }
}

#[actix_web::test]
async fn the_end_of_a_pause_of_all_waits_for_the_number_that_would_leave() {
    for backend in backends() {
        let scene = Scene::on(backend, MONDAY, Mailer::Mailbox).await;
        for n in 0..MANY {
            let (debtor, _) = scene.world.debtor(&scene.supplier, &format!("D{n}")).await;
            let number = format!("F{n}");
            let (world, due) = (&scene.world, "2026-02-20");
            world.invoice(&debtor, &number, 10_000, due).await;
        }
        scene.on_balance(MONDAY).await;
        let (app, owner) = (&scene.world.app, scene.fresh().await);
        let mut pauses = Vec::new();
        for until in ["2026-03-10", "2026-03-12"] {
            let id = new_id();
            let asked = Asked {
                debtor: None,
                invoice: None,
                kind: PauseKind::Pause,
                reason: PauseReason::Checking,
                note: String::new(),
                until: day(until),
            };
            let begun = pause::begin(app, owner.id, (id, asked), actor());
            begun.await.unwrap();
            pauses.push(id);
        }
        let [first, last] = pauses.try_into().unwrap();
        // The other holds: nothing leaves yet.
        let end = |id, said| pause::end(app, &owner, (id, said), actor());
        end(first, None).await.unwrap();
        assert_eq!(scene.plans().await.messages, 0, "{backend}");
        for said in [None, Some(MANY - 1), Some(MANY + 1)] {
            let ended = end(last, said).await;
            let many = matches!(ended, Err(FlowError::Many(count)) if count == MANY);
            assert!(many, "{backend}: {ended:?}");
            assert_eq!(scene.plans().await.messages, 0, "{backend}");
        }
        for _ in 0..2 {
            end(last, Some(MANY)).await.unwrap();
        }
        assert_eq!(scene.plans().await.messages, MANY, "{backend}: as was said");
        let ended = "SELECT action AS value FROM audit WHERE action = 'pause.ended'";
        assert_eq!(scene.rows(ended).len(), 2, "{backend}");
    }
}

#[actix_web::test]
async fn insolvency_stops_messages_and_payments_of_what_is_from_before() {
    for backend in backends() {
        let scene = Scene::on(backend, MONDAY, Mailer::Mailbox).await;
        let before = scene
            .world
            .invoice(&scene.debtor, "F1", 10_000, "2026-02-20")
            .await;
        let after = scene
            .world
            .invoice(&scene.debtor, "F2", 10_000, "2026-02-27")
            .await;
        let whose = (scene.supplier.id, scene.debtor.id);
        // Issued thirty days before they fall due: on 21 and on 28 January.
        let opened = Insolvency {
            kind: InsolvencyKind::Receivership,
            judged_on: day("2026-01-25"),
            published_on: None,
        };
        let app = &scene.world.app;
        let noted = pause::set_insolvency(app, whose, Some(opened), actor());
        noted.await.unwrap();
        scene.on_balance(MONDAY).await;
        assert_eq!(scene.plans().await.messages, 1, "{backend}");
        let asked = "SELECT invoice_id AS value FROM message_invoice";
        assert_eq!(scene.rows(asked), [after.id.to_string()], "{backend}");
        let refused = scene.announce(&[share(&before, 10_000)]).await;
        assert!(matches!(refused, Err(FlowError::NothingOpen)), "{backend}");
        scene.announce(&[share(&after, 10_000)]).await.unwrap();
        pause::set_insolvency(app, whose, None, actor())
            .await
            .unwrap();
        scene.announce(&[share(&before, 10_000)]).await.unwrap();
    }
}

/// What insolvency proceedings bar is not debited: neither what is ordered nor what a file holds.
#[actix_web::test]
async fn insolvency_calls_debits_off_and_has_their_file_refused() {
    for backend in backends() {
        for in_file in [false, true] {
            let case = Case::new(backend).await;
            let (app, supplier) = (&case.scene.world.app, case.scene.supplier.id);
            deliver::run(app).await.unwrap();
            let made = if in_file {
                file(&case.scene).await
            } else {
                None
            };
            let opened = Insolvency {
                kind: InsolvencyKind::Liquidation,
                judged_on: "2026-03-01".parse().unwrap(),
                published_on: None,
            };
            let (whose, staff) = (
                (supplier, case.scene.debtor.id),
                Actor::staff("m@four.example"),
            );
            let noted = pause::set_insolvency(app, whose, Some(opened), staff.clone());
            noted.await.unwrap();
            if let Some(made) = made {
                let refused = batch::approve(app, supplier, made.batch.id, staff.clone()).await;
                let unwanted = matches!(refused, Err(FlowError::Unwanted(_)));
                assert!(unwanted, "{backend}: {refused:?}");
                let off = batch::cancel(app, supplier, made.batch.id, staff).await;
                off.unwrap();
            }
            let off = [(4_000, CollectionState::Cancelled)];
            assert_eq!(case.debits().await, off, "{backend} {in_file}");
            judge_on(&case.scene, "2026-03-03").await;
            assert_eq!(
                case.debits().await,
                off,
                "{backend} {in_file}: none is ordered anew"
            );
            assert!(file(&case.scene).await.is_none());
        }
    }
}
