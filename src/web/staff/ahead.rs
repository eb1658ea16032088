//! What is to be written to a debtor, and what keeps it from being written.

use domain::dispute::Dispute;
use domain::invoice::{Invoice, ItemKind};
use domain::message::MessageState;
use domain::plan::Plan;
use domain::promise::{Promise, PromiseState};
use domain::unsent::Unsent;
use domain::{Day, InvoiceId, Moment, MoneyError};
use views::staff::ahead::{Ahead, NextLine, Pause, PausedLine, WaitingLine};

use super::session::Place;
use crate::flows::plan_reminders;
use crate::store::outbox::Sent;
use crate::store::{self, Conn, StoreError};

/// Whether a message is still to leave: it has no place in the past.
pub(super) const fn waits(one: &Sent) -> bool {
    matches!(
        one.message.state,
        MessageState::Due | MessageState::Retry | MessageState::Claimed
    )
}

/// What is read for it, besides the account.
pub(super) struct Planned {
    /// Messages that wait, with the invoices they are about.
    waiting: Vec<(Sent, Vec<InvoiceId>)>,
    next: Option<plan_reminders::Next>,
    /// Open invoices that a person or the law holds back.
    held: Vec<(InvoiceId, Unsent)>,
}

/// Reads it.
pub(super) fn read(
    conn: &mut Conn,
    supplier: &domain::party::Supplier,
    (debtor, messages): (domain::DebtorId, &[Sent]),
    now: Moment,
) -> Result<Planned, StoreError> {
    let mut waiting = Vec::new();
    for one in messages.iter().filter(|one| waits(one)) {
        let invoices = store::outbox::invoices(conn, supplier.id, one.message.id)?;
        waiting.push((one.clone(), invoices));
    }
    let ahead = plan_reminders::ahead(conn, supplier, debtor, now)?;
    Ok(Planned {
        waiting,
        next: ahead.next,
        held: ahead.held,
    })
}

/// What says why an invoice is not reminded of.
pub(super) struct Account<'a> {
    pub(super) items: &'a [Invoice],
    pub(super) disputes: &'a [Dispute],
    pub(super) promises: &'a [Promise],
    pub(super) plans: &'a [Plan],
}

impl Account<'_> {
    /// What is to come, as the page shows it.
    pub(super) fn ahead(
        &self,
        planned: &Planned,
        place: &Place,
        today: Day,
    ) -> Result<Ahead, MoneyError> {
        let mut waiting = Vec::new();
        for (one, invoices) in &planned.waiting {
            waiting.push(WaitingLine {
                kind: one.message.kind,
                at: one.message.due_at,
                again: one.message.state == MessageState::Retry,
                withheld: self.withheld(one, invoices)?,
            });
        }
        let mut paused = Vec::new();
        for item in self
            .items
            .iter()
            .filter(|one| one.kind == ItemKind::Invoice)
        {
            let held = planned.held.iter().find(|(id, _)| *id == item.id);
            let held = held.map(|(_, why)| Pause::Held(*why));
            if let Some(why) = self.pause(item)?.or(held) {
                let number = item.number.clone();
                paused.push(PausedLine { number, why });
            }
        }
        Ok(Ahead {
            waiting,
            next: planned.next.as_ref().map(|next| self.next(next)),
            paused,
            stale: !plan_reminders::fresh(&place.supplier, today),
            more: None,
        })
    }

    fn next(&self, next: &plan_reminders::Next) -> NextLine {
        let named = next.invoices.iter().filter_map(|id| self.item(*id));
        NextLine {
            kind: next.kind,
            on: next.on,
            numbers: named.map(|item| item.number.clone()).collect(),
        }
    }

    fn item(&self, id: InvoiceId) -> Option<&Invoice> {
        self.items.iter().find(|item| item.id == id)
    }

    /// Why a reminder that waits will not leave: nothing of its invoices may be asked for now.
    fn withheld(&self, one: &Sent, invoices: &[InvoiceId]) -> Result<Option<Pause>, MoneyError> {
        if !one.message.kind.is_reminder() || invoices.is_empty() {
            return Ok(None);
        }
        let mut why = Pause::Settled;
        for item in invoices.iter().filter_map(|id| self.item(*id)) {
            match self.pause(item)? {
                None => return Ok(None),
                Some(found) => why = found,
            }
        }
        Ok(Some(why))
    }

    /// Why an open invoice is not reminded of; nothing when it may be.
    fn pause(&self, item: &Invoice) -> Result<Option<Pause>, MoneyError> {
        if item.remindable()?.is_positive() || !item.open.is_positive() {
            return Ok(None);
        }
        let disputed = |one: &&Dispute| one.state.suspends() && one.invoice == item.id;
        if let Some(dispute) = self.disputes.iter().find(disputed) {
            let awaited = dispute.state.waits().then_some(dispute.answer_by);
            return Ok(Some(Pause::Disputed(awaited)));
        }
        let of =
            |shares: &[domain::invoice::Share]| shares.iter().any(|share| share.invoice == item.id);
        let promised = |one: &&Promise| one.state == PromiseState::Made && of(&one.shares);
        let mut promises: Vec<&Promise> = self.promises.iter().filter(promised).collect();
        promises.sort_by_key(|one| one.due_on);
        if let Some(promise) = promises.first() {
            return Ok(Some(match promise.plan {
                Some(_) => Pause::OnPlan(promise.due_on),
                None => Pause::Promised(promise.due_on),
            }));
        }
        if self
            .plans
            .iter()
            .any(|one| one.state.waits() && of(&one.shares))
        {
            return Ok(Some(Pause::PlanAsked));
        }
        Ok(Some(Pause::Paying))
    }
}
