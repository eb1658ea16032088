//! Stripe Checkout through async-stripe: the supplier's own account, Stripe's own page.
//!
//! Nothing here retries, stores or decides: one call, one answer, and an error that says whether
//! asking again can help. Card numbers never come near this code.

use std::collections::HashMap;
use std::time::Duration;

use ::stripe::{AccountId, Client, ClientBuilder, RequestStrategy, StripeError, StripeRequest};
use async_trait::async_trait;
use domain::party::Language;
use domain::saved_card::CardFace;
use domain::{DebtorId, PaymentId};
use secrecy::ExposeSecret;
use stripe_checkout::checkout_session::{
    CreateCheckoutSession, CreateCheckoutSessionAdaptivePricing as AdaptivePricing,
    CreateCheckoutSessionAllowedPaymentMethodTypes as MethodType,
    CreateCheckoutSessionLineItems as LineItem,
    CreateCheckoutSessionLineItemsPriceData as PriceData,
    CreateCheckoutSessionPaymentIntentData as IntentData,
    CreateCheckoutSessionPaymentIntentDataSetupFutureUsage as FutureUsage, ExpireCheckoutSession,
    ProductData, RetrieveCheckoutSession,
};
use stripe_checkout::{
    CheckoutSession, CheckoutSessionLocale as Locale, CheckoutSessionMode as Mode,
    CheckoutSessionPaymentStatus as Paid, CheckoutSessionStatus as Status,
};

use stripe_core::PaymentIntentStatus as IntentStatus;
use stripe_core::dispute::ListDispute;
use stripe_core::payment_intent::RetrievePaymentIntent;
use stripe_core::refund::ListRefund;

use super::card::{
    CardAccount, CardError, CardGateway, CardOutcome, CardStatus, Charge, Checkout, CheckoutOrder,
    Rail, Returns, SavedOrder,
};
use super::stripe_amount::{from_stripe, to_stripe};
use super::{stripe_back, stripe_saved};

/// A debtor is waiting in front of a blank page: longer than this it will have left.
const TIMEOUT: Duration = Duration::from_secs(20);

/// Refunds, and contests, of one payment that are looked at: as many as Stripe lists at once.
const LISTED: i64 = 100;

/// The metadata key under which our payment id is written at Stripe.
pub(super) const METADATA_PAYMENT: &str = "payment";

/// The key under which a payment with a kept card names our card.
pub(super) const METADATA_CARD: &str = "card";

/// Stripe's word for a SEPA direct debit.
const SEPA_DEBIT: &str = "sepa_debit";

/// Payment pages at Stripe.
#[derive(Clone, Debug)]
pub struct StripeGateway {
    base_url: Option<String>,
    timeout: Duration,
}

impl StripeGateway {
    /// Talks to Stripe itself, or to `base_url` (with its final slash) in its place.
    #[must_use]
    pub fn new(base_url: Option<String>) -> Self {
        Self {
            base_url,
            timeout: TIMEOUT,
        }
    }

    /// Waits this long for each answer instead of 20 seconds.
    #[must_use]
    pub fn with_timeout(self, timeout: Duration) -> Self {
        Self { timeout, ..self }
    }

    /// A client for one call: async-stripe binds the key to the client. Making one reads the
    /// machine's certificates, some milliseconds beside a call over the Internet; keeping one
    /// per supplier would hold every key in memory, and it keeps no connection open anyway.
    fn client(&self, account: &CardAccount) -> Result<Client, CardError> {
        let builder = ClientBuilder::new(account.secret_key.expose_secret()).timeout(self.timeout);
        let builder = match &self.base_url {
            Some(url) => builder.url(url.clone()),
            None => builder,
        };
        let builder = match &account.connected {
            Some(id) => builder.account_id(AccountId::from(id.as_str())),
            None => builder,
        };
        builder
            .build()
            .map_err(|_| CardError::Refused("the Stripe key or address is malformed".into()))
    }

    async fn ask<R>(
        &self,
        account: &CardAccount,
        request: &R,
        strategy: RequestStrategy,
    ) -> Result<CheckoutSession, CardError>
    where
        R: StripeRequest<Output = CheckoutSession> + Sync,
    {
        let client = self.client(account)?;
        let call = request.customize().request_strategy(strategy);
        call.send(&client).await.map_err(translate)
    }

    async fn session(&self, account: &CardAccount, id: &str) -> Result<CheckoutSession, CardError> {
        // The page says no more than "unpaid" of a debit that waits and of one that failed.
        let request = RetrieveCheckoutSession::new(id).expand([String::from("payment_intent")]);
        self.ask(account, &request, RequestStrategy::Once).await
    }
}

