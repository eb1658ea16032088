//! What the button of the payment form does, method by method.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use domain::invoice::Share;
use domain::mandate::Mandate;
use domain::payment::Method;
use domain::{Day, PaymentId, target};
use views::paths;
use views::portal::debit::{self as view, DebitFacts};
use views::portal::pay::PayForm;
use views::problem::{Problem, Wrong};

use super::form::{Ways, build};
use super::page;
use crate::app::App;
use crate::flows::debit::{self, DebitOrder};
use crate::flows::pay_by_card::{self, CardOrder};
use crate::flows::{FlowError, pay_by_transfer};
use crate::store;
use crate::web::error::WebError;
use crate::web::form::{Fields, Step};
use crate::web::input;
use crate::web::pages::see_other;
use crate::web::portal::{choice, mandate, outcome};
use crate::web::session::{Visit, random_hex};

/// Goes the chosen way with a form that has no problem.
pub(super) async fn place(
    app: &App,
    visit: &Visit,
    ways: &Ways,
    form: PayForm,
    (method, shares, fields): (Method, Vec<Share>, &Fields),
) -> Result<HttpResponse, WebError> {
    let done = match method {
        Method::Card => card(app, visit, shares, form.key.clone()).await,
        Method::Transfer => transfer(app, visit, shares, form.key.clone()).await,
        Method::Debit => debit(app, visit, ways, &form, (shares, fields)).await,
    };
    match done {
        Ok(answer) => Ok(answer),
        Err(why) => refused(app, visit, ways, (form, fields), why).await,
    }
}

/// Opens the card page that a payment under way is made on.
pub(super) async fn by_card(
    app: &App,
    visit: &Visit,
    shares: Vec<Share>,
    key: String,
) -> Result<HttpResponse, WebError> {
    Ok(card(app, visit, shares, key).await?)
}

/// On to the provider's page; when there is none, on to the page that says what became of it.
async fn card(
    app: &App,
    visit: &Visit,
    shares: Vec<Share>,
    key: String,
) -> Result<HttpResponse, FlowError> {
    let order = CardOrder {
        shares,
        key: key.clone(),
    };
    let why = match pay_by_card::start(app, visit.visitor, order).await {
        Ok(page) => return Ok(see_other(&page.url)),
        Err(why) => why,
    };
    if !matches!(why, FlowError::Card(_)) {
        return Err(why);
    }
    match outcome(app, visit, &key)
        .await?
        .map(|id| id.parse::<PaymentId>())
    {
        Some(Ok(payment)) => Ok(see_other(&paths::payment(payment))),
        _ => Err(why),
    }
}

async fn transfer(
    app: &App,
    visit: &Visit,
    shares: Vec<Share>,
    key: String,
) -> Result<HttpResponse, FlowError> {
    let payment = pay_by_transfer::announce(app, visit.visitor, shares, key).await?;
    Ok(see_other(&paths::payment(payment)))
}

/// Checked first, ordered once confirmed; without a mandate, one is signed before.
async fn debit(
    app: &App,
    visit: &Visit,
    ways: &Ways,
    form: &PayForm,
    (shares, fields): (Vec<Share>, &Fields),
) -> Result<HttpResponse, FlowError> {
    let collect_on = match day(form) {
        Ok(day) => day,
        Err(wrong) => return Ok(wrong_day(visit, form, wrong)),
    };
    let Some(mandate) = &ways.mandate else {
        return Ok(see_other(&mandate::before(form)));
    };
    if fields.step() != Step::Confirm {
        let facts = facts(form, mandate, collect_on);
        let page = view::check(&visit.frame(), form, &facts);
        return Ok(visit.page(StatusCode::OK, page));
    }
    let order = DebitOrder {
        mandate: mandate.id,
        shares,
        collect_on,
        key: form.key.clone(),
    };
    let (id, supplier) = (
        debit::order(app, visit.visitor, order).await?,
        visit.visitor.supplier,
    );
    let collection = app
        .store
        .read(supplier, move |conn| {
            store::collection::find(conn, supplier, id)
        })
        .await?;
    Ok(see_other(&paths::payment(collection.payment)))
}

fn day(form: &PayForm) -> Result<Day, Wrong> {
    let (first, last) = form.debit_days;
    let day = input::day(&form.debit_on)?;
    if target::bank_day_from(day) < first || day > last {
        return Err(Wrong::DayOutside(first, last));
    }
    Ok(day)
}

fn wrong_day(visit: &Visit, form: &PayForm, wrong: Wrong) -> HttpResponse {
    let mut form = form.clone();
    form.problems.push(Problem::new("debit_on", wrong));
    page(visit, StatusCode::UNPROCESSABLE_ENTITY, &form)
}

fn facts(form: &PayForm, mandate: &Mandate, collect_on: Day) -> DebitFacts {
    DebitFacts {
        amount: form.total,
        collect_on: target::bank_day_from(collect_on),
        last_four: mandate.iban.last_four().to_owned(),
        reference: mandate.reference.clone(),
        creditor_id: mandate.creditor_id.clone(),
    }
}

/// The account or the offer changed meanwhile: the form again, with what holds now. Nothing was
/// recorded and nothing was taken.
async fn refused(
    app: &App,
    visit: &Visit,
    ways: &Ways,
    (form, fields): (PayForm, &Fields),
    why: FlowError,
) -> Result<HttpResponse, WebError> {
    match why {
        FlowError::OutsideLimits(limits) => {
            let wrong = Wrong::DayOutside(limits.first, limits.last);
            return Ok(wrong_day(visit, &form, wrong));
        }
        FlowError::NotOffered(_) => {
            let mut form = form;
            form.problems
                .push(Problem::new("method", Wrong::MethodMissing));
            return Ok(page(visit, StatusCode::UNPROCESSABLE_ENTITY, &form));
        }
        why if !why.is_conflict() => return Err(why.into()),
        _ => {}
    }
    let items = match choice::load(app, visit, fields).await? {
        Ok(items) => items,
        Err(answer) => return Ok(answer),
    };
    let items = match choice::payable(visit, items)? {
        Ok(items) => items,
        Err(answer) => return Ok(answer),
    };
    let amounts = choice::lowered(visit, &items, fields)?;
    let mut form = build(visit, ways, amounts, random_hex()?, fields);
    form.recounted = true;
    Ok(page(visit, StatusCode::CONFLICT, &form))
}
