//! Money that goes back through the provider, brought here: it is asked what became of the payment,
//! whatever an event said, so that events may come five times and in any order.

use domain::ledger::{Entry, Line, TxKind};
use domain::message::MessageKind;
use domain::party::Supplier;
use domain::payment::{Payment, PaymentEvent, PaymentState};
use domain::reversal::{
    Cause, Reversal, ReversalEvent, ReversalState, anything_left, reopened, unwind,
};
use domain::{InvoiceId, Moment, Money, PaymentId, SupplierId};

use super::error::FlowError;
use super::guard::{Actor, Deed, enter, note, replan};
use super::notify::{Letter, enqueue};
use super::refresh_card::refresh;
use super::{card_account, judge};
use crate::app::App;
use crate::clock::new_id;
use crate::payments::card::{CardError, GivenBack, Going, Returns};
use crate::store::{self, Conn, StoreError};

/// What the asking led to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Compared {
    /// Something went back, or may.
    Booked,
    /// Nothing new.
    Unchanged,
    /// No payment of ours.
    Foreign,
}

/// Asks what went back of the payment that the provider knows by this id, and records it.
pub async fn compare(app: &App, supplier: SupplierId, charge: &str) -> Result<Compared, FlowError> {
    let Some(account) = card_account::load(app, supplier).await? else {
        return Ok(Compared::Foreign);
    };
    let Returns { payment, all } = match app.cards.returns(&account, charge).await {
        Ok(told) => told,
        Err(CardError::Refused(why)) => {
            tracing::warn!(charge, why, "the provider does not know this payment");
            return Ok(Compared::Foreign);
        }
        Err(why) => return Err(why.into()),
    };
    let Some(id) = payment else {
        return Ok(Compared::Foreign);
    };
    let find = move |conn: &mut Conn| store::payment::find(conn, supplier, id);
    let found = match app.store.read(supplier, find).await {
        Err(StoreError::NotFound) => return Ok(Compared::Foreign),
        other => other?,
    };
    // The news that it was paid may be on its way still.
    if let (false, Some(page)) = (arrived(&found), &found.provider_ref) {
        refresh(app, supplier, page, Some(id)).await?;
    }
    let now = app.now();
    let new = app
        .store
        .write(supplier, move |conn| {
            record(conn, (supplier, id), &all, now)
        })
        .await?;
    Ok(if new {
        Compared::Booked
    } else {
        Compared::Unchanged
    })
}

const fn arrived(payment: &Payment) -> bool {
    matches!(
        payment.state,
        PaymentState::Succeeded | PaymentState::Returned
    )
}

/// Under the debtor's guard: what is new of it; gives whether anything is.
fn record(
    conn: &mut Conn,
    (supplier, id): (SupplierId, PaymentId),
    told: &[GivenBack],
    now: Moment,
) -> Result<bool, FlowError> {
    let debtor = store::payment::find(conn, supplier, id)?.debtor;
    let owner = enter(conn, supplier, debtor)?;
    let mut new = false;
    for one in told {
        // Read anew each time: the one before may have ended the payment.
        let payment = store::payment::find(conn, supplier, id)?;
        if !arrived(&payment) || one.amount.currency() != payment.amount.currency() {
            let why = format!("{} went back of {id}, which is not paid so", one.amount);
            return Err(FlowError::Unusable(why));
        }
        new |= take(conn, &owner, &payment, one, now)?;
    }
    Ok(new)
}

/// How it stands here once the provider says this; none when that is known.
fn next(known: Option<ReversalState>, going: Going) -> Option<ReversalState> {
    let event = match going {
        Going::Pending => None,
        Going::Gone => Some(ReversalEvent::Went),
        Going::Kept => Some(ReversalEvent::Stayed),
    };
    let from = known.unwrap_or(ReversalState::Pending);
    match (event, known) {
        (Some(event), _) => from.on(event).ok(),
        (None, None) => Some(from),
        (None, Some(_)) => None,
    }
}

fn take(
    conn: &mut Conn,
    owner: &Supplier,
    payment: &Payment,
    told: &GivenBack,
    now: Moment,
) -> Result<bool, FlowError> {
    let all = store::reversal::of_payment(conn, owner.id, payment.id)?;
    let known = all.into_iter().find(|one| one.reference == told.reference);
    let known = known.map(|one| one.state);
    let Some(state) = next(known, told.going) else {
        return Ok(false);
    };
    let reversal = Reversal {
        payment: payment.id,
        reference: told.reference.clone(),
        cause: told.cause,
        state,
        amount: told.amount,
    };
    match known {
        None => store::reversal::insert(conn, owner.id, &reversal, now)?,
        Some(from) => store::reversal::advance(conn, owner.id, from, &reversal, now)?,
    }
    match state {
        ReversalState::Gone => go(conn, owner, payment, &reversal, now)?,
        ReversalState::CameBack => come_back(conn, owner, payment, &reversal, now)?,
        ReversalState::Pending | ReversalState::Kept => {}
    }
    trail(conn, owner, payment, &reversal, now)?;
    Ok(true)
}

