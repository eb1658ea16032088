//! What a provider of registered mail is given: a folder of letters with a table of them
//! (`docs/letters.md`).

use domain::message::MessageKind;
use domain::{LetterBatchId, SupplierId};

use crate::app::App;
use crate::documents::{self, zip};
use crate::flows::error::FlowError;
use crate::store::letter::Told;
use crate::store::{self, Conn, StoreError};

/// Titles of the table.
const TITLES: &[&str] = &[
    "reference",
    "file",
    "registered",
    "kind",
    "line1",
    "line2",
    "line3",
    "line4",
    "line5",
    "line6",
];

/// Lines of an address.
const LINES: usize = domain::postal::LINES_MAX;

/// The table of a batch's letters: reference, file, registered yes or no, kind, address.
#[must_use]
pub fn manifest(letters: &[Told]) -> Vec<u8> {
    let row = |one: &Told| {
        let letter = &one.letter;
        let registered = if letter.registered { "yes" } else { "no" };
        let mut cells = vec![
            letter.reference.clone(),
            file_name(one),
            registered.to_owned(),
            one.kind.to_string(),
        ];
        let blank = std::iter::repeat(String::new());
        cells.extend(letter.addressee.iter().cloned().chain(blank).take(LINES));
        cells
    };
    documents::table(TITLES, letters.iter().map(row))
}

fn file_name(one: &Told) -> String {
    let what = match one.kind {
        MessageKind::FormalNotice => "formal-notice",
        _ => "letter",
    };
    format!("{}-{what}.pdf", one.letter.reference)
}

/// The folder of a batch as a ZIP file: one PDF a letter, and `manifest.csv`.
pub async fn folder(
    app: &App,
    supplier: SupplierId,
    batch: LetterBatchId,
) -> Result<Vec<u8>, FlowError> {
    let read = move |conn: &mut Conn| {
        let letters = store::letter::of_batch(conn, supplier, batch)?;
        if letters.is_empty() {
            return Err(StoreError::NotFound);
        }
        let mut files = vec![("manifest.csv".to_owned(), manifest(&letters))];
        for one in &letters {
            let copy = store::outbox::copy(conn, supplier, one.letter.message)?;
            files.push((file_name(one), copy.ok_or(StoreError::NotFound)?));
        }
        Ok(files)
    };
    let files = app.store.report(supplier, read).await?;
    Ok(zip::stored(&files))
}
