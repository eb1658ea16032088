//! Opening, watching and closing a page.

use acquit::payments::card::{CardAccount, CardOutcome, CheckoutOrder};

use super::*;

#[actix_web::test]
async fn a_page_is_opened_paid_and_seen_as_paid() {
    let (fake, gateway) = start();
    let page = gateway.checkout(&account(), &order(1)).await.unwrap();
    assert!(page.url.starts_with("https://checkout.stripe.com/"));
    let status = gateway.fetch(&account(), &page.provider_ref).await.unwrap();
    assert_eq!(status.provider_ref, page.provider_ref);
    assert_eq!(status.payment, Some(PaymentId::from_bits(1)));
    assert_eq!(status.outcome, CardOutcome::Open);
    assert!(fake.pay_session(&page.provider_ref));
    let paid = CardOutcome::Paid(Money::eur(12_345));
    assert_eq!(outcome(&gateway, &page.provider_ref).await, paid);
    assert_eq!(fake.charges(PaymentId::from_bits(1)), 1);
}

#[actix_web::test]
async fn the_order_arrives_as_it_was_given() {
    let (fake, gateway) = start();
    let page = open(&gateway, 1).await;
    let ours = PaymentId::from_bits(1).to_string();
    let price = "line_items[0][price_data]";
    for (name, expected) in [
        (format!("{price}[product_data][name]"), order(1).description),
        (format!("{price}[unit_amount]"), "12345".to_owned()),
        (format!("{price}[currency]"), "eur".to_owned()),
        ("customer_email".to_owned(), order(1).email.unwrap()),
        ("success_url".to_owned(), order(1).success_url),
        ("cancel_url".to_owned(), order(1).cancel_url),
        ("locale".to_owned(), "fr".to_owned()),
        ("adaptive_pricing[enabled]".to_owned(), "false".to_owned()),
        ("client_reference_id".to_owned(), ours.clone()),
        ("metadata[payment]".to_owned(), ours),
    ] {
        assert_eq!(fake.ordered(&page, &name), Some(expected), "{name}");
    }
}

#[actix_web::test]
async fn other_currencies_are_paid_in_their_own_units() {
    let (fake, gateway) = start();
    for (payment, minor, code) in [(1, 5000, "JPY"), (2, 5000, "ISK"), (3, 5000, "CHF")] {
        let amount = Money::new(minor, code.parse().unwrap());
        let wanted = CheckoutOrder {
            amount,
            ..order(payment)
        };
        let page = gateway.checkout(&account(), &wanted).await.unwrap();
        assert!(fake.pay_session(&page.provider_ref));
        let paid = CardOutcome::Paid(amount);
        assert_eq!(outcome(&gateway, &page.provider_ref).await, paid, "{code}");
    }
}

#[actix_web::test]
async fn an_order_may_come_without_mailbox_and_in_english() {
    let (_fake, gateway) = start();
    let plain = CheckoutOrder {
        email: None,
        language: Language::En,
        ..order(1)
    };
    assert!(gateway.checkout(&account(), &plain).await.is_ok());
}

#[actix_web::test]
async fn every_state_of_a_page_is_told_apart() {
    let (fake, gateway) = start();
    let (late, waiting) = (open(&gateway, 1).await, open(&gateway, 2).await);
    assert!(fake.pay_session_later(&waiting));
    assert_eq!(outcome(&gateway, &waiting).await, CardOutcome::Processing);
    assert_eq!(outcome(&gateway, &late).await, CardOutcome::Open);
    fake.set_now(START.plus_minutes(45));
    assert_eq!(outcome(&gateway, &late).await, CardOutcome::Expired);
    assert_eq!(outcome(&gateway, &waiting).await, CardOutcome::Processing);
    assert!(!fake.pay_session(&late), "an expired page takes no money");
}

