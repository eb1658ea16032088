//! The two databases behind one connection type. All that differs between them is in this file.

use std::sync::Arc;

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};

use super::address::without_password;
use super::durable;
use super::error::StoreError;
use super::reach::Reach;
use crate::vault::Vault;

/// A connection to either database.
#[derive(diesel::MultiConnection)]
pub enum Db {
    /// PostgreSQL.
    Pg(PgConnection),
    /// SQLite. Last, because it would accept any address.
    Sqlite(SqliteConnection),
}

/// Expands a query once for each database: where diesel cannot write it for both, and in what every
/// action of a debtor runs, because diesel then writes its text once and not at each run.
macro_rules! each {
    ($conn:expr, $db:ident => $query:expr) => {
        match &mut $conn.db {
            $crate::store::conn::Db::Pg($db) => $query,
            $crate::store::conn::Db::Sqlite($db) => $query,
        }
    };
}
pub(crate) use each;

/// Rows that [`insert_all`] inserts by one statement. A statement four times as long has the
/// allocator tidy up after each.
pub(super) const ROWS: usize = 50;

/// Inserts many rows by statements of one size, which the connection keeps prepared.
macro_rules! insert_all {
    ($conn:expr, $table:expr, $rows:expr) => {{
        let (whole, rest) = $rows.as_chunks::<{ $crate::store::conn::ROWS }>();
        $crate::store::conn::each!($conn, db => {
            for some in whole {
                diesel::insert_into($table).values(some).execute(db)?;
            }
            if !rest.is_empty() {
                diesel::insert_into($table).values(rest).execute(db)?;
            }
        });
    }};
}
pub(super) use insert_all;

/// Inserts a few rows. SQLite keeps the statement for one row prepared and reads one for several
/// anew each time; PostgreSQL is asked once for all.
macro_rules! insert_few {
    ($conn:expr, $table:expr, $rows:expr) => {
        match &mut $conn.db {
            $crate::store::conn::Db::Pg(db) => {
                diesel::insert_into($table).values($rows).execute(db)?;
            }
            $crate::store::conn::Db::Sqlite(db) => {
                for row in $rows {
                    diesel::insert_into($table).values(row).execute(db)?;
                }
            }
        }
    };
}
pub(super) use insert_few;

/// A connection and the vault that opens sealed columns.
pub struct Conn {
    pub(super) db: Db,
    pub(super) vault: Arc<Vault>,
    url: String,
    role: Role,
    /// What the server was last told for the session.
    reach: Option<Reach>,
}

/// Which database an address names.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Backend {
    /// One file, one writer.
    Sqlite,
    /// A server, many writers.
    Postgres,
}

/// What a connection will be used for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Role {
    /// Reads only.
    Reader,
    /// Reads and writes.
    Writer,
}

impl Backend {
    /// Reads it off the address: `postgres://…` or the path of a file.
    #[must_use]
    pub fn of(url: &str) -> Self {
        if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            Self::Postgres
        } else {
            Self::Sqlite
        }
    }
}

/// `recursive_triggers` makes REPLACE meet the triggers that keep rows from being removed.
/// Pages of a new file are of 8 KiB: rows are long, and with twice as many in a page a million of
/// them go in in two thirds of the time.
const SQLITE_SETUP: &str = "PRAGMA page_size = 8192;
PRAGMA busy_timeout = 10000;
PRAGMA journal_mode = WAL;
PRAGMA synchronous = FULL;
PRAGMA foreign_keys = ON;
PRAGMA recursive_triggers = ON;
PRAGMA temp_store = MEMORY;
PRAGMA cache_size = -65536;
PRAGMA wal_autocheckpoint = 8192;";

/// Readers map the file: a page that is read often is not copied each time.
const SQLITE_READER: &str = "PRAGMA query_only = ON; PRAGMA mmap_size = 1073741824;";

