//! The supplier's answer to a request for time, and the end of a plan.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use domain::PlanId;
use domain::plan::{Part, Plan};
use views::paths;
use views::portal::plan_form::{amount_field, day_field};
use views::problem::Problem;
use views::staff::plan::OpenPlan;

use super::answer::{Found, Refusal};
use super::debtor::{open_plan, with_form};
use super::form;
use super::session::{Place, Staff};
use crate::flows::FlowError;
use crate::flows::plan_answer::{self, Answer};
use crate::store;
use crate::web::input;
use crate::web::pages::see_other;
use crate::web::portal::plan_form::problem;

/// Instalments that are read.
const PARTS_MAX: usize = 12;

type Pairs = Vec<(String, String)>;

/// Accepts, refuses, counters or ends.
pub(super) async fn answer(
    staff: Staff,
    path: web::Path<(String, String)>,
    posted: web::Form<Pairs>,
) -> HttpResponse {
    let found = decide(&staff, &path.0, &path.1, &posted).await;
    staff.answer(found)
}

fn text<'a>(posted: &'a Pairs, name: &str) -> &'a str {
    let found = posted.iter().find(|(own, _)| own == name);
    found.map_or("", |(_, value)| value.trim())
}

async fn decide(staff: &Staff, code: &str, id: &str, posted: &Pairs) -> Found {
    let place = staff.at(code).await?.for_writing()?;
    staff.check_form(text(posted, "csrf"))?;
    let id: PlanId = id.parse().map_err(|_| Refusal::NOT_FOUND)?;
    let supplier = place.supplier.id;
    let plan = staff
        .app
        .store
        .read(supplier, move |conn| store::plan::find(conn, supplier, id))
        .await?;
    let back = see_other(&paths::debtor(code, plan.debtor));
    let answer = match text(posted, "decision") {
        "accept" => Answer::Accept,
        "refuse" => Answer::Refuse,
        "end" => Answer::End,
        "counter" => match counter(staff, &place, &plan, posted) {
            Ok(parts) => Answer::Counter(parts),
            Err(form) => return again(staff, &place, &plan, *form).await,
        },
        _ => return Ok(back),
    };
    let said = (staff.actor(), form::typed(text(posted, "answer")));
    match plan_answer::answer(&staff.app, supplier, id, answer, said).await {
        // Answered meanwhile, by this form sent twice or by a colleague: the page shows it.
        Ok(_) | Err(FlowError::Refused(_)) => Ok(back),
        Err(why) if why.is_conflict() => Ok(back),
        Err(why) => Err(why.into()),
    }
}

async fn again(staff: &Staff, place: &Place, plan: &Plan, form: OpenPlan) -> Found {
    let status = StatusCode::UNPROCESSABLE_ENTITY;
    with_form(staff, place, plan.debtor, (status, Some(form))).await
}

/// The other instalments, or the form with what is wrong with them.
fn counter(
    staff: &Staff,
    place: &Place,
    plan: &Plan,
    posted: &Pairs,
) -> Result<Vec<Part>, Box<OpenPlan>> {
    let language = place.supplier.language;
    let typed =
        (1..=PARTS_MAX).map(|n| (text(posted, &day_field(n)), text(posted, &amount_field(n))));
    let rows: Vec<(&str, &str)> = typed
        .filter(|(day, amount)| !day.is_empty() || !amount.is_empty())
        .collect();
    let (mut parts, mut problems) = (Vec::new(), Vec::new());
    for ((day, amount), n) in rows.iter().zip(1_usize..) {
        let day = input::day(day);
        let amount = input::amount(language, plan.amount.currency(), amount);
        match (day, amount) {
            (Ok(due_on), Ok(amount)) => parts.push(Part { due_on, amount }),
            (day, amount) => {
                let day = day.err().map(|wrong| Problem::new(&day_field(n), wrong));
                let amount = amount.err();
                let amount = amount.map(|wrong| Problem::new(&amount_field(n), wrong));
                problems.extend(day.into_iter().chain(amount));
            }
        }
    }
    if problems.is_empty() {
        problems.extend(problem(&parts, plan.amount, place.today(staff)));
    }
    if problems.is_empty() {
        return Ok(parts);
    }
    let rows = rows.iter();
    Err(Box::new(OpenPlan {
        rows: rows
            .map(|(day, amount)| ((*day).to_owned(), (*amount).to_owned()))
            .collect(),
        words: text(posted, "answer").to_owned(),
        problems,
        ..open_plan(plan, language)
    }))
}
