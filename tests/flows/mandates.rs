//! A mandate whose facts changed, one that rested, and one between companies.

use acquit::flows::mandate_change::{Change, change, registered, resume};
use acquit::flows::returned::{Returned, returned};
use acquit::flows::{Actor, FlowError, batch, deliver};
use acquit::store::{self, Across};
use domain::collection::EndKind;
use domain::mandate::{Mandate, MandateState, Usage};
use domain::{CollectionId, MandateId, Money};

use super::debit::{debit, file, mandate};
use super::{Scene, share};
use crate::support::databases::backends;

async fn found(scene: &Scene, id: MandateId) -> Mandate {
    let supplier = scene.supplier.id;
    let find = move |conn: &mut _| store::mandate::find(conn, supplier, id);
    let store = &scene.world.app.store;
    store.read(Across::Inspection, find).await.unwrap()
}

/// The next file, as it is taken out.
async fn taken_out(scene: &Scene) -> String {
    deliver::run(&scene.world.app).await.unwrap();
    let made = file(scene).await.expect("an announced debit");
    let (app, supplier, id) = (&scene.world.app, scene.supplier.id, made.batch.id);
    let second = || Actor::staff("direction@four.example");
    batch::approve(app, supplier, id, second()).await.unwrap();
    batch::export(app, supplier, id, second()).await.unwrap();
    String::from_utf8(made.file).unwrap()
}

async fn refused(scene: &Scene, collection: CollectionId) {
    let (supplier, now) = (scene.supplier.id, scene.at());
    let told = Returned {
        collection,
        kind: EndKind::Reject,
        reason: "RC01".into(),
        text: String::new(),
        day: scene.supplier.zone.day(now),
        fee: Money::eur(0),
        actor: Actor::job("bank"),
    };
    let back = move |conn: &mut _| returned(conn, supplier, &told, now);
    let store = &scene.world.app.store;
    store.write(Across::Inspection, back).await.unwrap();
}

#[actix_web::test]
async fn a_change_is_told_with_the_next_debit_and_again_if_that_is_refused() {
    for backend in backends() {
        let scene = Scene::new(backend).await;
        let invoice = scene.invoice("F1", 10_000).await;
        let id = mandate(&scene, Usage::Recurring, "m").await;
        let old = found(&scene, id).await.reference;
        let whose = (scene.supplier.id, scene.debtor.id);
        let staff = || Actor::staff("compta@four.example");
        let first = Change {
            reference: Some("RUM-BETWEEN".parse().unwrap()),
            signed_for: Some("Ancien Nom".into()),
            ..Change::default()
        };
        let later = Change {
            account: Some(("DE89370400440532013000".parse().unwrap(), None)),
            reference: Some("RUM-NEW".parse().unwrap()),
            ..Change::default()
        };
        let app = &scene.world.app;
        for wanted in [first, later.clone(), later] {
            change(app, whose, id, wanted, staff()).await.unwrap();
        }
        let parts = [
            "<MndtId>RUM-NEW</MndtId>",
            "<AmdmntInd>true</AmdmntInd>",
            &format!("<OrgnlMndtId>{old}</OrgnlMndtId>"),
            "<OrgnlCdtrSchmeId><Nm>Ancien Nom</Nm></OrgnlCdtrSchmeId>",
            "<OrgnlDbtrAcct><Id><Othr><Id>SMNDA</Id></Othr></Id></OrgnlDbtrAcct>",
            "<IBAN>DE89370400440532013000</IBAN>",
        ];
        for attempt in ["a", "b"] {
            let what = [share(&invoice, 1_000)];
            let ordered = debit(&scene, id, &what, attempt).await.unwrap();
            let xml = taken_out(&scene).await;
            for part in parts {
                assert!(xml.contains(part), "{backend} {attempt}: {part}: {xml}");
            }
            if attempt == "a" {
                refused(&scene, ordered).await;
            }
        }
        debit(&scene, id, &[share(&invoice, 1_000)], "c")
            .await
            .unwrap();
        let xml = taken_out(&scene).await;
        assert!(!xml.contains("AmdmntInd"), "{backend}: told once: {xml}");

        let other = mandate(&scene, Usage::Recurring, "other").await;
        let taken = Change {
            reference: Some("RUM-NEW".parse().unwrap()),
            ..Change::default()
        };
        let done = change(app, whose, other, taken, staff()).await;
        assert!(matches!(done, Err(FlowError::ReferenceTaken)), "{backend}");
    }
}

/// The bank gave the supplier another creditor identifier.
#[actix_web::test]
async fn a_new_creditor_identifier_is_told_by_itself() {
    for backend in backends() {
        let scene = Scene::new(backend).await;
        let invoice = scene.invoice("F1", 10_000).await;
        let id = mandate(&scene, Usage::Recurring, "m").await;
        let new = "UPDATE supplier SET creditor_id = 'DE98ZZZ09999999999'";
        scene.world.conn().run_sql(new).unwrap();
        for (key, told) in [("a", true), ("b", false)] {
            let what = [share(&invoice, 1_000)];
            debit(&scene, id, &what, key).await.unwrap();
            let xml = taken_out(&scene).await;
            let (_, before) = xml.split_once("<OrgnlCdtrSchmeId>").unwrap_or_default();
            assert_eq!(before.contains("FR72ZZZ123456"), told, "{backend}: {xml}");
            assert!(xml.contains("DE98ZZZ09999999999"), "{backend}");
        }
        let now = found(&scene, id).await.creditor_id;
        assert_eq!(now.as_str(), "DE98ZZZ09999999999");
    }
}

#[actix_web::test]
async fn a_mandate_that_rested_is_used_again() {
    for backend in backends() {
        let scene = Scene::new(backend).await;
        let invoice = scene.invoice("F1", 10_000).await;
        let id = mandate(&scene, Usage::Recurring, "m").await;
        let suspend = "UPDATE mandate SET state = 'suspended'";
        scene.world.conn().run_sql(suspend).unwrap();
        let order = debit(&scene, id, &[share(&invoice, 1_000)], "a").await;
        assert!(matches!(order, Err(FlowError::NotOffered(_))), "{backend}");
        let whose = (scene.supplier.id, scene.debtor.id);
        for _ in 0..2 {
            let staff = Actor::staff("compta@four.example");
            resume(&scene.world.app, whose, id, staff).await.unwrap();
        }
        assert_eq!(found(&scene, id).await.state, MandateState::Active);
        let what = [share(&invoice, 1_000)];
        debit(&scene, id, &what, "b").await.unwrap();
        let trail = scene.world.conn().read_sql(
            "SELECT action AS value FROM audit WHERE action LIKE 'mandate.re%' ORDER BY id",
        );
        assert_eq!(trail.unwrap(), ["mandate.resumed"], "{backend}: once");
        let registered = registered(&scene.world.app, whose, id, Actor::job("test"));
        registered.await.unwrap();
    }
}
