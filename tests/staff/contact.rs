//! A contact from whom mail comes back: what staff is told, and the address that mends it.

use acquit::flows::incoming::receive;
use acquit::flows::mail_settings::{self, MailSettings};
use acquit::flows::promise::{Pledge, make};
use acquit::flows::{Visitor, deliver};
use acquit::store;
use domain::invoice::{Invoice, Share};
use domain::party::{Debtor, Supplier};

use super::*;
use crate::support::world::World;

/// A message leaves, and a report about it comes back.
async fn came_back(world: &World, of: (&Supplier, &Debtor), visitor: Visitor, invoice: &Invoice) {
    let pledge = Pledge {
        shares: vec![Share {
            invoice: invoice.id,
            amount: invoice.open,
        }],
        due_on: "2026-11-30".parse().unwrap(),
        key: "k".into(),
    };
    make(&world.app, visitor, pledge).await.unwrap();
    deliver::run(&world.app).await.unwrap();
    let sent = store::outbox::of_debtor(&mut world.conn(), of.0.id, of.1.id, 1).unwrap();
    let digits = sent[0].message.id.to_string().replace("msg_", "");
    let mail = format!(
        "From: MAILER-DAEMON@mx.example\r\nTo: rebonds+{digits}@boreal.example\r\n\
         Content-Type: multipart/report; boundary=b\r\n\r\n\
         --b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example\r\n\r\n\
         Final-Recipient: rfc822; compta@c1.example\r\nAction: failed\r\nStatus: 5.1.1\r\n\
         Diagnostic-Code: smtp; 550 5.1.1 no such <user>\r\n--b--\r\n"
    );
    receive(&world.app, mail.into_bytes()).await.unwrap();
    let reply = format!(
        "From: chef@c1.example\r\nTo: reponses@boreal.example\r\n\
         In-Reply-To: <{digits}@boreal.example>\r\nSubject: Votre rappel\r\n\r\n\
         C'est fait <hier>.\r\n"
    );
    receive(&world.app, reply.into_bytes()).await.unwrap();
}

#[actix_web::test]
async fn staff_reads_why_mail_comes_back_and_gives_an_address_that_works() {
    for backend in backends() {
        let site = StaffSite::open(backend, morning());
        let world = &site.world;
        let boreal = world.supplier("boreal").await;
        let set = |settings: &mut MailSettings| {
            settings.replies_to = Some("reponses@boreal.example".into());
        };
        mail_settings::change(&world.app, boreal.id, set)
            .await
            .unwrap();
        let (debtor, contact) = world.debtor(&boreal, "C1").await;
        let (_, visitor) = world.link(&debtor, &contact).await;
        let invoice = world.invoice(&debtor, "FA-1", 100_000, "2026-11-01").await;
        let browser = site
            .enter("compta@boreal.example", &boreal, StaffRole::Accountant)
            .await;
        let path = format!("/staff/boreal/contacts/{}", contact.id);
        browser.get(&path).await.shows(&["Aucun retour"]);
        came_back(world, (&boreal, &debtor), visitor, &invoice).await;

        let why = "550 5.1.1 no such &lt;user&gt;";
        browser
            .get("/staff")
            .await
            .shows(&["reviennent", why, "le lire", "Votre rappel"]);
        let customer = format!("/staff/boreal/debtors/{}", debtor.id);
        let page = browser.get(&customer).await;
        page.shows(&[&path, why, "refusée définitivement (5.1.1)"]);
        page.shows(&["E-mail reçu de chef@c1.example", "C'est fait &lt;hier&gt;."]);
        let page = browser.get(&path).await;
        page.shows(&["n’écrivons plus", why, "compta@c1.example"]);

        let csrf = page.csrf();
        let post = async |email: &str| {
            let fields = [("csrf", &*csrf), ("decision", "correct"), ("email", email)];
            browser.post(&path, &fields).await
        };
        let wrong = post("compta").await;
        assert_eq!(wrong.status, 422);
        wrong.shows(&["href=\"#email\"", "nom@exemple.fr", "value=\"compta\""]);
        let done = post("factures@c1.example").await;
        assert_eq!((done.status, done.to()), (303, customer.as_str()));
        let page = browser.get(&customer).await;
        page.shows(&["factures@c1.example"]);
        assert!(
            !page.text.contains("reviennent"),
            "{backend}: the task is done"
        );
        assert!(!browser.get(&path).await.text.contains("n’écrivons plus"));
    }
}
