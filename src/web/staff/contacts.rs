//! Decisions about contacts: somebody a debtor named, and tasks that were done by other means.

use actix_web::{HttpResponse, web};
use domain::{ContactId, TaskId};
use serde::Deserialize;
use views::paths;

use super::answer::{Found, Refusal};
use super::session::Staff;
use crate::flows::people;
use crate::web::pages::see_other;

/// What the forms post.
#[derive(Deserialize)]
pub(super) struct Decision {
    #[serde(default)]
    csrf: String,
    #[serde(default)]
    decision: String,
}

/// Writes to a contact that was named from now on, or sets it aside.
pub(super) async fn decide(
    staff: Staff,
    path: web::Path<(String, String)>,
    form: web::Form<Decision>,
) -> HttpResponse {
    let found = decided(&staff, &path.0, &path.1, &form).await;
    staff.answer(found)
}

async fn decided(staff: &Staff, code: &str, id: &str, form: &Decision) -> Found {
    staff.check_form(&form.csrf)?;
    let place = staff.at(code).await?.for_writing()?;
    let id: ContactId = id.parse().map_err(|_| Refusal::NOT_FOUND)?;
    let good = form.decision == "accept";
    let (app, supplier) = (&staff.app, place.supplier.id);
    let debtor = people::decide(app, supplier, id, good, staff.actor()).await?;
    Ok(see_other(&paths::debtor(code, debtor)))
}

/// Marks a task as done.
pub(super) async fn finish(
    staff: Staff,
    path: web::Path<(String, String)>,
    form: web::Form<Decision>,
) -> HttpResponse {
    let found = finished(&staff, &path.0, &path.1, &form).await;
    staff.answer(found)
}

async fn finished(staff: &Staff, code: &str, id: &str, form: &Decision) -> Found {
    staff.check_form(&form.csrf)?;
    let place = staff.at(code).await?.for_writing()?;
    let id: TaskId = id.parse().map_err(|_| Refusal::NOT_FOUND)?;
    let debtor = people::finish_task(&staff.app, place.supplier.id, id, staff.actor()).await?;
    Ok(see_other(&paths::debtor(code, debtor)))
}
