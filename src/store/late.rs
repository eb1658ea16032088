//! What lateness costs: the supplier's terms, what was paid of it, what is under way, what was
//! given up.

use diesel::prelude::*;
use domain::late::{Added, ChargeKind, Charges, Rate, Terms, country};
use domain::ledger::{Account, TxKind};
use domain::payment::Method;
use domain::{Day, InvoiceId, Moment, Money, MoneyError, PaymentId, SupplierId};

use super::columns::{small, text};
use super::conn::Conn;
use super::error::{StoreError, changed_one};
use super::payment::under_way;
use super::schema::{late_waiver, ledger_line, ledger_tx, payment, payment_charge, supplier};

/// What a supplier charges.
pub fn terms(conn: &mut Conn, id: SupplierId) -> Result<Terms, StoreError> {
    type Columns = (String, bool, bool, Option<i32>, String);
    let (code, interest, indemnity, rate, added): Columns = supplier::table
        .filter(supplier::id.eq(id.to_string()))
        .select((
            supplier::late_country,
            supplier::late_interest,
            supplier::late_indemnity,
            supplier::late_rate,
            supplier::late_bases,
        ))
        .get_result(&mut conn.db)?;
    let rate = rate.map(|rate| small("supplier.late_rate", rate));
    Ok(Terms {
        interest,
        indemnity,
        contract: rate.transpose()?.map(Rate),
        country: country(&code),
        added: text("supplier.late_bases", &added)?,
    })
}

/// Sets what a supplier charges, under a law that is known.
pub fn set_terms(conn: &mut Conn, id: SupplierId, terms: &Terms) -> Result<(), StoreError> {
    let code = terms.country.map_or("", |country| country.code);
    let rows = diesel::update(supplier::table.filter(supplier::id.eq(id.to_string())))
        .set((
            supplier::late_country.eq(code),
            supplier::late_interest.eq(terms.interest),
            supplier::late_indemnity.eq(terms.indemnity),
            supplier::late_rate.eq(terms.contract.map(|rate| i32::from(rate.0))),
        ))
        .execute(&mut conn.db)?;
    changed_one(rows)
}

/// Keeps the rates that a supplier added.
pub fn set_added(conn: &mut Conn, id: SupplierId, added: &Added) -> Result<(), StoreError> {
    let rows = diesel::update(supplier::table.filter(supplier::id.eq(id.to_string())))
        .set(supplier::late_bases.eq(added.to_string()))
        .execute(&mut conn.db)?;
    changed_one(rows)
}

/// That the supplier gave up charging for an invoice's lateness.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiver {
    /// Of which invoice.
    pub invoice: InvoiceId,
    /// Why.
    pub reason: String,
    /// Who.
    pub by: String,
    /// When.
    pub at: Moment,
}

/// Notes a waiver; a second one of the same invoice is a conflict.
pub fn waive(conn: &mut Conn, supplier: SupplierId, new: &Waiver) -> Result<(), StoreError> {
    diesel::insert_into(late_waiver::table)
        .values((
            late_waiver::supplier_id.eq(supplier.to_string()),
            late_waiver::invoice_id.eq(new.invoice.to_string()),
            late_waiver::reason.eq(&new.reason),
            late_waiver::by.eq(&new.by),
            late_waiver::at.eq(new.at.micros()),
        ))
        .execute(&mut conn.db)?;
    Ok(())
}

/// The waiver of an invoice, if there is one.
pub fn waiver(
    conn: &mut Conn,
    supplier: SupplierId,
    invoice: InvoiceId,
) -> Result<Option<Waiver>, StoreError> {
    let found: Option<(String, String, i64)> = late_waiver::table
        .find((supplier.to_string(), invoice.to_string()))
        .select((late_waiver::reason, late_waiver::by, late_waiver::at))
        .get_result(&mut conn.db)
        .optional()?;
    Ok(found.map(|(reason, by, at)| Waiver {
        invoice,
        reason,
        by,
        at: Moment::from_micros(at),
    }))
}

