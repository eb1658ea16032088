//! Documents that staff attaches to an invoice.

use super::*;

/// A file that begins as a PDF.
const SCAN: &[u8] = b"%PDF-1.4\nscan\n%%EOF\n";

#[actix_web::test]
async fn staff_attaches_a_document_once_and_downloads_it() {
    for backend in backends() {
        let site = StaffSite::open(backend, morning());
        let boreal = site.world.supplier("boreal").await;
        let (debtor, _) = site.world.debtor(&boreal, "C1").await;
        let invoice = site
            .world
            .invoice(&debtor, "FA-1", 1_000, "2026-11-02")
            .await;
        let browser = site
            .enter("compta@boreal.example", &boreal, StaffRole::Accountant)
            .await;
        let path = format!("/staff/boreal/invoices/{}/documents", invoice.id);
        let customer = browser
            .get(&format!("/staff/boreal/debtors/{}", debtor.id))
            .await;
        customer.shows(&[&format!("href=\"{path}\"")]);
        let form = browser.get(&path).await;
        form.shows(&["FA-1", "multipart/form-data", "Aucun document"]);
        let csrf = form.csrf();
        let no_pdf = ("FA-1.pdf", b"<html>".to_vec());
        let refused = browser.upload(&path, &csrf, no_pdf).await;
        assert_eq!(refused.status, 422);
        refused.shows(&["Choisissez un fichier PDF", "href=\"#file\""]);
        let added = browser
            .upload(&path, &csrf, ("BL.pdf", SCAN.to_vec()))
            .await;
        assert_eq!(added.status, 200);
        added.shows(&["Le document est joint", "BL.pdf"]);
        let again = browser
            .upload(&path, &csrf, ("BL.pdf", SCAN.to_vec()))
            .await;
        again.shows(&["déjà joint"]);
        assert_eq!(again.text.matches("BL.pdf").count(), 1);
        let (_, rest) = again
            .text
            .split_once("href=\"/staff/boreal/documents/")
            .unwrap();
        let id = rest.split('"').next().unwrap();
        let file = browser.get(&format!("/staff/boreal/documents/{id}")).await;
        assert_eq!(file.status, 200);
        assert_eq!(file.text.as_bytes(), SCAN);
        assert!(file.header("content-disposition").starts_with("attachment"));
    }
}
