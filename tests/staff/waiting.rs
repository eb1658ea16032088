//! What waits for staff to do: counted on the day's page, read by few queries however much it is.

use acquit::flows::{Actor, by_hand, call_list, letters as flow};
use acquit::store;
use acquit::store::approval::Approval;
use domain::approval::ApprovalState;
use domain::message::MessageKind;
use domain::party::Supplier;
use domain::scenario::Channel;

use super::calls::to_make;
use super::letters::reminded;
use super::*;
use crate::support::counted;
use crate::support::world::World;

/// A formal notice that a person is asked about.
async fn question(world: &World, supplier: &Supplier, code: &str) {
    let (debtor, _) = world.debtor(supplier, code).await;
    let number = format!("FA-{code}");
    let invoice = world.invoice(&debtor, &number, 50_000, "2026-09-01").await;
    let (id, asked_at) = (supplier.id, world.app.now());
    let new = Approval {
        id: acquit::clock::new_id(),
        debtor: debtor.id,
        kind: MessageKind::FormalNotice,
        channel: Channel::Letter,
        scenario: None,
        version: 1,
        state: ApprovalState::Waiting,
        asked_at,
        items: vec![(invoice.id, "formal_notice".into())],
    };
    world
        .write(move |conn| Ok(store::approval::insert(conn, id, &new)?))
        .await;
}

#[actix_web::test]
async fn calls_letters_and_questions_that_wait_are_counted_with_where_they_are_done() {
    for backend in backends() {
        let site = StaffSite::open(backend, morning());
        let world = &site.world;
        let boreal = world.supplier("boreal").await;
        let ocean = world.supplier("ocean").await;
        let browser = site
            .enter("compta@boreal.example", &boreal, StaffRole::Viewer)
            .await;
        let title = "Appels, lettres et validations";
        let quiet = browser.get("/staff").await;
        assert!(!quiet.text.contains(title), "{backend}");

        for code in ["C1", "C2", "C3", "C4"] {
            to_make(world, &boreal, code).await;
        }
        let reminder = MessageKind::Reminder1;
        reminded(world, &boreal, ("L1", reminder)).await;
        let (_, _, _, printed) = reminded(world, &boreal, ("L2", reminder)).await;
        let batch = (acquit::clock::new_id(), vec![printed]);
        flow::print(&world.app, boreal.id, batch, Actor::job("test"))
            .await
            .unwrap();
        question(world, &boreal, "Q1").await;
        // What others do, what is paid or promised by now, and what is due next week.
        question(world, &ocean, "Q2").await;
        to_make(world, &ocean, "C5").await;
        let later = world.app.now().plus_days(7).micros();
        world
            .conn()
            .run_sql(&format!(
                "UPDATE invoice SET promised = open WHERE number IN ('FA-C3', 'FA-L2');
                 UPDATE message SET due_at = {later} WHERE debtor_id IN
                   (SELECT id FROM debtor WHERE code = 'C4')"
            ))
            .unwrap();
        let page = browser.get("/staff").await;
        page.shows(&[
            title,
            "<a href=\"/staff/boreal/approvals\">1 message à valider</a> · ",
            "<a href=\"/staff/boreal/calls\">2 appels à passer</a> · ",
            "<a href=\"/staff/boreal/letters\">1 lettre à imprimer</a> · ",
            "<a href=\"/staff/boreal/letters\">1 lettre imprimée à poster</a> · ",
        ]);
        assert!(!page.text.contains("ocean"), "{backend}");
        let calls = browser.get("/staff/boreal/calls").await;
        calls.shows(&["Société C1", "Société C2", "span class=\"count\">2<"]);
        let list = browser.get("/staff/boreal/reminders").await;
        list.shows(&["Messages à valider <span class=\"count\">1<"]);
    }
}

/// Calls that wait, from this number to that.
async fn calls(world: &World, supplier: &Supplier, numbers: std::ops::Range<usize>) {
    for n in numbers {
        to_make(world, supplier, &format!("D{n}")).await;
    }
}

/// How many queries it takes to list the calls, and to look again at all of them.
async fn queries(world: &World, supplier: &Supplier, waiting: usize) -> (usize, usize) {
    let asked = || counted::asked(&world.database.url);
    let mut conn = world.conn();
    let before = asked();
    let list = call_list::read(&mut conn, supplier, world.app.now()).unwrap();
    let listed = asked() - before;
    assert_eq!(list.len(), waiting);
    conn.run_sql("UPDATE debtor SET epoch = epoch + 1").unwrap();
    let before = asked();
    let silenced = by_hand::silence(&world.app, supplier.id).await.unwrap();
    assert_eq!(silenced, 0);
    let judged = asked() - before;
    let left = store::by_hand::unseen(&mut conn, supplier.id, 100).unwrap();
    assert_eq!(left.len(), 0, "all of them were looked at");
    (listed, judged)
}

#[actix_web::test]
async fn a_long_list_of_calls_takes_as_few_queries_as_a_short_one() {
    counted::begin();
    for backend in backends() {
        let site = StaffSite::open(backend, morning());
        let world = &site.world;
        let boreal = world.supplier("boreal").await;
        calls(world, &boreal, 0..2).await;
        let few = queries(world, &boreal, 2).await;
        calls(world, &boreal, 2..32).await;
        let many = queries(world, &boreal, 32).await;
        assert_eq!(few, many, "{backend}");
        assert!(many.0 <= 7, "{backend}: {many:?}");
        assert!(many.1 <= 20, "{backend}: {many:?}");
    }
}

#[actix_web::test]
async fn of_many_that_wait_those_that_ask_for_nothing_are_called_off_and_no_others() {
    for backend in backends() {
        let site = StaffSite::open(backend, morning());
        let world = &site.world;
        let boreal = world.supplier("boreal").await;
        // More than are looked at in one transaction.
        calls(world, &boreal, 0..53).await;
        world
            .conn()
            .run_sql(
                "UPDATE invoice SET disputed = open WHERE number IN ('FA-D7', 'FA-D52');
                 UPDATE invoice SET promised = open - 1 WHERE number = 'FA-D8'",
            )
            .unwrap();
        let look = || by_hand::silence(&world.app, boreal.id);
        assert_eq!(look().await.unwrap(), 2, "{backend}");
        assert_eq!(look().await.unwrap(), 0, "{backend}");
        let gone = "SELECT debtor.code AS value FROM message JOIN debtor
             ON debtor.id = message.debtor_id WHERE message.state = 'cancelled' ORDER BY 1";
        let gone = world.conn().read_sql(gone).unwrap();
        assert_eq!(gone, ["D52", "D7"], "{backend}");
    }
}
