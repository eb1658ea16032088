//! What a supervisor asks: does the program run, and can it work.

use actix_web::{HttpResponse, web};

use super::error::WebError;
use crate::app::App;

/// The program runs.
pub(super) async fn live() -> HttpResponse {
    HttpResponse::Ok().content_type("text/plain").body("ok\n")
}

/// The database answers.
pub(super) async fn ready(app: web::Data<App>) -> Result<HttpResponse, WebError> {
    match app.store.ping().await {
        Ok(()) => Ok(live().await),
        Err(why) => {
            tracing::error!(%why, "not ready");
            Ok(HttpResponse::ServiceUnavailable()
                .content_type("text/plain")
                .body("the database does not answer\n"))
        }
    }
}
