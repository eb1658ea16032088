//! Bank files: upload, what became of each, and the decision on those that wait.

use actix_multipart::Multipart;
use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use domain::BankFileId;
use views::paths;
use views::problem::{Problem, Wrong};
use views::staff::bank::{self as view, BankPage, FileLine};

use super::answer::{Found, Refusal, page};
use super::bank_columns;
use super::form;
use super::receive::receive as receive_parts;
use super::session::{Place, Staff};
use crate::flows::bank_file::columns::is_table;
use crate::flows::{FlowError, bank_file};
use crate::store;
use crate::store::StoreError;
use crate::store::bank::Reading;
use crate::web::pages::see_other;

/// Files that are shown.
const FILES: i64 = 50;

/// The form and the files.
pub(super) async fn show(staff: Staff, code: web::Path<String>) -> HttpResponse {
    let found = shown(&staff, &code).await;
    staff.answer(found)
}

async fn shown(staff: &Staff, code: &str) -> Found {
    let place = staff.at(code).await?;
    list(staff, &place, Vec::new()).await
}

async fn list(staff: &Staff, place: &Place, problems: Vec<Problem>) -> Found {
    let supplier = place.supplier.id;
    let read = move |conn: &mut store::Conn| store::bank::readings(conn, supplier, FILES);
    let files = staff.app.store.read(supplier, read).await?;
    let status = if problems.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let view = BankPage {
        supplier: place.supplier.code.clone(),
        key: form::key(),
        may_write: place.role.may_write(),
        problems,
        files: files.into_iter().map(line).collect(),
    };
    let frame = staff.frame_of(&place.supplier);
    Ok(page(status, view::page(&frame, &view)))
}

fn line(file: Reading) -> FileLine {
    FileLine {
        id: file.file,
        is_table: is_table(&file.format),
        name: file.name,
        at: file.received_at,
        state: file.state,
        format: file.format,
        reasons: file.reason.lines().map(str::to_owned).collect(),
        movements: (file.movements, file.booked),
        decided_by: file.confirmed_by,
    }
}

/// Takes a file.
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
    let received = receive_parts(staff, parts).await?;
    let mut problems = received.problems;
    if let Some((name, bytes)) = received.file {
        match bank_file::run(&staff.app, place.supplier.id, &name, bytes).await {
            Ok(_) => return Ok(see_other(&paths::bank(code))),
            Err(FlowError::Unusable(why)) => {
                problems.push(Problem::new("file", Wrong::FileUnreadable(why)));
            }
            Err(why) => return Err(why.into()),
        }
    }
    list(staff, &place, problems).await
}

/// Books a waiting file, or leaves it out, or reads its columns another way.
pub(super) async fn decide(
    staff: Staff,
    path: web::Path<(String, String)>,
    posted: web::Form<Vec<(String, String)>>,
) -> HttpResponse {
    let found = decided(&staff, &path.0, &path.1, &posted).await;
    staff.answer(found)
}

fn text<'a>(posted: &'a [(String, String)], name: &str) -> &'a str {
    let found = posted.iter().find(|(own, _)| own == name);
    found.map_or("", |(_, value)| value.trim())
}

async fn decided(staff: &Staff, code: &str, id: &str, posted: &[(String, String)]) -> Found {
    let place = staff.at(code).await?.for_writing()?;
    staff.check_form(text(posted, "csrf"))?;
    let file: BankFileId = id.parse().map_err(|_| Refusal::NOT_FOUND)?;
    let (supplier, by) = (place.supplier.id, staff.actor());
    let done = match text(posted, "decision") {
        "confirm" => bank_file::confirm(&staff.app, supplier, file, &by)
            .await
            .map(|_| ()),
        "discard" => bank_file::discard(&staff.app, supplier, file, &by).await,
        decision => return bank_columns::decided(staff, &place, file, (decision, posted)).await,
    };
    match done {
        // Decided meanwhile, by this form sent twice or by a colleague: the page shows how.
        Ok(()) | Err(FlowError::Refused(_) | FlowError::Store(StoreError::Conflict)) => {
            Ok(see_other(&paths::bank(code)))
        }
        Err(FlowError::Unusable(why)) => {
            let problem = Problem::new("file", Wrong::FileUnreadable(why));
            list(staff, &place, vec![problem]).await
        }
        Err(why) => Err(why.into()),
    }
}
