//! A card kept for the next invoice, as its contact meets it: asked for, offered first, confirmed,
//! declined, taken back.

use domain::Money;

use super::{Visit, everywhere};
use crate::support::html::{Form, forms};
use crate::support::site::Page;

async fn pay_form(visit: &Visit, places: &[usize]) -> Form {
    let page = visit.get(&visit.chosen("/pay", places)).await;
    page.shows(200, &[]);
    page.form(0)
}

/// Pays an invoice and has the card kept: the code is asked for, typed, and the page approved.
async fn keep(visit: &Visit, place: usize) {
    let form = pay_form(visit, &[place]).await;
    let asked = visit.submit(&form.with("keep", "yes").step("pay")).await;
    let code = visit.site.world.code().await;
    let right = asked.form(0).with("code", &code).step("confirm");
    let page = visit.browser.follow(&visit.submit(&right).await).await;
    let back = visit.submit(&page.form(0).with("outcome", "approve")).await;
    let outcome = visit.browser.follow(&back).await;
    outcome.shows(200, &["Votre paiement est confirmé"]);
}

/// Posts the form as it is shown; where that leads.
async fn click(visit: &Visit, form: Form) -> Page {
    let sent = visit.submit(&form.step("pay")).await;
    visit.browser.follow(&sent).await
}

fn open(visit: &Visit, place: usize) -> Money {
    let invoice = &visit.invoices[place];
    let (supplier, debtor, id) = (invoice.supplier, invoice.debtor, invoice.id);
    let mut conn = visit.site.world.conn();
    let found = acquit::store::invoice::find(&mut conn, supplier, debtor, id).unwrap();
    assert_eq!(found.reserved, Money::eur(0));
    found.open
}

#[actix_web::test]
async fn a_card_is_kept_with_a_code_and_never_by_itself() {
    everywhere(|visit| async move {
        let page = visit.get(&visit.chosen("/pay", &[2])).await;
        page.shows(
            200,
            &["Garder cette carte pour la prochaine fois", "name=\"keep\""],
        );
        let form = page.form(0);
        assert_eq!(form.value("keep"), "", "never ticked by itself");
        let linked = format!("{}&keep=yes", visit.chosen("/pay", &[2]));
        assert_eq!(visit.get(&linked).await.form(0).value("keep"), "");
        let asked = visit.submit(&form.with("keep", "yes").step("pay")).await;
        asked.shows(200, &["Confirmez que c’est bien vous", "one-time-code"]);
        assert_eq!(
            visit.count("payment"),
            0,
            "nothing is begun before the code"
        );
        let wrong = asked.form(0).with("code", "000000").step("confirm");
        visit.submit(&wrong).await.shows(422, &["Encore 4 essais"]);
        let back = visit.submit(&asked.form(0).step("edit")).await;
        assert_eq!(
            back.form(0).value("keep"),
            "yes",
            "what was ticked stays so"
        );
        let code = visit.site.world.code().await;
        let right = asked.form(0).with("code", &code).step("confirm");
        let sent = visit.submit(&right).await;
        assert!(
            sent.location().contains("/sandbox/card/"),
            "{}",
            sent.words()
        );
        assert_eq!(visit.submit(&right).await.location(), sent.location());
        let page = visit.browser.follow(&sent).await;
        visit.submit(&page.form(0).with("outcome", "approve")).await;
        assert_eq!((visit.count("payment"), visit.count("saved_card")), (1, 1));
        let kept = visit.rows("saved_card");
        assert!(kept.contains("4242") && !kept.contains("424242"), "{kept}");
    })
    .await;
}

#[actix_web::test]
async fn the_next_invoice_is_paid_by_one_click() {
    everywhere(|visit| async move {
        keep(&visit, 2).await;
        let page = visit.get(&visit.chosen("/pay", &[0])).await;
        page.shows(
            200,
            &[
                "Visa se terminant par 4242",
                "Expire fin 12/2031",
                "Une autre carte",
            ],
        );
        let form = page.form(0);
        assert!(
            form.value("method").starts_with("crd_"),
            "it is offered first"
        );
        let done = click(&visit, form.clone()).await;
        done.shows(
            200,
            &["Votre paiement est confirmé", "4\u{202f}660,00\u{a0}€"],
        );
        let again = visit.submit(&form.step("pay")).await;
        visit
            .browser
            .follow(&again)
            .await
            .shows(200, &["Votre paiement est confirmé"]);
        assert_eq!(
            (open(&visit, 0), visit.count("payment")),
            (Money::eur(0), 2)
        );
        let other = visit.chosen("/pay?method=card", &[1]);
        let other = visit.get(&other.replace("card?", "card&")).await;
        assert_eq!(other.form(0).value("method"), "card");
    })
    .await;
}

