//! A file of direct debits after it was made: a second person approves it, somebody takes it out,
//! it is called off, and its money grows firm.

use domain::batch::{BatchEvent, BatchState, DebitProfile, REFUND_DAYS};
use domain::collection::{Collection, CollectionEvent, CollectionState};
use domain::mandate::{MandateEvent, MandateState};
use domain::party::Supplier;
use domain::recall::RecallOutcome;
use domain::{AuditId, BatchId, CollectionId, Moment, SupplierId};

use super::error::FlowError;
use super::guard::{Actor, enter};
use super::settle::thank;
use super::{call_off, judge, recall};
use crate::app::App;
use crate::clock::new_id;
use crate::store::audit::Trace;
use crate::store::batch::Batch;
use crate::store::{self, Conn};

/// Debits read in one go.
const AT_ONCE: i64 = 500;

/// Files looked at in one go; the rest waits for the next tick.
const FILES_AT_ONCE: i64 = 100;

/// Somebody other than its maker agrees to a draft.
pub async fn approve(
    app: &App,
    supplier: SupplierId,
    id: BatchId,
    actor: Actor,
) -> Result<Batch, FlowError> {
    let now = app.now();
    app.store
        .write(supplier, move |conn| {
            let (owner, batch) = load(conn, supplier, id)?;
            let next = batch.state.on(BatchEvent::Approve)?;
            if batch.maker == actor.words() && !profile(&owner).one_user {
                return Err(FlowError::SamePerson);
            }
            still_right(conn, &owner, &batch, now)?;
            store::batch::set_state(conn, supplier, id, batch.state, next)?;
            store::batch::set_approver(conn, supplier, id, actor.words(), now)?;
            note(conn, supplier, &batch, ("batch.approved", &actor), now)?;
            Ok(store::batch::find(conn, supplier, id)?)
        })
        .await
}

/// Takes an approved file out: from now on its debits count as handed to the bank.
pub async fn export(
    app: &App,
    supplier: SupplierId,
    id: BatchId,
    actor: Actor,
) -> Result<Batch, FlowError> {
    let now = app.now();
    app.store
        .write(supplier, move |conn| {
            let (owner, batch) = load(conn, supplier, id)?;
            let next = batch.state.on(BatchEvent::Export)?;
            still_right(conn, &owner, &batch, now)?;
            store::batch::set_state(conn, supplier, id, batch.state, next)?;
            store::batch::set_exported_at(conn, supplier, id, now)?;
            let (from, to) = (CollectionState::Batched, CollectionEvent::Submit);
            store::collection::advance_batch(conn, supplier, id, from, from.on(to)?)?;
            note(conn, supplier, &batch, ("batch.exported", &actor), now)?;
            Ok(store::batch::find(conn, supplier, id)?)
        })
        .await
}

/// Whether a file's bytes may be handed out: it was taken out, and still stands.
#[must_use]
pub const fn is_out(state: BatchState) -> bool {
    matches!(
        state,
        BatchState::Exported
            | BatchState::Accepted
            | BatchState::Settled
            | BatchState::Firm
            | BatchState::Closed
    )
}

/// Calls a file off: its debits wait for the next one. One that was taken out only until the bank's
/// hour, when whoever calls it off says that the bank does not have it.
pub async fn cancel(
    app: &App,
    supplier: SupplierId,
    id: BatchId,
    actor: Actor,
) -> Result<(), FlowError> {
    let now = app.now();
    app.store
        .write(supplier, move |conn| {
            let (owner, batch) = load(conn, supplier, id)?;
            let next = batch.state.on(BatchEvent::Cancel)?;
            let at_bank = batch.state == BatchState::Accepted;
            if at_bank || (is_out(batch.state) && !in_time(&owner, &batch, now)) {
                return Err(FlowError::TooLate);
            }
            store::bank::turn(conn, supplier)?;
            store::batch::set_state(conn, supplier, id, batch.state, next)?;
            for_each(conn, supplier, id, |conn, debit| {
                release(conn, &owner, &debit, now)
            })?;
            note(conn, supplier, &batch, ("batch.cancelled", &actor), now)
        })
        .await
}

