//! Debits asked back from the bank: cancelled before their day as far as the bank agrees, given
//! back after it with four eyes.

use acquit::flows::recall::{self, Request};
use acquit::flows::{Actor, collect, debit_answer};
use domain::ledger::Account;
use domain::party::Supplier;
use domain::recall::{RecallKind, RecallReason};
use domain::{BatchId, RecallId};

use super::debits::{announced, taken_out};
use super::*;
use crate::support::staff_site::{PASSWORD, Page};
use crate::support::world::World;

fn column(world: &World, sql: &str) -> Vec<String> {
    world.conn().read_sql(sql).unwrap()
}

fn states(world: &World, table: &str) -> Vec<String> {
    column(
        world,
        &format!("SELECT state AS value FROM {table} ORDER BY id"),
    )
}

async fn post(browser: &Browser, path: &str, fields: &[(&str, &str)]) -> Page {
    let csrf = csrf(browser).await;
    let mut all = vec![("csrf", csrf.as_str())];
    all.extend_from_slice(fields);
    browser.post(path, &all).await
}

/// Asks for these debits; gives the address of the request.
async fn ask(browser: &Browser, batch: BatchId, kind: &str, ids: &[String]) -> String {
    let path = format!("/staff/boreal/debits/{batch}/recalls");
    let mut fields = vec![("kind", kind), ("reason", "duplicate")];
    fields.extend(ids.iter().map(|id| ("debit", id.as_str())));
    let made = post(browser, &path, &fields).await;
    assert_eq!(made.status, 303, "{}", made.text);
    let again = post(browser, &path, &fields).await;
    assert_eq!(again.status, 422, "asked for already");
    made.to().to_owned()
}

async fn decide(browser: &Browser, path: &str, decision: &str) -> Page {
    post(browser, path, &[("decision", decision)]).await
}

/// An answer of the bank to the request of this id.
fn answer(case: &str, content: &str) -> Vec<u8> {
    format!(
        "<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.029.001.06\"><RsltnOfInvstgtn>\
         <RslvdCase><Id>{case}</Id></RslvdCase>{content}</RsltnOfInvstgtn></Document>"
    )
    .into_bytes()
}

/// What an answer says of one debit.
fn row(id: &str, status: &str) -> String {
    let id = id.strip_prefix("col_").unwrap().to_uppercase();
    format!(
        "<TxInfAndSts><OrgnlEndToEndId>{id}</OrgnlEndToEndId>\
         <TxCxlSts>{status}</TxCxlSts></TxInfAndSts>"
    )
}

/// Without a debit, or before its money, nothing is asked.
async fn refused(browser: &Browser, batch: BatchId, id: &str) {
    let page = browser.get(&format!("/staff/boreal/debits/{batch}")).await;
    let path = format!("/staff/boreal/debits/{batch}/recalls");
    page.shows(&[&path]);
    let list = browser.get(&path).await;
    list.shows(&["Société C1", "Société C2", "annulation"]);
    let none = post(browser, &path, &[("kind", "cancellation")]).await;
    assert_eq!(none.status, 422);
    none.shows(&["Aucun prélèvement n’est choisi"]);
    let early = [("kind", "reversal"), ("reason", "asked"), ("debit", id)];
    let early = post(browser, &path, &early).await;
    assert_eq!(early.status, 422, "no money yet");
}

async fn read(world: &World, boreal: &Supplier, bytes: Vec<u8>) -> debit_answer::Answered {
    let actor = Actor::job("bank");
    let done = debit_answer::run(&world.app, boreal.id, "answer.xml", bytes, actor);
    done.await.unwrap()
}

/// Two debits in one file at the bank.
async fn two_at_the_bank(world: &World, boreal: &Supplier) -> (BatchId, Vec<String>) {
    announced(world, boreal, "C1", domain::mandate::Usage::Recurring).await;
    let batch = taken_out(world, boreal).await;
    let ids = column(world, "SELECT id AS value FROM collection ORDER BY id");
    assert_eq!(ids.len(), 2);
    (batch, ids)
}

