//! Who has access and whom messages go to: corrected, passed on, taken back, left.

use acquit::flows::people::{self, Named};
use acquit::store;
use domain::party::{ContactState, Scope};

use super::{Visit, everywhere};
use crate::support::html::{Form, forms};
use crate::support::site::{Browser, Page};

/// The form of the preferences page that does this.
fn form_for(page: &Page, act: &str) -> Form {
    let found = forms(&page.text)
        .into_iter()
        .find(|form| form.value("act") == act);
    found.unwrap_or_else(|| panic!("no form for {act} on {}", page.words()))
}

async fn preferences(visit: &Visit, act: &str) -> Form {
    form_for(&visit.get("/preferences").await, act)
}

/// Sends a form that needs a code, with it.
async fn proved(visit: &Visit, form: &Form) -> Page {
    let asked = visit.submit(form).await;
    asked.shows(200, &["one-time-code"]);
    let code = visit.site.world.code().await;
    visit
        .submit(&asked.form(0).with("code", &code).step("confirm"))
        .await
}

/// Sends what is due; the text of the newest message to a mailbox.
pub(super) async fn mail_to(visit: &Visit, mailbox: &str) -> String {
    let app = &visit.site.world.app;
    acquit::flows::deliver::run(app).await.unwrap();
    let (kept, _) = acquit::flows::mailbox::list(app, None).await.unwrap();
    let one = kept.iter().find(|one| one.recipient == mailbox);
    let id = one.unwrap_or_else(|| panic!("nothing to {mailbox}")).id;
    acquit::flows::mailbox::open(app, id).await.unwrap().1.text
}

/// A browser behind the link in a mail.
pub(super) async fn follow(visit: &Visit, mail: &str) -> Browser {
    let (_, after) = mail.split_once("/l/").unwrap();
    let token: String = after.chars().take(33).collect();
    let browser = visit.site.browser();
    let landing = browser.get(&format!("/l/{token}")).await;
    browser.submit(&landing.form(0)).await;
    browser
}

#[actix_web::test]
async fn the_language_a_contact_chose_wins_over_the_browsers() {
    everywhere(|visit| async move {
        let english = visit
            .browser
            .request(reqwest::Method::GET, "/account")
            .header("accept-language", "en-GB,fr;q=0.5");
        let page = Page::of(english.try_clone().unwrap()).await;
        page.shows(200, &["Your account with", "lang=\"en\""]);
        let form = preferences(&visit, "language").await.with("language", "fr");
        assert_eq!(
            visit.submit(&form).await.location(),
            "/preferences?saved=yes"
        );
        Page::of(english).await.shows(200, &["Votre compte chez"]);
        let form = preferences(&visit, "language").await.with("language", "en");
        visit.submit(&form).await;
        visit
            .get("/account")
            .await
            .shows(200, &["Your account with"]);
    })
    .await;
}

#[actix_web::test]
async fn details_are_corrected_with_a_code_and_the_old_mailbox_is_told() {
    everywhere(|visit| async move {
        let form = preferences(&visit, "details").await;
        assert_eq!(form.value("email"), "compta@c-1042.example");
        let bad = visit.submit(&form.clone().with("email", "rien")).await;
        bad.shows(422, &["nom@exemple.fr", "href=\"#email\""]);
        assert_eq!(form_for(&bad, "details").value("email"), "rien");
        let form = form
            .with("email", "facturation@c-1042.example")
            .with("name", "Service facturation");
        let asked = visit.submit(&form).await;
        asked.shows(200, &["c•••@c-1042.example"]);
        let wrong = asked.form(0).with("code", "000000").step("confirm");
        visit.submit(&wrong).await.shows(422, &["Encore 4 essais"]);
        let none = asked.form(0).with("code", "").step("confirm");
        visit.submit(&none).await.shows(422, &["Indiquez le code"]);
        assert!(!visit.rows("contact").contains("facturation@"));
        let code = visit.site.world.code().await;
        let right = asked.form(0).with("code", &code).step("confirm");
        assert_eq!(visit.submit(&right).await.status, 303);
        let contact = visit.rows("contact");
        assert!(contact.contains("facturation@c-1042.example") && contact.contains("Service"));
        let told = mail_to(&visit, "compta@c-1042.example").await;
        assert!(
            told.contains("viennent d’être modifiées") && !told.contains("/l/"),
            "{told}"
        );
    })
    .await;
}

