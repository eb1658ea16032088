//! Bank files of every format and message: taken once, matched in order, undone without a trace.

mod back;
mod once;
mod samples;
mod shared_out;
mod tables;
mod waiting;

use std::fmt::Write;

use acquit::flows::bank_file::{Booked, run};
use acquit::store;
use acquit::store::bank::Paid;
use domain::statement::Standing;

use super::Scene;

/// One line of a message.
#[derive(Clone)]
pub(super) struct Row {
    /// `40.00`.
    amount: &'static str,
    credit: bool,
    /// Elements of `Ntry` beside amount, side, status and day.
    entry: String,
    /// Elements of its only `TxDtls`; none leaves the details out.
    details: Option<String>,
}

pub(super) fn row(amount: &'static str, details: &str) -> Row {
    Row {
        amount,
        credit: true,
        entry: String::new(),
        details: Some(details.to_owned()),
    }
}

/// Words of a payer.
pub(super) fn words(text: &str) -> String {
    format!("<RmtInf><Ustrd>{text}</Ustrd></RmtInf>")
}

pub(super) fn refs(inner: &str) -> String {
    format!("<Refs>{inner}</Refs>")
}

/// Message, root, element of one statement.
pub(super) type Message = (&'static str, &'static str, &'static str);

pub(super) const STATEMENT: Message = ("camt.053", "BkToCstmrStmt", "Stmt");
pub(super) const REPORT: Message = ("camt.052", "BkToCstmrAcctRpt", "Rpt");
pub(super) const NOTICE: Message = ("camt.054", "BkToCstmrDbtCdtNtfctn", "Ntfctn");

/// A message of this id with these rows; `header` stands before them.
pub(super) fn document(
    (name, root, one): Message,
    id: &str,
    header: &str,
    rows: &[Row],
) -> Vec<u8> {
    let mut text = format!(
        "<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:{name}.001.08\"><{root}>\
         <GrpHdr><MsgId>{id}</MsgId></GrpHdr><{one}><Id>{id}</Id>\
         <Acct><Id><IBAN>FR7630006000011234567890189</IBAN></Id></Acct>{header}"
    );
    for row in rows {
        let side = if row.credit { "CRDT" } else { "DBIT" };
        let details = row.details.as_ref().map_or_else(String::new, |details| {
            format!("<NtryDtls><TxDtls>{details}</TxDtls></NtryDtls>")
        });
        write!(
            text,
            "<Ntry><Amt Ccy=\"EUR\">{}</Amt><CdtDbtInd>{side}</CdtDbtInd>\
             <Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>2026-03-06</Dt></BookgDt>{}{details}</Ntry>",
            row.amount, row.entry
        )
        .unwrap();
    }
    write!(text, "</{one}></{root}></Document>").unwrap();
    text.into_bytes()
}

pub(super) async fn take(scene: &Scene, name: &str, bytes: Vec<u8>) -> Booked {
    run(&scene.world.app, scene.supplier.id, name, bytes)
        .await
        .unwrap()
}

/// Where each movement stands, in the order of the keys.
pub(super) fn standings(scene: &Scene) -> Vec<String> {
    let mut conn = scene.world.conn();
    conn.read_sql(
        "SELECT matching || COALESCE(' ' || fit, '') AS value FROM bank_entry ORDER BY key",
    )
    .unwrap()
}

/// Movements with nobody.
pub(super) fn nobody(scene: &Scene) -> Vec<Paid> {
    let mut conn = scene.world.conn();
    let all = store::bank::unmatched(&mut conn, scene.supplier.id, 100).unwrap();
    assert!(all.iter().all(|one| one.standing == Standing::Nobody));
    all
}
