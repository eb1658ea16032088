//! Disputes and promises: form, check, receipt; what is wrong is said and what was typed is kept.

use super::{Visit, everywhere};
use crate::support::html::Form;

async fn dispute_form(visit: &Visit, place: usize) -> Form {
    let path = format!("/invoices/{}/dispute", visit.invoices[place].id);
    let page = visit.get(&path).await;
    page.shows(200, &["Qu’est-ce qui bloque"]);
    page.form(0)
}

#[actix_web::test]
async fn a_dispute_is_checked_then_recorded_once() {
    everywhere(|visit| async move {
        let form = dispute_form(&visit, 0).await;
        let form = form
            .with("reason", "missing_items")
            .with("scope", "part")
            .with("amount", "1 000,50")
            .with("text", "Deux palettes\r\nmanquent.\u{0}");
        let check = visit.submit(&form.step("check")).await;
        check.shows(
            200,
            &[
                "1\u{202f}000,50\u{a0}€",
                "Deux palettes\nmanquent.",
                "27/11/2026",
            ],
        );
        assert_eq!(
            visit.count("dispute"),
            0,
            "nothing counts before the confirmation"
        );
        let form = check.form(0);
        let edit = visit.submit(&form.clone().step("edit")).await;
        edit.shows(200, &["value=\"1 000,50\"", "manquent."]);
        let confirm = form.step("confirm");
        let (one, two) =
            futures_util::future::join(visit.submit(&confirm), visit.submit(&confirm)).await;
        for receipt in [one, two, visit.submit(&confirm).await] {
            receipt.shows(200, &["1\u{202f}000,50\u{a0}€", "27/11/2026", "manquent."]);
        }
        assert_eq!(visit.count("dispute"), 1);
        assert_eq!(visit.count("message"), 1);
        let invoice = visit
            .get(&format!("/invoices/{}", visit.invoices[0].id))
            .await;
        invoice.shows(200, &["Problème signalé", "3\u{202f}659,50\u{a0}€"]);
        let account = visit.get("/account").await;
        account.shows(200, &["6\u{202f}159,50\u{a0}€"]);
    })
    .await;
}

#[actix_web::test]
async fn a_bad_dispute_comes_back_with_what_was_typed() {
    everywhere(|visit| async move {
        let form = dispute_form(&visit, 0).await.step("check");
        let nothing = visit.submit(&form).await;
        nothing.shows(
            422,
            &["Erreur", "Indiquez ce qui bloque", "href=\"#reason\""],
        );
        let part = form.with("scope", "part").with("reason", "price");
        for (amount, words) in [
            ("douze", "Écrivez le montant en chiffres"),
            ("", "Indiquez un montant"),
            ("-3", "supérieur à zéro"),
            ("4660,01", "au plus 4\u{202f}660,00\u{a0}€"),
        ] {
            let page = visit.submit(&part.clone().with("amount", amount)).await;
            page.shows(422, &[words, "href=\"#amount\""]);
            assert_eq!(page.form(0).value("amount"), amount);
            assert_eq!(page.form(0).value("reason"), "price");
        }
        let other = part.with("scope", "whole").with("reason", "other");
        visit.submit(&other).await.shows(422, &["href=\"#text\""]);
        let long = other.with("text", &"é".repeat(2001));
        visit
            .submit(&long)
            .await
            .shows(422, &["2000 caractères", "ééé"]);
        assert_eq!(visit.count("dispute"), 0);
    })
    .await;
}

async fn promise_form(visit: &Visit, places: &[usize]) -> Form {
    let page = visit.get(&visit.chosen("/promise", places)).await;
    page.shows(200, &["FA-1"]);
    page.form(0)
}

#[actix_web::test]
async fn a_promise_is_checked_then_recorded_once() {
    everywhere(|visit| async move {
        let form = promise_form(&visit, &[0, 1]).await;
        assert_eq!(form.value(&visit.amount_of(0)), "4660,00");
        let form = form
            .with(&visit.amount_of(1), "500")
            .with("day", "30/11/2026");
        let check = visit.submit(&form.step("check")).await;
        check.shows(200, &["5\u{202f}160,00\u{a0}€", "30/11/2026", "FA-1, FA-2"]);
        assert_eq!(visit.count("promise"), 0);
        let confirm = check.form(0).step("confirm");
        let first = visit.submit(&confirm).await;
        let page = visit.browser.follow(&first).await;
        page.shows(200, &["5\u{202f}160,00\u{a0}€", "FA-1, FA-2", "RF"]);
        assert_eq!(visit.submit(&confirm).await.location(), first.location());
        assert_eq!(visit.count("payment"), 1, "a transfer is expected");
        assert_eq!(
            (visit.count("promise"), visit.count("promise_share")),
            (1, 2)
        );
        let account = visit.get("/account").await;
        account.shows(200, &["pour le 30/11/2026", "2\u{202f}000,00\u{a0}€"]);
    })
    .await;
}

#[actix_web::test]
async fn a_bad_promise_comes_back_with_what_was_typed() {
    everywhere(|visit| async move {
        let form = promise_form(&visit, &[0]).await.step("check");
        for (day, words) in [
            ("demain", "Écrivez la date"),
            ("2026-11-20", "entre le 21/11/2026 et le 20/12/2026"),
            ("2026-12-21", "entre le 21/11/2026 et le 20/12/2026"),
        ] {
            let page = visit.submit(&form.clone().with("day", day)).await;
            page.shows(422, &[words, "href=\"#day\""]);
            assert_eq!(page.form(0).value("day"), day);
        }
        let amount = visit.amount_of(0);
        let page = form.with("day", "2026-11-30").with(&amount, "99999");
        let page = visit.submit(&page).await;
        page.shows(
            422,
            &[
                "au plus 4\u{202f}660,00\u{a0}€",
                &format!("href=\"#{amount}\""),
            ],
        );
        assert_eq!(page.form(0).value(&amount), "99999");
        assert_eq!(visit.count("promise"), 0);
    })
    .await;
}

#[actix_web::test]
async fn the_account_names_the_way_to_a_report_and_a_lost_page_leads_back() {
    everywhere(|visit| async move {
        let which = visit.get("/account").await;
        which.shows(200, &["Signaler un problème\u{a0}: choisir la facture"]);
        let whole = dispute_form(&visit, 0).await.with("reason", "price");
        let check = visit.submit(&whole.step("check")).await;
        visit.submit(&check.form(0).step("confirm")).await;
        // One is left: the button leads to its form at once.
        let form = format!("/invoices/{}/dispute", visit.invoices[1].id);
        let only = format!("<a class=\"button quiet\" href=\"{form}\">");
        let account = visit.get("/account").await;
        account.shows(200, &[&only, "sont comptés à part"]);
        let part = visit.get(&form).await;
        part.shows(
            200,
            &[
                "Montant concerné, TTC",
                "Au plus 2\u{202f}500,00\u{a0}€",
                "(facultatif, sauf",
            ],
        );
        let lost = visit.get("/nowhere").await;
        lost.shows(404, &["href=\"/account\"", "Retour à votre compte"]);
    })
    .await;
}
