//! Files of direct debits: made by one, approved by another, taken out, downloaded, called off.

use acquit::flows::debit::{DebitOrder, first_day, order};
use acquit::flows::mandate::{Signature, sign};
use acquit::flows::{Actor, Visitor, batch, collect, deliver};
use acquit::store::user::StaffRole::{Accountant, Admin};
use acquit::store::{self, Across};
use domain::batch::{BatchState, DebitProfile};
use domain::invoice::Share;
use domain::mandate::Usage;
use domain::party::Supplier;
use domain::{BatchId, Money};

use super::*;
use crate::support::staff_site::{PASSWORD, Page};
use crate::support::world::World;

/// An announced debit of 40.00 of a debtor of its own; the visitor who ordered it.
pub(super) async fn announced(
    world: &World,
    boreal: &Supplier,
    code: &str,
    usage: Usage,
) -> Visitor {
    let (debtor, contact) = world.debtor(boreal, code).await;
    let (_, visitor) = world.link(&debtor, &contact).await;
    let invoice = world
        .invoice(&debtor, &format!("D-{code}"), 4_000, "2026-11-02")
        .await;
    let signature = Signature {
        holder: format!("SOCIETE {code}"),
        iban: "FR1420041010050500013M02606".parse().unwrap(),
        bic: None,
        usage,
        signatory: "Direction".into(),
        place: "Lyon".into(),
        wording: "Mandat de prélèvement SEPA".into(),
        address: "192.0.2.1".into(),
        agent: "test".into(),
        key: format!("m{code}"),
    };
    let mandate = sign(&world.app, visitor, signature).await.unwrap();
    let asked = DebitOrder {
        mandate,
        what: vec![Share {
            invoice: invoice.id,
            amount: Money::eur(4_000),
        }]
        .into(),
        collect_on: first_day(boreal, world.app.now()),
        key: format!("d{code}"),
    };
    order(&world.app, visitor, asked).await.unwrap();
    deliver::run(&world.app).await.unwrap();
    visitor
}

/// A file that was taken out, for tests that want one.
pub(super) async fn taken_out(world: &World, boreal: &Supplier) -> BatchId {
    announced(world, boreal, "C2", Usage::Recurring).await;
    let made = collect::run(&world.app, boreal.id, Actor::job("maker"));
    let id = made.await.unwrap().unwrap().batch.id;
    for step in [1, 2] {
        let actor = Actor::job("approver");
        let done = match step {
            1 => batch::approve(&world.app, boreal.id, id, actor).await,
            _ => batch::export(&world.app, boreal.id, id, actor).await,
        };
        done.unwrap();
    }
    id
}

async fn found(world: &World, supplier: &Supplier, path: &str) -> store::batch::Batch {
    let id: BatchId = path.rsplit('/').next().unwrap().parse().unwrap();
    let supplier = supplier.id;
    let find = move |conn: &mut _| store::batch::find(conn, supplier, id);
    let read = world.app.store.read(Across::Inspection, find);
    read.await.unwrap()
}

fn states(world: &World, table: &str) -> Vec<String> {
    let rows = format!("SELECT state AS value FROM {table} ORDER BY id");
    world.conn().read_sql(&rows).unwrap()
}

async fn decide(browser: &Browser, path: &str, decision: &str) -> Page {
    let csrf = csrf(browser).await;
    browser
        .post(path, &[("csrf", &csrf), ("decision", decision)])
        .await
}

/// Another day at eleven, signed in again.
async fn go_to(site: &StaffSite, browser: &Browser, day: &str) {
    site.world.go_to(paris(day, 11));
    let entered = browser.sign_in("compta@boreal.example", PASSWORD).await;
    assert_eq!(entered.status, 303);
}

/// Posts the form of the list; gives the address of the file.
async fn prepare(browser: &Browser) -> String {
    let csrf = csrf(browser).await;
    let made = browser
        .post("/staff/boreal/debits", &[("csrf", &csrf)])
        .await;
    assert_eq!(made.status, 303, "{}", made.text);
    made.to().to_owned()
}

