//! What is due is put in the outbox: one message an account, each step once an invoice. What a
//! person has to say yes to is asked about, and what is passed over is noted with its reason.

mod accounts;
mod book;
#[cfg(test)]
mod tests;

use domain::hours::Rhythm;
use domain::message::{Message, MessageKind};
use domain::party::Supplier;
use domain::remind::{self, Coming};
use domain::scenario::Scenario;
use domain::unsent::Unsent;
use domain::{Day, DebtorId, InvoiceId, Moment};

use super::error::FlowError;
use crate::app::App;
use crate::store::{self, Conn, StoreError};
pub(super) use accounts::{Account, HeldBack, House, find, read};

/// Debtors planned in one transaction.
const PAGE: i64 = 200;

/// Days for which it is kept what a mailbox got.
const MAILBOX_DAYS: i64 = 7;

/// What a planning did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Planned {
    /// Accounts looked at.
    pub looked_at: usize,
    /// Messages put in the outbox.
    pub messages: usize,
    /// Messages that a person is asked about.
    pub asked: usize,
}

/// Plans for one supplier. Nothing is planned on data older than the supplier's limit: chasing an
/// invoice that was paid last week is worse than a reminder a day late. Nor is it while the
/// supplier is paused; what fell due meanwhile is caught up once.
pub async fn run(app: &App, supplier: &Supplier) -> Result<Planned, FlowError> {
    let now = app.now();
    let (id, today) = (supplier.id, supplier.zone.day(now));
    let mut planned = Planned::default();
    if !fresh(supplier, today) {
        tracing::warn!(supplier = %supplier.code, "no reminders: balance too old or missing");
        return Ok(planned);
    }
    let owner = supplier.clone();
    let house = app
        .store
        .report(id, move |conn| House::read(conn, owner, now))
        .await?;
    if let Some((why, _)) = house.held {
        tracing::info!(supplier = %supplier.code, %why, "no reminders");
        return Ok(planned);
    }
    loop {
        let due = move |conn: &mut Conn| store::debtor::due_for_plan(conn, id, today, PAGE);
        let debtors = app.store.report(id, due).await?;
        if debtors.is_empty() {
            return Ok(planned);
        }
        planned.looked_at += debtors.len();
        let house = house.clone();
        // In bulk: whatever the new rows point to is read or made in the same transaction.
        let done: Result<book::Done, FlowError> = app
            .store
            .write_bulk(id, move |conn| book::page(conn, &house, &debtors))
            .await;
        let done = done?;
        planned.messages += done.messages;
        planned.asked += done.asked;
    }
}

/// A reminder did not leave after all: its steps have their turn again, once nothing silences them.
pub(super) fn again(conn: &mut Conn, message: &Message, now: Moment) -> Result<(), StoreError> {
    let zone = store::supplier::find(conn, message.supplier)?.zone;
    store::step::forget(conn, message.supplier, message.id)?;
    let day = Some(zone.day(now));
    store::debtor::set_plan_on(conn, message.supplier, message.debtor, day)
}

/// Forgets what is kept of mailboxes' days: called once a tick.
pub async fn tidy(app: &App, supplier: &Supplier) -> Result<(), FlowError> {
    let (id, today) = (supplier.id, supplier.zone.day(app.now()));
    let before = today.plus_days(-MAILBOX_DAYS);
    app.store
        .write(id, move |conn| {
            Ok(store::planning::forget_mailboxes(conn, id, before)?)
        })
        .await
}

/// Whether the balance is young enough to write about.
#[must_use]
pub fn fresh(supplier: &Supplier, today: Day) -> bool {
    let limit = i64::from(supplier.data_age_days_max);
    supplier
        .data_as_of
        .is_some_and(|as_of| as_of.days_until(today) <= limit)
}

/// The next reminder of an account, if all stays as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Next {
    /// Which.
    pub kind: MessageKind,
    /// When it is planned; it leaves in business hours.
    pub on: Day,
    /// About which invoices.
    pub invoices: Vec<InvoiceId>,
}

/// What is ahead of an account.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ahead {
    /// What would be written next.
    pub next: Option<Next>,
    /// Invoices that a person or the law holds back today.
    pub held: Vec<(InvoiceId, Unsent)>,
}

/// What is ahead of an account, if all stays as it is.
pub fn ahead(
    conn: &mut Conn,
    supplier: &Supplier,
    debtor: DebtorId,
    now: Moment,
) -> Result<Ahead, StoreError> {
    let house = House::read(conn, supplier.clone(), now)?;
    let account = find(conn, &house, debtor)?;
    let basis = account.basis(&house);
    let found = remind::ahead(&basis, &account.candidates, house.today);
    let today = remind::decide(&basis, &account.candidates, house.today);
    let mut held = today.waits;
    held.retain(|(_, why)| why.is_held());
    Ok(Ahead {
        next: found.map(|(on, plan)| Next {
            kind: plan.kind,
            on,
            invoices: plan.items.iter().map(|item| item.invoice).collect(),
        }),
        held,
    })
}

/// What an account's next days bring, if all stays as it is.
#[derive(Clone, Debug)]
pub struct Forecast {
    /// Its scenario.
    pub scenario: Scenario,
    /// The days on which something is decided.
    pub days: Vec<Coming>,
    /// Why nothing is written today of these invoices.
    pub waits: Vec<(InvoiceId, Unsent)>,
    /// When the supplier writes: what is decided on a closed day leaves on the next open one.
    pub rhythm: Rhythm,
}

/// What these next days bring.
pub fn forecast(
    conn: &mut Conn,
    supplier: &Supplier,
    debtor: DebtorId,
    (now, days): (Moment, i64),
) -> Result<Forecast, StoreError> {
    let house = House::read(conn, supplier.clone(), now)?;
    let account = find(conn, &house, debtor)?;
    let basis = account.basis(&house);
    let open = |day| house.rhythm.open_day(supplier.zone, day);
    let until = house.today.plus_days(days);
    let today = remind::decide(&basis, &account.candidates, house.today);
    Ok(Forecast {
        days: remind::forecast(&basis, &account.candidates, (house.today, until), open),
        waits: today.waits,
        scenario: basis.scenario.clone(),
        rhythm: house.rhythm,
    })
}
