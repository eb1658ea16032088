//! Requests to cancel debits that end before the bank answers, and files of many debits.

use acquit::flows::recall::{self, Request};
use acquit::flows::{Actor, bank_file, debit_answer};
use domain::BatchId;
use domain::mandate::Usage;
use domain::party::Supplier;
use domain::recall::{RecallKind, RecallReason};

use super::debits::{announced, taken_out};
use super::*;
use crate::support::world::World;

fn column(world: &World, sql: &str) -> Vec<String> {
    world.conn().read_sql(sql).unwrap()
}

fn recall_state(world: &World) -> String {
    column(world, "SELECT state AS value FROM recall").remove(0)
}

/// Asks for all debits of the file to be cancelled; taken out or not.
async fn asked(world: &World, boreal: &Supplier, batch: BatchId, out: bool) {
    let ids = column(world, "SELECT id AS value FROM collection ORDER BY id");
    let request = Request {
        batch,
        kind: RecallKind::Cancellation,
        reason: RecallReason::Asked,
        debits: ids.iter().map(|id| id.parse().unwrap()).collect(),
    };
    let made = recall::make(&world.app, boreal.id, request, Actor::job("maker"));
    let id = made.await.unwrap().unwrap().id;
    if out {
        let taken = recall::export(&world.app, boreal.id, id, Actor::job("maker"));
        taken.await.unwrap();
    }
}

/// A booking of the day that names this debit.
fn booking(debit: &str) -> Vec<u8> {
    format!(
        "<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.054.001.08\">\
         <BkToCstmrDbtCdtNtfctn><GrpHdr><MsgId>N1</MsgId></GrpHdr><Ntfctn><Id>N1</Id>\
         <Acct><Id><IBAN>FR7630006000011234567890189</IBAN></Id></Acct>\
         <Ntry><Amt Ccy=\"EUR\">40.00</Amt><CdtDbtInd>CRDT</CdtDbtInd>\
         <Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>2026-11-20</Dt></BookgDt>\
         <NtryDtls><TxDtls><Refs><EndToEndId>{debit}</EndToEndId></Refs></TxDtls></NtryDtls>\
         </Ntry></Ntfctn></BkToCstmrDbtCdtNtfctn></Document>"
    )
    .into_bytes()
}

/// A refusal of this debit in the answer to its file.
fn refusal(file: &str, debit: &str) -> Vec<u8> {
    format!(
        "<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:pain.002.001.10\"><CstmrPmtStsRpt>\
         <GrpHdr><MsgId>A1</MsgId></GrpHdr><OrgnlGrpInfAndSts><OrgnlMsgId>{file}</OrgnlMsgId>\
         <OrgnlMsgNmId>pain.008.001.08</OrgnlMsgNmId></OrgnlGrpInfAndSts><OrgnlPmtInfAndSts>\
         <OrgnlPmtInfId>{file}-1</OrgnlPmtInfId><TxInfAndSts>\
         <OrgnlEndToEndId>{debit}</OrgnlEndToEndId><TxSts>RJCT</TxSts>\
         <StsRsnInf><Rsn><Cd>AC04</Cd></Rsn></StsRsnInf></TxInfAndSts></OrgnlPmtInfAndSts>\
         </CstmrPmtStsRpt></Document>"
    )
    .into_bytes()
}

async fn settle(world: &World, boreal: &Supplier, debit: &str) {
    let read = bank_file::run(&world.app, boreal.id, debit, booking(debit));
    assert_eq!(read.await.unwrap().matched, 1);
}

fn end_to_end(id: &str) -> String {
    id.strip_prefix("col_").unwrap().to_uppercase()
}

#[actix_web::test]
async fn a_request_closes_by_itself_when_its_debits_end_otherwise() {
    for backend in backends() {
        let site = StaffSite::open(backend, morning());
        let world = &site.world;
        let boreal = world.supplier("boreal").await;
        let email = "compta@boreal.example";
        let browser = site.enter(email, &boreal, StaffRole::Accountant).await;
        announced(world, &boreal, "C1", Usage::Recurring).await;
        let batch = taken_out(world, &boreal).await;
        asked(world, &boreal, batch, true).await;
        let ids = column(world, "SELECT id AS value FROM collection ORDER BY id");
        settle(world, &boreal, &end_to_end(&ids[0])).await;
        assert_eq!(recall_state(world), "exported", "{backend}: one waits");
        let file = column(world, "SELECT message_id AS value FROM batch").remove(0);
        let answer = refusal(&file, &end_to_end(&ids[1]));
        let by = Actor::job("bank");
        let read = debit_answer::run(&world.app, boreal.id, "pain.002", answer, by);
        assert_eq!(read.await.unwrap().rejected, 1);
        assert_eq!(recall_state(world), "answered", "{backend}");
        let sql = "SELECT COALESCE(outcome, '') || ' ' || COALESCE(reason, '') AS value \
                   FROM recall_debit ORDER BY collection_id";
        assert_eq!(column(world, sql), ["collected ", "ended AC04"]);
        let recall = column(world, "SELECT id AS value FROM recall").remove(0);
        let page = browser
            .get(&format!("/staff/boreal/recalls/{recall}"))
            .await;
        page.shows(&[
            "terminée",
            "prélevé entre-temps",
            "terminé autrement",
            "(AC04)",
        ]);
    }
}

