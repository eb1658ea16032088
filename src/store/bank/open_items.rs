//! What a supplier has open, and its debtors' names: read once a file, page by page, to find what
//! payers' words mean.

use diesel::prelude::*;
use domain::invoice::ItemKind;
use domain::{Currency, DebtorId, InvoiceId, SupplierId};

use crate::store::columns::text;
use crate::store::conn::Conn;
use crate::store::error::StoreError;
use crate::store::prepared::IsOpen;
use crate::store::schema::{bank_entry, debtor, invoice};

/// An open invoice, as little of it as finding needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenItem {
    /// Which.
    pub id: InvoiceId,
    /// Whose.
    pub debtor: DebtorId,
    /// Its number.
    pub number: String,
    /// What is open of it, in minor units.
    pub open: i64,
    /// Its currency.
    pub currency: Currency,
}

/// A page of a supplier's open invoices, by id.
pub fn open_items(
    conn: &mut Conn,
    supplier: SupplierId,
    after: Option<InvoiceId>,
    limit: i64,
) -> Result<Vec<OpenItem>, StoreError> {
    let after = after.map(|id| id.to_string()).unwrap_or_default();
    let rows: Vec<(String, String, String, i64, String)> = invoice::table
        .filter(invoice::supplier_id.eq(supplier.to_string()))
        .filter(invoice::id.gt(after))
        .filter(IsOpen)
        .filter(invoice::kind.eq(ItemKind::Invoice.as_str()))
        .order(invoice::id)
        .limit(limit)
        .select((
            invoice::id,
            invoice::debtor_id,
            invoice::number,
            invoice::open,
            invoice::currency,
        ))
        .load(&mut conn.db)?;
    rows.into_iter()
        .map(|(id, debtor, number, open, currency)| {
            Ok(OpenItem {
                id: text("invoice.id", &id)?,
                debtor: text("invoice.debtor_id", &debtor)?,
                number,
                open,
                currency: text("invoice.currency", &currency)?,
            })
        })
        .collect()
}

/// A debtor and its name.
pub type DebtorName = (DebtorId, String);

/// A page of a supplier's debtors, by id.
pub fn debtor_names(
    conn: &mut Conn,
    supplier: SupplierId,
    after: Option<DebtorId>,
    limit: i64,
) -> Result<Vec<DebtorName>, StoreError> {
    let after = after.map(|id| id.to_string()).unwrap_or_default();
    let rows: Vec<(String, String)> = debtor::table
        .filter(debtor::supplier_id.eq(supplier.to_string()))
        .filter(debtor::id.gt(after))
        .order(debtor::id)
        .limit(limit)
        .select((debtor::id, debtor::name))
        .load(&mut conn.db)?;
    rows.into_iter()
        .map(|(id, name)| Ok((text("debtor.id", &id)?, name)))
        .collect()
}

/// Debtors whose money came from this account before, the latest first.
pub fn paid_from(
    conn: &mut Conn,
    supplier: SupplierId,
    payer_key: &str,
    limit: i64,
) -> Result<Vec<DebtorId>, StoreError> {
    let ids: Vec<Option<String>> = bank_entry::table
        .filter(bank_entry::supplier_id.eq(supplier.to_string()))
        .filter(bank_entry::payer_key.eq(payer_key))
        .filter(bank_entry::debtor_id.is_not_null())
        .order(bank_entry::key.desc())
        .limit(limit)
        .select(bank_entry::debtor_id)
        .load(&mut conn.db)?;
    let mut found: Vec<DebtorId> = Vec::new();
    for id in ids.iter().flatten() {
        let id = text("bank_entry.debtor_id", id)?;
        if !found.contains(&id) {
            found.push(id);
        }
    }
    Ok(found)
}
