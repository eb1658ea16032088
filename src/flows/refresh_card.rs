//! How a payment stands at the provider, brought here: the provider is always asked, never
//! believed from an event's content.

use domain::ledger::Account;
use domain::payment::{Method, Payment, PaymentEvent, PaymentState};
use domain::{PaymentId, SupplierId};

use super::error::FlowError;
use super::guard::Actor;
use super::pay_by_card::{give_up, move_on};
use super::pay_by_saved_card::{Heard, heard_of};
use super::settle::{Receipt, settle};
use super::{card_account, saved_card};
use crate::app::App;
use crate::payments::card::{CardAccount, CardError, CardOutcome, CardStatus};
use crate::store::{self, Across, StoreError};

/// What the asking led to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refreshed {
    /// Money arrived and was shared out.
    Settled,
    /// Nothing new.
    Unchanged,
    /// The page closed without payment.
    Ended,
    /// No payment of ours belongs to this page.
    Foreign,
}

/// Asks how a page stands and records it. `hint` is the payment the event named, for the case in
/// which our answer to opening the page was lost.
pub async fn refresh(
    app: &App,
    supplier: SupplierId,
    provider_ref: &str,
    hint: Option<PaymentId>,
) -> Result<Refreshed, FlowError> {
    ask(app, (supplier, provider_ref), hint, PaymentEvent::TimedOut).await
}

/// The same; `unpaid` is what a page means that closed without payment.
async fn ask(
    app: &App,
    (supplier, provider_ref): (SupplierId, &str),
    hint: Option<PaymentId>,
    unpaid: PaymentEvent,
) -> Result<Refreshed, FlowError> {
    let Some(account) = card_account::load(app, supplier).await? else {
        return Ok(Refreshed::Foreign);
    };
    let status = match app.cards.fetch(&account, provider_ref).await {
        Ok(status) => status,
        Err(CardError::Refused(why)) => {
            tracing::warn!(provider_ref, why, "the provider does not know this page");
            return Ok(Refreshed::Foreign);
        }
        Err(why) => return Err(why.into()),
    };
    match find(app, supplier, &status, hint).await? {
        Some(payment) => apply_as(app, &payment, &status, unpaid).await,
        None => Ok(Refreshed::Foreign),
    }
}

/// The payment a page belongs to: by the page's reference, else by the id the provider kept.
async fn find(
    app: &App,
    supplier: SupplierId,
    status: &CardStatus,
    hint: Option<PaymentId>,
) -> Result<Option<Payment>, FlowError> {
    let provider_ref = status.provider_ref.clone();
    let named = status.payment.or(hint);
    let found = app
        .store
        .read(supplier, move |conn| {
            match store::payment::by_provider_ref(conn, supplier, &provider_ref) {
                Err(StoreError::NotFound) => {}
                other => return other.map(Some),
            }
            let Some(id) = named else { return Ok(None) };
            match store::payment::find(conn, supplier, id) {
                Err(StoreError::NotFound) => Ok(None),
                other => other.map(Some),
            }
        })
        .await?;
    Ok(found)
}

/// Records how a payment stands; told twice, nothing happens the second time.
pub(super) async fn apply(
    app: &App,
    payment: &Payment,
    status: &CardStatus,
) -> Result<Refreshed, FlowError> {
    apply_as(app, payment, status, PaymentEvent::TimedOut).await
}

