//! What staff decide about a mandate: used again, changed, registered.

use domain::mandate::Usage;

use super::*;

#[actix_web::test]
async fn a_mandate_is_changed_and_used_again() {
    for backend in backends() {
        let site = StaffSite::open(backend, morning());
        let world = &site.world;
        let boreal = world.supplier("boreal").await;
        let (debtor, contact) = world.debtor(&boreal, "C1").await;
        let (_, visitor) = world.link(&debtor, &contact).await;
        crate::portal::debits::sign(&world.app, visitor, Usage::Recurring).await;
        let column = |sql: &str| world.conn().read_sql(sql).unwrap();
        let run = |sql: &str| world.conn().run_sql(sql).unwrap();
        let id = column("SELECT id AS value FROM mandate").remove(0);
        let path = format!("/staff/boreal/mandates/{id}");
        let browser = site
            .enter("compta@boreal.example", &boreal, StaffRole::Accountant)
            .await;
        let token = csrf(&browser).await;
        let post = async |fields: &[(&str, &str)]| {
            let mut all = vec![("csrf", token.as_str())];
            all.extend_from_slice(fields);
            browser.post(&path, &all).await
        };
        for (field, value, words) in [
            ("iban", "FR14 2004", "compte 27 caractères"),
            ("iban", "", "IBAN"),
            ("bic", "AGRI", "8 ou 11"),
            ("reference", "RUM 1 é", "aucun autre mandat"),
        ] {
            let change = [("decision", "change"), (field, value)];
            let wrong = post(&change).await;
            assert_eq!(wrong.status, 422, "{backend} {field}");
            wrong.shows(&[words, &format!("href=\"#{field}\"")]);
        }
        let change = [
            ("decision", "change"),
            ("iban", "DE89 3704 0044 0532 0130 00"),
            ("reference", "RUM-2"),
        ];
        for _ in 0..2 {
            assert_eq!(post(&change).await.status, 303);
        }
        let kept = column(
            "SELECT former_account || ' ' || COALESCE(carried_by, 'untold') AS value
             FROM mandate_change",
        );
        assert_eq!(kept, ["2606 untold"], "{backend}");
        browser.get(&path).await.shows(&["RUM-2", "•••• 3000"]);

        run("UPDATE mandate SET state = 'suspended'");
        browser
            .get(&path)
            .await
            .shows(&["Remettre ce mandat en service"]);
        for _ in 0..2 {
            assert_eq!(post(&[("decision", "resume")]).await.status, 303);
        }
        assert_eq!(column("SELECT state AS value FROM mandate"), ["active"]);
        let page = browser.get(&path).await;
        assert!(!page.text.contains("Remettre ce mandat en service"));
        run("UPDATE mandate SET state = 'signed', scheme = 'B2B'");
        browser.get(&path).await.shows(&["pas encore enregistré"]);
        assert_eq!(post(&[("decision", "registered")]).await.status, 303);
        assert_eq!(column("SELECT state AS value FROM mandate"), ["active"]);
        assert_eq!(post(&[("decision", "revoke")]).await.status, 303);
        assert_eq!(column("SELECT state AS value FROM mandate"), ["revoked"]);
    }
}
