//! Direct debits: what waits for a file, the files, and what is decided about one.

use actix_multipart::Multipart;
use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use domain::mandate::{Mandate, ends_on, warned_if_unused_since};
use domain::{BatchId, Day, DebtorId, Money};
use views::paths;
use views::staff::batch::{self as one_view, BatchPage};
use views::staff::debits::{
    self as view, Answered, DebitLine, DebitsPage, EndingLine, FileLine, Refused, ReturnLine,
};
use views::staff::shell::DebtorRef;

use super::answer::{Found, Refusal, page};
use super::form;
use super::receive::receive as receive_parts;
use super::session::{Place, Staff};
use crate::flows::collect::{self, HORIZON_DAYS};
use crate::flows::papers::Paper;
use crate::flows::{FlowError, batch, debit_answer};
use crate::store;
use crate::store::batch::Batch;
use crate::store::collection::{Listed, Listing};
use crate::store::debit_return::DebitReturn;
use crate::web::pages::see_other;
use crate::web::portal::papers::download;

/// Debits that a page shows.
const SHOWN: usize = 100;

/// Files that the list shows.
const FILES: i64 = 50;

pub(super) type Pairs = Vec<(String, String)>;

/// The first value of a field.
pub(super) fn text<'a>(posted: &'a Pairs, name: &str) -> &'a str {
    let found = posted.iter().find(|(own, _)| own == name);
    found.map_or("", |(_, value)| value.trim())
}

/// What waits, and the files.
pub(super) async fn show(staff: Staff, code: web::Path<String>) -> HttpResponse {
    let found = shown(&staff, &code).await;
    staff.answer(found)
}

async fn shown(staff: &Staff, code: &str) -> Found {
    let place = staff.at(code).await?;
    list(staff, &place, Said::default()).await
}

/// What the list says besides.
#[derive(Default)]
struct Said {
    refused: Option<Refused>,
    answered: Option<Answered>,
}

impl Said {
    fn refused(why: Refused) -> Self {
        Self {
            refused: Some(why),
            answered: None,
        }
    }
}

async fn list(staff: &Staff, place: &Place, said: Said) -> Found {
    let supplier = place.supplier.id;
    let today = place.today(staff);
    let until = today.plus_days(HORIZON_DAYS);
    let limit = i64::try_from(SHOWN).unwrap_or(i64::MAX).saturating_add(1);
    let warned = warned_if_unused_since(today);
    let read = staff.app.store.read(supplier, move |conn| {
        let near = Listing::AnnouncedUntil(until);
        let waiting = store::collection::listed(conn, supplier, near, limit)?;
        let files = store::batch::latest(conn, supplier, FILES)?;
        let returns = store::debit_return::latest(conn, supplier, FILES)?;
        let ending = store::mandate::unused_since(conn, supplier, warned, FILES)?;
        let refundable = store::collection::refundable(conn, supplier)?;
        Ok((waiting, files, returns, ending, refundable))
    });
    let (mut waiting, files, returns, ending, refundable) = read.await?;
    let more = waiting.len() > SHOWN;
    waiting.truncate(SHOWN);
    let status = status(said.refused.as_ref());
    let view = DebitsPage {
        supplier: place.supplier.code.clone(),
        past: waiting.iter().filter(|one| one.collect_on < today).count(),
        waiting: lines(place, waiting),
        more,
        files: files.iter().map(file_line).collect(),
        refundable,
        returns: returns
            .into_iter()
            .map(|one| return_line(place, one))
            .collect(),
        ending: ending
            .into_iter()
            .filter_map(|one| ending_line(place, one))
            .collect(),
        answered: said.answered,
        may_write: place.role.may_write(),
        alone: batch::profile(&place.supplier).one_user,
        key: form::key(),
        refused: said.refused,
    };
    let frame = staff.frame_of(&place.supplier);
    Ok(page(status, view::page(&frame, &view)))
}

