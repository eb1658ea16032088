//! What credit notes settled without money, as the staff sees and undoes it.

use acquit::flows::set_off::book;
use domain::designation::Designation;
use domain::invoice::{ItemKind, Share};

use super::*;

#[actix_web::test]
async fn staff_undoes_what_credit_notes_settled_for_a_reason() {
    for backend in backends() {
        let site = StaffSite::open(backend, morning());
        let world = &site.world;
        let boreal = world.supplier("boreal").await;
        let (debtor, contact) = world.debtor(&boreal, "C1").await;
        let (_, visitor) = world.link(&debtor, &contact).await;
        let invoice = world.invoice(&debtor, "FA-1", 10_000, "2026-11-01").await;
        let of = (ItemKind::CreditNote, "AV-1");
        let note = world.item(&debtor, of, 20_000, "2026-11-01").await;
        let share = |invoice| Share {
            invoice,
            amount: domain::Money::eur(10_000),
        };
        let what = Designation {
            shares: vec![share(invoice.id)],
            credits: vec![share(note.id)],
            charges: Vec::new(),
        };
        let browser = site
            .enter("compta@boreal.example", &boreal, StaffRole::Accountant)
            .await;
        let customer = format!("/staff/boreal/debtors/{}", debtor.id);
        let before = browser.get(&customer).await;
        assert!(!before.text.contains("réglés par avoirs"));
        let done = book(&world.app, visitor, what, "key".into()).await.unwrap();
        let path = format!("/staff/boreal/set-offs/{done}");
        browser
            .get(&customer)
            .await
            .shows(&["100,00\u{a0}€ réglés par avoirs", &path]);
        let form = browser.get(&path).await;
        form.shows(&["FA-1", "AV-1", "100,00\u{a0}€", "Annuler cette déduction"]);
        let csrf = form.csrf();
        let empty = browser
            .post(&path, &[("csrf", &csrf), ("reason", " ")])
            .await;
        assert_eq!(empty.status, 422);
        empty.shows(&["href=\"#reason\""]);
        for _ in 0..2 {
            let undone = browser
                .post(
                    &path,
                    &[("csrf", &csrf), ("reason", "Avoir émis par erreur")],
                )
                .await;
            assert_eq!(undone.status, 303);
        }
        let undone = browser.get(&path).await;
        undone.shows(&["Cette déduction a été annulée"]);
        assert!(!undone.text.contains("<form class=\"narrow"));
        let after = browser.get(&customer).await;
        assert!(!after.text.contains(&path), "it counts no more");
        after.shows(&["FA-1"]);
    }
}
