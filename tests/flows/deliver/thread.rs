//! Reminders of one account are one conversation in a mail program.

use acquit::clock::new_id;
use acquit::flows::deliver::run;
use acquit::store::outbox::{self, NewMessage};
use domain::InvoiceId;
use domain::message::MessageKind;

use super::super::Scene;
use crate::support::databases::backends;
use crate::support::mail_sink::{Answer, MailSink};

/// A reminder leaves; gives its Message-ID and the one it follows up.
async fn remind(
    scene: &Scene,
    sink: &MailSink,
    kind: MessageKind,
    invoice: InvoiceId,
) -> (String, Option<String>) {
    let message = NewMessage {
        id: new_id(),
        supplier: scene.supplier.id,
        debtor: scene.debtor.id,
        contact: scene.visitor.contact,
        kind,
        channel: domain::scenario::Channel::Email,
        dedup: format!("{kind}:{}", scene.at().micros()),
        due_at: scene.at(),
        about: String::new(),
        invoices: vec![invoice],
    };
    let add = move |conn: &mut acquit::store::Conn| Ok(outbox::enqueue(conn, &message)?);
    assert!(scene.world.write(add).await);
    run(&scene.world.app).await.unwrap();
    let last = sink.texts().pop().unwrap();
    let header = |name: &str| last.header(name).map(str::to_owned);
    assert_eq!(header("In-Reply-To"), header("References"));
    (header("Message-ID").unwrap(), header("In-Reply-To"))
}

#[actix_web::test]
async fn each_reminder_follows_up_the_one_before_for_some_months() {
    use MessageKind::{Reminder1, Reminder2, Reminder3};
    for backend in backends() {
        let sink = MailSink::start(|_| Answer::Accept).await;
        let scene = Scene::with(backend, sink.mailer()).await;
        let invoice = scene.invoice("F1", 10_000).await.id;
        let (first, follows) = remind(&scene, &sink, Reminder1, invoice).await;
        assert_eq!(follows, None, "{backend}");
        scene.world.go_to(scene.at().plus_days(10));
        let (second, follows) = remind(&scene, &sink, Reminder2, invoice).await;
        assert_eq!(follows, Some(first), "{backend}");
        scene.world.go_to(scene.at().plus_days(90));
        let (third, follows) = remind(&scene, &sink, Reminder3, invoice).await;
        assert_eq!(follows, Some(second), "{backend}");
        scene.world.go_to(scene.at().plus_days(91));
        let (_, follows) = remind(&scene, &sink, Reminder1, invoice).await;
        assert_eq!(follows, None, "{backend}: after {third}");
    }
}