/// A debit leaves its file, and the mandate that it alone could use may be used again. One whose
/// mandate ended or whose debtor became insolvent meanwhile is called off, as it would have been
/// outside the file.
fn release(
    conn: &mut Conn,
    owner: &Supplier,
    debit: &Collection,
    now: Moment,
) -> Result<(), FlowError> {
    let supplier = debit.supplier;
    enter(conn, supplier, debit.debtor)?;
    let next = debit.state.on(CollectionEvent::Release)?;
    store::collection::set_state(conn, supplier, debit.id, debit.state, next)?;
    let how = (RecallOutcome::Ended, "");
    recall::overtaken(conn, debit, how, (&Actor::job("files"), now))?;
    store::collection::leave_batch(conn, supplier, debit.id)?;
    restore_mandate(conn, debit)?;
    let mandate = store::mandate::find(conn, supplier, debit.mandate)?;
    let payment = store::payment::find(conn, supplier, debit.payment)?;
    let usable = matches!(
        mandate.state,
        MandateState::Active | MandateState::Suspended
    );
    if usable && !call_off::is_barred(conn, &payment)? {
        return Ok(());
    }
    call_off::ordered(conn, &payment, now)?;
    judge::without_debit(conn, owner, &payment, now)
}

/// A one-off mandate whose debit was not made may be used after all.
pub(super) fn restore_mandate(conn: &mut Conn, debit: &Collection) -> Result<(), FlowError> {
    let mandate = store::mandate::find(conn, debit.supplier, debit.mandate)?;
    if let Ok(next) = mandate.state.on(MandateEvent::Restore) {
        store::mandate::set_state(conn, debit.supplier, mandate.id, mandate.state, next)?;
    }
    Ok(())
}

/// What time alone changes: files whose money arrived, is firm, or is past being refunded.
pub async fn grow(app: &App, supplier: SupplierId) -> Result<usize, FlowError> {
    let now = app.now();
    app.store
        .write(supplier, move |conn| {
            let owner = store::supplier::find(conn, supplier)?;
            let mut moved = 0;
            store::bank::turn(conn, supplier)?;
            for (state, event) in [
                // Money shows that the bank has it, whatever was noted here.
                (BatchState::Draft, BatchEvent::Settle),
                (BatchState::Approved, BatchEvent::Settle),
                (BatchState::Exported, BatchEvent::Settle),
                (BatchState::Accepted, BatchEvent::Settle),
                (BatchState::Settled, BatchEvent::Confirm),
                (BatchState::Firm, BatchEvent::Close),
            ] {
                for batch in store::batch::in_state(conn, supplier, state, FILES_AT_ONCE)? {
                    moved += usize::from(step(conn, &owner, &batch, event, now)?);
                }
            }
            Ok(moved)
        })
        .await
}

fn step(
    conn: &mut Conn,
    owner: &Supplier,
    batch: &Batch,
    event: BatchEvent,
    now: Moment,
) -> Result<bool, FlowError> {
    let (supplier, today) = (owner.id, owner.zone.day(now));
    let due = match event {
        BatchEvent::Settle => {
            let settled = CollectionState::Settled;
            store::collection::any_in_batch(conn, supplier, batch.id, settled)?
        }
        BatchEvent::Confirm => profile(owner).firm_on(batch.last_on) <= today,
        _ => batch.last_on.plus_days(REFUND_DAYS) < today,
    };
    if !due {
        return Ok(false);
    }
    store::batch::set_state(
        conn,
        supplier,
        batch.id,
        batch.state,
        batch.state.on(event)?,
    )?;
    let debits = match event {
        BatchEvent::Confirm => Some((CollectionState::Settled, CollectionEvent::Confirm)),
        BatchEvent::Close => Some((CollectionState::Firm, CollectionEvent::Close)),
        _ => None,
    };
    if !is_out(batch.state) {
        let (from, to) = (CollectionState::Batched, CollectionEvent::Submit);
        store::collection::advance_batch(conn, supplier, batch.id, from, from.on(to)?)?;
        let how = ("batch.settled", &Actor::job("bank"));
        note(conn, supplier, batch, how, now)?;
    }
    if event == BatchEvent::Confirm {
        thank_for(conn, owner, batch, now)?;
    }
    if let Some((from, event)) = debits {
        store::collection::advance_batch(conn, supplier, batch.id, from, from.on(event)?)?;
    }
    Ok(true)
}

