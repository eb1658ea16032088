//! Asking for a delay or a plan: form, check, request.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use domain::code::Action;
use domain::invoice::{Invoice, Share};
use domain::mandate::{Mandate, Usage};
use domain::payment::Method;
use domain::plan::{self, DAYS_MAX, Part, PlanError};
use domain::{Currency, Day, Money, MoneyError, PlanId, target};
use views::format::money_input;
use views::paths;
use views::portal::chosen;
use views::portal::plan_form::{self as view, COUNT_MAX, PlanForm, amount_field, day_field};
use views::problem::{Problem, Wrong};

use super::choice::{self, Amounts};
use super::code::require_code;
use super::pay::form::{Ways, brief};
use super::{account, outcome, status};
use crate::app::App;
use crate::flows::FlowError;
use crate::flows::debit;
use crate::flows::plan::{Request, ask};
use crate::store;
use crate::web::error::WebError;
use crate::web::form::{Fields, Posted, Step};
use crate::web::input;
use crate::web::pages::see_other;
use crate::web::session::{Acting, Visit, random_hex};

/// Characters a debtor may write.
const REASON_MAX: usize = 1000;

/// Days between two instalments that the form suggests.
const APART_DAYS: i64 = 30;

/// Instalments that the form suggests.
const COUNT: usize = 3;

/// The form for the invoices named in the address.
pub(in crate::web) async fn show(
    app: web::Data<App>,
    Acting(visit): Acting,
    request: HttpRequest,
) -> Result<HttpResponse, WebError> {
    let fields = Fields::of_query(&request);
    let items = match items(&app, &visit, &fields).await? {
        Ok(items) => items,
        Err(answer) => return Ok(answer),
    };
    let ways = Ways::load(&app, &visit).await?;
    let amounts = choice::amounts(&visit, &items, &Fields::none())?;
    let form = form(&visit, &ways, amounts, random_hex()?, &Fields::none())?;
    Ok(page(&visit, StatusCode::OK, &form))
}

/// What was chosen, as long as something of it is open and on no plan; the answer instead.
async fn items(
    app: &App,
    visit: &Visit,
    fields: &Fields,
) -> Result<Result<Vec<Invoice>, HttpResponse>, WebError> {
    let items = match choice::load(app, visit, fields).await? {
        Ok(items) => items,
        Err(answer) => return Ok(Err(answer)),
    };
    if on_plan(app, visit, &items).await? {
        let problem = Problem::new("items", Wrong::OnPlan);
        return Ok(Err(account::page(app, visit, vec![problem]).await?));
    }
    choice::payable(app, visit, fields, items).await
}

async fn on_plan(app: &App, visit: &Visit, items: &[Invoice]) -> Result<bool, WebError> {
    let ids: Vec<_> = items.iter().map(|item| item.id).collect();
    let (supplier, debtor) = (visit.visitor.supplier, visit.visitor.debtor);
    let waiting = app
        .store
        .read(supplier, move |conn| {
            store::promise::waiting_on(conn, supplier, debtor, &ids)
        })
        .await?;
    Ok(waiting.iter().any(|promise| promise.plan.is_some()))
}

/// The form posted: checked, then recorded once confirmed.
pub(in crate::web) async fn post(
    app: web::Data<App>,
    posted: Posted,
    request: HttpRequest,
) -> Result<HttpResponse, WebError> {
    let Posted { visit, fields } = posted;
    let key = fields.key()?;
    if let Some(done) = done(&app, &visit, &key).await? {
        return Ok(done);
    }
    let items = match items(&app, &visit, &fields).await? {
        Ok(items) => items,
        Err(answer) => return Ok(answer),
    };
    let ways = Ways::load(&app, &visit).await?;
    let amounts = choice::amounts(&visit, &items, &fields)?;
    let shares = amounts.shares.clone();
    let mut form = form(&visit, &ways, amounts, key, &fields)?;
    let parts = read(&visit, &mut form);
    match fields.step() {
        Step::Edit | Step::Recount => {
            form.problems.clear();
            return Ok(page(&visit, StatusCode::OK, &form));
        }
        _ if form.recounted || !form.problems.is_empty() => {
            return Ok(page(&visit, status(form.problems.len()), &form));
        }
        Step::Check => {
            let page = view::check(&visit.frame(), &form, &parts, None);
            return Ok(visit.page(StatusCode::OK, page));
        }
        Step::Confirm => {}
    }
    let asked = require_code(&app, (&visit, &request), &fields, Action::Plan).await?;
    if let Some(ask) = asked {
        // Of a form sent twice at once, the second finds its code used.
        if let Some(done) = done(&app, &visit, &form.key).await? {
            return Ok(done);
        }
        let page = view::check(&visit.frame(), &form, &parts, Some(&ask));
        return Ok(visit.page(status(ask.problems.len()), page));
    }
    confirm(&app, &visit, (&fields, &ways), form, (shares, parts)).await
}