/// A request that was taken out, for tests that want one.
pub(super) async fn out(world: &World, boreal: &Supplier, batch: BatchId) -> RecallId {
    let ids = column(world, "SELECT id AS value FROM collection");
    let request = Request {
        batch,
        kind: RecallKind::Cancellation,
        reason: RecallReason::Asked,
        debits: ids.iter().map(|id| id.parse().unwrap()).collect(),
    };
    let made = recall::make(&world.app, boreal.id, request, Actor::job("maker"));
    let id = made.await.unwrap().unwrap().id;
    recall::export(&world.app, boreal.id, id, Actor::job("maker"))
        .await
        .unwrap();
    id
}

#[actix_web::test]
async fn debits_are_cancelled_as_far_as_the_bank_agrees() {
    for backend in backends() {
        let site = StaffSite::open(backend, morning());
        let world = &site.world;
        let boreal = world.supplier("boreal").await;
        let browser = site
            .enter("compta@boreal.example", &boreal, StaffRole::Accountant)
            .await;
        let (batch, ids) = two_at_the_bank(world, &boreal).await;
        refused(&browser, batch, &ids[0]).await;

        let request = ask(&browser, batch, "cancellation", &ids).await;
        browser
            .get(&request)
            .await
            .shows(&["à sortir", "pas encore", "prélevé deux fois"]);
        assert_eq!(browser.get(&format!("{request}/file")).await.status, 404);
        assert_eq!(decide(&browser, &request, "export").await.status, 303);
        let file = browser.get(&format!("{request}/file")).await;
        assert_eq!(file.header("content-type"), "application/xml");
        assert!(file.text.contains("camt.055.001.05") && file.text.contains("DUPL"));
        assert_eq!(
            states(world, "collection"),
            ["submitted", "submitted"],
            "it may refuse"
        );

        let case = column(world, "SELECT message_id AS value FROM recall").remove(0);
        let said = |status: [&str; 2]| {
            let rows = format!("{}{}", row(&ids[0], status[0]), row(&ids[1], status[1]));
            let rows = format!("<OrgnlPmtInfAndSts>{rows}</OrgnlPmtInfAndSts>");
            answer(&case, &format!("<CxlDtls>{rows}</CxlDtls>"))
        };
        let pending = read(world, &boreal, said(["PDCR", "PDCR"])).await;
        assert_eq!((pending.accepted, pending.rejected), (0, 0), "{backend}");
        assert_eq!(states(world, "recall"), ["exported"]);
        for (accepted, rejected, known) in [(1, 1, 0), (0, 0, 2)] {
            let done = read(world, &boreal, said(["ACCR", "RJCR"])).await;
            let counts = (done.accepted, done.rejected, done.known);
            assert_eq!(counts, (accepted, rejected, known), "{backend}");
        }
        assert_eq!(states(world, "recall"), ["answered"]);
        assert_eq!(states(world, "collection"), ["rejected", "submitted"]);
        assert_eq!(states(world, "payment"), ["failed", "processing"]);
        browser
            .get(&request)
            .await
            .shows(&["terminée", "fait", "refusé"]);
        acquit::flows::deliver::run(&world.app).await.unwrap();
        let told = column(
            world,
            "SELECT subject AS value FROM message WHERE kind = 'debit_ended' AND state = 'sent'",
        );
        assert_eq!(told.len(), 1, "{backend}: {told:?}");
        let list = browser.get("/staff/boreal/debits").await;
        list.shows(&["Société C1"]);
    }
}

