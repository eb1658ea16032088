//! Direct debits as lists show them, with the names that people know them by.

use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Nullable};
use domain::collection::CollectionState;
use domain::mandate::Scheme;
use domain::{BatchId, CollectionId, Currency, Day, DebtorId, Money, RecallId, SupplierId};

use crate::store::columns::text;
use crate::store::conn::Conn;
use crate::store::error::StoreError;
use crate::store::schema::{collection, debtor, mandate, recall_debit};

/// Which debits are listed.
#[derive(Clone, Copy, Debug)]
pub enum Listing {
    /// Those of a file.
    Of(BatchId),
    /// Those of a file that the bank has and that are collected on this day or later, from after
    /// this one on.
    AtBank(BatchId, Day, Option<CollectionId>),
    /// Those that a request asks back from the bank, from after this one on.
    Recalled(RecallId, Option<CollectionId>),
    /// Those announced that are collected on this day or earlier.
    AnnouncedUntil(Day),
}

/// A debit as lists show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// Id.
    pub id: CollectionId,
    /// Where it stands.
    pub state: CollectionState,
    /// Whose.
    pub debtor: DebtorId,
    /// Its name.
    pub name: String,
    /// How much.
    pub amount: Money,
    /// On which day.
    pub collect_on: Day,
    /// Reference of its mandate.
    pub mandate: String,
}

/// The states of debits that can be asked back from the bank.
const AT_BANK: [CollectionState; 4] = [
    CollectionState::Submitted,
    CollectionState::Accepted,
    CollectionState::Settled,
    CollectionState::Firm,
];

/// Id, state, debtor, name, amount, day, mandate.
type ListedRow = (
    String,
    String,
    String,
    String,
    i64,
    chrono::NaiveDate,
    String,
);

/// Debits with the names that people know them by, by day.
pub fn listed(
    conn: &mut Conn,
    supplier: SupplierId,
    which: Listing,
    limit: i64,
) -> Result<Vec<Listed>, StoreError> {
    let (day, id) = place(conn, supplier, which)?;
    let later = collection::collect_on
        .gt(day)
        .or(collection::collect_on.eq(day).and(collection::id.gt(id)));
    let all = collection::table
        .inner_join(
            debtor::table.on(debtor::supplier_id
                .eq(collection::supplier_id)
                .and(debtor::id.eq(collection::debtor_id))),
        )
        .inner_join(
            mandate::table.on(mandate::supplier_id
                .eq(collection::supplier_id)
                .and(mandate::id.eq(collection::mandate_id))),
        )
        .filter(collection::supplier_id.eq(supplier.to_string()))
        .order((collection::collect_on, collection::id))
        .limit(limit)
        .select((
            collection::id,
            collection::state,
            debtor::id,
            debtor::name,
            collection::amount,
            collection::collect_on,
            mandate::reference,
        ));
    let rows: Vec<ListedRow> = match which {
        Listing::Recalled(recall, _) => {
            let asked = recall_debit::table
                .filter(recall_debit::supplier_id.eq(supplier.to_string()))
                .filter(recall_debit::recall_id.eq(recall.to_string()))
                .select(recall_debit::collection_id);
            all.filter(collection::id.eq_any(asked))
                .filter(later)
                .load(&mut conn.db)?
        }
        Listing::AtBank(batch, since, _) => {
            let states = AT_BANK.map(CollectionState::as_str);
            all.filter(collection::batch_id.eq(batch.to_string()))
                .filter(collection::state.eq_any(states))
                .filter(collection::collect_on.ge(since.date()))
                .filter(later)
                .load(&mut conn.db)?
        }
        Listing::Of(batch) => all
            .filter(collection::batch_id.eq(batch.to_string()))
            .load(&mut conn.db)?,
        Listing::AnnouncedUntil(day) => all
            .filter(collection::state.eq(CollectionState::Notified.as_str()))
            .filter(collection::collect_on.le(day.date()))
            .load(&mut conn.db)?,
    };
    rows.into_iter().map(line).collect()
}

/// What debtors may still have their banks refund without a reason: debits under Core mandates
/// whose money came within the last eight weeks.
pub fn refundable(conn: &mut Conn, supplier: SupplierId) -> Result<Money, StoreError> {
    let within = [CollectionState::Settled, CollectionState::Firm].map(CollectionState::as_str);
    let sum: Option<i64> = collection::table
        .inner_join(
            mandate::table.on(mandate::supplier_id
                .eq(collection::supplier_id)
                .and(mandate::id.eq(collection::mandate_id))),
        )
        .filter(collection::supplier_id.eq(supplier.to_string()))
        .filter(collection::state.eq_any(within))
        .filter(mandate::scheme.eq(Scheme::Core.as_str()))
        .select(sql::<Nullable<BigInt>>(
            "CAST(SUM(collection.amount) AS BIGINT)",
        ))
        .get_result(&mut conn.db)?;
    Ok(Money::new(sum.unwrap_or_default(), Currency::EUR))
}

/// Where a list goes on, in its order: of no debit, from its beginning.
fn place(
    conn: &mut Conn,
    supplier: SupplierId,
    which: Listing,
) -> Result<(chrono::NaiveDate, String), StoreError> {
    let after = match which {
        Listing::AtBank(_, _, after) | Listing::Recalled(_, after) => after,
        Listing::Of(_) | Listing::AnnouncedUntil(_) => None,
    };
    let Some(id) = after else {
        return Ok((chrono::NaiveDate::default(), String::new()));
    };
    let last = super::find(conn, supplier, id)?;
    Ok((last.collect_on.date(), last.id.to_string()))
}

fn line(row: ListedRow) -> Result<Listed, StoreError> {
    let (id, state, debtor, name, amount, day, mandate) = row;
    Ok(Listed {
        id: text("collection.id", &id)?,
        state: text("collection.state", &state)?,
        debtor: text("collection.debtor_id", &debtor)?,
        name,
        amount: Money::new(amount, Currency::EUR),
        collect_on: Day::from_date(day),
        mandate,
    })
}
