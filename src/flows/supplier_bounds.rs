//! What a supplier accepts without being asked: delays, plans, payments in part; and how often it
//! writes to one account.

use domain::SupplierId;
use domain::designation::PART_MIN_MAX;
use domain::hours::Rhythm;
use domain::plan::Bounds;
use domain::remind::GAP_DAYS_MAX;

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

/// Sets the days that lie between two messages of our own accord to one account.
pub async fn set_message_gap(app: &App, supplier: SupplierId, days: u16) -> Result<(), FlowError> {
    if days > GAP_DAYS_MAX {
        return Err(FlowError::Unusable(format!(
            "at most {GAP_DAYS_MAX} days lie between two messages, not {days}"
        )));
    }
    app.store
        .write(supplier, move |conn| {
            Ok(store::supplier::set_message_gap_days(conn, supplier, days)?)
        })
        .await
}

/// Sets when a supplier writes, and how often to whom.
pub async fn set_rhythm(app: &App, supplier: SupplierId, rhythm: Rhythm) -> Result<(), FlowError> {
    if !rhythm.is_sound() || rhythm.gap_days > GAP_DAYS_MAX {
        return Err(FlowError::Unusable(
            "a rhythm needs a day, an hour and a message".to_owned(),
        ));
    }
    app.store
        .write(supplier, move |conn| {
            Ok(store::rhythm::set(conn, supplier, &rhythm)?)
        })
        .await
}
