//! The file's side of an import: bytes hashed as they are read, rows gathered into chunks of whole
//! customers. Runs on a thread of its own and knows no database.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::{self, Chain, Cursor, Read};
use std::sync::{Arc, OnceLock};

use domain::import::{BalanceRow, RowError};
use domain::invoice::ItemKind;
use domain::postal::PostalAddress;
use domain::{Day, InvoiceId};
use sha2::{Digest, Sha256};
use tokio::sync::mpsc::Sender;

use crate::clock::new_id;
use crate::import::{self, BalanceReader, FileError, Mapping};
use crate::store::profile::Profile;
use crate::vault;

/// Bytes that are looked at to find the saved profile.
const HEAD: u64 = 64 * 1024;

/// Rows after which a chunk ends, at the next customer.
const CHUNK_ROWS: usize = 8_000;

/// Rows after which a chunk ends in any case.
const CHUNK_ROWS_MAX: usize = 12_000;

/// Rows that are booked in one transaction.
#[derive(Default)]
pub(super) struct Chunk {
    /// The rows of each customer.
    pub groups: Vec<Group>,
    /// Rows that could not be read.
    pub errors: Vec<RowError>,
    rows: usize,
    places: HashMap<String, usize>,
}

/// Rows about one customer.
pub(super) struct Group {
    /// The customer's code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// The first mailbox among the rows.
    pub email: Option<String>,
    /// The first telephone among the rows.
    pub phone: Option<String>,
    /// The first postal address among the rows.
    pub postal: Option<Box<PostalAddress>>,
    /// The rows, in the order of the file.
    pub rows: Vec<Asserted>,
}

/// A row, ready to become an item.
pub(super) struct Asserted {
    /// The id the item gets if it is not known.
    pub id: InvoiceId,
    /// Which of several receipts numbered alike, from 0.
    pub twin: i32,
    /// What the books say.
    pub row: BalanceRow,
}

/// A file whose columns are known.
pub(super) struct Opened<R> {
    reader: BalanceReader<Chain<Cursor<Vec<u8>>, Hashed<R>>>,
    digest: Arc<OnceLock<String>>,
}

/// Opens a file with the mapping given, or the profile saved for its titles, or as it can be
/// recognised.
pub(super) fn open<R: Read>(
    source: R,
    given: Option<&Mapping>,
    profiles: &[Profile],
) -> Result<Opened<R>, FileError> {
    let digest = Arc::new(OnceLock::new());
    let mut hashed = Hashed {
        source,
        state: Sha256::new(),
        digest: Arc::clone(&digest),
    };
    let mut head = Vec::new();
    hashed.by_ref().take(HEAD).read_to_end(&mut head)?;
    let saved = match given {
        Some(_) => None,
        None => fitting(&head, profiles)?,
    };
    let reader = import::read(Cursor::new(head).chain(hashed), given.or(saved.as_ref()))?;
    Ok(Opened { reader, digest })
}

/// The saved profile whose titles are this file's.
fn fitting(head: &[u8], profiles: &[Profile]) -> Result<Option<Mapping>, FileError> {
    for profile in profiles {
        let mapping: Mapping = profile.mapping.parse()?;
        if let Ok(reader) = import::read(head, Some(&mapping))
            && headers_of(&reader) == profile.headers
        {
            return Ok(Some(mapping));
        }
    }
    Ok(None)
}

fn headers_of<R>(reader: &BalanceReader<R>) -> String {
    reader.headers().join("\t")
}

impl<R: Read> Opened<R> {
    /// The column titles, with tabs between.
    pub(super) fn headers(&self) -> String {
        headers_of(&self.reader)
    }

    /// Hands on all rows and gives the SHA-256 of the file; stops early when nobody listens.
    pub(super) fn send_chunks(mut self, chunks: &Sender<Chunk>) -> Result<String, FileError> {
        let mut chunk = Chunk::default();
        let mut twins = Twins::default();
        for row in self.reader.by_ref() {
            let ends = match &row {
                Ok(row) => chunk.ends_before(row),
                Err(_) => chunk.rows >= CHUNK_ROWS_MAX,
            };
            if ends && chunks.blocking_send(std::mem::take(&mut chunk)).is_err() {
                return Ok(String::new());
            }
            match row {
                Ok(row) => chunk.add(row, &mut twins),
                Err(error) => chunk.refuse(error),
            }
        }
        self.reader.finish()?;
        // Whoever listens waits for this function's result, whatever becomes of the last chunk.
        let _ = chunks.blocking_send(chunk);
        Ok(self.digest.get().cloned().unwrap_or_default())
    }
}

impl Chunk {
    /// Whether the chunk ends before this row: at a new customer, or when it is far too long.
    fn ends_before(&self, row: &BalanceRow) -> bool {
        let last = self.groups.last();
        let goes_on = last.is_some_and(|group| group.code == row.debtor_code);
        self.rows >= CHUNK_ROWS_MAX || (self.rows >= CHUNK_ROWS && !goes_on)
    }

    fn refuse(&mut self, error: RowError) {
        self.rows += 1;
        self.errors.push(error);
    }

    fn add(&mut self, row: BalanceRow, twins: &mut Twins) {
        self.rows += 1;
        let twin = twins.number(&row);
        let last = self.groups.len().checked_sub(1);
        let place = match self.groups.last() {
            Some(group) if group.code == row.debtor_code => last,
            _ => self.places.get(&row.debtor_code).copied(),
        };
        match place.and_then(|place| self.groups.get_mut(place)) {
            Some(group) => group.add(row, twin),
            None => {
                let code = row.debtor_code.clone();
                self.places.insert(code, self.groups.len());
                self.groups.push(Group::new(row, twin));
            }
        }
    }
}

impl Group {
    fn new(row: BalanceRow, twin: i32) -> Self {
        let mut group = Self {
            code: row.debtor_code.clone(),
            name: row.debtor_name.clone(),
            email: None,
            phone: None,
            postal: None,
            rows: Vec::new(),
        };
        group.add(row, twin);
        group
    }

    fn add(&mut self, mut row: BalanceRow, twin: i32) {
        self.email = self.email.take().or(row.email.take());
        self.phone = self.phone.take().or(row.phone.take());
        self.postal = self.postal.take().or(row.postal.take());
        let id = new_id();
        self.rows.push(Asserted { id, twin, row });
    }
}

/// Counts receipts numbered alike, by a fingerprint of customer, number and day.
#[derive(Default)]
struct Twins(HashMap<u64, i32>);

impl Twins {
    fn number(&mut self, row: &BalanceRow) -> i32 {
        if row.kind != ItemKind::Receipt {
            return 0;
        }
        let key: (&str, &str, Day) = (&row.debtor_code, &row.number, row.due_on);
        let mut hasher = DefaultHasher::new();
        key.hash(&mut hasher);
        let next = self.0.entry(hasher.finish()).or_default();
        let twin = *next;
        *next = next.saturating_add(1);
        twin
    }
}

/// Hashes what is read from a source; the hash is told once its end was read.
struct Hashed<R> {
    source: R,
    state: Sha256,
    digest: Arc<OnceLock<String>>,
}

impl<R: Read> Read for Hashed<R> {
    fn read(&mut self, room: &mut [u8]) -> io::Result<usize> {
        let count = self.source.read(room)?;
        self.state.update(room.get(..count).unwrap_or_default());
        if count == 0 && !room.is_empty() {
            let state = &self.state;
            self.digest
                .get_or_init(|| vault::hex(&state.clone().finalize()));
        }
        Ok(count)
    }
}
