//! What is written to one customer: its profile, the days to come, pauses, insolvency.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use domain::insolvency::{Insolvency, InsolvencyKind};
use domain::invoice::{Invoice, ItemKind};
use domain::pause::{Pause, PauseKind};
use domain::remind::Plan;
use domain::scenario::Profile;
use domain::{Day, DebtorId, InvoiceId, PauseId};
use views::paths;
use views::problem::{Problem, Wrong};
use views::staff::reminders::{self as view, Brings, DayLine, RemindersPage};

use super::answer::{Found, Refusal, page};
use super::form;
use super::posted::StaffPosted;
use super::scenarios::{asked, begun, made, parsed};
use super::session::{Place, Staff};
use crate::flows::pause;
use crate::flows::plan_reminders::{Forecast, forecast};
use crate::store::{self, Conn};
use crate::web::form::Fields;
use crate::web::input;
use crate::web::pages::see_other;

/// Days that are told ahead.
const DAYS: i64 = 60;

/// The page.
pub(super) async fn show(staff: Staff, path: web::Path<(String, String)>) -> HttpResponse {
    let found = shown(&staff, &path.0, &path.1).await;
    staff.answer(found)
}

async fn shown(staff: &Staff, code: &str, id: &str) -> Found {
    let place = staff.at(code).await?;
    let id: DebtorId = id.parse().map_err(|_| Refusal::NOT_FOUND)?;
    draw(staff, &place, id, Vec::new()).await
}

struct Read {
    name: String,
    profile: Profile,
    scenario: Option<String>,
    told: Forecast,
    items: Vec<Invoice>,
    pauses: Vec<Pause>,
    insolvency: Option<Insolvency>,
}

