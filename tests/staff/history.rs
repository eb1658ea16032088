//! What happened on an account, to its beginning; and what is to come, apart from it.

use acquit::flows::dispute::{self, Declaration};
use acquit::flows::promise::{self, Pledge};
use acquit::flows::{Actor, Visitor, call, own_text, pause, plan_reminders, scenario};
use acquit::store::{self, Across};
use domain::dispute::Reason;
use domain::invoice::{Invoice, Share};
use domain::own_text::Draft;
use domain::party::{Debtor, Supplier};
use domain::scenario::{Profile, Recipe};

use super::reminders::Desk;
use super::*;

/// Visits, one a minute, and what says nothing between them.
const VISITS: i64 = 330;

/// The instants of a page's history.
fn times(page: &str) -> Vec<String> {
    let (_, history) = page.split_once("id=\"history\"").unwrap();
    let (history, _) = history.split_once("</section>").unwrap();
    let parts = history.split("<time class=\"sub\" datetime=\"").skip(1);
    let time = |part: &str| part.split('"').next().unwrap().to_owned();
    parts.map(time).collect()
}

fn older(page: &str) -> Option<String> {
    let (before, _) = page.split_once("\">Plus ancien")?;
    before.rsplit("href=\"").next().map(str::to_owned)
}

#[actix_web::test]
async fn the_history_is_read_to_its_beginning_nothing_twice() {
    for backend in backends() {
        let site = StaffSite::open(backend, morning());
        let world = &site.world;
        let boreal = world.supplier("boreal").await;
        let (debtor, contact) = world.debtor(&boreal, "C1").await;
        let (_, visitor) = world.link(&debtor, &contact).await;
        let invoice = world.invoice(&debtor, "FA-1", 100_000, "2026-11-02").await;
        let pledge = Pledge {
            shares: vec![whole(&invoice)],
            due_on: "2026-11-25".parse().unwrap(),
            key: "k".into(),
        };
        promise::make(&world.app, visitor, pledge).await.unwrap();
        let row = |n: i64| {
            let at = morning().plus_minutes(n - 2 * VISITS).micros();
            // Two of a kind at one instant, now and then, and others that say nothing.
            let action = if n % 3 == 0 {
                "plan.judged"
            } else {
                "account.opened"
            };
            let at = if n % 50 == 1 { at + 60_000_000 } else { at };
            format!(
                "('{}', 'aud_{n:026}', {at}, 'x', '{action}', '{}', 's', '')",
                boreal.id, debtor.id
            )
        };
        let rows: Vec<String> = (1..=VISITS).map(row).collect();
        world
            .conn()
            .run_sql(&format!(
                "INSERT INTO audit (supplier_id, id, at, actor, action, debtor_id, subject, detail)
                 VALUES {}",
                rows.join(",")
            ))
            .unwrap();
        let browser = site
            .enter("compta@boreal.example", &boreal, StaffRole::Viewer)
            .await;
        let mut page = browser
            .get(&format!("/staff/boreal/debtors/{}", debtor.id))
            .await;
        let mut seen = times(&page.text);
        let mut pages = 1;
        while let Some(next) = older(&page.text) {
            page = browser.get(&next).await;
            assert_eq!(page.status, 200, "{next}");
            seen.extend(times(&page.text));
            pages += 1;
        }
        // The promise, and each visit; its message waits and is not of the past.
        let opened = "SELECT id AS value FROM audit WHERE action = 'account.opened'";
        let visits = world.conn().read_sql(opened).unwrap().len();
        assert_eq!(seen.len(), visits + 1, "{backend}");
        assert!(pages > 2, "{pages} pages");
        assert!(
            seen.is_sorted_by(|newer, older| newer >= older),
            "{backend}"
        );
        for wrong in ["x", "99999999999999999999"] {
            let path = format!("/staff/boreal/debtors/{}/history?before={wrong}", debtor.id);
            assert_eq!(browser.get(&path).await.status, 404, "{wrong}");
        }
    }
}

fn whole(invoice: &Invoice) -> Share {
    Share {
        invoice: invoice.id,
        amount: invoice.open,
    }
}

/// The part of a page with this id.
fn part(page: &str, id: &str) -> String {
    let (_, part) = page.split_once(&format!("id=\"{id}\"")).unwrap();
    part.split_once("</section>").unwrap().0.to_owned()
}

