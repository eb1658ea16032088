//! Statement, receipt, mandate and documents of invoices, as files that a reader opens.

use acquit::flows::documents::{self, Attached, Refusal};
use acquit::flows::{Actor, Visitor, mandate, papers};
use acquit::store::{self, Across};
use domain::MandateId;
use domain::mandate::Usage;
use domain::party::Language;
use reqwest::Method;

use super::{Visit, everywhere};
use crate::support::pdf::Pdf;

/// A downloaded file: its headers as one text, and its bytes.
pub(super) async fn download(visit: &Visit, path: &str) -> (u16, String, Vec<u8>) {
    let answer = visit
        .browser
        .request(Method::GET, path)
        .send()
        .await
        .unwrap();
    let header = |name: &str| {
        let value = answer.headers().get(name);
        value.map_or("", |value| value.to_str().unwrap()).to_owned()
    };
    let head = format!(
        "{}; {}",
        header("content-type"),
        header("content-disposition")
    );
    (
        answer.status().as_u16(),
        head,
        answer.bytes().await.unwrap().to_vec(),
    )
}

pub(super) fn shows(text: &str, all: &[&str]) {
    for one in all {
        assert!(text.contains(one), "no “{one}” in\n{text}");
    }
}

/// A PDF that is none a reader would open, but begins as one.
fn scan(mark: &str) -> Vec<u8> {
    format!("%PDF-1.4\n{mark}\n%%EOF\n").into_bytes()
}

/// A mandate that was signed through a link.
pub(super) async fn signed_mandate(visit: &Visit, visitor: Visitor) -> MandateId {
    let signature = mandate::Signature {
        holder: "Delmas SARL".into(),
        iban: "FR7630006000011234567890189".parse().unwrap(),
        bic: None,
        usage: Usage::Recurring,
        signatory: "Service comptabilité".into(),
        place: "Nantes".into(),
        wording: views::portal::mandate::wording(
            Language::Fr,
            "Fournisseur boreal",
            (domain::mandate::Scheme::Core, 1),
        ),
        address: "127.0.0.1".into(),
        agent: "test".into(),
        key: "0123456789abcdef".into(),
    };
    let app = &visit.site.world.app;
    mandate::sign(app, visitor, signature).await.unwrap()
}

#[actix_web::test]
async fn the_statement_is_a_tagged_pdf_that_says_all() {
    everywhere(|visit| async move {
        let account = visit.get("/account").await;
        account.shows(200, &["href=\"/statement.pdf\"", "href=\"/statement.csv\""]);
        let (status, head, bytes) = download(&visit, "/statement.pdf").await;
        assert_eq!(status, 200);
        shows(
            &head,
            &[
                "application/pdf",
                "attachment",
                "boreal-releve-2026-11-20.pdf",
            ],
        );
        let pdf = Pdf::of(&bytes);
        shows(
            &pdf.facts(),
            &[
                "Relevé de compte – Fournisseur boreal",
                "Tagged:          yes",
                "595 x 842",
            ],
        );
        shows(
            &pdf.text(),
            &[
                "Fournisseur boreal",
                "Société C-1042",
                "FA-1",
                "09/11/2026",
                "4 660,00 €",
                "8 159,00 €",
                "7 160,00 €",
                "FR76 3000 6000 0112 3456 7890 189",
                "RF",
                "1/1",
            ],
        );
        let structure = pdf.structure();
        shows(&structure, &["H1", "H2", "Table", "TR", "TH", "TD", "FA-3"]);
        assert!(!structure.contains("1/1"), "the foot is no content");
        assert!(!pdf.facts().contains("Acquit") && !pdf.facts().contains("krilla"));
        let again = download(&visit, "/statement.pdf").await.2;
        assert_eq!(bytes, again, "the same account, the same bytes");
    })
    .await;
}

