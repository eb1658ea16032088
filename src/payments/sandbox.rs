//! A card page that takes no money, for demonstrations.
//!
//! It keeps its pages in memory and reports by webhooks signed as Stripe signs them, so that a
//! demonstration runs the same code from the webhook on. It never calls anybody.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use async_trait::async_trait;
use domain::{Id, Moment, PaymentId};
use secrecy::SecretString;
use serde_json::json;

use super::card::{
    CardAccount, CardError, CardGateway, CardOutcome, CardStatus, Checkout, CheckoutOrder, Returns,
};
use super::stripe::METADATA_PAYMENT;
use super::stripe_event::{Webhook, sign};

/// A page of the sandbox, for whoever shows it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SandboxPage {
    /// What is to be paid, by whom, and where the debtor returns to.
    pub order: CheckoutOrder,
    /// How it stands: open, paid or expired.
    pub outcome: CardOutcome,
    account: Option<String>,
}

/// Card pages that take no money.
#[derive(Debug)]
pub struct SandboxGateway {
    origin: String,
    webhook_secret: SecretString,
    pages: Mutex<BTreeMap<String, SandboxPage>>,
}

impl SandboxGateway {
    /// Pages under `origin` (`https://pay.example`), events signed with `webhook_secret`.
    #[must_use]
    pub fn new(origin: String, webhook_secret: SecretString) -> Self {
        Self {
            origin,
            webhook_secret,
            pages: Mutex::default(),
        }
    }

    /// The page as it stands, if it was ever opened.
    #[must_use]
    pub fn page(&self, provider_ref: &str) -> Option<SandboxPage> {
        self.pages().get(provider_ref).cloned()
    }

    /// The debtor pays or gives up; gives the event to hand to the webhook flow.
    ///
    /// A page has one end: acting again, or too late, gives the event of the end it had.
    #[must_use]
    pub fn pay(&self, provider_ref: &str, approve: bool, now: Moment) -> Option<Webhook> {
        let mut pages = self.pages();
        let page = pages.get_mut(provider_ref)?;
        if page.outcome == CardOutcome::Open {
            page.outcome = if approve && now < page.order.expires_at {
                CardOutcome::Paid(page.order.amount)
            } else {
                CardOutcome::Expired
            };
        }
        Some(self.event(page, now))
    }

    fn event(&self, page: &SandboxPage, now: Moment) -> Webhook {
        let digits = digits(page.order.payment);
        let (kind, status) = match page.outcome {
            CardOutcome::Paid(_) => ("checkout.session.completed", "complete"),
            _ => ("checkout.session.expired", "expired"),
        };
        let event = json!({
            "id": format!("evt_sbx_{digits}"),
            "object": "event",
            "type": kind,
            "account": page.account,
            "created": now.seconds(),
            "livemode": false,
            "data": { "object": {
                "id": provider_ref(page.order.payment),
                "object": "checkout.session",
                "status": status,
                "client_reference_id": page.order.payment.to_string(),
                "metadata": { METADATA_PAYMENT: page.order.payment.to_string() },
            } },
        });
        let body = event.to_string().into_bytes();
        let signature = sign(&self.webhook_secret, &body, now);
        Webhook { body, signature }
    }

    /// Every change of a page is one assignment: a panic elsewhere leaves none half made.
    fn pages(&self) -> MutexGuard<'_, BTreeMap<String, SandboxPage>> {
        self.pages.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn digits(payment: PaymentId) -> String {
    payment.to_string().replacen(PaymentId::PREFIX, "", 1)
}

fn provider_ref(payment: PaymentId) -> String {
    format!("sbx_{}", digits(payment))
}

fn no_page(provider_ref: &str) -> CardError {
    CardError::Refused(format!("the sandbox has no page '{provider_ref}'"))
}

#[async_trait]
impl CardGateway for SandboxGateway {
    /// Like Stripe, refuses the same payment with another order.
    async fn checkout(
        &self,
        account: &CardAccount,
        order: &CheckoutOrder,
    ) -> Result<Checkout, CardError> {
        let provider_ref = provider_ref(order.payment);
        let mut pages = self.pages();
        let page = pages
            .entry(provider_ref.clone())
            .or_insert_with(|| SandboxPage {
                order: order.clone(),
                outcome: CardOutcome::Open,
                account: account.connected.clone(),
            });
        if page.order != *order {
            let payment = order.payment;
            return Err(CardError::Refused(format!(
                "{payment} was already ordered otherwise"
            )));
        }
        let url = format!("{}/sandbox/card/{provider_ref}", self.origin);
        Ok(Checkout { provider_ref, url })
    }

    async fn fetch(&self, _: &CardAccount, provider_ref: &str) -> Result<CardStatus, CardError> {
        let page = self
            .page(provider_ref)
            .ok_or_else(|| no_page(provider_ref))?;
        Ok(CardStatus {
            provider_ref: provider_ref.to_owned(),
            payment: Some(page.order.payment),
            outcome: page.outcome,
        })
    }

    async fn expire(&self, _: &CardAccount, provider_ref: &str) -> Result<(), CardError> {
        let mut pages = self.pages();
        let page = pages
            .get_mut(provider_ref)
            .ok_or_else(|| no_page(provider_ref))?;
        if page.outcome == CardOutcome::Open {
            page.outcome = CardOutcome::Expired;
        }
        Ok(())
    }

    /// Nothing ever goes back: no money came.
    async fn returns(&self, _: &CardAccount, _: &str) -> Result<Returns, CardError> {
        Ok(Returns::default())
    }
}

#[cfg(test)]
mod tests;
