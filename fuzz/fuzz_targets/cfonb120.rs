//! What may follow the first record of a CFONB120 file.
#![no_main]

use acquit::payments::statements::{FILE_MAX, open};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let mut file = [
        &b"0130006    00001EUR2 12345678901  191126"[..],
        &[b' '; 50][..],
        &b"0000000001000{                \n"[..],
    ]
    .concat();
    file.extend_from_slice(data);
    if let Ok(reading) = open(file.as_slice(), FILE_MAX) {
        for item in reading {
            if item.is_err() {
                break;
            }
        }
    }
});
