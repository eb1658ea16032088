//! A dispute on the staff's side: asked about, put off, given to somebody, settled, fetched from.

use acquit::flows::attach::{self, Given};
use acquit::flows::dispute::{self, Declaration};
use acquit::store::{self, Across};
use domain::DisputeId;
use domain::dispute::{Dispute, DisputeState, Reason};
use domain::party::{Debtor, Supplier};

use super::*;
use crate::support::files::pdf;
use crate::support::staff_site::Page;

/// A debtor with one invoice of 1,000.00, of which 400.00 are disputed, with a file.
pub(super) struct Case {
    pub(super) site: StaffSite,
    pub(super) boreal: Supplier,
    debtor: Debtor,
    pub(super) id: DisputeId,
    pub(super) browser: Browser,
}

impl Case {
    pub(super) async fn new(backend: &str) -> Self {
        let site = StaffSite::open(backend, morning());
        let (world, app) = (&site.world, &site.world.app);
        let boreal = world.supplier("boreal").await;
        let (debtor, contact) = world.debtor(&boreal, "C1").await;
        let (_, visitor) = world.link(&debtor, &contact).await;
        let invoice = world.invoice(&debtor, "FA-1", 100_000, "2026-11-02").await;
        let given = Given {
            name: "bon.pdf".into(),
            body: Ok(pdf()),
        };
        attach::keep(app, visitor, "k", vec![given]).await.unwrap();
        let declaration = Declaration {
            invoice: invoice.id,
            reason: Reason::MissingItems,
            amount: Some(domain::Money::eur(40_000)),
            lines: Vec::new(),
            text: "Deux palettes".into(),
            key: "k".into(),
        };
        let id = dispute::declare(app, visitor, declaration).await.unwrap();
        let role = StaffRole::Accountant;
        let browser = site.enter("compta@boreal.example", &boreal, role).await;
        Self {
            site,
            boreal,
            debtor,
            id,
            browser,
        }
    }

    pub(super) fn path(&self) -> String {
        format!("/staff/boreal/disputes/{}", self.id)
    }

    async fn post(&self, fields: &[(&str, &str)]) -> Page {
        let csrf = self.browser.get(&self.path()).await.csrf();
        let token = [("csrf", csrf.as_str())];
        let fields = [&token[..], fields].concat();
        self.browser.post(&self.path(), &fields).await
    }

    /// Posts what must succeed, confirmed where that is asked.
    pub(super) async fn says(&self, fields: &[(&str, &str)]) {
        let answer = self.post(&[fields, &[("step", "confirm")]].concat()).await;
        let back = format!("/staff/boreal/debtors/{}?done=", self.debtor.id);
        assert_eq!(answer.status, 303, "{fields:?}");
        assert!(
            answer.to().starts_with(&back),
            "{fields:?}: {}",
            answer.to()
        );
    }

    /// The same person on a later day, when the session has ended.
    pub(super) async fn sign_in_again(&self) -> Browser {
        let role = StaffRole::Accountant;
        self.site
            .enter("later@boreal.example", &self.boreal, role)
            .await
    }

    /// The debtor's page after this was done.
    pub(super) fn after(&self, done: &str) -> String {
        let debtor = self.debtor.id;
        format!(
            "/staff/boreal/debtors/{debtor}?done={done}&dispute={}",
            self.id
        )
    }

    pub(super) async fn dispute(&self) -> Dispute {
        let (supplier, id) = (self.boreal.id, self.id);
        let read = move |conn: &mut _| store::dispute::find(conn, supplier, id);
        self.site
            .world
            .app
            .store
            .read(Across::Inspection, read)
            .await
            .unwrap()
    }

