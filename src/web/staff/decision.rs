//! A decision about a dispute: shown before it costs money, and confirmed after on the debtor's
//! page, by what the storage has then. An address alone confirms nothing that did not happen.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use domain::dispute::{CreditNote, DisputeEvent, DisputeState};
use domain::party::{Contact, ContactState};
use domain::{DebtorId, DisputeId, Money, MoneyError, SupplierId};
use serde::Deserialize;
use views::paths;
use views::staff::decision::{self as view, Check, Deed, Done};
use views::staff::dispute::DisputeCard;
use views::staff::shell::DebtorRef;

use super::answer::{Refusal, page};
use super::session::{Place, Staff};
use crate::flows::FlowError;
use crate::store::{self, Conn, StoreError};
use crate::web::conversation::Talk;
use crate::web::pages::see_other;

/// What the words of an address stand for, besides the events of disputes.
const OWNED: &str = "owned";
const LATE: &str = "late";

/// What was just done, as the address says.
#[derive(Deserialize)]
pub(super) struct After {
    #[serde(default)]
    done: String,
    #[serde(default)]
    dispute: String,
}

impl After {
    /// The deed and the dispute, if the address names both.
    pub(super) fn read(&self) -> Option<(Deed, DisputeId)> {
        let id = self.dispute.parse().ok()?;
        let deed = match self.done.as_str() {
            OWNED => Deed::Owned,
            LATE => Deed::Late,
            event => Deed::Said(event.parse().ok()?),
        };
        Some((deed, id))
    }
}

/// Back to the debtor's page, which confirms it.
pub(super) fn told(code: &str, talk: &Talk, deed: Deed) -> HttpResponse {
    let done = match deed {
        Deed::Said(event) => event.as_str(),
        Deed::Owned => OWNED,
        Deed::Late => LATE,
    };
    let page = paths::debtor(code, talk.dispute.debtor);
    see_other(&format!("{page}?done={done}&dispute={}", talk.dispute.id))
}

/// What is to be confirmed of a dispute of this debtor; nothing when it did not come to it.
pub(super) fn done(
    conn: &mut Conn,
    (supplier, debtor): (SupplierId, DebtorId),
    (deed, id): (Deed, DisputeId),
) -> Result<Option<Done>, StoreError> {
    let dispute = match store::dispute::find(conn, supplier, id) {
        Err(StoreError::NotFound) => return Ok(None),
        other => other?,
    };
    if dispute.debtor != debtor || !came_to(deed, dispute.state) {
        return Ok(None);
    }
    let contacts = store::contact::of_debtor(conn, supplier, debtor)?;
    let invoice = store::invoice::find(conn, supplier, debtor, dispute.invoice)?;
    Ok(Some(Done {
        deed,
        number: invoice.number,
        amount: dispute.amount,
        credit: dispute.credit.map(|note| (note.number, note.amount)),
        answer_by: dispute.answer_by,
        owner: dispute.owner,
        told: mailbox(contacts).is_some(),
    }))
}

fn came_to(deed: Deed, state: DisputeState) -> bool {
    match deed {
        Deed::Said(DisputeEvent::Accept) => state == DisputeState::Accepted,
        Deed::Said(DisputeEvent::Credit) => state == DisputeState::Credited,
        Deed::Said(DisputeEvent::Reject) => state == DisputeState::Rejected,
        Deed::Said(DisputeEvent::AskMore) => state == DisputeState::InfoNeeded,
        Deed::Said(DisputeEvent::Tell | DisputeEvent::Extend) | Deed::Owned | Deed::Late => true,
        Deed::Said(_) => false,
    }
}

/// The mailbox that answers go to.
fn mailbox(contacts: Vec<Contact>) -> Option<String> {
    let active = contacts
        .into_iter()
        .filter(|one| one.state == ContactState::Active);
    active.filter_map(|one| one.email).next()
}

/// The page before it counts.
pub(super) async fn check(
    staff: &Staff,
    place: &Place,
    (talk, card): (&Talk, DisputeCard),
    (decision, note): (&str, Option<CreditNote>),
) -> Result<HttpResponse, Refusal> {
    let (supplier, debtor) = (place.supplier.id, talk.dispute.debtor);
    let read = move |conn: &mut Conn| {
        let contacts = store::contact::of_debtor(conn, supplier, debtor)?;
        Ok::<_, StoreError>((store::debtor::find(conn, supplier, debtor)?, contacts))
    };
    let (debtor, contacts) = staff.app.store.read(supplier, read).await?;
    let view = Check {
        debtor: DebtorRef {
            supplier: place.supplier.code.clone(),
            id: debtor.id,
            name: debtor.name,
        },
        rest: rest(card.amount, note.as_ref()).map_err(FlowError::from)?,
        card,
        decision: decision.to_owned(),
        note: note.map(|note| (note.number, note.amount)),
        told: mailbox(contacts),
    };
    let frame = staff.frame_of(&place.supplier);
    Ok(page(StatusCode::OK, view::check(&frame, &view)))
}

fn rest(disputed: Money, note: Option<&CreditNote>) -> Result<Option<Money>, MoneyError> {
    let Some(note) = note else {
        return Ok(None);
    };
    let rest = disputed.checked_sub(note.amount)?;
    Ok(Some(rest).filter(|rest| rest.is_positive()))
}
