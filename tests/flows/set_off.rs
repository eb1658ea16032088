//! Credit notes that settle invoices without money: booked once, balanced on both sides, undone by
//! the staff alone.

use acquit::flows::pay_by_card::{self, CardOrder};
use acquit::flows::promise::{Pledge, make};
use acquit::flows::set_off::{book, undo};
use domain::designation::Designation;
use domain::payment::PaymentState;
use domain::promise::PromiseState;

use super::*;
use crate::support::databases::backends;

/// A debtor that owes 60.00 and 40.00, with credit notes of 70.00 and 50.00.
struct Case {
    scene: Scene,
    owed: [Invoice; 2],
    notes: [Invoice; 2],
}

impl Case {
    async fn new(backend: &str) -> Self {
        let scene = Scene::new(backend).await;
        let owed = [
            scene.invoice("F1", 6_000).await,
            scene.invoice("F2", 4_000).await,
        ];
        let notes = [
            scene.item(ItemKind::CreditNote, "AV1", 7_000).await,
            scene.item(ItemKind::CreditNote, "AV2", 5_000).await,
        ];
        Self { scene, owed, notes }
    }

    /// Both invoices against both credit notes, which come to 20.00 more.
    fn all(&self) -> Designation {
        let whole = |item: &Invoice| share(item, item.open.minor());
        Designation {
            shares: self.owed.iter().map(whole).collect(),
            credits: self.notes.iter().map(whole).collect(),
            charges: Vec::new(),
        }
    }

    async fn book(&self, what: Designation, key: &str) -> Result<PaymentId, FlowError> {
        book(&self.scene.world.app, self.scene.visitor, what, key.into()).await
    }

    /// What is open of the invoices and the notes, in cents; nothing of them is held.
    async fn open(&self) -> [i64; 4] {
        let mut found = Vec::new();
        for item in self.owed.iter().chain(&self.notes) {
            let now = self.scene.now(item.id).await;
            assert_eq!(now.reserved, Money::eur(0), "{}", now.number);
            found.push(now.open.minor());
        }
        found.try_into().unwrap()
    }

    async fn undo(&self, payment: PaymentId, reason: &str) -> Result<bool, FlowError> {
        let (scene, said) = (&self.scene, Actor::staff("compta@four.example"));
        let of = (scene.debtor.id, payment);
        let app = &scene.world.app;
        undo(app, scene.supplier.id, of, (reason.into(), said)).await
    }

    async fn state(&self, id: PaymentId) -> PaymentState {
        let supplier = self.scene.supplier.id;
        let find = move |conn: &mut _| store::payment::find(conn, supplier, id);
        let store = &self.scene.world.app.store;
        store.read(Across::Inspection, find).await.unwrap().state
    }
}

#[actix_web::test]
async fn what_credit_notes_cover_is_settled_once_and_the_rest_of_them_stays() {
    for backend in backends() {
        let case = Case::new(backend).await;
        let done = case.book(case.all(), "a").await.unwrap();
        assert_eq!(case.book(case.all(), "a").await.unwrap(), done);
        assert_eq!(case.open().await, [0, 0, 0, 2_000]);
        assert_eq!(case.state(done).await, PaymentState::Succeeded);
        assert_eq!(case.scene.books(), [(Account::Receivable, -2_000)]);
        assert_eq!(case.scene.outbox().await, ["thanks due"]);
        let again = case.book(case.all(), "b").await;
        assert!(again.is_err(), "nothing is left of it: {again:?}");
        assert_eq!(case.open().await, [0, 0, 0, 2_000]);
    }
}

