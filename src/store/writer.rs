//! The writing lane. Work that waits together is committed together.
//!
//! On SQLite one thread owns the only writing connection: it opens a transaction, runs what waits,
//! commits once, and only then answers. Durability costs one flush a group instead of one a
//! request. When a piece fails, the group is run again with a savepoint around each, so that it
//! fails alone. On PostgreSQL several threads each run one transaction at a time; the server groups
//! their flushes itself.

use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};
use std::sync::{Arc, Mutex};

use tokio::sync::oneshot;

use super::conn::Conn;
use super::error::StoreError;
use super::reach::Reach;

/// Work that may wait before more is refused.
const WAITING_MAX: usize = 4096;

/// A piece of work: run inside the transaction, told afterwards whether it was committed.
trait Work: Send {
    /// Whether it wants a transaction of its own, without a look at each reference.
    fn bulk(&self) -> bool;
    /// Whose rows it may see and change.
    fn reach(&self) -> &Reach;
    fn run(&mut self, conn: &mut Conn) -> bool;
    fn finish(self: Box<Self>, committed: Result<(), StoreError>);
}

struct Task<T, E, F> {
    work: F,
    reach: Reach,
    bulk: bool,
    result: Option<Result<T, E>>,
    reply: oneshot::Sender<Result<T, E>>,
}

impl<T, E, F> Work for Task<T, E, F>
where
    T: Send,
    E: From<StoreError> + Send,
    F: Fn(&mut Conn) -> Result<T, E> + Send,
{
    fn bulk(&self) -> bool {
        self.bulk
    }

    fn reach(&self) -> &Reach {
        &self.reach
    }

    fn run(&mut self, conn: &mut Conn) -> bool {
        let guarded = std::panic::AssertUnwindSafe(|| (self.work)(conn));
        let result = std::panic::catch_unwind(guarded)
            .unwrap_or_else(|_| Err(StoreError::Failed("a fault in the program".into()).into()));
        let keep = result.is_ok();
        self.result = Some(result);
        keep
    }

    fn finish(self: Box<Self>, committed: Result<(), StoreError>) {
        let interrupted = || StoreError::Failed("the write was interrupted".into());
        let answer = match (self.result, committed) {
            (Some(Ok(_)) | None, Err(why)) => Err(why.into()),
            (Some(result), _) => result,
            (None, Ok(())) => Err(interrupted().into()),
        };
        // Nobody waits any more when the client went away; what was committed stays.
        let _ = self.reply.send(answer);
    }
}

/// The queue in front of the writing threads.
pub(super) struct Writer {
    queue: SyncSender<Box<dyn Work>>,
}

impl Writer {
    /// One thread a connection; groups of up to `group_max` pieces of work share a commit.
    pub(super) fn start(conns: Vec<Conn>, group_max: usize) -> Result<Self, StoreError> {
        let (queue, waiting) = sync_channel::<Box<dyn Work>>(WAITING_MAX);
        let waiting = Arc::new(Mutex::new(waiting));
        for mut conn in conns {
            let waiting = Arc::clone(&waiting);
            std::thread::Builder::new()
                .name("store-write".into())
                .spawn(move || {
                    while let Some(group) = next_group(&waiting, group_max) {
                        write_group(&mut conn, group);
                    }
                })
                .map_err(|why| StoreError::Setup(format!("no thread for the database: {why}")))?;
        }
        Ok(Self { queue })
    }

    /// Runs `work` in a transaction of its own; the answer comes after the commit.
    pub(super) async fn run<T, E, F>(&self, reach: Reach, work: F, bulk: bool) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
        F: Fn(&mut Conn) -> Result<T, E> + Send + 'static,
    {
        let (reply, answer) = oneshot::channel();
        let task = Box::new(Task {
            work,
            reach,
            bulk,
            result: None,
            reply,
        });
        self.queue.try_send(task).map_err(|full| match full {
            TrySendError::Full(_) => StoreError::Busy,
            TrySendError::Disconnected(_) => StoreError::Failed("the writer has stopped".into()),
        })?;
        answer
            .await
            .map_err(|_| StoreError::Failed("the write was interrupted".into()))?
    }
}

fn next_group(
    waiting: &Mutex<Receiver<Box<dyn Work>>>,
    group_max: usize,
) -> Option<Vec<Box<dyn Work>>> {
    let queue = waiting
        .lock()
        .unwrap_or_else(std::sync::PoisonError::into_inner);
    let mut group = vec![queue.recv().ok()?];
    while group.len() < group_max {
        match queue.try_recv() {
            Ok(work) => group.push(work),
            Err(_) => break,
        }
    }
    Some(group)
}

fn write_group(conn: &mut Conn, group: Vec<Box<dyn Work>>) {
    let (bulk, small): (Vec<_>, Vec<_>) = group.into_iter().partition(|work| work.bulk());
    if !small.is_empty() {
        write_together(conn, small);
    }
    for work in bulk {
        write_bulk(conn, work);
    }
}

/// SQLite turns its checks of references off and on between transactions only.
fn write_bulk(conn: &mut Conn, work: Box<dyn Work>) {
    if let Err(why) = conn.trust_references() {
        return work.finish(Err(why));
    }
    write_together(conn, vec![work]);
    if let Err(why) = conn.check_references() {
        tracing::error!(%why, "references are not checked any more");
    }
}

fn write_together(conn: &mut Conn, mut group: Vec<Box<dyn Work>>) {
    let committed = try_group(conn, &mut group);
    if let Err(why) = &committed {
        tracing::error!(%why, "a group of writes was not committed");
        // The transaction may be open still or already closed by the failure.
        let _ = conn.execute("ROLLBACK");
        if group.len() > 1 {
            // Nothing of it was kept: each again, so that it fails for its own faults only.
            return group
                .into_iter()
                .for_each(|work| write_together(conn, vec![work]));
        }
    }
    for work in group {
        work.finish(committed.clone());
    }
}

fn try_group(conn: &mut Conn, group: &mut [Box<dyn Work>]) -> Result<(), StoreError> {
    if let [alone] = group {
        conn.begin(alone.reach())?;
        // Nothing to keep apart: no savepoint, which on a server is two trips less.
        if alone.run(conn) {
            return conn.commit();
        }
        return conn.execute("ROLLBACK");
    }
    if together(conn, group)? {
        return conn.commit();
    }
    conn.execute("ROLLBACK")?;
    apart(conn, group)?;
    conn.commit()
}

/// Runs a group without a savepoint between its pieces, which cost as much as the pieces do: a copy
/// of every page changed. Tells whether all were done; else nothing of it may be kept.
fn together(conn: &mut Conn, group: &mut [Box<dyn Work>]) -> Result<bool, StoreError> {
    conn.begin(&Reach::nobody())?;
    for work in group {
        conn.reach_until_commit(work.reach())?;
        if !work.run(conn) {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Runs a group of which some piece fails: each in a savepoint, so that it fails alone.
fn apart(conn: &mut Conn, group: &mut [Box<dyn Work>]) -> Result<(), StoreError> {
    conn.begin(&Reach::nobody())?;
    for work in group {
        conn.savepoint()?;
        conn.reach_until_commit(work.reach())?;
        if work.run(conn) {
            conn.release()?;
        } else {
            conn.execute("ROLLBACK TO SAVEPOINT work; RELEASE SAVEPOINT work")?;
        }
    }
    Ok(())
}
