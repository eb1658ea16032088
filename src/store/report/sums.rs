//! Sums of what is open, made by the database.

use std::collections::BTreeMap;

use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Date, Text};
use domain::account::Totals;
use domain::invoice::ItemKind;
use domain::{Currency, Day, DebtorId, Money, MoneyError, SupplierId};

use super::texts;
use crate::store::columns::{money, text};
use crate::store::conn::Conn;
use crate::store::error::StoreError;
use crate::store::prepared::IsOpen;
use crate::store::schema::invoice;

#[derive(QueryableByName)]
struct DayRow {
    #[diesel(sql_type = Text)]
    currency: String,
    #[diesel(sql_type = Text)]
    kind: String,
    #[diesel(sql_type = Date)]
    due_on: chrono::NaiveDate,
    #[diesel(sql_type = BigInt)]
    open: i64,
}

#[derive(QueryableByName)]
struct HeldRow {
    #[diesel(sql_type = Text)]
    currency: String,
    #[diesel(sql_type = Date)]
    due_on: chrono::NaiveDate,
    #[diesel(sql_type = BigInt)]
    reserved: i64,
    #[diesel(sql_type = BigInt)]
    disputed: i64,
    #[diesel(sql_type = BigInt)]
    promised: i64,
}

/// What is open of a supplier by due day: kept, for nobody waits while a million items are read.
const KEPT: &str = "
SELECT currency, kind, due_on, CAST(SUM(amount) AS BIGINT) AS open
FROM open_change WHERE supplier_id = $1 GROUP BY currency, kind, due_on";

/// Open items of a debtor by due day.
const BY_DAY: &str = "
SELECT currency, kind, due_on, CAST(SUM(open) AS BIGINT) AS open
FROM invoice WHERE supplier_id = $1 AND debtor_id = $2 AND open > 0
GROUP BY currency, kind, due_on";

/// What claims and payments hold of them; a balance file may have lowered `open` below that. The
/// conditions stand in the text as in the partial index of migration 0009: a bound value would not
/// be recognised.
const HELD: &str = "
SELECT currency, due_on,
  CAST(SUM(CASE WHEN reserved < open THEN reserved ELSE open END) AS BIGINT) AS reserved,
  CAST(SUM(CASE WHEN disputed < open THEN disputed ELSE open END) AS BIGINT) AS disputed,
  CAST(SUM(CASE WHEN promised < open THEN promised ELSE open END) AS BIGINT) AS promised
FROM invoice WHERE supplier_id = $1 AND open > 0 AND kind = 'invoice'
  AND (reserved > 0 OR disputed > 0 OR promised > 0)";

/// The sums of all that a supplier has open, one per currency, as `domain::account::totals` makes
/// them. Reads what is held item by item: for the lane of reports.
pub fn totals(
    conn: &mut Conn,
    supplier: SupplierId,
    today: Day,
) -> Result<Vec<Totals>, StoreError> {
    let held = format!("{HELD} GROUP BY currency, due_on");
    let supplier = supplier.to_string();
    let by_day = diesel::sql_query(KEPT).bind::<Text, _>(&supplier);
    let held = diesel::sql_query(held).bind::<Text, _>(&supplier);
    add_up(
        &by_day.load(&mut conn.db)?,
        &held.load(&mut conn.db)?,
        today,
    )
}

/// The sums of all that a debtor has open, one per currency, however many items it is.
pub fn debtor_totals(
    conn: &mut Conn,
    supplier: SupplierId,
    debtor: DebtorId,
    today: Day,
) -> Result<Vec<Totals>, StoreError> {
    let held = format!("{HELD} AND debtor_id = $2 GROUP BY currency, due_on");
    let (supplier, debtor) = (supplier.to_string(), debtor.to_string());
    let by_day = diesel::sql_query(BY_DAY)
        .bind::<Text, _>(&supplier)
        .bind::<Text, _>(&debtor);
    let held = diesel::sql_query(held)
        .bind::<Text, _>(&supplier)
        .bind::<Text, _>(&debtor);
    add_up(
        &by_day.load(&mut conn.db)?,
        &held.load(&mut conn.db)?,
        today,
    )
}

fn add_up(by_day: &[DayRow], held: &[HeldRow], today: Day) -> Result<Vec<Totals>, StoreError> {
    let mut sums: BTreeMap<Currency, Totals> = BTreeMap::new();
    for row in by_day {
        let (currency, kind): (Currency, ItemKind) = (
            text("invoice.currency", &row.currency)?,
            text("invoice.kind", &row.kind)?,
        );
        let open = Money::new(row.open, currency);
        let sum = sums.entry(currency).or_insert_with(|| nothing(currency));
        let late = Day::from_date(row.due_on) < today;
        add(sum, kind, open, late).map_err(too_large)?;
    }
    for row in held {
        let currency = text("invoice.currency", &row.currency)?;
        let sum = sums.entry(currency).or_insert_with(|| nothing(currency));
        add_held(sum, row, today).map_err(too_large)?;
    }
    Ok(sums.into_values().collect())
}

fn nothing(currency: Currency) -> Totals {
    let zero = Money::zero(currency);
    Totals {
        open: zero,
        late: zero,
        credits: zero,
        processing: zero,
        late_processing: zero,
        disputed: zero,
        promised: zero,
    }
}

fn too_large(why: MoneyError) -> StoreError {
    StoreError::Failed(why.to_string())
}

fn add(sum: &mut Totals, kind: ItemKind, open: Money, late: bool) -> Result<(), MoneyError> {
    if kind != ItemKind::Invoice {
        sum.credits = sum.credits.checked_add(open)?;
        return Ok(());
    }
    sum.open = sum.open.checked_add(open)?;
    if late {
        sum.late = sum.late.checked_add(open)?;
    }
    Ok(())
}

fn add_held(sum: &mut Totals, row: &HeldRow, today: Day) -> Result<(), MoneyError> {
    let amount = |minor| Money::new(minor, sum.open.currency());
    let (reserved, disputed) = (amount(row.reserved), amount(row.disputed));
    sum.promised = sum.promised.checked_add(amount(row.promised))?;
    sum.processing = sum.processing.checked_add(reserved)?;
    sum.disputed = sum.disputed.checked_add(disputed)?;
    if Day::from_date(row.due_on) < today {
        sum.late_processing = sum.late_processing.checked_add(reserved)?;
    }
    Ok(())
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
        .filter(IsOpen)
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
