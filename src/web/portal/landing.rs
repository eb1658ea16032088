//! The page behind a signed link: looking is inert, *Continue* begins a session.
//!
//! Forged, expired and revoked links get one and the same answer.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use views::paths;
use views::portal::{landing as view, notice};

use crate::app::App;
use crate::flows::open_account::{self, Landing};
use crate::web::error::WebError;
use crate::web::limits::Limits;
use crate::web::{pages, session};

/// Characters of the longest token that is looked at.
const TOKEN_MAX: usize = 64;

/// The landing page.
pub(in crate::web) async fn show(
    app: web::Data<App>,
    limits: web::Data<Limits>,
    request: HttpRequest,
    token: web::Path<String>,
) -> Result<HttpResponse, WebError> {
    admit(&app, &limits, &request, &token)?;
    let Some(landing) = open_account::look(&app, &token).await? else {
        return Ok(expired(&request, &token));
    };
    Ok(page(&request, &token, landing))
}

/// *Continue*: begins the session and leaves the token behind.
pub(in crate::web) async fn open(
    app: web::Data<App>,
    limits: web::Data<Limits>,
    request: HttpRequest,
    token: web::Path<String>,
) -> Result<HttpResponse, WebError> {
    admit(&app, &limits, &request, &token)?;
    let Some(landing) = open_account::open(&app, &token).await? else {
        return Ok(expired(&request, &token));
    };
    let cookie = session::begin(&app, &landing.visitor)?;
    let mut answer = pages::see_other(paths::ACCOUNT);
    // Adding fails only for a cookie that is no header; a signed token always is one.
    if let Err(why) = answer.add_cookie(&cookie) {
        tracing::error!(%why, "a session cookie could not be set");
    }
    Ok(answer)
}

/// Asks for a fresh link. Whoever asks reads the same.
pub(in crate::web) async fn renew(
    app: web::Data<App>,
    limits: web::Data<Limits>,
    request: HttpRequest,
    token: web::Path<String>,
) -> Result<HttpResponse, WebError> {
    admit(&app, &limits, &request, &token)?;
    open_account::renew(&app, &token).await?;
    let page = notice::renewed(pages::language(&request));
    Ok(pages::plain(StatusCode::OK, page))
}

/// Turns away what is no token, and whoever guesses or knocks too often.
fn admit(app: &App, limits: &Limits, request: &HttpRequest, token: &str) -> Result<(), WebError> {
    let letter = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    if token.len() > TOKEN_MAX || !token.bytes().all(letter) {
        return Err(WebError::NotFound);
    }
    let admitted = if app.links.verify(token).is_ok() {
        limits.hit(token)
    } else {
        limits.guess(request.peer_addr().map(|peer| peer.ip()))
    };
    admitted.then_some(()).ok_or(WebError::TooMany)
}

fn expired(request: &HttpRequest, token: &str) -> HttpResponse {
    let page = notice::expired(pages::language(request), token);
    pages::plain(StatusCode::NOT_FOUND, page)
}

fn page(request: &HttpRequest, token: &str, landing: Landing) -> HttpResponse {
    let (supplier, debtor) = (&landing.supplier, &landing.debtor);
    let language = pages::reader(request, landing.language, debtor, supplier);
    let frame = pages::frame(supplier, language, "");
    let view = view::Landing {
        token: token.to_owned(),
        debtor: landing.debtor.name,
        kind: landing.said.kind,
        sent_on: landing.said.sent_on,
        amount: landing.said.amount,
    };
    pages::html(
        StatusCode::OK,
        landing.supplier.accent,
        view::page(&frame, &view),
    )
}
