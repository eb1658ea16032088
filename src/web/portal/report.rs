//! A reported problem: its page, what the debtor adds to it, its files.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use domain::dispute::{DisputeEvent, DisputeState, REMARK_CHARS_MAX};
use domain::{AttachmentId, DisputeId};
use views::attached::File;
use views::paths;
use views::portal::report::{self as view, ReportPage};
use views::problem::{Problem, Wrong};

use super::attach;
use super::{outcome, status};
use crate::app::App;
use crate::flows::dispute::{Speech, speak};
use crate::flows::{FlowError, Visitor};
use crate::store;
use crate::web::conversation::Talk;
use crate::web::error::WebError;
use crate::web::files;
use crate::web::form::{Fields, Step};
use crate::web::form_files::PostedFiles;
use crate::web::pages::see_other;
use crate::web::session::{Visit, random_hex};

/// The page.
pub(in crate::web) async fn show(
    app: web::Data<App>,
    visit: Visit,
    id: web::Path<String>,
) -> Result<HttpResponse, WebError> {
    let talk = find(&app, &visit, &id).await?;
    let page = model(&visit, &talk, random_hex()?);
    Ok(visit.page(StatusCode::OK, view::page(&visit.frame(), &page)))
}

/// A dispute of this debtor; another's is not found.
async fn find(app: &App, visit: &Visit, id: &str) -> Result<Talk, WebError> {
    let id: DisputeId = id.parse().map_err(|_| WebError::NotFound)?;
    let Visitor {
        supplier, debtor, ..
    } = visit.visitor;
    let talk = app
        .store
        .read(supplier, move |conn| {
            let dispute = store::dispute::find(conn, supplier, id)?;
            if dispute.debtor != debtor {
                return Err(store::StoreError::NotFound);
            }
            Talk::of(conn, dispute)
        })
        .await?;
    Ok(talk)
}

fn model(visit: &Visit, talk: &Talk, key: String) -> ReportPage {
    let dispute = &talk.dispute;
    let until = dispute.reopens_until().filter(|until| visit.now <= *until);
    ReportPage {
        id: dispute.id,
        invoice: dispute.invoice,
        number: talk.invoice.number.clone(),
        reason: dispute.reason,
        amount: dispute.amount,
        state: dispute.state,
        owner: dispute.owner.clone(),
        answer_by: dispute.answer_by,
        today: visit.today(),
        credit: talk.credit(),
        reopens_until: until.map(|until| visit.supplier.zone.day(until)),
        said: talk.said(),
        key,
        text: String::new(),
        files: Vec::new(),
        problems: Vec::new(),
    }
}

/// What the debtor says about it: words and files, a withdrawal, a reopening.
pub(in crate::web) async fn post(
    app: web::Data<App>,
    id: web::Path<String>,
    posted: PostedFiles,
) -> Result<HttpResponse, WebError> {
    let PostedFiles {
        visit,
        fields,
        files,
    } = posted;
    let talk = find(&app, &visit, &id).await?;
    let key = fields.key()?;
    let back = see_other(&paths::report(talk.dispute.id));
    if outcome(&app, &visit, &key).await?.is_some() || fields.step() == Step::Edit {
        return Ok(back);
    }
    let (waiting, problems) = attach::take(&app, &visit, (&fields, &key), files).await?;
    let event = event(fields.text("deed"), talk.dispute.state);
    let mut page = model(&visit, &talk, key.clone());
    page.text = fields.text("text").to_owned();
    page.problems = problems;
    page.problems.extend(wrong(&fields, event, &waiting));
    page.files = waiting;
    if event == DisputeEvent::Withdraw && fields.step() != Step::Confirm {
        let check = view::check_withdrawal(&visit.frame(), &page);
        return Ok(visit.page(StatusCode::OK, check));
    }
    if !page.problems.is_empty() {
        let status = status(page.problems.len());
        return Ok(visit.page(status, view::page(&visit.frame(), &page)));
    }
    let speech = Speech {
        event,
        text: page.text,
        key,
    };
    match speak(&app, visit.visitor, talk.dispute.id, speech).await {
        // Answered meanwhile: the page shows what can still be said.
        Ok(_) | Err(FlowError::Refused(_) | FlowError::ClosedForGood) => Ok(back),
        Err(why) if why.is_conflict() => Ok(back),
        Err(why) => Err(why.into()),
    }
}

/// What a form's button means for a dispute in this state.
fn event(deed: &str, state: DisputeState) -> DisputeEvent {
    match (deed, state) {
        ("withdraw", _) => DisputeEvent::Withdraw,
        ("reopen", _) => DisputeEvent::Reopen,
        (_, DisputeState::InfoNeeded) => DisputeEvent::Answer,
        _ => DisputeEvent::Add,
    }
}

/// What is wrong with the words: too long, or missing where neither words nor files came. To open
/// a dispute again takes words in any case.
fn wrong(fields: &Fields, event: DisputeEvent, waiting: &[File]) -> Option<Problem> {
    let text = fields.text("text");
    if text.chars().count() > REMARK_CHARS_MAX {
        return Some(Problem::new("text", Wrong::TooLong(REMARK_CHARS_MAX)));
    }
    if !event.needs_words() || !text.is_empty() {
        return None;
    }
    let missing = match event {
        DisputeEvent::Reopen => Some(Wrong::TextMissing),
        _ if waiting.is_empty() => Some(Wrong::NothingSaid),
        _ => None,
    };
    missing.map(|wrong| Problem::new("text", wrong))
}

/// A file of a dispute of this debtor, to be kept; another's is not found.
pub(in crate::web) async fn file(
    app: web::Data<App>,
    visit: Visit,
    id: web::Path<String>,
) -> Result<HttpResponse, WebError> {
    let id: AttachmentId = id.parse().map_err(|_| WebError::NotFound)?;
    let supplier = visit.visitor.supplier;
    let (file, body) = app
        .store
        .read(supplier, move |conn| {
            store::attachment::find(conn, supplier, id)
        })
        .await?;
    if file.debtor == visit.visitor.debtor {
        Ok(files::download(&file, body))
    } else {
        Err(WebError::NotFound)
    }
}
