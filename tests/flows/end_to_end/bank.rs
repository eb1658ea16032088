//! What the bank takes and says: its check of a file, its answer, its notices and statements.

use std::path::Path;
use std::process::Command;

/// Name of the message, its root, and the element of one statement.
pub(super) type Message = (&'static str, &'static str, &'static str);

pub(super) const STATEMENT: Message = ("camt.053", "BkToCstmrStmt", "Stmt");
pub(super) const NOTICE: Message = ("camt.054", "BkToCstmrDbtCdtNtfctn", "Ntfctn");

/// Fails unless a file is valid for ISO's schema and for that of the German banks.
pub(super) fn accepts(file: &[u8]) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("debits.xml");
    std::fs::write(&path, file).unwrap();
    let schemas = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/schemas");
    for schema in ["pain.008.001.08.xsd", "pain.008.001.08_GBIC_5.xsd"] {
        let output = Command::new("xmllint")
            .args(["--noout", "--nonet", "--schema"])
            .arg(schemas.join(schema))
            .arg(&path)
            .output()
            .expect("xmllint is missing (Debian: libxml2-utils)");
        let words = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{schema}: {words}");
    }
}

/// A pain.002 that refuses one debit of the file.
pub(super) fn refusal(file: &str, end_to_end: &str, code: &str) -> Vec<u8> {
    format!(
        "<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:pain.002.001.10\"><CstmrPmtStsRpt>\
         <GrpHdr><MsgId>A1</MsgId><CreDtTm>2026-03-04T09:00:00</CreDtTm></GrpHdr>\
         <OrgnlGrpInfAndSts><OrgnlMsgId>{file}</OrgnlMsgId>\
         <OrgnlMsgNmId>pain.008.001.08</OrgnlMsgNmId><GrpSts>PART</GrpSts></OrgnlGrpInfAndSts>\
         <OrgnlPmtInfAndSts><OrgnlPmtInfId>{file}-1</OrgnlPmtInfId>\
         <TxInfAndSts><OrgnlEndToEndId>{end_to_end}</OrgnlEndToEndId><TxSts>RJCT</TxSts>\
         <StsRsnInf><Rsn><Cd>{code}</Cd></Rsn></StsRsnInf></TxInfAndSts>\
         </OrgnlPmtInfAndSts></CstmrPmtStsRpt></Document>"
    )
    .into_bytes()
}

/// A booking that brings a debit's money.
pub(super) fn credit(amount: &str, end_to_end: &str, reference: &str) -> String {
    entry(amount, "CRDT", reference, &refs(end_to_end))
}

/// A booking that takes it back: the sum booked, and what of it was ordered.
pub(super) fn returned(
    (booked, ordered): (&str, &str),
    end_to_end: &str,
    code: &str,
    reference: &str,
) -> String {
    let details = format!(
        "{}<Amt Ccy=\"EUR\">{booked}</Amt><AmtDtls><InstdAmt><Amt Ccy=\"EUR\">{ordered}</Amt>\
         </InstdAmt></AmtDtls><RtrInf><Rsn><Cd>{code}</Cd></Rsn></RtrInf>",
        refs(end_to_end)
    );
    entry(booked, "DBIT", reference, &details)
}

fn refs(end_to_end: &str) -> String {
    format!("<Refs><EndToEndId>{end_to_end}</EndToEndId></Refs>")
}

fn entry(amount: &str, side: &str, reference: &str, details: &str) -> String {
    format!(
        "<Ntry><Amt Ccy=\"EUR\">{amount}</Amt><CdtDbtInd>{side}</CdtDbtInd>\
         <Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>DAY</Dt></BookgDt>\
         <AcctSvcrRef>{reference}</AcctSvcrRef>\
         <NtryDtls><TxDtls>{details}</TxDtls></NtryDtls></Ntry>"
    )
}

/// A message of this id with one booking of this day.
pub(super) fn message(
    (name, root, one): Message,
    id: &str,
    day: &str,
    entry: &str,
) -> (String, Vec<u8>) {
    let entry = entry.replace("DAY", day);
    let text = format!(
        "<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:{name}.001.08\"><{root}>\
         <GrpHdr><MsgId>{id}</MsgId></GrpHdr><{one}><Id>{id}</Id>\
         <Acct><Id><IBAN>FR7630006000011234567890189</IBAN></Id></Acct>{entry}</{one}>\
         </{root}></Document>"
    );
    (format!("{id}.xml"), text.into_bytes())
}
