//! Messages in a supplier's own words: used, named, taken back, and ours where they fail.

mod by_text;

use acquit::clock::new_id;
use acquit::flows::deliver::run;
use acquit::flows::own_text::{New, TextError, bring_into_use, flaws, save, send};
use acquit::flows::{Actor, FlowError};
use acquit::store;
use acquit::store::outbox::{self, NewMessage};
use domain::message::MessageKind;
use domain::own_text::{Draft, Slot, Why};
use domain::party::LegalMode;
use domain::{MessageId, TextId};

use super::Scene;
use crate::support::databases::backends;
use crate::support::mail_sink::{Answer, MailSink};

fn slot() -> Slot {
    "reminder_1.fr.email".parse().unwrap()
}

fn draft(words: &str) -> Draft {
    Draft {
        subject: "Petit rappel : {{ amount }}".to_owned(),
        body: format!(
            "{words} {{{{ invoice }}}}, {{{{ amount }}}}, {{{{ due }}}}.\n\n\
             {{% for item in invoices %}}\n- {{{{ item.number }}}}\n{{% endfor %}}"
        ),
    }
}

async fn write(scene: &Scene, from: u32, draft: Draft) -> Result<u32, TextError> {
    let new = New {
        id: new_id::<TextId>(),
        slot: slot(),
        from,
        draft,
    };
    save(
        &scene.world.app,
        &scene.supplier,
        new,
        Actor::staff("a@b.example"),
    )
    .await
}

async fn use_version(scene: &Scene, version: Option<u32>) {
    let which = (slot(), version);
    bring_into_use(
        &scene.world.app,
        &scene.supplier,
        which,
        Actor::staff("a@b.example"),
    )
    .await
    .unwrap();
}

/// A first reminder leaves; gives its id.
async fn remind(scene: &Scene, invoice: domain::InvoiceId) -> MessageId {
    let message = NewMessage {
        id: new_id(),
        supplier: scene.supplier.id,
        debtor: scene.debtor.id,
        contact: scene.visitor.contact,
        kind: MessageKind::Reminder1,
        channel: domain::scenario::Channel::Email,
        dedup: new_id::<MessageId>().to_string(),
        due_at: scene.at(),
        about: String::new(),
        invoices: vec![invoice],
    };
    let id = message.id;
    let add = move |conn: &mut store::Conn| Ok(outbox::enqueue(conn, &message)?);
    assert!(scene.world.write(add).await);
    run(&scene.world.app).await.unwrap();
    id
}

/// Subject and text part as they left, with plain spaces.
fn readable(sink: &MailSink) -> String {
    let last = sink.texts().pop().unwrap().text;
    let read = acquit::gateway::read_mail::read(last.as_bytes()).unwrap();
    let title = read.html.split("<title>").nth(1).unwrap();
    let title = title.split("</title>").next().unwrap();
    format!("{title}\n{}", read.text).replace(['\u{a0}', '\u{202f}'], " ")
}

fn text_of(scene: &Scene, id: MessageId) -> Option<TextId> {
    let (mut conn, supplier) = (scene.world.conn(), scene.supplier.id);
    let found = store::own_text::of_messages(&mut conn, supplier, &[id]).unwrap();
    found.get(&id).map(|text| text.id)
}

#[actix_web::test]
async fn a_message_leaves_in_the_version_in_use_and_names_it() {
    for backend in backends() {
        let sink = MailSink::start(|_| Answer::Accept).await;
        let scene = Scene::with(backend, sink.mailer()).await;
        let invoice = scene.invoice("F1", 123_456).await.id;

        let built_in = remind(&scene, invoice).await;
        assert_eq!(text_of(&scene, built_in), None, "{backend}");
        assert!(readable(&sink).contains("Sauf erreur de notre part"));

        assert_eq!(write(&scene, 0, draft("Bonjour à vous,")).await.unwrap(), 1);
        remind(&scene, invoice).await;
        assert!(
            readable(&sink).contains("Sauf erreur"),
            "{backend}: saved is not used"
        );

        use_version(&scene, Some(1)).await;
        let own = remind(&scene, invoice).await;
        let left = readable(&sink);
        assert!(
            left.contains("Petit rappel : 1 234,56 €"),
            "{backend}: {left}"
        );
        assert!(
            left.contains("Bonjour à vous, facture F1, 1 234,56 €, 20/02/2026."),
            "{left}"
        );
        assert!(left.contains("\n- F1"), "the loop\n{left}");
        assert!(
            left.contains("Payer ou répondre :\nhttp"),
            "our button\n{left}"
        );
        assert!(left.contains("pénalités de retard"), "our note\n{left}");
        assert!(!left.contains("Sauf erreur"), "{left}");
        let used = store::own_text::used(&mut scene.world.conn(), scene.supplier.id, slot());
        assert_eq!(
            text_of(&scene, own),
            Some(used.unwrap().unwrap().id),
            "{backend}"
        );

        assert_eq!(write(&scene, 1, draft("Autre chose,")).await.unwrap(), 2);
        use_version(&scene, Some(2)).await;
        remind(&scene, invoice).await;
        assert!(readable(&sink).contains("Autre chose,"), "{backend}");
        use_version(&scene, Some(1)).await;
        remind(&scene, invoice).await;
        assert!(
            readable(&sink).contains("Bonjour à vous,"),
            "{backend}: taken again"
        );
        use_version(&scene, None).await;
        remind(&scene, invoice).await;
        assert!(
            readable(&sink).contains("Sauf erreur"),
            "{backend}: back to ours"
        );

        the_trail_has_all_of_it(&scene);
    }
}

