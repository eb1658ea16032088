//! The demonstration's payment page: what it shows, and what follows from its buttons.
//!
//! What follows is what a provider would cause: a signed event, received and read by the same code.

use domain::Money;

use super::error::FlowError;
use super::guard::Visitor;
use super::hooks::{HookError, read_waiting, receive_stripe};
use crate::app::App;
use crate::payments::card::CardOutcome;
pub use crate::payments::sandbox::{DebitTurn, SandboxGateway};
use crate::store::{self, StoreError};

/// A page of the demonstration.
#[derive(Clone, Debug)]
pub struct DemoCard {
    /// How much is asked for.
    pub amount: Money,
    /// What for.
    pub description: String,
    /// Where the debtor returns to.
    pub back: String,
    /// Where it returns to without paying.
    pub leave: String,
    /// Of a debit, how it stands; nothing of a card.
    pub debit: Option<DebitStands>,
}

/// How a debit of the demonstration stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum DebitStands {
    /// The debtor has not agreed yet.
    Asked,
    /// Its bank has not answered yet.
    Waits,
    /// Its bank paid.
    Paid,
    /// It is over.
    Over,
}

/// What the demonstration's buttons do.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Button {
    /// The debtor agrees, or its card is refused.
    Answer(bool),
    /// The debtor's bank acts on a debit.
    Bank(DebitTurn),
}

/// The page, if it was opened for a payment of this visitor's account.
pub async fn look(
    app: &App,
    cards: &SandboxGateway,
    visitor: Visitor,
    page: &str,
) -> Result<DemoCard, FlowError> {
    let shown = cards.page(page).ok_or(StoreError::NotFound)?;
    let debit = shown.is_debit().then(|| stands(&shown.outcome));
    let order = shown.order;
    let (supplier, id) = (visitor.supplier, order.payment);
    let payment = app
        .store
        .read(supplier, move |conn| {
            store::payment::find(conn, supplier, id)
        })
        .await?;
    if payment.debtor != visitor.debtor {
        return Err(StoreError::NotFound.into());
    }
    Ok(DemoCard {
        amount: order.amount,
        description: order.description,
        back: order.success_url,
        leave: order.cancel_url,
        debit,
    })
}

const fn stands(outcome: &CardOutcome) -> DebitStands {
    match outcome {
        CardOutcome::Open => DebitStands::Asked,
        CardOutcome::Processing => DebitStands::Waits,
        CardOutcome::Paid(_) => DebitStands::Paid,
        CardOutcome::Expired | CardOutcome::Declined => DebitStands::Over,
    }
}

/// Does what a button says; gives where the debtor returns to.
pub async fn pay(
    app: &App,
    cards: &SandboxGateway,
    visitor: Visitor,
    page: &str,
    button: Button,
) -> Result<String, FlowError> {
    let shown = look(app, cards, visitor, page).await?;
    let event = match button {
        Button::Answer(approve) => cards.pay(page, approve, app.now()),
        Button::Bank(turn) => cards.turn(page, turn, app.now()),
    };
    let event = event.ok_or(StoreError::NotFound)?;
    match receive_stripe(app, visitor.supplier, &event.signature, event.body).await {
        Ok(_) => {}
        Err(HookError::Flow(why)) => return Err(why),
        Err(why) => return Err(FlowError::Unusable(format!("the sandbox's event: {why}"))),
    }
    read_waiting(app).await?;
    Ok(shown.back)
}
