//! By which channels somebody at an account can be reached, who that is, and where.

use std::collections::BTreeMap;

use domain::party::{Contact, ContactState};
use domain::scenario::Channel;
use domain::{ContactId, DebtorId, SupplierId};

use crate::store::{self, Conn, StoreError};

/// Who is written to by each channel, and at which address: a mailbox or a number.
pub(super) type Reach = BTreeMap<Channel, (ContactId, String)>;

/// Channels that are there for a supplier.
pub(super) fn ready() -> Vec<Channel> {
    vec![Channel::Email]
}

/// Of these contacts of one account the first that is active and has what a channel needs. Their
/// mailboxes are those that work (`store::bounce::without_dead`).
pub(super) fn of(contacts: &[Contact]) -> Reach {
    let mut reach = Reach::new();
    let active = |one: &&Contact| one.state == ContactState::Active;
    for contact in contacts.iter().filter(active) {
        let mut by = |channel: Channel, address: &Option<String>| {
            if let Some(address) = address {
                let first = reach.entry(channel);
                first.or_insert_with(|| (contact.id, address.clone()));
            }
        };
        by(Channel::Email, &contact.email);
        by(Channel::Sms, &contact.phone);
        by(Channel::Call, &contact.phone);
    }
    reach
}

/// The same of one account.
pub(super) fn find(
    conn: &mut Conn,
    supplier: SupplierId,
    debtor: DebtorId,
) -> Result<Reach, StoreError> {
    let contacts = store::contact::of_debtor(conn, supplier, debtor)?;
    Ok(of(&store::bounce::without_dead(conn, supplier, contacts)?))
}
