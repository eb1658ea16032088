//! Requests to cancel debits or to give them back, and the bank's answer: valid for the schemas,
//! and the same elements as a second implementation writes.

use domain::batch::FileVersion;
use domain::mandate::{Scheme, Usage};
use domain::recall::{RecallKind, RecallReason};
use domain::{Moment, Money};

use super::support::{debit, leaves, terms, validate};
use crate::payments::sepa::camt029::{self, Camt029Error, Resolution, Verdict};
use crate::payments::sepa::pain008::{DirectDebit, Terms, Totals};
use crate::payments::sepa::recall::{Part, Recall, RecallError, write};
use crate::payments::sepa::xml;

const DE: &str = "DE89370400440532013000";

fn part(id: &str, scheme: Scheme, debits: Vec<DirectDebit>) -> Part {
    let mut terms = terms(scheme, Usage::Recurring);
    terms.creditor.bic = None;
    Part {
        id: id.to_owned(),
        terms,
        debits,
    }
}

fn recall(kind: RecallKind, reason: RecallReason) -> Recall {
    let core = vec![debit("E2E-1", 120_000), debit("E2E-2", 1)];
    let b2b = vec![debit("E2E-9", 34_320)];
    let parts = vec![
        part("M-1-1", Scheme::Core, core),
        part("M-1-2", Scheme::B2b, b2b),
    ];
    Recall {
        message_id: "RECALL-1".to_owned(),
        created_at: Moment::from_seconds(1_795_255_065),
        kind,
        reason,
        creditor: parts[0].terms.creditor.clone(),
        original: "M-1".to_owned(),
        version: FileVersion::V08,
        blocks: parts,
    }
}

fn written(recall: &Recall) -> Result<(String, Totals), RecallError> {
    let mut bytes = Vec::new();
    let totals = write(recall, &mut bytes)?;
    Ok((String::from_utf8(bytes).unwrap(), totals))
}

#[test]
fn requests_are_valid_for_their_schemas() {
    let folder = tempfile::tempdir().unwrap();
    for (kind, schema) in [
        (RecallKind::Cancellation, "camt.055.001.05.xsd"),
        (RecallKind::Reversal, "pain.007.001.09_DK.xsd"),
    ] {
        for reason in RecallReason::ALL {
            for bic in [None, Some("AGRIFRPPXXX"), Some("A1RIFRPPXXX")] {
                let mut one = recall(kind, *reason);
                one.creditor.bic = bic.map(|bic| bic.parse().unwrap());
                for part in &mut one.blocks {
                    part.terms.creditor.bic.clone_from(&one.creditor.bic);
                    part.debits[0].debtor_bic = Some("COBADEFFXXX".parse().unwrap());
                }
                let (xml, totals) = written(&one).unwrap();
                let sum = Money::eur(154_321);
                assert_eq!(totals, Totals { count: 3, sum });
                assert!(
                    xml.contains(reason.code(kind)) && xml.contains("1543.21"),
                    "{xml}"
                );
                let file = folder.path().join("recall.xml");
                std::fs::write(&file, xml).unwrap();
                validate(schema, std::slice::from_ref(&file));
            }
        }
    }
}

#[test]
fn what_no_file_takes_is_not_asked() {
    let kind = RecallKind::Cancellation;
    let mut one = recall(kind, RecallReason::Asked);
    one.original = "M 1".to_owned();
    assert!(matches!(
        written(&one),
        Err(RecallError::Text("original file", ..))
    ));
    one = recall(kind, RecallReason::Asked);
    one.blocks.clear();
    assert!(matches!(written(&one), Err(RecallError::Nothing)));
}

fn date(day: domain::Day) -> sepa::IsoDate {
    day.to_string().parse().unwrap()
}

fn their_group(terms: &Terms) -> sepa::DirectDebitGroup {
    let account = &terms.creditor;
    let iban = sepa::validate_iban(account.iban.as_str()).unwrap();
    let id = account.creditor_id.as_ref().unwrap().as_str();
    let id = sepa::validate_creditor_id(id).unwrap();
    sepa::DirectDebitGroup::new(&account.holder, &iban, &id, date(terms.collect_on))
        .sequence_type(sepa::SequenceType::Rcur)
        .scheme(match terms.scheme {
            Scheme::Core => sepa::DirectDebitScheme::Core,
            Scheme::B2b => sepa::DirectDebitScheme::B2b,
        })
}

/// The same reversal by the crate `sepa`.
fn theirs(recall: &Recall) -> String {
    let builder = sepa::Pain007Builder::new(&recall.creditor.holder, &recall.original, "RECALL-1")
        .charset(sepa::CharsetPolicy::Transliterate(
            sepa::Transliteration::Epc,
        ))
        .created_at(recall.created_at.to_string().parse().unwrap());
    let parts = recall.blocks.iter().enumerate();
    let groups = parts.map(|(place, part)| {
        let entries = part.debits.iter().map(|debit| {
            let entry = sepa::DirectDebitEntry::new(
                debit.mandate.as_str(),
                date(debit.signed_on),
                &debit.debtor_name,
                sepa::validate_iban(DE).unwrap(),
                debit.amount.minor(),
                &debit.end_to_end_id,
            );
            let group = their_group(&part.terms);
            sepa::ReversalEntry::reverse(&group, &entry, sepa::ReversalReason::Am05)
        });
        sepa::ReversalGroup::new(&part.id)
            .reversal_payment_info_id(format!("RECALL-1-{}", place + 1))
            .batch_booking(false)
            .add_entries(entries)
    });
    let builder = groups.fold(builder, sepa::Pain007Builder::add_group);
    builder.build().unwrap()
}

