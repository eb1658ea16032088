//! Scenarios, dry run, approvals and pauses as the staff sees and sets them.

use acquit::flows::{plan_reminders, scenario};
use acquit::store;
use domain::party::Supplier;

use super::*;

async fn balance(site: &StaffSite, supplier: &Supplier) -> Supplier {
    let (id, today) = (supplier.id, supplier.zone.day(site.world.app.now()));
    let set = move |conn: &mut store::Conn| {
        store::supplier::set_data_as_of(conn, id, today)?;
        Ok(store::supplier::find(conn, id)?)
    };
    site.world.write(set).await
}

#[actix_web::test]
async fn a_scenario_is_made_from_a_recipe_changed_tried_and_brought_into_use() {
    for backend in backends() {
        let site = StaffSite::open(backend, morning());
        let world = &site.world;
        let boreal = world.supplier("boreal").await;
        let (debtor, _) = world.debtor(&boreal, "C1").await;
        world.invoice(&debtor, "FA-1", 100_000, "2026-11-02").await;
        balance(&site, &boreal).await;
        let browser = site
            .enter("compta@boreal.example", &boreal, StaffRole::Accountant)
            .await;
        let list = "/staff/boreal/reminders";
        let page = browser.get(list).await;
        page.shows(&[
            "Relances",
            "Scénario d’origine",
            "Client courant",
            "Secteur public",
        ]);
        let (csrf, key) = (page.csrf(), page.field("key"));
        let nameless = browser
            .post(
                list,
                &[
                    ("csrf", &csrf),
                    ("key", &key),
                    ("deed", "create"),
                    ("recipe", "firm"),
                ],
            )
            .await;
        assert_eq!(nameless.status, 422);
        nameless.shows(&["href=\"#name\"", "Donnez un nom"]);
        let new = [
            ("csrf", csrf.as_str()),
            ("key", key.as_str()),
            ("deed", "create"),
            ("name", "Ferme"),
            ("recipe", "firm"),
        ];
        let made = browser.post(list, &new).await;
        assert_eq!(made.status, 303);
        assert_eq!(
            browser.post(list, &new).await.to(),
            made.to(),
            "posted twice, made once"
        );
        let path = made.to().to_owned();
        let page = browser.get(&path).await;
        page.shows(&[
            "J−5",
            "J+30",
            "Mise en demeure",
            "après validation",
            "e-mail, sinon SMS",
        ]);

        // A step of the wrong side, with all that was typed kept.
        let save = |offset: &'static str, kind: &'static str| {
            let csrf = csrf.clone();
            vec![
                ("csrf", csrf),
                ("key", "k".into()),
                ("deed", "save".into()),
                ("version", "1".to_owned()),
                ("thanks", "yes".into()),
                ("code.0", "notice".into()),
                ("offset.0", offset.to_owned()),
                ("kind.0", kind.to_owned()),
                ("channels.0", "email".into()),
                ("code.1", "reminder_1".into()),
                ("offset.1", "3".into()),
                ("kind.1", "reminder_1".into()),
                ("channels.1", "email,sms".into()),
                ("least_amount.1", "50".into()),
                ("unless.1", "plan".into()),
                ("offset.2", String::new()),
                ("kind.2", "reminder_1".into()),
                ("channels.2", "email".into()),
            ]
        };
        let post = async |fields: Vec<(&str, String)>| {
            let fields: Vec<(&str, &str)> = fields.iter().map(|(k, v)| (*k, v.as_str())).collect();
            browser.post(&path, &fields).await
        };
        let wrong = post(save("-7", "reminder_1")).await;
        assert_eq!(wrong.status, 422);
        wrong.shows(&["href=\"#offset.0\"", "Un avis part avant", "value=\"50\""]);
        let unreadable = post(save("bientôt", "notice")).await;
        assert_eq!(unreadable.status, 422);
        unreadable.shows(&["href=\"#offset.0\"", "value=\"bientôt\""]);
        assert_eq!(post(save("-7", "notice")).await.status, 303);
        let page = browser.get(&path).await;
        page.shows(&["version 2", "J−7", "J+3", "brouillon", "value=\"50\""]);
        assert!(
            !page.text.contains("J+30"),
            "{backend}: the old steps are gone"
        );
        let old = post(save("-8", "notice")).await;
        assert_eq!(old.status, 422);
        old.shows(&["entre-temps"]);

        let use_it = [
            ("csrf", csrf.as_str()),
            ("deed", "activate"),
            ("version", "2"),
        ];
        assert_eq!(browser.post(&path, &use_it).await.status, 303);
        let id = path.rsplit('/').next().unwrap();
        let give = [
            ("csrf", csrf.as_str()),
            ("deed", "assign"),
            ("profile", "standard"),
            ("scenario", id),
        ];
        assert_eq!(browser.post(list, &give).await.status, 303);
        browser
            .get(&path)
            .await
            .shows(&["en service", "Client courant"]);
        let tried = browser.get("/staff/boreal/dry-run").await;
        tried.shows(&["1 message partirait", "Société C1", "Rappel", "e-mail"]);
        let early = browser.get("/staff/boreal/dry-run?day=2026-01-01").await;
        assert_eq!(early.status, 422);
        early.shows(&["href=\"#day\""]);
        let planned = browser
            .get(&format!("/staff/boreal/debtors/{}/reminders", debtor.id))
            .await;
        planned.shows(&["Ferme", "Relances de ce client", "Rappel", "FA-1"]);
    }
}

