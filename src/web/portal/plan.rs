//! The page of a delay or plan, and the debtor's reply to an offer.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use domain::PlanId;
use domain::invoice::Invoice;
use domain::plan::{Part, Plan};
use domain::promise::{Promise, PromiseState};
use views::paths;
use views::portal::plan::{self as view, PartLine, PlanPage};
use views::portal::plan_form::terms;

use super::plan_form::pay_address;
use crate::app::App;
use crate::flows::plan::{Reply, paid, reply};
use crate::store;
use crate::web::error::WebError;
use crate::web::form::Posted;
use crate::web::pages::see_other;
use crate::web::session::{Visit, random_hex};

/// A plan with what it is made of.
struct Whole {
    plan: Plan,
    items: Vec<Invoice>,
    promises: Vec<Promise>,
    lines: Vec<PartLine>,
}

/// The page.
pub(in crate::web) async fn show(
    app: web::Data<App>,
    visit: Visit,
    id: web::Path<String>,
) -> Result<HttpResponse, WebError> {
    let whole = load(&app, &visit, &id).await?;
    let view = page(&visit, whole)?;
    Ok(visit.page(StatusCode::OK, view::page(&visit.frame(), &view)))
}

/// The debtor's reply. Answered meanwhile or sent twice: the page shows how it stands.
pub(in crate::web) async fn post(
    app: web::Data<App>,
    id: web::Path<String>,
    posted: Posted,
) -> Result<HttpResponse, WebError> {
    let Posted { visit, fields } = posted;
    let whole = load(&app, &visit, &id).await?;
    let id = whole.plan.id;
    let said = match fields.text("decision") {
        "agree" => {
            let parts: Vec<Part> = whole.plan.parts.iter().map(|one| one.part).collect();
            let numbers = numbers(&whole);
            let brand = visit.frame().brand;
            let terms = terms(
                visit.language(),
                &brand,
                &numbers,
                whole.plan.amount,
                &parts,
            );
            Reply::Agree(terms.into_string())
        }
        "refuse" => Reply::Refuse,
        "cancel" => Reply::Cancel,
        _ => return Ok(see_other(&paths::plan(id))),
    };
    match reply(&app, visit.visitor, id, said).await {
        Err(why) if !why.is_conflict() => Err(why.into()),
        _ => Ok(see_other(&paths::plan(id))),
    }
}

async fn load(app: &App, visit: &Visit, id: &str) -> Result<Whole, WebError> {
    let id: PlanId = id.parse().map_err(|_| WebError::NotFound)?;
    let visitor = visit.visitor;
    let zone = visit.supplier.zone;
    let today = visit.today();
    let whole = app
        .store
        .read(visitor.supplier, move |conn| {
            let supplier = visitor.supplier;
            let plan = store::plan::find(conn, supplier, id)?;
            let ids: Vec<_> = plan.shares.iter().map(|share| share.invoice).collect();
            let items = store::invoice::find_many(conn, supplier, visitor.debtor, &ids)?;
            let promises = store::promise::of_plan(conn, supplier, plan.debtor, id)?;
            let paid = paid(conn, &plan, zone, today)?;
            let lines = plan.parts.iter().zip(paid).map(|(one, paid)| PartLine {
                part: one.part,
                paid,
                missed: one.missed_on.is_some(),
            });
            Ok(Whole {
                lines: lines.collect(),
                plan,
                items,
                promises,
            })
        })
        .await?;
    if whole.plan.debtor == visitor.debtor {
        Ok(whole)
    } else {
        Err(WebError::NotFound)
    }
}

fn numbers(whole: &Whole) -> Vec<String> {
    let items = whole.items.iter();
    items.map(|item| item.number.clone()).collect()
}

fn page(visit: &Visit, whole: Whole) -> Result<PlanPage, WebError> {
    let waits =
        |promise: &&Promise| promise.state == PromiseState::Made && !promise.shares.is_empty();
    let next = whole.promises.iter().find(waits);
    let next = match next {
        Some(promise) => {
            let amounts = promise.shares.iter().map(|share| share.amount);
            let amount = domain::Money::sum(promise.amount.currency(), amounts)?;
            Some((pay_address(visit, &promise.shares), amount))
        }
        None => None,
    };
    let ids = whole.plan.shares.iter().map(|share| share.invoice);
    Ok(PlanPage {
        id: whole.plan.id,
        amount: whole.plan.amount,
        state: whole.plan.state,
        numbers: numbers(&whole),
        answer_by: whole.plan.answer_by,
        words: whole.plan.words.clone(),
        next,
        other: paths::with_invoices(paths::PLAN, ids),
        key: random_hex()?,
        lines: whole.lines,
    })
}
