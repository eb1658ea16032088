//! A call is noted: what came of it, what the customer says in it, and when it is called next, all
//! in one transaction.

use domain::call::{Call, Outcome};
use domain::dispute::Reason;
use domain::invoice::{Invoice, ItemKind, Share};
use domain::message::{Message, MessageEvent, MessageKind};
use domain::party::{Supplier, TaskKind};
use domain::plan::Part;
use domain::scenario::Channel;
use domain::{
    CallId, ContactId, Day, DebtorId, Id, InvoiceId, LinkId, MessageId, Moment, Money, SupplierId,
};

use super::by_hand::after;
use super::dispute::{self, Declaration};
use super::error::FlowError;
use super::guard::{Actor, Deed, Visitor, enter, note, sum};
use super::notify::{Letter, enqueue, somebody};
use super::{plan, promise};
use crate::app::App;
use crate::clock::new_id;
use crate::store::by_hand::Done;
use crate::store::outbox::NewMessage;
use crate::store::task::ContactTask;
use crate::store::{self, Conn, StoreError};

/// Characters of what was said.
pub const NOTE_MAX: usize = 2_000;

/// What staff notes of a call.
#[derive(Clone, Debug)]
pub struct Noted {
    /// With which account.
    pub debtor: DebtorId,
    /// The step it was made for, if any.
    pub message: Option<MessageId>,
    /// With whom, when that was one of the contacts.
    pub contact: Option<ContactId>,
    /// What came of it.
    pub outcome: Outcome,
    /// What blocks, for a dispute.
    pub reason: Option<Reason>,
    /// What was said.
    pub note: String,
    /// The invoices that were spoken about.
    pub invoices: Vec<InvoiceId>,
    /// The day of a promise, or until which time is asked for.
    pub day: Option<Day>,
    /// How much is promised, or asked time for; all of the invoices when none.
    pub amount: Option<Money>,
    /// When to call again.
    pub next_at: Option<Moment>,
}

/// Notes a call; told again under the same id, nothing happens.
pub async fn note_call(
    app: &App,
    supplier: SupplierId,
    (id, noted): (CallId, Noted),
    actor: Actor,
) -> Result<(), FlowError> {
    if noted.note.chars().count() > NOTE_MAX {
        return Err(FlowError::WordsMissing);
    }
    let now = app.now();
    app.store
        .write(supplier, move |conn| {
            record(conn, supplier, (id, &noted), (now, &actor))
        })
        .await
}

fn record(
    conn: &mut Conn,
    supplier: SupplierId,
    (id, noted): (CallId, &Noted),
    (now, actor): (Moment, &Actor),
) -> Result<(), FlowError> {
    let owner = enter(conn, supplier, noted.debtor)?;
    if store::call::is_known(conn, supplier, id)? {
        return Ok(());
    }
    let step = step(conn, supplier, noted)?;
    let contact = match noted.contact.or(step.as_ref().map(|step| step.contact)) {
        Some(contact) => contact,
        None => somebody(conn, supplier, noted.debtor)?,
    };
    if store::contact::find(conn, supplier, contact)?.debtor != noted.debtor {
        return Err(StoreError::NotFound.into());
    }
    let items = store::invoice::find_many(conn, supplier, noted.debtor, &noted.invoices)?;
    let next_at = next(conn, &owner, noted, now)?;
    let call = call((id, noted), (contact, &items), next_at, (now, actor))?;
    store::call::insert(conn, supplier, &call)?;
    let scene = Scene {
        owner: &owner,
        noted,
        items: &items,
        now,
        visitor: Visitor {
            supplier,
            debtor: noted.debtor,
            contact,
            link: LinkId::from_bits(id.bits()),
            forward: None,
            call: Some(id),
        },
    };
    scene.follow(conn)?;
    if let Some(step) = &step {
        settle(conn, step, noted.outcome, (next_at, now))?;
    }
    let waits = step.is_some() && !noted.outcome.ends_step();
    if let Some(next_at) = next_at.filter(|_| !waits) {
        plan_next(conn, supplier, (&call, step.as_ref()), (contact, next_at))?;
    }
    let deed = Deed {
        actor,
        action: "call.noted",
        debtor: noted.debtor,
        subject: id.to_string(),
        detail: noted.outcome.to_string(),
    };
    note(conn, supplier, now, deed)
}

