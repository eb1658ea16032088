//! The writing lane. Work that waits together is committed together.
//!
//! On SQLite one thread owns the only writing connection: it opens a transaction, runs what waits,
//! commits once, and only then answers. Durability costs one flush a group instead of one a
//! request. When a piece fails, the group is run again with a savepoint around each, so that it
//! fails alone. On PostgreSQL several threads each run one transaction at a time; the server groups
//! their flushes itself.

use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};
use std::sync::{Arc, Mutex, MutexGuard};

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
                    let mut queue = Queue {
                        waiting,
                        put_off: None,
                    };
                    while let Some(work) = queue.next() {
                        write(&mut conn, work, (&mut queue, group_max));
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

/// What waits for one writing thread.
struct Queue {
    waiting: Arc<Mutex<Receiver<Box<dyn Work>>>>,
    /// Taken out, and found to want a transaction of its own.
    put_off: Option<Box<dyn Work>>,
}

impl Queue {
    /// The next piece of work, waited for; none when the store is closed.
    fn next(&mut self) -> Option<Box<dyn Work>> {
        let put_off = self.put_off.take();
        put_off.or_else(|| self.receiver().recv().ok())
    }

    /// What waits now and may share a transaction.
    fn more(&mut self) -> Option<Box<dyn Work>> {
        if self.put_off.is_some() {
            return None;
        }
        let work = self.receiver().try_recv().ok()?;
        if work.bulk() {
            self.put_off = Some(work);
            return None;
        }
        Some(work)
    }

    fn receiver(&self) -> MutexGuard<'_, Receiver<Box<dyn Work>>> {
        let waiting = self.waiting.lock();
        waiting.unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

fn write(conn: &mut Conn, work: Box<dyn Work>, queue: (&mut Queue, usize)) {
    if work.bulk() {
        write_bulk(conn, work);
    } else {
        write_group(conn, work, queue);
    }
}

/// SQLite turns its checks of references off and on between transactions only.
fn write_bulk(conn: &mut Conn, work: Box<dyn Work>) {
    if let Err(why) = conn.trust_references() {
        return work.finish(Err(why));
    }
    write_alone(conn, work);
    if let Err(why) = conn.check_references() {
        tracing::error!(%why, "references are not checked any more");
    }
}

fn write_alone(conn: &mut Conn, mut work: Box<dyn Work>) {
    let committed = try_alone(conn, &mut work);
    if let Err(why) = &committed {
        give_up(conn, why);
    }
    work.finish(committed);
}

/// Nothing to keep apart: no savepoint, which on a server is two trips less.
fn try_alone(conn: &mut Conn, work: &mut Box<dyn Work>) -> Result<(), StoreError> {
    conn.begin(work.reach())?;
    if work.run(conn) {
        return conn.commit();
    }
    conn.execute("ROLLBACK")
}

fn give_up(conn: &mut Conn, why: &StoreError) {
    tracing::error!(%why, "a group of writes was not committed");
    // The transaction may be open still or already closed by the failure.
    let _ = conn.execute("ROLLBACK");
}

fn write_group(conn: &mut Conn, first: Box<dyn Work>, (queue, most): (&mut Queue, usize)) {
    if most == 1 {
        return write_alone(conn, first);
    }
    let mut group = vec![first];
    let committed = try_group(conn, &mut group, (queue, most));
    if let Err(why) = &committed {
        give_up(conn, why);
        if group.len() > 1 {
            // Nothing of it was kept: each again, so that it fails for its own faults only.
            return group.into_iter().for_each(|work| write_alone(conn, work));
        }
    }
    for work in group {
        work.finish(committed.clone());
    }
}

fn try_group(
    conn: &mut Conn,
    group: &mut Vec<Box<dyn Work>>,
    queue: (&mut Queue, usize),
) -> Result<(), StoreError> {
    if together(conn, group, queue)? {
        return conn.commit();
    }
    conn.execute("ROLLBACK")?;
    apart(conn, group)?;
    conn.commit()
}

/// Runs a group without a savepoint between its pieces, which cost as much as the pieces do: a copy
/// of every page changed. What comes meanwhile joins it, so that those whom one commit answers come
/// back together and share the next. Tells whether all were done; else nothing of it may be kept.
fn together(
    conn: &mut Conn,
    group: &mut Vec<Box<dyn Work>>,
    (queue, most): (&mut Queue, usize),
) -> Result<bool, StoreError> {
    conn.begin(&Reach::nobody())?;
    let mut done = 0;
    while let Some(work) = group.get_mut(done) {
        conn.reach_until_commit(work.reach())?;
        if !work.run(conn) {
            return Ok(false);
        }
        done += 1;
        if done == group.len() && done < most {
            group.extend(queue.more());
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
