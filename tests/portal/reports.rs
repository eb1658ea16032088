//! A reported problem from both sides: files, the conversation, the outcome, and who may see it.

use acquit::flows::Actor;
use acquit::flows::attach::{self, Given, Giver};
use acquit::flows::dispute::{Reply, answer, assign};
use domain::dispute::{CreditNote, DisputeEvent, DisputeState};
use domain::{DisputeId, Money};

use super::{Visit, everywhere};
use crate::support::files::{heic, pdf, photo_with_place};
use crate::support::html::Form;
use crate::support::site::Page;

pub(super) async fn form(visit: &Visit) -> Form {
    let path = format!("/invoices/{}/dispute", visit.invoices[0].id);
    let page = visit.get(&path).await;
    page.shows(200, &["multipart/form-data", "PDF, JPEG ou PNG"]);
    page.form(0).with("reason", "price").with("scope", "whole")
}

/// Declares a dispute of the first invoice, of part of it or of all.
pub(super) async fn declare(
    visit: &Visit,
    part: Option<&str>,
    files: &[(&str, Vec<u8>)],
) -> DisputeId {
    let mut form = form(visit).await.with("text", "Voir la pièce");
    if let Some(amount) = part {
        form = form.with("scope", "part").with("amount", amount);
    }
    let check = visit.browser.submit_files(&form.step("check"), files).await;
    check.shows(200, &["Vérifiez votre signalement"]);
    for (name, _) in files {
        assert!(check.text.contains(name), "{name}: {}", check.words());
    }
    let receipt = visit.submit(&check.form(0).step("confirm")).await;
    receipt.shows(200, &["Suivre votre signalement"]);
    let (_, rest) = receipt.text.split_once("href=\"/disputes/").unwrap();
    rest.split('"').next().unwrap().parse().unwrap()
}

async fn reply(visit: &Visit, id: DisputeId, event: DisputeEvent, text: &str) -> DisputeState {
    let credit = (event == DisputeEvent::Credit).then(|| CreditNote {
        number: "AV-7".into(),
        amount: Money::eur(100_050),
    });
    let reply = Reply {
        event,
        text: text.into(),
        credit,
        until: None,
        actor: Actor::staff("compta@boreal.example"),
        key: None,
    };
    answer(&visit.site.world.app, visit.supplier.id, id, reply)
        .await
        .unwrap()
}

/// The address of the first file on a page.
pub(super) fn file_on(page: &Page) -> String {
    let (_, rest) = page.text.split_once("href=\"/files/").unwrap();
    format!("/files/{}", rest.split('"').next().unwrap())
}

#[actix_web::test]
async fn a_question_is_answered_with_words_or_a_photo() {
    everywhere(|visit| async move {
        let id = declare(&visit, Some("1000,50"), &[]).await;
        let path = format!("/disputes/{id}");
        let (app, supplier) = (&visit.site.world.app, visit.supplier.id);
        let staff = Actor::staff("compta@boreal.example");
        assign(app, supplier, id, "Quai 4".into(), staff)
            .await
            .unwrap();
        reply(&visit, id, DisputeEvent::AskMore, "Une <photo> ?").await;
        let account = visit.get("/account").await;
        account.shows(200, &[&path, "Votre réponse est attendue"]);
        let invoice = visit
            .get(&format!("/invoices/{}", visit.invoices[0].id))
            .await;
        invoice.shows(200, &[&path, "Précision demandée"]);
        let page = visit.get(&path).await;
        page.shows(
            200,
            &["Quai 4", "Une &lt;photo&gt; ?", "besoin d’une précision"],
        );

        let form = page.form(0);
        let silent = visit.submit(&form.clone().with("deed", "say")).await;
        silent.shows(422, &["href=\"#text\"", "joignez un fichier"]);
        let long = form
            .clone()
            .with("deed", "say")
            .with("text", &"é".repeat(2_001));
        visit
            .submit(&long)
            .await
            .shows(422, &["2000 caractères", "ééé"]);
        let refused = form.clone().with("deed", "say").with("text", "La voici");
        let refused = visit
            .browser
            .submit_files(&refused, &[("a.heic", heic())])
            .await;
        refused.shows(422, &["photo HEIC", "La voici"]);
        // A photo says enough.
        let photo = [("a.jpg", photo_with_place())];
        let said = visit
            .browser
            .submit_files(&form.with("deed", "say"), &photo)
            .await;
        let page = visit.browser.follow(&said).await;
        page.shows(200, &["a.jpg", "en cours d’examen"]);
        assert_eq!(visit.count("dispute_remark"), 2);
    })
    .await;
}

