//! A payer's words: references, invoice numbers and names in them.
#![no_main]

use domain::matching::{Said, lookups, name_key};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let text = String::from_utf8_lossy(data);
    let said = Said {
        text: text.clone().into_owned(),
        ..Said::default()
    };
    let _ = lookups(&said);
    let _ = name_key(&text);
});