#[actix_web::test]
async fn money_is_given_back_with_four_eyes_and_booked_when_the_bank_did_it() {
    for backend in backends() {
        let site = StaffSite::open(backend, morning());
        let world = &site.world;
        let boreal = world.supplier("boreal").await;
        let maker = site
            .enter("compta@boreal.example", &boreal, StaffRole::Accountant)
            .await;
        let second = site
            .enter("direction@boreal.example", &boreal, StaffRole::Admin)
            .await;
        let batch = taken_out(world, &boreal).await;
        let id = column(world, "SELECT id AS value FROM collection").remove(0);
        let name = id.strip_prefix("col_").unwrap().to_uppercase();
        world.go_to(paris("2026-11-26", 11));
        book(world, &boreal, "N1", ("CRDT", "40.00"), &name).await;
        assert_eq!(states(world, "collection"), ["settled"], "{backend}");
        for (browser, email) in [(&maker, "compta"), (&second, "direction")] {
            let email = format!("{email}@boreal.example");
            assert_eq!(browser.sign_in(&email, PASSWORD).await.status, 303);
        }

        let request = ask(&maker, batch, "reversal", std::slice::from_ref(&id)).await;
        maker
            .get(&request)
            .await
            .shows(&["à approuver", "restitution"]);
        let own = decide(&maker, &request, "approve").await;
        assert_eq!(own.status, 422);
        own.shows(&["Une seconde personne doit approuver"]);
        decide(&maker, &request, "export").await;
        assert_eq!(states(world, "recall"), ["draft"], "{backend}");
        assert_eq!(decide(&second, &request, "approve").await.status, 303);
        assert_eq!(decide(&maker, &request, "export").await.status, 303);
        let file = maker.get(&format!("{request}/file")).await;
        assert!(file.text.contains("pain.007.001.09") && file.text.contains("AM05"));
        assert_eq!(
            states(world, "collection"),
            ["settled"],
            "no money moved yet"
        );

        for told in ["N2", "N3"] {
            book(world, &boreal, told, ("DBIT", "40.00"), &name).await;
            assert_eq!(states(world, "collection"), ["reversed"], "{backend}");
            assert_eq!(states(world, "payment"), ["returned"]);
            assert_eq!(states(world, "recall"), ["answered"]);
            assert_eq!(states(world, "dispute"), Vec::<String>::new());
            let owed = column(world, "SELECT CAST(open AS TEXT) AS value FROM invoice");
            assert_eq!(owed, ["4000"]);
            let books = crate::flows::books(world, boreal.id);
            assert_eq!(books, [(Account::Receivable, 4_000)]);
        }
    }
}

/// A notice of one booking for this debit.
async fn book(world: &World, boreal: &Supplier, id: &str, what: (&str, &str), debit: &str) {
    let (side, amount) = what;
    let text = format!(
        "<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.054.001.08\">\
         <BkToCstmrDbtCdtNtfctn><GrpHdr><MsgId>{id}</MsgId></GrpHdr><Ntfctn><Id>{id}</Id>\
         <Acct><Id><IBAN>FR7630006000011234567890189</IBAN></Id></Acct>\
         <Ntry><Amt Ccy=\"EUR\">{amount}</Amt><CdtDbtInd>{side}</CdtDbtInd>\
         <Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>2026-11-26</Dt></BookgDt>\
         <NtryDtls><TxDtls><Refs><EndToEndId>{debit}</EndToEndId></Refs></TxDtls></NtryDtls>\
         </Ntry></Ntfctn></BkToCstmrDbtCdtNtfctn></Document>"
    );
    let taken = acquit::flows::bank_file::run(&world.app, boreal.id, id, text.into_bytes());
    taken.await.unwrap();
}

/// A request that comes too late does not leave, and what was not asked for runs on.
#[actix_web::test]
async fn a_request_that_comes_too_late_is_dropped() {
    for backend in backends() {
        let site = StaffSite::open(backend, morning());
        let world = &site.world;
        let boreal = world.supplier("boreal").await;
        let email = "compta@boreal.example";
        let browser = site.enter(email, &boreal, StaffRole::Accountant).await;
        let batch = taken_out(world, &boreal).await;
        let id = column(world, "SELECT id AS value FROM collection");
        let request = ask(&browser, batch, "cancellation", &id).await;
        world.go_to(paris("2026-11-26", 11));
        assert_eq!(browser.sign_in(email, PASSWORD).await.status, 303);
        let late = decide(&browser, &request, "export").await;
        assert_eq!(late.status, 422, "{backend}");
        late.shows(&["Il est trop tard pour cette demande"]);
        assert_eq!(decide(&browser, &request, "cancel").await.status, 303);
        assert_eq!(states(world, "recall"), ["cancelled"]);
        let path = format!("/staff/boreal/debits/{batch}/recalls");
        browser
            .get(&path)
            .await
            .shows(&["abandonnée", "Aucun prélèvement de ce fichier"]);
        let left = collect::run(&world.app, boreal.id, Actor::job("maker"));
        assert!(left.await.unwrap().is_none());
    }
}
