//! The documents of an invoice: what is there, one more, and each to look at.

use actix_multipart::Multipart;
use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use domain::document::{BYTES_MAX, DocumentKind};
use domain::{DocumentId, InvoiceId};
use views::portal::invoice::DocumentLine;
use views::problem::{Problem, Wrong};
use views::staff::documents::{self as view, DocumentsPage};

use super::answer::{Found, Refusal, page};
use super::form;
use super::receive::receive as receive_parts;
use super::session::{Place, Staff};
use crate::flows::documents::{self, Attached};
use crate::flows::papers::Paper;
use crate::store;
use crate::web::portal::papers::download as attachment;

/// Megabytes of the largest document.
const MEGABYTES: usize = BYTES_MAX / 1_000_000;

/// What the page says besides.
#[derive(Default)]
struct Said {
    attached: Option<Attached>,
    problems: Vec<Problem>,
}

/// The documents and the form.
pub(super) async fn show(staff: Staff, path: web::Path<(String, String)>) -> HttpResponse {
    let found = shown(&staff, &path.0, &path.1).await;
    staff.answer(found)
}

async fn shown(staff: &Staff, code: &str, id: &str) -> Found {
    let place = staff.at(code).await?;
    let id: InvoiceId = id.parse().map_err(|_| Refusal::NOT_FOUND)?;
    list(staff, &place, id, Said::default()).await
}

async fn list(staff: &Staff, place: &Place, id: InvoiceId, said: Said) -> Found {
    let supplier = place.supplier.id;
    let read = staff.app.store.read(supplier, move |conn| {
        let (debtor, number) = store::document::owner(conn, supplier, id)?;
        let documents = store::document::of_invoice(conn, supplier, id)?;
        Ok((debtor, number, documents))
    });
    let (debtor, number, documents) = read.await?;
    let status = if said.problems.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let line = |one: store::document::Document| DocumentLine {
        id: one.id,
        kind: one.kind,
        file_name: one.file_name,
        size: one.size,
    };
    let view = DocumentsPage {
        supplier: place.supplier.code.clone(),
        debtor,
        invoice: id,
        number,
        documents: documents.into_iter().map(line).collect(),
        may_add: place.role.may_write(),
        attached: said.attached.map(|one| one == Attached::New),
        key: form::key(),
        problems: said.problems,
    };
    let frame = staff.frame_of(&place.supplier);
    Ok(page(status, view::page(&frame, &view)))
}

/// Takes one more.
pub(super) async fn receive(
    staff: Staff,
    path: web::Path<(String, String)>,
    parts: Multipart,
) -> HttpResponse {
    let found = take(&staff, &path.0, &path.1, parts).await;
    staff.answer(found)
}

async fn take(staff: &Staff, code: &str, id: &str, parts: Multipart) -> Found {
    let place = staff.at(code).await?.for_writing()?;
    let id: InvoiceId = id.parse().map_err(|_| Refusal::NOT_FOUND)?;
    let received = receive_parts(staff, parts).await?;
    let mut said = Said {
        attached: None,
        problems: received.problems,
    };
    if let Some((file_name, bytes)) = received.file {
        let kind = received.kind.parse().unwrap_or(DocumentKind::Invoice);
        let paper = documents::Paper {
            kind,
            file_name,
            bytes,
        };
        let actor = staff.actor();
        match documents::attach(&staff.app, place.supplier.id, id, paper, actor).await {
            Ok(attached) => said.attached = Some(attached),
            Err(documents::Refusal::Flow(why)) => return Err(why.into()),
            Err(why) => said.problems.push(Problem::new("file", wrong(&why))),
        }
    }
    list(staff, &place, id, said).await
}

const fn wrong(why: &documents::Refusal) -> Wrong {
    match why {
        documents::Refusal::TooLarge => Wrong::FileTooLarge(MEGABYTES),
        _ => Wrong::FileNotPdf,
    }
}

/// One document.
pub(super) async fn download(staff: Staff, path: web::Path<(String, String)>) -> HttpResponse {
    let found = downloaded(&staff, &path.0, &path.1).await;
    staff.answer(found)
}

async fn downloaded(staff: &Staff, code: &str, id: &str) -> Found {
    let place = staff.at(code).await?;
    let id: DocumentId = id.parse().map_err(|_| Refusal::NOT_FOUND)?;
    let supplier = place.supplier.id;
    let read = staff.app.store.read(supplier, move |conn| {
        store::document::find(conn, supplier, id)
    });
    let (document, bytes) = read.await?;
    Ok(attachment(Paper {
        file_name: document.file_name,
        media_type: "application/pdf",
        bytes,
    }))
}
