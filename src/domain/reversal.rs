//! Money that goes back through the provider: refunds by the supplier, and payments that a debtor's
//! bank takes back.

use crate::id::PaymentId;
use crate::invoice::Share;
use crate::ledger::{Account, Line};
use crate::money::{Currency, Money, MoneyError};

text_enum! {
    /// Why money goes back.
    pub enum Cause {
        /// The supplier gives it back.
        Refund = "refund",
        /// The cardholder contests the payment at the bank.
        Dispute = "dispute",
        /// The debtor's bank takes a debit back that had succeeded; there is no appeal.
        DebitBack = "debit_back",
    }
}

text_enum! {
    /// How money that may go back stands.
    pub enum ReversalState {
        /// Announced or contested: nothing is decided.
        Pending = "pending",
        /// It went back.
        Gone = "gone",
        /// It stays with the supplier.
        Kept = "kept",
        /// It had gone back, and came again: the refund failed at the debtor's bank.
        CameBack = "came_back",
    }
}

text_enum! {
    /// What can happen to it.
    pub enum ReversalEvent {
        /// The provider says that it went back.
        Went = "went",
        /// The provider says that it stays, or that it came again.
        Stayed = "stayed",
    }
}

machine!(
    "reversal",
    ReversalState,
    ReversalEvent,
    [
        (Pending, Went, Gone),
        (Pending, Stayed, Kept),
        (Kept, Went, Gone),
        (Gone, Stayed, CameBack),
    ]
);

/// A refund or a contested payment, as the provider tells it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Reversal {
    /// Of which payment.
    pub payment: PaymentId,
    /// The provider's own reference: `re_…` or `du_…`.
    pub reference: String,
    /// Why.
    pub cause: Cause,
    /// How it stands.
    pub state: ReversalState,
    /// How much.
    pub amount: Money,
}

/// The lines of a payment's entries, those of one account and invoice added up: none that is zero.
fn net(booked: &[Line]) -> Result<Vec<Line>, MoneyError> {
    let mut sums: Vec<Line> = Vec::with_capacity(booked.len());
    for line in booked {
        let same = |sum: &&mut Line| {
            let place = (sum.account, sum.invoice, sum.amount.currency());
            place == (line.account, line.invoice, line.amount.currency())
        };
        match sums.iter_mut().find(same) {
            Some(sum) => sum.amount = sum.amount.checked_add(line.amount)?,
            None => sums.push(*line),
        }
    }
    sums.retain(|line| !line.amount.is_zero());
    Ok(sums)
}

/// The entry by which an amount comes off what a payment had paid: first what was not used, then
/// the invoices it was counted on last. No more goes than is left of the payment; nothing of a
/// payment that went back already.
///
/// `booked` are all lines of the payment's settlement and earlier reversals, in their order.
pub fn unwind(booked: &[Line], amount: Money) -> Result<Vec<Line>, MoneyError> {
    let left = net(booked)?;
    let arrived: Vec<Line> = left.iter().copied().filter(is_money).collect();
    let used: Vec<Line> = left
        .into_iter()
        .filter(|line| line.amount.is_negative())
        .collect();
    let money = Money::sum(amount.currency(), arrived.iter().map(|line| line.amount))?;
    let amount = amount.at_least_zero().least(money)?;
    let mut rest = amount;
    let mut lines = Vec::new();
    let unused = used
        .iter()
        .filter(|line| line.account == Account::Unapplied);
    let counted = used
        .iter()
        .filter(|line| line.account != Account::Unapplied);
    for line in unused.chain(counted.rev()) {
        let back = line.amount.checked_neg()?.least(rest)?;
        rest = rest.checked_sub(back)?;
        lines.push(Line {
            amount: back,
            ..*line
        });
    }
    let mut gone = amount.checked_sub(rest)?;
    for line in &arrived {
        let off = line.amount.least(gone)?;
        gone = gone.checked_sub(off)?;
        lines.push(Line {
            amount: off.checked_neg()?,
            ..*line
        });
    }
    lines.retain(|line| !line.amount.is_zero());
    Ok(lines)
}

/// What an entry puts on invoices again.
#[must_use]
pub fn reopened(lines: &[Line]) -> Vec<Share> {
    let due = lines
        .iter()
        .filter(|line| line.account == Account::Receivable);
    let shares = due.filter_map(|line| {
        Some(Share {
            invoice: line.invoice?,
            amount: line.amount,
        })
    });
    shares.collect()
}

/// How much went back and did not come again, in the currency of its payment.
pub fn gone(all: &[Reversal], currency: Currency) -> Result<Money, MoneyError> {
    let went = all.iter().filter(|one| one.state == ReversalState::Gone);
    Money::sum(currency, went.map(|one| one.amount))
}

/// Whether anything is left of a payment after these entries.
pub fn anything_left(booked: &[Line]) -> Result<bool, MoneyError> {
    Ok(net(booked)?.iter().any(is_money))
}

