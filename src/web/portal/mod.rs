//! The debtor's pages. Each file is one page: what it reads, what its form does.

pub(super) mod abandon;
pub(super) mod account;
pub(super) mod check_iban;
mod choice;
pub(super) mod code;
pub(super) mod confirm;
pub(super) mod dispute;
mod dispute_lines;
mod held;
pub(super) mod invoice;
pub(super) mod landing;
pub(super) mod mandate;
pub(super) mod papers;
pub(super) mod pay;
pub(super) mod payment;
pub(super) mod plan;
pub(super) mod plan_form;
pub(super) mod preferences;
pub(super) mod promise;
pub(super) mod promised;
mod replaced;
pub(super) mod report;
pub(super) mod revoke;
mod rows;
mod sender;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use views::portal::notice::{self, Done};

use super::session::Visit;
use crate::app::App;
use crate::store::{self, StoreError};

/// Says that nothing of what was asked for is left.
fn nothing_left(visit: &Visit) -> HttpResponse {
    let page = notice::done(&visit.frame(), Done::NothingLeft);
    visit.page(StatusCode::CONFLICT, page)
}

/// 422 for a form with problems, else 200.
const fn status(problems: usize) -> StatusCode {
    if problems == 0 {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    }
}

/// What the form with this key led to, if it was sent before.
async fn outcome(app: &App, visit: &Visit, key: &str) -> Result<Option<String>, StoreError> {
    let (supplier, debtor) = (visit.visitor.supplier, visit.visitor.debtor);
    let key = key.to_owned();
    app.store
        .read(supplier, move |conn| {
            store::request::outcome(conn, supplier, debtor, &key)
        })
        .await
}
