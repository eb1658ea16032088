//! How a payment stands, whatever its method: the page a debtor returns to or is sent on to.
//!
//! It looks at what is recorded and asks nobody: asking could change something.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use domain::payment::{Method, Payment, PaymentState};
use domain::{Money, PaymentId, reversal};
use maud::Markup;
use views::paths;
use views::portal::debit::DebitFacts;
use views::portal::held::Held;
use views::portal::outcome::{self, CardReturn};
use views::portal::transfer::TransferPage;
use views::portal::{debit, transfer};

use super::held;
use super::pay::debited;
use crate::app::App;
use crate::flows::pay_by_transfer::{self, qr_svg};
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
            let query = Fields::of_query(&request);
            let view = CardReturn {
                payment: payment.id,
                state: payment.state,
                amount: payment.amount,
                round: query.text("n").parse().unwrap_or_default(),
                method: payment.method,
                left: query.text("left") == "1",
                held: held(&app, &visit, &payment).await?,
                reference: pay_by_transfer::reference(payment.id)?.grouped(),
                gone: gone(&app, &payment).await?,
                confirm_at: confirm_at(&app, &payment, &query).await?,
                again: again(&payment),
            };
            outcome::page(&visit.frame(), &view)
        }
    };
    Ok(visit.page(StatusCode::OK, page))
}

/// The debtor's bank, while it waits for a confirmation. Whoever comes from there has given it.
async fn confirm_at(
    app: &App,
    payment: &Payment,
    query: &Fields,
) -> Result<Option<String>, WebError> {
    if payment.state != PaymentState::RequiresAction || query.has("redirect_status") {
        return Ok(None);
    }
    let (supplier, id) = (payment.supplier, payment.id);
    let read = app.store.read(supplier, move |conn| {
        let saved = store::payment::card(conn, supplier, id)?.is_some();
        let url = store::payment::page_url(conn, supplier, id)?;
        Ok(url.filter(|_| saved))
    });
    Ok(read.await?)
}

/// The way back to it and the way out, while it is under way.
async fn held(app: &App, visit: &Visit, payment: &Payment) -> Result<Option<Held>, WebError> {
    let payment = payment.clone();
    let read = app.store.read(payment.supplier, move |conn| {
        held::of_payment(conn, &payment)
    });
    let found = read.await?;
    Ok(found.map(|one| held::view(visit, one)).transpose()?)
}

/// What went back of it and did not come again.
async fn gone(app: &App, payment: &Payment) -> Result<Option<Money>, WebError> {
    let (supplier, id) = (payment.supplier, payment.id);
    let read = app.store.read(supplier, move |conn| {
        store::reversal::of_payment(conn, supplier, id)
    });
    let sum = reversal::gone(&read.await?, payment.amount.currency())?;
    Ok(sum.is_positive().then_some(sum))
}

/// The form for the same invoices.
fn again(payment: &Payment) -> String {
    if payment.shares.is_empty() || payment.state == PaymentState::Returned {
        return paths::ACCOUNT.to_owned();
    }
    let invoices = payment.shares.iter().map(|share| share.invoice);
    paths::with_invoices(paths::PAY, invoices)
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

/// A debit that is under way: what was ordered, and the way out as long as there is one.
async fn ordered(app: &App, visit: &Visit, payment: &Payment) -> Result<Markup, WebError> {
    let (supplier, own) = (payment.supplier, payment.clone());
    let (collection, mandate, items, held) = app
        .store
        .read(supplier, move |conn| {
            let collection = store::collection::of_payment(conn, supplier, own.id)?;
            let mandate = store::mandate::find(conn, supplier, collection.mandate)?;
            let what = own.designation();
            let ids: Vec<_> = what.held().map(|share| share.invoice).collect();
            let items = store::invoice::find_many(conn, supplier, own.debtor, &ids)?;
            let held = held::of_payment(conn, &own)?;
            Ok((collection, mandate, items, held))
        })
        .await?;
    let names: Vec<_> = items.iter().map(|item| (item.id, &item.number)).collect();
    let facts = DebitFacts {
        amount: collection.amount,
        lines: debited::lines(visit.language(), &payment.designation(), &names)?,
        collect_on: collection.collect_on,
        last_four: mandate.iban.last_four().to_owned(),
        reference: mandate.reference,
        creditor_id: mandate.creditor_id,
    };
    let held = held::view(visit, held.ok_or(WebError::NotFound)?)?;
    Ok(debit::receipt(&visit.frame(), &facts, &held))
}
