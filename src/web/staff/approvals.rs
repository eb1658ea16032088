//! Messages that a person is asked about before they leave.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use views::paths;
use views::staff::approvals::{self as view, ApprovalsPage, Question};
use views::staff::shell::DebtorRef;

use super::answer::{Found, page};
use super::form;
use super::posted::StaffPosted;
use super::scenarios::parsed;
use super::session::{Place, Staff};
use crate::flows::FlowError;
use crate::flows::approve::{self, Open};
use crate::store::{Conn, StoreError};
use crate::web::form::Fields;
use crate::web::pages::see_other;

/// Questions shown at once; those that were answered make room.
const SHOWN: i64 = 50;

/// The page.
pub(super) async fn show(staff: Staff, code: web::Path<String>) -> HttpResponse {
    let found = shown(&staff, &code).await;
    staff.answer(found)
}

async fn shown(staff: &Staff, code: &str) -> Found {
    let place = staff.at(code).await?;
    let (owner, today) = (place.supplier.clone(), place.today(staff));
    let read = move |conn: &mut Conn| approve::read(conn, &owner, today, SHOWN);
    let found = staff.app.store.read(place.supplier.id, read).await?;
    let view = ApprovalsPage {
        supplier: place.supplier.code.clone(),
        questions: found.into_iter().map(|one| question(&place, one)).collect(),
        may_write: place.role.may_write(),
        key: form::key(),
    };
    let frame = staff.frame_of(&place.supplier);
    Ok(page(StatusCode::OK, view::page(&frame, &view)))
}

fn question(place: &Place, one: Open) -> Question {
    Question {
        id: one.approval.id,
        debtor: DebtorRef {
            supplier: place.supplier.code.clone(),
            id: one.approval.debtor,
            name: one.name,
        },
        kind: one.approval.kind,
        asked_at: one.approval.asked_at,
        invoices: one.invoices,
        charges: one.charges,
        total: one.total,
    }
}

/// Takes an answer.
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
    let yes = match fields.text("decision") {
        "approve" => true,
        "decline" => false,
        _ => return Ok(see_other(&paths::approvals(code))),
    };
    let id = parsed(fields, "approval")?;
    let said = (yes, staff.actor());
    match approve::answer(&staff.app, place.supplier.id, id, said).await {
        // Answered by a colleague meanwhile, or posted twice: the page shows what waits.
        Ok(_) | Err(FlowError::Store(StoreError::Conflict) | FlowError::Refused(_)) => {}
        Err(why) => return Err(why.into()),
    }
    Ok(see_other(&paths::approvals(code)))
}
