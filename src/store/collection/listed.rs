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
    /// Those that a request asks back from the bank.
    Recalled(RecallId),
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
        Listing::Recalled(recall) => {
            let asked = recall_debit::table
                .filter(recall_debit::supplier_id.eq(supplier.to_string()))
                .filter(recall_debit::recall_id.eq(recall.to_string()))
                .select(recall_debit::collection_id);
            all.filter(collection::id.eq_any(asked))
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
    let line = |(id, state, debtor, name, amount, day, mandate): ListedRow| {
        Ok(Listed {
            id: text("collection.id", &id)?,
            state: text("collection.state", &state)?,
            debtor: text("collection.debtor_id", &debtor)?,
            name,
            amount: Money::new(amount, Currency::EUR),
            collect_on: Day::from_date(day),
            mandate,
        })
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
