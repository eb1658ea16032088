//! A reported problem from both sides: files, the conversation, the outcome, and who may see it.

use acquit::flows::Actor;
use acquit::flows::dispute::{Reply, answer, assign};
use domain::dispute::{CreditNote, DisputeEvent, DisputeState};
use domain::{DisputeId, Money};

use super::{Visit, everywhere};
use crate::support::files::{claims_pixels, heic, pdf, photo_with_place, zip};
use crate::support::html::Form;
use crate::support::site::Page;
use crate::support::world::paris;

async fn form(visit: &Visit) -> Form {
    let path = format!("/invoices/{}/dispute", visit.invoices[0].id);
    let page = visit.get(&path).await;
    page.shows(200, &["multipart/form-data", "PDF, JPEG ou PNG"]);
    page.form(0).with("reason", "price").with("scope", "whole")
}

/// Declares a dispute of the first invoice, of part of it or of all.
async fn declare(visit: &Visit, part: Option<&str>, files: &[(&str, Vec<u8>)]) -> DisputeId {
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
    };
    answer(&visit.site.world.app, visit.supplier.id, id, reply)
        .await
        .unwrap()
}

/// The address of the first file on a page.
fn file_on(page: &Page) -> String {
    let (_, rest) = page.text.split_once("href=\"/files/").unwrap();
    format!("/files/{}", rest.split('"').next().unwrap())
}

#[actix_web::test]
async fn files_come_along_and_go_out_as_downloads_without_their_place() {
    everywhere(|visit| async move {
        let photo = photo_with_place();
        assert!(photo.windows(6).any(|part| part == b"GPS 47"));
        let files = [("palette été.jpg", photo), ("bon.pdf", pdf())];
        let id = declare(&visit, None, &files).await;
        let page = visit.get(&format!("/disputes/{id}")).await;
        page.shows(
            200,
            &["palette été.jpg", "bon.pdf", "Voir la pièce", "27/11/2026"],
        );
        let (status, headers, bytes) = visit.browser.fetch(&file_on(&page)).await;
        assert_eq!(status, 200);
        assert!(bytes.starts_with(b"\xff\xd8\xff") && !bytes.windows(3).any(|part| part == b"GPS"));
        for (name, value) in [
            ("content-type", "image/jpeg"),
            ("x-content-type-options", "nosniff"),
            (
                "content-disposition",
                "attachment; filename=\"palette _t_.jpg\"; \
                 filename*=UTF-8''palette%20%C3%A9t%C3%A9.jpg",
            ),
        ] {
            assert_eq!(headers.get(name).unwrap(), value);
        }
        let policy = headers.get("content-security-policy").unwrap();
        assert!(policy.to_str().unwrap().starts_with("default-src 'none'"));
        let kept = page.text.rsplit("href=\"/files/").next().unwrap();
        let kept = format!("/files/{}", kept.split('"').next().unwrap());
        assert_eq!(
            visit.browser.fetch(&kept).await.2,
            pdf(),
            "a PDF stays as it is"
        );
        assert_eq!(visit.count("attachment"), 2);
    })
    .await;
}

