//! What the supplier's books brought that may answer disputes: credit notes, and invoices that came
//! back lower.

use std::collections::BTreeSet;

use diesel::prelude::*;
use diesel::sql_types::Text;
use domain::credit::{Claim, Note};
use domain::dispute::{Dispute, DisputeState};
use domain::invoice::ItemKind;
use domain::ledger::{Account, TxKind};
use domain::{DebtorId, DisputeId, Moment, Money, SupplierId};

use super::asserted::of_numbers;
use super::columns::{money, text};
use super::conn::Conn;
use super::error::{StoreError, changed_one};
use super::prepared::IsOpen;
use super::schema::{dispute, invoice, ledger_line, ledger_tx};

#[derive(QueryableByName)]
struct DebtorRow {
    #[diesel(sql_type = Text)]
    debtor_id: String,
}

/// Whether something in the books may answer a dispute, or might have. The state alone is compared,
/// so that disputes which are over, the most in time, are not read.
const WORTH_A_LOOK: &str = "SELECT d.debtor_id FROM dispute d
    WHERE d.supplier_id = $1 AND d.state = $2
      AND (d.unsure_since IS NOT NULL
        OR EXISTS (SELECT 1 FROM invoice n
          WHERE n.supplier_id = d.supplier_id AND n.debtor_id = d.debtor_id
            AND n.kind = 'credit_note' AND n.open > 0)
        OR (d.state = 'accepted' AND EXISTS (SELECT 1 FROM ledger_line l
          JOIN ledger_tx t ON t.supplier_id = l.supplier_id AND t.id = l.tx_id
          WHERE l.supplier_id = d.supplier_id AND l.invoice_id = d.invoice_id
            AND l.account = 'receivable' AND t.kind = 'import'
            AND t.recorded_at > d.answered_at)))";

/// The debtors with a dispute that suspends and something in the books that may answer it. All
/// others cost an import one look at the index of disputes.
pub fn to_compare(conn: &mut Conn, supplier: SupplierId) -> Result<Vec<DebtorId>, StoreError> {
    let mut found = BTreeSet::new();
    for state in DisputeState::ALL.iter().filter(|state| state.suspends()) {
        let rows: Vec<DebtorRow> = diesel::sql_query(WORTH_A_LOOK)
            .bind::<Text, _>(supplier.to_string())
            .bind::<Text, _>(state.as_str())
            .load(&mut conn.db)?;
        for row in rows {
            found.insert(text("dispute.debtor_id", &row.debtor_id)?);
        }
    }
    Ok(found.into_iter().collect())
}

/// A debtor's open credit notes, oldest first, with the invoices that their references name.
pub fn notes(
    conn: &mut Conn,
    supplier: SupplierId,
    debtor: DebtorId,
) -> Result<Vec<Note>, StoreError> {
    type Columns = (String, String, Option<String>, String, i64, i64);
    let rows: Vec<Columns> = invoice::table
        .filter(invoice::supplier_id.eq(supplier.to_string()))
        .filter(invoice::debtor_id.eq(debtor.to_string()))
        .filter(invoice::kind.eq(ItemKind::CreditNote.as_str()))
        .filter(IsOpen)
        .order(invoice::id)
        .select((
            invoice::id,
            invoice::number,
            invoice::order_ref,
            invoice::currency,
            invoice::total,
            invoice::open,
        ))
        .load(&mut conn.db)?;
    let named: Vec<(DebtorId, &str)> = rows
        .iter()
        .filter_map(|(_, _, reference, ..)| Some((debtor, reference.as_deref()?)))
        .collect();
    let mut named = of_numbers(conn, supplier, &named)?;
    named.retain(|item| item.kind == ItemKind::Invoice);
    rows.iter()
        .map(|(id, number, reference, currency, total, open)| {
            let names = named
                .iter()
                .filter(|item| Some(&item.number) == reference.as_ref());
            Ok(Note {
                id: text("invoice.id", id)?,
                number: number.clone(),
                names: names.map(|item| item.id).collect(),
                total: money(*total, currency)?,
                open: money(*open, currency)?,
            })
        })
        .collect()
}

/// A dispute beside what is known of its invoice.
pub fn claim(conn: &mut Conn, of: &Dispute) -> Result<Claim, StoreError> {
    let invoice = super::invoice::find(conn, of.supplier, of.debtor, of.invoice)?;
    let since = of.answered_at.unwrap_or(of.declared_at);
    Ok(Claim {
        id: of.id,
        invoice: of.invoice,
        state: of.state,
        amount: of.amount,
        open: invoice.open,
        fallen: fallen(conn, of, since)?,
    })
}

/// By how much imports alone lowered a dispute's invoice since then.
fn fallen(conn: &mut Conn, of: &Dispute, since: Moment) -> Result<Money, StoreError> {
    let (supplier, invoice) = (of.supplier.to_string(), of.invoice.to_string());
    let rows: Vec<i64> = ledger_line::table
        .inner_join(
            ledger_tx::table.on(ledger_tx::supplier_id
                .eq(ledger_line::supplier_id)
                .and(ledger_tx::id.eq(ledger_line::tx_id))),
        )
        .filter(ledger_line::supplier_id.eq(supplier))
        .filter(ledger_line::invoice_id.eq(invoice))
        .filter(ledger_line::account.eq(Account::Receivable.as_str()))
        .filter(ledger_tx::kind.eq(TxKind::Import.as_str()))
        .filter(ledger_tx::recorded_at.gt(since.micros()))
        .select(ledger_line::amount)
        .load(&mut conn.db)?;
    let currency = of.amount.currency();
    let lines = rows.into_iter().map(|minor| Money::new(minor, currency));
    Money::sum(currency, lines)
        .and_then(Money::checked_neg)
        .map_err(|why| StoreError::Failed(why.to_string()))
}

/// Since when a person is to look at what the books brought for a dispute, if at all.
pub fn unsure_since(
    conn: &mut Conn,
    supplier: SupplierId,
    id: DisputeId,
) -> Result<Option<Moment>, StoreError> {
    let found: Option<i64> = dispute::table
        .find((supplier.to_string(), id.to_string()))
        .select(dispute::unsure_since)
        .get_result(&mut conn.db)?;
    Ok(found.map(Moment::from_micros))
}

/// Says that a person is to look, or need not any more.
pub fn set_unsure(
    conn: &mut Conn,
    supplier: SupplierId,
    id: DisputeId,
    since: Option<Moment>,
) -> Result<(), StoreError> {
    let rows = diesel::update(dispute::table.find((supplier.to_string(), id.to_string())))
        .set(dispute::unsure_since.eq(since.map(Moment::micros)))
        .execute(&mut conn.db)?;
    changed_one(rows)
}
