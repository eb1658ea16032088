//! Whom a debtor lets in and whom it names: own details, a colleague, a successor, what is taken
//! back.
//!
//! What changes a contact was proved by a code before it comes here.

use domain::mandate::Mandate;
use domain::message::MessageKind;
use domain::party::{Contact, ContactState, Language, Scope, TaskKind};
use domain::{ContactId, ForwardId, LinkId, Moment, SupplierId, TaskId};

use super::contact_address::finish_tasks;
use super::error::FlowError;
use super::guard::{Actor, Deed, Visitor, enter, note, replan};
use super::notify::{Letter, enqueue_to, find_contact};
use super::saved_card;
use crate::app::App;
use crate::clock::new_id;
use crate::store::forward::Forward;
use crate::store::link::{Link, Which};
use crate::store::task::ContactTask;
use crate::store::{self, Conn, StoreError};

/// Accesses that one contact may pass on within an hour.
pub const FORWARDS_PER_HOUR: usize = 5;

/// Rows of a list that are read.
const ROWS: i64 = 50;

/// What the preferences page shows.
#[derive(Clone, Debug)]
pub struct People {
    /// The contact of the link.
    pub own: Contact,
    /// Links of this contact that still open, newest first, without the forwarded ones.
    pub links: Vec<Link>,
    /// Accesses passed on that were not taken back, newest first.
    pub forwards: Vec<Forward>,
    /// The debtor's mandates, newest first.
    pub mandates: Vec<Mandate>,
}

/// Reads it.
pub async fn look(app: &App, visitor: Visitor) -> Result<People, FlowError> {
    let now = app.now();
    let read = app.store.read(visitor.supplier, move |conn| {
        let (supplier, contact) = (visitor.supplier, visitor.contact);
        let mut links = store::link::open_of_contact(conn, supplier, contact, now, ROWS)?;
        links.retain(|link| link.forward.is_none());
        let mut forwards = store::forward::of_contact(conn, supplier, contact, ROWS)?;
        forwards.retain(|one| one.revoked_at.is_none());
        Ok(People {
            mandates: store::mandate::of_debtor(conn, supplier, visitor.debtor)?,
            own: store::contact::find(conn, supplier, contact)?,
            links,
            forwards,
        })
    });
    Ok(read.await?)
}

/// Sets the language of pages and messages.
pub async fn choose_language(
    app: &App,
    visitor: Visitor,
    language: Language,
) -> Result<(), FlowError> {
    let now = app.now();
    app.store
        .write(visitor.supplier, move |conn| {
            let (supplier, contact) = (visitor.supplier, visitor.contact);
            store::contact::set_language(conn, supplier, contact, language)?;
            deed(
                conn,
                &visitor,
                "contact.language",
                contact,
                &language.to_string(),
                now,
            )
        })
        .await
}

/// A contact's own details as they should be.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Details {
    /// Name.
    pub name: Option<String>,
    /// Telephone.
    pub phone: Option<String>,
    /// Mailbox.
    pub email: Option<String>,
}

/// Corrects the contact's own details; a mailbox that was replaced is told.
pub async fn correct(app: &App, visitor: Visitor, details: Details) -> Result<(), FlowError> {
    let now = app.now();
    app.store
        .write(visitor.supplier, move |conn| {
            let supplier = enter(conn, visitor.supplier, visitor.debtor)?;
            let old = store::contact::find(conn, supplier.id, visitor.contact)?;
            let moved = details.email.is_some() && details.email != old.email;
            if let Some(before) = old.email.as_deref().filter(|_| moved) {
                let letter = Letter {
                    debtor: visitor.debtor,
                    kind: MessageKind::ContactChanged,
                    about: String::new(),
                    dedup: format!("contact_changed:{}:{}", visitor.contact, now.micros()),
                    invoices: Vec::new(),
                };
                if let Some(id) = enqueue_to(conn, &supplier, visitor.contact, letter, now)? {
                    store::outbox::address(conn, supplier.id, id, before)?;
                }
            }
            let new = Contact {
                name: details.name.clone(),
                phone: details.phone.clone(),
                email: details.email.clone().or(old.email.clone()),
                ..old
            };
            let known_at = moved.then_some(now);
            store::contact::set_details(conn, supplier.id, &new, known_at)?;
            if moved {
                finish_tasks(conn, supplier.id, &new, now)?;
            }
            deed(
                conn,
                &visitor,
                "contact.corrected",
                visitor.contact,
                "",
                now,
            )
        })
        .await
}

