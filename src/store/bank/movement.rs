//! Movements of an account, and what became of each.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};
use domain::matching::Fit;
use domain::statement::Standing;
use domain::{BankFileId, Day, DebtorId, Money, PaymentId, SupplierId};

use crate::store::columns::{money, optional, text};
use crate::store::conn::{Conn, each};
use crate::store::error::{StoreError, changed_one};
use crate::store::schema::{bank_entry, bank_part, debtor};

/// One movement of a statement.
#[derive(Clone, Debug)]
pub struct Movement {
    /// Account, statement, place: the same movement always has the same key.
    pub key: String,
    /// From which file.
    pub file: BankFileId,
    /// The bank's booking day.
    pub booked_on: Day,
    /// Received positive, paid out negative.
    pub amount: Money,
    /// What the payer wrote.
    pub text: String,
    /// Who paid, as the bank says.
    pub counterparty: Option<String>,
    /// The account, as it is compared.
    pub account: String,
    /// Which kind of message told it.
    pub kind: &'static str,
    /// The booking it is a part of.
    pub entry_key: String,
    /// The booking's amount with its sign, in minor units.
    pub entry_amount: i64,
    /// The bank's reference.
    pub bank_ref: Option<String>,
    /// The id of the order.
    pub end_to_end_id: Option<String>,
    /// The file of direct debits it is of.
    pub batch_ref: Option<String>,
    /// The payer's account, hashed with a key.
    pub payer_key: Option<String>,
    /// Why it came back.
    pub reason: Option<String>,
}

/// Books a movement; `false` when it was booked before.
pub fn insert_movement(
    conn: &mut Conn,
    supplier: SupplierId,
    new: &Movement,
) -> Result<bool, StoreError> {
    let values = (
        bank_entry::supplier_id.eq(supplier.to_string()),
        bank_entry::key.eq(&new.key),
        bank_entry::file_id.eq(new.file.to_string()),
        bank_entry::booked_on.eq(new.booked_on.date()),
        bank_entry::currency.eq(new.amount.currency().to_string()),
        bank_entry::amount.eq(new.amount.minor()),
        bank_entry::text.eq(&new.text),
        bank_entry::counterparty.eq(&new.counterparty),
        bank_entry::matching.eq(Standing::Nobody.as_str()),
        bank_entry::account.eq(&new.account),
        bank_entry::kind.eq(new.kind),
        bank_entry::entry_key.eq(&new.entry_key),
        bank_entry::entry_amount.eq(new.entry_amount),
        bank_entry::bank_ref.eq(&new.bank_ref),
        bank_entry::end_to_end_id.eq(&new.end_to_end_id),
        bank_entry::batch_ref.eq(&new.batch_ref),
        bank_entry::payer_key.eq(&new.payer_key),
        bank_entry::reason.eq(&new.reason),
    );
    let rows = each!(conn, db => {
        diesel::insert_into(bank_entry::table).values(values).on_conflict_do_nothing().execute(db)?
    });
    Ok(rows == 1)
}

/// What became of a movement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// Where its money is.
    pub standing: Standing,
    /// The payment it became, if it is one.
    pub payment: Option<PaymentId>,
    /// Whose it is.
    pub debtor: Option<DebtorId>,
    /// How it compares with what it is for.
    pub fit: Option<Fit>,
    /// The movement that told of the same money first.
    pub same_as: Option<String>,
}

impl Outcome {
    /// It stands like this, and nothing more is to be said.
    #[must_use]
    pub const fn plain(standing: Standing) -> Self {
        Self {
            standing,
            payment: None,
            debtor: None,
            fit: None,
            same_as: None,
        }
    }
}

/// Says what became of a movement.
pub fn set_outcome(
    conn: &mut Conn,
    supplier: SupplierId,
    key: &str,
    outcome: &Outcome,
) -> Result<(), StoreError> {
    let row = bank_entry::table.find((supplier.to_string(), key.to_owned()));
    let set = (
        bank_entry::matching.eq(outcome.standing.as_str()),
        bank_entry::payment_id.eq(outcome.payment.map(|id| id.to_string())),
        bank_entry::debtor_id.eq(outcome.debtor.map(|id| id.to_string())),
        bank_entry::fit.eq(outcome.fit.map(Fit::as_str)),
        bank_entry::same_as.eq(&outcome.same_as),
    );
    let rows = each!(conn, db => diesel::update(row).set(set).execute(db)?);
    changed_one(rows)
}