/// On to the plan that this form led to, if it was sent before.
async fn done(app: &App, visit: &Visit, key: &str) -> Result<Option<HttpResponse>, WebError> {
    let Some(id) = outcome(app, visit, key).await? else {
        return Ok(None);
    };
    let id = id.parse().map_err(|_| WebError::NotFound)?;
    Ok(Some(see_other(&paths::plan(id))))
}

async fn confirm(
    app: &App,
    visit: &Visit,
    (fields, ways): (&Fields, &Ways),
    form: PlanForm,
    (shares, parts): (Vec<Share>, Vec<Part>),
) -> Result<HttpResponse, WebError> {
    let brand = visit.frame().brand;
    let numbers = view::numbers(&form);
    let whole = (form.total, parts.as_slice());
    let terms = view::terms(visit.language(), &brand, &numbers, whole, form.debited());
    let first = parts.first().map(|part| part.amount);
    let request = Request {
        shares: shares.clone(),
        parts,
        mandate: recurring(ways).filter(|_| form.debit).map(|one| one.id),
        reason: form.reason.clone(),
        terms: terms.into_string(),
        key: form.key.clone(),
    };
    match ask(app, visit.visitor, request).await {
        Ok(id) => Ok(see_other(&next(visit, &form, id, &shares, first)?)),
        Err(FlowError::OnPlan(plan)) => Ok(see_other(&paths::plan(plan))),
        Err(why) if why.is_conflict() => {
            let items = match items(app, visit, fields).await? {
                Ok(items) => items,
                Err(answer) => return Ok(answer),
            };
            let amounts = choice::lowered(visit, &items, fields)?;
            let form = self::form(visit, ways, amounts, form.key, fields)?;
            Ok(page(visit, StatusCode::CONFLICT, &form))
        }
        Err(why) => Err(why.into()),
    }
}

/// On to the plan, or first to the payment of its first instalment.
fn next(
    visit: &Visit,
    form: &PlanForm,
    id: PlanId,
    shares: &[Share],
    first: Option<Money>,
) -> Result<String, MoneyError> {
    match first {
        Some(first) if form.now => {
            let own = plan::spread(shares, &[first])?;
            Ok(pay_address(visit, own.first().map_or(&[], Vec::as_slice)))
        }
        _ => Ok(paths::plan(id)),
    }
}

/// The payment form with these amounts.
pub(super) fn pay_address(visit: &Visit, shares: &[Share]) -> String {
    let mut fields = Fields::none();
    for share in shares {
        fields.push("i", &share.invoice.to_string());
        let amount = money_input(visit.language(), share.amount);
        fields.push(&chosen::amount_field(share.invoice), &amount);
    }
    format!("{}?{}", paths::PAY, fields.to_query())
}

/// The form with what was typed; with fresh instalments when count or total are others than those
/// they were made for.
fn form(
    visit: &Visit,
    ways: &Ways,
    amounts: Amounts,
    key: String,
    fields: &Fields,
) -> Result<PlanForm, WebError> {
    let today = visit.today();
    let count = fields.text("count").parse().unwrap_or(COUNT);
    let count = count.clamp(1, COUNT_MAX);
    let typed = (1..=count).map(|n| {
        let (day, amount) = (day_field(n), amount_field(n));
        (
            fields.text(&day).to_owned(),
            fields.text(&amount).to_owned(),
        )
    });
    let euros = amounts.total.currency() == Currency::EUR;
    let mandate = recurring(ways).filter(|_| euros).map(brief);
    let mut form = PlanForm {
        debit: mandate.is_some() && fields.text("way") == Method::Debit.as_str(),
        mandate,
        chosen: amounts.chosen,
        total: amounts.total,
        key,
        reason: fields.text("reason").to_owned(),
        rows: typed.collect(),
        recounted: false,
        now: fields.has("now"),
        days: (today, today.plus_days(DAYS_MAX)),
        problems: amounts.problems,
    };
    if fields.text("for") != form.made_for() {
        form.recounted = fields.has("for");
        form.rows = suggested(visit, &form)?;
    }
    Ok(form)
}

