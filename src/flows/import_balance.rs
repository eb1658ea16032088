//! A balance file is imported: rows become open items, and the books' word is taken for the rest.

use std::collections::BTreeMap;
use std::io::Read;
use std::sync::Arc;

use domain::import::RowError;
use domain::{Currency, Day, ImportId, Money, SupplierId};

use super::error::FlowError;
use crate::app::App;
use crate::import;

/// What is imported, and how.
#[derive(Clone, Debug)]
pub struct ImportOrder {
    /// Whose balance.
    pub supplier: SupplierId,
    /// The file's name, as given.
    pub file_name: String,
    /// The day of its data.
    pub as_of: Day,
    /// Whether it holds every open item.
    pub complete: bool,
    /// Which column holds what; recognised from the titles when none.
    pub mapping: Option<import::Mapping>,
}

/// What an import did.
#[derive(Clone, Debug)]
pub struct Imported {
    /// The import.
    pub id: ImportId,
    /// Rows that were good.
    pub rows_good: u64,
    /// Rows that were refused.
    pub rows_bad: u64,
    /// Items that were not known before.
    pub created: u64,
    /// Items whose amounts or days changed.
    pub changed: u64,
    /// Items that were as known.
    pub unchanged: u64,
    /// Open items that are not in the file.
    pub absent: u64,
    /// Open sums of the file.
    pub totals: BTreeMap<Currency, Money>,
    /// The first thousand refused rows.
    pub errors: Vec<RowError>,
}

/// Imports a file.
pub async fn run<R: Read + Send + 'static>(
    _app: &Arc<App>,
    _order: ImportOrder,
    _source: R,
) -> Result<Imported, FlowError> {
    Err(FlowError::Unusable("not merged".into()))
}
