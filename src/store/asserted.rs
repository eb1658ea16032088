//! Items as the supplier's books assert them: what an import looks up, adds and changes.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Date, Integer, Text};
use domain::import::BalanceRow;
use domain::invoice::ItemKind;
use domain::reconcile::Known;
use domain::{Day, DebtorId, InvoiceId, Money, SupplierId};

use super::columns::{money, text};
use super::conn::{Conn, each};
use super::error::{StoreError, changed_one};
use super::new_item;
use super::schema::invoice;

/// An item that the books name for the first time.
#[derive(Clone, Copy, Debug)]
pub struct NewItem<'a> {
    /// Id.
    pub id: InvoiceId,
    /// Who owes it.
    pub debtor: DebtorId,
    /// Which of several receipts that the books number alike, from 0.
    pub twin: i32,
    /// What the books say.
    pub row: &'a BalanceRow,
}

/// Adds items: nothing in transit, nothing held.
pub fn insert_many(
    conn: &mut Conn,
    supplier: SupplierId,
    new: &[NewItem<'_>],
) -> Result<(), StoreError> {
    new_item::insert_all(conn, supplier, new)?;
    super::open_sum::add(conn, supplier, new)
}

/// An item as it is known before a file speaks of it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct KnownItem {
    /// Id.
    pub id: InvoiceId,
    /// Who owes it.
    pub debtor: DebtorId,
    /// Invoice, credit note or receipt.
    pub kind: ItemKind,
    /// The document number in the books.
    pub number: String,
    /// Which of several receipts that the books number alike, from 0.
    pub twin: i32,
    /// Day it falls due.
    pub due_on: Day,
    /// Amount of the document.
    pub total: Money,
    /// What the books asserted and what was received here since.
    pub books: Known,
}

#[derive(Queryable, QueryableByName)]
struct Row {
    #[diesel(sql_type = Text)]
    id: String,
    #[diesel(sql_type = Text)]
    debtor_id: String,
    #[diesel(sql_type = Text)]
    kind: String,
    #[diesel(sql_type = Text)]
    number: String,
    #[diesel(sql_type = Integer)]
    twin: i32,
    #[diesel(sql_type = Date)]
    due_on: chrono::NaiveDate,
    #[diesel(sql_type = Text)]
    currency: String,
    #[diesel(sql_type = BigInt)]
    total: i64,
    #[diesel(sql_type = BigInt)]
    open: i64,
    #[diesel(sql_type = BigInt)]
    asserted: i64,
    #[diesel(sql_type = BigInt)]
    in_transit: i64,
}

impl TryFrom<Row> for KnownItem {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        let total = money(row.total, &row.currency)?;
        let amount = |minor| Money::new(minor, total.currency());
        Ok(Self {
            id: text("invoice.id", &row.id)?,
            debtor: text("invoice.debtor_id", &row.debtor_id)?,
            kind: text("invoice.kind", &row.kind)?,
            number: row.number,
            twin: row.twin,
            due_on: Day::from_date(row.due_on),
            total,
            books: Known {
                asserted: amount(row.asserted),
                in_transit: amount(row.in_transit),
                open: amount(row.open),
            },
        })
    }
}

/// Documents looked up at once: two values each, and SQLite takes 32,766.
const LOOKED_UP: usize = 1_000;

/// All items of these debtors that carry these document numbers, settled ones too.
pub fn of_numbers(
    conn: &mut Conn,
    supplier: SupplierId,
    wanted: &[(DebtorId, &str)],
) -> Result<Vec<KnownItem>, StoreError> {
    let mut found = Vec::new();
    for some in wanted.chunks(LOOKED_UP) {
        // In the order in which they stand: SQLite numbers `$n` by appearance, whatever n is.
        let places: Vec<String> = (0..some.len())
            .map(|at| format!("(${},${})", 2 * at + 1, 2 * at + 2))
            .collect();
        let supplier_place = 2 * some.len() + 1;
        let sql = format!(
            "WITH wanted (debtor_id, number) AS (VALUES {})
             SELECT i.id, i.debtor_id, i.kind, i.number, i.twin, i.due_on, i.currency, i.total,
                    i.open, i.asserted, i.in_transit
             FROM wanted w CROSS JOIN invoice i
             WHERE i.supplier_id = ${supplier_place} AND i.debtor_id = w.debtor_id
               AND i.number = w.number
             ORDER BY i.debtor_id, i.number, i.kind, i.due_on, i.twin",
            places.join(",")
        );
        let rows: Vec<Row> = each!(conn, db => {
            let query = diesel::sql_query(&sql).into_boxed();
            some.iter()
                .fold(query, |query, (debtor, number)| {
                    query.bind::<Text, _>(debtor.to_string()).bind::<Text, _>(*number)
                })
                .bind::<Text, _>(supplier.to_string())
                .load(db)?
        });
        for row in rows {
            found.push(row.try_into()?);
        }
    }
    Ok(found)
}

/// Items by id; the missing ones are left out.
pub fn find_many(
    conn: &mut Conn,
    supplier: SupplierId,
    ids: &[InvoiceId],
) -> Result<Vec<KnownItem>, StoreError> {
    let texts: Vec<String> = ids.iter().map(ToString::to_string).collect();
    let rows: Vec<Row> = invoice::table
        .filter(invoice::supplier_id.eq(supplier.to_string()))
        .filter(invoice::id.eq_any(texts))
        .order(invoice::id)
        .select((
            invoice::id,
            invoice::debtor_id,
            invoice::kind,
            invoice::number,
            invoice::twin,
            invoice::due_on,
            invoice::currency,
            invoice::total,
            invoice::open,
            invoice::asserted,
            invoice::in_transit,
        ))
        .load(&mut conn.db)?;
    rows.into_iter().map(TryInto::try_into).collect()
}

/// Items of which the books last asserted that something is open, after a given one, with their
/// debtors.
pub fn asserted_open(
    conn: &mut Conn,
    supplier: SupplierId,
    after: Option<InvoiceId>,
    limit: i64,
) -> Result<Vec<(InvoiceId, DebtorId)>, StoreError> {
    let after = after.map_or_else(String::new, |id| id.to_string());
    let rows: Vec<(String, String)> = invoice::table
        .filter(invoice::supplier_id.eq(supplier.to_string()))
        .filter(invoice::id.gt(after))
        .filter(invoice::asserted.gt(0))
        .order(invoice::id)
        .limit(limit)
        .select((invoice::id, invoice::debtor_id))
        .load(&mut conn.db)?;
    rows.iter()
        .map(|(id, debtor)| Ok((text("invoice.id", id)?, text("invoice.debtor_id", debtor)?)))
        .collect()
}

/// Stores an item as the books assert it now: due day, total and amounts.
pub fn update(conn: &mut Conn, supplier: SupplierId, item: &KnownItem) -> Result<(), StoreError> {
    let row = invoice::table.find((supplier.to_string(), item.id.to_string()));
    let rows = diesel::update(row)
        .set((
            invoice::due_on.eq(item.due_on.date()),
            invoice::total.eq(item.total.minor()),
            invoice::open.eq(item.books.open.minor()),
            invoice::asserted.eq(item.books.asserted.minor()),
            invoice::in_transit.eq(item.books.in_transit.minor()),
        ))
        .execute(&mut conn.db)?;
    changed_one(rows)
}
