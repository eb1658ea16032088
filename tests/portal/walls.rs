//! Forms from elsewhere and things of others.

use reqwest::Method;

use super::{Page, Visit, everywhere};
use crate::support::html::Form;

async fn form(visit: &Visit) -> Form {
    let page = visit.get(&visit.chosen("/pay", &[0])).await;
    page.form(0).with("method", "transfer").step("pay")
}

#[actix_web::test]
async fn a_form_without_this_sessions_token_is_refused() {
    everywhere(|visit| async move {
        let form = form(&visit).await;
        let other = visit.site.enter(&visit.debtor, &visit.contact).await;
        let foreign = other.get(&visit.chosen("/pay", &[0])).await.form(0);
        let foreign = foreign.value("csrf").to_owned();
        assert_ne!(foreign, form.value("csrf"));
        for bad in [
            form.clone().without("csrf"),
            form.clone().with("csrf", ""),
            form.clone().with("csrf", &foreign),
            form.clone().without("key"),
            form.clone().with("key", "short"),
        ] {
            let page = visit.submit(&bad).await;
            page.shows(403, &["Fournisseur boreal", "Numéro d’incident"]);
        }
        assert_eq!(visit.count("payment"), 0);
        assert_eq!(visit.submit(&form).await.status, 303);
    })
    .await;
}

#[actix_web::test]
async fn a_form_from_another_site_is_refused() {
    everywhere(|visit| async move {
        let form = form(&visit).await;
        let post = |name: &'static str, value: String| {
            let request = visit.browser.request(Method::POST, &form.action);
            Page::of(request.header(name, value).form(&form.fields))
        };
        for (name, value) in [
            ("origin", "https://evil.example"),
            ("referer", "https://evil.example/pay"),
            ("sec-fetch-site", "cross-site"),
        ] {
            post(name, value.into())
                .await
                .shows(403, &["Fournisseur boreal"]);
        }
        assert_eq!(visit.count("payment"), 0);
        let ours = visit.site.origin.clone();
        assert_eq!(post("origin", ours).await.status, 303);
    })
    .await;
}

#[actix_web::test]
async fn things_of_another_debtor_or_supplier_are_not_found() {
    everywhere(|visit| async move {
        let world = &visit.site.world;
        let (neighbour, contact) = world.debtor(&visit.supplier, "C-2").await;
        let theirs = world.invoice(&neighbour, "FA-9", 1_000, "2026-11-01").await;
        let austral = world.supplier("austral").await;
        let (far, _) = world.debtor(&austral, "C-1042").await;
        let far = world.invoice(&far, "FA-1", 1_000, "2026-11-01").await;
        let own = visit.invoices[0].id;
        for id in [theirs.id.to_string(), far.id.to_string(), "inv_1".into()] {
            for path in [
                format!("/invoices/{id}"),
                format!("/invoices/{id}/dispute"),
                format!("/pay?i={id}"),
                format!("/pay?i={own}&i={id}"),
                format!("/promise?i={id}"),
            ] {
                visit.get(&path).await.shows(404, &["Fournisseur boreal"]);
            }
            let posted = form(&visit).await.with("i", &id);
            assert_eq!(visit.submit(&posted).await.status, 404);
        }
        let paid = visit.submit(&form(&visit).await).await;
        let stranger = visit.site.enter(&neighbour, &contact).await;
        stranger.get(paid.location()).await.shows(404, &[]);
        assert_eq!(visit.count("payment"), 1);
    })
    .await;
}
