//! What is paid together: credit notes deducted, one amount spread over invoices, the least part.

use acquit::flows::late::set_terms;
use acquit::store;
use domain::InvoiceId;
use domain::invoice::{Invoice, ItemKind};
use domain::late::{Added, Terms, country};
use views::portal::chosen::amount_field;

use super::papers::{download, shows};
use super::{Visit, everywhere};
use crate::support::html::Form;
use crate::support::pdf::Pdf;

/// A credit note of 200.00 on the account.
async fn note(visit: &Visit) -> Invoice {
    let of = (ItemKind::CreditNote, "AV-1");
    let world = &visit.site.world;
    world.item(&visit.debtor, of, 20_000, "2026-11-01").await
}

/// The payment form for the first two invoices, 7,160.00, less this credit note.
async fn less(visit: &Visit, note: &Invoice) -> Form {
    let path = format!("{}&c={}", visit.chosen("/pay", &[0, 1]), note.id);
    let page = visit.get(&path).await;
    page.shows(
        200,
        &[
            "Payer 6\u{202f}960,00\u{a0}€",
            "Avoir AV-1",
            "200,00\u{a0}€ à déduire au plus",
        ],
    );
    page.form(0)
}

async fn stands(visit: &Visit, id: InvoiceId) -> (i64, i64) {
    let (supplier, debtor) = (visit.supplier.id, visit.debtor.id);
    let mut conn = visit.site.world.conn();
    let item = store::invoice::find(&mut conn, supplier, debtor, id).unwrap();
    (item.open.minor(), item.reserved.minor())
}

#[actix_web::test]
async fn a_credit_note_ticked_on_the_account_lowers_what_is_paid_by_card() {
    everywhere(|visit| async move {
        let note = note(&visit).await;
        let account = visit.get("/account").await;
        let tick = format!("name=\"c\" value=\"{}\" form=\"choice\"", note.id);
        account.shows(200, &[&tick, "id=\"choice\"", "Choisir l’avoir AV-1"]);
        let form = less(&visit, &note).await;
        let started = visit.submit(&form.step("pay")).await;
        assert_eq!(stands(&visit, note.id).await, (20_000, 20_000));
        let held = visit.get("/account").await;
        assert!(!held.text.contains("name=\"c\""), "it is under way");
        let page = visit.browser.follow(&started).await;
        page.shows(200, &["6\u{202f}960,00\u{a0}€"]);
        let approved = page.form(0).with("outcome", "approve");
        let back = visit.submit(&approved).await;
        let outcome = visit.browser.follow(&back).await;
        outcome.shows(200, &["Votre paiement est confirmé"]);
        visit.submit(&approved).await;
        for id in [visit.invoices[0].id, visit.invoices[1].id, note.id] {
            assert_eq!(stands(&visit, id).await, (0, 0));
        }
        let path = back.location().replace(&visit.site.origin, "");
        let (status, _, bytes) = download(&visit, &format!("{path}/receipt.pdf")).await;
        assert_eq!(status, 200);
        let lines = [
            "FA-1",
            "4 660,00 €",
            "FA-2",
            "AV-1",
            "Avoir",
            "−200,00 €",
            "6 960,00 €",
        ];
        shows(&Pdf::of(&bytes).text(), &lines);
    })
    .await;
}

#[actix_web::test]
async fn a_credit_note_is_ticked_on_the_form_and_its_amount_lowered() {
    everywhere(|visit| async move {
        let note = note(&visit).await;
        let form = visit.get(&visit.chosen("/pay", &[0])).await.form(0);
        let form = form.with("method", "transfer");
        let ticked = form.with("c", &note.id.to_string()).step("pay");
        let shown = visit.submit(&ticked).await;
        shown.shows(200, &["Payer 4\u{202f}460,00\u{a0}€", "Le total a changé"]);
        assert_eq!(visit.count("payment"), 0, "no button named that sum");
        let field = amount_field(note.id);
        let form = shown.form(0);
        assert_eq!(form.value(&field), "200,00");
        let lower = form.clone().with(&field, "60").step("recount");
        let shown = visit.submit(&lower).await;
        shown.shows(200, &["Payer 4\u{202f}600,00\u{a0}€"]);
        let more = visit.submit(&form.with(&field, "200,01").step("pay")).await;
        more.shows(422, &["Il ne reste que 200,00\u{a0}€ de cet avoir"]);
        let paid = visit.submit(&shown.form(0).step("pay")).await;
        let page = visit.browser.follow(&paid).await;
        page.shows(200, &["4\u{202f}600,00\u{a0}€", "<svg"]);
        assert_eq!(
            stands(&visit, note.id).await,
            (20_000, 0),
            "it may never come"
        );
    })
    .await;
}

