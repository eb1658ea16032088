//! The account that a supplier is paid on: changed by two people, shown two days later, and told to
//! everybody.

use acquit::flows::Actor;
use acquit::flows::account_change::{self, Wish};
use acquit::store::user::StaffRole::{Accountant, Admin, Viewer};
use acquit::store::{self, Across};
use domain::AccountChangeId;
use domain::party::Supplier;

use super::*;
use crate::support::staff_site::{PASSWORD, Page};
use crate::support::world::World;

const NEW: &str = "FR33 3000 2005 5000 0015 7841 Z25";
const PAGE: &str = "/staff/boreal/account";

/// A change that was asked for, for tests that want one.
pub(super) async fn asked(world: &World, boreal: &Supplier) -> AccountChangeId {
    let wish = Wish {
        holder: "BOREAL SAS".into(),
        iban: NEW.parse().unwrap(),
        bic: None,
    };
    let asked = account_change::propose(&world.app, boreal.id, wish, Actor::job("test"));
    asked.await.unwrap()
}

async fn ask(browser: &Browser, iban: &str, password: &str) -> Page {
    let csrf = csrf(browser).await;
    let fields = [
        ("csrf", csrf.as_str()),
        ("holder", "BOREAL SAS"),
        ("iban", iban),
        ("password", password),
    ];
    browser.post(PAGE, &fields).await
}

async fn decide(browser: &Browser, path: &str, decision: &str, password: &str) -> Page {
    let csrf = csrf(browser).await;
    let fields = [
        ("csrf", csrf.as_str()),
        ("decision", decision),
        ("password", password),
    ];
    browser.post(path, &fields).await
}

fn told(world: &World, state: &str) -> Vec<String> {
    let rows = format!(
        "SELECT email AS value FROM staff_notice WHERE state = '{state}' AND sent_at IS NOT NULL \
         ORDER BY email"
    );
    world.conn().read_sql(&rows).unwrap()
}

async fn shown(world: &World, boreal: &Supplier) -> String {
    let id = boreal.id;
    let find = move |conn: &mut store::Conn| store::supplier::find(conn, id);
    let found = world.app.store.read(Across::Inspection, find).await;
    found.unwrap().bank.unwrap().iban.grouped()
}

/// The address of the change under way.
fn change(page: &Page) -> String {
    let (_, rest) = page
        .text
        .split_once("action=\"/staff/boreal/account/")
        .unwrap();
    format!("{PAGE}/{}", rest.split_once('"').unwrap().0)
}

