//! Promises: their limits, what takes their place, and the judgment by the day of the money.

use acquit::flows::FlowError;
use acquit::flows::judge;
use acquit::flows::promise::{Pledge, Way, cancel, make, make_by};
use acquit::store::{self, Across};
use domain::invoice::{Invoice, Share};
use domain::promise::PromiseState;
use domain::{Money, PromiseId};

use super::{Scene, share};
use crate::support::databases::backends;
use crate::support::world::paris;

/// Ten days after the tests begin, a Thursday; the grace of two bank days ends on Monday the 16th.
const PROMISED: &str = "2026-03-12";

fn pledge(shares: &[Share], due_on: &str, key: &str) -> Pledge {
    Pledge {
        shares: shares.to_vec(),
        due_on: due_on.parse().unwrap(),
        key: key.into(),
    }
}

async fn promise(scene: &Scene, with: Pledge) -> Result<PromiseId, FlowError> {
    make(&scene.world.app, scene.visitor, with).await
}

async fn state(scene: &Scene, id: PromiseId) -> PromiseState {
    let supplier = scene.supplier.id;
    let find = move |conn: &mut _| store::promise::find(conn, supplier, id);
    scene
        .world
        .app
        .store
        .read(Across::Inspection, find)
        .await
        .unwrap()
        .state
}

#[actix_web::test]
async fn a_promise_keeps_to_the_limits_and_to_what_is_open() {
    for backend in backends() {
        let scene = Scene::new(backend).await;
        let invoice = scene.invoice("F1", 10_000).await;
        let all = [share(&invoice, 10_000)];
        for (day, fits) in [
            ("2026-03-02", false),
            ("2026-03-03", true),
            ("2026-04-01", true),
            ("2026-04-02", false),
        ] {
            let made = promise(&scene, pledge(&all, day, day)).await;
            assert_eq!(made.is_ok(), fits, "{day}: {made:?}");
            let told = matches!(made, Err(FlowError::OutsideLimits(_)));
            assert_eq!(told, !fits, "{day}");
        }
        let (stranger, _) = scene.world.debtor(&scene.supplier, "C2").await;
        let theirs = scene
            .world
            .invoice(&stranger, "G1", 500, "2026-02-20")
            .await;
        for (name, shares) in [
            ("too much", vec![share(&invoice, 10_001)]),
            ("nothing", vec![]),
            ("none of it", vec![share(&invoice, 0)]),
            ("another's", vec![share(&theirs, 500)]),
            (
                "twice the same",
                vec![share(&invoice, 6_000), share(&invoice, 6_000)],
            ),
        ] {
            let before = scene.now(invoice.id).await;
            let refused = promise(&scene, pledge(&shares, PROMISED, name)).await;
            assert!(refused.is_err(), "{name}");
            assert_eq!(scene.now(invoice.id).await, before, "{name}");
        }
    }
}

#[actix_web::test]
async fn a_new_promise_takes_the_place_of_those_on_its_invoices() {
    for backend in backends() {
        let scene = Scene::new(backend).await;
        let (one, two) = (
            scene.invoice("F1", 10_000).await,
            scene.invoice("F2", 500).await,
        );
        let both = [share(&one, 10_000), share(&two, 500)];
        let first = promise(&scene, pledge(&both, PROMISED, "a")).await.unwrap();
        let apart = pledge(&[share(&one, 4_000)], "2026-03-20", "b");
        let second = promise(&scene, apart.clone()).await.unwrap();
        assert_eq!(
            promise(&scene, apart).await.unwrap(),
            second,
            "the same form"
        );
        assert_eq!(state(&scene, first).await, PromiseState::Superseded);
        assert_eq!(state(&scene, second).await, PromiseState::Made);
        assert_eq!(scene.now(one.id).await.promised, Money::eur(4_000));
        assert_eq!(scene.now(two.id).await.promised, Money::eur(0));
        assert_eq!(scene.outbox().await, ["promise_noted due"; 2]);
    }
}

/// Judges at the end of a day.
async fn judge_on(scene: &Scene, day: &str) {
    scene.go_to(day);
    judge::due(&scene.world.app, scene.supplier.clone())
        .await
        .unwrap();
}

/// Money that became known on a day, of a day, in cents.
type Came = (&'static str, &'static str, i64);

