//! A mandate between companies: signed in the portal, used once the debtor's bank knows it.

use acquit::flows::{Actor, collect, deliver};
use domain::batch::DebitProfile;

use super::debits::{filled, with_code};
use super::everywhere;

#[actix_web::test]
async fn a_mandate_between_companies_waits_for_the_debtors_bank() {
    everywhere(|visit| async move {
        let app = &visit.site.world.app;
        let plain = visit.get("/mandate?scheme=B2B").await;
        plain.shows(200, &["8 semaines"]);
        assert!(!plain.text.contains("interentreprises"), "not offered");
        let profile = DebitProfile {
            b2b: true,
            ..DebitProfile::default()
        };
        acquit::flows::batch::set_profile(app, visit.supplier.id, profile)
            .await
            .unwrap();
        let core = visit.get("/mandate").await;
        core.shows(200, &["8 semaines", "href=\"/mandate?scheme=B2B\""]);
        let form = visit.get("/mandate?scheme=B2B").await;
        form.shows(200, &["interentreprises", "href=\"/mandate\""]);
        assert!(!form.text.contains("8 semaines"), "no refund");
        let check = visit.submit(&filled(form.form(0)).step("check")).await;
        check.shows(200, &["SEPA interentreprises (B2B)"]);
        let confirm = with_code(&visit, &visit.browser, check.form(0)).await;
        let signed = visit.submit(&confirm).await;
        signed.shows(200, &["À déposer à votre banque"]);
        let mandate = visit.rows("mandate");
        for part in ["B2B", "signed", "pas en droit de demander"] {
            assert!(mandate.contains(part), "{part}: {mandate}");
        }

        let pay = visit.get(&visit.chosen("/pay", &[0])).await.form(0);
        let pay = pay.with("method", "debit").step("pay");
        let refused = visit.submit(&pay).await;
        assert!(
            refused.location().starts_with("/mandate?"),
            "{}",
            refused.words()
        );
        let mut conn = visit.site.world.conn();
        let id = conn.read_sql("SELECT id AS value FROM mandate");
        let path = format!("/mandates/{}", id.unwrap().remove(0));
        let page = visit.get(&path).await;
        page.shows(200, &["À déposer à votre banque", "Ma banque a enregistré"]);
        let form = page.form_to(&path).step("registered");
        for _ in 0..2 {
            assert_eq!(visit.submit(&form).await.status, 303);
        }
        let page = visit.get(&path).await;
        assert!(!page.text.contains("À déposer à votre banque"));
        let pay = visit.get(&visit.chosen("/pay", &[0])).await.form(0);
        let check = visit.submit(&pay.with("method", "debit").step("pay")).await;
        let sent = visit.submit(&check.form(0).step("confirm")).await;
        visit.browser.follow(&sent).await.shows(200, &["•••• 2606"]);
        deliver::run(app).await.unwrap();
        let made = collect::run(app, visit.supplier.id, Actor::job("test"));
        let made = made.await.unwrap().expect("an announced debit");
        let xml = String::from_utf8(made.file).unwrap();
        assert!(xml.contains("<LclInstrm><Cd>B2B</Cd></LclInstrm>"), "{xml}");
    })
    .await;
}
