//! Disputes for which an import brought something that may answer them.

use diesel::prelude::*;
use domain::{DisputeId, Moment, Money, SupplierId};

use super::texts;
use super::today::{Party, PartyColumns, party};
use crate::store::columns::{money, text};
use crate::store::conn::Conn;
use crate::store::error::StoreError;
use crate::store::schema::{debtor, dispute, invoice};

/// One of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unsure {
    /// Whose.
    pub party: Party,
    /// Which dispute.
    pub dispute: DisputeId,
    /// The disputed invoice's number.
    pub number: String,
    /// How much is disputed.
    pub amount: Money,
    /// Since when.
    pub since: Moment,
}

/// All of them, the oldest first.
pub fn unsure(
    conn: &mut Conn,
    suppliers: &[SupplierId],
    limit: i64,
) -> Result<Vec<Unsure>, StoreError> {
    type Columns = (PartyColumns, (String, String, i64, Option<i64>), String);
    let rows: Vec<Columns> = dispute::table
        .inner_join(
            debtor::table.on(debtor::supplier_id
                .eq(dispute::supplier_id)
                .and(debtor::id.eq(dispute::debtor_id))),
        )
        .inner_join(
            invoice::table.on(invoice::supplier_id
                .eq(dispute::supplier_id)
                .and(invoice::id.eq(dispute::invoice_id))),
        )
        .filter(dispute::supplier_id.eq_any(texts(suppliers)))
        .filter(dispute::unsure_since.is_not_null())
        .order((dispute::unsure_since, dispute::id))
        .limit(limit)
        .select((
            (debtor::supplier_id, debtor::id, debtor::name),
            (
                dispute::id,
                dispute::currency,
                dispute::amount,
                dispute::unsure_since,
            ),
            invoice::number,
        ))
        .load(&mut conn.db)?;
    rows.into_iter()
        .map(|(of, (id, currency, minor, since), number)| {
            Ok(Unsure {
                party: party(of)?,
                dispute: text("dispute.id", &id)?,
                number,
                amount: money(minor, &currency)?,
                since: Moment::from_micros(since.unwrap_or_default()),
            })
        })
        .collect()
}
