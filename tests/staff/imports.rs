//! Balance files: what is taken, what is refused, and what is said about it.

use acquit::store::import_result::Outcome;
use acquit::store::{self, Across};
use domain::{ImportId, Money};

use super::*;

const IMPORTS: &str = "/staff/boreal/imports";

/// Windows-1252, semicolons, French titles: as accounting software writes it.
const BALANCE: &[u8] = b"Compte tiers;Nom;Pi\xe8ce;Ech\xe9ance;Solde;Remarque\r\n\
    C1;Soci\xe9t\xe9 <Un>;FA-1;02/12/2026;1 234,50;urgent\r\n\
    C2;Caf\xe9 Deux;FA-2;03/12/2026;99,90;\r\n";

/// A site and somebody who may import.
async fn open(backend: &str) -> (StaffSite, Browser, String) {
    let site = StaffSite::open(backend, morning());
    let boreal = site.world.supplier("boreal").await;
    let browser = site
        .enter("compta@boreal.example", &boreal, StaffRole::Accountant)
        .await;
    let csrf = csrf(&browser).await;
    (site, browser, csrf)
}

#[actix_web::test]
async fn the_columns_of_a_file_are_recognised_and_shown() {
    for backend in backends() {
        let (_site, browser, csrf) = open(backend).await;
        browser
            .get(IMPORTS)
            .await
            .shows(&["multipart/form-data", "value=\"2026-11-20\""]);
        let file = ("C:\\balance <1>.csv", BALANCE.to_vec());
        let answer = browser.upload(IMPORTS, &csrf, file).await;
        assert_eq!(answer.status, 303, "{}", answer.text);
        assert!(
            answer.to().ends_with("?as_of=2026-11-20&complete=yes"),
            "{}",
            answer.to()
        );
        let page = browser.get(answer.to()).await;
        page.shows(&[
            "balance &lt;1&gt;.csv",
            "value=\"2026-11-20\"",
            "Société &lt;Un&gt;",
        ]);
        page.shows(&["1 234,50", "Café Deux", "urgent"]);
        for (place, title, field) in [
            (0, "Compte tiers", "code"),
            (1, "Nom", "name"),
            (2, "Pièce", "number"),
            (3, "Echéance", "due"),
            (4, "Solde", "open"),
            (5, "Remarque", ""),
        ] {
            assert_eq!(chosen(&page.text, place), field, "{title}");
            page.shows(&[&format!("<label for=\"c{place}\">{title}</label>")]);
        }
        assert!(!page.text.contains("role=\"alert\""));
    }
}

/// What the select of a column stands on.
fn chosen(page: &str, place: usize) -> String {
    let (_, rest) = page
        .split_once(&format!("<select id=\"c{place}\""))
        .unwrap();
    let select = rest.split("</select>").next().unwrap();
    let (before, _) = select.split_once("\" selected").unwrap();
    before.rsplit("value=\"").next().unwrap().to_owned()
}

#[actix_web::test]
async fn a_file_that_cannot_be_read_is_refused_with_its_reason() {
    for backend in backends() {
        let (_site, browser, csrf) = open(backend).await;
        let large = vec![b'a'; 50_000_001];
        for (name, bytes, told) in [
            ("", Vec::new(), "Choisissez un fichier"),
            ("a.csv", Vec::new(), "Ce fichier est vide"),
            ("a.csv", b"Code;Nom\nC1;\0\n".to_vec(), "octet nul, ligne 2"),
            (
                "a.csv",
                b"foo;bar <i>\n1;2\n".to_vec(),
                "lu\u{a0}: foo | bar &lt;i&gt;",
            ),
            ("a.csv", large, "dépasse 50 Mo"),
        ] {
            let page = browser.upload(IMPORTS, &csrf, (name, bytes)).await;
            assert_eq!(page.status, 422, "{told}");
            page.shows(&[told, "href=\"#file\"", "value=\"2026-11-20\""]);
        }
    }
}

