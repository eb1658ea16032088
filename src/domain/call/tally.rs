//! What a day's or a week's calls came to.

use std::collections::{BTreeMap, BTreeSet};

use super::{Call, Cause, Outcome, cause};
use crate::money::{Currency, Money, MoneyError};

/// How many, and how much of each currency.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Sum {
    /// How many.
    pub count: usize,
    /// How much, one amount a currency.
    pub amounts: Vec<Money>,
}

impl Sum {
    fn of(amounts: impl IntoIterator<Item = Money>) -> Result<Self, MoneyError> {
        let (mut sums, mut count) = (BTreeMap::<Currency, Money>::new(), 0);
        for amount in amounts {
            let currency = amount.currency();
            let sum = sums.entry(currency).or_insert(Money::zero(currency));
            *sum = sum.checked_add(amount)?;
            count += 1;
        }
        Ok(Self {
            count,
            amounts: sums.into_values().collect(),
        })
    }
}

/// The figures of a campaign.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Tally {
    /// Calls made.
    pub made: usize,
    /// Of which whoever deals with the account was reached.
    pub reached: usize,
    /// Invoices argued, each once however often it was.
    pub argued: Sum,
    /// Promises.
    pub promises: Sum,
    /// Refusals, with what was argued in them.
    pub refusals: Sum,
    /// Why nothing is paid: invoices by cause, each once.
    pub causes: Vec<(Cause, Sum)>,
    /// What came of the calls.
    pub outcomes: Vec<(Outcome, usize)>,
    /// Calls that are to follow.
    pub next_calls: usize,
}

/// Adds calls up, given oldest first: of an invoice that was argued twice the last amount counts.
pub fn tally(calls: &[Call]) -> Result<Tally, MoneyError> {
    let reached = calls.iter().filter(|one| one.outcome.is_reached());
    let refused = |one: &&Call| one.outcome == Outcome::Refusal;
    let refusals = calls.iter().filter(refused);
    let mut causes = Vec::new();
    for wanted in Cause::ALL {
        let told = |one: &&Call| cause(one.outcome, one.reason) == Some(*wanted);
        let some = calls.iter().filter(told);
        let own = items(some.clone())?;
        if some.count() > 0 {
            causes.push((*wanted, own));
        }
    }
    let count = |outcome: Outcome| calls.iter().filter(|one| one.outcome == outcome).count();
    let outcomes = Outcome::ALL.iter().map(|one| (*one, count(*one)));
    let promised = calls.iter().filter_map(|one| one.promised);
    Ok(Tally {
        made: calls.len(),
        reached: reached.clone().count(),
        argued: items(reached)?,
        promises: Sum::of(promised.map(|(amount, _)| amount))?,
        refusals: Sum {
            count: refusals.clone().count(),
            amounts: items(refusals)?.amounts,
        },
        causes,
        outcomes: outcomes.filter(|(_, count)| *count > 0).collect(),
        next_calls: next(calls),
    })
}

fn items<'a>(calls: impl Iterator<Item = &'a Call>) -> Result<Sum, MoneyError> {
    let mut latest = BTreeMap::new();
    for one in calls {
        latest.extend(one.argued.iter().copied());
    }
    Sum::of(latest.into_values())
}

/// Accounts whose last call names a next one.
fn next(calls: &[Call]) -> usize {
    let (mut seen, mut count) = (BTreeSet::new(), 0);
    for one in calls.iter().rev() {
        if seen.insert(one.debtor) && one.next_at.is_some() {
            count += 1;
        }
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::day::Moment;
    use crate::dispute::Reason;
    use crate::id::{CallId, DebtorId, Id, InvoiceId};

    fn call(place: u128, outcome: Outcome, argued: &[(u128, i64)]) -> Call {
        Call {
            id: CallId::from_bits(place),
            debtor: DebtorId::from_bits(place),
            contact: None,
            message: None,
            outcome,
            reason: None,
            note: String::new(),
            promised: None,
            next_at: None,
            at: Moment::from_seconds(0),
            by: "staff".into(),
            argued: argued
                .iter()
                .map(|(id, cents)| (InvoiceId::from_bits(*id), Money::eur(*cents)))
                .collect(),
        }
    }

    #[test]
    fn a_day_is_added_up() {
        let mut promise = call(1, Outcome::Promise, &[(1, 10_000), (2, 5_000)]);
        promise.promised = Some((Money::eur(12_000), "2026-11-30".parse().unwrap()));
        let mut dispute = call(2, Outcome::Dispute, &[(3, 7_000)]);
        dispute.reason = Some(Reason::Price);
        let mut again = call(3, Outcome::NoAnswer, &[]);
        again.next_at = Some(Moment::from_seconds(9));
        let refusal = call(4, Outcome::Refusal, &[(4, 1_000), (1, 9_000)]);
        let found = tally(&[promise, dispute, again, refusal]).unwrap();
        let sum = |count, cents| Sum {
            count,
            amounts: vec![Money::eur(cents)],
        };
        assert_eq!((found.made, found.reached, found.next_calls), (4, 3, 1));
        assert_eq!(found.argued, sum(4, 22_000));
        assert_eq!(found.promises, sum(1, 12_000));
        assert_eq!(found.refusals, sum(1, 10_000));
        assert_eq!(
            found.causes,
            [
                (Cause::Commercial, sum(1, 7_000)),
                (Cause::Refusal, sum(2, 10_000))
            ]
        );
        assert_eq!(found.outcomes.len(), 4);
    }

    #[test]
    fn nothing_comes_to_nothing() {
        let found = tally(&[]).unwrap();
        assert_eq!((found.made, found.argued.count), (0, 0));
        assert!(found.outcomes.is_empty() && found.causes.is_empty());
    }
}