#[async_trait]
impl CardGateway for StripeGateway {
    /// The payment id is the idempotency key: the same order again gives the same page, another
    /// order under the same payment is refused by Stripe.
    async fn checkout(
        &self,
        account: &CardAccount,
        order: &CheckoutOrder,
    ) -> Result<Checkout, CardError> {
        let request = order_page(order)?;
        let once = stripe_saved::once(&order.payment.to_string())?;
        let session = self.ask(account, &request, once).await?;
        let url = session
            .url
            .ok_or_else(|| CardError::Unknown("Stripe opened a page without address".into()))?;
        Ok(Checkout {
            provider_ref: session.id.to_string(),
            url,
        })
    }

    async fn fetch(
        &self,
        account: &CardAccount,
        provider_ref: &str,
    ) -> Result<CardStatus, CardError> {
        if is_intent(provider_ref) {
            let id = plain(provider_ref, "pi_", "Payment Intent")?;
            return stripe_saved::fetch(&self.client(account)?, id).await;
        }
        let id = checked(provider_ref)?;
        status(&self.session(account, id).await?)
    }

    /// A page that is already paid or expired counts as closed: `fetch` tells which.
    async fn expire(&self, account: &CardAccount, provider_ref: &str) -> Result<(), CardError> {
        if is_intent(provider_ref) {
            let id = plain(provider_ref, "pi_", "Payment Intent")?;
            return stripe_saved::cancel(&self.client(account)?, id).await;
        }
        let id = checked(provider_ref)?;
        let request = ExpireCheckoutSession::new(id);
        let answer = self.ask(account, &request, RequestStrategy::Once).await;
        let Err(CardError::Refused(reason)) = answer else {
            return answer.map(drop);
        };
        // Stripe refuses to close what is not open. Its words may change, the state does not lie.
        match self.session(account, id).await?.status {
            Some(Status::Complete | Status::Expired) => Ok(()),
            _ => Err(CardError::Refused(reason)),
        }
    }

    async fn customer(&self, account: &CardAccount, debtor: DebtorId) -> Result<String, CardError> {
        stripe_saved::customer(&self.client(account)?, debtor).await
    }

    /// The payment id is the idempotency key here too: the same order again is the same payment.
    async fn charge(&self, account: &CardAccount, order: &SavedOrder) -> Result<Charge, CardError> {
        stripe_saved::charge(&self.client(account)?, order).await
    }

    async fn charged(
        &self,
        account: &CardAccount,
        (customer, payment): (&str, PaymentId),
    ) -> Result<Option<CardStatus>, CardError> {
        stripe_saved::charged(&self.client(account)?, customer, payment).await
    }

    async fn kept(
        &self,
        account: &CardAccount,
        provider_ref: &str,
    ) -> Result<Option<CardFace>, CardError> {
        stripe_saved::kept(&self.client(account)?, checked(provider_ref)?).await
    }

    async fn look(
        &self,
        account: &CardAccount,
        card: &CardFace,
    ) -> Result<Option<CardFace>, CardError> {
        stripe_saved::look(&self.client(account)?, card).await
    }

    async fn forget(&self, account: &CardAccount, card: &CardFace) -> Result<(), CardError> {
        stripe_saved::forget(&self.client(account)?, card).await
    }

    async fn returns(&self, account: &CardAccount, charge: &str) -> Result<Returns, CardError> {
        let id = plain(charge, "pi_", "Payment Intent")?;
        let client = self.client(account)?;
        let intent = RetrievePaymentIntent::new(id).send(&client).await;
        let intent = intent.map_err(translate)?;
        let refunds = ListRefund::new().payment_intent(id).limit(LISTED);
        let refunds = refunds.send(&client).await.map_err(translate)?;
        let disputes = ListDispute::new().payment_intent(id).limit(LISTED);
        let disputes = disputes.send(&client).await.map_err(translate)?;
        let by_debit = intent
            .payment_method_types
            .iter()
            .any(|one| one == SEPA_DEBIT);
        let refunds = refunds.data.iter().map(stripe_back::refund);
        let disputes = disputes.data.iter().map(|one| match by_debit {
            true => stripe_back::debit_back(one),
            false => stripe_back::dispute(one),
        });
        Ok(Returns {
            payment: payment_in(Some(&intent.metadata)),
            all: refunds.chain(disputes).collect::<Result<_, _>>()?,
        })
    }
}

/// The id goes into the path of the request: nothing but an id may.
fn checked(provider_ref: &str) -> Result<&str, CardError> {
    plain(provider_ref, "cs_", "Checkout Session")
}

/// Whether a payment was made with a kept card, without a page.
fn is_intent(provider_ref: &str) -> bool {
    provider_ref.starts_with("pi_")
}

pub(super) fn plain<'a>(id: &'a str, prefix: &str, kind: &str) -> Result<&'a str, CardError> {
    let letter = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    if id.starts_with(prefix) && id.bytes().all(letter) {
        Ok(id)
    } else {
        Err(CardError::Refused(format!("'{id}' is no {kind} of Stripe")))
    }
}