async fn apply_as(
    app: &App,
    payment: &Payment,
    status: &CardStatus,
    unpaid: PaymentEvent,
) -> Result<Refreshed, FlowError> {
    let (supplier, id) = (payment.supplier, payment.id);
    match &status.outcome {
        CardOutcome::Paid(amount) => {
            if amount.currency() != payment.amount.currency() {
                let (found, wanted) = (amount.currency(), payment.amount.currency());
                return Err(FlowError::Unusable(format!(
                    "paid in {found}, asked in {wanted}"
                )));
            }
            let (amount, now) = (*amount, app.now());
            let fresh = app
                .store
                .write(supplier, move |conn| {
                    let owner = store::supplier::find(conn, supplier)?;
                    let receipt = Receipt {
                        payment: id,
                        amount,
                        on: owner.zone.day(now),
                        account: Account::TransitCard,
                        actor: Actor::job("cards"),
                    };
                    settle(conn, supplier, &receipt, now)
                })
                .await?;
            // The money counts, whether or not its card can be noted now.
            if let Err(why) = saved_card::save(app, payment, &status.provider_ref).await {
                tracing::warn!(payment = %id, %why, "its card is noted later");
            }
            Ok(if fresh {
                Refreshed::Settled
            } else {
                Refreshed::Unchanged
            })
        }
        CardOutcome::Processing => {
            move_on(app, supplier, id, PaymentEvent::Submitted).await?;
            Ok(Refreshed::Unchanged)
        }
        CardOutcome::Expired => {
            move_on(app, supplier, id, unpaid).await?;
            Ok(Refreshed::Ended)
        }
        CardOutcome::Declined => {
            move_on(app, supplier, id, PaymentEvent::Declined).await?;
            Ok(Refreshed::Ended)
        }
        CardOutcome::Open => Ok(Refreshed::Unchanged),
    }
}

/// Closes a payment's page at the provider and records how it ended. A payment whose page was
/// never known ends here: nobody has its address, and late money is still accepted.
pub async fn close(app: &App, payment: &Payment) -> Result<Refreshed, FlowError> {
    close_as(app, payment, PaymentEvent::TimedOut).await
}

/// The same because the debtor gave it up.
pub(super) async fn abandon(app: &App, payment: &Payment) -> Result<Refreshed, FlowError> {
    close_as(app, payment, PaymentEvent::Abandoned).await
}

async fn close_as(
    app: &App,
    payment: &Payment,
    unpaid: PaymentEvent,
) -> Result<Refreshed, FlowError> {
    let account = card_account::load(app, payment.supplier).await?;
    let heard = match (&payment.provider_ref, &account) {
        (Some(known), _) => Some(Heard::Of(known.clone())),
        (None, Some(account)) => heard_of(app, account, payment).await?,
        (None, None) => None,
    };
    let known = match heard {
        Some(Heard::Of(known)) => Some(known),
        Some(Heard::Perhaps) => return Ok(Refreshed::Unchanged),
        Some(Heard::Never) | None => give_up(app, payment, unpaid).await?,
    };
    let Some(provider_ref) = known else {
        return Ok(Refreshed::Ended);
    };
    let Some(account) = account else {
        return Ok(Refreshed::Foreign);
    };
    shut(app, &account, &provider_ref).await?;
    let page = (payment.supplier, provider_ref.as_str());
    ask(app, page, Some(payment.id), unpaid).await
}

async fn shut(app: &App, account: &CardAccount, provider_ref: &str) -> Result<(), FlowError> {
    match app.cards.expire(account, provider_ref).await {
        Ok(()) => Ok(()),
        // It cannot be closed any more because it was paid: asking will tell.
        Err(CardError::Refused(why)) => {
            tracing::info!(provider_ref, why, "the page was closed already");
            Ok(())
        }
        Err(why) => Err(why.into()),
    }
}

fn waits_for_its_bank(payment: &Payment) -> bool {
    payment.method == Method::ProviderDebit && payment.state == PaymentState::Processing
}

/// Closes the pages whose time has run out, and those that ask for what was paid otherwise
/// meanwhile; returns how many were looked at.
pub async fn close_overdue(app: &App) -> Result<usize, FlowError> {
    let now = app.now();
    let ended = app
        .store
        .report(Across::Upkeep, move |conn| {
            let mut ended = store::payment::overdue(conn, now, 200)?;
            for method in [Method::Card, Method::ProviderDebit] {
                ended.extend(store::payment::overtaken(conn, None, method, 200)?);
            }
            // A debit that was agreed to has no page to close: `poll` asks after it.
            ended.retain(|one| !waits_for_its_bank(one));
            Ok(ended)
        })
        .await?;
    let count = ended.len();
    for payment in ended {
        if let Err(why) = close(app, &payment).await {
            tracing::warn!(payment = %payment.id, %why, "asked again later");
        }
    }
    Ok(count)
}
