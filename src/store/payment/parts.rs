//! What a payment is for: parts of invoices and credit notes, and what lateness cost.

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

/// What a payment of a supplier is for.
pub(super) fn of(
    conn: &mut Conn,
    (supplier, payment): (&str, &str),
    currency: Currency,
) -> Result<Designation, StoreError> {
    let shares: Vec<ShareRow> = payment_share::table
        .filter(payment_share::supplier_id.eq(supplier))
        .filter(payment_share::payment_id.eq(payment))
        .order(payment_share::invoice_id)
        .select(ShareRow::as_select())
        .load(&mut conn.db)?;
    let credits: Vec<CreditRow> = payment_credit::table
        .filter(payment_credit::supplier_id.eq(supplier))
        .filter(payment_credit::payment_id.eq(payment))
        .order(payment_credit::invoice_id)
        .select(CreditRow::as_select())
        .load(&mut conn.db)?;
    let charges: Vec<ChargeRow> = payment_charge::table
        .filter(payment_charge::supplier_id.eq(supplier))
        .filter(payment_charge::payment_id.eq(payment))
        // Interest before the indemnity, whatever comes of the money.
        .order((payment_charge::invoice_id, payment_charge::kind.desc()))
        .select(ChargeRow::as_select())
        .load(&mut conn.db)?;
    let share = |invoice: &str, minor| part(invoice, Money::new(minor, currency));
    let shares = shares.iter().map(|one| share(&one.invoice_id, one.amount));
    let credits = credits.iter().map(|one| share(&one.invoice_id, one.amount));
    let charges = charges.iter().map(|one| {
        let part = share(&one.invoice_id, one.amount)?;
        Ok(Charge {
            invoice: part.invoice,
            kind: text("payment_charge.kind", &one.kind)?,
            amount: part.amount,
        })
    });
    Ok(Designation {
        shares: shares.collect::<Result<_, StoreError>>()?,
        credits: credits.collect::<Result<_, StoreError>>()?,
        charges: charges.collect::<Result<_, StoreError>>()?,
    })
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