#[actix_web::test]
async fn two_people_hand_a_file_to_the_bank() {
    for backend in backends() {
        let site = StaffSite::open(backend, morning());
        let world = &site.world;
        let boreal = world.supplier("boreal").await;
        let [maker, second] = [("compta", Accountant), ("direction", Admin)]
            .map(|(name, role)| (format!("{name}@boreal.example"), role));
        let maker = site.enter(&maker.0, &boreal, maker.1).await;
        let second = site.enter(&second.0, &boreal, second.1).await;
        let list = "/staff/boreal/debits";
        let empty = ["Aucun prélèvement annoncé", "Aucun fichier"];
        maker.get(list).await.shows(&empty);
        announced(world, &boreal, "C1", Usage::OneOff).await;
        let waiting = [
            "26/11/2026",
            "40,00\u{a0}€",
            "Préparer le fichier",
            "seconde",
        ];
        maker.get(list).await.shows(&waiting);

        let path = prepare(&maker).await;
        assert_eq!(prepare(&maker).await, list, "nothing left");
        let draft = ["à approuver", "compta@boreal.example", "1 prélèvement"];
        maker.get(&path).await.shows(&draft);
        let refused = decide(&maker, &path, "approve").await;
        assert_eq!(refused.status, 422);
        refused.shows(&["Une seconde personne doit approuver"]);
        decide(&maker, &path, "export").await;
        let gone = maker.get(&format!("{path}/file")).await;
        assert_eq!(gone.status, 404, "not approved yet");
        assert_eq!(states(world, "batch"), ["draft"], "{backend}");

        for _ in 0..2 {
            assert_eq!(decide(&second, &path, "approve").await.status, 303);
        }
        assert_eq!(states(world, "collection"), ["batched"]);
        for _ in 0..2 {
            assert_eq!(decide(&maker, &path, "export").await.status, 303);
        }
        assert_eq!(states(world, "collection"), ["submitted"]);
        let out = ["sorti", "direction@boreal.example", "Télécharger"];
        maker.get(&path).await.shows(&out);
        same_bytes(world, &boreal, &path, (&maker, &second)).await;
    }
}

/// Whoever downloads it: the bytes that were approved; and the trail names who did what.
async fn same_bytes(
    world: &World,
    boreal: &Supplier,
    path: &str,
    (maker, second): (&Browser, &Browser),
) {
    let bytes = format!("{path}/file");
    let (one, two) = (maker.get(&bytes).await, second.get(&bytes).await);
    let kind = one.header("content-type");
    assert_eq!((one.status, kind), (200, "application/xml"));
    assert!(one.text.contains("<CtrlSum>40.00<"), "{}", one.text);
    assert_eq!(one.text, two.text);
    let kept = found(world, boreal, path).await;
    assert_eq!(acquit::vault::sha256(one.text.as_bytes()), kept.sha256);
    let trail = world.conn().read_sql(
        "SELECT action || ' ' || actor AS value FROM audit
         WHERE subject LIKE 'bat_%' ORDER BY id",
    );
    let expected = [
        "batch.made staff compta@boreal.example",
        "batch.approved staff direction@boreal.example",
        "batch.exported staff compta@boreal.example",
    ];
    assert_eq!(trail.unwrap(), expected);
}

