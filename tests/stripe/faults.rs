//! Lost answers, hurried retries and a provider that is not well: one payment, one page.

use std::time::Duration;

use acquit::payments::card::CheckoutOrder;

use super::*;
use crate::support::fake_stripe::{Endpoint, Fault};

fn payment() -> PaymentId {
    PaymentId::from_bits(1)
}

#[actix_web::test]
async fn after_a_lost_answer_the_retry_finds_the_page_already_opened() {
    let (fake, gateway) = start();
    fake.fault(Endpoint::CreateSession, Fault::LoseAnswer);
    assert!(is_unknown(&gateway.checkout(&account(), &order(1)).await));
    let opened = fake.sessions(payment());
    assert_eq!(opened.len(), 1, "the first request had its effect");
    let page = open(&gateway, 1).await;
    assert!(opened.contains(&page));
    assert_eq!(fake.sessions(payment()), opened);
}

/// Asks three times while there is no answer, as the flow would.
async fn persist(gateway: &StripeGateway) -> String {
    for _ in 0..2 {
        let answer = gateway.checkout(&account(), &order(1)).await;
        if !is_unknown(&answer) {
            return answer.unwrap().provider_ref;
        }
    }
    open(gateway, 1).await
}

#[actix_web::test]
async fn no_sequence_of_faults_opens_a_second_page_or_charges_twice() {
    use Fault::{Conflict409, Garbled, LoseAnswer, RateLimit429};
    let faults = [Conflict409, Garbled, LoseAnswer, RateLimit429];
    for (first, second) in faults.iter().flat_map(|f| faults.map(|g| (*f, g))) {
        let (fake, gateway) = start();
        fake.fault(Endpoint::CreateSession, first);
        fake.fault(Endpoint::CreateSession, second);
        let page = persist(&gateway).await;
        assert_eq!(fake.sessions(payment()).len(), 1, "{first:?}, {second:?}");
        assert!(fake.pay_session(&page));
        assert_eq!(persist(&gateway).await, page);
        assert!(!fake.pay_session(&page));
        assert_eq!(fake.charges(payment()), 1, "{first:?}, {second:?}");
    }
}

#[actix_web::test]
async fn an_error_kept_under_the_key_stays_unknown_until_stripe_forgets_it() {
    for fault in [Fault::Server500, Fault::Server500AfterEffect] {
        let (fake, gateway) = start();
        fake.fault(Endpoint::CreateSession, fault);
        for _ in 0..3 {
            assert!(is_unknown(&gateway.checkout(&account(), &order(1)).await));
        }
        let opened = fake.sessions(payment()).len();
        assert!(opened <= 1, "asking again opened nothing more: {opened}");
        fake.forget_keys();
        open(&gateway, 1).await;
    }
}

#[actix_web::test]
async fn a_key_forgotten_after_a_day_cannot_open_a_second_page() {
    let (fake, gateway) = start();
    open(&gateway, 1).await;
    fake.forget_keys();
    fake.set_now(START.plus_days(1));
    let answer = gateway.checkout(&account(), &order(1)).await;
    assert!(
        is_refused(&answer, "expires_at"),
        "the order is past its time: {answer:?}"
    );
    assert_eq!(fake.sessions(payment()).len(), 1);
}

#[actix_web::test]
async fn another_order_under_the_same_payment_is_refused() {
    let (fake, gateway) = start();
    open(&gateway, 1).await;
    let dearer = CheckoutOrder {
        amount: Money::eur(20_000),
        ..order(1)
    };
    let answer = gateway.checkout(&account(), &dearer).await;
    assert!(is_refused(&answer, "same parameters"), "{answer:?}");
    assert_eq!(fake.sessions(payment()).len(), 1);
}

#[actix_web::test]
async fn two_requests_at_once_end_on_one_page() {
    let (fake, gateway) = start();
    fake.fault(Endpoint::CreateSession, Fault::Hold);
    let slow = gateway.clone();
    let first = actix_web::rt::spawn(async move { slow.checkout(&account(), &order(1)).await });
    fake.until_held(1).await;
    let second = gateway.checkout(&account(), &order(1)).await;
    assert!(is_unknown(&second), "its key is in progress: {second:?}");
    fake.release();
    let page = first.await.unwrap().unwrap();
    assert_eq!(gateway.checkout(&account(), &order(1)).await, Ok(page));
    assert_eq!(fake.sessions(payment()).len(), 1);
}

#[actix_web::test]
async fn a_silent_provider_is_given_up_and_asked_again() {
    let (fake, gateway) = start();
    fake.fault(Endpoint::CreateSession, Fault::Hold);
    let hasty = gateway.clone().with_timeout(Duration::from_millis(300));
    let answer = hasty.checkout(&account(), &order(1)).await;
    assert_eq!(answer, Err(CardError::Unknown("no answer in time".into())));
    fake.release();
    open(&gateway, 1).await;
    assert_eq!(fake.sessions(payment()).len(), 1);
}

#[actix_web::test]
async fn what_may_pass_is_unknown_on_every_call() {
    let (fake, gateway) = start();
    let page = open(&gateway, 1).await;
    for fault in [
        Fault::Conflict409,
        Fault::RateLimit429,
        Fault::Server500,
        Fault::LoseAnswer,
        Fault::Garbled,
    ] {
        fake.fault(Endpoint::CreateSession, fault);
        let other = gateway.checkout(&account(), &order(2)).await;
        assert!(is_unknown(&other), "{fault:?} on checkout: {other:?}");
        fake.forget_keys();
        fake.fault(Endpoint::RetrieveSession, fault);
        let seen = gateway.fetch(&account(), &page).await;
        assert!(is_unknown(&seen), "{fault:?} on fetch: {seen:?}");
        fake.fault(Endpoint::ExpireSession, fault);
        let closed = gateway.expire(&account(), &page).await;
        assert!(is_unknown(&closed), "{fault:?} on expire: {closed:?}");
    }
    assert_eq!(gateway.expire(&account(), &page).await, Ok(()));
}

#[actix_web::test]
async fn a_provider_that_cannot_be_reached_is_unknown() {
    let gone = {
        let (fake, _) = start();
        fake.base_url()
    };
    let nowhere = StripeGateway::new(Some("http://127.0.0.1:1/".to_owned()));
    assert!(is_unknown(&nowhere.checkout(&account(), &order(1)).await));
    let stopped = StripeGateway::new(Some(gone)).with_timeout(Duration::from_secs(2));
    assert!(is_unknown(&stopped.checkout(&account(), &order(1)).await));
}
