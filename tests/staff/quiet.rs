//! When a supplier writes, pauses, and insolvency, as the staff sets them.

use super::reminders::{Desk, LIST};
use super::*;

#[actix_web::test]
async fn the_days_and_hours_are_set_within_reason() {
    for backend in backends() {
        let desk = Desk::new(backend, 100_000, "2026-11-02").await;
        let rhythm = |first: &'static str| {
            [
                ("days", "1"),
                ("days", "2"),
                ("first_hour", first),
                ("closing_hour", "12"),
                ("gap_days", "3"),
                ("daily_max", "2"),
                ("notice_days", "0"),
            ]
        };
        for first in ["13", "tôt"] {
            let wrong = desk.post(LIST, "rhythm", &rhythm(first)).await;
            assert_eq!(wrong.status, 422, "{backend} {first}");
        }
        let set = desk.post(LIST, "rhythm", &rhythm("9")).await;
        assert_eq!(set.status, 303, "{backend}");
        let kept = "SELECT business_days || ' ' || first_hour || ' ' || closing_hour || ' '
            || message_gap_days || ' ' || mailbox_daily_max || ' ' || promise_notice_days AS value
            FROM supplier JOIN rhythm ON supplier_id = id";
        assert_eq!(desk.rows(kept), ["6 9 12 3 2 0"], "{backend}");
    }
}

#[actix_web::test]
async fn a_pause_of_all_is_made_once_and_ended() {
    for backend in backends() {
        let desk = Desk::new(backend, 100_000, "2026-11-02").await;
        let key = desk.key(LIST).await;
        let pause = async |note: &str, until: &str| {
            let fields = [
                ("key", key.as_str()),
                ("reason", "other"),
                ("note", note),
                ("until", until),
            ];
            desk.post(LIST, "pause", &fields).await
        };
        for (note, until, field) in [
            ("", "2026-12-24", "#note"),
            ("inventaire", "", "#until"),
            ("inventaire", "2020-01-01", "#until"),
        ] {
            let wrong = pause(note, until).await;
            assert_eq!(wrong.status, 422, "{backend} {field}");
            wrong.shows(&[&format!("href=\"{field}\"")]);
        }
        for _ in 0..2 {
            let done = pause("inventaire", "2026-12-24").await;
            assert_eq!(done.status, 303, "{backend}: posted twice");
        }
        let page = desk.browser.get(LIST).await;
        page.shows(&[
            "Toutes les relances sont suspendues",
            "inventaire",
            "24/12/2026",
        ]);
        assert_eq!(page.text.matches("inventaire").count(), 1, "made once");
        let pause = page.field("pause");
        let ended = desk.post(LIST, "resume", &[("pause", &pause)]).await;
        assert_eq!(ended.status, 303, "{backend}");
        let page = desk.browser.get(LIST).await;
        assert!(!page.text.contains("sont suspendues"), "{backend}");
    }
}

#[actix_web::test]
async fn an_invoice_is_paused_and_goes_on() {
    for backend in backends() {
        let desk = Desk::new(backend, 100_000, "2026-11-02").await;
        let customer = format!("/staff/boreal/debtors/{}", desk.debtor.id);
        let path = format!("{customer}/reminders");
        desk.browser.get(&customer).await.shows(&[&path]);
        let (key, of) = (desk.key(&path).await, desk.invoice.id.to_string());
        let pause = [
            ("key", key.as_str()),
            ("kind", "pause"),
            ("invoice", of.as_str()),
            ("reason", "talks"),
            ("until", "2026-12-24"),
        ];
        assert_eq!(desk.post(&path, "pause", &pause).await.status, 303);
        let page = desk.browser.get(&path).await;
        page.shows(&[
            "Discussion en cours",
            "FA-1",
            "facture en pause",
            "24/12/2026",
        ]);
        let said = desk.browser.get(&customer).await;
        said.shows(&["facture en pause"]);
        assert_eq!(desk.planned().await.messages, 0, "{backend}");
        let pause = page.field("pause");
        let ended = desk.post(&path, "resume", &[("pause", &pause)]).await;
        assert_eq!(ended.status, 303, "{backend}");
        assert_eq!(desk.planned().await.messages, 1, "{backend}");
        let trail = "SELECT action AS value FROM audit WHERE action LIKE 'pause.%' ORDER BY id";
        assert_eq!(
            desk.rows(trail),
            ["pause.begun", "pause.ended"],
            "{backend}"
        );
    }
}

#[actix_web::test]
async fn insolvency_is_noted_and_taken_back_and_a_profile_is_set() {
    for backend in backends() {
        let desk = Desk::new(backend, 100_000, "2026-11-02").await;
        let path = format!("/staff/boreal/debtors/{}/reminders", desk.debtor.id);
        let opened = |judged: &'static str| {
            [
                ("proceedings", "liquidation"),
                ("judged_on", judged),
                ("published_on", "2026-11-19"),
            ]
        };
        let future = desk.post(&path, "insolvency", &opened("2030-01-01")).await;
        assert_eq!(future.status, 422, "{backend}");
        future.shows(&["href=\"#judged_on\""]);
        let noted = desk.post(&path, "insolvency", &opened("2026-11-10")).await;
        assert_eq!(noted.status, 303, "{backend}");
        desk.browser.get(&path).await.shows(&[
            "Liquidation judiciaire",
            "19/01/2027",
            "procédure collective",
        ]);
        assert_eq!(desk.planned().await.messages, 0, "{backend}");
        let over = desk.post(&path, "insolvency", &[("proceedings", "")]).await;
        assert_eq!(over.status, 303, "{backend}");
        let profile = desk.post(&path, "profile", &[("profile", "public")]).await;
        assert_eq!(profile.status, 303, "{backend}");
        desk.browser.get(&path).await.shows(&["Secteur public"]);
        assert_eq!(desk.planned().await.messages, 1, "{backend}");
        let trail = "SELECT action AS value FROM audit
            WHERE action IN ('insolvency.noted', 'debtor.profile') ORDER BY id";
        let expected = ["insolvency.noted", "insolvency.noted", "debtor.profile"];
        assert_eq!(desk.rows(trail), expected, "{backend}");
    }
}
