//! Open items and the amounts that claims and payments take of them.

use diesel::prelude::*;
use domain::invoice::{Invoice, ItemKind, Share};
use domain::{Currency, Day, DebtorId, InvoiceId, Money, SupplierId};

use super::columns::{money, text};
use super::conn::{Conn, Db, each};
use super::error::{StoreError, changed_one};
use super::prepared::{IsOpen, Value};
use super::schema::{invoice, message_invoice};

#[derive(Queryable, Selectable)]
#[diesel(table_name = invoice)]
struct Row {
    supplier_id: String,
    id: String,
    debtor_id: String,
    kind: String,
    number: String,
    order_ref: Option<String>,
    issued_on: chrono::NaiveDate,
    due_on: chrono::NaiveDate,
    currency: String,
    total: i64,
    open: i64,
    reserved: i64,
    disputed: i64,
    promised: i64,
}

impl TryFrom<Row> for Invoice {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        let total = money(row.total, &row.currency)?;
        let amount = |minor| Money::new(minor, total.currency());
        Ok(Self {
            id: text("invoice.id", &row.id)?,
            supplier: text("invoice.supplier_id", &row.supplier_id)?,
            debtor: text("invoice.debtor_id", &row.debtor_id)?,
            kind: text::<ItemKind>("invoice.kind", &row.kind)?,
            number: row.number,
            order_ref: row.order_ref,
            issued_on: Day::from_date(row.issued_on),
            due_on: Day::from_date(row.due_on),
            total,
            open: amount(row.open),
            reserved: amount(row.reserved),
            disputed: amount(row.disputed),
            promised: amount(row.promised),
        })
    }
}

/// Items of one debtor that are read at once; an account that has more is cut and says so.
pub const ACCOUNT_MAX: i64 = 500;

/// What a debtor has open, by due day.
pub fn open_of_debtor(
    conn: &mut Conn,
    supplier: SupplierId,
    debtor: DebtorId,
) -> Result<Vec<Invoice>, StoreError> {
    first_open(conn, supplier, debtor, ACCOUNT_MAX)
}

/// The first of what a debtor has open, by due day.
pub fn first_open(
    conn: &mut Conn,
    supplier: SupplierId,
    debtor: DebtorId,
    limit: i64,
) -> Result<Vec<Invoice>, StoreError> {
    let rows: Vec<Row> = each!(conn, db => {
        invoice::table
            .filter(invoice::supplier_id.eq(supplier.to_string()))
            .filter(invoice::debtor_id.eq(debtor.to_string()))
            .filter(IsOpen)
            .order((invoice::due_on, invoice::number, invoice::id))
            .limit(limit)
            .select(Row::as_select())
            .load(db)?
    });
    rows.into_iter().map(TryInto::try_into).collect()
}

/// The invoices that these messages are about, each with its message.
pub fn of_messages(
    conn: &mut Conn,
    supplier: SupplierId,
    messages: &[String],
) -> Result<Vec<(String, Invoice)>, StoreError> {
    let rows: Vec<(String, Row)> = message_invoice::table
        .inner_join(
            invoice::table.on(invoice::supplier_id
                .eq(message_invoice::supplier_id)
                .and(invoice::id.eq(message_invoice::invoice_id))),
        )
        .filter(message_invoice::supplier_id.eq(supplier.to_string()))
        .filter(message_invoice::message_id.eq_any(messages))
        .order((message_invoice::message_id, invoice::due_on, invoice::id))
        .select((message_invoice::message_id, Row::as_select()))
        .load(&mut conn.db)?;
    let read = |(message, row): (String, Row)| Ok((message, row.try_into()?));
    rows.into_iter().map(read).collect()
}

/// What these debtors have open, by debtor and due day, at most as much of each as is read of one.
pub fn open_of_debtors(
    conn: &mut Conn,
    supplier: SupplierId,
    debtors: &[String],
) -> Result<Vec<Invoice>, StoreError> {
    let rows: Vec<Row> = invoice::table
        .filter(invoice::supplier_id.eq(supplier.to_string()))
        .filter(invoice::debtor_id.eq_any(debtors))
        .filter(IsOpen)
        .order((
            invoice::debtor_id,
            invoice::due_on,
            invoice::number,
            invoice::id,
        ))
        .select(Row::as_select())
        .load(&mut conn.db)?;
    rows.into_iter().map(TryInto::try_into).collect()
}

/// A debtor's credit notes of which something can be deducted now, oldest first.
pub fn credit_notes(
    conn: &mut Conn,
    supplier: SupplierId,
    debtor: DebtorId,
    currency: Currency,
    limit: i64,
) -> Result<Vec<Invoice>, StoreError> {
    invoice::table
        .filter(invoice::supplier_id.eq(supplier.to_string()))
        .filter(invoice::debtor_id.eq(debtor.to_string()))
        .filter(invoice::kind.eq(ItemKind::CreditNote.as_str()))
        .filter(invoice::currency.eq(currency.code()))
        .filter(invoice::open.gt(invoice::reserved))
        .order((invoice::due_on, invoice::number, invoice::id))
        .limit(limit)
        .select(Row::as_select())
        .load(&mut conn.db)?
        .into_iter()
        .map(TryInto::try_into)
        .collect()
}

