//! Credit notes deducted from payments: held while under way, allocated when money comes, exact to
//! the cent.

use acquit::flows::debit::{DebitOrder, first_day, order};
use acquit::flows::pay_by_card::{self, CardOrder};
use acquit::flows::take_back::{TakeBack, take_back};
use acquit::flows::{pay_by_transfer, refresh_card, supplier_bounds};
use acquit::payments::sandbox::SandboxGateway;
use domain::designation::Designation;
use domain::mandate::Usage;

use super::debit::mandate;
use super::*;
use crate::support::databases::backends;
use crate::support::world::{ORIGIN, WEBHOOK_SECRET};

/// A debtor that owes 600.00 and 400.00, with a credit note of 200.00.
pub(super) struct Case {
    pub(super) scene: Scene,
    pub(super) cards: std::sync::Arc<SandboxGateway>,
    pub(super) first: Invoice,
    second: Invoice,
    note: Invoice,
}

impl Case {
    pub(super) async fn new(backend: &str) -> Self {
        let secret = WEBHOOK_SECRET.to_owned().into();
        let cards = std::sync::Arc::new(SandboxGateway::new(ORIGIN.into(), secret));
        let ways = Ways {
            cards: cards.clone(),
            ..Ways::default()
        };
        let scene = Scene::of(World::with(backend, paris(MONDAY, 10), ways)).await;
        let first = scene.invoice("F1", 60_000).await;
        let second = scene.invoice("F2", 40_000).await;
        let note = scene.item(ItemKind::CreditNote, "AV1", 20_000).await;
        Self {
            scene,
            cards,
            first,
            second,
            note,
        }
    }

    /// Both invoices less the credit note: 800.00.
    fn all(&self) -> Designation {
        Designation {
            shares: vec![share(&self.first, 60_000), share(&self.second, 40_000)],
            credits: vec![share(&self.note, 20_000)],
            charges: Vec::new(),
        }
    }

    pub(super) async fn card(&self, what: Designation, key: &str) -> Result<PaymentId, FlowError> {
        let key = key.to_owned();
        let order = CardOrder { what, key };
        let redirect = pay_by_card::start(&self.scene.world.app, self.scene.visitor, order).await?;
        Ok(redirect.payment)
    }

    async fn announce(&self, what: Designation) -> Result<PaymentId, FlowError> {
        let key = new_id::<PaymentId>().to_string();
        let (app, visitor) = (&self.scene.world.app, self.scene.visitor);
        pay_by_transfer::announce(app, visitor, what, key).await
    }

    async fn debit(&self, what: Designation, key: &str) -> Result<PaymentId, FlowError> {
        let scene = &self.scene;
        let ordered = DebitOrder {
            mandate: mandate(scene, Usage::Recurring, "mandate").await,
            what,
            collect_on: first_day(&scene.supplier, scene.at()),
            key: key.into(),
        };
        let id = order(&scene.world.app, scene.visitor, ordered).await?;
        let supplier = scene.supplier.id;
        let find = move |conn: &mut _| store::collection::find(conn, supplier, id);
        let collection = scene.world.app.store.read(supplier, find).await.unwrap();
        assert_eq!(
            collection.amount,
            Money::eur(80_000),
            "the bank takes the net"
        );
        Ok(collection.payment)
    }

    /// How the card page of a payment ends, told twice as webhooks are.
    async fn card_ends(&self, payment: PaymentId, pays: bool) {
        let (app, supplier) = (&self.scene.world.app, self.scene.supplier.id);
        let find = move |conn: &mut _| store::payment::find(conn, supplier, payment);
        let known = app
            .store
            .read(supplier, find)
            .await
            .unwrap()
            .provider_ref
            .unwrap();
        self.cards.pay(&known, pays, app.now()).unwrap();
        for _ in 0..2 {
            let done = refresh_card::refresh(app, supplier, &known, None).await;
            done.unwrap();
        }
    }

    /// Open and reserved cents of both invoices and the credit note.
    async fn stands(&self, expected: [(i64, i64); 3]) {
        let mut found = Vec::new();
        for item in [&self.first, &self.second, &self.note] {
            let item = self.scene.now(item.id).await;
            found.push((item.open.minor(), item.reserved.minor()));
        }
        assert_eq!(found, expected);
    }
}

