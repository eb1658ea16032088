//! The page of a delay or plan, and the debtor's reply to an offer.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use domain::code::Action;
use domain::invoice::Invoice;
use domain::mandate::Mandate;
use domain::plan::{Part, Plan};
use domain::promise::{Promise, PromiseState};
use domain::{PlanId, PromiseId};
use views::paths;
use views::portal::plan::{self as view, PartLine, PlanPage};
use views::portal::plan_check::{self, Decision};
use views::portal::plan_form::terms;

use super::code::require_code;
use super::pay::form::brief;
use super::plan_form::pay_address;
use super::status;
use crate::app::App;
use crate::flows::plan::{Reply, paid, reply};
use crate::store::{self, Conn, StoreError};
use crate::web::error::WebError;
use crate::web::form::{Posted, Step};
use crate::web::pages::see_other;
use crate::web::session::{Visit, random_hex};

/// A plan with what it is made of.
struct Whole {
    plan: Plan,
    items: Vec<Invoice>,
    promises: Vec<Promise>,
    mandate: Option<Mandate>,
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

/// The debtor's reply: checked, and proved by a code where it binds; then recorded. Answered
/// meanwhile or sent twice, the page shows how it stands.
pub(in crate::web) async fn post(
    app: web::Data<App>,
    id: web::Path<String>,
    posted: Posted,
    request: HttpRequest,
) -> Result<HttpResponse, WebError> {
    let Posted { visit, fields } = posted;
    let whole = load(&app, &visit, &id).await?;
    let back = see_other(&paths::plan(whole.plan.id));
    let named = |one: &Decision| one.as_str() == fields.text("decision");
    let decision = Decision::ALL.into_iter().find(named);
    let Some(decision) = decision.filter(|one| one.fits(whole.plan.state)) else {
        return Ok(back);
    };
    let key = fields.key()?;
    let asked = match decision.commits() {
        true => require_code(&app, (&visit, &request), &fields, Action::Plan).await?,
        false => None,
    };
    let sure = decision.commits() || fields.step() == Step::Confirm;
    if asked.is_some() || !sure {
        let status = status(asked.as_ref().map_or(0, |ask| ask.problems.len()));
        let view = PlanPage {
            key,
            ..page(&visit, whole)?
        };
        let page = plan_check::page(&visit.frame(), &view, decision, asked.as_ref());
        return Ok(visit.page(status, page));
    }
    let id = whole.plan.id;
    let said = match decision {
        Decision::Agree => Reply::Agree(shown(&visit, &whole)),
        Decision::Refuse => Reply::Refuse,
        Decision::Cancel => Reply::Cancel,
    };
    match reply(&app, visit.visitor, id, said).await {
        Err(why) if !why.is_conflict() => Err(why.into()),
        _ => Ok(back),
    }
}

/// The terms as they were on the page.
fn shown(visit: &Visit, whole: &Whole) -> String {
    let parts: Vec<Part> = whole.plan.parts.iter().map(|one| one.part).collect();
    let (numbers, brand) = (numbers(whole), visit.frame().brand);
    let mandate = whole.mandate.as_ref().map(brief);
    let whole = (whole.plan.amount, parts.as_slice());
    terms(visit.language(), &brand, &numbers, whole, mandate.as_ref()).into_string()
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
            let debited = debited(conn, &promises)?;
            let lines = plan.parts.iter().zip(paid).map(|(one, paid)| PartLine {
                part: one.part,
                paid,
                debited: one.promise.is_some_and(|id| debited.contains(&id)),
                missed: one.missed_on.is_some(),
            });
            let mandate = plan.mandate;
            let mandate = mandate.map(|id| store::mandate::find(conn, supplier, id));
            Ok(Whole {
                lines: lines.collect(),
                plan,
                items,
                promises,
                mandate: mandate.transpose()?,
            })
        })
        .await?;
    if whole.plan.debtor == visitor.debtor {
        Ok(whole)
    } else {
        Err(WebError::NotFound)
    }
}

/// The instalments for which a debit is under way.
fn debited(conn: &mut Conn, promises: &[Promise]) -> Result<Vec<PromiseId>, StoreError> {
    let mut found = Vec::new();
    for promise in promises.iter().filter(|one| !one.holds()) {
        if let Some(id) = promise.payment {
            let payment = store::payment::find(conn, promise.supplier, id)?;
            found.extend(payment.state.reserves().then_some(promise.id));
        }
    }
    Ok(found)
}

fn numbers(whole: &Whole) -> Vec<String> {
    let items = whole.items.iter();
    items.map(|item| item.number.clone()).collect()
}

fn page(visit: &Visit, whole: Whole) -> Result<PlanPage, WebError> {
    // One that is debited is not offered to be paid another way.
    let waits = |promise: &&Promise| {
        promise.state == PromiseState::Made && promise.holds() && !promise.shares.is_empty()
    };
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
        // The supplier refuses a request; what it offered itself is declined by the debtor.
        declined: whole.plan.round > 0,
        numbers: numbers(&whole),
        answer_by: whole.plan.answer_by,
        mandate: whole.mandate.as_ref().map(brief),
        words: whole.plan.words.clone(),
        next,
        other: paths::with_invoices(paths::PLAN, ids),
        key: random_hex()?,
        lines: whole.lines,
    })
}