/// Whether this is money that came in: a credit note that was deducted is none, and stays used.
fn is_money(line: &Line) -> bool {
    line.amount.is_positive() && line.account != Account::Receivable
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::id::{Id, InvoiceId};
    use crate::samples::eur;

    fn line(account: Account, invoice: Option<u128>, cents: i64) -> Line {
        Line {
            account,
            invoice: invoice.map(InvoiceId::from_bits),
            debtor: None,
            amount: eur(cents),
        }
    }

    /// 100.00 by card: 40.00 on invoice 1, 50.00 on invoice 2, 10.00 too much.
    fn settled() -> Vec<Line> {
        vec![
            line(Account::TransitCard, None, 10_000),
            line(Account::Receivable, Some(1), -4_000),
            line(Account::Receivable, Some(2), -5_000),
            line(Account::Unapplied, None, -1_000),
        ]
    }

    fn back(unused: i64, second: i64, first: i64) -> Vec<Line> {
        let all = [
            line(Account::Unapplied, None, unused),
            line(Account::Receivable, Some(2), second),
            line(Account::Receivable, Some(1), first),
            line(Account::TransitCard, None, -(unused + second + first)),
        ];
        let lines = all.into_iter().filter(|line| !line.amount.is_zero());
        lines.collect()
    }

    #[test]
    fn what_was_not_used_goes_first_then_the_last_invoice() {
        for (amount, expected) in [
            (0, back(0, 0, 0)),
            (-5, back(0, 0, 0)),
            (700, back(700, 0, 0)),
            (3_000, back(1_000, 2_000, 0)),
            (7_000, back(1_000, 5_000, 1_000)),
            (10_000, back(1_000, 5_000, 4_000)),
            (12_000, back(1_000, 5_000, 4_000)),
        ] {
            assert_eq!(unwind(&settled(), eur(amount)), Ok(expected), "{amount}");
        }
    }

    #[test]
    fn a_second_refund_goes_on_where_the_first_stopped() {
        let mut booked = settled();
        booked.extend(unwind(&booked, eur(3_000)).unwrap());
        assert_eq!(unwind(&booked, eur(4_000)), Ok(back(0, 3_000, 1_000)));
        booked.extend(unwind(&booked, eur(7_000)).unwrap());
        assert_eq!(anything_left(&booked), Ok(false));
        assert_eq!(unwind(&booked, eur(1)), Ok(vec![]));
    }

    #[test]
    fn only_what_stayed_away_is_gone() {
        let all: Vec<Reversal> = ReversalState::ALL
            .iter()
            .map(|state| Reversal {
                payment: PaymentId::from_bits(1),
                reference: state.to_string(),
                cause: Cause::Refund,
                state: *state,
                amount: eur(700),
            })
            .collect();
        assert_eq!(gone(&all, eur(0).currency()), Ok(eur(700)));
        assert_eq!(gone(&[], eur(0).currency()), Ok(eur(0)));
    }

    #[test]
    fn money_that_came_again_is_not_used_and_goes_first() {
        let mut booked = settled();
        booked.extend(unwind(&booked, eur(10_000)).unwrap());
        booked.push(line(Account::TransitCard, None, 2_000));
        booked.push(line(Account::Unapplied, None, -2_000));
        assert_eq!(anything_left(&booked), Ok(true));
        assert_eq!(unwind(&booked, eur(9_000)), Ok(back(2_000, 0, 0)));
    }

    #[test]
    fn a_credit_note_that_was_deducted_stays_used() {
        let mut booked = vec![
            line(Account::TransitCard, None, 8_000),
            line(Account::Receivable, Some(1), -10_000),
            line(Account::Receivable, Some(9), 2_000),
        ];
        let all = [
            line(Account::Receivable, Some(1), 8_000),
            line(Account::TransitCard, None, -8_000),
        ];
        for amount in [8_000, 9_500] {
            assert_eq!(unwind(&booked, eur(amount)), Ok(all.to_vec()), "{amount}");
        }
        booked.extend(all);
        assert_eq!(anything_left(&booked), Ok(false));
    }

    #[test]
    fn only_invoices_are_due_again() {
        let shares = reopened(&back(1_000, 5_000, 4_000));
        let found: Vec<_> = shares
            .iter()
            .map(|one| (one.invoice.bits(), one.amount))
            .collect();
        assert_eq!(found, [(2, eur(5_000)), (1, eur(4_000))]);
    }

    proptest! {
        #[test]
        fn every_entry_sums_to_nothing_and_no_more_goes_than_came(
            parts in prop::collection::vec(1..10_000_i64, 0..5), unused in 0..1_000_i64,
            refunds in prop::collection::vec(1..20_000_i64, 0..6),
        ) {
            let came = parts.iter().sum::<i64>() + unused;
            prop_assume!(came > 0);
            let mut booked = vec![line(Account::TransitCard, None, came)];
            for (place, part) in (1..).zip(&parts) {
                booked.push(line(Account::Receivable, Some(place), -part));
            }
            booked.push(line(Account::Unapplied, None, -unused));
            let mut gone = 0;
            for refund in refunds {
                let lines = unwind(&booked, eur(refund)).unwrap();
                let sum: i64 = lines.iter().map(|line| line.amount.minor()).sum();
                prop_assert_eq!(sum, 0);
                let off = lines.iter().filter(|line| line.account == Account::TransitCard);
                let off: i64 = off.map(|line| -line.amount.minor()).sum();
                prop_assert_eq!(off, refund.min(came - gone));
                gone += off;
                booked.extend(lines);
            }
            prop_assert_eq!(anything_left(&booked), Ok(gone < came));
        }
    }
}