/// The money stays: its debtors are thanked now, and not when it first came.
fn thank_for(
    conn: &mut Conn,
    owner: &Supplier,
    batch: &Batch,
    now: Moment,
) -> Result<(), FlowError> {
    for_each(conn, owner.id, batch.id, |conn, debit| {
        if debit.state != CollectionState::Settled {
            return Ok(());
        }
        enter(conn, owner.id, debit.debtor)?;
        let payment = store::payment::find(conn, owner.id, debit.payment)?;
        let paid = payment.shares.iter().map(|share| share.invoice).collect();
        thank(conn, owner, &payment, paid, now)
    })
}

fn load(
    conn: &mut Conn,
    supplier: SupplierId,
    id: BatchId,
) -> Result<(Supplier, Batch), FlowError> {
    let owner = store::supplier::find(conn, supplier)?;
    Ok((owner, store::batch::find(conn, supplier, id)?))
}

/// What the supplier's bank asks for.
#[must_use]
pub fn profile(owner: &Supplier) -> DebitProfile {
    let bank = owner.bank.as_ref();
    bank.map(|bank| bank.debits).unwrap_or_default()
}

/// Whether the file can still reach the bank in time for its first day.
#[must_use]
pub fn in_time(owner: &Supplier, batch: &Batch, now: Moment) -> bool {
    profile(owner).in_time(batch.first_on, owner.zone, now)
}

/// Refuses a file that comes too late, or holds a debit that is no longer wanted.
fn still_right(
    conn: &mut Conn,
    owner: &Supplier,
    batch: &Batch,
    now: Moment,
) -> Result<(), FlowError> {
    if !in_time(owner, batch, now) {
        return Err(FlowError::TooLate);
    }
    for_each(conn, owner.id, batch.id, |conn, debit| {
        let mandate = store::mandate::find(conn, debit.supplier, debit.mandate)?;
        let usable = matches!(mandate.state, MandateState::Active | MandateState::Consumed);
        let payment = store::payment::find(conn, debit.supplier, debit.payment)?;
        if !usable || call_off::overtaken(conn, &payment)? {
            return Err(FlowError::Unwanted(debit.id));
        }
        Ok(())
    })
}

/// Goes through the debits of a file, some at a time.
pub(super) fn for_each(
    conn: &mut Conn,
    supplier: SupplierId,
    batch: BatchId,
    mut each: impl FnMut(&mut Conn, Collection) -> Result<(), FlowError>,
) -> Result<(), FlowError> {
    let mut after: Option<CollectionId> = None;
    loop {
        let some = store::collection::of_batch(conn, supplier, batch, after, AT_ONCE)?;
        let Some(last) = some.last() else {
            return Ok(());
        };
        after = Some(last.id);
        for debit in some {
            each(conn, debit)?;
        }
    }
}

pub(super) fn note(
    conn: &mut Conn,
    supplier: SupplierId,
    batch: &Batch,
    (action, actor): (&str, &Actor),
    now: Moment,
) -> Result<(), FlowError> {
    let trace = Trace {
        id: new_id::<AuditId>(),
        at: now,
        actor: actor.words().to_owned(),
        action: action.to_owned(),
        debtor: None,
        subject: batch.id.to_string(),
        detail: format!("{} debits, {}, {}", batch.debits, batch.total, batch.sha256),
    };
    Ok(store::audit::insert(conn, supplier, &trace)?)
}

/// Sets what the supplier's bank asks of direct debits.
pub async fn set_profile(
    app: &App,
    supplier: SupplierId,
    profile: DebitProfile,
) -> Result<(), FlowError> {
    app.store
        .write(supplier, move |conn| {
            Ok(store::supplier::set_debit_profile(
                conn, supplier, &profile,
            )?)
        })
        .await
}
