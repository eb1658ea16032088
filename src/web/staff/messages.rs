//! Messages that a human decides on, and exact copies of what left.

use actix_web::http::StatusCode;
use actix_web::http::header::CONTENT_DISPOSITION;
use actix_web::{HttpResponse, web};
use domain::message::MessageEvent;
use domain::scenario::Channel;
use domain::sms::Price;
use domain::{MessageId, Moment, SupplierId};
use serde::Deserialize;
use views::paths;
use views::portal::notice::Fault;
use views::staff::messages::{self as view, MessageLine};
use views::staff::shell::SupplierRef;
use views::staff::texting::TextsLine;

use super::answer::{Found, Refusal, page};
use super::form;
use super::session::Staff;
use super::today::debtor_ref;
use crate::flows::{FlowError, deliver};
use crate::store::report::{self, SupplierFacts, ToDecide};
use crate::store::{self, Conn, Reach, StoreError};
use crate::web::pages::see_other;

/// Messages on the page; the rest follows when these are decided.
const LINES: i64 = 100;

/// The list.
pub(super) async fn show(staff: Staff) -> HttpResponse {
    let found = list(&staff).await;
    staff.answer(found)
}

async fn list(staff: &Staff) -> Found {
    let (ids, now) = (staff.suppliers(), staff.app.now());
    let (suppliers, messages, texts) = staff
        .app
        .store
        .read(Reach::of(&ids), move |conn| {
            let messages = report::messages_to_decide(conn, &ids, LINES)?;
            let suppliers = report::suppliers(conn, &ids)?;
            let texts = texts_of_month(conn, &suppliers, now)?;
            Ok((suppliers, messages, texts))
        })
        .await?;
    let lines = messages.into_iter().map(|one| line(staff, &suppliers, one));
    let lines: Vec<MessageLine> = lines.collect();
    let frame = staff.frame(&suppliers);
    Ok(page(StatusCode::OK, view::page(&frame, &lines, &texts)))
}

/// What each supplier's texts of the month count and cost; none of those that sent none.
fn texts_of_month(
    conn: &mut Conn,
    suppliers: &[SupplierFacts],
    now: Moment,
) -> Result<Vec<TextsLine>, StoreError> {
    let mut lines = Vec::new();
    for one in suppliers {
        let since = one.zone.at_hour(one.zone.day(now).first_of_month(), 0);
        let sums = store::text_sent::sums_since(conn, one.id, since)?;
        if sums.texts > 0 {
            let prices = sums.prices.iter();
            lines.push(TextsLine {
                supplier: SupplierRef {
                    code: one.code.clone(),
                    name: one.name.clone(),
                },
                texts: sums.texts,
                segments: sums.segments,
                cost: prices
                    .map(|(unit, micros)| Price::new(*micros, *unit))
                    .collect(),
                in_part: sums.without_price > 0,
            });
        }
    }
    Ok(lines)
}

fn line(staff: &Staff, suppliers: &[SupplierFacts], one: ToDecide) -> MessageLine {
    let may_decide = staff.may_write(one.party.supplier);
    MessageLine {
        id: one.id,
        kind: one.kind,
        state: one.state,
        to: one.to.unwrap_or_default(),
        at: one.at,
        attempts: one.attempts,
        copied: one.copied && may_decide,
        may_decide,
        key: form::key(),
        debtor: debtor_ref(suppliers, one.party),
    }
}

/// The supplier of a message that the user may decide on. A copy holds the debtor's own link, so
/// reading it takes the same right.
async fn writable(staff: &Staff, id: &str) -> Result<(SupplierId, MessageId), Refusal> {
    let id: MessageId = id.parse().map_err(|_| Refusal::NOT_FOUND)?;
    let ids = staff.suppliers();
    let supplier = staff
        .app
        .store
        .read(Reach::of(&ids), move |conn| {
            report::supplier_of_message(conn, &ids, id)
        })
        .await?;
    if staff.may_write(supplier) {
        Ok((supplier, id))
    } else {
        Err(Refusal::Fault(Fault::Forbidden))
    }
}

/// The bytes that left, or were about to, for a mail program to open.
pub(super) async fn copy(staff: Staff, id: web::Path<String>) -> HttpResponse {
    let found = exact(&staff, &id).await;
    staff.answer(found)
}

async fn exact(staff: &Staff, id: &str) -> Found {
    let (supplier, id) = writable(staff, id).await?;
    let (channel, copy) = staff
        .app
        .store
        .read(supplier, move |conn| {
            let channel = store::outbox::find(conn, supplier, id)?.channel;
            Ok::<_, StoreError>((channel, store::outbox::copy(conn, supplier, id)?))
        })
        .await?;
    let (ending, kind) = match channel {
        Channel::Letter => ("pdf", "application/pdf"),
        Channel::Sms | Channel::Call => ("txt", "text/plain; charset=utf-8"),
        Channel::Email => ("eml", "message/rfc822"),
    };
    let copy = copy.ok_or(Refusal::NOT_FOUND)?;
    let name = format!("attachment; filename=\"{id}.{ending}\"");
    Ok(HttpResponse::Ok()
        .content_type(kind)
        .insert_header((CONTENT_DISPOSITION, name))
        .body(copy))
}

/// What the form posts.
#[derive(Deserialize)]
pub(super) struct Decision {
    #[serde(default)]
    csrf: String,
    #[serde(default)]
    decision: String,
}

/// Sends again or gives up.
pub(super) async fn decide(
    staff: Staff,
    id: web::Path<String>,
    decision: web::Form<Decision>,
) -> HttpResponse {
    let found = decided(&staff, &id, &decision).await;
    staff.answer(found)
}

async fn decided(staff: &Staff, id: &str, decision: &Decision) -> Found {
    let (supplier, id) = writable(staff, id).await?;
    staff.check_form(&decision.csrf)?;
    let back = see_other(paths::MESSAGES);
    let event = match decision.decision.as_str() {
        "again" => MessageEvent::SendAgain,
        "give_up" => MessageEvent::GiveUp,
        _ => return Ok(back),
    };
    match deliver::decide(&staff.app, supplier, id, event, staff.actor()).await {
        // Decided meanwhile, by this form sent twice or by a colleague.
        Ok(_) | Err(FlowError::Refused(_)) => Ok(back),
        Err(why) if why.is_conflict() => Ok(back),
        Err(why) => Err(why.into()),
    }
}
