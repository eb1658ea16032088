//! One debtor: its history, and the answer to its disputes.

use acquit::flows::debit::{self, DebitOrder};
use acquit::flows::dispute::{self, Declaration};
use acquit::flows::mandate::{self, Signature};
use acquit::flows::promise::{self, Pledge};
use acquit::flows::{deliver, open_account, people};
use acquit::store::{self, Across};
use domain::dispute::{DisputeState, Reason};
use domain::invoice::{Invoice, Share};
use domain::mandate::Usage;
use domain::party::{Debtor, Supplier};
use domain::{DisputeId, Money};

use super::*;

/// A debtor with one invoice of 1,000.00 that is disputed in full.
struct Case {
    site: StaffSite,
    boreal: Supplier,
    debtor: Debtor,
    invoice: Invoice,
    dispute: DisputeId,
}

impl Case {
    async fn new(backend: &str) -> Self {
        let site = StaffSite::open(backend, morning());
        let boreal = site.world.supplier("boreal").await;
        let (debtor, contact) = site.world.debtor(&boreal, "C1").await;
        let (_, visitor) = site.world.link(&debtor, &contact).await;
        let invoice = site
            .world
            .invoice(&debtor, "FA-1", 100_000, "2026-11-02")
            .await;
        let declaration = Declaration {
            invoice: invoice.id,
            reason: Reason::MissingItems,
            amount: None,
            lines: Vec::new(),
            text: "Deux <palettes> & rien".into(),
            key: "k".into(),
        };
        let declared = dispute::declare(&site.world.app, visitor, declaration).await;
        Self {
            dispute: declared.unwrap(),
            site,
            boreal,
            debtor,
            invoice,
        }
    }

    fn path(&self) -> String {
        format!("/staff/boreal/debtors/{}", self.debtor.id)
    }

    fn answer(&self) -> String {
        format!("/staff/boreal/disputes/{}", self.dispute)
    }

    /// What of the invoice a reminder may ask for, in cents, and how the dispute stands.
    async fn stands(&self) -> (i64, DisputeState) {
        let (supplier, debtor) = (self.boreal.id, self.debtor.id);
        let (invoice, dispute) = (self.invoice.id, self.dispute);
        let read = self
            .site
            .world
            .app
            .store
            .read(Across::Inspection, move |conn| {
                let invoice = store::invoice::find(conn, supplier, debtor, invoice)?;
                let dispute = store::dispute::find(conn, supplier, dispute)?;
                Ok((invoice.remindable().unwrap().minor(), dispute.state))
            });
        read.await.unwrap()
    }
}

#[actix_web::test]
async fn what_was_not_sent_to_one_who_left_is_told_with_the_reason() {
    for backend in backends() {
        let case = Case::new(backend).await;
        let world = &case.site.world;
        let (supplier, debtor) = (case.boreal.id, case.debtor.id);
        let contacts = store::contact::of_debtor(&mut world.conn(), supplier, debtor).unwrap();
        let (_, visitor) = world.link(&case.debtor, &contacts[0]).await;
        people::not_me(&world.app, visitor, None).await.unwrap();
        deliver::run(&world.app).await.unwrap();
        let browser = case
            .site
            .enter("v@boreal.example", &case.boreal, StaffRole::Viewer)
            .await;
        let page = browser.get(&case.path()).await;
        page.shows(&["non envoyé, plus aucun contact à qui écrire"]);
    }
}

#[actix_web::test]
async fn a_rejected_dispute_is_reminded_again_and_an_accepted_one_is_not() {
    for backend in backends() {
        for (decision, remindable, state, told) in [
            ("reject", 100_000, DisputeState::Rejected, "refusé"),
            ("accept", 0, DisputeState::Accepted, "accepté"),
        ] {
            let case = Case::new(backend).await;
            assert_eq!(case.stands().await, (0, DisputeState::Open));
            let browser = case
                .site
                .enter("compta@boreal.example", &case.boreal, StaffRole::Accountant)
                .await;
            let page = browser.get(&case.path()).await;
            page.shows(&[&case.answer(), "Articles manquants", "27/11/2026"]);
            page.shows(&["Deux &lt;palettes&gt; &amp; rien"]);
            let fields = [
                ("csrf", page.csrf()),
                ("answer", "Le bon est <signé>.\0".to_owned()),
                ("decision", decision.to_owned()),
                ("step", "confirm".to_owned()),
            ];
            let fields = fields
                .each_ref()
                .map(|(name, value)| (*name, value.as_str()));
            let answer = browser.post(&case.answer(), &fields).await;
            let back = format!("{}?done={decision}&", case.path());
            assert_eq!(answer.status, 303);
            assert!(answer.to().starts_with(&back), "{}", answer.to());
            assert_eq!(case.stands().await, (remindable, state));

            let page = browser.get(&case.path()).await;
            page.shows(&[told, "Le bon est &lt;signé&gt;."]);
            let rejects = page.text.contains("value=\"reject\"");
            assert!(!rejects, "nothing left to reject");
            let again = browser.post(&case.answer(), &fields).await;
            assert_eq!(again.status, 303, "sent twice, done once");
            assert_eq!(case.stands().await, (remindable, state));
        }
    }
}

