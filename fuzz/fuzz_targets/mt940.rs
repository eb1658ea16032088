//! What may follow the opening balance of an MT940 statement.
#![no_main]

use acquit::payments::statements::{FILE_MAX, open};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let mut file = b":20:X\n:25:1/2\n:28C:1\n:60F:C261119EUR1,00\n".to_vec();
    file.extend_from_slice(data);
    if let Ok(reading) = open(file.as_slice(), FILE_MAX) {
        for item in reading {
            if item.is_err() {
                break;
            }
        }
    }
});
