//! A plan that runs: it becomes promises, money pays them in their order, and it ends.
//!
//! Money counts from the request on, whichever of the plan's invoices it reached: a first payment
//! may come before the supplier's answer. After each change the instalments that wait hold what is
//! left of the plan's invoices, no more and no less.

mod debits;

use domain::invoice::Share;
use domain::message::MessageKind;
use domain::party::Supplier;
use domain::plan::{Look, Plan, PlanEvent, PlanState, look, paid_of, spread};
use domain::promise::{Promise, PromiseEvent, PromiseState, grace_ends};
use domain::{Day, Moment, Money, PlanId, PromiseId, Zone};

use super::call_off;
use super::error::FlowError;
use super::guard::{Actor, chosen, give_back, replan, take};
use super::judge::{rest, wait_again};
use super::notify::{Letter, enqueue};
use super::plan::told;
use super::plan_reminders::fresh;
use super::promise::{leave, withdraw};
use crate::clock::new_id;
use crate::store::invoice::Hold;
use crate::store::{self, Conn};
use debits::Debit;

/// Days before the request that money may count from, when it is known only after it.
const KNOWN_LATE_DAYS: i64 = 60;

/// Agrees and begins a plan under the guard: its instalments become promises, in the place of
/// those that waited on its invoices.
pub(super) fn start(
    conn: &mut Conn,
    supplier: &Supplier,
    plan: &Plan,
    agreed: PlanEvent,
    now: Moment,
) -> Result<(), FlowError> {
    let (owner, debtor) = (plan.supplier, plan.debtor);
    let next = plan.state.on(agreed)?.on(PlanEvent::Start)?;
    if plan.state.holds() {
        give_back(conn, owner, &plan.shares, Hold::Promised)?;
    }
    let came = received(conn, supplier.zone, plan, supplier.zone.day(now))?;
    let mut left = left(plan, &came)?;
    left.retain(|share| share.amount.is_positive());
    chosen(conn, (owner, debtor), &left, |invoice| invoice.payable())?;
    let ids: Vec<_> = plan.shares.iter().map(|share| share.invoice).collect();
    for earlier in store::promise::waiting_on(conn, owner, debtor, &ids)? {
        match earlier.plan {
            Some(other) => return Err(FlowError::OnPlan(other)),
            None if earlier.holds() => withdraw(conn, &earlier, PromiseEvent::Replace, now)?,
            None => {}
        }
    }
    let promises = promises(plan, now)?;
    for promise in &promises {
        store::promise::insert(conn, promise)?;
        take(conn, owner, &promise.shares, Hold::Promised)?;
    }
    let ids: Vec<PromiseId> = promises.iter().map(|promise| promise.id).collect();
    store::plan::set_state(conn, owner, plan.id, plan.state, next)?;
    store::plan::set_agreed(conn, plan, now, &ids)?;
    replan(conn, supplier, debtor, now)?;
    judge(conn, supplier, plan.id, now)
}

/// What is left of each of the plan's shares after what came for it.
fn left(plan: &Plan, came: &[Share]) -> Result<Vec<Share>, FlowError> {
    let mut left = Vec::with_capacity(plan.shares.len());
    for (whole, came) in plan.shares.iter().zip(came) {
        left.push(Share {
            invoice: whole.invoice,
            amount: whole.amount.checked_sub(came.amount)?,
        });
    }
    Ok(left)
}

fn promises(plan: &Plan, now: Moment) -> Result<Vec<Promise>, FlowError> {
    let amounts: Vec<Money> = plan.parts.iter().map(|one| one.part.amount).collect();
    let shares = spread(&plan.shares, &amounts)?;
    let all = plan.parts.iter().zip(shares);
    Ok(all
        .map(|(one, shares)| Promise {
            id: new_id(),
            supplier: plan.supplier,
            debtor: plan.debtor,
            due_on: one.part.due_on,
            amount: one.part.amount,
            state: PromiseState::Made,
            made_at: now,
            method: None,
            payment: None,
            plan: Some(plan.id),
            shares,
        })
        .collect())
}

/// What came for each of the plan's shares by a day, at most the share.
fn received(conn: &mut Conn, zone: Zone, plan: &Plan, until: Day) -> Result<Vec<Share>, FlowError> {
    let since = plan.asked_at;
    let days = (zone.day(since).plus_days(-KNOWN_LATE_DAYS), until);
    let mut came = Vec::with_capacity(plan.shares.len());
    for share in &plan.shares {
        let amount = store::ledger::received_on(conn, plan.supplier, share, since, days)?;
        came.push(Share {
            invoice: share.invoice,
            amount: amount.least(share.amount)?.at_least_zero(),
        });
    }
    Ok(came)
}

fn total(plan: &Plan, shares: &[Share]) -> Result<Money, FlowError> {
    let amounts = shares.iter().map(|share| share.amount);
    Ok(Money::sum(plan.amount.currency(), amounts)?)
}

