//! Money for direct debits: one by its id or mandate, or a whole file in one booking.

use domain::collection::{Collection, CollectionEvent};
use domain::ledger::Account;
use domain::matching::Fit;
use domain::recall::RecallOutcome;
use domain::statement::Standing;
use domain::{CollectionId, Money};

use super::book::{Line, Step, With};
use super::credit::{Found, arrived, settled, takes};
use crate::flows::collect::collection_of;
use crate::flows::error::FlowError;
use crate::flows::guard::Actor;
use crate::flows::recall;
use crate::flows::settle::{Receipt, settle};
use crate::store::bank::{Collected, Outcome};
use crate::store::{self, Conn, StoreError};

/// The payment of the debit that the movement names; the debit becomes settled. Money that no debit
/// waits for is the debtor's all the same.
pub(super) fn collection(
    conn: &mut Conn,
    with: &With<'_>,
    step: &Step,
    (line, end_to_end): (&Line, &str),
) -> Result<Found, FlowError> {
    match collection_of(end_to_end) {
        Some(id) => one(conn, with, step, (line, Standing::Collection), id),
        None => Ok(Found::Nothing),
    }
}

fn one(
    conn: &mut Conn,
    with: &With<'_>,
    step: &Step,
    (line, standing): (&Line, Standing),
    id: CollectionId,
) -> Result<Found, FlowError> {
    let supplier = with.supplier;
    let debit = match store::collection::find(conn, supplier, id) {
        Err(StoreError::NotFound) => return Ok(Found::Nothing),
        other => other?,
    };
    let payment = store::payment::find(conn, supplier, debit.payment)?;
    match debit.state.on(CollectionEvent::Settle) {
        Ok(next) if takes(&payment, line.amount) => {
            store::collection::set_state(conn, supplier, id, debit.state, next)?;
            collected(conn, &debit, with)?;
            let fit = match debit.amount.minor().cmp(&line.amount.minor()) {
                std::cmp::Ordering::Equal => Fit::Exact,
                std::cmp::Ordering::Greater => Fit::Part,
                std::cmp::Ordering::Less => Fit::Over,
            };
            let to = (payment.id, payment.debtor, fit);
            settled(conn, with, step, (line, standing), to)
        }
        _ => arrived(
            conn,
            with,
            step,
            (line, Standing::Reference),
            (debit.debtor, &[]),
        ),
    }
}

/// Its money is there: it is not to be cancelled any more.
fn collected(conn: &mut Conn, debit: &Collection, with: &With<'_>) -> Result<(), FlowError> {
    let by = (&Actor::job("bank"), with.now);
    recall::overtaken(conn, debit, (RecallOutcome::Collected, ""), by)
}

/// The only debit under a mandate that waits for this amount.
pub(super) fn under_mandate(
    conn: &mut Conn,
    with: &With<'_>,
    step: &Step,
    (line, mandate): (&Line, &str),
) -> Result<Found, FlowError> {
    let amount = line.part.instructed.unwrap_or(line.amount);
    let found = store::bank::under_mandate(conn, with.supplier, mandate, amount)?;
    match found.as_slice() {
        [only] => one(conn, with, step, (line, Standing::Mandate), *only),
        _ => Ok(Found::Nothing),
    }
}

/// All debits of a file, or of the one block in it, that come to the booking.
pub(super) fn batch(
    conn: &mut Conn,
    with: &With<'_>,
    step: &Step,
    (line, payment_info_id): (&Line, &str),
) -> Result<Found, FlowError> {
    let supplier = with.supplier;
    let whole = payment_info_id.rsplit_once('-').map(|(file, _)| file);
    for message_id in [Some(payment_info_id), whole].into_iter().flatten() {
        let all = store::bank::of_file(conn, supplier, message_id)?;
        let Some(debits) = coming_to(line.amount, all)? else {
            continue;
        };
        for debit in &debits {
            settle_one(conn, with, step, (line, debit))?;
        }
        return Ok(Found::Booked(Outcome {
            fit: Some(Fit::Grouped),
            ..Outcome::plain(Standing::Batch)
        }));
    }
    Ok(Found::Nothing)
}

fn settle_one(
    conn: &mut Conn,
    with: &With<'_>,
    step: &Step,
    (line, debit): (&Line, &Collected),
) -> Result<(), FlowError> {
    let supplier = with.supplier;
    let found = store::collection::find(conn, supplier, debit.id)?;
    let next = found.state.on(CollectionEvent::Settle)?;
    store::collection::set_state(conn, supplier, debit.id, found.state, next)?;
    collected(conn, &found, with)?;
    let receipt = Receipt {
        payment: found.payment,
        amount: debit.amount,
        on: step.booked_on,
        account: Account::Bank,
        actor: Actor::job("bank"),
    };
    settle(conn, supplier, &receipt, with.now)?;
    Ok(store::bank::add_part(
        conn,
        supplier,
        &line.key,
        found.payment,
    )?)
}

/// All of them, or the only block of them, whose sum this is.
fn coming_to(amount: Money, all: Vec<Collected>) -> Result<Option<Vec<Collected>>, FlowError> {
    let sum = |some: &[Collected]| Money::sum(amount.currency(), some.iter().map(|d| d.amount));
    if all.is_empty()
        || all
            .iter()
            .any(|one| one.amount.currency() != amount.currency())
    {
        return Ok(None);
    }
    if sum(&all)? == amount {
        return Ok(Some(all));
    }
    let mut blocks: Vec<String> = all.iter().map(|one| one.block.clone()).collect();
    blocks.sort_unstable();
    blocks.dedup();
    let mut fitting = Vec::new();
    for block in blocks {
        let of: Vec<Collected> = all
            .iter()
            .filter(|one| one.block == block)
            .cloned()
            .collect();
        if sum(&of)? == amount {
            fitting.push(of);
        }
    }
    Ok(match fitting.len() {
        1 => fitting.pop(),
        _ => None,
    })
}
