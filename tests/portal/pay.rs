//! The payment form: what the button names is what is paid.

use domain::Money;

use super::{Visit, everywhere};
use crate::support::html::Form;

async fn pay_form(visit: &Visit, places: &[usize]) -> Form {
    let page = visit.get(&visit.chosen("/pay", places)).await;
    assert_eq!(page.status, 200, "{}", page.words());
    page.form(0)
}

#[actix_web::test]
async fn the_account_leads_to_a_form_of_the_same_sum() {
    everywhere(|visit| async move {
        let account = visit.get("/account").await;
        account.shows(200, &["Payer 7\u{202f}160,00\u{a0}€"]);
        let ticked = account.form(0);
        assert_eq!(ticked.fields.len(), 2, "the late ones are ticked");
        let form = visit.submit(&ticked).await;
        form.shows(
            200,
            &[
                "Payer 7\u{202f}160,00\u{a0}€",
                "name=\"total\" value=\"716000\"",
            ],
        );
        let nothing = visit.get("/pay").await;
        nothing.shows(422, &["Cochez au moins une facture", "href=\"#items\""]);
    })
    .await;
}

#[actix_web::test]
async fn another_sum_than_the_button_named_is_shown_before_it_is_paid() {
    everywhere(|visit| async move {
        let form = pay_form(&visit, &[0, 1]).await.with("method", "transfer");
        let form = form.with(&visit.amount_of(0), "1 000").step("pay");
        let again = visit.submit(&form).await;
        again.shows(200, &["Payer 3\u{202f}500,00\u{a0}€", "value=\"1 000\""]);
        assert_eq!(visit.count("payment"), 0);
        let recount = visit.submit(&form.clone().step("recount")).await;
        recount.shows(200, &["Payer 3\u{202f}500,00\u{a0}€"]);
        let wrong = visit.submit(&form.with(&visit.amount_of(0), "mille")).await;
        wrong.shows(422, &["Écrivez le montant en chiffres", "value=\"mille\""]);
        let none = pay_form(&visit, &[0]).await.without("method").step("pay");
        visit
            .submit(&none)
            .await
            .shows(422, &["Choisissez un moyen", "href=\"#method\""]);
        let paid = visit.submit(&again.form(0).step("pay")).await;
        visit
            .browser
            .follow(&paid)
            .await
            .shows(200, &["3\u{202f}500,00\u{a0}€"]);
        assert_eq!(visit.count("payment"), 1);
    })
    .await;
}

#[actix_web::test]
async fn a_transfer_gets_account_reference_and_code() {
    everywhere(|visit| async move {
        let form = pay_form(&visit, &[0])
            .await
            .with("method", "transfer")
            .step("pay");
        let paid = visit.submit(&form).await;
        assert_eq!(paid.location(), visit.submit(&form).await.location());
        assert_eq!(visit.count("payment"), 1, "sent twice, announced once");
        let page = visit.browser.follow(&paid).await;
        page.shows(
            200,
            &[
                "FOURNISSEUR BOREAL",
                "FR76 3000 6000 0112 3456 7890 189",
                "AGRIFRPP",
                "4\u{202f}660,00\u{a0}€",
                "<svg",
            ],
        );
        assert!(page.text.contains("RF"), "{}", page.words());
    })
    .await;
}

/// Something of the account is taken while the form is open: it comes back with what is left.
#[actix_web::test]
async fn a_balance_that_changed_meanwhile_is_shown_anew() {
    everywhere(|visit| async move {
        let form = pay_form(&visit, &[0, 1])
            .await
            .with("method", "card")
            .step("pay");
        let taken = |cents: i64| {
            format!(
                "UPDATE invoice SET reserved = {cents} WHERE id = '{}'",
                visit.invoices[0].id
            )
        };
        let mut conn = visit.site.world.conn();
        conn.run_sql(&taken(400_000)).unwrap();
        let again = visit.submit(&form).await;
        again.shows(422, &["au plus 660,00\u{a0}€"]);
        conn.run_sql(&taken(466_000)).unwrap();
        let again = visit.submit(&form).await;
        again.shows(200, &["Payer 2\u{202f}500,00\u{a0}€"]);
        assert!(!again.text.contains("FA-1"));
        let sql = "UPDATE invoice SET reserved = open";
        conn.run_sql(sql).unwrap();
        visit
            .submit(&form)
            .await
            .shows(409, &["plus rien à régler"]);
        assert_eq!(visit.count("payment"), 0);
        assert_eq!(visit.invoices[0].open, Money::eur(466_000));
    })
    .await;
}

