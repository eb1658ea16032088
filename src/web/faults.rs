//! Turns every refusal and fault into a page: in the supplier's brand when the visitor is known,
//! plain when not.
//!
//! Providers and probes get no pages, and a page that a handler wrote itself is left alone.

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::StatusCode;
use actix_web::http::header::{ALLOW, CONTENT_TYPE, RETRY_AFTER};
use actix_web::middleware::Next;
use actix_web::{Error, HttpMessage, HttpRequest, HttpResponse};
use views::portal::notice::{self, Fault};

use super::error::WebError;
use super::pages;
use super::session::{self, Visit};
use super::trace::Incident;

/// Addresses that no person looks at.
const MACHINES: &[&str] = &["/hooks/", "/livez", "/readyz"];

/// Replaces an answer without a page by one that has a page.
pub(super) async fn render<B: MessageBody + 'static>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let answer = next.call(request).await?.map_into_boxed_body();
    let Some(fault) = fault(answer.status()) else {
        return Ok(answer);
    };
    let (request, bare) = answer.into_parts();
    let why = bare.error().and_then(|why| why.as_error::<WebError>());
    let fault = match why {
        Some(WebError::ViewOnly) => Fault::ViewOnly,
        _ => fault,
    };
    report(&request, &bare);
    if has_page(&bare) || MACHINES.iter().any(|path| request.path().starts_with(path)) {
        return Ok(ServiceResponse::new(request, bare));
    }
    let mut page = page(&request, bare.status(), fault).await;
    for name in [ALLOW, RETRY_AFTER] {
        if let Some(value) = bare.headers().get(&name) {
            page.headers_mut().insert(name, value.clone());
        }
    }
    Ok(ServiceResponse::new(request, page))
}

fn fault(status: StatusCode) -> Option<Fault> {
    match status.as_u16() {
        403 => Some(Fault::Forbidden),
        404 | 405 => Some(Fault::NotFound),
        413 => Some(Fault::TooLarge),
        429 => Some(Fault::TooMany),
        503 => Some(Fault::Busy),
        400..=499 => Some(Fault::Unreadable),
        500..=599 => Some(Fault::Internal),
        _ => None,
    }
}

fn has_page(answer: &HttpResponse) -> bool {
    let kind = answer.headers().get(CONTENT_TYPE);
    kind.is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"))
}

fn report(request: &HttpRequest, answer: &HttpResponse) {
    if let (true, Some(why)) = (answer.status().is_server_error(), answer.error()) {
        let (incident, route) = (Incident::of(request), request.match_pattern());
        tracing::error!(incident, route, %why, "a request failed");
    }
}

async fn page(request: &HttpRequest, status: StatusCode, fault: Fault) -> HttpResponse {
    let incident = Incident::of(request);
    match visit(request, fault).await {
        Some(visit) => {
            let page = notice::fault(&visit.frame(), fault, &incident);
            visit.page(status, page)
        }
        None => {
            let language = pages::language(request);
            pages::plain(status, notice::plain_fault(language, fault, &incident))
        }
    }
}

/// Who looks, if a session says so. A server that is busy or failing is not asked for it.
async fn visit(request: &HttpRequest, fault: Fault) -> Option<Visit> {
    let known = request.extensions().get::<Visit>().cloned();
    if known.is_some() || matches!(fault, Fault::Busy | Fault::Internal) {
        return known;
    }
    session::find(request).await.ok().flatten()
}
