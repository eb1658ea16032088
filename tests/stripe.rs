//! The Stripe gateway against the fake.

mod checkout;
mod debits;
mod faults;
mod kept;
mod objects;
mod returns;
mod webhooks;

use acquit::payments::card::{CardAccount, CardOutcome, CheckoutOrder, Rail};
use acquit::payments::card::{CardError, CardGateway};
use acquit::payments::stripe::StripeGateway;
use domain::party::Language;
use domain::{Id, Money, PaymentId};

use crate::support::fake_stripe::{FakeStripe, SECRET_KEY, START};

/// A fake and a gateway that talks to it.
fn start() -> (FakeStripe, StripeGateway) {
    let fake = FakeStripe::start();
    let gateway = StripeGateway::new(Some(fake.base_url()));
    (fake, gateway)
}

fn account() -> CardAccount {
    CardAccount {
        secret_key: SECRET_KEY.into(),
        connected: None,
        webhook_secrets: vec!["whsec_test".into()],
        debits: true,
    }
}

fn order(payment: u128) -> CheckoutOrder {
    CheckoutOrder {
        payment: PaymentId::from_bits(payment),
        amount: Money::eur(12_345),
        description: "Boréal & fils: F-12, F-13 [1/2]".to_owned(),
        email: Some("comptabilité+factures@exemple.fr".to_owned()),
        language: Language::Fr,
        success_url: "https://pay.example/done?a=1&b=%20".to_owned(),
        cancel_url: "https://pay.example/back".to_owned(),
        expires_at: START.plus_minutes(45),
        rail: Rail::Card { keep: None },
    }
}

async fn open(gateway: &StripeGateway, payment: u128) -> String {
    let page = gateway.checkout(&account(), &order(payment)).await;
    page.unwrap().provider_ref
}

async fn outcome(gateway: &StripeGateway, page: &str) -> CardOutcome {
    gateway.fetch(&account(), page).await.unwrap().outcome
}

fn is_refused<T>(answer: &Result<T, CardError>, reason: &str) -> bool {
    matches!(answer, Err(CardError::Refused(text)) if text.contains(reason))
}

fn is_unknown<T>(answer: &Result<T, CardError>) -> bool {
    matches!(answer, Err(CardError::Unknown(_)))
}
