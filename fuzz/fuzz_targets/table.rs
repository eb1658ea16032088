//! A bank's table: what may follow known titles, or a whole file whose columns are guessed. The
//! first byte says which, and in which forms days and amounts are read.
#![no_main]

use acquit::payments::statements::{FILE_MAX, Forms, look, open_by};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let Some((first, rest)) = data.split_first() else {
        return;
    };
    let titles: &[u8] = match first & 3 {
        0 => b"Date;Libelle;Debit;Credit;Devise\n",
        1 => b"Date,Libelle,Montant,Devise,Sens,Nom,IBAN contrepartie\n",
        _ => b"",
    };
    let file = [titles, rest].concat();
    let Ok(Some(mut found)) = look(file.as_slice(), FILE_MAX).map(|found| found.map(|f| f.guess))
    else {
        return;
    };
    let order = ["day_first", "month_first", "year_first"][usize::from(first >> 2) % 3];
    let decimal = ["comma", "point"][usize::from(first >> 4) % 2];
    let side = ["received", "paid"][usize::from(first >> 5) % 2];
    // A quarter of the inputs keep the forms that were guessed.
    if first >> 6 != 0 {
        found.forms = Forms::named([order, decimal, side]).unwrap();
    }
    if found.columns.missing().is_empty() {
        assert_eq!(found.to_string().parse().as_ref(), Ok(&found));
    }
    if let Ok(reading) = open_by(file.as_slice(), FILE_MAX, Some(&found)) {
        for item in reading {
            if item.is_err() {
                break;
            }
        }
    }
});
