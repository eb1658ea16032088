//! Which invoices a sum of money pays.
//!
//! What arrived is real: reservations by other payments do not reduce what an invoice can take,
//! and no cent is lost, for what no invoice takes is left unapplied.

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use crate::designation::Designation;
use crate::id::InvoiceId;
use crate::invoice::{Invoice, ItemKind, Share};
use crate::late::Charge;
use crate::money::{Money, MoneyError};

/// How a sum was shared out: the shares and the unapplied rest add up to it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Allocation {
    /// What each invoice got; positive, at most what was open, one share an invoice.
    pub shares: Vec<Share>,
    /// What no invoice took.
    pub unapplied: Money,
}

/// Shares a sum out over the open items of an account.
///
/// The debtor's designation decides (Code civil 1342-10): each invoice gets at most what was
/// designated and at most what is open on it, in the order given; what is left over is not the
/// supplier's to place and stays unapplied. Without a designation the invoice due first is paid
/// first, then by number, then by id. Credit notes, receipts and other currencies take nothing.
pub fn allocate(
    amount: Money,
    designated: &[Share],
    open: &[Invoice],
) -> Result<Allocation, MoneyError> {
    let mut sharing = Sharing::new(amount, open);
    if designated.is_empty() {
        for invoice in oldest_first(open) {
            sharing.give(invoice.id, invoice.open)?;
        }
    } else {
        for share in designated {
            sharing.give(share.invoice, share.amount)?;
        }
    }
    Ok(Allocation {
        shares: sharing.shares,
        unapplied: sharing.rest,
    })
}

/// How money and credit notes were shared out: money and credits add up to shares and rest.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Settlement {
    /// What each invoice got.
    pub shares: Vec<Share>,
    /// What was used of each credit note; positive, at most what could be deducted of it.
    pub credits: Vec<Share>,
    /// What was paid for lateness; positive, at most what was due of it.
    pub charges: Vec<Charge>,
    /// Money that no invoice took.
    pub unapplied: Money,
}

/// Shares out money that arrived together with the credit notes that were to be deducted.
///
/// A credit note gives at most what was designated and what can still be deducted of it: the books
/// or another payment may have used it meanwhile. The invoices come first, then
/// what the debtor chose to pay for their lateness, at most what is due of it now. What neither
/// takes stays on the credit notes, the last first; only then is money left over.
pub fn settle(
    amount: Money,
    designated: &Designation,
    items: &[Invoice],
    due: &[Charge],
) -> Result<Settlement, MoneyError> {
    let mut credits = usable(amount, &designated.credits, items)?;
    let given = credits.iter().map(|share| share.amount);
    let whole = amount.checked_add(Money::sum(amount.currency(), given)?)?;
    let Allocation { shares, unapplied } = allocate(whole, &designated.shares, items)?;
    let (charges, mut rest) = lateness(unapplied, &designated.charges, due)?;
    for credit in credits.iter_mut().rev() {
        let back = credit.amount.least(rest.at_least_zero())?;
        credit.amount = credit.amount.checked_sub(back)?;
        rest = rest.checked_sub(back)?;
    }
    credits.retain(|credit| credit.amount.is_positive());
    Ok(Settlement {
        shares,
        credits,
        charges,
        unapplied: rest,
    })
}

/// Pays designated charges out of the rest, each once and at most what is due of it.
fn lateness(
    mut rest: Money,
    designated: &[Charge],
    due: &[Charge],
) -> Result<(Vec<Charge>, Money), MoneyError> {
    let (mut due, mut paid) = (due.to_vec(), Vec::new());
    for wanted in designated {
        let same = |one: &Charge| one.invoice == wanted.invoice && one.kind == wanted.kind;
        let Some(at) = due.iter().position(same) else {
            continue;
        };
        let left = due.swap_remove(at).amount;
        let amount = wanted.amount.least(left)?.least(rest)?;
        if amount.is_positive() {
            rest = rest.checked_sub(amount)?;
            paid.push(Charge { amount, ..*wanted });
        }
    }
    Ok((paid, rest))
}

/// What can be deducted of each designated credit note, one share a note.
fn usable(
    amount: Money,
    designated: &[Share],
    items: &[Invoice],
) -> Result<Vec<Share>, MoneyError> {
    let mut room = BTreeMap::new();
    for item in items.iter().filter(|i| i.currency() == amount.currency()) {
        room.insert(item.id, item.creditable()?);
    }
    let mut found = Vec::new();
    for share in designated {
        let same = share.amount.currency() == amount.currency();
        let Some(left) = room.remove(&share.invoice).filter(|_| same) else {
            continue;
        };
        let part = share.amount.least(left)?;
        if part.is_positive() {
            found.push(Share {
                amount: part,
                ..*share
            });
        }
    }
    Ok(found)
}

/// Spreads a sum over what can be paid of invoices now, oldest first.
pub fn spread(amount: Money, items: &[Invoice]) -> Result<Allocation, MoneyError> {
    let payable = items.iter().map(|item| {
        Ok(Invoice {
            open: item.payable()?,
            ..item.clone()
        })
    });
    allocate(amount, &[], &payable.collect::<Result<Vec<_>, _>>()?)
}

fn oldest_first(open: &[Invoice]) -> Vec<&Invoice> {
    let mut sorted: Vec<&Invoice> = open.iter().collect();
    sorted.sort_by_key(|invoice| (invoice.due_on, &invoice.number, invoice.id));
    sorted
}

/// A sum while it is being shared out.
struct Sharing {
    rest: Money,
    /// What each invoice can still take.
    room: BTreeMap<InvoiceId, Money>,
    shares: Vec<Share>,
}

impl Sharing {
    fn new(amount: Money, open: &[Invoice]) -> Self {
        let takes = |i: &&Invoice| i.kind == ItemKind::Invoice && i.currency() == amount.currency();
        Self {
            rest: amount,
            room: open.iter().filter(takes).map(|i| (i.id, i.open)).collect(),
            shares: Vec::new(),
        }
    }

    /// Gives an invoice up to `most` of the rest; nothing when it can take nothing.
    fn give(&mut self, invoice: InvoiceId, most: Money) -> Result<(), MoneyError> {
        let Some(room) = self.room.get_mut(&invoice) else {
            return Ok(());
        };
        if most.currency() != self.rest.currency() {
            return Ok(());
        }
        let amount = most.least(*room)?.least(self.rest)?;
        if !amount.is_positive() {
            return Ok(());
        }
        *room = room.checked_sub(amount)?;
        self.rest = self.rest.checked_sub(amount)?;
        match self.shares.iter_mut().find(|s| s.invoice == invoice) {
            Some(share) => share.amount = share.amount.checked_add(amount)?,
            None => self.shares.push(Share { invoice, amount }),
        }
        Ok(())
    }
}
