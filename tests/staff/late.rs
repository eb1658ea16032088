//! Late charges as the staff sees and waives them.

use acquit::flows::late::set_terms;
use domain::late::{Terms, country};

use super::*;

#[actix_web::test]
async fn staff_waives_the_charges_of_an_invoice_for_a_reason() {
    for backend in backends() {
        let site = StaffSite::open(backend, morning());
        let world = &site.world;
        let boreal = world.supplier("boreal").await;
        let (debtor, _) = world.debtor(&boreal, "C1").await;
        let invoice = world.invoice(&debtor, "FA-1", 100_000, "2026-11-01").await;
        let browser = site
            .enter("compta@boreal.example", &boreal, StaffRole::Accountant)
            .await;
        let path = format!("/staff/boreal/invoices/{}/late", invoice.id);
        let customer = format!("/staff/boreal/debtors/{}", debtor.id);
        let page = browser.get(&customer).await;
        assert!(!page.text.contains(&path), "nothing is charged");
        browser
            .get(&path)
            .await
            .shows(&["ne facture pas le retard"]);
        let terms = Terms {
            interest: true,
            indemnity: true,
            contract: None,
            country: country("FR"),
        };
        set_terms(&world.app, boreal.id, terms).await.unwrap();
        browser.get(&customer).await.shows(&[&path]);
        let form = browser.get(&path).await;
        form.shows(&["FA-1", "40,00\u{a0}€", "12,40\u{a0}%"]);
        let csrf = form.csrf();
        let empty = browser
            .post(&path, &[("csrf", &csrf), ("reason", " ")])
            .await;
        assert_eq!(empty.status, 422);
        empty.shows(&["Indiquez pourquoi", "href=\"#reason\""]);
        for reason in ["Erreur de livraison", "Autre"] {
            let done = browser
                .post(&path, &[("csrf", &csrf), ("reason", reason)])
                .await;
            assert_eq!(done.status, 303);
        }
        let waived = browser.get(&path).await;
        waived.shows(&["abandonnés", "Erreur de livraison", "compta@boreal.example"]);
        assert!(!waived.text.contains("Autre") && !waived.text.contains("<form class=\"narrow"));
    }
}
