//! Direct debits by the payment provider, from the form to the money and back, for a supplier
//! without a creditor identifier.

use domain::Money;
use domain::payment::PaymentState;

use super::{Visit, everywhere};
use crate::support::html::Form;
use crate::support::site::Page;

const IN_FRANCS: &str = "UPDATE invoice SET currency = 'CHF'";

/// The supplier has no creditor identifier: its provider debits in its place.
fn without_identifier(visit: &Visit) {
    let mut conn = visit.site.world.conn();
    conn.run_sql("UPDATE supplier SET creditor_id = NULL")
        .unwrap();
}

async fn form(visit: &Visit, places: &[usize]) -> Form {
    visit.get(&visit.chosen("/pay", places)).await.form(0)
}

/// Agrees here and on the provider's page; what the debtor is sent back to.
async fn agree(visit: &Visit) -> (String, Page) {
    let form = form(visit, &[0]).await.with("method", "provider_debit");
    let check = visit.submit(&form.step("pay")).await;
    check.shows(
        200,
        &[
            "Fournisseur boreal et Stripe, son prestataire",
            "huit semaines",
            "deux jours au moins",
            "4\u{202f}660,00\u{a0}€",
        ],
    );
    assert_eq!(visit.count("payment"), 0, "nothing before it is agreed to");
    let confirm = check.form(0).step("confirm");
    let started = visit.submit(&confirm).await;
    let page = visit.browser.follow(&started).await;
    page.shows(200, &["Prélèvement de démonstration"]);
    let back = visit.submit(&page.form(0).with("outcome", "approve")).await;
    let again = visit.submit(&confirm).await;
    assert_eq!(visit.count("payment"), 1, "sent twice, one debit");
    assert!(
        again.location().starts_with("/payments/"),
        "{}",
        again.location()
    );
    (
        started.location().to_owned(),
        visit.browser.follow(&back).await,
    )
}

/// The bank does what a button of the provider's page says.
async fn bank(visit: &Visit, page: &str, outcome: &str) -> Page {
    let shown = visit.get(page).await;
    let back = visit.submit(&shown.form(0).with("outcome", outcome)).await;
    visit.browser.follow(&back).await
}

fn invoice(visit: &Visit) -> (Money, Money) {
    let one = &visit.invoices[0];
    let mut conn = visit.site.world.conn();
    let found = acquit::store::invoice::find(&mut conn, one.supplier, one.debtor, one.id).unwrap();
    (found.open, found.reserved)
}

fn state(visit: &Visit) -> String {
    let mut conn = visit.site.world.conn();
    let sql = "SELECT state AS value FROM payment";
    conn.read_sql(sql).unwrap().remove(0)
}

fn messages(visit: &Visit) -> Vec<String> {
    let mut conn = visit.site.world.conn();
    let sql = "SELECT kind AS value FROM message ORDER BY id";
    conn.read_sql(sql).unwrap()
}

#[actix_web::test]
async fn the_own_bank_debits_where_it_can_else_the_provider_never_both() {
    everywhere(|visit| async move {
        let page = visit.get(&visit.chosen("/pay", &[0])).await;
        assert!(page.text.contains("value=\"debit\""), "{}", page.words());
        assert!(!page.text.contains("provider_debit"));
        let forged = form(&visit, &[0]).await.with("method", "provider_debit");
        visit
            .submit(&forged.step("pay"))
            .await
            .shows(422, &["Choisissez un moyen"]);
        without_identifier(&visit);
        let page = visit.get(&visit.chosen("/pay", &[0])).await;
        page.shows(200, &["value=\"provider_debit\"", "Avec votre IBAN"]);
        assert!(!page.text.contains("value=\"debit\"") && !page.text.contains("debit_on"));
        let settings = acquit::flows::card_account::CardSettings {
            secret_key: "sk_test_fake".into(),
            connected: None,
            webhook_secrets: vec![],
            debits: false,
        };
        let app = &visit.site.world.app;
        let set = acquit::flows::card_account::set(app, visit.supplier.id, &settings);
        set.await.unwrap();
        let page = visit.get(&visit.chosen("/pay", &[0])).await;
        page.shows(200, &["Non proposé par ce fournisseur"]);
    })
    .await;
}

