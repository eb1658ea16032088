//! The direct debits that a movement may pay.

use diesel::prelude::*;
use domain::collection::{CollectionEvent, CollectionState};
use domain::{CollectionId, Money, SupplierId};

use crate::store::columns::text;
use crate::store::conn::Conn;
use crate::store::error::StoreError;
use crate::store::schema::{batch, collection, mandate};

/// A debit of which money may come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Collected {
    /// Which.
    pub id: CollectionId,
    /// How much.
    pub amount: Money,
    /// What tells the blocks of a file apart: scheme, sequence and day.
    pub block: String,
}

fn settling() -> Vec<&'static str> {
    let all = CollectionState::ALL.iter();
    let settles = all.filter(|state| state.on(CollectionEvent::Settle).is_ok());
    settles.map(|state| state.as_str()).collect()
}

/// The debits of a file that can settle, by the file's own id.
pub fn of_file(
    conn: &mut Conn,
    supplier: SupplierId,
    message_id: &str,
) -> Result<Vec<Collected>, StoreError> {
    type Columns = (String, i64, chrono::NaiveDate, String, String);
    let rows: Vec<Columns> = collection::table
        .inner_join(
            batch::table.on(batch::supplier_id
                .eq(collection::supplier_id)
                .and(collection::batch_id.eq(batch::id.nullable()))),
        )
        .inner_join(
            mandate::table.on(mandate::supplier_id
                .eq(collection::supplier_id)
                .and(mandate::id.eq(collection::mandate_id))),
        )
        .filter(collection::supplier_id.eq(supplier.to_string()))
        .filter(batch::message_id.eq(message_id))
        .filter(collection::state.eq_any(settling()))
        .order(collection::id)
        .select((
            collection::id,
            collection::amount,
            collection::collect_on,
            mandate::scheme,
            mandate::usage,
        ))
        .load(&mut conn.db)?;
    rows.into_iter()
        .map(|(id, cents, day, scheme, usage)| {
            Ok(Collected {
                id: text("collection.id", &id)?,
                amount: Money::eur(cents),
                block: format!("{day} {scheme} {usage}"),
            })
        })
        .collect()
}

/// The debits under a mandate that can settle with this amount.
pub fn under_mandate(
    conn: &mut Conn,
    supplier: SupplierId,
    reference: &str,
    amount: Money,
) -> Result<Vec<CollectionId>, StoreError> {
    let ids: Vec<String> = collection::table
        .inner_join(
            mandate::table.on(mandate::supplier_id
                .eq(collection::supplier_id)
                .and(mandate::id.eq(collection::mandate_id))
                // Of the debtor's own debits, which an index has: not of all of the supplier's.
                .and(mandate::debtor_id.eq(collection::debtor_id))),
        )
        .filter(collection::supplier_id.eq(supplier.to_string()))
        .filter(mandate::supplier_id.eq(supplier.to_string()))
        .filter(mandate::reference.eq(reference))
        .filter(collection::amount.eq(amount.minor()))
        .filter(collection::state.eq_any(settling()))
        .order(collection::id)
        .limit(2)
        .select(collection::id)
        .load(&mut conn.db)?;
    ids.iter().map(|id| text("collection.id", id)).collect()
}
