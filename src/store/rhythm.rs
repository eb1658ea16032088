//! When a supplier writes, and how often to whom.

use diesel::prelude::*;
use domain::SupplierId;
use domain::hours::Rhythm;

use super::columns::small;
use super::conn::{Conn, each};
use super::error::StoreError;
use super::schema::{rhythm, supplier};
use super::supplier::set_message_gap_days;

type Columns = (i32, i32, i32, i32, i32);

/// Reads it; a supplier that never said has the usual one.
pub fn find(conn: &mut Conn, id: SupplierId) -> Result<Rhythm, StoreError> {
    let own = rhythm::supplier_id.eq(supplier::id);
    let (gap_days, said): (i32, Option<Columns>) = each!(conn, db => {
        supplier::table
            .left_join(rhythm::table.on(own))
            .filter(supplier::id.eq(id.to_string()))
            .select((
                supplier::message_gap_days,
                (
                    rhythm::business_days,
                    rhythm::first_hour,
                    rhythm::closing_hour,
                    rhythm::mailbox_daily_max,
                    rhythm::promise_notice_days,
                )
                    .nullable(),
            ))
            .get_result(db)?
    });
    let mut found = Rhythm {
        gap_days: small("supplier.message_gap_days", gap_days)?,
        ..Rhythm::default()
    };
    if let Some((days, first_hour, closing_hour, daily_max, notice_days)) = said {
        found.days = small("rhythm.business_days", days)?;
        found.first_hour = small("rhythm.first_hour", first_hour)?;
        found.closing_hour = small("rhythm.closing_hour", closing_hour)?;
        found.daily_max = small("rhythm.mailbox_daily_max", daily_max)?;
        found.notice_days = small("rhythm.promise_notice_days", notice_days)?;
    }
    Ok(found)
}

/// Sets it.
pub fn set(conn: &mut Conn, id: SupplierId, new: &Rhythm) -> Result<(), StoreError> {
    set_message_gap_days(conn, id, new.gap_days)?;
    let hour = |hour: u32| i32::try_from(hour).unwrap_or_default();
    let row = rhythm::table.find(id.to_string());
    diesel::delete(row).execute(&mut conn.db)?;
    let values = (
        rhythm::supplier_id.eq(id.to_string()),
        rhythm::business_days.eq(i32::from(new.days)),
        rhythm::first_hour.eq(hour(new.first_hour)),
        rhythm::closing_hour.eq(hour(new.closing_hour)),
        rhythm::mailbox_daily_max.eq(i32::from(new.daily_max)),
        rhythm::promise_notice_days.eq(i32::from(new.notice_days)),
    );
    each!(conn, db => {
        diesel::insert_into(rhythm::table).values(values).execute(db)?;
    });
    Ok(())
}
