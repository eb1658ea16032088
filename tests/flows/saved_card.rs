//! Cards that Stripe keeps for a debtor's contact: one click pays once, whatever is lost on the
//! way, and a card taken back is of no use to anybody.

mod gone;
mod lost;

use std::sync::Arc;

use acquit::flows::pay_by_card::{CardOrder, Redirect, start_and_keep};
use acquit::flows::pay_by_saved_card::{SavedCardOrder, start};
use acquit::flows::{hooks, saved_card};
use acquit::payments::stripe::StripeGateway;
use domain::CardId;
use domain::payment::PaymentState;
use domain::saved_card::SavedCard;

use super::*;
use crate::support::databases::backends;
use crate::support::fake_stripe::{FakeStripe, Plan};
use crate::support::world::WEBHOOK_SECRET;

/// A debtor whose contact pays by card at Stripe.
struct Shop {
    scene: Scene,
    stripe: FakeStripe,
}

impl Shop {
    async fn new(backend: &str) -> Self {
        let stripe = FakeStripe::start();
        let ways = Ways {
            cards: Arc::new(StripeGateway::new(Some(stripe.base_url()))),
            ..Ways::default()
        };
        let scene = Scene::by(backend, MONDAY, ways).await;
        stripe.set_now(scene.at());
        Self { scene, stripe }
    }

    /// Pays an invoice on Stripe's page with a card of this number, to be kept; nothing is heard
    /// of it here yet.
    async fn agree(&self, number: &str, name: &str) -> PaymentId {
        let invoice = self.scene.invoice(name, 10_000).await;
        let order = CardOrder {
            what: vec![share(&invoice, 10_000)].into(),
            key: format!("keep {name}"),
        };
        let page = start_and_keep(&self.scene.world.app, self.scene.visitor, order).await;
        let payment = page.unwrap().payment;
        let page = self.payment(payment).await.provider_ref.unwrap();
        assert!(self.stripe.pay_session_with(&page, number));
        payment
    }

    /// The same, with all events read: the card that is kept.
    async fn keep(&self, number: &str, name: &str) -> SavedCard {
        self.agree(number, name).await;
        self.deliver_all().await;
        self.cards().await.remove(0)
    }

    async fn click(
        &self,
        card: CardId,
        invoice: &Invoice,
        key: &str,
    ) -> Result<Redirect, FlowError> {
        self.click_as(self.scene.visitor, card, (invoice, key))
            .await
    }

    async fn click_as(
        &self,
        visitor: Visitor,
        card: CardId,
        (invoice, key): (&Invoice, &str),
    ) -> Result<Redirect, FlowError> {
        let order = SavedCardOrder {
            what: vec![share(invoice, invoice.open.minor())].into(),
            card,
            key: key.into(),
        };
        start(&self.scene.world.app, visitor, order).await
    }

    /// The cards the visitor can pay with today.
    async fn cards(&self) -> Vec<SavedCard> {
        let visitor = self.scene.visitor;
        let today = self.scene.supplier.zone.day(self.scene.at());
        self.read(move |conn| saved_card::usable(conn, &visitor, today))
            .await
    }

    async fn card(&self, id: CardId) -> SavedCard {
        let supplier = self.scene.supplier.id;
        self.read(move |conn| store::saved_card::find(conn, supplier, id))
            .await
    }

    async fn payment(&self, id: PaymentId) -> domain::payment::Payment {
        let supplier = self.scene.supplier.id;
        self.read(move |conn| store::payment::find(conn, supplier, id))
            .await
    }

    async fn state(&self, id: PaymentId) -> PaymentState {
        self.payment(id).await.state
    }

