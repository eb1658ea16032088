//! Debits by the payment provider at Stripe: every order of the news comes to the same books.

use std::sync::Arc;

use acquit::flows::pay_by_card::CardOrder;
use acquit::flows::promise::{Pledge, make};
use acquit::flows::provider_debit::{Agreement, start};
use acquit::flows::{hooks, refresh_card};
use acquit::payments::stripe::StripeGateway;
use acquit::store::{self, Across};
use domain::invoice::Invoice;
use domain::ledger::Account;
use domain::payment::PaymentState;
use domain::promise::PromiseState;
use domain::{PaymentId, PromiseId};

use super::plan::judge_on;
use super::{MONDAY, Scene, share};
use crate::support::databases::backends;
use crate::support::fake_stripe::{FakeStripe, Plan};
use crate::support::world::{WEBHOOK_SECRET, Ways};

/// A debtor that agreed to a debit of one invoice, 100.00, at Stripe.
struct Till {
    scene: Scene,
    stripe: FakeStripe,
    invoice: Invoice,
    payment: PaymentId,
    page: String,
    /// What was promised for the invoice before, if anything was.
    promise: Option<PromiseId>,
}

impl Till {
    async fn new(backend: &str) -> Self {
        Self::open(backend, None).await
    }

    async fn open(backend: &str, promised: Option<&str>) -> Self {
        let stripe = FakeStripe::start();
        let ways = Ways {
            cards: Arc::new(StripeGateway::new(Some(stripe.base_url()))),
            ..Ways::default()
        };
        let scene = Scene::by(backend, MONDAY, ways).await;
        stripe.set_now(scene.at());
        let none = "UPDATE supplier SET creditor_id = NULL";
        scene.world.conn().run_sql(none).unwrap();
        Self::agreed((scene, stripe), "F1", promised).await
    }

    /// The same, after a promise for Wednesday.
    async fn promised(backend: &str) -> Self {
        Self::open(backend, Some("2026-03-04")).await
    }

    /// Another invoice, agreed to be debited in the same way.
    async fn again(self, number: &str) -> Self {
        Self::agreed((self.scene, self.stripe), number, None).await
    }

    async fn agreed(
        (scene, stripe): (Scene, FakeStripe),
        number: &str,
        promised: Option<&str>,
    ) -> Self {
        let invoice = scene.invoice(number, 10_000).await;
        let promise = match promised {
            Some(day) => {
                let pledge = Pledge {
                    shares: vec![share(&invoice, 10_000)],
                    due_on: day.parse().unwrap(),
                    key: "p".into(),
                };
                let made = make(&scene.world.app, scene.visitor, pledge).await;
                Some(made.unwrap())
            }
            None => None,
        };
        let order = CardOrder {
            what: vec![share(&invoice, 10_000)].into(),
            key: number.into(),
        };
        let agreed = Agreement {
            wording: "J’autorise.".into(),
            address: "127.0.0.1".into(),
            agent: "test".into(),
        };
        let begun = start(&scene.world.app, scene.visitor, (order, agreed)).await;
        let payment = begun.unwrap().payment;
        let page = stripe.sessions(payment).pop_first().unwrap();
        let method = stripe.ordered(&page, "allowed_payment_method_types[0]");
        assert_eq!(method.as_deref(), Some("sepa_debit"));
        assert!(stripe.pay_session_later(&page));
        Self {
            scene,
            stripe,
            invoice,
            payment,
            page,
            promise,
        }
    }

