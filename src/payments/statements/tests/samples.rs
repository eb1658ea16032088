//! Files of real banks and of other projects, where they are at hand: each gives what is written
//! here, or is refused for the reason written here. None of them is part of this project.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::support::entries;
use crate::payments::statements::{Entry, FILE_MAX, Item, Sums, open};

/// Beside the project, or beside the folder of its working copies.
pub(super) fn folder() -> Option<PathBuf> {
    let places = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().skip(1);
    places
        .map(|place| place.join("shared/bank-samples"))
        .find(|folder| folder.is_dir())
}

/// By name: each entry with the amounts of its transactions (R: returned), and for each statement
/// whether its balances agree; or why the file is refused.
const EXPECTED: &[(&str, &str)] = &[
    ("camt052/genkgo-camt052.v2.xml", "1: -200000.00; unknown"),
    (
        "camt052/hbci4java-camt052-returned-debit.xml",
        "1: -53.00R; 100.00 EUR stated, 47.00 EUR found",
    ),
    (
        "camt053/bsp-camt053_duplicate_same_day.xml",
        "1: -4.50; 2: -4.50; unknown",
    ),
    (
        "camt053/bsp-camt053_garbled_amount.xml",
        "refused: line 16: statement 'GOLDEN-GARBLED', entry 1: Amt 'EUR 12..34' is no \
         amount: digits and one dot",
    ),
    (
        "camt053/bsp-camt053_multicurrency.xml",
        "1: +1250.50; 2: -500.25; 1: -99.99; agree; agree",
    ),
    (
        "camt053/genkgo-camt053.v2.minimal.ultimate.xml",
        "1: +8.85; unknown",
    ),
    ("camt053/genkgo-camt053.v2.minimal.xml", "1: +8.85; unknown"),
    (
        "camt053/genkgo-camt053.v2.multi.statement.xml",
        "1: +8.85; 1: -7.00; agree; agree",
    ),
    (
        "camt053/genkgo-camt053.v2.with-account-name.xml",
        "1: +8.85; unknown",
    ),
    (
        "camt053/genkgo-camt053.v2.wrong.xml",
        "refused: line 8: the file holds no bank statement",
    ),
    ("camt053/genkgo-camt053.v4.xml", "1: +8.85; unknown"),
    ("camt053/genkgo-camt53.only-Dt-with-DtTm.xml", "unknown"),
    ("camt053/oca-camt053-no-ntry.xml", "agree"),
    (
        "camt053/oca-camt053.xml",
        "1: -754.25; 2: -564.05R -100.00R; 3: +1405.31; 15121.12 EUR stated, 15555.28 \
         EUR found",
    ),
    (
        "camt053/oca-return-camt053-unpaid.xml",
        "1: -100.00R; unknown",
    ),
    (
        "camt053/viafintech-053-valid_example.xml",
        "1: -2.00; 2: -3.00; 3: +1.00; 4: -3.50 -2.50; agree",
    ),
    (
        "camt053/viafintech-053-valid_example_v4.xml",
        "1: -24.00; 2: -328.75; 3: -200.80; 4: -638.15; 5: -24.00; 6: -35.72; 7: \
         +100.00 +50.00 +200.00 +50.00 +100.00 +200.00 +50.00 +100.00 +50.00 +100.00; \
         8: +50.00 +20.00 +100.00 +100.00 +30.00 +50.00 +20.00 +250.00; 9: +20.00R \
         +40.00R +50.00R; 10: +15.00 +9.00; 11: +56.56; 12: -6.00R; 13: -15.53R; agree",
    ),
    (
        "camt053/viafintech-053-valid_example_v8.xml",
        "1: +474.40; 2: +88.85; 3: -20.97; unknown",
    ),
    (
        "camt053/viafintech-053-valid_example_with_datetime.xml",
        "1: +195.86; 14 stated, 1 found; ask",
    ),
    (
        "camt053/viafintech-053-valid_example_with_debit.xml",
        "1: -2.00; 2: -3.00; 3: +1.00; 4: -3.50 -2.50; 23.06 EUR stated, -43.06 EUR found",
    ),
    (
        "camt053/viafintech-053-valid_example_with_instdamt.xml",
        "1: +4500.00; 4500.00 CHF stated, 4600.00 CHF found",
    ),
    (
        "camt053/viafintech-general-invalid_namespace.xml",
        "refused: line 4: the file holds no bank statement",
    ),
    ("camt054/genkgo-camt054.v2.xml", "1: -200000.00; unknown"),
    ("camt054/genkgo-camt054.v4.xml", "1: -200000.00; unknown"),
    (
        "camt054/genkgo-camt054.v8-with-financial-institution.xml",
        "refused: line 16: statement 'AAAASESS-FP-ACCR001', entry 1: BookgDt '' is \
         missing",
    ),
    ("camt054/genkgo-camt054.v8.xml", "1: -200000.00; unknown"),
    ("camt054/oca-camt054.xml", "1: +5.00; unknown"),
    (
        "camt054/oca-return-camt-unpaid-invalid.xml",
        "1: -100.00R; unknown; ask",
    ),
    ("camt054/oca-return-camt-unpaid.xml", "1: -100.00R; unknown"),
    (
        "camt054/tryton-camt.054.001.02.xml",
        "1: +105678.50; unknown",
    ),
    (
        "camt054/viafintech-054-valid_example.xml",
        "1: +15.00 +9.00; 2: +56.56; 3: -6.00R; 4: -15.53R; unknown",
    ),
    (
        "cfonb120/pennylane-end_of_statement_without_beginning.txt",
        "1: -10.70; -241.21 EUR stated, -201.10 EUR found; unknown",
    ),
    (
        "cfonb120/pennylane-example.txt",
        "1: -32.21; 2: -10.70; 3: -7.90; 1: +97.49; 2: -12.10; 3: -7.90; agree; agree",
    ),
    (
        "cfonb120/pennylane-invalid_date.txt",
        "1: -10.70; -241.21 EUR stated, -201.10 EUR found; unknown",
    ),
    ("cfonb120/pennylane-operation.txt", "1: -32.21; unknown"),
    (
        "cfonb120/pennylane-operation_out_of_statement.txt",
        "1: -32.21; 1: -10.70; unknown; -241.21 EUR stated, -201.10 EUR found",
    ),
    (
        "cfonb120/silarhi-complex-test.txt",
        "1: -22.79; 1: -20.11; 2: -5000.00; 1: -117.75; 1: -50.25; agree; agree; \
         agree; agree; agree; agree; agree; agree",
    ),
    ("cfonb120/silarhi-simple-test.txt", "agree"),
    (
        "cfonb120/silarhi-test-unused-parts.txt",
        "agree; agree; agree; agree; agree; agree; agree; agree",
    ),
    (
        "cfonb240/silarhi-cfonb.240-complex-test.txt",
        "refused: line 1: this is a CFONB240 file: ask the bank for the statement, \
         CFONB120 or camt.053",
    ),
    (
        "mt940/asnb.940.txt",
        "1: -65.00; 1: +1000.00; 2: -801.55; 1: -1.65; 1: +828.72; 2: -1000.00; 1: \
         +1000.18; 2: -903.76; agree; agree; agree; agree; agree; agree; agree; agree; \
         agree; agree; agree; agree; agree; agree; agree; agree; agree; agree; agree; \
         agree; agree; agree; agree; agree; agree; agree; agree; agree; agree; agree; \
         agree",
    ),
    ("mt940/hbci4java-001.sta", "1: +2.00; 2: +1.00; agree"),
    (
        "mt940/mt940py-betterplace-amount_formats.sta",
        "refused: line 1: tag :25: '' is missing: without the account nothing can be \
         booked",
    ),
    (
        "mt940/mt940py-betterplace-empty_86.sta",
        "refused: line 2: the file holds no bank statement",
    ),
    (
        "mt940/mt940py-betterplace-sepa_mt9401.sta",
        "1: +300.00; 2: +335.33; 3: +15000.00; 4: +66295.08; 5: +915311.55; 6: \
         -204.88R; 7: -999946.95; 1: +15000.05; 2: -500250.00; 1: +50.05; 2: +125.88; \
         3: +125004.88; 4: -326609.66; and 84 more; agree; agree; agree; agree; agree; \
         agree; agree; agree; agree; agree; agree; agree; agree; agree; agree; agree; \
         agree; agree; agree; agree; agree; agree; agree; agree; agree; agree",
    ),
    (
        "mt940/mt940py-betterplace-sepa_snippet.sta",
        "1: +50990.05; 2: +154551.93; 3: +154551.93; 4: -1500.00; 1: -0.08; 2: \
         +335.33; 3: +15000.00; 4: +15000.05; 5: +125004.88; 6: +915311.55; 7: \
         -3572569.03; agree; -4472049.09 EUR stated, -4472349.17 EUR found",
    ),
    (
        "mt940/mt940py-betterplace-with_binary_character.sta",
        "1: +27.00; 2: +13068.30; 3: -193282.05; 1: +1120.00; agree; agree",
    ),
    (
        "mt940/mt940py-cmxl-mt940.sta",
        "refused: line 4: currency 'DEM' 'DEM' is no known currency: use the ISO 4217 \
         code, for example EUR",
    ),
    (
        "mt940/mt940py-jejik-abnamro.sta",
        "1: -9.00; 2: -11.59; 3: -11.63; 4: -11.80; 5: -13.45; 6: -15.49; 7: -107.00; \
         8: -141.48; 1: -9.49; 2: -15.00; 876.84 EUR stated, 2914.84 EUR found; \
         1849.75 EUR stated, 2852.35 EUR found",
    ),
    (
        "mt940/mt940py-jejik-rabobank-iban.sta",
        "1: -25.00; 2: -10.00; 1: -25.00; 2: -10.00; agree; agree",
    ),
    (
        "mt940/mt940py-mBank-mt940.sta",
        "1: +0.01; 2: +0.01; 3: +0.01; agree",
    ),
    (
        "mt940/mt940py-self-provided-february_30.sta",
        "1: -6.00; agree",
    ),
    (
        "mt940/mt940py-self-provided-invalid_statement.sta",
        "refused: this is no bank statement that is read here: export it as camt.053, \
         CFONB120, MT940 or CSV",
    ),
    (
        "mt940/mt940py-self-provided-transaction_details_wrapped.sta",
        "1: -6.00; agree",
    ),
    (
        "mt940/oca-ing-structured-with-return.940",
        "1: +1.56; 2: -1.57; 3: +1.57R; 4: -1.14; 5: +1.45; 6: -12.75R; 7: +32.00; 8: \
         -119.00; agree",
    ),
];