#[actix_web::test]
async fn an_english_debtor_reads_and_types_english() {
    everywhere(|visit| async move {
        let sql = "UPDATE debtor SET language = 'en'";
        visit.site.world.conn().run_sql(sql).unwrap();
        visit
            .get("/account")
            .await
            .shows(200, &["Pay €7,160.00", "lang=\"en\""]);
        let form = pay_form(&visit, &[0, 1]).await.with("method", "transfer");
        assert_eq!(form.value(&visit.amount_of(0)), "4660.00");
        let form = form.with(&visit.amount_of(0), "1,000.50").step("pay");
        let again = visit.submit(&form).await;
        again.shows(200, &["Pay €3,500.50"]);
        assert_eq!(visit.submit(&again.form(0).step("pay")).await.status, 303);
    })
    .await;
}

/// Reports a problem with a part of the first invoice, or with all of it.
async fn report(visit: &Visit, part: Option<&str>) -> super::Page {
    let path = format!("/invoices/{}/dispute", visit.invoices[0].id);
    let form = visit.get(&path).await.form(0).with("reason", "price");
    let scope = part.map_or("whole", |_| "part");
    let form = form.with("scope", scope).with("amount", part.unwrap_or(""));
    let check = visit.submit(&form.step("check")).await;
    visit.submit(&check.form(0).step("confirm")).await
}

#[actix_web::test]
async fn only_what_is_not_disputed_is_proposed() {
    everywhere(|visit| async move {
        report(&visit, Some("1 000")).await;
        let first = pay_form(&visit, &[0]).await;
        assert_eq!(first.value(&visit.amount_of(0)), "3660,00");
        let page = visit.submit(&first.step("pay")).await;
        assert_eq!(page.status, 303, "{}", page.words());
        // The rest is under way: what is left is disputed, and is nobody's proposal.
        let invoice = format!("/invoices/{}", visit.invoices[0].id);
        let shown = visit.get(&invoice).await;
        shown.shows(200, &["Payer malgré le signalement"]);
        assert!(!shown.text.contains("Payer 1\u{202f}000,00"));
        let form = visit.get(&visit.chosen("/pay", &[0])).await;
        form.shows(
            200,
            &["value=\"0,00\"", "déjà signalés", "Recalculer le total"],
        );
        for live in ["value=\"pay\"", "Erreur", "Total"] {
            assert!(!form.text.contains(live), "{live}: {}", form.words());
        }
        // Whoever wants to pays it all the same.
        let place = form.form(1);
        let place = place.with(&visit.amount_of(0), "1000").step("recount");
        let counted = visit.submit(&place).await;
        counted.shows(200, &["Payer 1\u{202f}000,00\u{a0}€"]);
    })
    .await;
}

#[actix_web::test]
async fn what_a_part_of_is_reported_stays_due_and_says_so() {
    everywhere(|visit| async move {
        let receipt = report(&visit, Some("1 000")).await;
        let pay = format!("href=\"{}\"", visit.chosen("/pay", &[0]));
        receipt.shows(
            200,
            &[
                "Relances suspendues pour 1\u{202f}000,00\u{a0}€ seulement",
                "Le reste de la facture, 3\u{202f}660,00\u{a0}€, demeure dû",
                "Payer 3\u{202f}660,00\u{a0}€",
                &pay,
            ],
        );
    })
    .await;
    everywhere(|visit| async move {
        let receipt = report(&visit, None).await;
        receipt.shows(200, &["Relances suspendues pour cette facture"]);
        assert!(!receipt.text.contains("demeure dû"), "{}", receipt.words());
    })
    .await;
}

#[actix_web::test]
async fn more_than_is_open_is_told_and_no_button_pays_nothing() {
    everywhere(|visit| async move {
        let form = pay_form(&visit, &[0])
            .await
            .with(&visit.amount_of(0), "9000");
        for step in ["recount", "pay"] {
            let page = visit.submit(&form.clone().step(step)).await;
            page.shows(
                422,
                &[
                    "au plus 4\u{202f}660,00\u{a0}€",
                    "value=\"9000\"",
                    "Recalculer le total",
                ],
            );
            for live in ["value=\"pay\"", "Payer 0,00", "Total"] {
                assert!(!page.text.contains(live), "{live}: {}", page.words());
            }
            let right = page
                .form(0)
                .with(&visit.amount_of(0), "660")
                .step("recount");
            let page = visit.submit(&right).await;
            page.shows(200, &["Payer 660,00\u{a0}€"]);
        }
        let form = pay_form(&visit, &[0, 1]).await.with("spread", "99999");
        let page = visit.submit(&form.step("pay")).await;
        page.shows(422, &["value=\"99999\""]);
        assert!(!page.text.contains("value=\"pay\""), "{}", page.words());
        assert_eq!(visit.count("payment"), 0);
    })
    .await;
}
