//! The debtor gives up a payment that is under way: a page of the provider it left, or a debit that
//! is in no file for the bank yet. What was held is free again, and nothing was taken.

use domain::collection::{Collection, CollectionEvent};
use domain::payment::{Method, Payment, PaymentState};
use domain::{Moment, PaymentId};

use super::error::FlowError;
use super::guard::{Actor, Deed, Visitor, enter, note};
use super::{call_off, judge, refresh_card};
use crate::app::App;
use crate::store::{self, Conn, StoreError};

/// Gives it up. Done twice, or once it has ended, nothing happens; money that came meanwhile is
/// booked instead, and the payment says so.
pub async fn payment(app: &App, visitor: Visitor, id: PaymentId) -> Result<(), FlowError> {
    let now = app.now();
    let card = app
        .store
        .write(visitor.supplier, move |conn| begin(conn, &visitor, id, now))
        .await?;
    if let Some(payment) = card {
        refresh_card::abandon(app, &payment).await?;
    }
    Ok(())
}

/// Ends a debit at once; gives a card payment, whose page is to be closed first.
fn begin(
    conn: &mut Conn,
    visitor: &Visitor,
    id: PaymentId,
    now: Moment,
) -> Result<Option<Payment>, FlowError> {
    let (supplier, debtor) = (visitor.supplier, visitor.debtor);
    let owner = enter(conn, supplier, debtor)?;
    let payment = store::payment::find(conn, supplier, id)?;
    if payment.debtor != debtor {
        return Err(StoreError::NotFound.into());
    }
    if !payment.state.reserves() {
        return Ok(None);
    }
    let card = match payment.method {
        // Its bank has been asked already.
        Method::ProviderDebit if payment.state == PaymentState::Processing => {
            return Err(FlowError::TooLate);
        }
        Method::Card | Method::ProviderDebit => Some(payment.clone()),
        Method::Debit => {
            let collection = store::collection::of_payment(conn, supplier, id)?;
            if !can_cancel(conn, &payment, &collection)? {
                return Err(FlowError::TooLate);
            }
            call_off::ordered(conn, &payment, now)?;
            judge::without_debit(conn, &owner, &payment, now)?;
            None
        }
        Method::Transfer | Method::Credit => return Err(StoreError::NotFound.into()),
    };
    let deed = Deed {
        actor: &Actor::visitor(visitor),
        action: "payment.abandoned",
        debtor,
        subject: id.to_string(),
        detail: format!("{} by {}", payment.amount, payment.method),
    };
    note(conn, supplier, now, deed)?;
    Ok(card)
}

/// Whether the debtor can still call a debit off by itself: until it is in a file. One that pays an
/// instalment is its plan's, which would only order it again.
pub fn can_cancel(
    conn: &mut Conn,
    payment: &Payment,
    collection: &Collection,
) -> Result<bool, StoreError> {
    if collection.state.on(CollectionEvent::Cancel).is_err() {
        return Ok(false);
    }
    let (supplier, debtor) = (payment.supplier, payment.debtor);
    let ids: Vec<_> = payment.shares.iter().map(|share| share.invoice).collect();
    let waiting = store::promise::waiting_on(conn, supplier, debtor, &ids)?;
    let own = |one: &domain::promise::Promise| one.payment == Some(payment.id);
    Ok(!waiting.iter().any(|one| own(one) && one.plan.is_some()))
}
