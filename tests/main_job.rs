//! The main job from end to end, over HTTP, SMTP and files, on both databases: a balance comes in,
//! reminders go out on four dates, one debtor signs a mandate, one transfers, one pays by card, and
//! every euro is in the books once.

mod files;
mod stage;

use acquit::flows::{bank_file, collect};
use acquit::jobs;
use acquit::store::Across;
use domain::ledger::Account;
use domain::message::MessageState;
use domain::{Currency, Money};
use stage::{Debtors, Stage};

use crate::support::databases::backends;

/// Seven days before the due day, then 3, 10 and 20 after it: all of them weekdays.
const DATES: [&str; 4] = ["2026-03-03", "2026-03-13", "2026-03-20", "2026-03-30"];

#[actix_web::test]
async fn from_an_aged_balance_to_allocated_money() {
    for backend in backends() {
        let stage = Stage::set(backend, DATES[0]).await;
        first_date(&stage).await;
        second_date(&stage).await;
        third_date(&stage).await;
        fourth_date(&stage).await;
        the_books(&stage).await;
        println!("{backend}: the main job came to its end");
    }
}

/// Notices go out; one debtor signs a mandate and orders a debit, one is given a transfer.
async fn first_date(stage: &Stage) {
    let imported = stage.import(DATES[0]).await;
    assert_eq!(
        (imported.rows_good, imported.rows_bad, imported.created),
        (5, 1, 5)
    );
    assert_eq!(imported.errors[0].line, 6);
    assert_eq!(
        imported.totals[&Currency::EUR],
        Money::eur(120_000 + 30_050 + 64_000 + 8_990 - 1_000)
    );
    let mails = stage.tick().await;
    let to: Vec<&str> = mails.iter().map(|mail| mail.to.as_str()).collect();
    assert_eq!(
        to,
        [
            "compta@c001.example",
            "compta@c002.example",
            "compta@c003.example"
        ]
    );
    assert!(mails.iter().all(|mail| mail.header("Subject").is_some()));
    assert!(stage.tick().await.is_empty(), "a second tick sends nothing");

    stage.sign_and_debit(&mails[1], "2026-03-16").await;
    let answers = stage.tick().await;
    assert_eq!(
        answers.len(),
        2,
        "a copy of the mandate and the announcement of the debit"
    );
    assert!(answers.iter().all(|mail| mail.to == "compta@c002.example"));
    stage.announce_transfer(&mails[2]).await;
}

/// The bank gets its file; only the debtors who have not acted are reminded.
async fn second_date(stage: &Stage) {
    stage.go_to(DATES[1]);
    let job = || acquit::flows::Actor::job("test");
    let made = collect::run(&stage.world.app, stage.supplier.id, job())
        .await
        .unwrap()
        .unwrap();
    assert_eq!(
        (made.batch.debits, made.batch.total),
        (1, Money::eur(30_050))
    );
    files::check_schemas(&made.file);
    stage.hand_in(made.batch.id).await;
    assert!(
        collect::run(&stage.world.app, stage.supplier.id, job())
            .await
            .unwrap()
            .is_none()
    );

    let same = stage.import(DATES[1]).await;
    assert_eq!(
        (same.created, same.changed),
        (0, 0),
        "the same file changes nothing"
    );
    let mails = stage.tick().await;
    let to: Vec<&str> = mails.iter().map(|mail| mail.to.as_str()).collect();
    assert_eq!(
        to,
        ["compta@c001.example", "compta@c003.example"],
        "the debit silences c002"
    );
    assert!(stage.tick().await.is_empty());
}