#[actix_web::test]
async fn a_refused_file_is_named_and_the_rest_of_the_form_stays() {
    everywhere(|visit| async move {
        let form = form(&visit)
            .await
            .with("text", "Il manque tout")
            .step("check");
        for (name, bytes, words) in [
            ("IMG_1.HEIC", heic(), "Le plus compatible"),
            ("IMG_2.jpg", heic(), "photo HEIC"),
            ("facture.pdf", zip(), "ni un PDF, ni une image"),
            ("vide.pdf", Vec::new(), "est vide"),
            (
                "gros.pdf",
                [pdf(), vec![b' '; 10_000_000]].concat(),
                "dépasse 10\u{a0}Mo",
            ),
            (
                "bombe.png",
                claims_pixels(60_000, 60_000),
                "dépasse 40\u{a0}mégapixels",
            ),
            (
                "photo.jpg",
                b"\xff\xd8\xff rien".to_vec(),
                "ne peut pas être lu",
            ),
        ] {
            let good = ("bon.pdf", pdf());
            let page = visit
                .browser
                .submit_files(&form, &[(name, bytes), good])
                .await;
            page.shows(
                422,
                &[words, &format!("«\u{a0}{name}\u{a0}»"), "href=\"#file\""],
            );
            let again = page.form(0);
            assert_eq!(again.value("text"), "Il manque tout", "{name}");
            assert_eq!(again.value("reason"), "price", "{name}");
            assert!(page.text.contains("bon.pdf"), "what was good is kept");
            // The good one is taken back, so that five do not come together.
            let (_, id) = page.text.split_once("name=\"drop\" value=\"").unwrap();
            let id = id.split('"').next().unwrap().to_owned();
            let edit = visit.submit(&again.with("drop", &id).step("edit")).await;
            edit.shows(200, &["Il manque tout"]);
            assert!(!edit.text.contains("bon.pdf"));
        }
        assert_eq!((visit.count("dispute"), visit.count("attachment")), (0, 0));
        let six: Vec<_> = ["1", "2", "3", "4", "5", "6"]
            .map(|name| (name, pdf()))
            .into();
        let page = visit.browser.submit_files(&form, &six).await;
        page.shows(422, &["5 fichiers à la fois", "5.pdf"]);
        assert_eq!(visit.count("attachment"), 5);
    })
    .await;
}

#[actix_web::test]
async fn files_of_a_form_that_is_never_confirmed_go_after_a_day() {
    everywhere(|visit| async move {
        let form = form(&visit).await.step("check");
        let files = [("bon.pdf", pdf())];
        let check = visit.browser.submit_files(&form, &files).await;
        check.shows(200, &["bon.pdf"]);
        let waiting = visit
            .site
            .world
            .conn()
            .read_sql("SELECT id AS value FROM attachment");
        let waiting = format!("/files/{}", waiting.unwrap()[0]);
        assert_eq!(visit.get(&waiting).await.status, 404, "nobody fetches it");
        let kept = declare(&visit, None, &[("autre.pdf", pdf())]).await;
        assert_eq!(visit.count("attachment"), 2);
        let world = &visit.site.world;
        world.go_to(paris("2026-11-21", 8));
        assert_eq!(acquit::jobs::tick(&world.app).await.unwrap().forgotten, 0);
        world.go_to(paris("2026-11-21", 10));
        assert_eq!(acquit::jobs::tick(&world.app).await.unwrap().forgotten, 1);
        let left = world
            .conn()
            .read_sql("SELECT dispute_id AS value FROM attachment");
        assert_eq!(left.unwrap(), [kept.to_string()]);
    })
    .await;
}

#[actix_web::test]
async fn a_form_with_files_needs_this_sessions_token_first() {
    everywhere(|visit| async move {
        let form = form(&visit).await.with("text", "x").step("check");
        let files = [("bon.pdf", pdf())];
        let mut last = form.clone();
        let place = last
            .fields
            .iter()
            .position(|(name, _)| name == "csrf")
            .unwrap();
        let token = last.fields.remove(place);
        for bad in [
            form.clone().without("csrf"),
            form.clone().with("csrf", "x"),
            last.clone(),
        ] {
            let page = visit.browser.submit_files(&bad, &files).await;
            page.shows(403, &["Numéro d’incident"]);
        }
        last.fields.push(token);
        // Behind other fields it comes too late: nothing is read before it.
        assert_eq!(visit.browser.submit_files(&last, &files).await.status, 403);
        assert_eq!(visit.count("attachment"), 0);
        assert_eq!(visit.browser.submit_files(&form, &files).await.status, 200);
    })
    .await;
}

#[actix_web::test]
async fn a_question_is_answered_and_the_answer_reopened_or_withdrawn() {
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
        silent.shows(422, &["href=\"#text\"", "Expliquez le problème"]);
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
        assert_eq!(visit.count("dispute_remark"), 5);
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