#[actix_web::test]
async fn the_rhythm_and_a_pause_of_all_are_set_and_ended() {
    for backend in backends() {
        let site = StaffSite::open(backend, morning());
        let boreal = site.world.supplier("boreal").await;
        let browser = site
            .enter("compta@boreal.example", &boreal, StaffRole::Accountant)
            .await;
        let list = "/staff/boreal/reminders";
        let page = browser.get(list).await;
        let (csrf, key) = (page.csrf(), page.field("key"));
        let rhythm = |first: &'static str| {
            [
                ("csrf", csrf.as_str()),
                ("deed", "rhythm"),
                ("days", "1"),
                ("days", "2"),
                ("first_hour", first),
                ("closing_hour", "12"),
                ("gap_days", "3"),
                ("daily_max", "2"),
                ("notice_days", "0"),
            ]
        };
        for first in ["13", "tôt"] {
            let wrong = browser.post(list, &rhythm(first)).await;
            assert_eq!(wrong.status, 422, "{backend} {first}");
        }
        assert_eq!(browser.post(list, &rhythm("9")).await.status, 303);
        let kept = "SELECT business_days || ' ' || first_hour || ' ' || closing_hour || ' '
            || message_gap_days || ' ' || mailbox_daily_max AS value
            FROM supplier JOIN rhythm ON supplier_id = id";
        assert_eq!(
            site.world.conn().read_sql(kept).unwrap(),
            ["6 9 12 3 2"],
            "{backend}"
        );
        let pause = |note: &'static str, until: &'static str| {
            [
                ("csrf", csrf.as_str()),
                ("key", key.as_str()),
                ("deed", "pause"),
                ("reason", "other"),
                ("note", note),
                ("until", until),
            ]
        };
        for (note, until, field) in [
            ("", "2026-12-24", "#note"),
            ("inventaire", "", "#until"),
            ("inventaire", "2020-01-01", "#until"),
        ] {
            let wrong = browser.post(list, &pause(note, until)).await;
            assert_eq!(wrong.status, 422, "{backend} {field}");
            wrong.shows(&[&format!("href=\"{field}\"")]);
        }
        for _ in 0..2 {
            let done = browser.post(list, &pause("inventaire", "2026-12-24")).await;
            assert_eq!(done.status, 303, "{backend}: posted twice");
        }
        let page = browser.get(list).await;
        page.shows(&[
            "Toutes les relances sont suspendues",
            "inventaire",
            "24/12/2026",
        ]);
        assert_eq!(page.text.matches("inventaire").count(), 1, "made once");
        let end = [
            ("csrf", csrf.as_str()),
            ("deed", "resume"),
            ("pause", &page.field("pause")),
        ];
        assert_eq!(browser.post(list, &end).await.status, 303);
        let page = browser.get(list).await;
        assert!(!page.text.contains("sont suspendues"), "{backend}");
    }
}

