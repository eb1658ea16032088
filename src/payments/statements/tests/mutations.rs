//! Damaged files: cut at every length, bytes changed. Each is read or refused, at once.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use super::samples::folder;
use super::support::{items, path};

/// Own files, and those of real banks where they are at hand.
fn files() -> Vec<PathBuf> {
    let mut folders = vec![path("data/bank"), path("data/camt053")];
    if let Some(samples) = folder() {
        let kinds = [
            "camt052", "camt053", "camt054", "cfonb120", "cfonb240", "mt940",
        ];
        folders.extend(kinds.map(|kind| samples.join(kind)));
    }
    let mut files = Vec::new();
    for folder in folders {
        let all = std::fs::read_dir(&folder).unwrap();
        files.extend(all.map(|file| file.unwrap().path()));
    }
    files.sort();
    files
}

/// Places of a file that are tried: all of a short one, some of a long one.
fn places(length: usize) -> impl Iterator<Item = usize> {
    let most = if length > 12_000 { 20 } else { 80 };
    (0..length).step_by(length / most + 1)
}

#[test]
fn a_file_cut_anywhere_is_read_or_refused() {
    for file in files() {
        let bytes = std::fs::read(&file).unwrap();
        let start = Instant::now();
        for end in places(bytes.len()) {
            let _ = items(&bytes[..end]);
        }
        assert!(
            start.elapsed() < Duration::from_secs(60),
            "{}",
            file.display()
        );
    }
}

#[test]
fn a_file_with_bytes_changed_is_read_or_refused() {
    for file in files() {
        let bytes = std::fs::read(&file).unwrap();
        let start = Instant::now();
        for place in places(bytes.len()) {
            for change in [0x01_u8, 0x80] {
                let mut damaged = bytes.clone();
                damaged[place] ^= change;
                let _ = items(&damaged);
            }
            let mut longer = bytes.clone();
            let copy = bytes[place..(place + 40).min(bytes.len())].to_vec();
            longer.splice(place..place, copy);
            let _ = items(&longer);
        }
        assert!(
            start.elapsed() < Duration::from_secs(60),
            "{}",
            file.display()
        );
    }
}

/// Random bytes behind each format's beginning.
#[test]
fn noise_is_refused() {
    let beginnings: [&[u8]; 6] = [
        b"<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.053.001.08\"><BkToCstmrStmt>",
        b"0130006    00001EUR2 12345678901  191126",
        b":20:X\n:25:1\n:60F:C261119EUR1,00\n",
        b"Date;Amount\n",
        b"\xff\xfe<\0",
        b"",
    ];
    let mut seed: u64 = 20_261_122;
    for beginning in beginnings {
        for length in 0..300 {
            let mut bytes = beginning.to_vec();
            for _ in 0..length {
                seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                bytes.push(seed.to_be_bytes()[0]);
            }
            let _ = items(&bytes);
        }
    }
}