/// The step that the call is made for, if it waits.
fn step(
    conn: &mut Conn,
    supplier: SupplierId,
    noted: &Noted,
) -> Result<Option<Message>, FlowError> {
    let Some(id) = noted.message else {
        return Ok(None);
    };
    let message = store::outbox::find(conn, supplier, id)?;
    if message.channel != Channel::Call || message.debtor != noted.debtor {
        return Err(StoreError::NotFound.into());
    }
    if message.state.on(MessageEvent::Claim).is_err() {
        return Err(StoreError::Conflict.into());
    }
    Ok(Some(message))
}

/// When to call again: as the caller says, else, where nobody was reached, tomorrow.
fn next(
    conn: &mut Conn,
    owner: &Supplier,
    noted: &Noted,
    now: Moment,
) -> Result<Option<Moment>, FlowError> {
    if noted.next_at.is_some() || noted.outcome.ends_step() {
        return Ok(noted.next_at);
    }
    let rhythm = store::rhythm::find(conn, owner.id)?;
    Ok(Some(rhythm.next_opening(owner.zone, now.plus_days(1))))
}

fn call(
    (id, noted): (CallId, &Noted),
    (contact, items): (ContactId, &[Invoice]),
    next_at: Option<Moment>,
    (now, actor): (Moment, &Actor),
) -> Result<Call, FlowError> {
    let mut argued = Vec::new();
    for item in items.iter().filter(|_| noted.outcome.is_reached()) {
        argued.push((item.id, item.payable()?));
    }
    let promised = match (noted.outcome, noted.day) {
        (Outcome::Promise, Some(day)) => Some((total(items, noted.amount)?, day)),
        _ => None,
    };
    Ok(Call {
        id,
        debtor: noted.debtor,
        contact: Some(contact),
        message: noted.message,
        outcome: noted.outcome,
        reason: noted.outcome.reason().or(noted.reason),
        note: noted.note.clone(),
        promised,
        next_at,
        at: now,
        by: actor.words().to_owned(),
        argued,
    })
}

fn total(items: &[Invoice], amount: Option<Money>) -> Result<Money, FlowError> {
    match amount {
        Some(amount) => Ok(amount),
        None => sum(&shares(items, None)?),
    }
}

/// What can be paid of each invoice; an amount goes to the oldest first.
fn shares(items: &[Invoice], amount: Option<Money>) -> Result<Vec<Share>, FlowError> {
    let mut items: Vec<&Invoice> = items.iter().collect();
    items.sort_by_key(|item| (item.due_on, item.id));
    let (mut left, mut shares) = (amount, Vec::new());
    for item in items {
        let mut part = item.payable()?;
        if let Some(rest) = left {
            part = part.least(rest)?;
            left = Some(rest.checked_sub(part)?);
        }
        if part.is_positive() {
            shares.push(Share {
                invoice: item.id,
                amount: part,
            });
        }
    }
    match left {
        Some(rest) if rest.is_positive() => Err(FlowError::NothingOpen),
        _ => Ok(shares),
    }
}

/// A call with what it is about.
struct Scene<'a> {
    owner: &'a Supplier,
    noted: &'a Noted,
    items: &'a [Invoice],
    now: Moment,
    visitor: Visitor,
}