    async fn read<T: Send + 'static>(
        &self,
        work: impl Fn(&mut store::Conn) -> Result<T, store::StoreError> + Send + 'static,
    ) -> T {
        let store = &self.scene.world.app.store;
        store.read(Across::Inspection, work).await.unwrap()
    }

    /// Delivers all events so far, each so many times, the last first, and reads them.
    async fn deliver(&self, times: usize) {
        let app = &self.scene.world.app;
        let count = self.stripe.event_kinds().len();
        let plan = Plan {
            events: (0..count).rev().collect(),
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

    async fn deliver_all(&self) {
        self.deliver(1).await;
    }

    async fn tend(&self) -> usize {
        let supplier = self.scene.supplier.id;
        saved_card::tend(&self.scene.world.app, supplier)
            .await
            .unwrap()
    }

    /// Moves both clocks.
    fn later(&self, minutes: i64) {
        let at = self.scene.at().plus_minutes(minutes);
        self.scene.world.go_to(at);
        self.stripe.set_now(at);
    }

    /// What is open and what is held of an invoice, in cents.
    async fn left(&self, invoice: &Invoice) -> (i64, i64) {
        let now = self.scene.now(invoice.id).await;
        (now.open.minor(), now.reserved.minor())
    }
}

async fn everywhere<F: Future<Output = ()>>(test: impl Fn(Shop) -> F) {
    for backend in backends() {
        test(Shop::new(backend).await).await;
    }
}

const GOOD: &str = "4242424242424242";
const DECLINED: &str = "4000000000000002";
const ASKING: &str = "4000002500003155";

#[actix_web::test]
async fn a_card_is_kept_once_paid_and_pays_the_next_invoice_by_one_click() {
    everywhere(|shop| async move {
        let payment = shop.agree(GOOD, "F1").await;
        assert_eq!(shop.cards().await, [], "nothing is kept before it is paid");
        shop.deliver(5).await;
        assert_eq!(shop.state(payment).await, PaymentState::Succeeded);
        let [card] = shop.cards().await.try_into().unwrap();
        let face = card.face.clone().unwrap();
        assert_eq!(
            (face.brand.as_str(), face.last_four.as_str()),
            ("visa", "4242")
        );
        assert_eq!(
            (face.expires.to_string(), card.payment),
            ("08/2028".into(), payment)
        );
        let next = shop.scene.invoice("F2", 6_000).await;
        let done = shop.click(card.id, &next, "click").await.unwrap();
        assert_eq!(done.url, views::paths::payment(done.payment));
        assert_eq!(shop.state(done.payment).await, PaymentState::Succeeded);
        assert_eq!(shop.left(&next).await, (0, 0));
        let again = shop.click(card.id, &next, "click").await;
        assert_eq!(again.unwrap(), done, "sent twice, paid once");
        shop.deliver(5).await;
        assert_eq!(shop.stripe.taken(), 16_000);
        assert_eq!(shop.scene.books(), [(Account::TransitCard, 16_000)]);
        let thanks = shop.scene.outbox().await;
        assert_eq!(thanks, ["thanks due", "thanks due"]);
        let expected = [
            shop.stripe.intents(done.payment).len(),
            shop.stripe.customers(),
        ];
        assert_eq!(expected, [1, 1]);
    })
    .await;
}

#[actix_web::test]
async fn nothing_is_kept_that_was_not_agreed_to() {
    everywhere(|shop| async move {
        let invoice = shop.scene.invoice("F1", 10_000).await;
        let order = CardOrder {
            what: vec![share(&invoice, 10_000)].into(),
            key: "k".into(),
        };
        let app = &shop.scene.world.app;
        let page = acquit::flows::pay_by_card::start(app, shop.scene.visitor, order).await;
        let page = shop
            .payment(page.unwrap().payment)
            .await
            .provider_ref
            .unwrap();
        assert!(shop.stripe.pay_session(&page));
        shop.deliver_all().await;
        assert_eq!(shop.cards().await, []);
        assert_eq!(shop.stripe.attached(), Vec::<String>::new());
        assert_eq!(shop.stripe.customers(), 0);
    })
    .await;
}

#[actix_web::test]
async fn nobody_else_pays_with_it() {
    everywhere(|shop| async move {
        let card = shop.keep(GOOD, "F1").await;
        let (world, scene) = (&shop.scene.world, &shop.scene);
        let invoice = scene.invoice("F2", 6_000).await;
        let refused = |done: Result<Redirect, FlowError>| {
            assert!(matches!(done, Err(FlowError::NotOffered(_))), "{done:?}");
        };
        let passed_on = Visitor {
            forward: Some(new_id()),
            ..scene.visitor
        };
        refused(shop.click_as(passed_on, card.id, (&invoice, "a")).await);
        let colleague = Visitor {
            contact: new_id(),
            ..scene.visitor
        };
        refused(shop.click_as(colleague, card.id, (&invoice, "b")).await);
        let (other, contact) = world.debtor(&scene.supplier, "C2").await;
        let theirs = world.invoice(&other, "F3", 6_000, "2026-02-20").await;
        let (_, visitor) = world.link(&other, &contact).await;
        refused(shop.click_as(visitor, card.id, (&theirs, "c")).await);
        let elsewhere = world.supplier("other").await;
        let (far, contact) = world.debtor(&elsewhere, "C1").await;
        let far_off = world.invoice(&far, "F4", 6_000, "2026-02-20").await;
        let (_, visitor) = world.link(&far, &contact).await;
        refused(shop.click_as(visitor, card.id, (&far_off, "d")).await);
        for visitor in [passed_on, colleague, visitor] {
            let taken = saved_card::take_back(&world.app, visitor, card.id).await;
            assert!(taken.is_err(), "{visitor:?}");
        }
        assert_eq!(shop.card(card.id).await, card);
        assert_eq!(
            (shop.stripe.taken(), shop.left(&invoice).await),
            (10_000, (6_000, 0))
        );
    })
    .await;
}

#[actix_web::test]
async fn a_declined_card_takes_nothing_and_holds_nothing() {
    everywhere(|shop| async move {
        let card = shop.keep(DECLINED, "F1").await;
        let invoice = shop.scene.invoice("F2", 6_000).await;
        let done = shop.click(card.id, &invoice, "a").await.unwrap();
        assert_eq!(done.url, views::paths::payment(done.payment));
        assert_eq!(shop.state(done.payment).await, PaymentState::Failed);
        assert_eq!(shop.left(&invoice).await, (6_000, 0));
        shop.deliver(3).await;
        assert_eq!(shop.state(done.payment).await, PaymentState::Failed);
        assert_eq!(shop.stripe.taken(), 10_000);
        assert_eq!(shop.cards().await.len(), 1, "it stays to be tried again");
    })
    .await;
}

#[actix_web::test]
async fn a_bank_that_asks_is_answered_or_not() {
    everywhere(|shop| async move {
        let card = shop.keep(ASKING, "F1").await;
        for (approve, state, left) in [
            (true, PaymentState::Succeeded, (0, 0)),
            (false, PaymentState::Failed, (6_000, 0)),
        ] {
            let invoice = shop.scene.invoice(&format!("F {approve}"), 6_000).await;
            let key = format!("asked {approve}");
            let asked = shop.click(card.id, &invoice, &key).await.unwrap();
            assert!(
                asked.url.starts_with("https://hooks.stripe.com/"),
                "{asked:?}"
            );
            assert_eq!(
                shop.state(asked.payment).await,
                PaymentState::RequiresAction
            );
            assert_eq!(shop.left(&invoice).await, (6_000, 6_000));
            let again = shop.click(card.id, &invoice, &key).await.unwrap();
            assert_eq!(again, asked, "a second click goes on to the same bank");
            let [intent] = shop.stripe.intents(asked.payment).try_into().unwrap();
            assert!(shop.stripe.confirm(&intent, approve));
            shop.deliver(3).await;
            assert_eq!(shop.state(asked.payment).await, state);
            assert_eq!(shop.left(&invoice).await, left);
        }
        assert_eq!(shop.stripe.taken(), 16_000);
    })
    .await;
}
