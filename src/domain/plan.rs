//! Delays and instalment plans: what is asked, what a supplier accepts by itself, how one ends.
//!
//! A delay is a plan of one instalment. Each instalment of an agreed plan is a promise.

mod progress;
#[cfg(test)]
mod tests;

use crate::day::{Day, Moment};
use crate::id::{DebtorId, MandateId, PlanId, PromiseId, SupplierId};
use crate::invoice::Share;
use crate::money::{Money, MoneyError};

pub use progress::{Look, look, paid_of, spread};

text_enum! {
    /// States of a plan (`reliability.md` §E).
    pub enum PlanState {
        /// Asked for; the supplier must answer.
        Proposed = "proposed",
        /// The supplier offers other days or amounts; the debtor must answer.
        Countered = "countered",
        /// Agreed; about to run.
        Approved = "approved",
        /// Runs.
        Active = "active",
        /// All of it was paid.
        Done = "done",
        /// An instalment stayed away after notice: all is due again.
        Defaulted = "defaulted",
        /// One side said no.
        Refused = "refused",
        /// The debtor asked for something else instead.
        Replaced = "replaced",
        /// Taken back, or ended by the supplier.
        Cancelled = "cancelled",
    }
}

text_enum! {
    /// What can happen to a plan.
    pub enum PlanEvent {
        /// The supplier agrees, or its bounds do.
        Approve = "approve",
        /// The supplier offers something else.
        Counter = "counter",
        /// The debtor takes the offer.
        Agree = "agree",
        /// The side whose turn it is says no.
        Refuse = "refuse",
        /// The debtor asks for something else.
        Replace = "replace",
        /// It begins.
        Start = "start",
        /// All is paid.
        Finish = "finish",
        /// Money that finished it was taken back.
        Reopen = "reopen",
        /// The notice after a missed instalment has run out.
        Default = "default",
        /// Taken back, or ended.
        Cancel = "cancel",
    }
}

machine!(
    "plan",
    PlanState,
    PlanEvent,
    [
        (Proposed, Approve, Approved),
        (Proposed, Counter, Countered),
        (Proposed, Refuse, Refused),
        (Proposed, Replace, Replaced),
        (Proposed, Cancel, Cancelled),
        (Countered, Agree, Approved),
        (Countered, Refuse, Refused),
        (Countered, Replace, Replaced),
        (Countered, Cancel, Cancelled),
        (Approved, Start, Active),
        (Active, Finish, Done),
        (Active, Default, Defaulted),
        (Active, Cancel, Cancelled),
        (Done, Reopen, Active),
    ]
);

impl PlanState {
    /// Whether the request itself keeps its amounts out of reminders: while it is the supplier's
    /// turn. An offer that the debtor leaves unanswered holds nothing; an active plan holds
    /// through the promises of its instalments.
    #[must_use]
    pub const fn holds(self) -> bool {
        matches!(self, Self::Proposed)
    }

    /// Whether an answer is awaited, from either side.
    #[must_use]
    pub const fn waits(self) -> bool {
        matches!(self, Self::Proposed | Self::Countered)
    }
}

/// Instalments of one plan, at most.
pub const PARTS_MAX: usize = 12;

/// Days ahead that any plan may reach.
pub const DAYS_MAX: i64 = 366;

/// Days before an instalment's day on which its debit is ordered: the debtor is told two weeks
/// ahead, whatever the weekday.
pub const DEBIT_AHEAD_DAYS: i64 = 20;

/// Days after the notice of a missed instalment, until which it can still be paid.
pub const NOTICE_DAYS: i64 = 8;

/// A day and an amount.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Part {
    /// When.
    pub due_on: Day,
    /// How much.
    pub amount: Money,
}

/// One instalment of a plan.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Instalment {
    /// When and how much.
    pub part: Part,
    /// The promise it became when the plan was agreed.
    pub promise: Option<PromiseId>,
    /// The day it was found missing.
    pub missed_on: Option<Day>,
}

