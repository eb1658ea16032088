//! By which channels somebody at an account can be reached, who that is, and where.

use std::collections::{BTreeMap, BTreeSet};

use domain::party::{Contact, ContactState};
use domain::phone::Phone;
use domain::scenario::Channel;
use domain::{ContactId, DebtorId, SupplierId};

use crate::store::{self, Conn, StoreError};

/// Who is written to by each channel, and at which address: a mailbox or a number.
pub(super) type Reach = BTreeMap<Channel, (ContactId, String)>;

/// Channels that are there for a supplier.
pub(super) fn ready(conn: &mut Conn, supplier: SupplierId) -> Result<Vec<Channel>, StoreError> {
    let mut ready = vec![Channel::Email, Channel::Letter, Channel::Call];
    if store::texter::is_set(conn, supplier)? {
        ready.push(Channel::Sms);
    }
    Ok(ready)
}

/// The number that texts to a contact go to.
pub(super) fn mobile(contact: &Contact) -> Option<Phone> {
    let phone: Phone = contact.phone.as_deref()?.parse().ok()?;
    phone.is_mobile().then_some(phone)
}

/// Of these contacts of one account the first that is active and has what a channel needs. Their
/// mailboxes are those that work (`store::bounce::without_dead`); numbers that take no texts are
/// named. A letter goes to the account, where its postal address is known.
pub(super) fn of(contacts: &[Contact], deaf: &BTreeSet<String>, has_address: bool) -> Reach {
    let mut reach = Reach::new();
    let active = |one: &&Contact| one.state == ContactState::Active;
    for contact in contacts.iter().filter(active) {
        let mut by = |channel: Channel, address: Option<String>| {
            if let Some(address) = address {
                let first = reach.entry(channel);
                first.or_insert_with(|| (contact.id, address));
            }
        };
        by(Channel::Email, contact.email.clone());
        let texted = mobile(contact).filter(|number| !deaf.contains(number.as_str()));
        by(Channel::Sms, texted.map(|number| number.to_string()));
        by(Channel::Call, contact.phone.clone());
        let account = has_address.then(|| contact.debtor.to_string());
        by(Channel::Letter, account);
    }
    reach
}

/// Of these contacts' numbers those that take no texts.
pub(super) fn deaf(
    conn: &mut Conn,
    supplier: SupplierId,
    contacts: &[Contact],
) -> Result<BTreeSet<String>, StoreError> {
    let numbers = contacts.iter().filter_map(mobile);
    let numbers: Vec<String> = numbers.map(|number| number.to_string()).collect();
    store::bounce::dead_among(conn, supplier, numbers)
}

/// The same of one account.
pub(super) fn find(
    conn: &mut Conn,
    supplier: SupplierId,
    debtor: DebtorId,
) -> Result<Reach, StoreError> {
    let contacts = store::contact::of_debtor(conn, supplier, debtor)?;
    let deaf = deaf(conn, supplier, &contacts)?;
    let has_address = store::postal::find(conn, supplier, debtor)?.is_some();
    let contacts = store::bounce::without_dead(conn, supplier, contacts)?;
    Ok(of(&contacts, &deaf, has_address))
}

/// The contacts of an account, without those whose address for this channel takes nothing.
pub(super) fn contacts(
    conn: &mut Conn,
    (supplier, debtor): (SupplierId, DebtorId),
    channel: Channel,
) -> Result<Vec<Contact>, StoreError> {
    let mut all = store::contact::of_debtor(conn, supplier, debtor)?;
    if channel == Channel::Sms {
        let deaf = deaf(conn, supplier, &all)?;
        let hears = |one: &Contact| mobile(one).is_some_and(|one| !deaf.contains(one.as_str()));
        all.retain(hears);
        return Ok(all);
    }
    store::bounce::reached(conn, supplier, all)
}
