//! Promises: the debtor says when it pays, and the promise is judged by the day of the money.

use crate::day::{Day, Moment};
use crate::id::{DebtorId, PaymentId, PlanId, PromiseId, SupplierId};
use crate::invoice::Share;
use crate::money::Money;
use crate::payment::Method;
use crate::target;

text_enum! {
    /// States of a promise (`reliability.md` §E).
    pub enum PromiseState {
        /// Waiting for its day.
        Made = "made",
        /// All of it came in time.
        Kept = "kept",
        /// All of it came, but not all of it in time.
        KeptLate = "kept_late",
        /// Some of it came in time.
        PartlyKept = "partly_kept",
        /// Nothing came in time.
        Broken = "broken",
        /// Replaced by a later promise or another arrangement.
        Superseded = "superseded",
        /// Taken back by the debtor before its day.
        Cancelled = "cancelled",
    }
}

text_enum! {
    /// What can happen to a promise.
    pub enum PromiseEvent {
        /// Judged: all paid.
        PaidInFull = "paid_in_full",
        /// Judged: all paid, but not all of it in time.
        PaidLate = "paid_late",
        /// Judged: part paid.
        PaidInPart = "paid_in_part",
        /// Judged: nothing paid.
        NotPaid = "not_paid",
        /// Another promise took its place.
        Replace = "replace",
        /// The debtor took it back.
        Cancel = "cancel",
        /// A payment that kept it was returned: judge again.
        Rejudge = "rejudge",
    }
}

machine!(
    "promise",
    PromiseState,
    PromiseEvent,
    [
        (Made, PaidInFull, Kept),
        (Made, PaidLate, KeptLate),
        (Made, PaidInPart, PartlyKept),
        (Made, NotPaid, Broken),
        (Made, Replace, Superseded),
        (Made, Cancel, Cancelled),
        (PartlyKept, PaidInFull, Kept),
        (PartlyKept, PaidLate, KeptLate),
        (Broken, PaidInFull, Kept),
        (Broken, PaidInPart, PartlyKept),
        (Broken, PaidLate, KeptLate),
        (KeptLate, PaidInFull, Kept),
        (KeptLate, Rejudge, Made),
        (Kept, Rejudge, Made),
        (PartlyKept, Rejudge, Made),
        (Broken, Rejudge, Made),
    ]
);

/// A promise to pay invoices on a day.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Promise {
    /// Id.
    pub id: PromiseId,
    /// To whom.
    pub supplier: SupplierId,
    /// By whom.
    pub debtor: DebtorId,
    /// The promised day.
    pub due_on: Day,
    /// The sum of the shares.
    pub amount: Money,
    /// Where it stands.
    pub state: PromiseState,
    /// When it was made.
    pub made_at: Moment,
    /// How the debtor says it will pay, if it did.
    pub method: Option<Method>,
    /// The transfer that is expected for it, or the debit that was ordered with it.
    pub payment: Option<PaymentId>,
    /// The plan it is an instalment of.
    pub plan: Option<PlanId>,
    /// Which invoices, and how much of each; of an instalment, what is left of it.
    pub shares: Vec<Share>,
}

impl Promise {
    /// Whether it keeps its shares out of reminders by itself. One by direct debit does not: the
    /// debit has taken the same amounts of the invoices, and a euro is held once.
    #[must_use]
    pub fn holds(&self) -> bool {
        self.method != Some(Method::Debit)
    }

    /// Whether the debtor can still change it or take it back.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.state == PromiseState::Made && self.plan.is_none()
    }
}

/// A promised day outside the supplier's limits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the day must be between {first} and {last}")]
pub struct OutsideLimits {
    /// The first day that is accepted.
    pub first: Day,
    /// The last day that is accepted.
    pub last: Day,
}

/// Checks a promised day: from tomorrow to `days_max` days ahead.
pub fn check_day(day: Day, today: Day, days_max: u16) -> Result<Day, OutsideLimits> {
    let limits = OutsideLimits {
        first: today.plus_days(1),
        last: today.plus_days(i64::from(days_max)),
    };
    if day < limits.first || day > limits.last {
        Err(limits)
    } else {
        Ok(day)
    }
}

/// Bank days after the promised one during which money still keeps the promise: a transfer ordered
/// on the day arrives on a later bank day.
pub const GRACE_BANK_DAYS: i64 = 2;

/// The last day on which money keeps a promise for this day.
#[must_use]
pub fn grace_ends(due_on: Day) -> Day {
    (0..GRACE_BANK_DAYS).fold(target::bank_day_from(due_on), |day, _| {
        target::next_bank_day(day)
    })
}

/// The money that reached the invoices of a promise since it was made; money of another currency
/// does not count.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Came {
    /// By the end of the grace.
    pub in_time: Money,
    /// Until today.
    pub by_now: Money,
    /// Whether a bank has still to answer for some of it: a debit tried again, or one that takes
    /// its days. Nothing is said to be missing meanwhile.
    pub under_way: bool,
}

