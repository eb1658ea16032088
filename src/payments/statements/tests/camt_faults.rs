//! Statements that are wrong or unusual: refused by name, or read without a guess.

use domain::Money;
use proptest::prelude::*;

use super::support::{entries, items, path};
use crate::payments::statements::{
    Entry, FILE_MAX, Item, Kind, Reading, StatementError, Sums, open,
};

const ENTRY: &str = "<Ntry><Amt Ccy=\"EUR\">10.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts>\
    <BookgDt><Dt>2026-11-20</Dt></BookgDt><NtryDtls/></Ntry>";

fn statement(content: &str) -> String {
    format!(
        "<Stmt><Id>S1</Id><Acct><Id><IBAN>FR7630006000011234567890189</IBAN></Id></Acct>\
         {content}</Stmt>"
    )
}

fn document(statements: &str) -> String {
    format!(
        "<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.053.001.02\"><BkToCstmrStmt>\
         <GrpHdr><MsgId>M</MsgId></GrpHdr>{statements}</BkToCstmrStmt></Document>"
    )
}

fn one(details: &str) -> Entry {
    let entry = ENTRY.replace("<NtryDtls/>", details);
    let items = items(document(&statement(&entry)).as_bytes()).unwrap();
    entries(&items)[0].clone()
}

fn refusal(text: &str) -> String {
    items(text.as_bytes()).unwrap_err()
}

#[test]
fn files_that_are_no_statement_are_refused() {
    let with_namespace = |namespace: &str| {
        document("").replace("urn:iso:std:iso:20022:tech:xsd:camt.053.001.02", namespace)
    };
    for (text, expected) in [
        ("<Document/>".to_owned(), "does not say which message it is"),
        (with_namespace(""), "does not say which message it is"),
        (
            with_namespace("urn:iso:std:iso:20022:tech:xsd:pain.001.001.09")
                .replace("BkToCstmrStmt", "CstmrCdtTrfInitn"),
            "pain.001.001.09' is no statement",
        ),
        (document(""), "the file holds no bank statement"),
        (
            document("").replace("BkToCstmrStmt", "Other"),
            "the file holds no bank statement",
        ),
        (
            document(&statement("").repeat(2)),
            "statement 'S1' is in the file twice",
        ),
        (
            document("<Stmt><Id>S1</Id></Stmt>"),
            "statement 'S1', entry 0: Acct/Id '' is missing",
        ),
        (document("<!DOCTYPE x>"), "declares a document type"),
    ] {
        let refusal = refusal(&text);
        assert!(refusal.contains(expected), "{refusal}");
    }
}

#[test]
fn an_entry_that_cannot_be_read_refuses_the_file() {
    for (from, to, expected) in [
        ("10.00", "12..34", "entry 2: Amt 'EUR 12..34' is no amount"),
        ("10.00", "1e3", "Amt 'EUR 1e3' is no amount"),
        ("10.00", "-10.00", "Amt 'EUR -10.00' is no amount"),
        ("10.00", "1,000.00", "Amt 'EUR 1,000.00' is no amount"),
        ("10.00", "10.001", "more than 2 decimals"),
        ("10.00", "99999999999999999999", "too large"),
        ("EUR", "EURO", "is no known currency"),
        (" Ccy=\"EUR\"", "", "is no known currency"),
        ("<Amt Ccy=\"EUR\">10.00</Amt>", "", "Amt '' is missing"),
        ("CRDT", "CREDIT", "CdtDbtInd 'CREDIT' is neither"),
        ("<CdtDbtInd>CRDT</CdtDbtInd>", "", "CdtDbtInd '' is missing"),
        ("<Sts>BOOK</Sts>", "", "Sts '' is missing"),
        ("2026-11-20", "20/11/2026", "BookgDt '20/11/2026' is no day"),
        (
            "<BookgDt><Dt>2026-11-20</Dt></BookgDt>",
            "",
            "BookgDt '' is missing",
        ),
    ] {
        let two = format!("{ENTRY}{}", ENTRY.replace(from, to));
        let refusal = refusal(&document(&statement(&two)));
        assert!(
            refusal.starts_with("line 1: statement 'S1', entry 2: "),
            "{refusal}"
        );
        assert!(refusal.contains(expected), "{refusal}");
    }
}

