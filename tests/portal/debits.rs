//! Direct debits: a mandate is signed first, then the payment goes on where it was.

use acquit::app::App;
use acquit::flows::Visitor;
use acquit::flows::mandate::{self, Signature};
use domain::mandate::Usage;

use super::{Visit, everywhere};
use crate::support::html::Form;
use crate::support::site::Browser;

const IBAN: &str = "FR14 2004 1010 0505 0001 3M02 606";

/// A mandate signed before.
pub(crate) async fn sign(app: &App, visitor: Visitor, usage: Usage) {
    let signature = Signature {
        holder: "Delmas SARL".into(),
        iban: IBAN.parse().unwrap(),
        bic: None,
        usage,
        signatory: "Service comptabilité".into(),
        place: "Nantes".into(),
        wording: "Mandat de prélèvement SEPA".into(),
        address: "192.0.2.1".into(),
        agent: "test".into(),
        key: "signed before".into(),
    };
    mandate::sign(app, visitor, signature).await.unwrap();
}

/// From the payment form to the mandate it needs first.
async fn mandate_form(visit: &Visit) -> Form {
    let form = visit.get(&visit.chosen("/pay", &[0])).await.form(0);
    let form = form.with(&visit.amount_of(0), "4 660,00");
    let form = form.with("method", "debit").with("debit_on", "2026-12-10");
    let sent = visit.submit(&form.step("pay")).await;
    assert!(
        sent.location().starts_with("/mandate?"),
        "{}",
        sent.location()
    );
    let page = visit.browser.follow(&sent).await;
    page.shows(200, &["FR72ZZZ123456", "M20261120-", "8 semaines"]);
    page.form(0)
}

/// Confirms a form that needs a code: the code is asked for, read from the mailbox, typed.
pub(super) async fn with_code(visit: &Visit, browser: &Browser, form: Form) -> Form {
    let asked = browser.submit(&form.step("confirm")).await;
    asked.shows(200, &["c•••@c-1042.example", "one-time-code"]);
    let code = visit.site.world.code().await;
    asked.form(0).with("code", &code).step("confirm")
}

pub(super) fn filled(form: Form) -> Form {
    form.with("holder", "Delmas SARL")
        .with("iban", IBAN)
        .with("usage", "recurring")
        .with("signatory", "Service comptabilité")
        .with("place", "Nantes")
        .with("consent", "yes")
}

#[actix_web::test]
async fn a_mandate_is_signed_and_the_debit_ordered() {
    everywhere(|visit| async move {
        let check = visit
            .submit(&filled(mandate_form(&visit).await).step("check"))
            .await;
        check.shows(
            200,
            &["FR14 2004 1010 0505 0001 3M02 606", "Service comptabilité"],
        );
        assert_eq!(visit.count("mandate"), 0);
        let confirm = with_code(&visit, &visit.browser, check.form(0)).await;
        let signed = visit.submit(&confirm).await;
        signed.shows(200, &["•••• 2606", "M20261120-", "/pay?i=inv_"]);
        visit.submit(&confirm).await.shows(200, &["•••• 2606"]);
        assert_eq!(visit.count("mandate"), 1);
        let mandate = visit.rows("mandate");
        for part in ["wording_sha256", "127.0.0.1", "En signant ce formulaire"] {
            assert!(mandate.contains(part), "{part}: {mandate}");
        }
        assert!(!mandate.contains("20041010"), "the IBAN is sealed");
        let next = signed.text.split("href=\"/pay?").nth(1).unwrap();
        let next = next.split('"').next().unwrap().replace("&amp;", "&");
        let form = visit.get(&format!("/pay?{next}")).await.form(0);
        assert_eq!(form.value("method"), "debit");
        assert_eq!(form.value("debit_on"), "2026-12-10");
        assert_eq!(form.value(&visit.amount_of(0)), "4 660,00");
        let check = visit.submit(&form.step("pay")).await;
        check.shows(200, &["10/12/2026", "•••• 2606", "4\u{202f}660,00\u{a0}€"]);
        let confirm = check.form(0).step("confirm");
        let ordered = visit.submit(&confirm).await;
        assert_eq!(ordered.location(), visit.submit(&confirm).await.location());
        assert_eq!((visit.count("collection"), visit.count("payment")), (1, 1));
        visit
            .browser
            .follow(&ordered)
            .await
            .shows(200, &["10/12/2026", "•••• 2606"]);
    })
    .await;
}

