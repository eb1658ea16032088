//! Postal addresses of a file: gaps are filled and the books' own addresses follow the books; what
//! staff wrote stays.

use domain::DebtorId;
use domain::postal::PostalAddress;

use super::Job;
use super::account::Account;
use super::reading::Chunk;
use crate::store::postal::Known;
use crate::store::{self, Conn, StoreError};

/// Keeps the addresses of a chunk's customers.
pub(super) fn fill(
    conn: &mut Conn,
    job: &Job,
    chunk: &Chunk,
    accounts: &[Option<Account>],
) -> Result<(), StoreError> {
    let groups = chunk.groups.iter().zip(accounts);
    let told: Vec<(DebtorId, &PostalAddress)> = groups
        .filter_map(|(group, account)| Some((account.as_ref()?.id, group.postal.as_deref()?)))
        .collect();
    if told.is_empty() {
        return Ok(());
    }
    let (supplier, ids) = (job.supplier.id, told.iter().map(|(id, _)| *id));
    let known = store::postal::of_debtors(conn, supplier, &ids.collect::<Vec<_>>())?;
    let mut new = Vec::new();
    for (debtor, address) in told {
        let told = Known {
            address: address.clone(),
            by_staff: false,
            at: job.now,
        };
        match known.get(&debtor) {
            None => new.push((debtor, told)),
            Some(old) if old.by_staff || old.address == *address => {}
            Some(_) => store::postal::set(conn, supplier, debtor, &told)?,
        }
    }
    store::postal::insert_many(conn, supplier, &new)
}
