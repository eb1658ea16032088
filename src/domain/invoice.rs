//! Open items: invoices, credit notes and receipts that are not allocated yet.

#[cfg(test)]
mod tests;

use crate::day::Day;
use crate::id::{DebtorId, InvoiceId, SupplierId};
use crate::money::{Currency, Money, MoneyError};

text_enum! {
    /// What an open item is. Amounts are magnitudes; the kind gives the sign.
    pub enum ItemKind {
        /// The debtor owes it.
        Invoice = "invoice",
        /// The supplier owes it: reduces the account.
        CreditNote = "credit_note",
        /// Money received and not matched yet in the supplier's books: reduces the account.
        Receipt = "receipt",
    }
}

impl ItemKind {
    /// What an amount of such an item means for the account: owed to the supplier, or, of a credit
    /// note or receipt, to the debtor.
    pub fn signed(self, amount: Money) -> Result<Money, MoneyError> {
        match self {
            Self::Invoice => Ok(amount),
            Self::CreditNote | Self::Receipt => amount.checked_neg(),
        }
    }
}

text_enum! {
    /// How an invoice stands, in the words a debtor meets.
    pub enum Standing {
        /// Nothing is open.
        Settled = "settled",
        /// All that is open is covered by payments under way.
        Processing = "processing",
        /// The rest of what is open is disputed.
        Disputed = "disputed",
        /// The rest of what is open is promised for a day to come.
        Promised = "promised",
        /// Due date passed.
        Late = "late",
        /// Not due yet.
        NotDue = "not_due",
    }
}

/// An open item. All amounts are non-negative magnitudes in one currency.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Invoice {
    /// Id.
    pub id: InvoiceId,
    /// Whose invoice.
    pub supplier: SupplierId,
    /// Who owes it.
    pub debtor: DebtorId,
    /// Invoice, credit note or receipt.
    pub kind: ItemKind,
    /// The document number in the supplier's books.
    pub number: String,
    /// The debtor's order number, when known.
    pub order_ref: Option<String>,
    /// Day of issue.
    pub issued_on: Day,
    /// Day it falls due.
    pub due_on: Day,
    /// Amount of the document, tax included.
    pub total: Money,
    /// What is still to pay: 0 ≤ open ≤ total.
    pub open: Money,
    /// Part of `open` that payments under way have taken.
    pub reserved: Money,
    /// Part of `open` under an unresolved dispute.
    pub disputed: Money,
    /// Part of `open` promised for a later day.
    pub promised: Money,
}

impl Invoice {
    /// What may be paid now: open less what payments under way have taken. Nothing of a credit
    /// note or receipt.
    pub fn payable(&self) -> Result<Money, MoneyError> {
        let open = self.owed().checked_sub(self.reserved)?;
        Ok(open.at_least_zero())
    }

    /// What may be deducted now of a credit note: open less what payments under way deduct. Nothing
    /// of an invoice, and nothing of a receipt: money that the books have not matched yet may be
    /// what was paid here.
    pub fn creditable(&self) -> Result<Money, MoneyError> {
        match self.kind {
            ItemKind::CreditNote => Ok(self.open.checked_sub(self.reserved)?.at_least_zero()),
            ItemKind::Invoice | ItemKind::Receipt => Ok(Money::zero(self.currency())),
        }
    }

    /// What a reminder may ask for: what is payable less disputed and promised amounts.
    pub fn remindable(&self) -> Result<Money, MoneyError> {
        let undisputed = self.payable()?.checked_sub(self.disputed)?;
        Ok(undisputed.checked_sub(self.promised)?.at_least_zero())
    }

    /// What the debtor owes of it: a credit note or receipt is owed to the debtor.
    fn owed(&self) -> Money {
        match self.kind {
            ItemKind::Invoice => self.open,
            ItemKind::CreditNote | ItemKind::Receipt => Money::zero(self.currency()),
        }
    }

    /// The currency of all its amounts.
    #[must_use]
    pub const fn currency(&self) -> Currency {
        self.total.currency()
    }

    /// Whether it is an invoice whose due date has passed.
    #[must_use]
    pub fn is_late(&self, today: Day) -> bool {
        self.kind == ItemKind::Invoice && self.due_on < today
    }

    /// The one word that says how it stands: late or not due exactly while something of it may
    /// be reminded of.
    #[must_use]
    pub fn standing(&self, today: Day) -> Standing {
        let covered = |parts: &[Money]| {
            let sum: i128 = parts.iter().map(|part| i128::from(part.minor())).sum();
            sum >= i128::from(self.open.minor())
        };
        if self.open.is_zero() {
            Standing::Settled
        } else if covered(&[self.reserved]) {
            Standing::Processing
        } else if covered(&[self.reserved, self.disputed]) {
            Standing::Disputed
        } else if covered(&[self.reserved, self.disputed, self.promised]) {
            Standing::Promised
        } else if self.is_late(today) {
            Standing::Late
        } else {
            Standing::NotDue
        }
    }
}

/// A part of a payment, dispute or promise that concerns one invoice.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Share {
    /// Which invoice.
    pub invoice: InvoiceId,
    /// How much of it; positive.
    pub amount: Money,
}
