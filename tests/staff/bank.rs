//! Bank files and money to match, as staff meet them: upload, decide, put on an account, undo.

use super::*;

/// A table of two movements: its format is not known until somebody confirms it.
const TABLE: &[u8] = b"Date;Libelle;Nom;Montant\n20/11/2026;facture FA-1001;PAYEUR;1000,00\n\
20/11/2026;divers;INCONNU;42,00\n";

#[actix_web::test]
async fn a_file_waits_is_confirmed_and_its_money_finds_accounts() {
    for backend in backends() {
        let site = StaffSite::open(backend, morning());
        let world = &site.world;
        let boreal = world.supplier("boreal").await;
        let (debtor, _) = world.debtor(&boreal, "C1").await;
        let due = "2026-11-02";
        world.invoice(&debtor, "FA-1001", 100_000, due).await;
        let (other, _) = world.debtor(&boreal, "C2").await;
        world.invoice(&other, "FB-1", 3_000, due).await;
        let browser = site
            .enter("compta@boreal.example", &boreal, StaffRole::Accountant)
            .await;
        let token = csrf(&browser).await;
        let bank = "/staff/boreal/bank";
        let page = browser.get("/staff/boreal/imports").await;
        page.shows(&[bank]);
        let nonsense = ("a.csv", b"Bonjour".to_vec());
        let refused = browser.upload(bank, &token, nonsense).await;
        assert_eq!(refused.status, 422);
        refused.shows(&["href=\"#file\"", "camt.053, CFONB120, MT940", "Refusé"]);
        let taken = browser
            .upload(bank, &token, ("b.csv", TABLE.to_vec()))
            .await;
        assert_eq!((taken.status, taken.to()), (303, bank));
        let list = browser.get(bank).await;
        list.shows(&["b.csv", "À confirmer", "2 movements on 1 statements"]);
        let way = "href=\"/staff/boreal/bank/";
        let (_, rest) = list.text.split_once(way).unwrap();
        let address = format!("{bank}/{}", rest.split_once('"').unwrap().0);
        columns_are_checked(&browser, &address, &token).await;
        let list = browser.get(bank).await;
        list.shows(&["Comptabilisé", "compta@boreal.example"]);
        put_and_undo(&browser, &token).await;
    }
}

/// The columns are guessed; what is confirmed is what was looked at.
async fn columns_are_checked(browser: &Browser, address: &str, token: &str) {
    let page = browser.get(address).await;
    page.shows(&[
        "Vérifiez les colonnes du relevé",
        "<option value=\"name\" selected>",
        "042,00\u{a0}€",
        "20/11/2026",
        "facture FA-1001",
        "value=\"FR76",
    ]);
    let seen = page.field("seen");
    let send = async |decision, words, account, seen: &str| {
        let columns = [
            ("c0", "day"),
            ("c1", words),
            ("c2", "name"),
            ("c3", "amount"),
        ];
        let rest = [
            ("csrf", token),
            ("account", account),
            ("days", "day_first"),
            ("decimal", "comma"),
            ("side", "received"),
            ("seen", seen),
            ("decision", decision),
        ];
        browser
            .post(address, &[&columns[..], &rest[..]].concat())
            .await
    };
    let iban = "FR7630006000011234567890189";
    let page = send("read", "name", "FR00", &seen).await;
    assert_eq!(page.status, 422);
    page.shows(&[
        "href=\"#c2\"",
        "href=\"#account\"",
        "Une seule colonne peut contenir\u{a0}: Nom de la contrepartie",
        "value=\"FR00\"",
    ]);
    // Another reading than the one that was looked at is looked at first.
    let page = send("read", "more", iban, &seen).await;
    assert_eq!(page.status, 422);
    page.shows(&["La lecture a changé", "Ce qui est compris"]);
    let page = send("preview", "words", iban, "").await;
    assert_eq!(page.status, 200);
    let seen = page.field("seen");
    for _ in 0..2 {
        let done = send("read", "words", iban, &seen).await;
        assert_eq!(done.status, 303, "{}", done.text);
    }
    // Read like this, and shown to whoever asks.
    let page = browser.get(address).await;
    page.shows(&[
        "Ce fichier a été lu ainsi",
        "disabled",
        "Redemander pour ces titres",
    ]);
    let fields = [("csrf", token), ("decision", "forget")];
    assert_eq!(browser.post(address, &fields).await.status, 303);
}

/// One invoice was found by its number; the other money is put on an account by hand.
async fn put_and_undo(browser: &Browser, token: &str) {
    let money = "/staff/boreal/money";
    let page = browser.get(money).await;
    page.shows(&["INCONNU", "numéro de facture, montant exact", "Défaire"]);
    let key = page.field("movement");
    let send = async |fields: &[(&str, &str)]| {
        let mut all = vec![("csrf", token), ("movement", key.as_str())];
        all.extend_from_slice(fields);
        browser.post(money, &all).await
    };
    let by_hand = |code, part, rest| {
        let action = ("action", "allot");
        [action, ("code", code), ("part", part), ("rest", rest)]
    };
    let wrong = send(&by_hand("C9", "50,00", "")).await;
    assert_eq!(wrong.status, 422);
    wrong.shows(&[
        "href=\"#code-0\"",
        "href=\"#part-0\"",
        "value=\"C9\"",
        "value=\"50,00\"",
    ]);
    for _ in 0..2 {
        assert_eq!(send(&by_hand("C2", "", "")).await.status, 303);
    }
    // 42 euros for an invoice of 30: the rest is the customer's.
    let done = browser.get(money).await;
    done.shows(&["Tout est rapproché", "12,00\u{a0}€"]);
    assert_eq!(send(&[("action", "undo")]).await.status, 303);
    browser.get(money).await.shows(&["INCONNU"]);
    assert_eq!(send(&by_hand("C2", "30,00", "C1")).await.status, 303);
    let split = browser.get(money).await;
    split.shows(&["Tout est rapproché", "Réparti"]);
}
