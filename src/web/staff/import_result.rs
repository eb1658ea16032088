//! What an import did, whenever it is asked for.

use actix_web::http::StatusCode;
use domain::ImportId;
use views::staff::import_result::{self as view, Items};

use super::answer::{Found, page};
use super::session::{Place, Staff};
use crate::flows::upload;

/// The result's page.
pub(super) async fn find(staff: &Staff, place: &Place, id: ImportId) -> Found {
    let report = upload::report(&staff.app, place.supplier.id, id).await?;
    let (past, outcome) = (report.past, report.outcome);
    let items = outcome.as_ref().map(|outcome| Items {
        new: outcome.created,
        changed: outcome.changed,
        settled: outcome.settled,
    });
    let view = view::ImportResult {
        supplier: place.supplier.code.clone(),
        file: past.file_name,
        as_of: past.as_of,
        rows_good: past.rows_good,
        rows_refused: past.rows_bad,
        items,
        totals: outcome.map_or_else(Vec::new, |outcome| outcome.totals),
        refused: report.errors,
    };
    let frame = staff.frame_of(&place.supplier);
    Ok(page(StatusCode::OK, view::page(&frame, &view)))
}