fn transactions(entry: &Entry) -> String {
    let mut text = format!("{}:", entry.ordinal);
    for row in &entry.transactions {
        let sign = if row.credit { '+' } else { '-' };
        let returned = if row.returned { "R" } else { "" };
        text.push_str(&format!(" {sign}{}{returned}", row.amount.to_decimal()));
    }
    text
}

/// Of a long file the first entries are written, the others counted.
fn verdict(bytes: &[u8]) -> String {
    let reading = match open(bytes, FILE_MAX) {
        Ok(reading) => reading,
        Err(reason) => return format!("refused: {reason}"),
    };
    let known = reading.format.known;
    let items: Vec<Item> = match reading.collect() {
        Ok(items) => items,
        Err(reason) => return format!("refused: {reason}"),
    };
    let all = entries(&items);
    let mut parts: Vec<String> = all
        .iter()
        .take(13)
        .map(|entry| transactions(entry))
        .collect();
    if all.len() > 13 {
        parts.push(format!("and {} more", all.len() - 13));
    }
    parts.extend(items.iter().filter_map(|item| match item {
        Item::Closed(summary) => Some(match summary.sums {
            Sums::Agree => "agree".to_owned(),
            Sums::Unknown => "unknown".to_owned(),
            Sums::Differ { stated, found } => format!("{stated} stated, {found} found"),
            Sums::Count { stated, found } => format!("{stated} stated, {found} found"),
        }),
        Item::Opened(_) | Item::Entry(_) => None,
    }));
    if !known {
        parts.push("ask".to_owned());
    }
    parts.join("; ")
}

#[test]
fn every_sample_gives_what_is_expected_of_it() {
    let Some(folder) = folder() else {
        println!("no samples at hand");
        return;
    };
    let mut found = BTreeMap::new();
    for kind in [
        "camt052", "camt053", "camt054", "cfonb120", "cfonb240", "mt940",
    ] {
        for file in std::fs::read_dir(folder.join(kind)).unwrap() {
            let file = file.unwrap();
            let name = file.file_name().into_string().unwrap();
            let verdict = verdict(&std::fs::read(file.path()).unwrap());
            println!("{kind}/{name}\t{verdict}");
            found.insert(format!("{kind}/{name}"), verdict);
        }
    }
    let found: Vec<(&str, &str)> = found
        .iter()
        .map(|(n, v)| (n.as_str(), v.as_str()))
        .collect();
    assert_eq!(found, EXPECTED);
}
