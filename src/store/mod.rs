//! Where everything is kept: the only place that knows diesel and the two databases.
//!
//! Every function of the modules below takes the connection first and the supplier second; there
//! is no query without a tenant but the few that jobs and sign-in need, and those say so. Behind
//! that stands a wall: all work names its [`Reach`], and PostgreSQL shows it no other rows. Nothing
//! here decides anything: flows do, with the domain's rules, inside one [`Store::write`].
//!
//! One row is read by `get_result`, not `first`: SQLite plans a query anew for each value that a
//! LIMIT is given, which costs more than the reading.

pub mod account_change;
mod address;
pub mod approval;
pub mod asserted;
pub mod attachment;
pub mod audit;
pub mod bank;
pub mod batch;
pub mod bounce;
pub mod by_hand;
pub mod call;
pub mod code;
pub mod collection;
mod columns;
pub mod confirmation;
pub(crate) mod conn;
pub mod contact;
pub mod credit;
pub mod debit_return;
pub mod debtor;
pub mod dispute;
pub mod dispute_line;
pub mod document;
mod durable;
mod error;
#[cfg(test)]
mod explained;
pub mod forward;
pub mod import;
pub mod import_result;
pub mod inbox;
pub mod invoice;
mod lane;
pub mod late;
pub mod ledger;
pub mod letter;
pub mod link;
pub mod mailbox;
pub mod mandate;
pub mod mandate_change;
pub mod migrate;
mod new_item;
pub mod open_sum;
pub mod outbox;
pub mod own_text;
pub mod pause;
pub mod payment;
pub mod plan;
pub mod planning;
pub mod postal;
mod prepared;
pub mod profile;
pub mod promise;
mod reach;
pub mod recall;
pub mod remark;
pub mod reply;
pub mod report;
pub mod request;
pub mod reversal;
pub mod rhythm;
pub mod saved_card;
pub mod scenario;
mod schema;
mod slice;
pub mod staff_notice;
pub mod step;
pub mod supplier;
pub mod supplier_mail;
pub mod task;
pub mod text_sent;
pub mod text_trial;
pub mod texter;
pub mod upload;
pub mod user;
pub mod wall;
mod writer;

use std::sync::Arc;

pub use conn::{Backend, Conn, Role};
pub use error::StoreError;
use lane::Lane;
pub use reach::{Across, Reach};
pub use slice::Slice;
use writer::Writer;

use crate::vault::Vault;

/// How a store is opened.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Path of a SQLite file, or `postgres://…`.
    pub url: String,
    /// Reading connections for pages.
    pub readers: usize,
    /// Reading connections for reports and jobs.
    pub reports: usize,
    /// Writes that may share one commit; 1 commits each by itself.
    pub group_max: usize,
}

impl Settings {
    /// The usual numbers for this address.
    #[must_use]
    pub fn new(url: &str) -> Self {
        Self {
            url: url.to_owned(),
            readers: 4,
            reports: 2,
            group_max: 256,
        }
    }
}

/// Writing connections on PostgreSQL; SQLite has one writer.
const POSTGRES_WRITERS: usize = 8;

/// The storage: two reading lanes and a writing one.
pub struct Store {
    pages: Lane,
    reports: Lane,
    writer: Writer,
    backend: Backend,
}

impl Store {
    /// Opens the lanes; refuses a database that is not durable or whose tables are not up to date.
    pub fn open(settings: &Settings, vault: &Arc<Vault>) -> Result<Self, StoreError> {
        let backend = Backend::of(&settings.url);
        let open = |role| Conn::open(&settings.url, Arc::clone(vault), role, Reach::nobody());
        let mut first = open(Role::Writer)?;
        if migrate::pending(&mut first)? {
            return Err(StoreError::Setup(
                "the tables are not up to date: run `acquit migrate`".into(),
            ));
        }
        wall::warn(&mut first)?;
        let (count, group_max) = match backend {
            Backend::Sqlite => (1, settings.group_max),
            Backend::Postgres => (POSTGRES_WRITERS, 1),
        };
        let mut writers = vec![first];
        while writers.len() < count {
            writers.push(open(Role::Writer)?);
        }
        let readers = |count| {
            (0..count)
                .map(|_| open(Role::Reader))
                .collect::<Result<Vec<_>, _>>()
        };
        Ok(Self {
            pages: Lane::start("store-page", readers(settings.readers)?)?,
            reports: Lane::start("store-report", readers(settings.reports)?)?,
            writer: Writer::start(writers, group_max)?,
            backend,
        })
    }

    /// Which database this is.
    #[must_use]
    pub const fn backend(&self) -> Backend {
        self.backend
    }

    /// Whether the database answers.
    pub async fn ping(&self) -> Result<(), StoreError> {
        self.read(Reach::nobody(), |conn| conn.execute("SELECT 1"))
            .await
    }

    /// Reads for a page.
    pub async fn read<T, F>(&self, reach: impl Into<Reach>, work: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnOnce(&mut Conn) -> Result<T, StoreError> + Send + 'static,
    {
        self.pages.run(reach.into(), work).await
    }

    /// Reads for a report or a job: never takes a page's connection.
    pub async fn report<T, F>(&self, reach: impl Into<Reach>, work: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnOnce(&mut Conn) -> Result<T, StoreError> + Send + 'static,
    {
        self.reports.run(reach.into(), work).await
    }

    /// Writes in one transaction: all of it or, when `work` fails, nothing. Answers after the
    /// commit. `work` may be run again and must have no effect outside the database.
    pub async fn write<T, E, F>(&self, reach: impl Into<Reach>, work: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
        F: Fn(&mut Conn) -> Result<T, E> + Send + 'static,
    {
        self.writer.run(reach.into(), work, false).await
    }

    /// Writes thousands of rows at once, alone in its transaction. SQLite takes the references
    /// between them on trust, because looking each up costs more than writing it: `work` must have
    /// looked up or made in the same transaction whatever its rows point to.
    pub async fn write_bulk<T, E, F>(&self, reach: impl Into<Reach>, work: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
        F: Fn(&mut Conn) -> Result<T, E> + Send + 'static,
    {
        self.writer.run(reach.into(), work, true).await
    }
}
