//! Revoking a mandate: found among the preferences, checked, done once, told.

use acquit::flows::debit::{DebitOrder, order};
use domain::invoice::Share;
use domain::mandate::Usage;

use super::debits::sign;
use super::{Visit, everywhere};

/// A mandate with a debit of the second invoice; gives its address.
async fn mandate(visit: &Visit) -> String {
    let world = &visit.site.world;
    let (_, visitor) = world.link(&visit.debtor, &visit.contact).await;
    sign(&world.app, visitor, Usage::Recurring).await;
    let id = world.conn().read_sql("SELECT id AS value FROM mandate");
    let id = id.unwrap().remove(0);
    let invoice = &visit.invoices[1];
    let order_of = DebitOrder {
        mandate: id.parse().unwrap(),
        what: vec![Share {
            invoice: invoice.id,
            amount: invoice.open,
        }]
        .into(),
        collect_on: "2026-12-01".parse().unwrap(),
        key: "ordered before".into(),
    };
    order(&world.app, visitor, order_of).await.unwrap();
    format!("/mandates/{id}")
}

#[actix_web::test]
async fn a_mandate_is_revoked_after_a_check_without_a_code() {
    everywhere(|visit| async move {
        let account = visit.get("/account").await;
        account.shows(200, &["/preferences#mandates"]);
        visit
            .get("/preferences")
            .await
            .shows(200, &["Aucun mandat n’est signé."]);
        let path = mandate(&visit).await;
        visit
            .get("/preferences")
            .await
            .shows(200, &[&path, "•••• 2606", "actif"]);
        let page = visit.get(&path).await;
        page.shows(
            200,
            &["01/12/2026", "2\u{202f}500,00\u{a0}€", "Révoquer ce mandat"],
        );
        let check = visit.submit(&page.form(0).step("check")).await;
        check.shows(200, &["Révoquer ce mandat\u{a0}?", "Seront annulés"]);
        assert!(visit.rows("mandate").contains("active"), "only looked at");
        let confirm = check.form(0).step("confirm");
        for _ in 0..2 {
            let done = visit.submit(&confirm).await;
            assert_eq!(done.location(), path);
        }
        let after = visit.get(&path).await;
        after.shows(
            200,
            &[
                "Ce mandat est révoqué",
                "À régler autrement",
                "dès maintenant",
                "annulé",
            ],
        );
        assert!(
            !after.text.contains("name=\"step\""),
            "nothing left to revoke"
        );
        assert!(visit.rows("collection").contains("cancelled"));
        let pay = visit.chosen("/pay", &[1]);
        after.shows(200, &[&pay]);
        visit.get(&pay).await.shows(200, &["FA-2"]);
        assert_eq!(visit.count("message"), 3, "signed, announced, revoked");
    })
    .await;
}

#[actix_web::test]
async fn another_debtors_mandate_is_not_found() {
    everywhere(|visit| async move {
        let path = mandate(&visit).await;
        let world = &visit.site.world;
        let (other, contact) = world.debtor(&visit.supplier, "C-2").await;
        let stranger = visit.site.enter(&other, &contact).await;
        assert_eq!(stranger.get(&path).await.status, 404);
        let form = visit.get(&path).await.form(0);
        let token = stranger.get("/preferences").await.form(0);
        let form = form.with("csrf", token.value("csrf")).step("confirm");
        assert_eq!(stranger.submit(&form).await.status, 404);
        assert!(visit.rows("mandate").contains("active"));
        assert_eq!(visit.get("/mandates/man_1").await.status, 404);
    })
    .await;
}