#[actix_web::test]
async fn two_people_and_two_days_change_the_account_and_everybody_is_told() {
    for backend in backends() {
        let site = StaffSite::open(backend, morning());
        let world = &site.world;
        let boreal = world.supplier("boreal").await;
        let before = boreal.bank.as_ref().unwrap().iban.grouped();
        let maker = site
            .enter("compta@boreal.example", &boreal, Accountant)
            .await;
        let second = site.enter("direction@boreal.example", &boreal, Admin).await;
        site.user("regard@boreal.example", &boreal, Viewer).await;
        maker
            .get(PAGE)
            .await
            .shows(&[&before, "Demander le changement"]);

        let asked = ask(&maker, NEW, PASSWORD).await;
        assert_eq!((asked.status, asked.to()), (303, PAGE));
        let page = maker.get(PAGE).await;
        page.shows(&[NEW, "à approuver", "Une autre personne doit l’approuver"]);
        let path = change(&page);
        let own = decide(&maker, &path, "approve", PASSWORD).await;
        assert_eq!(own.status, 422);
        own.shows(&["Une autre personne doit l’approuver"]);
        let two = ask(&second, "FR1420041010050500013M02606", PASSWORD).await;
        assert_eq!(two.status, 422, "one change at a time");

        account_change::run(&world.app, boreal.id).await.unwrap();
        let everybody =
            ["compta", "direction", "regard"].map(|who| format!("{who}@boreal.example"));
        let known = &boreal.contact_email;
        let proposed = told(world, "proposed");
        assert!(
            everybody.iter().all(|one| proposed.contains(one)),
            "{proposed:?}"
        );
        assert!(proposed.contains(known), "{proposed:?}");

        let wrong = decide(&second, &path, "approve", "another password").await;
        assert_eq!(wrong.status, 422);
        wrong.shows(&["Ce n’est pas votre mot de passe"]);
        assert_eq!(
            decide(&second, &path, "approve", PASSWORD).await.status,
            303
        );
        assert_eq!(shown(world, &boreal).await, before, "two days are to pass");

        world.go_to(morning().plus_minutes(48 * 60 - 1));
        account_change::run(&world.app, boreal.id).await.unwrap();
        assert_eq!(shown(world, &boreal).await, before, "{backend}");
        world.go_to(morning().plus_minutes(48 * 60));
        account_change::run(&world.app, boreal.id).await.unwrap();
        assert_eq!(shown(world, &boreal).await, NEW, "{backend}");
        account_change::run(&world.app, boreal.id).await.unwrap();
        for state in ["waiting", "done"] {
            assert_eq!(told(world, state), proposed, "{backend}: {state}");
        }
        let trail = "SELECT action AS value FROM audit WHERE action LIKE 'account.c%' ORDER BY id";
        let steps = [
            "account.change_proposed",
            "account.change_approved",
            "account.changed",
        ];
        assert_eq!(world.conn().read_sql(trail).unwrap(), steps, "{backend}");
    }
}

#[actix_web::test]
async fn anybody_stops_a_change_even_after_it_was_approved() {
    for backend in backends() {
        let site = StaffSite::open(backend, morning());
        let world = &site.world;
        let boreal = world.supplier("boreal").await;
        let before = boreal.bank.as_ref().unwrap().iban.grouped();
        let third = site
            .enter("compta@boreal.example", &boreal, Accountant)
            .await;
        let id = asked(world, &boreal).await;
        let second = Actor::job("another");
        account_change::approve(&world.app, boreal.id, id, second)
            .await
            .unwrap();
        third
            .get(PAGE)
            .await
            .shows(&["approuvé, en attente", "Arrêter le changement"]);
        let path = format!("{PAGE}/{id}");
        assert_eq!(decide(&third, &path, "withdraw", "").await.status, 303);
        world.go_to(morning().plus_minutes(72 * 60));
        account_change::run(&world.app, boreal.id).await.unwrap();
        assert_eq!(shown(world, &boreal).await, before, "{backend}");
        assert!(told(world, "withdrawn").contains(&"compta@boreal.example".to_owned()));
        assert!(
            told(world, "waiting").is_empty(),
            "told of how it stands, once"
        );
    }
}

#[actix_web::test]
async fn a_wish_with_mistakes_keeps_what_was_typed() {
    for backend in backends() {
        let site = StaffSite::open(backend, morning());
        let boreal = site.world.supplier("boreal").await;
        let maker = site
            .enter("compta@boreal.example", &boreal, Accountant)
            .await;
        let own = boreal.bank.as_ref().unwrap().iban.as_str();
        for (iban, words) in [
            ("FR33 3000 2005 5000 0015 7841 Z26", "erreur"),
            (own, "C’est le compte déjà affiché"),
        ] {
            let page = ask(&maker, iban, PASSWORD).await;
            assert_eq!(page.status, 422, "{backend}: {iban}");
            page.shows(&[words, iban, "BOREAL SAS"]);
        }
        let page = ask(&maker, NEW, "not the password").await;
        assert_eq!(page.status, 422);
        page.shows(&["Ce n’est pas votre mot de passe", NEW]);
        assert!(!page.text.contains("not the password"));
        let rows = site
            .world
            .conn()
            .read_sql("SELECT id AS value FROM account_change");
        assert!(rows.unwrap().is_empty(), "{backend}");
    }
}
