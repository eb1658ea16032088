//! Any bytes as a bank file: its format is found out, and it is read to its end.
#![no_main]

use acquit::payments::statements::{FILE_MAX, open};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    if let Ok(reading) = open(data, FILE_MAX) {
        for item in reading {
            if item.is_err() {
                break;
            }
        }
    }
});
