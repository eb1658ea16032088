//! The steps of a course that concern a plan, and the one in which both tabs pay at the same time.

use acquit::flows::pay_by_card::{CardOrder, start};
use acquit::flows::plan::{Reply, Request, ask, reply};
use acquit::flows::plan_answer::{Answer, answer};
use acquit::flows::{Actor, FlowError, pay_by_transfer};
use acquit::store::{self, Across, Conn};
use domain::Money;
use domain::invoice::Share;
use domain::payment::Method;
use domain::plan::{Part, PlanState, equal};
use domain::promise::{Promise, PromiseState};

use super::Course;
use crate::races::double_submit::debit_of;

impl Course {
    /// Asks for one or two instalments, paid by debit or not, that the supplier accepts by itself
    /// or has to answer.
    pub(super) async fn propose(&mut self, key: String) -> Result<&'static str, FlowError> {
        let (app, share) = (self.app(), self.part());
        let count = 1 + self.draw(2);
        let last = ["2026-04-13", "2026-06-15"][self.draw(2)];
        let days = if count == 1 {
            [last, last]
        } else {
            ["2026-03-12", last]
        };
        let amounts = equal(share.amount, count).unwrap();
        let parts = days.into_iter().zip(amounts).map(|(day, amount)| Part {
            due_on: day.parse().unwrap(),
            amount,
        });
        let request = Request {
            shares: vec![share],
            parts: parts.collect(),
            mandate: (self.draw(2) == 0).then_some(self.mandate),
            reason: String::new(),
            terms: "…".into(),
            key,
        };
        self.plan = Some(ask(&app, self.party.visitor, request).await?);
        Ok("plan asked for")
    }

    /// The supplier answers, or ends what runs.
    pub(super) async fn answer_plan(&mut self) -> Result<&'static str, FlowError> {
        let Some(id) = self.plan else {
            return Ok("no plan");
        };
        let (app, supplier) = (self.app(), self.supplier.id);
        let plan = app
            .store
            .read(Across::Inspection, move |conn| {
                store::plan::find(conn, supplier, id)
            })
            .await?;
        let other = Part {
            due_on: "2026-03-20".parse().unwrap(),
            amount: plan.amount,
        };
        let said = match (plan.state, self.draw(3)) {
            (PlanState::Active, 0) => Answer::End,
            (_, 0) => Answer::Refuse,
            (_, 1) => Answer::Counter(vec![other]),
            _ => Answer::Accept,
        };
        let words = (Actor::job("race"), String::new());
        answer(&app, supplier, id, said, words).await?;
        Ok("plan answered")
    }

    pub(super) async fn reply_plan(&mut self) -> Result<&'static str, FlowError> {
        let Some(id) = self.plan else {
            return Ok("no plan");
        };
        let app = self.app();
        let said = match self.draw(3) {
            0 => Reply::Agree("…".into()),
            1 => Reply::Refuse,
            _ => Reply::Cancel,
        };
        reply(&app, self.party.visitor, id, said).await?;
        Ok("plan replied")
    }

    /// The next instalment is paid by a transfer that comes at once.
    pub(super) async fn pay_instalment(&mut self, key: String) -> Result<&'static str, FlowError> {
        let waits = |one: &Promise| {
            one.plan.is_some() && one.state == PromiseState::Made && !one.shares.is_empty()
        };
        let found = self.promises().await.into_iter().find(waits);
        let Some(next) = found else {
            return Ok("no instalment");
        };
        let (app, visitor) = (self.app(), self.party.visitor);
        let shares = next.shares.clone();
        let id = pay_by_transfer::announce(&app, visitor, shares, key).await?;
        let supplier = self.supplier.id;
        let find = move |conn: &mut Conn| store::payment::find(conn, supplier, id);
        let transfer = app.store.read(Across::Inspection, find).await?;
        self.sent += transfer.amount.minor();
        self.receive(&transfer, transfer.amount).await?;
        Ok("instalment paid")
    }

    /// Two tabs pay the invoice at the same time, each its own way.
    pub(super) async fn two_tabs(&mut self, key: String) -> Result<&'static str, FlowError> {
        let ways = [Method::Card, Method::Debit, Method::Transfer];
        let both = [0, 1].map(|tab| {
            let (way, share) = (ways[self.draw(3)], self.part());
            self.pay_in(tab, way, share, format!("{key} in tab {tab}"))
        });
        for done in futures_util::future::join_all(both).await {
            match done {
                Err(why) if !why.is_conflict() => return Err(why),
                _ => {}
            }
        }
        Ok("two tabs")
    }

    fn pay_in(
        &self,
        tab: usize,
        way: Method,
        share: Share,
        key: String,
    ) -> impl Future<Output = Result<(), FlowError>> + use<> {
        let (app, visitor) = (std::sync::Arc::clone(&self.apps[tab]), self.party.visitor);
        let (supplier, mandate) = (self.supplier.clone(), self.mandate);
        async move {
            let shares = vec![share];
            match way {
                Method::Credit | Method::ProviderDebit => unreachable!("not offered here"),
                Method::Card => {
                    let what = shares.into();
                    start(&app, visitor, CardOrder { what, key })
                        .await
                        .map(drop)
                }
                Method::Debit => {
                    let ordered = debit_of(&app, &supplier, visitor, (mandate, shares, key));
                    ordered.await.map(drop)
                }
                Method::Transfer => {
                    let announced = pay_by_transfer::announce(&app, visitor, shares, key);
                    announced.await.map(drop)
                }
            }
        }
    }

    pub(super) async fn promises(&self) -> Vec<Promise> {
        let visitor = self.party.visitor;
        let find = move |conn: &mut Conn| {
            store::promise::of_debtor(conn, visitor.supplier, visitor.debtor, 50)
        };
        self.apps[0]
            .store
            .read(Across::Inspection, find)
            .await
            .unwrap()
    }

    /// What promises and a request that awaits its answer hold.
    pub(super) async fn promised(&self) -> Money {
        let all = self.promises().await;
        let holds = |one: &&Promise| one.state == PromiseState::Made && one.holds();
        let waiting = all.iter().filter(holds).flat_map(|one| &one.shares);
        let mut cents: i64 = waiting.map(|share| share.amount.minor()).sum();
        let visitor = self.party.visitor;
        let find = move |conn: &mut Conn| {
            store::plan::of_debtor(conn, visitor.supplier, visitor.debtor, 50)
        };
        let plans = self.apps[0]
            .store
            .read(Across::Inspection, find)
            .await
            .unwrap();
        let asked = plans
            .iter()
            .filter(|plan| plan.state == PlanState::Proposed);
        cents += asked.map(|plan| plan.amount.minor()).sum::<i64>();
        Money::eur(cents)
    }
}
