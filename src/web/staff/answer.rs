//! From what a handler found to what the browser gets.

use actix_web::http::StatusCode;
use actix_web::http::header::{CONTENT_SECURITY_POLICY, ContentType, REFERRER_POLICY};
use actix_web::{HttpRequest, HttpResponse};
use domain::party::Language;
use domain::{Id, InboxId};
use maud::Markup;
use views::layout::PLAIN_ACCENT;
use views::portal::notice::Fault;

use crate::clock::new_id;
use crate::flows::FlowError;
use crate::store::StoreError;
use crate::web::headers;
use crate::web::pages::browser;

/// Why a handler has no page.
#[derive(Debug)]
pub(super) enum Refusal {
    /// Not here, not allowed, or not now.
    Fault(Fault),
    /// A flow or the storage failed.
    Flow(FlowError),
}

/// What a handler found.
pub(super) type Found = Result<HttpResponse, Refusal>;

impl Refusal {
    /// Nothing here that this user may know of.
    pub(super) const NOT_FOUND: Self = Self::Fault(Fault::NotFound);

    /// The page that says so.
    pub(super) fn fault(&self) -> Fault {
        match self {
            Self::Fault(fault) => *fault,
            Self::Flow(FlowError::Store(StoreError::NotFound)) => Fault::NotFound,
            Self::Flow(FlowError::Store(StoreError::Busy)) => Fault::Busy,
            Self::Flow(_) => Fault::Internal,
        }
    }

    /// Notes what a person cannot mend; gives the number that page and log share.
    pub(super) fn note(&self) -> String {
        let incident = incident();
        if let (Self::Flow(why), Fault::Internal) = (self, self.fault()) {
            tracing::error!(incident, %why, "a staff page failed");
        }
        incident
    }
}

impl<E: Into<FlowError>> From<E> for Refusal {
    fn from(why: E) -> Self {
        Self::Flow(why.into())
    }
}

fn incident() -> String {
    let id = new_id::<InboxId>().bits();
    format!("{:010X}", id & 0xff_ffff_ffff)
}

/// The status of a refusal or fault.
pub(super) const fn status(fault: Fault) -> StatusCode {
    match fault {
        Fault::Forbidden | Fault::ViewOnly => StatusCode::FORBIDDEN,
        Fault::NotFound => StatusCode::NOT_FOUND,
        Fault::TooMany => StatusCode::TOO_MANY_REQUESTS,
        Fault::Unreadable => StatusCode::BAD_REQUEST,
        Fault::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
        Fault::Busy => StatusCode::SERVICE_UNAVAILABLE,
        _ => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

/// A page. Its own forms name their origin under this referrer policy (Fetch, "append a request
/// `Origin` header"); other sites learn nothing from it either way.
pub(super) fn page(status: StatusCode, page: Markup) -> HttpResponse {
    HttpResponse::build(status)
        .content_type(ContentType::html())
        .insert_header((CONTENT_SECURITY_POLICY, headers::file_policy()))
        .insert_header((REFERRER_POLICY, "same-origin"))
        .body(page.into_string())
}

/// A page before anybody is signed in: its style is inlined.
pub(super) fn plain(status: StatusCode, page: Markup) -> HttpResponse {
    let policy = headers::page_policy(PLAIN_ACCENT);
    HttpResponse::build(status)
        .content_type(ContentType::html())
        .insert_header((CONTENT_SECURITY_POLICY, &*policy))
        .body(page.into_string())
}

/// The language of the browser; French when it names none of ours.
pub(super) fn language(request: &HttpRequest) -> Language {
    browser(request).unwrap_or(Language::Fr)
}