/// The statement brings the debit and the transfer; the transfer is thanked for, once. The debit
/// may still come back.
async fn third_date(stage: &Stage) {
    stage.go_to("2026-03-18");
    let statement = files::statement(stage).await;
    let app = &stage.world.app;
    let booked = bank_file::run(app, stage.supplier.id, "statement.xml", statement.clone()).await;
    let booked = booked.unwrap();
    assert_eq!(
        (booked.movements, booked.matched, booked.known),
        (3, 2, 0),
        "{booked:?}"
    );
    assert_eq!(booked.unmatched[&Currency::EUR], Money::eur(1_700));
    assert!(booked.unbalanced.is_empty());
    let again = bank_file::run(app, stage.supplier.id, "again.xml", statement)
        .await
        .unwrap();
    assert_eq!(
        (again.movements, again.known),
        (0, 3),
        "a statement read twice is booked once"
    );

    let thanks = stage.tick().await;
    let to: Vec<&str> = thanks.iter().map(|mail| mail.to.as_str()).collect();
    assert_eq!(to, ["compta@c003.example"]);

    stage.go_to(DATES[2]);
    stage.import(DATES[2]).await;
    let mails = stage.tick().await;
    let to: Vec<&str> = mails.iter().map(|mail| mail.to.as_str()).collect();
    assert_eq!(to, ["compta@c001.example"]);
    assert!(stage.tick().await.is_empty());
}

/// The debit is firm and thanked for. The last reminder leads to a card payment whose webhooks come
/// five times, in the wrong order.
async fn fourth_date(stage: &Stage) {
    stage.go_to(DATES[3]);
    stage.import(DATES[3]).await;
    let mails = stage.tick().await;
    let to: Vec<&str> = mails.iter().map(|mail| mail.to.as_str()).collect();
    assert_eq!(to, ["compta@c001.example", "compta@c002.example"]);
    stage.pay_by_card(&mails[0]).await;
    let thanks = stage.tick().await;
    assert_eq!(
        thanks.len(),
        1,
        "one thank-you, however often the webhook came"
    );
    assert_eq!(thanks[0].to, "compta@c001.example");
    assert!(stage.tick().await.is_empty(), "a second tick sends nothing");
    let ticked = jobs::tick(&stage.world.app).await.unwrap();
    assert_eq!(ticked.delivered.sent, 0);
}

/// Every euro once: what is open, where the money is, and that all of it sums to nothing.
async fn the_books(stage: &Stage) {
    let id = stage.supplier.id;
    let (balances, wrong, drift) = stage
        .world
        .app
        .store
        .report(Across::Inspection, move |conn| {
            let balances = acquit::store::ledger::balances(conn, id)?;
            let wrong = acquit::store::ledger::disagreements(conn, id)?;
            let drift = acquit::store::open_sum::disagreements(conn, id)?;
            Ok((balances, wrong, drift))
        })
        .await
        .unwrap();
    assert!(wrong.is_empty() && drift.is_empty(), "{wrong:?} {drift:?}");
    let of = |account| {
        let found = balances.iter().find(|(known, _)| *known == account);
        found.map_or(Money::eur(0), |(_, amount)| *amount)
    };
    assert_eq!(
        of(Account::Receivable),
        Money::eur(-1_000),
        "the credit note is left"
    );
    assert_eq!(of(Account::TransitCard), Money::eur(120_000 + 8_990));
    assert_eq!(of(Account::Bank), Money::eur(30_050 + 64_000 + 1_700));
    assert_eq!(of(Account::Suspense), Money::eur(-1_700));
    assert_eq!(of(Account::Unapplied), Money::eur(0));
    let sum = Money::sum(Currency::EUR, balances.iter().map(|(_, amount)| *amount));
    assert_eq!(sum, Ok(Money::eur(0)));

    let Debtors { all, .. } = &stage.debtors().await;
    let mut unsent = 0;
    for debtor in all {
        let debtor = debtor.id;
        let read = move |conn: &mut acquit::store::Conn| {
            acquit::store::outbox::of_debtor(conn, id, debtor, 100)
        };
        let messages = stage
            .world
            .app
            .store
            .report(Across::Inspection, read)
            .await
            .unwrap();
        unsent += messages
            .iter()
            .filter(|one| one.message.state != MessageState::Sent)
            .count();
    }
    assert_eq!(unsent, 0, "every message left");
}
