//! The staff's pages: the whole map of their addresses is here.
//!
//! GET changes nothing. Who is signed in is asked anew for each request, with what they may do at
//! which supplier; a supplier without a role for the user is not there at all. What is posted
//! carries the session's form token and comes from our own pages.

mod answer;
mod columns;
mod contacts;
mod debtor;
mod debtors;
mod dispute;
mod documents;
mod form;
mod history;
mod import_result;
mod imports;
mod limit;
mod mailbox;
mod messages;
mod receive;
mod session;
mod sign_in;
mod today;

use actix_web::http::header::CACHE_CONTROL;
use actix_web::{HttpResponse, web};
use views::paths;
use views::staff::shell;

pub use limit::Tries;
use mailbox::Demonstration;

/// Every address of the staff. The handlers want `Data<App>` and one `Data<Tries>` for the whole
/// server.
pub fn routes(cfg: &mut web::ServiceConfig) {
    cfg.route(paths::STAFF_CSS, web::get().to(style))
        .service(
            web::resource(paths::SIGN_IN)
                .route(web::get().to(sign_in::show))
                .route(web::post().to(sign_in::enter)),
        )
        .route(paths::SIGN_OUT, web::post().to(sign_in::leave))
        .route(paths::TODAY, web::get().to(today::show))
        .route(paths::MESSAGES, web::get().to(messages::show))
        .service(
            web::resource("/staff/messages/{message}")
                .route(web::get().to(messages::copy))
                .route(web::post().to(messages::decide)),
        )
        .route("/staff/{supplier}/debtors", web::get().to(debtors::show))
        .route(
            "/staff/{supplier}/debtors/{debtor}",
            web::get().to(debtor::show),
        )
        .route(
            "/staff/{supplier}/disputes/{dispute}",
            web::post().to(dispute::answer),
        )
        .service(
            web::resource("/staff/{supplier}/invoices/{invoice}/documents")
                .route(web::get().to(documents::show))
                .route(web::post().to(documents::receive)),
        )
        .route(
            "/staff/{supplier}/documents/{document}",
            web::get().to(documents::download),
        )
        .route(
            "/staff/{supplier}/contacts/{contact}",
            web::post().to(contacts::decide),
        )
        .route(
            "/staff/{supplier}/contact-tasks/{task}",
            web::post().to(contacts::finish),
        )
        .service(
            web::resource("/staff/{supplier}/imports")
                .route(web::get().to(imports::show))
                .route(web::post().to(imports::receive)),
        )
        .service(
            web::resource("/staff/{supplier}/imports/{import}")
                .route(web::get().to(columns::show))
                .route(web::post().to(columns::confirm)),
        );
}

/// The demonstration's mailbox, open to whoever looks: never registered where messages leave.
pub fn mailbox_routes(cfg: &mut web::ServiceConfig) {
    cfg.app_data(web::Data::new(Demonstration))
        .route(paths::MAILBOX, web::get().to(mailbox::list))
        .route("/staff/mailbox/{message}", web::get().to(mailbox::show))
        .route(
            "/staff/mailbox/{message}/html",
            web::get().to(mailbox::html),
        );
}

/// The style of all staff pages.
async fn style() -> HttpResponse {
    HttpResponse::Ok()
        .content_type("text/css; charset=utf-8")
        .insert_header((CACHE_CONTROL, "public, max-age=3600"))
        .body(shell::STAFF_CSS)
}
