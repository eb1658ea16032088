//! A supplier is set up.

use domain::party::Supplier;

use super::error::FlowError;
use crate::app::App;
use crate::store::{self, StoreError};

/// Adds a supplier; its code must be new.
pub async fn run(app: &App, new: Supplier) -> Result<(), FlowError> {
    let code = new.code.clone();
    let added = app
        .store
        .write(new.id, move |conn| store::supplier::insert(conn, &new))
        .await;
    match added {
        Err(StoreError::Conflict) => Err(FlowError::Unusable(format!(
            "a supplier has the code '{code}' already"
        ))),
        other => Ok(other?),
    }
}