#[test]
fn amounts_of_rows_are_their_own_or_none() {
    let row =
        |amount: &str| format!("<TxDtls><Refs><EndToEndId>E</EndToEndId></Refs>{amount}</TxDtls>");
    let sum = |cents: &str| {
        row(&format!(
            "<AmtDtls><TxAmt><Amt Ccy=\"EUR\">{cents}</Amt></TxAmt></AmtDtls>"
        ))
    };
    let ordered = row("<AmtDtls><InstdAmt><Amt Ccy=\"EUR\">4</Amt></InstdAmt></AmtDtls>");
    let dollars = row("<AmtDtls><TxAmt><Amt Ccy=\"USD\">4</Amt></TxAmt></AmtDtls>");
    let count =
        |number: u32| format!("<Btch><PmtInfId>B</PmtInfId><NbOfTxs>{number}</NbOfTxs></Btch>");
    let details = |content: &str| format!("<NtryDtls>{content}</NtryDtls>");
    let two = [sum("6.00"), sum("4.00")].concat();
    for (content, expected) in [
        ("<NtryDtls/>".to_owned(), vec![1000]),
        (details(&row("")), vec![1000]),
        (details(&sum("0.04")), vec![1000]),
        (details(&dollars), vec![1000]),
        (details(&dollars.replace("USD", "XAU")), vec![1000]),
        (details(&two), vec![600, 400]),
        (details(&sum("6")) + &details(&sum("4")), vec![600, 400]),
        (details(&(sum("6.00") + &ordered)), vec![600, 400]),
        (details(&(sum("6.00") + &row(""))), vec![1000]),
        (details(&(sum("6.00") + &dollars)), vec![1000]),
        (details(&(count(2) + &two)), vec![600, 400]),
        (details(&(count(3) + &two)), vec![1000]),
        (details(&(count(9) + &sum("6.00"))), vec![1000]),
        (details(&count(9)), vec![1000]),
    ] {
        let entry = one(&content);
        let found: Vec<i64> = entry
            .transactions
            .iter()
            .map(|t| t.amount.minor())
            .collect();
        assert_eq!(found, expected, "{content}");
        assert_eq!(entry.amount, Money::eur(1000));
    }
}

#[test]
fn a_netted_row_keeps_its_own_direction_and_a_code_alone_marks_a_return() {
    let entry = one(
        "<NtryDtls><TxDtls><Amt Ccy=\"EUR\">15</Amt></TxDtls><TxDtls><Amt Ccy=\"EUR\">5</Amt>\
         <CdtDbtInd>DBIT</CdtDbtInd><BkTxCd><Prtry><Cd>B3/0811</Cd></Prtry></BkTxCd></TxDtls>\
         </NtryDtls>",
    );
    let found = entry.transactions.iter().map(|t| (t.credit, t.returned));
    assert_eq!(found.collect::<Vec<_>>(), [(true, false), (false, true)]);
}

#[test]
fn only_booked_entries_come_out_and_keep_their_place() {
    let mixed = ["BOOK", "PDNG", "INFO", "FUTR", "BOOK"].map(|s| ENTRY.replace("BOOK", s));
    let items = items(document(&statement(&mixed.concat())).as_bytes()).unwrap();
    let places: Vec<u32> = entries(&items).iter().map(|entry| entry.ordinal).collect();
    assert_eq!(places, [1, 5]);
    let Some(Item::Closed(summary)) = items.last() else {
        panic!("no summary");
    };
    assert_eq!((summary.entries, summary.sums), (2, Sums::Unknown));
}

#[test]
fn a_prefix_and_utf_16_change_nothing() {
    let plain = std::fs::read_to_string(path("data/camt053/own.001.08.xml")).unwrap();
    let prefixed = plain
        .replace("</", "</c:")
        .replace('<', "<c:")
        .replace("<c:/c:", "</c:")
        .replace("<c:?", "<?")
        .replace("xmlns=", "xmlns:c=");
    let utf_16: Vec<u8> = format!("\u{feff}{plain}")
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let expected = items(plain.as_bytes());
    assert_eq!(items(prefixed.as_bytes()), expected);
    assert_eq!(items(&utf_16), expected);
}

/// Other versions and a message under another's name are read, and a person is asked.
#[test]
fn what_is_not_known_says_so() {
    let known = |text: &str| {
        let reading = open(text.as_bytes(), FILE_MAX).unwrap();
        (reading.format.name, reading.format.known)
    };
    let plain = document(&statement(ENTRY));
    assert_eq!(known(&plain), ("camt.053.001.02".to_owned(), true));
    for version in ["01", "09", "10", "13"] {
        let other = plain.replace("camt.053.001.02", &format!("camt.053.001.{version}"));
        assert_eq!(known(&other), (format!("camt.053.001.{version}"), false));
        assert_eq!(items(other.as_bytes()), items(plain.as_bytes()));
    }
    let crossed = plain.replace("camt.053.001.02", "camt.054.001.02");
    assert_eq!(known(&crossed), ("camt.054.001.02".to_owned(), false));
}

