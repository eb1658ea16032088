//! What a debtor says of an invoice before it falls due: received, recorded, right, paid when.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use domain::InvoiceId;
use domain::confirmation::Answers;
use domain::invoice::{Invoice, ItemKind};
use views::paths;
use views::portal::confirm::{self as view, ConfirmForm};
use views::problem::{Problem, Wrong};

use super::status;
use crate::app::App;
use crate::flows::confirm::tell;
use crate::store;
use crate::web::error::WebError;
use crate::web::form::{Fields, Posted};
use crate::web::input;
use crate::web::pages::see_other;
use crate::web::session::{Visit, random_hex};

/// Days ahead that a payment may be told for.
const AHEAD_DAYS_MAX: i64 = 366;

/// The empty form; the invoice's page when it is due already.
pub(in crate::web) async fn show(
    app: web::Data<App>,
    visit: Visit,
    id: web::Path<String>,
) -> Result<HttpResponse, WebError> {
    let item = find(&app, &visit, &id).await?;
    if item.due_on < visit.today() || !item.open.is_positive() {
        return Ok(see_other(&paths::invoice(item.id)));
    }
    let form = form(&visit, item, random_hex()?, &Fields::none());
    Ok(visit.page(StatusCode::OK, view::page(&visit.frame(), &form)))
}

/// The answers. After a no, on to the report of a problem with its reason chosen.
pub(in crate::web) async fn post(
    app: web::Data<App>,
    id: web::Path<String>,
    posted: Posted,
) -> Result<HttpResponse, WebError> {
    let Posted { visit, fields } = posted;
    let item = find(&app, &visit, &id).await?;
    let (invoice, key) = (item.id, fields.key()?);
    let mut form = form(&visit, item, key.clone(), &fields);
    let answers = match read(&form) {
        Ok(answers) => answers,
        Err(problem) => {
            form.problems.push(problem);
            let page = view::page(&visit.frame(), &form);
            return Ok(visit.page(status(form.problems.len()), page));
        }
    };
    match tell(&app, visit.visitor, invoice, answers, key).await {
        Ok(_) => {}
        Err(why) if why.is_conflict() => return Ok(see_other(&paths::invoice(invoice))),
        Err(why) => return Err(why.into()),
    }
    Ok(see_other(&match answers.blocks() {
        Some(reason) => format!("{}?reason={reason}", paths::dispute(invoice)),
        None => paths::invoice(invoice),
    }))
}

async fn find(app: &App, visit: &Visit, id: &str) -> Result<Invoice, WebError> {
    let id: InvoiceId = id.parse().map_err(|_| WebError::NotFound)?;
    let (supplier, debtor) = (visit.visitor.supplier, visit.visitor.debtor);
    let item = app
        .store
        .read(supplier, move |conn| {
            store::invoice::find(conn, supplier, debtor, id)
        })
        .await?;
    let invoice = item.kind == ItemKind::Invoice;
    invoice.then_some(item).ok_or(WebError::NotFound)
}

fn form(visit: &Visit, item: Invoice, key: String, fields: &Fields) -> ConfirmForm {
    let answer = |name| match fields.text(name) {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    };
    let today = visit.today();
    ConfirmForm {
        item,
        key,
        received: answer("received"),
        recorded: answer("recorded"),
        conform: answer("conform"),
        pays_on: fields.text("pays_on").to_owned(),
        days: (today, today.plus_days(AHEAD_DAYS_MAX)),
        problems: Vec::new(),
    }
}

fn read(form: &ConfirmForm) -> Result<Answers, Problem> {
    let (first, last) = form.days;
    let day = match form.pays_on.as_str() {
        "" => None,
        typed => {
            let day = input::day(typed).map_err(|wrong| Problem::new("pays_on", wrong))?;
            if day < first || day > last {
                let wrong = Wrong::DayOutside(first, last);
                return Err(Problem::new("pays_on", wrong));
            }
            Some(day)
        }
    };
    let answers = Answers {
        received: form.received,
        recorded: form.recorded,
        conform: form.conform,
        pays_on: day,
    };
    if answers.is_empty() {
        return Err(Problem::new("received", Wrong::AnswerMissing));
    }
    Ok(answers)
}
