//! Random statements of version 08: valid, and read alike by the reader of the `sepa` crate.

use std::fmt::Write;

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

use super::support::{entries, items, validate};
use crate::payments::statements::{Entry, Item, Sums, Transaction};

/// What a row of a statement is made from.
#[derive(Clone, Debug)]
struct Row {
    cents: i64,
    end_to_end_id: String,
    mandate: String,
    name: String,
    text: String,
    reason: Option<String>,
}

fn row() -> impl Strategy<Value = Row> {
    let reason = prop::option::of(prop::sample::select(vec!["AC04", "AM04", "MD06"]));
    let name = "[A-Z][a-zé&<>\"]{1,15} [A-Z]{2}";
    let text = "[A-Z][A-Za-z0-9&'-]{1,30}( [0-9]{3})?";
    (
        1_i64..10_000_000,
        "E2E-[0-9]{1,8}",
        "RUM[0-9]{1,8}",
        name,
        text,
        reason,
    )
        .prop_map(|(cents, end_to_end_id, mandate, name, text, reason)| Row {
            cents,
            end_to_end_id,
            mandate,
            name,
            text,
            reason: reason.map(str::to_owned),
        })
}

fn statement() -> impl Strategy<Value = Vec<(bool, Vec<Row>)>> {
    let entry = (any::<bool>(), prop::collection::vec(row(), 1..5));
    prop::collection::vec(entry, 0..8)
}

fn euros(cents: i64) -> String {
    format!("{}.{:02}", cents / 100, cents % 100)
}

fn escaped(text: &str) -> String {
    quick_xml::escape::escape(text).into_owned()
}

fn balance(code: &str, cents: i64) -> String {
    let side = if cents < 0 { "DBIT" } else { "CRDT" };
    let amount = euros(cents.abs());
    format!(
        "<Bal><Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp><Amt Ccy=\"EUR\">{amount}</Amt>\
         <CdtDbtInd>{side}</CdtDbtInd><Dt><Dt>2026-11-20</Dt></Dt></Bal>"
    )
}

fn details(row: &Row, side: &str) -> String {
    let reason = row
        .reason
        .iter()
        .map(|code| format!("<RtrInf><Rsn><Cd>{code}</Cd></Rsn></RtrInf>"));
    // A returned payment keeps its first direction's parties; this one was a debit.
    let role = if side == "CRDT" { "Dbtr" } else { "Cdtr" };
    format!(
        "<TxDtls><Refs><EndToEndId>{}</EndToEndId><MndtId>{}</MndtId></Refs>\
         <Amt Ccy=\"EUR\">{}</Amt><CdtDbtInd>{side}</CdtDbtInd><RltdPties><{role}><Pty><Nm>{}</Nm>\
         </Pty></{role}></RltdPties><RmtInf><Ustrd>{}</Ustrd></RmtInf>{}</TxDtls>",
        row.end_to_end_id,
        row.mandate,
        euros(row.cents),
        escaped(&row.name),
        escaped(&row.text),
        reason.collect::<String>(),
    )
}

fn document(entries: &[(bool, Vec<Row>)]) -> String {
    let mut body = String::new();
    let mut closing = -12_345;
    for (credit, rows) in entries {
        let side = if *credit { "CRDT" } else { "DBIT" };
        let cents: i64 = rows.iter().map(|row| row.cents).sum();
        closing += if *credit { cents } else { -cents };
        let rows: String = rows.iter().map(|row| details(row, side)).collect();
        write!(
            body,
            "<Ntry><Amt Ccy=\"EUR\">{}</Amt><CdtDbtInd>{side}</CdtDbtInd>\
             <Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>2026-11-20</Dt></BookgDt>\
             <BkTxCd><Prtry><Cd>X</Cd></Prtry></BkTxCd><NtryDtls>{rows}</NtryDtls></Ntry>",
            euros(cents)
        )
        .unwrap();
    }
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\
         <Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.053.001.08\"><BkToCstmrStmt>\
         <GrpHdr><MsgId>M</MsgId><CreDtTm>2026-11-21T03:00:00</CreDtTm></GrpHdr>\
         <Stmt><Id>S</Id><CreDtTm>2026-11-21T03:00:00</CreDtTm>\
         <Acct><Id><IBAN>FR7630006000011234567890189</IBAN></Id></Acct>{}{}{body}</Stmt>\
         </BkToCstmrStmt></Document>",
        balance("OPBD", -12_345),
        balance("CLBD", closing),
    )
}

/// What both readers know of a row.
type Known = (
    i64,
    Option<String>,
    Option<String>,
    Option<String>,
    Option<String>,
    Option<String>,
);

fn ours(row: &Transaction) -> Known {
    let sign = if row.credit { 1 } else { -1 };
    (
        sign * row.amount.minor(),
        row.end_to_end_id.clone(),
        row.mandate.clone(),
        // The other reader always takes the other side of the booking, also for returns.
        row.counterparty_name.clone().filter(|_| !row.returned),
        Some(row.text.clone()),
        row.return_reason.clone(),
    )
}

fn theirs(row: &sepa::EntryDetail) -> Known {
    (
        row.signed_ct().unwrap(),
        row.end_to_end_id.clone(),
        row.mandate_id.clone(),
        row.counterparty_name.clone().filter(|_| !row.is_return()),
        row.reference.clone(),
        row.return_reason_code.clone(),
    )
}

fn signed(entry: &Entry) -> i64 {
    let sign = if entry.credit { 1 } else { -1 };
    sign * entry.amount.minor()
}

#[test]
fn two_readers_agree_on_random_statements() {
    let folder = tempfile::tempdir().unwrap();
    let mut runner = TestRunner::deterministic();
    let mut files = Vec::new();
    for number in 0..100 {
        let model = statement().new_tree(&mut runner).unwrap().current();
        let xml = document(&model);
        let items = items(xml.as_bytes()).unwrap();
        let parsed = sepa::parse_camt053(&xml).unwrap();
        let found = entries(&items);
        let expected = &parsed.statements[0].entries;
        assert_eq!(found.len(), model.len());
        for (entry, other) in found.iter().zip(expected) {
            assert_eq!(Some(signed(entry)), other.signed_ct());
            let day = other.booking_date().unwrap().to_string();
            assert_eq!(entry.booked_on.to_string(), day);
            let known: Vec<Known> = entry.transactions.iter().map(ours).collect();
            assert_eq!(known, other.details.iter().map(theirs).collect::<Vec<_>>());
        }
        let Some(Item::Closed(summary)) = items.last() else {
            panic!("no summary");
        };
        assert_eq!(summary.sums, Sums::Agree, "{summary:?}");
        let file = folder.path().join(format!("{number}.xml"));
        std::fs::write(&file, xml).unwrap();
        files.push(file);
    }
    validate("camt.053.001.08.xsd", &files);
}
