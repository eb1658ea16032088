//! Staff gives a contact an address that works: it is written to again, and what did not arrive
//! leaves again if it is still wanted.

use domain::message::{MessageEvent, MessageState};
use domain::party::{Contact, TaskKind};
use domain::{ContactId, DebtorId, Moment, SupplierId};

use super::error::FlowError;
use super::guard::{Actor, Deed, enter, note, replan};
use crate::app::App;
use crate::store::{self, Conn};

/// Days for which a message that came back is worth sending again.
const AGAIN_DAYS: i64 = 30;

/// Sets the address; the one on file may be given again, when it works again.
pub async fn correct(
    app: &App,
    supplier: SupplierId,
    contact: ContactId,
    address: String,
    actor: Actor,
) -> Result<DebtorId, FlowError> {
    let now = app.now();
    app.store
        .write(supplier, move |conn| {
            let debtor = store::contact::find(conn, supplier, contact)?.debtor;
            let owner = enter(conn, supplier, debtor)?;
            let old = store::contact::find(conn, supplier, contact)?;
            let moved = old.email.as_ref() != Some(&address);
            let new = Contact {
                email: Some(address.clone()),
                ..old
            };
            store::contact::set_details(conn, supplier, &new, moved.then_some(now))?;
            store::bounce::lift(conn, supplier, &address)?;
            finish_tasks(conn, supplier, &new, now)?;
            send_again(conn, supplier, &new, now)?;
            replan(conn, &owner, debtor, now)?;
            let deed = Deed {
                actor: &actor,
                action: "contact.address",
                debtor,
                subject: contact.to_string(),
                detail: String::new(),
            };
            note(conn, supplier, now, deed)?;
            Ok(debtor)
        })
        .await
}

/// What was to be done about the contact is done with that.
pub(super) fn finish_tasks(
    conn: &mut Conn,
    supplier: SupplierId,
    contact: &Contact,
    now: Moment,
) -> Result<(), FlowError> {
    for task in store::task::waiting(conn, supplier, contact.debtor)? {
        let own = task.contact == Some(contact.id);
        let solved = match task.kind {
            TaskKind::BadAddress | TaskKind::Complained => own,
            TaskKind::FindContact => true,
            TaskKind::WrongPerson
            | TaskKind::VerifyContact
            | TaskKind::BadNumber
            | TaskKind::Reply => false,
        };
        if solved {
            store::task::done(conn, supplier, task.id, now)?;
        }
    }
    Ok(())
}

fn send_again(
    conn: &mut Conn,
    supplier: SupplierId,
    contact: &Contact,
    now: Moment,
) -> Result<(), FlowError> {
    let failed = MessageState::Failed;
    let to = failed.on(MessageEvent::SendAgain)?;
    let since = now.plus_days(-AGAIN_DAYS);
    let came_back = store::bounce::failed_of(conn, supplier, (contact.debtor, contact.id), since)?;
    for id in came_back {
        let message = store::outbox::find(conn, supplier, id)?;
        store::outbox::readdress(conn, &message, (failed, to), contact.id, now)?;
    }
    Ok(())
}
