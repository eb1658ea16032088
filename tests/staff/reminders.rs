//! Scenarios, dry run and approvals as the staff sees and sets them.

use acquit::flows::dry_run::MANY;
use acquit::flows::pause::{self, Asked};
use acquit::flows::{Actor, plan_reminders, scenario};
use acquit::store;
use domain::invoice::Invoice;
use domain::party::{Debtor, Supplier};
use domain::pause::{PauseKind, PauseReason};

use super::*;
use crate::support::staff_site::Page;

/// A supplier with a balance of the day, a customer with a late invoice, and an accountant's
/// session.
pub(super) struct Desk {
    pub site: StaffSite,
    pub boreal: Supplier,
    pub debtor: Debtor,
    pub invoice: Invoice,
    pub browser: Browser,
    csrf: String,
}

/// Scenarios, rhythm and pauses of all.
pub(super) const LIST: &str = "/staff/boreal/reminders";

impl Desk {
    pub async fn new(backend: &str, cents: i64, due_on: &str) -> Self {
        let site = StaffSite::open(backend, morning());
        let world = &site.world;
        let boreal = world.supplier("boreal").await;
        let (debtor, _) = world.debtor(&boreal, "C1").await;
        let invoice = world.invoice(&debtor, "FA-1", cents, due_on).await;
        let (id, today) = (boreal.id, boreal.zone.day(world.app.now()));
        let set = move |conn: &mut store::Conn| {
            store::supplier::set_data_as_of(conn, id, today)?;
            Ok(store::supplier::find(conn, id)?)
        };
        let boreal = world.write(set).await;
        let browser = site
            .enter("compta@boreal.example", &boreal, StaffRole::Accountant)
            .await;
        let csrf = csrf(&browser).await;
        Self {
            site,
            boreal,
            debtor,
            invoice,
            browser,
            csrf,
        }
    }

    /// The same page's forms posted twice have the same key.
    pub async fn post(&self, path: &str, deed: &str, fields: &[(&str, &str)]) -> Page {
        let mut all = vec![("csrf", self.csrf.as_str()), ("deed", deed)];
        all.extend(fields);
        self.browser.post(path, &all).await
    }

    pub async fn key(&self, path: &str) -> String {
        self.browser.get(path).await.field("key")
    }

    /// How many messages a planning puts in the outbox.
    pub async fn planned(&self) -> plan_reminders::Planned {
        let run = plan_reminders::run(&self.site.world.app, &self.boreal).await;
        run.unwrap()
    }

    pub fn rows(&self, sql: &str) -> Vec<String> {
        self.site.world.conn().read_sql(sql).unwrap()
    }

    /// Makes a scenario after a recipe; gives its page.
    async fn made(&self, recipe: &str) -> String {
        let key = self.key(LIST).await;
        let new = [
            ("key", key.as_str()),
            ("name", "Le nôtre"),
            ("recipe", recipe),
        ];
        let made = self.post(LIST, "create", &new).await;
        assert_eq!(made.status, 303);
        let again = self.post(LIST, "create", &new).await;
        assert_eq!(again.to(), made.to(), "posted twice, made once");
        made.to().to_owned()
    }
}

#[actix_web::test]
async fn a_scenario_is_made_from_a_recipe_once_it_has_a_name() {
    for backend in backends() {
        let desk = Desk::new(backend, 100_000, "2026-11-02").await;
        let page = desk.browser.get(LIST).await;
        page.shows(&[
            "Relances",
            "Scénario d’origine",
            "Client courant",
            "Secteur public",
        ]);
        let key = page.field("key");
        let new = [("key", key.as_str()), ("recipe", "firm")];
        let nameless = desk.post(LIST, "create", &new).await;
        assert_eq!(nameless.status, 422, "{backend}");
        nameless.shows(&["href=\"#name\"", "Donnez un nom"]);
        let path = desk.made("firm").await;
        desk.browser.get(&path).await.shows(&[
            "J−5",
            "J+30",
            "Mise en demeure",
            "après validation",
            "e-mail, sinon SMS",
        ]);
    }
}

