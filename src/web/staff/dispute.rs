//! The supplier's answer to a dispute.

use actix_web::{HttpResponse, web};
use domain::DisputeId;
use domain::dispute::DisputeEvent;
use serde::Deserialize;
use views::paths;

use super::answer::{Found, Refusal, see_other};
use super::form;
use super::session::Staff;
use crate::flows::{FlowError, dispute};
use crate::store;

/// What the form posts.
#[derive(Deserialize)]
pub(super) struct Answer {
    #[serde(default)]
    csrf: String,
    #[serde(default)]
    answer: String,
    #[serde(default)]
    decision: String,
}

/// Accepts or rejects.
pub(super) async fn answer(
    staff: Staff,
    path: web::Path<(String, String)>,
    answer: web::Form<Answer>,
) -> HttpResponse {
    let found = decide(&staff, &path.0, &path.1, &answer).await;
    staff.answer(found)
}

async fn decide(staff: &Staff, code: &str, id: &str, answer: &Answer) -> Found {
    let place = staff.at(code).await?.for_writing()?;
    staff.check_form(&answer.csrf)?;
    let id: DisputeId = id.parse().map_err(|_| Refusal::NOT_FOUND)?;
    let supplier = place.supplier.id;
    let dispute = staff
        .app
        .store
        .read(move |conn| store::dispute::find(conn, supplier, id))
        .await?;
    let back = see_other(&paths::debtor(code, dispute.debtor));
    let event = match answer.decision.as_str() {
        "accept" => DisputeEvent::Accept,
        "reject" => DisputeEvent::Reject,
        _ => return Ok(back),
    };
    let said = (staff.actor(), form::typed(&answer.answer));
    match dispute::answer_with(&staff.app, supplier, id, event, said).await {
        // Answered meanwhile, by this form sent twice or by a colleague: the page shows it.
        Ok(_) | Err(FlowError::Refused(_)) => Ok(back),
        Err(why) if why.is_conflict() => Ok(back),
        Err(why) => Err(why.into()),
    }
}