#[actix_web::test]
async fn a_debit_that_is_agreed_to_waits_and_is_thanked_for_once_paid() {
    everywhere(|visit| async move {
        without_identifier(&visit);
        let (page, back) = agree(&visit).await;
        back.shows(
            200,
            &[
                "Votre prélèvement est en cours",
                "Ne payez pas une seconde fois",
            ],
        );
        assert_eq!(state(&visit), PaymentState::Processing.as_str());
        assert_eq!(invoice(&visit), (Money::eur(466_000), Money::eur(466_000)));
        assert_eq!(messages(&visit), ["debit_under_way"]);
        let pay = visit.get(&visit.chosen("/pay", &[0])).await;
        pay.shows(200, &["Prélèvement en cours", "quatorze"]);
        assert!(!pay.text.contains("name=\"step\""), "Pay is hidden");
        let paid = bank(&visit, &page, "pays").await;
        paid.shows(200, &["Nous avons reçu 4\u{202f}660,00\u{a0}€"]);
        bank(&visit, &page, "refuses")
            .await
            .shows(200, &["Nous avons reçu"]);
        assert_eq!(invoice(&visit), (Money::eur(0), Money::eur(0)));
        assert_eq!(messages(&visit), ["debit_under_way", "thanks"]);
        let back = bank(&visit, &page, "takes_back").await;
        back.shows(200, &["Ce paiement a été rendu", "de nouveau due"]);
        assert_eq!(invoice(&visit), (Money::eur(466_000), Money::eur(0)));
        assert_eq!(
            messages(&visit),
            ["debit_under_way", "thanks", "money_back"]
        );
    })
    .await;
}

#[actix_web::test]
async fn a_refused_debit_took_nothing_and_the_debtor_is_written_to() {
    everywhere(|visit| async move {
        without_identifier(&visit);
        let (page, _) = agree(&visit).await;
        let refused = bank(&visit, &page, "refuses").await;
        refused.shows(
            200,
            &["refusé le prélèvement. Rien n’a été débité", "Réessayer"],
        );
        assert_eq!(invoice(&visit), (Money::eur(466_000), Money::eur(0)));
        assert_eq!(messages(&visit), ["debit_under_way", "debit_refused"]);
        let again = form(&visit, &[0]).await;
        assert!(again.fields.iter().any(|(name, _)| name == "total"));
    })
    .await;
}

#[actix_web::test]
async fn the_provider_takes_ten_thousand_euros_at_most_and_euros_only() {
    everywhere(|visit| async move {
        without_identifier(&visit);
        let mut conn = visit.site.world.conn();
        let id = visit.invoices[0].id;
        let dear = format!(
            "UPDATE invoice SET total = 1000001, asserted = 1000001, open = 1000001 \
             WHERE id = '{id}'"
        );
        conn.run_sql(&dear).unwrap();
        let page = visit.get(&visit.chosen("/pay", &[0])).await;
        page.shows(200, &["Jusqu’à 10\u{202f}000,00\u{a0}€ par prélèvement"]);
        let chosen = page.form(0).with("method", "provider_debit").step("pay");
        visit
            .submit(&chosen)
            .await
            .shows(422, &["Choisissez un moyen"]);
        let less = page.form(0).with(&visit.amount_of(0), "10 000,00");
        let less = visit.submit(&less.step("recount")).await;
        less.shows(200, &["value=\"provider_debit\"", "Avec votre IBAN"]);
        conn.run_sql(IN_FRANCS).unwrap();
        let page = visit.get(&visit.chosen("/pay", &[1])).await;
        page.shows(200, &["En euros seulement"]);
        assert_eq!(visit.count("payment"), 0);
    })
    .await;
}

#[actix_web::test]
async fn a_page_that_was_left_is_given_up_but_no_debit_that_was_agreed_to() {
    everywhere(|visit| async move {
        without_identifier(&visit);
        let form = form(&visit, &[0]).await.with("method", "provider_debit");
        let check = visit.submit(&form.step("pay")).await;
        visit.submit(&check.form(0).step("confirm")).await;
        let held = visit.get(&visit.chosen("/pay", &[0])).await;
        held.shows(200, &["Reprendre le paiement", "Abandonner"]);
        visit.submit(&held.form(0)).await;
        assert_eq!(state(&visit), PaymentState::Cancelled.as_str());
        assert_eq!(messages(&visit), [""; 0], "a page that was left is no news");
        let mut conn = visit.site.world.conn();
        conn.run_sql("DELETE FROM payment_share").unwrap();
        conn.run_sql("DELETE FROM payment").unwrap();
        let (_, _) = agree(&visit).await;
        let held = visit.get(&visit.chosen("/pay", &[0])).await;
        assert!(!held.text.contains("Abandonner"), "{}", held.words());
        let id = &conn.read_sql("SELECT id AS value FROM payment").unwrap()[0];
        let mut post = check.form(0);
        post.action = format!("/payments/{id}/abandon");
        let answer = visit.submit(&post).await;
        assert_eq!(answer.status, 303);
        assert_eq!(state(&visit), PaymentState::Processing.as_str());
    })
    .await;
}