#[actix_web::test]
async fn the_statement_for_spreadsheets_and_in_english() {
    everywhere(|visit| async move {
        let (status, head, bytes) = download(&visit, "/statement.csv").await;
        assert_eq!(status, 200);
        shows(
            &head,
            &["text/csv; charset=utf-8", "boreal-releve-2026-11-20.csv"],
        );
        let text = String::from_utf8(bytes).unwrap();
        assert!(text.starts_with("\u{feff}Nature;Numéro;"));
        assert_eq!(text.lines().count(), 4);
        let (_, visitor) = visit.site.world.link(&visit.debtor, &visit.contact).await;
        let app = &visit.site.world.app;
        let paper = papers::statement(app, visitor, Language::En).await.unwrap();
        assert_eq!(paper.file_name, "boreal-statement-2026-11-20.pdf");
        shows(
            &Pdf::of(&paper.bytes).text(),
            &[
                "Statement of account",
                "€4,660.00",
                "Balance of the account",
            ],
        );
    })
    .await;
}

#[actix_web::test]
async fn a_payment_has_a_receipt_once_it_succeeded() {
    everywhere(|visit| async move {
        let form = visit.get(&visit.chosen("/pay", &[0, 1])).await.form(0);
        let started = visit.submit(&form.step("pay")).await;
        let page = visit.browser.follow(&started).await;
        let sandbox = started.location().replace(&visit.site.origin, "");
        let path = sandbox.replace("/sandbox/card/sbx_", "/payments/pay_");
        let receipt = format!("{path}/receipt.pdf");
        assert_eq!(
            download(&visit, &receipt).await.0,
            404,
            "nothing was received yet"
        );
        let back = visit.submit(&page.form(0).with("outcome", "approve")).await;
        let outcome = visit.browser.follow(&back).await;
        outcome.shows(200, &[&format!("href=\"{receipt}\"")]);
        let (status, head, bytes) = download(&visit, &receipt).await;
        assert_eq!(status, 200);
        shows(&head, &["boreal-recu-2026-11-20.pdf"]);
        shows(
            &Pdf::of(&bytes).text(),
            &[
                "Reçu de paiement",
                "Carte bancaire",
                "FA-1",
                "FA-2",
                "7 160,00 €",
                "RF",
            ],
        );
        assert!(!Pdf::of(&bytes).text().contains("pay_"));
        assert!(!outcome.text.contains("<span class=\"num\">pay_"));
    })
    .await;
}

#[actix_web::test]
async fn a_mandate_has_a_copy_that_proves_the_signature() {
    everywhere(|visit| async move {
        let world = &visit.site.world;
        let (_, visitor) = world.link(&visit.debtor, &visit.contact).await;
        let id = signed_mandate(&visit, visitor).await;
        let (status, head, bytes) = download(&visit, &format!("/mandates/{id}.pdf")).await;
        assert_eq!(status, 200);
        shows(&head, &["boreal-mandat-2026-11-20.pdf"]);
        let text = Pdf::of(&bytes).text();
        shows(
            &text,
            &[
                "Mandat de prélèvement SEPA",
                "FR72ZZZ123456",
                "M20261120-",
                "•••• 0189",
                "En signant ce formulaire",
                "8 semaines",
                "Service comptabilité",
                "Nantes",
                "20/11/2026 à 9 h 00",
                &visitor.link.to_string(),
            ],
        );
        assert!(!text.contains("3000 6000") && !text.contains("30006000"));
    })
    .await;
}

#[actix_web::test]
async fn documents_of_invoices_are_brought_in_once_and_downloaded() {
    everywhere(|visit| async move {
        let app = &visit.site.world.app;
        let supplier = visit.supplier.id;
        let bring = |name: &'static str, bytes: Vec<u8>| {
            documents::attach_by_name(app, supplier, name, bytes, Actor::job("test"))
        };
        assert_eq!(bring("FA-1.pdf", scan("a")).await.unwrap(), Attached::New);
        assert_eq!(bring("FA-1.pdf", scan("a")).await.unwrap(), Attached::Known);
        assert_eq!(
            bring("BL_FA-1.pdf", scan("b")).await.unwrap(),
            Attached::New
        );
        assert!(matches!(
            bring("FA-9.pdf", scan("a")).await,
            Err(Refusal::NoInvoice)
        ));
        assert!(matches!(
            bring("FA-1.xml", scan("a")).await,
            Err(Refusal::NotNamedPdf)
        ));
        let page = b"<html>".to_vec();
        assert!(matches!(
            bring("FA-1.pdf", page).await,
            Err(Refusal::NotPdf)
        ));
        let (neighbour, _) = visit.site.world.debtor(&visit.supplier, "C-2").await;
        visit
            .site
            .world
            .invoice(&neighbour, "FA-2", 100, "2026-11-01")
            .await;
        assert!(matches!(
            bring("FA-2.pdf", scan("a")).await,
            Err(Refusal::Several(2, _))
        ));
        assert_eq!(visit.count("document"), 2);
    })
    .await;
}

