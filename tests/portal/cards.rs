//! Card payments on the demonstration's page, from the form to the thank-you.

use std::sync::Arc;

use acquit::payments::card::{
    CardAccount, CardError, CardGateway, CardStatus, Charge, Checkout, CheckoutOrder, Returns,
    SavedOrder,
};
use async_trait::async_trait;
use domain::saved_card::CardFace;
use domain::{DebtorId, Money, PaymentId};

use super::{Visit, everywhere, now};
use crate::support::databases::backends;
use crate::support::site::{Page, Site};
use crate::support::world::Ways;

/// Chooses two invoices and pays by card: what leads to the provider's page.
async fn start(visit: &Visit) -> Page {
    let form = visit.get(&visit.chosen("/pay", &[0, 1])).await.form(0);
    assert_eq!(form.value("method"), "card");
    visit.submit(&form.step("pay")).await
}

fn open(visit: &Visit, place: usize) -> Money {
    let invoice = &visit.invoices[place];
    let (supplier, debtor, id) = (invoice.supplier, invoice.debtor, invoice.id);
    let mut conn = visit.site.world.conn();
    let found = acquit::store::invoice::find(&mut conn, supplier, debtor, id).unwrap();
    assert_eq!(found.reserved, Money::eur(0));
    found.open
}

#[actix_web::test]
async fn an_approved_card_settles_the_invoices_and_thanks_once() {
    everywhere(|visit| async move {
        let started = start(&visit).await;
        let page = visit.browser.follow(&started).await;
        page.shows(
            200,
            &[
                "7\u{202f}160,00\u{a0}€",
                "FA-1, FA-2",
                "Aucun argent ne circule",
            ],
        );
        let approve = page.form(0).with("outcome", "approve");
        let back = visit.submit(&approve).await;
        let outcome = visit.browser.follow(&back).await;
        outcome.shows(
            200,
            &["Votre paiement est confirmé", "7\u{202f}160,00\u{a0}€"],
        );
        assert_eq!(
            (open(&visit, 0), open(&visit, 1)),
            (Money::eur(0), Money::eur(0))
        );
        visit.submit(&approve).await;
        assert_eq!(visit.count("message"), 1);
        assert!(visit.rows("message").contains("thanks"));
        assert_eq!(visit.count("payment"), 1);
        let account = visit.get("/account").await;
        account.shows(200, &["FA-3"]);
        assert!(!account.text.contains("FA-1"));
    })
    .await;
}

#[actix_web::test]
async fn a_refused_card_takes_nothing_and_says_so() {
    everywhere(|visit| async move {
        let page = visit.browser.follow(&start(&visit).await).await;
        let back = visit.submit(&page.form(0).with("outcome", "refuse")).await;
        let outcome = visit.browser.follow(&back).await;
        outcome.shows(
            200,
            &["a refusé le paiement. Rien n’a été débité", "Réessayer"],
        );
        assert_eq!(open(&visit, 0), Money::eur(466_000));
        assert_eq!(visit.count("message"), 0);
        start(&visit).await;
        assert_eq!(visit.count("payment"), 2, "a new try is a new payment");
    })
    .await;
}

#[actix_web::test]
async fn a_form_sent_twice_opens_one_page_and_a_second_form_closes_the_first() {
    everywhere(|visit| async move {
        let form = visit
            .get(&visit.chosen("/pay", &[0]))
            .await
            .form(0)
            .step("pay");
        let (one, two) = futures_util::future::join(visit.submit(&form), visit.submit(&form)).await;
        assert_eq!((one.status, one.location()), (303, two.location()));
        assert_eq!(visit.count("payment"), 1);
        let waiting = visit.get(one.location()).await;
        waiting.shows(200, &["4\u{202f}660,00\u{a0}€"]);
        let payment = visit.rows("payment");
        assert!(payment.contains("requires_action"), "{payment}");
        let id = one.location().rsplit('_').next().unwrap();
        let outcome = visit.get(&format!("/payments/pay_{id}")).await;
        outcome.shows(200, &["http-equiv=\"refresh\"", "?n=1"]);
        let last = visit.get(&format!("/payments/pay_{id}?n=6")).await;
        assert!(!last.text.contains("http-equiv=\"refresh\""));
    })
    .await;
}

#[actix_web::test]
async fn the_demonstration_page_is_nobody_elses() {
    everywhere(|visit| async move {
        let started = start(&visit).await;
        visit
            .site
            .browser()
            .get(started.location())
            .await
            .shows(403, &[]);
        let (other, contact) = visit.site.world.debtor(&visit.supplier, "C-2").await;
        let stranger = visit.site.enter(&other, &contact).await;
        stranger.get(started.location()).await.shows(404, &[]);
    })
    .await;
}

/// A provider that opens no page.
struct Broken(CardError);

#[async_trait]
impl CardGateway for Broken {
    async fn checkout(&self, _: &CardAccount, _: &CheckoutOrder) -> Result<Checkout, CardError> {
        Err(self.0.clone())
    }

    async fn fetch(&self, _: &CardAccount, _: &str) -> Result<CardStatus, CardError> {
        Err(self.0.clone())
    }

    async fn expire(&self, _: &CardAccount, _: &str) -> Result<(), CardError> {
        Err(self.0.clone())
    }

    async fn returns(&self, _: &CardAccount, _: &str) -> Result<Returns, CardError> {
        Err(self.0.clone())
    }

    async fn customer(&self, _: &CardAccount, _: DebtorId) -> Result<String, CardError> {
        Err(self.0.clone())
    }

    async fn charge(&self, _: &CardAccount, _: &SavedOrder) -> Result<Charge, CardError> {
        Err(self.0.clone())
    }

    async fn charged(
        &self,
        _: &CardAccount,
        _: (&str, PaymentId),
    ) -> Result<Option<CardStatus>, CardError> {
        Err(self.0.clone())
    }

    async fn kept(&self, _: &CardAccount, _: &str) -> Result<Option<CardFace>, CardError> {
        Err(self.0.clone())
    }

    async fn look(&self, _: &CardAccount, _: &CardFace) -> Result<Option<CardFace>, CardError> {
        Err(self.0.clone())
    }

    async fn forget(&self, _: &CardAccount, _: &CardFace) -> Result<(), CardError> {
        Err(self.0.clone())
    }
}

#[actix_web::test]
async fn a_provider_without_a_page_leaves_no_doubt_about_the_money() {
    for backend in backends() {
        for (why, words) in [
            (CardError::Refused("no".into()), "Rien n’a été débité"),
            (
                CardError::Unknown("timeout".into()),
                "Ne payez pas une seconde fois",
            ),
        ] {
            let site = Site::with(backend, now(), |origin| {
                let ways = Ways {
                    cards: Arc::new(Broken(why.clone())),
                    origin: origin.to_owned(),
                    ..Ways::default()
                };
                (ways, None)
            });
            let visit = Visit::at(site).await;
            let outcome = visit.browser.follow(&start(&visit).await).await;
            outcome.shows(200, &[words]);
            visit.get("/sandbox/card/sbx_1").await.shows(404, &[]);
        }
    }
}
