//! CFONB120, MT940 and tables: what each says of the same kind of day.

use domain::Money;

use super::support::{day, entries, items, path};
use crate::payments::statements::{Entry, FILE_MAX, Item, Summary, Sums, Transaction, open};

fn read(name: &str) -> Vec<Item> {
    let bytes = std::fs::read(path(&format!("data/bank/{name}"))).unwrap();
    items(&bytes).unwrap()
}

fn refusal(name: &str) -> String {
    let bytes = std::fs::read(path(&format!("data/bank/{name}"))).unwrap();
    items(&bytes).unwrap_err()
}

fn format(name: &str) -> (String, bool) {
    let bytes = std::fs::read(path(&format!("data/bank/{name}"))).unwrap();
    let format = open(bytes.as_slice(), FILE_MAX).unwrap().format;
    (format.name, format.known)
}

fn only(entry: &Entry) -> &Transaction {
    assert_eq!(entry.transactions.len(), 1);
    &entry.transactions[0]
}

fn closed(items: &[Item]) -> &Summary {
    match items.last() {
        Some(Item::Closed(summary)) => summary,
        other => panic!("{other:?}"),
    }
}

fn signed(entry: &Entry) -> i64 {
    let sign = if entry.credit { 1 } else { -1 };
    sign * entry.amount.minor()
}

fn some(text: &str) -> Option<String> {
    Some(text.to_owned())
}

#[test]
fn cfonb_records_become_entries() {
    let items = read("own-cfonb120.txt");
    let Some(Item::Opened(statement)) = items.first() else {
        panic!("no statement");
    };
    assert_eq!(statement.account, "300060000112345678901");
    assert_eq!(statement.id, "2026-11-19");
    let all = entries(&items);
    let amounts: Vec<i64> = all.iter().map(|entry| signed(entry)).collect();
    assert_eq!(amounts, [120_000, 5_000, 5_000, 150_000, -5_300, -450]);
    assert_eq!(closed(&items).sums, Sums::Agree);
    let first = only(all[0]);
    assert_eq!(first.counterparty_name, some("Durand & Fils"));
    assert_eq!(first.creditor_references, ["RF18539007547034"]);
    assert_eq!(first.end_to_end_id, None);
    assert!(
        first.text.starts_with(
            "Règlement facture F2026-0117 et F2026-0118 avec nos meilleures salutations distinguées"
        ),
        "{}",
        first.text
    );
    assert_eq!(all[0].bank_ref, some("0000101"));
    let back = only(all[4]);
    assert!(back.returned);
    assert_eq!(back.end_to_end_id, some("COL-0"));
    assert_eq!(back.mandate, some("RUM-9"));
    assert_eq!(back.counterparty_iban, some("LU280019400644750000"));
    assert_eq!(back.return_reason, some("08"));
    assert_eq!(back.kept_by_bank(), Some(Money::eur(300)));
    assert!(only(all[5]).fee);
    assert_eq!(
        only(all[3]).text,
        "REMISE PRELEVEMENTS MSG-1-1 QUALIFIANT INCONNU"
    );
}

#[test]
fn cfonb_without_line_ends_reads_the_same() {
    assert_eq!(read("own-cfonb120-no-ends.txt"), read("own-cfonb120.txt"));
    let bytes = std::fs::read(path("data/bank/own-cfonb120.txt")).unwrap();
    let text: String = bytes.iter().map(|byte| char::from(*byte)).collect();
    assert_eq!(items(text.as_bytes()), Ok(read("own-cfonb120.txt")));
}

#[test]
fn cfonb_without_movements_or_with_wrong_sums_says_so() {
    let empty = read("own-cfonb120-empty.txt");
    assert_eq!((empty.len(), closed(&empty).sums), (2, Sums::Agree));
    let wrong = read("own-cfonb120-wrong-sum.txt");
    let (stated, found) = (Money::eur(9_999), Money::eur(5_100));
    assert_eq!(closed(&wrong).sums, Sums::Differ { stated, found });
    assert_eq!(
        refusal("own-cfonb120-bad-amount.txt"),
        "line 2: amount '00000000005X0Z' does not end with a sign, one of {A to I and }J to R"
    );
    assert!(refusal("own-cfonb240.txt").contains("CFONB240"));
}

