//! Telephone calls: what came of one, and in which order a day's calls are made.

mod tally;

pub use tally::{Sum, Tally, tally};

use crate::day::{Day, Moment};
use crate::dispute::{Category, Reason};
use crate::id::{CallId, ContactId, DebtorId, InvoiceId, MessageId};
use crate::money::Money;

text_enum! {
    /// What came of a call (`law.md` §7).
    pub enum Outcome {
        /// A payment is promised for a day.
        Promise = "promise",
        /// More time is asked for.
        Delay = "delay",
        /// Something blocks an invoice.
        Dispute = "dispute",
        /// The invoice is to be sent again.
        ResendInvoice = "resend_invoice",
        /// They say that it is paid.
        AlreadyPaid = "already_paid",
        /// They lack the money.
        CashProblem = "cash_problem",
        /// Somebody else deals with it.
        WrongContact = "wrong_contact",
        /// It is doubtful that they ever pay.
        Doubtful = "doubtful",
        /// Money of theirs is not allotted in our books.
        UnappliedPayment = "unapplied_payment",
        /// Nobody answered.
        NoAnswer = "no_answer",
        /// A message was left.
        Voicemail = "voicemail",
        /// To be called again.
        CallBack = "call_back",
        /// They refuse to pay.
        Refusal = "refusal",
    }
}

impl Outcome {
    /// Whether the step is done: somebody was spoken to. Else it is called again.
    #[must_use]
    pub const fn ends_step(self) -> bool {
        !matches!(self, Self::NoAnswer | Self::Voicemail | Self::CallBack)
    }

    /// Whether whoever deals with the account was reached.
    #[must_use]
    pub const fn is_reached(self) -> bool {
        self.ends_step() && !matches!(self, Self::WrongContact)
    }

    /// Whether it says that the supplier is to look into an invoice.
    #[must_use]
    pub const fn disputes(self) -> bool {
        matches!(
            self,
            Self::Dispute | Self::AlreadyPaid | Self::UnappliedPayment
        )
    }

    /// Whether invoices must be named for it.
    #[must_use]
    pub const fn needs_invoices(self) -> bool {
        self.disputes() || self.takes_day()
    }

    /// Whether a day goes with it, and an amount may.
    #[must_use]
    pub const fn takes_day(self) -> bool {
        matches!(self, Self::Promise | Self::Delay)
    }

    /// Whether it must be said what blocks.
    #[must_use]
    pub const fn takes_reason(self) -> bool {
        self.disputes() && self.reason().is_none()
    }

    /// The reason of a dispute that goes without saying.
    #[must_use]
    pub const fn reason(self) -> Option<Reason> {
        match self {
            Self::AlreadyPaid | Self::UnappliedPayment => Some(Reason::AlreadyPaid),
            _ => None,
        }
    }
}

text_enum! {
    /// Why an account is not paid, as a campaign counts it.
    pub enum Cause {
        /// Billing and paperwork.
        Administrative = "administrative",
        /// Delivery.
        Logistic = "logistic",
        /// Price and terms.
        Commercial = "commercial",
        /// The product or service itself.
        Technical = "technical",
        /// No money, or more time is wanted.
        Cash = "cash",
        /// They will not pay, or may never.
        Refusal = "refusal",
    }
}

/// Why an account is not paid by what came of a call; none where nothing was said about it.
#[must_use]
pub const fn cause(outcome: Outcome, reason: Option<Reason>) -> Option<Cause> {
    match (outcome, reason) {
        (_, Some(reason)) => Some(match reason.category() {
            Category::Administrative => Cause::Administrative,
            Category::Logistic => Cause::Logistic,
            Category::Commercial => Cause::Commercial,
            Category::Technical => Cause::Technical,
        }),
        (Outcome::ResendInvoice, None) => Some(Cause::Administrative),
        (Outcome::CashProblem | Outcome::Delay, None) => Some(Cause::Cash),
        (Outcome::Refusal | Outcome::Doubtful, None) => Some(Cause::Refusal),
        _ => None,
    }
}

