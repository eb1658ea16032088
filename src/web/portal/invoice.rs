//! The page of one invoice, with what happened to it.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use domain::dispute::Dispute;
use domain::invoice::Invoice;
use domain::message::MessageState;
use domain::{DebtorId, InvoiceId, SupplierId};
use views::happening::{Happening, Origin, What};
use views::portal::invoice::{self as view, DocumentLine, InvoicePage, ReportLine};

use super::held;
use super::rows::Claims;
use crate::app::App;
use crate::store::audit::Trace;
use crate::store::document::Document;
use crate::store::{self, Conn, StoreError};
use crate::web::error::WebError;
use crate::web::session::Visit;

/// Of each kind of thing that happened to an account, how many are looked at.
const LOOKED_AT: i64 = 50;

/// The page.
pub(in crate::web) async fn show(
    app: web::Data<App>,
    visit: Visit,
    id: web::Path<String>,
) -> Result<HttpResponse, WebError> {
    let id: InvoiceId = id.parse().map_err(|_| WebError::NotFound)?;
    let visitor = visit.visitor;
    let (item, claims, held, own, documents, timeline) = app
        .store
        .read(visitor.supplier, move |conn| {
            let item = store::invoice::find(conn, visitor.supplier, visitor.debtor, id)?;
            let claims = Claims::load(conn, &visitor, std::slice::from_ref(&item))?;
            let held = held::load(conn, &visitor, std::slice::from_ref(&item))?;
            let own = own_disputes(conn, &item)?;
            let documents = store::document::of_invoice(conn, visitor.supplier, id)?;
            let timeline = timeline(conn, &item, &own)?;
            Ok((item, claims, held, own, documents, timeline))
        })
        .await?;
    let line = |one: &Dispute| ReportLine {
        id: one.id,
        reason: one.reason,
        amount: one.amount,
        state: one.state,
    };
    let page = InvoicePage {
        row: claims.row(item)?,
        today: visit.today(),
        held: held::views(&visit, held)?,
        disputes: own.iter().map(line).collect(),
        documents: documents.into_iter().map(document_line).collect(),
        timeline,
    };
    Ok(visit.page(StatusCode::OK, view::page(&visit.frame(), &page)))
}

fn document_line(document: Document) -> DocumentLine {
    DocumentLine {
        id: document.id,
        kind: document.kind,
        file_name: document.file_name,
        size: document.size,
    }
}

/// What happened to an invoice, newest first.
fn timeline(
    conn: &mut Conn,
    item: &Invoice,
    own: &[Dispute],
) -> Result<Vec<Happening>, StoreError> {
    let (supplier, debtor) = (item.supplier, item.debtor);
    let mut all = disputes(conn, item, own)?;
    for promise in store::promise::of_debtor(conn, supplier, debtor, LOOKED_AT)? {
        let own = promise.shares.iter().find(|share| share.invoice == item.id);
        // An instalment is told by its plan.
        let own = own.filter(|_| promise.plan.is_none());
        all.extend(own.map(|share| Happening {
            at: promise.made_at,
            what: What::Promise(share.amount, promise.due_on, promise.state),
        }));
    }
    for plan in store::plan::of_debtor(conn, supplier, debtor, LOOKED_AT)? {
        let own = plan.shares.iter().any(|share| share.invoice == item.id);
        all.extend(own.then_some(Happening {
            at: plan.asked_at,
            what: What::Plan(plan.amount, plan.parts.len(), plan.state),
        }));
    }
    for said in store::confirmation::of_debtor(conn, supplier, debtor, LOOKED_AT)? {
        all.extend((said.invoice == item.id).then_some(Happening {
            at: said.at,
            what: What::Confirmation(said.answers),
        }));
    }
    for payment in store::payment::of_debtor(conn, supplier, debtor, LOOKED_AT)? {
        let own = payment.shares.iter().find(|share| share.invoice == item.id);
        all.extend(own.map(|share| Happening {
            at: payment.created_at,
            what: What::Payment(payment.method, share.amount, payment.state),
        }));
    }
    all.extend(messages(conn, (supplier, debtor), item.id)?);
    all.sort_by_key(|happening| std::cmp::Reverse(happening.at));
    Ok(all)
}

/// Its disputes, newest first.
fn own_disputes(conn: &mut Conn, item: &Invoice) -> Result<Vec<Dispute>, StoreError> {
    let mut own = store::dispute::of_debtor(conn, item.supplier, item.debtor, LOOKED_AT)?;
    own.retain(|dispute| dispute.invoice == item.id);
    Ok(own)
}

/// Its disputes, and the answers to them as the audit trail has them.
fn disputes(
    conn: &mut Conn,
    item: &Invoice,
    own: &[Dispute],
) -> Result<Vec<Happening>, StoreError> {
    if own.is_empty() {
        return Ok(Vec::new());
    }
    let trail = store::audit::of_debtor(conn, item.supplier, item.debtor, LOOKED_AT)?;
    let answers = trail
        .iter()
        .filter(|trace| trace.action == "dispute.answered");
    let answers = answers.filter_map(|trace| {
        let subject = own.iter().find(|one| one.id.to_string() == trace.subject);
        let state = trace.detail.parse().ok()?;
        subject.map(|_| Happening {
            at: trace.at,
            what: What::DisputeOutcome(state, words(&trail, trace)),
        })
    });
    let declared = own.iter().map(|dispute| Happening {
        at: dispute.declared_at,
        what: What::Dispute(dispute.reason, dispute.amount),
    });
    Ok(declared.chain(answers).collect())
}

/// What was written to the debtor with an answer: noted with it, at the same instant.
fn words(trail: &[Trace], answer: &Trace) -> String {
    let said = trail.iter().find(|trace| {
        trace.action == "dispute.said" && trace.subject == answer.subject && trace.at == answer.at
    });
    said.map_or_else(String::new, |trace| trace.detail.clone())
}

/// The messages that left and named it.
fn messages(
    conn: &mut Conn,
    (supplier, debtor): (SupplierId, DebtorId),
    invoice: InvoiceId,
) -> Result<Vec<Happening>, StoreError> {
    let mut found = Vec::new();
    for sent in store::outbox::of_debtor(conn, supplier, debtor, LOOKED_AT)? {
        let message = sent.message;
        let left = message.state == MessageState::Sent;
        if left && store::outbox::invoices(conn, supplier, message.id)?.contains(&invoice) {
            found.push(Happening {
                at: sent.done_at.unwrap_or(message.due_at),
                what: What::Message(
                    message.kind,
                    message.channel,
                    message.state,
                    Origin::default(),
                ),
            });
        }
    }
    Ok(found)
}
