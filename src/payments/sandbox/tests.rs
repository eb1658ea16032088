//! Pages that take no money end as Stripe's do.

use domain::Money;
use domain::party::Language;

use super::super::stripe_event::{read, verify};
use super::*;

const NOW: Moment = Moment::from_seconds(1_790_000_000);
const REF: &str = "sbx_00000000000000000000000007";

fn gateway() -> SandboxGateway {
    SandboxGateway::new("https://pay.example".to_owned(), "whsec_demo".into())
}

fn account() -> CardAccount {
    CardAccount {
        secret_key: "none".into(),
        connected: Some("acct_demo".to_owned()),
        webhook_secrets: vec!["whsec_demo".into()],
        debits: true,
    }
}

fn order() -> CheckoutOrder {
    CheckoutOrder {
        payment: PaymentId::from_bits(7),
        amount: Money::eur(1230),
        description: "Boréal, invoice F-12".to_owned(),
        email: None,
        language: Language::Fr,
        success_url: "https://pay.example/done".to_owned(),
        cancel_url: "https://pay.example/back".to_owned(),
        expires_at: NOW.plus_minutes(30),
        rail: Rail::Card { keep: None },
    }
}

async fn outcome(gateway: &SandboxGateway) -> CardOutcome {
    gateway.fetch(&account(), REF).await.unwrap().outcome
}

#[actix_web::test]
async fn the_same_order_gives_the_same_page_and_another_is_refused() {
    let gateway = gateway();
    let first = gateway.checkout(&account(), &order()).await.unwrap();
    assert_eq!(first.provider_ref, REF);
    assert_eq!(first.url, format!("https://pay.example/sandbox/card/{REF}"));
    assert_eq!(gateway.page(REF).unwrap().order, order());
    assert_eq!(gateway.checkout(&account(), &order()).await, Ok(first));
    let dearer = CheckoutOrder {
        amount: Money::eur(1231),
        ..order()
    };
    let refused = gateway.checkout(&account(), &dearer).await;
    assert!(matches!(refused, Err(CardError::Refused(_))));
}

#[actix_web::test]
async fn a_payment_is_reported_by_an_event_the_ordinary_flow_believes() {
    let gateway = gateway();
    gateway.checkout(&account(), &order()).await.unwrap();
    assert_eq!(outcome(&gateway).await, CardOutcome::Open);
    let webhook = gateway.pay(REF, true, NOW).unwrap();
    let secrets = account().webhook_secrets;
    verify(&secrets, &webhook.signature, &webhook.body, NOW).unwrap();
    let event = read(&webhook.body).unwrap();
    assert_eq!(event.id, "evt_sbx_00000000000000000000000007");
    assert_eq!(event.kind, "checkout.session.completed");
    assert_eq!(event.account.as_deref(), Some("acct_demo"));
    assert_eq!(event.object_id.as_deref(), Some(REF));
    assert_eq!(event.payment, Some(order().payment));
    assert_eq!(outcome(&gateway).await, CardOutcome::Paid(Money::eur(1230)));
}

#[actix_web::test]
async fn a_page_has_one_end() {
    let late = NOW.plus_minutes(30);
    for (case, approve, now, kind) in [
        ("paid", true, NOW, "checkout.session.completed"),
        (
            "refused",
            false,
            NOW,
            "checkout.session.async_payment_failed",
        ),
        ("too late", true, late, "checkout.session.expired"),
    ] {
        let gateway = gateway();
        gateway.checkout(&account(), &order()).await.unwrap();
        let first = gateway.pay(REF, approve, now).unwrap();
        assert_eq!(read(&first.body).unwrap().kind, kind, "{case}");
        assert_eq!(gateway.pay(REF, !approve, now), Some(first), "{case}");
    }
}

#[actix_web::test]
async fn an_expired_page_takes_no_money_and_a_paid_one_stays_paid() {
    let gateway = gateway();
    gateway.checkout(&account(), &order()).await.unwrap();
    gateway.expire(&account(), REF).await.unwrap();
    let event = gateway.pay(REF, true, NOW).unwrap();
    assert_eq!(read(&event.body).unwrap().kind, "checkout.session.expired");
    assert_eq!(outcome(&gateway).await, CardOutcome::Expired);

    let gateway = self::gateway();
    gateway.checkout(&account(), &order()).await.unwrap();
    let _paid = gateway.pay(REF, true, NOW);
    gateway.expire(&account(), REF).await.unwrap();
    assert_eq!(outcome(&gateway).await, CardOutcome::Paid(Money::eur(1230)));
}

#[actix_web::test]
async fn a_page_never_opened_is_unknown() {
    let gateway = gateway();
    assert_eq!(gateway.page(REF), None);
    assert_eq!(gateway.pay(REF, true, NOW), None);
    let refused = Err(no_page(REF));
    assert_eq!(gateway.fetch(&account(), REF).await, refused);
    assert_eq!(gateway.expire(&account(), REF).await, Err(no_page(REF)));
}

#[actix_web::test]
async fn a_debit_is_agreed_to_first_and_ends_days_later() {
    for (turns, expected) in [
        (vec![DebitTurn::Pays], CardOutcome::Paid(Money::eur(1230))),
        (
            vec![DebitTurn::Refuses, DebitTurn::Pays],
            CardOutcome::Declined,
        ),
        (
            vec![DebitTurn::TakesBack, DebitTurn::Pays, DebitTurn::Refuses],
            CardOutcome::Paid(Money::eur(1230)),
        ),
    ] {
        let gateway = gateway();
        let order = CheckoutOrder {
            rail: Rail::SepaDebit,
            ..order()
        };
        gateway.checkout(&account(), &order).await.unwrap();
        let agreed = gateway.pay(REF, true, NOW).unwrap();
        assert_eq!(outcome(&gateway).await, CardOutcome::Processing);
        let mut seen = vec![read(&agreed.body).unwrap().id];
        for turn in turns {
            let event = gateway.turn(REF, turn, NOW).unwrap();
            seen.push(read(&event.body).unwrap().id);
        }
        assert_eq!(outcome(&gateway).await, expected);
        let none = gateway.returns(&account(), REF).await.unwrap();
        assert_eq!(none, Returns::default());
        seen.dedup();
        assert_eq!(seen.len(), 2, "one event a change: {seen:?}");
    }
}

#[actix_web::test]
async fn a_debit_that_was_paid_is_taken_back_by_its_bank() {
    let gateway = gateway();
    let order = CheckoutOrder {
        rail: Rail::SepaDebit,
        ..order()
    };
    gateway.checkout(&account(), &order).await.unwrap();
    let _agreed = gateway.pay(REF, true, NOW);
    let _paid = gateway.turn(REF, DebitTurn::Pays, NOW);
    let back = gateway.turn(REF, DebitTurn::TakesBack, NOW).unwrap();
    assert_eq!(read(&back.body).unwrap().goes_back(), Some(REF));
    let told = gateway.returns(&account(), REF).await.unwrap();
    assert_eq!(told.payment, Some(PaymentId::from_bits(7)));
    let one = told.all.first().unwrap();
    assert_eq!((one.cause, one.going), (Cause::DebitBack, Going::Gone));
}
