//! The ledger: double entry in minor units, append-only, every entry summing to nothing.

use crate::day::Day;
use crate::id::{DebtorId, InvoiceId, SupplierId};
use crate::late::ChargeKind;
use crate::money::{Money, MoneyError};

text_enum! {
    /// Accounts of the ledger.
    pub enum Account {
        /// What an invoice leaves to pay; a credit note or receipt is negative here.
        Receivable = "receivable",
        /// The supplier's own books, against which imports are asserted.
        Books = "books",
        /// Card money on its way to the supplier's bank.
        TransitCard = "transit_card",
        /// Direct-debit money on its way.
        TransitDebit = "transit_debit",
        /// Money on the supplier's bank account.
        Bank = "bank",
        /// Money of a debtor that belongs to no invoice yet.
        Unapplied = "unapplied",
        /// Money of nobody known.
        Suspense = "suspense",
        /// Interest that debtors paid for lateness.
        LateInterest = "late_interest",
        /// Indemnities that debtors paid for lateness.
        LateIndemnity = "late_indemnity",
        /// What the supplier's bank takes for debits that came back.
        BankFee = "bank_fee",
        /// Credit notes told here before the supplier's books name them.
        CreditNote = "credit_note",
    }
}

impl Account {
    /// Where what is paid for lateness is booked.
    #[must_use]
    pub const fn of_charge(kind: ChargeKind) -> Self {
        match kind {
            ChargeKind::Interest => Self::LateInterest,
            ChargeKind::Indemnity => Self::LateIndemnity,
        }
    }
}

text_enum! {
    /// What an entry records; with its source it is unique, so no fact is booked twice.
    pub enum TxKind {
        /// A balance file asserted open amounts.
        Import = "import",
        /// A payment's money arrived and was allocated.
        Settlement = "settlement",
        /// A payment's money went back.
        Reversal = "reversal",
        /// A credit note settled a dispute.
        Credit = "credit",
        /// What the bank kept for its services.
        Fee = "fee",
    }
}

/// One side of an entry: debit positive, credit negative, never nothing.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Line {
    /// Which account.
    pub account: Account,
    /// Which open item, for receivables.
    pub invoice: Option<InvoiceId>,
    /// Which debtor, where one is known.
    pub debtor: Option<DebtorId>,
    /// How much.
    pub amount: Money,
}

/// An entry about to be recorded.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Entry {
    /// Whose ledger.
    pub supplier: SupplierId,
    /// What happened.
    pub kind: TxKind,
    /// What it happened to: the payment's, import's or reversal's own id.
    pub source: String,
    /// The day it counts from.
    pub effective_on: Day,
    /// Its sides.
    pub lines: Vec<Line>,
}

/// Why an entry cannot be recorded.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LedgerError {
    /// The sides do not sum to nothing.
    #[error("the entry is out of balance by {0}")]
    Unbalanced(Money),
    /// An entry without sides records nothing.
    #[error("the entry has no line")]
    Empty,
    /// A side of nothing.
    #[error("a line of the entry is zero")]
    ZeroLine,
    /// The sums leave the range.
    #[error(transparent)]
    Money(#[from] MoneyError),
}

impl Entry {
    /// Checks that the sides sum to nothing in each currency and that none is zero.
    pub fn check(&self) -> Result<(), LedgerError> {
        let mut sums: std::collections::BTreeMap<_, Money> = std::collections::BTreeMap::new();
        for line in &self.lines {
            if line.amount.is_zero() {
                return Err(LedgerError::ZeroLine);
            }
            let currency = line.amount.currency();
            let sum = sums
                .entry(currency)
                .or_insert_with(|| Money::zero(currency));
            *sum = sum.checked_add(line.amount)?;
        }
        if sums.is_empty() {
            return Err(LedgerError::Empty);
        }
        sums.values()
            .find(|sum| !sum.is_zero())
            .map_or(Ok(()), |sum| Err(LedgerError::Unbalanced(*sum)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::Id;
    use crate::samples::{day, eur, usd};

    fn check(amounts: &[Money]) -> Result<(), LedgerError> {
        let line = |amount: &Money| Line {
            account: Account::Receivable,
            invoice: None,
            debtor: None,
            amount: *amount,
        };
        let entry = Entry {
            supplier: SupplierId::from_bits(1),
            kind: TxKind::Import,
            source: "imp_1".to_owned(),
            effective_on: day("2026-03-01"),
            lines: amounts.iter().map(line).collect(),
        };
        entry.check()
    }

    #[test]
    fn every_currency_sums_to_nothing() {
        assert_eq!(check(&[eur(100), eur(-60), eur(-40)]), Ok(()));
        assert_eq!(check(&[eur(100), usd(7), eur(-100), usd(-7)]), Ok(()));
        let unbalanced = check(&[eur(100), eur(-99)]);
        assert_eq!(unbalanced, Err(LedgerError::Unbalanced(eur(1))));
        let crossed = check(&[eur(100), usd(-100)]);
        assert!(matches!(crossed, Err(LedgerError::Unbalanced(_))));
    }

    #[test]
    fn lines_of_nothing_and_sums_out_of_range_are_refused() {
        assert_eq!(check(&[]), Err(LedgerError::Empty));
        assert_eq!(
            check(&[eur(5), eur(0), eur(-5)]),
            Err(LedgerError::ZeroLine)
        );
        let huge = check(&[eur(i64::MAX), eur(1)]);
        assert_eq!(huge, Err(LedgerError::Money(MoneyError::TooLarge)));
    }
}
