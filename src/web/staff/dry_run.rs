//! What a planning of a day would do.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use domain::ScenarioId;
use serde::Deserialize;
use views::problem::{Problem, Wrong};
use views::staff::dry_run::{self as view, DryRunPage, Gets};

use super::answer::{Found, page};
use super::session::Staff;
use crate::flows::dry_run::{self, Instead, SHOWN_MAX, Trial};
use crate::flows::scenario;
use crate::store::{self, Conn, StoreError};
use crate::web::input;

/// Days ahead that can be tried.
const AHEAD: i64 = 60;

/// What the address asks for.
#[derive(Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    day: String,
    #[serde(default)]
    scenario: String,
}

/// The page.
pub(super) async fn show(
    staff: Staff,
    code: web::Path<String>,
    asked: web::Query<Asked>,
) -> HttpResponse {
    let found = shown(&staff, &code, &asked).await;
    staff.answer(found)
}

async fn shown(staff: &Staff, code: &str, asked: &Asked) -> Found {
    let place = staff.at(code).await?;
    let (supplier, today) = (place.supplier.id, place.today(staff));
    let last = today.plus_days(AHEAD);
    let mut problems = Vec::new();
    let on = match asked.day.as_str() {
        "" => Ok(today),
        typed => input::day(typed),
    };
    let on = on.and_then(|day| match (today..=last).contains(&day) {
        true => Ok(day),
        false => Err(Wrong::DayOutside(today, last)),
    });
    let on = on.unwrap_or_else(|wrong| {
        problems.push(Problem::new("day", wrong));
        today
    });
    let tried: Option<ScenarioId> = asked.scenario.parse().ok();
    let read = move |conn: &mut Conn| {
        let Some(id) = tried else { return Ok(None) };
        let (named, steps) = scenario::newest(conn, supplier, id)?;
        let all = store::scenario::assigned(conn, supplier)?.into_iter();
        let profiles = all.filter(|(_, own)| *own == id).map(|(who, _)| who);
        let instead = Instead {
            profiles: profiles.collect(),
            scenario: Some(steps),
        };
        Ok::<_, StoreError>(Some((named.name, instead)))
    };
    let tried = staff.app.store.read(supplier, read).await?;
    let (name, instead) = tried.unzip();
    let trial = instead.map(Trial::Scenario);
    let done = dry_run::run(&staff.app, &place.supplier, on, trial).await?;
    let gets = done.gets.into_iter().map(|one| Gets {
        debtor: one.debtor,
        name: one.name,
        kind: one.kind,
        channel: one.channel,
        invoices: one.invoices,
        asked: one.asked,
    });
    let held = done.held.into_iter();
    let status = match problems.is_empty() {
        true => StatusCode::OK,
        false => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let view = DryRunPage {
        supplier: place.supplier.code.clone(),
        on,
        range: (today, last),
        instead: name,
        leaves_at: done.leaves_at,
        accounts: done.accounts,
        messages: done.messages.into_iter().collect(),
        waits: done.waits.into_iter().collect(),
        passed: done.passed.into_iter().collect(),
        gets: gets.collect(),
        held: held.map(|one| (one.debtor, one.name, one.why)).collect(),
        shown: SHOWN_MAX,
        problems,
    };
    let frame = staff.frame_of(&place.supplier);
    Ok(page(status, view::page(&frame, &view)))
}
