//! The statement by which an import adds items: a million rows go through it.
//!
//! Written by hand, because diesel would bind each amount four times and copy every text.

use diesel::backend::Backend;
use diesel::prelude::*;
use diesel::query_builder::{AstPass, QueryFragment, QueryId};
use diesel::serialize::ToSql;
use diesel::sql_types::{BigInt, Date, HasSqlType, Integer, Nullable, Text};
use domain::SupplierId;

use super::asserted::NewItem;
use super::columns::QuickDay;
use super::conn::{Conn, ROWS, each};
use super::error::StoreError;

/// What stands before the rows but for the supplier. The amount open is what the books assert and
/// what the item opens with; nothing of it is in transit.
const INTO: &str = "INSERT INTO invoice
(supplier_id, id, debtor_id, kind, number, twin, order_ref, issued_on, due_on, currency, total,
 open, asserted, in_transit, opened) SELECT ";
const FROM: &str = ", column1, column2, column3, column4, column5, column6, column7, column8,
column9, column10, column11, column11, 0, column11 FROM (VALUES ";

struct Row<'a> {
    id: String,
    debtor: String,
    kind: &'static str,
    number: &'a str,
    twin: i32,
    order_ref: Option<&'a str>,
    issued_on: QuickDay,
    due_on: QuickDay,
    currency: &'a str,
    total: i64,
    open: i64,
}

/// Adds items, [`ROWS`] by each statement, which the connection keeps prepared.
pub(super) fn insert_all(
    conn: &mut Conn,
    supplier: SupplierId,
    new: &[NewItem<'_>],
) -> Result<(), StoreError> {
    let supplier = supplier.to_string();
    let currencies: Vec<_> = new.iter().map(|item| item.row.total.currency()).collect();
    let rows = new.iter().zip(&currencies).map(|(item, currency)| Row {
        id: item.id.to_string(),
        debtor: item.debtor.to_string(),
        kind: item.row.kind.as_str(),
        number: &item.row.number,
        twin: item.twin,
        order_ref: item.row.order_ref.as_deref(),
        issued_on: QuickDay(item.row.issued_on),
        due_on: QuickDay(item.row.due_on),
        currency: currency.code(),
        total: item.row.total.minor(),
        open: item.row.open.minor(),
    });
    let rows: Vec<Row<'_>> = rows.collect();
    let (whole, rest) = rows.as_chunks::<ROWS>();
    let supplier = supplier.as_str();
    for rows in whole {
        each!(conn, db => Statement::<true> { supplier, rows }.execute(db)?);
    }
    if !rest.is_empty() {
        each!(conn, db => Statement::<false> { supplier, rows: rest }.execute(db)?);
    }
    Ok(())
}

/// With [`ROWS`] rows it is whole: the type alone is then the key under which it is kept.
struct Statement<'a, const WHOLE: bool> {
    supplier: &'a str,
    rows: &'a [Row<'a>],
}

impl<const WHOLE: bool> QueryId for Statement<'_, WHOLE> {
    type QueryId = Statement<'static, WHOLE>;
    const HAS_STATIC_QUERY_ID: bool = WHOLE;
}

impl<DB, const WHOLE: bool> QueryFragment<DB> for Statement<'_, WHOLE>
where
    DB: Backend
        + HasSqlType<Text>
        + HasSqlType<Nullable<Text>>
        + HasSqlType<Integer>
        + HasSqlType<Date>
        + HasSqlType<BigInt>,
    str: ToSql<Text, DB>,
    String: ToSql<Text, DB>,
    for<'s> Option<&'s str>: ToSql<Nullable<Text>, DB>,
    i32: ToSql<Integer, DB>,
    QuickDay: ToSql<Date, DB>,
    i64: ToSql<BigInt, DB>,
{
    fn walk_ast<'b>(&'b self, mut pass: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        if !WHOLE {
            pass.unsafe_to_cache_prepared();
        }
        pass.push_sql(INTO);
        pass.push_bind_param::<Text, _>(self.supplier)?;
        pass.push_sql(FROM);
        let mut before = "(";
        for row in self.rows {
            pass.push_sql(before);
            before = "), (";
            pass.push_bind_param::<Text, _>(&row.id)?;
            pass.push_sql(", ");
            pass.push_bind_param::<Text, _>(&row.debtor)?;
            pass.push_sql(", ");
            pass.push_bind_param::<Text, _>(row.kind)?;
            pass.push_sql(", ");
            pass.push_bind_param::<Text, _>(row.number)?;
            pass.push_sql(", ");
            pass.push_bind_param::<Integer, _>(&row.twin)?;
            pass.push_sql(", ");
            pass.push_bind_param::<Nullable<Text>, _>(&row.order_ref)?;
            pass.push_sql(", ");
            pass.push_bind_param::<Date, _>(&row.issued_on)?;
            pass.push_sql(", ");
            pass.push_bind_param::<Date, _>(&row.due_on)?;
            pass.push_sql(", ");
            pass.push_bind_param::<Text, _>(row.currency)?;
            pass.push_sql(", ");
            pass.push_bind_param::<BigInt, _>(&row.total)?;
            pass.push_sql(", ");
            pass.push_bind_param::<BigInt, _>(&row.open)?;
        }
        pass.push_sql(")) AS new");
        Ok(())
    }
}

impl<C, const WHOLE: bool> RunQueryDsl<C> for Statement<'_, WHOLE> {}
