//! What insolvency proceedings bar is shown, and cannot be paid or promised here.

use acquit::flows::{Actor, pause};
use domain::insolvency::{Insolvency, InsolvencyKind};

use super::everywhere;

#[actix_web::test]
async fn what_a_judgment_bars_is_shown_and_neither_paid_nor_promised() {
    everywhere(|visit| async move {
        // The invoices were issued on 10 and 19 October and on 3 November.
        let opened = Insolvency {
            kind: InsolvencyKind::Safeguard,
            judged_on: "2026-10-15".parse().unwrap(),
            published_on: None,
        };
        let whose = (visit.supplier.id, visit.debtor.id);
        let noted = pause::set_insolvency(
            &visit.site.world.app,
            whose,
            Some(opened),
            Actor::staff("compta@boreal.example"),
        );
        noted.await.unwrap();
        let account = visit.get("/account").await;
        account.shows(
            200,
            &[
                "ne se paient plus ici",
                "En procédure collective",
                "Payer 2\u{202f}500,00\u{a0}€",
            ],
        );
        let ticked = account.form(0).fields;
        assert_eq!(ticked.len(), 1, "{ticked:?}");
        let invoice = visit
            .get(&views::paths::invoice(visit.invoices[0].id))
            .await;
        invoice.shows(200, &["ne se paient plus ici"]);
        assert!(!invoice.words().contains("Payer"), "{}", invoice.words());
        for path in ["/pay", "/promise", "/plan"] {
            let barred = visit.get(&visit.chosen(path, &[0])).await;
            assert!(
                barred.words().contains("ne se paient plus ici"),
                "{path}: {} {}",
                barred.status,
                barred.words()
            );
        }
        let rest = visit.get(&visit.chosen("/pay", &[0, 1])).await;
        rest.shows(200, &["name=\"total\" value=\"250000\""]);
    })
    .await;
}
