//! Instalments by direct debit: ordered ahead of their day, lowered by other money, called off with
//! the plan, and never beside another payment of the same euro.

use acquit::flows::plan::{Request, ask};
use acquit::flows::plan_answer::{Answer, answer};
use acquit::flows::{Actor, FlowError, deliver};
use acquit::store::{self, Across};
use domain::collection::{Collection, CollectionState};
use domain::mandate::Usage;
use domain::plan::{Part, PlanState};
use domain::promise::PromiseState;
use domain::{InvoiceId, MandateId, Money, PlanId};

use super::debit::{file, mandate};
use super::plan::{judge_on, plan, states};
use super::take_back::returned;
use super::{Scene, share};
use crate::support::databases::backends;

/// A plan of 4,000 on the 12th of March and 6,000 on the 13th of April, by debit.
pub(super) struct Case {
    pub scene: Scene,
    pub plan: PlanId,
    invoice: InvoiceId,
}

fn part(on: &str, cents: i64) -> Part {
    Part {
        due_on: on.parse().unwrap(),
        amount: Money::eur(cents),
    }
}

async fn asked(
    scene: &Scene,
    mandate: MandateId,
    parts: Vec<Part>,
) -> Result<(PlanId, InvoiceId), FlowError> {
    let invoice = scene.invoice("F1", 10_000).await;
    let request = Request {
        shares: vec![share(&invoice, 10_000)],
        parts,
        mandate: Some(mandate),
        reason: String::new(),
        terms: "…".into(),
        key: "plan".into(),
    };
    let id = ask(&scene.world.app, scene.visitor, request).await?;
    Ok((id, invoice.id))
}

impl Case {
    pub async fn new(backend: &str) -> Self {
        let scene = Scene::new(backend).await;
        let signed = mandate(&scene, Usage::Recurring, "m").await;
        let parts = vec![part("2026-03-12", 4_000), part("2026-04-13", 6_000)];
        let (plan, invoice) = asked(&scene, signed, parts).await.unwrap();
        Self {
            scene,
            plan,
            invoice,
        }
    }

    /// Debits, oldest first: cents, state.
    pub async fn debits(&self) -> Vec<(i64, CollectionState)> {
        let all = self.collections().await;
        all.iter()
            .map(|one| (one.amount.minor(), one.state))
            .collect()
    }

    pub async fn collections(&self) -> Vec<Collection> {
        let (supplier, debtor) = (self.scene.supplier.id, self.scene.debtor.id);
        let find = move |conn: &mut _| store::collection::of_debtor(conn, supplier, debtor, 50);
        let mut all = self
            .scene
            .world
            .app
            .store
            .read(Across::Inspection, find)
            .await
            .unwrap();
        all.reverse();
        all
    }

    /// Cents of the invoice that are open, reserved and promised.
    pub async fn held(&self) -> (i64, i64, i64) {
        let now = self.scene.now(self.invoice).await;
        (now.open.minor(), now.reserved.minor(), now.promised.minor())
    }

    /// The latest debit is announced and goes to the bank.
    pub async fn to_the_bank(&self) {
        deliver::run(&self.scene.world.app).await.unwrap();
        assert!(file(&self.scene).await.is_some());
    }

    /// The latest debit comes, on a day that is today.
    async fn comes(&self, on: &str) {
        let debit = self.collections().await.pop().unwrap();
        self.scene.go_to(on);
        let cents = debit.amount.minor();
        assert!(self.scene.receive(debit.payment, cents, on).await);
    }

    pub async fn transfer(&self, cents: i64, on: &str) {
        let invoice = self.scene.now(self.invoice).await;
        let shares = [share(&invoice, cents)];
        let transfer = self.scene.announce(&shares).await.unwrap();
        self.scene.go_to(on);
        assert!(self.scene.receive(transfer, cents, on).await);
    }

    pub async fn stands(&self) -> PlanState {
        plan(&self.scene, self.plan).await.state
    }

    pub async fn promises(&self) -> Vec<PromiseState> {
        states(&self.scene, self.plan).await
    }
}

