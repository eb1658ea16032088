//! Card payments refunded or contested: booked once whatever the order of the news, due again,
//! told to both sides.

use std::sync::Arc;

use acquit::flows::pay_by_card::{CardOrder, start};
use acquit::flows::promise::{Pledge, make};
use acquit::flows::{hooks, mailbox};
use acquit::payments::stripe::StripeGateway;
use acquit::store::{self, Across};
use domain::invoice::Invoice;
use domain::ledger::Account;
use domain::payment::PaymentState;
use domain::promise::PromiseState;
use domain::reversal::ReversalState;
use domain::{Money, PaymentId};

use super::plan::judge_on;
use super::{MONDAY, Scene, share};
use crate::support::databases::backends;
use crate::support::fake_stripe::{FakeStripe, Plan};
use crate::support::world::{WEBHOOK_SECRET, Ways};

/// A debtor that paid two invoices by card at Stripe; the news of it may be on its way.
pub(super) struct Till {
    pub scene: Scene,
    pub stripe: FakeStripe,
    invoices: [Invoice; 2],
    pub payment: PaymentId,
    pub intent: String,
}

impl Till {
    /// 40.00 and 60.00, paid in one go.
    pub async fn new(backend: &str) -> Self {
        let scene = Self::scene(backend).await;
        let (first, second) = (
            scene.0.invoice("F1", 4_000).await,
            scene.0.invoice("F2", 6_000).await,
        );
        Self::pay(scene, [first, second]).await
    }

    async fn scene(backend: &str) -> (Scene, FakeStripe) {
        let stripe = FakeStripe::start();
        let ways = Ways {
            cards: Arc::new(StripeGateway::new(Some(stripe.base_url()))),
            ..Ways::default()
        };
        let scene = Scene::by(backend, MONDAY, ways).await;
        stripe.set_now(scene.at());
        (scene, stripe)
    }

    async fn pay((scene, stripe): (Scene, FakeStripe), invoices: [Invoice; 2]) -> Self {
        let shares = invoices.iter().map(|one| share(one, one.open.minor()));
        let order = CardOrder {
            what: shares.collect::<Vec<_>>().into(),
            key: "k".into(),
        };
        let app = &scene.world.app;
        let payment = start(app, scene.visitor, order).await.unwrap().payment;
        let supplier = scene.supplier.id;
        let find = move |conn: &mut _| store::payment::find(conn, supplier, payment);
        let page = app
            .store
            .read(Across::Inspection, find)
            .await
            .unwrap()
            .provider_ref
            .unwrap();
        assert!(stripe.pay_session(&page));
        let intent = stripe.intent_of(&page).unwrap();
        Self {
            scene,
            stripe,
            invoices,
            payment,
            intent,
        }
    }

    /// Delivers these events, each so many times, and reads them.
    pub async fn deliver(&self, events: Vec<usize>, times: usize) {
        let app = &self.scene.world.app;
        let plan = Plan {
            events,
            times,
            secret: WEBHOOK_SECRET.into(),
            at: self.scene.at(),
        };
        for webhook in self.stripe.webhooks(&plan) {
            let supplier = self.scene.supplier.id;
            let kept = hooks::receive_stripe(app, supplier, &webhook.signature, webhook.body);
            kept.await.unwrap();
        }
        hooks::read_waiting(app).await.unwrap();
    }

    /// All events so far, in their order.
    pub async fn deliver_all(&self) {
        let count = self.stripe.event_kinds().len();
        self.deliver((0..count).collect(), 1).await;
    }

    async fn state(&self) -> PaymentState {
        let (supplier, id) = (self.scene.supplier.id, self.payment);
        let find = move |conn: &mut _| store::payment::find(conn, supplier, id);
        let found = self
            .scene
            .world
            .app
            .store
            .read(Across::Inspection, find)
            .await
            .unwrap();
        found.state
    }

    /// What is open of both invoices, in cents.
    pub async fn open(&self) -> [i64; 2] {
        let [first, second] = &self.invoices;
        let first = self.scene.now(first.id).await.open.minor();
        [first, self.scene.now(second.id).await.open.minor()]
    }

    /// The debtor's messages about it.
    pub async fn told(&self) -> usize {
        let all = self.scene.outbox().await;
        all.iter()
            .filter(|one| one.starts_with("money_back"))
            .count()
    }

