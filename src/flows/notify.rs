//! Puts a message in the outbox, in the transaction of what it tells.

use domain::message::MessageKind;
use domain::party::{Contact, ContactState, Supplier, TaskKind};
use domain::scenario::Channel;
use domain::{ContactId, DebtorId, InvoiceId, MessageId, Moment, SupplierId};

use super::error::FlowError;
use crate::clock::new_id;
use crate::store::outbox::NewMessage;
use crate::store::task::ContactTask;
use crate::store::{self, Conn};

/// A message to be written to a debtor.
pub(super) struct Letter {
    pub debtor: DebtorId,
    pub kind: MessageKind,
    /// The id of what it is about; empty for the account alone.
    pub about: String,
    /// What makes it the only one of its kind.
    pub dedup: String,
    pub invoices: Vec<InvoiceId>,
}

/// The contact whose mailbox is written to: the first that is active and has one.
pub(super) fn addressee(contacts: Vec<Contact>) -> Option<Contact> {
    let reached =
        |contact: &Contact| contact.state == ContactState::Active && contact.email.is_some();
    contacts.into_iter().find(reached)
}

/// The contact who is written to, without those from whom mail comes back.
pub(super) fn whoever_is_reached(
    conn: &mut Conn,
    supplier: SupplierId,
    debtor: DebtorId,
) -> Result<Option<Contact>, FlowError> {
    let contacts = store::contact::of_debtor(conn, supplier, debtor)?;
    Ok(addressee(store::bounce::reached(conn, supplier, contacts)?))
}

/// Adds the message for the debtor's contact; none when nobody there has a mailbox, or when it was
/// added before. Reminders leave in
/// business hours; what answers the debtor or its money leaves at once.
pub(super) fn enqueue(
    conn: &mut Conn,
    supplier: &Supplier,
    letter: Letter,
    now: Moment,
) -> Result<Option<MessageId>, FlowError> {
    let Some(contact) = whoever_is_reached(conn, supplier.id, letter.debtor)? else {
        find_contact(conn, supplier.id, letter.debtor, now)?;
        return Ok(None);
    };
    enqueue_to(conn, supplier, contact.id, letter, now)
}

/// Asks staff to find somebody to write to, unless somebody is there or staff was asked before.
pub(super) fn find_contact(
    conn: &mut Conn,
    supplier: SupplierId,
    debtor: DebtorId,
    now: Moment,
) -> Result<(), FlowError> {
    if whoever_is_reached(conn, supplier, debtor)?.is_some() {
        return Ok(());
    }
    let mut waiting = store::task::waiting(conn, supplier, debtor)?.into_iter();
    let asks = [
        TaskKind::FindContact,
        TaskKind::BadAddress,
        TaskKind::Complained,
    ];
    if waiting.any(|task| asks.contains(&task.kind)) {
        return Ok(());
    }
    let task = ContactTask {
        id: new_id(),
        debtor,
        contact: None,
        kind: TaskKind::FindContact,
        detail: String::new(),
        made_at: now,
    };
    Ok(store::task::insert(conn, supplier, &task)?)
}

/// Adds the message for this contact.
pub(super) fn enqueue_to(
    conn: &mut Conn,
    supplier: &Supplier,
    contact: ContactId,
    letter: Letter,
    now: Moment,
) -> Result<Option<MessageId>, FlowError> {
    enqueue_by(conn, supplier, (Channel::Email, contact), letter, now)
}

/// Adds the message for this contact, by this way.
pub(super) fn enqueue_by(
    conn: &mut Conn,
    supplier: &Supplier,
    (channel, contact): (Channel, ContactId),
    letter: Letter,
    now: Moment,
) -> Result<Option<MessageId>, FlowError> {
    let due_at = if letter.kind.keeps_hours() {
        store::rhythm::find(conn, supplier.id)?.next_opening(supplier.zone, now)
    } else {
        now
    };
    let new = NewMessage {
        id: new_id(),
        supplier: supplier.id,
        debtor: letter.debtor,
        contact,
        kind: letter.kind,
        channel,
        dedup: letter.dedup,
        due_at,
        about: letter.about,
        invoices: letter.invoices,
    };
    Ok(store::outbox::enqueue(conn, &new)?.then_some(new.id))
}
