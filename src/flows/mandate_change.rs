//! A mandate goes on under other facts: another account of the debtor, another reference, another
//! name or identifier of the supplier. The debtor's bank is told with the next debit.
//!
//! Here, too: a mandate that rested is used again, and one between companies is used once the
//! debtor's bank has registered it.

use domain::bank::{Bic, Iban, MandateRef};
use domain::mandate::{Former, Mandate, MandateEvent, MandateState};
use domain::party::BankAccount;
use domain::{DebtorId, MandateId, Moment, SupplierId};

use super::error::FlowError;
use super::guard::{Actor, Deed, enter, note};
use crate::app::App;
use crate::clock::new_id;
use crate::payments::sepa::pain008::{Amendment, FormerAccount};
use crate::store::{self, Conn, StoreError};

/// What is changed of a mandate; what is none stays.
#[derive(Clone, Debug, Default)]
pub struct Change {
    /// The debtor's new account, and its BIC when given.
    pub account: Option<(Iban, Option<Bic>)>,
    /// The new reference.
    pub reference: Option<MandateRef>,
    /// The name of the supplier under which it was signed, when that was another.
    pub signed_for: Option<String>,
}

/// Records a change; the next debit carries what was before.
pub async fn change(
    app: &App,
    (supplier, debtor): (SupplierId, DebtorId),
    id: MandateId,
    change: Change,
    actor: Actor,
) -> Result<(), FlowError> {
    let now = app.now();
    app.store
        .write(supplier, move |conn| {
            enter(conn, supplier, debtor)?;
            let mut mandate = own(conn, (supplier, debtor), id)?;
            let usable = matches!(
                mandate.state,
                MandateState::Active | MandateState::Suspended
            );
            if !usable {
                return Err(StoreError::Conflict.into());
            }
            let former = apply(conn, &mut mandate, &change)?;
            if former.is_empty() {
                return Ok(());
            }
            record(conn, &mandate, &former, now)?;
            let deed = Deed {
                actor: &actor,
                action: "mandate.changed",
                debtor,
                subject: id.to_string(),
                detail: words(&former),
            };
            note(conn, supplier, now, deed)
        })
        .await
}

/// What of the change is new, and what was before it; the mandate becomes what is wanted.
fn apply(conn: &mut Conn, mandate: &mut Mandate, change: &Change) -> Result<Former, FlowError> {
    let mut former = Former {
        creditor_name: change.signed_for.clone(),
        ..Former::default()
    };
    if let Some((iban, bic)) = change.account.as_ref().filter(|one| one.0 != mandate.iban) {
        former.account = Some(mandate.iban.last_four().to_owned());
        mandate.iban = iban.clone();
        mandate.bic.clone_from(bic);
    }
    let reference = change.reference.as_ref();
    if let Some(reference) = reference.filter(|one| **one != mandate.reference) {
        let creditor = &mandate.creditor_id;
        if store::mandate::owner_of(conn, mandate.supplier, creditor, reference)?.is_some() {
            return Err(FlowError::ReferenceTaken);
        }
        former.reference = Some(std::mem::replace(&mut mandate.reference, reference.clone()));
    }
    Ok(former)
}

fn record(
    conn: &mut Conn,
    mandate: &Mandate,
    former: &Former,
    now: Moment,
) -> Result<(), FlowError> {
    let key = (new_id(), mandate.id);
    store::mandate_change::insert(conn, mandate.supplier, key, former, now)?;
    Ok(store::mandate::amend(conn, mandate)?)
}

fn words(former: &Former) -> String {
    let mut parts = Vec::new();
    if let Some(account) = &former.account {
        parts.push(format!("account was …{account}"));
    }
    if let Some(reference) = &former.reference {
        parts.push(format!("reference was {reference}"));
    }
    if let Some(id) = &former.creditor_id {
        parts.push(format!("creditor identifier was {id}"));
    }
    if let Some(name) = &former.creditor_name {
        parts.push(format!("creditor was {name}"));
    }
    parts.join(", ")
}

/// What the next debit under a mandate tells the debtor's bank. A creditor identifier that the bank
/// gave the supplier since is such a change, too.
pub(super) fn to_tell(
    conn: &mut Conn,
    bank: &BankAccount,
    mandate: &mut Mandate,
    now: Moment,
) -> Result<Option<Amendment>, FlowError> {
    let current = bank.creditor_id.as_ref();
    if let Some(current) = current.filter(|id| **id != mandate.creditor_id) {
        let before = std::mem::replace(&mut mandate.creditor_id, current.clone());
        let former = Former {
            creditor_id: Some(before),
            ..Former::default()
        };
        record(conn, mandate, &former, now)?;
    }
    let all = store::mandate_change::untold(conn, mandate.supplier, mandate.id)?;
    let former = all.into_iter().fold(Former::default(), Former::before);
    if former.is_empty() {
        return Ok(None);
    }
    Ok(Some(Amendment {
        mandate: former.reference,
        creditor_id: former.creditor_id,
        creditor_name: former.creditor_name,
        account: former.account.map(|_| FormerAccount::Unnamed),
    }))
}

/// A mandate that rested is used again: what was wrong is mended. Asked twice, done once.
pub async fn resume(
    app: &App,
    whose: (SupplierId, DebtorId),
    id: MandateId,
    actor: Actor,
) -> Result<(), FlowError> {
    step(
        app,
        whose,
        id,
        (MandateEvent::Resume, "mandate.resumed"),
        actor,
    )
    .await
}

/// The debtor's bank knows the mandate between companies: it may be used. Asked twice, done once.
pub async fn registered(
    app: &App,
    whose: (SupplierId, DebtorId),
    id: MandateId,
    actor: Actor,
) -> Result<(), FlowError> {
    let event = (MandateEvent::Activate, "mandate.registered");
    step(app, whose, id, event, actor).await
}

async fn step(
    app: &App,
    (supplier, debtor): (SupplierId, DebtorId),
    id: MandateId,
    (event, action): (MandateEvent, &'static str),
    actor: Actor,
) -> Result<(), FlowError> {
    let now = app.now();
    app.store
        .write(supplier, move |conn| {
            enter(conn, supplier, debtor)?;
            let mandate = own(conn, (supplier, debtor), id)?;
            if mandate.state == MandateState::Active {
                return Ok(());
            }
            let next = mandate.state.on(event)?;
            store::mandate::set_state(conn, supplier, id, mandate.state, next)?;
            let deed = Deed {
                actor: &actor,
                action,
                debtor,
                subject: id.to_string(),
                detail: mandate.reference.to_string(),
            };
            note(conn, supplier, now, deed)
        })
        .await
}

fn own(
    conn: &mut Conn,
    (supplier, debtor): (SupplierId, DebtorId),
    id: MandateId,
) -> Result<Mandate, FlowError> {
    let mandate = store::mandate::find(conn, supplier, id)?;
    if mandate.debtor != debtor {
        return Err(StoreError::NotFound.into());
    }
    Ok(mandate)
}
