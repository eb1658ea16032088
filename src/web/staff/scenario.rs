//! One scenario: its steps changed and saved as a new version, and brought into use.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use domain::ScenarioId;
use domain::message::MessageKind;
use domain::scenario::{
    Behaviour, Channel, Conditions, Fault, LEAST_MAX, OFFSET_MAX, OFFSET_MIN, REST_MAX, STEPS_MAX,
    Scenario, Step,
};
use views::paths;
use views::problem::{Problem, ReminderWrong, Wrong};
use views::staff::scenario::{self as view, ScenarioPage, StepForm};

use super::answer::{Found, Refusal, page};
use super::form;
use super::posted::StaffPosted;
use super::scenarios::{number, parsed, refused};
use super::session::{Place, Staff};
use crate::flows::FlowError;
use crate::flows::scenario::{self, ScenarioError};
use crate::store::{self, Conn};
use crate::web::form::Fields;
use crate::web::pages::see_other;

/// The page.
pub(super) async fn show(staff: Staff, path: web::Path<(String, String)>) -> HttpResponse {
    let found = shown(&staff, &path.0, &path.1).await;
    staff.answer(found)
}

async fn shown(staff: &Staff, code: &str, id: &str) -> Found {
    let place = staff.at(code).await?;
    let view = find(staff, &place, id).await?;
    Ok(draw(staff, &place, &view, StatusCode::OK))
}

fn draw(staff: &Staff, place: &Place, view: &ScenarioPage, status: StatusCode) -> HttpResponse {
    page(status, view::page(&staff.frame_of(&place.supplier), view))
}

async fn find(staff: &Staff, place: &Place, id: &str) -> Result<ScenarioPage, Refusal> {
    let id: ScenarioId = id.parse().map_err(|_| Refusal::NOT_FOUND)?;
    let supplier = place.supplier.id;
    let read = move |conn: &mut Conn| {
        let found = scenario::newest(conn, supplier, id)?;
        Ok((found, store::scenario::assigned(conn, supplier)?))
    };
    let ((named, steps), assigned) = staff.app.store.read(supplier, read).await?;
    let own = assigned.into_iter().filter(|(_, own)| *own == id);
    Ok(ScenarioPage {
        supplier: place.supplier.code.clone(),
        id,
        name: named.name,
        version: named.latest,
        active: named.active,
        profiles: own.map(|(profile, _)| profile).collect(),
        form: with_blank(steps.steps.iter().map(StepForm::of).collect()),
        steps: steps.steps,
        thanks: steps.thanks,
        many: None,
        changed: false,
        may_write: place.role.may_write(),
        problems: Vec::new(),
        key: form::key(),
    })
}

/// With room for one more.
fn with_blank(mut steps: Vec<StepForm>) -> Vec<StepForm> {
    if steps.len() < STEPS_MAX {
        steps.push(StepForm::blank());
    }
    steps
}

/// Takes what the page's forms post.
pub(super) async fn post(posted: StaffPosted, path: web::Path<(String, String)>) -> HttpResponse {
    let StaffPosted { staff, sent } = posted;
    let found = match sent {
        Ok(sent) => decide(&staff, (&path.0, &path.1), &sent.fields).await,
        Err(refusal) => Err(refusal),
    };
    staff.answer(found)
}

async fn decide(staff: &Staff, (code, id): (&str, &str), fields: &Fields) -> Found {
    let place = staff.at(code).await?.for_writing()?;
    let mut view = find(staff, &place, id).await?;
    let done = match fields.text("deed") {
        "activate" => {
            let version: u32 = parsed(fields, "version")?;
            let said = fields.text("said").parse().ok();
            let which = (view.id, version);
            scenario::activate(&staff.app, &place.supplier, which, said, staff.actor()).await
        }
        "save" => {
            let version: u32 = parsed(fields, "version")?;
            let (typed, problems) = read(fields);
            view.thanks = fields.text("thanks") == "yes";
            view.form = typed;
            view.problems = problems;
            if !view.problems.is_empty() {
                return Ok(draw(staff, &place, &view, StatusCode::UNPROCESSABLE_ENTITY));
            }
            view.form.retain(|step| !step.offset.is_empty());
            view.form
                .sort_by_key(|step| step.offset.parse::<i64>().unwrap_or_default());
            let steps = (steps(&view.form), view.thanks);
            let from = (view.id, version);
            let (app, supplier) = (&staff.app, place.supplier.id);
            let saved = scenario::save(app, supplier, from, steps, staff.actor()).await;
            saved.map(|_| ())
        }
        _ => return Ok(draw(staff, &place, &view, StatusCode::UNPROCESSABLE_ENTITY)),
    };
    match done {
        Ok(()) => return Ok(see_other(&paths::scenario(code, view.id))),
        Err(ScenarioError::Flow(FlowError::Many(count))) => view.many = Some(count),
        Err(ScenarioError::Changed) => view.changed = true,
        Err(ScenarioError::Faults(faults)) => view.problems = faults.iter().map(problem).collect(),
        Err(why) => return Err(refused(why)),
    }
    if view.form.iter().all(|step| !step.code.is_empty()) {
        view.form = with_blank(view.form);
    }
    Ok(draw(staff, &place, &view, StatusCode::UNPROCESSABLE_ENTITY))
}

