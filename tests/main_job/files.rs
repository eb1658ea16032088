//! The files of the main job: the direct-debit file is checked, the statement is made.

use std::process::Command;

use acquit::flows::collect::end_to_end_id;
use acquit::store::{self, Across};
use domain::payment::Method;

use super::stage::Stage;
use crate::support::source::root;

/// Fails unless the ISO schema and the German banks' subset both accept the file.
pub fn check_schemas(file: &[u8]) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("debits.xml");
    std::fs::write(&path, file).unwrap();
    for schema in ["pain.008.001.08.xsd", "pain.008.001.08_GBIC_5.xsd"] {
        let output = Command::new("xmllint")
            .args(["--noout", "--schema"])
            .arg(root().join("tests/schemas").join(schema))
            .arg(&path)
            .output()
            .expect("xmllint is missing (Debian: libxml2-utils)");
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
    }
}

/// A statement with the collected debit, the announced transfer, and money of nobody known.
pub async fn statement(stage: &Stage) -> Vec<u8> {
    let debit = stage.last_payment(Method::Debit).await;
    let transfer = stage.last_payment(Method::Transfer).await;
    let id = stage.supplier.id;
    let (collection, reference) = stage
        .world
        .app
        .store
        .read(Across::Inspection, move |conn| {
            let collection = store::collection::of_payment(conn, id, debit.id)?;
            Ok((
                collection,
                store::payment::reference(conn, id, transfer.id)?,
            ))
        })
        .await
        .unwrap();
    let debit = format!("<EndToEndId>{}</EndToEndId>", end_to_end_id(&collection));
    let typed = reference.unwrap().grouped().to_lowercase();
    let entries = [
        entry("300.50", &debit, "F-3"),
        entry(
            "640.00",
            "<EndToEndId>NOTPROVIDED</EndToEndId>",
            &format!("facture {typed} merci"),
        ),
        entry("17.00", "<EndToEndId>NOTPROVIDED</EndToEndId>", "divers"),
    ];
    document(&entries.concat()).into_bytes()
}

fn document(entries: &str) -> String {
    format!(
        r#"<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt>
<GrpHdr><MsgId>M1</MsgId><CreDtTm>2026-03-17T20:00:00</CreDtTm></GrpHdr>
<Stmt><Id>S-2026-03-17</Id><CreDtTm>2026-03-17T20:00:00</CreDtTm>
<Acct><Id><IBAN>FR7630006000011234567890189</IBAN></Id><Ccy>EUR</Ccy></Acct>
{opening}{closing}
{entries}</Stmt></BkToCstmrStmt></Document>"#,
        opening = balance("OPBD", "1000.00", "2026-03-16"),
        closing = balance("CLBD", "1957.50", "2026-03-17"),
    )
}

fn balance(kind: &str, amount: &str, day: &str) -> String {
    format!(
        "<Bal><Tp><CdOrPrtry><Cd>{kind}</Cd></CdOrPrtry></Tp><Amt Ccy=\"EUR\">{amount}</Amt>\
         <CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>{day}</Dt></Dt></Bal>"
    )
}

fn entry(amount: &str, reference: &str, text: &str) -> String {
    format!(
        "<Ntry><Amt Ccy=\"EUR\">{amount}</Amt><CdtDbtInd>CRDT</CdtDbtInd>\
         <Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>2026-03-17</Dt></BookgDt>\
         <BkTxCd><Prtry><Cd>X</Cd></Prtry></BkTxCd>\
         <NtryDtls><TxDtls><Refs>{reference}</Refs><Amt Ccy=\"EUR\">{amount}</Amt>\
         <CdtDbtInd>CRDT</CdtDbtInd><RmtInf><Ustrd>{text}</Ustrd></RmtInf>\
         </TxDtls></NtryDtls></Ntry>\n"
    )
}