#[actix_web::test]
async fn credit_notes_that_cover_everything_settle_it_without_money() {
    everywhere(|visit| async move {
        let note = note(&visit).await;
        let form = less(&visit, &note).await;
        let form = form.with(&visit.amount_of(0), "100");
        let form = form.with(&visit.amount_of(1), "50").step("pay");
        let covered = visit.submit(&form).await;
        covered.shows(
            200,
            &["Le total a changé", "Régler 150,00\u{a0}€ avec mes avoirs"],
        );
        assert!(!covered.text.contains("name=\"method\""), "no way to pay");
        assert_eq!(visit.count("payment"), 0, "no button named that");
        let settle = covered.form(0).step("pay");
        let (one, two) =
            futures_util::future::join(visit.submit(&settle), visit.submit(&settle)).await;
        assert_eq!((one.status, one.location()), (303, two.location()));
        let shown = visit.browser.follow(&one).await;
        shown.shows(
            200,
            &["Vos avoirs sont déduits", "Ils règlent 150,00\u{a0}€"],
        );
        assert_eq!(stands(&visit, visit.invoices[0].id).await, (456_000, 0));
        assert_eq!(stands(&visit, visit.invoices[1].id).await, (245_000, 0));
        assert_eq!(stands(&visit, note.id).await, (5_000, 0), "the rest stays");
        assert_eq!((visit.count("payment"), visit.count("message")), (1, 1));
        let mail = super::people::mail_to(&visit, "compta@c-1042.example").await;
        assert!(mail.contains("Vos avoirs ont réglé 150,00"), "{mail}");
        let path = one.location();
        let (status, _, bytes) = download(&visit, &format!("{path}/receipt.pdf")).await;
        assert_eq!(status, 200);
        let lines = [
            "Déduction d’avoirs",
            "FA-1",
            "100,00 €",
            "AV-1",
            "−150,00 €",
            "0,00 €",
        ];
        shows(&Pdf::of(&bytes).text(), &lines);
    })
    .await;
}

#[actix_web::test]
async fn a_credit_note_used_meanwhile_is_shown_with_what_is_left() {
    everywhere(|visit| async move {
        let note = note(&visit).await;
        let form = less(&visit, &note).await.with("method", "transfer");
        let sql = format!(
            "UPDATE invoice SET reserved = 15000 WHERE id = '{}'",
            note.id
        );
        visit.site.world.conn().run_sql(&sql).unwrap();
        let again = visit.submit(&form.step("pay")).await;
        again.shows(422, &["Il ne reste que 50,00\u{a0}€ de cet avoir"]);
        assert_eq!(visit.count("payment"), 0);
    })
    .await;
}

#[actix_web::test]
async fn a_debit_with_a_credit_note_is_checked_and_ordered() {
    everywhere(|visit| async move {
        let note = note(&visit).await;
        let world = &visit.site.world;
        let (_, visitor) = world.link(&visit.debtor, &visit.contact).await;
        super::papers::signed_mandate(&visit, visitor).await;
        let form = less(&visit, &note).await.with("method", "debit");
        let check = visit
            .submit(&form.with("debit_on", "2026-12-10").step("pay"))
            .await;
        check.shows(200, &["6\u{202f}960,00\u{a0}€", "Ordonner ce prélèvement"]);
        let ordered = visit.submit(&check.form(0).step("confirm")).await;
        let told = visit.browser.follow(&ordered).await;
        told.shows(200, &["6\u{202f}960,00\u{a0}€"]);
        assert_eq!(stands(&visit, note.id).await, (20_000, 20_000));
    })
    .await;
}