fn the_trail_has_all_of_it(scene: &Scene) {
    let trail = "SELECT action || ' ' || detail AS value FROM audit \
                 WHERE action LIKE 'text.%' ORDER BY at, id";
    let trail = scene.world.conn().read_sql(trail).unwrap();
    let expected = [
        "text.saved reminder_1.fr.email · 1",
        "text.used reminder_1.fr.email · 1",
        "text.saved reminder_1.fr.email · 2",
        "text.used reminder_1.fr.email · 2",
        "text.used reminder_1.fr.email · 1",
        "text.used reminder_1.fr.email · built-in",
    ];
    assert_eq!(trail, expected);
}

#[actix_web::test]
async fn versions_are_added_never_changed_and_not_over_a_colleagues() {
    for backend in backends() {
        let scene = Scene::new(backend).await;
        assert_eq!(write(&scene, 0, draft("Un")).await.unwrap(), 1);
        assert_eq!(
            write(&scene, 1, draft("Un")).await.unwrap(),
            1,
            "the same words"
        );
        let late = write(&scene, 0, draft("Deux")).await;
        assert!(matches!(late, Err(TextError::Changed)), "{backend}");
        assert_eq!(write(&scene, 1, draft("Deux")).await.unwrap(), 2);
        let all = store::own_text::versions(&mut scene.world.conn(), scene.supplier.id, slot());
        let all: Vec<(u32, Draft)> = all
            .unwrap()
            .into_iter()
            .map(|one| (one.version, one.draft))
            .collect();
        assert_eq!(all, [(2, draft("Deux")), (1, draft("Un"))], "{backend}");
        let bad = write(&scene, 2, draft("{{ range(9) }}")).await;
        let Err(TextError::Flaws(flaws)) = bad else {
            panic!("{backend}: {bad:?}");
        };
        assert_eq!(flaws[0].why, Why::Refused("range(9)".into()));
        let missing = (slot(), Some(9));
        let gone =
            bring_into_use(&scene.world.app, &scene.supplier, missing, Actor::job("t")).await;
        assert!(
            matches!(
                gone,
                Err(TextError::Flow(FlowError::Store(
                    store::StoreError::NotFound
                )))
            ),
            "{backend}: {gone:?}"
        );
    }
}

#[actix_web::test]
async fn a_text_that_cannot_be_used_gives_way_to_ours_and_is_told_once() {
    for backend in backends() {
        let sink = MailSink::start(|_| Answer::Accept).await;
        let scene = Scene::with(backend, sink.mailer()).await;
        let invoice = scene.invoice("F1", 10_000).await.id;
        write(&scene, 0, draft("Avant une mise en demeure,"))
            .await
            .unwrap();
        use_version(&scene, Some(1)).await;
        remind(&scene, invoice).await;
        assert!(
            readable(&sink).contains("Avant une mise en demeure"),
            "{backend}"
        );

        // An operator takes over in the supplier's name: it threatens nothing.
        let update = "UPDATE supplier SET legal_mode = 'outsourced_reminder'";
        scene.world.conn().run_sql(update).unwrap();
        for _ in 0..2 {
            let id = remind(&scene, invoice).await;
            let left = readable(&sink);
            assert!(left.contains("Sauf erreur"), "{backend}: {left}");
            assert!(!left.contains("demeure"), "{backend}: {left}");
            assert_eq!(text_of(&scene, id), None, "{backend}");
        }
        let told = "SELECT detail AS value FROM audit WHERE action = 'text.failed'";
        let told = scene.world.conn().read_sql(told).unwrap();
        assert_eq!(told.len(), 1, "{backend}: once");
        assert!(told[0].contains("mise en demeure"), "{told:?}");
        let failing = store::own_text::failing(&mut scene.world.conn(), scene.supplier.id);
        assert_eq!(failing.unwrap(), 1, "{backend}");
        let mut operator = scene.supplier.clone();
        operator.legal_mode = LegalMode::OutsourcedReminder;
        assert!(!flaws(slot(), &draft("mise en demeure"), operator.legal_mode).is_empty());
        let again = bring_into_use(
            &scene.world.app,
            &operator,
            (slot(), Some(1)),
            Actor::job("test"),
        );
        assert!(matches!(again.await, Err(TextError::Flaws(_))), "{backend}");
    }
}

#[actix_web::test]
async fn a_test_goes_to_its_reader_and_into_no_history() {
    for backend in backends() {
        let sink = MailSink::start(|to| match to {
            "a@b.example" => Answer::Accept,
            _ => Answer::AtRecipient("550 5.1.1 no"),
        })
        .await;
        let scene = Scene::with(backend, sink.mailer()).await;
        scene.invoice("F1", 10_000).await;
        let what = (slot(), Some(draft("Essayons,")), scene.debtor.id);
        let (app, supplier) = (&scene.world.app, &scene.supplier);
        let actor = Actor::staff("a@b.example");
        send(app, supplier, what.clone(), "a@b.example", actor.clone())
            .await
            .unwrap();
        let left = readable(&sink);
        assert!(left.contains("[Essai] Petit rappel"), "{backend}: {left}");
        assert!(left.contains("Message d’essai"), "{left}");
        assert!(left.contains("Essayons, facture F1"), "{left}");
        assert!(!left.contains("/l/"), "no way into an account\n{left}");
        assert_eq!(scene.messages().await.len(), 0, "{backend}");
        let refused = send(app, supplier, what, "c@d.example", actor).await;
        assert!(matches!(refused, Err(TextError::NotTaken(_))), "{backend}");
        let trail = "SELECT detail AS value FROM audit WHERE action = 'text.tested'";
        assert_eq!(scene.world.conn().read_sql(trail).unwrap(), ["a@b.example"]);
    }
}
