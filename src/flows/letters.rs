//! Letters: printed together, then posted or held back; registered ones count as sent only with
//! their tracking number and the day of deposit (`law.md` §2).

mod hand_over;
mod posting;

use std::sync::Arc;

use domain::letter::{LetterState, is_registered, reference};
use domain::message::{Message, MessageEvent};
use domain::party::Supplier;
use domain::scenario::Channel;
use domain::{LetterBatchId, LinkId, MessageId, Moment, SupplierId};

use super::by_hand::{after, call_off};
use super::error::FlowError;
use super::guard::{Actor, note_of};
use super::letter::{Envelope, Material, gather, on_paper, still_wanted};
use crate::app::App;
use crate::clock::new_id;
use crate::documents::{self, DocumentError, Letter};
use crate::gateway::link::LinkToken;
use crate::store::letter::{Batch, Letter as Printed};
use crate::store::link::Link;
use crate::store::outbox::Copy;
use crate::store::{self, Conn, StoreError};
use crate::vault;

pub use hand_over::{folder, manifest};
pub use posting::{Proof, TrackingFault, hold_back, post, prove, read_deposits, track};

/// Letters in one batch, at most.
pub const BATCH_MAX: usize = 100;

/// Days the link of a letter opens: paper lies about.
const LINK_DAYS: i64 = 90;

/// How often letters are read afresh after their accounts changed under them.
const ATTEMPTS: usize = 3;

/// A letter that is to be printed.
struct Ready {
    message: Message,
    material: Material,
    envelope: Envelope,
    token: LinkToken,
}

/// What was read of the letters chosen.
struct Gathered {
    supplier: Supplier,
    ready: Vec<Ready>,
    unwanted: Vec<(Message, i64)>,
}

/// Prints these letters together, or all that wait when none is named; what was paid, disputed or
/// promised meanwhile is left out and called off. None when nothing was left to print. Told the
/// same id again, nothing is printed twice.
pub async fn print(
    app: &Arc<App>,
    supplier: SupplierId,
    (id, chosen): (LetterBatchId, Vec<MessageId>),
    actor: Actor,
) -> Result<Option<LetterBatchId>, FlowError> {
    for _ in 0..ATTEMPTS {
        let known = move |conn: &mut Conn| store::letter::find(conn, supplier, id);
        match app.store.read(supplier, known).await {
            Ok(_) => return Ok(Some(id)),
            Err(StoreError::NotFound) => {}
            Err(why) => return Err(why.into()),
        }
        match try_to_print(app, supplier, (id, &chosen), &actor).await {
            Err(FlowError::Store(StoreError::Conflict)) => {}
            other => return other,
        }
    }
    Err(StoreError::Conflict.into())
}

async fn try_to_print(
    app: &Arc<App>,
    supplier: SupplierId,
    (id, chosen): (LetterBatchId, &[MessageId]),
    actor: &Actor,
) -> Result<Option<LetterBatchId>, FlowError> {
    let now = app.now();
    let read = {
        let (app, chosen) = (Arc::clone(app), chosen.to_vec());
        move |conn: &mut Conn| collect(&app, conn, supplier, (&chosen, now))
    };
    let gathered = app.store.report(supplier, read).await?;
    let today = gathered.supplier.zone.day(now);
    let mut letters = Vec::with_capacity(gathered.ready.len());
    for one in &gathered.ready {
        let link = format!("{}/l/{}", app.origin, one.token);
        let told = (link, today);
        letters.push(on_paper(&one.message, &one.material, &one.envelope, told)?);
    }
    let title = format!("{} {today}", gathered.supplier.name);
    let (copies, file) = rendered(letters.clone(), title).await?;
    let actor = actor.clone();
    app.store
        .write(supplier, move |conn| {
            // A bank file or an import may hold some of these guards and wait for others.
            store::bank::turn(conn, supplier)?;
            for (message, epoch) in &gathered.unwanted {
                let held = store::debtor::hold(conn, supplier, message.debtor)?;
                if held != *epoch {
                    return Err(StoreError::Conflict.into());
                }
                call_off(conn, message, now)?;
            }
            if gathered.ready.is_empty() {
                return Ok(None);
            }
            let batch = Batch {
                id,
                made_at: now,
                made_by: actor.words().to_owned(),
                letters: i64::try_from(gathered.ready.len()).unwrap_or(i64::MAX),
            };
            let mut printed = Vec::new();
            let all = gathered.ready.iter().zip(&letters).zip(&copies);
            for (((one, letter), bytes), place) in all.zip(1..) {
                start(conn, one, (letter, bytes), now)?;
                printed.push(row(id, one, letter, place));
            }
            store::letter::insert(conn, supplier, (&batch, &file), &printed)?;
            let told = ("letters.printed", id.to_string(), batch.letters.to_string());
            note_of(conn, supplier, (now, &actor), told)?;
            Ok(Some(id))
        })
        .await
}

