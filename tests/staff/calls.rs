//! Calls: whom first, what came of them, what a campaign is judged by.

use acquit::store::{self, Across};
use domain::invoice::Invoice;
use domain::message::{MessageKind, MessageState};
use domain::party::{Contact, Debtor, Supplier};
use domain::scenario::Channel;
use domain::{MessageId, Moment};

use super::letters::{due, state};
use super::*;
use crate::support::staff_site::Page;
use crate::support::world::World;

/// A call that a step asks for.
pub(super) async fn to_make(
    world: &World,
    supplier: &Supplier,
    code: &str,
) -> (MessageId, Debtor, Contact, Invoice) {
    let (debtor, contact) = world.debtor(supplier, code).await;
    let (owner, id) = (supplier.id, contact.id);
    world
        .write(move |conn| {
            let mut new = store::contact::find(conn, owner, id)?;
            new.phone = Some("01 99 00 12 34".into());
            Ok(store::contact::set_details(conn, owner, &new, None)?)
        })
        .await;
    let number = format!("FA-{code}");
    let invoice = world.invoice(&debtor, &number, 100_000, "2026-11-01").await;
    let of = (&debtor, &contact);
    let kind = (MessageKind::Reminder2, Channel::Call);
    let message = due(world, of, kind, &[&invoice]).await;
    (message, debtor, contact, invoice)
}

/// A page with its form's token, key and a ticked invoice.
struct Form {
    path: String,
    csrf: String,
    key: String,
    invoice: String,
}

impl Form {
    async fn open(browser: &Browser, message: MessageId, invoice: &Invoice) -> Self {
        let path = format!("/staff/boreal/calls/{message}");
        let page = browser.get(&path).await;
        Self {
            csrf: page.csrf(),
            key: page.field("key"),
            invoice: invoice.id.to_string(),
            path,
        }
    }

    async fn post(&self, browser: &Browser, more: &[(&str, &str)]) -> Page {
        let mut fields = vec![
            ("csrf", self.csrf.as_str()),
            ("key", self.key.as_str()),
            ("i", self.invoice.as_str()),
        ];
        fields.extend(more);
        browser.post(&self.path, &fields).await
    }
}

fn one(world: &World, sql: &str) -> String {
    let mut found = world.conn().read_sql(sql).unwrap();
    assert_eq!(found.len(), 1, "{sql}: {found:?}");
    found.remove(0)
}

#[actix_web::test]
async fn the_list_puts_broken_promises_first_and_then_who_owes_most_for_longest() {
    for backend in backends() {
        let site = StaffSite::open(backend, morning());
        let world = &site.world;
        let boreal = world.supplier("boreal").await;
        to_make(world, &boreal, "Petit").await;
        let (asked, large, contact, _) = to_make(world, &boreal, "Grand").await;
        let more = world.invoice(&large, "FA-G2", 900_000, "2026-09-01").await;
        let kind = (MessageKind::Reminder2, Channel::Call);
        due(world, (&large, &contact), kind, &[&more]).await;
        let (_, _, _, promised) = to_make(world, &boreal, "Promis").await;
        let row = format!(
            "INSERT INTO promise (supplier_id, id, debtor_id, due_on, currency, amount, state,
               made_at)
             SELECT supplier_id, 'pro_00000000000000000000000001', debtor_id, '2026-11-10',
               currency, open, 'broken', 0 FROM invoice WHERE id = '{}'",
            promised.id
        );
        world.conn().run_sql(&row).unwrap();
        let browser = site
            .enter("appels@boreal.example", &boreal, StaffRole::Agent)
            .await;
        let list = browser.get("/staff/boreal/calls").await;
        list.shows(&[
            "promesse non tenue",
            "href=\"tel:0199001234\"",
            "montant échu × jours",
        ]);
        let place = |name: &str| list.text.find(name).unwrap();
        assert!(place("Société Promis") < place("Société Grand"));
        assert!(place("Société Grand") < place("Société Petit"));
        // Each call of an account is about all that is overdue there, as its page says too.
        let whole = "10\u{202f}000,00";
        assert_eq!(list.text.matches(whole).count(), 2, "{}", list.text);
        let grand = browser.get(&format!("/staff/boreal/calls/{asked}")).await;
        assert!(grand.text.contains(whole), "{}", grand.text);
    }
}