#[derive(QueryableByName)]
struct SqliteSettings {
    #[diesel(sql_type = BigInt)]
    synchronous: i64,
    #[diesel(sql_type = BigInt)]
    foreign_keys: i64,
}

#[derive(QueryableByName)]
struct TextRow {
    #[diesel(sql_type = Text)]
    value: String,
}

fn connect(url: &str) -> Result<Db, StoreError> {
    let away =
        |why: ConnectionError| StoreError::Setup(without_password(url, &format!("{url}: {why}")));
    Ok(match Backend::of(url) {
        Backend::Postgres => Db::Pg(PgConnection::establish(url).map_err(away)?),
        Backend::Sqlite => Db::Sqlite(SqliteConnection::establish(url).map_err(away)?),
    })
}

impl Conn {
    /// Connects, and refuses a database that would lose what it accepted. Lanes and the writer
    /// say anew for each piece of work how far it reaches.
    pub fn open(
        url: &str,
        vault: Arc<Vault>,
        role: Role,
        reach: impl Into<Reach>,
    ) -> Result<Self, StoreError> {
        let mut conn = Self {
            db: connect(url)?,
            vault,
            url: url.to_owned(),
            role,
            reach: None,
        };
        conn.set_up()?;
        conn.enter(reach.into())?;
        Ok(conn)
    }

    /// Makes a connection that the server has closed again; one that answers is kept. A SQLite
    /// file is never away.
    pub(super) fn revive(&mut self) -> Result<(), StoreError> {
        if let Db::Pg(db) = &mut self.db
            && db.batch_execute("SELECT 1").is_err()
        {
            self.db = connect(&self.url)?;
            self.set_up()?;
        }
        Ok(())
    }

    fn set_up(&mut self) -> Result<(), StoreError> {
        let role = self.role;
        self.reach = None;
        match &mut self.db {
            Db::Sqlite(db) => {
                db.batch_execute(SQLITE_SETUP)?;
                if role == Role::Reader {
                    db.batch_execute(SQLITE_READER)?;
                }
            }
            Db::Pg(db) => {
                db.batch_execute("SET TIME ZONE 'UTC'; SET client_min_messages = warning")?;
                if role == Role::Reader {
                    db.batch_execute("SET default_transaction_read_only = on")?;
                }
            }
        }
        self.check_durable()
    }

    /// Accepted means durable (DESIGN promise 7).
    fn check_durable(&mut self) -> Result<(), StoreError> {
        match &mut self.db {
            Db::Sqlite(db) => {
                let found: SqliteSettings = diesel::sql_query(
                    "SELECT synchronous, foreign_keys FROM pragma_synchronous, pragma_foreign_keys",
                )
                .get_result(db)?;
                durable::sqlite(found.synchronous, found.foreign_keys)
            }
            Db::Pg(db) => {
                for (name, broken) in durable::POSTGRES {
                    let setting = format!("SELECT current_setting('{name}') AS value");
                    let found: TextRow = diesel::sql_query(setting).get_result(db)?;
                    durable::postgres(name, broken, &found.value)?;
                }
                Ok(())
            }
        }
    }

    /// Which database this is.
    #[must_use]
    pub const fn backend(&self) -> Backend {
        match self.db {
            Db::Pg(_) => Backend::Postgres,
            Db::Sqlite(_) => Backend::Sqlite,
        }
    }

    /// Has SQLite trust references; between transactions only.
    pub(super) fn trust_references(&mut self) -> Result<(), StoreError> {
        match self.backend() {
            Backend::Postgres => Ok(()),
            Backend::Sqlite => self.execute("PRAGMA foreign_keys = OFF"),
        }
    }

    /// Has SQLite check references again. Within a transaction it would ignore that without a word,
    /// so it is asked; if it does not, the connection is made anew, with all its settings.
    pub(super) fn check_references(&mut self) -> Result<(), StoreError> {
        if self.backend() == Backend::Postgres {
            return Ok(());
        }
        let on = self.execute("PRAGMA foreign_keys = ON");
        if on.and_then(|()| self.check_durable()).is_err() {
            self.db = connect(&self.url)?;
            self.set_up()?;
        }
        Ok(())
    }

