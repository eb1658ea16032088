//! Requests for time: on the first page, answered on the debtor's, and what was said before due.

use acquit::flows::confirm;
use acquit::flows::plan::{self, Request};
use acquit::store::{self, Across};
use domain::confirmation::Answers;
use domain::invoice::Share;
use domain::party::{Debtor, Supplier};
use domain::plan::{Part, Plan, PlanState};
use domain::{Money, PlanId};

use super::*;

/// A debtor that asks for 1,000.00 in March.
struct Case {
    site: StaffSite,
    boreal: Supplier,
    debtor: Debtor,
    plan: PlanId,
}

impl Case {
    async fn new(backend: &str) -> Self {
        let site = StaffSite::open(backend, morning());
        let world = &site.world;
        let boreal = world.supplier("boreal").await;
        let (debtor, contact) = world.debtor(&boreal, "C1").await;
        let (_, visitor) = world.link(&debtor, &contact).await;
        let invoice = world.invoice(&debtor, "FA-1", 100_000, "2026-11-02").await;
        let ahead = world.invoice(&debtor, "FA-2", 5_000, "2026-12-02").await;
        let request = Request {
            shares: vec![Share {
                invoice: invoice.id,
                amount: invoice.open,
            }],
            parts: vec![Part {
                due_on: "2027-03-01".parse().unwrap(),
                amount: Money::eur(100_000),
            }],
            reason: "Un client <tarde>".into(),
            terms: "…".into(),
            key: "k".into(),
        };
        let plan = plan::ask(&world.app, visitor, request).await.unwrap();
        let answers = Answers {
            received: Some(true),
            conform: Some(false),
            ..Answers::default()
        };
        confirm::tell(&world.app, visitor, ahead.id, answers, "c".into())
            .await
            .unwrap();
        Self {
            site,
            boreal,
            debtor,
            plan,
        }
    }

    fn path(&self) -> String {
        format!("/staff/boreal/debtors/{}", self.debtor.id)
    }

    fn answer(&self) -> String {
        format!("/staff/boreal/plans/{}", self.plan)
    }

    async fn found(&self) -> Plan {
        let (supplier, id) = (self.boreal.id, self.plan);
        let find = move |conn: &mut _| store::plan::find(conn, supplier, id);
        self.site
            .world
            .app
            .store
            .read(Across::Inspection, find)
            .await
            .unwrap()
    }
}

#[actix_web::test]
async fn a_request_is_listed_and_accepted_or_refused() {
    for backend in backends() {
        for (decision, state, kind) in [
            ("accept", PlanState::Active, "plan_accepted"),
            ("refuse", PlanState::Refused, "plan_refused"),
        ] {
            let case = Case::new(backend).await;
            let browser = case
                .site
                .enter("compta@boreal.example", &case.boreal, StaffRole::Accountant)
                .await;
            let today = browser.get("/staff").await;
            today.shows(&["Demandes de délai", "Société C1", "27/11/2026"]);
            let page = browser.get(&case.path()).await;
            page.shows(&[&case.answer(), "Un client &lt;tarde&gt;", "2027-03-01"]);
            page.shows(&["Délai demandé", "problème annoncé", "non conforme"]);
            let fields = [
                ("csrf", page.csrf()),
                ("answer", "Bien <noté>\0".to_owned()),
                ("decision", decision.to_owned()),
            ];
            let fields = fields
                .each_ref()
                .map(|(name, value)| (*name, value.as_str()));
            for _ in 0..2 {
                let sent = browser.post(&case.answer(), &fields).await;
                assert_eq!((sent.status, sent.to()), (303, case.path().as_str()));
            }
            let found = case.found().await;
            assert_eq!((found.state, found.words.as_str()), (state, "Bien <noté>"));
            let mut conn = case.site.world.conn();
            let told = format!("SELECT kind AS value FROM message WHERE kind = '{kind}'");
            assert_eq!(conn.read_sql(&told).unwrap().len(), 1);
            let today = browser.get("/staff").await;
            today.shows(&["Aucune demande de délai"]);
        }
    }
}

#[actix_web::test]
async fn a_counter_offer_with_a_mistake_comes_back_as_typed() {
    for backend in backends() {
        let case = Case::new(backend).await;
        let browser = case
            .site
            .enter("compta@boreal.example", &case.boreal, StaffRole::Admin)
            .await;
        let csrf = browser.get(&case.path()).await.csrf();
        let mut fields = [
            ("csrf", csrf.as_str()),
            ("decision", "counter"),
            ("answer", "En deux fois ?"),
            ("d_1", "2026-12-01"),
            ("p_1", "600"),
            ("d_2", "2027-01-04"),
            ("p_2", "300"),
        ];
        let page = browser.post(&case.answer(), &fields).await;
        assert_eq!(page.status, 422);
        page.shows(&[
            "doivent faire 1\u{202f}000,00",
            "value=\"600\"",
            "En deux fois ?",
        ]);
        assert_eq!(case.found().await.state, PlanState::Proposed);
        fields[6].1 = "400";
        let sent = browser.post(&case.answer(), &fields).await;
        assert_eq!((sent.status, sent.to()), (303, case.path().as_str()));
        let found = case.found().await;
        assert_eq!((found.state, found.parts.len()), (PlanState::Countered, 2));
    }
}

#[actix_web::test]
async fn a_reader_sees_the_request_and_no_form() {
    for backend in backends() {
        let case = Case::new(backend).await;
        let browser = case
            .site
            .enter("v@boreal.example", &case.boreal, StaffRole::Viewer)
            .await;
        let page = browser.get(&case.path()).await;
        page.shows(&["Demander un délai", "2027-03-01"]);
        assert!(!page.text.contains(&case.answer()), "{backend}");
    }
}