#[actix_web::test]
async fn a_call_that_says_too_little_is_not_noted_and_nothing_typed_is_lost() {
    for backend in backends() {
        let site = StaffSite::open(backend, morning());
        let world = &site.world;
        let boreal = world.supplier("boreal").await;
        let (message, _, _, invoice) = to_make(world, &boreal, "C1").await;
        let browser = site
            .enter("appels@boreal.example", &boreal, StaffRole::Agent)
            .await;
        let form = Form::open(&browser, message, &invoice).await;
        browser.get(&form.path).await.shows(&[
            "Ce que vous pouvez dire",
            "FA-C1",
            "accesskey=\"1\"",
            "Pas de réponse",
            "1\u{202f}000,00",
        ]);
        let empty = form.post(&browser, &[]).await;
        assert_eq!(empty.status, 422);
        empty.shows(&["Choisissez le résultat", "href=\"#outcome\""]);
        let undated = form
            .post(
                &browser,
                &[("outcome", "promise"), ("note", "Vu avec elle")],
            )
            .await;
        assert_eq!(undated.status, 422);
        undated.shows(&["href=\"#day\"", "Vu avec elle"]);
        let far = [("outcome", "promise"), ("day", "2027-06-01")];
        let far = form.post(&browser, &far).await;
        assert_eq!(far.status, 422);
        far.shows(&["Indiquez une date entre"]);
        let none = "SELECT CAST(COUNT(*) AS TEXT) AS value FROM call";
        assert_eq!(one(world, none), "0");
    }
}

#[actix_web::test]
async fn a_promise_said_in_a_call_is_kept_once_and_noted_as_said_to_staff() {
    for backend in backends() {
        let site = StaffSite::open(backend, morning());
        let world = &site.world;
        let boreal = world.supplier("boreal").await;
        let (message, debtor, _, invoice) = to_make(world, &boreal, "C1").await;
        let browser = site
            .enter("appels@boreal.example", &boreal, StaffRole::Agent)
            .await;
        let form = Form::open(&browser, message, &invoice).await;
        let good = [
            ("outcome", "promise"),
            ("day", "2026-11-27"),
            ("amount", "600,00"),
            ("note", "Virement vendredi"),
        ];
        for _ in 0..2 {
            let noted = form.post(&browser, &good).await;
            assert_eq!((noted.status, noted.to()), (303, "/staff/boreal/calls"));
        }
        assert_eq!(state(world, &boreal, message).await, MessageState::Sent);
        assert_eq!(
            one(world, "SELECT CAST(amount AS TEXT) AS value FROM promise"),
            "60000"
        );
        let by = one(
            world,
            "SELECT actor AS value FROM audit WHERE action = 'promise.made'",
        );
        assert!(
            by.starts_with("staff appels@boreal.example in call cal_"),
            "{by}"
        );
        assert_eq!(
            one(
                world,
                "SELECT kind AS value FROM message WHERE kind = 'promise_noted'"
            ),
            "promise_noted"
        );
        let customer = format!("/staff/boreal/debtors/{}", debtor.id);
        browser.get(&customer).await.shows(&[
            "Promesse de paiement (appels@boreal.example)",
            "Virement vendredi",
        ]);
        let done = browser.get(&form.path).await;
        done.shows(&["n’est plus à passer"]);
        let list = browser.get("/staff/boreal/calls").await;
        assert!(!list.text.contains("Société C1"));
    }
}

/// Fields of the form with what is typed.
type Typed = &'static [(&'static str, &'static str)];

/// What is said in calls, and how their steps stand then.
const SAID: &[(&str, Typed, MessageState)] = &[
    ("no_answer", &[], MessageState::Retry),
    (
        "call_back",
        &[("next", "2026-11-23"), ("hour", "15")],
        MessageState::Retry,
    ),
    (
        "dispute",
        &[("reason", "missing_items")],
        MessageState::Sent,
    ),
    ("delay", &[("day", "2026-12-20")], MessageState::Sent),
    ("already_paid", &[], MessageState::Sent),
    ("resend_invoice", &[], MessageState::Sent),
    (
        "wrong_contact",
        &[("note", "Parti en retraite")],
        MessageState::Sent,
    ),
    (
        "cash_problem",
        &[("next", "2026-12-01")],
        MessageState::Sent,
    ),
    ("refusal", &[], MessageState::Sent),
];

#[actix_web::test]
async fn each_outcome_has_its_consequence_and_the_day_is_added_up() {
    for backend in backends() {
        let site = StaffSite::open(backend, morning());
        let world = &site.world;
        let boreal = world.supplier("boreal").await;
        let browser = site
            .enter("appels@boreal.example", &boreal, StaffRole::Agent)
            .await;
        for (outcome, more, expected) in SAID {
            let code = outcome.replace('_', "-");
            let (message, _, _, invoice) = to_make(world, &boreal, &code).await;
            let form = Form::open(&browser, message, &invoice).await;
            let mut fields = vec![("outcome", *outcome)];
            fields.extend(*more);
            let noted = form.post(&browser, &fields).await;
            assert_eq!(noted.status, 303, "{outcome}: {}", noted.text);
            assert_eq!(state(world, &boreal, message).await, *expected, "{outcome}");
        }
        let count = |sql: &str| {
            one(
                world,
                &format!("SELECT CAST(COUNT(*) AS TEXT) AS value {sql}"),
            )
        };
        assert_eq!(count("FROM dispute WHERE reason = 'missing_items'"), "1");
        assert_eq!(count("FROM dispute WHERE reason = 'already_paid'"), "1");
        assert_eq!(count("FROM plan"), "1");
        assert_eq!(count("FROM message WHERE kind = 'fresh_link'"), "1");
        assert_eq!(count("FROM contact_task WHERE kind = 'wrong_person'"), "1");
        let next = one(
            world,
            "SELECT CAST(due_at AS TEXT) AS value FROM message
             WHERE channel = 'call' AND dedup LIKE 'call:%'",
        );
        let december = paris("2026-12-01", 9);
        assert_eq!(next, december.micros().to_string());
        waits_until(world, "call_back", paris("2026-11-23", 15));
        added_up(&browser).await;
    }
}

