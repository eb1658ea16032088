//! The demonstration's card page: what it shows, and what follows from its two buttons.
//!
//! What follows is what a provider would cause: a signed event, received and read by the same code.

use domain::Money;

use super::error::FlowError;
use super::guard::Visitor;
use super::hooks::{HookError, read_waiting, receive_stripe};
use crate::app::App;
pub use crate::payments::sandbox::SandboxGateway;
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
}

/// The page, if it was opened for a payment of this visitor's account.
pub async fn look(
    app: &App,
    cards: &SandboxGateway,
    visitor: Visitor,
    page: &str,
) -> Result<DemoCard, FlowError> {
    let order = cards.page(page).ok_or(StoreError::NotFound)?.order;
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
    })
}

/// Approves or refuses; gives where the debtor returns to.
pub async fn pay(
    app: &App,
    cards: &SandboxGateway,
    visitor: Visitor,
    page: &str,
    approve: bool,
) -> Result<String, FlowError> {
    let shown = look(app, cards, visitor, page).await?;
    let event = cards.pay(page, approve, app.now());
    let event = event.ok_or(StoreError::NotFound)?;
    match receive_stripe(app, visitor.supplier, &event.signature, event.body).await {
        Ok(_) => {}
        Err(HookError::Flow(why)) => return Err(why),
        Err(why) => return Err(FlowError::Unusable(format!("the sandbox's event: {why}"))),
    }
    read_waiting(app).await?;
    Ok(shown.back)
}