fn problem((n, fault): &(usize, Fault)) -> Problem {
    let field = match fault {
        Fault::Kind | Fault::Softer | Fault::Abrupt => "kind",
        Fault::NoChannel | Fault::ChannelTwice => "channels",
        _ => "offset",
    };
    let wrong = Wrong::Reminder(ReminderWrong::Step(*fault));
    Problem::new(&format!("{field}.{n}"), wrong)
}

/// The steps as they were typed, without those to remove, and what is wrong with their numbers.
fn read(fields: &Fields) -> (Vec<StepForm>, Vec<Problem>) {
    let (mut steps, mut problems) = (Vec::new(), Vec::new());
    for n in 0..=STEPS_MAX {
        let name = |field: &str| format!("{field}.{n}");
        let gone = fields.text(&name("remove")) == "yes";
        if gone || !fields.has(&name("offset")) {
            continue;
        }
        let step = typed(fields, n);
        if step.offset.is_empty() && step.code.is_empty() {
            continue;
        }
        let place = steps.len();
        let mut check = |field: &str, value: &str, bounds: (i64, i64)| {
            let optional = field != "offset" && value.is_empty();
            if !optional && let Err(found) = number(fields, &name(field), bounds) {
                let at = format!("{field}.{place}");
                problems.push(Problem::new(&at, found.wrong));
            }
        };
        check("offset", &step.offset, (OFFSET_MIN, OFFSET_MAX));
        check("least_amount", &step.least_amount, (0, LEAST_MAX.into()));
        check("least_balance", &step.least_balance, (0, LEAST_MAX.into()));
        check("rest_days", &step.rest_days, (0, REST_MAX.into()));
        steps.push(step);
    }
    (steps, problems)
}

fn typed(fields: &Fields, n: usize) -> StepForm {
    let name = |field: &str| format!("{field}.{n}");
    let text = |field: &str| fields.text(&name(field)).to_owned();
    let channels = text("channels");
    let channels = channels
        .split(',')
        .filter_map(|one| one.parse::<Channel>().ok());
    let profiles = name("profiles");
    let unless = name("unless");
    StepForm {
        code: text("code").chars().take(40).collect(),
        offset: text("offset"),
        kind: text("kind").parse().unwrap_or(MessageKind::Reminder1),
        channels: channels.collect(),
        least_amount: text("least_amount"),
        least_balance: text("least_balance"),
        rest_days: text("rest_days"),
        behaviour: text("behaviour").parse().unwrap_or(Behaviour::Any),
        profiles: fields
            .all(&profiles)
            .filter_map(|one| one.parse().ok())
            .collect(),
        unless: fields
            .all(&unless)
            .filter_map(|one| one.parse().ok())
            .collect(),
        approval: fields.text(&name("approval")) == "yes",
    }
}

/// The steps that the form stands for; new ones get a code of their own.
fn steps(form: &[StepForm]) -> Vec<Step> {
    let mut taken: Vec<String> = form.iter().map(|step| step.code.clone()).collect();
    let step = |one: &StepForm| {
        let mut code = one.code.clone();
        if code.is_empty() {
            let all: Vec<&str> = taken.iter().map(String::as_str).collect();
            code = Scenario::free_code(&all, one.kind);
            taken.push(code.clone());
        }
        Step {
            code,
            offset_days: one.offset.parse().unwrap_or_default(),
            kind: one.kind,
            channels: one.channels.clone(),
            when: Conditions {
                least_amount: one.least_amount.parse().unwrap_or_default(),
                least_balance: one.least_balance.parse().unwrap_or_default(),
                profiles: one.profiles.clone(),
                behaviour: one.behaviour,
                unless: one.unless.clone(),
                rest_days: one.rest_days.parse().unwrap_or_default(),
            },
            approval: one.approval,
        }
    };
    form.iter().map(step).collect()
}