/// A movement is with nobody again; counts how often that was.
pub fn undo(conn: &mut Conn, supplier: SupplierId, key: &str) -> Result<(), StoreError> {
    let parts = bank_part::table
        .filter(bank_part::supplier_id.eq(supplier.to_string()))
        .filter(bank_part::key.eq(key));
    diesel::delete(parts).execute(&mut conn.db)?;
    let row = bank_entry::table.find((supplier.to_string(), key.to_owned()));
    let nobody = (
        bank_entry::matching.eq(Standing::Nobody.as_str()),
        bank_entry::payment_id.eq(None::<String>),
        bank_entry::debtor_id.eq(None::<String>),
        bank_entry::fit.eq(None::<String>),
        bank_entry::rounds.eq(bank_entry::rounds + 1),
    );
    let rows = diesel::update(row).set(nobody).execute(&mut conn.db)?;
    changed_one(rows)
}

/// Notes a payment that is a part of a movement.
pub fn add_part(
    conn: &mut Conn,
    supplier: SupplierId,
    key: &str,
    payment: PaymentId,
) -> Result<(), StoreError> {
    diesel::insert_into(bank_part::table)
        .values((
            bank_part::supplier_id.eq(supplier.to_string()),
            bank_part::key.eq(key),
            bank_part::payment_id.eq(payment.to_string()),
        ))
        .execute(&mut conn.db)?;
    Ok(())
}

/// The payments that a movement was split into.
pub fn parts_of(
    conn: &mut Conn,
    supplier: SupplierId,
    key: &str,
) -> Result<Vec<PaymentId>, StoreError> {
    let ids: Vec<String> = bank_part::table
        .filter(bank_part::supplier_id.eq(supplier.to_string()))
        .filter(bank_part::key.eq(key))
        .order(bank_part::payment_id)
        .select(bank_part::payment_id)
        .load(&mut conn.db)?;
    ids.iter()
        .map(|id| text("bank_part.payment_id", id))
        .collect()
}

/// A movement as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paid {
    /// Its key.
    pub key: String,
    /// Booking day.
    pub booked_on: Day,
    /// How much, with its sign.
    pub amount: Money,
    /// What the payer wrote.
    pub text: String,
    /// Who paid, as the bank says.
    pub counterparty: Option<String>,
    /// Where its money is.
    pub standing: Standing,
    /// The payment it became.
    pub payment: Option<PaymentId>,
    /// Whose it is.
    pub debtor: Option<DebtorId>,
    /// How it compares with what it is for.
    pub fit: Option<Fit>,
    /// How often it was taken from an account again.
    pub rounds: i32,
}

type Columns = (
    String,
    chrono::NaiveDate,
    String,
    i64,
    String,
    Option<String>,
    String,
    Option<String>,
    Option<String>,
    Option<String>,
    i32,
);

macro_rules! columns {
    () => {
        (
            bank_entry::key,
            bank_entry::booked_on,
            bank_entry::currency,
            bank_entry::amount,
            bank_entry::text,
            bank_entry::counterparty,
            bank_entry::matching,
            bank_entry::payment_id,
            bank_entry::debtor_id,
            bank_entry::fit,
            bank_entry::rounds,
        )
    };
}

fn read(row: Columns) -> Result<Paid, StoreError> {
    let (key, day, currency, minor, words, counterparty, standing, payment, debtor, fit, rounds) =
        row;
    Ok(Paid {
        key,
        booked_on: Day::from_date(day),
        amount: money(minor, &currency)?,
        text: words,
        counterparty,
        standing: text("bank_entry.matching", &standing)?,
        payment: optional("bank_entry.payment_id", payment.as_deref())?,
        debtor: optional("bank_entry.debtor_id", debtor.as_deref())?,
        fit: optional("bank_entry.fit", fit.as_deref())?,
        rounds,
    })
}