/// The request. It is made of the order alone: Stripe refuses a key that comes back with another
/// body, so nothing in it may depend on when it is sent.
fn order_page(order: &CheckoutOrder) -> Result<CreateCheckoutSession, CardError> {
    let payment = order.payment.to_string();
    let metadata = HashMap::from([(METADATA_PAYMENT.to_owned(), payment.clone())]);
    let (method, keep) = match &order.rail {
        Rail::Card { keep } => (MethodType::Card, keep.as_ref()),
        Rail::SepaDebit => (MethodType::SepaDebit, None),
    };
    let intent = IntentData {
        metadata: Some(metadata.clone()),
        // The debtor looks on whenever the card is used again, so the bank may ask it then.
        setup_future_usage: keep.map(|_| FutureUsage::OnSession),
        ..IntentData::new()
    };
    // The debtor pays what the invoice says, in its currency, and in the way it chose here: other
    // methods of the account would report their outcome at other times.
    let one_currency = AdaptivePricing {
        enabled: Some(false),
    };
    let request = CreateCheckoutSession::new()
        .mode(Mode::Payment)
        .allowed_payment_method_types([method])
        .adaptive_pricing(one_currency)
        .line_items([line(order)?])
        .client_reference_id(payment)
        .metadata(metadata)
        .payment_intent_data(intent)
        .success_url(order.success_url.as_str())
        .cancel_url(order.cancel_url.as_str())
        .expires_at(order.expires_at.seconds())
        .locale(match order.language {
            Language::Fr => Locale::Fr,
            Language::En => Locale::En,
        });
    // Stripe takes a customer or a mailbox.
    Ok(match (keep, &order.email) {
        (Some(customer), _) => request.customer(customer.as_str()),
        (None, Some(email)) => request.customer_email(email.as_str()),
        (None, None) => request,
    })
}

fn line(order: &CheckoutOrder) -> Result<LineItem, CardError> {
    let code = order.amount.currency().code().to_ascii_lowercase();
    let price = PriceData {
        currency: code.parse().unwrap_or_else(|never| match never {}),
        product: None,
        product_data: Some(ProductData::new(order.description.as_str())),
        recurring: None,
        tax_behavior: None,
        unit_amount: Some(to_stripe(order.amount)?),
        unit_amount_decimal: None,
    };
    Ok(LineItem {
        price_data: Some(price),
        quantity: Some(1),
        ..LineItem::new()
    })
}

fn status(session: &CheckoutSession) -> Result<CardStatus, CardError> {
    Ok(CardStatus {
        provider_ref: session.id.to_string(),
        payment: payment_of(session),
        outcome: outcome(session)?,
    })
}

fn payment_of(session: &CheckoutSession) -> Option<PaymentId> {
    payment_in(session.metadata.as_ref())
}

pub(super) fn payment_in(metadata: Option<&HashMap<String, String>>) -> Option<PaymentId> {
    metadata?.get(METADATA_PAYMENT)?.parse().ok()
}

fn outcome(session: &CheckoutSession) -> Result<CardOutcome, CardError> {
    match (&session.status, &session.payment_status) {
        (Some(Status::Open), _) => Ok(CardOutcome::Open),
        (Some(Status::Expired), _) => Ok(CardOutcome::Expired),
        (Some(Status::Complete), Paid::Unpaid) => Ok(match has_failed(session) {
            true => CardOutcome::Declined,
            false => CardOutcome::Processing,
        }),
        (Some(Status::Complete), Paid::Paid | Paid::NoPaymentRequired) => {
            let total = session.amount_total.zip(session.currency.as_ref());
            let (units, currency) =
                total.ok_or_else(|| unreadable("a paid page without amount"))?;
            from_stripe(units, &currency.to_string()).map(CardOutcome::Paid)
        }
        _ => Err(unreadable("a page in a state unknown here")),
    }
}

/// Whether the bank refused what was agreed to on the page: nothing is retried there.
fn has_failed(session: &CheckoutSession) -> bool {
    let intent = session.payment_intent.as_ref();
    let intent = intent.and_then(|one| one.as_object());
    let ended = |status: &IntentStatus| {
        matches!(
            status,
            IntentStatus::RequiresPaymentMethod | IntentStatus::Canceled
        )
    };
    intent.is_some_and(|intent| ended(&intent.status))
}

pub(super) fn unreadable(what: &str) -> CardError {
    CardError::Unknown(format!("Stripe reports {what}"))
}

/// Whether asking again can help. An answer that cannot be read counts as no answer: the request
/// may well have had its effect.
pub(super) fn translate(error: StripeError) -> CardError {
    match error {
        StripeError::Stripe(body, status) => {
            let said = body.message.unwrap_or_else(|| body.type_.to_string());
            match status {
                409 | 424 | 429 | 500.. => CardError::Unknown(format!("{status}: {said}")),
                _ => CardError::Refused(said),
            }
        }
        StripeError::ConfigError(reason) => CardError::Refused(reason),
        StripeError::Timeout => CardError::Unknown("no answer in time".into()),
        StripeError::ClientError(reason) | StripeError::JSONDeserialize(reason) => {
            CardError::Unknown(reason)
        }
    }
}
