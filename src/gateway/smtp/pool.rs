//! Connections kept open for the next message, never more than a fixed number.

use std::fmt;
use std::num::NonZeroUsize;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use lettre::transport::smtp::client::AsyncSmtpConnection;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// The connections that wait, and the right to open others.
pub(super) struct Pool {
    idle: Mutex<Vec<AsyncSmtpConnection>>,
    seats: Arc<Semaphore>,
}

impl fmt::Debug for Pool {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pool")
            .field("idle", &self.idle().len())
            .field("seats", &self.seats.available_permits())
            .finish()
    }
}

impl Pool {
    pub(super) fn new(connections_max: NonZeroUsize) -> Arc<Self> {
        Arc::new(Self {
            idle: Mutex::new(Vec::new()),
            seats: Arc::new(Semaphore::new(connections_max.get())),
        })
    }

    /// Waits for the right to use one connection.
    pub(super) async fn seat(self: &Arc<Self>) -> Seat {
        // The semaphore is never closed, so the right is always given.
        let right = Arc::clone(&self.seats).acquire_owned().await.ok();
        Seat {
            connection: None,
            pool: Arc::clone(self),
            _right: right,
        }
    }

    fn idle(&self) -> MutexGuard<'_, Vec<AsyncSmtpConnection>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The right to use one connection, and the connection while nothing is under way on it.
///
/// During an exchange the connection is taken out: if the exchange is abandoned, the connection is
/// closed, because nobody knows which reply it would give next.
pub(super) struct Seat {
    connection: Option<AsyncSmtpConnection>,
    pool: Arc<Pool>,
    _right: Option<OwnedSemaphorePermit>,
}

impl Seat {
    /// The connection kept here, or one that waits in the pool.
    pub(super) fn take(&mut self) -> Option<AsyncSmtpConnection> {
        self.connection.take().or_else(|| self.pool.idle().pop())
    }

    /// Keeps a connection that is in step, for this message or the next.
    pub(super) fn keep(&mut self, connection: AsyncSmtpConnection) {
        self.connection = Some(connection);
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        if let Some(connection) = self.connection.take() {
            self.pool.idle().push(connection);
        }
    }
}

impl fmt::Debug for Seat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Seat").finish_non_exhaustive()
    }
}
