//! A debit that came back: the settlement is reversed, what the bank kept is booked apart.

use domain::collection::{Collection, CollectionEvent, CollectionState};
use domain::payment::PaymentState;
use domain::statement::Standing;

use super::book::{Line, Step, With, fee};
use crate::flows::collect::collection_of;
use crate::flows::error::FlowError;
use crate::flows::guard::Actor;
use crate::flows::take_back::{TakeBack, take_back};
use crate::store::bank::Outcome;
use crate::store::{self, Conn, StoreError};

/// Takes back the payment of the debit that the movement names. A return of anything else is for a
/// person: it stands with nobody.
pub(super) fn came_back(
    conn: &mut Conn,
    with: &With<'_>,
    step: &Step,
    line: &Line,
) -> Result<Outcome, FlowError> {
    let Some(debit) = named(conn, with, line)? else {
        return Ok(Outcome::plain(Standing::Nobody));
    };
    let supplier = with.supplier;
    let payment = store::payment::find(conn, supplier, debit.payment)?;
    let reason = line.part.return_reason.clone().unwrap_or_default();
    let Some((event, next)) = next_state(&debit, &reason) else {
        return Ok(Outcome::plain(Standing::Nobody));
    };
    // The ordered amount went back; what was booked beyond it the bank kept.
    let kept = line.part.kept_by_bank();
    let gone = line.amount.checked_neg()?;
    let ordered = kept.map_or(Ok(gone), |kept| gone.checked_sub(kept))?;
    if payment.state != PaymentState::Succeeded || ordered != payment.amount {
        return Ok(Outcome::plain(Standing::Nobody));
    }
    store::collection::set_state(conn, supplier, debit.id, debit.state, next)?;
    let what = TakeBack {
        payment: payment.id,
        on: step.booked_on,
        reason: format!("{event} {reason}").trim().to_owned(),
        actor: Actor::job("bank"),
    };
    take_back(conn, supplier, &what, with.now)?;
    if let Some(kept) = kept {
        fee(conn, with, step, (&line.key, kept))?;
    }
    Ok(Outcome {
        payment: Some(payment.id),
        debtor: Some(payment.debtor),
        ..Outcome::plain(Standing::Returned)
    })
}

fn named(conn: &mut Conn, with: &With<'_>, line: &Line) -> Result<Option<Collection>, FlowError> {
    let Some(id) = line.end_to_end().and_then(collection_of) else {
        return Ok(None);
    };
    match store::collection::find(conn, with.supplier, id) {
        Ok(found) => Ok(Some(found)),
        Err(StoreError::NotFound) => Ok(None),
        Err(why) => Err(why.into()),
    }
}

/// A refund that the debtor asked for, or a return by its bank.
fn next_state(debit: &Collection, reason: &str) -> Option<(CollectionEvent, CollectionState)> {
    let event = match reason {
        "MD06" | "MD01" => CollectionEvent::Refund,
        _ => CollectionEvent::Return,
    };
    Some((event, debit.state.on(event).ok()?))
}