#[actix_web::test]
async fn each_instalment_is_debited_once_near_its_day() {
    use CollectionState::{Batched, Planned};
    for backend in backends() {
        let case = Case::new(backend).await;
        assert_eq!(case.debits().await, [(4_000, Planned)], "the near one");
        assert_eq!(case.held().await, (10_000, 4_000, 6_000), "each euro once");
        let near = case.collections().await.remove(0);
        assert_eq!(near.collect_on, "2026-03-12".parse().unwrap());
        case.to_the_bank().await;
        case.comes("2026-03-12").await;
        let made = [PromiseState::Kept, PromiseState::Made];
        assert_eq!(case.promises().await, made, "{backend}");
        assert_eq!(case.held().await, (6_000, 0, 6_000));
        judge_on(&case.scene, "2026-03-23").await;
        assert_eq!(case.debits().await.len(), 1, "21 days ahead");
        for _ in 0..2 {
            judge_on(&case.scene, "2026-03-24").await;
            let debits = [(4_000, Batched), (6_000, Planned)];
            assert_eq!(
                case.debits().await,
                debits,
                "{backend}: 20 days ahead, once"
            );
            assert_eq!(case.held().await, (6_000, 6_000, 0));
        }
        case.scene.go_to("2026-04-01");
        case.to_the_bank().await;
        case.comes("2026-04-13").await;
        assert_eq!(case.stands().await, PlanState::Done, "{backend}");
        assert_eq!(case.held().await, (0, 0, 0));
        let unwritten = case.scene.outbox().await;
        let reminders = unwritten.iter().filter(|one| one.starts_with("reminder"));
        assert_eq!(reminders.count(), 0, "{unwritten:?}");
        case.scene.books();
    }
}

#[actix_web::test]
async fn other_money_lowers_the_debit_or_calls_it_off() {
    use CollectionState::{Cancelled, Planned};
    for backend in backends() {
        let case = Case::new(backend).await;
        case.transfer(1_000, "2026-03-04").await;
        let lowered = [(4_000, Cancelled), (3_000, Planned)];
        assert_eq!(case.debits().await, lowered, "{backend}");
        assert_eq!(case.held().await, (9_000, 3_000, 6_000));
        case.transfer(3_000, "2026-03-05").await;
        let gone = [(4_000, Cancelled), (3_000, Cancelled)];
        assert_eq!(
            case.debits().await,
            gone,
            "{backend}: the instalment is paid"
        );
        let made = [PromiseState::Kept, PromiseState::Made];
        assert_eq!(case.promises().await, made);
        assert_eq!(case.held().await, (6_000, 0, 6_000));
        deliver::run(&case.scene.world.app).await.unwrap();
        assert_eq!(file(&case.scene).await, None);
        let told = case.scene.outbox().await;
        assert!(
            !told.iter().any(|one| one == "debit_notice sent"),
            "{told:?}"
        );
        case.transfer(6_000, "2026-03-06").await;
        assert_eq!(case.stands().await, PlanState::Done);
        assert_eq!(case.held().await, (0, 0, 0));
    }
}

/// A debit that the bank has cannot be stopped: what it brings beside other money pays the next
/// instalment, and no euro is held or asked for twice.
#[actix_web::test]
async fn a_debit_at_the_bank_counts_for_what_follows() {
    for backend in backends() {
        let case = Case::new(backend).await;
        case.to_the_bank().await;
        case.transfer(4_000, "2026-03-05").await;
        assert_eq!(case.held().await, (6_000, 4_000, 2_000), "{backend}");
        case.comes("2026-03-12").await;
        assert_eq!(case.held().await, (2_000, 0, 2_000));
        judge_on(&case.scene, "2026-03-24").await;
        assert_eq!(case.held().await, (2_000, 2_000, 0), "only what is left");
        case.comes("2026-04-13").await;
        assert_eq!(case.stands().await, PlanState::Done);
        case.scene.books();
    }
}

#[actix_web::test]
async fn a_returned_debit_is_told_and_ends_the_plan_after_the_notice() {
    for backend in backends() {
        let case = Case::new(backend).await;
        case.to_the_bank().await;
        case.comes("2026-03-12").await;
        let payment = case.collections().await.remove(0).payment;
        case.scene.go_to("2026-03-17");
        let fresh = "UPDATE supplier SET data_as_of = '2026-03-17'";
        case.scene.world.conn().run_sql(fresh).unwrap();
        assert!(returned(&case.scene, payment, "2026-03-17").await);
        assert_eq!(case.promises().await, [PromiseState::Made; 2]);
        assert_eq!(
            case.held().await,
            (10_000, 0, 10_000),
            "{backend}: no other debit"
        );
        let missed = |all: Vec<String>| {
            let told = all.iter().filter(|one| one.starts_with("plan_missed"));
            told.count()
        };
        assert_eq!(missed(case.scene.outbox().await), 1);
        judge_on(&case.scene, "2026-03-25").await;
        assert_eq!(case.stands().await, PlanState::Active);
        assert_eq!(
            case.held().await,
            (10_000, 6_000, 4_000),
            "the next is near"
        );
        judge_on(&case.scene, "2026-03-26").await;
        assert_eq!(case.stands().await, PlanState::Defaulted, "{backend}");
        assert_eq!(case.held().await, (10_000, 0, 0));
        let last = case.debits().await.pop().unwrap();
        assert_eq!(last, (6_000, CollectionState::Cancelled), "called off");
        assert_eq!(missed(case.scene.outbox().await), 1, "told once");
    }
}