#[test]
fn mt940_in_the_german_form() {
    let items = read("own-mt940-german.sta");
    let all = entries(&items);
    let amounts: Vec<i64> = all.iter().map(|entry| signed(entry)).collect();
    assert_eq!(amounts, [120_000, 5_000, 5_000, -5_300, -450]);
    assert_eq!(closed(&items).sums, Sums::Agree);
    let first = only(all[0]);
    assert_eq!(first.end_to_end_id, some("PAYER-77"));
    assert_eq!(first.text, "Rechnung F2026-0117 RF18539007547034 danke");
    assert_eq!(first.counterparty_name, some("Client Beta GmbH"));
    assert_eq!(first.counterparty_iban, some("DE89370400440532013000"));
    assert_eq!(all[0].bank_ref, some("BK-1"));
    let back = only(all[3]);
    assert!(back.returned);
    assert_eq!(back.return_reason, some("AC04"));
    assert_eq!(back.end_to_end_id, some("COL-0"));
    assert_eq!(back.kept_by_bank(), Some(Money::eur(300)));
    // 29 February of a year without one means the month's end.
    assert_eq!(all[4].booked_on, day("2026-02-28"));
    assert!(only(all[4]).fee);
}

#[test]
fn mt940_in_the_slash_form() {
    let items = read("own-mt940-slash.940");
    let all = entries(&items);
    assert_eq!(closed(&items).sums, Sums::Agree);
    let first = only(all[0]);
    assert_eq!(first.end_to_end_id, some("PAYER-77"));
    assert_eq!(first.counterparty_iban, some("NL02ABNA0123456789"));
    assert_eq!(first.counterparty_name, some("Durand B.V."));
    assert_eq!(first.text, "F2026-0117 en F2026-0118");
    let back = only(all[1]);
    assert_eq!(back.return_reason, some("MS03"));
    assert_eq!(back.mandate, some("RUM-9"));
    assert!(refusal("own-mt940-cut.sta").starts_with("line 5: entry (:61:) '2611201120CR12"));
}

#[test]
fn a_table_is_read_by_its_titles_and_a_person_is_asked() {
    let (name, known) = format("own-table.csv");
    assert_eq!(name, "CSV: Date;Libellé;Nom;Débit;Crédit;Devise");
    assert!(!known);
    let items = read("own-table.csv");
    let all = entries(&items);
    let amounts: Vec<i64> = all.iter().map(|entry| signed(entry)).collect();
    assert_eq!(amounts, [120_000, 5_000, 5_000, -450]);
    assert_eq!(only(all[0]).text, "Facture F2026-0117; merci");
    assert_eq!(only(all[1]).counterparty_name, some("Jumeau SARL"));
    // Twins of one day are two: the same words, the first and the second time.
    assert_eq!(all[1].statement, all[2].statement);
    assert_eq!((all[1].ordinal, all[2].ordinal), (1, 2));
    assert_eq!(
        refusal("own-table-bad.csv"),
        "line 3: date '2026/31/12' is no day of the calendar, read day first"
    );
}

#[test]
fn what_is_no_statement_is_refused_with_what_to_do() {
    assert!(refusal("own-not-a-statement.txt").contains("export it as camt.053"));
    assert!(refusal("own-empty.txt").contains("the file is empty"));
    assert!(refusal("own-camt053-no-namespace.xml").contains("does not say which message"));
    assert!(refusal("own-camt053-cut.xml").contains("ends in the middle"));
    assert!(refusal("own-camt053-doctype.xml").contains("DOCTYPE"));
}
