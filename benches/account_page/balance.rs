//! A balance of any size, written as it is read.

use std::fmt::Write as _;
use std::io::Read;

/// Invoices of each debtor.
const INVOICES: usize = 10;

/// A debtor's code.
pub fn code(debtor: usize) -> String {
    format!("C{debtor:06}")
}

/// A balance of any size, written as it is read.
pub struct Balance {
    debtors: usize,
    next: usize,
    ready: Vec<u8>,
}

impl Balance {
    /// Of so many debtors.
    pub fn new(debtors: usize) -> Self {
        let head = "Code client;Nom;E-mail;Type;N° document;Date;Date d'échéance;Reste dû\n";
        Self {
            debtors,
            next: 0,
            ready: head.as_bytes().to_vec(),
        }
    }

    fn more(&mut self) {
        let debtor = self.next;
        self.next += 1;
        let code = code(debtor);
        let mut rows = String::new();
        for place in 0..INVOICES {
            let (month, day) = (1 + place % 3, 1 + (debtor + place) % 27);
            let (euros, cents) = (
                10 + (debtor * 31 + place * 977) % 9_000,
                (debtor + place) % 100,
            );
            // Writing to a String cannot fail.
            let _ = writeln!(
                rows,
                "{code};Société {code};compta@{code}.example;FA;FA-{debtor:06}-{place:02};\
                 05/12/2025;{day:02}/{month:02}/2026;{euros},{cents:02}"
            );
        }
        self.ready.extend_from_slice(rows.as_bytes());
    }
}

impl Read for Balance {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        while self.ready.len() < buffer.len() && self.next < self.debtors {
            self.more();
        }
        let count = self.ready.as_slice().read(buffer)?;
        self.ready.drain(..count);
        Ok(count)
    }
}
