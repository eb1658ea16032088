//! The reminders of a supplier: scenarios, who follows which, when it writes, pauses of all.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use domain::hours::{DAILY_MAX, NOTICE_DAYS_MAX, Rhythm};
use domain::pause::{PauseKind, PauseReason};
use domain::remind::GAP_DAYS_MAX;
use domain::{Day, Id, PauseId, ScenarioId, TxId};
use views::paths;
use views::problem::{Problem, ReminderWrong, Wrong};
use views::staff::scenarios::{self as view, Line, Many, ScenariosPage, ToConfirm};

use super::answer::{Found, Refusal, page};
use super::form;
use super::posted::StaffPosted;
use super::session::{Place, Staff};
use crate::flows::pause::{self, Asked};
use crate::flows::scenario::{self, ScenarioError};
use crate::flows::{FlowError, supplier_bounds};
use crate::store::{self, Conn, StoreError};
use crate::web::form::Fields;
use crate::web::input;
use crate::web::pages::see_other;

/// The page.
pub(super) async fn show(staff: Staff, code: web::Path<String>) -> HttpResponse {
    let found = shown(&staff, &code).await;
    staff.answer(found)
}

async fn shown(staff: &Staff, code: &str) -> Found {
    let place = staff.at(code).await?;
    draw(staff, &place, Said::default()).await
}

/// What the page says besides.
#[derive(Default)]
struct Said {
    name: String,
    many: Option<Many>,
    rhythm: Option<Rhythm>,
    problems: Vec<Problem>,
}

impl Said {
    fn many(count: usize, deed: ToConfirm) -> Self {
        Self {
            many: Some(Many { count, deed }),
            ..Self::default()
        }
    }

    fn wrong(field: &str, wrong: Wrong) -> Self {
        Self {
            problems: vec![Problem::new(field, wrong)],
            ..Self::default()
        }
    }
}

async fn draw(staff: &Staff, place: &Place, said: Said) -> Found {
    let (supplier, today) = (place.supplier.id, place.today(staff));
    let read = move |conn: &mut Conn| {
        let all = store::scenario::list_all(conn, supplier)?;
        let assigned = store::scenario::assigned(conn, supplier)?;
        let rhythm = store::rhythm::find(conn, supplier)?;
        let pauses = store::pause::of_supplier(conn, supplier, today)?;
        let waiting = store::approval::count_waiting(conn, &[supplier])?;
        let waiting = waiting.get(&supplier).copied().unwrap_or_default();
        Ok((all, assigned, rhythm, pauses, waiting))
    };
    let (all, assigned, rhythm, pauses, waiting) = staff.app.store.read(supplier, read).await?;
    let status = if said.problems.is_empty() && said.many.is_none() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let line = |one: store::scenario::Named| Line {
        id: one.id,
        name: one.name,
        latest: one.latest,
        active: one.active,
    };
    let view = ScenariosPage {
        supplier: place.supplier.code.clone(),
        today,
        scenarios: all.into_iter().map(line).collect(),
        assigned,
        rhythm: said.rhythm.unwrap_or(rhythm),
        pauses,
        waiting,
        may_write: place.role.may_write(),
        name: said.name,
        many: said.many,
        problems: said.problems,
        key: form::key(),
    };
    let frame = staff.frame_of(&place.supplier);
    Ok(page(status, view::page(&frame, &view)))
}

/// Takes what the page's forms post.
pub(super) async fn post(posted: StaffPosted, code: web::Path<String>) -> HttpResponse {
    let StaffPosted { staff, sent } = posted;
    let found = match sent {
        Ok(sent) => decide(&staff, &code, &sent.fields).await,
        Err(refusal) => Err(refusal),
    };
    staff.answer(found)
}

async fn decide(staff: &Staff, code: &str, fields: &Fields) -> Found {
    let place = staff.at(code).await?.for_writing()?;
    match fields.text("deed") {
        "create" => create(staff, &place, fields).await,
        "assign" => assign(staff, &place, fields).await,
        "rhythm" => rhythm(staff, &place, fields).await,
        "pause" => begin(staff, &place, fields).await,
        "resume" => resume(staff, &place, fields).await,
        _ => draw(staff, &place, Said::default()).await,
    }
}

/// A value that our own form wrote.
pub(super) fn parsed<T: std::str::FromStr>(fields: &Fields, name: &str) -> Result<T, Refusal> {
    fields.text(name).parse().map_err(|_| Refusal::NOT_FOUND)
}

/// The id of what a form makes is that of the form: posted twice, it is made once.
pub(super) fn made<T: Id>(fields: &Fields) -> Result<T, Refusal> {
    let key: TxId = parsed(fields, "key")?;
    Ok(T::from_bits(key.bits()))
}

async fn create(staff: &Staff, place: &Place, fields: &Fields) -> Found {
    let (id, recipe) = (made::<ScenarioId>(fields)?, parsed(fields, "recipe")?);
    let name = form::typed(fields.text("name"));
    let new = (id, name.clone(), recipe);
    let (app, supplier) = (&staff.app, place.supplier.id);
    match scenario::create(app, supplier, new, staff.actor()).await {
        Ok(()) => Ok(see_other(&paths::scenario(&place.supplier.code, id))),
        Err(ScenarioError::Name) => {
            let wrong = Wrong::Reminder(ReminderWrong::Name);
            let said = Said {
                name,
                ..Said::wrong("name", wrong)
            };
            draw(staff, place, said).await
        }
        Err(why) => Err(refused(why)),
    }
}

