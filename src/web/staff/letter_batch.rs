//! One batch of letters: what became of each.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use domain::letter::LetterState;
use domain::{Day, LetterBatchId};
use views::paths;
use views::problem::{ByHandWrong, Problem, Wrong};
use views::staff::letters::{self as view, BatchPage, LetterLine};
use views::staff::shell::DebtorRef;

use super::answer::{Found, Refusal, page};
use super::form;
use super::letters::{batch_line, chosen, sums};
use super::posted::{Sent, StaffPosted};
use super::session::{Place, Staff};
use crate::flows::letters::{self, Proof, TrackingFault};
use crate::store::letter::Told;
use crate::store::{self, Conn, StoreError};
use crate::web::input;
use crate::web::pages::see_other;

/// What the page says besides.
#[derive(Default)]
struct Said {
    on: String,
    refused: Option<String>,
    problems: Vec<Problem>,
}

/// The page.
pub(super) async fn show(staff: Staff, path: web::Path<(String, String)>) -> HttpResponse {
    let found = shown(&staff, &path.0, &path.1).await;
    staff.answer(found)
}

async fn shown(staff: &Staff, code: &str, id: &str) -> Found {
    let place = staff.at(code).await?;
    let id = id.parse().map_err(|_| Refusal::NOT_FOUND)?;
    draw(staff, &place, id, Said::default()).await
}

async fn draw(staff: &Staff, place: &Place, id: LetterBatchId, said: Said) -> Found {
    let supplier = place.supplier.id;
    let read = move |conn: &mut Conn| {
        let batch = store::letter::find(conn, supplier, id)?;
        let mut letters = Vec::new();
        for one in store::letter::of_batch(conn, supplier, id)? {
            let name = store::debtor::find(conn, supplier, one.debtor)?.name;
            let message = [one.letter.message.to_string()];
            let items = store::invoice::of_messages(conn, supplier, &message)?;
            let items: Vec<_> = items.into_iter().map(|(_, item)| item).collect();
            letters.push((one, name, items));
        }
        Ok::<_, StoreError>((batch, letters))
    };
    let (batch, found) = staff.app.store.read(supplier, read).await?;
    let printed = |one: &&(Told, String, Vec<_>)| one.0.letter.state == LetterState::Printed;
    let open = i64::try_from(found.iter().filter(printed).count()).unwrap_or(i64::MAX);
    let mut letters = Vec::new();
    for (one, name, items) in found {
        let is_obsolete = sums(&items)?.is_empty();
        letters.push(line(place, one, (name, is_obsolete)));
    }
    let today = place.today(staff);
    let status = match said.problems.is_empty() && said.refused.is_none() {
        true => StatusCode::OK,
        false => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let on = match said.on.is_empty() {
        true => today.to_string(),
        false => said.on,
    };
    let view = BatchPage {
        supplier: place.supplier.code.clone(),
        range: (place.supplier.zone.day(batch.made_at), today),
        batch: batch_line((batch, open)),
        letters,
        on,
        refused: said.refused,
        problems: said.problems,
        may_write: place.role.may_write(),
        key: form::key(),
    };
    let frame = staff.frame_of(&place.supplier);
    Ok(page(status, view::batch(&frame, &view)))
}

fn line(place: &Place, one: Told, (name, is_obsolete): (String, bool)) -> LetterLine {
    LetterLine {
        message: one.letter.message,
        debtor: DebtorRef {
            supplier: place.supplier.code.clone(),
            id: one.debtor,
            name,
        },
        place: one.letter.place,
        kind: one.kind,
        reference: one.letter.reference,
        addressee: one.letter.addressee,
        state: one.letter.state,
        posted_on: one.letter.posted_on,
        tracking: one.letter.tracking,
        has_proof: one.letter.proof.is_some(),
        is_obsolete,
    }
}

/// Takes what became of letters.
pub(super) async fn post(posted: StaffPosted, path: web::Path<(String, String)>) -> HttpResponse {
    let StaffPosted { staff, sent } = posted;
    let found = match sent {
        Ok(sent) => decide(&staff, (&path.0, &path.1), sent).await,
        Err(refusal) => Err(refusal),
    };
    staff.answer(found)
}

async fn decide(staff: &Staff, (code, id): (&str, &str), sent: Sent) -> Found {
    let place = staff.at(code).await?.for_writing()?;
    let id: LetterBatchId = id.parse().map_err(|_| Refusal::NOT_FOUND)?;
    let (app, whose, fields) = (&staff.app, (place.supplier.id, id), &sent.fields);
    match fields.text("deed") {
        "post" => {
            let chosen = chosen(fields)?;
            let on = match day(staff, &place, id, fields.text("on")).await? {
                Ok(on) => on,
                Err(wrong) => {
                    let said = Said {
                        on: fields.text("on").to_owned(),
                        problems: vec![Problem::new("on", wrong)],
                        ..Said::default()
                    };
                    return draw(staff, &place, id, said).await;
                }
            };
            if !chosen.is_empty() {
                letters::post(app, whose, (chosen, on), staff.actor()).await?;
            }
        }
        "hold" => {
            let chosen = chosen(fields)?;
            if !chosen.is_empty() {
                letters::hold_back(app, whose, chosen, staff.actor()).await?;
            }
        }
        "track" => {
            if let Err(why) = tracked(staff, whose, sent).await {
                let said = match why {
                    TrackingFault::Flow(crate::flows::FlowError::Store(why)) => {
                        return Err(why.into());
                    }
                    why => Said {
                        refused: Some(why.to_string()),
                        ..Said::default()
                    },
                };
                return draw(staff, &place, id, said).await;
            }
        }
        _ => {}
    }
    Ok(see_other(&paths::letter_batch(code, id)))
}

async fn day(
    staff: &Staff,
    place: &Place,
    id: LetterBatchId,
    typed: &str,
) -> Result<Result<Day, Wrong>, Refusal> {
    let supplier = place.supplier.id;
    let read = move |conn: &mut Conn| store::letter::find(conn, supplier, id);
    let printed = staff.app.store.read(supplier, read).await?.made_at;
    let printed = place.supplier.zone.day(printed);
    Ok(input::day(typed).and_then(|on| {
        domain::letter::check_day(on, printed, place.today(staff))
            .map(|()| on)
            .map_err(|_| Wrong::ByHand(ByHandWrong::PostingDay))
    }))
}

/// Reads the provider's table and its proofs, and takes them.
async fn tracked(
    staff: &Staff,
    whose: (domain::SupplierId, LetterBatchId),
    sent: Sent,
) -> Result<(), TrackingFault> {
    let (mut deposits, mut proofs) = (Vec::new(), Vec::new());
    for file in sent.files {
        let unread = |_| TrackingFault::Unreadable(file.name.clone());
        let bytes = file.body.map_err(unread)?;
        if file.name.to_lowercase().ends_with(".pdf") {
            proofs.push(Proof {
                name: file.name.clone(),
                bytes,
            });
        } else if !bytes.is_empty() {
            deposits.extend(letters::read_deposits(bytes.as_slice())?);
        }
    }
    if deposits.is_empty() && proofs.is_empty() {
        return Err(TrackingFault::Unreadable("no file".to_owned()));
    }
    letters::track(&staff.app, whose, deposits, staff.actor()).await?;
    letters::prove(&staff.app, whose, proofs, staff.actor()).await
}
