//! What a supplier accepts of delays and plans without being asked.

use domain::SupplierId;
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