#[actix_web::test]
async fn a_file_is_called_off_until_the_banks_hour() {
    for backend in backends() {
        let site = StaffSite::open(backend, morning());
        let world = &site.world;
        let boreal = world.supplier("boreal").await;
        let alone = DebitProfile {
            one_user: true,
            ..DebitProfile::default()
        };
        batch::set_profile(&world.app, boreal.id, alone)
            .await
            .unwrap();
        let browser = site
            .enter("compta@boreal.example", &boreal, Accountant)
            .await;
        announced(world, &boreal, "C1", Usage::OneOff).await;
        assert_eq!(states(world, "mandate"), ["active"]);
        let first = prepare(&browser).await;
        assert_eq!(states(world, "mandate"), ["consumed"]);
        for decision in ["approve", "export", "cancel", "cancel"] {
            let done = decide(&browser, &first, decision).await;
            assert_eq!(done.status, 303, "{decision}: {}", done.text);
        }
        let at_last = (states(world, "batch"), states(world, "collection"));
        assert_eq!(
            at_last,
            (vec!["cancelled".to_owned()], vec!["notified".to_owned()])
        );
        assert_eq!(
            states(world, "mandate"),
            ["active"],
            "{backend}: usable again"
        );
        assert_eq!(browser.get(&format!("{first}/file")).await.status, 404);

        let second = prepare(&browser).await;
        let before = found(world, &boreal, &first).await;
        let after = found(world, &boreal, &second).await;
        assert_ne!(before.message_id, after.message_id, "never used again");
        decide(&browser, &second, "approve").await;
        go_to(&site, &browser, "2026-11-25").await;
        let late = decide(&browser, &second, "export").await;
        assert_eq!(late.status, 422);
        late.shows(&["trop tard pour ce fichier"]);
        decide(&browser, &second, "cancel").await;
        let third = prepare(&browser).await;
        assert_eq!(
            found(world, &boreal, &third).await.first_on.to_string(),
            "2026-11-30",
            "the first day that the bank can still do"
        );
        decide(&browser, &third, "approve").await;
        decide(&browser, &third, "export").await;
        go_to(&site, &browser, "2026-11-27").await;
        let late = decide(&browser, &third, "cancel").await;
        assert_eq!(late.status, 422, "the bank has it");
        assert_eq!(
            found(world, &boreal, &third).await.state,
            BatchState::Exported
        );
    }
}

/// Between draft and export other money may come, and mandates may go.
#[actix_web::test]
async fn a_file_with_a_debit_that_is_no_longer_wanted_does_not_leave() {
    for backend in backends() {
        let site = StaffSite::open(backend, morning());
        let world = &site.world;
        let boreal = world.supplier("boreal").await;
        let browser = site.enter("direction@boreal.example", &boreal, Admin).await;
        announced(world, &boreal, "C1", Usage::Recurring).await;
        let made = collect::run(&world.app, boreal.id, Actor::job("maker"));
        let made = made.await.unwrap().unwrap();
        let path = format!("/staff/boreal/debits/{}", made.batch.id);
        decide(&browser, &path, "approve").await;
        world
            .conn()
            .run_sql("UPDATE mandate SET state = 'revoked'")
            .unwrap();
        let refused = decide(&browser, &path, "export").await;
        assert_eq!(refused.status, 422, "{backend}");
        refused.shows(&["n’est plus dû"]);
        assert_eq!(states(world, "batch"), ["approved"]);
        decide(&browser, &path, "cancel").await;
        assert_eq!(states(world, "collection"), ["cancelled"]);
        assert_eq!(states(world, "payment"), ["cancelled"]);
        let left = collect::run(&world.app, boreal.id, Actor::job("maker"));
        assert!(left.await.unwrap().is_none(), "its mandate is gone");
    }
}

/// A value that no file takes is named, with its debtor and its rule, and nothing is made.
#[actix_web::test]
async fn a_file_that_breaks_a_rule_is_not_made() {
    for backend in backends() {
        let site = StaffSite::open(backend, morning());
        let world = &site.world;
        let boreal = world.supplier("boreal").await;
        let wants_bics = DebitProfile {
            bics: true,
            ..DebitProfile::default()
        };
        batch::set_profile(&world.app, boreal.id, wants_bics)
            .await
            .unwrap();
        let browser = site
            .enter("compta@boreal.example", &boreal, Accountant)
            .await;
        announced(world, &boreal, "C1", Usage::Recurring).await;
        let csrf = csrf(&browser).await;
        let refused = browser
            .post("/staff/boreal/debits", &[("csrf", &csrf)])
            .await;
        assert_eq!(refused.status, 422, "{backend}");
        refused.shows(&["SOCIETE C1", "BIC", "your bank wants it for every debit"]);
        assert_eq!(states(world, "batch"), Vec::<String>::new());
        assert_eq!(states(world, "collection"), ["notified"]);
    }
}
