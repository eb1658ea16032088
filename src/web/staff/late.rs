//! What lateness of one invoice costs, and giving it up.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use domain::late::rate_on;
use domain::{DebtorId, InvoiceId};
use views::paths;
use views::problem::{Problem, Wrong};
use views::staff::late::{self as view, LatePage};

use super::answer::{Found, Refusal, page};
use super::form;
use super::session::{Place, Staff};
use crate::flows::late::{self, REASON_MAX};
use crate::store;
use crate::web::pages::see_other;

type Pairs = Vec<(String, String)>;

/// What it costs, and the form.
pub(super) async fn show(staff: Staff, path: web::Path<(String, String)>) -> HttpResponse {
    let found = shown(&staff, &path.0, &path.1).await;
    staff.answer(found)
}

async fn shown(staff: &Staff, code: &str, id: &str) -> Found {
    let place = staff.at(code).await?;
    let view = find(staff, &place, id).await?;
    let frame = staff.frame_of(&place.supplier);
    Ok(page(StatusCode::OK, view::page(&frame, &view)))
}

async fn find(staff: &Staff, place: &Place, id: &str) -> Result<LatePage, Refusal> {
    let id: InvoiceId = id.parse().map_err(|_| Refusal::NOT_FOUND)?;
    let (supplier, today) = (place.supplier.id, place.today(staff));
    let read = staff.app.store.read(supplier, move |conn| {
        let (debtor, _) = store::document::owner(conn, supplier, id)?;
        let item = store::invoice::find(conn, supplier, debtor, id)?;
        let terms = store::late::terms(conn, supplier)?;
        let due = late::due(conn, (&item, &terms), today, None)?;
        Ok((item, terms, due, store::late::waiver(conn, supplier, id)?))
    });
    let (item, terms, due, waiver) = read.await?;
    Ok(LatePage {
        supplier: place.supplier.code.clone(),
        debtor: item.debtor,
        invoice: id,
        number: item.number,
        due_on: item.due_on,
        due: terms.charges().then_some(due),
        rate: rate_on(today, &terms),
        waived: waiver.map(|one| {
            // The trail's word for whose mailbox it is says nothing here.
            let by = one.by.trim_start_matches("staff ").to_owned();
            (by, one.reason, one.at)
        }),
        may_write: place.role.may_write(),
        key: form::key(),
        reason: String::new(),
        problems: Vec::new(),
    })
}

/// Gives it up, for a reason.
pub(super) async fn waive(
    staff: Staff,
    path: web::Path<(String, String)>,
    posted: web::Form<Pairs>,
) -> HttpResponse {
    let found = decide(&staff, &path.0, &path.1, &posted).await;
    staff.answer(found)
}

fn text<'a>(posted: &'a Pairs, name: &str) -> &'a str {
    let found = posted.iter().find(|(own, _)| own == name);
    found.map_or("", |(_, value)| value.trim())
}

async fn decide(staff: &Staff, code: &str, id: &str, posted: &Pairs) -> Found {
    let place = staff.at(code).await?.for_writing()?;
    staff.check_form(text(posted, "csrf"))?;
    let mut view = find(staff, &place, id).await?;
    let reason = form::typed(text(posted, "reason"));
    let wrong = if reason.is_empty() {
        Some(Wrong::WaiverReason)
    } else {
        (reason.chars().count() > REASON_MAX).then_some(Wrong::TooLong(REASON_MAX))
    };
    if let Some(wrong) = wrong.filter(|_| view.waived.is_none()) {
        view.reason = reason;
        view.problems.push(Problem::new("reason", wrong));
        let frame = staff.frame_of(&place.supplier);
        let page = page(StatusCode::UNPROCESSABLE_ENTITY, view::page(&frame, &view));
        return Ok(page);
    }
    if view.waived.is_none() {
        give_up(staff, &place, (view.debtor, view.invoice), reason).await?;
    }
    Ok(see_other(&paths::late(code, view.invoice)))
}

/// Told twice, or by a colleague meanwhile: the page shows whose waiver counts.
async fn give_up(
    staff: &Staff,
    place: &Place,
    of: (DebtorId, InvoiceId),
    reason: String,
) -> Result<(), Refusal> {
    let said = (reason, staff.actor());
    late::waive(&staff.app, place.supplier.id, of, said).await?;
    Ok(())
}