    async fn reversals(&self) -> Vec<ReversalState> {
        let (supplier, id) = (self.scene.supplier.id, self.payment);
        let find = move |conn: &mut _| store::reversal::of_payment(conn, supplier, id);
        let found = self
            .scene
            .world
            .app
            .store
            .read(Across::Inspection, find)
            .await
            .unwrap();
        found.into_iter().map(|one| one.state).collect()
    }

    async fn words(&self) -> String {
        let app = &self.scene.world.app;
        while acquit::flows::deliver::run(app).await.unwrap().sent > 0 {}
        let (kept, _) = mailbox::list(app, None).await.unwrap();
        let (_, read) = mailbox::open(app, kept[0].id).await.unwrap();
        read.text.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

#[actix_web::test]
async fn a_refund_in_parts_reopens_the_last_invoice_first_and_ends_the_payment() {
    for backend in backends() {
        let till = Till::new(backend).await;
        till.deliver_all().await;
        assert_eq!(till.open().await, [0, 0], "{backend}");
        till.stripe.refund(&till.intent, 2_500);
        till.deliver_all().await;
        assert_eq!(till.open().await, [0, 2_500]);
        assert_eq!(till.state().await, PaymentState::Succeeded);
        let books = [(Account::Receivable, 2_500), (Account::TransitCard, 7_500)];
        assert_eq!(till.scene.books(), books);
        let words = till.words().await;
        assert!(
            words.contains("Nous vous avons remboursé 25,00 €"),
            "{words}"
        );
        assert!(
            words.contains("de nouveau à régler") && words.contains("F2"),
            "{words}"
        );
        // A link may hold any letters: the list names invoices with a comma behind.
        assert!(!words.contains("F1,"), "{words}");
        till.stripe.refund(&till.intent, 7_500);
        till.deliver_all().await;
        assert_eq!(till.open().await, [4_000, 6_000]);
        assert_eq!(till.state().await, PaymentState::Returned);
        assert_eq!(till.scene.books(), [(Account::Receivable, 10_000)]);
        assert_eq!(till.told().await, 2);
        // The news that it was paid comes once more: it had been.
        till.deliver(vec![1], 5).await;
        assert_eq!(till.open().await, [4_000, 6_000]);
        let put_off = "SELECT id AS value FROM inbox WHERE state <> 'done'";
        let put_off = till.scene.world.conn().read_sql(put_off).unwrap();
        assert!(put_off.is_empty(), "{backend} {put_off:?}");
    }
}

#[actix_web::test]
async fn five_deliveries_in_the_wrong_order_are_booked_once() {
    for backend in backends() {
        let till = Till::new(backend).await;
        till.stripe.refund(&till.intent, 3_000);
        let contest = till.stripe.contest(&till.intent, 7_000);
        till.stripe.decide(&contest, "lost");
        // Nothing was heard yet, not even that it was paid; the last news comes first.
        let count = till.stripe.event_kinds().len();
        for event in (0..count).rev() {
            till.deliver(vec![event], 5).await;
        }
        till.deliver((0..count).rev().collect(), 5).await;
        assert_eq!(till.open().await, [4_000, 6_000], "{backend}");
        assert_eq!(till.state().await, PaymentState::Returned);
        assert_eq!(till.scene.books(), [(Account::Receivable, 10_000)]);
        assert_eq!(till.told().await, 2, "once a step");
        let thanks = till.scene.outbox().await;
        let thanks = thanks.iter().filter(|one| one.starts_with("thanks"));
        assert_eq!(thanks.count(), 1);
        let entries = "SELECT source AS value FROM ledger_tx WHERE kind = 'reversal'";
        assert_eq!(till.scene.world.conn().read_sql(entries).unwrap().len(), 2);
    }
}

#[actix_web::test]
async fn a_contest_takes_nothing_until_it_is_lost() {
    for (status, open, state) in [
        ("won", [0, 0], ReversalState::Kept),
        ("lost", [0, 5_000], ReversalState::Gone),
    ] {
        for backend in backends() {
            let till = Till::new(backend).await;
            let contest = till.stripe.contest(&till.intent, 5_000);
            till.deliver_all().await;
            assert_eq!(till.open().await, [0, 0], "{backend}");
            assert_eq!(till.reversals().await, [ReversalState::Pending]);
            assert_eq!(
                till.told().await,
                0,
                "the debtor is not accused of anything"
            );
            let ids = [till.scene.supplier.id];
            let later = till.scene.at().plus_days(90);
            let read = move |conn: &mut _| store::report::going_back(conn, &ids, later, 9);
            let listed = till
                .scene
                .world
                .app
                .store
                .read(Across::Inspection, read)
                .await
                .unwrap();
            assert_eq!(listed.len(), 1, "staff has to answer it");
            till.stripe.decide(&contest, status);
            till.deliver_all().await;
            assert_eq!(till.open().await, open, "{backend} {status}");
            assert_eq!(till.reversals().await, [state]);
            assert_eq!(till.told().await, usize::from(status == "lost"));
            if status == "lost" {
                let words = till.words().await;
                assert!(words.contains("À la demande du titulaire"), "{words}");
            }
        }
    }
}

#[actix_web::test]
async fn a_refund_that_fails_at_the_bank_leaves_money_to_apply() {
    for backend in backends() {
        let till = Till::new(backend).await;
        let refund = till.stripe.refund(&till.intent, 10_000);
        till.deliver_all().await;
        assert_eq!(till.state().await, PaymentState::Returned);
        till.stripe.fail_refund(&refund);
        for _ in 0..2 {
            till.deliver_all().await;
            assert_eq!(
                till.reversals().await,
                [ReversalState::CameBack],
                "{backend}"
            );
            assert_eq!(
                till.open().await,
                [4_000, 6_000],
                "somebody may have paid since"
            );
            let books = [
                (Account::Receivable, 10_000),
                (Account::TransitCard, 10_000),
                (Account::Unapplied, -10_000),
            ];
            assert_eq!(till.scene.books(), books);
        }
    }
}

#[actix_web::test]
async fn reminders_and_promises_go_on_where_they_were() {
    for backend in backends() {
        let (scene, stripe) = Till::scene(backend).await;
        let first = scene.invoice("F1", 4_000).await;
        let second = scene.invoice("F2", 6_000).await;
        judge_on(&scene, MONDAY).await;
        let pledge = Pledge {
            shares: vec![share(&second, 6_000)],
            due_on: "2026-03-12".parse().unwrap(),
            key: "p".into(),
        };
        let promise = make(&scene.world.app, scene.visitor, pledge).await.unwrap();
        let supplier = scene.supplier.id;
        let find = move |conn: &mut _| store::promise::find(conn, supplier, promise);
        let till = Till::pay((scene, stripe), [first, second]).await;
        till.deliver_all().await;
        let app = &till.scene.world.app;
        assert_eq!(
            app.store
                .read(Across::Inspection, find)
                .await
                .unwrap()
                .state,
            PromiseState::Kept
        );
        till.stripe.refund(&till.intent, 1_000);
        till.deliver_all().await;
        let again = app.store.read(Across::Inspection, find).await.unwrap();
        assert_eq!(
            again.state,
            PromiseState::Made,
            "{backend}: 10.00 of it is missing again"
        );
        assert_eq!(
            till.scene.now(till.invoices[1].id).await.promised,
            Money::eur(6_000)
        );
        till.stripe.refund(&till.intent, 9_000);
        till.deliver_all().await;
        judge_on(&till.scene, "2026-03-30").await;
        assert_eq!(
            app.store
                .read(Across::Inspection, find)
                .await
                .unwrap()
                .state,
            PromiseState::Broken
        );
        judge_on(&till.scene, "2026-04-08").await;
        let last = till.scene.outbox().await.pop().unwrap();
        assert_eq!(
            last, "reminder_2 due",
            "{backend}: the first was sent before"
        );
    }
}

#[actix_web::test]
async fn money_that_others_took_is_nobodys_here() {
    for backend in backends() {
        let till = Till::new(backend).await;
        till.deliver_all().await;
        let body = br#"{"id":"evt_x","type":"charge.refunded","livemode":false,
            "data":{"object":{"object":"charge","payment_intent":"pi_unknown"}}}"#;
        let now = till.scene.at();
        let signature = acquit::payments::stripe_event::sign(&WEBHOOK_SECRET.into(), body, now);
        let (app, supplier) = (&till.scene.world.app, till.scene.supplier.id);
        hooks::receive_stripe(app, supplier, &signature, body.to_vec())
            .await
            .unwrap();
        hooks::read_waiting(app).await.unwrap();
        let note = "SELECT note AS value FROM inbox WHERE event_id = 'evt_x'";
        assert_eq!(
            till.scene.world.conn().read_sql(note).unwrap(),
            ["foreign"],
            "{backend}"
        );
        assert_eq!(till.open().await, [0, 0]);
    }
}