/// An account with a late invoice whose reminder waits for Monday, one that falls due in December,
/// and one that is promised then.
struct Case {
    site: StaffSite,
    boreal: Supplier,
    debtor: Debtor,
    visitor: Visitor,
    invoices: Vec<Invoice>,
}

impl Case {
    async fn new(backend: &str) -> Self {
        // A Friday evening.
        let site = StaffSite::open(backend, paris("2026-11-20", 21));
        let world = &site.world;
        let boreal = world.supplier("boreal").await;
        let (debtor, contact) = world.debtor(&boreal, "C1").await;
        let (_, visitor) = world.link(&debtor, &contact).await;
        let mut invoices = Vec::new();
        for (number, due) in [
            ("FA-1", "2026-11-02"),
            ("FA-2", "2026-12-15"),
            ("FA-3", "2026-12-16"),
        ] {
            invoices.push(world.invoice(&debtor, number, 30_000, due).await);
        }
        let case = Self {
            site,
            boreal,
            debtor,
            visitor,
            invoices,
        };
        case.data_of("2026-11-20");
        let id = case.boreal.id;
        let find = move |conn: &mut _| store::supplier::find(conn, id);
        let app = &case.site.world.app;
        let fresh = app.store.read(Across::Inspection, find).await.unwrap();
        let planned = plan_reminders::run(app, &fresh).await.unwrap();
        assert_eq!(planned.messages, 1, "{backend}");
        case
    }

    fn data_of(&self, day: &str) {
        let set = format!("UPDATE supplier SET data_as_of = '{day}'");
        self.site.world.conn().run_sql(&set).unwrap();
    }

    /// What is to come, and what is past.
    async fn parts(&self, browser: &Browser) -> (String, String) {
        let path = format!("/staff/boreal/debtors/{}", self.debtor.id);
        let page = browser.get(&path).await.text;
        (part(&page, "ahead"), part(&page, "history"))
    }

    async fn claims(&self) {
        let app = &self.site.world.app;
        let declaration = Declaration {
            invoice: self.invoices[0].id,
            reason: Reason::Price,
            amount: None,
            lines: Vec::new(),
            text: String::new(),
            key: "k1".into(),
        };
        dispute::declare(app, self.visitor, declaration)
            .await
            .unwrap();
        let pledge = Pledge {
            shares: vec![whole(&self.invoices[2])],
            due_on: "2026-12-14".parse().unwrap(),
            key: "k2".into(),
        };
        promise::make(app, self.visitor, pledge).await.unwrap();
    }
}

#[actix_web::test]
async fn what_is_to_be_written_stands_apart_with_its_day_or_why_not() {
    for backend in backends() {
        let case = Case::new(backend).await;
        let browser = case
            .site
            .enter("compta@boreal.example", &case.boreal, StaffRole::Viewer)
            .await;
        let (ahead, past) = case.parts(&browser).await;
        assert!(ahead.contains("part le 23/11/2026"), "{backend}: {ahead}");
        // Rappel on FA-1 leaves on Monday 23: no second message before the 30th.
        assert!(ahead.contains("prévu le 30/11/2026"), "{backend}: {ahead}");
        assert!(!past.contains("à envoyer"), "{backend}: {past}");

        case.claims().await;
        let (ahead, past) = case.parts(&browser).await;
        for words in [
            "ne partira pas",
            "litige, réponse avant le 27/11/2026",
            "FA-1, sans relance",
            "FA-3, sans relance",
            "promis pour le 14/12/2026",
            "prévu le 08/12/2026",
            "FA-2",
        ] {
            assert!(ahead.contains(words), "{words} on {backend}: {ahead}");
        }
        assert!(!past.contains("Rappel"), "{backend}: {past}");
        assert!(past.contains("Problème signalé"), "{backend}: {past}");

        case.data_of("2026-10-20");
        let (ahead, _) = case.parts(&browser).await;
        assert!(
            ahead.contains("aucune relance ne part"),
            "{backend}: {ahead}"
        );
        assert!(!ahead.contains("prévu le"), "{backend}: {ahead}");
    }
}

/// A first reminder in the supplier's own words, in use.
async fn own_words(desk: &Desk) {
    let (app, job) = (&desk.site.world.app, || Actor::job("test"));
    let slot = "reminder_1.fr.email".parse().unwrap();
    let new = own_text::New {
        id: acquit::clock::new_id(),
        slot,
        from: 0,
        draft: Draft {
            subject: "Petit rappel : {{ amount }}".into(),
            body: "Bonjour, {{ invoice }}, {{ amount }}, {{ due }}.\n\n\
                   {% for item in invoices %}\n- {{ item.number }}\n{% endfor %}"
                .into(),
        },
    };
    own_text::save(app, &desk.boreal, new, job()).await.unwrap();
    own_text::bring_into_use(app, &desk.boreal, (slot, Some(1)), job())
        .await
        .unwrap();
}