/// Somebody named by a debtor.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Named {
    /// Name.
    pub name: String,
    /// Mailbox.
    pub email: String,
}

/// The contact is not the right person: its links end, staff is told, and whoever it names waits
/// until staff has looked.
pub async fn not_me(
    app: &App,
    visitor: Visitor,
    successor: Option<Named>,
) -> Result<(), FlowError> {
    let now = app.now();
    app.store
        .write(visitor.supplier, move |conn| {
            let supplier = enter(conn, visitor.supplier, visitor.debtor)?;
            let left = ContactState::Left;
            store::contact::set_state(conn, supplier.id, visitor.contact, left)?;
            store::link::revoke(conn, supplier.id, Which::OfContact(visitor.contact), now)?;
            saved_card::leave(conn, supplier.id, (visitor.debtor, visitor.contact), now)?;
            let (about, kind) = match &successor {
                Some(named) => {
                    let new = proposed(&visitor, named);
                    store::contact::propose(conn, supplier.id, &new, now)?;
                    (new.id, TaskKind::VerifyContact)
                }
                None => (visitor.contact, TaskKind::WrongPerson),
            };
            let task = ContactTask {
                id: new_id::<TaskId>(),
                debtor: visitor.debtor,
                contact: Some(about),
                kind,
                detail: String::new(),
                made_at: now,
            };
            store::task::insert(conn, supplier.id, &task)?;
            find_contact(conn, supplier.id, visitor.debtor, now)?;
            replan(conn, &supplier, visitor.debtor, now)?;
            deed(conn, &visitor, "contact.left", visitor.contact, "", now)
        })
        .await
}

fn proposed(visitor: &Visitor, named: &Named) -> Contact {
    Contact {
        id: new_id::<ContactId>(),
        debtor: visitor.debtor,
        name: Some(named.name.clone()),
        email: Some(named.email.clone()),
        phone: None,
        language: None,
        state: ContactState::Proposed,
    }
}

/// Passes an access on to a colleague; false when too many were passed on lately.
pub async fn forward(
    app: &App,
    visitor: Visitor,
    to: Named,
    scope: Scope,
    key: String,
) -> Result<bool, FlowError> {
    let now = app.now();
    app.store
        .write(visitor.supplier, move |conn| {
            let supplier = enter(conn, visitor.supplier, visitor.debtor)?;
            let (owner, debtor) = (supplier.id, visitor.debtor);
            if store::request::outcome(conn, owner, debtor, &key)?.is_some() {
                return Ok(true);
            }
            let made = store::forward::of_contact(conn, owner, visitor.contact, ROWS)?;
            let hour_ago = now.plus_minutes(-60);
            let lately = made.iter().filter(|one| one.made_at > hour_ago).count();
            if lately >= FORWARDS_PER_HOUR {
                return Ok(false);
            }
            let new = Forward {
                id: new_id::<ForwardId>(),
                debtor,
                contact: visitor.contact,
                name: to.name.clone(),
                email: to.email.clone(),
                scope,
                made_at: now,
                revoked_at: None,
            };
            store::forward::insert(conn, owner, &new)?;
            let letter = Letter {
                debtor,
                kind: MessageKind::Forwarded,
                about: new.id.to_string(),
                dedup: format!("forwarded:{}", new.id),
                invoices: Vec::new(),
            };
            if let Some(id) = enqueue_to(conn, &supplier, visitor.contact, letter, now)? {
                store::outbox::address(conn, owner, id, &new.email)?;
            }
            store::request::keep(conn, owner, debtor, &key, &new.id.to_string(), now)?;
            let detail = format!("{} {}", scope, to.name);
            deed(conn, &visitor, "access.forwarded", new.id, &detail, now)?;
            Ok(true)
        })
        .await
}

/// What a contact takes back.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum TakenBack {
    /// One of its own links.
    Link(LinkId),
    /// An access it passed on, with every link of it.
    Forward(ForwardId),
}

