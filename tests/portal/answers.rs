//! What every answer carries: headers, a policy that fits its page, and little weight.

use base64::Engine;
use reqwest::Method;
use sha2::{Digest, Sha256};

use super::{Page, everywhere, now};
use crate::support::databases::backends;
use crate::support::log;
use crate::support::site::Site;
use crate::support::world::Ways;

/// A debtor's page at most, as it travels.
const PAGE_MAX: usize = 10 * 1024;

#[actix_web::test]
async fn headers_are_on_every_answer_and_the_policy_fits_the_page() {
    everywhere(|visit| async move {
        let missing = visit.site.browser().get("/nowhere").await;
        missing.shows(404, &["Cette page n’existe pas", "Numéro d’incident"]);
        let account = visit.get("/account").await;
        for page in [&account, &missing, &visit.get("/livez").await] {
            for (name, value) in [
                ("referrer-policy", "no-referrer"),
                ("cache-control", "no-store"),
                ("x-content-type-options", "nosniff"),
                ("x-robots-tag", "noindex"),
                ("cross-origin-opener-policy", "same-origin"),
            ] {
                assert_eq!(page.header(name), value);
            }
            assert!(
                page.header("content-security-policy")
                    .contains("default-src 'none'")
            );
        }
        for page in [&account, &missing] {
            let style = page.text.split("<style>").nth(1).unwrap();
            let style = style.split("</style>").next().unwrap();
            let hash = base64::engine::general_purpose::STANDARD.encode(Sha256::digest(style));
            let policy = page.header("content-security-policy");
            assert!(policy.contains(&format!("'sha256-{hash}'")), "{policy}");
        }
    })
    .await;
}

#[actix_web::test]
async fn what_cannot_be_read_gets_a_page_that_says_so() {
    everywhere(|visit| async move {
        let post = |path: &str, body: String| {
            let request = visit.browser.request(Method::POST, path);
            let kind = "application/x-www-form-urlencoded";
            Page::of(request.header("content-type", kind).body(body))
        };
        let huge = format!("text={}", "x".repeat(70_000));
        post("/pay", huge)
            .await
            .shows(413, &["trop volumineux", "boreal"]);
        post("/account", String::new())
            .await
            .shows(405, &["n’existe pas"]);
        let json = visit.browser.request(Method::POST, "/pay").body("{}");
        Page::of(json)
            .await
            .shows(415, &["n’a pas pu être lue", "boreal"]);
        let english = visit.site.browser().request(Method::GET, "/nowhere");
        let english = english.header("accept-language", "de, en-GB;q=0.8, fr;q=0.1");
        Page::of(english)
            .await
            .shows(404, &["This page does not exist"]);
    })
    .await;
}

#[actix_web::test]
async fn the_account_page_is_light() {
    everywhere(|visit| async move {
        for place in 0..17 {
            let number = format!("FA-2026-{place:04}");
            let cents = 12_345 + 678 * place;
            visit
                .site
                .world
                .invoice(&visit.debtor, &number, cents, "2026-11-02")
                .await;
        }
        let request = visit.browser.request(Method::GET, "/account");
        let answer = request
            .header("accept-encoding", "gzip")
            .send()
            .await
            .unwrap();
        assert_eq!(answer.headers()["content-encoding"], "gzip");
        let weight = answer.bytes().await.unwrap().len();
        println!("the account page of 20 invoices: {weight} bytes");
        assert!((1_000..=PAGE_MAX).contains(&weight), "{weight}");
    })
    .await;
}

#[actix_web::test]
async fn over_https_cookies_and_headers_say_so() {
    for backend in backends() {
        let site = Site::with(backend, now(), |_| {
            let origin = "https://portail.example".to_owned();
            (
                Ways {
                    origin,
                    ..Ways::default()
                },
                None,
            )
        });
        let supplier = site.world.supplier("boreal").await;
        let (debtor, contact) = site.world.debtor(&supplier, "C-1").await;
        let (token, _) = site.world.link(&debtor, &contact).await;
        let browser = site.browser();
        let landing = browser.get(&format!("/l/{token}")).await;
        let opened = browser.submit(&landing.form(0)).await;
        let cookie = opened.header("set-cookie");
        assert!(cookie.starts_with("__Host-acquit="), "{cookie}");
        assert!(cookie.contains("; Secure"), "{cookie}");
        assert!(
            opened
                .header("strict-transport-security")
                .contains("max-age=31536000")
        );
    }
}

#[actix_web::test]
async fn the_log_names_routes_and_no_token() {
    everywhere(|visit| async move {
        let (token, _) = visit.site.world.link(&visit.debtor, &visit.contact).await;
        let browser = visit.site.browser();
        let landing = browser.get(&format!("/l/{token}")).await;
        let opened = browser.submit(&landing.form(0)).await;
        let cookie = opened
            .header("set-cookie")
            .split(['=', ';'])
            .nth(1)
            .unwrap()
            .to_owned();
        let fault = visit.get("/nowhere").await;
        let incident = fault.text.split("class=\"num\">").nth(1).unwrap();
        let log = log::text();
        assert!(log.contains("route=\"/l/{token}\" status=200"), "{log}");
        assert!(log.contains(incident.split('<').next().unwrap()));
        assert!(!log.contains(&token.to_string()) && !log.contains(&cookie));
    })
    .await;
}
