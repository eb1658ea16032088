//! The demonstration's payment page. Only an installation that takes no money has one.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use views::portal::sandbox::{self as view, SandboxCard};

use super::Sandbox;
use super::error::WebError;
use super::form::Posted;
use super::pages::see_other;
use super::session::Visit;
use crate::app::App;
use crate::flows::sandbox::{self, Button, DebitStands, DebitTurn};

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
        buttons: buttons(card.debit),
        debit: card.debit.is_some(),
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
    let button = match posted.fields.text("outcome") {
        "approve" => Button::Answer(true),
        "pays" => Button::Bank(DebitTurn::Pays),
        "refuses" => Button::Bank(DebitTurn::Refuses),
        "takes_back" => Button::Bank(DebitTurn::TakesBack),
        _ => Button::Answer(false),
    };
    let back = sandbox::pay(&app, cards, posted.visit.visitor, &page, button).await?;
    Ok(see_other(&back))
}

/// What can happen next: to a card at once, to a debit days after it was agreed to.
fn buttons(debit: Option<DebitStands>) -> Vec<view::Outcome> {
    use view::Outcome::{Approve, Pays, Refuse, Refuses, TakesBack};
    match debit {
        None | Some(DebitStands::Asked) => vec![Approve, Refuse],
        Some(DebitStands::Waits) => vec![Pays, Refuses],
        Some(DebitStands::Paid) => vec![TakesBack],
        Some(DebitStands::Over) => Vec::new(),
    }
}