/// What of each instalment of a plan is paid by today.
pub(super) fn paid(
    conn: &mut Conn,
    plan: &Plan,
    zone: Zone,
    today: Day,
) -> Result<Vec<Money>, FlowError> {
    let amounts: Vec<Money> = plan.parts.iter().map(|one| one.part.amount).collect();
    let came = received(conn, zone, plan, today)?;
    Ok(paid_of(&amounts, total(plan, &came)?)?)
}

/// Judges a plan that runs, under the guard: which instalments are paid, which are missing, and
/// whether the plan is over.
pub(super) fn judge(
    conn: &mut Conn,
    supplier: &Supplier,
    id: PlanId,
    now: Moment,
) -> Result<(), FlowError> {
    let plan = store::plan::find(conn, supplier.id, id)?;
    if plan.state != PlanState::Active {
        return Ok(());
    }
    let mut course = Course::load(conn, supplier, plan, now)?;
    course.look_at_each(conn)?;
    if course.over {
        course.default(conn)
    } else {
        course.go_on(conn)
    }
}

/// Judges a plan anew after money was taken back; one that was done runs again.
pub(super) fn again(
    conn: &mut Conn,
    supplier: &Supplier,
    id: PlanId,
    now: Moment,
) -> Result<(), FlowError> {
    let plan = store::plan::find(conn, supplier.id, id)?;
    if !matches!(plan.state, PlanState::Active | PlanState::Done) {
        return Ok(());
    }
    if let Ok(next) = plan.state.on(PlanEvent::Reopen) {
        store::plan::set_state(conn, supplier.id, id, plan.state, next)?;
    }
    for mut promise in store::promise::of_plan(conn, supplier.id, plan.debtor, id)? {
        if promise.state.on(PromiseEvent::Rejudge).is_ok() {
            wait_again(conn, &mut promise)?;
        }
    }
    judge(conn, supplier, id, now)
}

/// Ends a plan that runs: its instalments are promised no more.
pub(super) fn cancel(conn: &mut Conn, plan: &Plan, now: Moment) -> Result<(), FlowError> {
    if plan.state != PlanState::Active {
        return Err(store::StoreError::Conflict.into());
    }
    let next = plan.state.on(PlanEvent::Cancel)?;
    store::plan::set_state(conn, plan.supplier, plan.id, plan.state, next)?;
    for promise in store::promise::of_plan(conn, plan.supplier, plan.debtor, plan.id)? {
        if promise.state == PromiseState::Made {
            debits::let_go(conn, &promise, now)?;
        }
    }
    Ok(())
}

/// A plan while it is judged.
struct Course<'a> {
    supplier: &'a Supplier,
    plan: Plan,
    now: Moment,
    today: Day,
    /// The promises of its instalments, in their order.
    promises: Vec<Promise>,
    /// How the debit of each stands.
    debits: Vec<Debit>,
    /// What came for each share so far.
    came: Vec<Share>,
    /// What of each instalment is paid so far.
    paid: Vec<Money>,
    /// Whether the notice of an instalment has run out.
    over: bool,
}

impl<'a> Course<'a> {
    fn load(
        conn: &mut Conn,
        supplier: &'a Supplier,
        plan: Plan,
        now: Moment,
    ) -> Result<Self, FlowError> {
        let today = supplier.zone.day(now);
        let all = store::promise::of_plan(conn, supplier.id, plan.debtor, plan.id)?;
        let mut promises = Vec::with_capacity(plan.parts.len());
        let mut debits = Vec::with_capacity(plan.parts.len());
        for one in &plan.parts {
            let own = all.iter().find(|promise| Some(promise.id) == one.promise);
            let own = own.ok_or(FlowError::NothingOpen)?;
            debits.push(Debit::of(conn, own)?);
            promises.push(own.clone());
        }
        let came = received(conn, supplier.zone, &plan, today)?;
        let amounts: Vec<Money> = plan.parts.iter().map(|one| one.part.amount).collect();
        let paid = paid_of(&amounts, total(&plan, &came)?)?;
        Ok(Self {
            supplier,
            plan,
            now,
            today,
            promises,
            debits,
            came,
            paid,
            over: false,
        })
    }

    /// What of an instalment was paid by the end of its grace.
    fn in_time(&self, conn: &mut Conn, place: usize, ends: Day) -> Result<Money, FlowError> {
        let amounts: Vec<Money> = self.plan.parts.iter().map(|one| one.part.amount).collect();
        let came = received(conn, self.supplier.zone, &self.plan, ends)?;
        let paid = paid_of(&amounts, total(&self.plan, &came)?)?;
        let none = Money::zero(self.plan.amount.currency());
        Ok(paid.get(place).copied().unwrap_or(none))
    }