async fn draw(staff: &Staff, place: &Place, id: DebtorId, problems: Vec<Problem>) -> Found {
    let (owner, now, today) = (place.supplier.clone(), staff.app.now(), place.today(staff));
    let supplier = owner.id;
    let read = move |conn: &mut Conn| {
        let told = forecast(conn, &owner, id, (now, DAYS))?;
        let named = told.scenario.id;
        let named = named.map(|id| store::scenario::find(conn, supplier, id));
        let mut items = store::invoice::open_of_debtor(conn, supplier, id)?;
        items.retain(|item| item.kind == ItemKind::Invoice);
        Ok(Read {
            name: store::debtor::find(conn, supplier, id)?.name,
            profile: store::planning::profile(conn, supplier, id)?,
            scenario: named.transpose()?.map(|one| one.name),
            pauses: store::pause::of_debtors(conn, supplier, &[id.to_string()], today)?,
            insolvency: store::pause::insolvency_of(conn, supplier, id)?,
            told,
            items,
        })
    };
    let read = staff.app.store.read(supplier, read).await?;
    let status = match problems.is_empty() {
        true => StatusCode::OK,
        false => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let view = RemindersPage {
        supplier: place.supplier.code.clone(),
        debtor: id,
        today,
        days: read.days(place),
        waits: read.waits(),
        invoices: read
            .items
            .iter()
            .map(|item| (item.id, item.number.clone()))
            .collect(),
        pauses: read
            .pauses
            .iter()
            .map(|one| (one.clone(), one.invoice.and_then(|id| read.number(id))))
            .collect(),
        insolvency: read.insolvency,
        name: read.name,
        profile: read.profile,
        scenario: read.scenario,
        steps: read.told.scenario.steps,
        may_write: place.role.may_write(),
        problems,
        key: form::key(),
    };
    let frame = staff.frame_of(&place.supplier);
    Ok(page(status, view::page(&frame, &view)))
}

impl Read {
    fn number(&self, id: InvoiceId) -> Option<String> {
        let item = self.items.iter().find(|item| item.id == id)?;
        Some(item.number.clone())
    }

    fn waits(&self) -> Vec<(String, domain::unsent::Unsent)> {
        let said = self.told.waits.iter().filter(|(_, why)| !why.is_quiet());
        said.filter_map(|(id, why)| Some((self.number(*id)?, *why)))
            .collect()
    }

    /// Each day with what it brings: a message, a question, and what is passed over, by reason.
    fn days(&self, place: &Place) -> Vec<DayLine> {
        let kind = |step: usize| self.told.scenario.steps.get(step).map(|step| step.kind);
        let mut lines = Vec::new();
        for day in &self.told.days {
            let leaves = self.told.rhythm.open_day(place.supplier.zone, day.on);
            let numbers = |plan: &Plan| {
                let items = plan.items.iter();
                items.filter_map(|item| self.number(item.invoice)).collect()
            };
            if let Some(plan) = &day.decision.message {
                lines.push(DayLine {
                    on: leaves,
                    what: Brings::Message(plan.kind, plan.channel),
                    numbers: numbers(plan),
                });
            }
            if let Some(plan) = &day.decision.ask {
                lines.push(DayLine {
                    on: day.on,
                    what: Brings::Asked(plan.kind, plan.channel),
                    numbers: numbers(plan),
                });
            }
            for one in &day.decision.passed {
                let Some(kind) = kind(one.step) else { continue };
                lines.push(DayLine {
                    on: day.on,
                    what: Brings::Passed(kind, one.why),
                    numbers: self.number(one.invoice).into_iter().collect(),
                });
            }
        }
        lines.sort_by_key(|line| line.on);
        lines
    }
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
    let id: DebtorId = id.parse().map_err(|_| Refusal::NOT_FOUND)?;
    let (app, whose) = (&staff.app, (place.supplier.id, id));
    match fields.text("deed") {
        "profile" => {
            let to = parsed(fields, "profile")?;
            pause::set_profile(app, whose, to, staff.actor()).await?;
        }
        "pause" => {
            if let Err(problem) = begin(staff, &place, id, fields).await? {
                return draw(staff, &place, id, vec![problem]).await;
            }
        }
        "resume" => {
            let pause: PauseId = parsed(fields, "pause")?;
            pause::end(app, &place.supplier, (pause, None), staff.actor()).await?;
        }
        "insolvency" => match proceedings(fields, place.today(staff)) {
            Ok(new) => pause::set_insolvency(app, whose, new, staff.actor()).await?,
            Err(problem) => return draw(staff, &place, id, vec![problem]).await,
        },
        _ => return draw(staff, &place, id, Vec::new()).await,
    }
    Ok(see_other(&paths::debtor_reminders(code, id)))
}

async fn begin(
    staff: &Staff,
    place: &Place,
    debtor: DebtorId,
    fields: &Fields,
) -> Result<Result<(), Problem>, Refusal> {
    let kind: PauseKind = parsed(fields, "kind")?;
    let mut asked = match asked(fields, place.today(staff), kind) {
        Ok(asked) => asked,
        Err(problem) => return Ok(Err(problem)),
    };
    asked.debtor = Some(debtor);
    // An exclusion is of the whole account.
    if kind == PauseKind::Pause && !fields.text("invoice").is_empty() {
        asked.invoice = Some(parsed(fields, "invoice")?);
    }
    let (id, supplier) = (made::<PauseId>(fields)?, place.supplier.id);
    begun(pause::begin(&staff.app, supplier, (id, asked), staff.actor()).await)?;
    Ok(Ok(()))
}

/// Proceedings as they were typed; none when there are none.
fn proceedings(fields: &Fields, today: Day) -> Result<Option<Insolvency>, Problem> {
    let Ok(kind) = fields.text("proceedings").parse::<InsolvencyKind>() else {
        return Ok(None);
    };
    let first = today.plus_days(-3_660);
    let day = |name: &str| {
        let day = input::day(fields.text(name)).map_err(|why| Problem::new(name, why))?;
        match (first..=today).contains(&day) {
            true => Ok(day),
            false => Err(Problem::new(name, Wrong::DayOutside(first, today))),
        }
    };
    let published_on = match fields.text("published_on") {
        "" => None,
        _ => Some(day("published_on")?),
    };
    Ok(Some(Insolvency {
        kind,
        judged_on: day("judged_on")?,
        published_on,
    }))
}
