//! Whose money it may be, for a person to say.

use diesel::prelude::*;
use domain::matching::{Clue, Suggestion};
use domain::{DebtorId, InvoiceId, SupplierId};

use crate::store::columns::{optional, text};
use crate::store::conn::Conn;
use crate::store::error::StoreError;
use crate::store::schema::{bank_suggestion, debtor, invoice};

/// A suggestion as a page shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggested {
    /// The movement.
    pub key: String,
    /// Whose it may be.
    pub debtor: DebtorId,
    /// Its name.
    pub name: String,
    /// The invoices it comes to, with their numbers.
    pub invoices: Vec<(InvoiceId, String)>,
    /// Why.
    pub clue: Clue,
}

/// Keeps what is suggested for a movement, in place of what was.
pub fn suggest(
    conn: &mut Conn,
    supplier: SupplierId,
    key: &str,
    all: &[Suggestion],
) -> Result<(), StoreError> {
    forget(conn, supplier, key)?;
    let mut n = 0_i32;
    for one in all {
        let mut invoices: Vec<Option<InvoiceId>> = one.invoices.iter().copied().map(Some).collect();
        if invoices.is_empty() {
            invoices.push(None);
        }
        for invoice in invoices {
            diesel::insert_into(bank_suggestion::table)
                .values((
                    bank_suggestion::supplier_id.eq(supplier.to_string()),
                    bank_suggestion::key.eq(key),
                    bank_suggestion::n.eq(n),
                    bank_suggestion::debtor_id.eq(one.debtor.to_string()),
                    bank_suggestion::invoice_id.eq(invoice.map(|id| id.to_string())),
                    bank_suggestion::why.eq(one.clue.as_str()),
                ))
                .execute(&mut conn.db)?;
            n += 1;
        }
    }
    Ok(())
}

/// Nothing is suggested for a movement any more.
pub fn forget(conn: &mut Conn, supplier: SupplierId, key: &str) -> Result<(), StoreError> {
    let all = bank_suggestion::table
        .filter(bank_suggestion::supplier_id.eq(supplier.to_string()))
        .filter(bank_suggestion::key.eq(key));
    diesel::delete(all).execute(&mut conn.db)?;
    Ok(())
}

/// What is suggested for these movements, each in the order it was found.
pub fn of_movements(
    conn: &mut Conn,
    supplier: SupplierId,
    keys: &[String],
) -> Result<Vec<Suggested>, StoreError> {
    type Columns = (
        String,
        String,
        String,
        Option<String>,
        Option<String>,
        String,
    );
    let rows: Vec<Columns> = bank_suggestion::table
        .inner_join(
            debtor::table.on(debtor::supplier_id
                .eq(bank_suggestion::supplier_id)
                .and(debtor::id.eq(bank_suggestion::debtor_id))),
        )
        .left_join(
            invoice::table.on(invoice::supplier_id
                .eq(bank_suggestion::supplier_id)
                .and(bank_suggestion::invoice_id.eq(invoice::id.nullable()))),
        )
        .filter(bank_suggestion::supplier_id.eq(supplier.to_string()))
        .filter(bank_suggestion::key.eq_any(keys))
        .order((bank_suggestion::key, bank_suggestion::n))
        .select((
            bank_suggestion::key,
            bank_suggestion::debtor_id,
            debtor::name,
            bank_suggestion::invoice_id,
            invoice::number.nullable(),
            bank_suggestion::why,
        ))
        .load(&mut conn.db)?;
    let mut found: Vec<Suggested> = Vec::new();
    for (key, debtor, name, invoice, number, why) in rows {
        let debtor: DebtorId = text("bank_suggestion.debtor_id", &debtor)?;
        let invoice: Option<InvoiceId> =
            optional("bank_suggestion.invoice_id", invoice.as_deref())?;
        let same = |one: &&mut Suggested| one.key == key && one.debtor == debtor;
        match (found.iter_mut().find(same), invoice.zip(number)) {
            (Some(known), Some(invoice)) => known.invoices.push(invoice),
            (Some(_), None) => {}
            (None, invoice) => found.push(Suggested {
                key,
                debtor,
                name,
                invoices: invoice.into_iter().collect(),
                clue: text("bank_suggestion.why", &why)?,
            }),
        }
    }
    Ok(found)
}
