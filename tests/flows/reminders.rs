//! Reminders by date: what a tick plans and sends for an account.

use acquit::flows::{deliver, plan_reminders, supplier_bounds};
use acquit::gateway::email::Mailer;
use acquit::jobs::tick;
use acquit::store::{self, Across};
use domain::{Day, Money};

use super::{Scene, share};
use crate::support::databases::backends;

/// A Tuesday: all four dates of the scenario fall on weekdays.
const DUE: &str = "2026-03-03";

fn day(offset: i64) -> Day {
    DUE.parse::<Day>().unwrap().plus_days(offset)
}

/// Says how old the balance is.
async fn balance_of(scene: &Scene, as_of: Day) {
    let supplier = scene.supplier.id;
    let set = move |conn: &mut _| Ok(store::supplier::set_data_as_of(conn, supplier, as_of)?);
    scene.world.write(set).await;
}

/// Ticks twice on each of these days after the due day, on a balance of the day; gives the
/// messages that were sent, with their days.
async fn run(scene: &Scene, offsets: impl IntoIterator<Item = i64>) -> Vec<(i64, String)> {
    let mut sent = Vec::new();
    for offset in offsets {
        let today = day(offset);
        balance_of(scene, today).await;
        scene.go_to(&today.to_string());
        let before = scene.messages().await.len();
        for _ in 0..2 {
            tick(&scene.world.app).await.unwrap();
        }
        for message in scene.messages().await.split_off(before) {
            sent.push((
                offset,
                format!("{} {}", message.message.kind, message.message.state),
            ));
        }
    }
    sent
}

fn expected(all: &[(i64, &str)]) -> Vec<(i64, String)> {
    let word = |(on, kind): &(i64, &str)| (*on, format!("{kind} sent"));
    all.iter().map(word).collect()
}

#[actix_web::test]
async fn the_four_dates_are_kept_and_missed_ticks_caught_up_once() {
    let every_day = [
        (-7, "notice"),
        (3, "reminder_1"),
        (10, "reminder_2"),
        (20, "reminder_3"),
    ];
    // A week lies between two messages, whatever was missed.
    let missed = [
        (0, "notice"),
        (8, "reminder_1"),
        (27, "reminder_2"),
        (62, "reminder_3"),
    ];
    for backend in backends() {
        let scene = Scene::on(backend, "2026-02-20", Mailer::Mailbox).await;
        for number in ["F1", "F2"] {
            scene
                .world
                .invoice(&scene.debtor, number, 10_000, DUE)
                .await;
        }
        assert_eq!(
            run(&scene, -11..40).await,
            expected(&every_day),
            "{backend}"
        );

        let scene = Scene::on(backend, "2026-02-20", Mailer::Mailbox).await;
        scene.world.invoice(&scene.debtor, "F1", 10_000, DUE).await;
        let ticks = [-9, 0, 1, 6, 8, 12, 13, 27, 28, 62];
        assert_eq!(run(&scene, ticks).await, expected(&missed), "{backend}");
    }
}

/// Offsets of the days on which an account with an invoice due every fourth day is written to.
async fn with_many(scene: &Scene) -> Vec<i64> {
    for n in 0..8_i64 {
        let (number, due) = (format!("F{n}"), day(4 * n).to_string());
        scene
            .world
            .invoice(&scene.debtor, &number, 10_000, &due)
            .await;
    }
    run(scene, -8..70).await.iter().map(|(on, _)| *on).collect()
}

#[actix_web::test]
async fn an_account_is_written_to_no_more_often_than_its_supplier_says() {
    for backend in backends() {
        let scene = Scene::on(backend, "2026-02-20", Mailer::Mailbox).await;
        let sent = with_many(&scene).await;
        // Saturdays and Sundays leave on Monday, and the week is counted from there.
        let gaps: Vec<i64> = sent.windows(2).map(|pair| pair[1] - pair[0]).collect();
        assert!(gaps.iter().all(|gap| *gap >= 7), "{backend}: {gaps:?}");
        assert!(sent.len() >= 8, "each level is taken: {sent:?}");
        let left = "SELECT COUNT(*) || '' AS value FROM reminder_step WHERE code = 'reminder_3'";
        assert_eq!(
            scene.world.conn().read_sql(left).unwrap(),
            ["8"],
            "{backend}"
        );

        let scene = Scene::on(backend, "2026-02-20", Mailer::Mailbox).await;
        let (app, id) = (&scene.world.app, scene.supplier.id);
        supplier_bounds::set_message_gap(app, id, 0).await.unwrap();
        assert!(with_many(&scene).await.len() > 20, "{backend}");
        let most = supplier_bounds::set_message_gap(app, id, 61).await;
        assert!(most.is_err(), "{backend}");
    }
}

#[actix_web::test]
async fn nothing_is_planned_on_an_old_balance() {
    for backend in backends() {
        let scene = Scene::new(backend).await;
        scene.world.invoice(&scene.debtor, "F1", 10_000, DUE).await;
        scene.go_to(&day(14).to_string());
        let planned = tick(&scene.world.app).await.unwrap().planned;
        assert_eq!((planned.looked_at, planned.messages), (0, 0), "no balance");
        for (as_of, messages) in [(day(3), 0), (day(4), 1)] {
            balance_of(&scene, as_of).await;
            let planned = tick(&scene.world.app).await.unwrap().planned;
            assert_eq!(planned.messages, messages, "{backend} {as_of}");
        }
    }
}

#[actix_web::test]
async fn a_reminder_planned_before_the_payment_is_not_sent_after_it() {
    for backend in backends() {
        let scene = Scene::new(backend).await;
        let paid = scene.world.invoice(&scene.debtor, "F1", 10_000, DUE).await;
        scene.go_to(&day(3).to_string());
        balance_of(&scene, day(3)).await;
        let app = &scene.world.app;
        let planned = plan_reminders::run(app, &supplier(&scene).await)
            .await
            .unwrap();
        assert_eq!(planned.messages, 1);
        let transfer = scene.announce(&[share(&paid, 10_000)]).await.unwrap();
        scene.receive(transfer, 10_000, DUE).await;
        let delivered = deliver::run(app).await.unwrap();
        assert_eq!((delivered.cancelled, delivered.sent), (1, 1), "{backend}");
        assert_eq!(
            scene.outbox().await,
            ["reminder_1 cancelled", "thanks sent"]
        );
        assert_eq!(scene.now(paid.id).await.open, Money::eur(0));
    }
}

async fn supplier(scene: &Scene) -> domain::party::Supplier {
    let id = scene.supplier.id;
    let find = move |conn: &mut _| store::supplier::find(conn, id);
    scene
        .world
        .app
        .store
        .read(Across::Inspection, find)
        .await
        .unwrap()
}
