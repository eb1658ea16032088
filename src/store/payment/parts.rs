//! What a payment is for: parts of invoices and credit notes, and what lateness cost.

use std::collections::{BTreeMap, BTreeSet};

use diesel::prelude::*;
use domain::designation::Designation;
use domain::invoice::Share;
use domain::late::Charge;
use domain::{Currency, InvoiceId, Money};

use super::super::columns::text;
use super::super::conn::{Conn, each, insert_few};
use super::super::error::StoreError;
use super::super::schema::{payment_charge, payment_credit, payment_share};

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = payment_share, treat_none_as_default_value = false)]
struct ShareRow {
    supplier_id: String,
    payment_id: String,
    invoice_id: String,
    amount: i64,
}

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = payment_credit, treat_none_as_default_value = false)]
struct CreditRow {
    supplier_id: String,
    payment_id: String,
    invoice_id: String,
    amount: i64,
}

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = payment_charge, treat_none_as_default_value = false)]
struct ChargeRow {
    supplier_id: String,
    payment_id: String,
    invoice_id: String,
    kind: String,
    amount: i64,
}

/// A payment by its supplier and id, as text.
pub(super) type Key = (String, String);

/// The rows of these payments, by a statement that is kept prepared where it is one payment.
macro_rules! rows {
    ($conn:expr, $table:ident, $row:ident, $keys:expr, $order:expr) => {
        match $keys {
            [(supplier, payment)] => $table::table
                .filter($table::supplier_id.eq(supplier))
                .filter($table::payment_id.eq(payment))
                .order($order)
                .select($row::as_select())
                .load::<$row>(&mut $conn.db)?,
            many => {
                let suppliers: BTreeSet<&str> = many.iter().map(|key| key.0.as_str()).collect();
                let payments: Vec<&str> = many.iter().map(|key| key.1.as_str()).collect();
                $table::table
                    .filter($table::supplier_id.eq_any(suppliers))
                    .filter($table::payment_id.eq_any(payments))
                    .order($order)
                    .select($row::as_select())
                    .load::<$row>(&mut $conn.db)?
            }
        }
    };
}

/// What each of these payments is for, read for all of them at once.
pub(super) fn of_all(
    conn: &mut Conn,
    payments: &[(Key, Currency)],
) -> Result<BTreeMap<Key, Designation>, StoreError> {
    let keys: Vec<Key> = payments.iter().map(|(key, _)| key.clone()).collect();
    let mut found: BTreeMap<Key, (Currency, Designation)> = payments
        .iter()
        .map(|(key, currency)| (key.clone(), (*currency, Designation::default())))
        .collect();
    if keys.is_empty() {
        return Ok(BTreeMap::new());
    }
    let keys = keys.as_slice();
    let of_invoice = payment_share::invoice_id;
    for row in rows!(conn, payment_share, ShareRow, keys, of_invoice) {
        if let Some((currency, what)) = found.get_mut(&(row.supplier_id, row.payment_id)) {
            what.shares
                .push(part(&row.invoice_id, Money::new(row.amount, *currency))?);
        }
    }
    let of_note = payment_credit::invoice_id;
    for row in rows!(conn, payment_credit, CreditRow, keys, of_note) {
        if let Some((currency, what)) = found.get_mut(&(row.supplier_id, row.payment_id)) {
            what.credits
                .push(part(&row.invoice_id, Money::new(row.amount, *currency))?);
        }
    }
    // Interest before the indemnity, whatever comes of the money.
    let interest_first = (payment_charge::invoice_id, payment_charge::kind.desc());
    for row in rows!(conn, payment_charge, ChargeRow, keys, interest_first) {
        if let Some((currency, what)) = found.get_mut(&(row.supplier_id, row.payment_id)) {
            let part = part(&row.invoice_id, Money::new(row.amount, *currency))?;
            what.charges.push(Charge {
                invoice: part.invoice,
                kind: text("payment_charge.kind", &row.kind)?,
                amount: part.amount,
            });
        }
    }
    Ok(found
        .into_iter()
        .map(|(key, (_, what))| (key, what))
        .collect())
}

fn part(invoice: &str, amount: Money) -> Result<Share, StoreError> {
    Ok(Share {
        invoice: text::<InvoiceId>("payment_share.invoice_id", invoice)?,
        amount,
    })
}

/// Notes what a new payment is for.
pub(super) fn insert(
    conn: &mut Conn,
    (supplier, payment): (&str, &str),
    what: &Designation,
) -> Result<(), StoreError> {
    let shares = what.shares.iter().map(|share| ShareRow {
        supplier_id: supplier.to_owned(),
        payment_id: payment.to_owned(),
        invoice_id: share.invoice.to_string(),
        amount: share.amount.minor(),
    });
    let shares: Vec<ShareRow> = shares.collect();
    insert_few!(conn, payment_share::table, &shares);
    let credits = what.credits.iter().map(|share| CreditRow {
        supplier_id: supplier.to_owned(),
        payment_id: payment.to_owned(),
        invoice_id: share.invoice.to_string(),
        amount: share.amount.minor(),
    });
    let credits: Vec<CreditRow> = credits.collect();
    if !credits.is_empty() {
        insert_few!(conn, payment_credit::table, &credits);
    }
    for charge in &what.charges {
        let row = ChargeRow {
            supplier_id: supplier.to_owned(),
            payment_id: payment.to_owned(),
            invoice_id: charge.invoice.to_string(),
            kind: charge.kind.to_string(),
            amount: charge.amount.minor(),
        };
        each!(conn, db => diesel::insert_into(payment_charge::table).values(&row).execute(db)?);
    }
    Ok(())
}
