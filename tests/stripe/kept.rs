//! Cards that Stripe keeps: customers, one-click payments, forgetting.

use acquit::payments::card::SavedOrder;
use domain::saved_card::CardFace;
use domain::{CardId, DebtorId};

use super::*;
use crate::support::fake_stripe::{Endpoint, Fault};

const GOOD: &str = "4242424242424242";

async fn customer(gateway: &StripeGateway) -> String {
    let made = gateway.customer(&account(), DebtorId::from_bits(1)).await;
    made.unwrap()
}

/// A card kept with a payment on a page.
async fn kept(fake: &FakeStripe, gateway: &StripeGateway, number: &str) -> CardFace {
    let wanted = CheckoutOrder {
        rail: Rail::Card {
            keep: Some(customer(gateway).await),
        },
        ..order(1)
    };
    let page = gateway.checkout(&account(), &wanted).await.unwrap();
    assert!(fake.pay_session_with(&page.provider_ref, number));
    let face = gateway.kept(&account(), &page.provider_ref).await;
    face.unwrap().unwrap()
}

fn saved(face: &CardFace, payment: u128) -> SavedOrder {
    SavedOrder {
        payment: PaymentId::from_bits(payment),
        card: CardId::from_bits(1),
        customer: face.customer.clone(),
        method: face.method.clone(),
        amount: Money::eur(6_000),
        description: "Boréal : F-14".to_owned(),
        return_url: "https://pay.example/payments/pay_1".to_owned(),
    }
}

#[actix_web::test]
async fn a_debtor_is_one_customer_however_often_it_is_asked_for() {
    let (fake, gateway) = start();
    let first = customer(&gateway).await;
    assert_eq!(customer(&gateway).await, first);
    let other = gateway.customer(&account(), DebtorId::from_bits(2)).await;
    assert_ne!(other.unwrap(), first);
    assert_eq!(fake.customers(), 2);
}

#[actix_web::test]
async fn a_page_keeps_its_card_only_when_it_is_told_to() {
    let (fake, gateway) = start();
    let face = kept(&fake, &gateway, GOOD).await;
    assert_eq!(
        (face.brand.as_str(), face.last_four.as_str()),
        ("visa", "4242")
    );
    assert_eq!(face.expires.to_string(), "08/2028");
    assert_eq!(gateway.look(&account(), &face).await, Ok(Some(face)));
    let plain = open(&gateway, 2).await;
    assert!(fake.pay_session(&plain));
    assert_eq!(gateway.kept(&account(), &plain).await, Ok(None));
    let unpaid = open(&gateway, 3).await;
    assert_eq!(gateway.kept(&account(), &unpaid).await, Ok(None));
    assert_eq!(fake.attached().len(), 1);
    let stranger = CheckoutOrder {
        rail: Rail::Card {
            keep: Some("cus_999".into()),
        },
        ..order(4)
    };
    let refused = gateway.checkout(&account(), &stranger).await;
    assert!(is_refused(&refused, "No such customer"), "{refused:?}");
}

#[actix_web::test]
async fn a_kept_card_pays_once_under_its_key() {
    let (fake, gateway) = start();
    let face = kept(&fake, &gateway, GOOD).await;
    let first = gateway.charge(&account(), &saved(&face, 7)).await.unwrap();
    assert_eq!(first.status.outcome, CardOutcome::Paid(Money::eur(6_000)));
    assert_eq!(first.status.payment, Some(PaymentId::from_bits(7)));
    assert_eq!(first.confirm_at, None);
    let again = gateway.charge(&account(), &saved(&face, 7)).await;
    assert_eq!(again, Ok(first.clone()));
    let seen = gateway.fetch(&account(), &first.status.provider_ref).await;
    assert_eq!(seen, Ok(first.status.clone()));
    let mine = (face.customer.as_str(), PaymentId::from_bits(7));
    let found = gateway.charged(&account(), mine).await;
    assert_eq!(found, Ok(Some(first.status)));
    let never = (face.customer.as_str(), PaymentId::from_bits(8));
    assert_eq!(gateway.charged(&account(), never).await, Ok(None));
    assert_eq!(fake.taken(), 12_345 + 6_000);
}

#[actix_web::test]
async fn a_page_of_ours_is_not_taken_for_a_payment_with_a_kept_card() {
    let (fake, gateway) = start();
    kept(&fake, &gateway, GOOD).await;
    let [intent] = fake.intents(PaymentId::from_bits(1)).try_into().unwrap();
    let seen = gateway.fetch(&account(), &intent).await.unwrap();
    assert_eq!(seen.payment, None, "its page speaks for it");
}

