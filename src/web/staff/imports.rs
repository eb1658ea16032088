//! Balance files: the upload, and what was imported lately.

use actix_multipart::Multipart;
use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use domain::Day;
use views::paths;
use views::problem::{Problem, Wrong};
use views::staff::imports::{self as view, FIRST_DAY, RecentImport};

use super::answer::{Found, page};
use super::form;
use super::receive::{Received, receive as receive_parts};
use super::session::{Place, Staff};
use crate::flows::upload::{self, FileError, MappingError, UploadError};
use crate::store;
use crate::store::import_result::Past;
use crate::web::pages::see_other;

/// Imports of the past that are shown.
const RECENT: i64 = 20;

/// Column titles that an error names.
const TITLES: usize = 12;

/// Characters of each.
const TITLE_CHARS: usize = 40;

/// The form and what was imported lately.
pub(super) async fn show(staff: Staff, code: web::Path<String>) -> HttpResponse {
    let found = blank(&staff, &code).await;
    staff.answer(found)
}

async fn blank(staff: &Staff, code: &str) -> Found {
    let place = staff.at(code).await?;
    let received = Received {
        as_of: place.today(staff).to_string(),
        complete: true,
        ..Received::default()
    };
    form_page(staff, &place, received).await
}

/// The form, with what was typed and what was wrong.
async fn form_page(staff: &Staff, place: &Place, received: Received) -> Found {
    let supplier = place.supplier.id;
    let recent = staff
        .app
        .store
        .read(supplier, move |conn| {
            store::import_result::recent(conn, supplier, RECENT)
        })
        .await?;
    let status = if received.problems.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let view = view::Upload {
        supplier: place.supplier.code.clone(),
        key: form::key(),
        as_of: received.as_of,
        today: place.today(staff),
        complete: received.complete,
        may_import: place.role.may_write(),
        problems: received.problems,
        recent: recent.into_iter().map(recent_import).collect(),
    };
    let frame = staff.frame_of(&place.supplier);
    Ok(page(status, view::page(&frame, &view)))
}

fn recent_import(past: Past) -> RecentImport {
    RecentImport {
        id: past.id,
        at: past.started_at,
        file: past.file_name,
        as_of: past.as_of,
        rows: (past.rows_good, past.rows_bad),
    }
}

/// Takes a file and goes on to its columns; nothing is imported yet.
pub(super) async fn receive(
    staff: Staff,
    code: web::Path<String>,
    parts: Multipart,
) -> HttpResponse {
    let found = take(&staff, &code, parts).await;
    staff.answer(found)
}

async fn take(staff: &Staff, code: &str, parts: Multipart) -> Found {
    let place = staff.at(code).await?.for_writing()?;
    let mut received = receive_parts(staff, parts).await?;
    let as_of = match day(&received.as_of, place.today(staff)) {
        Ok(day) => day,
        Err(wrong) => {
            received.problems.push(Problem::new("as_of", wrong));
            return form_page(staff, &place, received).await;
        }
    };
    let Some((name, bytes)) = received.file.take() else {
        return form_page(staff, &place, received).await;
    };
    match upload::keep(&staff.app, place.supplier.id, name, bytes).await {
        Ok(id) => {
            let path = paths::import(code, id);
            let complete = if received.complete {
                "&complete=yes"
            } else {
                ""
            };
            Ok(see_other(&format!("{path}?as_of={as_of}{complete}")))
        }
        Err(UploadError::File { why, .. }) => {
            received.problems.push(Problem::new("file", wrong(&why)));
            form_page(staff, &place, received).await
        }
        Err(UploadError::Flow(why)) => Err(why.into()),
    }
}

/// The day of the data: a day of this century, today at the latest.
pub(super) fn day(typed: &str, today: Day) -> Result<Day, Wrong> {
    let first: Day = FIRST_DAY.parse().map_err(|_| Wrong::DayUnreadable)?;
    let day: Day = typed.parse().map_err(|_| Wrong::DayUnreadable)?;
    if day < first || day > today {
        return Err(Wrong::DayOutside(first, today));
    }
    Ok(day)
}

/// What is wrong with a file, in the reader's words.
pub(super) fn wrong(why: &FileError) -> Wrong {
    match why {
        FileError::Empty => Wrong::FileEmpty,
        FileError::Nul { line } => Wrong::FileNotText(*line),
        FileError::Mapping(MappingError::Missing { headers, .. }) => {
            let shown = headers.iter().filter(|title| !title.is_empty());
            let short = |title: &String| title.chars().take(TITLE_CHARS).collect();
            Wrong::FileColumns(shown.take(TITLES).map(short).collect())
        }
        other => Wrong::FileUnreadable(other.to_string()),
    }
}
