//! Debits asked back from the bank: which of a file, the requests, and what is decided about one.

use std::collections::BTreeMap;

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use domain::recall::{RecallKind, RecallReason, RecallState};
use domain::{BatchId, CollectionId, RecallId};
use views::paths;
use views::staff::recall::{
    self as view, AskPage, Choice, RecallLine, RecallPage, Recalled, Wrong,
};

use super::answer::{Found, Refusal, page};
use super::debits::{Pairs, line, text};
use super::form;
use super::session::{Place, Staff};
use crate::flows::papers::Paper;
use crate::flows::{FlowError, recall};
use crate::store;
use crate::store::collection::{Listed, Listing};
use crate::store::recall::{Asked, Recall};
use crate::web::pages::see_other;
use crate::web::portal::papers::download;

/// Debits that a page offers; the rest on the next ones.
const SHOWN: usize = 200;

/// Days after which no bank takes a debit back: its five bank days are over by then.
const ASKED_DAYS: i64 = 14;

/// What of a file can be asked back, and what was.
pub(super) async fn show(
    staff: Staff,
    path: web::Path<(String, String)>,
    from: web::Query<Start>,
) -> HttpResponse {
    let found = shown(&staff, &path.0, &path.1, &from).await;
    staff.answer(found)
}

/// Where a list goes on.
#[derive(serde::Deserialize)]
pub(super) struct Start {
    /// The last debit of the page before.
    after: Option<String>,
}

impl Start {
    fn place(&self) -> Result<Option<CollectionId>, Refusal> {
        let read = |id: &String| id.parse().map_err(|_| Refusal::NOT_FOUND);
        self.after.as_ref().map(read).transpose()
    }
}

/// A page of a list, and its last debit when there are more.
fn one_page(mut debits: Vec<Listed>) -> (Vec<Listed>, Option<CollectionId>) {
    let more = debits.len() > SHOWN;
    debits.truncate(SHOWN);
    let last = debits.last().filter(|_| more).map(|one| one.id);
    (debits, last)
}

fn limit() -> i64 {
    i64::try_from(SHOWN).unwrap_or(i64::MAX).saturating_add(1)
}

async fn shown(staff: &Staff, code: &str, id: &str, from: &Start) -> Found {
    let place = staff.at(code).await?;
    let id: BatchId = id.parse().map_err(|_| Refusal::NOT_FOUND)?;
    ask_page(staff, &place, (id, from.place()?), None).await
}

async fn ask_page(
    staff: &Staff,
    place: &Place,
    (id, after): (BatchId, Option<CollectionId>),
    wrong: Option<Wrong>,
) -> Found {
    let supplier = place.supplier.id;
    let since = place.today(staff).plus_days(-ASKED_DAYS);
    let read = staff.app.store.read(supplier, move |conn| {
        let batch = store::batch::find(conn, supplier, id)?;
        let which = Listing::AtBank(id, since, after);
        let debits = store::collection::listed(conn, supplier, which, limit())?;
        let asked = store::recall::asked_of_batch(conn, supplier, id)?;
        let requests = store::recall::of_batch(conn, supplier, id)?;
        Ok((batch, debits, asked, requests))
    });
    let (batch, debits, asked, requests) = read.await?;
    let (mut debits, more) = one_page(debits);
    debits.retain(|one| !asked.contains(&one.id));
    let choices = |kind| choices(staff, place, &debits, kind);
    let view = AskPage {
        supplier: place.supplier.code.clone(),
        batch: batch.id,
        message_id: batch.message_id,
        cancellable: choices(RecallKind::Cancellation),
        reversible: choices(RecallKind::Reversal),
        more,
        requests: requests.iter().map(request_line).collect(),
        may_write: place.role.may_write(),
        key: form::key(),
        wrong,
    };
    let frame = staff.frame_of(&place.supplier);
    Ok(page(status(wrong), view::ask(&frame, &view)))
}

fn status(wrong: Option<Wrong>) -> StatusCode {
    if wrong.is_some() {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    }
}

fn choices(staff: &Staff, place: &Place, debits: &[Listed], kind: RecallKind) -> Vec<Choice> {
    let today = place.today(staff);
    let fitting = |one: &&Listed| kind.fits(one.state, one.collect_on, today);
    let choice = |one: &Listed| Choice {
        id: one.id,
        line: line(place, one.clone()),
    };
    debits.iter().filter(fitting).map(choice).collect()
}

fn request_line(one: &Recall) -> RecallLine {
    RecallLine {
        id: one.id,
        kind: one.kind,
        state: one.state,
        created_at: one.created_at,
        debits: one.debits,
    }
}

/// Makes a request of the debits that were ticked.
pub(super) async fn ask(
    staff: Staff,
    path: web::Path<(String, String)>,
    posted: web::Form<Pairs>,
) -> HttpResponse {
    let found = asked(&staff, &path.0, &path.1, &posted).await;
    staff.answer(found)
}

