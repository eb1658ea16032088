//! Paying chosen invoices: amounts, total and method; then each method goes its own way.
//!
//! The button names the total. When the amounts posted come to another sum, or the account changed
//! meanwhile, the form is shown again with the new sum: nobody pays what a button did not name.

pub(super) mod form;
mod order;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use domain::CollectionId;
use domain::PaymentId;
use domain::payment::Method;
use views::paths;
use views::portal::pay as view;
use views::problem::{Problem, Wrong};

use super::{choice, outcome, status};
use crate::app::App;
use crate::store;
use crate::web::error::WebError;
use crate::web::form::{Fields, Posted, Step};
use crate::web::pages::see_other;
use crate::web::session::{Visit, random_hex};
use form::{Ways, build};

/// The form for the invoices named in the address.
pub(in crate::web) async fn show(
    app: web::Data<App>,
    visit: Visit,
    request: HttpRequest,
) -> Result<HttpResponse, WebError> {
    let fields = Fields::of_query(&request);
    let items = match choice::load(&app, &visit, &fields).await? {
        Ok(items) => items,
        Err(answer) => return Ok(answer),
    };
    let items = match choice::payable(&visit, items)? {
        Ok(items) => items,
        Err(answer) => return Ok(answer),
    };
    let ways = Ways::load(&app, &visit).await?;
    let amounts = choice::amounts(&visit, &items, &fields)?;
    let form = build(&visit, &ways, amounts, random_hex()?, &fields);
    Ok(page(&visit, StatusCode::OK, &form))
}

/// The form posted, from itself or from the check of a debit.
pub(in crate::web) async fn post(
    app: web::Data<App>,
    posted: Posted,
) -> Result<HttpResponse, WebError> {
    let Posted { visit, fields } = posted;
    let items = match choice::load(&app, &visit, &fields).await? {
        Ok(items) => items,
        Err(answer) => return Ok(answer),
    };
    let key = fields.key()?;
    if let Some(done) = outcome(&app, &visit, &key).await? {
        return again(&app, &visit, &done, key).await;
    }
    let items = match choice::payable(&visit, items)? {
        Ok(items) => items,
        Err(answer) => return Ok(answer),
    };
    let ways = Ways::load(&app, &visit).await?;
    let amounts = choice::amounts(&visit, &items, &fields)?;
    let shares = amounts.shares.clone();
    let mut form = build(&visit, &ways, amounts, key, &fields);
    form.recounted = fields.text("total") != form.total.minor().to_string();
    if fields.step() == Step::Edit {
        form.problems.clear();
        form.recounted = false;
        return Ok(page(&visit, StatusCode::OK, &form));
    }
    let Some(method) = form.method else {
        form.problems
            .push(Problem::new("method", Wrong::MethodMissing));
        return Ok(page(&visit, StatusCode::UNPROCESSABLE_ENTITY, &form));
    };
    if fields.step() == Step::Recount || form.recounted || !form.problems.is_empty() {
        return Ok(page(&visit, status(form.problems.len()), &form));
    }
    order::place(&app, &visit, &ways, form, (method, shares, &fields)).await
}

fn page(visit: &Visit, status: StatusCode, form: &view::PayForm) -> HttpResponse {
    visit.page(status, view::page(&visit.frame(), form))
}

/// The form was sent before: on to where it led. A card page that is still open is offered again,
/// for a second click overtakes the answer to the first.
async fn again(
    app: &App,
    visit: &Visit,
    done: &str,
    key: String,
) -> Result<HttpResponse, WebError> {
    let supplier = visit.visitor.supplier;
    if let Ok(id) = done.parse::<CollectionId>() {
        let collection = app
            .store
            .read(supplier, move |conn| {
                store::collection::find(conn, supplier, id)
            })
            .await?;
        return Ok(see_other(&paths::payment(collection.payment)));
    }
    let id: PaymentId = done.parse().map_err(|_| WebError::NotFound)?;
    let payment = app
        .store
        .read(supplier, move |conn| {
            store::payment::find(conn, supplier, id)
        })
        .await?;
    if payment.method == Method::Card && payment.state.reserves() {
        return order::by_card(app, visit, payment.shares, key).await;
    }
    Ok(see_other(&paths::payment(id)))
}
