//! Credit notes that were promised: accepted disputes that nothing in the books has settled yet.

use diesel::prelude::*;
use domain::dispute::DisputeState;
use domain::{DisputeId, Moment, Money, SupplierId};

use super::texts;
use super::today::{Party, PartyColumns, party};
use crate::store::columns::{money, text};
use crate::store::conn::Conn;
use crate::store::error::StoreError;
use crate::store::schema::{debtor, dispute, invoice};

/// One of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CreditDue {
    /// To whom.
    pub party: Party,
    /// The accepted dispute.
    pub dispute: DisputeId,
    /// The disputed invoice's number.
    pub number: String,
    /// How much.
    pub amount: Money,
    /// When it was accepted.
    pub since: Moment,
    /// Who deals with it, if somebody was named.
    pub owner: Option<String>,
}

/// All of them, the oldest first.
pub fn credits_due(
    conn: &mut Conn,
    suppliers: &[SupplierId],
    limit: i64,
) -> Result<Vec<CreditDue>, StoreError> {
    type Facts = (String, String, i64, Option<i64>, i64, Option<String>);
    let rows: Vec<(PartyColumns, Facts, String)> = dispute::table
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
        .filter(dispute::state.eq(DisputeState::Accepted.as_str()))
        .order((dispute::answered_at, dispute::id))
        .limit(limit)
        .select((
            (debtor::supplier_id, debtor::id, debtor::name),
            (
                dispute::id,
                dispute::currency,
                dispute::amount,
                dispute::answered_at,
                dispute::declared_at,
                dispute::owner,
            ),
            invoice::number,
        ))
        .load(&mut conn.db)?;
    rows.into_iter()
        .map(
            |(of, (id, currency, minor, answered, declared, owner), number)| {
                Ok(CreditDue {
                    party: party(of)?,
                    dispute: text("dispute.id", &id)?,
                    number,
                    amount: money(minor, &currency)?,
                    since: Moment::from_micros(answered.unwrap_or(declared)),
                    owner,
                })
            },
        )
        .collect()
}
