//! Signing a SEPA mandate: form, check, signature; then back to the payment it interrupted.

mod entry;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use domain::code::Action;
use domain::mandate::{MandateState, Scheme};
use domain::payment::Method;
use domain::{Day, MandateId};
use views::paths;
use views::portal::chosen::{amount_field, late_value};
use views::portal::mandate::{self as view, MandateForm, Terms};
use views::portal::pay::PayForm;

use super::code::require_code;
use super::sender::Sender;
use super::{outcome, status};
use crate::app::App;
use crate::flows::mandate::{Signature, reference, sign_under};
use crate::store;
use crate::web::error::WebError;
use crate::web::form::{Fields, Posted, Step};
use crate::web::session::{Acting, Visit, random_hex};
use entry::{Entry, carried, form, query, read};

/// The address of the form, when a payment needs a mandate first: it carries the payment along.
pub(super) fn before(payment: &PayForm) -> String {
    let mut fields = Fields::none();
    for one in &payment.chosen {
        fields.push("i", &one.invoice.to_string());
        fields.push(&amount_field(one.invoice), &one.amount);
    }
    for one in &payment.credits {
        if let Some(amount) = &one.amount {
            fields.push("c", &one.note.to_string());
            fields.push(&amount_field(one.note), amount);
        }
    }
    for one in payment.lateness.iter().filter(|one| one.ticked) {
        fields.push("l", &late_value(&one.charge));
    }
    fields.push("method", Method::Debit.as_str());
    fields.push("debit_on", &payment.debit_on);
    format!("{}?{}", paths::MANDATE, query(&carried(&fields)))
}

/// The empty form.
pub(in crate::web) async fn show(
    Acting(visit): Acting,
    request: HttpRequest,
) -> Result<HttpResponse, WebError> {
    let key = key_for(visit.today())?;
    let fields = Fields::of_query(&request);
    let form = form(terms(&visit, &fields, &key)?, key, &fields);
    Ok(page(
        &visit,
        &MandateForm {
            holder: visit.debtor.name.clone(),
            other: other(&visit, &form),
            ..form
        },
    ))
}

/// The form posted: checked, then signed once confirmed.
pub(in crate::web) async fn post(
    app: web::Data<App>,
    posted: Posted,
    request: HttpRequest,
) -> Result<HttpResponse, WebError> {
    let Posted { visit, fields } = posted;
    let key = fields.key()?;
    let mut form = form(terms(&visit, &fields, &key)?, key.clone(), &fields);
    if let Some(done) = outcome(&app, &visit, &key).await? {
        let id = done.parse().map_err(|_| WebError::NotFound)?;
        return receipt(&app, &visit, form, id).await;
    }
    let supplier = visit.supplier.bank.as_ref().map(|bank| &bank.iban);
    let entry = match (fields.step(), read(&form, supplier)) {
        (Step::Edit | Step::Recount, _) => return Ok(page(&visit, &form)),
        (_, Ok(entry)) => entry,
        (_, Err(problems)) => {
            form.problems = problems;
            return Ok(page(&visit, &form));
        }
    };
    let today = visit.today();
    if fields.step() == Step::Check || !is_of(&key, today) {
        // The reference holds the day of signature: past midnight the mandate is shown anew.
        if !is_of(&key, today) {
            form.key = key_for(today)?;
            form.terms = terms(&visit, &fields, &form.key)?;
        }
        let page = view::check(&visit.frame(), &form, &entry.iban, today, None);
        return Ok(visit.page(StatusCode::OK, page));
    }
    let asked = require_code(&app, (&visit, &request), &fields, Action::Mandate).await?;
    if let Some(ask) = asked {
        let page = view::check(&visit.frame(), &form, &entry.iban, today, Some(&ask));
        return Ok(visit.page(status(ask.problems.len()), page));
    }
    let signature = signature(&visit, &request, &form, entry);
    let id = sign_under(&app, visit.visitor, signature, form.terms.scheme).await?;
    receipt(&app, &visit, form, id).await
}

