//! How much one mailbox gets in a day, and at which hours.

use acquit::flows::{deliver, supplier_bounds};
use acquit::gateway::email::Mailer;
use domain::hours::Rhythm;

use super::{MONDAY, Scene};
use crate::support::databases::backends;
use crate::support::world::paris;

#[actix_web::test]
async fn one_mailbox_of_many_accounts_gets_no_more_than_its_share_of_a_day() {
    for backend in backends() {
        let scene = Scene::on(backend, MONDAY, Mailer::Mailbox).await;
        for n in 0..6 {
            let (debtor, _) = scene.world.debtor(&scene.supplier, &format!("D{n}")).await;
            scene
                .world
                .invoice(&debtor, &format!("F{n}"), 10_000, "2026-02-20")
                .await;
        }
        let mut conn = scene.world.conn();
        conn.run_sql("UPDATE contact SET email = 'Compta@groupe.example'")
            .unwrap();
        let rhythm = Rhythm {
            daily_max: 4,
            ..Rhythm::default()
        };
        let (app, id) = (&scene.world.app, scene.supplier.id);
        supplier_bounds::set_rhythm(app, id, rhythm).await.unwrap();
        scene.on_balance(MONDAY).await;
        assert_eq!(scene.plans().await.messages, 4, "{backend}");
        assert_eq!(scene.plans().await.messages, 0, "{backend}");
        scene.on_balance("2026-03-03").await;
        assert_eq!(scene.plans().await.messages, 2, "{backend}: the next day");
    }
}

#[actix_web::test]
async fn a_retry_in_the_evening_waits_for_the_morning() {
    for backend in backends() {
        let scene = Scene::on(backend, MONDAY, Mailer::Mailbox).await;
        scene
            .world
            .invoice(&scene.debtor, "F1", 10_000, "2026-02-20")
            .await;
        scene.on_balance(MONDAY).await;
        assert_eq!(scene.plans().await.messages, 1);
        scene.world.go_to(paris(MONDAY, 22));
        let sent = deliver::run(&scene.world.app).await.unwrap();
        assert_eq!((sent.sent, sent.retry), (0, 1), "{backend}");
        scene.world.go_to(paris("2026-03-03", 8));
        assert_eq!(deliver::run(&scene.world.app).await.unwrap().sent, 0);
        scene.world.go_to(paris("2026-03-03", 9));
        assert_eq!(
            deliver::run(&scene.world.app).await.unwrap().sent,
            1,
            "{backend}"
        );
    }
}
