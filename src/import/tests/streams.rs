//! Any bytes, any length: never a panic, never more memory, never a silent end.

use std::io::{self, Cursor, Read as _};

use proptest::prelude::*;

use super::*;
use crate::tables::{Layout, PIECE, Records, Step, Text};

const HEADER: &str = "Client;Numéro;Échéance;Solde\n";

fn records(bytes: &[u8], separator: u8) -> Vec<Vec<String>> {
    let layout = Layout {
        separator,
        quoted: true,
        line_end: b'\n',
    };
    let mut records = Records::new(Text::open(bytes).unwrap(), layout);
    let mut all = Vec::new();
    while records.advance().unwrap() != Step::End {
        all.push(records.current().cells().map(str::to_owned).collect());
    }
    all
}

proptest! {
    #[test]
    fn byte_soup_is_read_or_refused(soup in prop::collection::vec(any::<u8>(), 0..400)) {
        if let Ok(reader) = read(&soup[..], None) {
            let _ = reader.count();
        }
    }

    #[test]
    fn soup_after_good_titles_is_read_or_refused(
        soup in "([;\"\n\ta\r0-9,./é€ -]|Total|FA|EUR|\u{0}|\u{fffd}){0,200}",
    ) {
        let text = format!("{HEADER}{soup}");
        match read(text.as_bytes(), None) {
            Ok(reader) => drop(reader.count()),
            Err(error) => prop_assert!(matches!(error, FileError::Nul { .. }), "{}", error),
        }
    }

    #[test]
    fn what_a_csv_writer_writes_is_read_back(
        rows in prop::collection::vec(prop::collection::vec("[a;\"\n, é]{0,6}", 3), 1..20),
    ) {
        let mut writer = csv::WriterBuilder::new().delimiter(b';').from_writer(Vec::new());
        for row in &rows {
            writer.write_record(row).unwrap();
        }
        let trimmed = |cell: &String| cell.trim().to_owned();
        let expected: Vec<Vec<_>> =
            rows.iter().map(|row| row.iter().map(trimmed).collect()).collect();
        prop_assert_eq!(records(&writer.into_inner().unwrap(), b';'), expected);
    }
}

/// Records of all lengths straddle the pieces that the file is read in.
#[test]
fn pieces_leave_no_trace() {
    let mut text = HEADER.to_owned();
    let count = 4 * PIECE / 40;
    for n in 0..count {
        let name = "é".repeat(n % 37);
        text += &format!("\"{name}\n x\"\"{n}\"\"\";F{n};01/10/2026;{n},10\n");
    }
    let utf16: Vec<u8> = format!("\u{feff}{text}")
        .encode_utf16()
        .flat_map(u16::to_be_bytes)
        .collect();
    let (cp1252, _, _) = encoding_rs::WINDOWS_1252.encode(&text);
    for bytes in [text.as_bytes(), &utf16, &cp1252] {
        let read = read_all(bytes);
        assert_eq!((read.errors.len(), read.rows.len()), (0, count));
        for (n, row) in read.rows.iter().enumerate() {
            let name = format!("{} x\"{n}\"", "é".repeat(n % 37));
            assert_eq!(row.debtor_name, name.trim());
            assert_eq!(row.line, u64::try_from(2 * n + 2).unwrap());
        }
    }
}

#[test]
fn a_line_without_end_is_refused_and_memory_stays_bounded() {
    let endless = io::repeat(b'x').take(20_000_000);
    let after = Cursor::new("\nA;F1;01/10/2026;5,00\n");
    let source = Cursor::new(HEADER).chain(endless).chain(after);
    let mut reader = read(source, None).unwrap();
    let first = reader.next().unwrap().unwrap_err();
    assert_eq!((first.line, first.reason), (2, RowReason::TooLong));
    let second = reader.next().unwrap().unwrap();
    assert_eq!((second.line, second.open), (3, Money::eur(500)));
    assert!(reader.next().is_none());
    assert!(reader.records.capacity() < 16 * PIECE);
}

/// A quote that is never closed costs its own line nothing, and the lines after it nothing.
#[test]
fn a_stray_quote_swallows_no_lines() {
    let mut text = format!("{HEADER}\"B\";F0;01/10/2026;1,00\n\"A;F1;01/10/2026;1,00\n");
    for n in 2..5_000 {
        text += &format!("A;F{n};01/10/2026;1,00\n");
    }
    let read = read_all(text.as_bytes());
    assert_eq!((read.errors.len(), read.rows.len()), (0, 5_000));
    assert_eq!(read.rows[1].debtor_name, "\"A");
}

#[test]
fn a_source_that_breaks_off_is_told() {
    struct Broken;
    impl io::Read for Broken {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            Err(io::Error::other("cut"))
        }
    }
    let start = format!("{HEADER}A;F1;01/10/2026;5,00\n{}", " ".repeat(2 * PIECE));
    let mut reader = read(Cursor::new(start).chain(Broken), None).unwrap();
    assert_eq!(reader.by_ref().filter(Result::is_ok).count(), 1);
    assert!(matches!(reader.finish(), Err(FileError::Read(_))));
}

#[test]
fn files_that_are_no_balance_are_refused_with_a_reason() {
    let refused = |bytes: &[u8]| read(bytes, None).err().unwrap().to_string();
    assert!(refused(b"").contains("empty"));
    assert!(refused(b"\xef\xbb\xbf \r\n").contains("empty"));
    assert!(refused(b"PK\x03\x04\x00\x00").contains("line 1 holds a NUL byte"));
    assert!(refused(b"a;\0b\n").contains("NUL"));
    assert!(refused("Client;Ville;Solde\n".as_bytes()).contains("Client | Ville | Solde"));
    assert!(refused(b"P;Nature;Date;Due date;Total\nF1;FA;;01/10/2026;5\n").contains("columns"));
    let no_customer = "Numéro;Échéance;Solde\nF1;01/10/2026;5\n";
    assert!(refused(no_customer.as_bytes()).contains("the customer"));
}

#[test]
fn returns_alone_end_lines_too() {
    let text = HEADER.replace('\n', "\r") + "A;F1;01/10/2026;5,00\rA;F2;01/10/2026;6,00";
    let read = read_all(text.as_bytes());
    assert_eq!(read.open()["EUR"], "11.00");
    assert_eq!(read.rows[1].line, 3);
}

#[test]
fn a_profile_chosen_by_hand_reads_titles_that_are_not_known() {
    let text = "Qui;Quoi;Quand;Combien\nA;F1;01/10/2026;5,00\n";
    assert!(read(text.as_bytes(), None).is_err());
    let profile = "name\t0\tQui\nnumber\t1\tQuoi\ndue\t2\tQuand\nopen\t3\tCombien\n";
    let profile: Mapping = profile.parse().unwrap();
    let mut reader = read(text.as_bytes(), Some(&profile)).unwrap();
    assert_eq!(reader.next().unwrap().unwrap().open, Money::eur(500));
}
