//! Direct debits from the mandate that is signed in a browser to the refund six weeks after the
//! money: what each step leaves in the books, of the debit, on the invoice and of the promise, and
//! what the debtor is told.

mod bank;
mod desk;
mod story;

use bank::{NOTICE, STATEMENT};
use domain::ledger::Account;
use story::{Stand, Story};

use crate::support::databases::backends;

/// The day that the debtors chose, a Tuesday.
const CHOSEN: &str = "2026-03-10";

#[actix_web::test]
async fn from_the_signed_mandate_to_the_refund_after_six_weeks() {
    for backend in backends() {
        let story = Story::open(backend).await;
        ordered(&story).await;
        let file = handed_in(&story, 2).await;
        one_is_rejected(&story, &file).await;
        the_other_arrives(&story, &file).await;
        it_comes_back(&story).await;
        it_is_tried_again(&story, &file).await;
        it_is_refunded(&story).await;
        println!("{backend}: from the mandate to the refund");
    }
}

/// Both sign in the portal; one promises to pay by debit, the other orders one.
async fn ordered(story: &Story) {
    let (one, other) = (
        story.sign(&story.promises).await,
        story.sign(&story.orders).await,
    );
    story.promise_by_debit(&one, CHOSEN).await;
    story.order_debit(&other, CHOSEN).await;
    let (planned, held) = (["planned"], (4_000, 4_000, 0));
    story.stands(
        &story.promises,
        Stand(&planned, &["processing"], &["made"], held),
    );
    let held = (500, 500, 0);
    story.stands(&story.orders, Stand(&planned, &["processing"], &[], held));

    let desk = story.desk("compta").await;
    assert_eq!(desk.prepare().await, None, "nothing was announced yet");
    for (who, amount) in [(&story.promises, "40,00"), (&story.orders, "5,00")] {
        let notice = story.told(who, "debit_notice").await;
        let reference = story.mandate(who, "reference");
        for part in ["10/03/2026", amount, "FR72ZZZ123456", &reference] {
            assert!(notice.contains(part), "{part}: {notice}");
        }
        story.are(who, "collection", &["notified"]);
    }
    story.books_are(&[(Account::Receivable, 4_500)]);
}

/// Made by one, approved by another, taken out, the same whoever downloads it; gives its id.
async fn handed_in(story: &Story, debits: usize) -> String {
    let (maker, second) = (story.desk("compta").await, story.desk("direction").await);
    let file = maker.prepare().await.expect("announced debits");
    let own = maker.decide(&file, "approve").await;
    own.shows(422, &["Une seconde personne doit approuver"]);
    assert_eq!(second.decide(&file, "approve").await.status, 303);
    assert_eq!(maker.decide(&file, "export").await.status, 303);
    let (one, two) = (maker.download(&file).await, second.download(&file).await);
    assert_eq!(one, two);
    let kept = format!("SELECT sha256 AS value FROM batch WHERE id = '{file}'");
    assert_eq!(story.column(&kept), [acquit::vault::sha256(&one)]);
    bank::accepts(&one);
    let xml = String::from_utf8(one).unwrap();
    assert_eq!(xml.matches("<EndToEndId>").count(), debits, "{xml}");
    assert_eq!(story.batch(&file), "exported");
    file
}

/// The bank's answer refuses one for its closed account: nothing was debited, it is due at once.
async fn one_is_rejected(story: &Story, file: &str) {
    story.go_to("2026-03-04");
    let refused = story.end_to_end(&story.orders, 0).await;
    let answer = bank::refusal(&story.message_id(file), &refused, "AC04");
    let desk = story.desk("compta").await;
    desk.answer(&answer).await.shows(200, &["AC04", "5,00"]);
    desk.answer(&answer).await.shows(200, &["AC04"]);
    let free = (500, 0, 0);
    story.stands(&story.orders, Stand(&["rejected"], &["failed"], &[], free));
    assert_eq!(story.mandate(&story.orders, "state"), "suspended");
    let said = story.told(&story.orders, "debit_ended").await;
    for part in ["5,00", "n’a pas abouti", "rien n’a été débité"] {
        assert!(said.contains(part), "{part}: {said}");
    }
    let waits = (4_000, 4_000, 0);
    let other = Stand(&["submitted"], &["processing"], &["made"], waits);
    story.stands(&story.promises, other);
    story.books_are(&[(Account::Receivable, 4_500)]);
}

/// The notice of the day brings the other; the statement tells the same money. It is provisional,
/// so nobody is thanked yet.
async fn the_other_arrives(story: &Story, file: &str) {
    story.go_to(CHOSEN);
    let debit = story.end_to_end(&story.promises, 0).await;
    let credit = bank::credit("40.00", &debit, "BK-1");
    let desk = story.desk("compta").await;
    desk.bank(&bank::message(NOTICE, "N1", CHOSEN, &credit))
        .await;
    let arrived = || Stand(&["settled"], &["succeeded"], &["kept"], (0, 0, 0));
    let books = [(Account::Receivable, 500), (Account::Bank, 4_000)];
    story.stands(&story.promises, arrived());
    story.books_are(&books);

    story.go_to("2026-03-11");
    let desk = story.desk("compta").await;
    desk.bank(&bank::message(STATEMENT, "S1", CHOSEN, &credit))
        .await;
    story.tick().await;
    story.stands(&story.promises, arrived());
    story.books_are(&books);
    assert_eq!(story.count(&story.promises, "thanks"), 0, "provisional");
    assert_eq!(story.batch(file), "settled");
}