/// Two steps and a blank one, as the editor posts them.
fn steps<'a>(version: &'a str, offset: &'a str, kind: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("version", version),
        ("thanks", "yes"),
        ("code.0", "notice"),
        ("offset.0", offset),
        ("kind.0", kind),
        ("channels.0", "email"),
        ("code.1", "reminder_1"),
        ("offset.1", "3"),
        ("kind.1", "reminder_1"),
        ("channels.1", "email,sms"),
        ("least_amount.1", "50"),
        ("unless.1", "plan"),
        ("offset.2", ""),
        ("kind.2", "reminder_1"),
        ("channels.2", "email"),
    ]
}

#[actix_web::test]
async fn a_step_that_makes_no_sense_is_told_and_what_was_typed_is_kept() {
    for backend in backends() {
        let desk = Desk::new(backend, 100_000, "2026-11-02").await;
        let path = desk.made("firm").await;
        let save = async |version: &str, offset: &str, kind: &str| {
            desk.post(&path, "save", &steps(version, offset, kind))
                .await
        };
        let wrong = save("1", "-7", "reminder_1").await;
        assert_eq!(wrong.status, 422, "{backend}");
        wrong.shows(&["href=\"#offset.0\"", "Un avis part avant", "value=\"50\""]);
        let unreadable = save("1", "bientôt", "notice").await;
        assert_eq!(unreadable.status, 422, "{backend}");
        unreadable.shows(&["href=\"#offset.0\"", "value=\"bientôt\""]);
        assert_eq!(save("1", "-7", "notice").await.status, 303);
        let page = desk.browser.get(&path).await;
        page.shows(&["version 2", "J−7", "J+3", "brouillon", "value=\"50\""]);
        let gone = !page.text.contains("J+30");
        assert!(gone, "{backend}: the old steps are gone");
        let old = save("1", "-8", "notice").await;
        assert_eq!(old.status, 422, "{backend}");
        old.shows(&["entre-temps"]);
    }
}

#[actix_web::test]
async fn a_scenario_is_brought_into_use_given_to_a_profile_and_tried() {
    for backend in backends() {
        let desk = Desk::new(backend, 100_000, "2026-11-02").await;
        let path = desk.made("standard").await;
        let used = desk.post(&path, "activate", &[("version", "1")]).await;
        assert_eq!(used.status, 303, "{backend}");
        let id = path.rsplit('/').next().unwrap();
        let give = [("profile", "standard"), ("scenario", id)];
        assert_eq!(desk.post(LIST, "assign", &give).await.status, 303);
        let page = desk.browser.get(&path).await;
        page.shows(&["en service", "Client courant"]);
        let tried = desk.browser.get("/staff/boreal/dry-run").await;
        tried.shows(&["1 message partirait", "Société C1", "Rappel", "e-mail"]);
        let early = desk
            .browser
            .get("/staff/boreal/dry-run?day=2026-01-01")
            .await;
        assert_eq!(early.status, 422, "{backend}");
        early.shows(&["href=\"#day\""]);
        let planned = format!("/staff/boreal/debtors/{}/reminders", desk.debtor.id);
        let planned = desk.browser.get(&planned).await;
        planned.shows(&["Le nôtre", "Relances de ce client", "Rappel", "FA-1"]);
    }
}

