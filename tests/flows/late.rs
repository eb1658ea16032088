//! What lateness costs, beside the invoice: off unless switched on, paid once, waived for a reason,
//! on accounts of its own.

use acquit::flows::late::{self, set_terms, waive};
use acquit::flows::pay_by_transfer;
use acquit::flows::take_back::{TakeBack, take_back};
use domain::designation::Designation;
use domain::late::{Added, Charge, ChargeKind, Rate, Terms, country};

use super::*;
use crate::support::databases::backends;

/// 1,000.00 due on 20 February, 10 days late on 2 March: 3.33 of interest at 12.15 %.
const INTEREST: i64 = 333;
const INDEMNITY: i64 = 4_000;

fn french() -> Terms {
    Terms {
        interest: true,
        indemnity: true,
        contract: None,
        country: country("FR"),
        added: Added::default(),
    }
}

async fn scene(backend: &str, terms: Option<Terms>) -> (Scene, Invoice) {
    let scene = Scene::new(backend).await;
    let invoice = scene.invoice("F1", 100_000).await;
    if let Some(terms) = terms {
        let set = set_terms(&scene.world.app, scene.supplier.id, terms).await;
        set.unwrap();
    }
    (scene, invoice)
}

/// What is due of an invoice's lateness now, by kind.
async fn due(scene: &Scene, invoice: &Invoice) -> Vec<(ChargeKind, i64)> {
    let (supplier, item) = (scene.supplier.id, scene.now(invoice.id).await);
    let today = scene.supplier.zone.day(scene.at());
    let find = move |conn: &mut _| {
        let items = std::slice::from_ref(&item);
        late::lines(conn, supplier, items, (today, None))
    };
    let lines = scene.world.app.store.read(supplier, find).await.unwrap();
    let lines = lines.into_iter();
    lines.map(|line| (line.kind, line.amount.minor())).collect()
}

const ALL: [(ChargeKind, i64); 2] = [
    (ChargeKind::Interest, INTEREST),
    (ChargeKind::Indemnity, INDEMNITY),
];

/// The invoice and what its lateness cost.
fn with(invoice: &Invoice, cents: i64, charges: &[(ChargeKind, i64)]) -> Designation {
    let charge = |(kind, cents): &(ChargeKind, i64)| Charge {
        invoice: invoice.id,
        kind: *kind,
        amount: Money::eur(*cents),
    };
    Designation {
        shares: vec![share(invoice, cents)],
        credits: Vec::new(),
        charges: charges.iter().map(charge).collect(),
    }
}

async fn announce(scene: &Scene, what: Designation) -> Result<PaymentId, FlowError> {
    let key = new_id::<PaymentId>().to_string();
    pay_by_transfer::announce(&scene.world.app, scene.visitor, what, key).await
}

#[actix_web::test]
async fn lateness_costs_nothing_unless_the_supplier_says_so() {
    for backend in backends() {
        let (scene, invoice) = scene(backend, None).await;
        assert_eq!(due(&scene, &invoice).await, []);
        let what = with(&invoice, 100_000, &ALL[1..]);
        assert!(announce(&scene, what).await.is_err());
    }
}

#[actix_web::test]
async fn it_is_paid_beside_the_invoice_on_its_own_accounts_and_once() {
    for backend in backends() {
        let (scene, invoice) = scene(backend, Some(french())).await;
        assert_eq!(due(&scene, &invoice).await, ALL);
        let first = announce(&scene, with(&invoice, 100_000, &ALL))
            .await
            .unwrap();
        let second = announce(&scene, with(&invoice, 100_000, &ALL))
            .await
            .unwrap();
        let whole = 100_000 + INTEREST + INDEMNITY;
        assert!(scene.receive(first, whole, "2026-03-02").await);
        assert!(!scene.receive(first, whole, "2026-03-02").await);
        assert_eq!(due(&scene, &invoice).await, []);
        let once = [
            (Account::Bank, whole),
            (Account::LateIndemnity, -INDEMNITY),
            (Account::LateInterest, -INTEREST),
        ];
        assert_eq!(scene.books(), once);
        // The same again is the debtor's own, to the cent.
        scene.receive(second, whole, "2026-03-03").await;
        let books = scene.books();
        assert!(books.contains(&(Account::Unapplied, -whole)), "{books:?}");
        assert!(books.contains(&(Account::LateInterest, -INTEREST)));
    }
}

#[actix_web::test]
async fn too_little_money_pays_the_invoice_first() {
    for backend in backends() {
        let (scene, invoice) = scene(backend, Some(french())).await;
        let payment = announce(&scene, with(&invoice, 100_000, &ALL))
            .await
            .unwrap();
        scene.receive(payment, 101_333, "2026-03-02").await;
        assert_eq!(scene.now(invoice.id).await.open, Money::eur(0));
        let books = [
            (Account::Bank, 101_333),
            (Account::LateIndemnity, -1_000),
            (Account::LateInterest, -INTEREST),
        ];
        assert_eq!(scene.books(), books);
        assert_eq!(
            due(&scene, &invoice).await,
            [(ChargeKind::Indemnity, 3_000)]
        );
    }
}

