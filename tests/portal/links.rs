//! Signed links: inert until *Continue*, and dead ones all alike.

use domain::Moment;

use super::{Page, everywhere, now};
use crate::support::site::Browser;
use crate::support::world::paris;

#[actix_web::test]
async fn a_link_opens_the_account_and_leaves_no_token_behind() {
    everywhere(|visit| async move {
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
        let account = browser.follow(&opened).await;
        account.shows(200, &["7\u{202f}160,00\u{a0}€", "FA-1", "FA-3"]);
        assert!(!account.text.contains(&token.to_string()));
    })
    .await;
}

/// Everything of an answer that a stranger can tell apart, but for the token it asked with.
fn seen(page: &Page, token: &str) -> (u16, Vec<String>, String) {
    let headers = page.headers.iter().filter(|(name, _)| *name != "date");
    let mut headers: Vec<String> = headers.map(|header| format!("{header:?}")).collect();
    headers.sort();
    (page.status, headers, page.text.replace(token, "TOKEN"))
}

#[actix_web::test]
async fn forged_expired_and_revoked_links_look_the_same() {
    everywhere(|visit| async move {
        let world = &visit.site.world;
        let (live, _) = world.link(&visit.debtor, &visit.contact).await;
        let (revoked, visitor) = world.link(&visit.debtor, &visit.contact).await;
        let sql = format!(
            "UPDATE link SET revoked_at = 1 WHERE id = '{}'",
            visitor.link
        );
        world.conn().run_sql(&sql).unwrap();
        let forged = live.to_string().replace(|c: char| c.is_ascii_digit(), "_");
        let unknown = world.app.links.mint([9; 16]).to_string();
        let browser = visit.site.browser();
        let mut answers = Vec::new();
        for token in [&forged, &unknown, &revoked.to_string(), &live.to_string()] {
            if *token == live.to_string() {
                world.go_to(now().plus_days(90));
            }
            let path = format!("/l/{token}");
            let page = browser.get(&path).await;
            page.shows(404, &["Ce lien a expiré"]);
            answers.push(seen(&page, token));
            answers.push(seen(
                &Page::of(browser.request(reqwest::Method::POST, &path)).await,
                token,
            ));
        }
        assert!(
            answers.windows(2).all(|pair| pair[0] == pair[1]),
            "{answers:#?}"
        );
    })
    .await;
}

#[actix_web::test]
async fn a_fresh_link_goes_to_the_contact_and_the_answer_says_nothing() {
    everywhere(|visit| async move {
        let world = &visit.site.world;
        let (token, _) = world.link(&visit.debtor, &visit.contact).await;
        world.go_to(now().plus_days(91));
        let browser = visit.site.browser();
        let ask = async |token: &str| {
            let expired = browser.get(&format!("/l/{token}")).await;
            let answer = browser.submit(&expired.form(0)).await;
            answer.shows(200, &["Demande reçue"]);
            answer.text
        };
        let unknown = ask(&world.app.links.mint([9; 16]).to_string()).await;
        assert_eq!(visit.count("message"), 0);
        let known = ask(&token.to_string()).await;
        assert_eq!(known, ask(&token.to_string()).await);
        assert_eq!(known, unknown);
        assert_eq!(visit.count("message"), 1, "at most one an hour");
        assert!(visit.rows("message").contains("fresh_link"));
    })
    .await;
}

async fn guess(browser: &Browser, token: &str) -> u16 {
    browser.get(&format!("/l/{token}")).await.status
}

#[actix_web::test]
async fn guesses_are_counted_and_real_links_still_open() {
    everywhere(|visit| async move {
        let browser = visit.site.browser();
        let forged = "a".repeat(33);
        for _ in 0..10 {
            assert_eq!(guess(&browser, &forged).await, 404);
        }
        assert_eq!(guess(&browser, &forged).await, 429);
        let (token, _) = visit.site.world.link(&visit.debtor, &visit.contact).await;
        for _ in 0..60 {
            assert_eq!(guess(&browser, &token.to_string()).await, 200);
        }
        assert_eq!(guess(&browser, &token.to_string()).await, 429);
        visit.site.world.go_to(now().plus_minutes(1));
        assert_eq!(guess(&browser, &forged).await, 404);
        assert_eq!(guess(&browser, &token.to_string()).await, 200);
    })
    .await;
}

#[actix_web::test]
async fn a_session_ends_when_idle_when_old_and_with_its_link() {
    everywhere(|visit| async move {
        let world = &visit.site.world;
        let is_open = async |at: Moment| {
            world.go_to(at);
            visit.get("/account").await.status == 200
        };
        assert!(is_open(now().plus_minutes(29)).await);
        assert!(
            is_open(now().plus_minutes(58)).await,
            "kept by the visit before"
        );
        assert!(!is_open(now().plus_minutes(88)).await, "30 idle minutes");
        let browser = visit.site.enter(&visit.debtor, &visit.contact).await;
        let begun = world.app.now();
        for minutes in (25..8 * 60).step_by(25) {
            world.go_to(begun.plus_minutes(minutes));
            assert_eq!(browser.get("/account").await.status, 200, "{minutes}");
        }
        world.go_to(begun.plus_minutes(8 * 60));
        assert_eq!(browser.get("/account").await.status, 403, "8 hours");
        world.go_to(paris("2026-11-24", 9));
        let browser = visit.site.enter(&visit.debtor, &visit.contact).await;
        assert_eq!(browser.get("/account").await.status, 200);
        world
            .conn()
            .run_sql("UPDATE link SET revoked_at = 1")
            .unwrap();
        assert_eq!(browser.get("/account").await.status, 403, "taken back");
    })
    .await;
}
