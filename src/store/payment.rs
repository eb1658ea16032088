//! Payments and the invoices the debtor designated for them.

mod parts;

use diesel::prelude::*;
use domain::designation::Designation;
use domain::payment::{Method, Payment, PaymentState};
use domain::rf::RfReference;
use domain::{CardId, Currency, Day, DebtorId, Moment, Money, PaymentId, SupplierId};

use super::columns::{money, optional, text};
use super::conn::{Conn, each};
use super::error::{StoreError, changed_one};
use super::schema::{invoice, payment, payment_share};
use super::slice::Slice;

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = payment, treat_none_as_default_value = false)]
struct Row {
    supplier_id: String,
    id: String,
    debtor_id: String,
    method: String,
    state: String,
    currency: String,
    amount: i64,
    reference: Option<String>,
    provider_ref: Option<String>,
    created_at: i64,
    expires_at: Option<i64>,
    effective_on: Option<chrono::NaiveDate>,
}

fn read(row: Row, what: Designation) -> Result<Payment, StoreError> {
    Ok(Payment {
        id: text("payment.id", &row.id)?,
        supplier: text("payment.supplier_id", &row.supplier_id)?,
        debtor: text("payment.debtor_id", &row.debtor_id)?,
        method: text::<Method>("payment.method", &row.method)?,
        state: text::<PaymentState>("payment.state", &row.state)?,
        amount: money(row.amount, &row.currency)?,
        provider_ref: row.provider_ref,
        created_at: Moment::from_micros(row.created_at),
        expires_at: row.expires_at.map(Moment::from_micros),
        effective_on: row.effective_on.map(Day::from_date),
        shares: what.shares,
        credits: what.credits,
        charges: what.charges,
    })
}

fn with_shares(conn: &mut Conn, rows: Vec<Row>) -> Result<Vec<Payment>, StoreError> {
    let key = |row: &Row| (row.supplier_id.clone(), row.id.clone());
    let mut keys = Vec::with_capacity(rows.len());
    for row in &rows {
        keys.push((
            key(row),
            text::<Currency>("payment.currency", &row.currency)?,
        ));
    }
    let mut whats = parts::of_all(conn, &keys)?;
    let with = |row: Row| {
        let what = whats.remove(&key(&row)).unwrap_or_default();
        read(row, what)
    };
    rows.into_iter().map(with).collect()
}

fn one(found: Vec<Payment>) -> Result<Payment, StoreError> {
    found.into_iter().next().ok_or(StoreError::NotFound)
}

/// Adds a payment; a transfer carries the reference the debtor was given.
pub fn insert(
    conn: &mut Conn,
    new: &Payment,
    reference: Option<&RfReference>,
) -> Result<(), StoreError> {
    let row = Row {
        supplier_id: new.supplier.to_string(),
        id: new.id.to_string(),
        debtor_id: new.debtor.to_string(),
        method: new.method.to_string(),
        state: new.state.to_string(),
        currency: new.amount.currency().to_string(),
        amount: new.amount.minor(),
        reference: reference.map(|reference| reference.as_str().to_owned()),
        provider_ref: new.provider_ref.clone(),
        created_at: new.created_at.micros(),
        expires_at: new.expires_at.map(Moment::micros),
        effective_on: new.effective_on.map(Day::date),
    };
    each!(conn, db => diesel::insert_into(payment::table).values(&row).execute(db)?);
    parts::insert(conn, (&row.supplier_id, &row.id), &new.designation())
}

/// One payment.
pub fn find(conn: &mut Conn, supplier: SupplierId, id: PaymentId) -> Result<Payment, StoreError> {
    let rows = payment::table
        .find((supplier.to_string(), id.to_string()))
        .select(Row::as_select())
        .load(&mut conn.db)?;
    one(with_shares(conn, rows)?)
}

/// The payment the provider knows by this reference.
pub fn by_provider_ref(
    conn: &mut Conn,
    supplier: SupplierId,
    provider_ref: &str,
) -> Result<Payment, StoreError> {
    let rows = payment::table
        .filter(payment::supplier_id.eq(supplier.to_string()))
        .filter(payment::provider_ref.eq(provider_ref))
        .select(Row::as_select())
        .load(&mut conn.db)?;
    one(with_shares(conn, rows)?)
}

