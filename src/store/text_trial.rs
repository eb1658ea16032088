//! Texts that staff had sent to see them. What they count and cost is summed with all the others,
//! in `text_sent`.

use diesel::prelude::*;
use domain::sms::Price;
use domain::{MessageId, SupplierId};

use super::conn::{Conn, each};
use super::error::{StoreError, changed_one};
use super::schema::text_trial;
use super::text_sent::{NewText, Told};

/// Counts a text before it is given; `false` when it was counted before.
pub fn insert(
    conn: &mut Conn,
    (supplier, id): (SupplierId, MessageId),
    (new, by): (&NewText, &str),
) -> Result<bool, StoreError> {
    let values = (
        text_trial::supplier_id.eq(supplier.to_string()),
        text_trial::id.eq(id.to_string()),
        text_trial::provider.eq(new.provider),
        text_trial::segments.eq(i32::from(new.segments)),
        text_trial::currency.eq(new.price.map(|price| price.currency().to_string())),
        text_trial::price.eq(new.price.map(Price::micros)),
        text_trial::given_at.eq(new.at.micros()),
        text_trial::given_by.eq(by),
    );
    let rows = each!(conn, db => {
        diesel::insert_into(text_trial::table)
            .values(values)
            .on_conflict_do_nothing()
            .execute(db)?
    });
    Ok(rows == 1)
}

/// Notes what the provider said of a text it took, and what it counts where it tells.
pub fn taken(
    conn: &mut Conn,
    (supplier, id): (SupplierId, MessageId),
    told: &Told,
) -> Result<(), StoreError> {
    let row = || text_trial::table.find((supplier.to_string(), id.to_string()));
    let rows = diesel::update(row())
        .set(text_trial::reference.eq(told.reference.as_deref()))
        .execute(&mut conn.db)?;
    changed_one(rows)?;
    if let Some(segments) = told.segments {
        diesel::update(row())
            .set(text_trial::segments.eq(i32::from(segments)))
            .execute(&mut conn.db)?;
    }
    if let Some(price) = told.price {
        diesel::update(row())
            .set((
                text_trial::currency.eq(Some(price.currency().to_string())),
                text_trial::price.eq(Some(price.micros())),
            ))
            .execute(&mut conn.db)?;
    }
    Ok(())
}

/// Takes a text back that the provider did not take.
pub fn remove(conn: &mut Conn, (supplier, id): (SupplierId, MessageId)) -> Result<(), StoreError> {
    let row = text_trial::table.find((supplier.to_string(), id.to_string()));
    diesel::delete(row).execute(&mut conn.db)?;
    Ok(())
}
