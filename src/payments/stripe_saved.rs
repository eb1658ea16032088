//! Cards that Stripe keeps: customers, payments with a kept card, and forgetting it
//! (docs.stripe.com/payments/save-during-payment, /api/payment_intents).

use std::collections::HashMap;

use ::stripe::{
    ApiErrorsCode, Client, IdempotencyKey, RequestStrategy, StripeError, StripeRequest,
};
use domain::saved_card::{CardFace, Expiry};
use domain::{DebtorId, PaymentId};
use stripe_checkout::checkout_session::RetrieveCheckoutSession;
use stripe_client_core::{RequestBuilder, StripeMethod};
use stripe_core::customer::{CreateCustomer, RetrievePaymentMethodCustomer};
use stripe_core::payment_intent::{
    CancelPaymentIntent, CreatePaymentIntent, CreatePaymentIntentOffSession as OffSession,
    ListPaymentIntent, RetrievePaymentIntent,
};
use stripe_core::{PaymentIntent, PaymentIntentStatus as Status};
use stripe_types::Currency;

use super::card::{CardError, CardOutcome, CardStatus, Charge, SavedOrder};
use super::stripe::{METADATA_CARD, METADATA_PAYMENT, payment_in, plain, translate, unreadable};
use super::stripe_amount::{from_stripe, to_stripe};

/// A kept card as Stripe shows it; the type has no name of its own in the packages used here.
type Method = <RetrievePaymentMethodCustomer as StripeRequest>::Output;

/// Payments of one customer that are looked through for ours: as many as Stripe lists at once.
const LISTED: i64 = 100;

/// The key under which the debtor is noted at Stripe.
const METADATA_DEBTOR: &str = "debtor";

/// Makes the customer of a debtor. The request is made of the debtor's id alone, so that asking
/// again is the same request.
pub(super) async fn customer(client: &Client, debtor: DebtorId) -> Result<String, CardError> {
    let named = HashMap::from([(METADATA_DEBTOR.to_owned(), debtor.to_string())]);
    let request = CreateCustomer::new().metadata(named);
    let call = request
        .customize()
        .request_strategy(once(&format!("customer-{debtor}"))?);
    let made = call.send(client).await.map_err(translate)?;
    Ok(made.id.to_string())
}

pub(super) fn once(key: &str) -> Result<RequestStrategy, CardError> {
    let key = IdempotencyKey::new(key).map_err(|why| CardError::Refused(why.to_string()))?;
    Ok(RequestStrategy::Idempotent(key))
}

/// Pays. A card that the bank refuses is an answer, not an error.
pub(super) async fn charge(client: &Client, order: &SavedOrder) -> Result<Charge, CardError> {
    let code = order.amount.currency().code().to_ascii_lowercase();
    let currency: Currency = code.parse().unwrap_or_else(|never| match never {});
    let metadata = HashMap::from([
        (METADATA_PAYMENT.to_owned(), order.payment.to_string()),
        (METADATA_CARD.to_owned(), order.card.to_string()),
    ]);
    let request = CreatePaymentIntent::new(to_stripe(order.amount)?, currency)
        .customer(order.customer.as_str())
        .payment_method(order.method.as_str())
        .description(order.description.as_str())
        .metadata(metadata)
        .confirm(true)
        .off_session(OffSession::Bool(false))
        .return_url(order.return_url.as_str());
    let call = request
        .customize()
        .request_strategy(once(&order.payment.to_string())?);
    match call.send(client).await {
        Ok(intent) => told(&intent),
        Err(StripeError::Stripe(mut body, 402)) => match body.payment_intent.take() {
            Some(intent) => told(&intent),
            None => Err(translate(StripeError::Stripe(body, 402))),
        },
        Err(why) => Err(translate(why)),
    }
}

fn told(intent: &PaymentIntent) -> Result<Charge, CardError> {
    let action = intent.next_action.as_ref();
    let redirect = action.and_then(|action| action.redirect_to_url.as_ref());
    Ok(Charge {
        status: status(intent)?,
        confirm_at: redirect.and_then(|to| to.url.clone()),
    })
}

/// How a payment with a kept card stands. Only such a payment says that it is ours: one that is
/// made on a page is known by its page.
pub(super) fn status(intent: &PaymentIntent) -> Result<CardStatus, CardError> {
    let ours = intent.metadata.contains_key(METADATA_CARD);
    Ok(CardStatus {
        provider_ref: intent.id.to_string(),
        payment: payment_in(Some(&intent.metadata)).filter(|_| ours),
        outcome: outcome(intent)?,
    })
}

