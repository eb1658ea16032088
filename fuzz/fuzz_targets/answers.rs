//! Any checked XML as a bank's answer to a file of debits, or to a request to cancel some.
#![no_main]

use acquit::payments::sepa::xml::check;
use acquit::payments::sepa::{camt029, pain002};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    for (message, root) in [
        ("pain.002.001.10", "CstmrPmtStsRpt"),
        ("camt.029.001.06", "RsltnOfInvstgtn"),
    ] {
        let namespace = format!("urn:iso:std:iso:20022:tech:xsd:{message}");
        let mut file = format!("<Document xmlns=\"{namespace}\"><{root}>").into_bytes();
        file.extend_from_slice(data);
        file.extend_from_slice(format!("</{root}></Document>").as_bytes());
        if let Ok(checked) = check(&file, 1 << 20) {
            let _ = pain002::read(&checked);
            let _ = camt029::read(&checked);
        }
    }
});
