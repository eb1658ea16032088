//! Saying when one will pay, or changing it: form and check.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use domain::invoice::Invoice;
use domain::payment::Method;
use domain::promise::check_day;
use domain::{Day, PromiseId, target};
use views::paths;
use views::portal::promise::{self as view, PromiseForm};
use views::problem::{Problem, Wrong};

use super::choice::{self, Amounts};
use super::pay::form::Ways;
use super::replaced::Replaced;
use super::{outcome, status};
use crate::app::App;
use crate::flows::FlowError;
use crate::flows::debit;
use crate::flows::promise::{Pledge, Way, make_by};
use crate::web::error::WebError;
use crate::web::form::{Fields, Posted, Step};
use crate::web::input;
use crate::web::pages::see_other;
use crate::web::session::{Acting, Visit, random_hex};

/// The form for the invoices named in the address.
pub(in crate::web) async fn show(
    app: web::Data<App>,
    Acting(visit): Acting,
    request: HttpRequest,
) -> Result<HttpResponse, WebError> {
    let fields = Fields::of_query(&request);
    let (items, ways) = match look(&app, &visit, &fields).await? {
        Ok(found) => found,
        Err(answer) => return Ok(answer),
    };
    let amounts = choice::amounts(&visit, &items, &fields)?;
    let form = form(&visit, &ways, amounts, random_hex()?, &fields);
    Ok(page(&visit, StatusCode::OK, &form))
}

/// What can be promised of the chosen invoices, and how it can be paid. What a promise that is
/// changed has taken of them, and its mandate, count as free.
async fn look(
    app: &App,
    visit: &Visit,
    fields: &Fields,
) -> Result<Result<(Vec<Invoice>, Ways), HttpResponse>, WebError> {
    let mut items = match choice::load(app, visit, fields).await? {
        Ok(items) => items,
        Err(answer) => return Ok(Err(answer)),
    };
    let mut ways = Ways::load(app, visit).await?;
    if let Some(replaced) = Replaced::load(app, visit, fields).await? {
        replaced.free(&mut items)?;
        ways.mandate = replaced.mandate.or(ways.mandate);
    }
    let open = choice::payable(app, visit, fields, items).await?;
    Ok(open.map(|items| (items, ways)))
}

/// The form posted: checked, then recorded once confirmed.
pub(in crate::web) async fn post(
    app: web::Data<App>,
    posted: Posted,
) -> Result<HttpResponse, WebError> {
    let Posted { visit, fields } = posted;
    let key = fields.key()?;
    if let Some(done) = outcome(&app, &visit, &key).await? {
        let id = done.parse().map_err(|_| WebError::NotFound)?;
        return Ok(see_other(&paths::promise(id)));
    }
    match look(&app, &visit, &fields).await? {
        Ok(found) => go_on(&app, &visit, found, &fields, key).await,
        Err(answer) => Ok(answer),
    }
}

async fn go_on(
    app: &App,
    visit: &Visit,
    (items, ways): (Vec<Invoice>, Ways),
    fields: &Fields,
    key: String,
) -> Result<HttpResponse, WebError> {
    let amounts = choice::amounts(visit, &items, fields)?;
    let (shares, total) = (amounts.shares.clone(), amounts.total);
    let mut form = form(visit, &ways, amounts, key, fields);
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
    let way = way(&form, &ways);
    match make_by(app, visit.visitor, pledge, way, form.replaces).await {
        Ok(id) => Ok(see_other(&paths::promise(id))),
        Err(why) => refused(app, visit, fields, form, why).await,
    }
}

fn form(visit: &Visit, ways: &Ways, amounts: Amounts, key: String, fields: &Fields) -> PromiseForm {
    let today = visit.today();
    let euros = amounts.total.currency() == domain::Currency::EUR;
    let mandate = ways.brief().filter(|_| euros);
    let chosen: Option<Method> = fields.text("way").parse().ok();
    let way = match chosen {
        Some(Method::Transfer) if ways.transfer => chosen,
        Some(Method::Debit) if mandate.is_some() => chosen,
        _ if !fields.has("way") && ways.transfer => Some(Method::Transfer),
        _ => None,
    };
    PromiseForm {
        chosen: amounts.chosen,
        key,
        day: fields.text("day").to_owned(),
        first: today.plus_days(1),
        last: today.plus_days(i64::from(visit.supplier.promise_days_max)),
        transfer: ways.transfer,
        mandate,
        way,
        replaces: fields.text("replaces").parse::<PromiseId>().ok(),
        problems: amounts.problems,
    }
}

fn way(form: &PromiseForm, ways: &Ways) -> Way {
    match (form.way, &ways.mandate) {
        (Some(Method::Transfer), _) => Way::Transfer,
        (Some(Method::Debit), Some(mandate)) => Way::Debit(mandate.id),
        _ => Way::Untold,
    }
}

/// The day within the supplier's limits; one for a debit also within the bank's.
fn day(visit: &Visit, form: &PromiseForm) -> Result<Day, Wrong> {
    let day = input::day(&form.day)?;
    let day = check_day(day, visit.today(), visit.supplier.promise_days_max)
        .map_err(|limits| Wrong::DayOutside(limits.first, limits.last))?;
    let first = debit::first_day(&visit.supplier, visit.now);
    if form.way == Some(Method::Debit) && target::bank_day_from(day) < first {
        return Err(Wrong::DayOutside(first, form.last));
    }
    Ok(day)
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
    match &why {
        FlowError::OnPlan(plan) => return Ok(see_other(&paths::plan(*plan))),
        FlowError::TooLate => {
            let old = form.replaces.ok_or(WebError::NotFound)?;
            return Ok(see_other(&paths::promise(old)));
        }
        _ => {}
    }
    if let FlowError::OutsideLimits(limits) = why {
        let wrong = Wrong::DayOutside(limits.first, limits.last);
        let problems = vec![Problem::new("day", wrong)];
        let form = PromiseForm { problems, ..form };
        return Ok(page(visit, StatusCode::UNPROCESSABLE_ENTITY, &form));
    }
    if !why.is_conflict() {
        return Err(why.into());
    }
    let (items, ways) = match look(app, visit, fields).await? {
        Ok(found) => found,
        Err(answer) => return Ok(answer),
    };
    let amounts = choice::amounts(visit, &items, fields)?;
    let form = self::form(visit, &ways, amounts, form.key, fields);
    Ok(page(visit, StatusCode::CONFLICT, &form))
}