/// The report of these calls.
async fn added_up(browser: &Browser) {
    let report = browser.get("/staff/boreal/calls/report").await;
    report.shows(&[
        "Logistique",
        "Trésorerie",
        "Refus de payer",
        "Appels passés",
        "1\u{202f}000,00",
    ]);
    let figures: Vec<&str> = ["Appels passés", "Interlocuteurs joints", "Prochains appels"]
        .iter()
        .map(|name| {
            let (_, rest) = report.text.split_once(name).unwrap();
            let (_, rest) = rest.split_once("<dd>").unwrap();
            rest.split_once('<').unwrap().0
        })
        .collect();
    assert_eq!(figures, ["9", "6", "3"]);
    let csv = browser
        .get("/staff/boreal/calls/report?day=2026-11-20&span=week&format=csv")
        .await;
    assert_eq!(csv.text.lines().count(), 10);
    csv.shows(&["missing_items", "Parti en retraite"]);
    browser
        .get("/staff/boreal/calls/report?day=2026-11-19")
        .await
        .shows(&["Aucun appel"]);
}

fn waits_until(world: &World, outcome: &str, until: Moment) {
    let at = one(
        world,
        &format!(
            "SELECT CAST(m.due_at AS TEXT) AS value FROM message m JOIN call c
             ON c.message_id = m.id WHERE c.outcome = '{outcome}'"
        ),
    );
    assert_eq!(at, until.micros().to_string());
}

#[actix_web::test]
async fn a_call_without_a_step_is_noted_on_the_customers_page_and_others_see_nothing_of_it() {
    for backend in backends() {
        let site = StaffSite::open(backend, morning());
        let world = &site.world;
        let boreal = world.supplier("boreal").await;
        let (message, debtor, _, invoice) = to_make(world, &boreal, "C1").await;
        let browser = site
            .enter("appels@boreal.example", &boreal, StaffRole::Agent)
            .await;
        let customer = format!("/staff/boreal/debtors/{}", debtor.id);
        let path = format!("{customer}/call");
        browser
            .get(&customer)
            .await
            .shows(&[&path, "Noter un appel"]);
        let page = browser.get(&path).await;
        let (csrf, key, item) = (page.csrf(), page.field("key"), invoice.id.to_string());
        let mut fields = vec![
            ("csrf", "forged"),
            ("key", key.as_str()),
            ("i", item.as_str()),
            ("outcome", "doubtful"),
            ("note", "Dépôt de bilan évoqué"),
        ];
        assert_eq!(browser.post(&path, &fields).await.status, 403);
        fields[0] = ("csrf", csrf.as_str());
        let noted = browser.post(&path, &fields).await;
        assert_eq!((noted.status, noted.to()), (303, customer.as_str()));
        assert_eq!(state(world, &boreal, message).await, MessageState::Due);
        browser
            .get(&customer)
            .await
            .shows(&["Client douteux", "Dépôt de bilan évoqué"]);
        let ocean = world.supplier("ocean").await;
        let stranger = site
            .enter("appels@ocean.example", &ocean, StaffRole::Admin)
            .await;
        let theirs = [
            format!("/staff/ocean/calls/{message}"),
            format!("/staff/boreal/calls/{message}"),
            format!("/staff/ocean/debtors/{}/call", debtor.id),
        ];
        for path in &theirs {
            assert_eq!(stranger.get(path).await.status, 404, "{path}");
            let csrf = csrf_of(&stranger).await;
            let fields = [
                ("csrf", csrf.as_str()),
                ("outcome", "refusal"),
                ("key", key.as_str()),
            ];
            assert_eq!(stranger.post(path, &fields).await.status, 404, "{path}");
        }
        let supplier = boreal.id;
        let calls = world.app.store.read(Across::Inspection, move |conn| {
            store::call::of_debtor(conn, supplier, debtor.id, 10)
        });
        assert_eq!(calls.await.unwrap().len(), 1);
    }
}

async fn csrf_of(browser: &Browser) -> String {
    csrf(browser).await
}