/// What money of debtors did to an invoice and to what its lateness cost.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paid {
    /// What was paid of the invoice itself, and of which day; what went back is left out.
    pub invoice: Vec<(Day, Money)>,
    /// What was paid of its charges.
    pub charges: Charges,
}

/// What was paid here of an invoice and of its charges.
pub fn paid(
    conn: &mut Conn,
    supplier: SupplierId,
    invoice: InvoiceId,
    none: Money,
) -> Result<Paid, StoreError> {
    type Columns = (String, String, chrono::NaiveDate, String, i64);
    let kinds = [TxKind::Settlement.as_str(), TxKind::Reversal.as_str()];
    let rows: Vec<Columns> = ledger_line::table
        .inner_join(
            ledger_tx::table.on(ledger_tx::supplier_id
                .eq(ledger_line::supplier_id)
                .and(ledger_tx::id.eq(ledger_line::tx_id))),
        )
        .filter(ledger_line::supplier_id.eq(supplier.to_string()))
        .filter(ledger_line::invoice_id.eq(invoice.to_string()))
        .filter(ledger_tx::kind.eq_any(kinds))
        .select((
            ledger_tx::kind,
            ledger_tx::source,
            ledger_tx::effective_on,
            ledger_line::account,
            ledger_line::amount,
        ))
        .load(&mut conn.db)?;
    let reversal = TxKind::Reversal.as_str();
    let went_back = |source: &str| {
        let mut reversed = rows.iter();
        reversed.any(|(kind, own, ..)| kind == reversal && own == source)
    };
    let mut found = Paid {
        invoice: Vec::new(),
        charges: Charges {
            interest: none,
            indemnity: none,
        },
    };
    for (kind, source, on, account, minor) in &rows {
        if kind == reversal || went_back(source) {
            continue;
        }
        let amount = Money::new(*minor, none.currency());
        let amount = amount.checked_neg().map_err(too_large)?;
        match text("ledger_line.account", account)? {
            Account::Receivable => found.invoice.push((Day::from_date(*on), amount)),
            Account::LateInterest => add(&mut found.charges.interest, amount)?,
            Account::LateIndemnity => add(&mut found.charges.indemnity, amount)?,
            _ => {}
        }
    }
    Ok(found)
}

/// What payments under way hold of an invoice's charges, one of them left out. A transfer that is
/// announced holds nothing.
pub fn held(
    conn: &mut Conn,
    supplier: SupplierId,
    invoice: InvoiceId,
    (none, except): (Money, Option<PaymentId>),
) -> Result<Charges, StoreError> {
    let except = except.map_or_else(String::new, |id| id.to_string());
    let rows: Vec<(String, i64)> = payment_charge::table
        .inner_join(
            payment::table.on(payment::supplier_id
                .eq(payment_charge::supplier_id)
                .and(payment::id.eq(payment_charge::payment_id))),
        )
        .filter(payment_charge::supplier_id.eq(supplier.to_string()))
        .filter(payment_charge::invoice_id.eq(invoice.to_string()))
        .filter(payment_charge::payment_id.ne(except))
        .filter(payment::state.eq_any(under_way()))
        .filter(payment::method.ne(Method::Transfer.as_str()))
        .select((payment_charge::kind, payment_charge::amount))
        .load(&mut conn.db)?;
    let mut found = Charges {
        interest: none,
        indemnity: none,
    };
    for (kind, minor) in rows {
        let amount = Money::new(minor, none.currency());
        match text("payment_charge.kind", &kind)? {
            ChargeKind::Interest => add(&mut found.interest, amount)?,
            ChargeKind::Indemnity => add(&mut found.indemnity, amount)?,
        }
    }
    Ok(found)
}

fn add(sum: &mut Money, amount: Money) -> Result<(), StoreError> {
    *sum = sum.checked_add(amount).map_err(too_large)?;
    Ok(())
}

fn too_large(why: MoneyError) -> StoreError {
    StoreError::Failed(why.to_string())
}
