//! The supplier's own texts as its staff writes, looks at, tries and uses them.

use acquit::flows::sms_settings::{self, Account, SmsSettings};
use acquit::store;
use domain::party::{Debtor, Supplier};

use super::*;
use crate::support::staff_site::Page;

const LIST: &str = "/staff/boreal/texts";
const ONE: &str = "/staff/boreal/texts/reminder_1.fr.email";
const GOOD: &str = "Petit mot & <b>gras</b> : {{ invoice }}, {{ amount }}, {{ due }}.";

async fn post(browser: &Browser, fields: &[(&str, &str)]) -> Page {
    let page = browser.get(ONE).await;
    let (csrf, key) = (page.csrf(), page.field("key"));
    let mut all = vec![("csrf", csrf.as_str()), ("key", key.as_str())];
    all.extend_from_slice(fields);
    browser.post(ONE, &all).await
}

async fn save(browser: &Browser, body: &str) -> Page {
    let fields = [
        ("deed", "save"),
        ("from", "0"),
        ("subject", "Rappel : {{ amount }}"),
        ("body", body),
    ];
    post(browser, &fields).await
}

/// A supplier with an account that is late, and somebody who may write there.
async fn furnished(site: &StaffSite) -> (Supplier, Debtor, Browser) {
    let boreal = site.world.supplier("boreal").await;
    let (debtor, _) = site.world.debtor(&boreal, "C1").await;
    site.world
        .invoice(&debtor, "FA-1", 123_400, "2026-11-02")
        .await;
    let browser = site
        .enter("compta@boreal.example", &boreal, StaffRole::Accountant)
        .await;
    (boreal, debtor, browser)
}

#[actix_web::test]
async fn a_text_that_is_refused_says_on_which_lines_and_keeps_what_was_typed() {
    for backend in backends() {
        let site = StaffSite::open(backend, morning());
        let (_, _, browser) = furnished(&site).await;
        browser.get("/staff/boreal/reminders").await.shows(&[LIST]);
        let list = browser.get(LIST).await;
        list.shows(&["Deuxième rappel", "Mise en demeure", "Texte d’origine", ONE]);
        let page = browser.get(ONE).await;
        page.shows(&[
            "{{ amount }}",
            "obligatoire",
            "Texte d’origine",
            "iframe",
            "Sauf erreur",
        ]);

        let body = "Bonjour,\n{{ range(9) }} </textarea><b>\n{{ nobody }}";
        let wrong = save(&browser, body).await;
        assert_eq!(wrong.status, 422, "{backend}");
        wrong.shows(&[
            "href=\"#body\"",
            "Ligne 2\u{a0}: «\u{a0}range(9)\u{a0}» n’est pas admis",
            "Ligne 3\u{a0}: aucune variable ne s’appelle «\u{a0}nobody\u{a0}»",
            "ajoutez {{ invoice }} ou {{ item.number }}",
            "{{ range(9) }} &lt;/textarea&gt;&lt;b&gt;",
        ]);
        let short = browser.get("/staff/boreal/texts/reminder_1.fr.sms").await;
        short.shows(&["Un seul segment", "{{ link }}", "1 segment", "sauf erreur"]);
    }
}

#[actix_web::test]
async fn a_text_is_saved_and_looked_at_as_a_customer_would_read_it() {
    for backend in backends() {
        let site = StaffSite::open(backend, morning());
        let (_, debtor, browser) = furnished(&site).await;
        assert_eq!(save(&browser, GOOD).await.status, 303, "{backend}");
        let page = browser.get(ONE).await;
        page.shows(&[
            "Version 1",
            "Le texte d’origine est utilisé",
            "Utiliser cette version",
            "Rappel\u{a0}: 1\u{202f}234,00\u{a0}€",
            "Petit mot &amp; &lt;b&gt;gras",
        ]);
        let frame = format!("{ONE}/mail?version=1&debtor={}", debtor.id);
        page.shows(&[&frame.replace('&', "&amp;")]);
        let mail = browser.get(&frame).await;
        assert_eq!(mail.status, 200);
        mail.shows(&["Petit mot &amp; &lt;b&gt;gras&lt;/b&gt;", "FA-1"]);
        assert!(!mail.text.contains("<b>"), "no markup of the supplier's");
        let policy = mail.header("content-security-policy");
        assert!(policy.contains("sandbox"), "{policy}");
        let stale = save(&browser, "{{ invoice }} {{ amount }} {{ due }} encore").await;
        assert_eq!(stale.status, 422);
        stale.shows(&["entre-temps", "{{ invoice }} {{ amount }} {{ due }} encore"]);
        let none = browser.get(&format!("{ONE}?q=nobody-of-that-name")).await;
        none.shows(&["Aucun client trouvé"]);
    }
}

