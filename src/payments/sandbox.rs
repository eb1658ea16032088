//! Payment pages that take no money, for demonstrations: cards, and debits that end days later.
//!
//! It keeps its pages in memory and reports by webhooks signed as Stripe signs them, so that a
//! demonstration runs the same code from the webhook on. It never calls anybody.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use async_trait::async_trait;
use domain::party::Language;
use domain::reversal::Cause;
use domain::saved_card::{CardFace, Expiry};
use domain::{CardId, DebtorId, Id, Moment, PaymentId};
use secrecy::SecretString;
use serde_json::{Value, json};

use super::card::{
    CardAccount, CardError, CardGateway, CardOutcome, CardStatus, Charge, Checkout, CheckoutOrder,
    GivenBack, Going, Rail, Returns, SavedOrder,
};
use super::stripe::{METADATA_CARD, METADATA_PAYMENT};
use super::stripe_event::{Webhook, sign};

/// From this many minor units on, the pretended bank wants a payment with a kept card confirmed.
pub const CONFIRMED_FROM: i64 = 500_000;

/// How the ids of kept cards begin here.
const METHOD: &str = "pm_sbx_";

/// A page of the sandbox, for whoever shows it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SandboxPage {
    /// What is to be paid, by whom, and where the debtor returns to.
    pub order: CheckoutOrder,
    /// How it stands: open, paid, refused or expired.
    pub outcome: CardOutcome,
    account: Option<String>,
    /// The kept card that pays, where one does.
    card: Option<CardId>,
    /// Whether the debtor's bank took a debit back that had succeeded.
    taken_back: bool,
}

impl SandboxPage {
    /// Whether it is paid by direct debit.
    #[must_use]
    pub fn is_debit(&self) -> bool {
        self.order.rail == Rail::SepaDebit
    }
}

/// What the debtor's bank does with a debit, days after it was agreed to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum DebitTurn {
    /// It pays.
    Pays,
    /// It refuses.
    Refuses,
    /// It takes back what it had paid.
    TakesBack,
}

