//! Statements whose text never changes, which a connection therefore keeps prepared.
//!
//! Reading a statement's text costs SQLite more than running it, and diesel has it read every
//! UPDATE anew. Those that run in every write are written here by hand.

use diesel::backend::Backend;
use diesel::expression::{AppearsOnTable, Expression, ValidGrouping, is_aggregate};
use diesel::prelude::*;
use diesel::query_builder::{AstPass, QueryFragment, QueryId};
use diesel::serialize::ToSql;
use diesel::sql_types::{BigInt, Bool, Date, HasSqlType, Nullable, Text};
use domain::Day;

use super::conn::{Conn, each};
use super::error::StoreError;
use super::schema::invoice;

/// Whether something of an invoice is open. Written out, for against a bound number SQLite looks at
/// each run again whether its partial indexes apply; by a type of its own, for what diesel is given
/// as text it never keeps prepared.
#[derive(Clone, Copy, Debug, QueryId)]
pub(super) struct IsOpen;

impl Expression for IsOpen {
    type SqlType = Bool;
}

impl<DB: Backend> QueryFragment<DB> for IsOpen {
    fn walk_ast<'b>(&'b self, mut pass: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        pass.push_sql("open > 0");
        Ok(())
    }
}

impl AppearsOnTable<invoice::table> for IsOpen {}

impl ValidGrouping<()> for IsOpen {
    type IsAggregate = is_aggregate::No;
}

/// A value between two parts of a statement.
pub(super) enum Value {
    /// A text column's.
    Text(String),
    /// A whole number's.
    Number(i64),
    /// A day's that may be missing.
    Day(Option<chrono::NaiveDate>),
}

impl Value {
    /// An id or another text.
    pub(super) fn text(value: impl ToString) -> Self {
        Self::Text(value.to_string())
    }

    /// A day, if there is one.
    pub(super) fn day(day: Option<Day>) -> Self {
        Self::Day(day.map(Day::date))
    }
}

/// A statement: its parts, and the values that stand between them and after the last.
struct Prepared<'a> {
    parts: &'static [&'static str],
    values: &'a [Value],
}

impl QueryId for Prepared<'_> {
    type QueryId = ();
    // The text is the key, for one type stands for several statements.
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<DB> QueryFragment<DB> for Prepared<'_>
where
    DB: Backend + HasSqlType<Text> + HasSqlType<BigInt> + HasSqlType<Nullable<Date>>,
    String: ToSql<Text, DB>,
    i64: ToSql<BigInt, DB>,
    Option<chrono::NaiveDate>: ToSql<Nullable<Date>, DB>,
{
    fn walk_ast<'b>(&'b self, mut pass: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        let mut values = self.values.iter();
        for part in self.parts {
            pass.push_sql(part);
            match values.next() {
                Some(Value::Text(value)) => pass.push_bind_param::<Text, _>(value)?,
                Some(Value::Number(value)) => pass.push_bind_param::<BigInt, _>(value)?,
                Some(Value::Day(value)) => pass.push_bind_param::<Nullable<Date>, _>(value)?,
                None => {}
            }
        }
        Ok(())
    }
}

impl<C> RunQueryDsl<C> for Prepared<'_> {}

impl Conn {
    /// Runs a statement that is kept prepared and gives how many rows it changed. A value follows
    /// each part, but for a last one.
    pub(super) fn run_kept(
        &mut self,
        parts: &'static [&'static str],
        values: &[Value],
    ) -> Result<usize, StoreError> {
        Ok(each!(self, db => Prepared { parts, values }.execute(db)?))
    }
}
