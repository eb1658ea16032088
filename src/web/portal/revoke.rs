//! The page of a mandate, and revoking it.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use domain::MandateId;
use views::paths;
use views::portal::revoke::{self as view, MandatePage};

use crate::app::App;
use crate::flows::Actor;
use crate::flows::mandate_change::registered;
use crate::flows::revoke_mandate::{Ordered, look, revoke};
use crate::web::error::WebError;
use crate::web::form::{Posted, Step};
use crate::web::pages::see_other;
use crate::web::session::{Visit, random_hex};

/// Invoices that an address names.
const NAMED_MAX: usize = 30;

/// The page.
pub(in crate::web) async fn show(
    app: web::Data<App>,
    visit: Visit,
    id: web::Path<String>,
) -> Result<HttpResponse, WebError> {
    let view = load(&app, &visit, &id).await?;
    Ok(visit.page(StatusCode::OK, view::page(&visit.frame(), &view)))
}

/// Revoking it: checked, then done. It takes an authority back and binds nobody, so it needs no
/// code. Done twice, or by a colleague meanwhile, the page shows it.
pub(in crate::web) async fn post(
    app: web::Data<App>,
    id: web::Path<String>,
    posted: Posted,
) -> Result<HttpResponse, WebError> {
    let Posted { visit, fields } = posted;
    let mut view = load(&app, &visit, &id).await?;
    view.key = fields.key()?;
    let back = see_other(&paths::mandate(view.id));
    if fields.text("step") == "registered" {
        if view.is_unregistered() {
            let visitor = visit.visitor;
            let whose = (visitor.supplier, visitor.debtor);
            registered(&app, whose, view.id, Actor::visitor(&visitor)).await?;
        }
        return Ok(back);
    }
    if !view.can_revoke() {
        return Ok(back);
    }
    if fields.step() != Step::Confirm {
        return Ok(visit.page(StatusCode::OK, view::check(&visit.frame(), &view)));
    }
    let visitor = visit.visitor;
    let actor = Actor::visitor(&visitor);
    revoke(&app, (visitor.supplier, visitor.debtor), view.id, actor).await?;
    Ok(back)
}

async fn load(app: &App, visit: &Visit, id: &str) -> Result<MandatePage, WebError> {
    let id: MandateId = id.parse().map_err(|_| WebError::NotFound)?;
    let (supplier, debtor) = (visit.visitor.supplier, visit.visitor.debtor);
    let read = app
        .store
        .read(supplier, move |conn| look(conn, (supplier, debtor), id));
    Ok(shown(read.await?, random_hex()?))
}

/// A mandate as its pages show it.
pub(in crate::web) fn shown(ordered: Ordered, key: String) -> MandatePage {
    let mandate = ordered.mandate;
    let debits = ordered.debits.iter();
    let payable = ordered.payable.iter().copied().take(NAMED_MAX);
    let pay = paths::with_invoices(paths::PAY, payable);
    MandatePage {
        id: mandate.id,
        last_four: mandate.iban.last_four().to_owned(),
        reference: mandate.reference,
        creditor_id: mandate.creditor_id,
        usage: mandate.usage,
        scheme: mandate.scheme,
        state: mandate.state,
        signed_on: mandate.signed_on,
        debits: debits
            .map(|one| (one.collect_on, one.amount, one.state))
            .collect(),
        instead: ordered.instead,
        pay: (!ordered.payable.is_empty()).then_some(pay),
        key,
    }
}
