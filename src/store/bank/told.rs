//! The same money told by several messages: statement, report of the day, notice.

use diesel::prelude::*;
use domain::statement::Standing;
use domain::{Day, Money, SupplierId};

use crate::store::columns::{money, text};
use crate::store::conn::Conn;
use crate::store::error::StoreError;
use crate::store::schema::bank_entry;

/// Days by which messages about the same money may differ.
const APART_DAYS: i64 = 5;

/// Movements of one amount near one day that are compared: far more than twins there are.
const COMPARED: i64 = 200;

/// Which message tells of which account, and which messages may have told the same before.
#[derive(Clone, Debug)]
pub struct Teller<'a> {
    /// The account, as movements name it.
    pub account: &'a str,
    /// This kind of message.
    pub kind: &'static str,
    /// The other kinds.
    pub others: Vec<&'static str>,
}

/// A movement that another kind of message told first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// Its key.
    pub key: String,
    /// The booking it is a part of.
    pub entry_key: String,
    /// The booking's amount with its sign, in minor units.
    pub entry_amount: i64,
    /// Its own amount with its sign.
    pub amount: Money,
    /// Booking day.
    pub booked_on: Day,
    /// The bank's reference.
    pub bank_ref: Option<String>,
    /// The id of the order.
    pub end_to_end_id: Option<String>,
    /// The file of direct debits it is of.
    pub batch_ref: Option<String>,
    /// Where its money is.
    pub standing: Standing,
}

type Columns = (
    String,
    String,
    i64,
    String,
    i64,
    chrono::NaiveDate,
    Option<String>,
    Option<String>,
    Option<String>,
    String,
);

macro_rules! columns {
    ($table:expr) => {
        (
            $table.field(bank_entry::key),
            $table.field(bank_entry::entry_key),
            $table.field(bank_entry::entry_amount),
            $table.field(bank_entry::currency),
            $table.field(bank_entry::amount),
            $table.field(bank_entry::booked_on),
            $table.field(bank_entry::bank_ref),
            $table.field(bank_entry::end_to_end_id),
            $table.field(bank_entry::batch_ref),
            $table.field(bank_entry::matching),
        )
    };
}

diesel::alias!(bank_entry as again: Again, bank_entry as first_told: First);

fn read(row: Columns) -> Result<Told, StoreError> {
    let (key, entry_key, entry_amount, currency, minor, day, bank_ref, e2e, batch_ref, standing) =
        row;
    Ok(Told {
        key,
        entry_key,
        entry_amount,
        amount: money(minor, &currency)?,
        booked_on: Day::from_date(day),
        bank_ref,
        end_to_end_id: e2e,
        batch_ref,
        standing: text("bank_entry.matching", &standing)?,
    })
}

/// Those that do not count themselves: nothing can be the same as they.
fn uncounted() -> [&'static str; 2] {
    [Standing::Noted.as_str(), Standing::Divided.as_str()]
}

/// Movements of an account near a day that other kinds of message told, and of which this kind has
/// not told yet, in their order. `booking` compares the whole booking's amount, else the part's.
pub fn told_by_others(
    conn: &mut Conn,
    supplier: SupplierId,
    teller: &Teller<'_>,
    day: Day,
    (minor, booking): (i64, bool),
) -> Result<Vec<Told>, StoreError> {
    let first = first_told;
    let retold = again
        .filter(
            again
                .field(bank_entry::supplier_id)
                .eq(supplier.to_string()),
        )
        .filter(
            again
                .field(bank_entry::same_as)
                .eq(first.field(bank_entry::key).nullable()),
        )
        .filter(again.field(bank_entry::kind).eq(teller.kind));
    let near = (
        day.plus_days(-APART_DAYS).date(),
        day.plus_days(APART_DAYS).date(),
    );
    let all = first
        .filter(
            first
                .field(bank_entry::supplier_id)
                .eq(supplier.to_string()),
        )
        .filter(
            first
                .field(bank_entry::account)
                .eq(teller.account.to_owned()),
        )
        .filter(first.field(bank_entry::booked_on).between(near.0, near.1))
        .filter(first.field(bank_entry::kind).eq_any(teller.others.clone()))
        .filter(first.field(bank_entry::same_as).is_null())
        .filter(first.field(bank_entry::matching).ne_all(uncounted()))
        .filter(diesel::dsl::not(diesel::dsl::exists(retold)))
        .order(first.field(bank_entry::key))
        .limit(COMPARED)
        .select(columns!(first));
    let rows: Vec<Columns> = if booking {
        all.filter(first.field(bank_entry::entry_amount).eq(minor))
            .load(&mut conn.db)?
    } else {
        all.filter(first.field(bank_entry::amount).eq(minor))
            .load(&mut conn.db)?
    };
    rows.into_iter().map(read).collect()
}

/// Movements that other kinds of message told under the same reference of the bank or the same
/// file of debits: the parts of a booking that this message tells as a whole.
pub fn whole_of(
    conn: &mut Conn,
    supplier: SupplierId,
    teller: &Teller<'_>,
    day: Day,
    (bank_ref, batch_ref): (Option<&str>, Option<&str>),
) -> Result<Vec<Told>, StoreError> {
    let near = (
        day.plus_days(-APART_DAYS).date(),
        day.plus_days(APART_DAYS).date(),
    );
    let first = first_told;
    let all = first
        .filter(
            first
                .field(bank_entry::supplier_id)
                .eq(supplier.to_string()),
        )
        .filter(first.field(bank_entry::account).eq(teller.account))
        .filter(first.field(bank_entry::booked_on).between(near.0, near.1))
        .filter(first.field(bank_entry::kind).eq_any(teller.others.clone()))
        .filter(first.field(bank_entry::same_as).is_null())
        .filter(first.field(bank_entry::matching).ne_all(uncounted()))
        .order(first.field(bank_entry::key))
        .select(columns!(first));
    // One after the other: asked for either, the database would read the account's whole week.
    let mut rows: Vec<Columns> = Vec::new();
    if let Some(bank_ref) = bank_ref {
        let same = first.field(bank_entry::bank_ref).eq(bank_ref);
        rows.extend(all.clone().filter(same).load::<Columns>(&mut conn.db)?);
    }
    if let Some(batch_ref) = batch_ref {
        let same = first.field(bank_entry::batch_ref).eq(batch_ref);
        rows.extend(all.filter(same).load::<Columns>(&mut conn.db)?);
    }
    rows.sort_by(|one, other| one.0.cmp(&other.0));
    rows.dedup_by(|one, other| one.0 == other.0);
    rows.into_iter().map(read).collect()
}
