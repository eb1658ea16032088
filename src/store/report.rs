//! What staff pages read across tables: bounded lists and sums made by the database.
//!
//! Where a page shows several suppliers, the caller names each one it may see.

mod by_hand;
mod credits;
mod messages;
mod reversals;
mod sums;
mod tasks;
mod today;
mod unsure;

use diesel::prelude::*;
use domain::{Day, SupplierId, Zone};

pub use by_hand::{ByHand, by_hand};
pub use credits::{CreditDue, credits_due};
pub use messages::{ToDecide, messages_to_decide, supplier_of_message, to_decide};
pub use reversals::{GoingBack, going_back};
pub use sums::{DebtorSum, debtor_sums, debtor_totals, totals};
pub use tasks::{TaskDue, tasks};
pub use today::{
    DisputeDue, Party, PaymentUnderWay, PlanDue, PromiseDue, UnmatchedMoney, disputes, payments,
    plans, promises, unmatched,
};
pub use unsure::{Unsure, unsure};

use super::columns::{small, text};
use super::conn::Conn;
use super::error::StoreError;
use super::schema::supplier;

/// A supplier as a list names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SupplierFacts {
    /// Id.
    pub id: SupplierId,
    /// The code in addresses.
    pub code: String,
    /// The trade name.
    pub name: String,
    /// Where it is.
    pub zone: Zone,
    /// The day of its latest complete import.
    pub data_as_of: Option<Day>,
    /// From how many days on its data is too old to remind on.
    pub data_age_days_max: u16,
}

impl SupplierFacts {
    /// Whether its data is too old, or none is there.
    #[must_use]
    pub fn is_stale(&self, today: Day) -> bool {
        let age = self.data_as_of.map(|day| day.days_until(today));
        age.is_none_or(|days| days > i64::from(self.data_age_days_max))
    }
}

/// These suppliers, by name.
pub fn suppliers(conn: &mut Conn, ids: &[SupplierId]) -> Result<Vec<SupplierFacts>, StoreError> {
    type Columns = (
        String,
        String,
        String,
        String,
        Option<chrono::NaiveDate>,
        i32,
    );
    let rows: Vec<Columns> = supplier::table
        .filter(supplier::id.eq_any(texts(ids)))
        .order((supplier::name, supplier::id))
        .select((
            supplier::id,
            supplier::code,
            supplier::name,
            supplier::zone,
            supplier::data_as_of,
            supplier::data_age_days_max,
        ))
        .load(&mut conn.db)?;
    rows.into_iter()
        .map(|(id, code, name, zone, as_of, days)| {
            Ok(SupplierFacts {
                id: text("supplier.id", &id)?,
                code,
                name,
                zone: text("supplier.zone", &zone)?,
                data_as_of: as_of.map(Day::from_date),
                data_age_days_max: small("supplier.data_age_days_max", days)?,
            })
        })
        .collect()
}

fn texts(ids: &[impl ToString]) -> Vec<String> {
    ids.iter().map(ToString::to_string).collect()
}
