//! What commits the company wants a code; what only takes something back does not.

use acquit::flows::Actor;
use acquit::flows::plan_answer::{Answer, answer};
use domain::plan::Part;

use super::plans::{asked, promise_and_plan};
use super::{Visit, everywhere};

/// A request for the first invoice, answered by another offer.
async fn offered(visit: &Visit, key: &str) -> String {
    let id = asked(visit, 0, key).await;
    let offer = Answer::Counter(vec![Part {
        due_on: "2026-12-01".parse().unwrap(),
        amount: visit.invoices[0].open,
    }]);
    let said = (Actor::staff("marie@boreal.example"), String::new());
    let app = &visit.site.world.app;
    answer(app, visit.supplier.id, id, offer, said)
        .await
        .unwrap();
    format!("/plans/{id}")
}

async fn decide(visit: &Visit, path: &str, decision: &str) {
    let form = visit.get(path).await.form(0).with("decision", decision);
    let check = visit.submit(&form).await;
    check.shows(200, &[]);
    let done = visit.submit(&check.form(0).step("confirm")).await;
    assert_eq!(done.location(), path, "{decision}: {}", done.words());
}

#[actix_web::test]
async fn an_offer_is_taken_with_a_code_and_declined_without() {
    everywhere(|visit| async move {
        let path = offered(&visit, "a").await;
        let form = visit.get(&path).await.form(0).with("decision", "agree");
        for _ in 0..2 {
            let asked = visit.submit(&form.clone().step("confirm")).await;
            asked.shows(200, &["one-time-code"]);
        }
        assert!(visit.rows("plan").contains("countered"), "no code, no plan");
        assert_eq!(visit.count("promise"), 0);
        let codes = visit.count("code");
        assert_eq!(codes, 2);
        decide(&visit, &path, "refuse").await;
        visit.get(&path).await.shows(200, &["Vous avez décliné"]);
        assert_eq!(visit.count("code"), codes, "declined without another");
    })
    .await;
}

#[actix_web::test]
async fn what_is_only_taken_back_needs_no_code() {
    everywhere(|visit| async move {
        let request = format!("/plans/{}", asked(&visit, 0, "a").await);
        decide(&visit, &request, "cancel").await;
        let (promise, _) = promise_and_plan(&visit).await;
        let promise = format!("/promises/{promise}");
        let check = visit.get(&promise).await.form(0).step("check");
        let check = visit.submit(&check).await.form(0).step("confirm");
        assert_eq!(visit.submit(&check).await.location(), promise);
        assert!(visit.rows("promise").contains("cancelled"));
        assert_eq!(visit.count("code"), 0);
    })
    .await;
}