#[actix_web::test]
async fn a_closed_page_takes_no_money_and_closing_twice_is_fine() {
    let (fake, gateway) = start();
    let page = open(&gateway, 1).await;
    for _ in 0..2 {
        assert_eq!(gateway.expire(&account(), &page).await, Ok(()));
    }
    assert_eq!(outcome(&gateway, &page).await, CardOutcome::Expired);
    assert!(!fake.pay_session(&page));
    assert_eq!(fake.charges(PaymentId::from_bits(1)), 0);
}

#[actix_web::test]
async fn closing_a_paid_page_leaves_it_paid() {
    let (fake, gateway) = start();
    let page = open(&gateway, 1).await;
    assert!(fake.pay_session(&page));
    assert_eq!(gateway.expire(&account(), &page).await, Ok(()));
    let paid = CardOutcome::Paid(Money::eur(12_345));
    assert_eq!(outcome(&gateway, &page).await, paid);
}

#[actix_web::test]
async fn a_connected_account_has_its_own_pages() {
    let (fake, gateway) = start();
    fake.connect("acct_boreal");
    let connected = CardAccount {
        connected: Some("acct_boreal".to_owned()),
        ..account()
    };
    let page = gateway.checkout(&connected, &order(1)).await.unwrap();
    let page = page.provider_ref;
    assert!(gateway.fetch(&connected, &page).await.is_ok());
    let elsewhere = gateway.fetch(&account(), &page).await;
    assert!(is_refused(&elsewhere, "No such checkout.session"));
    let stranger = CardAccount {
        connected: Some("acct_other".to_owned()),
        ..account()
    };
    let refused = gateway.checkout(&stranger, &order(2)).await;
    assert!(is_refused(&refused, "does not have access to account"));
}

#[actix_web::test]
async fn one_key_serves_two_accounts_without_mixing_payments() {
    let (fake, gateway) = start();
    fake.connect("acct_boreal");
    let connected = CardAccount {
        connected: Some("acct_boreal".to_owned()),
        ..account()
    };
    let own = open(&gateway, 1).await;
    let theirs = gateway.checkout(&connected, &order(1)).await.unwrap();
    assert_ne!(own, theirs.provider_ref);
}

#[actix_web::test]
async fn what_stripe_refuses_is_refused_with_its_reason() {
    let (fake, gateway) = start();
    let amount = |minor, code: &str| Money::new(minor, code.parse().unwrap());
    let with = |amount| CheckoutOrder { amount, ..order(1) };
    let too_soon = CheckoutOrder {
        expires_at: START.plus_minutes(29),
        ..order(1)
    };
    let no_mailbox = CheckoutOrder {
        email: Some("nobody".to_owned()),
        ..order(1)
    };
    for (wanted, reason) in [
        (with(Money::eur(1)), "out of range"),
        (with(Money::eur(0)), "more than nothing"),
        (with(Money::eur(100_000_000)), "out of range"),
        (with(amount(1000, "TND")), "cannot be charged in TND"),
        (too_soon, "30 minutes to 24 hours"),
        (no_mailbox, "Invalid email"),
    ] {
        let answer = gateway.checkout(&account(), &wanted).await;
        assert!(is_refused(&answer, reason), "{answer:?}");
    }
    assert!(fake.sessions(PaymentId::from_bits(1)).is_empty());
    let corrected = gateway.checkout(&account(), &order(1)).await;
    assert!(corrected.is_ok(), "a refusal does not use the key up");
}

#[actix_web::test]
async fn a_wrong_key_or_reference_is_refused() {
    let (_fake, gateway) = start();
    for key in ["sk_test_wrong", "sk_test_\n"] {
        let wrong = CardAccount {
            secret_key: key.into(),
            ..account()
        };
        let answer = gateway.checkout(&wrong, &order(1)).await;
        assert!(is_refused(&answer, ""), "{answer:?}");
    }
    for (id, reason) in [
        ("cs_test_1/expire", "no Checkout Session"),
        ("pi_1", "No such payment_intent"),
        ("", "no Checkout Session"),
        ("cs_test_1", "No such checkout.session"),
    ] {
        assert!(is_refused(&gateway.fetch(&account(), id).await, reason));
        assert!(is_refused(&gateway.expire(&account(), id).await, reason));
    }
}
