//! x
use super::FlowError;
use crate::app::App;
use domain::import::RowError;
use domain::{Currency, Day, ImportId, Money, SupplierId};
use std::collections::BTreeMap;
use std::sync::Arc;
/// x
pub struct ImportOrder {
    /// x
    pub supplier: SupplierId,
    /// x
    pub file_name: String,
    /// x
    pub as_of: Day,
    /// x
    pub complete: bool,
    /// x
    pub mapping: Option<crate::import::Mapping>,
}
/// x
pub struct Imported {
    /// x
    pub id: ImportId,
    /// x
    pub rows_good: u64,
    /// x
    pub rows_bad: u64,
    /// x
    pub created: u64,
    /// x
    pub changed: u64,
    /// x
    pub unchanged: u64,
    /// x
    pub absent: u64,
    /// x
    pub totals: BTreeMap<Currency, Money>,
    /// x
    pub errors: Vec<RowError>,
}
/// x
pub async fn run<R: std::io::Read + Send + 'static>(
    _a: &Arc<App>,
    _o: ImportOrder,
    _s: R,
) -> Result<Imported, FlowError> {
    Err(FlowError::NothingOpen)
}
