//! Between columns and domain types: a row that does not fit is reported, never guessed at.

use std::fmt::Display;
use std::str::FromStr;

use diesel::expression::AsExpression;
use diesel::pg::Pg;
use diesel::serialize::{IsNull, Output, Result as Written, ToSql};
use diesel::sql_types::Date;
use diesel::sqlite::Sqlite;
use domain::{Currency, Day, Money};

use super::error::{StoreError, corrupt};

/// Reads a text column into the type it stands for.
pub(super) fn text<T>(what: &'static str, value: &str) -> Result<T, StoreError>
where
    T: FromStr,
    T::Err: Display,
{
    value.parse().map_err(corrupt(what))
}

/// Reads an optional text column.
pub(super) fn optional<T>(what: &'static str, value: Option<&str>) -> Result<Option<T>, StoreError>
where
    T: FromStr,
    T::Err: Display,
{
    value.map(|value| text(what, value)).transpose()
}

/// An amount from its two columns.
pub(super) fn money(minor: i64, currency: &str) -> Result<Money, StoreError> {
    Ok(Money::new(minor, text::<Currency>("currency", currency)?))
}

/// A small number from its column.
pub(super) fn small<T: TryFrom<i32>>(what: &'static str, value: i32) -> Result<T, StoreError> {
    T::try_from(value).map_err(|_| StoreError::Corrupt {
        what,
        why: format!("{value} is out of range"),
    })
}

/// A day of many rows: diesel writes one for SQLite by a pattern, which takes as long as the rest
/// of a row.
#[derive(AsExpression, Debug)]
#[diesel(sql_type = Date)]
pub(super) struct QuickDay(pub Day);

impl ToSql<Date, Sqlite> for QuickDay {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Sqlite>) -> Written {
        out.set_value(self.0.to_string());
        Ok(IsNull::No)
    }
}

impl ToSql<Date, Pg> for QuickDay {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> Written {
        ToSql::<Date, Pg>::to_sql(&self.0.date(), &mut out.reborrow())
    }
}

/// Reads a column of words with commas between.
pub(super) fn list<T>(what: &'static str, value: &str) -> Result<Vec<T>, StoreError>
where
    T: FromStr,
    T::Err: Display,
{
    let words = value.split(',').filter(|word| !word.is_empty());
    words.map(|word| text(what, word)).collect()
}

/// Words with commas between.
pub(super) fn words(values: &[impl ToString]) -> String {
    let words: Vec<String> = values.iter().map(ToString::to_string).collect();
    words.join(",")
}
