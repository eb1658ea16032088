//! The debtor pays with a card that the provider keeps: one click, no page, unless its bank wants
//! to ask something.
//!
//! As on a page: record and hold the amounts; commit; ask under the payment's id as idempotency
//! key. Unlike a page, the asking itself takes money. So a payment whose answer was lost is never
//! given up before the provider was asked whether it heard of it.

use domain::designation::Designation;
use domain::payment::{Payment, PaymentEvent, PaymentState};
use domain::saved_card::SavedCard;
use domain::{CardId, Moment};

use super::described::described;
use super::error::FlowError;
use super::guard::{Visitor, enter};
use super::pay_by_card::{CardOrder, Redirect, With, begin, move_on};
use super::{refresh_card, saved_card};
use crate::app::App;
use crate::payments::card::{CardAccount, CardError, Charge, SavedOrder};
use crate::store::{self, Conn, StoreError};

/// Minutes that a payment has to be confirmed in at the debtor's bank.
pub(super) const MINUTES: i64 = 20;

/// Minutes for which a request without an answer counts as on its way.
const ON_ITS_WAY_MINUTES: i64 = 5;

/// What the debtor chose to pay, and with which card.
#[derive(Clone, Debug)]
pub struct SavedCardOrder {
    /// Which invoices and credit notes, and how much of each.
    pub what: Designation,
    /// The card.
    pub card: CardId,
    /// The form's key: sent twice, one payment.
    pub key: String,
}

/// Pays these invoices. Where to send the debtor: to its bank when that wants to ask, else to what
/// became of the payment.
pub async fn start(
    app: &App,
    visitor: Visitor,
    order: SavedCardOrder,
) -> Result<Redirect, FlowError> {
    let SavedCardOrder { what, card, key } = order;
    begin(app, visitor, CardOrder { what, key }, With::Card(card)).await
}

/// Asks the provider, or says where the debtor is expected when it was asked before.
pub(super) async fn proceed(
    app: &App,
    account: &CardAccount,
    payment: &Payment,
    card: CardId,
) -> Result<Redirect, FlowError> {
    let back = Redirect {
        payment: payment.id,
        url: views::paths::payment(payment.id),
    };
    let (supplier, id, now) = (payment.supplier, payment.id, app.now());
    let (known, card) = app
        .store
        .read(supplier, move |conn| {
            let known = store::payment::page_url(conn, supplier, id)?;
            Ok((known, store::saved_card::find(conn, supplier, card)?))
        })
        .await?;
    match known {
        Some(url) if payment.state == PaymentState::RequiresAction => {
            return Ok(Redirect { url, ..back });
        }
        Some(_) => return Ok(back),
        None => {}
    }
    let expired = payment.expires_at.is_some_and(|until| until <= now);
    let Some(order) = order(app, payment, &card).await?.filter(|_| !expired) else {
        return Ok(back);
    };
    match app.cards.charge(account, &order).await {
        Ok(charge) => noted(app, payment, charge, back).await,
        Err(why) => {
            tracing::warn!(payment = %id, %why, "no answer to a payment with a kept card");
            refused(app, payment, &card, &why).await?;
            Err(why.into())
        }
    }
}

/// What the provider is told; nothing when the card was taken back or the payment has ended.
async fn order(
    app: &App,
    payment: &Payment,
    card: &SavedCard,
) -> Result<Option<SavedOrder>, FlowError> {
    let Some(face) = card.face.as_ref().filter(|_| payment.state.reserves()) else {
        return Ok(None);
    };
    let told = described(app, payment).await?;
    Ok(Some(SavedOrder {
        payment: payment.id,
        card: card.id,
        customer: face.customer.clone(),
        method: face.method.clone(),
        amount: payment.amount,
        description: told.description,
        return_url: told.back,
    }))
}

