//! The account on paper: statement, receipt and mandate, made anew each time they are asked for.
//!
//! Nothing is changed by asking. What belongs to another debtor is not found.

use domain::late::ChargeKind;
use domain::ledger::{Account, TxKind};
use domain::mandate::Mandate;
use domain::party::{Debtor, Language, Supplier};
use domain::payment::{Payment, PaymentState};
use domain::{Day, DocumentId, InvoiceId, MandateId, Moment, PaymentId, reversal};
use serde_json::Value;
use views::format;

use super::error::FlowError;
use super::guard::Visitor;
use super::letter::brand;
use super::pay_by_transfer;
use crate::app::App;
use crate::documents::{
    self, DocumentError, Letterhead, Paid, Receipt, ReceiptLine, SignedMandate, Statement, Transfer,
};
use crate::store::{self, Conn, StoreError};

/// Lines of the longest statement.
const LINES_MAX: i64 = 5_000;

/// A file to be downloaded.
#[derive(Clone, Debug)]
pub struct Paper {
    /// Under which name.
    pub file_name: String,
    /// What kind of file, as HTTP names it.
    pub media_type: &'static str,
    /// All of it.
    pub bytes: Vec<u8>,
}

const PDF: &str = "application/pdf";
const CSV: &str = "text/csv; charset=utf-8";

/// The statement of account as PDF.
pub async fn statement(
    app: &App,
    visitor: Visitor,
    language: Language,
) -> Result<Paper, FlowError> {
    let (facts, code) = statement_facts(app, visitor, language).await?;
    let name = file_name(&code, say(language, "releve", "statement"), facts.head.on);
    let bytes = made(move || documents::statement(&facts)).await?;
    Ok(pdf(name, bytes))
}

/// The statement of account as CSV.
pub async fn statement_csv(
    app: &App,
    visitor: Visitor,
    language: Language,
) -> Result<Paper, FlowError> {
    let (facts, code) = statement_facts(app, visitor, language).await?;
    let name = file_name(&code, say(language, "releve", "statement"), facts.head.on);
    Ok(Paper {
        file_name: format!("{name}.csv"),
        media_type: CSV,
        bytes: documents::statement_csv(&facts)?,
    })
}

/// The receipt of a payment that has succeeded.
pub async fn receipt(
    app: &App,
    visitor: Visitor,
    id: PaymentId,
    language: Language,
) -> Result<Paper, FlowError> {
    let now = app.now();
    let read = app.store.read(visitor.supplier, move |conn| {
        receipt_facts(conn, &visitor, id, language, now)
    });
    let (facts, code) = read.await?;
    let name = file_name(&code, say(language, "recu", "receipt"), facts.received_on);
    let bytes = made(move || documents::receipt(&facts)).await?;
    Ok(pdf(name, bytes))
}

/// A signed mandate, with what proves the signature.
pub async fn mandate(
    app: &App,
    visitor: Visitor,
    id: MandateId,
    language: Language,
) -> Result<Paper, FlowError> {
    let now = app.now();
    let read = app.store.read(visitor.supplier, move |conn| {
        let mandate = store::mandate::find(conn, visitor.supplier, id)?;
        if mandate.debtor != visitor.debtor {
            return Err(StoreError::NotFound);
        }
        let (supplier, debtor) = parties(conn, &visitor)?;
        let evidence = store::mandate::evidence(conn, visitor.supplier, id)?;
        let head = letterhead(&supplier, &debtor, language, now);
        Ok((signed(mandate, head, &supplier, &evidence), supplier.code))
    });
    let (facts, code) = read.await?;
    let name = file_name(&code, say(language, "mandat", "mandate"), facts.head.on);
    let bytes = made(move || documents::mandate(&facts)).await?;
    Ok(pdf(name, bytes))
}

/// A document of one of the debtor's invoices, as it was brought in.
pub async fn document(
    app: &App,
    visitor: Visitor,
    invoice: InvoiceId,
    id: DocumentId,
) -> Result<Paper, FlowError> {
    let supplier = visitor.supplier;
    let found = app
        .store
        .read(supplier, move |conn| {
            store::document::find(conn, supplier, id)
        })
        .await?;
    let (document, bytes) = found;
    if document.debtor != visitor.debtor || document.invoice != invoice {
        return Err(StoreError::NotFound.into());
    }
    Ok(Paper {
        file_name: document.file_name,
        media_type: PDF,
        bytes,
    })
}

/// Makes a document where it keeps nobody waiting: fonts are read and cut down for each.
async fn made(
    make: impl FnOnce() -> Result<Vec<u8>, DocumentError> + Send + 'static,
) -> Result<Vec<u8>, FlowError> {
    let made = tokio::task::spawn_blocking(make).await;
    let stopped = |why: tokio::task::JoinError| DocumentError(why.to_string());
    Ok(made.map_err(stopped)??)
}

fn pdf(name: String, bytes: Vec<u8>) -> Paper {
    Paper {
        file_name: format!("{name}.pdf"),
        media_type: PDF,
        bytes,
    }
}

const fn say(language: Language, french: &'static str, english: &'static str) -> &'static str {
    match language {
        Language::Fr => french,
        Language::En => english,
    }
}

/// `boreal-releve-2026-11-20`: whose, what, of which day.
fn file_name(code: &str, what: &str, day: Day) -> String {
    let plain = |sign: &char| sign.is_ascii_alphanumeric() || matches!(sign, '-' | '_');
    let code: String = code.chars().filter(plain).collect();
    format!("{code}-{what}-{day}")
}

