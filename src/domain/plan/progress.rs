//! How far money has come in a plan: instalments are paid in their order, whichever of the plan's
//! invoices the money reached.

use super::{Instalment, NOTICE_DAYS};
use crate::day::Day;
use crate::invoice::Share;
use crate::money::{Money, MoneyError};

/// How much of each instalment this sum pays, the first one first.
pub fn paid_of(amounts: &[Money], received: Money) -> Result<Vec<Money>, MoneyError> {
    let mut rest = received.at_least_zero();
    let mut paid = Vec::with_capacity(amounts.len());
    for amount in amounts {
        let part = amount.least(rest)?;
        rest = rest.checked_sub(part)?;
        paid.push(part);
    }
    Ok(paid)
}

/// Which invoices each of these amounts is for, in the order of the shares; what the shares do not
/// cover is for none.
pub fn spread(shares: &[Share], amounts: &[Money]) -> Result<Vec<Vec<Share>>, MoneyError> {
    let mut left: Vec<Share> = shares.to_vec();
    let mut spread = Vec::with_capacity(amounts.len());
    for amount in amounts {
        let mut rest = *amount;
        let mut own = Vec::new();
        for share in &mut left {
            let taken = share.amount.least(rest)?;
            if taken.is_positive() {
                share.amount = share.amount.checked_sub(taken)?;
                rest = rest.checked_sub(taken)?;
                own.push(Share {
                    invoice: share.invoice,
                    amount: taken,
                });
            }
        }
        spread.push(own);
    }
    Ok(spread)
}

/// How an instalment that waits stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Look {
    /// Its day or the grace is still to come.
    Waits,
    /// All of it came in time.
    Kept,
    /// All of it came, but after the grace; whether a part was in time.
    Late {
        /// Whether a part was in time.
        partly: bool,
    },
    /// The grace is over and it is not paid: notice is given, once.
    Missed,
    /// Notice was given, and has run out.
    Over,
}

/// Judges an instalment whose grace ends on `grace_ends`, by what was paid of it in time and so
/// far.
#[must_use]
pub fn look(one: &Instalment, in_time: Money, so_far: Money, grace_ends: Day, today: Day) -> Look {
    let whole = one.part.amount.minor();
    if in_time.minor() >= whole {
        return Look::Kept;
    }
    if so_far.minor() >= whole {
        let partly = in_time.is_positive();
        return Look::Late { partly };
    }
    match one.missed_on {
        None if today > grace_ends => Look::Missed,
        Some(on) if today > on.plus_days(NOTICE_DAYS) => Look::Over,
        _ => Look::Waits,
    }
}