/// A scenario of the supplier's own with calls, for ordinary customers.
async fn own_scenario(desk: &Desk) {
    let (app, job) = (&desk.site.world.app, || Actor::job("test"));
    let id = acquit::clock::new_id();
    let new = (id, "Le nôtre".to_owned(), Recipe::Resend);
    scenario::create(app, desk.boreal.id, new, job())
        .await
        .unwrap();
    scenario::activate(app, &desk.boreal, (id, 1), None, job())
        .await
        .unwrap();
    let wish = (Profile::Standard, Some(id));
    scenario::assign(app, &desk.boreal, wish, None, job())
        .await
        .unwrap();
}

/// Notes that nobody answered the one call that waits.
async fn no_answer(desk: &Desk, debtor: &Debtor) {
    let message = desk.rows("SELECT id AS value FROM message WHERE channel = 'call'");
    let [message] = message.try_into().unwrap();
    let noted = call::Noted {
        debtor: debtor.id,
        message: Some(message.parse().unwrap()),
        contact: None,
        outcome: domain::call::Outcome::NoAnswer,
        reason: None,
        note: String::new(),
        invoices: Vec::new(),
        day: None,
        amount: None,
        next_at: None,
    };
    let (app, id) = (&desk.site.world.app, acquit::clock::new_id());
    call::note_call(
        app,
        desk.boreal.id,
        (id, noted),
        Actor::staff("a@b.example"),
    )
    .await
    .unwrap();
}

#[actix_web::test]
async fn the_history_says_by_which_step_and_in_which_text_a_message_was_written() {
    for backend in backends() {
        let desk = Desk::new(backend, 100_000, "2026-11-17").await;
        let world = &desk.site.world;
        own_words(&desk).await;
        own_scenario(&desk).await;
        let (called, contact) = world.debtor(&desk.boreal, "C2").await;
        world.invoice(&called, "FA-2", 50_000, "2026-11-16").await;
        let (usual, _) = world.debtor(&desk.boreal, "C3").await;
        world.invoice(&usual, "FA-3", 50_000, "2026-11-17").await;
        let whose = (desk.boreal.id, usual.id);
        pause::set_profile(&world.app, whose, Profile::Public, Actor::job("test"))
            .await
            .unwrap();
        let (supplier, id) = (desk.boreal.id, contact.id);
        world
            .write(move |conn| {
                let mut new = store::contact::find(conn, supplier, id)?;
                new.phone = Some("01 99 00 12 34".into());
                Ok(store::contact::set_details(conn, supplier, &new, None)?)
            })
            .await;
        acquit::jobs::tick(&world.app).await.unwrap();
        no_answer(&desk, &called).await;
        for (debtor, expected) in [
            (
                &desk.debtor,
                "Scénario Le nôtre, version 1, étape J+3 · votre texte, version 1",
            ),
            (&called, "Scénario Le nôtre, version 1, étape J+4<"),
            (
                &usual,
                "Scénario d’origine, étape J+3 · votre texte, version 1",
            ),
        ] {
            let path = format!("/staff/boreal/debtors/{}", debtor.id);
            let page = desk.browser.get(&path).await.text;
            let past = part(&page, "history");
            assert_eq!(past.matches(expected).count(), 1, "{backend}: {past}");
        }
        // A promise is answered by no step, in the words that are built in.
        let (_, visitor) = world.link(&called, &contact).await;
        let open = world.invoice(&called, "FA-4", 10_000, "2026-11-19").await;
        let pledge = Pledge {
            shares: vec![whole(&open)],
            due_on: "2026-11-25".parse().unwrap(),
            key: "k".into(),
        };
        promise::make(&world.app, visitor, pledge).await.unwrap();
        acquit::jobs::tick(&world.app).await.unwrap();
        let path = format!("/staff/boreal/debtors/{}", called.id);
        let past = part(&desk.browser.get(&path).await.text, "history");
        assert!(past.contains("Date de paiement notée"), "{backend}: {past}");
        assert_eq!(past.matches("Scénario").count(), 1, "{backend}: {past}");
    }
}
