//! The bank refuses a debit before it settled: nothing was taken, and what relied on it is judged
//! at once.

use domain::collection::{CollectionEvent, CollectionState};
use domain::payment::PaymentEvent;
use domain::{CollectionId, Moment, SupplierId};

use super::error::FlowError;
use super::guard::{Actor, Deed, enter, note};
use super::judge;
use super::pay_by_card::advance;
use crate::store::{self, Conn};

/// What the bank refused.
#[derive(Clone, Debug)]
pub struct Refusal {
    /// Which debit.
    pub collection: CollectionId,
    /// Why, as the bank says: a reason such as `AC04`.
    pub reason: String,
    /// Who says so.
    pub actor: Actor,
}

/// Records it; told again, nothing happens and `false` is returned.
///
/// Runs inside the caller's transaction and takes the debtor's guard first. No debit is tried
/// twice: what it was for is left to the debtor to pay.
pub fn refuse_debit(
    conn: &mut Conn,
    supplier: SupplierId,
    what: &Refusal,
    now: Moment,
) -> Result<bool, FlowError> {
    let debtor = store::collection::find(conn, supplier, what.collection)?.debtor;
    let owner = enter(conn, supplier, debtor)?;
    let collection = store::collection::find(conn, supplier, what.collection)?;
    if collection.state == CollectionState::Rejected {
        return Ok(false);
    }
    // A bank that answers has the file, whether or not anybody noted that it was handed in.
    let handed_in = collection.state.on(CollectionEvent::Submit);
    let handed_in = handed_in.unwrap_or(collection.state);
    let next = handed_in.on(CollectionEvent::Reject)?;
    store::collection::set_state(conn, supplier, collection.id, collection.state, next)?;
    let payment = store::payment::find(conn, supplier, collection.payment)?;
    advance(conn, &payment, PaymentEvent::Declined, now)?;
    judge::without_debit(conn, &owner, &payment, now)?;
    let deed = Deed {
        actor: &what.actor,
        action: "debit.refused",
        debtor,
        subject: collection.id.to_string(),
        detail: what.reason.clone(),
    };
    note(conn, supplier, now, deed)?;
    Ok(true)
}
