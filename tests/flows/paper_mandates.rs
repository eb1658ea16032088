//! Mandates signed on paper: taken over once, refused for a reason, usable at once.

use acquit::flows::import_mandates::{Taken, run};
use acquit::flows::{Actor, deliver, mandate_age};
use acquit::store::{self, Across};

use super::debit::{debit, file};
use super::{Scene, share};
use crate::support::databases::backends;

const IBAN: &str = "FR1420041010050500013M02606";

async fn load(scene: &Scene, rows: &str) -> Taken {
    let text = format!("client;rum;titulaire;iban;signature;dernier\n{rows}");
    let (app, supplier) = (&scene.world.app, scene.supplier.id);
    run(
        app,
        supplier,
        "mandats.csv",
        text.as_bytes(),
        Actor::job("test"),
    )
    .await
    .unwrap()
}

#[actix_web::test]
async fn paper_mandates_are_taken_over_once_and_debited_under() {
    for backend in backends() {
        let scene = Scene::new(backend).await;
        let (other, _) = scene.world.debtor(&scene.supplier, "C2").await;
        let rows = format!(
            "C1;RUM-1;SARL Un;{IBAN};01/02/2020;15/01/2026\n\
             C9;RUM-9;SARL Neuf;{IBAN};01/02/2020;\n\
             C1;RUM-3;SARL Un;{IBAN};01/02/2030;\n"
        );
        let taken = load(&scene, &rows).await;
        assert_eq!(
            (taken.mandates, taken.known),
            (1, 0),
            "{backend}: {taken:?}"
        );
        let why: Vec<String> = taken.refused.iter().map(ToString::to_string).collect();
        assert!(
            why[0].starts_with("line 3: customer 'C9': no customer has this code"),
            "{why:?}"
        );
        assert!(
            why[1].starts_with("line 4: signed_on '2030-02-01'"),
            "{why:?}"
        );
        assert_eq!(load(&scene, &rows).await.known, 1);
        let stolen = format!("{};RUM-1;SA Deux;{IBAN};01/02/2020;\n", other.code);
        let refused = load(&scene, &stolen).await.refused;
        assert!(
            refused[0]
                .to_string()
                .contains("another customer has a mandate")
        );

        let (supplier, debtor) = (scene.supplier.id, scene.debtor.id);
        let find = move |conn: &mut _| store::mandate::of_debtor(conn, supplier, debtor);
        let read = scene.world.app.store.read(Across::Inspection, find);
        let mandate = read.await.unwrap().remove(0);
        assert_eq!(
            mandate_age::run(&scene.world.app, supplier).await.unwrap(),
            0,
            "signed six years ago, used in January"
        );
        let invoice = scene.invoice("F1", 4_000).await;
        debit(&scene, mandate.id, &[share(&invoice, 4_000)], "a")
            .await
            .unwrap();
        deliver::run(&scene.world.app).await.unwrap();
        let made = file(&scene).await.unwrap();
        let xml = String::from_utf8(made.file).unwrap();
        assert!(xml.contains("<MndtId>RUM-1</MndtId><DtOfSgntr>2020-02-01</DtOfSgntr>"));
    }
}