/// Want of money: the invoice is due again and held by a second debit, the bank's fee is apart, the
/// promise waits for the rest of its days.
async fn it_comes_back(story: &Story) {
    story.go_to("2026-03-12");
    let debit = story.end_to_end(&story.promises, 0).await;
    let back = bank::returned(("43.00", "40.00"), &debit, "AM04", "BK-2");
    let desk = story.desk("compta").await;
    for id in ["S2", "S2 again"] {
        let message = bank::message(STATEMENT, id, "2026-03-12", &back);
        desk.bank(&message).await;
        let states = ["returned", "planned"];
        let payments = ["returned", "processing"];
        let held = (4_000, 4_000, 0);
        story.stands(&story.promises, Stand(&states, &payments, &["made"], held));
        story.books_are(&[
            (Account::Receivable, 4_500),
            (Account::Bank, -300),
            (Account::BankFee, 300),
        ]);
    }
    assert_eq!(desk.prepare().await, None, "not announced anew");
    let said = story.told(&story.promises, "debit_ended").await;
    for part in ["40,00", "repris", "Un nouveau prélèvement du même montant"] {
        assert!(said.contains(part), "{part}: {said}");
    }
    let notice = story.told(&story.promises, "debit_notice").await;
    assert!(notice.contains("17/03/2026"), "{notice}");
    assert_eq!(story.count(&story.promises, "debit_notice"), 2);
    story.are(&story.promises, "collection", &["returned", "notified"]);
}

/// The promise waits for the second debit, which comes too late for it: it was kept late. Once that
/// money is firm the debtor is thanked.
async fn it_is_tried_again(story: &Story, first: &str) {
    story.go_to("2026-03-13");
    story.tick().await;
    story.are(&story.promises, "promise", &["made"]);
    assert_eq!(story.count(&story.promises, "promise_broken"), 0);
    let file = handed_in(story, 1).await;
    story.go_to("2026-03-17");
    let (old, debit) = (
        story.end_to_end(&story.promises, 0).await,
        story.end_to_end(&story.promises, 1).await,
    );
    assert_ne!(old, debit);
    let credit = bank::credit("40.00", &debit, "BK-3");
    let notice = bank::message(NOTICE, "N3", "2026-03-17", &credit);
    story.desk("compta").await.bank(&notice).await;
    let states = ["returned", "settled"];
    let payments = ["returned", "succeeded"];
    let paid = || Stand(&states, &payments, &["kept_late"], (0, 0, 0));
    story.stands(&story.promises, paid());
    story.tick().await;
    assert_eq!(
        (story.batch(first), story.batch(&file)),
        both("firm", "settled")
    );
    assert_eq!(story.count(&story.promises, "thanks"), 0, "provisional");

    story.go_to("2026-03-24");
    story.tick().await;
    assert_eq!(
        (story.batch(first), story.batch(&file)),
        both("firm", "firm")
    );
    let thanks = story.told(&story.promises, "thanks").await;
    assert!(thanks.contains("40,00"), "{thanks}");
    story.are(&story.promises, "collection", &["returned", "firm"]);
    story.books_are(&[
        (Account::Receivable, 500),
        (Account::Bank, 3_700),
        (Account::BankFee, 300),
    ]);
}

fn both(one: &str, two: &str) -> (String, String) {
    (one.to_owned(), two.to_owned())
}

/// The debtor's right for eight weeks: the invoice is due again, and in dispute until somebody
/// knows why.
async fn it_is_refunded(story: &Story) {
    story.go_to("2026-04-29");
    let debit = story.end_to_end(&story.promises, 1).await;
    let back = bank::returned(("40.00", "40.00"), &debit, "MD06", "BK-4");
    let desk = story.desk("compta").await;
    for message in [NOTICE, STATEMENT] {
        let file = bank::message(message, message.0, "2026-04-29", &back);
        desk.bank(&file).await;
    }
    story.tick().await;
    let states = ["returned", "refunded"];
    let payments = ["returned", "returned"];
    let contested = (4_000, 0, 4_000);
    story.stands(
        &story.promises,
        Stand(&states, &payments, &["broken"], contested),
    );
    story.books_are(&[
        (Account::Receivable, 4_500),
        (Account::Bank, -300),
        (Account::BankFee, 300),
    ]);
    assert_eq!(story.count(&story.promises, "debit_ended"), 2);
    let said = story.told(&story.promises, "debit_ended").await;
    assert!(said.contains("40,00") && said.contains("repris"), "{said}");
    let list = desk.debits().await;
    list.shows(200, &["MD06", "AM04", "AC04", "3,00\u{a0}€"]);
    assert_eq!(story.count(&story.promises, "thanks"), 1);
}
