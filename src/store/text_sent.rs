//! What was given to providers of text messages: an attempt each, with what it counts and costs.

use std::collections::BTreeMap;

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Nullable, Text};
use domain::message::Message;
use domain::sms::{Fate, Price};
use domain::{Currency, MessageId, Moment, SupplierId};

use super::columns::{small, text};
use super::conn::{Conn, each};
use super::error::{StoreError, changed_one};
use super::schema::{text_sent, text_trial};

/// A text that a provider is about to be given.
#[derive(Clone, Debug)]
pub struct NewText {
    /// The provider's name.
    pub provider: &'static str,
    /// How many segments it is.
    pub segments: u16,
    /// What it is thought to cost.
    pub price: Option<Price>,
    /// When.
    pub at: Moment,
}

/// The row of an attempt that a sender holds.
macro_rules! of_attempt {
    ($of:expr) => {
        text_sent::table.find((
            $of.supplier.to_string(),
            $of.id.to_string(),
            i32::from($of.attempts),
        ))
    };
}

/// Counts a text before it is given: what is given and never answered for counts too.
pub fn insert(conn: &mut Conn, of: &Message, new: &NewText) -> Result<(), StoreError> {
    let values = (
        text_sent::supplier_id.eq(of.supplier.to_string()),
        text_sent::message_id.eq(of.id.to_string()),
        text_sent::attempt.eq(i32::from(of.attempts)),
        text_sent::provider.eq(new.provider),
        text_sent::segments.eq(i32::from(new.segments)),
        text_sent::currency.eq(new.price.map(|price| price.currency().to_string())),
        text_sent::price.eq(new.price.map(Price::micros)),
        text_sent::given_at.eq(new.at.micros()),
        text_sent::fate.eq(Fate::UnderWay.as_str()),
        text_sent::ask_at.eq(new.at.micros()),
    );
    each!(conn, db => diesel::insert_into(text_sent::table).values(values).execute(db)?);
    Ok(())
}

/// What the provider said when it took it.
#[derive(Clone, Debug)]
pub struct Told {
    /// Its id of the text.
    pub reference: Option<String>,
    /// How many segments it counts, where it tells.
    pub segments: Option<u16>,
    /// What it takes, where it tells.
    pub price: Option<Price>,
}

/// Notes what the provider said of a text it took.
pub fn taken(conn: &mut Conn, of: &Message, told: &Told) -> Result<(), StoreError> {
    let rows = diesel::update(of_attempt!(of))
        .set(text_sent::reference.eq(told.reference.as_deref()))
        .execute(&mut conn.db)?;
    changed_one(rows)?;
    let key = (of.supplier, of.id, of.attempts);
    counted(conn, key, (told.segments, told.price))
}

/// Takes a text back that the provider did not take.
pub fn remove(conn: &mut Conn, of: &Message) -> Result<(), StoreError> {
    diesel::delete(of_attempt!(of)).execute(&mut conn.db)?;
    Ok(())
}

/// Which attempt: supplier, message and its number.
pub type Attempt = (SupplierId, MessageId, u16);

fn counted(
    conn: &mut Conn,
    (supplier, message, attempt): Attempt,
    (segments, price): (Option<u16>, Option<Price>),
) -> Result<(), StoreError> {
    let row = || {
        text_sent::table.find((
            supplier.to_string(),
            message.to_string(),
            i32::from(attempt),
        ))
    };
    if let Some(segments) = segments {
        diesel::update(row())
            .set(text_sent::segments.eq(i32::from(segments)))
            .execute(&mut conn.db)?;
    }
    if let Some(price) = price {
        diesel::update(row())
            .set((
                text_sent::currency.eq(Some(price.currency().to_string())),
                text_sent::price.eq(Some(price.micros())),
            ))
            .execute(&mut conn.db)?;
    }
    Ok(())
}

