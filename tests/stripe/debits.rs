//! SEPA direct debits on Stripe's page: ordered, awaited, answered and taken back.

use acquit::payments::card::{GivenBack, Going};
use domain::reversal::Cause;

use super::*;

async fn agreed(fake: &FakeStripe, gateway: &StripeGateway) -> String {
    let wanted = CheckoutOrder {
        rail: Rail::SepaDebit,
        ..order(1)
    };
    let page = gateway.checkout(&account(), &wanted).await.unwrap();
    assert!(fake.pay_session_later(&page.provider_ref));
    page.provider_ref
}

#[actix_web::test]
async fn a_debit_is_awaited_then_paid_or_refused() {
    for (pays, expected) in [
        (true, CardOutcome::Paid(order(1).amount)),
        (false, CardOutcome::Declined),
    ] {
        let (fake, gateway) = start();
        let page = agreed(&fake, &gateway).await;
        assert_eq!(outcome(&gateway, &page).await, CardOutcome::Processing);
        // What was agreed to cannot be closed, and stays as it is.
        gateway.expire(&account(), &page).await.unwrap();
        assert_eq!(outcome(&gateway, &page).await, CardOutcome::Processing);
        assert!(fake.answer_debit(&page, pays));
        assert_eq!(outcome(&gateway, &page).await, expected);
        let method = fake.ordered(&page, "allowed_payment_method_types[0]");
        assert_eq!(method.as_deref(), Some("sepa_debit"));
    }
}

#[actix_web::test]
async fn a_debit_taken_back_is_gone_at_once_and_for_good() {
    let (fake, gateway) = start();
    let page = agreed(&fake, &gateway).await;
    assert!(fake.answer_debit(&page, true));
    let intent = fake.intent_of(&page).unwrap();
    let pending = fake.contest(&intent, 1_000);
    let told = gateway.returns(&account(), &intent).await.unwrap().all;
    let one = |reference: &str, cents: i64, going| GivenBack {
        reference: reference.to_owned(),
        cause: Cause::DebitBack,
        amount: Money::eur(cents),
        going,
    };
    assert_eq!(told, [one(&pending, 1_000, Going::Pending)]);
    fake.decide(&pending, "won");
    let back = fake.take_back(&intent, "bank_cannot_process");
    let told = gateway.returns(&account(), &intent).await.unwrap().all;
    let whole = order(1).amount.minor();
    assert_eq!(
        told,
        [
            one(&pending, 1_000, Going::Kept),
            one(&back, whole, Going::Gone)
        ]
    );
}

#[actix_web::test]
async fn what_stripe_cannot_debit_is_refused() {
    let (_fake, gateway) = start();
    for amount in [
        Money::eur(1_000_001),
        Money::new(1_000, "CHF".parse().unwrap()),
    ] {
        let wanted = CheckoutOrder {
            rail: Rail::SepaDebit,
            amount,
            ..order(1)
        };
        let answer = gateway.checkout(&account(), &wanted).await;
        assert!(is_refused(&answer, "sepa_debit"), "{amount}: {answer:?}");
    }
}
