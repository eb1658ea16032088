//! Banks' answers: what stands at the file, its blocks and its debits is read; the rest is refused.

use std::path::{Path, PathBuf};

use super::support::validate;
use crate::payments::sepa::pain002::{Pain002Error, Report, Verdict, read};
use crate::payments::sepa::xml;

fn report(text: &str) -> Result<Report, Pain002Error> {
    read(&xml::check(text.as_bytes(), 1 << 24).unwrap())
}

/// An answer of a version around some content.
fn answer(version: &str, content: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:pain.002.001.{version}\">\
         <CstmrPmtStsRpt><GrpHdr><MsgId>A-1</MsgId><CreDtTm>2026-11-24T09:30:00</CreDtTm></GrpHdr>\
         <OrgnlGrpInfAndSts><OrgnlMsgId>M-1</OrgnlMsgId>\
         <OrgnlMsgNmId>pain.008.001.08</OrgnlMsgNmId>{content}</CstmrPmtStsRpt></Document>"
    )
}

const GROUP: &str = "<GrpSts>RJCT</GrpSts><StsRsnInf><Rsn><Cd>FF01</Cd></Rsn>\
                     <AddtlInf>Fichier</AddtlInf><AddtlInf>invalide &amp; vide</AddtlInf>\
                     </StsRsnInf></OrgnlGrpInfAndSts>";

const PARTS: &str = "</OrgnlGrpInfAndSts>\
    <OrgnlPmtInfAndSts><OrgnlPmtInfId>M-1-1</OrgnlPmtInfId><PmtInfSts>ACSP</PmtInfSts>\
    </OrgnlPmtInfAndSts>\
    <OrgnlPmtInfAndSts><OrgnlPmtInfId>M-1-2</OrgnlPmtInfId><PmtInfSts>PART</PmtInfSts>\
    <TxInfAndSts><StsId>S1</StsId><OrgnlEndToEndId>E-1</OrgnlEndToEndId><TxSts>RJCT</TxSts>\
    <StsRsnInf><Rsn><Cd>AC04</Cd></Rsn></StsRsnInf></TxInfAndSts>\
    <TxInfAndSts><StsId>S2</StsId><OrgnlEndToEndId>NOTPROVIDED</OrgnlEndToEndId>\
    <TxSts>RJCT</TxSts><StsRsnInf><Rsn><Prtry>X-1</Prtry></Rsn></StsRsnInf>\
    <OrgnlTxRef><Amt><InstdAmt Ccy=\"EUR\">40.00</InstdAmt></Amt>\
    <MndtRltdInf><MndtId>RUM-7</MndtId></MndtRltdInf></OrgnlTxRef></TxInfAndSts>\
    <TxInfAndSts><OrgnlEndToEndId>E-3</OrgnlEndToEndId><TxSts>PDNG</TxSts></TxInfAndSts>\
    </OrgnlPmtInfAndSts>\
    <OrgnlPmtInfAndSts><OrgnlPmtInfId>M-1-3</OrgnlPmtInfId><PmtInfSts>RJCT</PmtInfSts>\
    <StsRsnInf><Rsn><Cd>TM01</Cd></Rsn></StsRsnInf></OrgnlPmtInfAndSts>";

#[test]
fn a_group_that_is_refused_has_no_rows() {
    for version in ["03", "10"] {
        let found = report(&answer(version, GROUP)).unwrap();
        assert_eq!(
            (found.message_id.as_str(), found.original.as_str()),
            ("A-1", "M-1")
        );
        assert_eq!(found.group.verdict(), Verdict::Rejected);
        let reason = found.group.reason().unwrap();
        let expected = ("FF01", "Fichier invalide & vide");
        assert_eq!((reason.code.as_str(), reason.text.as_str()), expected);
        assert!(found.blocks.is_empty());
    }
}

#[test]
fn blocks_and_debits_have_their_own_reasons() {
    for version in ["03", "10"] {
        let found = report(&answer(version, PARTS)).unwrap();
        assert_eq!(found.group.verdict(), Verdict::Open);
        let verdicts: Vec<_> = found
            .blocks
            .iter()
            .map(|block| (block.id.as_str(), block.said.verdict()))
            .collect();
        let expected = [
            ("M-1-1", Verdict::Accepted),
            ("M-1-2", Verdict::Open),
            ("M-1-3", Verdict::Rejected),
        ];
        assert_eq!(verdicts, expected);
        let [one, two, three] = &found.blocks[1].transactions[..] else {
            panic!("{found:?}");
        };
        assert_eq!(one.end_to_end_id.as_deref(), Some("E-1"));
        assert_eq!(one.said.reason().unwrap().code, "AC04");
        assert_eq!(two.end_to_end_id, None, "NOTPROVIDED names nothing");
        let named = (two.mandate.as_deref(), two.amount.as_deref());
        assert_eq!(named, (Some("RUM-7"), Some("40.00")));
        assert_eq!(two.said.reason().unwrap().code, "X-1");
        assert_eq!(three.said.verdict(), Verdict::Open);
    }
}