#[actix_web::test]
async fn no_more_than_is_due_can_be_chosen() {
    for backend in backends() {
        let (scene, invoice) = scene(backend, Some(french())).await;
        let other = scene.invoice("F2", 5_000).await;
        let (interest, indemnity) = (ChargeKind::Interest, ChargeKind::Indemnity);
        for charges in [
            vec![(interest, INTEREST + 1)],
            vec![(indemnity, INDEMNITY + 1)],
            vec![(indemnity, 0)],
            vec![(indemnity, -1)],
            vec![(indemnity, 2_000), (indemnity, 2_000)],
        ] {
            let what = with(&invoice, 100_000, &charges);
            let refused = announce(&scene, what).await;
            assert!(refused.is_err_and(|why| why.is_conflict()), "{charges:?}");
        }
        let mut elsewhere = with(&invoice, 100_000, &ALL);
        elsewhere.shares = vec![share(&other, 5_000)];
        assert!(
            announce(&scene, elsewhere).await.is_err(),
            "not paid beside it"
        );
        announce(&scene, with(&invoice, 2_000, &ALL[..1]))
            .await
            .unwrap();
    }
}

#[actix_web::test]
async fn a_waiver_has_a_reason_and_ends_it() {
    for backend in backends() {
        let (scene, invoice) = scene(backend, Some(french())).await;
        let payment = announce(&scene, with(&invoice, 100_000, &ALL))
            .await
            .unwrap();
        let (app, supplier) = (&scene.world.app, scene.supplier.id);
        let of = (scene.debtor.id, invoice.id);
        let by = |reason: &str| (reason.to_owned(), Actor::staff("compta@four.example"));
        let refused = waive(app, supplier, of, by("")).await;
        assert!(matches!(refused, Err(FlowError::WordsMissing)));
        assert!(waive(app, supplier, of, by("Bon client")).await.unwrap());
        assert!(!waive(app, supplier, of, by("Encore")).await.unwrap());
        assert_eq!(due(&scene, &invoice).await, []);
        let find = move |conn: &mut _| store::late::waiver(conn, supplier, invoice.id);
        let waiver = app.store.read(supplier, find).await.unwrap().unwrap();
        assert_eq!(waiver.reason, "Bon client");
        assert!(waiver.by.contains("compta@four.example"));
        // Money that was meant for it already stays the debtor's.
        let whole = 100_000 + INTEREST + INDEMNITY;
        scene.receive(payment, whole, "2026-03-02").await;
        let rest = INTEREST + INDEMNITY;
        let books = [(Account::Bank, whole), (Account::Unapplied, -rest)];
        assert_eq!(scene.books(), books);
    }
}

#[actix_web::test]
async fn money_that_goes_back_makes_it_due_again() {
    for backend in backends() {
        let (scene, invoice) = scene(backend, Some(french())).await;
        let payment = announce(&scene, with(&invoice, 100_000, &ALL))
            .await
            .unwrap();
        let whole = 100_000 + INTEREST + INDEMNITY;
        scene.receive(payment, whole, "2026-03-02").await;
        let back = TakeBack {
            payment,
            on: "2026-03-02".parse().unwrap(),
            reason: "MD06".into(),
            actor: Actor::job("test"),
        };
        let (supplier, now) = (scene.supplier.id, scene.at());
        let write = move |conn: &mut _| take_back(conn, supplier, &back, now);
        assert!(scene.world.app.store.write(supplier, write).await.unwrap());
        assert_eq!(due(&scene, &invoice).await, ALL);
        assert_eq!(scene.books(), [(Account::Receivable, 100_000)]);
    }
}

#[actix_web::test]
async fn interest_on_what_was_paid_late_in_part_stops_when_it_was_paid() {
    for backend in backends() {
        let contract = Terms {
            contract: Some(Rate(3_000)),
            indemnity: false,
            ..french()
        };
        let (scene, invoice) = scene(backend, Some(contract)).await;
        let part = announce(&scene, with(&invoice, 50_000, &[])).await.unwrap();
        scene.receive(part, 50_000, "2026-03-02").await;
        scene.go_to("2026-03-12");
        // 500.00 for 10 days and 500.00 for 20 days, at 30 %.
        assert_eq!(due(&scene, &invoice).await, [(ChargeKind::Interest, 1_233)]);
        let steep = Terms {
            contract: Some(Rate(3_001)),
            ..contract
        };
        let refused = set_terms(&scene.world.app, scene.supplier.id, steep).await;
        assert!(matches!(refused, Err(FlowError::Unusable(_))));
    }
}
