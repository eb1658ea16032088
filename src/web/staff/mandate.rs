//! A debtor's mandate: how it stands, what is debited under it, and what is decided about it.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use domain::MandateId;
use domain::bank::Bic;
use serde::Deserialize;
use views::paths;
use views::problem::{Problem, Wrong};
use views::staff::mandate::{self as view, ChangeForm, StaffMandate};

use super::answer::{Found, Refusal, page};
use super::form;
use super::session::{Place, Staff};
use crate::flows::FlowError;
use crate::flows::mandate_change::{self, Change};
use crate::flows::revoke_mandate::{look, revoke};
use crate::store;
use crate::web::input::sepa_account;
use crate::web::pages::see_other;
use crate::web::portal::revoke::shown;

/// What the form posts.
#[derive(Deserialize)]
pub(super) struct Posted {
    #[serde(default)]
    csrf: String,
    #[serde(default)]
    decision: String,
    #[serde(default)]
    iban: String,
    #[serde(default)]
    bic: String,
    #[serde(default)]
    reference: String,
    #[serde(default)]
    signed_for: String,
}

/// Characters of a name that banks take.
const NAME_MAX: usize = 70;

/// The page.
pub(super) async fn show(staff: Staff, path: web::Path<(String, String)>) -> HttpResponse {
    let found = found(&staff, &path.0, &path.1).await;
    staff.answer(found)
}

async fn found(staff: &Staff, code: &str, id: &str) -> Found {
    let place = staff.at(code).await?;
    let view = load(staff, &place, id).await?;
    let frame = staff.frame_of(&place.supplier);
    Ok(page(StatusCode::OK, view::page(&frame, &view)))
}

async fn load(staff: &Staff, place: &Place, id: &str) -> Result<StaffMandate, Refusal> {
    let id: MandateId = id.parse().map_err(|_| Refusal::NOT_FOUND)?;
    let supplier = place.supplier.id;
    let read = staff.app.store.read(supplier, move |conn| {
        let debtor = store::mandate::find(conn, supplier, id)?.debtor;
        Ok((debtor, look(conn, (supplier, debtor), id)?))
    });
    let (debtor, ordered) = read.await?;
    Ok(StaffMandate {
        supplier: place.supplier.code.clone(),
        debtor,
        mandate: shown(ordered, form::key()),
        change: ChangeForm::default(),
        may_write: place.role.may_write(),
    })
}

/// Does what was decided; what cannot be done any more is shown as it is.
pub(super) async fn post(
    staff: Staff,
    path: web::Path<(String, String)>,
    posted: web::Form<Posted>,
) -> HttpResponse {
    let found = decided(&staff, &path.0, &path.1, posted.into_inner()).await;
    staff.answer(found)
}

async fn decided(staff: &Staff, code: &str, id: &str, posted: Posted) -> Found {
    let place = staff.at(code).await?.for_writing()?;
    staff.check_form(&posted.csrf)?;
    let mut view = load(staff, &place, id).await?;
    let (app, actor, id) = (&staff.app, staff.actor(), view.mandate.id);
    let whose = (place.supplier.id, view.debtor);
    let done = match posted.decision.as_str() {
        "resume" => mandate_change::resume(app, whose, id, actor).await,
        "registered" => mandate_change::registered(app, whose, id, actor).await,
        "change" => {
            let (form, wanted) = read(posted);
            view.change = form;
            match wanted {
                Some(change) => mandate_change::change(app, whose, id, change, actor).await,
                None => return Ok(refused(staff, &place, &view)),
            }
        }
        _ if view.mandate.can_revoke() => revoke(app, whose, id, actor).await,
        _ => Ok(()),
    };
    match done {
        Ok(()) | Err(FlowError::Refused(_)) => Ok(see_other(&paths::staff_mandate(code, id))),
        Err(FlowError::ReferenceTaken) => {
            let taken = Problem::new("reference", Wrong::MandateReference);
            view.change.problems.push(taken);
            Ok(refused(staff, &place, &view))
        }
        Err(why) if why.is_conflict() => Ok(see_other(&paths::staff_mandate(code, id))),
        Err(why) => Err(why.into()),
    }
}

fn refused(staff: &Staff, place: &Place, view: &StaffMandate) -> HttpResponse {
    let frame = staff.frame_of(&place.supplier);
    page(StatusCode::UNPROCESSABLE_ENTITY, view::page(&frame, view))
}

/// A change as typed, and as read when nothing is wrong with it.
fn read(posted: Posted) -> (ChangeForm, Option<Change>) {
    let mut form = ChangeForm {
        iban: posted.iban.trim().to_owned(),
        bic: posted.bic.trim().to_owned(),
        reference: posted.reference.trim().to_owned(),
        signed_for: posted.signed_for.trim().to_owned(),
        problems: Vec::new(),
    };
    let mut problems = Vec::new();
    let mut wrong = |field: &str, why: Wrong| problems.push(Problem::new(field, why));
    let mut change = Change::default();
    if form.iban.is_empty() && form.reference.is_empty() && form.signed_for.is_empty() {
        wrong("iban", Wrong::IbanMissing);
    }
    let bic: Option<Bic> = match form.bic.as_str() {
        "" => None,
        typed => typed.parse().map_err(|_| wrong("bic", Wrong::Bic)).ok(),
    };
    if !form.iban.is_empty() {
        match sepa_account(&form.iban) {
            Ok(iban) => change.account = Some((iban, bic)),
            Err(why) => wrong("iban", why),
        }
    }
    match form.reference.parse() {
        _ if form.reference.is_empty() => {}
        Ok(reference) => change.reference = Some(reference),
        Err(_) => wrong("reference", Wrong::MandateReference),
    }
    if form.signed_for.chars().count() > NAME_MAX {
        wrong("signed_for", Wrong::TooLong(NAME_MAX));
    } else if !form.signed_for.is_empty() {
        change.signed_for = Some(form.signed_for.clone());
    }
    let good = problems.is_empty();
    form.problems = problems;
    (form, good.then_some(change))
}
