//! A file from its upload to the customers' list.

use super::*;

const IMPORTS: &str = "/staff/boreal/imports";

const FIRST: &[u8] = b"Code;Nom;Pi\xe8ce;Ech\xe9ance;Solde\r\n\
    C1;Soci\xe9t\xe9 <Un>;FA-1;02/12/2026;1 234,50\r\n\
    C2;Caf\xe9 Deux;FA-2;30/02/2026;99,90\r\n\
    C3;Trois;FA-3;03/11/2026;50,00\r\n";

/// FA-1 lower, FA-3 gone.
const SECOND: &[u8] = b"Code;Nom;Pi\xe8ce;Ech\xe9ance;Solde\r\n\
    C1;Soci\xe9t\xe9 <Un>;FA-1;02/12/2026;1 000,00\r\n";

#[actix_web::test]
async fn a_confirmed_file_is_imported_once_and_its_result_is_kept() {
    for backend in backends() {
        let site = StaffSite::open(backend, morning());
        let boreal = site.world.supplier("boreal").await;
        let browser = site
            .enter("claire@boreal.example", &boreal, StaffRole::Accountant)
            .await;
        let csrf = csrf(&browser).await;

        let (draft, result) = import(&browser, &csrf, FIRST).await;
        let page = browser.get(&result).await;
        page.shows(&[
            "a.csv",
            "1 ligne refusée",
            "30/02/2026",
            "Pièces nouvelles",
            ">2<",
        ]);
        page.shows(&["1\u{202f}284,50\u{a0}€"]);
        assert_eq!(browser.get(&draft).await.status, 404, "the file is gone");
        let again = browser.post(&draft, &[("csrf", &csrf)]).await;
        assert_eq!((again.status, again.to()), (303, IMPORTS));
        let list = browser.get("/staff/boreal/debtors").await;
        list.shows(&[
            "Société &lt;Un&gt;",
            "1\u{202f}234,50",
            "Trois",
            "50,00",
            "03/11/2026",
        ]);
        assert!(!list.text.contains("99,90"));

        let (_, result) = import(&browser, &csrf, SECOND).await;
        browser
            .get(&result)
            .await
            .shows(&["0 ligne refusée", "1\u{202f}000,00\u{a0}€", ">1<"]);
        let list = browser.get("/staff/boreal/debtors").await;
        list.shows(&["1\u{202f}000,00"]);
        assert!(
            !list.text.contains("50,00\u{a0}€"),
            "settled by a complete file"
        );
        browser.get("/staff").await.shows(&["20/11/2026", "à jour"]);
    }
}

/// Uploads a file, confirms its columns as recognised, and gives both addresses.
async fn import(browser: &Browser, csrf: &str, file: &[u8]) -> (String, String) {
    let uploaded = browser
        .upload(IMPORTS, csrf, ("a.csv", file.to_vec()))
        .await;
    let columns = [
        ("c0", "code"),
        ("c1", "name"),
        ("c2", "number"),
        ("c3", "due"),
        ("c4", "open"),
    ];
    let state = [("csrf", csrf), ("as_of", TODAY), ("complete", "yes")];
    let draft = uploaded.to().split('?').next().unwrap().to_owned();
    let done = browser
        .post(&draft, &[&state[..], &columns[..]].concat())
        .await;
    assert_eq!(done.status, 303, "{}", done.text);
    assert_ne!(done.to(), draft);
    (draft, done.to().to_owned())
}
