//! Who gets in, for how long, and who does not.

use super::*;
use crate::support::staff_site::PASSWORD;

#[actix_web::test]
async fn the_right_password_opens_a_session_and_signing_out_ends_it() {
    for backend in backends() {
        let site = StaffSite::open(backend, morning());
        let boreal = site.world.supplier("boreal").await;
        site.user("compta@boreal.example", &boreal, StaffRole::Admin)
            .await;
        let browser = site.browser();
        let away = browser.get("/staff").await;
        assert_eq!((away.status, away.to()), (303, "/staff/sign-in"));

        let answer = browser.sign_in(" Compta@Boreal.example ", PASSWORD).await;
        assert_eq!((answer.status, answer.to()), (303, "/staff"));
        let cookie = answer.header("set-cookie");
        for part in [
            "acquit-staff=",
            "HttpOnly",
            "SameSite=Lax",
            "Path=/",
            "Max-Age=43200",
        ] {
            assert!(cookie.contains(part), "{part}: {cookie}");
        }
        let today = browser.get("/staff").await;
        today.shows(&["Comptabilité", "Fournisseur boreal"]);
        assert!(
            today
                .header("content-security-policy")
                .contains("frame-ancestors 'none'")
        );

        let csrf = today.csrf();
        let left = browser.post("/staff/sign-out", &[("csrf", &csrf)]).await;
        assert_eq!((left.status, left.to()), (303, "/staff/sign-in"));
        assert_eq!(browser.get("/staff").await.status, 303);
    }
}

#[actix_web::test]
async fn a_wrong_mailbox_and_a_wrong_password_look_alike() {
    for backend in backends() {
        let site = StaffSite::open(backend, morning());
        let boreal = site.world.supplier("boreal").await;
        site.user("compta@boreal.example", &boreal, StaffRole::Admin)
            .await;
        let mut pages = Vec::new();
        for (email, password) in [
            ("compta@boreal.example", "wrong horse battery"),
            ("nobody@boreal.example", PASSWORD),
        ] {
            let page = site.browser().sign_in(email, password).await;
            assert_eq!(page.status, 422, "{}", page.text);
            page.shows(&[email, "n’est pas le bon"]);
            assert!(!page.text.contains(password));
            let csrf = page.csrf();
            pages.push(page.text.replace(email, "…").replace(&csrf, "…"));
        }
        assert_eq!(pages[0], pages[1]);
    }
}

#[actix_web::test]
async fn ten_wrong_tries_a_minute_are_enough() {
    for backend in backends() {
        let site = StaffSite::open(backend, morning());
        let boreal = site.world.supplier("boreal").await;
        site.user("compta@boreal.example", &boreal, StaffRole::Admin)
            .await;
        let browser = site.browser();
        for _ in 0..10 {
            let page = browser.sign_in("compta@boreal.example", "wrong").await;
            assert_eq!(page.status, 422);
        }
        let page = browser.sign_in("compta@boreal.example", PASSWORD).await;
        assert_eq!(
            page.status, 429,
            "even the right one, for the rest of the minute"
        );
        site.world.go_to(morning().plus_minutes(1));
        let page = browser.sign_in("compta@boreal.example", PASSWORD).await;
        assert_eq!(page.status, 303);
    }
}

#[actix_web::test]
async fn a_session_ends_after_twelve_hours_or_with_the_users_epoch() {
    for backend in backends() {
        let site = StaffSite::open(backend, morning());
        let boreal = site.world.supplier("boreal").await;
        let browser = site
            .enter("compta@boreal.example", &boreal, StaffRole::Admin)
            .await;
        site.world.go_to(morning().plus_minutes(12 * 60 - 1));
        assert_eq!(browser.get("/staff").await.status, 200);
        site.world.go_to(morning().plus_minutes(12 * 60));
        assert_eq!(browser.get("/staff").await.status, 303);
        site.world.go_to(morning());
        assert_eq!(browser.get("/staff").await.status, 200);
        let raise = "UPDATE staff_user SET epoch = epoch + 1";
        site.world.conn().run_sql(raise).unwrap();
        assert_eq!(browser.get("/staff").await.status, 303);
    }
}

#[actix_web::test]
async fn what_another_site_posts_is_refused() {
    for backend in backends() {
        let site = StaffSite::open(backend, morning());
        let boreal = site.world.supplier("boreal").await;
        let browser = site
            .enter("compta@boreal.example", &boreal, StaffRole::Admin)
            .await;
        let own = csrf(&browser).await;
        let other = site
            .enter("direction@boreal.example", &boreal, StaffRole::Admin)
            .await;
        let foreign = csrf(&other).await;
        let out = "/staff/sign-out";
        for fields in [vec![], vec![("csrf", "")], vec![("csrf", foreign.as_str())]] {
            let page = browser.post(out, &fields).await;
            assert_eq!(page.status, 403, "{fields:?}");
        }
        for origin in [None, Some("https://evil.example")] {
            let page = browser.post_from(origin, out, &[("csrf", &own)]).await;
            assert_eq!(page.status, 403, "{origin:?}");
        }
        assert_eq!(browser.get("/staff").await.status, 200, "still signed in");
        // The sign-in form belongs to the browser that was given it.
        let form = site.browser().get("/staff/sign-in").await.csrf();
        let fields = [
            ("csrf", form.as_str()),
            ("email", "a@b.example"),
            ("password", "p"),
        ];
        assert_eq!(
            site.browser().post("/staff/sign-in", &fields).await.status,
            403
        );
    }
}
