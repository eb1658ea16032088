//! A debtor's mandate: how it stands, what is debited under it, and revoking it.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use domain::MandateId;
use serde::Deserialize;
use views::paths;
use views::staff::mandate::{self as view, StaffMandate};

use super::answer::{Found, Refusal, page};
use super::form;
use super::session::{Place, Staff};
use crate::flows::revoke_mandate::{look, revoke};
use crate::store;
use crate::web::pages::see_other;
use crate::web::portal::revoke::shown;

/// What the form posts.
#[derive(Deserialize)]
pub(super) struct Posted {
    #[serde(default)]
    csrf: String,
}

/// The page.
pub(super) async fn show(staff: Staff, path: web::Path<(String, String)>) -> HttpResponse {
    let found = found(&staff, &path.0, &path.1).await;
    staff.answer(found)
}

async fn found(staff: &Staff, code: &str, id: &str) -> Found {
    let place = staff.at(code).await?;
    let view = load(staff, &place, id).await?;
    let frame = staff.frame_of(&place.supplier);
    Ok(page(StatusCode::OK, view::page(&frame, &view)))
}

async fn load(staff: &Staff, place: &Place, id: &str) -> Result<StaffMandate, Refusal> {
    let id: MandateId = id.parse().map_err(|_| Refusal::NOT_FOUND)?;
    let supplier = place.supplier.id;
    let read = staff.app.store.read(supplier, move |conn| {
        let debtor = store::mandate::find(conn, supplier, id)?.debtor;
        Ok((debtor, look(conn, (supplier, debtor), id)?))
    });
    let (debtor, ordered) = read.await?;
    Ok(StaffMandate {
        supplier: place.supplier.code.clone(),
        debtor,
        mandate: shown(ordered, form::key()),
        may_write: place.role.may_write(),
    })
}

/// Revokes it for the debtor; one that cannot be revoked any more is shown as it is.
pub(super) async fn post(
    staff: Staff,
    path: web::Path<(String, String)>,
    posted: web::Form<Posted>,
) -> HttpResponse {
    let found = revoked(&staff, &path.0, &path.1, &posted).await;
    staff.answer(found)
}

async fn revoked(staff: &Staff, code: &str, id: &str, posted: &Posted) -> Found {
    let place = staff.at(code).await?.for_writing()?;
    staff.check_form(&posted.csrf)?;
    let view = load(staff, &place, id).await?;
    let id = view.mandate.id;
    if view.mandate.can_revoke() {
        let whose = (place.supplier.id, view.debtor);
        revoke(&staff.app, whose, id, staff.actor()).await?;
    }
    Ok(see_other(&paths::staff_mandate(code, id)))
}
