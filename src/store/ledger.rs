//! The ledger's rows. The database itself refuses entries that do not sum to nothing and any
//! change afterwards (migration 0003).
//!
//! An item's opening stands on the item itself; one line of the entry speaks for all that it added.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};
use domain::invoice::Share;
use domain::ledger::{Account, Entry, Line, TxKind};
use domain::{Currency, Day, InvoiceId, Moment, Money, SupplierId, TxId};

use super::columns::{money, optional, text};
use super::conn::{Conn, insert_all};
use super::error::StoreError;
use super::schema::{ledger_line, ledger_seal, ledger_tx};

#[derive(Insertable)]
#[diesel(table_name = ledger_tx)]
struct TxRow {
    supplier_id: String,
    id: String,
    kind: String,
    source: String,
    effective_on: chrono::NaiveDate,
    recorded_at: i64,
}

#[derive(Insertable)]
#[diesel(table_name = ledger_line, treat_none_as_default_value = false)]
struct LineRow {
    supplier_id: String,
    tx_id: String,
    n: i32,
    account: &'static str,
    invoice_id: Option<String>,
    debtor_id: Option<String>,
    currency: String,
    amount: i64,
}

fn check(entry: &Entry) -> Result<(), StoreError> {
    let checked = entry.check();
    checked.map_err(|why| StoreError::Failed(why.to_string()))
}

/// Records an entry. A second entry of the same kind and source is a [`StoreError::Conflict`]: the
/// fact is in the books already.
pub fn post(conn: &mut Conn, id: TxId, entry: &Entry, at: Moment) -> Result<(), StoreError> {
    check(entry)?;
    open(conn, id, entry, at)?;
    seal(conn, id, entry)
}

/// Writes the entry's head and its own lines.
fn open(conn: &mut Conn, id: TxId, entry: &Entry, at: Moment) -> Result<(), StoreError> {
    let tx = TxRow {
        supplier_id: entry.supplier.to_string(),
        id: id.to_string(),
        kind: entry.kind.to_string(),
        source: entry.source.clone(),
        effective_on: entry.effective_on.date(),
        recorded_at: at.micros(),
    };
    let mut lines = Vec::with_capacity(entry.lines.len());
    for (line, n) in entry.lines.iter().zip(1_i32..) {
        lines.push(LineRow {
            supplier_id: tx.supplier_id.clone(),
            tx_id: tx.id.clone(),
            n,
            account: line.account.as_str(),
            invoice_id: line.invoice.map(|id| id.to_string()),
            debtor_id: line.debtor.map(|id| id.to_string()),
            currency: line.amount.currency().code().to_owned(),
            amount: line.amount.minor(),
        });
    }
    diesel::insert_into(ledger_tx::table)
        .values(&tx)
        .execute(&mut conn.db)?;
    insert_all!(conn, ledger_line::table, lines);
    Ok(())
}

/// Closes the entry: the database checks its sums, and nothing can be added any more.
fn seal(conn: &mut Conn, id: TxId, entry: &Entry) -> Result<(), StoreError> {
    diesel::insert_into(ledger_seal::table)
        .values((
            ledger_seal::supplier_id.eq(entry.supplier.to_string()),
            ledger_seal::tx_id.eq(id.to_string()),
        ))
        .execute(&mut conn.db)?;
    Ok(())
}

#[derive(QueryableByName)]
struct SumRow {
    #[diesel(sql_type = Text)]
    account: String,
    #[diesel(sql_type = Text)]
    currency: String,
    #[diesel(sql_type = BigInt)]
    amount: i64,
}

/// The balance of each account in each currency; they sum to nothing.
pub fn balances(
    conn: &mut Conn,
    supplier: SupplierId,
) -> Result<Vec<(Account, Money)>, StoreError> {
    let rows: Vec<SumRow> = diesel::sql_query(
        "SELECT account, currency, CAST(SUM(amount) AS BIGINT) AS amount FROM ledger_line
         WHERE supplier_id = $1 GROUP BY account, currency ORDER BY account, currency",
    )
    .bind::<Text, _>(supplier.to_string())
    .load(&mut conn.db)?;
    rows.iter()
        .map(|row| {
            Ok((
                text("ledger_line.account", &row.account)?,
                money(row.amount, &row.currency)?,
            ))
        })
        .collect()
}

#[derive(QueryableByName)]
struct InvoiceSumRow {
    #[diesel(sql_type = Text)]
    id: String,
    #[diesel(sql_type = Text)]
    currency: String,
    #[diesel(sql_type = BigInt)]
    open: i64,
    #[diesel(sql_type = BigInt)]
    booked: i64,
}

