//! Any bytes as the XML that other readers are given once it is checked.
#![no_main]

use acquit::payments::sepa::xml::check;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let _ = check(data, 1 << 20);
});