/// The samples above are what the schemas allow.
#[test]
fn these_answers_are_valid() {
    let folder = tempfile::tempdir().unwrap();
    for version in ["03", "10"] {
        let mut files = Vec::new();
        for (name, content) in [("group", GROUP), ("parts", PARTS)] {
            let file = folder.path().join(format!("{name}.{version}.xml"));
            std::fs::write(&file, answer(version, content)).unwrap();
            files.push(file);
        }
        validate(&format!("pain.002.001.{version}.xsd"), &files);
    }
}

#[test]
fn names_checked_by_a_bank_are_no_acceptance() {
    for status in ["RCVC", "RVMC", "RVNM", "RVNA", "PDNG", "PART", "RCVD"] {
        let content = format!("<GrpSts>{status}</GrpSts></OrgnlGrpInfAndSts>");
        let found = report(&answer("10", &content)).unwrap();
        assert_eq!(found.group.verdict(), Verdict::Open, "{status}");
    }
}

#[test]
fn other_files_are_refused_with_what_they_are() {
    let of = |text: &str| report(text).unwrap_err().to_string();
    assert!(of(&answer("05", GROUP)).contains("'pain.002.001.05'"));
    let bare = answer("03", GROUP).replace(
        " xmlns=\"urn:iso:std:iso:20022:tech:xsd:pain.002.001.03\"",
        "",
    );
    assert!(of(&bare).contains("'of no version'"));
    let other =
        "<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.053.001.08\"><X/></Document>";
    assert!(of(other).contains("'camt.053.001.08'"));
    let other = answer("10", GROUP).replace("CstmrPmtStsRpt", "BkToCstmrStmt");
    assert!(of(&other).contains("'BkToCstmrStmt'"));
    let unnamed = answer("10", GROUP).replace("<OrgnlMsgId>M-1</OrgnlMsgId>", "");
    assert_eq!(report(&unnamed), Err(Pain002Error::NoOriginal));
}

/// Beside the project, or beside the folder of its working copies.
fn samples() -> Option<PathBuf> {
    let places = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().skip(1);
    places
        .map(|place| place.join("shared/bank-samples/pain002"))
        .find(|folder| folder.is_dir())
}

/// Files of real banks, where they are at hand: what each says, or why it is refused.
#[test]
fn answers_of_real_banks_are_read_or_refused_for_a_reason() {
    let Some(folder) = samples() else {
        return;
    };
    for (name, expected) in [
        (
            "dk-pain002-10-accepted-and-rejects.xml",
            "471164564: Accepted Accepted Rejected(AM05) Open[AC01]",
        ),
        (
            "hbci4java-pain002-10-01-no-namespace.xml",
            "the file is 'of no version', and not an answer to direct debits as pain.002.001.03 \
             or .10: show it to whoever looks after the bank connection",
        ),
        (
            "hbci4java-pain002-10-03.xml",
            "2025-11-02T18:33:03:0287: Open",
        ),
        (
            "oca-pain002-unpaid.xml",
            "MSGID12345678912: Open[AC01 MS02] Open[MD06 AM04]",
        ),
    ] {
        let bytes = std::fs::read(folder.join(name)).unwrap();
        let checked = xml::check(&bytes, 1 << 24).unwrap();
        let found = match read(&checked) {
            Ok(report) => told(&report),
            Err(why) => why.to_string(),
        };
        assert_eq!(found, expected, "{name}");
    }
}

fn told(report: &Report) -> String {
    let blocks = report.blocks.iter().map(|block| {
        let mut text = format!("{:?}", block.said.verdict());
        if let Some(reason) = block.said.reason().filter(|_| text == "Rejected") {
            text.push_str(&format!("({})", reason.code));
        }
        let refused = block.transactions.iter();
        let refused = refused.filter(|one| one.said.verdict() == Verdict::Rejected);
        let codes: Vec<String> = refused
            .filter_map(|one| one.said.reason())
            .map(|reason| reason.code)
            .collect();
        if !codes.is_empty() {
            text.push_str(&format!("[{}]", codes.join(" ")));
        }
        text
    });
    let blocks: Vec<String> = blocks.collect();
    format!("{}: {}", report.original, blocks.join(" "))
}