/// Notes what became of a text, and what the provider counts by now.
pub fn told(
    conn: &mut Conn,
    attempt: Attempt,
    fate: Fate,
    counts: (Option<u16>, Option<Price>),
) -> Result<(), StoreError> {
    let (supplier, message, number) = attempt;
    let row = text_sent::table.find((supplier.to_string(), message.to_string(), i32::from(number)));
    diesel::update(row)
        .set(text_sent::fate.eq(fate.as_str()))
        .execute(&mut conn.db)?;
    counted(conn, attempt, counts)
}

/// The attempt that a provider knows by this id, or the latest of a message.
pub fn attempt(
    conn: &mut Conn,
    supplier: SupplierId,
    (reference, about): (Option<&str>, Option<MessageId>),
) -> Result<Option<Attempt>, StoreError> {
    let columns = (text_sent::message_id, text_sent::attempt);
    let mut found: Option<(String, i32)> = None;
    if let Some(reference) = reference {
        found = text_sent::table
            .filter(text_sent::supplier_id.eq(supplier.to_string()))
            .filter(text_sent::reference.eq(reference))
            .order((text_sent::message_id.desc(), text_sent::attempt.desc()))
            .select(columns)
            .limit(1)
            .get_result(&mut conn.db)
            .optional()?;
    }
    if let (None, Some(about)) = (&found, about) {
        found = text_sent::table
            .filter(text_sent::supplier_id.eq(supplier.to_string()))
            .filter(text_sent::message_id.eq(about.to_string()))
            .order(text_sent::attempt.desc())
            .select(columns)
            .limit(1)
            .get_result(&mut conn.db)
            .optional()?;
    }
    let read = |(message, attempt): (String, i32)| {
        let message = text("text_sent.message_id", &message)?;
        Ok((supplier, message, small("text_sent.attempt", attempt)?))
    };
    found.map(read).transpose()
}

/// A text whose fate is asked for.
#[derive(Clone, Debug)]
pub struct UnderWay {
    /// Which.
    pub attempt: Attempt,
    /// The provider's id of it.
    pub reference: String,
}

/// Texts given to this provider since an instant of which nothing is known, to be asked for now.
pub fn under_way(
    conn: &mut Conn,
    supplier: SupplierId,
    provider: &str,
    (since, now): (Moment, Moment),
) -> Result<Vec<UnderWay>, StoreError> {
    let rows: Vec<(String, i32, Option<String>)> = text_sent::table
        .filter(text_sent::supplier_id.eq(supplier.to_string()))
        .filter(text_sent::fate.eq(Fate::UnderWay.as_str()))
        .filter(text_sent::ask_at.le(now.micros()))
        .filter(text_sent::given_at.ge(since.micros()))
        .filter(text_sent::provider.eq(provider))
        .filter(text_sent::reference.is_not_null())
        .order((text_sent::ask_at, text_sent::message_id, text_sent::attempt))
        .limit(100)
        .select((
            text_sent::message_id,
            text_sent::attempt,
            text_sent::reference,
        ))
        .load(&mut conn.db)?;
    let one = |(message, attempt, reference): (String, i32, Option<String>)| {
        let message = text("text_sent.message_id", &message)?;
        Ok(UnderWay {
            attempt: (supplier, message, small("text_sent.attempt", attempt)?),
            reference: reference.unwrap_or_default(),
        })
    };
    rows.into_iter().map(one).collect()
}

/// Asks for a text again later.
pub fn ask_later(
    conn: &mut Conn,
    (supplier, message, attempt): Attempt,
    at: Moment,
) -> Result<(), StoreError> {
    let row = text_sent::table.find((
        supplier.to_string(),
        message.to_string(),
        i32::from(attempt),
    ));
    let rows = diesel::update(row)
        .set(text_sent::ask_at.eq(at.micros()))
        .execute(&mut conn.db)?;
    changed_one(rows)
}

