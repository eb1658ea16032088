//! Signed links: inert until *Continue*, and dead ones all alike.

use super::{Visit, now};
use crate::support::databases::backends;

#[actix_web::test]
async fn a_link_opens_the_account_and_leaves_no_token_behind() {
    for backend in backends() {
        let visit = Visit::new(backend).await;
        let (token, _) = visit.site.world.link(&visit.debtor, &visit.contact).await;
        let browser = visit.site.browser();
        let landing = browser.get(&format!("/l/{token}")).await;
        landing.shows(200, &["Société C-1042", "Fournisseur boreal"]);
        assert_eq!(landing.header("set-cookie"), "");
        browser.get("/account").await.shows(403, &["session"]);
        let opened = browser.submit(&landing.form(0)).await;
        assert_eq!((opened.status, opened.location()), (303, "/account"));
        let cookie = opened.header("set-cookie").to_owned();
        assert!(cookie.starts_with("acquit="), "{cookie}");
        for part in ["HttpOnly", "SameSite=Lax", "Path=/"] {
            assert!(cookie.contains(part), "{part}: {cookie}");
        }
        let account = browser.get("/account").await;
        account.shows(200, &["7\u{202f}160,00\u{a0}€", "FA-1", "FA-3"]);
        assert!(!account.text.contains(&token.to_string()));
        let _ = now();
    }
}