fn collect(
    app: &App,
    conn: &mut Conn,
    supplier: SupplierId,
    (chosen, now): (&[MessageId], Moment),
) -> Result<Gathered, StoreError> {
    let limit = i64::try_from(BATCH_MAX).unwrap_or(i64::MAX);
    let mut waiting = match chosen {
        [] => store::by_hand::waiting(conn, (supplier, Channel::Letter), now, limit)?,
        some => {
            let some = some.iter().take(BATCH_MAX);
            some.map(|id| store::outbox::find(conn, supplier, *id))
                .collect::<Result<_, _>>()?
        }
    };
    // Somebody else may have printed one of them since the page was made.
    waiting
        .retain(|one| one.channel == Channel::Letter && one.state.on(MessageEvent::Claim).is_ok());
    let sender = store::postal::sender(conn, supplier)?;
    let mut gathered = Gathered {
        supplier: store::supplier::find(conn, supplier)?,
        ready: Vec::new(),
        unwanted: Vec::new(),
    };
    for message in waiting {
        let material = gather(conn, &message, now)?;
        let wanted = still_wanted(message.kind, &material);
        if !wanted.map_err(|why| StoreError::Failed(why.to_string()))? {
            gathered.unwanted.push((message, material.epoch));
            continue;
        }
        // An address that was taken away since leaves the letter waiting.
        let Some(to) = store::postal::find(conn, supplier, message.debtor)? else {
            continue;
        };
        let secret = vault::random().map_err(|why| StoreError::Failed(why.to_string()))?;
        gathered.ready.push(Ready {
            token: app.links.mint(secret),
            envelope: Envelope {
                to,
                sender: sender.clone(),
            },
            message,
            material,
        });
    }
    Ok(gathered)
}

/// Each letter by itself, and all of them to print.
async fn rendered(
    letters: Vec<Letter>,
    title: String,
) -> Result<(Vec<Vec<u8>>, Vec<u8>), FlowError> {
    if letters.is_empty() {
        return Ok((Vec::new(), Vec::new()));
    }
    let make = move || {
        let each = letters.iter().map(documents::letter);
        let each = each.collect::<Result<Vec<_>, DocumentError>>()?;
        Ok::<_, DocumentError>((each, documents::letters(&letters, &title)?))
    };
    let made = tokio::task::spawn_blocking(make).await;
    let stopped = |why: tokio::task::JoinError| DocumentError(why.to_string());
    Ok(made.map_err(stopped)??)
}

/// Marks a letter as leaving, keeps its copy and its link. Under the guard: an account that
/// changed since it was read is a conflict.
fn start(
    conn: &mut Conn,
    one: &Ready,
    (letter, bytes): (&Letter, &[u8]),
    now: Moment,
) -> Result<(), FlowError> {
    let message = &one.message;
    let held = store::debtor::hold(conn, message.supplier, message.debtor)?;
    if held != one.material.epoch {
        return Err(StoreError::Conflict.into());
    }
    after(
        message.state,
        &[MessageEvent::Claim, MessageEvent::StartData],
    )?;
    let copy = Copy {
        recipient: letter.to.join(", "),
        subject: letter.words.subject.clone(),
        bytes: bytes.to_vec(),
    };
    store::by_hand::start(conn, message, &copy, held)?;
    let link = Link {
        id: new_id::<LinkId>(),
        supplier: message.supplier,
        debtor: message.debtor,
        contact: message.contact,
        message: Some(message.id),
        created_at: now,
        expires_at: now.plus_days(LINK_DAYS),
        revoked: false,
        scope: one.material.access().0,
        forward: None,
    };
    Ok(store::link::insert(conn, &one.token.hash(), &link)?)
}

fn row(batch: LetterBatchId, one: &Ready, letter: &Letter, place: i32) -> Printed {
    Printed {
        batch,
        message: one.message.id,
        place,
        reference: reference(one.message.id),
        registered: is_registered(one.message.kind),
        addressee: letter.to.clone(),
        state: LetterState::Printed,
        tracking: None,
        posted_on: None,
        proof: None,
    }
}
