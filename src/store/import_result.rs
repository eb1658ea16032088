//! What imports did: counts, sums and refused rows, as staff look them up again.

use diesel::prelude::*;
use domain::import::{RowError, RowReason};
use domain::{Day, ImportId, Moment, Money, SupplierId};

use super::columns::{money, text};
use super::conn::{Conn, each};
use super::error::StoreError;
use super::schema::{import, import_error, import_result, import_total};

/// Refused rows that are shown of one import.
const ERRORS_MAX: i64 = 1_000;

/// An import of the past.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Past {
    /// Id.
    pub id: ImportId,
    /// The file's name.
    pub file_name: String,
    /// The day of its data.
    pub as_of: Day,
    /// When it began.
    pub started_at: Moment,
    /// Rows imported.
    pub rows_good: u64,
    /// Rows refused.
    pub rows_bad: u64,
}

type Columns = (String, String, chrono::NaiveDate, i64, i64, i64);

macro_rules! past_columns {
    () => {
        (
            import::id,
            import::file_name,
            import::as_of,
            import::started_at,
            import::rows_good,
            import::rows_bad,
        )
    };
}

fn past((id, file_name, as_of, started_at, good, bad): Columns) -> Result<Past, StoreError> {
    Ok(Past {
        id: text("import.id", &id)?,
        file_name,
        as_of: Day::from_date(as_of),
        started_at: Moment::from_micros(started_at),
        rows_good: count("import.rows_good", good)?,
        rows_bad: count("import.rows_bad", bad)?,
    })
}

fn count(what: &'static str, value: i64) -> Result<u64, StoreError> {
    u64::try_from(value).map_err(|why| StoreError::Corrupt {
        what,
        why: why.to_string(),
    })
}

/// A supplier's imports, newest first.
pub fn recent(conn: &mut Conn, supplier: SupplierId, limit: i64) -> Result<Vec<Past>, StoreError> {
    import::table
        .filter(import::supplier_id.eq(supplier.to_string()))
        .order(import::id.desc())
        .limit(limit)
        .select(past_columns!())
        .load::<Columns>(&mut conn.db)?
        .into_iter()
        .map(past)
        .collect()
}

/// One import.
pub fn find(conn: &mut Conn, supplier: SupplierId, id: ImportId) -> Result<Past, StoreError> {
    past(
        import::table
            .find((supplier.to_string(), id.to_string()))
            .select(past_columns!())
            .first::<Columns>(&mut conn.db)?,
    )
}

/// The rows an import refused, by line; the first thousand.
pub fn errors(
    conn: &mut Conn,
    supplier: SupplierId,
    id: ImportId,
) -> Result<Vec<RowError>, StoreError> {
    type ErrorColumns = (i64, Option<String>, String, String);
    let rows: Vec<ErrorColumns> = import_error::table
        .filter(import_error::supplier_id.eq(supplier.to_string()))
        .filter(import_error::import_id.eq(id.to_string()))
        .order(import_error::line)
        .limit(ERRORS_MAX)
        .select((
            import_error::line,
            import_error::column_title,
            import_error::value,
            import_error::reason,
        ))
        .load(&mut conn.db)?;
    rows.into_iter()
        .map(|(line, column, value, reason)| {
            Ok(RowError {
                line: count("import_error.line", line)?,
                column,
                value,
                reason: text::<RowReason>("import_error.reason", &reason)?,
            })
        })
        .collect()
}

/// What an import did to the items, and the open sums of its file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// Items that were not known before.
    pub created: u64,
    /// Items whose amounts or days changed.
    pub changed: u64,
    /// Items that are settled now.
    pub settled: u64,
    /// Open sums of the file, one per currency.
    pub totals: Vec<Money>,
}

/// Keeps what an import did.
pub fn keep(
    conn: &mut Conn,
    supplier: SupplierId,
    id: ImportId,
    outcome: &Outcome,
) -> Result<(), StoreError> {
    let number = |value: u64| i64::try_from(value).unwrap_or(i64::MAX);
    let counts = (
        import_result::supplier_id.eq(supplier.to_string()),
        import_result::import_id.eq(id.to_string()),
        import_result::created.eq(number(outcome.created)),
        import_result::changed.eq(number(outcome.changed)),
        import_result::settled.eq(number(outcome.settled)),
    );
    let total = |sum: &Money| {
        (
            import_total::supplier_id.eq(supplier.to_string()),
            import_total::import_id.eq(id.to_string()),
            import_total::currency.eq(sum.currency().to_string()),
            import_total::amount.eq(sum.minor()),
        )
    };
    let totals: Vec<_> = outcome.totals.iter().map(total).collect();
    each!(conn, db => {
        diesel::insert_into(import_result::table).values(counts).execute(db)?;
        diesel::insert_into(import_total::table).values(&totals).execute(db)?;
    });
    Ok(())
}

/// What an import did, where it was kept.
pub fn outcome(
    conn: &mut Conn,
    supplier: SupplierId,
    id: ImportId,
) -> Result<Option<Outcome>, StoreError> {
    let counts: Option<(i64, i64, i64)> = import_result::table
        .find((supplier.to_string(), id.to_string()))
        .select((
            import_result::created,
            import_result::changed,
            import_result::settled,
        ))
        .get_result(&mut conn.db)
        .optional()?;
    let Some((created, changed, settled)) = counts else {
        return Ok(None);
    };
    let totals: Vec<(String, i64)> = import_total::table
        .filter(import_total::supplier_id.eq(supplier.to_string()))
        .filter(import_total::import_id.eq(id.to_string()))
        .order(import_total::currency)
        .select((import_total::currency, import_total::amount))
        .load(&mut conn.db)?;
    let totals = totals
        .iter()
        .map(|(currency, minor)| money(*minor, currency));
    Ok(Some(Outcome {
        created: count("import_result.created", created)?,
        changed: count("import_result.changed", changed)?,
        settled: count("import_result.settled", settled)?,
        totals: totals.collect::<Result<_, _>>()?,
    }))
}
