//! What may follow the titles of a table of movements.
#![no_main]

use acquit::payments::statements::{FILE_MAX, open};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let mut file = b"Date;Libelle;Debit;Credit;Devise\n".to_vec();
    file.extend_from_slice(data);
    if let Ok(reading) = open(file.as_slice(), FILE_MAX) {
        for item in reading {
            if item.is_err() {
                break;
            }
        }
    }
});
