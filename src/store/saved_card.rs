//! Cards that the provider keeps: what names them there, and who agreed.

use diesel::prelude::*;
use domain::payment::PaymentState;
use domain::saved_card::{CardFace, CardState, Expiry, SavedCard};
use domain::{CardId, ContactId, DebtorId, Moment, PaymentId, SupplierId};

use super::columns::{small, text};
use super::conn::Conn;
use super::error::{StoreError, changed_one};
use super::schema::{payment, saved_card};

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = saved_card, treat_none_as_default_value = false)]
struct Row {
    supplier_id: String,
    id: String,
    debtor_id: String,
    contact_id: String,
    payment_id: String,
    state: String,
    customer: Option<String>,
    method: Option<String>,
    brand: Option<String>,
    last_four: Option<String>,
    expires_year: Option<i32>,
    expires_month: Option<i32>,
    agreed_at: i64,
}

fn read(row: Row) -> Result<SavedCard, StoreError> {
    let card = SavedCard {
        id: text("saved_card.id", &row.id)?,
        supplier: text("saved_card.supplier_id", &row.supplier_id)?,
        debtor: text("saved_card.debtor_id", &row.debtor_id)?,
        contact: text("saved_card.contact_id", &row.contact_id)?,
        payment: text("saved_card.payment_id", &row.payment_id)?,
        state: text::<CardState>("saved_card.state", &row.state)?,
        face: None,
        agreed_at: Moment::from_micros(row.agreed_at),
    };
    let named = row.customer.zip(row.method);
    let known = row.brand.zip(row.last_four);
    let until = row.expires_year.zip(row.expires_month);
    let Some((((customer, method), (brand, last_four)), (year, month))) =
        named.zip(known).zip(until)
    else {
        return Ok(card);
    };
    let year = small("saved_card.expires_year", year)?;
    let month = small("saved_card.expires_month", month)?;
    let expires = Expiry::new(year, month).ok_or_else(|| StoreError::Corrupt {
        what: "saved_card.expires_month",
        why: format!("{month}/{year} is no month"),
    })?;
    let face = CardFace {
        customer,
        method,
        brand,
        last_four,
        expires,
    };
    Ok(SavedCard {
        face: Some(face),
        ..card
    })
}

fn all(rows: Vec<Row>) -> Result<Vec<SavedCard>, StoreError> {
    rows.into_iter().map(read).collect()
}

/// Adds a card that was asked for with a payment; what it is, is not known yet.
pub fn insert(conn: &mut Conn, new: &SavedCard) -> Result<(), StoreError> {
    let row = Row {
        supplier_id: new.supplier.to_string(),
        id: new.id.to_string(),
        debtor_id: new.debtor.to_string(),
        contact_id: new.contact.to_string(),
        payment_id: new.payment.to_string(),
        state: new.state.to_string(),
        customer: None,
        method: None,
        brand: None,
        last_four: None,
        expires_year: None,
        expires_month: None,
        agreed_at: new.agreed_at.micros(),
    };
    diesel::insert_into(saved_card::table)
        .values(&row)
        .execute(&mut conn.db)?;
    Ok(())
}

/// One card.
pub fn find(conn: &mut Conn, supplier: SupplierId, id: CardId) -> Result<SavedCard, StoreError> {
    let row = saved_card::table
        .find((supplier.to_string(), id.to_string()))
        .select(Row::as_select())
        .get_result(&mut conn.db)?;
    read(row)
}

/// The card that was asked for with a payment, if one was.
pub fn of_payment(
    conn: &mut Conn,
    supplier: SupplierId,
    payment: PaymentId,
) -> Result<Option<SavedCard>, StoreError> {
    let rows = saved_card::table
        .filter(saved_card::supplier_id.eq(supplier.to_string()))
        .filter(saved_card::payment_id.eq(payment.to_string()))
        .select(Row::as_select())
        .load(&mut conn.db)?;
    Ok(all(rows)?.pop())
}

/// The card that the provider knows by this id of its own.
pub fn by_method(
    conn: &mut Conn,
    supplier: SupplierId,
    method: &str,
) -> Result<Option<SavedCard>, StoreError> {
    let rows = saved_card::table
        .filter(saved_card::supplier_id.eq(supplier.to_string()))
        .filter(saved_card::method.eq(method))
        .select(Row::as_select())
        .load(&mut conn.db)?;
    Ok(all(rows)?.pop())
}

/// The cards that are kept for a contact of a debtor, newest first.
pub fn kept(
    conn: &mut Conn,
    supplier: SupplierId,
    (debtor, contact): (DebtorId, ContactId),
) -> Result<Vec<SavedCard>, StoreError> {
    let rows = saved_card::table
        .filter(saved_card::supplier_id.eq(supplier.to_string()))
        .filter(saved_card::debtor_id.eq(debtor.to_string()))
        .filter(saved_card::contact_id.eq(contact.to_string()))
        .filter(saved_card::state.eq(CardState::Kept.as_str()))
        .order(saved_card::id.desc())
        .select(Row::as_select())
        .load(&mut conn.db)?;
    all(rows)
}

