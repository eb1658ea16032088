//! The root of the site: the staff's pages in a demonstration, else where the ways in are.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse};
use domain::party::Language;
use views::paths;

use super::{pages, staff};

/// The page, or the way on.
pub(super) async fn show(request: HttpRequest) -> HttpResponse {
    if staff::is_demonstration(&request) {
        return pages::see_other(paths::TODAY);
    }
    let lang = pages::browser(&request).unwrap_or(Language::Fr);
    pages::plain(StatusCode::OK, views::front::page(lang))
}
