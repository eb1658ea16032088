//! Whom to call, and what a day's calls came to.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use domain::call::{Call, Sum};
use domain::{Day, Money};
use serde::Deserialize;
use views::paths;
use views::staff::call_report::{self as report_view, MadeLine, ReportPage};
use views::staff::calls::{self as view, CallLine, CallsPage};
use views::staff::shell::DebtorRef;

use super::answer::{Found, page};
use super::letters::download;
use super::session::{Place, Staff};
use crate::flows::call_list::{self, RANKED, ToCall};
use crate::flows::call_report::{self, CALLS_MAX, Report};
use crate::store::Conn;
use crate::web::input;

/// The list.
pub(super) async fn show(staff: Staff, code: web::Path<String>) -> HttpResponse {
    let found = shown(&staff, &code).await;
    staff.answer(found)
}

async fn shown(staff: &Staff, code: &str) -> Found {
    let place = staff.at(code).await?;
    let (owner, now) = (place.supplier.clone(), staff.app.now());
    let read = move |conn: &mut Conn| call_list::read(conn, &owner, now);
    let calls = staff.app.store.read(place.supplier.id, read).await?;
    let view = CallsPage {
        supplier: place.supplier.code.clone(),
        is_cut: i64::try_from(calls.len()).is_ok_and(|count| count >= RANKED),
        calls: calls.into_iter().map(|one| line(&place, one)).collect(),
    };
    let frame = staff.frame_of(&place.supplier);
    Ok(page(StatusCode::OK, view::page(&frame, &view)))
}

fn line(place: &Place, one: ToCall) -> CallLine {
    CallLine {
        message: one.message.id,
        debtor: DebtorRef {
            supplier: place.supplier.code.clone(),
            id: one.message.debtor,
            name: one.name,
        },
        contact: one.contact.name,
        phone: one.contact.phone,
        overdue: one.overdue,
        days: one.days,
        broke_promise: one.weight.broke_promise,
        tries: one.message.attempts,
    }
}

/// Which days a report is of.
#[derive(Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    day: String,
    #[serde(default)]
    span: String,
    #[serde(default)]
    format: String,
}

/// The report of a day or a week.
pub(super) async fn report(
    staff: Staff,
    code: web::Path<String>,
    asked: web::Query<Asked>,
) -> HttpResponse {
    let found = reported(&staff, &code, &asked).await;
    staff.answer(found)
}

async fn reported(staff: &Staff, code: &str, asked: &Asked) -> Found {
    let place = staff.at(code).await?;
    let to = input::day(&asked.day).unwrap_or_else(|_| place.today(staff));
    let from = if asked.span == "week" {
        to.plus_days(-6)
    } else {
        to
    };
    let found = call_report::read(&staff.app, &place.supplier, (from, to)).await?;
    if asked.format == "csv" {
        let name = format!("{code}-calls-{to}.csv");
        return Ok(download(
            &name,
            "text/csv; charset=utf-8",
            call_report::csv(&found),
        ));
    }
    let address = paths::call_report(code);
    let csv = format!(
        "{address}?day={to}&span={}&format=csv",
        asked_span(from, to)
    );
    let frame = staff.frame_of(&place.supplier);
    let view = report_page(&place, (from, to), found, csv);
    Ok(page(StatusCode::OK, report_view::page(&frame, &view)))
}

fn asked_span(from: Day, to: Day) -> &'static str {
    if from == to { "day" } else { "week" }
}

fn report_page(place: &Place, (from, to): (Day, Day), found: Report, csv: String) -> ReportPage {
    let sum = |sum: Sum| (sum.count, sum.amounts);
    let Report {
        calls,
        debtors,
        tally,
    } = found;
    let made = calls.into_iter().map(|call| {
        let name = debtors.get(&call.debtor).map(|one| one.name.clone());
        made_line(place, call, name.unwrap_or_default())
    });
    let causes = tally.causes.into_iter();
    ReportPage {
        supplier: place.supplier.code.clone(),
        from,
        to,
        csv,
        made: tally.made,
        reached: tally.reached,
        argued: sum(tally.argued),
        promises: sum(tally.promises),
        refusals: sum(tally.refusals),
        causes: causes.map(|(cause, of)| (cause, sum(of))).collect(),
        outcomes: tally.outcomes,
        next_calls: tally.next_calls,
        is_cut: i64::try_from(tally.made).is_ok_and(|count| count >= CALLS_MAX),
        calls: made.collect(),
    }
}

fn made_line(place: &Place, call: Call, name: String) -> MadeLine {
    let amounts = call.argued.iter().map(|(_, amount)| *amount);
    MadeLine {
        at: call.at,
        debtor: DebtorRef {
            supplier: place.supplier.code.clone(),
            id: call.debtor,
            name,
        },
        outcome: call.outcome,
        argued: added(amounts),
        note: call.note,
        by: call.by,
        next_at: call.next_at,
    }
}

/// Their sums, one a currency; an amount too large to be added is left out.
fn added(amounts: impl Iterator<Item = Money>) -> Vec<Money> {
    let mut sums: Vec<Money> = Vec::new();
    for amount in amounts {
        let same = |sum: &&mut Money| sum.currency() == amount.currency();
        match sums.iter_mut().find(same) {
            Some(sum) => *sum = sum.checked_add(amount).unwrap_or(*sum),
            None => sums.push(amount),
        }
    }
    sums
}
