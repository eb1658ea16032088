//! Cards that are taken back, expire, or are lost at Stripe.

use acquit::flows::people::not_me;
use domain::saved_card::CardState;

use super::*;
use crate::support::fake_stripe::{Endpoint, Fault};

#[actix_web::test]
async fn a_card_taken_back_is_forgotten_by_stripe_even_if_it_was_down() {
    everywhere(|shop| async move {
        let card = shop.keep(GOOD, "F1").await;
        let (app, visitor) = (&shop.scene.world.app, shop.scene.visitor);
        shop.stripe
            .fault(Endpoint::DetachMethod, Fault::RateLimit429);
        saved_card::take_back(app, visitor, card.id).await.unwrap();
        assert_eq!(shop.card(card.id).await.state, CardState::Leaving);
        assert_eq!(shop.cards().await, [], "of no use from now on");
        let invoice = shop.scene.invoice("F2", 6_000).await;
        let refused = shop.click(card.id, &invoice, "a").await;
        assert!(matches!(refused, Err(FlowError::NotOffered(_))));
        shop.stripe.fault(Endpoint::DetachMethod, Fault::LoseAnswer);
        shop.tend().await;
        assert_eq!(shop.stripe.attached(), Vec::<String>::new());
        assert_eq!(shop.card(card.id).await.state, CardState::Leaving);
        shop.tend().await;
        let gone = shop.card(card.id).await;
        assert_eq!((gone.state, gone.face), (CardState::Removed, None));
        assert_eq!(shop.tend().await, 0);
        saved_card::take_back(app, visitor, card.id).await.unwrap();
        let again = shop.keep(GOOD, "F3").await;
        assert_ne!(again.id, card.id);
        assert_eq!(shop.stripe.customers(), 1, "one customer a debtor");
    })
    .await;
}

#[actix_web::test]
async fn whoever_leaves_takes_its_cards_along() {
    everywhere(|shop| async move {
        let card = shop.keep(GOOD, "F1").await;
        not_me(&shop.scene.world.app, shop.scene.visitor, None)
            .await
            .unwrap();
        assert_eq!(shop.card(card.id).await.state, CardState::Leaving);
        assert_eq!(shop.tend().await, 1);
        assert_eq!(shop.stripe.attached(), Vec::<String>::new());
    })
    .await;
}

#[actix_web::test]
async fn an_expired_card_is_not_paid_with_until_its_bank_renews_it() {
    everywhere(|shop| async move {
        let card = shop.keep(GOOD, "F1").await;
        shop.scene.go_to("2028-08-31");
        assert_eq!(shop.cards().await.len(), 1);
        shop.scene.go_to("2028-09-01");
        assert_eq!(shop.cards().await, []);
        let invoice = shop.scene.invoice("F2", 6_000).await;
        let refused = shop.click(card.id, &invoice, "a").await;
        assert!(matches!(refused, Err(FlowError::NotOffered(_))));
        let method = &card.face.unwrap().method;
        shop.stripe.renew(method, (2031, 9));
        shop.deliver(2).await;
        let [renewed] = shop.cards().await.try_into().unwrap();
        assert_eq!(renewed.face.unwrap().expires.to_string(), "09/2031");
    })
    .await;
}

#[actix_web::test]
async fn a_card_that_stripe_lost_is_not_offered_again() {
    for told in [true, false] {
        everywhere(|shop| async move {
            let card = shop.keep(GOOD, "F1").await;
            shop.stripe.detach(&card.face.unwrap().method);
            if told {
                shop.deliver(2).await;
            } else {
                let invoice = shop.scene.invoice("F2", 6_000).await;
                let refused = shop.click(card.id, &invoice, "a").await;
                assert!(matches!(refused, Err(FlowError::Card(_))), "{refused:?}");
                assert_eq!(shop.left(&invoice).await, (6_000, 0));
            }
            assert_eq!(shop.card(card.id).await.state, CardState::Removed);
            assert_eq!(shop.stripe.taken(), 10_000);
        })
        .await;
    }
}

#[actix_web::test]
async fn one_piece_of_plastic_is_kept_once() {
    everywhere(|shop| async move {
        let first = shop.keep(GOOD, "F1").await;
        let second = shop.keep(GOOD, "F2").await;
        assert_ne!(first.id, second.id);
        assert_eq!(shop.cards().await, std::slice::from_ref(&second));
        assert_eq!(shop.tend().await, 1);
        assert_eq!(shop.stripe.attached(), [second.face.unwrap().method]);
        assert_eq!(shop.stripe.customers(), 1);
    })
    .await;
}

#[actix_web::test]
async fn an_account_that_changed_at_stripe_gets_a_new_customer() {
    everywhere(|shop| async move {
        shop.keep(GOOD, "F1").await;
        shop.stripe.forget_customers();
        shop.stripe.forget_keys();
        let invoice = shop.scene.invoice("F2", 10_000).await;
        let order = |key: &str| CardOrder {
            what: vec![share(&invoice, 10_000)].into(),
            key: key.into(),
        };
        let (app, visitor) = (&shop.scene.world.app, shop.scene.visitor);
        let refused = start_and_keep(app, visitor, order("a")).await;
        assert!(matches!(refused, Err(FlowError::Card(_))), "{refused:?}");
        assert_eq!(shop.left(&invoice).await, (10_000, 0));
        start_and_keep(app, visitor, order("b")).await.unwrap();
        assert_eq!(shop.stripe.customers(), 1);
    })
    .await;
}
