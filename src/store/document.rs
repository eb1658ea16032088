//! Invoices and delivery notes as files, each with the invoice it belongs to.

use diesel::prelude::*;
use domain::document::DocumentKind;
use domain::{DebtorId, DocumentId, InvoiceId, Moment, SupplierId};

use super::columns::text;
use super::conn::{Conn, each};
use super::error::StoreError;
use super::schema::{document, invoice};

/// The only kind of file that is kept.
const MEDIA_TYPE: &str = "application/pdf";

/// A document without its bytes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Document {
    /// Id.
    pub id: DocumentId,
    /// Whose account.
    pub debtor: DebtorId,
    /// Of which invoice.
    pub invoice: InvoiceId,
    /// What it is.
    pub kind: DocumentKind,
    /// The name it came under.
    pub file_name: String,
    /// How many bytes.
    pub size: i64,
    /// When it came.
    pub at: Moment,
}

/// Keeps a document; `false` when the invoice has the same file already.
pub fn insert(
    conn: &mut Conn,
    supplier: SupplierId,
    new: &Document,
    sha256: &str,
    body: &[u8],
) -> Result<bool, StoreError> {
    let values = (
        document::supplier_id.eq(supplier.to_string()),
        document::id.eq(new.id.to_string()),
        document::debtor_id.eq(new.debtor.to_string()),
        document::invoice_id.eq(new.invoice.to_string()),
        document::kind.eq(new.kind.as_str()),
        document::file_name.eq(&new.file_name),
        document::media_type.eq(MEDIA_TYPE),
        document::size.eq(new.size),
        document::sha256.eq(sha256),
        document::body.eq(body),
        document::at.eq(new.at.micros()),
    );
    let added = each!(conn, db => {
        diesel::insert_into(document::table).values(values).on_conflict_do_nothing().execute(db)?
    });
    Ok(added == 1)
}

type Columns = (String, String, String, String, String, i64, i64);

macro_rules! columns {
    () => {
        (
            document::id,
            document::debtor_id,
            document::invoice_id,
            document::kind,
            document::file_name,
            document::size,
            document::at,
        )
    };
}

fn read(columns: Columns) -> Result<Document, StoreError> {
    let (id, debtor, invoice, kind, file_name, size, at) = columns;
    Ok(Document {
        id: text("document.id", &id)?,
        debtor: text("document.debtor_id", &debtor)?,
        invoice: text("document.invoice_id", &invoice)?,
        kind: text("document.kind", &kind)?,
        file_name,
        size,
        at: Moment::from_micros(at),
    })
}

/// The documents of an invoice, oldest first.
pub fn of_invoice(
    conn: &mut Conn,
    supplier: SupplierId,
    of: InvoiceId,
) -> Result<Vec<Document>, StoreError> {
    document::table
        .filter(document::supplier_id.eq(supplier.to_string()))
        .filter(document::invoice_id.eq(of.to_string()))
        .order(document::id)
        .select(columns!())
        .load::<Columns>(&mut conn.db)?
        .into_iter()
        .map(read)
        .collect()
}

/// One document and its bytes.
pub fn find(
    conn: &mut Conn,
    supplier: SupplierId,
    id: DocumentId,
) -> Result<(Document, Vec<u8>), StoreError> {
    let (columns, body): (Columns, Vec<u8>) = document::table
        .find((supplier.to_string(), id.to_string()))
        .select((columns!(), document::body))
        .get_result(&mut conn.db)?;
    Ok((read(columns)?, body))
}

/// The items of all debtors that have one of these numbers. Reads all of the supplier's numbers, in
/// the order of their index: one of numbers alone would cost the import of a balance a sixth more.
pub fn numbered(
    conn: &mut Conn,
    supplier: SupplierId,
    numbers: &[String],
) -> Result<Vec<(InvoiceId, DebtorId, String)>, StoreError> {
    let rows: Vec<(String, String, String)> = invoice::table
        .filter(invoice::supplier_id.eq(supplier.to_string()))
        .filter(invoice::number.eq_any(numbers))
        .order((invoice::debtor_id, invoice::number, invoice::id))
        .select((invoice::id, invoice::debtor_id, invoice::number))
        .load(&mut conn.db)?;
    rows.into_iter()
        .map(|(id, debtor, number)| {
            let id = text("invoice.id", &id)?;
            Ok((id, text("invoice.debtor_id", &debtor)?, number))
        })
        .collect()
}

/// One item, whoever owes it: for staff.
pub fn owner(
    conn: &mut Conn,
    supplier: SupplierId,
    id: InvoiceId,
) -> Result<(DebtorId, String), StoreError> {
    let (debtor, number): (String, String) = invoice::table
        .find((supplier.to_string(), id.to_string()))
        .select((invoice::debtor_id, invoice::number))
        .get_result(&mut conn.db)?;
    Ok((text("invoice.debtor_id", &debtor)?, number))
}
