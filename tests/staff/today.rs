//! What needs somebody today.

use acquit::flows::debit::{self, DebitOrder};
use acquit::flows::dispute::{self, Declaration};
use acquit::flows::pay_by_card::{self, CardOrder};
use acquit::flows::people;
use acquit::flows::promise::{self, Pledge, Way};
use domain::dispute::Reason;
use domain::invoice::Share;
use domain::mandate::Usage;
use domain::{MandateId, Money};

use super::*;

#[actix_web::test]
async fn disputes_promises_and_payments_made_by_debtors_are_shown() {
    for backend in backends() {
        let site = StaffSite::open(backend, morning());
        let world = &site.world;
        let boreal = world.supplier("boreal").await;
        let (debtor, contact) = world.debtor(&boreal, "C1").await;
        let (_, visitor) = world.link(&debtor, &contact).await;
        let late = world.invoice(&debtor, "FA-1", 100_000, "2026-11-02").await;
        let soon = world.invoice(&debtor, "FA-2", 20_000, "2026-12-02").await;
        let third = world.invoice(&debtor, "FA-3", 30_300, "2026-11-03").await;
        let declaration = Declaration {
            invoice: late.id,
            reason: Reason::MissingItems,
            amount: Some(Money::eur(41_000)),
            lines: Vec::new(),
            text: "Deux palettes".into(),
            key: "k1".into(),
        };
        dispute::declare(&world.app, visitor, declaration)
            .await
            .unwrap();
        let pledge = Pledge {
            shares: vec![share(&soon, 12_300)],
            due_on: "2026-11-25".parse().unwrap(),
            key: "k2".into(),
        };
        promise::make(&world.app, visitor, pledge).await.unwrap();
        let order = CardOrder {
            what: vec![share(&third, 30_300)].into(),
            key: "k3".into(),
        };
        pay_by_card::start(&world.app, visitor, order)
            .await
            .unwrap();

        let browser = site
            .enter("compta@boreal.example", &boreal, StaffRole::Viewer)
            .await;
        let page = browser.get("/staff").await;
        page.shows(&[
            "Société C1",
            "FA-1",
            "Articles manquants",
            "410,00",
            "27/11/2026",
            "123,00",
            "25/11/2026",
            "303,00",
            "Carte bancaire",
            "Aucun import",
        ]);
        // Open 1,503.00, late 1,303.00, as the supplier's line says.
        page.shows(&["1\u{202f}503,00", "1\u{202f}303,00"]);
        page.shows(&[&format!("/staff/boreal/debtors/{}", debtor.id)]);
    }
}

#[actix_web::test]
async fn what_is_promised_stands_once_and_payments_by_the_day_of_their_money() {
    for backend in backends() {
        let site = StaffSite::open(backend, morning());
        let world = &site.world;
        let boreal = world.supplier("boreal").await;
        let (debtor, contact) = world.debtor(&boreal, "C1").await;
        let (_, visitor) = world.link(&debtor, &contact).await;
        crate::portal::debits::sign(&world.app, visitor, Usage::Recurring).await;
        let signed = world.conn().read_sql("SELECT id AS value FROM mandate");
        let mandate: MandateId = signed.unwrap()[0].parse().unwrap();
        let debit = world.invoice(&debtor, "FA-1", 11_100, "2026-11-02").await;
        let order = DebitOrder {
            mandate,
            what: vec![share(&debit, 11_100)].into(),
            collect_on: "2026-12-10".parse().unwrap(),
            key: "k1".into(),
        };
        debit::order(&world.app, visitor, order).await.unwrap();
        let card = world.invoice(&debtor, "FA-2", 22_200, "2026-11-02").await;
        let order = CardOrder {
            what: vec![share(&card, 22_200)].into(),
            key: "k2".into(),
        };
        pay_by_card::start(&world.app, visitor, order)
            .await
            .unwrap();
        for (n, cents, way) in [(3, 33_300, Way::Transfer), (4, 44_400, Way::Debit(mandate))] {
            let number = format!("FA-{n}");
            let promised = world.invoice(&debtor, &number, cents, "2026-11-02").await;
            let pledge = Pledge {
                shares: vec![share(&promised, cents)],
                due_on: "2026-12-01".parse().unwrap(),
                key: format!("k{n}"),
            };
            promise::make_by(&world.app, visitor, pledge, way, None)
                .await
                .unwrap();
        }
        let browser = site
            .enter("compta@boreal.example", &boreal, StaffRole::Viewer)
            .await;
        let page = browser.get("/staff").await.text;
        let (before, payments) = page
            .split_once("Paiements et prélèvements en cours")
            .unwrap();
        let promises = before.split_once("Promesses").unwrap().1;
        for (amount, promised, paid) in [
            ("111,00", 0, 1),
            ("222,00", 0, 1),
            ("333,00", 1, 0),
            ("444,00", 0, 1),
        ] {
            let found = (
                promises.matches(amount).count(),
                payments.matches(amount).count(),
            );
            assert_eq!(found, (promised, paid), "{amount} on {backend}");
        }
        assert!(promises.contains("Virement"), "{backend}");
        let at = |amount: &str| payments.find(amount).unwrap();
        assert!(
            at("111,00") < at("444,00") && at("444,00") < at("222,00"),
            "{backend}"
        );
    }
}