    /// Delivers these events, each so many times, and reads them.
    async fn deliver(&self, events: Vec<usize>, times: usize) {
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

    async fn state(&self) -> PaymentState {
        let (supplier, id) = (self.scene.supplier.id, self.payment);
        let find = move |conn: &mut _| store::payment::find(conn, supplier, id);
        let store = &self.scene.world.app.store;
        store.read(Across::Inspection, find).await.unwrap().state
    }

    /// Open and held of the invoice, in cents.
    async fn invoice(&self) -> (i64, i64) {
        let now = self.scene.now(self.invoice.id).await;
        (now.open.minor(), now.reserved.minor())
    }

    async fn kinds(&self) -> Vec<String> {
        let kinds = self.scene.outbox().await.into_iter();
        let word = |text: String| text.split(' ').next().unwrap().to_owned();
        kinds.map(word).collect()
    }
}

/// All orders of so many events.
fn orders(count: usize) -> Vec<Vec<usize>> {
    let Some(last) = count.checked_sub(1) else {
        return vec![Vec::new()];
    };
    let mut all = Vec::new();
    for shorter in orders(last) {
        for place in 0..=shorter.len() {
            let mut order = shorter.clone();
            order.insert(place, last);
            all.push(order);
        }
    }
    all
}

#[actix_web::test]
async fn nothing_is_booked_while_the_bank_has_not_answered() {
    for backend in backends() {
        let till = Till::new(backend).await;
        till.deliver(vec![0], 5).await;
        assert_eq!(till.state().await, PaymentState::Processing, "{backend}");
        assert_eq!(till.invoice().await, (10_000, 10_000));
        assert_eq!(till.kinds().await, ["debit_under_way"]);
        // The page's time is over long before the bank answers.
        till.scene.go_to("2026-03-06");
        refresh_card::close_overdue(&till.scene.world.app)
            .await
            .unwrap();
        assert_eq!(till.state().await, PaymentState::Processing);
        assert!(till.stripe.answer_debit(&till.page, true));
        // No news of it came: asking tells.
        hooks::poll(&till.scene.world.app, till.scene.supplier.id)
            .await
            .unwrap();
        assert_eq!(till.state().await, PaymentState::Succeeded);
        assert_eq!(till.scene.books(), [(Account::TransitCard, 10_000)]);
        assert_eq!(till.kinds().await, ["debit_under_way", "thanks"]);
    }
}

/// The debtor did what it had said: its bank takes its days.
#[actix_web::test]
async fn a_promise_is_not_called_broken_while_the_bank_has_not_answered() {
    for backend in backends() {
        for (pays, expected) in [
            (true, PromiseState::KeptLate),
            (false, PromiseState::Broken),
        ] {
            let till = Till::promised(backend).await;
            let promise = till.promise.unwrap();
            till.deliver(vec![0], 1).await;
            let (app, supplier) = (&till.scene.world.app, till.scene.supplier.id);
            let find = move |conn: &mut _| store::promise::find(conn, supplier, promise);
            let state = || async { app.store.read(supplier, find).await.unwrap().state };
            judge_on(&till.scene, "2026-03-10").await;
            assert_eq!(state().await, PromiseState::Made, "{backend}");
            assert!(till.stripe.answer_debit(&till.page, pays));
            hooks::poll(app, supplier).await.unwrap();
            judge_on(&till.scene, "2026-03-10").await;
            assert_eq!(state().await, expected, "{backend}");
        }
    }
}

#[actix_web::test]
async fn a_refusal_frees_the_invoice_in_every_order_of_the_news() {
    for backend in backends() {
        for order in orders(3) {
            let till = Till::new(backend).await;
            assert!(till.stripe.answer_debit(&till.page, false));
            assert_eq!(till.stripe.event_kinds().len(), 3);
            for event in &order {
                till.deliver(vec![*event], 5).await;
            }
            assert_eq!(
                till.state().await,
                PaymentState::Failed,
                "{backend} {order:?}"
            );
            assert_eq!(till.invoice().await, (10_000, 0));
            assert_eq!(till.scene.books(), [(Account::Receivable, 10_000)]);
            let kinds = till.kinds().await;
            assert!(!kinds.contains(&"thanks".to_owned()), "{kinds:?}");
        }
    }
}

/// Paid after days, taken back after weeks: six events, each five times, in every sixth of their
/// 720 orders.
#[actix_web::test]
async fn a_debit_taken_back_after_it_was_paid_is_due_again_in_every_order_of_the_news() {
    for backend in backends() {
        let rounds = if backend == "sqlite" { 120 } else { 30 };
        let mut till = Till::new(backend).await;
        for (number, order) in orders(6).into_iter().step_by(6).take(rounds).enumerate() {
            let before = till.stripe.event_kinds().len() - 1;
            assert!(till.stripe.answer_debit(&till.page, true));
            let intent = till.stripe.intent_of(&till.page).unwrap();
            till.stripe.take_back(&intent, "bank_cannot_process");
            let kinds = till.stripe.event_kinds();
            assert_eq!(kinds.len() - before, 6, "{kinds:?}");
            for event in &order {
                till.deliver(vec![before + event], 5).await;
            }
            let case = format!("{backend} {order:?}");
            assert_eq!(till.state().await, PaymentState::Returned, "{case}");
            assert_eq!(till.invoice().await, (10_000, 0), "{case}");
            let owed = 10_000 * i64::try_from(number + 1).unwrap();
            assert_eq!(till.scene.books(), [(Account::Receivable, owed)], "{case}");
            till = till.again(&format!("F{}", number + 2)).await;
        }
        let sql = "SELECT source AS value FROM ledger_tx WHERE kind IN ('settlement', 'reversal')";
        let entries = till.scene.world.conn().read_sql(sql).unwrap();
        assert_eq!(entries.len(), 2 * rounds, "{backend}: each once");
    }
}