#[actix_web::test]
async fn one_amount_is_spread_over_the_oldest_invoices_first() {
    everywhere(|visit| async move {
        let account = visit.get("/account").await;
        let all = visit.chosen("/pay", &[0, 1, 2]).replace('&', "&amp;");
        account.shows(200, &["Payer un autre montant", &format!("href=\"{all}\"")]);
        let form = visit.get(&visit.chosen("/pay", &[0, 1, 2])).await.form(0);
        let form = form.with("method", "transfer");
        let spread = visit
            .submit(&form.clone().with("spread", "5 000").step("recount"))
            .await;
        spread.shows(200, &["Payer 5\u{202f}000,00\u{a0}€"]);
        let amounts = spread.form(0);
        for (place, amount) in ["4660,00", "340,00", "0,00"].into_iter().enumerate() {
            assert_eq!(amounts.value(&visit.amount_of(place)), amount);
        }
        assert_eq!(amounts.value("spread"), "");
        let hasty = visit
            .submit(&form.clone().with("spread", "5 000").step("pay"))
            .await;
        hasty.shows(200, &["Payer 5\u{202f}000,00\u{a0}€"]);
        for (typed, words) in [
            ("9000", "Indiquez au plus 8\u{202f}159,00\u{a0}€"),
            ("mille", "Écrivez le montant en chiffres"),
            ("-5", "supérieur à zéro"),
            ("5", "Payez au moins 10,00\u{a0}€"),
        ] {
            let wrong = visit
                .submit(&form.clone().with("spread", typed).step("pay"))
                .await;
            wrong.shows(422, &[words]);
        }
        assert_eq!(visit.count("payment"), 0);
        let paid = visit.submit(&amounts.step("pay")).await;
        visit
            .browser
            .follow(&paid)
            .await
            .shows(200, &["5\u{202f}000,00\u{a0}€"]);
        let shares = visit.rows("payment_share");
        assert_eq!(visit.count("payment_share"), 2, "{shares}");
    })
    .await;
}

#[actix_web::test]
async fn one_amount_is_money_beside_the_credit_note() {
    everywhere(|visit| async move {
        let note = note(&visit).await;
        let form = less(&visit, &note).await.with("spread", "5 000");
        let spread = visit.submit(&form.step("recount")).await;
        spread.shows(200, &["Payer 5\u{202f}000,00\u{a0}€"]);
        let form = spread.form(0);
        assert_eq!(
            form.value(&visit.amount_of(1)),
            "540,00",
            "5,000 and 200 less 4,660"
        );
        assert_eq!(form.value(&amount_field(note.id)), "200,00");
    })
    .await;
}

#[actix_web::test]
async fn a_part_below_the_minimum_names_the_minimum() {
    everywhere(|visit| async move {
        let form = visit.get(&visit.chosen("/pay", &[0])).await.form(0);
        let form = form.with("method", "transfer").with("total", "999");
        let part = form.with(&visit.amount_of(0), "9,99").step("pay");
        let low = visit.submit(&part).await;
        low.shows(422, &["Payez au moins 10,00\u{a0}€", "value=\"9,99\""]);
        let field = visit.amount_of(0);
        low.shows(422, &[&format!("href=\"#{field}\"")]);
        let fits = part.with(&visit.amount_of(0), "10").with("total", "1000");
        assert_eq!(visit.submit(&fits).await.status, 303);
        assert_eq!(visit.count("payment"), 1);
    })
    .await;
}

#[actix_web::test]
async fn lateness_is_a_line_of_its_own_that_the_debtor_ticks() {
    everywhere(|visit| async move {
        let path = visit.chosen("/pay", &[0, 2]);
        let off = visit.get(&path).await;
        assert!(!off.text.contains("Frais de retard"), "off by default");
        let terms = Terms {
            interest: true,
            indemnity: true,
            contract: None,
            country: country("FR"),
            added: Added::default(),
        };
        let world = &visit.site.world;
        set_terms(&world.app, visit.supplier.id, terms)
            .await
            .unwrap();
        let page = visit.get(&path).await;
        // 4,660.00 for 11 days at 12.40 %; the other invoice is not due.
        page.shows(
            200,
            &[
                "Payer 5\u{202f}659,00\u{a0}€",
                "Intérêts de retard, facture FA-1",
                "17,41\u{a0}€",
                "Indemnité de recouvrement, facture FA-1",
                "40,00\u{a0}€",
            ],
        );
        assert!(!page.text.contains("retard, facture FA-3"));
        let form = page.form(0).with("method", "transfer");
        assert_eq!(form.value("l"), "", "nothing is ticked");
        let interest = format!("interest:{}", visit.invoices[0].id);
        let shown = visit.submit(&form.with("l", &interest).step("pay")).await;
        shown.shows(200, &["Payer 5\u{202f}676,41\u{a0}€"]);
        let form = shown.form(0);
        assert_eq!(form.value("l"), interest);
        let without = form.clone().with(&visit.amount_of(0), "0").step("recount");
        let without = visit.submit(&without).await;
        without.shows(200, &["Payer 999,00\u{a0}€"]);
        assert_eq!(without.form(0).value("l"), "", "beside its invoice only");
        let paid = visit.submit(&form.step("pay")).await;
        let told = visit.browser.follow(&paid).await;
        told.shows(200, &["5\u{202f}676,41\u{a0}€"]);
        assert_eq!(visit.count("payment_charge"), 1);
    })
    .await;
}