#[actix_web::test]
async fn a_promise_is_judged_by_the_day_of_the_money() {
    use PromiseState::{Broken, Kept, KeptLate, Made, PartlyKept};
    let whole: (Came, Came) = (
        ("2026-03-18", "2026-03-16", 10_000),
        ("2026-03-18", "2026-03-17", 10_000),
    );
    let part: Came = ("2026-03-10", "2026-03-10", 4_000);
    for (name, came, judged_on, expected) in [
        (
            "in time",
            Some(("2026-03-12", "2026-03-12", 10_000)),
            "2026-03-12",
            Kept,
        ),
        (
            "in the grace, known late",
            Some(whole.0),
            "2026-03-16",
            Kept,
        ),
        ("after the grace", Some(whole.1), "2026-03-16", KeptLate),
        ("a part", Some(part), "2026-03-17", PartlyKept),
        ("a part so far", Some(part), "2026-03-16", Made),
        ("nothing yet", None, "2026-03-16", Made),
        ("nothing", None, "2026-03-17", Broken),
    ] {
        for backend in backends() {
            let scene = Scene::new(backend).await;
            let invoice = scene.invoice("F1", 10_000).await;
            let made = pledge(&[share(&invoice, 10_000)], PROMISED, "a");
            let id = promise(&scene, made).await.unwrap();
            let transfer = scene.announce(&[share(&invoice, 10_000)]).await.unwrap();
            let late = came.is_some_and(|(known_on, ..)| known_on > judged_on);
            if late {
                judge_on(&scene, judged_on).await;
            }
            if let Some((known_on, of, cents)) = came {
                scene.go_to(known_on);
                scene.receive(transfer, cents, of).await;
            }
            if !late {
                judge_on(&scene, judged_on).await;
            }
            assert_eq!(state(&scene, id).await, expected, "{name} {backend}");
            let held = if expected == Made { 10_000 } else { 0 };
            let promised = scene.now(invoice.id).await.promised;
            assert_eq!(promised, Money::eur(held), "{name}");
        }
    }
}

/// A part paid in the morning and the rest promised in the afternoon: the morning's money is not
/// what was promised.
#[actix_web::test]
async fn money_known_before_the_promise_does_not_keep_it() {
    for backend in backends() {
        let scene = Scene::new(backend).await;
        let invoice: Invoice = scene.invoice("F1", 10_000).await;
        let transfer = scene.announce(&[share(&invoice, 5_000)]).await.unwrap();
        scene.receive(transfer, 5_000, "2026-03-02").await;
        scene.world.go_to(paris("2026-03-02", 15));
        let rest = pledge(&[share(&invoice, 5_000)], PROMISED, "a");
        let id = promise(&scene, rest).await.unwrap();
        judge_on(&scene, "2026-03-17").await;
        assert_eq!(state(&scene, id).await, PromiseState::Broken, "{backend}");
    }
}

/// It is judged again by the day of the money, whenever that becomes known.
#[actix_web::test]
async fn a_broken_promise_is_kept_late_or_in_time_as_the_money_came() {
    for backend in backends() {
        for (first, rest, expected) in [
            ("2026-03-13", "2026-03-13", PromiseState::Kept),
            ("2026-03-13", "2026-03-18", PromiseState::KeptLate),
            ("2026-03-18", "2026-03-18", PromiseState::KeptLate),
        ] {
            let scene = Scene::new(backend).await;
            let invoice = scene.invoice("F1", 10_000).await;
            let all = [share(&invoice, 10_000)];
            let id = promise(&scene, pledge(&all, PROMISED, "a")).await.unwrap();
            judge_on(&scene, "2026-03-17").await;
            assert_eq!(state(&scene, id).await, PromiseState::Broken, "{backend}");
            scene.go_to("2026-03-18");
            let half = [share(&invoice, 5_000)];
            let one = scene.announce(&half).await.unwrap();
            scene.receive(one, 5_000, first).await;
            let half_way = match first {
                "2026-03-13" => PromiseState::PartlyKept,
                _ => PromiseState::Broken,
            };
            assert_eq!(state(&scene, id).await, half_way, "{backend} {first}");
            let two = scene.announce(&half).await.unwrap();
            scene.receive(two, 5_000, rest).await;
            assert_eq!(
                state(&scene, id).await,
                expected,
                "{backend} {first} {rest}"
            );
            scene.books();
        }
    }
}

/// Kinds of messages in the outbox.
async fn written(scene: &Scene, kind: &str) -> usize {
    let all = scene.outbox().await;
    all.iter().filter(|line| line.starts_with(kind)).count()
}

#[actix_web::test]
async fn a_broken_promise_is_told_once_and_only_on_a_fresh_balance() {
    for backend in backends() {
        for (as_of, told) in [("2026-03-16", 1), ("2026-03-01", 0)] {
            let scene = Scene::new(backend).await;
            let invoice = scene.invoice("F1", 10_000).await;
            let all = [share(&invoice, 10_000)];
            let id = promise(&scene, pledge(&all, PROMISED, "a")).await.unwrap();
            scene.go_to("2026-03-17");
            let of_day = format!("UPDATE supplier SET data_as_of = '{as_of}'");
            scene.world.conn().run_sql(&of_day).unwrap();
            let supplier = scene.supplier.id;
            let find = move |conn: &mut _| store::supplier::find(conn, supplier);
            let supplier = scene
                .world
                .app
                .store
                .read(Across::Inspection, find)
                .await
                .unwrap();
            for _ in 0..2 {
                judge::due(&scene.world.app, supplier.clone())
                    .await
                    .unwrap();
            }
            assert_eq!(state(&scene, id).await, PromiseState::Broken);
            assert_eq!(written(&scene, "promise_broken").await, told, "{as_of}");
        }
    }
}

