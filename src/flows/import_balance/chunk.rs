//! One chunk of rows is booked: load what is known, judge each row, write what differs.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::{Mutex, PoisonError};

use domain::import::{RowError, RowReason};
use domain::{Currency, DebtorId, Id, InvoiceId, Money, MoneyError};

use super::Job;
use super::account::{self, Account};
use super::credited::{self, NewNote};
use super::entry::Changes;
use super::matching::{self, Judged, Verdict};
use super::reading::{Asserted, Chunk, Group};
use crate::flows::error::FlowError;
use crate::store::asserted::{KnownItem, NewItem};
use crate::store::{self, Conn, StoreError};

/// Known items that rows of the file spoke of: eight bytes each, the random end of the id.
#[derive(Default)]
pub(super) struct Seen(Mutex<HashSet<u64>>);

impl Seen {
    /// Whether a row spoke of this item.
    pub(super) fn has(&self, id: InvoiceId) -> bool {
        let seen = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        seen.contains(&ending(id))
    }

    /// Remembers items.
    pub(super) fn add(&self, ids: &[InvoiceId]) {
        let mut seen = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        seen.extend(ids.iter().copied().map(ending));
    }
}

fn ending(id: InvoiceId) -> u64 {
    u64::try_from(id.bits() & u128::from(u64::MAX)).unwrap_or_default()
}

/// What a chunk did.
#[derive(Default)]
pub(super) struct Booked {
    /// The debtor of each group; none for a customer that was not added.
    pub accounts: Vec<Option<Account>>,
    /// Known items that rows spoke of.
    pub seen: Vec<InvoiceId>,
    /// Rows refused, those that could not be read included.
    pub errors: Vec<RowError>,
    /// Items added.
    pub created: u64,
    /// Items changed.
    pub changed: u64,
    /// Rows that changed nothing.
    pub unchanged: u64,
    /// What the good rows leave open.
    pub totals: BTreeMap<Currency, Money>,
    /// Credit notes that the books name for the first time.
    notes: Vec<NewNote>,
}

impl Booked {
    /// Rows taken.
    pub(super) const fn good(&self) -> u64 {
        self.created + self.changed + self.unchanged
    }

    /// Rows refused.
    pub(super) fn bad(&self) -> u64 {
        u64::try_from(self.errors.len()).unwrap_or(u64::MAX)
    }

    fn total(&mut self, one: &Asserted) -> Result<(), MoneyError> {
        let currency = one.row.open.currency();
        let sum = self.totals.entry(currency).or_insert(Money::zero(currency));
        *sum = sum.checked_add(one.row.kind.signed(one.row.open)?)?;
        Ok(())
    }
}

/// Books a chunk as the import's `entry`-th entry. `met` are the debtors that earlier chunks met.
pub(super) fn book(
    conn: &mut Conn,
    job: &Job,
    chunk: &Chunk,
    (entry, met): (u64, &[Option<Account>]),
    seen: &Seen,
) -> Result<Booked, FlowError> {
    // Bank files take guards too, in the order of their lines: one of us at a time.
    store::bank::turn(conn, job.supplier.id)?;
    let accounts = account::find_or_add(conn, job, chunk, met)?;
    let known = load(conn, job, chunk, &accounts)?;
    let mut booked = Booked {
        errors: chunk.errors.clone(),
        ..Booked::default()
    };
    let mut changes = Changes::default();
    let mut touched = Vec::new();
    for ((group, account), met) in chunk.groups.iter().zip(&accounts).zip(met) {
        let known = account.and_then(|account| known.get(&account.id));
        let known = known.map_or(&[][..], Vec::as_slice);
        let before = booked.created + booked.changed;
        let judged = matching::judge(&group.rows, known, |item| seen.has(item.id))?;
        for (one, judged) in group.rows.iter().zip(judged) {
            take(&mut booked, &mut changes, *account, one, judged)?;
        }
        let added_now = met.is_none() && account.is_some_and(|account| account.fresh);
        if booked.created + booked.changed > before && !added_now {
            touched.extend(account.map(|account| account.id));
        }
    }
    changes.record(conn, job, entry)?;
    if booked.changed > 0 {
        store::open_sum::fold(conn, job.supplier.id)?;
    }
    credited::count(conn, job, &booked.notes)?;
    store::debtor::touch_many(conn, job.supplier.id, &touched, job.today)?;
    booked.accounts = accounts;
    Ok(booked)
}

fn take<'a>(
    booked: &mut Booked,
    changes: &mut Changes<'a>,
    account: Option<Account>,
    one: &'a Asserted,
    judged: Judged<'_>,
) -> Result<(), FlowError> {
    match judged.verdict {
        Verdict::CurrencyDiffers => {
            booked.errors.push(RowError {
                line: one.row.line,
                column: None,
                value: one.row.open.currency().to_string(),
                reason: RowReason::CurrencyDiffers,
            });
            booked.seen.extend(judged.about.map(|item| item.id));
            return Ok(());
        }
        Verdict::New => {
            booked.created += 1;
            let account = account.ok_or(StoreError::NotFound)?;
            if !account.fresh {
                booked.notes.extend(NewNote::of(one, account.id));
            }
            changes.add(NewItem {
                id: one.id,
                debtor: account.id,
                twin: one.twin,
                row: &one.row,
            })?;
        }
        Verdict::Changed(item, adjustment) => {
            booked.changed += 1;
            changes.change(item, adjustment)?;
        }
        Verdict::Same => booked.unchanged += 1,
    }
    booked.seen.extend(judged.about.map(|item| item.id));
    Ok(booked.total(one)?)
}

/// What is known of the rows' documents, by debtor. The guards are taken first, so that no payment
/// comes between looking and writing; a debtor added by this import has nothing to be looked up.
fn load(
    conn: &mut Conn,
    job: &Job,
    chunk: &Chunk,
    accounts: &[Option<Account>],
) -> Result<HashMap<DebtorId, Vec<KnownItem>>, FlowError> {
    let groups = chunk.groups.iter().zip(accounts);
    let known: Vec<(DebtorId, &Group)> = groups
        .filter_map(|(group, account)| Some((account.filter(|one| !one.fresh)?.id, group)))
        .collect();
    let ids: Vec<DebtorId> = known.iter().map(|(id, _)| *id).collect();
    store::debtor::hold_many(conn, job.supplier.id, &ids)?;
    let mut wanted: Vec<(DebtorId, &str)> = Vec::new();
    for (id, group) in known {
        wanted.extend(group.rows.iter().map(|one| (id, one.row.number.as_str())));
    }
    wanted.sort_unstable();
    wanted.dedup();
    let mut found: HashMap<DebtorId, Vec<KnownItem>> = HashMap::new();
    for item in store::asserted::of_numbers(conn, job.supplier.id, &wanted)? {
        found.entry(item.debtor).or_default().push(item);
    }
    Ok(found)
}
