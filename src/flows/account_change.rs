//! The account that a supplier is paid on is changed by two people, and shown two days later.
//!
//! Each step is written to all who work for the supplier, so that a change nobody wanted is stopped
//! in time.

use domain::account_change::{ChangeEvent, ChangeState, effective_at};
use domain::bank::{Bic, Iban};
use domain::{AccountChangeId, AuditId, MessageId, Moment, SupplierId};
use views::mail::account_change::{Facts, account_change};

use super::error::FlowError;
use super::guard::Actor;
use crate::app::App;
use crate::clock::new_id;
use crate::gateway::compose::{Letterhead, rfc822};
use crate::gateway::email::Outcome;
use crate::store::account_change::Change;
use crate::store::audit::Trace;
use crate::store::staff_notice::Notice;
use crate::store::{self, Across, Conn, StoreError};

/// Changes and notices looked at in one go; the rest waits for the next tick.
const AT_ONCE: i64 = 50;

/// Another account.
#[derive(Clone, Debug)]
pub struct Wish {
    /// The exact account-holder name.
    pub holder: String,
    /// IBAN.
    pub iban: Iban,
    /// BIC, when given.
    pub bic: Option<Bic>,
}

/// Asks for another account. One change at a time: a second is a conflict.
pub async fn propose(
    app: &App,
    supplier: SupplierId,
    wish: Wish,
    actor: Actor,
) -> Result<AccountChangeId, FlowError> {
    let now = app.now();
    app.store
        .write(supplier, move |conn| {
            let open = store::account_change::latest(conn, supplier, 1)?;
            if open.iter().any(|change| change.state.is_open()) {
                return Err(StoreError::Conflict.into());
            }
            let change = Change {
                id: new_id(),
                supplier,
                holder: wish.holder.clone(),
                iban: wish.iban.clone(),
                bic: wish.bic.clone(),
                state: ChangeState::Proposed,
                made: (actor.words().to_owned(), now),
                approved: None,
                ended: None,
                told: None,
            };
            store::account_change::insert(conn, &change)?;
            note(
                conn,
                &change,
                ("account.change_proposed", actor.words()),
                now,
            )?;
            Ok(change.id)
        })
        .await
}

/// A second person agrees: the two days begin.
pub async fn approve(
    app: &App,
    supplier: SupplierId,
    id: AccountChangeId,
    actor: Actor,
) -> Result<(), FlowError> {
    step(app, (supplier, id), ChangeEvent::Approve, actor).await
}

/// Anybody of the staff stops it.
pub async fn withdraw(
    app: &App,
    supplier: SupplierId,
    id: AccountChangeId,
    actor: Actor,
) -> Result<(), FlowError> {
    step(app, (supplier, id), ChangeEvent::Withdraw, actor).await
}

async fn step(
    app: &App,
    (supplier, id): (SupplierId, AccountChangeId),
    event: ChangeEvent,
    actor: Actor,
) -> Result<(), FlowError> {
    let now = app.now();
    app.store
        .write(supplier, move |conn| {
            let change = store::account_change::find(conn, supplier, id)?;
            let next = change.state.on(event)?;
            let (action, words) = match event {
                ChangeEvent::Approve if change.made.0 == actor.words() => {
                    return Err(FlowError::SamePerson);
                }
                ChangeEvent::Approve => ("account.change_approved", actor.words()),
                _ => ("account.change_withdrawn", actor.words()),
            };
            store::account_change::set_state(conn, &change, next, (words, now))?;
            note(conn, &change, (action, words), now)
        })
        .await
}

/// Has the staff told of what was decided, and puts into effect what has waited long enough.
pub async fn run(app: &App, supplier: SupplierId) -> Result<(), FlowError> {
    let now = app.now();
    let changed: Result<(), FlowError> = app
        .store
        .write(Across::Upkeep, move |conn| {
            for change in store::account_change::latest(conn, supplier, AT_ONCE)? {
                let change = take_effect(conn, change, now)?;
                tell(conn, &change, now)?;
            }
            Ok(())
        })
        .await;
    changed?;
    send(app, supplier).await
}

fn take_effect(conn: &mut Conn, change: Change, now: Moment) -> Result<Change, FlowError> {
    let due = change.approved.as_ref().map(|(_, at)| effective_at(*at));
    if change.state != ChangeState::Waiting || due.is_none_or(|due| now < due) {
        return Ok(change);
    }
    let actor = Actor::job("account");
    let next = change.state.on(ChangeEvent::TakeEffect)?;
    store::account_change::set_state(conn, &change, next, (actor.words(), now))?;
    let account = (change.holder.as_str(), &change.iban, change.bic.as_ref());
    store::supplier::set_account(conn, change.supplier, account)?;
    note(conn, &change, ("account.changed", actor.words()), now)?;
    Ok(Change {
        state: next,
        ..change
    })
}