const UNTOUCHED: [(i64, i64); 3] = [(60_000, 0), (40_000, 0), (20_000, 0)];
const HELD: [(i64, i64); 3] = [(60_000, 60_000), (40_000, 40_000), (20_000, 20_000)];
const PAID: [(i64, i64); 3] = [(0, 0); 3];

#[actix_web::test]
async fn a_card_pays_the_net_and_the_credit_note_the_rest() {
    for backend in backends() {
        let case = Case::new(backend).await;
        let payment = case.card(case.all(), "a").await.unwrap();
        assert_eq!(case.card(case.all(), "a").await.unwrap(), payment);
        case.stands(HELD).await;
        let other = case.scene.invoice("F3", 30_000).await;
        let same_note = Designation {
            shares: vec![share(&other, 30_000)],
            credits: vec![share(&case.note, 1)],
            charges: Vec::new(),
        };
        let refused = case.debit(same_note.clone(), "b").await;
        assert!(matches!(refused, Err(FlowError::CreditSpent(left)) if left.is_zero()));
        case.card_ends(payment, true).await;
        case.stands(PAID).await;
        let refused = case.announce(same_note).await;
        assert!(matches!(refused, Err(FlowError::CreditSpent(_))), "spent");
        assert_eq!(
            case.scene.books(),
            [
                (Account::Receivable, 30_000),
                (Account::TransitCard, 80_000)
            ]
        );
    }
}

#[actix_web::test]
async fn a_card_given_up_gives_back_what_it_held() {
    for backend in backends() {
        let case = Case::new(backend).await;
        let payment = case.card(case.all(), "a").await.unwrap();
        case.card_ends(payment, false).await;
        case.stands(UNTOUCHED).await;
        // A second page for the same credit note closes the first one.
        let first = Designation {
            shares: vec![share(&case.first, 60_000)],
            credits: vec![share(&case.note, 20_000)],
            charges: Vec::new(),
        };
        let second = Designation {
            shares: vec![share(&case.second, 40_000)],
            ..first.clone()
        };
        case.card(first, "b").await.unwrap();
        let last = case.card(second, "c").await.unwrap();
        case.stands([(60_000, 0), (40_000, 40_000), (20_000, 20_000)])
            .await;
        case.card_ends(last, true).await;
        case.stands([(60_000, 0), (0, 0), (0, 0)]).await;
        case.scene.books();
    }
}

#[actix_web::test]
async fn a_transfer_holds_nothing_and_deducts_what_is_left_when_it_comes() {
    for backend in backends() {
        let case = Case::new(backend).await;
        let whole = case.announce(case.all()).await.unwrap();
        let again = case.announce(case.all()).await.unwrap();
        case.stands(UNTOUCHED).await;
        assert!(case.scene.receive(whole, 80_000, "2026-03-03").await);
        assert!(!case.scene.receive(whole, 80_000, "2026-03-03").await);
        case.stands(PAID).await;
        // The second one is surplus to the cent: the credit note was deducted once.
        assert!(case.scene.receive(again, 80_000, "2026-03-04").await);
        case.stands(PAID).await;
        assert_eq!(
            case.scene.books(),
            [(Account::Bank, 160_000), (Account::Unapplied, -80_000)]
        );
    }
}

#[actix_web::test]
async fn a_credit_note_that_was_not_needed_stays() {
    for backend in backends() {
        for (came, expected) in [
            (100_000, [(0, 0), (0, 0), (20_000, 0)]),
            (95_000, [(0, 0), (0, 0), (15_000, 0)]),
            (70_000, [(0, 0), (10_000, 0), (0, 0)]),
        ] {
            let case = Case::new(backend).await;
            let transfer = case.announce(case.all()).await.unwrap();
            case.scene.receive(transfer, came, "2026-03-03").await;
            case.stands(expected).await;
            let books = case.scene.books();
            assert!(!books.iter().any(|(one, _)| *one == Account::Unapplied));
        }
    }
}

