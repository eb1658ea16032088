//! Late charges as the staff sees and waives them.

use acquit::flows::late::{add_base, set_terms};
use domain::late::{Added, Rate, Terms, country};

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
            added: Added::default(),
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

#[actix_web::test]
async fn a_half_year_whose_rate_is_not_known_is_told_until_it_is_added() {
    for backend in backends() {
        let site = StaffSite::open(backend, paris("2027-01-04", 10));
        let world = &site.world;
        let boreal = world.supplier("boreal").await;
        let (debtor, _) = world.debtor(&boreal, "C1").await;
        let invoice = world
            .invoice(&debtor, "FA-1", 1_000_000, "2026-12-31")
            .await;
        let browser = site
            .enter("compta@boreal.example", &boreal, StaffRole::Viewer)
            .await;
        let (told, path) = (
            "1er semestre 2027 inconnu",
            format!("/staff/boreal/invoices/{}/late", invoice.id),
        );
        assert!(
            !browser.get("/staff").await.text.contains(told),
            "{backend}"
        );
        let terms = Terms {
            interest: true,
            indemnity: true,
            contract: None,
            country: country("FR"),
            added: Added::default(),
        };
        set_terms(&world.app, boreal.id, terms).await.unwrap();
        let page = browser.get("/staff").await;
        page.shows(&[
            told,
            "acquit supplier base-rate --code boreal --half 2027-1",
        ]);
        browser
            .get(&path)
            .await
            .shows(&["Taux du semestre inconnu", "0,00"]);

        add_base(&world.app, boreal.id, (2027, 1), Rate(200))
            .await
            .unwrap();
        assert!(
            !browser.get("/staff").await.text.contains(told),
            "{backend}"
        );
        // Four days of 12 % on 10,000.00.
        browser.get(&path).await.shows(&["12,00\u{a0}%", "13,15"]);
        let known = add_base(&world.app, boreal.id, (2026, 2), Rate(200)).await;
        assert!(known.unwrap_err().to_string().contains("2.40"), "{backend}");
        // What it charges may change: what was added stays.
        set_terms(&world.app, boreal.id, terms).await.unwrap();
        browser.get(&path).await.shows(&["12,00\u{a0}%"]);
    }
}
