//! What a debtor chose to pay: parts of invoices, what their lateness cost, less credit notes.

use crate::invoice::{Invoice, Share};
use crate::late::Charge;
use crate::money::{Currency, Money, MoneyError};
use rust_decimal::Decimal;

/// The least that a payment in part comes to where a supplier set nothing else, in whole units of
/// its currency. A card costs its supplier some cents whatever the amount.
pub const PART_MIN_DEFAULT: u16 = 10;

/// What a supplier may ask for as the least: 1 to this. More would keep debtors from paying.
pub const PART_MIN_MAX: u16 = 1_000;

/// The debtor's designation (Code civil 1342-10): it decides where its money and credits go.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Designation {
    /// What is paid of each invoice; positive amounts.
    pub shares: Vec<Share>,
    /// What is deducted of each credit note; positive amounts.
    pub credits: Vec<Share>,
    /// What is paid for lateness, beside the invoices.
    pub charges: Vec<Charge>,
}

impl From<Vec<Share>> for Designation {
    /// Invoices alone.
    fn from(shares: Vec<Share>) -> Self {
        Self {
            shares,
            ..Self::default()
        }
    }
}

/// Why a designation is no payment.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DesignationError {
    /// No invoice was chosen.
    #[error("no invoice is chosen")]
    Empty,
    /// The credit notes leave nothing to pay; the amount is what was chosen of invoices.
    #[error("the credit notes leave nothing to pay of {0}")]
    Covered(Money),
    /// The credit notes leave this to pay.
    #[error("the credit notes leave {0} to pay")]
    Uncovered(Money),
    /// A payment in part of less than this.
    #[error("a payment in part comes to at least {0}")]
    BelowMinimum(Money),
    /// Two currencies, or an amount out of range.
    #[error(transparent)]
    Money(#[from] MoneyError),
}

impl Designation {
    /// The invoices and the charges, and by how much the credits stay below them.
    fn sums(&self) -> Result<(Money, Money), DesignationError> {
        let charges = self.charges.iter().map(|charge| charge.amount);
        let gross = charges.fold(self.gross(), |sum, charge| Ok(sum?.checked_add(charge)?))?;
        let credits = self.credits.iter().map(|share| share.amount);
        let net = gross.checked_sub(Money::sum(gross.currency(), credits)?)?;
        Ok((gross, net))
    }

    /// What the credits settle alone, when they cover all that was chosen; and the same with no
    /// more of them than that takes: the last are left first.
    pub fn balanced(mut self) -> Result<(Money, Self), DesignationError> {
        let (gross, net) = self.sums()?;
        if net.is_positive() {
            return Err(DesignationError::Uncovered(net));
        }
        let mut over = net.checked_neg()?;
        for credit in self.credits.iter_mut().rev() {
            let left = credit.amount.least(over)?;
            credit.amount = credit.amount.checked_sub(left)?;
            over = over.checked_sub(left)?;
        }
        self.credits.retain(|credit| credit.amount.is_positive());
        Ok((gross, self))
    }

    /// The money it comes to, above nothing.
    pub fn net(&self) -> Result<Money, DesignationError> {
        let (gross, net) = self.sums()?;
        if net.is_positive() {
            Ok(net)
        } else {
            Err(DesignationError::Covered(gross))
        }
    }

    /// What was chosen of the invoices.
    pub fn gross(&self) -> Result<Money, DesignationError> {
        let first = self.shares.first().ok_or(DesignationError::Empty)?;
        let shares = self.shares.iter().map(|share| share.amount);
        Ok(Money::sum(first.amount.currency(), shares)?)
    }

    /// Refuses less money than the minimum, unless it pays all that can be paid of each invoice.
    pub fn check_minimum(
        &self,
        invoices: &[Invoice],
        minimum: Money,
    ) -> Result<(), DesignationError> {
        if self.net()?.minor() >= minimum.minor() || self.is_whole(invoices)? {
            Ok(())
        } else {
            Err(DesignationError::BelowMinimum(minimum))
        }
    }