/// The transfer that was given this reference.
pub fn by_reference(
    conn: &mut Conn,
    supplier: SupplierId,
    reference: &RfReference,
) -> Result<Payment, StoreError> {
    let rows = payment::table
        .filter(payment::supplier_id.eq(supplier.to_string()))
        .filter(payment::reference.eq(reference.as_str()))
        .select(Row::as_select())
        .load(&mut conn.db)?;
    one(with_shares(conn, rows)?)
}

/// The reference a transfer was given.
pub fn reference(
    conn: &mut Conn,
    supplier: SupplierId,
    id: PaymentId,
) -> Result<Option<RfReference>, StoreError> {
    let found: Option<String> = payment::table
        .find((supplier.to_string(), id.to_string()))
        .select(payment::reference)
        .get_result(&mut conn.db)?;
    found
        .map(|value| text("payment.reference", &value))
        .transpose()
}

/// A debtor's payments, newest first.
pub fn of_debtor(
    conn: &mut Conn,
    supplier: SupplierId,
    debtor: DebtorId,
    slice: impl Into<Slice>,
) -> Result<Vec<Payment>, StoreError> {
    let slice = slice.into();
    let rows = payment::table
        .filter(payment::supplier_id.eq(supplier.to_string()))
        .filter(payment::debtor_id.eq(debtor.to_string()))
        .filter(payment::created_at.lt(slice.before))
        .order(payment::id.desc())
        .limit(slice.limit)
        .select(Row::as_select())
        .load(&mut conn.db)?;
    with_shares(conn, rows)
}

/// A debtor's payments under way that hold amounts, oldest first, each with the provider's page
/// once that is open.
pub fn holding(
    conn: &mut Conn,
    supplier: SupplierId,
    debtor: DebtorId,
    limit: i64,
) -> Result<Vec<(Payment, Option<String>)>, StoreError> {
    let found: Vec<(Row, Option<String>)> = payment::table
        .filter(payment::supplier_id.eq(supplier.to_string()))
        .filter(payment::debtor_id.eq(debtor.to_string()))
        .filter(payment::state.eq_any(under_way()))
        .filter(payment::method.eq_any(HOLDING.map(Method::as_str)))
        .order(payment::id)
        .limit(limit)
        .select((Row::as_select(), payment::page_url))
        .load(&mut conn.db)?;
    let (rows, pages): (Vec<Row>, Vec<Option<String>>) = found.into_iter().unzip();
    let payments = with_shares(conn, rows)?;
    Ok(payments.into_iter().zip(pages).collect())
}

/// The methods that hold amounts while a payment is under way.
const HOLDING: [Method; 3] = [Method::Card, Method::ProviderDebit, Method::Debit];

/// A supplier's payments in these states and by these methods, newest first.
pub fn in_states(
    conn: &mut Conn,
    supplier: SupplierId,
    (states, methods): (&[PaymentState], &[Method]),
    limit: i64,
) -> Result<Vec<Payment>, StoreError> {
    let states: Vec<&str> = states.iter().map(|state| state.as_str()).collect();
    let methods: Vec<&str> = methods.iter().map(|method| method.as_str()).collect();
    let rows = payment::table
        .filter(payment::supplier_id.eq(supplier.to_string()))
        .filter(payment::state.eq_any(states))
        .filter(payment::method.eq_any(methods))
        // By the id alone SQLite would read all that the supplier ever got, in that order.
        .order((payment::created_at.desc(), payment::id.desc()))
        .limit(limit)
        .select(Row::as_select())
        .load(&mut conn.db)?;
    with_shares(conn, rows)
}

/// The states in which a payment is under way.
pub(super) fn under_way() -> Vec<&'static str> {
    let held = PaymentState::ALL.iter().filter(|state| state.reserves());
    held.map(|state| state.as_str()).collect()
}

