//! Card money that goes back, as the provider tells it.

use diesel::prelude::*;
use domain::ledger::{Line, TxKind};
use domain::reversal::{Cause, Reversal, ReversalState};
use domain::{DebtorId, Moment, PaymentId, SupplierId};

use super::columns::{money, text};
use super::conn::{Conn, each};
use super::error::{StoreError, changed_one};
use super::ledger::lines_of;
use super::schema::{payment, reversal};
use super::slice::Slice;

type Columns = (String, String, String, String, String, i64);

macro_rules! columns {
    () => {
        (
            reversal::payment_id,
            reversal::reference,
            reversal::cause,
            reversal::state,
            reversal::currency,
            reversal::amount,
        )
    };
}

fn read(columns: Columns) -> Result<Reversal, StoreError> {
    let (payment, reference, cause, state, currency, minor) = columns;
    Ok(Reversal {
        payment: text("reversal.payment_id", &payment)?,
        reference,
        cause: text::<Cause>("reversal.cause", &cause)?,
        state: text::<ReversalState>("reversal.state", &state)?,
        amount: money(minor, &currency)?,
    })
}

/// Adds one that the provider tells of for the first time.
pub fn insert(
    conn: &mut Conn,
    supplier: SupplierId,
    new: &Reversal,
    at: Moment,
) -> Result<(), StoreError> {
    let values = (
        reversal::supplier_id.eq(supplier.to_string()),
        reversal::payment_id.eq(new.payment.to_string()),
        reversal::reference.eq(&new.reference),
        reversal::cause.eq(new.cause.as_str()),
        reversal::state.eq(new.state.as_str()),
        reversal::currency.eq(new.amount.currency().to_string()),
        reversal::amount.eq(new.amount.minor()),
        reversal::changed_at.eq(at.micros()),
    );
    each!(conn, db => diesel::insert_into(reversal::table).values(values).execute(db)?);
    Ok(())
}

/// Those of a payment, by reference.
pub fn of_payment(
    conn: &mut Conn,
    supplier: SupplierId,
    payment: PaymentId,
) -> Result<Vec<Reversal>, StoreError> {
    reversal::table
        .filter(reversal::supplier_id.eq(supplier.to_string()))
        .filter(reversal::payment_id.eq(payment.to_string()))
        .order(reversal::reference)
        .select(columns!())
        .load::<Columns>(&mut conn.db)?
        .into_iter()
        .map(read)
        .collect()
}

/// Those of a debtor's payments, newest first, with the instant at which each changed last.
pub fn of_debtor(
    conn: &mut Conn,
    supplier: SupplierId,
    debtor: DebtorId,
    slice: impl Into<Slice>,
) -> Result<Vec<(Reversal, Moment)>, StoreError> {
    let slice = slice.into();
    let rows: Vec<(Columns, i64)> = reversal::table
        .inner_join(
            payment::table.on(payment::supplier_id
                .eq(reversal::supplier_id)
                .and(payment::id.eq(reversal::payment_id))),
        )
        .filter(payment::supplier_id.eq(supplier.to_string()))
        .filter(payment::debtor_id.eq(debtor.to_string()))
        .filter(reversal::changed_at.lt(slice.before))
        .order((reversal::changed_at.desc(), reversal::reference))
        .limit(slice.limit)
        .select((columns!(), reversal::changed_at))
        .load(&mut conn.db)?;
    rows.into_iter()
        .map(|(columns, at)| Ok((read(columns)?, Moment::from_micros(at))))
        .collect()
}

/// One of them.
pub fn find(
    conn: &mut Conn,
    supplier: SupplierId,
    payment: PaymentId,
    reference: &str,
) -> Result<Reversal, StoreError> {
    let key = (supplier.to_string(), payment.to_string(), reference);
    read(
        reversal::table
            .find(key)
            .select(columns!())
            .get_result(&mut conn.db)?,
    )
}

/// Stores how one stands now, and how much it is of, unless somebody did meanwhile.
pub fn advance(
    conn: &mut Conn,
    supplier: SupplierId,
    from: ReversalState,
    to: &Reversal,
    at: Moment,
) -> Result<(), StoreError> {
    let key = (
        supplier.to_string(),
        to.payment.to_string(),
        to.reference.as_str(),
    );
    let row = reversal::table
        .find(key)
        .filter(reversal::state.eq(from.as_str()));
    let rows = diesel::update(row)
        .set((
            reversal::state.eq(to.state.as_str()),
            reversal::amount.eq(to.amount.minor()),
            reversal::changed_at.eq(at.micros()),
        ))
        .execute(&mut conn.db)?;
    changed_one(rows)
}

/// What a reversal is booked under; the entries of one payment begin alike.
#[must_use]
pub fn source(payment: PaymentId, reference: &str) -> String {
    format!("{payment}:{reference}")
}

/// What money that came again is booked under.
#[must_use]
pub fn source_again(payment: PaymentId, reference: &str) -> String {
    format!("{payment}:{reference}:again")
}

/// All sides of a payment's settlement, then of what took from it.
pub fn lines_of_payment(
    conn: &mut Conn,
    supplier: SupplierId,
    payment: PaymentId,
) -> Result<Vec<Line>, StoreError> {
    let whole = payment.to_string();
    let mut lines = lines_of(conn, supplier, TxKind::Settlement, &whole)?;
    let mut sources = vec![whole];
    for one in of_payment(conn, supplier, payment)? {
        sources.push(source(payment, &one.reference));
        sources.push(source_again(payment, &one.reference));
    }
    for source in sources {
        lines.extend(lines_of(conn, supplier, TxKind::Reversal, &source)?);
    }
    Ok(lines)
}
