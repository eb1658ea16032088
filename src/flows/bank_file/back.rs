//! A debit that came back, as a statement tells it: what follows is the same whoever says so.

use domain::Money;
use domain::collection::{Collection, EndKind};
use domain::payment::PaymentState;
use domain::recall::{RecallKind, RecallOutcome, RecallState};
use domain::statement::Standing;

use super::book::{Line, Step, With};
use crate::flows::collect::collection_of;
use crate::flows::error::FlowError;
use crate::flows::guard::Actor;
use crate::flows::recall::close;
use crate::flows::returned::{Returned, returned};
use crate::store::bank::Outcome;
use crate::store::recall::Recall;
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
    let kind = kind(&reason);
    if debit.state.on(kind.event(true)).is_err() {
        return Ok(Outcome::plain(Standing::Nobody));
    }
    // The ordered amount went back; what was booked beyond it the bank kept.
    let kept = line.part.kept_by_bank();
    let gone = line.amount.checked_neg()?;
    let ordered = kept.map_or(Ok(gone), |kept| gone.checked_sub(kept))?;
    if payment.state != PaymentState::Succeeded || ordered != payment.amount {
        return Ok(Outcome::plain(Standing::Nobody));
    }
    let what = Returned {
        collection: debit.id,
        kind,
        reason,
        text: String::new(),
        day: step.booked_on,
        fee: kept.unwrap_or(Money::zero(payment.amount.currency())),
        actor: Actor::job("bank"),
    };
    if returned(conn, supplier, &what, with.now)?.is_none() {
        return Ok(Outcome::plain(Standing::Nobody));
    }
    Ok(Outcome {
        payment: Some(payment.id),
        debtor: Some(payment.debtor),
        ..Outcome::plain(Standing::Returned)
    })
}

/// A debit that we had the bank give back, if the movement is that.
pub(super) fn given_back(
    conn: &mut Conn,
    with: &With<'_>,
    step: &Step,
    line: &Line,
) -> Result<Option<Outcome>, FlowError> {
    let Some(debit) = named(conn, with, line)? else {
        return Ok(None);
    };
    let (supplier, actor) = (with.supplier, Actor::job("bank"));
    let asked = store::recall::waiting_for(conn, supplier, debit.id)?;
    let out = |one: &Recall| one.kind == RecallKind::Reversal && one.state == RecallState::Exported;
    let Some(recall) = asked.filter(out) else {
        return Ok(None);
    };
    let payment = store::payment::find(conn, supplier, debit.payment)?;
    if payment.state != PaymentState::Succeeded || line.amount.checked_neg()? != payment.amount {
        return Ok(None);
    }
    let what = Returned {
        collection: debit.id,
        kind: EndKind::Reversal,
        reason: recall.reason.code(recall.kind).to_owned(),
        text: String::new(),
        day: step.booked_on,
        fee: Money::zero(payment.amount.currency()),
        actor: actor.clone(),
    };
    if returned(conn, supplier, &what, with.now)?.is_none() {
        return Ok(None);
    }
    let key = (recall.id, debit.id);
    store::recall::set_outcome(conn, supplier, key, RecallOutcome::Done)?;
    close(conn, supplier, &recall, &actor, with.now)?;
    Ok(Some(Outcome {
        payment: Some(payment.id),
        debtor: Some(payment.debtor),
        ..Outcome::plain(Standing::Returned)
    }))
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
fn kind(reason: &str) -> EndKind {
    match reason {
        "MD06" | "MD01" => EndKind::Refund,
        _ => EndKind::Return,
    }
}
