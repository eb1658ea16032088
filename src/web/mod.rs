//! What browsers and providers call: the whole map of addresses is here.
//!
//! GET and HEAD change nothing, whoever follows a link. Requests are read into the domain's types
//! at this border; what they ask for is done by flows; what is shown is written by views.

mod csrf;
mod error;
mod faults;
mod form;
pub mod headers;
mod health;
mod hooks;
mod input;
mod limits;
mod pages;
mod portal;
mod sandbox;
mod session;
pub mod staff;
pub mod token;
mod trace;

use std::net::TcpListener;
use std::sync::Arc;

use actix_web::dev::Server;
use actix_web::middleware::{Compress, from_fn};
use actix_web::web::{post, resource as at};
use actix_web::{FromRequest, Handler, HttpServer, Responder, Route, guard, web};

use crate::app::App;
use crate::flows::sandbox::SandboxGateway;
use limits::Limits;
use portal::{
    account, code, dispute, invoice, landing, mandate, papers, pay, payment, preferences, promise,
};
use views::paths;

/// Bytes of a posted form; the longest text in one is some kilobytes.
const FORM_MAX: usize = 64 * 1024;

/// Seconds that requests under way are given when the server is told to stop.
const STOP_SECONDS: u64 = 10;

/// The demonstration's card pages, where there are any.
type Sandbox = Option<Arc<SandboxGateway>>;

/// More addresses than every installation has.
pub type Routes = fn(&mut web::ServiceConfig);

/// What a demonstration or a bench serves besides.
#[derive(Clone, Default)]
pub struct Extras {
    /// Card pages that take no money.
    pub sandbox: Sandbox,
    /// More addresses.
    pub more: Vec<Routes>,
}

/// Every address and what answers it.
pub fn routes(cfg: &mut web::ServiceConfig) {
    let hook = web::PayloadConfig::new(hooks::stripe::BODY_MAX);
    cfg.service(at("/livez").route(get(health::live)))
        .service(at("/readyz").route(get(health::ready)))
        .service(
            at("/l/{token}")
                .route(get(landing::show))
                .route(post().to(landing::open)),
        )
        .service(at("/l/{token}/renew").route(post().to(landing::renew)))
        .service(at(paths::ACCOUNT).route(get(account::show)))
        .service(at("/invoices/{invoice}").route(get(invoice::show)))
        .service(
            at("/invoices/{invoice}/dispute")
                .route(get(dispute::show))
                .route(post().to(dispute::post)),
        )
        .service(
            at(paths::PROMISE)
                .route(get(promise::show))
                .route(post().to(promise::post)),
        )
        .service(
            at(paths::PAY)
                .route(get(pay::show))
                .route(post().to(pay::post)),
        )
        .service(
            at(paths::MANDATE)
                .route(get(mandate::show))
                .route(post().to(mandate::post)),
        )
        .service(at("/payments/{payment}").route(get(payment::show)))
        .service(at("/payments/{payment}/receipt.pdf").route(get(papers::receipt)))
        .service(at("/mandates/{mandate}.pdf").route(get(papers::mandate)))
        .service(at("/invoices/{invoice}/documents/{document}").route(get(papers::document)))
        .service(
            at(paths::PREFERENCES)
                .route(get(preferences::show))
                .route(post().to(preferences::post)),
        )
        .service(
            at(paths::CODE)
                .route(get(code::show))
                .route(post().to(code::post)),
        )
        .service(at(paths::STATEMENT_PDF).route(get(papers::statement)))
        .service(at(paths::STATEMENT_CSV).route(get(papers::statement_csv)))
        .service(
            at("/hooks/stripe/{supplier}")
                .app_data(hook)
                .route(post().to(hooks::stripe::receive)),
        )
        .service(
            at("/sandbox/card/{page}")
                .route(get(sandbox::show))
                .route(post().to(sandbox::post)),
        )
        .configure(staff::routes);
}

/// A route for GET, and for HEAD just the same.
fn get<F, Args>(handler: F) -> Route
where
    F: Handler<Args>,
    Args: FromRequest + 'static,
    F::Output: Responder + 'static,
{
    let method = guard::Any(guard::Get()).or(guard::Head());
    web::route().guard(method).to(handler)
}

/// Serves on a socket that listens already, until the process is told to stop.
pub fn serve(app: Arc<App>, listener: TcpListener, extras: Extras) -> std::io::Result<Server> {
    let limits = web::Data::new(Limits::new(&app.clock));
    let app = web::Data::from(app);
    let sandbox = web::Data::new(extras.sandbox);
    let tries = web::Data::new(staff::Tries::default());
    let server = HttpServer::new(move || {
        // The last one wrapped is the first to see a request.
        actix_web::App::new()
            .app_data(app.clone())
            .app_data(sandbox.clone())
            .app_data(limits.clone())
            .app_data(tries.clone())
            .app_data(web::FormConfig::default().limit(FORM_MAX))
            .configure(routes)
            .configure(|cfg| extras.more.iter().for_each(|more| more(cfg)))
            .wrap(from_fn(csrf::same_origin))
            .wrap(from_fn(session::keep))
            .wrap(from_fn(faults::render))
            .wrap(Compress::default())
            .wrap(from_fn(headers::on_every_answer))
            .wrap(from_fn(trace::trace))
    });
    Ok(server
        .shutdown_timeout(STOP_SECONDS)
        .listen(listener)?
        .run())
}
