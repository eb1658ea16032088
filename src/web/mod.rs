//! What browsers and providers call: the whole map of addresses is here.
//!
//! GET and HEAD change nothing, whoever follows a link. Requests are read into the domain's types
//! at this border; what they ask for is done by flows; what is shown is written by views.

mod address;
mod attach;
mod conversation;
mod csrf;
mod error;
mod faults;
mod files;
mod form;
mod form_files;
mod front;
pub mod headers;
mod health;
mod hooks;
mod input;
mod limits;
mod multipart;
mod pages;
mod portal;
mod sandbox;
mod session;
pub mod staff;
pub mod token;
mod trace;

use std::net::TcpListener;
use std::sync::Arc;
use std::time::Duration;

use actix_web::dev::Server;
use actix_web::middleware::{Compress, from_fn};
use actix_web::web::{post, resource as at};
use actix_web::{FromRequest, Handler, HttpServer, Resource, Responder, Route, guard, web};

use crate::app::App;
use crate::flows::sandbox::SandboxGateway;
use limits::Limits;
use portal::{
    abandon, account, check_iban, code, confirm, dispute, invoice, landing, mandate, papers, pay,
    payment, plan, plan_form, preferences, promise, promised, report, revoke,
};
use views::paths;

/// Bytes of a posted form; the longest text in one is some kilobytes.
const FORM_MAX: usize = 64 * 1024;

/// How long a connection that asks nothing is kept: longer than proxies keep theirs (60 seconds in
/// most), so that none sends a request into a connection that is being closed.
const KEPT_OPEN: Duration = Duration::from_secs(75);

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

/// Every address and what answers it. Addresses without a variable come first: they are compared,
/// the others are searched one after the other.
pub fn routes(cfg: &mut web::ServiceConfig) {
    let hook = web::PayloadConfig::new(hooks::stripe::BODY_MAX);
    let receive = post().to(hooks::stripe::receive);
    let (card, outcome) = (get(sandbox::show), post().to(sandbox::post));
    cfg.configure(account_pages)
        .service(at("/").route(get(front::show)))
        .service(at("/livez").route(get(health::live)))
        .service(at("/readyz").route(get(health::ready)))
        .configure(staff::routes)
        .service(form("/l/{token}", get(landing::show), landing::open))
        .service(at("/l/{token}/renew").route(post().to(landing::renew)))
        .configure(invoice_pages)
        .configure(payment_pages)
        .service(
            at("/hooks/stripe/{supplier}")
                .app_data(hook.clone())
                .route(receive),
        )
        .service(
            at("/hooks/mail/{supplier}/{provider}/{secret}")
                .app_data(hook.clone())
                .route(post().to(hooks::mail::receive)),
        )
        .service(
            at("/hooks/sms/{supplier}/{provider}/{secret}")
                .app_data(hook.clone())
                .route(post().to(hooks::sms::receive)),
        )
        .service(
            at("/hooks/sms/{supplier}/{provider}/{secret}/{message}")
                .app_data(hook)
                .route(post().to(hooks::sms::receive_of)),
        )
        .service(at("/sandbox/card/{page}").route(card).route(outcome));
}

/// The account, and what begins there.
fn account_pages(cfg: &mut web::ServiceConfig) {
    let preferences = form(
        paths::PREFERENCES,
        get(preferences::show),
        preferences::post,
    );
    cfg.service(at(paths::ACCOUNT).route(get(account::show)))
        .service(form(paths::PAY, get(pay::show), pay::post))
        .service(form(paths::PROMISE, get(promise::show), promise::post))
        .service(form(paths::PLAN, get(plan_form::show), plan_form::post))
        .service(form(paths::MANDATE, get(mandate::show), mandate::post))
        .service(at(paths::STATEMENT_PDF).route(get(papers::statement)))
        .service(at(paths::STATEMENT_CSV).route(get(papers::statement_csv)))
        .service(preferences)
        .service(form(
            paths::CHECK_IBAN,
            get(check_iban::show),
            check_iban::post,
        ))
        .service(form(paths::CODE, get(code::show), code::post));
}

/// What one invoice says, and what is said about it.
fn invoice_pages(cfg: &mut web::ServiceConfig) {
    let paper = "/invoices/{invoice}/documents/{document}";
    cfg.service(at("/invoices/{invoice}").route(get(invoice::show)))
        .service(at(paper).route(get(papers::document)))
        .service(form(
            "/invoices/{invoice}/confirm",
            get(confirm::show),
            confirm::post,
        ))
        .service(form(
            "/invoices/{invoice}/dispute",
            get(dispute::show),
            dispute::post,
        ))
        .service(form("/disputes/{dispute}", get(report::show), report::post))
        .service(at("/files/{file}").route(get(report::file)));
}

/// When and how it is paid.
fn payment_pages(cfg: &mut web::ServiceConfig) {
    let calendar = "/promises/{promise}/calendar.ics";
    cfg.service(form(
        "/promises/{promise}",
        get(promised::show),
        promised::post,
    ))
    .service(at(calendar).route(get(promised::calendar)))
    .service(form("/plans/{plan}", get(plan::show), plan::post))
    .service(at("/payments/{payment}").route(get(payment::show)))
    .service(at("/payments/{payment}/abandon").route(post().to(abandon::post)))
    .service(at("/payments/{payment}/receipt.pdf").route(get(papers::receipt)))
    .service(at("/mandates/{mandate}.pdf").route(get(papers::mandate)))
    .service(form("/mandates/{mandate}", get(revoke::show), revoke::post));
}

/// A page and the form on it, posted to the same address.
fn form<F, Args>(path: &str, show: Route, send: F) -> Resource
where
    F: Handler<Args>,
    Args: FromRequest + 'static,
    F::Output: Responder + 'static,
{
    at(path).route(show).route(post().to(send))
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
            .configure(|cfg| extras.more.iter().for_each(|more| more(cfg)))
            .configure(routes)
            .wrap(from_fn(csrf::same_origin))
            .wrap(from_fn(session::keep))
            .wrap(from_fn(faults::render))
            .wrap(Compress::default())
            .wrap(from_fn(headers::on_every_answer))
            .wrap(from_fn(trace::trace))
    });
    Ok(server
        .keep_alive(KEPT_OPEN)
        .shutdown_timeout(STOP_SECONDS)
        .listen(listener)?
        .run())
}