#[actix_web::test]
async fn a_code_is_counted_bound_and_forgotten() {
    everywhere(|visit| async move {
        let form = preferences(&visit, "details").await;
        let asked = visit.submit(&form).await;
        let code = visit.site.world.code().await;
        assert!(!visit.rows("message").contains(&code), "no copy holds it");
        assert!(!visit.rows("code").contains(&code), "it is sealed");
        assert!(!visit.rows("audit").contains(&code));
        // Another session of the same link's contact cannot use it.
        let other = visit.site.enter(&visit.debtor, &visit.contact).await;
        let foreign = form_for(&other.get("/preferences").await, "details");
        let stolen = other
            .submit(&foreign.with("code", &code).step("confirm"))
            .await;
        stolen.shows(422, &["plus valable"]);
        for left in [4, 3, 2, 1] {
            let wrong = asked.form(0).with("code", "999999").step("confirm");
            let page = visit.submit(&wrong).await;
            page.shows(422, &[&format!("Encore {left} essai")]);
        }
        let last = asked.form(0).with("code", "999999").step("confirm");
        visit.submit(&last).await.shows(422, &["plus valable"]);
        let late = asked.form(0).with("code", &code).step("confirm");
        visit.submit(&late).await.shows(422, &["plus valable"]);
        // Three an hour for one contact.
        let again = asked.form(0).step("resend");
        visit
            .submit(&again)
            .await
            .shows(200, &["Un code a été envoyé"]);
        visit
            .submit(&again)
            .await
            .shows(200, &["Un code a été envoyé"]);
        visit.submit(&again).await.shows(422, &["Trop de codes"]);
        let world = &visit.site.world;
        world.go_to(world.app.now().plus_minutes(11));
        let over = asked.form(0).with("code", "123456").step("confirm");
        visit.submit(&over).await.shows(422, &["plus valable"]);
        assert_eq!(acquit::flows::code::forget(&world.app).await.unwrap(), 3);
    })
    .await;
}

#[actix_web::test]
async fn an_access_that_looks_cannot_act_and_is_taken_back() {
    everywhere(|visit| async move {
        let form = preferences(&visit, "forward").await;
        visit
            .submit(&form)
            .await
            .shows(422, &["Indiquez un nom", "nom@exemple.fr"]);
        let form = form
            .with("colleague", "Direction")
            .with("colleague_email", "direction@c-1042.example")
            .with("scope", "view");
        assert_eq!(visit.submit(&form).await.status, 303);
        assert_eq!(visit.submit(&form).await.status, 303);
        assert_eq!(visit.count("forward"), 1);
        let mail = mail_to(&visit, "direction@c-1042.example").await;
        assert!(
            mail.contains("Bonjour Direction")
                && mail.contains("consulter les factures et les documents"),
            "{mail}"
        );
        let looking = follow(&visit, &mail).await;
        looking.get("/account").await.shows(200, &["FA-1"]);
        looking.get("/statement.csv").await.shows(200, &["FA-1"]);
        let pay = visit.get(&visit.chosen("/pay", &[0])).await.form(0);
        let refused = looking
            .submit(&pay.with("method", "transfer").step("pay"))
            .await;
        refused.shows(403, &["permet de consulter"]);
        let path = format!("/invoices/{}/dispute", visit.invoices[0].id);
        let report = visit.get(&path).await.form(0).with("reason", "price");
        let report = report.with("scope", "whole").step("confirm");
        let files = [("bon.pdf", crate::support::files::pdf())];
        let refused = looking.submit_files(&report, &files).await;
        refused.shows(403, &[]);
        assert_eq!((visit.count("dispute"), visit.count("attachment")), (0, 0));
        let own = preferences(&visit, "language").await.with("language", "en");
        looking.submit(&own).await.shows(403, &[]);
        assert_eq!(visit.count("payment"), 0);
        let back = preferences(&visit, "take_back").await;
        assert!(back.value("what").starts_with("fwd_"));
        assert_eq!(visit.submit(&back).await.status, 303);
        looking.get("/account").await.shows(403, &[]);
    })
    .await;
}

#[actix_web::test]
async fn what_a_colleague_does_is_noted_under_its_name() {
    everywhere(|visit| async move {
        let (app, world) = (&visit.site.world.app, &visit.site.world);
        let (_, visitor) = world.link(&visit.debtor, &visit.contact).await;
        let to = Named {
            name: "Atelier".into(),
            email: "atelier@c-1042.example".into(),
        };
        let passed = people::forward(app, visitor, to.clone(), Scope::Act, "k".into());
        assert!(passed.await.unwrap());
        let mail = mail_to(&visit, "atelier@c-1042.example").await;
        let colleague = follow(&visit, &mail).await;
        let pay = colleague.get(&visit.chosen("/pay", &[0])).await.form(0);
        let paid = colleague
            .submit(&pay.with("method", "transfer").step("pay"))
            .await;
        assert_eq!(paid.status, 303);
        assert!(visit.rows("audit").contains("named Atelier"));
        let prefs = colleague.get("/preferences").await;
        let own = form_for(&prefs, "language").with("act", "leave");
        colleague.submit(&own).await.shows(403, &[]);
        for key in 0..4 {
            let passed = people::forward(app, visitor, to.clone(), Scope::View, format!("n{key}"));
            assert!(passed.await.unwrap());
        }
        let sixth = people::forward(app, visitor, to, Scope::View, "n9".into());
        assert!(!sixth.await.unwrap(), "five an hour");
    })
    .await;
}

