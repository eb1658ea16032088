//! What staff pages read across tables: bounded lists and sums made by the database.
//!
//! Where a page shows several suppliers, the caller names each one it may see.

mod messages;
mod today;

use std::collections::BTreeMap;

use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Date, Text};
use domain::account::Totals;
use domain::{Currency, Day, DebtorId, Money, SupplierId, Zone};

pub use messages::{ToDecide, messages_to_decide, supplier_of_message, to_decide};
pub use today::{
    DisputeDue, Party, PaymentUnderWay, PromiseDue, UnmatchedMoney, disputes, payments, promises,
    unmatched,
};

use super::columns::{money, small, text};
use super::conn::Conn;
use super::error::StoreError;
use super::schema::{invoice, supplier};

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

#[derive(QueryableByName)]
struct TotalsRow {
    #[diesel(sql_type = Text)]
    currency: String,
    #[diesel(sql_type = BigInt)]
    open: i64,
    #[diesel(sql_type = BigInt)]
    late: i64,
    #[diesel(sql_type = BigInt)]
    credits: i64,
    #[diesel(sql_type = BigInt)]
    processing: i64,
    #[diesel(sql_type = BigInt)]
    late_processing: i64,
    #[diesel(sql_type = BigInt)]
    disputed: i64,
    #[diesel(sql_type = BigInt)]
    promised: i64,
}

impl TryFrom<&TotalsRow> for Totals {
    type Error = StoreError;

    fn try_from(row: &TotalsRow) -> Result<Self, StoreError> {
        let currency: Currency = text("invoice.currency", &row.currency)?;
        let amount = |minor| Money::new(minor, currency);
        Ok(Self {
            open: amount(row.open),
            late: amount(row.late),
            credits: amount(row.credits),
            processing: amount(row.processing),
            late_processing: amount(row.late_processing),
            disputed: amount(row.disputed),
            promised: amount(row.promised),
        })
    }
}

const BY_CURRENCY: &str = "GROUP BY currency ORDER BY currency";

/// As `domain::account::totals` adds up. SQLite numbers `$1` and `$2` by first appearance.
const TOTALS: &str = "
SELECT currency,
  CAST(SUM(CASE WHEN kind = 'invoice' THEN open ELSE 0 END) AS BIGINT) AS open,
  CAST(SUM(CASE WHEN kind = 'invoice' AND due_on < $1 THEN open ELSE 0 END) AS BIGINT) AS late,
  CAST(SUM(CASE WHEN kind = 'invoice' THEN 0 ELSE open END) AS BIGINT) AS credits,
  CAST(SUM(CASE WHEN kind <> 'invoice' THEN 0 WHEN reserved < open THEN reserved ELSE open END)
    AS BIGINT) AS processing,
  CAST(SUM(CASE WHEN kind <> 'invoice' OR due_on >= $1 THEN 0
    WHEN reserved < open THEN reserved ELSE open END) AS BIGINT) AS late_processing,
  CAST(SUM(CASE WHEN kind <> 'invoice' THEN 0 WHEN disputed < open THEN disputed ELSE open END)
    AS BIGINT) AS disputed,
  CAST(SUM(CASE WHEN kind <> 'invoice' THEN 0 WHEN promised < open THEN promised ELSE open END)
    AS BIGINT) AS promised
FROM invoice WHERE supplier_id = $2 AND open > 0";

/// The sums of all that a supplier has open, one per currency. Reads every open item: for the
/// lane of reports.
pub fn totals(
    conn: &mut Conn,
    supplier: SupplierId,
    today: Day,
) -> Result<Vec<Totals>, StoreError> {
    let rows: Vec<TotalsRow> = diesel::sql_query(format!("{TOTALS} {BY_CURRENCY}"))
        .bind::<Date, _>(today.date())
        .bind::<Text, _>(supplier.to_string())
        .load(&mut conn.db)?;
    rows.iter().map(TryInto::try_into).collect()
}

/// The sums of all that a debtor has open, one per currency, however many items it is.
pub fn debtor_totals(
    conn: &mut Conn,
    supplier: SupplierId,
    debtor: DebtorId,
    today: Day,
) -> Result<Vec<Totals>, StoreError> {
    let sql = format!("{TOTALS} AND debtor_id = $3 {BY_CURRENCY}");
    let rows: Vec<TotalsRow> = diesel::sql_query(sql)
        .bind::<Date, _>(today.date())
        .bind::<Text, _>(supplier.to_string())
        .bind::<Text, _>(debtor.to_string())
        .load(&mut conn.db)?;
    rows.iter().map(TryInto::try_into).collect()
}

/// What a debtor owes in one currency.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DebtorSum {
    /// Open invoices.
    pub open: Money,
    /// Of these, late.
    pub late: Money,
    /// The oldest due day among them.
    pub oldest: Day,
}

/// What these debtors owe, by currency; those that owe nothing are left out.
pub fn debtor_sums(
    conn: &mut Conn,
    supplier: SupplierId,
    debtors: &[DebtorId],
    today: Day,
) -> Result<BTreeMap<DebtorId, Vec<DebtorSum>>, StoreError> {
    let late = sql::<BigInt>("CAST(SUM(CASE WHEN due_on < ")
        .bind::<Date, _>(today.date())
        .sql(" THEN open ELSE 0 END) AS BIGINT)");
    let rows: Vec<(String, String, i64, i64, chrono::NaiveDate)> = invoice::table
        .filter(invoice::supplier_id.eq(supplier.to_string()))
        .filter(invoice::debtor_id.eq_any(texts(debtors)))
        .filter(invoice::kind.eq("invoice"))
        .filter(invoice::open.gt(0))
        .group_by((invoice::debtor_id, invoice::currency))
        .order((invoice::debtor_id, invoice::currency))
        .select((
            invoice::debtor_id,
            invoice::currency,
            sql::<BigInt>("CAST(SUM(open) AS BIGINT)"),
            late,
            sql::<Date>("MIN(due_on)"),
        ))
        .load(&mut conn.db)?;
    let mut sums: BTreeMap<DebtorId, Vec<DebtorSum>> = BTreeMap::new();
    for (debtor, currency, open, late, oldest) in rows {
        let sum = DebtorSum {
            open: money(open, &currency)?,
            late: money(late, &currency)?,
            oldest: Day::from_date(oldest),
        };
        let debtor = text("invoice.debtor_id", &debtor)?;
        sums.entry(debtor).or_default().push(sum);
    }
    Ok(sums)
}