/// The mandate for several debits: one for a single debit would end with the first.
fn recurring(ways: &Ways) -> Option<&Mandate> {
    let mandate = ways.mandate.as_ref();
    mandate.filter(|one| one.usage == Usage::Recurring)
}

fn suggested(visit: &Visit, form: &PlanForm) -> Result<Vec<(String, String)>, MoneyError> {
    let amounts = plan::equal(form.total, form.rows.len())?;
    let rows = amounts.into_iter().zip(1_i64..).map(|(amount, n)| {
        let day = visit.today().plus_days(APART_DAYS.saturating_mul(n));
        let amount = money_input(visit.language(), amount);
        (target::bank_day_from(day).to_string(), amount)
    });
    Ok(rows.collect())
}

/// The instalments; what is wrong with them is noted on the form. The one paid at once is of today.
fn read(visit: &Visit, form: &mut PlanForm) -> Vec<Part> {
    let mut parts = Vec::with_capacity(form.rows.len());
    for ((day, amount), n) in form.rows.iter().zip(1_usize..) {
        let day = if form.now && n == 1 {
            Ok(visit.today())
        } else {
            input::day(day)
        };
        let amount = input::amount(visit.language(), form.total.currency(), amount);
        match (day, amount) {
            (Ok(due_on), Ok(amount)) => parts.push(Part { due_on, amount }),
            (day, amount) => {
                let day = day.err().map(|wrong| Problem::new(&day_field(n), wrong));
                let amount = amount.err();
                let amount = amount.map(|wrong| Problem::new(&amount_field(n), wrong));
                form.problems.extend(day.into_iter().chain(amount));
            }
        }
    }
    if form.reason.chars().count() > REASON_MAX {
        let wrong = Wrong::TooLong(REASON_MAX);
        form.problems.push(Problem::new("reason", wrong));
    }
    if form.debit {
        form.problems.extend(too_soon(visit, form, &parts));
    }
    if form.problems.is_empty()
        && let Some(problem) = problem(&parts, form.total, visit.today())
    {
        form.problems.push(problem);
    }
    parts
}

/// The instalments whose day comes too soon for a debit; the one paid at once is not debited.
fn too_soon(visit: &Visit, form: &PlanForm, parts: &[Part]) -> Vec<Problem> {
    let first = debit::first_day(&visit.supplier, visit.now);
    let of = |(part, n): (&Part, usize)| {
        let debited = !(form.now && n == 1);
        let soon = target::bank_day_from(part.due_on) < first;
        let wrong = Wrong::DayOutside(first, form.days.1);
        (debited && soon).then(|| Problem::new(&day_field(n), wrong))
    };
    parts.iter().zip(1_usize..).filter_map(of).collect()
}

/// What is wrong with instalments, at the field that shows it.
pub(in crate::web) fn problem(parts: &[Part], total: Money, today: Day) -> Option<Problem> {
    let last = amount_field(parts.len());
    Some(match plan::check(parts, total, today).err()? {
        PlanError::Nothing(place) => {
            Problem::new(&amount_field(place + 1), Wrong::AmountNotPositive)
        }
        PlanError::Outside { place, first, last } => {
            Problem::new(&day_field(place + 1), Wrong::DayOutside(first, last))
        }
        PlanError::Sum { found, wanted } => Problem::new(&last, Wrong::PartsSum(found, wanted)),
        PlanError::Count | PlanError::Money(_) => Problem::new(&last, Wrong::AmountUnreadable),
    })
}

fn page(visit: &Visit, status: StatusCode, form: &PlanForm) -> HttpResponse {
    visit.page(status, view::page(&visit.frame(), form))
}