    fn look_at_each(&mut self, conn: &mut Conn) -> Result<(), FlowError> {
        let looked_at = self.plan.parts.clone().into_iter().zip(self.paid.clone());
        for (place, (one, so_far)) in looked_at.enumerate() {
            let made = |promise: &Promise| promise.state == PromiseState::Made;
            if !self.promises.get(place).is_some_and(made) {
                continue;
            }
            let ends = grace_ends(one.part.due_on);
            let in_time = self.in_time(conn, place, ends)?;
            match look(&one, in_time, so_far, ends, self.today) {
                // On a balance that is too old nobody knows whether the money came.
                Look::Missed | Look::Over if !fresh(self.supplier, self.today) => {}
                // While its debit is under way nobody knows either; the amounts are reserved.
                Look::Missed | Look::Over if self.is_debited(place) => {}
                Look::Waits => {}
                Look::Kept => self.close(conn, place, PromiseEvent::PaidInFull)?,
                Look::Late { partly: true } => {
                    self.close(conn, place, PromiseEvent::PaidInPart)?;
                }
                Look::Late { partly: false } => self.close(conn, place, PromiseEvent::NotPaid)?,
                Look::Missed => self.miss(conn, place)?,
                Look::Over => {
                    self.over = true;
                    let partly = in_time.is_positive();
                    let event = if partly {
                        PromiseEvent::PaidInPart
                    } else {
                        PromiseEvent::NotPaid
                    };
                    self.close(conn, place, event)?;
                }
            }
        }
        Ok(())
    }

    fn is_debited(&self, place: usize) -> bool {
        self.debits.get(place).is_some_and(Debit::is_under_way)
    }

    /// The instalment is judged: it waits, and holds, no more. Paid another way, it is not debited
    /// as well.
    fn close(
        &mut self,
        conn: &mut Conn,
        place: usize,
        event: PromiseEvent,
    ) -> Result<(), FlowError> {
        if let Some(promise) = self.promises.get_mut(place) {
            if let Some(Debit::Ordered(payment)) = self.debits.get(place) {
                call_off::ordered(conn, payment, self.now)?;
            }
            leave(conn, promise, event, self.now)?;
            promise.state = promise.state.on(event)?;
        }
        Ok(())
    }

    /// Gives notice of a missing instalment, once. It still counts as promised until the notice
    /// has run out, so that no reminder crosses it.
    fn miss(&self, conn: &mut Conn, place: usize) -> Result<(), FlowError> {
        let n = i32::try_from(place).unwrap_or(i32::MAX);
        store::plan::set_missed(conn, &self.plan, n, self.today)?;
        let letter = Letter {
            debtor: self.plan.debtor,
            kind: MessageKind::PlanMissed,
            about: self.plan.id.to_string(),
            dedup: format!("plan_missed:{}:{place}", self.plan.id),
            invoices: self.plan.shares.iter().map(|one| one.invoice).collect(),
        };
        if enqueue(conn, self.supplier, letter, self.now)?.is_some() {
            rest(conn, self.supplier, self.plan.debtor, self.now)?;
        }
        told(
            conn,
            &Actor::job("plans"),
            &self.plan,
            "plan.missed",
            self.now,
        )
    }

    /// The notice has run out: nothing is held any more, and reminders begin again.
    fn default(&self, conn: &mut Conn) -> Result<(), FlowError> {
        for promise in &self.promises {
            if promise.state == PromiseState::Made {
                debits::let_go(conn, promise, self.now)?;
            }
        }
        self.conclude(conn, PlanEvent::Default, "plan.defaulted")?;
        replan(conn, self.supplier, self.plan.debtor, self.now)?;
        Ok(())
    }

    fn conclude(&self, conn: &mut Conn, event: PlanEvent, action: &str) -> Result<(), FlowError> {
        let next = self.plan.state.on(event)?;
        store::plan::set_state(
            conn,
            self.plan.supplier,
            self.plan.id,
            self.plan.state,
            next,
        )?;
        told(conn, &Actor::job("plans"), &self.plan, action, self.now)
    }

    /// What still waits holds what is left of the invoices; when nothing waits, all is paid.
    fn go_on(&mut self, conn: &mut Conn) -> Result<(), FlowError> {
        if self
            .promises
            .iter()
            .all(|one| one.state != PromiseState::Made)
        {
            return self.conclude(conn, PlanEvent::Finish, "plan.done");
        }
        let (at_bank, rests) = self.needs()?;
        let left = debits::beside(&left(&self.plan, &self.came)?, &at_bank)?;
        for (place, shares) in spread(&left, &rests)?.into_iter().enumerate() {
            let waits = |promise: &Promise| promise.state == PromiseState::Made;
            if self.promises.get(place).is_some_and(waits) {
                self.hold(conn, place, shares)?;
            }
        }
        self.order_debits(conn)
    }
}