/// What no field is to blame for.
pub(super) fn refused(why: ScenarioError) -> Refusal {
    match why {
        ScenarioError::Flow(why) => Refusal::Flow(why),
        other => Refusal::Flow(FlowError::Unusable(other.to_string())),
    }
}

async fn assign(staff: &Staff, place: &Place, fields: &Fields) -> Found {
    let profile = parsed(fields, "profile")?;
    let to: Option<ScenarioId> = match fields.text("scenario") {
        "" => None,
        _ => Some(parsed(fields, "scenario")?),
    };
    let said = fields.text("said").parse().ok();
    let (app, wish) = (&staff.app, (profile, to));
    match scenario::assign(app, &place.supplier, wish, said, staff.actor()).await {
        Ok(()) => Ok(see_other(&paths::reminders(&place.supplier.code))),
        Err(ScenarioError::Flow(FlowError::Many(count))) => {
            let said = Said::many(count, ToConfirm::Assign(profile, to));
            draw(staff, place, said).await
        }
        Err(why) => Err(refused(why)),
    }
}

async fn resume(staff: &Staff, place: &Place, fields: &Fields) -> Found {
    let id: PauseId = parsed(fields, "pause")?;
    let said = fields.text("said").parse().ok();
    let (app, owner) = (&staff.app, &place.supplier);
    match pause::end(app, owner, (id, said), staff.actor()).await {
        Ok(()) => Ok(see_other(&paths::reminders(&owner.code))),
        Err(FlowError::Many(count)) => {
            let said = Said::many(count, ToConfirm::Resume(id));
            draw(staff, place, said).await
        }
        Err(why) => Err(why.into()),
    }
}

/// A whole number of a field, within bounds.
pub(super) fn number(
    fields: &Fields,
    name: &str,
    (least, most): (i64, i64),
) -> Result<i64, Problem> {
    let typed = fields.text(name).parse().ok();
    let fits = typed.filter(|number| (least..=most).contains(number));
    let wrong = Wrong::Reminder(ReminderWrong::Number(least, most));
    fits.ok_or_else(|| Problem::new(name, wrong))
}

async fn rhythm(staff: &Staff, place: &Place, fields: &Fields) -> Found {
    let mut problems = Vec::new();
    let mut read = |name: &str, bounds: (i64, i64)| {
        let found = number(fields, name, bounds);
        found.unwrap_or_else(|problem| {
            problems.push(problem);
            bounds.0
        })
    };
    let (first, closing) = (read("first_hour", (0, 23)), read("closing_hour", (1, 24)));
    let gap = read("gap_days", (0, GAP_DAYS_MAX.into()));
    let most = read("daily_max", (1, DAILY_MAX.into()));
    let notice = read("notice_days", (0, NOTICE_DAYS_MAX.into()));
    let day = |value: &str| value.parse::<u32>().ok().filter(|day| *day < 7);
    let days = fields.all("days").filter_map(day);
    let wish = Rhythm {
        days: days.fold(0, |all, day| all | 1 << day),
        first_hour: u32::try_from(first).unwrap_or_default(),
        closing_hour: u32::try_from(closing).unwrap_or_default(),
        gap_days: u16::try_from(gap).unwrap_or_default(),
        daily_max: u16::try_from(most).unwrap_or_default(),
        notice_days: u16::try_from(notice).unwrap_or_default(),
    };
    if problems.is_empty() && !wish.is_sound() {
        let wrong = Wrong::Reminder(ReminderWrong::Rhythm);
        problems.push(Problem::new("closing_hour", wrong));
    }
    if !problems.is_empty() {
        let said = Said {
            rhythm: Some(wish),
            problems,
            ..Said::default()
        };
        return draw(staff, place, said).await;
    }
    supplier_bounds::set_rhythm(&staff.app, place.supplier.id, wish).await?;
    Ok(see_other(&paths::reminders(&place.supplier.code)))
}

/// A pause as it was typed.
pub(super) fn asked(fields: &Fields, today: Day, kind: PauseKind) -> Result<Asked, Problem> {
    let until = input::day(fields.text("until")).map_err(|why| Problem::new("until", why))?;
    let last = today.plus_days(kind.days_max());
    if until < today || until > last {
        return Err(Problem::new("until", Wrong::DayOutside(today, last)));
    }
    let note = form::typed(fields.text("note"));
    let reason = fields.text("reason").parse().unwrap_or(PauseReason::Other);
    let unsaid = reason == PauseReason::Other && note.is_empty();
    if unsaid || note.chars().count() > domain::pause::NOTE_MAX {
        let wrong = Wrong::Reminder(ReminderWrong::Note);
        return Err(Problem::new("note", wrong));
    }
    Ok(Asked {
        debtor: None,
        invoice: None,
        kind,
        reason,
        note,
        until,
    })
}

async fn begin(staff: &Staff, place: &Place, fields: &Fields) -> Found {
    let id: PauseId = made(fields)?;
    let asked = match asked(fields, place.today(staff), PauseKind::Pause) {
        Ok(asked) => asked,
        Err(problem) => {
            let said = Said {
                problems: vec![problem],
                ..Said::default()
            };
            return draw(staff, place, said).await;
        }
    };
    begun(pause::begin(&staff.app, place.supplier.id, (id, asked), staff.actor()).await)?;
    Ok(see_other(&paths::reminders(&place.supplier.code)))
}

/// Posted twice, it was made by the first.
pub(super) fn begun(done: Result<(), FlowError>) -> Result<(), Refusal> {
    match done {
        Err(FlowError::Store(StoreError::Conflict)) => Ok(()),
        other => Ok(other?),
    }
}