/// A fresh key that remembers its day.
fn key_for(today: Day) -> Result<String, WebError> {
    Ok(format!("{}{}", random_hex()?, digits(today)))
}

fn is_of(key: &str, today: Day) -> bool {
    key.ends_with(&digits(today))
}

fn digits(day: Day) -> String {
    day.to_string().replace('-', "")
}

/// Whom the mandate is for; not found when the supplier debits nobody.
fn terms(visit: &Visit, fields: &Fields, key: &str) -> Result<Terms, WebError> {
    let bank = visit.supplier.bank.as_ref();
    let asked = fields.text("scheme").parse().unwrap_or(Scheme::Core);
    let between = asked == Scheme::B2b && bank.is_some_and(|bank| bank.debits.b2b);
    let creditor_id = bank.and_then(|bank| bank.creditor_id.clone());
    Ok(Terms {
        creditor: visit.supplier.name.clone(),
        address: visit.supplier.address.clone(),
        creditor_id: creditor_id.ok_or(WebError::NotFound)?,
        reference: reference(visit.today(), key)?,
        debtor: visit.debtor.name.clone(),
        scheme: if between { Scheme::B2b } else { Scheme::Core },
        notice_days: bank
            .map_or_else(Default::default, |bank| bank.debits)
            .notice_days,
    })
}

/// Where the mandate of the other scheme is signed, when the supplier's bank collects both.
fn other(visit: &Visit, form: &MandateForm) -> Option<String> {
    let bank = visit.supplier.bank.as_ref();
    let mut fields = form.carried.clone();
    if form.terms.scheme == Scheme::Core {
        fields.insert(0, ("scheme".to_owned(), Scheme::B2b.to_string()));
    }
    let query = query(&fields);
    let mark = if query.is_empty() { "" } else { "?" };
    let offered = bank.is_some_and(|bank| bank.debits.b2b);
    offered.then(|| format!("{}{mark}{query}", paths::MANDATE))
}

fn page(visit: &Visit, form: &MandateForm) -> HttpResponse {
    let page = view::page(&visit.frame(), form);
    visit.page(status(form.problems.len()), page)
}

/// What is signed and what proves it.
fn signature(visit: &Visit, request: &HttpRequest, form: &MandateForm, entry: Entry) -> Signature {
    let Sender { address, agent } = Sender::of(request);
    Signature {
        holder: form.holder.clone(),
        iban: entry.iban,
        bic: entry.bic,
        usage: entry.usage,
        signatory: form.signatory.clone(),
        place: form.place.clone(),
        wording: view::wording(
            visit.language(),
            &form.terms.creditor,
            (form.terms.scheme, form.terms.notice_days),
        ),
        address,
        agent,
        key: form.key.clone(),
    }
}

/// What was signed, and the way back to the payment.
async fn receipt(
    app: &App,
    visit: &Visit,
    mut form: MandateForm,
    id: MandateId,
) -> Result<HttpResponse, WebError> {
    let supplier = visit.visitor.supplier;
    let mandate = app
        .store
        .read(supplier, move |conn| {
            store::mandate::find(conn, supplier, id)
        })
        .await?;
    form.terms.reference = mandate.reference;
    form.terms.scheme = mandate.scheme;
    // What was interrupted waits until the debtor's bank knows a mandate between companies.
    let goes_on = !form.carried.is_empty() && mandate.state == MandateState::Active;
    let next = goes_on.then(|| format!("{}?{}", paths::PAY, query(&form.carried)));
    let signed_on = mandate.signed_on.unwrap_or_else(|| visit.today());
    let frame = visit.frame();
    let copy = paths::mandate_pdf(id);
    let signed = (signed_on, copy.as_str());
    let page = view::receipt(&frame, &form, &mandate.iban, signed, next.as_deref());
    Ok(visit.page(StatusCode::OK, page))
}