#[actix_web::test]
async fn a_reader_sees_the_dispute_and_no_form() {
    for backend in backends() {
        let case = Case::new(backend).await;
        let site = &case.site;
        let browser = site
            .enter("v@boreal.example", &case.boreal, StaffRole::Viewer)
            .await;
        let page = browser.get(&case.path()).await;
        page.shows(&["Articles manquants"]);
        assert!(!page.text.contains("name=\"decision\""));
        let csrf = page.csrf();
        let fields = [("csrf", csrf.as_str()), ("decision", "reject")];
        assert_eq!(browser.post(&case.answer(), &fields).await.status, 403);
        assert_eq!(case.stands().await, (0, DisputeState::Open));
    }
}

#[actix_web::test]
async fn the_history_tells_all_that_happened() {
    for backend in backends() {
        let site = StaffSite::open(backend, morning());
        let world = &site.world;
        let boreal = world.supplier("boreal").await;
        let (debtor, contact) = world.debtor(&boreal, "C1").await;
        let (token, visitor) = world.link(&debtor, &contact).await;
        let first = world.invoice(&debtor, "FA-1", 50_000, "2026-11-02").await;
        let second = world.invoice(&debtor, "FA-2", 70_000, "2026-11-05").await;
        let shares = |invoice: &Invoice| {
            let (invoice, amount) = (invoice.id, invoice.open);
            vec![Share { invoice, amount }]
        };
        let app = &world.app;
        open_account::open(app, &token.to_string())
            .await
            .unwrap()
            .unwrap();
        world.go_to(paris(TODAY, 11));
        let pledge = Pledge {
            shares: shares(&first),
            due_on: "2026-11-25".parse().unwrap(),
            key: "k1".into(),
        };
        promise::make(app, visitor, pledge).await.unwrap();
        world.go_to(paris(TODAY, 12));
        let mandate = mandate::sign(app, visitor, signature()).await.unwrap();
        world.go_to(paris(TODAY, 13));
        let order = DebitOrder {
            mandate,
            what: shares(&second).into(),
            collect_on: "2026-12-07".parse().unwrap(),
            key: "k3".into(),
        };
        debit::order(app, visitor, order).await.unwrap();
        world.go_to(paris(TODAY, 14));
        deliver::run(app).await.unwrap();

        let browser = site
            .enter("compta@boreal.example", &boreal, StaffRole::Agent)
            .await;
        let page = browser
            .get(&format!("/staff/boreal/debtors/{}", debtor.id))
            .await;
        let told = [
            "Copie du mandat",
            "Prélèvement SEPA\u{a0}: 700,00",
            "Mandat M20261120-",
            "500,00\u{a0}€, 25/11/2026 (attendu)",
            "Compte consulté",
        ];
        page.shows(&told);
        let places = told.map(|text| page.text.rfind(text).unwrap());
        assert!(places.is_sorted(), "newest first: {places:?}");
        page.shows(&[
            "07/12/2026 (annoncé)",
            "compta@c1.example",
            "2026-11-20T13:00:00Z",
            "2026-11-20T09:00:00Z",
        ]);
        assert!(
            !page.text.contains(".eml"),
            "an agent gets no copy with the debtor's link"
        );
    }
}

fn signature() -> Signature {
    Signature {
        holder: "SOCIETE C1".into(),
        iban: "FR7630006000011234567890189".parse().unwrap(),
        bic: None,
        usage: Usage::Recurring,
        signatory: "Anne".into(),
        place: "Angers".into(),
        wording: "…".into(),
        address: "192.0.2.1".into(),
        agent: "test".into(),
        key: "k2".into(),
    }
}

#[actix_web::test]
async fn names_are_shown_as_they_are_written() {
    for backend in backends() {
        let case = Case::new(backend).await;
        let world = &case.site.world;
        let rename = "UPDATE debtor SET name = '<script>alert(1)</script> \"&'; \
                      UPDATE contact SET name = '<img src=x>'";
        world.conn().run_sql(rename).unwrap();
        let site = &case.site;
        let browser = site
            .enter("compta@boreal.example", &case.boreal, StaffRole::Admin)
            .await;
        for path in [
            "/staff".to_owned(),
            "/staff/boreal/debtors".to_owned(),
            case.path(),
        ] {
            let page = browser.get(&path).await;
            page.shows(&["&lt;script&gt;alert(1)&lt;/script&gt; &quot;&amp;"]);
            assert!(!page.text.contains("<script"), "{path}");
            assert!(!page.text.contains("<img"), "{path}");
        }
    }
}

#[actix_web::test]
async fn sums_are_of_all_items_however_many() {
    for backend in backends() {
        let site = StaffSite::open(backend, morning());
        let world = &site.world;
        let boreal = world.supplier("boreal").await;
        let (debtor, _) = world.debtor(&boreal, "C1").await;
        for place in 0..520 {
            world
                .invoice(&debtor, &format!("FA-{place}"), 100, "2026-12-01")
                .await;
        }
        let browser = site
            .enter("compta@boreal.example", &boreal, StaffRole::Viewer)
            .await;
        let page = browser
            .get(&format!("/staff/boreal/debtors/{}", debtor.id))
            .await;
        let sum = Money::eur(52_000)
            .to_decimal()
            .to_string()
            .replace('.', ",");
        page.shows(&[&sum]);
    }
}
