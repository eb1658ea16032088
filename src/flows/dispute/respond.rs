//! What happens to a dispute after its declaration: questions, answers, outcomes. One event, one
//! remark, one transaction.

use domain::dispute::{Author, CreditNote, Dispute, DisputeEvent, DisputeState, Remark};
use domain::invoice::Share;
use domain::message::MessageKind;
use domain::party::Supplier;
use domain::{Day, DebtorId, DisputeId, Moment, SupplierId};

use super::super::call_off;
use super::super::error::FlowError;
use super::super::guard::{Actor, Deed, Visitor, enter, give_back, note, replan, take};
use super::super::notify::{Letter, enqueue};
use super::{answer_by, credit};
use crate::app::App;
use crate::clock::new_id;
use crate::store::invoice::Hold;
use crate::store::{self, Conn, StoreError};

/// What the supplier says.
#[derive(Clone, Debug)]
pub struct Reply {
    /// What happens with it.
    pub event: DisputeEvent,
    /// The words to the debtor.
    pub text: String,
    /// The credit note, when one settles the dispute.
    pub credit: Option<CreditNote>,
    /// The new day of the answer, when it takes longer.
    pub until: Option<Day>,
    /// Who of the staff.
    pub actor: Actor,
}

/// What the debtor says.
#[derive(Clone, Debug)]
pub struct Speech {
    /// What happens with it.
    pub event: DisputeEvent,
    /// The words.
    pub text: String,
    /// The form's key: sent twice, done once. Files that wait under it come along.
    pub key: String,
}

/// One thing said, by either side.
struct Said {
    event: DisputeEvent,
    text: String,
    credit: Option<CreditNote>,
    until: Option<Day>,
    actor: Actor,
    /// The debtor whose form this is, and the form's key.
    form: Option<(DebtorId, String)>,
}

/// Records what the supplier says. When the dispute no longer suspends, what is left of the amount
/// may be reminded again.
pub async fn answer(
    app: &App,
    supplier: SupplierId,
    id: DisputeId,
    reply: Reply,
) -> Result<DisputeState, FlowError> {
    let credited = reply.event == DisputeEvent::Credit;
    let said = Said {
        event: reply.event,
        text: reply.text,
        credit: reply.credit,
        until: reply.until,
        actor: reply.actor,
        form: None,
    };
    let next = write(app, supplier, id, said, Author::Supplier).await?;
    if credited {
        call_off::debits(app, supplier).await?;
    }
    Ok(next)
}

/// Records what the debtor says about its own dispute; another's is not found.
pub async fn speak(
    app: &App,
    visitor: Visitor,
    id: DisputeId,
    speech: Speech,
) -> Result<DisputeState, FlowError> {
    let said = Said {
        event: speech.event,
        text: speech.text,
        credit: None,
        until: None,
        actor: Actor::visitor(&visitor),
        form: Some((visitor.debtor, speech.key)),
    };
    write(app, visitor.supplier, id, said, Author::Debtor).await
}

async fn write(
    app: &App,
    supplier: SupplierId,
    id: DisputeId,
    said: Said,
    author: Author,
) -> Result<DisputeState, FlowError> {
    if said.event.author() != author {
        return Err(StoreError::NotFound.into());
    }
    let now = app.now();
    app.store
        .write(supplier, move |conn| {
            record(conn, (supplier, id), &said, now)
        })
        .await
}

fn record(
    conn: &mut Conn,
    (supplier, id): (SupplierId, DisputeId),
    said: &Said,
    now: Moment,
) -> Result<DisputeState, FlowError> {
    let debtor = store::dispute::find(conn, supplier, id)?.debtor;
    if said.form.as_ref().is_some_and(|(own, _)| *own != debtor) {
        return Err(StoreError::NotFound.into());
    }
    let owner = enter(conn, supplier, debtor)?;
    let before = store::dispute::find(conn, supplier, id)?;
    if let Some((_, key)) = &said.form {
        if store::request::outcome(conn, supplier, debtor, key)?.is_some() {
            return Ok(before.state);
        }
        store::request::keep(conn, supplier, debtor, key, &id.to_string(), now)?;
    }
    let today = replan(conn, &owner, debtor, now)?;
    let after = next(conn, &before, said, (today, now))?;
    if let Some(note) = &after.credit {
        credit::book(conn, &before, note, (today, now))?;
    }
    store::dispute::advance(conn, before.state, &after)?;
    hold(conn, &before, &after)?;
    let remark = remark(conn, &before, said, now)?;
    tell(conn, &owner, &after, &remark, now)?;
    trail(conn, (&before, &after), said, now)?;
    Ok(after.state)
}

/// The dispute as it is after what was said, if its state and the rules admit it.
fn next(
    conn: &mut Conn,
    before: &Dispute,
    said: &Said,
    (today, now): (Day, Moment),
) -> Result<Dispute, FlowError> {
    let mut after = before.clone();
    after.state = before.state.on(said.event)?;
    if said.event.ends() {
        after.answered_at = Some(now);
    }
    if said.event.restarts() {
        after.answer_by = answer_by(today);
    }
    match said.event {
        DisputeEvent::Credit => {
            after.credit = Some(said.credit.clone().ok_or(FlowError::NothingOpen)?);
        }
        DisputeEvent::Extend => {
            let until = said.until.filter(|until| *until > today);
            after.answer_by = until.ok_or(FlowError::TooEarly(today.plus_days(1)))?;
        }
        DisputeEvent::Reopen => {
            if !before.may_reopen(now) {
                return Err(FlowError::ClosedForGood);
            }
            let (supplier, debtor) = (before.supplier, before.debtor);
            let invoice = store::invoice::find(conn, supplier, debtor, before.invoice)?;
            after.amount = before.reopened_amount(&invoice)?;
            after.answered_at = None;
            if !after.amount.is_positive() {
                return Err(FlowError::NothingOpen);
            }
        }
        _ => {}
    }
    Ok(after)
}