/// What became of a promise, once its day and the grace have passed.
#[must_use]
pub fn judge(promise: &Promise, came: &Came, today: Day) -> Option<PromiseEvent> {
    let counts = |paid: Money| paid.currency() == promise.amount.currency();
    let whole = |paid: Money| counts(paid) && paid.minor() >= promise.amount.minor();
    if whole(came.in_time) {
        return Some(PromiseEvent::PaidInFull);
    }
    if today <= grace_ends(promise.due_on) {
        return None;
    }
    match came {
        _ if whole(came.by_now) => Some(PromiseEvent::PaidLate),
        Came {
            under_way: true, ..
        } => None,
        _ if counts(came.in_time) && came.in_time.is_positive() => Some(PromiseEvent::PaidInPart),
        _ => Some(PromiseEvent::NotPaid),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::Id;
    use crate::samples::{day, eur, usd};

    fn promise() -> Promise {
        Promise {
            id: PromiseId::from_bits(1),
            supplier: SupplierId::from_bits(1),
            debtor: DebtorId::from_bits(1),
            due_on: day("2026-03-10"),
            amount: eur(10_000),
            state: PromiseState::Made,
            made_at: Moment::from_seconds(0),
            method: None,
            payment: None,
            plan: None,
            shares: Vec::new(),
        }
    }

    #[test]
    fn a_promised_day_lies_within_the_limits() {
        let today = day("2026-03-01");
        for (promised, good) in [
            ("2026-02-28", false),
            ("2026-03-01", false),
            ("2026-03-02", true),
            ("2026-03-16", true),
            ("2026-03-17", false),
        ] {
            let found = check_day(day(promised), today, 15);
            assert_eq!(found.is_ok(), good, "{promised}");
        }
        let refused = check_day(today, today, 15).unwrap_err();
        assert_eq!(
            refused.to_string(),
            "the day must be between 2026-03-02 and 2026-03-16"
        );
        assert!(check_day(today.plus_days(1), today, 0).is_err());
    }

    #[test]
    fn a_promise_is_judged_by_the_money_after_the_grace() {
        let (grace, over) = ("2026-03-12", "2026-03-13");
        for (paid, today, expected) in [
            (eur(10_000), "2026-03-02", Some(PromiseEvent::PaidInFull)),
            (eur(12_000), over, Some(PromiseEvent::PaidInFull)),
            (eur(9_999), grace, None),
            (eur(9_999), over, Some(PromiseEvent::PaidInPart)),
            (eur(0), grace, None),
            (eur(0), over, Some(PromiseEvent::NotPaid)),
            (eur(-5), over, Some(PromiseEvent::NotPaid)),
            (usd(10_000), over, Some(PromiseEvent::NotPaid)),
        ] {
            let came = Came {
                in_time: paid,
                by_now: paid,
                under_way: false,
            };
            let found = judge(&promise(), &came, day(today));
            assert_eq!(found, expected, "{paid} {today}");
        }
    }

    #[test]
    fn what_comes_after_the_grace_keeps_it_late_and_what_is_under_way_is_awaited() {
        let (grace, over) = ("2026-03-12", "2026-03-13");
        for (in_time, by_now, under_way, today, expected) in [
            (0, 10_000, false, over, Some(PromiseEvent::PaidLate)),
            (4_000, 10_000, true, over, Some(PromiseEvent::PaidLate)),
            (10_000, 10_000, true, over, Some(PromiseEvent::PaidInFull)),
            (4_000, 9_999, false, over, Some(PromiseEvent::PaidInPart)),
            (0, 9_999, false, over, Some(PromiseEvent::NotPaid)),
            (4_000, 9_999, true, over, None),
            (0, 0, true, over, None),
            (0, 10_000, false, grace, None),
        ] {
            let came = Came {
                in_time: eur(in_time),
                by_now: eur(by_now),
                under_way,
            };
            let found = judge(&promise(), &came, day(today));
            assert_eq!(found, expected, "{came:?} {today}");
        }
    }

    #[test]
    fn the_grace_counts_bank_days() {
        for (due_on, ends) in [
            ("2026-03-10", "2026-03-12"),
            ("2026-03-12", "2026-03-16"),
            ("2026-03-14", "2026-03-18"),
            ("2026-12-23", "2026-12-28"),
            ("2027-03-25", "2027-03-31"),
        ] {
            assert_eq!(grace_ends(day(due_on)), day(ends), "{due_on}");
        }
    }

    #[test]
    fn a_promise_by_debit_holds_nothing_twice() {
        let mut promise = promise();
        assert!(promise.holds() && promise.is_open());
        promise.method = Some(Method::Transfer);
        assert!(promise.holds());
        promise.method = Some(Method::Debit);
        assert!(!promise.holds() && promise.is_open());
        promise.plan = Some(PlanId::from_bits(1));
        assert!(!promise.is_open(), "an instalment is changed with its plan");
    }
}