#[actix_web::test]
async fn a_bank_that_wants_to_ask_is_gone_to_and_come_back_from() {
    everywhere(|visit| async move {
        keep(&visit, 2).await;
        for (outcome, words, left) in [
            ("refuse", "Rien n’a été débité", 466_000),
            ("approve", "Votre paiement est confirmé", 0),
        ] {
            let form = pay_form(&visit, &[0, 1]).await;
            let sent = visit.submit(&form.step("pay")).await;
            let page = visit.browser.follow(&sent).await;
            page.shows(200, &["7\u{202f}160,00\u{a0}€", "Approuver"]);
            let payment = sent.location().rsplit("sbx_").next().unwrap().to_owned();
            let payment = format!("/payments/pay_{payment}");
            let waiting = visit.get(&payment).await;
            waiting.shows(
                200,
                &["Votre banque vous demande de confirmer", sent.location()],
            );
            let returned = visit
                .get(&format!("{payment}?redirect_status=succeeded"))
                .await;
            returned.shows(200, &["http-equiv=\"refresh\""]);
            let back = visit.submit(&page.form(0).with("outcome", outcome)).await;
            let shown = visit.browser.follow(&back).await;
            shown.shows(200, &[words]);
            assert_eq!(open(&visit, 0), Money::eur(left));
            if outcome == "refuse" {
                let invoice = visit.invoices[0].id;
                shown.shows(200, &["un autre moyen", &format!("/pay?i={invoice}")]);
            }
        }
    })
    .await;
}

#[actix_web::test]
async fn a_card_is_taken_back_in_the_preferences() {
    everywhere(|visit| async move {
        keep(&visit, 2).await;
        let page = visit.get("/preferences").await;
        page.shows(
            200,
            &[
                "Cartes gardées",
                "Visa se terminant par 4242, expire fin 12/2031",
            ],
        );
        let form = forms(&page.text)
            .into_iter()
            .find(|form| form.value("what").starts_with("crd_"))
            .unwrap();
        let stale = pay_form(&visit, &[0]).await;
        assert_eq!(
            visit.submit(&form).await.location(),
            "/preferences?saved=yes"
        );
        let page = visit.get("/preferences").await;
        assert!(!page.text.contains("Cartes gardées"), "{}", page.words());
        visit.submit(&form).await;
        let refused = visit.submit(&stale.step("pay")).await;
        refused.shows(422, &["Choisissez un moyen"]);
        assert!(!refused.text.contains("4242"), "{}", refused.words());
        assert_eq!(visit.count("payment"), 1);
        let fresh = pay_form(&visit, &[0]).await;
        assert_eq!(fresh.value("method"), "card");
    })
    .await;
}

#[actix_web::test]
async fn a_card_is_its_contacts_alone() {
    everywhere(|visit| async move {
        keep(&visit, 2).await;
        let card = pay_form(&visit, &[0]).await.value("method").to_owned();
        let (other, contact) = visit.site.world.debtor(&visit.supplier, "C-2").await;
        let theirs = visit
            .site
            .world
            .invoice(&other, "FB-1", 1_000, "2026-11-01")
            .await;
        let stranger = visit.site.enter(&other, &contact).await;
        let page = stranger.get(&format!("/pay?i={}", theirs.id)).await;
        assert!(!page.text.contains("4242"));
        let forged = page.form(0).with("method", &card).step("pay");
        stranger
            .submit(&forged)
            .await
            .shows(422, &["Choisissez un moyen"]);
        let theirs = stranger.get("/preferences").await;
        assert!(!theirs.text.contains("4242"));
        // Another link of the same contact is the same person; one passed on is not.
        let again = visit.site.enter(&visit.debtor, &visit.contact).await;
        let page = again.get(&visit.chosen("/pay", &[0])).await;
        page.shows(200, &["4242"]);
        let form = forms(&visit.get("/preferences").await.text)
            .into_iter()
            .find(|form| form.value("act") == "forward")
            .unwrap();
        let form = form
            .with("colleague", "Direction")
            .with("colleague_email", "direction@c-1042.example")
            .with("scope", "act");
        visit.submit(&form).await;
        let mail = super::people::mail_to(&visit, "direction@c-1042.example").await;
        let colleague = super::people::follow(&visit, &mail).await;
        let page = colleague.get(&visit.chosen("/pay", &[0])).await;
        page.shows(200, &["Payer"]);
        assert!(!page.text.contains("4242") && !page.text.contains("name=\"keep\""));
        let forged = page.form(0).with("method", &card).step("pay");
        colleague
            .submit(&forged)
            .await
            .shows(422, &["Choisissez un moyen"]);
        let unasked = page.form(0).with("keep", "yes").step("pay");
        assert_eq!(colleague.submit(&unasked).await.status, 303);
        assert_eq!(visit.count("saved_card"), 1);
    })
    .await;
}