/// One movement, held until the transaction ends, so that two people do not decide about it at
/// once. On SQLite the one writer is the lock.
pub fn find(conn: &mut Conn, supplier: SupplierId, key: &str) -> Result<Paid, StoreError> {
    if let crate::store::conn::Db::Pg(db) = &mut conn.db {
        bank_entry::table
            .find((supplier.to_string(), key.to_owned()))
            .select(bank_entry::key)
            .for_update()
            .get_result::<String>(db)
            .optional()?;
    }
    look(conn, supplier, key)
}

/// One movement.
pub fn look(conn: &mut Conn, supplier: SupplierId, key: &str) -> Result<Paid, StoreError> {
    let row: Columns = bank_entry::table
        .find((supplier.to_string(), key.to_owned()))
        .select(columns!())
        .get_result(&mut conn.db)?;
    read(row)
}

/// A movement nobody could match.
pub type Unmatched = Paid;

/// Money received that belongs to nobody known, oldest first.
pub fn unmatched(
    conn: &mut Conn,
    supplier: SupplierId,
    limit: i64,
) -> Result<Vec<Unmatched>, StoreError> {
    in_standing(conn, supplier, &[Standing::Nobody], limit, false)
}

/// Movements that are matched, fees or returns, newest first.
pub fn paid_lately(
    conn: &mut Conn,
    supplier: SupplierId,
    standings: &[Standing],
    limit: i64,
) -> Result<Vec<Paid>, StoreError> {
    in_standing(conn, supplier, standings, limit, true)
}

fn in_standing(
    conn: &mut Conn,
    supplier: SupplierId,
    standings: &[Standing],
    limit: i64,
    newest_first: bool,
) -> Result<Vec<Paid>, StoreError> {
    let texts: Vec<&str> = standings.iter().map(|one| one.as_str()).collect();
    let all = bank_entry::table
        .filter(bank_entry::supplier_id.eq(supplier.to_string()))
        .filter(bank_entry::matching.eq_any(texts))
        .limit(limit)
        .select(columns!());
    let rows: Vec<Columns> = if newest_first {
        let order = (bank_entry::booked_on.desc(), bank_entry::key.desc());
        all.order(order).load(&mut conn.db)?
    } else {
        let order = (bank_entry::booked_on, bank_entry::key);
        all.order(order).load(&mut conn.db)?
    };
    rows.into_iter().map(read).collect()
}

#[derive(QueryableByName)]
struct CreditRow {
    #[diesel(sql_type = Text)]
    debtor_id: String,
    #[diesel(sql_type = Text)]
    currency: String,
    #[diesel(sql_type = BigInt)]
    amount: i64,
}

/// What a debtor has paid beyond all that was open: to be set off, or given back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Credit {
    /// Whose.
    pub debtor: DebtorId,
    /// Its name.
    pub name: String,
    /// How much.
    pub amount: Money,
}

/// Debtors with money that no invoice takes, the largest sums first.
pub fn unapplied(
    conn: &mut Conn,
    supplier: SupplierId,
    limit: i64,
) -> Result<Vec<Credit>, StoreError> {
    let rows: Vec<CreditRow> = diesel::sql_query(
        "SELECT debtor_id, currency, CAST(-SUM(amount) AS BIGINT) AS amount FROM ledger_line
         WHERE supplier_id = $1 AND account = 'unapplied' AND debtor_id IS NOT NULL
         GROUP BY debtor_id, currency HAVING SUM(amount) < 0
         ORDER BY 3 DESC, debtor_id LIMIT $2",
    )
    .bind::<Text, _>(supplier.to_string())
    .bind::<BigInt, _>(limit)
    .load(&mut conn.db)?;
    let mut found = Vec::with_capacity(rows.len());
    for row in rows {
        let name = debtor::table
            .find((supplier.to_string(), row.debtor_id.clone()))
            .select(debtor::name)
            .get_result(&mut conn.db)?;
        found.push(Credit {
            debtor: text("ledger_line.debtor_id", &row.debtor_id)?,
            name,
            amount: money(row.amount, &row.currency)?,
        });
    }
    Ok(found)
}
