//! The fake's other objects, read by the same strict parser as Stripe's own.

use ::stripe::{Client, ClientBuilder, IdempotencyKey, RequestStrategy, StripeRequest};
use stripe_core::PaymentIntentStatus;
use stripe_core::payment_intent::RetrievePaymentIntent;
use stripe_core::refund::{CreateRefund, RetrieveRefund};

use super::*;

fn client(fake: &FakeStripe) -> Client {
    let builder = ClientBuilder::new(SECRET_KEY).url(fake.base_url());
    builder.build().unwrap()
}

#[actix_web::test]
async fn the_payment_behind_a_page_carries_our_payment() {
    let (fake, gateway) = start();
    let page = open(&gateway, 1).await;
    assert!(fake.pay_session(&page));
    let id = fake.intent_of(&page).unwrap();
    let intent = RetrievePaymentIntent::new(id).send(&client(&fake)).await;
    let intent = intent.unwrap();
    assert_eq!(intent.status, PaymentIntentStatus::Succeeded);
    assert_eq!((intent.amount, intent.amount_received), (12_345, 12_345));
    let ours = PaymentId::from_bits(1).to_string();
    assert_eq!(intent.metadata.get("payment"), Some(&ours));
}

#[actix_web::test]
async fn refunds_end_with_the_money_and_replay_by_key() {
    let (fake, gateway) = start();
    let client = client(&fake);
    let page = open(&gateway, 1).await;
    assert!(fake.pay_session(&page));
    let intent = fake.intent_of(&page).unwrap();
    let part = CreateRefund::new()
        .payment_intent(intent.as_str())
        .amount(10_000);
    let key = RequestStrategy::Idempotent(IdempotencyKey::new("refund-1").unwrap());
    let first = part
        .customize()
        .request_strategy(key.clone())
        .send(&client)
        .await
        .unwrap();
    let again = part
        .customize()
        .request_strategy(key)
        .send(&client)
        .await
        .unwrap();
    assert_eq!(first.id, again.id);
    let seen = RetrieveRefund::new(first.id.as_str())
        .send(&client)
        .await
        .unwrap();
    assert_eq!(seen.amount, 10_000);
    assert!(part.send(&client).await.is_err(), "only 23.45 is left");
    let rest = CreateRefund::new().payment_intent(intent.as_str());
    assert_eq!(rest.send(&client).await.unwrap().amount, 2345);
    assert!(rest.send(&client).await.is_err(), "nothing is left");
}