#[actix_web::test]
async fn an_answer_is_reopened_and_a_report_withdrawn() {
    everywhere(|visit| async move {
        let id = declare(&visit, Some("1000,50"), &[]).await;
        let path = format!("/disputes/{id}");
        reply(&visit, id, DisputeEvent::Reject, "Le bon est signé").await;
        let page = visit.get(&path).await;
        page.shows(
            200,
            &["la facture est maintenue", "Le bon est signé", "19/01/2027"],
        );
        let reopen = page.form(0).with("deed", "reopen");
        visit.submit(&reopen).await.shows(422, &["href=\"#text\""]);
        let reopened = visit.submit(&reopen.with("text", "Pas par nous")).await;
        let page = visit.browser.follow(&reopened).await;
        page.shows(200, &["Signalement rouvert", "Pas par nous"]);

        let check = visit.submit(&page.form(1).with("deed", "withdraw")).await;
        check.shows(200, &["Retirer votre signalement", "1\u{202f}000,50"]);
        let kept = visit.submit(&check.form(0).step("edit")).await;
        visit
            .browser
            .follow(&kept)
            .await
            .shows(200, &["en cours d’examen"]);
        let confirm = check.form(0).step("confirm");
        for _ in 0..2 {
            let gone = visit.submit(&confirm).await;
            visit
                .browser
                .follow(&gone)
                .await
                .shows(200, &["Vous avez retiré"]);
        }
        assert_eq!(visit.count("dispute_remark"), 3);
        let invoice = visit.get("/account").await;
        invoice.shows(200, &["7\u{202f}160,00\u{a0}€"]);
    })
    .await;
}

#[actix_web::test]
async fn part_disputed_the_rest_paid_by_card_and_the_part_credited_leaves_nothing() {
    everywhere(|visit| async move {
        let id = declare(&visit, Some("1000,50"), &[]).await;
        let pay = visit.get(&visit.chosen("/pay", &[0])).await.form(0);
        assert_eq!(
            pay.value(&visit.amount_of(0)),
            "3659,50",
            "the rest can be paid at once"
        );
        let card = visit.submit(&pay.with("method", "card").step("pay")).await;
        let card = visit.browser.follow(&card).await;
        let back = visit.submit(&card.form(0).with("outcome", "approve")).await;
        visit
            .browser
            .follow(&back)
            .await
            .shows(200, &["3\u{202f}659,50\u{a0}€"]);
        reply(&visit, id, DisputeEvent::Credit, "").await;
        let page = visit.get(&format!("/disputes/{id}")).await;
        page.shows(200, &["L’avoir AV-7 de 1\u{202f}000,50\u{a0}€ est déduit"]);
        assert!(
            page.form_if(&format!("/disputes/{id}")).is_none(),
            "nothing is left to say"
        );
        let invoice = visit
            .get(&format!("/invoices/{}", visit.invoices[0].id))
            .await;
        invoice.shows(200, &["Réglée", "Réglé par avoir"]);
        assert!(!visit.get("/account").await.text.contains("FA-1"));
        let mut kinds = visit.site.world.conn();
        let kinds = kinds
            .read_sql("SELECT kind AS value FROM message ORDER BY id")
            .unwrap();
        assert_eq!(kinds, ["dispute_received", "thanks", "dispute_answer"]);
        let wrong =
            acquit::store::ledger::disagreements(&mut visit.site.world.conn(), visit.supplier.id);
        assert_eq!(wrong.unwrap(), []);
    })
    .await;
}

