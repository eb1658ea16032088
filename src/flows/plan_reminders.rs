//! What is due is put in the outbox: one message an account, each step once an invoice.

use domain::invoice::{Invoice, ItemKind};
use domain::message::MessageKind;
use domain::party::Supplier;
use domain::remind::{self, Candidate, Pace, Plan};
use domain::scenario::Scenario;
use domain::{Day, DebtorId, InvoiceId, Moment};

use super::error::FlowError;
use super::notify::{Letter, enqueue};
use crate::app::App;
use crate::store::step::NewStep;
use crate::store::{self, Conn, StoreError};

/// Debtors planned in one transaction.
const PAGE: i64 = 100;

/// What a planning did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Planned {
    /// Accounts looked at.
    pub looked_at: usize,
    /// Messages put in the outbox.
    pub messages: usize,
}

/// Plans for one supplier. Nothing is planned on data older than the supplier's limit: chasing an
/// invoice that was paid last week is worse than a reminder a day late.
pub async fn run(app: &App, supplier: &Supplier) -> Result<Planned, FlowError> {
    let now = app.now();
    let today = supplier.zone.day(now);
    let mut planned = Planned::default();
    if !fresh(supplier, today) {
        tracing::warn!(supplier = %supplier.code, "no reminders: balance too old or missing");
        return Ok(planned);
    }
    let id = supplier.id;
    loop {
        let due = move |conn: &mut Conn| store::debtor::due_for_plan(conn, id, today, PAGE);
        let debtors = app.store.report(id, due).await?;
        if debtors.is_empty() {
            return Ok(planned);
        }
        planned.looked_at += debtors.len();
        planned.messages += plan_page(app, supplier.clone(), debtors, now).await?;
    }
}

/// Whether the balance is young enough to write about.
#[must_use]
pub fn fresh(supplier: &Supplier, today: Day) -> bool {
    let limit = i64::from(supplier.data_age_days_max);
    supplier
        .data_as_of
        .is_some_and(|as_of| as_of.days_until(today) <= limit)
}

async fn plan_page(
    app: &App,
    supplier: Supplier,
    debtors: Vec<DebtorId>,
    now: Moment,
) -> Result<usize, FlowError> {
    app.store
        .write(supplier.id, move |conn| {
            let gap_days = store::supplier::message_gap_days(conn, supplier.id)?;
            let mut messages = 0;
            for debtor in &debtors {
                messages += usize::from(plan_one(conn, (&supplier, gap_days), *debtor, now)?);
            }
            Ok(messages)
        })
        .await
}

fn plan_one(
    conn: &mut Conn,
    (supplier, gap_days): (&Supplier, u16),
    debtor: DebtorId,
    now: Moment,
) -> Result<bool, FlowError> {
    let today = supplier.zone.day(now);
    let scenario = Scenario::french_default();
    // Writing first takes the guard: what is read from here on stays as it is until the commit.
    store::debtor::set_plan_on(conn, supplier.id, debtor, None)?;
    let mut candidates = candidates(conn, supplier, debtor)?;
    let mut pace = pace(conn, (supplier, gap_days), debtor)?;
    let plan = remind::plan(&scenario, &candidates, pace, today);
    let added = match &plan {
        Some(plan) => add(conn, supplier, debtor, &scenario, plan, now)?,
        None => false,
    };
    if let (Some(plan), true) = (&plan, added) {
        record(&scenario, plan, &mut candidates, today);
        pace.last = Some(today);
    }
    let next = remind::next_look(&scenario, &candidates, pace, today);
    store::debtor::set_plan_on(conn, supplier.id, debtor, next)?;
    Ok(added)
}

/// When the account was last written to of our own accord, and what its supplier puts between.
fn pace(
    conn: &mut Conn,
    (supplier, gap_days): (&Supplier, u16),
    debtor: DebtorId,
) -> Result<Pace, StoreError> {
    let last = store::outbox::last_written(conn, supplier.id, debtor)?;
    Ok(Pace {
        gap_days,
        last: last.map(|at| supplier.zone.day(at)),
    })
}

/// The next reminder of an account, if all stays as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ahead {
    /// Which.
    pub kind: MessageKind,
    /// When it is planned; it leaves in business hours.
    pub on: Day,
    /// About which invoices.
    pub invoices: Vec<InvoiceId>,
}

/// What would be written next.
pub fn ahead(
    conn: &mut Conn,
    supplier: &Supplier,
    debtor: DebtorId,
    now: Moment,
) -> Result<Option<Ahead>, FlowError> {
    let candidates = candidates(conn, supplier, debtor)?;
    let gap_days = store::supplier::message_gap_days(conn, supplier.id)?;
    let pace = pace(conn, (supplier, gap_days), debtor)?;
    let today = supplier.zone.day(now);
    let found = remind::ahead(&Scenario::french_default(), &candidates, pace, today);
    Ok(found.map(|(on, plan)| Ahead {
        kind: plan.kind,
        on,
        invoices: plan.items.iter().map(|item| item.invoice).collect(),
    }))
}

fn candidates(
    conn: &mut Conn,
    supplier: &Supplier,
    debtor: DebtorId,
) -> Result<Vec<Candidate>, FlowError> {
    let mut open = store::invoice::open_of_debtor(conn, supplier.id, debtor)?;
    open.retain(|item| item.kind == ItemKind::Invoice);
    let ids: Vec<InvoiceId> = open.iter().map(|invoice| invoice.id).collect();
    let mut last = store::step::last_of(conn, supplier.id, &ids)?;
    let candidate = |invoice: &Invoice| {
        Ok(Candidate {
            invoice: invoice.id,
            due_on: invoice.due_on,
            remindable: invoice.remindable()?,
            last: last.remove(&invoice.id),
        })
    };
    open.iter().map(candidate).collect()
}

/// Puts the message in the outbox and notes its steps; an account without a mailbox gets neither.
fn add(
    conn: &mut Conn,
    supplier: &Supplier,
    debtor: DebtorId,
    scenario: &Scenario,
    plan: &Plan,
    now: Moment,
) -> Result<bool, FlowError> {
    let today = supplier.zone.day(now);
    let letter = Letter {
        debtor,
        kind: plan.kind,
        about: String::new(),
        dedup: format!("{}:{debtor}:{today}", plan.kind),
        invoices: plan.items.iter().map(|item| item.invoice).collect(),
    };
    let Some(message) = enqueue(conn, supplier, letter, now)? else {
        return Ok(false);
    };
    let steps: Vec<NewStep> = plan
        .items
        .iter()
        .filter_map(|item| {
            let code = scenario.steps.get(item.step)?.code.clone();
            let version = scenario.version;
            Some(NewStep {
                invoice: item.invoice,
                code,
                version,
                message,
                on: today,
            })
        })
        .collect();
    store::step::insert_many(conn, supplier.id, &steps)?;
    Ok(true)
}

fn record(scenario: &Scenario, plan: &Plan, candidates: &mut [Candidate], today: Day) {
    for item in &plan.items {
        let step = scenario.steps.get(item.step);
        let candidate = candidates
            .iter_mut()
            .find(|one| one.invoice == item.invoice);
        if let (Some(step), Some(candidate)) = (step, candidate) {
            candidate.last = Some(remind::LastStep {
                code: step.code.clone(),
                on: today,
            });
        }
    }
}
