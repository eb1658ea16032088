//! Answers that are lost, late or in two tabs: money is taken once, and it is known in the end.

use acquit::flows::refresh_card;

use super::*;
use crate::support::fake_stripe::{Endpoint, Fault};

#[actix_web::test]
async fn a_bank_that_is_not_answered_in_time_can_take_nothing_any_more() {
    everywhere(|shop| async move {
        let card = shop.keep(ASKING, "F1").await;
        let invoice = shop.scene.invoice("F2", 6_000).await;
        let asked = shop.click(card.id, &invoice, "a").await.unwrap();
        shop.later(21);
        refresh_card::close_overdue(&shop.scene.world.app)
            .await
            .unwrap();
        assert_eq!(shop.state(asked.payment).await, PaymentState::Expired);
        assert_eq!(shop.left(&invoice).await, (6_000, 0));
        let [intent] = shop.stripe.intents(asked.payment).try_into().unwrap();
        assert!(!shop.stripe.confirm(&intent, true));
    })
    .await;
}

#[actix_web::test]
async fn a_second_tab_ends_what_waits_for_a_bank_and_pays_once() {
    everywhere(|shop| async move {
        let asking = shop.keep(ASKING, "F1").await;
        let good = shop.keep(GOOD, "F2").await;
        let invoice = shop.scene.invoice("F3", 6_000).await;
        let first = shop.click(asking.id, &invoice, "a").await.unwrap();
        let second = shop.click(good.id, &invoice, "b").await.unwrap();
        assert_eq!(shop.state(first.payment).await, PaymentState::Expired);
        assert_eq!(shop.state(second.payment).await, PaymentState::Succeeded);
        let [intent] = shop.stripe.intents(first.payment).try_into().unwrap();
        assert!(!shop.stripe.confirm(&intent, true));
        let third = shop.click(good.id, &invoice, "c").await;
        assert!(third.is_err(), "nothing is left to pay");
        assert_eq!(shop.stripe.taken(), 26_000);
    })
    .await;
}

#[actix_web::test]
async fn a_lost_answer_is_found_by_its_event_or_by_asking_and_never_charged_twice() {
    for told in [true, false] {
        everywhere(|shop| async move {
            let card = shop.keep(GOOD, "F1").await;
            let invoice = shop.scene.invoice("F2", 6_000).await;
            shop.stripe.fault(Endpoint::CreateIntent, Fault::LoseAnswer);
            let lost = shop.click(card.id, &invoice, "a").await;
            assert!(matches!(lost, Err(FlowError::Card(_))), "{lost:?}");
            assert_eq!(
                shop.left(&invoice).await,
                (6_000, 6_000),
                "held until it is known"
            );
            let other_tab = shop.click(card.id, &invoice, "b").await;
            assert!(other_tab.is_err(), "{other_tab:?}");
            if told {
                shop.deliver(2).await;
            } else {
                shop.later(21);
                refresh_card::close_overdue(&shop.scene.world.app)
                    .await
                    .unwrap();
            }
            assert_eq!(shop.left(&invoice).await, (0, 0));
            assert_eq!(shop.stripe.taken(), 16_000);
            assert_eq!(shop.scene.books()[0], (Account::TransitCard, 16_000));
        })
        .await;
    }
}

#[actix_web::test]
async fn the_same_form_again_after_a_lost_answer_learns_how_it_ended() {
    everywhere(|shop| async move {
        let card = shop.keep(GOOD, "F1").await;
        let invoice = shop.scene.invoice("F2", 6_000).await;
        shop.stripe.fault(Endpoint::CreateIntent, Fault::LoseAnswer);
        shop.click(card.id, &invoice, "a").await.unwrap_err();
        let done = shop.click(card.id, &invoice, "a").await.unwrap();
        assert_eq!(shop.state(done.payment).await, PaymentState::Succeeded);
        assert_eq!(
            (shop.stripe.taken(), shop.left(&invoice).await),
            (16_000, (0, 0))
        );
    })
    .await;
}

#[actix_web::test]
async fn a_request_that_stripe_never_heard_is_given_up_only_when_none_can_be_on_its_way() {
    everywhere(|shop| async move {
        let card = shop.keep(GOOD, "F1").await;
        let invoice = shop.scene.invoice("F2", 6_000).await;
        shop.stripe
            .fault(Endpoint::CreateIntent, Fault::Conflict409);
        shop.click(card.id, &invoice, "a").await.unwrap_err();
        let at_once = shop.click(card.id, &invoice, "b").await;
        assert!(at_once.is_err(), "the first may be on its way: {at_once:?}");
        shop.later(6);
        let later = shop.click(card.id, &invoice, "c").await.unwrap();
        assert_eq!(shop.state(later.payment).await, PaymentState::Succeeded);
        assert_eq!(
            (shop.stripe.taken(), shop.left(&invoice).await),
            (16_000, (0, 0))
        );
    })
    .await;
}

#[actix_web::test]
async fn a_payment_counts_even_if_its_card_cannot_be_noted_at_once() {
    everywhere(|shop| async move {
        let payment = shop.agree(GOOD, "F1").await;
        let supplier = shop.scene.supplier.id;
        let page = shop.payment(payment).await.provider_ref.unwrap();
        let app = &shop.scene.world.app;
        // The page itself is read; what was kept with it is not.
        shop.stripe
            .skip(Endpoint::RetrieveSession, 1, Fault::RateLimit429);
        refresh_card::refresh(app, supplier, &page, None)
            .await
            .unwrap();
        assert_eq!(shop.state(payment).await, PaymentState::Succeeded);
        assert_eq!(shop.cards().await, []);
        assert_eq!(shop.tend().await, 1);
        assert_eq!(shop.cards().await.len(), 1);
        assert_eq!(shop.tend().await, 0);
    })
    .await;
}