#[actix_web::test]
async fn disputes_and_files_of_others_are_not_found() {
    everywhere(|visit| async move {
        let id = declare(&visit, None, &[("bon.pdf", pdf())]).await;
        let (own, file) = {
            let page = visit.get(&format!("/disputes/{id}")).await;
            (page.form(0), file_on(&page))
        };
        let world = &visit.site.world;
        let (neighbour, contact) = world.debtor(&visit.supplier, "C-2").await;
        let stranger = visit.site.enter(&neighbour, &contact).await;
        let austral = world.supplier("austral").await;
        let (far, contact) = world.debtor(&austral, "C-1042").await;
        let far = visit.site.enter(&far, &contact).await;
        for other in [&stranger, &far] {
            for path in [format!("/disputes/{id}"), file.clone()] {
                assert_eq!(other.get(&path).await.status, 404, "{path}");
            }
        }
        let theirs = world.invoice(&neighbour, "FA-9", 1_000, "2026-11-01").await;
        let form = stranger
            .get(&format!("/invoices/{}/dispute", theirs.id))
            .await
            .form(0);
        let token = form.value("csrf").to_owned();
        let said = own
            .with("csrf", &token)
            .with("deed", "say")
            .with("text", "x");
        assert_eq!(stranger.submit(&said).await.status, 404);
        let nobody = visit.site.browser();
        for path in [format!("/disputes/{id}"), file.clone()] {
            assert_eq!(nobody.get(&path).await.status, 403, "{path}");
        }
        for path in ["/disputes/dis_1", "/files/att_1"] {
            assert_eq!(visit.get(path).await.status, 404);
        }
        assert_eq!(visit.count("dispute_remark"), 0);
        assert_eq!(visit.browser.fetch(&file).await.0, 200);
    })
    .await;
}

#[actix_web::test]
async fn an_invoice_with_an_order_number_is_not_said_to_miss_one() {
    everywhere(|visit| async move {
        let path = format!("/invoices/{}/dispute", visit.invoices[0].id);
        visit.get(&path).await.shows(200, &["order_number_missing"]);
        let form = visit
            .get(&path)
            .await
            .form(0)
            .with("reason", "order_number_missing");
        let check = visit.submit(&form.step("check")).await;
        check.shows(200, &["Indiquez-nous le numéro"]);
        let known = "UPDATE invoice SET order_ref = 'PO 1'";
        visit.site.world.conn().run_sql(known).unwrap();
        assert!(!visit.get(&path).await.text.contains("order_number_missing"));
        let refused = visit.submit(&check.form(0).step("confirm")).await;
        refused.shows(422, &["href=\"#reason\""]);
    })
    .await;
}

#[actix_web::test]
async fn what_the_supplier_attaches_is_fetched_by_the_debtor_alone() {
    everywhere(|visit| async move {
        let id = declare(&visit, Some("1000,50"), &[]).await;
        let (app, supplier) = (&visit.site.world.app, visit.supplier.id);
        let giver = Giver {
            supplier,
            debtor: visit.debtor.id,
            actor: Actor::staff("compta@boreal.example"),
        };
        let given = Given {
            name: "bon signé.pdf".into(),
            body: Ok(pdf()),
        };
        attach::keep(app, giver, "k", vec![given]).await.unwrap();
        let reply = Reply {
            event: DisputeEvent::Tell,
            text: String::new(),
            credit: None,
            until: None,
            actor: Actor::staff("compta@boreal.example"),
            key: Some("k".into()),
        };
        for _ in 0..2 {
            answer(app, supplier, id, reply.clone()).await.unwrap();
        }
        let page = visit.get(&format!("/disputes/{id}")).await;
        page.shows(200, &["bon signé.pdf", "Message"]);
        assert_eq!(page.text.matches("Message").count(), 1, "told once");
        let (status, _, bytes) = visit.browser.fetch(&file_on(&page)).await;
        assert_eq!((status, bytes), (200, pdf()));
        let (other, contact) = visit.site.world.debtor(&visit.supplier, "C-2").await;
        let stranger = visit.site.enter(&other, &contact).await;
        assert_eq!(stranger.fetch(&file_on(&page)).await.0, 404);
    })
    .await;
}
