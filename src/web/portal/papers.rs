//! Files to download: statement, receipt, mandate, and the documents of an invoice.

use actix_web::http::header::{ContentDisposition, DispositionParam, DispositionType};
use actix_web::{HttpRequest, HttpResponse, web};
use domain::{DocumentId, InvoiceId};

use super::code::before_document;
use crate::app::App;
use crate::flows::papers::{self, Paper};
use crate::web::error::WebError;
use crate::web::session::Visit;

/// The statement of account as PDF.
pub(in crate::web) async fn statement(
    app: web::Data<App>,
    visit: Visit,
    request: HttpRequest,
) -> Result<HttpResponse, WebError> {
    if let Some(first) = before_document(&app, &visit, &request).await? {
        return Ok(first);
    }
    let paper = papers::statement(&app, visit.visitor, visit.language()).await?;
    Ok(download(paper))
}

/// The statement of account as CSV.
pub(in crate::web) async fn statement_csv(
    app: web::Data<App>,
    visit: Visit,
    request: HttpRequest,
) -> Result<HttpResponse, WebError> {
    if let Some(first) = before_document(&app, &visit, &request).await? {
        return Ok(first);
    }
    let paper = papers::statement_csv(&app, visit.visitor, visit.language()).await?;
    Ok(download(paper))
}

/// The receipt of a payment.
pub(in crate::web) async fn receipt(
    app: web::Data<App>,
    visit: Visit,
    request: HttpRequest,
    id: web::Path<String>,
) -> Result<HttpResponse, WebError> {
    if let Some(first) = before_document(&app, &visit, &request).await? {
        return Ok(first);
    }
    let id = id.parse().map_err(|_| WebError::NotFound)?;
    let paper = papers::receipt(&app, visit.visitor, id, visit.language()).await?;
    Ok(download(paper))
}

/// A signed mandate.
pub(in crate::web) async fn mandate(
    app: web::Data<App>,
    visit: Visit,
    request: HttpRequest,
    id: web::Path<String>,
) -> Result<HttpResponse, WebError> {
    if let Some(first) = before_document(&app, &visit, &request).await? {
        return Ok(first);
    }
    let id = id.parse().map_err(|_| WebError::NotFound)?;
    let paper = papers::mandate(&app, visit.visitor, id, visit.language()).await?;
    Ok(download(paper))
}

/// A document of an invoice.
pub(in crate::web) async fn document(
    app: web::Data<App>,
    visit: Visit,
    request: HttpRequest,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, WebError> {
    if let Some(first) = before_document(&app, &visit, &request).await? {
        return Ok(first);
    }
    let invoice: InvoiceId = path.0.parse().map_err(|_| WebError::NotFound)?;
    let id: DocumentId = path.1.parse().map_err(|_| WebError::NotFound)?;
    let paper = papers::document(&app, visit.visitor, invoice, id).await?;
    Ok(download(paper))
}

/// A file to be kept, never shown within our pages.
pub(in crate::web) fn download(paper: Paper) -> HttpResponse {
    let name = DispositionParam::Filename(paper.file_name);
    HttpResponse::Ok()
        .content_type(paper.media_type)
        .insert_header(ContentDisposition {
            disposition: DispositionType::Attachment,
            parameters: vec![name],
        })
        .body(paper.bytes)
}