#[actix_web::test]
async fn columns_left_out_or_chosen_twice_are_named() {
    for backend in backends() {
        let (_site, browser, csrf) = open(backend).await;
        let unknown = b"Code;Nom;Pi\xe8ce;Jour J;Solde\nC1;A;FA-1;02/12/2026;10,00\n".to_vec();
        let answer = browser.upload(IMPORTS, &csrf, ("a.csv", unknown)).await;
        let page = browser.get(answer.to()).await;
        assert_eq!(page.status, 200);
        page.shows(&[
            "Indiquez quelle colonne contient\u{a0}: Échéance",
            "02/12/2026",
        ]);
        assert_eq!(
            chosen(&page.text, 2),
            "number",
            "what is known is chosen already"
        );

        let path = answer.to().split('?').next().unwrap();
        let csrf = csrf.as_str();
        let fields = |third, as_of| {
            let state = [("csrf", csrf), ("as_of", as_of), ("complete", "yes")];
            let columns = [
                ("c0", "code"),
                ("c2", "number"),
                ("c3", third),
                ("c4", "open"),
            ];
            [&state[..], &columns[..]].concat()
        };
        for (third, as_of, told) in [
            (
                "",
                TODAY,
                "Indiquez quelle colonne contient\u{a0}: Échéance",
            ),
            (
                "open",
                TODAY,
                "Une seule colonne peut contenir\u{a0}: Reste dû",
            ),
            (
                "nonsense",
                TODAY,
                "Indiquez quelle colonne contient\u{a0}: Échéance",
            ),
            ("due", "2026-11-21", "entre le 01/01/2000 et le 20/11/2026"),
            ("due", "demain", "30/11/2026"),
        ] {
            let page = browser.post(path, &fields(third, as_of)).await;
            assert_eq!(page.status, 422, "{told}");
            page.shows(&[told, "role=\"alert\""]);
            assert_eq!(chosen(&page.text, 4), "open", "what was chosen is kept");
            assert_eq!(chosen(&page.text, 1), "");
        }
    }
}

#[actix_web::test]
async fn a_result_is_shown_whenever_it_is_asked_for() {
    for backend in backends() {
        let (site, browser, _) = open(backend).await;
        let id: ImportId = acquit::clock::new_id();
        let boreal = site.world.app.store.read(Across::Inspection, |conn| {
            store::supplier::find_by_code(conn, "boreal")
        });
        let boreal = boreal.await.unwrap().id;
        let started = morning().micros();
        let rows = format!(
            "INSERT INTO import VALUES
               ('{boreal}', '{id}', 'b.csv', 'x', '2026-11-19', TRUE, {started}, {started}, 412, 2);
             INSERT INTO import_error VALUES
               ('{boreal}', '{id}', 17, 'Échéance', '30/02/2026', 'due_date_impossible'),
               ('{boreal}', '{id}', 90, NULL, 'C1;<b>', 'too_few_columns')"
        );
        site.world.conn().run_sql(&rows).unwrap();
        let path = format!("{IMPORTS}/{id}");
        let page = browser.get(&path).await;
        page.shows(&[
            "2 lignes refusées",
            "412",
            "19/11/2026",
            "Échéance",
            "30/02/2026",
        ]);
        page.shows(&[
            "n’existe pas au calendrier",
            "ligne entière",
            "C1;&lt;b&gt;",
        ]);
        assert!(!page.text.contains("Pièces nouvelles"), "never guessed");

        let outcome = Outcome {
            created: 31,
            changed: 8,
            settled: 19,
            totals: vec![
                Money::eur(4_821_500),
                Money::new(70_000, "USD".parse().unwrap()),
            ],
        };
        site.world
            .write(move |conn| Ok(store::import_result::keep(conn, boreal, id, &outcome)?))
            .await;
        let page = browser.get(&path).await;
        page.shows(&["Pièces nouvelles", ">31<", ">8<", ">19<"]);
        page.shows(&["48\u{202f}215,00\u{a0}€", "700,00\u{a0}USD"]);
        browser.get(IMPORTS).await.shows(&[&path, "b.csv"]);
    }
}

#[actix_web::test]
async fn a_file_nobody_confirms_goes_after_a_week() {
    for backend in backends() {
        let (site, browser, csrf) = open(backend).await;
        let first = browser
            .upload(IMPORTS, &csrf, ("a.csv", BALANCE.to_vec()))
            .await;
        let first = first.to().to_owned();
        site.world.go_to(morning().plus_days(7).plus_minutes(1));
        let again = browser.sign_in(
            "compta@boreal.example",
            crate::support::staff_site::PASSWORD,
        );
        assert_eq!(again.await.status, 303);
        assert_eq!(browser.get(&first).await.status, 200);
        let csrf = super::csrf(&browser).await;
        let second = browser
            .upload(IMPORTS, &csrf, ("a.csv", BALANCE.to_vec()))
            .await;
        assert_eq!(browser.get(second.to()).await.status, 200);
        assert_eq!(browser.get(&first).await.status, 404);
    }
}
