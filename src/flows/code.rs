//! A code is sent to a contact and typed in: what proves who acts behind a link.
//!
//! SMS is another way out of the same `send`; the code, its limits and its check stay as they are.

use std::sync::Arc;

use domain::code::{self, Action, HOLDS_MINUTES, MINUTES, PER_HOUR};
use domain::message::MessageKind;
use domain::party::{Contact, ContactState};
use domain::{CodeId, ContactId, Moment};

use super::error::FlowError;
use super::guard::{Actor, Deed, Visitor, note};
use super::notify::{Letter, enqueue_to};
use crate::app::App;
use crate::clock::new_id;
use crate::store::code::NewCode;
use crate::store::{self, Across, Conn, StoreError};
use crate::vault::{self, Vault};

/// What codes are hashed for.
const PURPOSE: &str = "code.v1";

/// Somebody who may get a code.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Target {
    /// Who.
    pub contact: ContactId,
    /// The mailbox as it may be shown.
    pub masked: String,
}

/// What became of the wish for a code.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Sent {
    /// It is on its way.
    To(Target),
    /// This contact got too many within the hour.
    TooMany,
    /// Nobody there has a mailbox that may get one.
    Nobody,
}

/// What became of a code that was typed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Checked {
    /// It is the one; it holds until then.
    Right(Moment),
    /// It is not; so many tries are left.
    Wrong(u16),
    /// There is none, its time is over, or it was tried too often: another is needed.
    Over,
}

/// One wish for proof: which session wants to do what.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Wish {
    /// Who acts.
    pub visitor: Visitor,
    /// In which session.
    pub session: String,
    /// What for.
    pub action: Action,
}

/// Who may get a code: the contact of the link first.
pub async fn targets(app: &App, visitor: Visitor) -> Result<Vec<Target>, FlowError> {
    let now = app.now();
    Ok(app
        .store
        .read(visitor.supplier, move |conn| able(conn, &visitor, now))
        .await?
        .iter()
        .filter_map(target)
        .collect())
}

fn target(contact: &Contact) -> Option<Target> {
    let masked = contact.email.as_deref().map(code::masked)?;
    Some(Target {
        contact: contact.id,
        masked,
    })
}

fn able(conn: &mut Conn, visitor: &Visitor, now: Moment) -> Result<Vec<Contact>, StoreError> {
    let all = store::contact::with_age(conn, visitor.supplier, visitor.debtor)?;
    let fits = |(contact, known_at): &(Contact, Moment)| {
        let own = contact.id == visitor.contact;
        let reached = contact.state == ContactState::Active && contact.email.is_some();
        reached && code::may_receive(own, *known_at, now)
    };
    let mut able: Vec<Contact> = all
        .into_iter()
        .filter(fits)
        .map(|(contact, _)| contact)
        .collect();
    able.sort_by_key(|contact| (contact.id != visitor.contact, contact.id));
    Ok(able)
}

/// Sends a code: to the contact asked for if it may get one, else to that of the link.
pub async fn send(app: &App, wish: Wish, to: Option<ContactId>) -> Result<Sent, FlowError> {
    let now = app.now();
    let digits = code::digits(u64::from_be_bytes(vault::random::<8>()?));
    let vault = Arc::clone(&app.vault);
    app.store
        .write(wish.visitor.supplier, move |conn| {
            record(conn, &vault, &wish, to, (&digits, now))
        })
        .await
}

fn record(
    conn: &mut Conn,
    vault: &Vault,
    wish: &Wish,
    to: Option<ContactId>,
    (digits, now): (&str, Moment),
) -> Result<Sent, FlowError> {
    let visitor = &wish.visitor;
    // The guard keeps two tabs from counting to the same limit.
    let supplier = super::guard::enter(conn, visitor.supplier, visitor.debtor)?;
    let able = able(conn, visitor, now)?;
    let chosen = able.iter().find(|contact| Some(contact.id) == to);
    let Some(contact) = chosen.or(able.first()) else {
        return Ok(Sent::Nobody);
    };
    let hour_ago = now.plus_minutes(-60);
    if store::code::count_since(conn, supplier.id, contact.id, hour_ago)? >= PER_HOUR {
        return Ok(Sent::TooMany);
    }
    let new = NewCode {
        id: new_id::<CodeId>(),
        debtor: visitor.debtor,
        contact: contact.id,
        session: wish.session.clone(),
        action: wish.action,
        hash: vault.mac(PURPOSE, &said(wish, digits)).to_vec(),
        digits: digits.to_owned(),
        made_at: now,
        expires_at: now.plus_minutes(MINUTES),
    };
    store::code::insert(conn, supplier.id, &new)?;
    let letter = Letter {
        debtor: visitor.debtor,
        kind: MessageKind::Code,
        about: new.id.to_string(),
        dedup: format!("code:{}", new.id),
        invoices: Vec::new(),
    };
    enqueue_to(conn, &supplier, contact.id, letter, now)?;
    let target = target(contact);
    let deed = Deed {
        actor: &Actor::visitor(visitor),
        action: "code.sent",
        debtor: visitor.debtor,
        subject: new.id.to_string(),
        detail: wish.action.to_string(),
    };
    note(conn, supplier.id, now, deed)?;
    Ok(target.map_or(Sent::Nobody, Sent::To))
}

/// What is hashed: the digits, and all that they are bound to.
fn said(wish: &Wish, digits: &str) -> String {
    let Visitor { supplier, link, .. } = wish.visitor;
    let (session, action) = (&wish.session, wish.action);
    format!("{supplier} {link} {session} {action} {digits}")
}

/// Checks what was typed. Each try counts, right or wrong.
pub async fn check(app: &App, wish: Wish, typed: String) -> Result<Checked, FlowError> {
    let now = app.now();
    let vault = Arc::clone(&app.vault);
    app.store
        .write(wish.visitor.supplier, move |conn| {
            let supplier = wish.visitor.supplier;
            let last = store::code::last(conn, supplier, &wish.session, wish.action)?;
            let Some(kept) = last.filter(|kept| now < kept.expires_at) else {
                return Ok(Checked::Over);
            };
            let Some(left) = store::code::count_try(conn, supplier, kept.id)? else {
                return Ok(Checked::Over);
            };
            if vault.mac_fits(PURPOSE, &said(&wish, &typed), &kept.hash) {
                store::code::use_up(conn, supplier, kept.id, now)?;
                return Ok(Checked::Right(now.plus_minutes(HOLDS_MINUTES)));
            }
            Ok(if left == 0 {
                Checked::Over
            } else {
                Checked::Wrong(left)
            })
        })
        .await
}

/// Whether the supplier wants a code before documents.
pub async fn for_documents(app: &App, supplier: domain::SupplierId) -> Result<bool, FlowError> {
    let asked = app
        .store
        .read(supplier, move |conn| {
            store::supplier::code_for_documents(conn, supplier)
        })
        .await;
    Ok(asked?)
}

/// Says whether the supplier wants a code before documents.
pub async fn ask_for_documents(
    app: &App,
    supplier: domain::SupplierId,
    asked: bool,
) -> Result<(), FlowError> {
    app.store
        .write(supplier, move |conn| {
            Ok(store::supplier::set_code_for_documents(
                conn, supplier, asked,
            )?)
        })
        .await
}

/// Forgets the digits of codes that have ended.
pub async fn forget(app: &App) -> Result<usize, FlowError> {
    let now = app.now();
    app.store
        .write(Across::Upkeep, move |conn| {
            Ok(store::code::forget(conn, now)?)
        })
        .await
}
