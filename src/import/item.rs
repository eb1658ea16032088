//! The parts of one item: amounts, days, number and texts, each refused with its column.

use std::hash::{DefaultHasher, Hash, Hasher};

use domain::import::{BalanceRow, RowError, RowReason};
use domain::invoice::ItemKind;
use domain::{Currency, Day, Money};

use super::cells::Cells;
use super::customer::Customer;
use super::field::Field;
use crate::tables::{self, NotADay, tidy};

/// Longest code, name, number or reference, in bytes.
const TEXT_MAX: usize = 250;

/// A whole row, but for its place among the others.
pub(super) fn row(
    cells: &Cells<'_>,
    customer: Customer,
    kind: ItemKind,
    open: Money,
) -> Result<BalanceRow, RowError> {
    let (issued_on, due_on) = days(cells, kind)?;
    let amount_column = first_of(cells, &[Field::Open, Field::Foreign, Field::Debit]);
    let magnitude = open.checked_abs();
    let open = magnitude.map_err(|_| cells.blame(amount_column, RowReason::AmountUnreadable))?;
    let order_ref = within(cells, Field::OrderRef, tidy(cells.get(Field::OrderRef)))?;
    let code_column = first_of(cells, &[Field::Code, Field::Siren, Field::Name]);
    Ok(BalanceRow {
        line: cells.record.line,
        debtor_code: within(cells, code_column, customer.code)?,
        debtor_name: within(cells, Field::Name, customer.name)?,
        email: customer.email,
        phone: customer.phone,
        postal: customer.postal,
        kind,
        number: number(cells, kind, issued_on)?,
        order_ref: (!order_ref.is_empty()).then_some(order_ref),
        issued_on,
        due_on,
        total: total(cells, open)?,
        open,
    })
}

/// A fingerprint of what makes an item one: customer, kind, number and due day.
///
/// Receipts are often numbered by their day, so theirs counts the amount too. 64 bits: two items
/// of a million have one fingerprint with a chance of three in a hundred million.
pub(super) fn identity(row: &BalanceRow) -> u64 {
    let mut hasher = DefaultHasher::new();
    (&row.debtor_code, row.kind, &row.number, row.due_on).hash(&mut hasher);
    if row.kind == ItemKind::Receipt {
        (row.issued_on, row.open).hash(&mut hasher);
    }
    hasher.finish()
}

/// What is open, positive when the customer owes it.
///
/// Beside a foreign amount the other amounts are in euros; some files sign the foreign amount and
/// some do not, so the side that the euros stand on decides.
pub(super) fn open(cells: &Cells<'_>, currency: Currency) -> Result<Money, RowError> {
    if !cells.has(Field::Foreign) || currency == Currency::EUR {
        let column = first_of(cells, &[Field::Open, Field::Debit]);
        let open = in_columns(cells, currency)?;
        return open.ok_or_else(|| cells.blame(column, RowReason::AmountMissing));
    }
    let euros = in_columns(cells, Currency::EUR)?;
    let foreign = read(cells, Field::Foreign, currency)?;
    let foreign = foreign.ok_or_else(|| cells.blame(Field::Foreign, RowReason::AmountMissing))?;
    let signed = match euros {
        Some(euros) if euros.is_positive() => foreign.checked_abs(),
        Some(euros) if euros.is_negative() && foreign.is_positive() => foreign.checked_neg(),
        _ => Ok(foreign),
    };
    signed.map_err(|_| cells.blame(Field::Foreign, RowReason::AmountUnreadable))
}

fn in_columns(cells: &Cells<'_>, currency: Currency) -> Result<Option<Money>, RowError> {
    if cells.has(Field::Open) {
        return read(cells, Field::Open, currency);
    }
    let debit = read(cells, Field::Debit, currency)?;
    let credit = read(cells, Field::Credit, currency)?;
    if debit.is_none() && credit.is_none() {
        return Ok(None);
    }
    let debit = debit.unwrap_or(Money::zero(currency));
    let credit = credit.unwrap_or(Money::zero(currency));
    if !debit.is_zero() && !credit.is_zero() {
        return Err(cells.blame(Field::Credit, RowReason::DebitAndCredit));
    }
    let balance = debit.checked_sub(credit);
    let balance = balance.map_err(|_| cells.blame(Field::Credit, RowReason::AmountUnreadable))?;
    Ok(Some(balance))
}

/// The amount of the document as a magnitude, never less than what is open of it.
fn total(cells: &Cells<'_>, open: Money) -> Result<Money, RowError> {
    if cells.has(Field::Foreign) && open.currency() != Currency::EUR {
        return Ok(open);
    }
    let total = read(cells, Field::Total, open.currency())?.unwrap_or(open);
    let total = total.checked_abs();
    let total = total.map_err(|_| cells.blame(Field::Total, RowReason::AmountUnreadable))?;
    Ok(if total.minor() > open.minor() {
        total
    } else {
        open
    })
}

fn read(cells: &Cells<'_>, field: Field, currency: Currency) -> Result<Option<Money>, RowError> {
    let text = cells.get(field);
    if text.is_empty() {
        return Ok(None);
    }
    let amount = tables::amount(text, currency).map(Some);
    amount.ok_or_else(|| cells.blame(field, RowReason::AmountUnreadable))
}

/// Issue and due day. An invoice must say when it is due; a credit note or receipt need not.
fn days(cells: &Cells<'_>, kind: ItemKind) -> Result<(Day, Day), RowError> {
    let due = date(cells, Field::Due).map_err(|not| match not {
        NotADay::NoDate => cells.blame(Field::Due, RowReason::DueDateText),
        NotADay::Impossible => cells.blame(Field::Due, RowReason::DueDateImpossible),
    })?;
    let issued = date(cells, Field::Issued)
        .map_err(|_| cells.blame(Field::Issued, RowReason::IssueDateUnreadable))?;
    match (issued, due) {
        (issued, Some(due)) => Ok((issued.unwrap_or(due), due)),
        (Some(issued), None) if kind != ItemKind::Invoice => Ok((issued, issued)),
        _ => Err(cells.blame(Field::Due, RowReason::DueDateMissing)),
    }
}

fn date(cells: &Cells<'_>, field: Field) -> Result<Option<Day>, NotADay> {
    match cells.get(field) {
        "" => Ok(None),
        text => tables::day(text).map(Some),
    }
}

/// A receipt may lack a number: its day then stands for it.
fn number(cells: &Cells<'_>, kind: ItemKind, issued_on: Day) -> Result<String, RowError> {
    let number = tidy(cells.get(Field::Number));
    match (number.is_empty(), kind) {
        (false, _) => within(cells, Field::Number, number),
        (true, ItemKind::Receipt) => Ok(issued_on.to_string()),
        (true, _) => Err(cells.blame(Field::Number, RowReason::NumberMissing)),
    }
}

fn within(cells: &Cells<'_>, field: Field, text: String) -> Result<String, RowError> {
    if text.len() <= TEXT_MAX {
        Ok(text)
    } else {
        Err(cells.blame(field, RowReason::TooLong))
    }
}

/// The first of these fields that the file has a column for.
fn first_of(cells: &Cells<'_>, fields: &[Field]) -> Field {
    let found = fields.iter().copied().find(|field| cells.has(*field));
    found.unwrap_or(Field::Open)
}
