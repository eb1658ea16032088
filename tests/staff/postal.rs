//! Postal addresses: from the books, or from staff.

use domain::party::Supplier;

use super::*;
use crate::support::world::World;

/// Imports a balance of one customer in this street.
async fn import(world: &World, boreal: &Supplier, (street, day): (&str, &str)) {
    let text = format!(
        "Code;Nom;Adresse;Code postal;Ville;Pays;Piece;Echeance;Solde\n\
         C1;Delmas;{street};1000;Bruxelles;Belgique;FA-1;02/10/2026;10,00\n"
    );
    let order = acquit::flows::import_balance::ImportOrder {
        supplier: boreal.id,
        file_name: "a.csv".into(),
        as_of: day.parse().unwrap(),
        complete: false,
        mapping: None,
    };
    let source = std::io::Cursor::new(text.into_bytes());
    acquit::flows::import_balance::run(&world.app, order, source)
        .await
        .unwrap();
}

#[actix_web::test]
async fn staff_writes_an_address_that_no_import_overwrites() {
    for backend in backends() {
        let site = StaffSite::open(backend, morning());
        let world = &site.world;
        let boreal = world.supplier("boreal").await;
        let browser = site
            .enter("compta@boreal.example", &boreal, StaffRole::Accountant)
            .await;
        import(world, &boreal, ("12 rue Haute", "2026-11-18")).await;
        let ids = world.conn().read_sql("SELECT id AS value FROM debtor");
        let debtor = format!("/staff/boreal/debtors/{}", ids.unwrap()[0]);
        let path = format!("{debtor}/address");
        browser.get(&debtor).await.shows(&[
            "12 rue Haute",
            "1000 BRUXELLES",
            "BELGIQUE",
            "balance importée",
        ]);
        import(world, &boreal, ("14 rue Haute", "2026-11-19")).await;
        let page = browser.get(&path).await;
        page.shows(&["14 rue Haute"]);
        let csrf = page.csrf();
        let typed = [
            ("csrf", csrf.as_str()),
            ("deed", "save"),
            ("street", "1 place du Marché\nBP 7"),
            ("postcode", "1000"),
            ("town", ""),
            ("country", "BE"),
        ];
        let refused = browser.post(&path, &typed).await;
        assert_eq!(refused.status, 422);
        refused.shows(&["Indiquez la ville", "href=\"#town\"", "1 place du Marché"]);
        let mut right = typed;
        right[4] = ("town", "Bruxelles");
        assert_eq!(browser.post(&path, &right).await.status, 303);
        import(world, &boreal, ("16 rue Haute", "2026-11-20")).await;
        browser
            .get(&debtor)
            .await
            .shows(&["1 place du Marché", "BP 7", "saisie par l’équipe"]);
        let trail = world
            .conn()
            .read_sql("SELECT detail AS value FROM audit WHERE action = 'debtor.postal'");
        assert!(trail.unwrap()[0].contains("BRUXELLES"), "{backend}");
        let forget = [("csrf", csrf.as_str()), ("deed", "forget")];
        assert_eq!(browser.post(&path, &forget).await.status, 303);
        browser
            .get(&debtor)
            .await
            .shows(&["Aucune adresse postale"]);
    }
}
