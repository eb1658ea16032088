//! What staff ends or settles by hand: a mandate a debtor revokes by letter, news that cannot be
//! booked; and a history that is long.

use acquit::flows::open_account;
use acquit::store::inbox::{self, Event};
use domain::mandate::Usage;

use super::*;
use crate::portal::debits::sign;

#[actix_web::test]
async fn a_mandate_is_revoked_for_a_customer() {
    for backend in backends() {
        let site = StaffSite::open(backend, morning());
        let world = &site.world;
        let boreal = world.supplier("boreal").await;
        let (debtor, contact) = world.debtor(&boreal, "C1").await;
        let (_, visitor) = world.link(&debtor, &contact).await;
        sign(&world.app, visitor, Usage::Recurring).await;
        let id = world.conn().read_sql("SELECT id AS value FROM mandate");
        let path = format!("/staff/boreal/mandates/{}", id.unwrap().remove(0));
        let viewer = site
            .enter("v@boreal.example", &boreal, StaffRole::Viewer)
            .await;
        let seen = viewer.get(&path).await;
        seen.shows(&["•••• 2606", "actif"]);
        assert!(!seen.text.contains("Révoquer ce mandat"), "only looked at");
        let browser = site
            .enter("compta@boreal.example", &boreal, StaffRole::Accountant)
            .await;
        let customer = format!("/staff/boreal/debtors/{}", debtor.id);
        browser.get(&customer).await.shows(&[&path]);
        let csrf = browser.get(&path).await.csrf();
        for _ in 0..2 {
            let done = browser.post(&path, &[("csrf", &csrf)]).await;
            assert_eq!((done.status, done.to()), (303, path.as_str()));
        }
        let after = browser.get(&path).await;
        after.shows(&["Ce mandat est révoqué"]);
        let who = "SELECT actor AS value FROM audit WHERE action = 'mandate.revoked'";
        let who = world.conn().read_sql(who).unwrap();
        assert_eq!(who, ["staff compta@boreal.example"], "{backend}: once");
        browser.get(&customer).await.shows(&["révoqué"]);
    }
}

#[actix_web::test]
async fn news_that_cannot_be_booked_is_decided_by_who_may() {
    for backend in backends() {
        let site = StaffSite::open(backend, morning());
        let world = &site.world;
        let boreal = world.supplier("boreal").await;
        let id = acquit::clock::new_id();
        let event = Event {
            id,
            supplier: boreal.id,
            source: "stripe".into(),
            event_id: "evt_42".into(),
            body: b"{}".to_vec(),
        };
        let now = world.app.now();
        world
            .write(move |conn| {
                inbox::insert(conn, &event, now)?;
                inbox::set_aside(conn, event.supplier, id, "<not> paid so")?;
                Ok(())
            })
            .await;
        let viewer = site
            .enter("v@boreal.example", &boreal, StaffRole::Viewer)
            .await;
        let seen = viewer.get("/staff").await;
        seen.shows(&["evt_42", "&lt;not&gt; paid so"]);
        assert!(!seen.text.contains("Classer"), "{backend}");
        let browser = site
            .enter("compta@boreal.example", &boreal, StaffRole::Accountant)
            .await;
        let page = browser.get("/staff").await;
        page.shows(&["Relire", "Classer"]);
        let path = format!("/staff/boreal/events/{id}");
        let csrf = page.csrf();
        for decision in ["", "close", "close", "again"] {
            let fields = [("csrf", csrf.as_str()), ("decision", decision)];
            assert_eq!(browser.post(&path, &fields).await.status, 303);
        }
        assert!(!browser.get("/staff").await.text.contains("evt_42"));
        let state = "SELECT state AS value FROM inbox";
        let state = world.conn().read_sql(state).unwrap();
        assert_eq!(state, ["done"], "{backend}: closed once, for good");
    }
}

#[actix_web::test]
async fn a_long_history_shows_the_newest_and_unfolds_the_rest() {
    for backend in backends() {
        let site = StaffSite::open(backend, morning());
        let world = &site.world;
        let boreal = world.supplier("boreal").await;
        let (debtor, contact) = world.debtor(&boreal, "C1").await;
        let browser = site
            .enter("compta@boreal.example", &boreal, StaffRole::Agent)
            .await;
        let customer = format!("/staff/boreal/debtors/{}", debtor.id);
        for visits in [20, 23] {
            let before = browser.get(&customer).await;
            let known = before.text.matches("Compte consulté").count();
            for _ in known..visits {
                let (token, _) = world.link(&debtor, &contact).await;
                let opened = open_account::open(&world.app, &token.to_string()).await;
                opened.unwrap().unwrap();
            }
            let page = browser.get(&customer).await;
            page.shows(&["href=\"#history\"", "id=\"history\""]);
            let all = page.text.matches("Compte consulté").count();
            assert_eq!(all, visits, "{backend}");
            let shown = page.text.split("<details>").next().unwrap();
            assert_eq!(shown.matches("Compte consulté").count(), 20, "{backend}");
            let folds = page.text.contains("Voir les autres");
            assert_eq!(folds, visits > 20, "{backend}");
        }
    }
}