#[actix_web::test]
async fn a_request_that_was_not_taken_out_is_called_off_with_its_last_debit() {
    for backend in backends() {
        let site = StaffSite::open(backend, morning());
        let world = &site.world;
        let boreal = world.supplier("boreal").await;
        let batch = taken_out(world, &boreal).await;
        asked(world, &boreal, batch, false).await;
        assert_eq!(recall_state(world), "approved");
        let id = column(world, "SELECT id AS value FROM collection").remove(0);
        settle(world, &boreal, &end_to_end(&id)).await;
        assert_eq!(recall_state(world), "cancelled", "{backend}");
    }
}

/// Copies of a debit with ids of their own, straight into the database.
fn copies(world: &World, count: usize) {
    let mut conn = world.conn();
    let id = column(world, "SELECT id AS value FROM collection").remove(0);
    let payment = column(world, "SELECT payment_id AS value FROM collection").remove(0);
    for n in 0..count {
        let (own, paid) = (format!("col_{n:026}"), format!("pay_{n:026}"));
        conn.run_sql(&copy(world, "payment", ("id", &payment, &paid), &[]))
            .unwrap();
        let also = [("payment_id", paid.as_str())];
        conn.run_sql(&copy(world, "collection", ("id", &id, &own), &also))
            .unwrap();
    }
}

fn columns(world: &World, table: &str) -> Vec<String> {
    let sql = match world.database.url.starts_with("postgres") {
        true => format!(
            "SELECT column_name AS value FROM information_schema.columns \
             WHERE table_name = '{table}' AND table_schema = current_schema()"
        ),
        false => format!("SELECT name AS value FROM pragma_table_info('{table}')"),
    };
    column(world, &sql)
}

/// Copies one row; `also` are other columns that differ.
fn copy(
    world: &World,
    table: &str,
    (key, from, to): (&str, &str, &str),
    also: &[(&str, &str)],
) -> String {
    let columns = columns(world, table);
    let value = |name: &String| match also.iter().find(|(own, _)| own == name) {
        _ if name == key => format!("'{to}'"),
        Some((_, value)) => format!("'{value}'"),
        None => name.clone(),
    };
    let values: Vec<String> = columns.iter().map(value).collect();
    format!(
        "INSERT INTO {table} ({}) SELECT {} FROM {table} WHERE {key} = '{from}'",
        columns.join(", "),
        values.join(", ")
    )
}

#[actix_web::test]
async fn every_debit_of_a_big_file_can_be_asked_for() {
    for backend in backends() {
        let site = StaffSite::open(backend, morning());
        let world = &site.world;
        let boreal = world.supplier("boreal").await;
        let batch = taken_out(world, &boreal).await;
        copies(world, 450);
        let email = "compta@boreal.example";
        let browser = site.enter(email, &boreal, StaffRole::Accountant).await;
        let path = format!("/staff/boreal/debits/{batch}/recalls");
        let (mut next, mut seen) = (Some(path.clone()), std::collections::BTreeSet::new());
        let mut pages = 0;
        while let Some(address) = next {
            let page = browser.get(&address).await;
            let ids = page.text.split("name=\"debit\" value=\"").skip(1);
            seen.extend(ids.map(|rest| rest.split('"').next().unwrap().to_owned()));
            let more = page.text.split("?after=").nth(1);
            next = more.map(|rest| format!("{path}?after={}", rest.split('"').next().unwrap()));
            pages += 1;
        }
        assert_eq!((seen.len(), pages), (451, 3), "{backend}");
        let wrong = browser.get(&format!("{path}?after=nothing")).await;
        assert_eq!(wrong.status, 404);
    }
}