/// The customer that a card is kept under at the provider: its own, else the one of the debtor's
/// other cards.
pub fn customer(
    conn: &mut Conn,
    supplier: SupplierId,
    (debtor, id): (DebtorId, CardId),
) -> Result<Option<String>, StoreError> {
    let all: Vec<(String, Option<String>)> = saved_card::table
        .filter(saved_card::supplier_id.eq(supplier.to_string()))
        .filter(saved_card::debtor_id.eq(debtor.to_string()))
        .filter(saved_card::customer.is_not_null())
        .order(saved_card::id)
        .select((saved_card::id, saved_card::customer))
        .load(&mut conn.db)?;
    let own = id.to_string();
    let found = all.iter().find(|(id, _)| *id == own).or(all.first());
    Ok(found.and_then(|(_, customer)| customer.clone()))
}

/// Notes the customer that a card will be kept under.
pub fn set_customer(
    conn: &mut Conn,
    supplier: SupplierId,
    id: CardId,
    customer: &str,
) -> Result<(), StoreError> {
    let rows = diesel::update(saved_card::table.find((supplier.to_string(), id.to_string())))
        .set(saved_card::customer.eq(Some(customer)))
        .execute(&mut conn.db)?;
    changed_one(rows)
}

/// Notes what a card is.
pub fn set_face(
    conn: &mut Conn,
    supplier: SupplierId,
    id: CardId,
    face: &CardFace,
) -> Result<(), StoreError> {
    let rows = diesel::update(saved_card::table.find((supplier.to_string(), id.to_string())))
        .set((
            saved_card::customer.eq(Some(&face.customer)),
            saved_card::method.eq(Some(&face.method)),
            saved_card::brand.eq(Some(&face.brand)),
            saved_card::last_four.eq(Some(&face.last_four)),
            saved_card::expires_year.eq(Some(i32::from(face.expires.year))),
            saved_card::expires_month.eq(Some(i32::from(face.expires.month))),
        ))
        .execute(&mut conn.db)?;
    changed_one(rows)
}

/// Forgets what a card was; that it was agreed to stays.
pub fn forget_face(conn: &mut Conn, supplier: SupplierId, id: CardId) -> Result<(), StoreError> {
    let rows = diesel::update(saved_card::table.find((supplier.to_string(), id.to_string())))
        .set((
            saved_card::method.eq(None::<String>),
            saved_card::brand.eq(None::<String>),
            saved_card::last_four.eq(None::<String>),
            saved_card::expires_year.eq(None::<i32>),
            saved_card::expires_month.eq(None::<i32>),
        ))
        .execute(&mut conn.db)?;
    changed_one(rows)
}

/// Forgets the customer that a debtor's cards were kept under: the provider does not know it.
pub fn forget_customer(
    conn: &mut Conn,
    supplier: SupplierId,
    debtor: DebtorId,
) -> Result<(), StoreError> {
    let rows = saved_card::table
        .filter(saved_card::supplier_id.eq(supplier.to_string()))
        .filter(saved_card::debtor_id.eq(debtor.to_string()));
    diesel::update(rows)
        .set(saved_card::customer.eq(None::<String>))
        .execute(&mut conn.db)?;
    Ok(())
}

/// Moves a card from one state to another, unless somebody did meanwhile.
pub fn set_state(
    conn: &mut Conn,
    supplier: SupplierId,
    id: CardId,
    from: CardState,
    to: CardState,
) -> Result<(), StoreError> {
    let row = saved_card::table
        .find((supplier.to_string(), id.to_string()))
        .filter(saved_card::state.eq(from.as_str()));
    let rows = diesel::update(row)
        .set(saved_card::state.eq(to.as_str()))
        .execute(&mut conn.db)?;
    changed_one(rows)
}

/// A supplier's cards that the provider must be asked about: those that are to be forgotten, and
/// those that were asked for with a payment that has succeeded.
pub fn unfinished(
    conn: &mut Conn,
    supplier: SupplierId,
    limit: i64,
) -> Result<Vec<SavedCard>, StoreError> {
    let leaving: Vec<Row> = saved_card::table
        .filter(saved_card::supplier_id.eq(supplier.to_string()))
        .filter(saved_card::state.eq(CardState::Leaving.as_str()))
        .order(saved_card::id)
        .limit(limit)
        .select(Row::as_select())
        .load(&mut conn.db)?;
    let paid = payment::table
        .filter(payment::supplier_id.eq(saved_card::supplier_id))
        .filter(payment::id.eq(saved_card::payment_id))
        .filter(payment::state.eq(PaymentState::Succeeded.as_str()));
    let asked: Vec<Row> = saved_card::table
        .filter(saved_card::supplier_id.eq(supplier.to_string()))
        .filter(saved_card::state.eq(CardState::Asked.as_str()))
        .filter(diesel::dsl::exists(paid))
        .order(saved_card::id)
        .limit(limit)
        .select(Row::as_select())
        .load(&mut conn.db)?;
    let mut found = all(leaving)?;
    found.extend(all(asked)?);
    Ok(found)
}
