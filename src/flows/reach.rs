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
    vec![Channel::Email, Channel::Letter, Channel::Call]
}

/// Of these contacts of one account the first that is active and has what a channel needs. Their
/// mailboxes are those that work (`store::bounce::without_dead`). A letter goes to the account,
/// where its postal address is known.
pub(super) fn of(contacts: &[Contact], has_address: bool) -> Reach {
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
        let account = has_address.then(|| contact.debtor.to_string());
        by(Channel::Letter, &account);
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
    let has_address = store::postal::find(conn, supplier, debtor)?.is_some();
    let contacts = store::bounce::without_dead(conn, supplier, contacts)?;
    Ok(of(&contacts, has_address))
}
