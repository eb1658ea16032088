//! What may stand in the middle of a long camt.053 statement, of which several threads read a run
//! of entries each: it must come out as if one thread read it.
#![no_main]

use acquit::payments::statements::{FILE_MAX, Item, open};
use libfuzzer_sys::fuzz_target;

const HEAD: &[u8] = b"<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.053.001.08\">\
    <BkToCstmrStmt><Stmt><Id>S</Id><Acct><Id><IBAN>FR7630006000011234567890189</IBAN></Id></Acct>";

const ENTRY: &[u8] = b"<Ntry><Amt Ccy=\"EUR\">12.50</Amt><CdtDbtInd>CRDT</CdtDbtInd>\
    <Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>2026-11-20</Dt></BookgDt></Ntry>\n";

const TAIL: &[u8] = b"</Stmt></BkToCstmrStmt></Document>";

/// Entries before and after: enough for several threads.
const AROUND: usize = 260;

/// With a comment among the first entries they are not cut into runs.
const SLOW: &[u8] = b"<!---->";

fn items(data: &[u8], after_first: &[u8]) -> Result<Vec<Item>, String> {
    let around = ENTRY.repeat(AROUND);
    let file = [HEAD, ENTRY, after_first, &around, data, &around, TAIL].concat();
    let reading = open(file.as_slice(), FILE_MAX).map_err(|why| why.to_string())?;
    reading.map(|item| item.map_err(|why| why.to_string())).collect()
}

fuzz_target!(|data: &[u8]| {
    assert_eq!(items(data, b""), items(data, SLOW));
});
