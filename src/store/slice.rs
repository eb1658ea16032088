//! Which part of a long list is read.

use domain::Moment;

/// The newest rows, or the newest of those older than an instant. Rows are read in the order they
/// were made in, which an index has, so that an old part is as quick to find as a new one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slice {
    /// Only rows older than this.
    pub(super) before: i64,
    /// As many at most.
    pub(super) limit: i64,
}

impl Slice {
    /// The newest rows older than an instant.
    #[must_use]
    pub const fn before(at: Moment, limit: i64) -> Self {
        Self {
            before: at.micros(),
            limit,
        }
    }
}

impl From<i64> for Slice {
    /// The newest rows.
    fn from(limit: i64) -> Self {
        Self {
            before: i64::MAX,
            limit,
        }
    }
}
