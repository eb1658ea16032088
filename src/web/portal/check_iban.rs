//! Says whether an IBAN is the supplier's. It is posted, so that no address or log keeps it.

use actix_web::HttpResponse;
use domain::bank::Iban;
use views::portal::check_iban::{self as view, CheckIban, Found};
use views::problem::{Problem, Wrong};

use super::status;
use crate::web::error::WebError;
use crate::web::form::Posted;
use crate::web::session::{Visit, random_hex};

/// The form; not found when the supplier shows no account.
pub(in crate::web) async fn show(visit: Visit) -> Result<HttpResponse, WebError> {
    draw(&visit, String::new(), Ok(None))
}

/// The answer.
pub(in crate::web) async fn post(posted: Posted) -> Result<HttpResponse, WebError> {
    let Posted { visit, fields } = posted;
    let typed = fields.text("iban").trim().to_owned();
    let found = whose(&visit, &typed).map(Some);
    draw(&visit, typed, found)
}

fn whose(visit: &Visit, typed: &str) -> Result<Found, Wrong> {
    if typed.is_empty() {
        return Err(Wrong::IbanMissing);
    }
    let iban: Iban = typed.parse().map_err(Wrong::Iban)?;
    let supplier = &visit.supplier;
    let own = supplier.bank.as_ref().filter(|bank| bank.iban == iban);
    Ok(match own {
        Some(bank) => Found::Ours(bank.holder.clone()),
        None => Found::NotOurs(supplier.name.clone(), supplier.contact_phone.clone()),
    })
}

fn draw(
    visit: &Visit,
    iban: String,
    found: Result<Option<Found>, Wrong>,
) -> Result<HttpResponse, WebError> {
    if visit.supplier.bank.is_none() {
        return Err(WebError::NotFound);
    }
    let (found, problems) = match found {
        Ok(found) => (found, Vec::new()),
        Err(wrong) => (None, vec![Problem::new("iban", wrong)]),
    };
    let status = status(problems.len());
    let view = CheckIban {
        iban,
        problems,
        found,
        key: random_hex()?,
    };
    Ok(visit.page(status, view::page(&visit.frame(), &view)))
}
