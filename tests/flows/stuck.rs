//! News that cannot be booked is tried for some days, then a person decides; nothing is lost.

use acquit::flows::Actor;
use acquit::flows::hooks::{self, Decision, TRIED_DAYS};
use acquit::store::inbox::Stuck;
use acquit::store::{self, Across};

use super::money_back::Till;
use crate::support::databases::backends;

/// The news of the refund alone: what else Stripe told got lost.
async fn told_of_the_refund(till: &Till) {
    let last = till.stripe.event_kinds().len() - 1;
    till.deliver(vec![last], 1).await;
}

async fn stuck(till: &Till) -> Vec<Stuck> {
    let supplier = till.scene.supplier.id;
    let read = move |conn: &mut _| store::inbox::stuck(conn, &[supplier], 50);
    let store = &till.scene.world.app.store;
    store.read(Across::Inspection, read).await.unwrap()
}

/// A refund of a payment that is not paid here, and whose page nobody knows.
async fn refunded_without_payment(backend: &str) -> Till {
    let till = Till::new(backend).await;
    let lost = "UPDATE payment SET state = 'expired', provider_ref = NULL";
    till.scene.world.conn().run_sql(lost).unwrap();
    till.scene
        .world
        .conn()
        .run_sql("UPDATE invoice SET reserved = 0")
        .unwrap();
    till.stripe.refund(&till.intent, 2_500);
    till
}

#[actix_web::test]
async fn news_of_a_payment_that_never_settles_ends_with_a_person() {
    for backend in backends() {
        let till = refunded_without_payment(backend).await;
        let app = &till.scene.world.app;
        let begun = till.scene.at();
        told_of_the_refund(&till).await;
        let waiting = "SELECT id AS value FROM inbox WHERE state = 'new'";
        let waiting = || till.scene.world.conn().read_sql(waiting).unwrap().len();
        assert_eq!(waiting(), 1, "{backend}: put off");
        assert_eq!(stuck(&till).await, []);
        // Some hours later the last wait is an hour: it is not asked for all the time.
        for hours in [1, 2, 4, 8, 24 * TRIED_DAYS - 1] {
            till.scene.world.go_to(begun.plus_minutes(60 * hours));
            hooks::read_waiting(app).await.unwrap();
            assert_eq!(
                (waiting(), stuck(&till).await.len()),
                (1, 0),
                "{backend} {hours}"
            );
        }
        till.scene.world.go_to(begun.plus_days(TRIED_DAYS));
        hooks::read_waiting(app).await.unwrap();
        let left = stuck(&till).await;
        assert_eq!((waiting(), left.len()), (0, 1), "{backend}");
        assert!(left[0].why.contains("not paid"), "{}", left[0].why);
        assert_eq!(left[0].received_at, begun);
        // Read again while nothing has changed, it comes back to the person.
        let (supplier, staff) = (till.scene.supplier.id, || {
            Actor::staff("marie@four.example")
        });
        let again = (Decision::Again, staff());
        hooks::decide(app, supplier, left[0].id, again)
            .await
            .unwrap();
        assert_eq!(waiting(), 1);
        hooks::read_waiting(app).await.unwrap();
        assert_eq!(stuck(&till).await.len(), 1, "{backend}");
        // Once the money is known it is booked like any other.
        let paid = "UPDATE payment SET state = 'created'";
        till.scene.world.conn().run_sql(paid).unwrap();
        let taken = "UPDATE invoice SET reserved = open";
        till.scene.world.conn().run_sql(taken).unwrap();
        let payment = till.payment;
        assert!(till.scene.receive(payment, 10_000, "2026-03-05").await);
        for _ in 0..2 {
            let again = (Decision::Again, staff());
            hooks::decide(app, supplier, left[0].id, again)
                .await
                .unwrap();
            hooks::read_waiting(app).await.unwrap();
        }
        assert_eq!(stuck(&till).await, [], "{backend}");
        assert_eq!(till.open().await, [0, 2_500], "{backend}");
        assert_eq!(till.told().await, 1);
        till.scene.books();
    }
}

#[actix_web::test]
async fn a_person_closes_what_was_settled_by_other_means() {
    for backend in backends() {
        let till = refunded_without_payment(backend).await;
        told_of_the_refund(&till).await;
        let app = &till.scene.world.app;
        till.scene
            .world
            .go_to(till.scene.at().plus_days(TRIED_DAYS));
        hooks::read_waiting(app).await.unwrap();
        let left = stuck(&till).await;
        let supplier = till.scene.supplier.id;
        for _ in 0..2 {
            let close = (Decision::Close, Actor::staff("marie@four.example"));
            hooks::decide(app, supplier, left[0].id, close)
                .await
                .unwrap();
        }
        assert_eq!(stuck(&till).await, []);
        let mut conn = till.scene.world.conn();
        let who = "SELECT actor AS value FROM audit WHERE action = 'event.closed'";
        let who = conn.read_sql(who).unwrap();
        assert_eq!(who, ["staff marie@four.example"], "{backend}: once");
        let body = "SELECT event_id AS value FROM inbox WHERE note LIKE '%not paid%'";
        assert_eq!(conn.read_sql(body).unwrap().len(), 1, "the event is kept");
    }
}