    /// Whether each invoice is paid as far as it can be, or as far as a reminder asks.
    fn is_whole(&self, invoices: &[Invoice]) -> Result<bool, MoneyError> {
        for share in &self.shares {
            let Some(invoice) = invoices.iter().find(|one| one.id == share.invoice) else {
                return Ok(false);
            };
            let payable = invoice.payable()?;
            let undisputed = payable.checked_sub(invoice.disputed)?;
            let wholes = [payable, invoice.remindable()?, undisputed];
            if !wholes.contains(&share.amount) {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// All parts of items that a payment under way keeps from others.
    pub fn held(&self) -> impl Iterator<Item = &Share> {
        self.shares.iter().chain(&self.credits)
    }
}

/// The least that a payment in part comes to, from whole units of a currency.
pub fn minimum(units: u16, currency: Currency) -> Result<Money, MoneyError> {
    Money::from_decimal(Decimal::from(units), currency)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::{Id, InvoiceId};
    use crate::samples::{day, eur, invoice, usd};

    fn share(id: u128, cents: i64) -> Share {
        Share {
            invoice: InvoiceId::from_bits(id),
            amount: eur(cents),
        }
    }

    fn of(shares: &[(u128, i64)], credits: &[(u128, i64)]) -> Designation {
        Designation {
            shares: all(shares),
            credits: all(credits),
            charges: Vec::new(),
        }
    }

    fn all(parts: &[(u128, i64)]) -> Vec<Share> {
        let parts = parts.iter();
        parts.map(|(id, cents)| share(*id, *cents)).collect()
    }

    #[test]
    fn credits_are_deducted_and_leave_something_to_pay() {
        assert_eq!(of(&[(1, 100_000)], &[(9, 20_000)]).net(), Ok(eur(80_000)));
        assert_eq!(
            of(&[(1, 60), (2, 41)], &[(8, 50), (9, 50)]).net(),
            Ok(eur(1))
        );
        for credits in [100, 101] {
            let covered = of(&[(1, 100)], &[(9, credits)]).net();
            assert_eq!(covered, Err(DesignationError::Covered(eur(100))));
        }
        assert_eq!(of(&[], &[(9, 1)]).net(), Err(DesignationError::Empty));
        let mut mixed = of(&[(1, 100)], &[]);
        mixed.credits.push(Share {
            amount: usd(1),
            ..share(9, 1)
        });
        assert!(matches!(mixed.net(), Err(DesignationError::Money(_))));
    }

    #[test]
    fn credits_alone_settle_what_they_cover_and_no_more_of_them_is_used() {
        let exact = of(&[(1, 100)], &[(8, 60), (9, 40)]);
        assert_eq!(exact.clone().balanced(), Ok((eur(100), exact)));
        let (gross, used) = of(&[(1, 60), (2, 40)], &[(7, 70), (8, 50), (9, 1)])
            .balanced()
            .unwrap();
        assert_eq!(gross, eur(100));
        assert_eq!(used.credits, all(&[(7, 70), (8, 30)]));
        let short = of(&[(1, 100)], &[(9, 99)]).balanced();
        assert_eq!(short, Err(DesignationError::Uncovered(eur(1))));
        assert_eq!(of(&[], &[(9, 1)]).balanced(), Err(DesignationError::Empty));
    }

    #[test]
    fn what_lateness_cost_is_paid_beside() {
        let mut what = of(&[(1, 10_000)], &[(9, 2_000)]);
        what.charges.push(Charge {
            invoice: InvoiceId::from_bits(1),
            kind: crate::late::ChargeKind::Indemnity,
            amount: eur(4_000),
        });
        assert_eq!(what.net(), Ok(eur(12_000)));
    }

    #[test]
    fn a_part_comes_to_the_minimum_and_a_whole_to_whatever_it_is() {
        let mut partly = invoice(2, day("2026-02-28"), eur(50_000));
        partly.disputed = eur(49_500);
        let items = [invoice(1, day("2026-01-31"), eur(700)), partly];
        let least = minimum(PART_MIN_DEFAULT, Currency::EUR).unwrap();
        assert_eq!(least, eur(1_000));
        let fits = |shares: &[(u128, i64)], credits: &[(u128, i64)]| {
            of(shares, credits).check_minimum(&items, least)
        };
        let below = Err(DesignationError::BelowMinimum(least));
        assert_eq!(fits(&[(1, 700)], &[]), Ok(()), "a small invoice, whole");
        assert_eq!(fits(&[(1, 699)], &[]), below);
        assert_eq!(fits(&[(2, 500)], &[]), Ok(()), "all that is not disputed");
        assert_eq!(fits(&[(2, 999)], &[]), below);
        assert_eq!(fits(&[(2, 1_000)], &[]), Ok(()));
        assert_eq!(fits(&[(2, 1_500)], &[(9, 501)]), below, "the money counts");
        assert_eq!(
            fits(&[(2, 50_000)], &[(9, 49_999)]),
            Ok(()),
            "whole by a credit"
        );
        assert_eq!(
            fits(&[(3, 700)], &[]),
            below,
            "an unknown invoice is no whole"
        );
    }

    #[test]
    fn the_minimum_is_in_the_currency_of_the_invoices() {
        assert_eq!(minimum(10, usd(0).currency()), Ok(usd(1_000)));
        let yen: Currency = "JPY".parse().unwrap();
        assert_eq!(minimum(10, yen), Ok(Money::new(10, yen)));
    }
}