/// Takes a link or an access back; nothing when it was taken back before.
pub async fn take_back(app: &App, visitor: Visitor, what: TakenBack) -> Result<(), FlowError> {
    let now = app.now();
    app.store
        .write(visitor.supplier, move |conn| {
            let owner = visitor.supplier;
            let done = match what {
                TakenBack::Link(id) => {
                    let link = store::link::find(conn, owner, id)?;
                    own(link.contact, &visitor)?;
                    store::link::revoke(conn, owner, Which::One(id), now)?;
                    id.to_string()
                }
                TakenBack::Forward(id) => {
                    let forward = store::forward::find(conn, owner, id)?;
                    own(forward.contact, &visitor)?;
                    if forward.revoked_at.is_none() {
                        store::forward::revoke(conn, owner, id, now)?;
                    }
                    store::link::revoke(conn, owner, Which::OfForward(id), now)?;
                    id.to_string()
                }
            };
            deed(conn, &visitor, "access.taken_back", done, "", now)
        })
        .await
}

fn own(contact: ContactId, visitor: &Visitor) -> Result<(), FlowError> {
    if contact == visitor.contact {
        Ok(())
    } else {
        Err(StoreError::NotFound.into())
    }
}

fn deed(
    conn: &mut Conn,
    visitor: &Visitor,
    action: &str,
    subject: impl ToString,
    detail: &str,
    now: Moment,
) -> Result<(), FlowError> {
    let deed = Deed {
        actor: &Actor::visitor(visitor),
        action,
        debtor: visitor.debtor,
        subject: subject.to_string(),
        detail: detail.to_owned(),
    };
    note(conn, visitor.supplier, now, deed)
}

/// Staff decides on a contact that a debtor named, once; what waits about it is done with that.
pub async fn decide(
    app: &App,
    supplier: SupplierId,
    contact: ContactId,
    good: bool,
    actor: Actor,
) -> Result<domain::DebtorId, FlowError> {
    let now = app.now();
    app.store
        .write(supplier, move |conn| {
            let found = store::contact::find(conn, supplier, contact)?;
            let owner = enter(conn, supplier, found.debtor)?;
            let state = if good {
                ContactState::Active
            } else {
                ContactState::Left
            };
            if found.state == state {
                return Ok(found.debtor);
            }
            if found.state != ContactState::Proposed {
                return Err(StoreError::Conflict.into());
            }
            store::contact::set_state(conn, supplier, contact, state)?;
            for task in store::task::waiting(conn, supplier, found.debtor)? {
                let solved = good && task.kind == TaskKind::FindContact;
                if solved || task.contact == Some(contact) {
                    store::task::done(conn, supplier, task.id, now)?;
                }
            }
            replan(conn, &owner, found.debtor, now)?;
            let deed = Deed {
                actor: &actor,
                action: "contact.decided",
                debtor: found.debtor,
                subject: contact.to_string(),
                detail: state.to_string(),
            };
            note(conn, supplier, now, deed)?;
            Ok(found.debtor)
        })
        .await
}

/// Staff has done a task by other means.
pub async fn finish_task(
    app: &App,
    supplier: SupplierId,
    id: TaskId,
    actor: Actor,
) -> Result<domain::DebtorId, FlowError> {
    let now = app.now();
    app.store
        .write(supplier, move |conn| {
            let (task, is_done) = store::task::find(conn, supplier, id)?;
            if is_done {
                return Ok(task.debtor);
            }
            store::task::done(conn, supplier, id, now)?;
            // Somebody looked at the number: it is the right one, or another stands there by now.
            if task.kind == TaskKind::BadNumber {
                let number = task.detail.split(' ').next().unwrap_or_default();
                store::bounce::lift(conn, supplier, number)?;
                let zone = store::supplier::find(conn, supplier)?.zone;
                let today = Some(zone.day(now));
                store::debtor::set_plan_on(conn, supplier, task.debtor, today)?;
            }
            let deed = Deed {
                actor: &actor,
                action: "contact_task.done",
                debtor: task.debtor,
                subject: id.to_string(),
                detail: task.kind.to_string(),
            };
            note(conn, supplier, now, deed)?;
            Ok(task.debtor)
        })
        .await
}
