//! Decisions about contacts: somebody a debtor named, an address that works, and tasks that were
//! done by other means.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use domain::{ContactId, TaskId};
use serde::Deserialize;
use views::paths;
use views::problem::{Problem, Wrong};
use views::staff::contact::{self as view, ContactPage, ReportLine};

use super::answer::{Found, Refusal, page};
use super::form;
use super::session::{Place, Staff};
use crate::flows::{contact_address, people};
use crate::store::bounce::Bounce;
use crate::store::{self, Conn, StoreError};
use crate::web::input::is_mailbox;
use crate::web::pages::see_other;

/// Reports on the page, and how many of the customer's are looked through for them.
const REPORTS: usize = 50;
const LOOKED_THROUGH: i64 = 500;

/// What the forms post.
#[derive(Deserialize)]
pub(super) struct Decision {
    #[serde(default)]
    csrf: String,
    #[serde(default)]
    decision: String,
    #[serde(default)]
    email: String,
}

/// The address, what came back from it, and the form.
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

async fn find(staff: &Staff, place: &Place, id: &str) -> Result<ContactPage, Refusal> {
    let id: ContactId = id.parse().map_err(|_| Refusal::NOT_FOUND)?;
    let supplier = place.supplier.id;
    let read = staff.app.store.read(supplier, move |conn: &mut Conn| {
        let contact = store::contact::find(conn, supplier, id)?;
        let debtor = store::debtor::find(conn, supplier, contact.debtor)?;
        let dead = match contact.email.as_deref() {
            Some(email) => store::bounce::suppressed(conn, supplier, email)?,
            None => None,
        };
        let all = store::bounce::of_debtor(conn, supplier, contact.debtor, LOOKED_THROUGH)?;
        Ok::<_, StoreError>((contact, debtor, dead, all))
    });
    let (contact, debtor, dead, all) = read.await?;
    let own = all.into_iter().filter(|one| one.contact == id);
    Ok(ContactPage {
        supplier: place.supplier.code.clone(),
        debtor: debtor.id,
        debtor_name: debtor.name,
        contact: id,
        name: contact.name,
        typed: contact.email.clone().unwrap_or_default(),
        address: contact.email,
        phone: contact.phone,
        dead: dead.map(|why| (why.verdict, why.words, why.since)),
        reports: own.take(REPORTS).map(report_line).collect(),
        may_write: place.role.may_write(),
        key: form::key(),
        problems: Vec::new(),
    })
}

fn report_line(one: Bounce) -> ReportLine {
    ReportLine {
        at: one.at,
        address: one.address,
        verdict: one.verdict,
        status: one.status,
        words: one.words,
    }
}

/// Writes to a contact that was named from now on, or sets it aside.
pub(super) async fn decide(
    staff: Staff,
    path: web::Path<(String, String)>,
    form: web::Form<Decision>,
) -> HttpResponse {
    let found = decided(&staff, &path.0, &path.1, &form).await;
    staff.answer(found)
}

async fn decided(staff: &Staff, code: &str, id: &str, form: &Decision) -> Found {
    staff.check_form(&form.csrf)?;
    let place = staff.at(code).await?.for_writing()?;
    if form.decision == "correct" {
        return corrected(staff, &place, id, &form.email).await;
    }
    let id: ContactId = id.parse().map_err(|_| Refusal::NOT_FOUND)?;
    let good = form.decision == "accept";
    let (app, supplier) = (&staff.app, place.supplier.id);
    let debtor = people::decide(app, supplier, id, good, staff.actor()).await?;
    Ok(see_other(&paths::debtor(code, debtor)))
}

/// Writes to another address from now on, or to the same one again.
async fn corrected(staff: &Staff, place: &Place, id: &str, typed: &str) -> Found {
    let typed = typed.trim();
    let mut view = find(staff, place, id).await?;
    if !is_mailbox(typed) {
        view.typed = form::typed(typed);
        view.problems.push(Problem::new("email", Wrong::Email));
        let frame = staff.frame_of(&place.supplier);
        let page = page(StatusCode::UNPROCESSABLE_ENTITY, view::page(&frame, &view));
        return Ok(page);
    }
    let (app, supplier) = (&staff.app, place.supplier.id);
    let (address, actor) = (typed.to_owned(), staff.actor());
    contact_address::correct(app, supplier, view.contact, address, actor).await?;
    Ok(see_other(&paths::debtor(&view.supplier, view.debtor)))
}

/// Marks a task as done.
pub(super) async fn finish(
    staff: Staff,
    path: web::Path<(String, String)>,
    form: web::Form<Decision>,
) -> HttpResponse {
    let found = finished(&staff, &path.0, &path.1, &form).await;
    staff.answer(found)
}

async fn finished(staff: &Staff, code: &str, id: &str, form: &Decision) -> Found {
    staff.check_form(&form.csrf)?;
    let place = staff.at(code).await?.for_writing()?;
    let id: TaskId = id.parse().map_err(|_| Refusal::NOT_FOUND)?;
    let debtor = people::finish_task(&staff.app, place.supplier.id, id, staff.actor()).await?;
    Ok(see_other(&paths::debtor(code, debtor)))
}