/// Books what went, and puts it on the invoices again. The reminders that were sent stay counted,
/// so that reminding goes on at the level it had reached.
fn go(
    conn: &mut Conn,
    owner: &Supplier,
    payment: &Payment,
    reversal: &Reversal,
    now: Moment,
) -> Result<(), FlowError> {
    let mut booked = store::reversal::lines_of_payment(conn, owner.id, payment.id)?;
    let lines = unwind(&booked, reversal.amount)?;
    if lines.is_empty() {
        return Ok(());
    }
    let source = store::reversal::source(payment.id, &reversal.reference);
    post(conn, owner, source, lines.clone(), now)?;
    let due_again = reopened(&lines);
    for share in &due_again {
        store::invoice::reopen(conn, owner.id, share)?;
    }
    booked.extend(lines);
    if !anything_left(&booked)? {
        // A payment whose refund failed may have ended before.
        if let Ok(next) = payment.state.on(PaymentEvent::TakenBack) {
            store::payment::set_state(conn, owner.id, payment.id, payment.state, next)?;
        }
    }
    let invoices: Vec<InvoiceId> = due_again.iter().map(|share| share.invoice).collect();
    // Planned first: judging may say that reminders rest for some days.
    replan(conn, owner, payment.debtor, now)?;
    judge::again(conn, owner, payment.debtor, &invoices, now)?;
    tell(conn, owner, payment, reversal, invoices, now)
}

/// The refund failed after all: the money is with the supplier again. Its invoices may be paid
/// otherwise by now, so it belongs to none until somebody says so.
fn come_back(
    conn: &mut Conn,
    owner: &Supplier,
    payment: &Payment,
    reversal: &Reversal,
    now: Moment,
) -> Result<(), FlowError> {
    let gone = store::reversal::source(payment.id, &reversal.reference);
    let booked = store::ledger::lines_of(conn, owner.id, TxKind::Reversal, &gone)?;
    let mut lines = Vec::new();
    for line in booked.iter().filter(|line| line.amount.is_negative()) {
        let again = line.amount.checked_neg()?;
        lines.push(Line {
            amount: again,
            ..*line
        });
        lines.push(Line {
            account: domain::ledger::Account::Unapplied,
            amount: line.amount,
            ..*line
        });
    }
    if lines.is_empty() {
        return Ok(());
    }
    let again = store::reversal::source_again(payment.id, &reversal.reference);
    post(conn, owner, again, lines, now)
}

fn post(
    conn: &mut Conn,
    owner: &Supplier,
    source: String,
    lines: Vec<Line>,
    now: Moment,
) -> Result<(), FlowError> {
    let entry = Entry {
        supplier: owner.id,
        kind: TxKind::Reversal,
        source,
        effective_on: owner.zone.day(now),
        lines,
    };
    Ok(store::ledger::post(conn, new_id(), &entry, now)?)
}

fn tell(
    conn: &mut Conn,
    owner: &Supplier,
    payment: &Payment,
    reversal: &Reversal,
    invoices: Vec<InvoiceId>,
    now: Moment,
) -> Result<(), FlowError> {
    let about = store::reversal::source(payment.id, &reversal.reference);
    let letter = Letter {
        debtor: payment.debtor,
        kind: MessageKind::MoneyBack,
        dedup: format!("money_back:{about}"),
        about,
        invoices,
    };
    enqueue(conn, owner, letter, now)?;
    Ok(())
}

fn trail(
    conn: &mut Conn,
    owner: &Supplier,
    payment: &Payment,
    reversal: &Reversal,
    now: Moment,
) -> Result<(), FlowError> {
    let action = match reversal.cause {
        Cause::Refund => "payment.refunded",
        Cause::Dispute => "payment.contested",
        Cause::DebitBack => "payment.debit_back",
    };
    let deed = Deed {
        actor: &Actor::job("cards"),
        action,
        debtor: payment.debtor,
        subject: payment.id.to_string(),
        detail: format!(
            "{}: {} by {}",
            reversal.state, reversal.amount, reversal.reference
        ),
    };
    note(conn, owner.id, now, deed)
}

/// What a message about it says: how much, why, and whether anything is due again.
pub(super) fn read_about(
    conn: &mut Conn,
    supplier: SupplierId,
    about: &str,
) -> Result<(Money, Cause), StoreError> {
    let (payment, reference) = about.split_once(':').ok_or(StoreError::NotFound)?;
    let payment = payment.parse().map_err(|_| StoreError::NotFound)?;
    let found = store::reversal::find(conn, supplier, payment, reference)?;
    Ok((found.amount, found.cause))
}
