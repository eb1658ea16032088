//! The decision on a provider's event that could not be read.

use actix_web::{HttpResponse, web};
use domain::InboxId;
use serde::Deserialize;
use views::paths;

use super::answer::{Found, Refusal};
use super::session::Staff;
use crate::flows::hooks::{self, Decision};
use crate::web::pages::see_other;

/// What the form posts.
#[derive(Deserialize)]
pub(super) struct Posted {
    #[serde(default)]
    csrf: String,
    #[serde(default)]
    decision: String,
}

/// Has it read again, or closes it; decided before, today's page shows what is left.
pub(super) async fn decide(
    staff: Staff,
    path: web::Path<(String, String)>,
    posted: web::Form<Posted>,
) -> HttpResponse {
    let found = decided(&staff, &path.0, &path.1, &posted).await;
    staff.answer(found)
}

async fn decided(staff: &Staff, code: &str, id: &str, posted: &Posted) -> Found {
    let place = staff.at(code).await?.for_writing()?;
    staff.check_form(&posted.csrf)?;
    let id: InboxId = id.parse().map_err(|_| Refusal::NOT_FOUND)?;
    let decision = match posted.decision.as_str() {
        "again" => Decision::Again,
        "close" => Decision::Close,
        _ => return Ok(see_other(paths::TODAY)),
    };
    hooks::decide(&staff.app, place.supplier.id, id, (decision, staff.actor())).await?;
    Ok(see_other(paths::TODAY))
}
