//! Reading lanes: threads that own their connections, so that a slow report never holds up a page.

use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;

use tokio::sync::oneshot;

use super::conn::Conn;
use super::error::StoreError;
use super::reach::Reach;

/// A piece of reading; tells whether the database answered.
type Job = Box<dyn FnOnce(&mut Conn) -> bool + Send>;

/// Work that may wait in one lane before more is refused.
const WAITING_MAX: usize = 1024;

/// A few threads with a connection each, fed through one bounded queue.
pub(super) struct Lane {
    queue: SyncSender<Job>,
}

impl Lane {
    /// Starts one thread for each connection.
    pub(super) fn start(name: &str, conns: Vec<Conn>) -> Result<Self, StoreError> {
        let (queue, jobs) = sync_channel::<Job>(WAITING_MAX);
        let jobs = Arc::new(Mutex::new(jobs));
        for conn in conns {
            spawn(name, conn, Arc::clone(&jobs))?;
        }
        Ok(Self { queue })
    }

    /// Runs `work` on one of the connections, within this reach; refuses at once when too much is
    /// waiting.
    pub(super) async fn run<T, F>(&self, reach: Reach, work: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnOnce(&mut Conn) -> Result<T, StoreError> + Send + 'static,
    {
        let (reply, answer) = oneshot::channel();
        let job: Job = Box::new(move |conn| {
            let result = conn.look(reach, work);
            let answered = !matches!(result, Err(StoreError::Failed(_)));
            // Nobody waits any more when the client went away; the answer is dropped then.
            let _ = reply.send(result);
            answered
        });
        self.queue.try_send(job).map_err(|full| match full {
            TrySendError::Full(_) => StoreError::Busy,
            TrySendError::Disconnected(_) => StoreError::Failed("the lane has stopped".into()),
        })?;
        answer
            .await
            .map_err(|_| StoreError::Failed("the work was interrupted".into()))?
    }
}

fn spawn(
    name: &str,
    mut conn: Conn,
    jobs: Arc<Mutex<Receiver<Job>>>,
) -> Result<JoinHandle<()>, StoreError> {
    std::thread::Builder::new()
        .name(name.to_owned())
        .spawn(move || {
            while let Some(job) = next(&jobs) {
                let run = std::panic::AssertUnwindSafe(|| job(&mut conn));
                let answered = std::panic::catch_unwind(run).unwrap_or_else(|_| {
                    tracing::error!("a read was interrupted by a fault in the program");
                    false
                });
                if !answered && let Err(why) = conn.revive() {
                    tracing::error!(%why, "no connection; tried again with the next read");
                }
            }
        })
        .map_err(|why| StoreError::Setup(format!("no thread for the database: {why}")))
}

fn next(jobs: &Mutex<Receiver<Job>>) -> Option<Job> {
    jobs.lock()
        .unwrap_or_else(std::sync::PoisonError::into_inner)
        .recv()
        .ok()
}