/// A transfer that only the books have seen was paid before they were read.
#[actix_web::test]
async fn what_the_books_took_off_keeps_a_promise() {
    for backend in backends() {
        let scene = Scene::new(backend).await;
        let invoice = scene.invoice("F1", 10_000).await;
        let all = [share(&invoice, 10_000)];
        let id = promise(&scene, pledge(&all, PROMISED, "a")).await.unwrap();
        scene.go_to("2026-03-16");
        let paid = "Code;Nom;Piece;Echeance;Solde\nC9;Autre;G1;20/02/2026;1,00\n";
        let order = acquit::flows::import_balance::ImportOrder {
            supplier: scene.supplier.id,
            file_name: "balance.csv".into(),
            as_of: "2026-03-16".parse().unwrap(),
            complete: true,
            mapping: None,
        };
        let csv = std::io::Cursor::new(paid.as_bytes().to_vec());
        acquit::flows::import_balance::run(&scene.world.app, order, csv)
            .await
            .unwrap();
        assert_eq!(scene.now(invoice.id).await.open, Money::eur(0));
        judge_on(&scene, "2026-03-17").await;
        assert_eq!(state(&scene, id).await, PromiseState::Kept, "{backend}");
    }
}

#[actix_web::test]
async fn a_promised_transfer_is_expected_and_keeps_its_promise() {
    for backend in backends() {
        let scene = Scene::new(backend).await;
        let invoice = scene.invoice("F1", 10_000).await;
        let all = pledge(&[share(&invoice, 10_000)], PROMISED, "a");
        let (app, visitor) = (&scene.world.app, scene.visitor);
        let id = make_by(app, visitor, all, Way::Transfer, None)
            .await
            .unwrap();
        let supplier = scene.supplier.id;
        let find = move |conn: &mut _| store::promise::find(conn, supplier, id);
        let made = app.store.read(Across::Inspection, find).await.unwrap();
        let payment = made.payment.unwrap();
        assert_eq!(scene.now(invoice.id).await.promised, Money::eur(10_000));
        assert_eq!(scene.now(invoice.id).await.reserved, Money::eur(0));
        scene.receive(payment, 10_000, "2026-03-12").await;
        assert_eq!(state(&scene, id).await, PromiseState::Kept, "{backend}");
    }
}

#[actix_web::test]
async fn a_promised_debit_holds_each_euro_once_and_can_be_called_off() {
    for backend in backends() {
        let scene = Scene::new(backend).await;
        let invoice = scene.invoice("F1", 10_000).await;
        let mandate = super::debit::mandate(&scene, domain::mandate::Usage::Recurring, "m").await;
        let (app, visitor) = (&scene.world.app, scene.visitor);
        let all = pledge(&[share(&invoice, 10_000)], "2026-03-14", "a");
        let way = Way::Debit(mandate);
        let id = make_by(app, visitor, all.clone(), way, None).await.unwrap();
        assert_eq!(make_by(app, visitor, all, way, None).await.unwrap(), id);
        let supplier = scene.supplier.id;
        let find = move |conn: &mut _| store::promise::find(conn, supplier, id);
        let made = app.store.read(Across::Inspection, find).await.unwrap();
        assert_eq!(made.due_on, "2026-03-16".parse().unwrap(), "a bank day");
        let now = scene.now(invoice.id).await;
        assert_eq!(
            (now.promised, now.reserved),
            (Money::eur(0), Money::eur(10_000))
        );
        let rest = pledge(&[share(&invoice, 10_000)], PROMISED, "b");
        assert!(
            promise(&scene, rest).await.is_err(),
            "promised and reserved"
        );
        for _ in 0..2 {
            cancel(app, visitor, id).await.unwrap();
        }
        assert_eq!(state(&scene, id).await, PromiseState::Cancelled);
        let now = scene.now(invoice.id).await;
        assert_eq!((now.promised, now.reserved), (Money::eur(0), Money::eur(0)));
        assert_eq!(super::debit::file(&scene).await, None, "nothing to collect");
    }
}

#[actix_web::test]
async fn a_debit_in_a_file_is_not_called_off() {
    for backend in backends() {
        let scene = Scene::new(backend).await;
        let invoice = scene.invoice("F1", 10_000).await;
        let mandate = super::debit::mandate(&scene, domain::mandate::Usage::Recurring, "m").await;
        let (app, visitor) = (&scene.world.app, scene.visitor);
        let all = pledge(&[share(&invoice, 10_000)], "2026-03-06", "a");
        let id = make_by(app, visitor, all, Way::Debit(mandate), None)
            .await
            .unwrap();
        acquit::flows::deliver::run(app).await.unwrap();
        assert!(super::debit::file(&scene).await.is_some());
        let refused = cancel(app, visitor, id).await;
        assert!(matches!(refused, Err(FlowError::TooLate)), "{refused:?}");
        assert_eq!(state(&scene, id).await, PromiseState::Made);
    }
}
