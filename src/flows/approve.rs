//! A person says yes or no to a message before it leaves.

use std::collections::BTreeMap;

use domain::approval::ApprovalEvent;
use domain::late::ChargeKind;
use domain::party::Supplier;
use domain::unsent::Unsent;
use domain::{
    ApprovalId, Currency, Day, InvoiceId, MessageId, Moment, Money, MoneyError, SupplierId,
};

use super::error::FlowError;
use super::guard::{Actor, Deed, enter, note, replan};
use super::late;
use super::notify::{Letter, enqueue_by, find_contact};
use super::plan_reminders::HeldBack;
use super::reach;
use crate::app::App;
use crate::store::approval::Approval;
use crate::store::step::Named;
use crate::store::{self, Conn, StoreError};

/// Answers a question. Yes puts the message in the outbox, if something is left to ask for; no
/// passes its steps over. One that was answered is a [`StoreError::Conflict`].
pub async fn answer(
    app: &App,
    supplier: SupplierId,
    id: ApprovalId,
    (yes, actor): (bool, Actor),
) -> Result<ApprovalEvent, FlowError> {
    let now = app.now();
    app.store
        .write(supplier, move |conn| {
            let found = store::approval::find(conn, supplier, id)?;
            let owner = enter(conn, supplier, found.debtor)?;
            let today = owner.zone.day(now);
            replan(conn, &owner, found.debtor, now)?;
            let mut message = None;
            let event = if yes {
                let asked = still_asked(conn, &owner, &found, today)?;
                if !asked.is_empty() {
                    message = leave(conn, &owner, &found, (asked.clone(), now))?;
                }
                if let Some(message) = message {
                    let kept = found.items.iter().filter(|(one, _)| asked.contains(one));
                    let steps =
                        kept.map(|item| (named(&found, item, today), message, found.channel));
                    let steps: Vec<_> = steps.collect();
                    store::step::insert_many(conn, supplier, &steps)?;
                    ApprovalEvent::Approve
                } else {
                    ApprovalEvent::Lapse
                }
            } else {
                let passed = found.items.iter();
                let passed = passed.map(|item| (named(&found, item, today), Unsent::Declined));
                store::step::pass_many(conn, supplier, &passed.collect::<Vec<_>>())?;
                ApprovalEvent::Decline
            };
            let to = found.state.on(event)?;
            let said = (now, actor.words());
            store::approval::answer(conn, (supplier, id), to, said, message)?;
            let deed = Deed {
                actor: &actor,
                action: "approval.answered",
                debtor: found.debtor,
                subject: id.to_string(),
                detail: to.to_string(),
            };
            note(conn, supplier, now, deed)?;
            Ok(event)
        })
        .await
}

/// Puts it in the outbox by the way that was decided; nobody is there any more: staff is asked.
fn leave(
    conn: &mut Conn,
    owner: &Supplier,
    found: &Approval,
    (asked, now): (Vec<InvoiceId>, Moment),
) -> Result<Option<MessageId>, FlowError> {
    let mut reach = reach::find(conn, owner.id, found.debtor)?;
    let Some((contact, _)) = reach.remove(&found.channel) else {
        find_contact(conn, owner.id, found.debtor, now)?;
        return Ok(None);
    };
    let way = (found.channel, contact);
    enqueue_by(conn, owner, way, letter(found, asked), now)
}

fn letter(found: &Approval, invoices: Vec<InvoiceId>) -> Letter {
    Letter {
        debtor: found.debtor,
        kind: found.kind,
        about: String::new(),
        dedup: format!("{}:{}", found.kind, found.id),
        invoices,
    }
}

fn named<'a>(found: &Approval, (invoice, code): &'a (InvoiceId, String), on: Day) -> Named<'a> {
    Named {
        invoice: *invoice,
        code,
        scenario: found.scenario,
        version: found.version,
        on,
    }
}

/// The invoices of which something may still be asked.
fn still_asked(
    conn: &mut Conn,
    owner: &Supplier,
    found: &Approval,
    today: Day,
) -> Result<Vec<InvoiceId>, FlowError> {
    if !domain::scenario::allowed(owner.legal_mode, found.kind) {
        return Ok(Vec::new());
    }
    let ids: Vec<InvoiceId> = found.items.iter().map(|(invoice, _)| *invoice).collect();
    let mut items = store::invoice::find_many(conn, owner.id, found.debtor, &ids)?;
    HeldBack::read(conn, owner.id, &[found.debtor], today)?.keep(found.debtor, &mut items);
    let mut asked = Vec::new();
    for item in items {
        if item.remindable()?.is_positive() {
            asked.push(item.id);
        }
    }
    Ok(asked)
}

/// A question as a person reads it.
#[derive(Clone, Debug)]
pub struct Open {
    /// The question.
    pub approval: Approval,
    /// The account's name.
    pub name: String,
    /// The invoices: number, and what is asked of each.
    pub invoices: Vec<(String, Money)>,
    /// What their lateness costs today, by kind and currency.
    pub charges: Vec<(ChargeKind, Money)>,
    /// All of it, one amount a currency.
    pub total: Vec<Money>,
}

/// The questions that wait, oldest first, with what each would ask for today.
pub fn read(
    conn: &mut Conn,
    owner: &Supplier,
    today: Day,
    limit: i64,
) -> Result<Vec<Open>, StoreError> {
    let mut found = Vec::new();
    for approval in store::approval::waiting(conn, owner.id, limit)? {
        found.push(open(conn, owner, today, approval)?);
    }
    Ok(found)
}

fn open(
    conn: &mut Conn,
    owner: &Supplier,
    today: Day,
    approval: Approval,
) -> Result<Open, StoreError> {
    let ids: Vec<InvoiceId> = approval.items.iter().map(|(invoice, _)| *invoice).collect();
    let items = store::invoice::find_many(conn, owner.id, approval.debtor, &ids)?;
    let failed = |why: MoneyError| StoreError::Failed(why.to_string());
    let mut sums: BTreeMap<Currency, Money> = BTreeMap::new();
    let mut add = |amount: Money| {
        let sum = sums.entry(amount.currency());
        let sum = sum.or_insert(Money::zero(amount.currency()));
        *sum = sum.checked_add(amount).map_err(failed)?;
        Ok::<_, StoreError>(())
    };
    let mut invoices = Vec::new();
    for item in &items {
        let asked = item.remindable().map_err(failed)?;
        add(asked)?;
        invoices.push((item.number.clone(), asked));
    }
    let mut charges: BTreeMap<(ChargeKind, Currency), Money> = BTreeMap::new();
    for line in late::lines(conn, owner.id, &items, (today, None))? {
        add(line.amount)?;
        let sum = charges.entry((line.kind, line.amount.currency()));
        let sum = sum.or_insert(Money::zero(line.amount.currency()));
        *sum = sum.checked_add(line.amount).map_err(failed)?;
    }
    Ok(Open {
        name: store::debtor::find(conn, owner.id, approval.debtor)?.name,
        invoices,
        charges: charges
            .into_iter()
            .map(|((kind, _), sum)| (kind, sum))
            .collect(),
        total: sums.into_values().collect(),
        approval,
    })
}
