//! A balance file is taken in: what it asserts is compared with what is known, and each difference
//! is booked.
//!
//! Rows stream through in chunks of whole customers, a transaction each. The supplier's data count
//! as of the file's day only when the last chunk is in, so a file that was cut short or killed is
//! completed by importing it again: what is in already changes nothing. A newer import of the same
//! supplier takes over from one that is still running.

mod absent;
mod account;
mod address;
mod chunk;
mod credited;
mod entry;
mod matching;
mod reading;
mod running;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::io::Read;
use std::sync::Arc;

use domain::import::RowError;
use domain::party::Supplier;
use domain::{Currency, Day, ImportId, Moment, Money, SupplierId};
use tokio::sync::mpsc;

use self::reading::Opened;
use self::running::Running;
use super::error::FlowError;
use crate::app::App;
use crate::clock::new_id;
use crate::import;
use crate::store::import::NewImport;
use crate::store::profile::Profile;
use crate::store::{self, Conn, StoreError};

/// Chunks that may wait while one is being booked.
const CHUNKS_WAITING: usize = 2;

/// What to import and how.
#[derive(Clone, Debug)]
pub struct ImportOrder {
    /// Whose balance.
    pub supplier: SupplierId,
    /// The file's name, as given.
    pub file_name: String,
    /// The day of which the file speaks.
    pub as_of: Day,
    /// Whether the file lists everything that is open: what it leaves out is closed then.
    pub complete: bool,
    /// Which column holds what, when somebody chose; saved for files with the same titles.
    pub mapping: Option<import::Mapping>,
}

/// What an import did.
#[derive(Clone, Debug)]
pub struct Imported {
    /// Id.
    pub id: ImportId,
    /// Rows taken, those that changed nothing included.
    pub rows_good: u64,
    /// Rows refused.
    pub rows_bad: u64,
    /// Items that were not known.
    pub created: u64,
    /// Known items that the file, or their absence from a complete one, changed.
    pub changed: u64,
    /// Rows that say what is known already, or that an unknown item is paid.
    pub unchanged: u64,
    /// Known items that were open in the books and that the file leaves out.
    pub absent: u64,
    /// What the good rows leave open: invoices less credit notes and receipts.
    pub totals: BTreeMap<Currency, Money>,
    /// The first refused rows.
    pub errors: Vec<RowError>,
}

/// What stays the same from an import's first chunk to its last.
struct Job {
    supplier: Supplier,
    id: ImportId,
    as_of: Day,
    today: Day,
    now: Moment,
}

/// Imports a file; told the same file again, nothing changes.
///
/// Refused whole when the file speaks of a day to come or of one before the supplier's latest
/// import, or when it cannot be read as a balance.
pub async fn run<R: Read + Send + 'static>(
    app: &Arc<App>,
    order: ImportOrder,
    source: R,
) -> Result<Imported, FlowError> {
    let (supplier, profiles) = load(app, order.supplier).await?;
    let today = supplier.zone.day(app.now());
    check_day(&supplier, order.as_of, today)?;
    let opened = open(&order, profiles, source).await?;
    let job = begin(app, &order, supplier, opened.headers()).await?;
    let mut running = Running::new(job);
    let (sender, mut chunks) = mpsc::channel(CHUNKS_WAITING);
    let reading = tokio::task::spawn_blocking(move || opened.send_chunks(&sender));
    while let Some(chunk) = chunks.recv().await {
        running.take(app, chunk).await?;
    }
    let read = reading.await.map_err(|_| interrupted())?;
    let digest = read.map_err(|why| unusable(&order.file_name, &why))?;
    running.look_for_absent(app, order.complete).await?;
    super::dispute::compare(app, order.supplier).await?;
    running.finish(app, &order.file_name, digest).await
}

async fn load(app: &App, id: SupplierId) -> Result<(Supplier, Vec<Profile>), StoreError> {
    let both = move |conn: &mut Conn| {
        let supplier = store::supplier::find(conn, id)?;
        Ok((supplier, store::profile::list(conn, id)?))
    };
    app.store.read(id, both).await
}

fn check_day(supplier: &Supplier, as_of: Day, today: Day) -> Result<(), FlowError> {
    if as_of > today {
        return Err(FlowError::Unusable(format!(
            "the file is said to speak of {as_of}, but today is {today}: give the day of the export"
        )));
    }
    match supplier.data_as_of {
        Some(latest) if as_of < latest => Err(older(as_of, latest)),
        _ => Ok(()),
    }
}

fn older(as_of: Day, latest: Day) -> FlowError {
    FlowError::Unusable(format!(
        "the file speaks of {as_of}, but the latest import of {latest}: what was open then is \
         no longer the last word; export the balance again"
    ))
}

async fn open<R: Read + Send + 'static>(
    order: &ImportOrder,
    profiles: Vec<Profile>,
    source: R,
) -> Result<Opened<R>, FlowError> {
    let given = order.mapping.clone();
    let opening = move || reading::open(source, given.as_ref(), &profiles);
    let opened = tokio::task::spawn_blocking(opening).await;
    let opened = opened.map_err(|_| interrupted())?;
    opened.map_err(|why| unusable(&order.file_name, &why))
}

fn unusable(file: &str, why: &import::FileError) -> FlowError {
    FlowError::Unusable(format!("{file}: {why}"))
}

fn interrupted() -> FlowError {
    StoreError::Failed("the reading of the file was interrupted".into()).into()
}

/// Notes that the import begins. Its id is made here, so that it sorts before those of all items
/// that the import adds.
async fn begin(
    app: &App,
    order: &ImportOrder,
    supplier: Supplier,
    headers: String,
) -> Result<Job, FlowError> {
    let (order, now) = (order.clone(), app.now());
    let today = supplier.zone.day(now);
    let started = move |conn: &mut Conn| {
        store::import::quiesce(conn, order.supplier)?;
        let new = NewImport {
            id: new_id(),
            file_name: order.file_name.clone(),
            as_of: order.as_of,
            complete: order.complete,
        };
        store::import::insert(conn, order.supplier, &new, now)?;
        if let Some(mapping) = &order.mapping {
            let (headers, mapping) = (headers.clone(), mapping.to_string());
            let profile = Profile { headers, mapping };
            store::profile::save(conn, order.supplier, &profile)?;
        }
        let supplier = store::supplier::find(conn, order.supplier)?;
        check_day(&supplier, order.as_of, today)?;
        Ok::<_, FlowError>(Job {
            supplier,
            id: new.id,
            as_of: order.as_of,
            today,
            now,
        })
    };
    app.store.write(order.supplier, started).await
}