/// Payments for invoices of which more is held than is left, because money came another way: for
/// the jobs that call them off. Of one supplier, or of all.
pub fn overtaken(
    conn: &mut Conn,
    supplier: Option<SupplierId>,
    method: Method,
    limit: i64,
) -> Result<Vec<Payment>, StoreError> {
    let asked_twice = payment_share::table
        .inner_join(
            invoice::table.on(invoice::supplier_id
                .eq(payment_share::supplier_id)
                .and(invoice::id.eq(payment_share::invoice_id))),
        )
        .filter(payment_share::supplier_id.eq(payment::supplier_id))
        .filter(payment_share::payment_id.eq(payment::id))
        .filter(invoice::reserved.gt(invoice::open));
    let found = payment::table
        .filter(payment::state.eq_any(under_way()))
        .filter(payment::method.eq(method.as_str()))
        .filter(diesel::dsl::exists(asked_twice))
        .order((payment::created_at, payment::id))
        .limit(limit)
        .select(Row::as_select());
    let rows = match supplier {
        Some(own) => found
            .filter(payment::supplier_id.eq(own.to_string()))
            .load(&mut conn.db)?,
        None => found.load(&mut conn.db)?,
    };
    with_shares(conn, rows)
}

/// Payments at the provider, of all suppliers, whose time has run out: for the job that asks after
/// them. A debit that was agreed to takes its days.
pub fn overdue(conn: &mut Conn, now: Moment, limit: i64) -> Result<Vec<Payment>, StoreError> {
    let rows = payment::table
        .filter(payment::state.eq_any(under_way()))
        .filter(payment::expires_at.le(now.micros()))
        .filter(
            payment::method
                .ne(Method::ProviderDebit.as_str())
                .or(payment::state.ne(PaymentState::Processing.as_str())),
        )
        .order((payment::expires_at, payment::id))
        .limit(limit)
        .select(Row::as_select())
        .load(&mut conn.db)?;
    with_shares(conn, rows)
}

/// Moves a payment from one state to another, unless somebody did meanwhile.
pub fn set_state(
    conn: &mut Conn,
    supplier: SupplierId,
    id: PaymentId,
    from: PaymentState,
    to: PaymentState,
) -> Result<(), StoreError> {
    let row = payment::table
        .find((supplier.to_string(), id.to_string()))
        .filter(payment::state.eq(from.as_str()));
    let rows = diesel::update(row)
        .set(payment::state.eq(to.as_str()))
        .execute(&mut conn.db)?;
    changed_one(rows)
}

/// Notes the provider's page for a payment.
pub fn set_page(
    conn: &mut Conn,
    supplier: SupplierId,
    id: PaymentId,
    provider_ref: &str,
    url: &str,
) -> Result<(), StoreError> {
    let rows = diesel::update(payment::table.find((supplier.to_string(), id.to_string())))
        .set((
            payment::provider_ref.eq(provider_ref),
            payment::page_url.eq(url),
        ))
        .execute(&mut conn.db)?;
    changed_one(rows)
}

/// The provider's page for a payment, once opened.
pub fn page_url(
    conn: &mut Conn,
    supplier: SupplierId,
    id: PaymentId,
) -> Result<Option<String>, StoreError> {
    Ok(payment::table
        .find((supplier.to_string(), id.to_string()))
        .select(payment::page_url)
        .get_result(&mut conn.db)?)
}

/// Notes the day a payment's money counts from, and the amount that came.
pub fn set_received(
    conn: &mut Conn,
    supplier: SupplierId,
    id: PaymentId,
    amount: Money,
    on: Day,
) -> Result<(), StoreError> {
    let rows = diesel::update(payment::table.find((supplier.to_string(), id.to_string())))
        .set((
            payment::amount.eq(amount.minor()),
            payment::effective_on.eq(on.date()),
        ))
        .execute(&mut conn.db)?;
    changed_one(rows)
}

/// Notes the saved card that a payment is made with.
pub fn set_card(
    conn: &mut Conn,
    supplier: SupplierId,
    id: PaymentId,
    card: CardId,
) -> Result<(), StoreError> {
    let rows = diesel::update(payment::table.find((supplier.to_string(), id.to_string())))
        .set(payment::card_id.eq(card.to_string()))
        .execute(&mut conn.db)?;
    changed_one(rows)
}

/// The saved card that a payment is made with, if it is made with one.
pub fn card(
    conn: &mut Conn,
    supplier: SupplierId,
    id: PaymentId,
) -> Result<Option<CardId>, StoreError> {
    let found: Option<String> = payment::table
        .find((supplier.to_string(), id.to_string()))
        .select(payment::card_id)
        .get_result(&mut conn.db)?;
    optional("payment.card_id", found.as_deref())
}