/// A delay or instalment plan.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Plan {
    /// Id.
    pub id: PlanId,
    /// To whom.
    pub supplier: SupplierId,
    /// Who asks.
    pub debtor: DebtorId,
    /// The sum of the shares, and of the instalments.
    pub amount: Money,
    /// Where it stands.
    pub state: PlanState,
    /// Which proposal counts: 0 the debtor's, 1 the supplier's.
    pub round: u16,
    /// Why, in the debtor's words.
    pub reason: String,
    /// What the supplier said last.
    pub words: String,
    /// When it was asked for: money counts from here on.
    pub asked_at: Moment,
    /// The day by which the supplier says it will answer.
    pub answer_by: Day,
    /// When it was agreed.
    pub agreed_at: Option<Moment>,
    /// The mandate under which its instalments are debited, if they are.
    pub mandate: Option<MandateId>,
    /// Which invoices, and how much of each.
    pub shares: Vec<Share>,
    /// The instalments of the proposal that counts, in order.
    pub parts: Vec<Instalment>,
}

/// Why instalments make no plan.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PlanError {
    /// None, or too many.
    #[error("a plan has 1 to {PARTS_MAX} instalments")]
    Count,
    /// An instalment of nothing.
    #[error("instalment {0} is of nothing")]
    Nothing(usize),
    /// A day outside the limits.
    #[error("instalment {place} must be between {first} and {last}")]
    Outside {
        /// Which instalment, from 0.
        place: usize,
        /// The first day it can have.
        first: Day,
        /// The last day it can have.
        last: Day,
    },
    /// The instalments are not the amount.
    #[error("the instalments come to {found}, not to {wanted}")]
    Sum {
        /// What they come to.
        found: Money,
        /// What they must come to.
        wanted: Money,
    },
    /// Two currencies or a sum out of range.
    #[error(transparent)]
    Money(#[from] MoneyError),
}

/// Checks instalments: one after the other, from `first` on, and their sum exact to the cent.
pub fn check(parts: &[Part], total: Money, first: Day) -> Result<(), PlanError> {
    if parts.is_empty() || parts.len() > PARTS_MAX {
        return Err(PlanError::Count);
    }
    let last = first.plus_days(DAYS_MAX);
    let mut from = first;
    for (place, part) in parts.iter().enumerate() {
        if !part.amount.is_positive() {
            return Err(PlanError::Nothing(place));
        }
        if part.due_on < from || part.due_on > last {
            let first = from;
            return Err(PlanError::Outside { place, first, last });
        }
        from = part.due_on.plus_days(1);
    }
    let found = Money::sum(total.currency(), parts.iter().map(|part| part.amount))?;
    if found == total {
        Ok(())
    } else {
        let wanted = total;
        Err(PlanError::Sum { found, wanted })
    }
}

/// Equal amounts that sum to the total; what does not divide is on the first.
pub fn equal(total: Money, count: usize) -> Result<Vec<Money>, MoneyError> {
    let parts = i64::try_from(count.clamp(1, PARTS_MAX)).unwrap_or(1);
    let each = Money::new(total.minor().div_euclid(parts), total.currency());
    let rest = Money::new(total.minor().rem_euclid(parts), total.currency());
    let mut amounts = vec![each.checked_add(rest)?];
    amounts.extend((1..parts).map(|_| each));
    Ok(amounts)
}

/// What a supplier accepts without being asked.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Bounds {
    /// Instalments, at most; 0 accepts nothing by itself.
    pub parts_max: u16,
    /// Days from the request to the last instalment, at most.
    pub days_max: u16,
    /// The first of several instalments, at least, in percent of the whole.
    pub first_percent_min: u16,
    /// The whole, at most; other currencies are never accepted by themselves.
    pub total_max: Money,
}

impl Bounds {
    /// Whether a plan that was asked for today is within them.
    #[must_use]
    pub fn accept(&self, parts: &[Part], total: Money, today: Day) -> bool {
        let (Some(first), Some(last)) = (parts.first(), parts.last()) else {
            return false;
        };
        let few = parts.len() <= usize::from(self.parts_max);
        let soon = last.due_on <= today.plus_days(i64::from(self.days_max));
        let small = total.currency() == self.total_max.currency()
            && total.minor() <= self.total_max.minor();
        let paid = i128::from(first.amount.minor()).saturating_mul(100);
        let asked = i128::from(total.minor()).saturating_mul(self.first_percent_min.into());
        few && soon && small && (parts.len() == 1 || paid >= asked)
    }
}
