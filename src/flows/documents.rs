//! Invoices and delivery notes are brought in as files, each to its invoice; the same file twice
//! changes nothing.

use domain::document::{self, BYTES_MAX, DocumentKind, Named};
use domain::invoice::Invoice;
use domain::party::Supplier;
use domain::{DebtorId, DocumentId, InvoiceId, SupplierId};

use super::error::FlowError;
use super::guard::{Actor, Deed, note};
use super::letter::brand;
use crate::app::App;
use crate::clock::new_id;
use crate::documents::{self, Letterhead};
use crate::store;
use crate::store::document::Document;
use crate::vault;

/// A file that is to belong to an invoice.
#[derive(Clone, Debug)]
pub struct Paper {
    /// What it is.
    pub kind: DocumentKind,
    /// Its name, without its folder.
    pub file_name: String,
    /// All of it.
    pub bytes: Vec<u8>,
}

/// Why a file was not taken.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// Its name does not end in `.pdf`.
    #[error("its name does not end in .pdf")]
    NotNamedPdf,
    /// Its content is no PDF.
    #[error("it is no PDF, whatever its name says")]
    NotPdf,
    /// Too large.
    #[error("it is larger than {} MB", BYTES_MAX / 1_000_000)]
    TooLarge,
    /// No invoice has such a number.
    #[error("no invoice has a number that is in its name")]
    NoInvoice,
    /// Several invoices have the number.
    #[error("{0} invoices have the number {1}: attach it by hand")]
    Several(usize, String),
    /// The storage, or a fault.
    #[error(transparent)]
    Flow(#[from] FlowError),
}

/// What became of a file that was taken.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Attached {
    /// It belongs to the invoice now.
    New,
    /// It did before.
    Known,
}

/// Attaches a file to an invoice.
pub async fn attach(
    app: &App,
    supplier: SupplierId,
    invoice: InvoiceId,
    paper: Paper,
    actor: Actor,
) -> Result<Attached, Refusal> {
    check(&paper)?;
    let found = app
        .store
        .read(supplier, move |conn| {
            store::document::owner(conn, supplier, invoice)
        })
        .await;
    let (debtor, _) = found.map_err(FlowError::from)?;
    keep(app, supplier, (invoice, debtor), paper, actor).await
}

/// Attaches a file to the invoice whose number is in its name.
pub async fn attach_by_name(
    app: &App,
    supplier: SupplierId,
    file_name: &str,
    bytes: Vec<u8>,
    actor: Actor,
) -> Result<Attached, Refusal> {
    let Named { kind, numbers } = document::named(file_name).ok_or(Refusal::NotNamedPdf)?;
    let paper = Paper {
        kind,
        file_name: file_name.to_owned(),
        bytes,
    };
    check(&paper)?;
    let wanted = numbers.clone();
    let found = app
        .store
        .report(supplier, move |conn| {
            store::document::numbered(conn, supplier, &wanted)
        })
        .await
        .map_err(FlowError::from)?;
    // The longest number that is one: FA-12 is not 12.
    let is_known = |number: &&String| found.iter().any(|(_, _, own)| own == *number);
    let number = numbers.iter().find(is_known).ok_or(Refusal::NoInvoice)?;
    let mut owners = found.iter().filter(|(_, _, own)| own == number);
    match (owners.next(), owners.count()) {
        (Some((invoice, debtor, _)), 0) => {
            keep(app, supplier, (*invoice, *debtor), paper, actor).await
        }
        (_, others) => Err(Refusal::Several(
            others.saturating_add(1),
            number.to_owned(),
        )),
    }
}

/// Attaches a document made of what the books say, for demonstrations.
pub async fn attach_sample(
    app: &App,
    owner: &Supplier,
    invoice: &Invoice,
    kind: DocumentKind,
) -> Result<Attached, Refusal> {
    let (supplier, debtor) = (owner.id, invoice.debtor);
    let read = app.store.read(supplier, move |conn| {
        store::debtor::find(conn, supplier, debtor)
    });
    let debtor = read.await.map_err(FlowError::from)?;
    let head = Letterhead {
        brand: brand(owner),
        language: owner.language,
        debtor: debtor.name,
        code: debtor.code,
        on: invoice.issued_on,
    };
    let bytes = documents::sample(&head, kind, &invoice.number, invoice.total);
    let prefix = match kind {
        DocumentKind::Invoice => "",
        DocumentKind::DeliveryNote => "BL_",
    };
    let paper = Paper {
        kind,
        file_name: format!("{prefix}{}.pdf", invoice.number),
        bytes: bytes.map_err(FlowError::from)?,
    };
    attach(app, supplier, invoice.id, paper, Actor::job("demo")).await
}

fn check(paper: &Paper) -> Result<(), Refusal> {
    if paper.bytes.len() > BYTES_MAX {
        Err(Refusal::TooLarge)
    } else if document::is_pdf(&paper.bytes) {
        Ok(())
    } else {
        Err(Refusal::NotPdf)
    }
}

async fn keep(
    app: &App,
    supplier: SupplierId,
    (invoice, debtor): (InvoiceId, DebtorId),
    paper: Paper,
    actor: Actor,
) -> Result<Attached, Refusal> {
    let now = app.now();
    let sha256 = vault::sha256(&paper.bytes);
    let new = Document {
        id: new_id::<DocumentId>(),
        debtor,
        invoice,
        kind: paper.kind,
        file_name: paper.file_name,
        size: i64::try_from(paper.bytes.len()).unwrap_or(i64::MAX),
        at: now,
    };
    let body = paper.bytes;
    let kept: Result<bool, FlowError> = app
        .store
        .write(supplier, move |conn| {
            let added = store::document::insert(conn, supplier, &new, &sha256, &body)?;
            if added {
                let deed = Deed {
                    actor: &actor,
                    action: "document.attached",
                    debtor,
                    subject: new.id.to_string(),
                    detail: new.file_name.clone(),
                };
                note(conn, supplier, now, deed)?;
            }
            Ok(added)
        })
        .await;
    Ok(if kept? {
        Attached::New
    } else {
        Attached::Known
    })
}