impl Scene<'_> {
    /// Does what was said in it: on behalf of whoever said it, entered by staff.
    fn follow(&self, conn: &mut Conn) -> Result<(), FlowError> {
        match self.noted.outcome {
            Outcome::Promise => self.promise(conn),
            Outcome::Delay => self.delay(conn),
            Outcome::ResendInvoice => self.resend(conn),
            Outcome::WrongContact => self.ask_who(conn),
            outcome if outcome.disputes() => self.dispute(conn),
            _ => Ok(()),
        }
    }

    /// The form's key of what the call leads to: a call is noted once, so that is done once.
    fn key(&self, place: usize) -> String {
        let call = self.visitor.call.map(|id| id.to_string());
        format!("{}x{place}", call.unwrap_or_default().replace('_', ""))
    }

    fn promise(&self, conn: &mut Conn) -> Result<(), FlowError> {
        let pledge = promise::Pledge {
            shares: shares(self.items, self.noted.amount)?,
            due_on: self.noted.day.ok_or(FlowError::WordsMissing)?,
            key: self.key(0),
        };
        promise::spoken(conn, &self.visitor, &pledge, self.now).map(|_| ())
    }

    fn delay(&self, conn: &mut Conn) -> Result<(), FlowError> {
        let shares = shares(self.items, self.noted.amount)?;
        let part = Part {
            due_on: self.noted.day.ok_or(FlowError::WordsMissing)?,
            amount: sum(&shares)?,
        };
        let request = plan::Request {
            shares,
            parts: vec![part],
            mandate: None,
            reason: self.noted.note.clone(),
            terms: format!("asked for on the telephone on {}", self.now),
            key: self.key(0),
        };
        plan::record(conn, &self.visitor, &request, self.now).map(|_| ())
    }

    fn dispute(&self, conn: &mut Conn) -> Result<(), FlowError> {
        let outcome = self.noted.outcome;
        let reason = outcome.reason().or(self.noted.reason);
        let reason = reason.ok_or(FlowError::WordsMissing)?;
        if self.items.is_empty() {
            return Err(FlowError::NothingOpen);
        }
        for (place, item) in self.items.iter().enumerate() {
            let declaration = Declaration {
                invoice: item.id,
                reason,
                amount: None,
                lines: Vec::new(),
                text: self.noted.note.clone(),
                key: self.key(place),
            };
            dispute::record(conn, &self.visitor, &declaration, self.now)?;
        }
        Ok(())
    }

    /// A fresh link to the account, where each invoice lies.
    fn resend(&self, conn: &mut Conn) -> Result<(), FlowError> {
        let letter = Letter {
            debtor: self.noted.debtor,
            kind: MessageKind::FreshLink,
            about: String::new(),
            dedup: format!("call:{}", self.key(0)),
            invoices: self.noted.invoices.clone(),
        };
        enqueue(conn, self.owner, letter, self.now)?;
        Ok(())
    }

    fn ask_who(&self, conn: &mut Conn) -> Result<(), FlowError> {
        let task = ContactTask {
            id: new_id(),
            debtor: self.noted.debtor,
            contact: Some(self.visitor.contact),
            kind: TaskKind::WrongPerson,
            detail: self.noted.note.clone(),
            made_at: self.now,
        };
        Ok(store::task::insert(conn, self.owner.id, &task)?)
    }
}

/// The step is done, or waits for the next call.
fn settle(
    conn: &mut Conn,
    step: &Message,
    outcome: Outcome,
    (next_at, now): (Option<Moment>, Moment),
) -> Result<(), FlowError> {
    let last = match outcome.ends_step() {
        true => &[
            MessageEvent::Claim,
            MessageEvent::StartData,
            MessageEvent::Accepted,
        ][..],
        false => &[MessageEvent::Claim, MessageEvent::Deferred][..],
    };
    let done = Done {
        to: after(step.state, last)?,
        outcome: outcome.to_string(),
        at: now,
        due_at: next_at.filter(|_| !outcome.ends_step()),
        counts: true,
    };
    Ok(store::by_hand::record(conn, step, &done)?)
}

/// Puts the next call on the list of its day, about the same invoices, else about all that are
/// open.
fn plan_next(
    conn: &mut Conn,
    supplier: SupplierId,
    (call, step): (&Call, Option<&Message>),
    (contact, next_at): (ContactId, Moment),
) -> Result<(), FlowError> {
    let mut invoices: Vec<InvoiceId> = call.argued.iter().map(|(id, _)| *id).collect();
    if let (true, Some(step)) = (invoices.is_empty(), step) {
        invoices = store::outbox::invoices(conn, supplier, step.id)?;
    }
    if invoices.is_empty() {
        let mut open = store::invoice::open_of_debtor(conn, supplier, call.debtor)?;
        open.retain(|item| item.kind == ItemKind::Invoice);
        invoices = open.iter().map(|item| item.id).collect();
    }
    let new = NewMessage {
        id: new_id(),
        supplier,
        debtor: call.debtor,
        contact,
        kind: step.map_or(MessageKind::Reminder1, |step| step.kind),
        channel: Channel::Call,
        dedup: format!("call:{}", call.id),
        due_at: next_at,
        about: String::new(),
        invoices,
    };
    store::outbox::enqueue(conn, &new)?;
    Ok(())
}
