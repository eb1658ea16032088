//! Payments, whatever their method, from the debtor's choice to allocated money.

use crate::day::{Day, Moment};
use crate::designation::Designation;
use crate::id::{DebtorId, PaymentId, SupplierId};
use crate::invoice::Share;
use crate::late::Charge;
use crate::money::{Currency, Money};

text_enum! {
    /// How money moves.
    pub enum Method {
        /// Card, on the supplier's own Stripe account.
        Card = "card",
        /// SEPA direct debit, on the supplier's own bank account.
        Debit = "debit",
        /// SEPA direct debit that the supplier's payment provider makes, under its own creditor
        /// identifier, on the supplier's account there.
        ProviderDebit = "provider_debit",
        /// A transfer the debtor makes.
        Transfer = "transfer",
        /// Credit notes alone: no money moves.
        Credit = "credit",
    }
}

impl Method {
    /// Whether the provider takes it on a page of its own, and is asked how it stands.
    #[must_use]
    pub const fn is_at_provider(self) -> bool {
        matches!(self, Self::Card | Self::ProviderDebit)
    }
}

/// The most that one debit by the provider may come to, in minor units of euros.
const PROVIDER_DEBIT_MAX: i64 = 1_000_000;

/// Why the provider cannot debit an amount.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum NoProviderDebit {
    /// It debits euros only.
    NotEuro,
    /// It debits this at most.
    Above(Money),
}

/// Whether the provider can debit this in one go.
pub fn provider_debit(amount: Money) -> Result<(), NoProviderDebit> {
    if amount.currency() != Currency::EUR {
        return Err(NoProviderDebit::NotEuro);
    }
    if amount.minor() > PROVIDER_DEBIT_MAX {
        return Err(NoProviderDebit::Above(Money::eur(PROVIDER_DEBIT_MAX)));
    }
    Ok(())
}

text_enum! {
    /// States of a payment (`reliability.md` §E).
    pub enum PaymentState {
        /// Recorded here; the provider does not know it yet.
        Created = "created",
        /// The debtor is on the provider's page.
        RequiresAction = "requires_action",
        /// Handed in; the outcome is awaited.
        Processing = "processing",
        /// The provider did not answer: ask again before anything else.
        Unknown = "unknown",
        /// Money received.
        Succeeded = "succeeded",
        /// Refused; nothing was taken.
        Failed = "failed",
        /// Given up by the debtor; nothing was taken.
        Cancelled = "cancelled",
        /// The time to act ran out; nothing was taken, but late money is accepted.
        Expired = "expired",
        /// Money received and taken back (refund, return, lost chargeback).
        Returned = "returned",
    }
}

text_enum! {
    /// What can happen to a payment.
    pub enum PaymentEvent {
        /// The provider opened its page.
        Opened = "opened",
        /// The provider or bank accepted the order and will report.
        Submitted = "submitted",
        /// The provider could not be asked or did not answer.
        LostSight = "lost_sight",
        /// The money is there.
        Confirmed = "confirmed",
        /// Refused for good.
        Declined = "declined",
        /// The debtor gave up.
        Abandoned = "abandoned",
        /// The time ran out.
        TimedOut = "timed_out",
        /// The money went back in full.
        TakenBack = "taken_back",
    }
}

machine!(
    "payment",
    PaymentState,
    PaymentEvent,
    [
        (Created, Opened, RequiresAction),
        (Created, Submitted, Processing),
        (Created, LostSight, Unknown),
        (Created, Confirmed, Succeeded),
        (Created, Declined, Failed),
        (Created, Abandoned, Cancelled),
        (Created, TimedOut, Expired),
        (RequiresAction, Submitted, Processing),
        (RequiresAction, LostSight, Unknown),
        (RequiresAction, Confirmed, Succeeded),
        (RequiresAction, Declined, Failed),
        (RequiresAction, Abandoned, Cancelled),
        (RequiresAction, TimedOut, Expired),
        (Processing, LostSight, Unknown),
        (Processing, Confirmed, Succeeded),
        (Processing, Declined, Failed),
        (Processing, Abandoned, Cancelled),
        (Unknown, Opened, RequiresAction),
        (Unknown, Submitted, Processing),
        (Unknown, Confirmed, Succeeded),
        (Unknown, Declined, Failed),
        (Unknown, Abandoned, Cancelled),
        (Unknown, TimedOut, Expired),
        (Failed, Confirmed, Succeeded),
        (Cancelled, Confirmed, Succeeded),
        (Expired, Confirmed, Succeeded),
        (Succeeded, TakenBack, Returned),
    ]
);

impl PaymentState {
    /// Whether a payment in this state keeps its share of the invoices reserved.
    #[must_use]
    pub const fn reserves(self) -> bool {
        matches!(
            self,
            Self::Created | Self::RequiresAction | Self::Processing | Self::Unknown
        )
    }
}

/// A payment and the invoices the debtor designated for it (Code civil 1342-10).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Payment {
    /// Id; also the idempotency key towards the provider.
    pub id: PaymentId,
    /// Who is paid.
    pub supplier: SupplierId,
    /// Who pays.
    pub debtor: DebtorId,
    /// How.
    pub method: Method,
    /// Where it stands.
    pub state: PaymentState,
    /// How much money: the shares and charges less the credits, or other when money came unasked.
    /// Of credit notes alone, how much they settle.
    pub amount: Money,
    /// The provider's or bank's own reference, once known.
    pub provider_ref: Option<String>,
    /// When it was recorded here.
    pub created_at: Moment,
    /// When its reservation ends by itself, if it does.
    pub expires_at: Option<Moment>,
    /// The day the money counts from, once received.
    pub effective_on: Option<Day>,
    /// What the debtor chose to pay.
    pub shares: Vec<Share>,
    /// The credit notes that the debtor chose to deduct.
    pub credits: Vec<Share>,
    /// What the debtor chose to pay for lateness.
    pub charges: Vec<Charge>,
}

impl Payment {
    /// What the debtor chose.
    #[must_use]
    pub fn designation(&self) -> Designation {
        Designation {
            shares: self.shares.clone(),
            credits: self.credits.clone(),
            charges: self.charges.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::{eur, usd};

    #[test]
    fn the_provider_debits_euros_up_to_ten_thousand() {
        let most = eur(1_000_000);
        for (amount, expected) in [
            (eur(1), Ok(())),
            (most, Ok(())),
            (eur(1_000_001), Err(NoProviderDebit::Above(most))),
            (usd(100), Err(NoProviderDebit::NotEuro)),
        ] {
            assert_eq!(provider_debit(amount), expected, "{amount}");
        }
    }
}
