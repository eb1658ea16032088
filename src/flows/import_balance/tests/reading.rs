//! Rows gathered into chunks, and the file's fingerprint.

use sha2::{Digest, Sha256};
use tokio::sync::mpsc::channel;

use crate::flows::import_balance::reading::{Chunk, open};

/// All chunks of a file, and its digest.
fn read(text: &str) -> (Vec<Chunk>, String) {
    let (sender, mut receiver) = channel(100);
    let opened = open(text.as_bytes(), None, &[]).unwrap();
    let digest = opened.send_chunks(&sender).unwrap();
    drop(sender);
    let mut chunks = Vec::new();
    while let Some(chunk) = receiver.blocking_recv() {
        chunks.push(chunk);
    }
    (chunks, digest)
}

fn file(lines: impl Iterator<Item = String>) -> String {
    let titles = "Code client;Nom;E-mail;Type;N° pièce;Échéance;Reste dû\n";
    lines.fold(titles.to_owned(), |text, line| text + &line + "\n")
}

fn sizes(chunk: &Chunk) -> (usize, usize) {
    let rows = chunk.groups.iter().map(|group| group.rows.len());
    (rows.sum(), chunk.groups.len())
}

#[test]
fn a_chunk_ends_between_customers_unless_one_has_too_many() {
    let line =
        |customer: usize, row: usize| format!("C{customer};N{customer};;FA;F{row};31/01/2026;1,00");
    let (chunks, _) = read(&file((0..9_000).map(|row| line(row / 7, row))));
    let sizes_of = |chunks: &[Chunk]| chunks.iter().map(sizes).collect::<Vec<_>>();
    assert_eq!(sizes_of(&chunks), [(8_001, 1_143), (999, 143)]);
    let (chunks, _) = read(&file((0..13_000).map(|row| line(1, row))));
    assert_eq!(sizes_of(&chunks), [(12_000, 1), (1_000, 1)]);
    let (chunks, _) = read(&file((0..10).map(|row| line(row % 2, row))));
    assert_eq!(
        sizes_of(&chunks),
        [(10, 2)],
        "a customer that comes back has one group"
    );
}

#[test]
fn a_customer_has_its_first_mailbox_and_its_receipts_are_numbered() {
    let lines = [
        "C1;Un;;RG;VIR;31/01/2026;-5,00",
        "C1;Un;a@un.example;RG;VIR;31/01/2026;-6,00",
        "C2;Deux;;RG;VIR;31/01/2026;-6,00",
        "C1;Un;b@un.example;RG;VIR;01/02/2026;-6,00",
        "C1;Un;;FA;F1;31/01/2026;6,00",
    ];
    let (chunks, _) = read(&file(lines.iter().map(ToString::to_string)));
    let group = &chunks[0].groups[0];
    assert_eq!(group.email.as_deref(), Some("a@un.example"));
    let twins: Vec<i32> = group.rows.iter().map(|one| one.twin).collect();
    assert_eq!(twins, [0, 1, 0, 0]);
    let ids: Vec<_> = group.rows.iter().map(|one| one.id).collect();
    assert!(ids.is_sorted_by(|a, b| a < b));
}

#[test]
fn the_digest_is_of_the_whole_file_however_long() {
    for rows in [1, 3_000] {
        let line = |row: usize| format!("C{row};Nom;;FA;F{row};31/01/2026;1,00");
        let text = file((0..rows).map(line));
        let expected = Sha256::digest(text.as_bytes());
        let expected: String = expected.iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(read(&text).1, expected);
    }
}
