//! The demonstration's card page. Only an installation that takes no money has one.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use views::portal::sandbox::{self as view, SandboxCard};

use super::Sandbox;
use super::error::WebError;
use super::form::Posted;
use super::pages::see_other;
use super::session::Visit;
use crate::app::App;
use crate::flows::sandbox;

/// The page.
pub(super) async fn show(
    app: web::Data<App>,
    cards: web::Data<Sandbox>,
    visit: Visit,
    page: web::Path<String>,
) -> Result<HttpResponse, WebError> {
    let cards = cards.as_ref().as_ref().ok_or(WebError::NotFound)?;
    let card = sandbox::look(&app, cards, visit.visitor, &page).await?;
    let card = SandboxCard {
        action: format!("/sandbox/card/{page}"),
        amount: card.amount,
        description: card.description,
        leave: card.leave,
    };
    Ok(visit.page(StatusCode::OK, view::page(&visit.frame(), &card)))
}

/// Approves or refuses, then goes back as a provider would send the debtor back.
pub(super) async fn post(
    app: web::Data<App>,
    cards: web::Data<Sandbox>,
    posted: Posted,
    page: web::Path<String>,
) -> Result<HttpResponse, WebError> {
    let cards = cards.as_ref().as_ref().ok_or(WebError::NotFound)?;
    let approve = posted.fields.text("outcome") == "approve";
    let back = sandbox::pay(&app, cards, posted.visit.visitor, &page, approve).await?;
    Ok(see_other(&back))
}