#[actix_web::test]
async fn a_formal_notice_is_shown_with_its_breakdown_and_answered() {
    for backend in backends() {
        let desk = Desk::new(backend, 1_200_000, "2026-05-31").await;
        let (world, boreal, owner) = (&desk.site.world, &desk.boreal, &desk.boreal);
        let browser = &desk.browser;
        let list = "/staff/boreal/approvals";
        browser.get(list).await.shows(&["Aucun message n’attend"]);
        let id: domain::ScenarioId = acquit::clock::new_id();
        let job = || Actor::job("test");
        let steps = vec![
            domain::scenario::Step::email(domain::message::MessageKind::Reminder1, 3),
            domain::scenario::Step::email(domain::message::MessageKind::FormalNotice, 30),
        ];
        let (app, recipe) = (&world.app, domain::scenario::Recipe::Firm);
        let new = (id, "Ferme".to_owned(), recipe);
        scenario::create(app, boreal.id, new, job()).await.unwrap();
        let saved = scenario::save(app, boreal.id, (id, 1), (steps, true), job());
        saved.await.unwrap();
        scenario::activate(app, owner, (id, 2), None, job())
            .await
            .unwrap();
        let wish = (domain::scenario::Profile::Standard, Some(id));
        scenario::assign(app, owner, wish, None, job())
            .await
            .unwrap();
        let reminded = "INSERT INTO step_passed (supplier_id, invoice_id, cycle, code,
            scenario_version, reason, passed_on)
            VALUES ((SELECT supplier_id FROM invoice), (SELECT id FROM invoice), 1,
            'reminder_1', 2, 'declined', '2026-07-01')";
        world.conn().run_sql(reminded).unwrap();
        let planned = desk.planned().await;
        assert_eq!((planned.messages, planned.asked), (0, 1), "{backend}");
        let page = browser.get(list).await;
        page.shows(&[
            "Mise en demeure",
            "Société C1",
            "FA-1",
            "12\u{202f}000,00\u{a0}€",
        ]);
        let (csrf, id) = (page.csrf(), page.field("approval"));
        let yes = [
            ("csrf", csrf.as_str()),
            ("approval", &id),
            ("decision", "approve"),
        ];
        for _ in 0..2 {
            assert_eq!(browser.post(list, &yes).await.status, 303, "{backend}");
        }
        browser.get(list).await.shows(&["Aucun message n’attend"]);
        let sent = "SELECT kind AS value FROM message";
        assert_eq!(
            world.conn().read_sql(sent).unwrap(),
            ["formal_notice"],
            "{backend}"
        );
    }
}

#[actix_web::test]
async fn the_end_of_a_pause_of_all_is_confirmed_with_the_number_that_leaves() {
    for backend in backends() {
        let desk = Desk::new(backend, 100_000, "2026-11-02").await;
        let world = &desk.site.world;
        for n in 1..MANY {
            let (debtor, _) = world.debtor(&desk.boreal, &format!("D{n}")).await;
            let number = format!("FA-D{n}");
            world.invoice(&debtor, &number, 10_000, "2026-11-02").await;
        }
        let id: domain::PauseId = acquit::clock::new_id();
        let asked = Asked {
            debtor: None,
            invoice: None,
            kind: PauseKind::Pause,
            reason: PauseReason::Checking,
            note: String::new(),
            until: "2026-12-01".parse().unwrap(),
        };
        pause::begin(&world.app, desk.boreal.id, (id, asked), Actor::job("test"))
            .await
            .unwrap();
        let id = id.to_string();
        let unsaid = desk.post(LIST, "resume", &[("pause", &id)]).await;
        assert_eq!(unsaid.status, 422, "{backend}");
        unsaid.shows(&[
            "Confirmez le nombre",
            "À la reprise, 50 messages",
            "Toutes les relances sont suspendues",
        ]);
        assert_eq!(desk.planned().await.messages, 0, "{backend}");
        // As the page's own form says it.
        let said = [
            ("pause", unsaid.field("pause")),
            ("said", unsaid.field("said")),
        ];
        let said: Vec<(&str, &str)> = said.iter().map(|(name, it)| (*name, &**it)).collect();
        let resumed = desk.post(LIST, "resume", &said).await;
        assert_eq!(
            (resumed.status, resumed.to()),
            (303, LIST),
            "{backend}: {}",
            resumed.text
        );
        assert_eq!(desk.planned().await.messages, MANY, "{backend}");
    }
}