#[actix_web::test]
async fn a_debit_that_comes_back_makes_invoices_due_and_the_credit_note_open_again() {
    for backend in backends() {
        let case = Case::new(backend).await;
        let payment = case.debit(case.all(), "a").await.unwrap();
        case.stands(HELD).await;
        case.scene.receive(payment, 80_000, "2026-03-09").await;
        case.stands(PAID).await;
        let back = TakeBack {
            payment,
            on: "2026-03-12".parse().unwrap(),
            reason: "MD06".into(),
            actor: Actor::job("test"),
        };
        let (supplier, now) = (case.scene.supplier.id, case.scene.at());
        let write = move |conn: &mut _| take_back(conn, supplier, &back, now);
        assert!(
            case.scene
                .world
                .app
                .store
                .write(supplier, write)
                .await
                .unwrap()
        );
        case.stands(UNTOUCHED).await;
        assert_eq!(case.scene.books(), [(Account::Receivable, 80_000)]);
    }
}

#[actix_web::test]
async fn only_own_credit_notes_below_what_is_paid_are_deducted() {
    for backend in backends() {
        let case = Case::new(backend).await;
        let scene = &case.scene;
        let receipt = scene.item(ItemKind::Receipt, "RG1", 50_000).await;
        let (other, _) = scene.world.debtor(&scene.supplier, "C2").await;
        let of = (ItemKind::CreditNote, "AV9");
        let theirs = scene.world.item(&other, of, 5_000, "2026-02-01").await;
        let with = |cents: i64, credits: Vec<Share>| Designation {
            shares: vec![share(&case.first, cents)],
            credits,
            charges: Vec::new(),
        };
        let note = |cents: i64| share(&case.note, cents);
        for (name, what) in [
            ("another's", with(60_000, vec![share(&theirs, 5_000)])),
            ("a receipt", with(60_000, vec![share(&receipt, 5_000)])),
            ("an invoice", with(60_000, vec![share(&case.second, 5_000)])),
            ("more than it has", with(60_000, vec![note(20_001)])),
            ("nothing of it", with(60_000, vec![note(0)])),
            ("below nothing", with(60_000, vec![note(-1)])),
            ("twice", with(60_000, vec![note(9_000), note(9_000)])),
            ("all that is paid", with(20_000, vec![note(20_000)])),
            (
                "nothing else",
                Designation {
                    shares: Vec::new(),
                    credits: vec![note(100)],
                    charges: Vec::new(),
                },
            ),
        ] {
            assert!(case.announce(what.clone()).await.is_err(), "{name}");
            assert!(case.card(what.clone(), name).await.is_err(), "{name}");
            assert!(case.debit(what, name).await.is_err(), "{name}");
        }
        case.stands(UNTOUCHED).await;
    }
}

#[actix_web::test]
async fn a_part_below_the_suppliers_minimum_is_refused_whatever_the_way() {
    for backend in backends() {
        let case = Case::new(backend).await;
        let part = |cents| Designation::from(vec![share(&case.first, cents)]);
        let below = |done: Result<PaymentId, FlowError>, least: i64| match done {
            Err(FlowError::BelowMinimum(found)) => assert_eq!(found, Money::eur(least)),
            other => panic!("{other:?}"),
        };
        below(case.announce(part(999)).await, 1_000);
        below(case.card(part(999), "a").await, 1_000);
        below(case.debit(part(999), "b").await, 1_000);
        case.announce(part(1_000)).await.unwrap();
        let (app, supplier) = (&case.scene.world.app, case.scene.supplier.id);
        for units in [0, 1_001] {
            let set = supplier_bounds::set_part_min(app, supplier, units).await;
            assert!(matches!(set, Err(FlowError::Unusable(_))), "{units}");
        }
        let set = supplier_bounds::set_part_min(app, supplier, 250).await;
        set.unwrap();
        below(case.announce(part(24_999)).await, 25_000);
        case.announce(part(25_000)).await.unwrap();
        let small = case.scene.invoice("F9", 700).await;
        let whole = vec![share(&small, 700)].into();
        case.announce(whole).await.unwrap();
    }
}