/// What the bank refuses is promised again, for the debtor to pay: no debit is tried twice.
#[actix_web::test]
async fn a_refused_debit_is_not_ordered_again() {
    for backend in backends() {
        let case = Case::new(backend).await;
        let mut conn = case.scene.world.conn();
        conn.run_sql("UPDATE payment SET state = 'failed'").unwrap();
        conn.run_sql("UPDATE invoice SET reserved = 0").unwrap();
        assert_eq!(case.held().await, (10_000, 0, 6_000));
        for _ in 0..2 {
            judge_on(&case.scene, "2026-03-03").await;
            assert_eq!(case.held().await, (10_000, 0, 10_000), "{backend}");
            assert_eq!(case.debits().await.len(), 1);
        }
        case.transfer(4_000, "2026-03-12").await;
        let made = [PromiseState::Kept, PromiseState::Made];
        assert_eq!(case.promises().await, made, "{backend}");
    }
}

#[actix_web::test]
async fn the_end_of_a_plan_calls_its_debits_off_unless_the_bank_has_them() {
    for backend in backends() {
        for (at_bank, reserved, state) in [
            (false, 0, CollectionState::Cancelled),
            (true, 4_000, CollectionState::Batched),
        ] {
            let case = Case::new(backend).await;
            if at_bank {
                case.to_the_bank().await;
            }
            let said = (Actor::staff("marie@four.example"), String::new());
            let (app, supplier) = (&case.scene.world.app, case.scene.supplier.id);
            answer(app, supplier, case.plan, Answer::End, said)
                .await
                .unwrap();
            assert_eq!(case.stands().await, PlanState::Cancelled);
            assert_eq!(case.promises().await, [PromiseState::Cancelled; 2]);
            assert_eq!(
                case.held().await,
                (10_000, reserved, 0),
                "{backend} {at_bank}"
            );
            assert_eq!(case.debits().await, [(4_000, state)]);
        }
    }
}

#[actix_web::test]
async fn a_debit_waits_for_the_answer_and_leaves_out_what_comes_too_soon() {
    for backend in backends() {
        let scene = Scene::new(backend).await;
        let signed = mandate(&scene, Usage::Recurring, "m").await;
        // The bank needs until the 6th; the plan is longer than the supplier accepts by itself.
        let parts = vec![
            part("2026-03-05", 2_000),
            part("2026-03-09", 2_000),
            part("2026-06-15", 6_000),
        ];
        let (plan, invoice) = asked(&scene, signed, parts).await.unwrap();
        let case = Case {
            scene,
            plan,
            invoice,
        };
        assert_eq!(case.debits().await, [], "nobody has agreed");
        assert_eq!(case.held().await, (10_000, 0, 10_000));
        let said = (Actor::staff("marie@four.example"), String::new());
        let (app, supplier) = (&case.scene.world.app, case.scene.supplier.id);
        answer(app, supplier, plan, Answer::Accept, said)
            .await
            .unwrap();
        assert_eq!(case.debits().await, [(2_000, CollectionState::Planned)]);
        let on = case.collections().await.remove(0).collect_on;
        assert_eq!(on, "2026-03-09".parse().unwrap(), "{backend}");
        assert_eq!(case.held().await, (10_000, 2_000, 8_000));
    }
}

#[actix_web::test]
async fn only_an_own_mandate_for_several_debits_will_do() {
    for backend in backends() {
        let scene = Scene::new(backend).await;
        let once = mandate(&scene, Usage::OneOff, "once").await;
        let parts = || vec![part("2026-03-12", 10_000)];
        let refused = asked(&scene, once, parts()).await;
        assert!(
            matches!(refused, Err(FlowError::NotOffered(_))),
            "{refused:?}"
        );
        let (other, contact) = scene.world.debtor(&scene.supplier, "C2").await;
        let (_, visitor) = scene.world.link(&other, &contact).await;
        let other = Scene {
            debtor: other,
            visitor,
            ..scene
        };
        let theirs = mandate(&other, Usage::Recurring, "theirs").await;
        let (first, contact) = other.world.debtor(&other.supplier, "C3").await;
        let (_, visitor) = other.world.link(&first, &contact).await;
        let scene = Scene {
            debtor: first,
            visitor,
            ..other
        };
        let refused = asked(&scene, theirs, parts()).await;
        let hidden = matches!(refused, Err(FlowError::Store(store::StoreError::NotFound)));
        assert!(hidden, "{backend}: {refused:?}");
    }
}