#[actix_web::test]
async fn documents_of_an_invoice_are_downloaded_by_its_debtor_alone() {
    everywhere(|visit| async move {
        let app = &visit.site.world.app;
        let supplier = visit.supplier.id;
        for (name, mark) in [("FA-1.pdf", "a"), ("BL_FA-1.pdf", "b")] {
            let job = Actor::job("test");
            documents::attach_by_name(app, supplier, name, scan(mark), job)
                .await
                .unwrap();
        }
        let (neighbour, _) = visit.site.world.debtor(&visit.supplier, "C-2").await;
        let twin = visit
            .site
            .world
            .invoice(&neighbour, "FA-7", 100, "2026-11-01")
            .await;
        let own = visit.invoices[0].id;
        let page = visit.get(&format!("/invoices/{own}")).await;
        page.shows(
            200,
            &["Bon de livraison BL_FA-1.pdf", "Facture FA-1.pdf", "Ko"],
        );
        let links: Vec<&str> = page.text.split("href=\"").skip(1).collect();
        let links = links.iter().filter_map(|rest| rest.split('"').next());
        let links: Vec<&str> = links.filter(|path| path.contains("/documents/")).collect();
        assert_eq!(links.len(), 2);
        let (status, head, bytes) = download(&visit, links[0]).await;
        assert_eq!((status, bytes), (200, scan("a")));
        shows(&head, &["application/pdf", "attachment", "FA-1.pdf"]);

        let theirs = documents::attach(
            app,
            supplier,
            twin.id,
            documents::Paper {
                kind: domain::document::DocumentKind::Invoice,
                file_name: "FA-2.pdf".into(),
                bytes: scan("c"),
            },
            Actor::job("test"),
        );
        theirs.await.unwrap();
        let read = move |conn: &mut store::Conn| {
            Ok(store::document::of_invoice(conn, supplier, twin.id)?[0].id)
        };
        let id = app.store.read(Across::Inspection, read).await.unwrap();
        for invoice in [own, twin.id] {
            let path = format!("/invoices/{invoice}/documents/{id}");
            assert_eq!(download(&visit, &path).await.0, 404);
        }
    })
    .await;
}

#[actix_web::test]
async fn papers_of_others_are_not_found() {
    everywhere(|visit| async move {
        let world = &visit.site.world;
        let form = visit.get(&visit.chosen("/pay", &[0])).await.form(0);
        let paid = visit.submit(&form.with("method", "card").step("pay")).await;
        let page = visit.browser.follow(&paid).await;
        visit.submit(&page.form(0).with("outcome", "approve")).await;
        let path = paid.location().replace(&visit.site.origin, "");
        let path = path.replace("/sandbox/card/sbx_", "/payments/pay_");
        let receipt = format!("{path}/receipt.pdf");
        assert_eq!(download(&visit, &receipt).await.0, 200);
        let (neighbour, contact) = world.debtor(&visit.supplier, "C-2").await;
        let stranger = visit.site.enter(&neighbour, &contact).await;
        stranger.get(&receipt).await.shows(404, &[]);
        let austral = world.supplier("austral").await;
        let (far, contact) = world.debtor(&austral, "C-1042").await;
        let far = visit.site.enter(&far, &contact).await;
        far.get(&receipt).await.shows(404, &[]);
        let nobody = visit.site.browser();
        for path in [
            receipt.as_str(),
            "/statement.pdf",
            "/statement.csv",
            "/mandates/man_1.pdf",
        ] {
            nobody.get(path).await.shows(403, &[]);
        }
        visit.get("/mandates/man_1.pdf").await.shows(404, &[]);
    })
    .await;
}