#[actix_web::test]
async fn a_bank_says_no_or_asks_first() {
    let (fake, gateway) = start();
    let bad = kept(&fake, &gateway, "4000000000000002").await;
    for _ in 0..2 {
        let refused = gateway.charge(&account(), &saved(&bad, 7)).await.unwrap();
        assert_eq!(refused.status.outcome, CardOutcome::Declined);
        assert_eq!(refused.confirm_at, None);
    }
    assert_eq!(fake.intents(PaymentId::from_bits(7)).len(), 1);

    let (fake, gateway) = start();
    let asking = kept(&fake, &gateway, "4000002500003155").await;
    for (payment, approve, outcome) in [
        (7, true, CardOutcome::Paid(Money::eur(6_000))),
        (8, false, CardOutcome::Declined),
    ] {
        let asked = gateway
            .charge(&account(), &saved(&asking, payment))
            .await
            .unwrap();
        assert_eq!(asked.status.outcome, CardOutcome::Open);
        let bank = asked.confirm_at.unwrap();
        assert!(bank.starts_with("https://hooks.stripe.com/"), "{bank}");
        let id = &asked.status.provider_ref;
        assert!(fake.confirm(id, approve));
        let seen = gateway.fetch(&account(), id).await.unwrap();
        assert_eq!(seen.outcome, outcome);
        assert_eq!(
            gateway.expire(&account(), id).await,
            Ok(()),
            "it has ended already"
        );
        let still = gateway.fetch(&account(), id).await.unwrap().outcome;
        assert_eq!(
            still == outcome,
            approve,
            "what is not paid can be called off"
        );
    }
}

#[actix_web::test]
async fn a_payment_that_waits_for_a_bank_is_called_off() {
    let (fake, gateway) = start();
    let asking = kept(&fake, &gateway, "4000002500003155").await;
    let asked = gateway
        .charge(&account(), &saved(&asking, 7))
        .await
        .unwrap();
    let id = asked.status.provider_ref;
    for _ in 0..2 {
        assert_eq!(gateway.expire(&account(), &id).await, Ok(()));
    }
    let seen = gateway.fetch(&account(), &id).await.unwrap();
    assert_eq!(seen.outcome, CardOutcome::Expired);
    assert!(!fake.confirm(&id, true));
    assert_eq!(fake.taken(), 12_345);
}

#[actix_web::test]
async fn a_forgotten_card_pays_nothing_and_is_forgotten_twice_without_harm() {
    let (fake, gateway) = start();
    let face = kept(&fake, &gateway, GOOD).await;
    for _ in 0..2 {
        assert_eq!(gateway.forget(&account(), &face).await, Ok(()));
    }
    assert_eq!(fake.attached(), Vec::<String>::new());
    assert_eq!(gateway.look(&account(), &face).await, Ok(None));
    let refused = gateway.charge(&account(), &saved(&face, 7)).await;
    assert!(is_refused(&refused, "may not be used again"), "{refused:?}");
    let unknown = CardFace {
        method: "pm_999".into(),
        ..face
    };
    assert_eq!(gateway.forget(&account(), &unknown).await, Ok(()));
    assert_eq!(fake.taken(), 12_345);
}

#[actix_web::test]
async fn what_may_pass_is_unknown_and_what_is_no_id_is_refused() {
    let (fake, gateway) = start();
    let face = kept(&fake, &gateway, GOOD).await;
    let faults = [Fault::RateLimit429, Fault::LoseAnswer, Fault::Garbled];
    for (payment, fault) in (7..).zip(faults) {
        fake.fault(Endpoint::CreateCustomer, fault);
        let debtor = DebtorId::from_bits(payment);
        let made = gateway.customer(&account(), debtor).await;
        assert!(is_unknown(&made), "{fault:?}: {made:?}");
        fake.fault(Endpoint::CreateIntent, fault);
        let paid = gateway.charge(&account(), &saved(&face, payment)).await;
        assert!(is_unknown(&paid), "{fault:?}: {paid:?}");
        fake.fault(Endpoint::ListIntents, fault);
        let mine = (face.customer.as_str(), PaymentId::from_bits(payment));
        assert!(is_unknown(&gateway.charged(&account(), mine).await));
        fake.fault(Endpoint::RetrieveMethod, fault);
        assert!(is_unknown(&gateway.look(&account(), &face).await));
    }
    for (customer, method) in [("cus_1/x", "pm_1"), ("cus_1", "pm_1/detach"), ("", "")] {
        let odd = CardFace {
            customer: customer.into(),
            method: method.into(),
            ..face.clone()
        };
        assert!(is_refused(
            &gateway.look(&account(), &odd).await,
            "of Stripe"
        ));
    }
    assert!(is_refused(
        &gateway.kept(&account(), "pi_1").await,
        "no Checkout Session"
    ));
    assert!(is_refused(
        &gateway.fetch(&account(), "pi_1/cancel").await,
        "no Payment Intent"
    ));
    for payment in 7..10 {
        let paid = gateway.charge(&account(), &saved(&face, payment)).await;
        let paid = paid.unwrap().status.outcome;
        assert_eq!(paid, CardOutcome::Paid(Money::eur(6_000)));
    }
    assert_eq!(
        fake.taken(),
        12_345 + 3 * 6_000,
        "lost answers took nothing twice"
    );
}
