//! Long statements, of which several threads read a run of entries each, come out as if they were
//! read one by one.

use std::fmt::Write;

use proptest::prelude::*;

use super::support::{entries, items};
use crate::payments::statements::source::Source;
use crate::payments::statements::{FILE_MAX, Item, camt::Camt};

/// The file, with so many entries.
fn file(entries: u32) -> String {
    let mut text = "<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.053.001.08\">\
        <BkToCstmrStmt><Stmt><Id>S1</Id><Acct><Id><IBAN>FR7630006000011234567890189</IBAN></Id>\
        </Acct>\n"
        .to_owned();
    for number in 1..=entries {
        let status = if number % 7 == 0 { "PDNG" } else { "BOOK" };
        writeln!(
            text,
            "<Ntry><Amt Ccy=\"EUR\">{number}.50</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>{status}\
             </Cd></Sts><BookgDt><Dt>2026-11-20</Dt></BookgDt><AddtlNtryInf>Client {number} &amp; \
             Fils</AddtlNtryInf></Ntry>"
        )
        .unwrap();
    }
    text + "</Stmt></BkToCstmrStmt></Document>"
}

fn one_by_one(bytes: &[u8]) -> Result<Vec<Item>, String> {
    let (items, _) = Camt::open(Source::new(bytes, FILE_MAX, true)).unwrap();
    let items: Result<Vec<Item>, _> = items.one_by_one().collect();
    items.map_err(|why| why.to_string())
}

#[test]
fn a_long_statement_is_read_alike_in_runs_and_one_by_one() {
    // More than is at hand at a time, several times over.
    let text = file(6_000);
    let quick = items(text.as_bytes()).unwrap();
    assert_eq!(quick, one_by_one(text.as_bytes()).unwrap());
    let booked: Vec<u32> = entries(&quick).iter().map(|entry| entry.ordinal).collect();
    let expected: Vec<u32> = (1..=6_000).filter(|number| number % 7 != 0).collect();
    assert_eq!(booked, expected);
}

/// What a damaged file may hold where it should not.
const ODD: &[&str] = &[
    "",
    "<",
    ">",
    "&",
    "\"",
    "x",
    "</Ntry>",
    "<Ntry>",
    "<Ntry/>",
    "<Ntry a=\"</Ntry>\">",
    "<!-- </Ntry> -->",
    "<![CDATA[</Ntry>",
    "]]>",
    "<?x </Ntry>?>",
    "</Stmt>",
    "</Stmt><Stmt>",
    "<Bal/>",
    "<!DOCTYPE x>",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]

    #[test]
    fn what_is_odd_in_a_long_statement_is_read_or_refused_as_if_it_were_read_one_by_one(
        places in prop::collection::vec(
            (any::<prop::sample::Index>(), 0_usize..12, prop::sample::select(ODD)),
            1..3,
        ),
    ) {
        let mut bytes = file(400).into_bytes();
        for (place, gone, odd) in places {
            let begin = 300 + place.index(bytes.len() - 400);
            bytes.splice(begin..begin + gone, odd.bytes());
        }
        prop_assert_eq!(items(&bytes), one_by_one(&bytes));
    }
}