fn status(refused: Option<&Refused>) -> StatusCode {
    if refused.is_some() {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    }
}

/// A debit as the pages show it.
pub(super) fn line(place: &Place, one: Listed) -> DebitLine {
    DebitLine {
        debtor: DebtorRef {
            supplier: place.supplier.code.clone(),
            id: one.debtor,
            name: one.name,
        },
        amount: one.amount,
        collect_on: one.collect_on,
        mandate: one.mandate,
    }
}

fn lines(place: &Place, listed: Vec<Listed>) -> Vec<DebitLine> {
    listed.into_iter().map(|one| line(place, one)).collect()
}

fn return_line(
    place: &Place,
    (end, debtor, name, amount): (DebitReturn, DebtorId, String, Money),
) -> ReturnLine {
    ReturnLine {
        debtor: DebtorRef {
            supplier: place.supplier.code.clone(),
            id: debtor,
            name,
        },
        amount,
        day: end.day,
        reason: end.reason,
        text: end.text,
        action: end.action,
        fee: end.fee,
    }
}

fn ending_line(place: &Place, (mandate, last): (Mandate, Option<Day>)) -> Option<EndingLine> {
    Some(EndingLine {
        debtor: DebtorRef {
            supplier: place.supplier.code.clone(),
            id: mandate.debtor,
            name: mandate.holder,
        },
        mandate: mandate.reference.to_string(),
        ends_on: ends_on(last.max(mandate.signed_on)?),
    })
}

fn file_line(batch: &Batch) -> FileLine {
    FileLine {
        id: batch.id,
        state: batch.state,
        created_at: batch.created_at,
        days: (batch.first_on, batch.last_on),
        debits: batch.debits,
        total: batch.total,
    }
}

/// Makes a file of what is announced and near.
pub(super) async fn prepare(
    staff: Staff,
    code: web::Path<String>,
    posted: web::Form<Pairs>,
) -> HttpResponse {
    let found = prepared(&staff, &code, &posted).await;
    staff.answer(found)
}

/// Sent twice, the second finds nothing left and shows the list.
async fn prepared(staff: &Staff, code: &str, posted: &Pairs) -> Found {
    let place = staff.at(code).await?.for_writing()?;
    staff.check_form(text(posted, "csrf"))?;
    match collect::run(&staff.app, place.supplier.id, staff.actor()).await {
        Ok(Some(made)) => Ok(see_other(&paths::batch(code, made.batch.id))),
        Ok(None) => Ok(see_other(&paths::debits(code))),
        Err(FlowError::Unusable(why)) => {
            let lines = why.lines().map(str::to_owned).collect();
            list(staff, &place, Said::refused(Refused::Rules(lines))).await
        }
        Err(why) => Err(why.into()),
    }
}

/// Reads a bank's answer to a file.
pub(super) async fn answer(
    staff: Staff,
    code: web::Path<String>,
    parts: Multipart,
) -> HttpResponse {
    let found = answered(&staff, &code, parts).await;
    staff.answer(found)
}

async fn answered(staff: &Staff, code: &str, parts: Multipart) -> Found {
    let place = staff.at(code).await?.for_writing()?;
    let received = receive_parts(staff, parts).await?;
    let Some((name, bytes)) = received.file.filter(|(_, bytes)| !bytes.is_empty()) else {
        return list(staff, &place, Said::refused(Refused::NoAnswer)).await;
    };
    let (app, supplier) = (&staff.app, place.supplier.id);
    let said = match debit_answer::run(app, supplier, &name, bytes, staff.actor()).await {
        Ok(done) => Said {
            refused: None,
            answered: Some(Answered {
                counts: (done.accepted, done.rejected, done.known),
                unknown: done.unknown,
            }),
        },
        Err(FlowError::Unusable(why)) => Said::refused(Refused::Answer(why)),
        Err(why) => return Err(why.into()),
    };
    list(staff, &place, said).await
}