#[actix_web::test]
async fn a_contact_who_left_is_to_be_replaced() {
    for backend in backends() {
        let site = StaffSite::open(backend, morning());
        let world = &site.world;
        let (boreal, ocean) = (
            world.supplier("boreal").await,
            world.supplier("ocean").await,
        );
        let (debtor, contact) = world.debtor(&boreal, "C1").await;
        let (_, visitor) = world.link(&debtor, &contact).await;
        let ours = site
            .enter("compta@boreal.example", &boreal, StaffRole::Viewer)
            .await;
        let others = site
            .enter("compta@ocean.example", &ocean, StaffRole::Viewer)
            .await;
        let todo = "Contacts à trouver ou à vérifier";
        assert!(!ours.get("/staff").await.text.contains(todo));
        people::not_me(&world.app, visitor, None).await.unwrap();
        ours.get("/staff").await.shows(&[todo, "Société C1"]);
        assert!(!others.get("/staff").await.text.contains(todo));
    }
}

fn share(invoice: &domain::invoice::Invoice, cents: i64) -> Share {
    Share {
        invoice: invoice.id,
        amount: Money::eur(cents),
    }
}

#[actix_web::test]
async fn a_broken_promise_unmatched_money_and_old_data_are_shown() {
    for backend in backends() {
        let site = StaffSite::open(backend, morning());
        let world = &site.world;
        let boreal = world.supplier("boreal").await;
        let (debtor, contact) = world.debtor(&boreal, "C1").await;
        let (_, visitor) = world.link(&debtor, &contact).await;
        let invoice = world.invoice(&debtor, "FA-1", 100_000, "2026-11-02").await;
        let pledge = Pledge {
            shares: vec![share(&invoice, 77_700)],
            due_on: "2026-11-23".parse().unwrap(),
            key: "k".into(),
        };
        promise::make(&world.app, visitor, pledge).await.unwrap();
        world.go_to(paris("2026-11-30", 10));
        acquit::flows::judge::due(&world.app, boreal.clone())
            .await
            .unwrap();
        let mut conn = world.conn();
        conn.run_sql(&format!(
            "UPDATE supplier SET data_as_of = '2026-11-19';
             INSERT INTO bank_file VALUES ('{0}', 'f', 'a.xml', 'x', '', 0);
             INSERT INTO bank_entry (supplier_id, key, file_id, booked_on, currency, amount,
                text, counterparty, matching, payment_id) VALUES
               ('{0}', 'k1', 'f', '2026-11-27', 'EUR', 43210, 'VIR <b>', 'DELMAS', 'none', NULL),
               ('{0}', 'k2', 'f', '2026-11-27', 'EUR', -99900, 'FRAIS', NULL, 'none', NULL)",
            boreal.id
        ))
        .unwrap();
        let browser = site
            .enter("compta@boreal.example", &boreal, StaffRole::Viewer)
            .await;
        let page = browser.get("/staff").await;
        page.shows(&[
            "777,00",
            "non reçu",
            "23/11/2026",
            "trop ancien",
            "19/11/2026",
        ]);
        page.shows(&["DELMAS", "VIR &lt;b&gt;", "432,10"]);
        assert!(
            !page.text.contains("999,00"),
            "money that left awaits nobody"
        );
    }
}

#[actix_web::test]
async fn nothing_of_a_supplier_without_a_role_is_shown() {
    for backend in backends() {
        let site = StaffSite::open(backend, morning());
        let world = &site.world;
        let boreal = world.supplier("boreal").await;
        let ocean = world.supplier("ocean").await;
        let (debtor, contact) = world.debtor(&ocean, "C9").await;
        let (_, visitor) = world.link(&debtor, &contact).await;
        let invoice = world.invoice(&debtor, "FA-9", 99_900, "2026-11-02").await;
        let declaration = Declaration {
            invoice: invoice.id,
            reason: Reason::Price,
            amount: None,
            lines: Vec::new(),
            text: String::new(),
            key: "k".into(),
        };
        dispute::declare(&world.app, visitor, declaration)
            .await
            .unwrap();
        world
            .conn()
            .run_sql("UPDATE message SET state = 'failed'")
            .unwrap();
        let browser = site
            .enter("compta@boreal.example", &boreal, StaffRole::Admin)
            .await;
        for path in ["/staff", "/staff/messages"] {
            let page = browser.get(path).await;
            assert_eq!(page.status, 200);
            for hidden in ["ocean", "C9", "FA-9", "999,00", "attend votre décision"] {
                assert!(!page.text.contains(hidden), "{hidden} on {path}");
            }
        }
    }
}
