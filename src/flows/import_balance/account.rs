//! Which debtor a customer of the file is: remembered between chunks, looked up or added once.

use std::collections::HashMap;

use domain::party::{Contact, Debtor};
use domain::{ContactId, DebtorId};

use super::reading::{Chunk, Group};
use super::{Job, address};
use crate::clock::new_id;
use crate::flows::error::FlowError;
use crate::flows::pay_by_transfer;
use crate::store::{self, Conn};

/// Customers remembered; beyond, all are forgotten and looked up again when they come back.
const REMEMBERED: usize = 200_000;

/// A debtor that the file speaks of.
#[derive(Clone, Copy, Debug)]
pub(super) struct Account {
    /// Which.
    pub id: DebtorId,
    /// Added by this import: it has no items but those of this file.
    pub fresh: bool,
    /// Whether the file's mailbox has been looked at.
    pub mailbox: bool,
}

/// The debtors met so far, by code.
#[derive(Default)]
pub(super) struct Accounts(HashMap<String, Account>);

impl Accounts {
    /// The debtor of each group of the chunk, where it was met.
    pub(super) fn of(&self, chunk: &Chunk) -> Vec<Option<Account>> {
        let groups = chunk.groups.iter();
        groups
            .map(|group| self.0.get(&group.code).copied())
            .collect()
    }

    /// Remembers the debtors of a chunk that was committed.
    pub(super) fn keep(&mut self, chunk: &Chunk, accounts: Vec<Option<Account>>) {
        if self.0.len() > REMEMBERED {
            self.forget();
        }
        for (group, account) in chunk.groups.iter().zip(accounts) {
            if let Some(account) = account {
                self.0.insert(group.code.clone(), account);
            }
        }
    }

    /// Forgets all, so that each is looked up again.
    pub(super) fn forget(&mut self) {
        self.0.clear();
    }
}

/// The debtors of a chunk: those met before, those the database knows, and new ones for customers
/// with something open. A customer that the file lists with nothing open is not added.
pub(super) fn find_or_add(
    conn: &mut Conn,
    job: &Job,
    chunk: &Chunk,
    met: &[Option<Account>],
) -> Result<Vec<Option<Account>>, FlowError> {
    let mut accounts = met.to_vec();
    find(conn, job, chunk, &mut accounts)?;
    fill_contacts(conn, job, chunk, &mut accounts)?;
    add(conn, job, chunk, &mut accounts)?;
    address::fill(conn, job, chunk, &accounts)?;
    Ok(accounts)
}

fn find(
    conn: &mut Conn,
    job: &Job,
    chunk: &Chunk,
    accounts: &mut [Option<Account>],
) -> Result<(), FlowError> {
    let unmet = chunk.groups.iter().zip(accounts.iter());
    let unmet = unmet.filter(|(_, account)| account.is_none());
    let codes: Vec<String> = unmet.map(|(group, _)| group.code.clone()).collect();
    let found = store::debtor::find_by_codes(conn, job.supplier.id, &codes)?;
    let found: HashMap<&str, DebtorId> = found
        .iter()
        .map(|debtor| (debtor.code.as_str(), debtor.id))
        .collect();
    for (group, account) in chunk.groups.iter().zip(accounts) {
        let known = found.get(group.code.as_str());
        *account = account.or(known.map(|id| Account {
            id: *id,
            fresh: false,
            mailbox: false,
        }));
    }
    Ok(())
}

fn add(
    conn: &mut Conn,
    job: &Job,
    chunk: &Chunk,
    accounts: &mut [Option<Account>],
) -> Result<(), FlowError> {
    let (mut debtors, mut contacts) = (Vec::new(), Vec::new());
    for (group, account) in chunk.groups.iter().zip(accounts) {
        let owes = group.rows.iter().any(|one| !one.row.open.is_zero());
        if account.is_some() || !owes {
            continue;
        }
        let id = new_id();
        let debtor = Debtor {
            id,
            supplier: job.supplier.id,
            code: group.code.clone(),
            name: group.name.clone(),
            language: None,
        };
        debtors.push((debtor, pay_by_transfer::reference(id)?));
        contacts.extend(contact(id, group));
        *account = Some(Account {
            id,
            fresh: true,
            mailbox: group.email.is_some(),
        });
    }
    store::debtor::insert_many(conn, &debtors, job.today)?;
    Ok(store::contact::insert_many(
        conn,
        job.supplier.id,
        &contacts,
    )?)
}

fn contact(debtor: DebtorId, group: &Group) -> Option<Contact> {
    let told = group.email.is_some() || group.phone.is_some() || group.postal.is_some();
    told.then(|| Contact {
        id: new_id::<ContactId>(),
        debtor,
        name: None,
        email: group.email.clone(),
        phone: group.phone.clone(),
        language: None,
        state: domain::party::ContactState::Active,
    })
}

/// Fills gaps and nothing else: a mailbox that somebody put right here stays.
fn fill_contacts(
    conn: &mut Conn,
    job: &Job,
    chunk: &Chunk,
    accounts: &mut [Option<Account>],
) -> Result<(), FlowError> {
    let mut told: Vec<(DebtorId, &Group)> = Vec::new();
    for (group, account) in chunk.groups.iter().zip(accounts) {
        let gives = group.email.is_some() || group.phone.is_some() || group.postal.is_some();
        if let Some(account) = account.as_mut().filter(|one| gives && !one.mailbox) {
            account.mailbox = group.email.is_some();
            told.push((account.id, group));
        }
    }
    let ids: Vec<DebtorId> = told.iter().map(|(id, _)| *id).collect();
    let mut known: HashMap<DebtorId, Vec<Contact>> = HashMap::new();
    for contact in store::contact::of_debtors(conn, job.supplier.id, &ids)? {
        known.entry(contact.debtor).or_default().push(contact);
    }
    let mut new = Vec::new();
    for (id, group) in told {
        match (known.get(&id).map(Vec::as_slice), &group.email) {
            (None, _) => new.extend(contact(id, group)),
            (Some([only]), Some(email)) if only.email.is_none() => {
                store::contact::add_email(conn, job.supplier.id, only.id, email)?;
            }
            _ => {}
        }
    }
    Ok(store::contact::insert_many(conn, job.supplier.id, &new)?)
}