    /// Has PostgreSQL show these suppliers' rows from now on; says nothing twice.
    pub(super) fn enter(&mut self, reach: Reach) -> Result<(), StoreError> {
        if self.backend() == Backend::Sqlite || self.reach.as_ref() == Some(&reach) {
            return Ok(());
        }
        self.reach = None;
        self.execute(&reach.for_session())?;
        self.reach = Some(reach);
        Ok(())
    }

    /// Reads within this reach. On SQLite all of it in one transaction: each by itself would ask
    /// the system for the same lock again.
    pub(super) fn look<T>(
        &mut self,
        reach: Reach,
        work: impl FnOnce(&mut Self) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        if self.backend() == Backend::Postgres {
            self.enter(reach)?;
            return work(self);
        }
        if self.run_kept(&["BEGIN"], &[]).is_err() {
            // The work before was cut off by a fault and has left its own open.
            self.execute("ROLLBACK; BEGIN")?;
        }
        let result = work(self);
        self.run_kept(&["COMMIT"], &[])?;
        result
    }

    /// Has PostgreSQL show these suppliers' rows until the transaction ends.
    pub(super) fn reach_until_commit(&mut self, reach: &Reach) -> Result<(), StoreError> {
        match self.backend() {
            Backend::Sqlite => Ok(()),
            Backend::Postgres => self.execute(&reach.for_transaction()),
        }
    }

    /// Starts a transaction; on SQLite it takes the write lock at once. On PostgreSQL it may find
    /// that the server has closed the connection: nothing was done yet, so it connects again.
    pub(super) fn begin(&mut self, reach: &Reach) -> Result<(), StoreError> {
        if self.backend() == Backend::Sqlite {
            return self.execute("BEGIN IMMEDIATE");
        }
        // One trip to the server says both.
        let begin = format!("BEGIN; {}", reach.for_transaction());
        if self.execute(&begin).is_err() {
            self.revive()?;
            self.execute(&begin)?;
        }
        Ok(())
    }

    /// Marks a point within a transaction to go back to.
    pub(super) fn savepoint(&mut self) -> Result<(), StoreError> {
        self.run_kept(&["SAVEPOINT work"], &[])?;
        Ok(())
    }

    /// Forgets the point; what was done since stays.
    pub(super) fn release(&mut self) -> Result<(), StoreError> {
        self.run_kept(&["RELEASE SAVEPOINT work"], &[])?;
        Ok(())
    }

    /// Ends a transaction. PostgreSQL takes back a transaction in which a statement failed without
    /// a word; asked for a row before, it says so.
    pub(super) fn commit(&mut self) -> Result<(), StoreError> {
        match &mut self.db {
            Db::Sqlite(db) => db.batch_execute("COMMIT")?,
            Db::Pg(db) => db.batch_execute("SELECT 1; COMMIT")?,
        }
        Ok(())
    }

    /// Runs statements that take and return nothing: for setting up and inspecting a database by
    /// hand or by a test, never for a flow.
    pub fn run_sql(&mut self, sql: &str) -> Result<(), StoreError> {
        self.execute(sql)
    }

    /// Reads a query of one text column named `value`: for inspecting a database by hand or by a
    /// test, never for a flow.
    pub fn read_sql(&mut self, sql: &str) -> Result<Vec<String>, StoreError> {
        let rows: Vec<TextRow> = diesel::sql_query(sql).load(&mut self.db)?;
        Ok(rows.into_iter().map(|row| row.value).collect())
    }

    /// Runs one statement that takes and returns nothing.
    pub(super) fn execute(&mut self, sql: &str) -> Result<(), StoreError> {
        self.db.batch_execute(sql)?;
        Ok(())
    }
}
