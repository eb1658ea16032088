//! How a payment stands, whatever its method: the page a debtor returns to or is sent on to.
//!
//! It looks at what is recorded and asks nobody: asking could change something.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use domain::PaymentId;
use domain::payment::{Method, Payment, PaymentState};
use maud::Markup;
use views::portal::debit::DebitFacts;
use views::portal::outcome::{self, CardReturn};
use views::portal::transfer::TransferPage;
use views::portal::{debit, transfer};

use crate::app::App;
use crate::flows::pay_by_transfer::qr_svg;
use crate::store;
use crate::web::error::WebError;
use crate::web::form::Fields;
use crate::web::session::Visit;

/// The page.
pub(in crate::web) async fn show(
    app: web::Data<App>,
    visit: Visit,
    id: web::Path<String>,
    request: HttpRequest,
) -> Result<HttpResponse, WebError> {
    let id: PaymentId = id.parse().map_err(|_| WebError::NotFound)?;
    let supplier = visit.visitor.supplier;
    let payment = app
        .store
        .read(supplier, move |conn| {
            store::payment::find(conn, supplier, id)
        })
        .await?;
    if payment.debtor != visit.visitor.debtor {
        return Err(WebError::NotFound);
    }
    let page = match (payment.method, payment.state) {
        (Method::Transfer, PaymentState::Created) => announced(&app, &visit, &payment).await?,
        (Method::Debit, PaymentState::Processing) => ordered(&app, &visit, &payment).await?,
        _ => {
            let round = Fields::of_query(&request).text("n").parse();
            let view = CardReturn {
                payment: payment.id,
                state: payment.state,
                amount: payment.amount,
                round: round.unwrap_or_default(),
            };
            outcome::page(&visit.frame(), &view)
        }
    };
    Ok(visit.page(StatusCode::OK, page))
}

/// A transfer that is awaited: what to type into one's bank.
async fn announced(app: &App, visit: &Visit, payment: &Payment) -> Result<Markup, WebError> {
    let view = transfer_page(app, visit, payment).await?;
    Ok(transfer::page(&visit.frame(), &view))
}

/// What to type into one's bank for a transfer.
pub(super) async fn transfer_page(
    app: &App,
    visit: &Visit,
    payment: &Payment,
) -> Result<TransferPage, WebError> {
    let (supplier, id) = (payment.supplier, payment.id);
    let reference = app
        .store
        .read(supplier, move |conn| {
            store::payment::reference(conn, supplier, id)
        })
        .await?
        .ok_or(WebError::NotFound)?;
    let bank = visit.supplier.bank.as_ref().ok_or(WebError::NotFound)?;
    Ok(TransferPage {
        holder: bank.holder.clone(),
        iban: bank.iban.clone(),
        bic: bank.bic.clone(),
        reference: reference.grouped(),
        amount: payment.amount,
        qr_svg: qr_svg(bank, payment.amount, &reference),
    })
}

/// A debit that is under way: what was ordered.
async fn ordered(app: &App, visit: &Visit, payment: &Payment) -> Result<Markup, WebError> {
    let (supplier, id) = (payment.supplier, payment.id);
    let (collection, mandate) = app
        .store
        .read(supplier, move |conn| {
            let collection = store::collection::of_payment(conn, supplier, id)?;
            let mandate = store::mandate::find(conn, supplier, collection.mandate)?;
            Ok((collection, mandate))
        })
        .await?;
    let facts = DebitFacts {
        amount: collection.amount,
        collect_on: collection.collect_on,
        last_four: mandate.iban.last_four().to_owned(),
        reference: mandate.reference,
        creditor_id: mandate.creditor_id,
    };
    Ok(debit::receipt(&visit.frame(), &facts))
}