/// One item of a debtor; another debtor's is not found.
pub fn find(
    conn: &mut Conn,
    supplier: SupplierId,
    debtor: DebtorId,
    id: InvoiceId,
) -> Result<Invoice, StoreError> {
    invoice::table
        .find((supplier.to_string(), id.to_string()))
        .filter(invoice::debtor_id.eq(debtor.to_string()))
        .select(Row::as_select())
        .get_result(&mut conn.db)?
        .try_into()
}

/// These items of a debtor, by due day; the missing ones are left out.
pub fn find_many(
    conn: &mut Conn,
    supplier: SupplierId,
    debtor: DebtorId,
    ids: &[InvoiceId],
) -> Result<Vec<Invoice>, StoreError> {
    let of_debtor = || {
        invoice::table
            .filter(invoice::supplier_id.eq(supplier.to_string()))
            .filter(invoice::debtor_id.eq(debtor.to_string()))
    };
    let mut rows: Vec<Row> = match &mut conn.db {
        Db::Pg(db) => {
            let texts: Vec<String> = ids.iter().map(ToString::to_string).collect();
            let all = of_debtor().filter(invoice::id.eq_any(texts));
            all.select(Row::as_select()).load(db)?
        }
        // One at a time the query stays prepared; a list of each length is another query.
        Db::Sqlite(db) => {
            let mut rows = Vec::with_capacity(ids.len());
            for id in ids {
                let one = of_debtor().filter(invoice::id.eq(id.to_string()));
                rows.extend(one.select(Row::as_select()).get_result(db).optional()?);
            }
            rows
        }
    };
    rows.sort_by(|a, b| (a.due_on, &a.number, &a.id).cmp(&(b.due_on, &b.number, &b.id)));
    rows.dedup_by(|a, b| a.id == b.id);
    rows.into_iter().map(TryInto::try_into).collect()
}

/// What a claim or a payment under way holds of an invoice.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Hold {
    /// A payment under way.
    Reserved,
    /// A dispute.
    Disputed,
    /// A promise.
    Promised,
}

/// The statement that adds to a column.
macro_rules! held {
    ($column:literal) => {
        &[
            concat!("UPDATE invoice SET ", $column, " = ", $column, " + "),
            " WHERE supplier_id = ",
            " AND id = ",
        ]
    };
}

/// Adds to what is held of an invoice; a negative amount gives back.
pub fn hold(
    conn: &mut Conn,
    supplier: SupplierId,
    id: InvoiceId,
    what: Hold,
    amount: Money,
) -> Result<(), StoreError> {
    let sql: &'static [&'static str] = match what {
        Hold::Reserved => held!("reserved"),
        Hold::Disputed => held!("disputed"),
        Hold::Promised => held!("promised"),
    };
    let values = [
        Value::Number(amount.minor()),
        Value::text(supplier),
        Value::text(id),
    ];
    let rows = conn.run_kept(sql, &values)?;
    changed_one(rows)
}

/// Takes money that arrived here off an invoice; the books will show it later. A negative amount
/// puts it back. The database refuses more than is open.
pub fn apply(conn: &mut Conn, supplier: SupplierId, share: &Share) -> Result<(), StoreError> {
    let by = share.amount.minor();
    let rows =
        diesel::update(invoice::table.find((supplier.to_string(), share.invoice.to_string())))
            .set((
                invoice::open.eq(invoice::open - by),
                invoice::in_transit.eq(invoice::in_transit + by),
            ))
            .execute(&mut conn.db)?;
    changed_one(rows)
}

/// Puts money that went back on an invoice again. What the books have shown of it meanwhile is
/// asserted again by us, until they take it back themselves; the database refuses more than the
/// invoice's total.
pub fn reopen(conn: &mut Conn, supplier: SupplierId, share: &Share) -> Result<(), StoreError> {
    let key = (supplier.to_string(), share.invoice.to_string());
    let in_transit: i64 = invoice::table
        .find(key.clone())
        .select(invoice::in_transit)
        .get_result(&mut conn.db)?;
    let back = share.amount.minor();
    let shown = back.saturating_sub(in_transit).max(0);
    let rows = diesel::update(invoice::table.find(key))
        .set((
            invoice::open.eq(invoice::open + back),
            invoice::asserted.eq(invoice::asserted + shown),
            invoice::in_transit.eq(invoice::in_transit - (back - shown)),
        ))
        .execute(&mut conn.db)?;
    changed_one(rows)
}