/// What came in for an invoice between two days, both included, and was not known before `since`.
///
/// Money that was taken back did not come, whatever the day. What the supplier's books alone took
/// off the invoice counts too: a transfer that only they have seen was paid before they were read.
pub fn received_on(
    conn: &mut Conn,
    supplier: SupplierId,
    share: &Share,
    since: Moment,
    (from, until): (Day, Day),
) -> Result<Money, StoreError> {
    let rows: Vec<(String, String, chrono::NaiveDate, i64)> = ledger_line::table
        .inner_join(
            ledger_tx::table.on(ledger_tx::supplier_id
                .eq(ledger_line::supplier_id)
                .and(ledger_tx::id.eq(ledger_line::tx_id))),
        )
        .filter(ledger_line::supplier_id.eq(supplier.to_string()))
        .filter(ledger_line::invoice_id.eq(share.invoice.to_string()))
        .filter(ledger_line::account.eq(Account::Receivable.as_str()))
        .filter(ledger_tx::kind.ne(TxKind::Credit.as_str()))
        .filter(ledger_tx::recorded_at.ge(since.micros()))
        .select((
            ledger_tx::kind,
            ledger_tx::source,
            ledger_tx::effective_on,
            ledger_line::amount,
        ))
        .load(&mut conn.db)?;
    let taken_back: Vec<&str> = rows
        .iter()
        .filter(|(kind, ..)| kind == TxKind::Reversal.as_str())
        .map(|(_, source, ..)| source.as_str())
        .collect();
    let in_time = |on: &chrono::NaiveDate| (from.date()..=until.date()).contains(on);
    let settled: Vec<&str> = rows
        .iter()
        .filter(|(kind, _, on, _)| kind == TxKind::Settlement.as_str() && in_time(on))
        .map(|(_, source, ..)| source.as_str())
        .collect();
    let came = |(kind, source, on, amount): &&(String, String, chrono::NaiveDate, i64)| {
        if kind == TxKind::Import.as_str() {
            *amount < 0
        } else if kind == TxKind::Reversal.as_str() {
            // A part of a payment went back: it counts against the payment, whenever it went.
            let of = source.split_once(':').map(|(payment, _)| payment);
            of.is_some_and(|payment| settled.contains(&payment))
        } else {
            kind == TxKind::Settlement.as_str()
                && in_time(on)
                && !taken_back.contains(&source.as_str())
        }
    };
    let currency = share.amount.currency();
    let amounts = rows.iter().filter(came);
    let amounts = amounts.map(|(.., minor)| Money::new(*minor, currency));
    Money::sum(currency, amounts)
        .and_then(Money::checked_neg)
        .map_err(|why| StoreError::Failed(why.to_string()))
}

/// The sides of the entry that records this fact, if it was recorded.
pub fn lines_of(
    conn: &mut Conn,
    supplier: SupplierId,
    kind: TxKind,
    source: &str,
) -> Result<Vec<Line>, StoreError> {
    type Columns = (String, Option<String>, Option<String>, String, i64);
    let rows: Vec<Columns> = ledger_line::table
        .inner_join(
            ledger_tx::table.on(ledger_tx::supplier_id
                .eq(ledger_line::supplier_id)
                .and(ledger_tx::id.eq(ledger_line::tx_id))),
        )
        .filter(ledger_tx::supplier_id.eq(supplier.to_string()))
        .filter(ledger_tx::kind.eq(kind.as_str()))
        .filter(ledger_tx::source.eq(source))
        .order(ledger_line::n)
        .select((
            ledger_line::account,
            ledger_line::invoice_id,
            ledger_line::debtor_id,
            ledger_line::currency,
            ledger_line::amount,
        ))
        .load(&mut conn.db)?;
    rows.into_iter()
        .map(|(account, invoice, debtor, currency, minor)| {
            Ok(Line {
                account: text("ledger_line.account", &account)?,
                invoice: optional("ledger_line.invoice_id", invoice.as_deref())?,
                debtor: optional("ledger_line.debtor_id", debtor.as_deref())?,
                amount: money(minor, &currency)?,
            })
        })
        .collect()
}

/// The items whose stored open amount is not their opening and their ledger lines: none, unless
/// something is wrong. Reads everything: for `doctor` and tests.
pub fn disagreements(
    conn: &mut Conn,
    supplier: SupplierId,
) -> Result<Vec<(InvoiceId, Money, Money)>, StoreError> {
    let rows: Vec<InvoiceSumRow> = diesel::sql_query(
        "SELECT i.id AS id, i.currency AS currency,
                CASE WHEN i.kind = 'invoice' THEN i.open ELSE -i.open END AS open,
                CASE WHEN i.kind = 'invoice' THEN i.opened ELSE -i.opened END
                + CAST(COALESCE((SELECT SUM(l.amount) FROM ledger_line l
                  WHERE l.supplier_id = i.supplier_id AND l.invoice_id = i.id
                    AND l.account = 'receivable'), 0) AS BIGINT) AS booked
         FROM invoice i WHERE i.supplier_id = $1 ORDER BY i.id",
    )
    .bind::<Text, _>(supplier.to_string())
    .load(&mut conn.db)?;
    rows.iter()
        .filter(|row| row.open != row.booked)
        .map(|row| {
            let currency: Currency = text("invoice.currency", &row.currency)?;
            let amounts = (
                Money::new(row.open, currency),
                Money::new(row.booked, currency),
            );
            Ok((text("invoice.id", &row.id)?, amounts.0, amounts.1))
        })
        .collect()
}
