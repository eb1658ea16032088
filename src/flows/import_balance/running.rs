//! An import between its first chunk and its last: what it has met, and what it has done.

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::{AuditId, Money};

use super::account::Accounts;
use super::chunk::{self, Booked, Seen};
use super::reading::Chunk;
use super::{Imported, Job, absent};
use crate::app::App;
use crate::clock::new_id;
use crate::flows::error::FlowError;
use crate::store::audit::Trace;
use crate::store::import::Rows;
use crate::store::{self, Conn, StoreError};

/// Refused rows that are given back; all of them are stored.
const ERRORS_GIVEN: usize = 1_000;

/// How often a chunk is booked afresh after somebody else added the same customers or items.
const ATTEMPTS: usize = 3;

/// An import under way.
pub(super) struct Running {
    job: Arc<Job>,
    accounts: Accounts,
    seen: Arc<Seen>,
    entries: u64,
    done: Imported,
}

impl Running {
    /// Nothing done yet.
    pub(super) fn new(job: Job) -> Self {
        let done = Imported {
            id: job.id,
            rows_good: 0,
            rows_bad: 0,
            created: 0,
            changed: 0,
            unchanged: 0,
            absent: 0,
            totals: BTreeMap::new(),
            errors: Vec::new(),
        };
        Self {
            job: Arc::new(job),
            accounts: Accounts::default(),
            seen: Arc::default(),
            entries: 0,
            done,
        }
    }

    /// Books a chunk. Customers that this import added are taken to have no items but its own; when
    /// the database knows better, they are looked up like all others.
    pub(super) async fn take(&mut self, app: &App, chunk: Chunk) -> Result<(), FlowError> {
        let chunk = Arc::new(chunk);
        for _ in 0..ATTEMPTS {
            match self.book(app, Arc::clone(&chunk)).await {
                Err(FlowError::Store(StoreError::Conflict)) => self.accounts.forget(),
                booked => return self.keep(&chunk, booked?),
            }
        }
        Err(StoreError::Conflict.into())
    }

    async fn book(&mut self, app: &App, chunk: Arc<Chunk>) -> Result<Booked, FlowError> {
        let (job, seen) = (Arc::clone(&self.job), Arc::clone(&self.seen));
        let accounts = self.accounts.of(&chunk);
        let entry = self.entries;
        let before = self.rows();
        app.store
            .write_bulk(job.supplier.id, move |conn| {
                let booked = chunk::book(conn, &job, &chunk, (entry, &accounts), &seen)?;
                let rows = Rows {
                    good: before.good + booked.good(),
                    bad: before.bad + booked.bad(),
                };
                store::import::insert_errors(conn, job.supplier.id, job.id, &booked.errors)?;
                stay_newest(conn, &job, rows)?;
                Ok(booked)
            })
            .await
    }

    fn keep(&mut self, chunk: &Chunk, booked: Booked) -> Result<(), FlowError> {
        self.entries += 1;
        let done = &mut self.done;
        done.rows_good += booked.good();
        done.rows_bad += booked.bad();
        done.created += booked.created;
        done.changed += booked.changed;
        done.unchanged += booked.unchanged;
        for (currency, sum) in booked.totals {
            let total = done.totals.entry(currency).or_insert(Money::zero(currency));
            *total = total.checked_add(sum)?;
        }
        let room = ERRORS_GIVEN.saturating_sub(done.errors.len());
        done.errors.extend(booked.errors.into_iter().take(room));
        self.seen.add(&booked.seen);
        self.accounts.keep(chunk, booked.accounts);
        Ok(())
    }

    /// Looks for items that the file leaves out; closes them when it lists everything.
    pub(super) async fn look_for_absent(
        &mut self,
        app: &App,
        complete: bool,
    ) -> Result<(), FlowError> {
        let mut after = None;
        while let Some(page) = absent::page(app, &self.job, &self.seen, after).await? {
            after = Some(page.last);
            let count = u64::try_from(page.items.len()).unwrap_or(u64::MAX);
            self.done.absent += count;
            if complete && count > 0 {
                let (job, entry, rows) = (Arc::clone(&self.job), self.entries, self.rows());
                let closed = move |conn: &mut Conn| {
                    let closed = absent::close(conn, &job, entry, &page)?;
                    stay_newest(conn, &job, rows)?;
                    Ok::<_, FlowError>(closed)
                };
                self.done.changed += app.store.write(self.job.supplier.id, closed).await?;
                self.entries += 1;
            }
        }
        Ok(())
    }

    /// Says that the import is done: from now on the supplier's data count as of its day.
    pub(super) async fn finish(
        self,
        app: &App,
        file_name: &str,
        digest: String,
    ) -> Result<Imported, FlowError> {
        let (job, rows) = (Arc::clone(&self.job), self.rows());
        let detail = format!(
            "{file_name} as of {}: {} new, {} changed, {} unchanged, {} left out, {} refused",
            job.as_of,
            self.done.created,
            self.done.changed,
            self.done.unchanged,
            self.done.absent,
            self.done.rows_bad
        );
        app.store
            .write(job.supplier.id, move |conn| {
                stay_newest(conn, &job, rows)?;
                store::import::finish(conn, job.supplier.id, job.id, &digest, job.now)?;
                store::supplier::set_data_as_of(conn, job.supplier.id, job.as_of)?;
                store::open_sum::fold(conn, job.supplier.id)?;
                note(conn, &job, &detail)
            })
            .await?;
        Ok(self.done)
    }

    const fn rows(&self) -> Rows {
        Rows {
            good: self.done.rows_good,
            bad: self.done.rows_bad,
        }
    }
}

/// Notes how far the import has come; fails when a newer one has taken over.
fn stay_newest(conn: &mut Conn, job: &Job, rows: Rows) -> Result<(), FlowError> {
    if store::import::advance(conn, job.supplier.id, job.id, rows)? {
        return Ok(());
    }
    Err(FlowError::Unusable(
        "another import of this supplier was started meanwhile and goes on alone; import this \
         file again if it is the newer one"
            .into(),
    ))
}

fn note(conn: &mut Conn, job: &Job, detail: &str) -> Result<(), FlowError> {
    let trace = Trace {
        id: new_id::<AuditId>(),
        at: job.now,
        actor: "job import".into(),
        action: "balance.imported".into(),
        debtor: None,
        subject: job.id.to_string(),
        detail: detail.to_owned(),
    };
    Ok(store::audit::insert(conn, job.supplier.id, &trace)?)
}
