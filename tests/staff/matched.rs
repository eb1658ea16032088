//! What an import brought for a dispute, decided by staff.

use std::io::Cursor;

use acquit::flows::dispute::{self, Declaration};
use acquit::flows::import_balance::{ImportOrder, run};
use acquit::store::{self, Across};
use domain::DisputeId;
use domain::dispute::{DisputeState, Reason};
use domain::party::Supplier;

use super::*;
use crate::support::world::World;

/// 400.00 of an invoice are disputed, and a credit note of as much came with the books.
async fn disputed(world: &World) -> (Supplier, DisputeId) {
    let boreal = world.supplier("boreal").await;
    let (debtor, contact) = world.debtor(&boreal, "C1").await;
    let (_, visitor) = world.link(&debtor, &contact).await;
    let invoice = world.invoice(&debtor, "FA-1", 100_000, "2026-11-02").await;
    let declaration = Declaration {
        invoice: invoice.id,
        reason: Reason::MissingItems,
        amount: Some(domain::Money::eur(40_000)),
        lines: Vec::new(),
        text: String::new(),
        key: "k".into(),
    };
    let id = dispute::declare(&world.app, visitor, declaration)
        .await
        .unwrap();
    let text = "Code client;Nom;Type;N° pièce;Date;Date d'échéance;Montant TTC;Reste dû\n\
                C1;Société C1;AV;AV-7;19/11/2026;19/11/2026;-400,00;-400,00\n";
    let order = ImportOrder {
        supplier: boreal.id,
        file_name: "avoirs.csv".into(),
        as_of: TODAY.parse().unwrap(),
        complete: false,
        mapping: None,
    };
    run(&world.app, order, Cursor::new(text.as_bytes()))
        .await
        .unwrap();
    (boreal, id)
}

#[actix_web::test]
async fn staff_is_shown_the_credit_notes_and_settles_by_one_button() {
    for backend in backends() {
        let site = StaffSite::open(backend, morning());
        let world = &site.world;
        let (boreal, id) = disputed(world).await;
        let browser = site
            .enter("compta@boreal.example", &boreal, StaffRole::Accountant)
            .await;
        let path = format!("/staff/boreal/disputes/{id}");
        let today = browser.get("/staff").await;
        today.shows(&["Avoirs à rapprocher", &path, "FA-1", "400,00"]);
        let page = browser.get(&path).await;
        page.shows(&["Régler par l’avoir AV-7", "value=\"AV-7\""]);
        let answer = browser
            .post(
                &path,
                &[
                    ("csrf", &page.csrf()),
                    ("decision", "accept"),
                    ("credit", "AV-7"),
                    ("credited", &page.field("credited")),
                    ("step", "confirm"),
                ],
            )
            .await;
        assert_eq!(answer.status, 303, "{backend}");
        let supplier = boreal.id;
        let find = move |conn: &mut _| store::dispute::find(conn, supplier, id);
        let found = world
            .app
            .store
            .read(Across::Inspection, find)
            .await
            .unwrap();
        assert_eq!(found.state, DisputeState::Credited);
        assert_eq!(found.credit.unwrap().amount.minor(), 40_000);
        let today = browser.get("/staff").await.text;
        assert!(!today.contains("Avoirs à rapprocher"), "{backend}");
    }
}

#[actix_web::test]
async fn a_dispute_about_what_is_paid_offers_no_credit_note() {
    for backend in backends() {
        let site = StaffSite::open(backend, morning());
        let (boreal, id) = disputed(&site.world).await;
        let paid = "UPDATE invoice SET asserted = 0, open = 0 WHERE number = 'FA-1'";
        site.world.conn().run_sql(paid).unwrap();
        let browser = site
            .enter("compta@boreal.example", &boreal, StaffRole::Accountant)
            .await;
        let page = browser.get(&format!("/staff/boreal/disputes/{id}")).await;
        page.shows(&["FA-1"]);
        assert!(!page.text.contains("Régler par l’avoir"), "{backend}");
    }
}