    /// What of the invoice is open and disputed, in cents.
    async fn invoice(&self) -> (i64, i64) {
        let (supplier, debtor) = (self.boreal.id, self.debtor.id);
        let read = move |conn: &mut _| store::invoice::open_of_debtor(conn, supplier, debtor);
        let found = self
            .site
            .world
            .app
            .store
            .read(Across::Inspection, read)
            .await
            .unwrap();
        (found[0].open.minor(), found[0].disputed.minor())
    }
}

#[actix_web::test]
async fn a_dispute_is_given_to_somebody_put_off_and_asked_about() {
    for backend in backends() {
        let case = Case::new(backend).await;
        case.says(&[("decision", "own"), ("owner", " Quai <4>\0 ")])
            .await;
        let until = ("until", "2026-12-04");
        let why = ("answer", "L’expert passe jeudi");
        case.says(&[("decision", "extend"), until, why]).await;
        let ask = ("answer", "Une photo ?");
        case.says(&[("decision", "ask"), ask]).await;
        let dispute = case.dispute().await;
        assert_eq!(dispute.owner.as_deref(), Some("Quai <4>"));
        assert_eq!(dispute.answer_by, "2026-12-04".parse().unwrap());
        assert_eq!(dispute.state, DisputeState::InfoNeeded);
        let debtor = format!("/staff/boreal/debtors/{}", case.debtor.id);
        for path in [case.path(), debtor] {
            let page = case.browser.get(&path).await;
            page.shows(&[
                "Quai &lt;4&gt;",
                "L’expert passe jeudi",
                "Une photo ?",
                "Deux palettes",
                "bon.pdf",
            ]);
            assert!(!page.text.contains("value=\"ask\""), "it was asked");
        }
        let kinds = "SELECT kind AS value FROM message ORDER BY id";
        assert_eq!(
            case.site.world.conn().read_sql(kinds).unwrap(),
            ["dispute_received", "dispute_delayed", "dispute_question"]
        );
    }
}

#[actix_web::test]
async fn who_deals_with_it_stands_in_the_list_of_the_day() {
    for backend in backends() {
        let case = Case::new(backend).await;
        case.browser
            .get("/staff")
            .await
            .shows(&["Suivi par", "à attribuer", &case.path()]);
        case.says(&[("decision", "own"), ("owner", "Quai 4")]).await;
        case.browser.get("/staff").await.shows(&["Quai 4"]);
        let page = case.browser.get(&case.path()).await;
        assert!(!page.text.contains("Je m’en occupe"), "somebody does");
        case.says(&[("decision", "own"), ("owner", "")]).await;
        let page = case.browser.get(&case.path()).await;
        page.shows(&["Je m’en occupe", "Personne n’en est chargé"]);
        case.says(&[("decision", "take")]).await;
        let owner = case.dispute().await.owner;
        assert!(owner.is_some_and(|owner| !owner.is_empty()), "{backend}");
    }
}

/// What is posted, the field that says what is wrong with it, and how.
type Bad<'a> = (&'a [(&'a str, &'a str)], &'a str, &'a str);

/// What cannot be done with a dispute of 400.00 on 20 November.
const WRONG: &[Bad<'static>] = &[
    (
        &[("decision", "reject"), ("answer", " ")],
        "answer",
        "pourquoi",
    ),
    (&[("decision", "ask"), ("answer", "")], "answer", "pourquoi"),
    (
        &[
            ("decision", "accept"),
            ("credited", "10"),
            ("answer", "Oui"),
        ],
        "credit",
        "numéro de l’avoir",
    ),
    (
        &[
            ("decision", "accept"),
            ("credit", "AV-1"),
            ("credited", "400,01"),
        ],
        "credited",
        "au plus 400,00",
    ),
    (
        &[
            ("decision", "accept"),
            ("credit", "AV-1"),
            ("credited", "dix"),
        ],
        "credited",
        "en chiffres",
    ),
    (
        &[
            ("decision", "extend"),
            ("until", "2026-11-20"),
            ("answer", "Oui"),
        ],
        "until",
        "entre le 21/11/2026",
    ),
    (
        &[
            ("decision", "extend"),
            ("until", "2026-12-01"),
            ("answer", ""),
        ],
        "why",
        "pourquoi",
    ),
];