/// Payment pages that take no money.
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

    /// The debtor pays or its bank refuses; gives the event to hand to the webhook flow.
    ///
    /// A page has one end: acting again, or too late, gives the event of the end it had.
    #[must_use]
    pub fn pay(&self, provider_ref: &str, approve: bool, now: Moment) -> Option<Webhook> {
        let mut pages = self.pages();
        let page = pages.get_mut(provider_ref)?;
        if page.outcome == CardOutcome::Open {
            page.outcome = match (approve, now < page.order.expires_at) {
                (true, true) if page.is_debit() => CardOutcome::Processing,
                (true, true) => CardOutcome::Paid(page.order.amount),
                (false, true) => CardOutcome::Declined,
                (_, false) => CardOutcome::Expired,
            };
        }
        Some(self.event(page, now))
    }

    /// The debtor's bank acts on a debit that was agreed to; gives the event to hand to the webhook
    /// flow. What cannot happen any more gives the event of what did.
    #[must_use]
    pub fn turn(&self, provider_ref: &str, turn: DebitTurn, now: Moment) -> Option<Webhook> {
        let mut pages = self.pages();
        let page = pages.get_mut(provider_ref)?;
        match (turn, &page.outcome) {
            (DebitTurn::Pays, CardOutcome::Processing) => {
                page.outcome = CardOutcome::Paid(page.order.amount);
            }
            (DebitTurn::Refuses, CardOutcome::Processing) => page.outcome = CardOutcome::Declined,
            (DebitTurn::TakesBack, CardOutcome::Paid(_)) => page.taken_back = page.is_debit(),
            _ => {}
        }
        Some(self.event(page, now))
    }

    /// What it is about, as Stripe's events say it.
    fn object(page: &SandboxPage) -> (&'static str, Value) {
        let (id, payment) = (
            provider_ref(page.order.payment),
            page.order.payment.to_string(),
        );
        if page.taken_back {
            let object = json!({ "id": dispute_ref(page), "object": "dispute",
                "payment_intent": id });
            return ("charge.dispute.created", object);
        }
        let paid = matches!(page.outcome, CardOutcome::Paid(_));
        let Some(card) = page.card else {
            let (kind, status) = match page.outcome {
                CardOutcome::Paid(_) if page.is_debit() => {
                    ("checkout.session.async_payment_succeeded", "complete")
                }
                CardOutcome::Processing => ("checkout.session.completed", "complete"),
                CardOutcome::Paid(_) => ("checkout.session.completed", "complete"),
                CardOutcome::Declined => ("checkout.session.async_payment_failed", "complete"),
                _ => ("checkout.session.expired", "expired"),
            };
            let object = json!({
                "id": id,
                "object": "checkout.session",
                "status": status,
                "client_reference_id": payment,
                "metadata": { METADATA_PAYMENT: payment },
            });
            return (kind, object);
        };
        let kind = match paid {
            true => "payment_intent.succeeded",
            false => "payment_intent.payment_failed",
        };
        let metadata = json!({ METADATA_PAYMENT: payment, METADATA_CARD: card.to_string() });
        (
            kind,
            json!({ "id": id, "object": "payment_intent", "metadata": metadata }),
        )
    }

    fn address(&self, provider_ref: &str) -> String {
        format!("{}/sandbox/card/{provider_ref}", self.origin)
    }

    fn event(&self, page: &SandboxPage, now: Moment) -> Webhook {
        let digits = digits(page.order.payment);
        let (kind, object) = Self::object(page);
        let event = json!({
            "id": format!("evt_sbx_{digits}{}", step(page)),
            "object": "event",
            "type": kind,
            "account": page.account,
            "created": now.seconds(),
            "livemode": false,
            "data": { "object": object },
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

/// A card's page has one end and one event; a debit's goes on.
const fn step(page: &SandboxPage) -> &'static str {
    match (&page.order.rail, &page.outcome) {
        _ if page.taken_back => "_3",
        (Rail::SepaDebit, CardOutcome::Paid(_)) => "_2",
        (Rail::SepaDebit, CardOutcome::Declined) => "_1",
        _ => "",
    }
}

fn dispute_ref(page: &SandboxPage) -> String {
    format!("du_sbx_{}", digits(page.order.payment))
}

fn provider_ref(payment: PaymentId) -> String {
    format!("sbx_{}", digits(payment))
}

fn standing(provider_ref: String, page: &SandboxPage) -> CardStatus {
    CardStatus {
        provider_ref,
        payment: Some(page.order.payment),
        outcome: page.outcome.clone(),
    }
}

/// What the page of a bank shows that wants a payment confirmed; it waits as long as it takes.
fn as_page(order: &SavedOrder) -> CheckoutOrder {
    CheckoutOrder {
        payment: order.payment,
        amount: order.amount,
        description: order.description.clone(),
        email: None,
        language: Language::Fr,
        success_url: order.return_url.clone(),
        cancel_url: order.return_url.clone(),
        expires_at: Moment::from_micros(i64::MAX),
        rail: Rail::Card { keep: None },
    }
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
                card: None,
                taken_back: false,
            });
        if page.order != *order {
            let payment = order.payment;
            return Err(CardError::Refused(format!(
                "{payment} was already ordered otherwise"
            )));
        }
        let url = self.address(&provider_ref);
        Ok(Checkout { provider_ref, url })
    }

    async fn fetch(&self, _: &CardAccount, provider_ref: &str) -> Result<CardStatus, CardError> {
        let page = self
            .page(provider_ref)
            .ok_or_else(|| no_page(provider_ref))?;
        Ok(standing(provider_ref.to_owned(), &page))
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

    async fn customer(&self, _: &CardAccount, debtor: DebtorId) -> Result<String, CardError> {
        let digits = debtor.to_string().replacen(DebtorId::PREFIX, "", 1);
        Ok(format!("cus_sbx_{digits}"))
    }

    /// Small amounts are paid at once; larger ones are confirmed on a page, as banks ask for.
    async fn charge(&self, account: &CardAccount, order: &SavedOrder) -> Result<Charge, CardError> {
        if !order.method.starts_with(METHOD) {
            let card = &order.method;
            return Err(CardError::Refused(format!(
                "the sandbox keeps no card '{card}'"
            )));
        }
        let provider_ref = provider_ref(order.payment);
        let at_once = order.amount.minor() < CONFIRMED_FROM;
        let mut pages = self.pages();
        let page = pages
            .entry(provider_ref.clone())
            .or_insert_with(|| SandboxPage {
                order: as_page(order),
                outcome: match at_once {
                    true => CardOutcome::Paid(order.amount),
                    false => CardOutcome::Open,
                },
                account: account.connected.clone(),
                card: Some(order.card),
                taken_back: false,
            });
        let open = page.outcome == CardOutcome::Open;
        Ok(Charge {
            confirm_at: open.then(|| self.address(&provider_ref)),
            status: standing(provider_ref, page),
        })
    }

    async fn charged(
        &self,
        _: &CardAccount,
        (_, payment): (&str, PaymentId),
    ) -> Result<Option<CardStatus>, CardError> {
        let provider_ref = provider_ref(payment);
        let page = self.page(&provider_ref).filter(|page| page.card.is_some());
        Ok(page.map(|page| standing(provider_ref, &page)))
    }

    async fn kept(
        &self,
        _: &CardAccount,
        provider_ref: &str,
    ) -> Result<Option<CardFace>, CardError> {
        let page = self
            .page(provider_ref)
            .ok_or_else(|| no_page(provider_ref))?;
        let Rail::Card {
            keep: Some(customer),
        } = page.order.rail
        else {
            return Ok(None);
        };
        if !matches!(page.outcome, CardOutcome::Paid(_)) {
            return Ok(None);
        }
        let expires = Expiry::new(2031, 12);
        Ok(expires.map(|expires| CardFace {
            customer,
            method: format!("{METHOD}{}", digits(page.order.payment)),
            brand: "visa".to_owned(),
            last_four: "4242".to_owned(),
            expires,
        }))
    }

    async fn look(&self, _: &CardAccount, card: &CardFace) -> Result<Option<CardFace>, CardError> {
        Ok(card.method.starts_with(METHOD).then(|| card.clone()))
    }

    async fn forget(&self, _: &CardAccount, _: &CardFace) -> Result<(), CardError> {
        Ok(())
    }

    /// Nothing goes back but a debit that its bank takes back.
    async fn returns(&self, _: &CardAccount, charge: &str) -> Result<Returns, CardError> {
        let page = self.page(charge).filter(|page| page.taken_back);
        Ok(page.map_or_else(Returns::default, |page| Returns {
            payment: Some(page.order.payment),
            all: vec![GivenBack {
                reference: dispute_ref(&page),
                cause: Cause::DebitBack,
                amount: page.order.amount,
                going: Going::Gone,
            }],
        }))
    }
}

#[cfg(test)]
mod tests;