/// Holds of the invoice what the dispute suspends now, and gives back what it suspended before.
fn hold(conn: &mut Conn, before: &Dispute, after: &Dispute) -> Result<(), FlowError> {
    let share = |dispute: &Dispute| {
        [Share {
            invoice: dispute.invoice,
            amount: dispute.amount,
        }]
    };
    if before.state.suspends() {
        give_back(conn, before.supplier, &share(before), Hold::Disputed)?;
    }
    if after.state.suspends() {
        take(conn, after.supplier, &share(after), Hold::Disputed)?;
    }
    Ok(())
}

/// Keeps the words and the files that came with them; refuses to keep nothing.
fn remark(
    conn: &mut Conn,
    dispute: &Dispute,
    said: &Said,
    now: Moment,
) -> Result<Remark, FlowError> {
    let (supplier, debtor) = (dispute.supplier, dispute.debtor);
    let remark = Remark {
        id: new_id(),
        dispute: dispute.id,
        author: said.event.author(),
        event: said.event,
        text: said.text.clone(),
        at: now,
    };
    store::remark::insert(conn, supplier, &remark)?;
    let given = (dispute.id, Some(remark.id));
    let files = match &said.form {
        Some((_, key)) => store::attachment::confirm(conn, supplier, (debtor, key), given)?,
        None => 0,
    };
    if said.event.needs_words() && said.text.is_empty() && files == 0 {
        return Err(FlowError::WordsMissing);
    }
    Ok(remark)
}

/// Which message tells the debtor, if one does.
const fn message(event: DisputeEvent) -> Option<MessageKind> {
    match event {
        DisputeEvent::AskMore => Some(MessageKind::DisputeQuestion),
        DisputeEvent::Extend => Some(MessageKind::DisputeDelayed),
        DisputeEvent::Accept | DisputeEvent::Credit | DisputeEvent::Reject => {
            Some(MessageKind::DisputeAnswer)
        }
        DisputeEvent::Reopen => Some(MessageKind::DisputeReceived),
        DisputeEvent::Answer | DisputeEvent::Add | DisputeEvent::Withdraw => None,
    }
}

fn tell(
    conn: &mut Conn,
    owner: &Supplier,
    dispute: &Dispute,
    remark: &Remark,
    now: Moment,
) -> Result<(), FlowError> {
    let Some(kind) = message(remark.event) else {
        return Ok(());
    };
    let about = match kind {
        MessageKind::DisputeReceived => dispute.id.to_string(),
        _ => remark.id.to_string(),
    };
    let letter = Letter {
        debtor: dispute.debtor,
        kind,
        about,
        dedup: format!("{kind}:{}", remark.id),
        invoices: vec![dispute.invoice],
    };
    enqueue(conn, owner, letter, now)?;
    Ok(())
}

/// What the trail keeps: the new state where it changed, then the words.
fn trail(
    conn: &mut Conn,
    (before, after): (&Dispute, &Dispute),
    said: &Said,
    now: Moment,
) -> Result<(), FlowError> {
    let (action, detail) = match said.event {
        DisputeEvent::Extend => ("dispute.extended", after.answer_by.to_string()),
        DisputeEvent::Add => ("dispute.added", before.state.to_string()),
        _ => ("dispute.answered", after.state.to_string()),
    };
    let mut deeds = vec![(action, detail)];
    if let (DisputeEvent::Credit, Some(note)) = (said.event, &after.credit) {
        deeds.push((
            "dispute.credited",
            format!("{} by {}", note.amount, note.number),
        ));
    }
    if !said.text.is_empty() {
        deeds.push(("dispute.said", said.text.clone()));
    }
    for (action, detail) in deeds {
        let deed = Deed {
            actor: &said.actor,
            action,
            debtor: after.debtor,
            subject: after.id.to_string(),
            detail,
        };
        note(conn, after.supplier, now, deed)?;
    }
    Ok(())
}

/// Says who deals with a dispute, by name or role; nobody in particular when empty.
pub async fn assign(
    app: &App,
    supplier: SupplierId,
    id: DisputeId,
    to: String,
    actor: Actor,
) -> Result<(), FlowError> {
    let now = app.now();
    app.store
        .write(supplier, move |conn| {
            let debtor = store::dispute::find(conn, supplier, id)?.debtor;
            enter(conn, supplier, debtor)?;
            let to = Some(to.as_str()).filter(|to| !to.is_empty());
            store::dispute::set_owner(conn, supplier, id, to)?;
            let deed = Deed {
                actor: &actor,
                action: "dispute.assigned",
                debtor,
                subject: id.to_string(),
                detail: to.unwrap_or_default().to_owned(),
            };
            note(conn, supplier, now, deed)
        })
        .await
}