/// Sent twice, the second finds its debits asked for already, and shows the page.
async fn asked(staff: &Staff, code: &str, id: &str, posted: &Pairs) -> Found {
    let place = staff.at(code).await?.for_writing()?;
    staff.check_form(text(posted, "csrf"))?;
    let batch: BatchId = id.parse().map_err(|_| Refusal::NOT_FOUND)?;
    let ticked = posted.iter().filter(|(name, _)| name == "debit");
    let debits: Vec<CollectionId> = ticked.filter_map(|(_, id)| id.parse().ok()).collect();
    let kind: Option<RecallKind> = text(posted, "kind").parse().ok();
    let reason: Option<RecallReason> = text(posted, "reason").parse().ok();
    let (Some(kind), Some(reason), false) = (kind, reason, debits.is_empty()) else {
        return ask_page(staff, &place, (batch, None), Some(Wrong::NoneChosen)).await;
    };
    let request = recall::Request {
        batch,
        kind,
        reason,
        debits,
    };
    let made = recall::make(&staff.app, place.supplier.id, request, staff.actor()).await?;
    match made {
        Some(made) => Ok(see_other(&paths::recall(code, made.id))),
        None => ask_page(staff, &place, (batch, None), Some(Wrong::NoneChosen)).await,
    }
}

/// One request and its debits.
pub(super) async fn one(
    staff: Staff,
    path: web::Path<(String, String)>,
    from: web::Query<Start>,
) -> HttpResponse {
    let found = found(&staff, &path.0, &path.1, &from).await;
    staff.answer(found)
}

async fn found(staff: &Staff, code: &str, id: &str, from: &Start) -> Found {
    let place = staff.at(code).await?;
    let id: RecallId = id.parse().map_err(|_| Refusal::NOT_FOUND)?;
    recall_page(staff, &place, (id, from.place()?), None).await
}

async fn recall_page(
    staff: &Staff,
    place: &Place,
    (id, after): (RecallId, Option<CollectionId>),
    wrong: Option<Wrong>,
) -> Found {
    let supplier = place.supplier.id;
    let read = staff.app.store.read(supplier, move |conn| {
        let found = store::recall::find(conn, supplier, id)?;
        let batch = store::batch::find(conn, supplier, found.batch)?;
        let which = Listing::Recalled(id, after);
        let debits = store::collection::listed(conn, supplier, which, limit())?;
        let said = store::recall::debits(conn, supplier, id)?;
        Ok((found, batch, debits, said))
    });
    let (found, batch, debits, said) = read.await?;
    let (debits, more) = one_page(debits);
    // Both are few: a page of the one, and the other is of one request.
    let said: BTreeMap<CollectionId, Asked> =
        said.into_iter().map(|one| (one.debit, one)).collect();
    let debits = debits.into_iter().map(|one| {
        let asked = said.get(&one.id);
        Recalled {
            outcome: asked.and_then(|asked| asked.outcome),
            reason: asked.and_then(|asked| asked.reason.clone()),
            line: line(place, one),
        }
    });
    let view = RecallPage {
        supplier: place.supplier.code.clone(),
        request: request_line(&found),
        reason: found.reason,
        batch: (batch.id, batch.message_id),
        message_id: found.message_id,
        maker: found.maker,
        approver: found.approver,
        exported_at: found.exported_at,
        sha256: found.sha256,
        debits: debits.collect(),
        more,
        may_write: place.role.may_write(),
        key: form::key(),
        wrong,
    };
    let frame = staff.frame_of(&place.supplier);
    Ok(page(status(wrong), view::page(&frame, &view)))
}

/// Approves a request, takes it out, or drops it.
pub(super) async fn decide(
    staff: Staff,
    path: web::Path<(String, String)>,
    posted: web::Form<Pairs>,
) -> HttpResponse {
    let found = decided(&staff, &path.0, &path.1, &posted).await;
    staff.answer(found)
}

async fn decided(staff: &Staff, code: &str, id: &str, posted: &Pairs) -> Found {
    let place = staff.at(code).await?.for_writing()?;
    staff.check_form(text(posted, "csrf"))?;
    let id: RecallId = id.parse().map_err(|_| Refusal::NOT_FOUND)?;
    let (app, supplier, actor) = (&staff.app, place.supplier.id, staff.actor());
    let done = match text(posted, "decision") {
        "approve" => recall::approve(app, supplier, id, actor).await,
        "export" => recall::export(app, supplier, id, actor).await,
        "cancel" => recall::cancel(app, supplier, id, actor).await,
        _ => Ok(()),
    };
    match done {
        Err(FlowError::SamePerson) => {
            recall_page(staff, &place, (id, None), Some(Wrong::SamePerson)).await
        }
        Err(FlowError::TooLate) => {
            recall_page(staff, &place, (id, None), Some(Wrong::TooLate)).await
        }
        // Decided meanwhile, by this form sent twice or by a colleague: the page shows it.
        Ok(()) | Err(FlowError::Refused(_)) => Ok(see_other(&paths::recall(code, id))),
        Err(why) if why.is_conflict() => Ok(see_other(&paths::recall(code, id))),
        Err(why) => Err(why.into()),
    }
}

/// The bytes, the same each time.
pub(super) async fn file(staff: Staff, path: web::Path<(String, String)>) -> HttpResponse {
    let found = bytes(&staff, &path.0, &path.1).await;
    staff.answer(found)
}

async fn bytes(staff: &Staff, code: &str, id: &str) -> Found {
    let place = staff.at(code).await?.for_writing()?;
    let id: RecallId = id.parse().map_err(|_| Refusal::NOT_FOUND)?;
    let supplier = place.supplier.id;
    let read = staff.app.store.read(supplier, move |conn| {
        let found = store::recall::find(conn, supplier, id)?;
        Ok((found, store::recall::file(conn, supplier, id)?))
    });
    let (found, bytes) = read.await?;
    if !matches!(found.state, RecallState::Exported | RecallState::Answered) {
        return Err(Refusal::NOT_FOUND);
    }
    Ok(download(Paper {
        file_name: format!("{}.xml", found.message_id),
        media_type: "application/xml",
        bytes,
    }))
}
