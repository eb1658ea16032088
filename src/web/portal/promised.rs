//! The page of a promise that was made, its day for a calendar, and taking it back.

use actix_web::http::StatusCode;
use actix_web::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use actix_web::{HttpResponse, web};
use domain::PromiseId;
use domain::invoice::Invoice;
use domain::payment::{Method, Payment, PaymentState};
use domain::promise::Promise;
use views::format::money_input;
use views::paths;
use views::portal::chosen::amount_field;
use views::portal::promised::{self as view, Promised};

use super::payment::transfer_page;
use crate::app::App;
use crate::flows::FlowError;
use crate::flows::promise::cancel;
use crate::store;
use crate::web::error::WebError;
use crate::web::form::{Fields, Posted, Step};
use crate::web::pages::see_other;
use crate::web::session::{Visit, random_hex};

/// The page.
pub(in crate::web) async fn show(
    app: web::Data<App>,
    visit: Visit,
    id: web::Path<String>,
) -> Result<HttpResponse, WebError> {
    let view = load(&app, &visit, &id).await?;
    Ok(visit.page(StatusCode::OK, view::page(&visit.frame(), &view)))
}

/// Its day for the debtor's calendar.
pub(in crate::web) async fn calendar(
    app: web::Data<App>,
    visit: Visit,
    id: web::Path<String>,
) -> Result<HttpResponse, WebError> {
    let view = load(&app, &visit, &id).await?;
    let name = format!("attachment; filename=\"{}.ics\"", view.due_on);
    Ok(HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, "text/calendar; charset=utf-8; method=PUBLISH"))
        .insert_header((CONTENT_DISPOSITION, name))
        .body(view::day(&visit.frame(), &view)))
}

/// Taking it back: checked, then done.
pub(in crate::web) async fn post(
    app: web::Data<App>,
    id: web::Path<String>,
    posted: Posted,
) -> Result<HttpResponse, WebError> {
    let Posted { visit, fields } = posted;
    let mut view = load(&app, &visit, &id).await?;
    view.key = fields.key()?;
    let back = see_other(&paths::promise(view.id));
    if !view.can_withdraw {
        return Ok(back);
    }
    if fields.step() != Step::Confirm {
        return Ok(visit.page(StatusCode::OK, view::check(&visit.frame(), &view)));
    }
    match cancel(&app, visit.visitor, view.id).await {
        Ok(()) | Err(FlowError::Refused(_)) => Ok(back),
        Err(FlowError::TooLate) => {
            view.too_late = true;
            view.can_withdraw = false;
            let page = view::page(&visit.frame(), &view);
            Ok(visit.page(StatusCode::CONFLICT, page))
        }
        Err(why) if why.is_conflict() => Ok(back),
        Err(why) => Err(why.into()),
    }
}

async fn load(app: &App, visit: &Visit, id: &str) -> Result<Promised, WebError> {
    let id: PromiseId = id.parse().map_err(|_| WebError::NotFound)?;
    let visitor = visit.visitor;
    let (promise, items, payment) = app
        .store
        .read(visitor.supplier, move |conn| {
            let supplier = visitor.supplier;
            let promise = store::promise::find(conn, supplier, id)?;
            let ids: Vec<_> = promise.shares.iter().map(|share| share.invoice).collect();
            let items = store::invoice::find_many(conn, supplier, visitor.debtor, &ids)?;
            let payment = promise.payment;
            let payment = payment
                .map(|id| store::payment::find(conn, supplier, id))
                .transpose()?;
            Ok((promise, items, payment))
        })
        .await?;
    if promise.debtor != visitor.debtor {
        return Err(WebError::NotFound);
    }
    let transfer = match &payment {
        Some(payment) if awaited(payment) => Some(transfer_page(app, visit, payment).await?),
        _ => None,
    };
    Ok(Promised {
        id,
        amount: promise.amount,
        due_on: promise.due_on,
        state: promise.state,
        made_at: promise.made_at,
        method: promise.method,
        payment: promise.payment,
        numbers: items.iter().map(|item| item.number.clone()).collect(),
        transfer,
        plan: promise.plan,
        change: change(visit, &promise, &items),
        can_withdraw: promise.is_open(),
        too_late: false,
        key: random_hex()?,
    })
}

fn awaited(payment: &Payment) -> bool {
    payment.method == Method::Transfer && payment.state == PaymentState::Created
}

/// The form with all that was said. One by debit is taken back first: its amounts are reserved.
fn change(visit: &Visit, promise: &Promise, items: &[Invoice]) -> Option<String> {
    if !promise.is_open() || !promise.holds() || items.is_empty() {
        return None;
    }
    let mut fields = Fields::none();
    for share in &promise.shares {
        fields.push("i", &share.invoice.to_string());
        let amount = money_input(visit.language(), share.amount);
        fields.push(&amount_field(share.invoice), &amount);
    }
    fields.push("day", &promise.due_on.to_string());
    fields.push("way", promise.method.map_or("other", Method::as_str));
    fields.push("replaces", &promise.id.to_string());
    Some(format!("{}?{}", paths::PROMISE, fields.to_query()))
}
