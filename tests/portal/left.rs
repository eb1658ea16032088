//! Payments under way: the way back to each, the way out, and what is said of both.

use domain::Money;
use domain::mandate::Usage;

use super::debits::sign;
use super::{Page, Visit, everywhere};
use crate::support::world::paris;

const RESUME: &str = "Reprendre le paiement";
const GIVE_UP: &str = "Abandonner ce paiement";

/// Opens the card page for the first invoice; gives its address here.
async fn card_page(visit: &Visit) -> String {
    let form = visit.get(&visit.chosen("/pay", &[0])).await.form(0);
    let started = visit.submit(&form.step("pay")).await;
    assert_eq!(started.status, 303, "{}", started.words());
    started.location().replace(&visit.site.origin, "")
}

/// The payment's own page, by the card page's address.
fn payment_of(page: &str) -> String {
    page.replace("/sandbox/card/sbx_", "/payments/pay_")
}

fn reserved(visit: &Visit) -> Money {
    let invoice = &visit.invoices[0];
    let (supplier, debtor, id) = (invoice.supplier, invoice.debtor, invoice.id);
    let mut conn = visit.site.world.conn();
    let found = acquit::store::invoice::find(&mut conn, supplier, debtor, id);
    found.unwrap().reserved
}

/// The form on a page that gives a payment up.
fn way_out(page: &Page) -> crate::support::html::Form {
    let form = page.form(0);
    assert!(form.action.ends_with("/abandon"), "{}", page.words());
    form
}

#[actix_web::test]
async fn a_card_page_that_was_left_has_a_way_back_and_a_way_out() {
    everywhere(|visit| async move {
        let page = card_page(&visit).await;
        let back = format!("href=\"{}{page}\"", visit.site.origin);
        let own = format!("{}?left=1", payment_of(&page));
        let invoice = format!("/invoices/{}", visit.invoices[0].id);
        let pay = visit.chosen("/pay", &[0]);
        for path in ["/account", &invoice, &pay, &own] {
            let shown = visit.get(path).await;
            let until = "20/11/2026 à 10\u{a0}h\u{a0}00";
            shown.shows(200, &[RESUME, GIVE_UP, &back, until, "n’a été débité"]);
        }
        visit.get(&page).await.shows(200, &[&format!("{own}\"")]);
        // What the account says of the whole page is said beside the rest of a choice, too.
        let both = visit.get(&visit.chosen("/pay", &[0, 1])).await;
        both.shows(200, &[RESUME, "Payer 2\u{202f}500,00\u{a0}€"]);
        let give_up = way_out(&visit.get("/account").await);
        let ended = visit.submit(&give_up).await;
        let said = visit.browser.follow(&ended).await;
        said.shows(200, &["Ce paiement est abandonné", "Rien n’a été débité"]);
        assert_eq!(reserved(&visit), Money::eur(0));
        assert!(visit.rows("payment").contains("cancelled"));
        assert_eq!(visit.submit(&give_up).await.location(), ended.location());
        visit
            .get("/account")
            .await
            .shows(200, &["Payer 7\u{202f}160,00\u{a0}€"]);
        // The page at the provider takes no money any more.
        let late = visit.get(&page).await.form(0).with("outcome", "approve");
        let outcome = visit.browser.follow(&visit.submit(&late).await).await;
        outcome.shows(200, &["Ce paiement est abandonné"]);
        assert!(visit.rows("audit").contains("payment.abandoned"));
    })
    .await;
}

#[actix_web::test]
async fn money_that_came_meanwhile_is_said_instead_of_giving_up() {
    everywhere(|visit| async move {
        let page = card_page(&visit).await;
        let account = visit.get("/account").await;
        let approve = visit.get(&page).await.form(0).with("outcome", "approve");
        visit.submit(&approve).await;
        let ended = visit.submit(&way_out(&account)).await;
        let said = visit.browser.follow(&ended).await;
        said.shows(200, &["Votre paiement est confirmé", "Nous avons reçu"]);
        assert_eq!(reserved(&visit), Money::eur(0));
    })
    .await;
}

