//! What may stand in a camt.053 statement.
#![no_main]

use acquit::payments::statements::{FILE_MAX, open};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let mut file =
        b"<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.053.001.08\"><BkToCstmrStmt>"
            .to_vec();
    file.extend_from_slice(data);
    if let Ok(reading) = open(file.as_slice(), FILE_MAX) {
        for item in reading {
            if item.is_err() {
                break;
            }
        }
    }
});