#[actix_web::test]
async fn what_is_wrong_with_an_answer_is_said_and_what_was_typed_stays() {
    for backend in backends() {
        let case = Case::new(backend).await;
        let long = "é".repeat(2_001);
        let long: &[Bad<'_>] = &[
            (
                &[("decision", "reject"), ("answer", &long)],
                "answer",
                "2000 caractères",
            ),
            (
                &[("decision", "own"), ("owner", &long)],
                "owner",
                "80 caractères",
            ),
        ];
        for (fields, field, words) in WRONG.iter().chain(long) {
            let page = case.post(fields).await;
            assert_eq!(page.status, 422, "{fields:?}");
            page.shows(&[words, &format!("href=\"#{field}-{}\"", case.id)]);
            for (_, value) in &fields[1..] {
                assert!(
                    page.text.contains(value.trim()),
                    "{value} is kept: {fields:?}"
                );
            }
        }
        assert_eq!(case.dispute().await.state, DisputeState::Open);
        assert_eq!(case.invoice().await, (100_000, 40_000));
    }
}

#[actix_web::test]
async fn a_credit_note_settles_it_at_once_or_after_it_was_accepted() {
    for backend in backends() {
        let case = Case::new(backend).await;
        case.says(&[("decision", "accept")]).await;
        assert_eq!(case.dispute().await.state, DisputeState::Accepted);
        assert_eq!(
            case.invoice().await,
            (100_000, 40_000),
            "held until the credit note"
        );
        let page = case.post(&[("decision", "credit")]).await;
        assert_eq!(page.status, 422);
        let fields = [
            ("decision", "credit"),
            ("credit", "AV-1"),
            ("credited", "150"),
        ];
        case.says(&fields).await;
        case.says(&fields).await;
        assert_eq!(case.dispute().await.state, DisputeState::Credited);
        assert_eq!(case.invoice().await, (85_000, 0));
        case.browser
            .get(&case.path())
            .await
            .shows(&["avoir AV-1, 150,00"]);
        case.browser.get(&case.after("credit")).await.shows(&[
            "Litige réglé par l’avoir AV-1",
            "150,00",
            "prévenu par e-mail",
        ]);

        let case = Case::new(backend).await;
        case.says(&[("decision", "accept"), ("credit", "AV-1")])
            .await;
        assert_eq!(
            case.invoice().await,
            (60_000, 0),
            "the whole disputed amount"
        );
    }
}

#[actix_web::test]
async fn a_file_is_fetched_by_the_suppliers_own_staff_alone() {
    for backend in backends() {
        let case = Case::new(backend).await;
        let page = case.browser.get(&case.path()).await;
        let (_, rest) = page.text.split_once("href=\"/staff/boreal/files/").unwrap();
        let id = rest.split('"').next().unwrap();
        let file = case.browser.get(&format!("/staff/boreal/files/{id}")).await;
        assert_eq!((file.status, file.text.as_bytes()), (200, pdf().as_slice()));
        assert!(
            file.header("content-disposition")
                .starts_with("attachment; filename=\"bon.pdf\"")
        );
        assert_eq!(file.header("x-content-type-options"), "nosniff");
        assert!(
            file.header("content-security-policy")
                .starts_with("default-src 'none'")
        );
        let ocean = case.site.world.supplier("ocean").await;
        let other = case
            .site
            .enter("a@ocean.example", &ocean, StaffRole::Admin)
            .await;
        for path in [
            format!("/staff/boreal/files/{id}"),
            format!("/staff/ocean/files/{id}"),
            case.path(),
            format!("/staff/ocean/disputes/{}", case.id),
        ] {
            assert_eq!(other.get(&path).await.status, 404, "{path}");
        }
    }
}