#[actix_web::test]
async fn two_tabs_order_one_debit() {
    everywhere(|visit| async move {
        let form = with_code(&visit, &visit.browser, filled(mandate_form(&visit).await)).await;
        visit.submit(&form).await.shows(200, &["•••• 2606"]);
        let check = async || {
            let form = visit.get(&visit.chosen("/pay", &[0])).await.form(0);
            let check = visit
                .submit(&form.with("method", "debit").step("pay"))
                .await;
            check.form(0).step("confirm")
        };
        let (one, two) = (check().await, check().await);
        assert_ne!(one.value("key"), two.value("key"));
        let (one, two) = futures_util::future::join(visit.submit(&one), visit.submit(&two)).await;
        let mut statuses = [one.status, two.status];
        statuses.sort_unstable();
        assert_eq!(statuses, [303, 409], "{} {}", one.words(), two.words());
        assert_eq!((visit.count("collection"), visit.count("payment")), (1, 1));
    })
    .await;
}

#[actix_web::test]
async fn a_bad_mandate_names_what_is_wrong() {
    everywhere(|visit| async move {
        let form = filled(mandate_form(&visit).await).step("check");
        for (field, value, words) in [
            (
                "iban",
                "FR14 2004 1010 0505 0001 3M02 605",
                "un caractère est faux",
            ),
            ("iban", "FR14 2004", "compte 27 caractères"),
            (
                "iban",
                "TR33 0006 1005 1978 6457 8413 26",
                "hors de la zone SEPA",
            ),
            ("iban", "", "IBAN"),
            ("bic", "AGRI", "8 ou 11"),
            ("holder", "", "Indiquez un nom"),
            ("place", "", "lieu de signature"),
            ("usage", "", "un seul prélèvement ou plusieurs"),
            ("consent", "", "Cochez la case"),
        ] {
            let page = visit.submit(&form.clone().with(field, value)).await;
            page.shows(422, &[words, &format!("href=\"#{field}\"")]);
            assert_eq!(page.form(0).value("signatory"), "Service comptabilité");
            assert_eq!(page.form(0).value("i"), visit.invoices[0].id.to_string());
        }
        assert_eq!(visit.count("mandate"), 0);
    })
    .await;
}

#[actix_web::test]
async fn a_mandate_shown_before_midnight_is_shown_again_after() {
    everywhere(|visit| async move {
        let world = &visit.site.world;
        world.go_to(crate::support::world::paris("2026-11-20", 23));
        let browser = visit.site.enter(&visit.debtor, &visit.contact).await;
        world.go_to(world.app.now().plus_minutes(50));
        let page = browser.get("/account").await;
        assert_eq!(page.status, 403, "idle for 50 minutes");
        let browser = visit.site.enter(&visit.debtor, &visit.contact).await;
        let form = filled(browser.get("/mandate").await.form(0));
        let check = browser.submit(&form.step("check")).await;
        check.shows(200, &["M20261120-"]);
        world.go_to(world.app.now().plus_minutes(20));
        let again = browser.submit(&check.form(0).step("confirm")).await;
        again.shows(200, &["M20261121-"]);
        assert_eq!(visit.count("mandate"), 0);
        let confirm = with_code(&visit, &browser, again.form(0)).await;
        let signed = browser.submit(&confirm).await;
        signed.shows(200, &["•••• 2606", "M20261121-"]);
    })
    .await;
}

#[actix_web::test]
async fn a_day_the_bank_cannot_do_is_refused() {
    everywhere(|visit| async move {
        let form = visit.get(&visit.chosen("/pay", &[0])).await.form(0);
        let first = form.value("debit_on").to_owned();
        let form = form.with("method", "debit").step("pay");
        for day in ["2026-11-23", "2027-03-01", "bientôt"] {
            let page = visit.submit(&form.clone().with("debit_on", day)).await;
            page.shows(422, &["href=\"#debit_on\""]);
            assert_eq!(page.form(0).value("debit_on"), day);
        }
        assert!(first.as_str() > "2026-11-23", "{first}");
    })
    .await;
}
