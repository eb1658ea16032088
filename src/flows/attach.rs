//! Files that people give: looked at, written anew, and kept until the form they came with is
//! confirmed.
//!
//! A check page cannot carry a file in a hidden field, so it is stored at once, under its form's
//! key; a job removes those whose form was never confirmed. They belong to no dispute until then,
//! and nobody can fetch them.

use domain::attachment::{
    Attachment, FILES_MAX, FileRefusal, PENDING_HOURS, PENDING_MAX, bare_name,
};
use domain::{AttachmentId, SupplierId};
use tokio::sync::Semaphore;

use super::error::FlowError;
use super::guard::{Actor, Visitor, enter};
use crate::app::App;
use crate::clock::new_id;
use crate::files;
use crate::store::attachment::NewAttachment;
use crate::store::{self, Conn};
use crate::vault;

/// Images that are read at once: each may take hundreds of megabytes.
static READING: Semaphore = Semaphore::const_new(2);

/// A file as it came, or why it did not come whole.
#[derive(Clone, Debug)]
pub struct Given {
    /// Its name.
    pub name: String,
    /// Its bytes.
    pub body: Result<Vec<u8>, FileRefusal>,
}

/// A file that is not taken.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Refused {
    /// Its name.
    pub name: String,
    /// Why.
    pub why: FileRefusal,
}

/// Keeps these files under their form's key; gives those that are not taken.
pub async fn keep(
    app: &App,
    visitor: Visitor,
    key: &str,
    given: Vec<Given>,
) -> Result<Vec<Refused>, FlowError> {
    let mut refused = Vec::new();
    let mut new = Vec::new();
    for one in given {
        let name = bare_name(&one.name);
        match prepare(visitor, one).await? {
            Ok(file) => new.push((name, file)),
            Err(why) => refused.push(Refused { name, why }),
        }
    }
    if new.is_empty() {
        return Ok(refused);
    }
    let (key, now) = (key.to_owned(), app.now());
    let too_many: Vec<String> = app
        .store
        .write(visitor.supplier, move |conn| {
            enter(conn, visitor.supplier, visitor.debtor)?;
            let room = make_room(conn, &visitor, &key, new.len())?;
            for (_, file) in new.iter().take(room) {
                store::attachment::insert(conn, visitor.supplier, &key, file, now)?;
            }
            let rest = new.iter().skip(room).map(|(name, _)| name.clone());
            Ok::<_, FlowError>(rest.collect())
        })
        .await?;
    refused.extend(too_many.into_iter().map(|name| Refused {
        name,
        why: FileRefusal::TooMany,
    }));
    Ok(refused)
}

/// Looks at a file away from the threads that answer requests.
async fn prepare(
    visitor: Visitor,
    given: Given,
) -> Result<Result<NewAttachment, FileRefusal>, FlowError> {
    let body = match given.body {
        Ok(body) => body,
        Err(why) => return Ok(Err(why)),
    };
    let stopped = |_| FlowError::Unusable("the file was not read".into());
    let _turn = READING
        .acquire()
        .await
        .map_err(|_| FlowError::Unusable("the program is stopping".into()))?;
    let reading = tokio::task::spawn_blocking(move || files::prepare(body));
    let prepared = reading.await.map_err(stopped)?;
    Ok(prepared.map(|file| NewAttachment {
        id: new_id(),
        debtor: visitor.debtor,
        name: file.kind.named(&given.name),
        kind: file.kind,
        sha256: vault::sha256(&file.body),
        body: file.body,
        by: Actor::visitor(&visitor).words().to_owned(),
    }))
}

/// How many more files the form may hold; the oldest files of other forms give way to them.
fn make_room(
    conn: &mut Conn,
    visitor: &Visitor,
    key: &str,
    wanted: usize,
) -> Result<usize, FlowError> {
    let (supplier, debtor) = (visitor.supplier, visitor.debtor);
    let waiting = store::attachment::pending(conn, supplier, debtor)?;
    let own = waiting.iter().filter(|(of, _)| of == key).count();
    let room = FILES_MAX.saturating_sub(own).min(wanted);
    let surplus = (waiting.len() + room).saturating_sub(PENDING_MAX);
    let others = waiting.iter().filter(|(of, _)| of != key);
    for (_, file) in others.take(surplus) {
        store::attachment::remove_pending(conn, supplier, debtor, file.id)?;
    }
    Ok(room)
}

/// The files that wait under a form's key.
pub async fn waiting(app: &App, visitor: Visitor, key: &str) -> Result<Vec<Attachment>, FlowError> {
    let read =
        move |conn: &mut Conn| store::attachment::pending(conn, visitor.supplier, visitor.debtor);
    let all = app.store.read(visitor.supplier, read).await?;
    let own = all.into_iter().filter(|(of, _)| of == key);
    Ok(own.map(|(_, file)| file).collect())
}

/// Removes files that wait: their giver thought better of it.
pub async fn take_back(
    app: &App,
    visitor: Visitor,
    ids: Vec<AttachmentId>,
) -> Result<(), FlowError> {
    app.store
        .write(visitor.supplier, move |conn| {
            for id in &ids {
                store::attachment::remove_pending(conn, visitor.supplier, visitor.debtor, *id)?;
            }
            Ok(())
        })
        .await
}

/// Removes the supplier's files whose form nobody confirmed in time; gives their count.
pub async fn forget(app: &App, supplier: SupplierId) -> Result<usize, FlowError> {
    let before = app.now().plus_minutes(-PENDING_HOURS * 60);
    let any = app
        .store
        .report(supplier, move |conn| {
            store::attachment::any_forgotten(conn, supplier, before)
        })
        .await?;
    if !any {
        return Ok(0);
    }
    app.store
        .write(supplier, move |conn| {
            Ok(store::attachment::forget(conn, supplier, before)?)
        })
        .await
}
