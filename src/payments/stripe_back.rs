//! Refunds and disputes as Stripe tells them (docs.stripe.com/api/refunds, /api/disputes).

use domain::reversal::Cause;
use stripe_core::{Dispute, DisputeStatus, Refund};

use super::card::{CardError, GivenBack, Going};
use super::stripe_amount::from_stripe;

/// A refund has gone once Stripe says so; it may still fail at the cardholder's bank afterwards.
pub(super) fn refund(told: &Refund) -> Result<GivenBack, CardError> {
    let going = match told.status.as_deref() {
        Some("succeeded") => Going::Gone,
        Some("failed" | "canceled") => Going::Kept,
        _ => Going::Pending,
    };
    Ok(GivenBack {
        reference: told.id.to_string(),
        cause: Cause::Refund,
        amount: from_stripe(told.amount, &told.currency.to_string())?,
        going,
    })
}

/// A dispute takes the money for good when it is lost. Inquiries never end so. One that Stripe
/// prevented was either stopped or given in to: what it took of the balance tells.
pub(super) fn dispute(told: &Dispute) -> Result<GivenBack, CardError> {
    let going = match told.status {
        DisputeStatus::Lost => Going::Gone,
        DisputeStatus::Prevented if took_money(told) => Going::Gone,
        DisputeStatus::Won | DisputeStatus::WarningClosed | DisputeStatus::Prevented => Going::Kept,
        _ => Going::Pending,
    };
    Ok(GivenBack {
        reference: told.id.to_string(),
        cause: Cause::Dispute,
        amount: from_stripe(told.amount, &told.currency.to_string())?,
        going,
    })
}

/// A debit that its debtor's bank takes back: nobody can appeal, so it is gone once Stripe took it
/// out of the balance (support.stripe.com/questions/sepa-direct-debit-payment-disputes).
pub(super) fn debit_back(told: &Dispute) -> Result<GivenBack, CardError> {
    let told_as = dispute(told)?;
    let going = match told_as.going {
        Going::Pending if took_money(told) => Going::Gone,
        going => going,
    };
    Ok(GivenBack {
        cause: Cause::DebitBack,
        going,
        ..told_as
    })
}

fn took_money(told: &Dispute) -> bool {
    let moved = told.balance_transactions.iter();
    moved.map(|one| i128::from(one.amount)).sum::<i128>() < 0
}
