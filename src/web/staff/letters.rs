//! Letters: those that wait, batches to print, and what became of them.

use actix_web::http::StatusCode;
use actix_web::http::header::CONTENT_DISPOSITION;
use actix_web::{HttpResponse, web};
use domain::invoice::Invoice;
use domain::message::Message;
use domain::scenario::Channel;
use domain::{DebtorId, LetterBatchId, MessageId, Money};
use views::paths;
use views::staff::letters::{self as view, BatchLine, LettersPage, Waiting};
use views::staff::shell::DebtorRef;

use super::answer::{Found, Refusal, page};
use super::form;
use super::posted::StaffPosted;
use super::scenarios::made;
use super::session::{Place, Staff};
use crate::flows::letters::{self, BATCH_MAX};
use crate::store::letter::Batch;
use crate::store::{self, Conn, StoreError};
use crate::web::form::Fields;
use crate::web::pages::see_other;

/// Batches shown.
const BATCHES: i64 = 50;

/// The page.
pub(super) async fn show(staff: Staff, code: web::Path<String>) -> HttpResponse {
    let found = shown(&staff, &code).await;
    staff.answer(found)
}

async fn shown(staff: &Staff, code: &str) -> Found {
    let place = staff.at(code).await?;
    let (supplier, now) = (place.supplier.id, staff.app.now());
    let limit = i64::try_from(BATCH_MAX).unwrap_or(i64::MAX);
    let read = move |conn: &mut Conn| {
        let due = store::by_hand::waiting(conn, (supplier, Channel::Letter), now, limit)?;
        let asked = store::by_hand::asked(conn, supplier, &due)?;
        let debtors: Vec<DebtorId> = due.iter().map(|one| one.debtor).collect();
        let named = store::debtor::find_many(conn, supplier, &debtors)?;
        let debtors: Vec<String> = debtors.iter().map(ToString::to_string).collect();
        let reached = store::postal::with_address(conn, supplier, &debtors)?;
        let mut waiting = Vec::new();
        for message in due {
            let debtor = named.get(&message.debtor).ok_or(StoreError::NotFound)?;
            let name = debtor.name.clone();
            let items = asked.get(&message.id).cloned().unwrap_or_default();
            let has_address = reached.contains(&message.debtor);
            waiting.push((message, (name, has_address), items));
        }
        Ok::<_, StoreError>((waiting, store::letter::latest(conn, supplier, BATCHES)?))
    };
    let (due, batches) = staff.app.store.read(supplier, read).await?;
    let mut waiting = Vec::new();
    for (message, whom, items) in due {
        let asked = sums(&items)?;
        // What is paid, reported or promised by now is called off at the next look.
        if !asked.is_empty() {
            waiting.push(line(&place, &message, (whom, asked)));
        }
    }
    let view = LettersPage {
        supplier: place.supplier.code.clone(),
        waiting,
        batches: batches.into_iter().map(batch_line).collect(),
        may_write: place.role.may_write(),
        key: form::key(),
    };
    let frame = staff.frame_of(&place.supplier);
    Ok(page(StatusCode::OK, view::page(&frame, &view)))
}

/// What may be asked of these invoices, one amount a currency.
pub(super) fn sums(items: &[Invoice]) -> Result<Vec<Money>, Refusal> {
    let mut sums: Vec<Money> = Vec::new();
    for item in items {
        let asked = item.remindable().map_err(crate::flows::FlowError::from)?;
        let same = |sum: &&mut Money| sum.currency() == asked.currency();
        match sums.iter_mut().find(same) {
            Some(sum) => {
                let more = sum.checked_add(asked);
                *sum = more.map_err(crate::flows::FlowError::from)?;
            }
            None => sums.push(asked),
        }
    }
    sums.retain(|sum| sum.is_positive());
    Ok(sums)
}

fn line(
    place: &Place,
    message: &Message,
    ((name, has_address), asked): ((String, bool), Vec<Money>),
) -> Waiting {
    Waiting {
        message: message.id,
        debtor: DebtorRef {
            supplier: place.supplier.code.clone(),
            id: message.debtor,
            name,
        },
        kind: message.kind,
        asked,
        since: message.due_at,
        has_address,
    }
}

