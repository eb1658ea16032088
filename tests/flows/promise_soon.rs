//! A promised day, or that of an instalment, is told once more before it comes.

use acquit::clock::new_id;
use acquit::flows::own_text::{New, bring_into_use, save};
use acquit::flows::plan::{Request, ask};
use acquit::flows::promise::{Pledge, make};
use acquit::flows::{Actor, supplier_bounds};
use acquit::gateway::email::Mailer;
use acquit::jobs::tick;
use acquit::store::{self, Across};
use domain::Money;
use domain::hours::Rhythm;
use domain::own_text::{Draft, Slot};
use domain::plan::Part;

use super::{MONDAY, Scene, share};
use crate::support::databases::backends;
use crate::support::world::paris;

impl Scene {
    /// Promises an invoice of its own for a day.
    async fn promises(&self, number: &str, due_on: &str) {
        let invoice = self.invoice(number, 10_000).await;
        let pledge = Pledge {
            shares: vec![share(&invoice, 10_000)],
            due_on: due_on.parse().unwrap(),
            key: number.into(),
        };
        make(&self.world.app, self.visitor, pledge).await.unwrap();
    }

    /// How often a promised day was told, by state, after ticks on these days.
    async fn told(&self, days: &[&str]) -> Vec<String> {
        for on in days {
            self.on_balance(on).await;
            tick(&self.world.app).await.unwrap();
        }
        self.rows(TOLD)
    }
}

const TOLD: &str = "SELECT state AS value FROM message WHERE kind = 'promise_soon' ORDER BY id";

#[actix_web::test]
async fn a_promised_day_is_told_once_some_days_before_and_caught_up_after_missed_days() {
    for backend in backends() {
        let scene = Scene::on(backend, MONDAY, Mailer::Mailbox).await;
        scene.promises("F1", "2026-03-12").await;
        scene.promises("F2", "2026-03-05").await;
        let none: [String; 0] = [];
        assert_eq!(
            scene.told(&["2026-03-03", "2026-03-06"]).await,
            none,
            "{backend}"
        );
        assert_eq!(scene.told(&["2026-03-10"]).await, ["sent"], "{backend}");
        let again = scene
            .told(&["2026-03-10", "2026-03-11", "2026-03-12"])
            .await;
        assert_eq!(again, ["sent"], "{backend}");
    }
}

#[actix_web::test]
async fn nothing_is_told_of_what_is_paid_meanwhile_or_when_the_supplier_says_so() {
    for backend in backends() {
        let scene = Scene::on(backend, MONDAY, Mailer::Mailbox).await;
        scene.promises("F1", "2026-03-12").await;
        let (supplier, days) = (scene.supplier.id, ["2026-03-09"]);
        let off = Rhythm {
            notice_days: 0,
            ..Rhythm::default()
        };
        for rhythm in [off, Rhythm::default()] {
            let set = supplier_bounds::set_rhythm(&scene.world.app, supplier, rhythm);
            set.await.unwrap();
            if rhythm == off {
                let none: [String; 0] = [];
                assert_eq!(scene.told(&days).await, none, "{backend}");
            }
        }
        // Planned before the hours begin; paid before it leaves.
        scene.world.go_to(paris("2026-03-09", 6));
        tick(&scene.world.app).await.unwrap();
        assert_eq!(scene.rows(TOLD), ["due"], "{backend}");
        let invoice = scene.rows("SELECT id AS value FROM invoice").remove(0);
        let invoice = scene.now(invoice.parse().unwrap()).await;
        let transfer = scene.announce(&[share(&invoice, 10_000)]).await.unwrap();
        assert!(scene.receive(transfer, 10_000, "2026-03-09").await);
        assert_eq!(scene.told(&days).await, ["cancelled"], "{backend}");
    }
}

#[actix_web::test]
async fn an_instalment_is_told_with_what_is_left_of_it() {
    for backend in backends() {
        let scene = Scene::on(backend, MONDAY, Mailer::Mailbox).await;
        let invoice = scene.invoice("F1", 10_000).await;
        let part = |on: &str, cents| Part {
            due_on: on.parse().unwrap(),
            amount: Money::eur(cents),
        };
        let request = Request {
            shares: vec![share(&invoice, 10_000)],
            parts: vec![part("2026-03-12", 4_000), part("2026-04-13", 6_000)],
            mandate: None,
            reason: String::new(),
            terms: "…".into(),
            key: "plan".into(),
        };
        ask(&scene.world.app, scene.visitor, request).await.unwrap();
        assert_eq!(scene.told(&["2026-03-09"]).await, ["sent"], "{backend}");
        let told = scene.messages().await.pop().unwrap().message.id;
        let supplier = scene.supplier.id;
        let read = move |conn: &mut _| store::outbox::copy(conn, supplier, told);
        let store = &scene.world.app.store;
        let copy = store.read(Across::Inspection, read).await.unwrap().unwrap();
        let copy = String::from_utf8(copy).unwrap();
        assert!(copy.contains("40,00"), "{backend}: {copy}");
    }
}

#[actix_web::test]
async fn a_promised_day_is_told_in_the_suppliers_own_words() {
    for backend in backends() {
        let scene = Scene::on(backend, MONDAY, Mailer::Mailbox).await;
        let (app, supplier) = (&scene.world.app, &scene.supplier);
        let slot: Slot = "promise_soon.fr.email".parse().unwrap();
        let own = Draft {
            subject: "Rendez-vous le {{ promised_on }}".into(),
            body: "Nous comptons sur {{ amount }} le {{ promised_on }} ({{ invoice }}).".into(),
        };
        let new = New {
            id: new_id(),
            slot,
            from: 0,
            draft: own,
        };
        let actor = Actor::staff("a@b.example");
        let version = save(app, supplier, new, actor.clone()).await.unwrap();
        let which = (slot, Some(version));
        bring_into_use(app, supplier, which, actor).await.unwrap();
        scene.promises("F1", "2026-03-12").await;
        assert_eq!(scene.told(&["2026-03-09"]).await, ["sent"], "{backend}");
        let told = scene.messages().await.pop().unwrap();
        let subject = told.subject.unwrap();
        assert_eq!(subject, "Rendez-vous le 12/03/2026", "{backend}");
        let id = told.message.id;
        let copy = store::outbox::copy(&mut scene.world.conn(), supplier.id, id);
        let copy = copy.unwrap().unwrap();
        let read = acquit::gateway::read_mail::read(&copy).unwrap();
        let text = read.text.replace(['\u{a0}', '\u{202f}'], " ");
        let words = "Nous comptons sur 100,00 € le 12/03/2026 (facture F1).";
        assert!(text.contains(words), "{backend}: {text}");
        assert!(!text.contains("Vous prévoyez"), "{backend}: {text}");
    }
}