/// One file and its debits.
pub(super) async fn batch(staff: Staff, path: web::Path<(String, String)>) -> HttpResponse {
    let found = one(&staff, &path.0, &path.1).await;
    staff.answer(found)
}

async fn one(staff: &Staff, code: &str, id: &str) -> Found {
    let place = staff.at(code).await?;
    let id: BatchId = id.parse().map_err(|_| Refusal::NOT_FOUND)?;
    batch_page(staff, &place, id, None).await
}

async fn batch_page(staff: &Staff, place: &Place, id: BatchId, refused: Option<Refused>) -> Found {
    let supplier = place.supplier.id;
    let limit = i64::try_from(SHOWN).unwrap_or(i64::MAX);
    let read = staff.app.store.read(supplier, move |conn| {
        let batch = store::batch::find(conn, supplier, id)?;
        let debits = store::collection::listed(conn, supplier, Listing::Of(id), limit)?;
        Ok((batch, debits))
    });
    let (found, debits) = read.await?;
    let status = status(refused.as_ref());
    let view = BatchPage {
        supplier: place.supplier.code.clone(),
        file: file_line(&found),
        is_out: batch::is_out(found.state),
        in_time: batch::in_time(&place.supplier, &found, staff.app.now()),
        approved: found.approver.zip(found.approved_at),
        message_id: found.message_id,
        maker: found.maker,
        exported_at: found.exported_at,
        sha256: found.sha256,
        debits: lines(place, debits),
        may_write: place.role.may_write(),
        key: form::key(),
        refused,
    };
    let frame = staff.frame_of(&place.supplier);
    Ok(page(status, one_view::page(&frame, &view)))
}

/// Approves a file, takes it out, or calls it off.
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
    let id: BatchId = id.parse().map_err(|_| Refusal::NOT_FOUND)?;
    let (app, supplier, actor) = (&staff.app, place.supplier.id, staff.actor());
    let done = match text(posted, "decision") {
        "approve" => batch::approve(app, supplier, id, actor).await.map(|_| ()),
        "export" => batch::export(app, supplier, id, actor).await.map(|_| ()),
        "cancel" => batch::cancel(app, supplier, id, actor).await,
        _ => Ok(()),
    };
    let refused = match done {
        Ok(()) => None,
        // Decided meanwhile, by this form sent twice or by a colleague: the page shows it.
        Err(FlowError::Refused(_)) => None,
        Err(why) if why.is_conflict() => None,
        Err(FlowError::SamePerson) => Some(Refused::SamePerson),
        Err(FlowError::TooLate) => Some(Refused::TooLate),
        Err(FlowError::Unwanted(_)) => Some(Refused::Unwanted),
        Err(why) => return Err(why.into()),
    };
    if refused.is_some() {
        return batch_page(staff, &place, id, refused).await;
    }
    Ok(see_other(&paths::batch(code, id)))
}

/// The bytes, the same each time.
pub(super) async fn file(staff: Staff, path: web::Path<(String, String)>) -> HttpResponse {
    let found = bytes(&staff, &path.0, &path.1).await;
    staff.answer(found)
}

async fn bytes(staff: &Staff, code: &str, id: &str) -> Found {
    let place = staff.at(code).await?.for_writing()?;
    let id: BatchId = id.parse().map_err(|_| Refusal::NOT_FOUND)?;
    let supplier = place.supplier.id;
    let read = staff.app.store.read(supplier, move |conn| {
        let batch = store::batch::find(conn, supplier, id)?;
        Ok((batch, store::batch::file(conn, supplier, id)?))
    });
    let (found, bytes) = read.await?;
    if !batch::is_out(found.state) {
        return Err(Refusal::NOT_FOUND);
    }
    Ok(download(Paper {
        file_name: format!("{}.xml", found.message_id),
        media_type: "application/xml",
        bytes,
    }))
}
