//! What credit notes settled without money, and undoing it.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use domain::PaymentId;
use domain::invoice::Share;
use domain::payment::{Method, Payment, PaymentState};
use views::paths;
use views::problem::{Problem, Wrong};
use views::staff::set_off::{self as view, SetOffLine, SetOffPage};

use super::answer::{Found, Refusal, page};
use super::form;
use super::session::{Place, Staff};
use crate::flows::set_off::{self, REASON_MAX};
use crate::store;
use crate::web::pages::see_other;

type Pairs = Vec<(String, String)>;

/// The ones of an account that count.
pub(super) fn lines(payments: &[Payment]) -> Vec<SetOffLine> {
    let counts =
        |one: &&Payment| one.method == Method::Credit && one.state == PaymentState::Succeeded;
    payments.iter().filter(counts).filter_map(line).collect()
}

fn line(payment: &Payment) -> Option<SetOffLine> {
    Some(SetOffLine {
        payment: payment.id,
        on: payment.effective_on?,
        amount: payment.amount,
    })
}

/// One of them, and the form.
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

async fn find(staff: &Staff, place: &Place, id: &str) -> Result<SetOffPage, Refusal> {
    let id: PaymentId = id.parse().map_err(|_| Refusal::NOT_FOUND)?;
    let supplier = place.supplier.id;
    let read = staff.app.store.read(supplier, move |conn| {
        let payment = set_off::find(conn, supplier, id)?;
        let mut named = |shares: &[Share]| {
            let ids: Vec<_> = shares.iter().map(|share| share.invoice).collect();
            let items = store::invoice::find_many(conn, supplier, payment.debtor, &ids)?;
            Ok::<_, store::StoreError>(items.into_iter().map(|item| item.number).collect())
        };
        let numbers = [named(&payment.shares)?, named(&payment.credits)?];
        Ok((payment, numbers))
    });
    let (payment, numbers) = read.await?;
    Ok(SetOffPage {
        supplier: place.supplier.code.clone(),
        debtor: payment.debtor,
        line: line(&payment).ok_or(Refusal::NOT_FOUND)?,
        numbers,
        undone: payment.state == PaymentState::Returned,
        may_write: place.role.may_write(),
        key: form::key(),
        reason: String::new(),
        problems: Vec::new(),
    })
}

/// Undoes it, for a reason.
pub(super) async fn undo(
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
        Some(Wrong::WordsMissing)
    } else {
        (reason.chars().count() > REASON_MAX).then_some(Wrong::TooLong(REASON_MAX))
    };
    if let Some(wrong) = wrong.filter(|_| !view.undone) {
        view.reason = reason;
        view.problems.push(Problem::new("reason", wrong));
        let frame = staff.frame_of(&place.supplier);
        let page = page(StatusCode::UNPROCESSABLE_ENTITY, view::page(&frame, &view));
        return Ok(page);
    }
    let payment = view.line.payment;
    if !view.undone {
        let said = (reason, staff.actor());
        let of = (view.debtor, payment);
        set_off::undo(&staff.app, place.supplier.id, of, said).await?;
    }
    Ok(see_other(&paths::set_off(code, payment)))
}
