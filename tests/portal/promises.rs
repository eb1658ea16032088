//! The page of a promise: its transfer, its day for a calendar, changing it and taking it back.

use acquit::flows::promise::{Pledge, Way, make_by};
use domain::Money;
use domain::invoice::Share;
use domain::mandate::Usage;

use super::{Page, Visit, everywhere};

/// Promises 1,000.00 of the first invoice by transfer.
async fn promised(visit: &Visit) -> Page {
    let form = visit.get(&visit.chosen("/promise", &[0])).await.form(0);
    assert_eq!(form.value("way"), "transfer");
    let form = form
        .with(&visit.amount_of(0), "1000")
        .with("day", "2026-11-30");
    let check = visit.submit(&form.step("check")).await;
    check.shows(200, &["Virement", "1\u{202f}000,00"]);
    let sent = visit.submit(&check.form(0).step("confirm")).await;
    visit.browser.follow(&sent).await
}

#[actix_web::test]
async fn a_promise_by_transfer_gives_the_reference_and_the_day() {
    everywhere(|visit| async move {
        let page = promised(&visit).await;
        page.shows(200, &["FR76 3000 6000", "RF", "<svg", "calendar.ics"]);
        let address = page.text.split("href=\"/promises/").nth(1).unwrap();
        let address = format!("/promises/{}", address.split('"').next().unwrap());
        let file = visit.get(&address).await;
        assert_eq!(file.status, 200);
        assert!(file.header("content-type").starts_with("text/calendar"));
        assert!(
            file.header("content-disposition")
                .contains("2026-11-30.ics")
        );
        for line in ["METHOD:PUBLISH\r\n", "DTSTART;VALUE=DATE:20261130\r\n"] {
            assert!(file.text.contains(line), "{}", file.text);
        }
        assert!(!file.text.contains("FR76"), "no IBAN outside the portal");
        let account = visit.get("/account").await;
        account.shows(200, &["Voir l’engagement"]);
    })
    .await;
}

#[actix_web::test]
async fn a_promise_is_changed_by_another_that_takes_its_place() {
    everywhere(|visit| async move {
        let page = promised(&visit).await;
        let change = page.text.split("href=\"/promise?").nth(1).unwrap();
        let change = change.split('"').next().unwrap().replace("&amp;", "&");
        let form = visit.get(&format!("/promise?{change}")).await.form(0);
        assert_eq!(form.value(&visit.amount_of(0)), "1000,00");
        assert_eq!(form.value("day"), "2026-11-30");
        let form = form.with("day", "2026-12-04").with("way", "other");
        let check = visit.submit(&form.step("check")).await;
        let sent = visit.submit(&check.form(0).step("confirm")).await;
        let page = visit.browser.follow(&sent).await;
        page.shows(200, &["04/12/2026", "Autrement"]);
        assert!(!page.text.contains("FR76"));
        let promises = visit.rows("promise");
        assert!(promises.contains("superseded") && promises.contains("made"));
        assert!(visit.rows("payment").contains("cancelled"));
    })
    .await;
}

/// The link of a promise's page to its change.
async fn change(visit: &Visit, page: &Page) -> Page {
    let change = page.text.split("href=\"/promise?").nth(1).unwrap();
    let change = change.split('"').next().unwrap().replace("&amp;", "&");
    visit.get(&format!("/promise?{change}")).await
}

#[actix_web::test]
async fn a_promise_by_debit_is_changed_in_day_and_amount_until_the_bank_has_it() {
    for usage in [Usage::Recurring, Usage::OneOff] {
        everywhere(|visit| async move {
            let app = &visit.site.world.app;
            let (_, visitor) = visit.site.world.link(&visit.debtor, &visit.contact).await;
            super::debits::sign(app, visitor, usage).await;
            let form = visit.get(&visit.chosen("/promise", &[0])).await.form(0);
            let form = form.with("way", "debit").with("day", "2026-12-01");
            let check = visit.submit(&form.step("check")).await;
            let sent = visit.submit(&check.form(0).step("confirm")).await;
            let page = visit.browser.follow(&sent).await;
            page.shows(200, &["Prélèvement", "01/12/2026", "4\u{202f}660,00"]);
            let form = change(&visit, &page).await.form(0);
            assert_eq!(form.value(&visit.amount_of(0)), "4660,00", "its own amount");
            assert_eq!(
                (form.value("way"), form.value("day")),
                ("debit", "2026-12-01")
            );
            let much = form.clone().with(&visit.amount_of(0), "4660,01");
            let much = visit.submit(&much.step("check")).await;
            much.shows(422, &["4\u{202f}660,00"]);
            let form = form
                .with("day", "2026-12-04")
                .with(&visit.amount_of(0), "1000");
            let check = visit.submit(&form.step("check")).await;
            let confirm = check.form(0).step("confirm");
            let sent = visit.submit(&confirm).await;
            assert_eq!(visit.submit(&confirm).await.location(), sent.location());
            let page = visit.browser.follow(&sent).await;
            page.shows(200, &["04/12/2026", "1\u{202f}000,00", "Prélèvement"]);
            let debits = visit.rows("collection");
            assert_eq!(debits.matches("cancelled").count(), 1, "{usage}");
            assert_eq!(debits.matches("planned").count(), 1, "{usage}");
            let mut conn = visit.site.world.conn();
            let held = "SELECT CAST(SUM(reserved) AS TEXT) AS value FROM invoice";
            assert_eq!(conn.read_sql(held).unwrap(), ["100000"], "each euro once");
            acquit::flows::deliver::run(app).await.unwrap();
            let job = acquit::flows::Actor::job("test");
            let file = acquit::flows::collect::run(app, visit.supplier.id, job);
            assert_eq!(file.await.unwrap().unwrap().batch.debits, 1);
            let page = visit.get(sent.location()).await;
            assert!(!page.text.contains("href=\"/promise?"), "the bank has it");
        })
        .await;
    }
}

#[actix_web::test]
async fn a_promise_is_taken_back_after_a_check() {
    everywhere(|visit| async move {
        let form = promised(&visit).await.form(0);
        let check = visit.submit(&form.step("check")).await;
        check.shows(200, &["Les relances de ces factures reprendront"]);
        assert!(visit.rows("promise").contains("made"));
        let confirm = check.form(0).step("confirm");
        for _ in 0..2 {
            let sent = visit.submit(&confirm).await;
            visit
                .browser
                .follow(&sent)
                .await
                .shows(200, &["Vous avez annulé"]);
        }
        visit.get("/account").await.shows(200, &["7\u{202f}160,00"]);
    })
    .await;
}

#[actix_web::test]
async fn an_unknown_way_to_pay_is_another_way() {
    everywhere(|visit| async move {
        let (_, visitor) = visit.site.world.link(&visit.debtor, &visit.contact).await;
        let pledge = Pledge {
            shares: vec![Share {
                invoice: visit.invoices[0].id,
                amount: Money::eur(100),
            }],
            due_on: "2026-11-30".parse().unwrap(),
            key: "k".into(),
        };
        let app = &visit.site.world.app;
        let id = make_by(app, visitor, pledge, Way::Untold, None)
            .await
            .unwrap();
        let page = visit.get(&format!("/promises/{id}")).await;
        page.shows(200, &["Autrement", "30/11/2026"]);
        let form = visit.get(&visit.chosen("/promise", &[1])).await.form(0);
        let form = form.with("day", "2026-11-30").with("way", "debit");
        let check = visit.submit(&form.step("check")).await;
        check.shows(200, &["Autrement"]);
    })
    .await;
}
