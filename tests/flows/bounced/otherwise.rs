//! A reminder that came back goes by the next channel of its step that reaches somebody.

use acquit::gateway::email::Mailer;
use domain::message::MessageKind::Reminder1;
use domain::scenario::{Channel, Step};

use super::super::MONDAY;
use super::*;

/// A first reminder by mail, else by text message, that left and came back.
async fn came_back(scene: &Scene, phone: Option<&str>) {
    scene.on_balance(MONDAY).await;
    scene.invoice("F1", 10_000).await;
    if let Some(phone) = phone {
        let update = format!("UPDATE contact SET phone = '{phone}' WHERE email = '{OWN}'");
        scene.world.conn().run_sql(&update).unwrap();
    }
    let supplier = scene.supplier.id;
    let texts = move |conn: &mut store::Conn| Ok(store::texter::set(conn, supplier, "{}")?);
    scene.world.write(texts).await;
    let step = Step::email(Reminder1, 3).by(&[Channel::Email, Channel::Sms]);
    scene.follows(vec![step]).await;
    assert_eq!(scene.plans().await.messages, 1);
    run(&scene.world.app).await.unwrap();
    assert_eq!(scene.outbox().await, ["reminder_1 sent"]);
    let id = scene.messages().await[0].message.id;
    told(scene, dsn(id, &failed(OWN, "5.1.1"))).await;
}

#[actix_web::test]
async fn what_came_back_is_planned_by_the_next_channel_of_its_step() {
    for backend in backends() {
        let scene = Scene::with(backend, Mailer::Mailbox).await;
        came_back(&scene, Some("06 12 34 56 78")).await;
        assert_eq!(scene.outbox().await, ["reminder_1 abandoned"], "{backend}");
        let taken = "SELECT code AS value FROM reminder_step";
        assert_eq!(scene.rows(taken), Vec::<String>::new(), "free again");
        assert_eq!(
            scene.plans().await.messages,
            1,
            "{backend}: on the same day"
        );
        let all = scene.messages().await;
        assert_eq!(all.len(), 2, "{backend}");
        assert_eq!(all[1].message.channel, Channel::Sms, "{backend}");
        assert_eq!(all[1].message.kind, Reminder1);
        assert_eq!(scene.plans().await.messages, 0, "{backend}: once");
        assert_eq!(
            tasks(&scene).len(),
            1,
            "staff finds a better address all the same"
        );
    }
}

#[actix_web::test]
async fn what_came_back_and_reaches_nobody_else_waits_for_staff() {
    for backend in backends() {
        let scene = Scene::with(backend, Mailer::Mailbox).await;
        came_back(&scene, None).await;
        assert_eq!(scene.outbox().await, ["reminder_1 failed"], "{backend}");
        assert_eq!(scene.plans().await.messages, 0, "{backend}");
        assert_eq!(scene.outbox().await, ["reminder_1 failed"], "{backend}");
    }
}