/// A call that was made.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Call {
    /// Id.
    pub id: CallId,
    /// With which account.
    pub debtor: DebtorId,
    /// With whom, when that is known.
    pub contact: Option<ContactId>,
    /// The step it was made for, if any.
    pub message: Option<MessageId>,
    /// What came of it.
    pub outcome: Outcome,
    /// What blocks, when something does.
    pub reason: Option<Reason>,
    /// What was said, in the caller's words.
    pub note: String,
    /// What was promised, and for when.
    pub promised: Option<(Money, Day)>,
    /// When to call again.
    pub next_at: Option<Moment>,
    /// When it was made.
    pub at: Moment,
    /// By whom.
    pub by: String,
    /// The invoices that were argued, each with what was asked of it.
    pub argued: Vec<(InvoiceId, Money)>,
}

/// What decides when an account is called.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Weight {
    /// Whether it broke a promise lately.
    pub broke_promise: bool,
    /// What is overdue of it, each amount in whole units times its days; currencies are not
    /// converted.
    pub unit_days: i128,
    /// When it may be called.
    pub due_at: Moment,
}

/// Adds what an invoice weighs: its amount in whole units times the days it is late.
#[must_use]
pub fn unit_days(amount: Money, due_on: Day, today: Day) -> i128 {
    let days = i128::from(due_on.days_until(today).max(0));
    let scale = 10_i128.pow(amount.currency().exponent());
    i128::from(amount.minor())
        .checked_div(scale)
        .unwrap_or_default()
        .saturating_mul(days)
}

/// Sorts by it: broken promises first, then the most overdue, then whoever waits longest.
#[must_use]
pub fn order(one: &Weight, other: &Weight) -> std::cmp::Ordering {
    let key = |weight: &Weight| {
        (
            std::cmp::Reverse(weight.broke_promise),
            std::cmp::Reverse(weight.unit_days),
            weight.due_at,
        )
    };
    key(one).cmp(&key(other))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    #[test]
    fn every_outcome_ends_its_step_or_is_called_again() {
        let again: Vec<_> = Outcome::ALL.iter().filter(|one| !one.ends_step()).collect();
        assert_eq!(
            again,
            [&Outcome::NoAnswer, &Outcome::Voicemail, &Outcome::CallBack]
        );
        for outcome in Outcome::ALL {
            assert!(!outcome.is_reached() || outcome.ends_step());
            assert!(!outcome.disputes() || outcome.needs_invoices());
        }
    }

    #[test]
    fn a_day_goes_with_promises_and_delays_and_a_reason_is_said_where_none_is_understood() {
        let all = |takes: fn(Outcome) -> bool| {
            let some = Outcome::ALL.iter().filter(|one| takes(**one));
            some.copied().collect::<Vec<_>>()
        };
        assert_eq!(all(Outcome::takes_day), [Outcome::Promise, Outcome::Delay]);
        assert_eq!(all(Outcome::takes_reason), [Outcome::Dispute]);
    }

    #[test]
    fn causes_are_of_the_reason_or_of_what_came() {
        assert_eq!(
            cause(Outcome::Dispute, Some(Reason::MissingItems)),
            Some(Cause::Logistic)
        );
        assert_eq!(cause(Outcome::CashProblem, None), Some(Cause::Cash));
        assert_eq!(cause(Outcome::Refusal, None), Some(Cause::Refusal));
        assert_eq!(cause(Outcome::Promise, None), None);
        assert_eq!(cause(Outcome::NoAnswer, None), None);
    }

    #[test]
    fn who_broke_a_promise_comes_first_then_who_owes_most_for_longest() {
        let today = day("2026-11-22");
        let weigh = |broke, cents, due: &str, at| Weight {
            broke_promise: broke,
            unit_days: unit_days(Money::eur(cents), day(due), today),
            due_at: Moment::from_seconds(at),
        };
        let small = weigh(true, 10_000, "2026-11-20", 9);
        let old = weigh(false, 100_000, "2026-08-01", 8);
        let large = weigh(false, 1_000_000, "2026-11-12", 7);
        let early = weigh(false, 1_000_000, "2026-11-12", 6);
        let mut all = [large, old, small, early];
        all.sort_by(order);
        assert_eq!(all, [small, old, early, large]);
        assert_eq!(unit_days(Money::eur(12_345), day("2026-11-20"), today), 246);
        assert_eq!(unit_days(Money::eur(12_345), day("2026-12-20"), today), 0);
    }
}