#[actix_web::test]
async fn a_customer_is_paused_excluded_and_noted_as_insolvent() {
    for backend in backends() {
        let site = StaffSite::open(backend, morning());
        let world = &site.world;
        let boreal = world.supplier("boreal").await;
        let (debtor, _) = world.debtor(&boreal, "C1").await;
        let invoice = world.invoice(&debtor, "FA-1", 100_000, "2026-11-02").await;
        let owner = balance(&site, &boreal).await;
        let browser = site
            .enter("compta@boreal.example", &boreal, StaffRole::Accountant)
            .await;
        let path = format!("/staff/boreal/debtors/{}/reminders", debtor.id);
        let customer = format!("/staff/boreal/debtors/{}", debtor.id);
        browser.get(&customer).await.shows(&[&path]);
        let page = browser.get(&path).await;
        let (csrf, key) = (page.csrf(), page.field("key"));
        let of = invoice.id.to_string();
        let pause = [
            ("csrf", csrf.as_str()),
            ("key", key.as_str()),
            ("deed", "pause"),
            ("kind", "pause"),
            ("invoice", of.as_str()),
            ("reason", "talks"),
            ("until", "2026-12-24"),
        ];
        assert_eq!(browser.post(&path, &pause).await.status, 303);
        let page = browser.get(&path).await;
        page.shows(&[
            "Discussion en cours",
            "FA-1",
            "facture en pause",
            "24/12/2026",
        ]);
        browser.get(&customer).await.shows(&["facture en pause"]);
        let planned = plan_reminders::run(&world.app, &owner).await.unwrap();
        assert_eq!(planned.messages, 0, "{backend}");
        let end = [
            ("csrf", csrf.as_str()),
            ("deed", "resume"),
            ("pause", &page.field("pause")),
        ];
        assert_eq!(browser.post(&path, &end).await.status, 303);
        let opened = |judged: &'static str| {
            [
                ("csrf", csrf.as_str()),
                ("deed", "insolvency"),
                ("proceedings", "liquidation"),
                ("judged_on", judged),
                ("published_on", "2026-11-19"),
            ]
        };
        let future = browser.post(&path, &opened("2030-01-01")).await;
        assert_eq!(future.status, 422);
        future.shows(&["href=\"#judged_on\""]);
        assert_eq!(browser.post(&path, &opened("2026-11-10")).await.status, 303);
        let page = browser.get(&path).await;
        page.shows(&[
            "Liquidation judiciaire",
            "19/01/2027",
            "procédure collective",
        ]);
        let planned = plan_reminders::run(&world.app, &owner).await.unwrap();
        assert_eq!(planned.messages, 0, "{backend}");
        let over = [
            ("csrf", csrf.as_str()),
            ("deed", "insolvency"),
            ("proceedings", ""),
        ];
        assert_eq!(browser.post(&path, &over).await.status, 303);
        let profile = [
            ("csrf", csrf.as_str()),
            ("deed", "profile"),
            ("profile", "public"),
        ];
        assert_eq!(browser.post(&path, &profile).await.status, 303);
        browser.get(&path).await.shows(&["Secteur public"]);
        let planned = plan_reminders::run(&world.app, &owner).await.unwrap();
        assert_eq!(planned.messages, 1, "{backend}");
        let trail = "SELECT action AS value FROM audit ORDER BY id";
        let trail = world.conn().read_sql(trail).unwrap();
        let expected = [
            "pause.begun",
            "pause.ended",
            "insolvency.noted",
            "insolvency.noted",
            "debtor.profile",
        ];
        let of: Vec<_> = trail
            .iter()
            .filter(|one| expected.contains(&one.as_str()))
            .collect();
        assert_eq!(of, expected, "{backend}");
    }
}

#[actix_web::test]
async fn a_formal_notice_is_shown_with_its_breakdown_and_answered() {
    for backend in backends() {
        let site = StaffSite::open(backend, morning());
        let world = &site.world;
        let boreal = world.supplier("boreal").await;
        let (debtor, _) = world.debtor(&boreal, "C1").await;
        world
            .invoice(&debtor, "FA-1", 1_200_000, "2026-05-31")
            .await;
        let owner = balance(&site, &boreal).await;
        let browser = site
            .enter("compta@boreal.example", &boreal, StaffRole::Accountant)
            .await;
        let list = "/staff/boreal/approvals";
        browser.get(list).await.shows(&["Aucun message n’attend"]);
        let id: domain::ScenarioId = acquit::clock::new_id();
        let job = || acquit::flows::Actor::job("test");
        let steps = vec![
            domain::scenario::Step::email(domain::message::MessageKind::Reminder1, 3),
            domain::scenario::Step::email(domain::message::MessageKind::FormalNotice, 30),
        ];
        let (app, recipe) = (&world.app, domain::scenario::Recipe::Firm);
        let new = (id, "Ferme".to_owned(), recipe);
        scenario::create(app, boreal.id, new, job()).await.unwrap();
        let saved = scenario::save(app, boreal.id, (id, 1), (steps, true), job());
        saved.await.unwrap();
        scenario::activate(app, &owner, (id, 2), None, job())
            .await
            .unwrap();
        let wish = (domain::scenario::Profile::Standard, Some(id));
        scenario::assign(app, &owner, wish, None, job())
            .await
            .unwrap();
        let reminded = "INSERT INTO step_passed (supplier_id, invoice_id, cycle, code,
            scenario_version, reason, passed_on)
            VALUES ((SELECT supplier_id FROM invoice), (SELECT id FROM invoice), 1,
            'reminder_1', 2, 'declined', '2026-07-01')";
        world.conn().run_sql(reminded).unwrap();
        let planned = plan_reminders::run(app, &owner).await.unwrap();
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
