//! Saying when one will pay: form, check, receipt.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use domain::invoice::Invoice;
use domain::promise::{Promise, check_day};
use domain::{Day, PromiseId};
use views::portal::promise::{self as view, PromiseForm};
use views::problem::{Problem, Wrong};

use super::choice::{self, Amounts};
use super::{outcome, status};
use crate::app::App;
use crate::flows::FlowError;
use crate::flows::promise::{Pledge, make};
use crate::store;
use crate::web::error::WebError;
use crate::web::form::{Fields, Posted, Step};
use crate::web::input;
use crate::web::session::{Visit, random_hex};

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
    let amounts = choice::amounts(&visit, &items, &Fields::none())?;
    let form = form(&visit, amounts, random_hex()?, &Fields::none());
    Ok(page(&visit, StatusCode::OK, &form))
}

/// The form posted: checked, then recorded once confirmed.
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
        let id = done.parse().map_err(|_| WebError::NotFound)?;
        return receipt(&app, &visit, id).await;
    }
    match choice::payable(&visit, items)? {
        Ok(items) => go_on(&app, &visit, &items, &fields, key).await,
        Err(answer) => Ok(answer),
    }
}

async fn go_on(
    app: &App,
    visit: &Visit,
    items: &[Invoice],
    fields: &Fields,
    key: String,
) -> Result<HttpResponse, WebError> {
    let amounts = choice::amounts(visit, items, fields)?;
    let (shares, total) = (amounts.shares.clone(), amounts.total);
    let mut form = form(visit, amounts, key, fields);
    let day = match day(visit, &form) {
        Ok(day) => day,
        Err(wrong) => {
            form.problems.push(Problem::new("day", wrong));
            visit.today()
        }
    };
    match fields.step() {
        Step::Edit | Step::Recount => {
            form.problems.clear();
            return Ok(page(visit, StatusCode::OK, &form));
        }
        _ if !form.problems.is_empty() => {
            return Ok(page(visit, status(form.problems.len()), &form));
        }
        Step::Check => {
            let page = view::check(&visit.frame(), &form, total, day);
            return Ok(visit.page(StatusCode::OK, page));
        }
        Step::Confirm => {}
    }
    let pledge = Pledge {
        shares,
        due_on: day,
        key: form.key.clone(),
    };
    match make(app, visit.visitor, pledge).await {
        Ok(id) => receipt(app, visit, id).await,
        Err(why) => refused(app, visit, fields, form, why).await,
    }
}

fn form(visit: &Visit, amounts: Amounts, key: String, fields: &Fields) -> PromiseForm {
    let today = visit.today();
    PromiseForm {
        chosen: amounts.chosen,
        key,
        day: fields.text("day").to_owned(),
        first: today.plus_days(1),
        last: today.plus_days(i64::from(visit.supplier.promise_days_max)),
        problems: amounts.problems,
    }
}

fn day(visit: &Visit, form: &PromiseForm) -> Result<Day, Wrong> {
    let day = input::day(&form.day)?;
    check_day(day, visit.today(), visit.supplier.promise_days_max)
        .map_err(|limits| Wrong::DayOutside(limits.first, limits.last))
}

fn page(visit: &Visit, status: StatusCode, form: &PromiseForm) -> HttpResponse {
    visit.page(status, view::page(&visit.frame(), form))
}

/// The account changed between the check and the confirmation, or the day did.
async fn refused(
    app: &App,
    visit: &Visit,
    fields: &Fields,
    form: PromiseForm,
    why: FlowError,
) -> Result<HttpResponse, WebError> {
    if let FlowError::OutsideLimits(limits) = why {
        let wrong = Wrong::DayOutside(limits.first, limits.last);
        let problems = vec![Problem::new("day", wrong)];
        let form = PromiseForm { problems, ..form };
        return Ok(page(visit, StatusCode::UNPROCESSABLE_ENTITY, &form));
    }
    if !why.is_conflict() {
        return Err(why.into());
    }
    let items = match choice::load(app, visit, fields).await? {
        Ok(items) => items,
        Err(answer) => return Ok(answer),
    };
    let items = match choice::payable(visit, items)? {
        Ok(items) => items,
        Err(answer) => return Ok(answer),
    };
    let amounts = choice::amounts(visit, &items, fields)?;
    let form = self::form(visit, amounts, form.key, fields);
    Ok(page(visit, StatusCode::CONFLICT, &form))
}

/// What was recorded, read back.
async fn receipt(app: &App, visit: &Visit, id: PromiseId) -> Result<HttpResponse, WebError> {
    let visitor = visit.visitor;
    let (promise, items) = app
        .store
        .read(move |conn| {
            let promise = store::promise::find(conn, visitor.supplier, id)?;
            let ids: Vec<_> = promise.shares.iter().map(|share| share.invoice).collect();
            let items = store::invoice::find_many(conn, visitor.supplier, visitor.debtor, &ids)?;
            Ok((promise, items))
        })
        .await?;
    let Promise { amount, due_on, .. } = promise;
    let amounts = choice::amounts(visit, &items, &Fields::none())?;
    let form = form(visit, amounts, String::new(), &Fields::none());
    let page = view::receipt(&visit.frame(), &form, amount, due_on);
    Ok(visit.page(StatusCode::OK, page))
}
