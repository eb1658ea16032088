//! What a supplier accepts without being asked: delays, plans, payments in part.

use domain::SupplierId;
use domain::designation::PART_MIN_MAX;
use domain::plan::Bounds;

use super::error::FlowError;
use crate::app::App;
use crate::store;

/// Sets the bounds.
pub async fn set(app: &App, supplier: SupplierId, bounds: Bounds) -> Result<(), FlowError> {
    app.store
        .write(supplier, move |conn| {
            Ok(store::plan::set_bounds(conn, supplier, &bounds)?)
        })
        .await
}

/// Sets the least that a payment in part comes to, in whole units of its currency.
pub async fn set_part_min(app: &App, supplier: SupplierId, units: u16) -> Result<(), FlowError> {
    if !(1..=PART_MIN_MAX).contains(&units) {
        return Err(FlowError::Unusable(format!(
            "the least payment in part is between 1 and {PART_MIN_MAX}, not {units}"
        )));
    }
    app.store
        .write(supplier, move |conn| {
            Ok(store::supplier::set_part_min(conn, supplier, units)?)
        })
        .await
}
