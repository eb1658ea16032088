//! Why the storage could not do what was asked.

use diesel::result::{DatabaseErrorKind, Error as DieselError};

/// Why the storage could not do what was asked.
#[derive(Debug, Clone, thiserror::Error)]
pub enum StoreError {
    /// No such row, or not this supplier's.
    #[error("not found")]
    NotFound,
    /// The row changed meanwhile, or one with the same key exists.
    #[error("changed meanwhile")]
    Conflict,
    /// The queue of waiting work is full; nothing was done.
    #[error("too busy; nothing was done")]
    Busy,
    /// A row holds something its type does not admit.
    #[error("the database holds an unreadable {what}: {why}")]
    Corrupt {
        /// Table and column.
        what: &'static str,
        /// What the reader said.
        why: String,
    },
    /// The database is not set up as promised.
    #[error("{0}")]
    Setup(String),
    /// The database refused or is away; nothing was done.
    #[error("the database failed: {0}")]
    Failed(String),
}

impl From<DieselError> for StoreError {
    fn from(error: DieselError) -> Self {
        match error {
            DieselError::NotFound => Self::NotFound,
            DieselError::DatabaseError(DatabaseErrorKind::UniqueViolation, which) => {
                tracing::debug!(which = which.message(), "a row with this key exists");
                Self::Conflict
            }
            other => Self::Failed(other.to_string()),
        }
    }
}

/// Turns a reader's refusal of a stored value into [`StoreError::Corrupt`].
pub fn corrupt<E: std::fmt::Display>(what: &'static str) -> impl Fn(E) -> StoreError {
    move |why| StoreError::Corrupt {
        what,
        why: why.to_string(),
    }
}

/// One row changed, as a compare-and-set expects; none is a conflict.
pub fn changed_one(rows: usize) -> Result<(), StoreError> {
    if rows == 1 {
        Ok(())
    } else {
        Err(StoreError::Conflict)
    }
}