pub(super) fn batch_line((batch, open): (Batch, i64)) -> BatchLine {
    BatchLine {
        id: batch.id,
        made_at: batch.made_at,
        made_by: person(&batch.made_by),
        letters: batch.letters,
        open,
    }
}

/// The mailbox of whoever did something, out of the trail's words.
fn person(words: &str) -> String {
    words.strip_prefix("staff ").unwrap_or(words).to_owned()
}

/// Prints the letters chosen.
pub(super) async fn print(posted: StaffPosted, code: web::Path<String>) -> HttpResponse {
    let StaffPosted { staff, sent } = posted;
    let found = match sent {
        Ok(sent) => printed(&staff, &code, &sent.fields).await,
        Err(refusal) => Err(refusal),
    };
    staff.answer(found)
}

async fn printed(staff: &Staff, code: &str, fields: &Fields) -> Found {
    let place = staff.at(code).await?.for_writing()?;
    let chosen = chosen(fields)?;
    if chosen.is_empty() {
        return Ok(see_other(&paths::letters(code)));
    }
    let new = (made::<LetterBatchId>(fields)?, chosen);
    let (app, supplier) = (staff.app.clone().into_inner(), place.supplier.id);
    match letters::print(&app, supplier, new, staff.actor()).await? {
        Some(batch) => Ok(see_other(&paths::letter_batch(code, batch))),
        None => Ok(see_other(&paths::letters(code))),
    }
}

/// The letters ticked.
pub(super) fn chosen(fields: &Fields) -> Result<Vec<MessageId>, Refusal> {
    let ids = fields.all("m").map(str::parse);
    ids.collect::<Result<_, _>>()
        .map_err(|_| Refusal::NOT_FOUND)
}

/// A batch as it was printed. It holds debtors' own links: whoever only looks could act by them.
pub(super) async fn file(staff: Staff, path: web::Path<(String, String)>) -> HttpResponse {
    let found = fetch(&staff, &path.0, &path.1).await;
    staff.answer(found)
}

async fn fetch(staff: &Staff, code: &str, id: &str) -> Found {
    let place = staff.at(code).await?.for_writing()?;
    let id: LetterBatchId = id.parse().map_err(|_| Refusal::NOT_FOUND)?;
    let supplier = place.supplier.id;
    let read = move |conn: &mut Conn| store::letter::file(conn, supplier, id);
    let bytes = staff.app.store.read(supplier, read).await?;
    Ok(download(
        &format!("{code}-{id}.pdf"),
        "application/pdf",
        bytes,
    ))
}

/// The same as a folder for a provider of registered mail.
pub(super) async fn folder(staff: Staff, path: web::Path<(String, String)>) -> HttpResponse {
    let found = packed(&staff, &path.0, &path.1).await;
    staff.answer(found)
}

async fn packed(staff: &Staff, code: &str, id: &str) -> Found {
    let place = staff.at(code).await?.for_writing()?;
    let id: LetterBatchId = id.parse().map_err(|_| Refusal::NOT_FOUND)?;
    let bytes = letters::folder(&staff.app, place.supplier.id, id).await?;
    Ok(download(
        &format!("{code}-{id}.zip"),
        "application/zip",
        bytes,
    ))
}

/// What proves the deposit of a letter.
pub(super) async fn proof(staff: Staff, path: web::Path<(String, String, String)>) -> HttpResponse {
    let found = proved(&staff, &path.0, (&path.1, &path.2)).await;
    staff.answer(found)
}

async fn proved(staff: &Staff, code: &str, (batch, id): (&str, &str)) -> Found {
    let place = staff.at(code).await?.for_writing()?;
    let batch: LetterBatchId = batch.parse().map_err(|_| Refusal::NOT_FOUND)?;
    let id: MessageId = id.parse().map_err(|_| Refusal::NOT_FOUND)?;
    let supplier = place.supplier.id;
    let read = move |conn: &mut Conn| store::letter::proof(conn, supplier, (batch, id));
    let bytes = staff.app.store.read(supplier, read).await?;
    Ok(download(&format!("{id}.pdf"), "application/pdf", bytes))
}

pub(super) fn download(name: &str, kind: &'static str, bytes: Vec<u8>) -> HttpResponse {
    HttpResponse::Ok()
        .content_type(kind)
        .insert_header((
            CONTENT_DISPOSITION,
            format!("attachment; filename=\"{name}\""),
        ))
        .body(bytes)
}
