//! Long statements, of which several threads read a run of entries each, come out as if they were
//! read one by one.

use std::fmt::Write;

use super::support::{entries, items};

/// More than is at hand at a time, several times over.
const ENTRIES: u32 = 6_000;

/// The file, with this before each entry; an entry of this number is not as the others.
fn file(before: &str, odd: Option<(u32, &str)>) -> String {
    let mut text = "<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.053.001.08\">\
        <BkToCstmrStmt><Stmt><Id>S1</Id><Acct><Id><IBAN>FR7630006000011234567890189</IBAN></Id>\
        </Acct>"
        .to_owned();
    for number in 1..=ENTRIES {
        let plain = format!(
            "<Ntry><Amt Ccy=\"EUR\">{number}.50</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>{}</Cd>\
             </Sts><BookgDt><Dt>2026-11-20</Dt></BookgDt><AddtlNtryInf>Client {number} &amp; Fils\
             </AddtlNtryInf></Ntry>",
            if number % 7 == 0 { "PDNG" } else { "BOOK" }
        );
        let own = odd.filter(|(which, _)| *which == number);
        let entry = own.map_or(plain.as_str(), |(_, entry)| entry);
        writeln!(text, "{before}{entry}").unwrap();
    }
    text + "</Stmt></BkToCstmrStmt></Document>"
}

/// What is no plain entry is read one by one, with all that is at hand with it.
const SLOW: &str = "<!-- one by one -->";

#[test]
fn a_long_statement_is_read_alike_in_runs_and_one_by_one() {
    let quick = items(file("", None).as_bytes()).unwrap();
    let slow = items(file(SLOW, None).as_bytes()).unwrap();
    assert_eq!(quick, slow);
    let booked: Vec<u32> = entries(&quick).iter().map(|entry| entry.ordinal).collect();
    let expected: Vec<u32> = (1..=ENTRIES).filter(|number| number % 7 != 0).collect();
    assert_eq!(booked, expected);
}

#[test]
fn what_is_wrong_in_a_long_statement_is_named_as_if_it_were_read_one_by_one() {
    for (number, odd) in [
        (17, "<Ntry><Amt Ccy=\"EUR\">x</Amt></Ntry>"),
        (3_000, "<Ntry><Sts>BOOK</Sts></Ntry>"),
        (4_001, "<Ntry><Amt></Ntry>"),
        (5_999, "</Stmt><Bal/>"),
        (ENTRIES, "<Ntry>"),
    ] {
        let quick = items(file("", Some((number, odd))).as_bytes()).unwrap_err();
        let slow = items(file(SLOW, Some((number, odd))).as_bytes()).unwrap_err();
        assert_eq!(quick, slow, "{odd}");
    }
}