#[test]
fn a_report_and_a_notice_read_like_a_statement() {
    let plain = document(&statement(ENTRY));
    for (name, root, one, kind) in [
        ("camt.052", "BkToCstmrAcctRpt", "Rpt", Kind::Report),
        ("camt.054", "BkToCstmrDbtCdtNtfctn", "Ntfctn", Kind::Notice),
    ] {
        let text = plain
            .replace("camt.053", name)
            .replace("BkToCstmrStmt", root)
            .replace("<Stmt>", &format!("<{one}>"))
            .replace("</Stmt>", &format!("</{one}>"));
        let reading = open(text.as_bytes(), FILE_MAX).unwrap();
        assert!(reading.format.known);
        let items: Vec<Item> = reading.map(Result::unwrap).collect();
        let Some(Item::Opened(opened)) = items.first() else {
            panic!("no statement");
        };
        assert_eq!(opened.kind, kind);
        assert_eq!(entries(&items).len(), 1);
    }
}

#[test]
fn sums_that_do_not_agree_are_told() {
    let balance = |kind: &str, amount: &str| {
        format!(
            "<Bal><Tp><CdOrPrtry><Cd>{kind}</Cd></CdOrPrtry></Tp><Amt Ccy=\"EUR\">{amount}</Amt>\
             <CdtDbtInd>CRDT</CdtDbtInd></Bal>"
        )
    };
    let counted = |number: u32, sum: &str| {
        format!(
            "<TxsSummry><TtlNtries><NbOfNtries>{number}</NbOfNtries></TtlNtries>\
             <TtlCdtNtries><Sum>{sum}</Sum></TtlCdtNtries></TxsSummry>"
        )
    };
    let sums = |header: &str| {
        let text = document(&statement(&format!("{header}{ENTRY}")));
        let items = items(text.as_bytes()).unwrap();
        let Some(Item::Closed(summary)) = items.last() else {
            panic!("no summary");
        };
        summary.sums
    };
    let both = |closing: &str| balance("OPBD", "5.00") + &balance("CLBD", closing);
    assert_eq!(sums(""), Sums::Unknown);
    assert_eq!(sums(&balance("CLBD", "15.00")), Sums::Unknown);
    assert_eq!(sums(&both("15.00")), Sums::Agree);
    assert_eq!(sums(&(both("15.00") + &counted(1, "10"))), Sums::Agree);
    let (stated, found) = (Money::eur(1_600), Money::eur(1_500));
    assert_eq!(sums(&both("16.00")), Sums::Differ { stated, found });
    assert_eq!(
        sums(&counted(2, "10")),
        Sums::Count {
            stated: 2,
            found: 1
        }
    );
    let (stated, found) = (Money::eur(1_100), Money::eur(1_000));
    assert_eq!(sums(&counted(1, "11")), Sums::Differ { stated, found });
}

/// The caps: what is beyond them is refused, and memory does not grow with it.
#[test]
fn files_beyond_the_caps_are_refused() {
    let refused = |text: &str, max: u64| {
        let read = |reading: Reading<'_>| reading.collect::<Result<Vec<Item>, StatementError>>();
        let found = open(text.as_bytes(), max).and_then(read);
        found.unwrap_err().to_string()
    };
    let plain = document(&statement(ENTRY));
    assert!(refused(&plain, 100).contains("more than 100 bytes"));
    let deep = document(&statement(&"<A>".repeat(100)));
    assert!(refused(&deep, FILE_MAX).contains("nested more than 64 deep"));
    let long = document(&statement(&ENTRY.replace("EUR", &"E".repeat(400_000))));
    assert!(refused(&long, FILE_MAX).contains("a single value has more than"));
    let control = document(&statement(&ENTRY.replace("BOOK", "BO\u{1}OK")));
    assert!(refused(&control, FILE_MAX).contains("U+0001"));
    let reference = document(&statement(&ENTRY.replace("BOOK", "BO&#2;OK")));
    assert!(refused(&reference, FILE_MAX).contains("U+0002"));
    let entity = document(&statement(&ENTRY.replace("BOOK", "&laugh;")));
    assert!(refused(&entity, FILE_MAX).contains("the entity '&laugh;' is not known"));
    let second = format!("{plain}<Document/>");
    assert!(refused(&second, FILE_MAX).contains("outside the root"));
    let cut: String = plain.chars().take(plain.len() / 2).collect();
    assert!(refused(&cut, FILE_MAX).contains("ends in the middle"));
}

proptest! {
    #[test]
    fn damaged_files_never_panic(
        place in any::<prop::sample::Index>(),
        length in 0_usize..40,
        patch in "[<>/&;a-z0-9]{0,6}",
        cut in any::<bool>(),
    ) {
        let mut bytes = std::fs::read(path("data/camt053/own.001.02.xml")).unwrap();
        let from = place.index(bytes.len());
        let to = (from + length).min(bytes.len());
        bytes.splice(from..to, patch.bytes());
        if cut {
            bytes.truncate(from);
        }
        let _ = items(&bytes);
    }
}