#[test]
fn another_implementation_reverses_with_the_same_elements() {
    let ours = recall(RecallKind::Reversal, RecallReason::Duplicate);
    let (xml, _) = written(&ours).unwrap();
    assert_eq!(leaves(&xml), leaves(&theirs(&ours)));
}

/// An answer around some content.
fn answer(content: &str) -> String {
    let party = "<Pty><Nm>Exemple</Nm></Pty>";
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.029.001.06\"><RsltnOfInvstgtn>\
         <Assgnmt><Id>A-1</Id><Assgnr>{party}</Assgnr><Assgne>{party}</Assgne>\
         <CreDtTm>2026-11-24T09:30:00</CreDtTm></Assgnmt>{content}</RsltnOfInvstgtn></Document>"
    )
}

const CASE: &str = "<RslvdCase><Id>RECALL-1</Id><Cretr><Pty><Nm>Exemple</Nm></Pty></Cretr>\
                    </RslvdCase>";

const PARTS: &str = "<CxlDtls><OrgnlPmtInfAndSts><OrgnlPmtInfId>M-1-1</OrgnlPmtInfId>\
    <OrgnlGrpInf><OrgnlMsgId>M-1</OrgnlMsgId><OrgnlMsgNmId>pain.008.001.08</OrgnlMsgNmId>\
    </OrgnlGrpInf><PmtInfCxlSts>PACR</PmtInfCxlSts>\
    <TxInfAndSts><OrgnlEndToEndId>E2E-1</OrgnlEndToEndId><TxCxlSts>ACCR</TxCxlSts></TxInfAndSts>\
    <TxInfAndSts><OrgnlEndToEndId>E2E-2</OrgnlEndToEndId><TxCxlSts>RJCR</TxCxlSts>\
    <CxlStsRsnInf><Rsn><Cd>CUST</Cd></Rsn><AddtlInf>Trop tard &amp; clos</AddtlInf>\
    </CxlStsRsnInf></TxInfAndSts>\
    <TxInfAndSts><OrgnlEndToEndId>E2E-3</OrgnlEndToEndId><TxCxlSts>PDCR</TxCxlSts></TxInfAndSts>\
    </OrgnlPmtInfAndSts>\
    <OrgnlPmtInfAndSts><OrgnlPmtInfId>M-1-2</OrgnlPmtInfId><PmtInfCxlSts>ACCR</PmtInfCxlSts>\
    </OrgnlPmtInfAndSts></CxlDtls>";

fn read(text: &str) -> Result<Resolution, Camt029Error> {
    let checked = xml::check(text.as_bytes(), 1 << 20).unwrap();
    assert!(camt029::is_one(&checked));
    camt029::read(&checked)
}

#[test]
fn an_answer_says_it_of_all_of_blocks_or_of_debits() {
    let in_part = answer(&format!("{CASE}<Sts><Conf>PECR</Conf></Sts>{PARTS}"));
    let found = read(&in_part).unwrap();
    assert_eq!(found.case.as_deref(), Some("RECALL-1"));
    assert_eq!(found.original.as_deref(), Some("M-1"));
    assert_eq!(found.whole, Verdict::Open);
    let debits = [
        ("E2E-1".to_owned(), Verdict::Done),
        ("E2E-2".to_owned(), Verdict::Refused),
        ("E2E-3".to_owned(), Verdict::Open),
    ];
    assert_eq!(found.debits, debits);
    let blocks = [
        ("M-1-1".to_owned(), Verdict::Open),
        ("M-1-2".to_owned(), Verdict::Done),
    ];
    assert_eq!(found.blocks, blocks);
    assert_eq!(found.text, "CUST Trop tard & clos");
    for (code, verdict) in [
        ("CNCL", Verdict::Done),
        ("RJCR", Verdict::Refused),
        ("PDCR", Verdict::Open),
    ] {
        let whole = answer(&format!("{CASE}<Sts><Conf>{code}</Conf></Sts>"));
        assert_eq!(read(&whole).unwrap().whole, verdict, "{code}");
    }
    let nameless = answer("<Sts><Conf>CNCL</Conf></Sts>");
    assert_eq!(read(&nameless), Err(Camt029Error::NoOriginal));
}

#[test]
fn these_answers_are_valid() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("answer.xml");
    std::fs::write(
        &file,
        answer(&format!("{CASE}<Sts><Conf>PECR</Conf></Sts>{PARTS}")),
    )
    .unwrap();
    validate("camt.029.001.06.xsd", std::slice::from_ref(&file));
}
