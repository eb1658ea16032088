//! A file of a dispute, for staff to keep.

use actix_web::{HttpResponse, web};
use domain::AttachmentId;

use super::answer::{Found, Refusal};
use super::session::Staff;
use crate::store;
use crate::web::files;

/// The file.
pub(super) async fn show(staff: Staff, path: web::Path<(String, String)>) -> HttpResponse {
    let found = fetch(&staff, &path.0, &path.1).await;
    staff.answer(found)
}

async fn fetch(staff: &Staff, code: &str, id: &str) -> Found {
    let supplier = staff.at(code).await?.supplier.id;
    let id: AttachmentId = id.parse().map_err(|_| Refusal::NOT_FOUND)?;
    let (file, body) = staff
        .app
        .store
        .read(supplier, move |conn| {
            store::attachment::find(conn, supplier, id)
        })
        .await?;
    Ok(files::download(&file, body))
}
