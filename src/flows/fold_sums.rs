//! What is open of a supplier by due day is kept as changes; a tick folds them.

use domain::SupplierId;

use super::error::FlowError;
use crate::app::App;
use crate::store;

/// Folds a supplier's changes, when there are many.
pub async fn run(app: &App, supplier: SupplierId) -> Result<(), FlowError> {
    app.store
        .write(supplier, move |conn| {
            Ok(store::open_sum::fold(conn, supplier)?)
        })
        .await
}
