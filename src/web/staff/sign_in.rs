//! Signing in and out.

use std::net::{IpAddr, SocketAddr};

use actix_web::cookie::Cookie;
use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use serde::Deserialize;
use views::paths;
use views::portal::notice::Fault;
use views::problem::{Problem, Wrong};
use views::staff::sign_in as view;

use super::answer::{self, Found, Refusal, page};
use super::form;
use super::limit::Tries;
use super::session::{self, Staff, refuse};
use crate::app::App;
use crate::flows::{FlowError, sign_in};
use crate::web::pages::see_other;

/// Minutes the sign-in form may stay open.
const FORM_MINUTES: i64 = 60;

/// Characters of the longest mailbox (RFC 5321) and of the longest password that is looked at.
const CHARS_MAX: usize = 254;

/// The name of the cookie that the sign-in form belongs to.
fn cookie_name(app: &App) -> &'static str {
    if session::over_https(app) {
        "__Host-acquit-sign-in"
    } else {
        "acquit-sign-in"
    }
}

/// What the form posts.
#[derive(Deserialize)]
pub(super) struct Entry {
    #[serde(default)]
    csrf: String,
    #[serde(default)]
    email: String,
    #[serde(default)]
    password: String,
}

/// The form. It belongs to a cookie of its own, so that nobody is signed in by another's form.
pub(super) async fn show(request: HttpRequest, app: web::Data<App>) -> HttpResponse {
    let found = blank(&request, &app);
    found.unwrap_or_else(|refusal| refuse(&request, &refusal))
}

fn blank(request: &HttpRequest, app: &App) -> Found {
    let belongs = form::key();
    let csrf = sign(app, &belongs)?;
    let form = view::page(answer::language(request), &csrf, "", &[]);
    let mut response = page(StatusCode::OK, form);
    let cookie = session::cookie(app, cookie_name(app), belongs);
    set(&mut response, &cookie)?;
    Ok(response)
}

fn sign(app: &App, belongs: &str) -> Result<String, FlowError> {
    form::token(app, belongs, app.now().plus_minutes(FORM_MINUTES))
}

fn set(response: &mut HttpResponse, cookie: &Cookie<'_>) -> Result<(), FlowError> {
    let refused = |why| FlowError::Unusable(format!("a cookie could not be set: {why}"));
    response.add_cookie(cookie).map_err(refused)
}

/// Signs in, or gives the form back: a wrong mailbox and a wrong password look alike.
pub(super) async fn enter(
    request: HttpRequest,
    app: web::Data<App>,
    tries: web::Data<Tries>,
    entry: web::Form<Entry>,
) -> HttpResponse {
    let found = try_entry(&request, &app, &tries, &entry).await;
    found.unwrap_or_else(|refusal| refuse(&request, &refusal))
}

async fn try_entry(request: &HttpRequest, app: &App, tries: &Tries, entry: &Entry) -> Found {
    form::check_origin(app, form::origin(request).as_deref())?;
    let belongs = request.cookie(cookie_name(app));
    let belongs = belongs.map_or_else(String::new, |cookie| cookie.value().to_owned());
    form::check(app, &belongs, &entry.csrf)?;
    let email = form::typed(&entry.email).to_lowercase();
    let (from, now) = (address(request), app.now());
    let mailbox: String = email.chars().take(CHARS_MAX).collect();
    if !tries.admit(from, &mailbox, now) {
        tracing::warn!(mailbox, "too many tries to sign in");
        return Err(Refusal::Fault(Fault::TooMany));
    }
    let short = email == mailbox && entry.password.chars().count() <= CHARS_MAX;
    let signed_in = match short {
        true => sign_in::check(app, &email, &entry.password).await?,
        false => None,
    };
    let Some(signed_in) = signed_in else {
        let wrong = [Problem::new("email", Wrong::SignIn)];
        let csrf = sign(app, &belongs)?;
        let form = view::page(answer::language(request), &csrf, &email, &wrong);
        return Ok(page(StatusCode::UNPROCESSABLE_ENTITY, form));
    };
    tries.forgive(from, &mailbox, now);
    let mut response = see_other(paths::TODAY);
    set(&mut response, &session::begin(app, &signed_in.user)?)?;
    Ok(response)
}

/// Where a request comes from.
pub(super) fn address(request: &HttpRequest) -> Option<IpAddr> {
    request.peer_addr().as_ref().map(SocketAddr::ip)
}

/// What the form for signing out posts.
#[derive(Deserialize)]
pub(super) struct Leave {
    #[serde(default)]
    csrf: String,
}

/// Signs out.
pub(super) async fn leave(staff: Staff, form: web::Form<Leave>) -> HttpResponse {
    let found = left(&staff, &form);
    staff.answer(found)
}

fn left(staff: &Staff, form: &Leave) -> Found {
    staff.check_form(&form.csrf)?;
    let mut response = see_other(paths::SIGN_IN);
    set(&mut response, &session::end(&staff.app))?;
    Ok(response)
}
