//! What goes back of a payment, read from Stripe's own lists.

use acquit::payments::card::{GivenBack, Going, Returns};
use domain::reversal::Cause;

use super::*;
use crate::support::fake_stripe::{Endpoint, Fault};

async fn paid(fake: &FakeStripe, gateway: &StripeGateway) -> String {
    let page = open(gateway, 1).await;
    assert!(fake.pay_session(&page));
    fake.intent_of(&page).unwrap()
}

async fn told(gateway: &StripeGateway, intent: &str) -> Returns {
    gateway.returns(&account(), intent).await.unwrap()
}

fn one(reference: &str, cause: Cause, cents: i64, going: Going) -> GivenBack {
    GivenBack {
        reference: reference.to_owned(),
        cause,
        amount: Money::eur(cents),
        going,
    }
}

#[actix_web::test]
async fn refunds_and_disputes_of_our_payment_are_told_with_how_they_stand() {
    let (fake, gateway) = start();
    let intent = paid(&fake, &gateway).await;
    let ours = Some(PaymentId::from_bits(1));
    assert_eq!(
        told(&gateway, &intent).await,
        Returns {
            payment: ours,
            all: vec![]
        }
    );
    let refund = fake.refund(&intent, 1_000);
    let contest = fake.contest(&intent, 11_345);
    for (status, going) in [
        ("needs_response", Going::Pending),
        ("under_review", Going::Pending),
        ("warning_needs_response", Going::Pending),
        ("something_new", Going::Pending),
        ("won", Going::Kept),
        ("warning_closed", Going::Kept),
        ("prevented", Going::Kept),
        ("lost", Going::Gone),
    ] {
        fake.decide(&contest, status);
        let expected = vec![
            one(&refund, Cause::Refund, 1_000, Going::Gone),
            one(&contest, Cause::Dispute, 11_345, going),
        ];
        let found = told(&gateway, &intent).await;
        assert_eq!(found.all, expected, "{status}");
    }
    fake.fail_refund(&refund);
    let first = told(&gateway, &intent).await.all.remove(0);
    assert_eq!(first.going, Going::Kept);
}

#[actix_web::test]
async fn what_may_pass_is_unknown_and_what_is_no_payment_is_refused() {
    let (fake, gateway) = start();
    let intent = paid(&fake, &gateway).await;
    for endpoint in [
        Endpoint::RetrieveIntent,
        Endpoint::ListRefunds,
        Endpoint::ListDisputes,
    ] {
        for fault in [Fault::RateLimit429, Fault::LoseAnswer, Fault::Garbled] {
            fake.fault(endpoint, fault);
            let answer = gateway.returns(&account(), &intent).await;
            assert!(is_unknown(&answer), "{endpoint:?} {fault:?}: {answer:?}");
        }
    }
    for id in ["", "ch_1", "pi_1/refunds", "pi_1"] {
        let answer = gateway.returns(&account(), id).await;
        assert!(is_refused(&answer, ""), "{id}: {answer:?}");
    }
}

#[actix_web::test]
async fn each_step_has_its_event_with_the_payment_intent() {
    let (fake, gateway) = start();
    let intent = paid(&fake, &gateway).await;
    fake.refund(&intent, 500);
    let contest = fake.contest(&intent, 500);
    fake.decide(&contest, "lost");
    let kinds = fake.event_kinds();
    let expected = [
        "refund.created",
        "charge.refunded",
        "charge.dispute.created",
        "charge.dispute.closed",
    ];
    assert_eq!(kinds[2..], expected);
    let plan = crate::support::fake_stripe::Plan {
        events: (2..6).collect(),
        times: 1,
        secret: "whsec_test".to_owned(),
        at: START,
    };
    for webhook in fake.webhooks(&plan) {
        let event = acquit::payments::stripe_event::read(&webhook.body).unwrap();
        assert_eq!(event.goes_back(), Some(intent.as_str()), "{}", event.kind);
    }
}