/// Nothing was taken, or nobody knows. A card that was refused before the bank was asked may be
/// gone at the provider.
async fn refused(
    app: &App,
    payment: &Payment,
    card: &SavedCard,
    why: &CardError,
) -> Result<(), FlowError> {
    let event = match why {
        CardError::Refused(_) => PaymentEvent::Declined,
        CardError::Unknown(_) => PaymentEvent::LostSight,
    };
    move_on(app, payment.supplier, payment.id, event).await?;
    if matches!(why, CardError::Refused(_))
        && let Err(why) = saved_card::compare(app, card).await
    {
        tracing::warn!(card = %card.id, %why, "looked after later");
    }
    Ok(())
}

/// Notes the provider's reference, and how the payment stands.
async fn noted(
    app: &App,
    payment: &Payment,
    charge: Charge,
    back: Redirect,
) -> Result<Redirect, FlowError> {
    let (supplier, id) = (payment.supplier, payment.id);
    let Charge { status, confirm_at } = charge;
    let (known, url) = (status.provider_ref.clone(), confirm_at.clone());
    let page = url.unwrap_or_else(|| back.url.clone());
    let asks = confirm_at.is_some();
    let payment = app
        .store
        .write(supplier, move |conn| {
            note_page(conn, (supplier, id), (&known, &page), asks)
        })
        .await?;
    match confirm_at {
        Some(url) if payment.state.reserves() => return Ok(Redirect { url, ..back }),
        // Another tab ended this payment meanwhile: nobody may confirm it any more.
        Some(_) => refresh_card::close(app, &payment).await?,
        None => refresh_card::apply(app, &payment, &status).await?,
    };
    Ok(back)
}

fn note_page(
    conn: &mut Conn,
    (supplier, id): (domain::SupplierId, domain::PaymentId),
    (known, page): (&str, &str),
    asks: bool,
) -> Result<Payment, FlowError> {
    let debtor = store::payment::find(conn, supplier, id)?.debtor;
    enter(conn, supplier, debtor)?;
    store::payment::set_page(conn, supplier, id, known, page)?;
    let payment = store::payment::find(conn, supplier, id)?;
    // A webhook may have been faster than the provider's answer.
    if asks && let Ok(next) = payment.state.on(PaymentEvent::Opened) {
        store::payment::set_state(conn, supplier, id, payment.state, next)?;
    }
    Ok(store::payment::find(conn, supplier, id)?)
}

/// What the provider knows of a payment whose answer was lost.
pub(super) enum Heard {
    /// It has it, under this reference.
    Of(String),
    /// It never heard of it.
    Never,
    /// The request may be on its way.
    Perhaps,
}

/// Asks the provider after a payment whose answer was lost; none when no kept card pays it.
pub(super) async fn heard_of(
    app: &App,
    account: &CardAccount,
    payment: &Payment,
) -> Result<Option<Heard>, FlowError> {
    let (supplier, id, now) = (payment.supplier, payment.id, app.now());
    let customer = app
        .store
        .read(supplier, move |conn| customer_of(conn, supplier, id))
        .await?;
    let Some(customer) = customer else {
        return Ok(None);
    };
    let found = app.cards.charged(account, (&customer, id)).await?;
    Ok(Some(match found {
        Some(status) => Heard::Of(status.provider_ref),
        None if is_on_its_way(payment, now) => Heard::Perhaps,
        None => Heard::Never,
    }))
}

fn is_on_its_way(payment: &Payment, now: Moment) -> bool {
    now < payment.created_at.plus_minutes(ON_ITS_WAY_MINUTES)
}

fn customer_of(
    conn: &mut Conn,
    supplier: domain::SupplierId,
    id: domain::PaymentId,
) -> Result<Option<String>, StoreError> {
    let Some(card) = store::payment::card(conn, supplier, id)? else {
        return Ok(None);
    };
    let debtor = store::saved_card::find(conn, supplier, card)?.debtor;
    store::saved_card::customer(conn, supplier, (debtor, card))
}