/// Writes to everybody, and to the mailbox that debtors know: once for each state.
fn tell(conn: &mut Conn, change: &Change, now: Moment) -> Result<(), FlowError> {
    if change.told == Some(change.state) {
        return Ok(());
    }
    let mut mailboxes = store::user::mailboxes(conn, change.supplier)?;
    let known = store::supplier::find(conn, change.supplier)?.contact_email;
    if !mailboxes.contains(&known) {
        mailboxes.push(known);
    }
    for email in mailboxes {
        let notice = Notice {
            id: new_id::<MessageId>(),
            supplier: change.supplier,
            change: change.id,
            state: change.state,
            email,
            made_at: now,
        };
        store::staff_notice::insert(conn, &notice)?;
    }
    Ok(store::account_change::set_told(conn, change)?)
}

async fn send(app: &App, supplier: SupplierId) -> Result<(), FlowError> {
    let read = move |conn: &mut Conn| store::staff_notice::unsent(conn, supplier, AT_ONCE);
    for notice in app.store.read(supplier, read).await? {
        let taken = offer(app, &notice).await?.then(|| app.now());
        let noted: Result<(), FlowError> = app
            .store
            .write(supplier, move |conn| {
                Ok(store::staff_notice::offered(conn, &notice, taken)?)
            })
            .await;
        noted?;
    }
    Ok(())
}

/// Offers a notice to the mail server; tells whether it took it.
async fn offer(app: &App, notice: &Notice) -> Result<bool, FlowError> {
    let (whose, id) = (notice.supplier, notice.change);
    let read = app.store.read(whose, move |conn| {
        let supplier = store::supplier::find(conn, whose)?;
        Ok((supplier, store::account_change::find(conn, whose, id)?))
    });
    let (supplier, change) = read.await?;
    let facts = Facts {
        supplier: &supplier.name,
        zone: supplier.zone,
        state: notice.state,
        last_four: change.iban.last_four(),
        by: by(&change, notice.state),
        shown_from: change.approved.as_ref().map(|(_, at)| effective_at(*at)),
        page: format!("{}{}", app.origin, views::paths::account_of(&supplier.code)),
    };
    let content = account_change(supplier.language, &facts);
    let head = Letterhead {
        id: notice.id,
        follows: None,
        at: notice.made_at,
        sender_name: &supplier.name,
        sender: &supplier.sender,
        reply_to: &supplier.contact_email,
        to_name: None,
        to: &notice.email,
        provider: None,
    };
    let bytes = match rfc822(&head, &content, &[]) {
        Ok(bytes) => bytes,
        Err(why) => {
            tracing::error!(%why, "a notice to the staff cannot be composed");
            return Ok(false);
        }
    };
    let ready = app.mailer.prepare(&supplier.sender, &notice.email).await;
    let outcome = match ready {
        Ok(ready) => ready.transmit(&bytes).await,
        Err(why) => {
            tracing::warn!(%why, "a notice to the staff was not taken");
            return Ok(false);
        }
    };
    Ok(matches!(outcome, Outcome::Accepted { .. }))
}

/// Who did what a notice tells of.
fn by(change: &Change, state: ChangeState) -> &str {
    let who = match state {
        ChangeState::Proposed => Some(&change.made),
        ChangeState::Waiting => change.approved.as_ref(),
        ChangeState::Done | ChangeState::Withdrawn => change.ended.as_ref(),
    };
    person(who.map_or("", |(words, _)| words.as_str()))
}

/// Somebody in the trail's words, as pages and mails call them: a colleague by the mailbox alone.
#[must_use]
pub fn person(words: &str) -> &str {
    words.strip_prefix("staff ").unwrap_or(words)
}

fn note(
    conn: &mut Conn,
    change: &Change,
    (action, who): (&str, &str),
    at: Moment,
) -> Result<(), FlowError> {
    let trace = Trace {
        id: new_id::<AuditId>(),
        at,
        actor: who.to_owned(),
        action: action.to_owned(),
        debtor: None,
        subject: change.id.to_string(),
        detail: format!(
            "{}, account ending {}",
            change.holder,
            change.iban.last_four()
        ),
    };
    Ok(store::audit::insert(conn, change.supplier, &trace)?)
}
