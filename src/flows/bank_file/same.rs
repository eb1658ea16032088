//! The same money told by a statement, a report of the day and a notice is counted once.
//!
//! A statement holds all that was booked, so a booking that a notice told first is in it exactly
//! once, and the other way round. Two alike of one message are twins and stay two: each is paired
//! with one of the other message at most.

use domain::SupplierId;
use domain::statement::Standing;

use super::book::{Line, Step};
use crate::flows::error::FlowError;
use crate::store::bank::{Teller, Told, told_by_others, whole_of};
use crate::store::{self, Conn};

/// What another message told of a booking.
pub(super) enum Known {
    /// Nothing.
    New,
    /// It told all of it: for each part, the movement that is the same.
    Same(Vec<Option<String>>),
    /// It told only the whole, whose money is with nobody: the parts count instead.
    Divide(Box<Told>),
}

/// How well two tellings fit: the less the better; none when they contradict each other.
fn distance(step: &Step, line: &Line, told: &Told) -> Option<u32> {
    let same = |ours: Option<&str>, theirs: Option<&str>| match (ours, theirs) {
        (Some(ours), Some(theirs)) => Some(ours == theirs),
        _ => None,
    };
    let by_bank = same(line.bank_ref(step), told.bank_ref.as_deref());
    let by_order = same(line.end_to_end(), told.end_to_end_id.as_deref());
    match (by_bank, by_order) {
        (Some(true), _) => Some(0),
        (_, Some(true)) => Some(1),
        (Some(false), _) | (_, Some(false)) => None,
        (None, None) if told.booked_on == step.booked_on => Some(2),
        (None, None) => Some(3),
    }
}

/// The best of these that is not taken yet.
fn best<'a>(
    step: &Step,
    line: &Line,
    all: &'a [Told],
    taken: &[Option<String>],
) -> Option<&'a Told> {
    let free = |told: &&Told| !taken.iter().flatten().any(|key| *key == told.key);
    let mut fitting: Vec<(u32, &Told)> = all
        .iter()
        .filter(free)
        .filter_map(|told| Some((distance(step, line, told)?, told)))
        .collect();
    fitting.sort_by_key(|(far, told)| (*far, told.key.as_str()));
    fitting.first().map(|(_, told)| *told)
}

/// Who tells this booking.
fn teller(step: &Step) -> Teller<'_> {
    Teller {
        account: &step.account,
        kind: step.kind.as_str(),
        others: step.kind.others(),
    }
}

/// Compares a booking with what other messages told.
pub(super) fn known(
    conn: &mut Conn,
    supplier: SupplierId,
    step: &Step,
) -> Result<Known, FlowError> {
    let teller = teller(step);
    let bookings = told_by_others(conn, supplier, &teller, step.booked_on, (step.minor, true))?;
    // Part by part, or both as a whole.
    let mut pairs: Vec<Option<String>> = Vec::new();
    for line in &step.lines {
        let alike: Vec<Told> = bookings
            .iter()
            .filter(|told| told.amount == line.amount)
            .cloned()
            .collect();
        let found = best(step, line, &alike, &pairs);
        pairs.push(found.map(|told| told.key.clone()));
    }
    if pairs.iter().any(Option::is_some) {
        return Ok(Known::Same(pairs));
    }
    if let Some(known) = other_division(conn, supplier, step, &bookings)? {
        return Ok(known);
    }
    // Bookings differ, single payments may be the same: only what names them counts here.
    let mut pairs: Vec<Option<String>> = Vec::new();
    for line in &step.lines {
        let minor = (line.amount.minor(), false);
        let all = told_by_others(conn, supplier, &teller, step.booked_on, minor)?;
        let found = best(step, line, &all, &pairs);
        let certain = found.filter(|told| distance(step, line, told).is_some_and(|far| far < 2));
        pairs.push(certain.map(|told| told.key.clone()));
    }
    if pairs.iter().any(Option::is_some) {
        return Ok(Known::Same(pairs));
    }
    Ok(Known::New)
}

/// One message tells a batch as a whole, the other payment by payment.
fn other_division(
    conn: &mut Conn,
    supplier: SupplierId,
    step: &Step,
    bookings: &[Told],
) -> Result<Option<Known>, FlowError> {
    if let [line] = step.lines.as_slice() {
        let refs = (line.bank_ref(step), line.batch());
        let teller = teller(step);
        let parts = whole_of(conn, supplier, &teller, step.booked_on, refs)?;
        let sum: i64 = parts.iter().map(|told| told.amount.minor()).sum();
        if parts.len() > 1 && sum == step.minor {
            let first = parts.first().map(|told| told.key.clone());
            return Ok(Some(Known::Same(vec![first])));
        }
        return Ok(None);
    }
    let whole = bookings.iter().find(|told| {
        let by_bank = told.bank_ref.is_some() && told.bank_ref == step.bank_ref;
        let by_batch = told.batch_ref.is_some()
            && step
                .lines
                .iter()
                .all(|line| line.batch() == told.batch_ref.as_deref());
        told.amount.minor() == step.minor && (by_bank || by_batch)
    });
    Ok(match whole {
        Some(told) if told.standing == Standing::Nobody => {
            Some(Known::Divide(Box::new(told.clone())))
        }
        // A whole that was shared out already stays so.
        Some(told) => {
            let all = step.lines.iter().map(|_| Some(told.key.clone()));
            Some(Known::Same(all.collect()))
        }
        None => None,
    })
}

/// Notes a movement as told before.
pub(super) fn note(
    conn: &mut Conn,
    supplier: SupplierId,
    key: &str,
    same_as: String,
) -> Result<(), FlowError> {
    let outcome = store::bank::Outcome {
        same_as: Some(same_as),
        ..store::bank::Outcome::plain(Standing::Same)
    };
    Ok(store::bank::set_outcome(conn, supplier, key, &outcome)?)
}