#[actix_web::test]
async fn a_text_is_used_tried_and_taken_back() {
    for backend in backends() {
        let site = StaffSite::open(backend, morning());
        let (_, debtor, browser) = furnished(&site).await;
        assert_eq!(save(&browser, GOOD).await.status, 303, "{backend}");
        let used = post(&browser, &[("deed", "use"), ("version", "1")]).await;
        assert_eq!(used.status, 303, "{backend}");
        browser.get(LIST).await.shows(&["Version 1"]);
        browser
            .get(ONE)
            .await
            .shows(&["Revenir au texte d’origine"]);
        let id = debtor.id.to_string();
        let test = [("deed", "test"), ("version", "1"), ("debtor", id.as_str())];
        let tested = post(&browser, &test).await;
        assert_eq!(tested.status, 303, "{backend}");
        let page = browser.get(tested.to()).await;
        page.shows(&["Essai envoyé", "compta@boreal.example"]);
        assert_eq!(post(&browser, &[("deed", "built_in")]).await.status, 303);
        let page = browser.get(ONE).await;
        page.shows(&["Le texte d’origine est utilisé", "Version 1"]);
    }
}

#[actix_web::test]
async fn another_suppliers_text_is_not_there_and_a_failing_one_is_told_on_the_days_page() {
    for backend in backends() {
        let site = StaffSite::open(backend, morning());
        let world = &site.world;
        let boreal = world.supplier("boreal").await;
        let ocean = world.supplier("ocean").await;
        let (strange, _) = world.debtor(&ocean, "C1").await;
        world.debtor(&boreal, "C2").await;
        let browser = site
            .enter("compta@boreal.example", &boreal, StaffRole::Accountant)
            .await;
        let frame = format!("{ONE}/mail?version=0&debtor={}", strange.id);
        assert_eq!(browser.get(&frame).await.status, 404, "{backend}");
        assert_eq!(browser.get("/staff/ocean/texts").await.status, 404);
        for slot in [
            "code.fr.email",
            "reminder_1.de.email",
            "reminder_1.fr.call",
            "x",
        ] {
            let page = browser.get(&format!("{LIST}/{slot}")).await;
            assert_eq!(page.status, 404, "{slot}");
        }
        assert_eq!(save(&browser, GOOD).await.status, 303);
        assert_eq!(
            post(&browser, &[("deed", "use"), ("version", "1")])
                .await
                .status,
            303
        );
        let supplier = boreal.id;
        let fail = move |conn: &mut store::Conn| {
            let all = store::own_text::in_use(conn, supplier)?;
            let at = Moment::from_seconds(1_795_000_000);
            let news = store::own_text::failed(conn, supplier, all[0].text.id, ("trop long", at))?;
            let again = store::own_text::failed(conn, supplier, all[0].text.id, ("autre", at))?;
            Ok((news, again))
        };
        assert_eq!(world.write(fail).await, (true, false), "{backend}");
        browser
            .get("/staff")
            .await
            .shows(&["ne peut plus partir", LIST]);
        browser.get(LIST).await.shows(&["Inutilisable"]);
        browser.get(ONE).await.shows(&["trop long"]);
    }
}

#[actix_web::test]
async fn a_text_message_is_tried_on_a_number_where_texts_leave() {
    const SHORT: &str = "/staff/boreal/texts/reminder_1.fr.sms";
    for backend in backends() {
        let site = StaffSite::open(backend, morning());
        let (boreal, debtor, browser) = furnished(&site).await;
        let page = browser.get(SHORT).await;
        page.shows(&["aucun prestataire n’est configuré"]);
        let change = |settings: &mut SmsSettings| {
            settings.account = Some(Account::Nowhere);
            settings.sender = "BOREAL".into();
            settings.texts_a_day = 1;
        };
        sms_settings::change(&site.world.app, boreal.id, change)
            .await
            .unwrap();
        let id = debtor.id.to_string();
        let try_on = async |number: &str| {
            let page = browser.get(SHORT).await;
            let (csrf, key) = (page.csrf(), page.field("key"));
            let fields = [
                ("csrf", csrf.as_str()),
                ("key", &key),
                ("deed", "test"),
                ("version", "0"),
                ("debtor", &id),
                ("to", number),
            ];
            browser.post(SHORT, &fields).await
        };
        let wrong = try_on("04 72 <00> 00 00").await;
        assert_eq!(wrong.status, 422, "{backend}");
        wrong.shows(&[
            "href=\"#to\"",
            "Indiquez un numéro de mobile",
            "value=\"04 72 &lt;00&gt; 00 00\"",
        ]);
        let tested = try_on("06 12 34 56 78").await;
        assert_eq!(tested.status, 303, "{backend}");
        assert!(!tested.to().contains("12"), "no number in an address");
        let page = browser.get(tested.to()).await;
        page.shows(&["Essai envoyé", "marqué comme essai"]);
        let capped = try_on("06 12 34 56 78").await;
        assert_eq!(capped.status, 422, "{backend}");
        capped.shows(&["Les SMS du jour sont épuisés"]);
    }
}