fn outcome(intent: &PaymentIntent) -> Result<CardOutcome, CardError> {
    Ok(match intent.status {
        Status::Succeeded => {
            let paid = from_stripe(intent.amount_received, &intent.currency.to_string())?;
            CardOutcome::Paid(paid)
        }
        Status::RequiresAction => CardOutcome::Open,
        Status::Processing => CardOutcome::Processing,
        Status::Canceled => CardOutcome::Expired,
        // Every payment with a kept card is confirmed as it is made.
        Status::RequiresPaymentMethod => CardOutcome::Declined,
        _ => return Err(unreadable("a payment in a state unknown here")),
    })
}

/// The payment intent of this id.
pub(super) async fn fetch(client: &Client, id: &str) -> Result<CardStatus, CardError> {
    let intent = RetrievePaymentIntent::new(id).send(client).await;
    status(&intent.map_err(translate)?)
}

/// Calls a payment off; one that has ended already tells how it did when it is asked after.
pub(super) async fn cancel(client: &Client, id: &str) -> Result<(), CardError> {
    match CancelPaymentIntent::new(id)
        .send(client)
        .await
        .map_err(translate)
    {
        Ok(_) => Ok(()),
        Err(CardError::Refused(reason)) => match fetch(client, id).await?.outcome {
            CardOutcome::Open => Err(CardError::Refused(reason)),
            _ => Ok(()),
        },
        Err(why) => Err(why),
    }
}

/// Looks for our payment among the customer's: lists do not lag, as Stripe's search does.
pub(super) async fn charged(
    client: &Client,
    customer: &str,
    payment: PaymentId,
) -> Result<Option<CardStatus>, CardError> {
    let request = ListPaymentIntent::new().customer(customer).limit(LISTED);
    let all = request.send(client).await.map_err(translate)?;
    let ours = |intent: &&PaymentIntent| {
        intent.metadata.contains_key(METADATA_CARD)
            && payment_in(Some(&intent.metadata)) == Some(payment)
    };
    all.data.iter().find(ours).map(status).transpose()
}

/// What was kept with the payment on a page: a card, if it is attached to its customer.
pub(super) async fn kept(client: &Client, page: &str) -> Result<Option<CardFace>, CardError> {
    let request =
        RetrieveCheckoutSession::new(page).expand([String::from("payment_intent.payment_method")]);
    let session = request.send(client).await.map_err(translate)?;
    let intent = session.payment_intent.and_then(|one| one.into_object());
    let method = intent.and_then(|one| one.payment_method);
    method
        .and_then(|one| one.into_object())
        .as_ref()
        .map_or(Ok(None), face)
}

/// The card as it is now, asked for under its customer: one that was detached is not found.
pub(super) async fn look(client: &Client, card: &CardFace) -> Result<Option<CardFace>, CardError> {
    let customer = plain(&card.customer, "cus_", "customer")?;
    let method = plain(&card.method, "pm_", "payment method")?;
    let request = RetrievePaymentMethodCustomer::new(customer, method);
    match request.send(client).await {
        Ok(method) => face(&method),
        Err(why) if is_missing(&why) => Ok(None),
        Err(why) => Err(translate(why)),
    }
}

/// Detaches the card from its customer, for good.
pub(super) async fn forget(client: &Client, card: &CardFace) -> Result<(), CardError> {
    let method = plain(&card.method, "pm_", "payment method")?;
    let path = format!("/payment_methods/{method}/detach");
    let call = RequestBuilder::new(StripeMethod::Post, path).customize::<Method>();
    match call.send(client).await {
        Ok(_) => Ok(()),
        Err(why) if is_missing(&why) => Ok(()),
        Err(why) => match (translate(why), look(client, card).await?) {
            // Told twice, or detached on Stripe's own pages.
            (CardError::Refused(_), None) => Ok(()),
            (why, _) => Err(why),
        },
    }
}

fn is_missing(why: &StripeError) -> bool {
    let StripeError::Stripe(body, status) = why else {
        return false;
    };
    *status == 404 || body.code == Some(ApiErrorsCode::ResourceMissing)
}

fn face(method: &Method) -> Result<Option<CardFace>, CardError> {
    let (Some(customer), Some(card)) = (&method.customer, &method.card) else {
        return Ok(None);
    };
    let year = u16::try_from(card.exp_year).ok();
    let month = u8::try_from(card.exp_month).ok();
    let expires = year
        .zip(month)
        .and_then(|(year, month)| Expiry::new(year, month));
    Ok(Some(CardFace {
        customer: customer.id().to_string(),
        method: method.id.to_string(),
        brand: card.brand.clone(),
        last_four: card.last4.clone(),
        expires: expires.ok_or_else(|| unreadable("a card that expires never"))?,
    }))
}