#[actix_web::test]
async fn credit_notes_that_do_not_cover_it_settle_nothing() {
    for backend in backends() {
        let case = Case::new(backend).await;
        let mut short = case.all();
        short.credits.pop();
        assert!(matches!(
            case.book(short, "a").await,
            Err(FlowError::NothingOpen)
        ));
        let mut spent = case.all();
        spent.credits[0].amount = Money::eur(7_001);
        assert!(matches!(
            case.book(spent, "b").await,
            Err(FlowError::CreditSpent(_))
        ));
        let mut dear = case.all();
        dear.shares[0].amount = Money::eur(6_001);
        assert!(matches!(
            case.book(dear, "c").await,
            Err(FlowError::TooMuch { .. })
        ));
        assert_eq!(case.open().await, [6_000, 4_000, 7_000, 5_000]);
    }
}

#[actix_web::test]
async fn what_a_card_page_holds_is_not_set_off_beside_it() {
    for backend in backends() {
        let case = Case::new(backend).await;
        let order = CardOrder {
            what: Designation {
                shares: vec![share(&case.owed[0], 6_000)],
                credits: vec![share(&case.notes[0], 1_000)],
                charges: Vec::new(),
            },
            key: "card".into(),
        };
        let (app, visitor) = (&case.scene.world.app, case.scene.visitor);
        pay_by_card::start(app, visitor, order).await.unwrap();
        assert!(case.book(case.all(), "a").await.is_err());
        let free = Designation {
            shares: vec![share(&case.owed[1], 4_000)],
            credits: vec![share(&case.notes[0], 6_000)],
            charges: Vec::new(),
        };
        case.book(free, "b").await.unwrap();
        let note = case.scene.now(case.notes[0].id).await;
        assert_eq!((note.open.minor(), note.reserved.minor()), (3_000, 1_000));
    }
}

#[actix_web::test]
async fn two_tabs_use_a_credit_note_once() {
    for backend in backends() {
        let case = Case::new(backend).await;
        let by = |n: usize| Designation {
            shares: vec![share(&case.owed[n], 4_000)],
            credits: vec![share(&case.notes[1], 4_000)],
            charges: Vec::new(),
        };
        let (one, two) =
            futures_util::future::join(case.book(by(0), "a"), case.book(by(1), "b")).await;
        assert!(one.is_ok() != two.is_ok(), "{one:?} {two:?}");
        let open = case.open().await;
        assert_eq!((open[0] + open[1], open[3]), (6_000, 1_000));
    }
}

#[actix_web::test]
async fn the_staff_undoes_it_for_a_reason_and_once() {
    for backend in backends() {
        let case = Case::new(backend).await;
        let pledge = Pledge {
            shares: vec![share(&case.owed[1], 4_000)],
            due_on: "2026-03-09".parse().unwrap(),
            key: "p".into(),
        };
        let (app, visitor) = (&case.scene.world.app, case.scene.visitor);
        let promise = make(app, visitor, pledge).await.unwrap();
        let promised = async || {
            let supplier = case.scene.supplier.id;
            let find = move |conn: &mut _| store::promise::find(conn, supplier, promise);
            app.store
                .read(Across::Inspection, find)
                .await
                .unwrap()
                .state
        };
        let done = case.book(case.all(), "a").await.unwrap();
        assert_eq!(promised().await, PromiseState::Kept);
        assert!(matches!(
            case.undo(done, "").await,
            Err(FlowError::WordsMissing)
        ));
        assert!(case.undo(done, "Avoir émis par erreur").await.unwrap());
        assert!(!case.undo(done, "Autre").await.unwrap());
        assert_eq!(case.open().await, [6_000, 4_000, 7_000, 5_000]);
        assert_eq!(case.state(done).await, PaymentState::Returned);
        assert_eq!(promised().await, PromiseState::Made);
        assert_eq!(case.scene.books(), [(Account::Receivable, -2_000)]);
        let transfer = case.scene.announce(&[share(&case.owed[0], 6_000)]).await;
        let other = case.undo(transfer.unwrap(), "Autre").await;
        assert!(other.is_err(), "only what was set off is undone so");
        case.book(case.all(), "b").await.unwrap();
        assert_eq!(case.open().await, [0, 0, 0, 2_000]);
    }
}
