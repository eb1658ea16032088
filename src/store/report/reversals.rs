//! Card money that went back, or may.

use diesel::prelude::*;
use domain::reversal::{Cause, ReversalState};
use domain::{Moment, Money, SupplierId};

use super::texts;
use super::today::{Party, PartyColumns, party};
use crate::store::columns::{money, text};
use crate::store::conn::Conn;
use crate::store::error::StoreError;
use crate::store::schema::{debtor, payment, reversal};

/// One refund or contested payment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GoingBack {
    /// Whose.
    pub party: Party,
    /// Why.
    pub cause: Cause,
    /// How it stands.
    pub state: ReversalState,
    /// How much.
    pub amount: Money,
    /// Since when.
    pub at: Moment,
}

/// Days that what was decided stays in the list.
const DECIDED_DAYS: i64 = 30;

/// Days after which the card schemes have decided every contest.
const PENDING_DAYS: i64 = 180;

/// Those that are not decided, and those that lately were; the newest first.
pub fn going_back(
    conn: &mut Conn,
    suppliers: &[SupplierId],
    now: Moment,
    limit: i64,
) -> Result<Vec<GoingBack>, StoreError> {
    let (long_ago, lately) = (now.plus_days(-PENDING_DAYS), now.plus_days(-DECIDED_DAYS));
    type Columns = (PartyColumns, (String, String, String, i64, i64));
    let rows: Vec<Columns> = reversal::table
        .inner_join(
            payment::table.on(payment::supplier_id
                .eq(reversal::supplier_id)
                .and(payment::id.eq(reversal::payment_id))),
        )
        .inner_join(
            debtor::table.on(debtor::supplier_id
                .eq(payment::supplier_id)
                .and(debtor::id.eq(payment::debtor_id))),
        )
        .filter(reversal::supplier_id.eq_any(texts(suppliers)))
        .filter(reversal::changed_at.ge(long_ago.micros()))
        .filter(
            reversal::state
                .eq(ReversalState::Pending.as_str())
                .or(reversal::changed_at.ge(lately.micros())),
        )
        .order((reversal::changed_at.desc(), reversal::reference))
        .limit(limit)
        .select((
            (debtor::supplier_id, debtor::id, debtor::name),
            (
                reversal::cause,
                reversal::state,
                reversal::currency,
                reversal::amount,
                reversal::changed_at,
            ),
        ))
        .load(&mut conn.db)?;
    rows.into_iter()
        .map(|(of, (cause, state, currency, minor, at))| {
            Ok(GoingBack {
                party: party(of)?,
                cause: text("reversal.cause", &cause)?,
                state: text("reversal.state", &state)?,
                amount: money(minor, &currency)?,
                at: Moment::from_micros(at),
            })
        })
        .collect()
}