fn parties(conn: &mut Conn, visitor: &Visitor) -> Result<(Supplier, Debtor), StoreError> {
    let supplier = store::supplier::find(conn, visitor.supplier)?;
    let debtor = store::debtor::find(conn, visitor.supplier, visitor.debtor)?;
    Ok((supplier, debtor))
}

fn letterhead(supplier: &Supplier, debtor: &Debtor, language: Language, now: Moment) -> Letterhead {
    Letterhead {
        brand: brand(supplier),
        language,
        debtor: debtor.name.clone(),
        code: debtor.code.clone(),
        on: supplier.zone.day(now),
    }
}

async fn statement_facts(
    app: &App,
    visitor: Visitor,
    language: Language,
) -> Result<(Statement, String), FlowError> {
    let now = app.now();
    let read = app.store.read(visitor.supplier, move |conn| {
        let (owner, account) = (visitor.supplier, visitor.debtor);
        let (supplier, debtor) = parties(conn, &visitor)?;
        let mut items = store::invoice::first_open(conn, owner, account, LINES_MAX + 1)?;
        let most = usize::try_from(LINES_MAX).unwrap_or(usize::MAX);
        let is_cut = items.len() > most;
        items.truncate(most);
        let head = letterhead(&supplier, &debtor, language, now);
        let sums = store::report::debtor_totals(conn, owner, account, head.on)?;
        let reference = store::debtor::reference(conn, owner, account)?;
        let facts = Statement {
            head,
            as_of: supplier.data_as_of,
            items,
            is_cut,
            sums,
            transfer: supplier.bank.map(|account| Transfer { account, reference }),
        };
        Ok((facts, supplier.code))
    });
    Ok(read.await?)
}

fn receipt_facts(
    conn: &mut Conn,
    visitor: &Visitor,
    id: PaymentId,
    language: Language,
    now: Moment,
) -> Result<(Receipt, String), StoreError> {
    let payment = store::payment::find(conn, visitor.supplier, id)?;
    if payment.debtor != visitor.debtor || payment.state != PaymentState::Succeeded {
        return Err(StoreError::NotFound);
    }
    let (supplier, debtor) = parties(conn, visitor)?;
    let failed = |why: String| StoreError::Failed(why);
    let reference =
        pay_by_transfer::reference(payment.id).map_err(|why| failed(why.to_string()))?;
    let back = store::reversal::of_payment(conn, visitor.supplier, id)?;
    let gone = reversal::gone(&back, payment.amount.currency());
    let gone = gone.map_err(|why| failed(why.to_string()))?;
    let facts = Receipt {
        head: letterhead(&supplier, &debtor, language, now),
        reference: reference.grouped(),
        gone: gone.is_positive().then_some(gone),
        method: payment.method,
        amount: payment.amount,
        received_on: payment
            .effective_on
            .unwrap_or_else(|| supplier.zone.day(payment.created_at)),
        lines: receipt_lines(conn, &payment)?,
    };
    Ok((facts, supplier.code))
}

/// Where the money of a payment went, as it was booked: designated or not, every cent is there.
fn receipt_lines(conn: &mut Conn, payment: &Payment) -> Result<Vec<ReceiptLine>, StoreError> {
    let (supplier, source) = (payment.supplier, payment.id.to_string());
    let booked = store::ledger::lines_of(conn, supplier, TxKind::Settlement, &source)?;
    let ids: Vec<InvoiceId> = booked.iter().filter_map(|line| line.invoice).collect();
    let items = store::invoice::find_many(conn, supplier, payment.debtor, &ids)?;
    let mut lines = Vec::new();
    for line in booked {
        let item = items.iter().find(|item| Some(item.id) == line.invoice);
        let number = item.map(|item| item.number.clone()).unwrap_or_default();
        let what = match (line.account, item) {
            (Account::Receivable, Some(item)) => Paid::Item(item.kind, number),
            (Account::LateInterest, _) => Paid::Late(ChargeKind::Interest, number),
            (Account::LateIndemnity, _) => Paid::Late(ChargeKind::Indemnity, number),
            (Account::Unapplied, _) => Paid::Account,
            _ => continue,
        };
        let amount = line.amount.checked_neg();
        lines.push(ReceiptLine {
            what,
            amount: amount.map_err(|why| StoreError::Failed(why.to_string()))?,
        });
    }
    Ok(lines)
}

fn signed(
    mandate: Mandate,
    head: Letterhead,
    supplier: &Supplier,
    evidence: &str,
) -> SignedMandate {
    let evidence: Value = serde_json::from_str(evidence).unwrap_or_default();
    let said = |name: &str| {
        let value = evidence.get(name).and_then(Value::as_str);
        value.unwrap_or_default().to_owned()
    };
    let day = mandate.signed_on.unwrap_or(head.on);
    SignedMandate {
        signed_at: format::moment(head.language, supplier.zone, mandate.created_at),
        head: Letterhead { on: day, ..head },
        creditor_id: mandate.creditor_id,
        reference: mandate.reference,
        scheme: mandate.scheme,
        usage: mandate.usage,
        holder: mandate.holder,
        iban: mandate.iban,
        signatory: mandate.signatory.unwrap_or_default(),
        place: said("place"),
        wording: said("wording").lines().map(ToOwned::to_owned).collect(),
        wording_sha256: said("wording_sha256"),
        link: said("link"),
        address: said("address"),
    }
}
