//! Paying chosen invoices: amounts, total and method; then each method goes its own way.
//!
//! The button names the total. When the amounts posted come to another sum, or the account changed
//! meanwhile, the form is shown again with the new sum: nobody pays what a button did not name.

mod basket;
pub(super) mod debited;
pub(super) mod form;
mod order;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use domain::code::Action;
use domain::payment::{Method, PaymentState};
use domain::{CollectionId, PaymentId};
use views::paths;
use views::portal::pay as view;
use views::problem::{Problem, Wrong};

use super::code::require_code;
use super::{outcome, status};
use crate::app::App;
use crate::store;
use crate::web::error::WebError;
use crate::web::form::{Fields, Posted, Step};
use crate::web::pages::see_other;
use crate::web::session::{Acting, Visit, random_hex};
use form::{Ways, build};

/// The form for the invoices named in the address.
pub(in crate::web) async fn show(
    app: web::Data<App>,
    Acting(visit): Acting,
    request: HttpRequest,
) -> Result<HttpResponse, WebError> {
    let fields = Fields::of_query(&request);
    let stock = match basket::load(&app, &visit, &fields).await? {
        Ok(stock) => stock,
        Err(answer) => return Ok(answer),
    };
    let ways = Ways::load(&app, &visit).await?;
    let basket = basket::read(&visit, &stock, &fields)?;
    let form = build(&visit, &ways, basket, random_hex()?, &fields);
    Ok(page(&visit, StatusCode::OK, &form))
}

/// The form posted, from itself or from the check of a debit.
pub(in crate::web) async fn post(
    app: web::Data<App>,
    posted: Posted,
    request: HttpRequest,
) -> Result<HttpResponse, WebError> {
    let Posted { visit, mut fields } = posted;
    let key = fields.key()?;
    if let Some(done) = outcome(&app, &visit, &key).await? {
        return again(&app, &visit, &done, key).await;
    }
    let stock = match basket::load(&app, &visit, &fields).await? {
        Ok(stock) => stock,
        Err(answer) => return Ok(answer),
    };
    let ways = Ways::load(&app, &visit).await?;
    let spread = basket::spread(&visit, &stock, &mut fields)?;
    let basket = basket::read(&visit, &stock, &fields)?;
    let what = basket.what.clone();
    let mut form = build(&visit, &ways, basket, key, &fields);
    if let Some(spread) = spread {
        form.problems.extend(spread.err());
        return Ok(page(&visit, status(form.problems.len()), &form));
    }
    form.recounted = fields.text("total") != form.total.minor().to_string();
    if fields.step() == Step::Edit {
        form.problems.clear();
        form.recounted = false;
        return Ok(page(&visit, StatusCode::OK, &form));
    }
    let chosen = form.covered.map(|_| Method::Credit).or(form.method);
    let Some(method) = chosen else {
        form.problems
            .push(Problem::new("method", Wrong::MethodMissing));
        return Ok(page(&visit, StatusCode::UNPROCESSABLE_ENTITY, &form));
    };
    if fields.step() == Step::Recount || form.recounted || !form.problems.is_empty() {
        return Ok(page(&visit, status(form.problems.len()), &form));
    }
    if method == Method::Card && form.saved.is_none() && form.keep == Some(true) {
        // The code comes last: everything else was found right.
        let asked = require_code(&app, (&visit, &request), &fields, Action::Card).await?;
        if let Some(ask) = asked {
            let page = view::keep_check(&visit.frame(), &form, &ask);
            return Ok(visit.page(status(ask.problems.len()), page));
        }
    }
    order::place(
        &app,
        (&visit, &request),
        &ways,
        form,
        (method, what, &fields),
    )
    .await
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
    let pays_there = payment.method.is_at_provider() && payment.state.reserves();
    if pays_there && payment.state != PaymentState::Processing {
        return order::by_card(app, visit, payment.designation(), key).await;
    }
    Ok(see_other(&paths::payment(id)))
}