/// How many texts were given since an instant, those given for a try among them.
pub fn count_since(
    conn: &mut Conn,
    supplier: SupplierId,
    since: Moment,
) -> Result<u32, StoreError> {
    let count: i64 = text_sent::table
        .filter(text_sent::supplier_id.eq(supplier.to_string()))
        .filter(text_sent::given_at.ge(since.micros()))
        .count()
        .get_result(&mut conn.db)?;
    let tried: i64 = text_trial::table
        .filter(text_trial::supplier_id.eq(supplier.to_string()))
        .filter(text_trial::given_at.ge(since.micros()))
        .count()
        .get_result(&mut conn.db)?;
    Ok(u32::try_from(count.saturating_add(tried)).unwrap_or(u32::MAX))
}

#[derive(QueryableByName)]
struct SumRow {
    #[diesel(sql_type = Nullable<Text>)]
    currency: Option<String>,
    #[diesel(sql_type = BigInt)]
    texts: i64,
    #[diesel(sql_type = BigInt)]
    segments: i64,
    #[diesel(sql_type = BigInt)]
    price: i64,
}

/// What was given since an instant.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Sums {
    /// Texts.
    pub texts: i64,
    /// Their segments.
    pub segments: i64,
    /// What they cost, in millionths, by currency.
    pub prices: BTreeMap<Currency, i64>,
    /// Texts whose price nobody told.
    pub without_price: i64,
}

const SUMS: &str = "
SELECT currency, COUNT(*) AS texts, CAST(SUM(segments) AS BIGINT) AS segments,
  CAST(COALESCE(SUM(price), 0) AS BIGINT) AS price
FROM (
  SELECT currency, segments, price FROM text_sent WHERE supplier_id = $1 AND given_at >= $2
  UNION ALL
  SELECT currency, segments, price FROM text_trial WHERE supplier_id = $1 AND given_at >= $2
) AS given
GROUP BY currency ORDER BY currency";

/// The sums of what a supplier's texts count and cost since an instant, those given for a try
/// among them.
pub fn sums_since(
    conn: &mut Conn,
    supplier: SupplierId,
    since: Moment,
) -> Result<Sums, StoreError> {
    let rows: Vec<SumRow> = diesel::sql_query(SUMS)
        .bind::<Text, _>(supplier.to_string())
        .bind::<BigInt, _>(since.micros())
        .load(&mut conn.db)?;
    let mut sums = Sums::default();
    for row in rows {
        sums.texts = sums.texts.saturating_add(row.texts);
        sums.segments = sums.segments.saturating_add(row.segments);
        match row.currency {
            Some(code) => {
                let currency = text("text_sent.currency", &code)?;
                sums.prices.insert(currency, row.price);
            }
            None => sums.without_price = sums.without_price.saturating_add(row.texts),
        }
    }
    Ok(sums)
}

/// What one message counts and costs, all its attempts together.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Counted {
    /// Segments.
    pub segments: i64,
    /// Millionths, and their currency, where it is known.
    pub price: Option<Price>,
}

/// What these messages count and cost.
pub fn of_messages(
    conn: &mut Conn,
    supplier: SupplierId,
    messages: &[MessageId],
) -> Result<BTreeMap<MessageId, Counted>, StoreError> {
    let ids: Vec<String> = messages.iter().map(ToString::to_string).collect();
    type Columns = (String, i32, Option<String>, Option<i64>);
    let rows: Vec<Columns> = text_sent::table
        .filter(text_sent::supplier_id.eq(supplier.to_string()))
        .filter(text_sent::message_id.eq_any(ids))
        .order((text_sent::message_id, text_sent::attempt))
        .select((
            text_sent::message_id,
            text_sent::segments,
            text_sent::currency,
            text_sent::price,
        ))
        .load(&mut conn.db)?;
    let mut found: BTreeMap<MessageId, Counted> = BTreeMap::new();
    for (message, segments, currency, price) in rows {
        let one = found
            .entry(text("text_sent.message_id", &message)?)
            .or_insert(Counted {
                segments: 0,
                price: None,
            });
        one.segments = one.segments.saturating_add(i64::from(segments));
        if let (Some(currency), Some(micros)) = (currency, price) {
            let before = one.price.map_or(0, Price::micros);
            let currency = text("text_sent.currency", &currency)?;
            one.price = Some(Price::new(before.saturating_add(micros), currency));
        }
    }
    Ok(found)
}