#[actix_web::test]
async fn a_refused_card_leads_back_to_paying() {
    everywhere(|visit| async move {
        let page = card_page(&visit).await;
        let refuse = visit.get(&page).await.form(0).with("outcome", "refuse");
        let said = visit.browser.follow(&visit.submit(&refuse).await).await;
        said.shows(200, &["Votre banque a refusé le paiement", "Réessayer"]);
        assert!(!said.text.contains("expiré"), "{}", said.words());
        let (_, again) = said.text.split_once("href=\"/pay?").unwrap();
        let again = format!("/pay?{}", again.split('"').next().unwrap());
        let form = visit.get(&again).await.form(0);
        let next = visit.submit(&form.step("pay")).await;
        let approve = visit.browser.follow(&next).await;
        let paid = visit
            .submit(&approve.form(0).with("outcome", "approve"))
            .await;
        let paid = visit.browser.follow(&paid).await;
        paid.shows(200, &["Votre paiement est confirmé"]);
    })
    .await;
}

#[actix_web::test]
async fn a_payment_of_others_or_without_a_session_is_not_given_up() {
    everywhere(|visit| async move {
        card_page(&visit).await;
        let give_up = way_out(&visit.get("/account").await);
        let (other, contact) = visit.site.world.debtor(&visit.supplier, "C-2").await;
        let stranger = visit.site.enter(&other, &contact).await;
        let theirs = stranger.get("/preferences").await.form(0);
        let forged = give_up.clone().with("csrf", theirs.value("csrf"));
        stranger.submit(&forged).await.shows(404, &[]);
        stranger.submit(&give_up).await.shows(403, &[]);
        assert_eq!(reserved(&visit), Money::eur(466_000));
    })
    .await;
}

/// Orders a debit of the first invoice on the 10th; gives its page.
async fn debit(visit: &Visit) -> Page {
    let (_, visitor) = visit.site.world.link(&visit.debtor, &visit.contact).await;
    sign(&visit.site.world.app, visitor, Usage::Recurring).await;
    let form = visit.get(&visit.chosen("/pay", &[0])).await.form(0);
    let form = form.with("method", "debit").with("debit_on", "2026-12-10");
    let check = visit.submit(&form.step("pay")).await;
    check.shows(200, &["FA-1, ", "4\u{202f}660,00\u{a0}€"]);
    let ordered = visit.submit(&check.form(0).step("confirm")).await;
    visit.browser.follow(&ordered).await
}

#[actix_web::test]
async fn a_debit_is_cancelled_until_it_is_in_a_file() {
    everywhere(|visit| async move {
        let receipt = debit(&visit).await;
        receipt.shows(200, &["FA-1, ", "Annuler ce prélèvement"]);
        let account = visit.get("/account").await;
        account.shows(200, &["Prélèvement prévu le 10/12/2026", "Voir ou annuler"]);
        let cancel = way_out(&receipt);
        let said = visit.browser.follow(&visit.submit(&cancel).await).await;
        said.shows(200, &["Ce prélèvement est annulé", "Rien ne sera débité"]);
        assert_eq!(reserved(&visit), Money::eur(0));
        assert!(visit.rows("collection").contains("cancelled"));
        visit
            .get("/account")
            .await
            .shows(200, &["Payer 7\u{202f}160,00\u{a0}€"]);
    })
    .await;
}

#[actix_web::test]
async fn a_debit_in_a_file_stays_and_says_so() {
    everywhere(|visit| async move {
        let cancel = way_out(&debit(&visit).await);
        let sql = "UPDATE collection SET state = 'batched'";
        visit.site.world.conn().run_sql(sql).unwrap();
        let said = visit.browser.follow(&visit.submit(&cancel).await).await;
        said.shows(200, &["transmis à la banque"]);
        assert!(!said.text.contains("/abandon"), "{}", said.words());
        assert_eq!(reserved(&visit), Money::eur(466_000));
        let account = visit.get("/account").await;
        assert!(!account.text.contains("Voir ou annuler"));
    })
    .await;
}

#[actix_web::test]
async fn a_page_whose_time_is_over_is_not_offered_again() {
    everywhere(|visit| async move {
        let page = card_page(&visit).await;
        visit.site.world.go_to(paris("2026-11-20", 10));
        let (token, _) = visit.site.world.link(&visit.debtor, &visit.contact).await;
        let landing = visit.get(&format!("/l/{token}")).await.form(0);
        visit.submit(&landing).await;
        let account = visit.get("/account").await;
        account.shows(200, &[GIVE_UP, "libéré dans quelques minutes"]);
        assert!(!account.text.contains(&page), "{}", account.words());
    })
    .await;
}
