//! A balance file is looked at, its columns are confirmed, then it is imported.
//!
//! The file waits in the storage meanwhile; nothing of it counts before the confirmation.

use std::io::Cursor;
use std::sync::Arc;

use domain::import::RowError;
use domain::{Day, ImportId, SupplierId};

use super::error::FlowError;
use super::import_balance::{self, ImportOrder, Imported};
use crate::app::App;
use crate::clock::new_id;
use crate::import::{self, Mapping};
pub use crate::import::{Column, Field, FileError, Look, MappingError};
use crate::store;
use crate::store::import_result::{Outcome, Past};
use crate::store::upload::Upload;

/// Days after which a file that nobody confirmed goes.
const KEPT_DAYS: i64 = 7;

/// Why a file was not taken.
#[derive(Debug, thiserror::Error)]
pub enum UploadError {
    /// It cannot be read, or its columns cannot.
    #[error("{name}: {why}")]
    File {
        /// The file's name.
        name: String,
        /// What is wrong with it.
        why: FileError,
    },
    /// Anything else.
    #[error(transparent)]
    Flow(#[from] FlowError),
}

impl From<store::StoreError> for UploadError {
    fn from(why: store::StoreError) -> Self {
        Self::Flow(why.into())
    }
}

/// Keeps a file until its columns are confirmed; refuses one of which nothing can be recognised.
pub async fn keep(
    app: &App,
    supplier: SupplierId,
    file_name: String,
    body: Vec<u8>,
) -> Result<ImportId, UploadError> {
    if let Err(why) = import::look(&body) {
        return Err(UploadError::File {
            name: file_name,
            why,
        });
    }
    let (id, now) = (new_id(), app.now());
    let upload = Upload {
        id,
        file_name,
        body,
    };
    let old = now.plus_days(-KEPT_DAYS);
    let kept: Result<(), FlowError> = app
        .store
        .write(supplier, move |conn| {
            Ok(store::upload::insert(conn, supplier, &upload, now, old)?)
        })
        .await;
    kept?;
    Ok(id)
}

/// A waiting file's name and columns.
pub async fn look(
    app: &App,
    supplier: SupplierId,
    id: ImportId,
) -> Result<(String, Look), UploadError> {
    let upload = app
        .store
        .read(supplier, move |conn| {
            store::upload::beginning(conn, supplier, id)
        })
        .await?;
    let name = upload.file_name;
    match import::look(&upload.body) {
        Ok(look) => Ok((name, look)),
        Err(why) => Err(UploadError::File { name, why }),
    }
}

/// What was confirmed of a waiting file.
#[derive(Clone, Debug)]
pub struct Confirmation {
    /// The day of its data.
    pub as_of: Day,
    /// Whether it holds every open item.
    pub complete: bool,
    /// Which column holds what.
    pub columns: Vec<(Field, Column)>,
}

/// Imports a waiting file and keeps what that did. A file that was imported meanwhile is not
/// found.
pub async fn import(
    app: &Arc<App>,
    supplier: SupplierId,
    id: ImportId,
    confirmed: Confirmation,
) -> Result<ImportId, UploadError> {
    let upload = app
        .store
        .read(supplier, move |conn| {
            store::upload::find(conn, supplier, id)
        })
        .await?;
    let mapping = Mapping::new(confirmed.columns).map_err(|why| UploadError::File {
        name: upload.file_name.clone(),
        why: why.into(),
    })?;
    let order = ImportOrder {
        supplier,
        file_name: upload.file_name,
        as_of: confirmed.as_of,
        complete: confirmed.complete,
        mapping: Some(mapping),
    };
    let done = import_balance::run(app, order, Cursor::new(upload.body)).await?;
    finish(app, supplier, id, &done, confirmed.complete).await?;
    Ok(done.id)
}

async fn finish(
    app: &App,
    supplier: SupplierId,
    id: ImportId,
    done: &Imported,
    complete: bool,
) -> Result<(), FlowError> {
    let (import, outcome) = (done.id, outcome(done, complete));
    app.store
        .write(supplier, move |conn| {
            store::import_result::keep(conn, supplier, import, &outcome)?;
            Ok(store::upload::remove(conn, supplier, id)?)
        })
        .await
}

/// What a complete file leaves out is settled, and counts as changed in the import's own figures;
/// what another leaves out stays as it was.
fn outcome(done: &Imported, complete: bool) -> Outcome {
    let settled = if complete { done.absent } else { 0 };
    Outcome {
        created: done.created,
        changed: done.changed.saturating_sub(settled),
        settled,
        totals: done.totals.values().copied().collect(),
    }
}

/// What became of an import: its counts, what it did where that was kept, the rows it refused.
#[derive(Clone, Debug)]
pub struct Report {
    /// The import.
    pub past: Past,
    /// What it did, where that was kept.
    pub outcome: Option<Outcome>,
    /// The rows it refused, by line; the first thousand.
    pub errors: Vec<RowError>,
}

/// What became of an import.
pub async fn report(app: &App, supplier: SupplierId, id: ImportId) -> Result<Report, FlowError> {
    let report = app.store.read(supplier, move |conn| {
        Ok(Report {
            past: store::import_result::find(conn, supplier, id)?,
            outcome: store::import_result::outcome(conn, supplier, id)?,
            errors: store::import_result::errors(conn, supplier, id)?,
        })
    });
    Ok(report.await?)
}
