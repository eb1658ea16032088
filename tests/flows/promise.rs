//! Promises: their limits, what takes their place, and the judgment by the day of the money.

use acquit::flows::FlowError;
use acquit::flows::promise::{Pledge, judge_due, make};
use acquit::store;
use domain::invoice::{Invoice, Share};
use domain::promise::PromiseState;
use domain::{Money, PromiseId};

use super::{Scene, share};
use crate::support::databases::backends;
use crate::support::world::paris;

/// Ten days after the tests begin; the grace ends on the 15th.
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
    scene.world.app.store.read(find).await.unwrap().state
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
    judge_due(&scene.world.app, scene.supplier.clone())
        .await
        .unwrap();
}

/// Money that became known on a day, of a day, in cents.
type Came = (&'static str, &'static str, i64);

#[actix_web::test]
async fn a_promise_is_judged_by_the_day_of_the_money() {
    use PromiseState::{Broken, Kept, Made, PartlyKept};
    let whole: (Came, Came) = (
        ("2026-03-18", "2026-03-15", 10_000),
        ("2026-03-18", "2026-03-16", 10_000),
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
            "2026-03-15",
            Kept,
        ),
        ("after the grace", Some(whole.1), "2026-03-15", Broken),
        ("a part", Some(part), "2026-03-16", PartlyKept),
        ("a part so far", Some(part), "2026-03-15", Made),
        ("nothing yet", None, "2026-03-15", Made),
        ("nothing", None, "2026-03-16", Broken),
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
        judge_on(&scene, "2026-03-16").await;
        assert_eq!(state(&scene, id).await, PromiseState::Broken, "{backend}");
    }
}