#[actix_web::test]
async fn the_wrong_person_leaves_and_names_a_successor_who_waits_for_staff() {
    everywhere(|visit| async move {
        let world = &visit.site.world;
        let form = preferences(&visit, "leave").await;
        let half = form.clone().with("successor", "Service achats");
        visit
            .submit(&half)
            .await
            .shows(422, &["href=\"#successor_email\""]);
        let form = half.with("successor_email", "achats@c-1042.example");
        let left = proved(&visit, &form).await;
        left.shows(200, &["nous ne vous écrirons plus"]);
        visit.get("/account").await.shows(403, &[]);
        let (supplier, debtor) = (visit.supplier.id, visit.debtor.id);
        let contacts = store::contact::of_debtor(&mut world.conn(), supplier, debtor).unwrap();
        let states: Vec<ContactState> = contacts.iter().map(|one| one.state).collect();
        assert_eq!(states, [ContactState::Left, ContactState::Proposed]);
        let waiting = store::task::waiting(&mut world.conn(), supplier, debtor).unwrap();
        assert_eq!(
            waiting.len(),
            2,
            "to look at the successor, and nobody to write to"
        );
        acquit::jobs::tick(&world.app).await.unwrap();
        assert!(
            !visit.rows("message").contains("achats@"),
            "nobody looked yet"
        );
        let actor = acquit::flows::Actor::staff("compta@boreal.example");
        people::decide(&world.app, supplier, contacts[1].id, true, actor.clone())
            .await
            .unwrap();
        let again = people::decide(&world.app, supplier, contacts[1].id, false, actor);
        assert!(again.await.is_err(), "decided once");
        let waiting = store::task::waiting(&mut world.conn(), supplier, debtor).unwrap();
        assert_eq!(waiting, []);
    })
    .await;
}

#[actix_web::test]
async fn links_of_others_are_not_taken_back() {
    everywhere(|visit| async move {
        let world = &visit.site.world;
        let (neighbour, contact) = world.debtor(&visit.supplier, "C-2").await;
        let (token, theirs) = world.link(&neighbour, &contact).await;
        let form = preferences(&visit, "language")
            .await
            .with("act", "take_back");
        let foreign = form.clone().with("what", &theirs.link.to_string());
        visit.submit(&foreign).await.shows(404, &[]);
        let browser = visit.site.browser();
        browser.get(&format!("/l/{token}")).await.shows(200, &[]);
        let (token, own) = world.link(&visit.debtor, &visit.contact).await;
        let form = form.with("what", &own.link.to_string());
        assert_eq!(visit.submit(&form).await.status, 303);
        browser.get(&format!("/l/{token}")).await.shows(404, &[]);
        visit.get("/account").await.shows(200, &[]);
    })
    .await;
}

#[actix_web::test]
async fn documents_ask_for_a_code_where_the_supplier_wants_it() {
    everywhere(|visit| async move {
        let app = &visit.site.world.app;
        acquit::flows::code::ask_for_documents(app, visit.supplier.id, true)
            .await
            .unwrap();
        let sent = visit.get("/statement.pdf").await;
        assert_eq!(sent.location(), "/code?next=/statement.pdf");
        let page = visit.browser.follow(&sent).await;
        page.shows(200, &["Recevoir un code"]);
        assert_eq!(visit.count("code"), 0, "looking sends nothing");
        let asked = visit.submit(&page.form(0).step("resend")).await;
        asked.shows(200, &["c•••@c-1042.example"]);
        let code = visit.site.world.code().await;
        let next = visit
            .submit(&asked.form(0).with("code", &code).step("confirm"))
            .await;
        assert_eq!(next.location(), "/statement.pdf");
        assert_eq!(visit.get("/statement.pdf").await.status, 200);
        // The proof is for documents alone, and for half an hour.
        let details = preferences(&visit, "details").await;
        visit.submit(&details).await.shows(200, &["one-time-code"]);
        let world = &visit.site.world;
        world.go_to(world.app.now().plus_minutes(29));
        assert_eq!(visit.get("/statement.pdf").await.status, 200);
        world.go_to(world.app.now().plus_minutes(2));
        assert_eq!(visit.get("/statement.pdf").await.status, 303);
        visit
            .get("/code?next=https://evil.example/")
            .await
            .shows(404, &[]);
    })
    .await;
}
